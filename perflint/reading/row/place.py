"""Place the cells of the rows of a list into the columns of its header, by position or by shape.

rows × Header ──place_rows──▶ Row (column → cells) with notices
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perflint.language import say
from perflint.reading.cell.fold import fold
from perflint.reading.draft import Notice
from perflint.reading.form.template import Form
from perflint.reading.header.column import Column
from perflint.reading.header.header import Header
from perflint.reading.line import Line, Slot
from perflint.reading.row.align import Fit, Piece, align
from perflint.reading.row.weigh import Scale
from perflint.record import dataclass, field

_LEARNT = frozenset({"basis", "category", "direction", "unit", "comparator", "scoring", "remark"})
_FREE = frozenset({"explanation", "remark", "scoring", "description", "basis", "category", "unknown"})
_SHORT = 14
_BLOCKS = 2  # second levels side by side, long-term and annual
_SPARE = 10  # cells of a row beyond two a column that are still fitted; more are no row of the list


@dataclass(slots=True)
class Row:
    """One row of a list, its cells by column.

    Attributes:
        cells: Index of the column → the cells in it, left to right; blank cells left out.
        extra: Cells that fit in no column.
        repeated: Level cells printed twice in a row.
        notices: What is uncertain about this row.
    """

    line: Line
    cells: dict[int, tuple[Slot, ...]]
    extra: tuple[Slot, ...] = ()
    repeated: tuple[Slot, ...] = ()
    notices: list[Notice] = field(default_factory=list)

    @property
    def filled(self) -> bool:
        """Something is printed in this row itself, not only merged into it from above."""
        return any(slot.filled for slots in self.cells.values() for slot in slots) or bool(self.extra)


def place_rows(rows: Sequence[Line], header: Header, columns: Sequence[Column], form: Form) -> list[Row]:
    """Return the rows with their cells placed.

    Where spans are known the position decides. Otherwise shapes do, in two passes: what short columns hold in the rows
    that stand straight helps to read those that do not.
    """
    straight = [row.spans_known for row in rows]
    words, named = form.level_words, form.cell_words
    scale = Scale(words, named)
    first = [_place(row, header, columns, scale) for row in rows]
    if all(straight):
        return first
    learnt = _learn(first, columns)
    known = {field: named.get(field, frozenset()) | learnt.get(field, frozenset()) for field in {*named, *learnt}}
    scale = Scale(words, known)
    placed = [
        row if is_straight else _place(row.line, header, columns, scale)
        for row, is_straight in zip(first, straight, strict=True)
    ]
    if not any(slot.blank for row in rows for slot in row.slots):
        _doubt_texts(placed, columns)
    return placed


def _doubt_texts(rows: Sequence[Row], columns: Sequence[Column]) -> None:
    """Where no blank is printed at all, blanks were dropped: a text may stand in the place of the one before it."""
    free = [at for at, column in enumerate(columns) if column.field in _FREE]
    for row in rows:
        used = [at for at in free if row.cells.get(at)]
        if used and len(used) < len(free) and not row.line.spans_known:
            text = say(
                "空白单元格没有保留，文字可能属于下一列",
                "blank cells are not printed; a text may belong to the next column",
            )
            row.notices.append(Notice("row_doubtful", text, row.line.origin))


def _place(line: Line, header: Header, columns: Sequence[Column], scale: Scale) -> Row:
    return _place_by_position(line, columns) if line.spans_known else _place_by_shape(line, columns, scale)


def _place_by_position(line: Line, columns: Sequence[Column]) -> Row:
    cells: dict[int, tuple[Slot, ...]] = {}
    extra: list[Slot] = []
    for slot in line.slots:
        if slot.blank:
            continue
        place = next((at for at, one in enumerate(columns) if slot.column < one.end and one.start < slot.end), None)
        if place is not None:
            cells[place] = (*cells.get(place, ()), slot)
        elif not slot.covered:
            extra.append(slot)
    return Row(line, cells, tuple(extra))


def _place_by_shape(line: Line, columns: Sequence[Column], scale: Scale) -> Row:
    once = sum(1 for column in columns if column.field == "level2") < _BLOCKS
    slots, repeated = _drop_repeated(line.filled, scale) if once else (line.filled, ())
    if not slots:
        return Row(line, {}, (), repeated)
    most = len(columns) * 2 + _SPARE
    slots, beyond = slots[:most], slots[most:]
    fit = align(_list_pieces(slots), columns, scale)
    if fit.moved or fit.weak or fit.doubtful:
        fit = _fit_outer(slots, columns, scale) or fit
    cells: dict[int, tuple[Slot, ...]] = {}
    extra = []
    for slot, place in zip(slots, fit.places, strict=True):
        if place is None:
            extra.append(slot)
        else:
            cells[place] = (*cells.get(place, ()), slot)
    row = Row(line, cells, (*extra, *beyond), repeated)
    if repeated:
        shown = repeated[0].text
        text = say(f"一行里印了两次级别：{shown}", f"level printed twice in one row: {shown}")
        row.notices.append(Notice("level_repeated", text, line.origin))
    if fit.doubtful:
        text = say("这一行和表头有不止一种对法", "the row fits its header in more than one way")
        row.notices.append(Notice("row_doubtful", text, line.origin))
    elif fit.weak:
        text = say("有单元格不像它那一列的内容", "a cell does not look like what its column holds")
        row.notices.append(Notice("row_doubtful", text, line.origin))
    elif fit.moved:
        text = say("单元格错位，按内容归位", "cells are displaced; placed by their content")
        row.notices.append(Notice("row_displaced", text, line.origin))
    return row


def _list_pieces(slots: Sequence[Slot]) -> list[Piece]:
    return [Piece(slot.text, slot.column) for slot in slots]


def _fit_outer(slots: Sequence[Slot], columns: Sequence[Column], scale: Scale) -> Fit | None:
    """Fit a row that tells of the whole table only, its unit and its amount, to the columns that do; None otherwise."""
    outer = [at for at, column in enumerate(columns) if column.field.startswith("outer:")]
    if not 1 < len(slots) <= len(outer):
        return None
    fit = align(_list_pieces(slots), [columns[at] for at in outer], scale)
    if fit.weak or None in fit.places:
        return None
    places = tuple(outer[place] for place in fit.places if place is not None)
    return fit._replace(places=places) if any(columns[at].field.startswith("outer:budget.") for at in places) else None


def _drop_repeated(slots: Sequence[Slot], scale: Scale) -> tuple[tuple[Slot, ...], tuple[Slot, ...]]:
    """Take out a second-level word printed twice side by side: a merged cell that was copied, not two levels."""
    kept: list[Slot] = []
    repeated = []
    for slot in slots:
        same = bool(kept) and fold(kept[-1].text) == fold(slot.text)
        if same and scale.is_only_second(slot.text) and fold(slot.text).endswith("指标"):
            repeated.append(slot)
        else:
            kept.append(slot)
    return tuple(kept), tuple(repeated)


def _learn(rows: Sequence[Row], columns: Sequence[Column]) -> Mapping[str, frozenset[str]]:
    """Return the short texts that stand in one kind of column only, from the rows that stand straight."""
    seen: dict[str, set[str]] = {}
    for row in rows:
        if row.notices:
            continue
        for place, slots in row.cells.items():
            for slot in slots:
                if len(fold(slot.text)) <= _SHORT:
                    seen.setdefault(columns[place].field, set()).add(fold(slot.text))
    found = {}
    for name in _LEARNT & seen.keys():
        others = set().union(*(texts for other, texts in seen.items() if other != name))
        found[name] = frozenset(seen[name] - others)
    return found
