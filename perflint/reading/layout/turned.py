"""Lists of indicators on their side: 一级指标, 二级指标, 三级指标, 指标值 one below another, an indicator a column.

lines ──turn_lists──▶ lines with each column of such a list as a row
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from perflint.reading.form.template import Form
from perflint.reading.header.words import INDICATORS, fields_of, names_place
from perflint.reading.line import Line, Slot
from perflint.record import replace

_NEED = frozenset({"level1", "level2", "name"})
_FEWEST = 2  # indicators
_MOST_ROWS, _MOST_COLUMNS = 60, 200  # regions below the names, indicators


def turn_lists(lines: Sequence[Line], form: Form) -> tuple[Line, ...]:
    """Return the lines with lists on their side upright, in a grid of their own; the others as they are."""
    fresh = max((line.grid for line in lines if line.grid is not None), default=0) + 1
    turned: list[Line] = []
    for grid, group in groupby(lines, key=lambda line: line.grid):
        rows = tuple(group)
        begin, end = (0, 0) if grid is None else _find_list(rows, form)
        turned += rows if begin == end else [*rows[:begin], *_turn(rows[begin:end], fresh)]
        if begin < end:
            turned += [replace(row, grid=fresh + 1) for row in rows[end:]]
            fresh += 2
    return tuple(turned)


def _find_list(rows: Sequence[Line], form: Form) -> tuple[int, int]:
    """Return where the first list on its side begins and ends; twice the same place when there is none."""
    for begin, row in enumerate(rows):
        if "level1" not in _head_of(row, form):
            continue
        end = begin
        while end < len(rows) and end - begin < _MOST_ROWS and _goes_on(rows[end], rows[begin], form):
            end += 1
        heads = [_head_of(one, form) for one in rows[begin:end]]
        named = {field for fields in heads for field in fields}
        valued = "value" in named or any(not fields for fields in heads)
        if named >= _NEED and valued and _is_alike(rows[begin:end]):
            return begin, end
    return 0, 0


def _head_of(row: Line, form: Form) -> tuple[str, ...]:
    """Return what a row holds by the cell at its left; nothing when more headings stand in it."""
    slots = row.filled
    if len(slots) < _FEWEST or any(fields_of(slot.text, INDICATORS, form) for slot in slots[1:]):
        return ()
    return fields_of(slots[0].text, INDICATORS, form)


def _goes_on(row: Line, first: Line, form: Form) -> bool:
    """Tell whether a row has cells under those of the first, and a heading or the name of a region at its left."""
    if not row.filled or row.columns > _MOST_COLUMNS or row.filled[0].end != first.filled[0].end:
        return False
    return bool(_head_of(row, form)) or names_place(row.filled[0].text)


def _is_alike(rows: Sequence[Line]) -> bool:
    """Tell whether cells stand under one another: merged cells are known, or all rows have as many."""
    if all(row.spans_known for row in rows):
        return True
    return len({len(row.filled) for row in rows}) == 1 and len(rows[0].filled) > _FEWEST


def _turn(rows: Sequence[Line], grid: int) -> Iterator[Line]:
    places = sorted({slot.column for row in rows for slot in row.slots})
    for number, place in enumerate(places):
        slots = [_lay(row.at(place), at, place, number) for at, row in enumerate(rows)]
        yield replace(
            rows[0], slots=tuple(one for one in slots if one is not None), grid=grid, row=number, columns=len(rows)
        )


def _lay(slot: Slot | None, at: int, place: int, number: int) -> Slot | None:
    """Return the cell of a row as one of a column: covered where it began left of the place, or in a row above."""
    if slot is None:
        return None
    began = slot.column < place
    return replace(slot, column=at, width=1, height=slot.width, covered=began or slot.covered)
