"""The header of an aligned table: its cells may be broken over some lines, and each is a column.

lines of fragments ──find_columns──▶ AlignedColumn …
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perflint.reading.form.template import Form
from perflint.reading.header.words import INDICATORS, fields_of, find_outer, names_rows
from perflint.reading.layout.aligned.fragment import Fragment, join_texts

_TALLEST = 3  # lines of a header
_FEWEST = 3  # columns


class AlignedColumn(NamedTuple):
    """A column and how far what is printed in it reaches.

    Attributes:
        field: What it holds; ``outer`` or ``context`` beside the indicators, ``unknown`` when no form knows it.
    """

    field: str
    cell: tuple[Fragment, ...]
    start: int
    end: int

    @property
    def text(self) -> str:
        return join_texts(self.cell)


class AlignedHeader(NamedTuple):
    """The columns from left to right, how many lines their header takes, and how well it is known."""

    columns: tuple[AlignedColumn, ...]
    height: int
    score: int


def find_columns(lines: Sequence[Sequence[Fragment]], form: Form) -> AlignedHeader | None:
    """Return the header whose first line is the first of these, None when there is none."""
    best: AlignedHeader | None = None
    for height in range(1, min(_TALLEST, len(lines)) + 1):
        if len(lines[height - 1]) == 0:
            break
        cells = _stack(lines[:height])
        columns = _set_beside(tuple(_build_column(cell, form) for cell in cells))
        known = {column.field for column in columns}
        if len(columns) < _FEWEST or not names_rows(known):
            continue
        score = sum(column.field != "unknown" for column in columns) * 2 - len(columns)
        if best is None or score >= best.score:
            best = AlignedHeader(columns, height, score)
    return best


def _set_beside(columns: tuple[AlignedColumn, ...]) -> tuple[AlignedColumn, ...]:
    """Return the columns with what stands left of the levels beside the list: 绩效指标 may be a name, but not there."""
    first = next((at for at, column in enumerate(columns) if column.field == "level1"), 0)
    return tuple(
        column._replace(field="context") if at < first and column.field == "name" else column
        for at, column in enumerate(columns)
    )


def _stack(lines: Sequence[Sequence[Fragment]]) -> list[tuple[Fragment, ...]]:
    """Return the fragments of several lines as cells: what stands under another belongs to it."""
    groups: list[list[Fragment]] = []
    for fragment in sorted((one for line in lines for one in line), key=lambda one: (one.start, one.line)):
        under = [group for group in groups if _overlaps(fragment, group)]
        if under:
            under[0].append(fragment)
        else:
            groups.append([fragment])
    return [tuple(sorted(group, key=lambda one: (one.line, one.start))) for group in groups]


def _overlaps(fragment: Fragment, group: Sequence[Fragment]) -> bool:
    return any(fragment.start < one.end and one.start < fragment.end for one in group)


def _build_column(cell: tuple[Fragment, ...], form: Form) -> AlignedColumn:
    text = join_texts(cell)
    fields = fields_of(text, INDICATORS, form)
    field = fields[0] if fields else "outer" if find_outer(text, form) is not None else "unknown"
    return AlignedColumn(field, cell, min(one.start for one in cell), max(one.end for one in cell))


def place(fragments: Sequence[Fragment], columns: Sequence[AlignedColumn]) -> list[int] | None:
    """Return the column of each fragment of a line, -1 for what stands left of all; None when one fits nowhere."""
    places: list[int] = []
    for fragment in fragments:
        over = [at for at, one in enumerate(columns) if fragment.start < one.end and one.start < fragment.end]
        if len(over) > 1:
            return None
        at = over[0] if over else _find_nearest(fragment, columns)
        if places and at <= places[-1] and at != -1:
            return None
        places.append(at)
    return places


def _find_nearest(fragment: Fragment, columns: Sequence[AlignedColumn]) -> int:
    if fragment.end <= columns[0].start:
        return -1
    gaps = [max(one.start - fragment.end, fragment.start - one.end) for one in columns]
    return gaps.index(min(gaps))


def widen(columns: Sequence[AlignedColumn], lines: Sequence[Sequence[Fragment]]) -> tuple[AlignedColumn, ...]:
    """Return the columns as wide as what surely stands in them."""
    reach = [(column.start, column.end) for column in columns]
    for line in lines:
        for fragment in line:
            over = [at for at, one in enumerate(columns) if fragment.start < one.end and one.start < fragment.end]
            if len(over) == 1:
                start, end = reach[over[0]]
                reach[over[0]] = (min(start, fragment.start), max(end, fragment.end))
    kept = []
    for at, column in enumerate(columns):
        left = max((columns[at - 1].end, reach[at - 1][1])) if at else 0
        right = min(columns[at + 1].start, reach[at + 1][0]) if at + 1 < len(columns) else reach[at][1]
        start = max(reach[at][0], min(left, column.start))
        end = min(reach[at][1], max(right, column.end))
        kept.append(column._replace(start=start, end=end))
    return tuple(kept)
