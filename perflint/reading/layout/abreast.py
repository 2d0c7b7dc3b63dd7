"""Two projects side by side in one grid, each with its own indicators: one below the other.

lines ──part_abreast──▶ lines, the left table first
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from perflint.reading.cell.fold import fold, list_keys
from perflint.reading.form.template import Form
from perflint.reading.header.header import find_header
from perflint.reading.header.words import INDICATORS
from perflint.reading.line import Line, Slot
from perflint.record import replace

_IDENTITY = ("project.name", "project.code")
_FEWEST = 4  # two labels and their values


class _Cut(NamedTuple):
    """The rows, end exclusive, that hold two tables, and the grid column in which the right one begins."""

    start: int
    stop: int
    column: int


def part_abreast(lines: Sequence[Line], form: Form) -> tuple[Line, ...]:
    """Return the lines with tables that stand side by side one below the other, each in a grid of its own."""
    fresh = max((line.grid for line in lines if line.grid is not None), default=0) + 1
    parted: list[Line] = []
    for grid, group in groupby(lines, key=lambda line: line.grid):
        rows = tuple(group)
        cut = None if grid is None else _find_cut(rows, form)
        if cut is None:
            parted += rows
            continue
        left, right = _part(rows, cut, fresh)
        if not (_lists_indicators(left, form) and _lists_indicators(right, form)):
            parted += rows
            continue
        parted += [*rows[: cut.start], *left, *right, *_move(rows[cut.stop :], fresh + 1)]
        fresh += 2
    return tuple(parted)


def _find_cut(rows: Sequence[Line], form: Form) -> _Cut | None:
    """Return where two projects are named in one row and no cell below reaches from one to the other."""
    for at, line in enumerate(rows):
        column = _find_second(line, form)
        if column is None:
            continue
        below = range(at, len(rows))
        stop = next((row for row in below if not _is_parted(rows[row], line, column)), len(rows))
        return _Cut(at, stop, column)
    return None


def _find_second(line: Line, form: Form) -> int | None:
    """Return the column of the second label of a row that names two projects, None when it does not."""
    filled = line.filled
    for field in _IDENTITY if len(filled) >= _FEWEST else ():
        if not _is_label_of(field, filled[0], form):
            continue
        at = [number for number, slot in enumerate(filled) if _is_label_of(field, slot, form)]
        if len(at) == 2 and at[1] > 1 and at[1] + 1 < len(filled):
            names = {fold(filled[1].text), fold(filled[at[1] + 1].text)}
            return filled[at[1]].column if len(names) > 1 else None
    return None


def _is_label_of(field: str, slot: Slot, form: Form) -> bool:
    return any(label.field == field for key in list_keys(slot.text) for label in form.labels_by_name.get(key, ()))


def _is_parted(line: Line, first: Line, column: int) -> bool:
    """Tell whether a row falls into two at a column; where places are lost it must have the cells of the first."""
    if not line.spans_known and len(line.slots) != len(first.slots):
        return False
    return not any(slot.column < column < slot.end for slot in line.slots)


def _part(rows: Sequence[Line], cut: _Cut, grid: int) -> tuple[list[Line], list[Line]]:
    parted = rows[cut.start : cut.stop]
    left = [_take(line, 0, cut.column, line.grid or 0) for line in parted]
    right = [_take(line, cut.column, line.columns, grid) for line in parted]
    return left, right


def _take(line: Line, begin: int, end: int, grid: int) -> Line:
    slots = [slot for slot in line.slots if begin <= slot.column < max(end, begin + 1)]
    moved = tuple(replace(slot, column=slot.column - begin) for slot in slots)
    return replace(line, slots=moved, grid=grid, columns=end - begin)


def _move(rows: Sequence[Line], grid: int) -> Iterator[Line]:
    """Yield the rows below both tables, in a grid of their own."""
    for line in rows:
        yield replace(line, grid=grid)


def _lists_indicators(lines: Sequence[Line], form: Form) -> bool:
    headers = (find_header(lines, at, form) for at, line in enumerate(lines) if line.filled)
    return any(header is not None and header.kind == INDICATORS for header in headers)
