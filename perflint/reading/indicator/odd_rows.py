"""Rows among the indicators that are none: a numbering of the columns, a displaced header, a total.

Row ──OddRows.take──▶ whether it was one; its cells are placed then
"""

from __future__ import annotations

from collections.abc import Sequence

from perflint.language import say
from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold, list_keys
from perflint.reading.draft import Notice
from perflint.reading.form.template import Form
from perflint.reading.header.column import Column
from perflint.reading.header.words import INDICATORS, fields_of
from perflint.reading.layout.titles import is_page_mark
from perflint.reading.ledger import Ledger, Place
from perflint.reading.line import Slot
from perflint.reading.row.place import Row

_FEWEST_NUMBERS = 4  # cells of a row that numbers the columns


class OddRows:
    """Takes the rows of one list that are no indicators.

    Attributes:
        displaced: A header row stood among the indicators: what comes below it is doubtful.
    """

    def __init__(self, columns: Sequence[Column], form: Form, ledger: Ledger, notices: list[Notice]) -> None:
        self._columns, self._form, self._ledger, self._notices = columns, form, ledger, notices
        self.displaced = False
        self._names = [at for at, column in enumerate(columns) if column.field == "name"]

    def take_numbering(self, row: Row) -> bool:
        """Take a row that only numbers the columns: 1, 2, 3 and so on."""
        filled = self._list_free(row)
        texts = [slot.text.strip(" （）()\n") for slot in filled]
        numbers = [str(number) for number in range(1, len(filled) + 1)]
        if len(filled) < _FEWEST_NUMBERS or texts not in (numbers, numbers[::-1]):
            return False
        for slot in filled:
            self._ledger.put(slot, Place.PLACEHOLDER)
        return True

    def take_dots(self, row: Row) -> bool:
        """Take a row with nothing but dots in it, levels of rows above aside: more may follow there."""
        filled = self._list_free(row)
        if not filled or not all(shapes.is_dots(slot.text) for slot in filled):
            return False
        for slot in filled:
            self._ledger.put(slot, Place.PLACEHOLDER)
        return True

    def take_furniture(self, row: Row) -> bool:
        """Take a row that holds a page number or 续表 and nothing else."""
        filled = self._list_free(row)
        if len(filled) != 1 or not is_page_mark(filled[0].text):
            return False
        self._ledger.put(filled[0], Place.UNREAD)
        return True

    def take_header(self, row: Row) -> bool:
        """Take a row of nothing but header words for a header that lost its place; never for an indicator."""
        filled = self._list_free(row)
        if len(filled) < 2 or not all(self._is_header_word(slot.text) for slot in filled):
            return False
        self.displaced = True
        for slot in filled:
            self._ledger.put(slot, Place.HEADER)
        text = say(
            "指标中间夹了一行表头，它下面的各列可能读错",
            "a row of header words among the indicators; the columns below it may be read wrongly",
        )
        self._notices.append(Notice("header_displaced", text, row.line.origin))
        return True

    def take_total(self, row: Row) -> bool:
        """Take a row that adds up the weights: 合计 beside figures, and neither a name nor a target."""
        if self._is_total(row) or self._is_figure_total(row) or self._is_named_total(row):
            for slot in self._list_free(row):
                self._ledger.put(slot, Place.UNREAD)
            self._notices.append(note_total(row))
            return True
        if not row.line.spans_known and self._adds_figures(row):
            text = say("这一行可能是合计", "this row may be a total")
            self._notices.append(Notice("row_doubtful", text, row.line.origin))
        return False

    def _list_free(self, row: Row) -> list[Slot]:
        return [slot for slot in row.line.filled if not self._ledger.has(slot)]

    def _is_header_word(self, text: str) -> bool:
        groups = self._form.header_groups
        return bool(fields_of(text, INDICATORS, self._form)) or any(key in groups for key in list_keys(text))

    def _is_total(self, row: Row) -> bool:
        at = {column.field: number for number, column in enumerate(self._columns)}
        first = next(iter(row.cells.get(at.get("level1", -1), ())), None)
        named = any(row.cells.get(at.get(name, -1)) for name in ("name", "value", "level2"))
        return first is not None and not first.covered and not named and self._is_total_word(first)

    def _is_figure_total(self, row: Row) -> bool:
        """Tell whether 合计 stands beside the names, 序号 included, and there is nothing else but figures."""
        if not self._adds_figures(row) or not self._names:
            return False
        if row.line.spans_known:
            return not any(slot.filled for slot in row.cells.get(self._names[0], ()))
        return self._list_free(row)[0].column < self._columns[self._names[0]].start

    def _is_named_total(self, row: Row) -> bool:
        """Tell whether 合计 stands where a name would, with figures such as weights but without any target."""
        fields = {column.field: number for number, column in enumerate(self._columns)}
        aimed = any(row.cells.get(fields.get(field, -1)) for field in ("value", "comparator", "unit"))
        named = [slot for at in self._names for slot in row.cells.get(at, ()) if self._is_total_word(slot)]
        return bool(named) and not aimed and "value" in fields and self._adds_figures(row)

    def _adds_figures(self, row: Row) -> bool:
        """Tell whether a row holds 合计, first where places are lost, and nothing but figures beside it."""
        filled = self._list_free(row)
        totals = [slot for slot in filled if self._is_total_word(slot)]
        if len(totals) != 1 or len(filled) < 2 or (totals != filled[:1] and not row.line.spans_known):
            return False
        return all(shapes.is_figure(slot.text) for slot in filled if slot not in totals)

    def _is_total_word(self, slot: Slot) -> bool:
        return fold(slot.text) in self._form.total_words


def note_total(row: Row) -> Notice:
    """Return the notice that a row of totals is not read."""
    text = say("指标中间夹了一行合计，没有读", "a row of totals among the indicators; not read")
    return Notice("total_row", text, row.line.origin)
