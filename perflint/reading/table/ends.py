"""Where a list ends: a label, a title, another header, a text beside the list, whatever the places tell.

Line × Header ──ListEnds.ends──▶ whether the list is over
"""

from __future__ import annotations

from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold, list_keys
from perflint.reading.form.inline import split_inline
from perflint.reading.form.levels import LevelWords
from perflint.reading.form.template import Form
from perflint.reading.header.column import Column
from perflint.reading.header.header import Header
from perflint.reading.header.words import INDICATORS, find_outer
from perflint.reading.label.reader import LabelReader
from perflint.reading.layout.titles import is_attachment_mark, is_page_mark
from perflint.reading.layout.units import find_title
from perflint.reading.line import Line, Slot
from perflint.reading.table.another import states_unit

_SIGNED = ("sign_off.", "filed_on")
_LEVELS = frozenset({"level1", "level2"})
_LEVEL_CELLS = 3  # cells at the left of a row that may be levels, one beside the list among them


class ListEnds:
    """Tells rows of a list from what stands below it."""

    def __init__(self, form: Form, words: LevelWords, labels: LabelReader) -> None:
        self._form, self._words, self._labels = form, words, labels
        self._signers = {name for label in form.labels if label.field.startswith(_SIGNED) for name in label.names}

    def ends(self, line: Line, above: Line, below: Line | None, header: Header, grid: int | None) -> bool:
        """Tell whether a line below a header is no row of its list any more.

        Args:
            above, below: the lines around it.
        """
        if not line.filled:
            return False
        if line.grid != grid and line.spans_known and line.columns != header.width:
            return True
        if find_title(line, self._form) is not None or is_attachment_mark(line.text) or states_unit(line):
            return True
        if self._repeats_first(line, header) or _is_page_mark(line, header) or self._completes_level(line, above):
            return False
        if below is not None and self._is_bare_name(line, below, header):
            return False
        return self._ends_straight(line, header) if line.spans_known else self._ends_loose(line, above, header)

    def _repeats_first(self, line: Line, header: Header) -> bool:
        """Tell whether a row begins with what stands left of the header: a merged cell copied into every row."""
        if not header.slots:
            return False
        first, head = line.filled[0], header.slots[0]
        return len(line.filled) > 1 and first.column == head.column and fold(first.text) == fold(head.text)

    def _is_bare_name(self, line: Line, below: Line, header: Header) -> bool:
        """Tell whether a name stands alone, all else in its row blank: the next row begins with a second level."""
        if line.spans_known or header.kind != INDICATORS or len(line.filled) > 1 or below.grid != line.grid:
            return False
        text = line.filled[0].text
        goes_on = bool(below.filled[1:]) and self._words.is_second(below.filled[0].text)
        return goes_on and not self._labels.is_label(line.filled[0]) and not self._words.is_level(text)

    def _completes_level(self, line: Line, above: Line) -> bool:
        """Tell whether a row begins with the rest of a level that a page break tore: 满意度 below 服务对象."""
        rest = line.filled[0].text
        begun = (slot.text for slot in above.filled[:_LEVEL_CELLS] if slot.column == line.filled[0].column)
        return not self._words.is_level(rest) and any(self._words.is_level(text + rest) for text in begun)

    def _ends_straight(self, line: Line, header: Header) -> bool:
        first = line.filled[0]
        beside = _list_beside(header)
        if all(map(self._is_signed, line.filled)):
            return True  # the merged cell beside the list may reach one row too far
        if beside and self._stands_beside(line, header):
            return False
        if beside and first.column < beside[-1].end:
            return not is_list_context(first, header, self._form) or header.context[-1].key == first.key
        if first.column >= self._second_column(header):
            return self._signs_off(line)
        if header.kind == INDICATORS and (self._words.is_level(first.text) or self._prints_level(line, header)):
            return False
        if len(line.filled) == 1 and first.width * 2 > header.width and header.width > 2:
            return True
        return self._labels.is_label(first)

    def _prints_level(self, line: Line, header: Header) -> bool:
        """Tell whether a level word stands in its column: what stands left of it is no label, whatever it says."""
        places = {column.start for column in header.columns if column.field in _LEVELS}
        return any(slot.column in places and self._words.is_level(slot.text) for slot in line.filled[1:])

    def _signs_off(self, line: Line) -> bool:
        """Tell whether nobody but those who sign are named in a row, wherever it begins: 填表人 and 联系电话."""
        named = [any(key in self._signers for key in list_keys(slot.text)) for slot in line.filled]
        return sum(named) > 1 and sum(named) * 2 >= len(named)

    def _is_signed(self, slot: Slot) -> bool:
        """Tell whether a cell names those who sign and nothing else: 填表人：某某  联系电话：…."""
        inline = split_inline(slot.text, self._form)
        return (
            inline.rest is None
            and bool(inline.pairs)
            and all(any(label.field.startswith(_SIGNED) for label in pair.labels) for pair in inline.pairs)
        )

    def _stands_beside(self, line: Line, header: Header) -> bool:
        """Whether the merged cell beside the list reaches down to this row: then it belongs, whatever it says."""
        heading = line.at(header.context[-1].column) if header.context else None
        return heading is not None and heading.covered and heading.key == header.context[-1].key

    def _second_column(self, header: Header) -> int:
        """Return where a cell can no longer be a label at the left edge."""
        own = [column.start for column in header.columns if column.field not in {"context", "number"}]
        named = [column.start for column in header.columns if column.field == "name"]
        return named[0] if header.kind == INDICATORS and named else sorted(own)[1]

    def _ends_loose(self, line: Line, above: Line, header: Header) -> bool:
        first = line.filled[0]
        if header.kind == INDICATORS:
            return self._ends_indicators(line, above, header)
        beside = _list_beside(header)
        if beside and line.is_flow:
            return len(line.filled) == 1 or self._labels.is_label(first) or self._opens_other(line)
        if beside:
            return first.column <= beside[0].start or self._opens_other(line)
        return first.column == 0 and self._labels.is_label(first)

    def _opens_other(self, line: Line) -> bool:
        """A row of a list that is displaced may still be the first of the next block: it begins with a context word."""
        return any(key in self._form.contexts for key in list_keys(line.filled[0].text)) and len(line.filled) > 1

    def _ends_indicators(self, line: Line, above: Line, header: Header) -> bool:
        first = line.filled[0]
        if self._words.is_level(first.text) or _holds_sign(line, header):
            return False
        if is_list_context(first, header, self._form):
            return len(line.filled) < 2
        if first.column >= self._second_column(header):
            return False
        if self._is_outer(first, header):
            return self._labels.is_label(first)
        return len(line.filled) == 1 or self._labels.is_label(first) or self._stands_outside(line, above, header)

    def _is_outer(self, slot: Slot, header: Header) -> bool:
        """Tell whether a cell stands in a column that tells of the whole table, such as its unit."""
        over = [column for column in header.columns if column.start <= slot.column < column.end]
        return bool(over) and over[0].field == "unknown" and find_outer(over[0].label, self._form) is not None

    def _stands_outside(self, line: Line, above: Line, header: Header) -> bool:
        """Two texts from the column beside the list on, neither of them a target: 存在问题 and what it says."""
        beside = _list_beside(header)
        texts = [slot.text for slot in line.filled]
        valued = any(shapes.is_value(text) or shapes.is_grade(text) or shapes.is_unit(text) for text in texts)
        if not above.slots or above.slots[0].filled:
            return False  # blanks at the left are not printed, so the place tells nothing
        return bool(beside) and line.filled[0].column == beside[0].start and len(texts) == 2 and not valued


def _is_page_mark(line: Line, header: Header) -> bool:
    """Tell whether a row among indicators holds a page number and nothing else: the list goes on below it."""
    return header.kind == INDICATORS and len(line.filled) == 1 and is_page_mark(line.text)


def _holds_sign(line: Line, header: Header) -> bool:
    """Tell whether a row holds a comparison sign, or 定性 and the like where the list has a column for them."""
    compares = any(column.field == "comparator" for column in header.columns)
    return any(shapes.is_signed(slot.text) or (compares and shapes.is_comparator(slot.text)) for slot in line.filled)


def _list_beside(header: Header) -> list[Column]:
    """Return the columns that stand left of the list; a heading at its right end tells nothing about where it ends."""
    first = min((column.start for column in header.columns if column.field != "context"), default=0)
    return [column for column in header.columns if column.field == "context" and column.start < first]


def is_list_context(slot: Slot, header: Header, form: Form) -> bool:
    """Tell whether a cell is a word that stands beside the lists of a header's kind."""
    kinds = {form.contexts.get(key) for key in list_keys(slot.text)}
    return (INDICATORS if header.kind == INDICATORS else form.lists[header.kind].context) in kinds
