"""Cells that cover several rows of an aligned table: their text stands in the middle of them, or at the top.

fragments of a column ──list_cells──▶ cells ──find_extents──▶ the first row and the one after the last of each
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from perflint.reading.layout.aligned.fragment import Fragment, join_texts

_LONGEST = 12  # lines of a cell
_KNOWN = -1  # each word of the form: two of them are not one
_REST = "指标"  # what a word of a level ends in, and no one begins with
_UNKNOWN = 3  # a cell that says nothing known
_STRAY = 4  # a row, or a block of rows, that does not stand under such a cell
_NEVER = 1000
_APART = 5  # two lines of a cell that do not follow one another, or the upper one is not full
_BROKEN = 2  # two lines of a cell in different rows
_SPLIT = 6  # two cells in one row
_NEAR = 2  # lines from one line of a cell to the next, another cell's between them
_REMAINDER = 4  # columns of what is left of a word for the next line
_BEAM = 12
_TRIED = 2  # rows tried above and below the likeliest last one


class Extents(NamedTuple):
    """Where each cell begins; the cost in halves of a line off the place where it should be."""

    starts: tuple[int, ...]
    cost: int


class Cells(NamedTuple):
    """The cells of a column; ``sure`` is False when two lines may be one cell or two."""

    cells: tuple[tuple[Fragment, ...], ...]
    sure: bool


def list_cells(
    fragments: Sequence[Fragment], rows: Sequence[tuple[int, int]], is_known: Callable[[str], bool]
) -> Cells:
    """Return the fragments of a column as cells: the fewest that say what is known, or stand in one row.

    Args:
        rows: the first and the last line of each row.
    """
    weigher = _Weigher(fragments, rows, is_known)
    best: list[tuple[int, int]] = [(0, 0)]
    for end in range(1, len(fragments) + 1):
        ways = [(best[start][0] + weigher.weigh(start, end), start) for start in range(max(0, end - _LONGEST), end)]
        best.append(min(ways))
    starts: list[int] = []
    end = len(fragments)
    while end:
        end = best[end][1]
        starts.append(end)
    starts.reverse()
    ends = [*starts[1:], len(fragments)]
    cells = tuple(tuple(fragments[start:end]) for start, end in zip(starts, ends, strict=True))
    return Cells(cells, not weigher.is_doubtful(starts))


class _Weigher:
    """Tells what it costs to take some lines of a column for one cell."""

    def __init__(
        self, fragments: Sequence[Fragment], rows: Sequence[tuple[int, int]], is_known: Callable[[str], bool]
    ) -> None:
        self._fragments, self._is_known = fragments, is_known
        self._widest = max((one.width for one in fragments), default=0)
        self._rows = [_find_row(one.line, rows) for one in fragments]

    def weigh(self, start: int, end: int) -> int:
        text = join_texts(self._fragments[start:end])
        if text.startswith(_REST):
            return _UNKNOWN + _APART
        if self._is_known(text):
            return _KNOWN
        split = _SPLIT if start and self._in_one_row(start) else 0
        return _UNKNOWN + split + sum(self._weigh_break(at) for at in range(start + 1, end))

    def _follows(self, at: int) -> bool:
        return self._fragments[at].line - self._fragments[at - 1].line <= _NEAR

    def _in_one_row(self, at: int) -> bool:
        return self._rows[at] is not None and self._rows[at] == self._rows[at - 1]

    def _weigh_break(self, at: int) -> int:
        if not self._follows(at):
            return _APART
        if self._in_one_row(at):
            return 0
        return _BROKEN if self._may_go_on(at) and self._fragments[at].width <= _REMAINDER else _APART

    def _may_go_on(self, at: int) -> bool:
        return self._follows(at) and self._fragments[at - 1].width + 2 > self._widest

    def is_doubtful(self, starts: Sequence[int]) -> bool:
        """Tell whether lines that say nothing known stand so that they may be one cell or two."""
        ends = [*starts[1:], len(self._fragments)]
        known = {
            at
            for start, end in zip(starts, ends, strict=True)
            if self._is_known(join_texts(self._fragments[start:end]))
            for at in range(start, end)
        }
        return any(
            at not in known and at - 1 not in known and self._may_go_on(at) and not self._in_one_row(at)
            for at in range(1, len(self._fragments))
        )


def _find_row(line: int, rows: Sequence[tuple[int, int]]) -> int | None:
    at = bisect_right(rows, (line, _NEVER * _NEVER)) - 1
    return at if at >= 0 and line <= rows[at][1] else None


def find_extents(
    cells: Sequence[tuple[Fragment, ...]],
    bounds: Sequence[tuple[int, int]],
    strays: Callable[[int, int], bool],
    *,
    centered: bool,
) -> Extents | None:
    """Return which of the rows (or blocks of rows) between *bounds*, their first and last lines, each cell covers.

    Args:
        strays: whether a block cannot stand under a cell, both by number.
    """
    found = _center(cells, bounds, strays) if centered else _top(cells, bounds)
    if found is None or centered:
        return found
    ends = (*found.starts[1:], len(bounds))
    lost = sum(
        strays(number, at)
        for number, (start, end) in enumerate(zip(found.starts, ends, strict=True))
        for at in range(start, end)
    )
    return found._replace(cost=found.cost + _STRAY * lost)


def _top(cells: Sequence[tuple[Fragment, ...]], bounds: Sequence[tuple[int, int]]) -> Extents | None:
    bottoms = [bottom for _, bottom in bounds]
    starts: list[int] = []
    cost = 0
    for cell in cells:
        line = cell[0].line
        at = min(bisect_left(bottoms, line), len(bounds) - 1)
        cost += 2 * abs(bounds[at][0] - line) + (4 if starts and at <= starts[-1] else 0)
        starts.append(max(at, starts[-1] + 1) if starts else at)
    return Extents(tuple(starts), cost + _STRAY * starts[0]) if starts[-1] < len(bounds) else None


def _center(
    cells: Sequence[tuple[Fragment, ...]], bounds: Sequence[tuple[int, int]], strays: Callable[[int, int], bool]
) -> Extents | None:
    """Return the cheapest cut into as many parts as there are cells, each with its text in the middle."""
    bottoms = [bottom for _, bottom in bounds]
    states: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    for number, cell in enumerate(cells):
        left = len(cells) - number - 1
        middle = cell[0].line + cell[-1].line
        following: dict[int, tuple[int, tuple[int, ...]]] = {}
        for start, (cost, starts) in states.items():
            likely = bisect_left(bottoms, middle - bounds[start][0]) + 1
            tried = range(likely - _TRIED, likely + _TRIED + 1) if left else (len(bounds),)
            for end in tried:
                if not start < end <= len(bounds) - left:
                    continue
                off = abs(bounds[start][0] + bottoms[end - 1] - middle)
                outside = max(0, bounds[start][0] - cell[0].line) + max(0, cell[-1].line - bounds[end - 1][1])
                lost = sum(strays(number, at) for at in range(start, end))
                spent = cost + off + _STRAY * lost + (0 if outside <= len(cell) else 2 * outside)
                way = (spent, (*starts, start))
                if end not in following or way < following[end]:
                    following[end] = way
        states = dict(sorted(following.items(), key=lambda item: item[1])[:_BEAM])
    if len(bounds) not in states:
        return None
    cost, starts = states[len(bounds)]
    return Extents(starts, cost)
