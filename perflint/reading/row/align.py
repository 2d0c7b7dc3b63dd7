"""Fit the cells of one row to the columns of a header when merged cells are lost and places no longer tell.

    filled cells × columns ──align──▶ column of each cell, the cost, and whether another fit is as good

Dynamic programming over the order of the cells: each goes to a later column than the one before, a skipped column costs
what it is worth, a cell in a column costs what its shape says, a cell away from its printed place costs a little. All
costs are whole numbers; the tables are small (some ten cells, some ten columns).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from perflint.reading.header.column import Column
from perflint.reading.row.weigh import Scale

DROP = 60  # a cell that fits nowhere
MOVED = 3  # a cell displaced otherwise than the one before
PLAIN = 12  # a cell below this plainly fits its column
WEAK = 16  # a cell that does not look like its column
MARGIN = 4  # two fits closer than this are a guess
_SKIP = {
    "name": 14,
    "comparator": 8,
    "value": 10,
    "unit": 4,
    "prior": 7,
    "weight": 3,
    "category": 3,
    "basis": 3,
    "remark": 0,
}
_BESIDE = 2


class Fit(NamedTuple):
    """One way to read a row.

    Attributes:
        places: For each cell the index of its column, None when it fits nowhere.
        cost: Lower is better.
        doubtful: Another way costs nearly as little.
        moved: Some cell is read in another column than the one it is printed in.
        weak: Some cell does not look like what its column holds.
    """

    places: tuple[int | None, ...]
    cost: int
    doubtful: bool
    moved: bool
    weak: bool


class Piece(NamedTuple):
    """A filled cell: its text and the column it is printed in."""

    text: str
    column: int


def align(pieces: Sequence[Piece], columns: Sequence[Column], scale: Scale) -> Fit:
    """Return the cheapest reading of a row.

    Args:
        pieces: filled cells from left to right.
        columns: columns from left to right.
    """
    straight = _read_straight(pieces, columns, scale)
    if straight is not None:
        return Fit(straight, 0, doubtful=False, moved=False, weak=False)
    costs = [[scale.weigh(piece.text, column.field) for column in columns] for piece in pieces]
    offsets = [[_offset(piece, column) for column in columns] for piece in pieces]
    ways = _search(costs, offsets, [_weigh_skip(column) for column in columns])
    best = ways[0]
    moved = any(place is None or offsets[piece][place] != 0 for piece, place in enumerate(best.places))
    near = len(ways) > 1 and ways[1].cost - best.cost < MARGIN
    plain = all(place is not None and costs[piece][place] < PLAIN for piece, place in enumerate(best.places))
    doubtful = near and (moved or not plain)
    weak = any(
        place is not None and costs[piece][place] >= WEAK and columns[place].field != "context"
        for piece, place in enumerate(best.places)
    )
    return Fit(best.places, best.cost, doubtful, moved, weak)


def _weigh_skip(column: Column) -> int:
    """Return what a column is worth; a further block beside the first is often blank as a whole."""
    return _BESIDE if column.group else _SKIP.get(column.field, _BESIDE)


def _read_straight(pieces: Sequence[Piece], columns: Sequence[Column], scale: Scale) -> tuple[int, ...] | None:
    """Return the printed places when every cell stands alone in a column it plainly fits; None otherwise.

    Most rows do, so that no cell need be weighed in any other column.
    """
    places: list[int] = []
    for piece in pieces:
        place = next((at for at, column in enumerate(columns) if _offset(piece, column) == 0), -1)
        if place <= (places[-1] if places else -1) or scale.weigh(piece.text, columns[place].field) >= PLAIN:
            return None
        places.append(place)
    return tuple(places)


class _Way(NamedTuple):
    cost: int
    places: tuple[int | None, ...]
    offset: int


class _Start(NamedTuple):
    """A way that may go on in a later column: its cost as if no column before had been skipped, and its turn."""

    cost: int
    turn: int
    way: _Way


def _search(costs: Sequence[Sequence[int]], offsets: Sequence[Sequence[int]], skips: Sequence[int]) -> list[_Way]:
    """Return the two cheapest ways, by columns used so far."""
    width = len(skips)
    skipped = [0, *accumulate(skips)]
    reached: list[list[_Way]] = [[_Way(0, (), 0)]] + [[] for _ in range(width)]
    for row, shifts in zip(costs, offsets, strict=True):
        reached = _extend(reached, row, shifts, skipped)
    ends = [
        way._replace(cost=way.cost + skipped[-1] - skipped[last]) for last, ways in enumerate(reached) for way in ways
    ]
    return sorted(ends, key=lambda way: way.cost)[:2]


def _extend(
    reached: Sequence[Sequence[_Way]], row: Sequence[int], shifts: Sequence[int], skipped: Sequence[int]
) -> list[list[_Way]]:
    """Return the two cheapest ways for each number of columns used up after one more cell.

    Of the ways that go on, two of those with the offset of the column and two of all are enough: time grows with the
    columns, not with their square.
    """
    extended: list[list[_Way]] = []
    best: list[_Start] = []
    same: dict[int, list[_Start]] = {}
    turn = 0
    for last, ways in enumerate(reached):
        found = [_Start(way.cost + DROP, at - len(ways), way) for at, way in enumerate(ways)]
        if last:
            base, shift = skipped[last - 1] + row[last - 1], shifts[last - 1]
            for way in reached[last - 1]:
                start = _Start(way.cost - skipped[last - 1], turn, way)
                best = sorted([*best, start])[:2]
                same[way.offset] = sorted([*same.get(way.offset, ()), start])[:2]
                turn += 1
            for start in {*best, *same.get(shift, ())}:
                moved = 0 if start.way.offset == shift else MOVED
                found.append(start._replace(cost=start.cost + base + moved))
        extended.append([_go_on(start, last, shifts) for start in sorted(found)[:2]])
    return extended


def _go_on(start: _Start, last: int, shifts: Sequence[int]) -> _Way:
    """Return a way with one more cell: in the last column, or, where its turn is negative, in none."""
    if start.turn < 0:
        return _Way(start.cost, (*start.way.places, None), start.way.offset)
    return _Way(start.cost, (*start.way.places, last - 1), shifts[last - 1])


def _offset(piece: Piece, column: Column) -> int:
    """Return how far a cell is from its column: cells that were displaced together share it."""
    return 0 if column.start <= piece.column < column.end else column.start - piece.column
