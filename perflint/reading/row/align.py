"""Fit the cells of one row to the columns of a header when merged cells are lost and places no longer tell.

    filled cells × columns ──align──▶ column of each cell, the cost, and whether another fit is as good

Dynamic programming over the order of the cells: each goes to a later column than the one before, a skipped column costs
what it is worth, a cell in a column costs what its shape says, a cell away from its printed place costs a little. All
costs are whole numbers; the tables are small (some ten cells, some ten columns).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold
from perflint.reading.form.levels import LevelWords
from perflint.reading.header.column import Column

DROP = 60  # a cell that fits nowhere
MOVED = 3  # a cell displaced otherwise than the one before
PLAIN = 12  # a cell below this plainly fits its column
WEAK = 16  # a cell that does not look like its column
MARGIN = 4  # two fits closer than this are a guess
NEVER = 100
_PROSE = 30
_WORD = 12

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


class Scale:
    """What a cell costs in a column. ``known`` holds texts seen in a column of rows read without doubt."""

    def __init__(self, words: LevelWords, known: Mapping[str, frozenset[str]] | None = None) -> None:
        self._words = words
        self._known = known or {}

    def is_only_second(self, text: str) -> bool:
        """Tell whether a text can be a second-level word and no first-level one."""
        return self._words.is_second(text) and not self._words.is_first(text)

    def weigh(self, text: str, field: str) -> int:
        """Return the cost of a text in a column of that field, 0 for a perfect fit."""
        folded = fold(text)
        if folded and folded in self._known.get(field, frozenset()):
            return 0
        if field.startswith("outer:"):
            return _weigh_outer(text, self._words, field)
        return _WEIGHERS.get(field, _weigh_text)(text, self._words)


def align(pieces: Sequence[Piece], columns: Sequence[Column], scale: Scale) -> Fit:
    """Return the cheapest reading of a row.

    Args:
        pieces: filled cells from left to right.
        columns: columns from left to right.
    """
    costs = [[scale.weigh(piece.text, column.field) for column in columns] for piece in pieces]
    offsets = [[_offset(piece, column) for column in columns] for piece in pieces]
    straight = _read_straight(costs, offsets)
    if straight is not None:
        return Fit(straight, 0, doubtful=False, moved=False, weak=False)
    ways = _search(costs, offsets, [_SKIP.get(column.field, 2) for column in columns])
    best = ways[0]
    moved = any(place is None or offsets[piece][place] != 0 for piece, place in enumerate(best.places))
    doubtful = moved and len(ways) > 1 and ways[1].cost - best.cost < MARGIN
    weak = any(
        place is not None and costs[piece][place] >= WEAK and columns[place].field != "context"
        for piece, place in enumerate(best.places)
    )
    return Fit(best.places, best.cost, doubtful, moved, weak)


def _read_straight(costs: Sequence[Sequence[int]], offsets: Sequence[Sequence[int]]) -> tuple[int, ...] | None:
    """Return the printed places when every cell stands alone in a column it plainly fits; None otherwise."""
    places = [next((at for at, offset in enumerate(row) if offset == 0), -1) for row in offsets]
    alone = all(one < other for one, other in pairwise(places))
    fitting = all(place >= 0 and costs[piece][place] < PLAIN for piece, place in enumerate(places))
    return tuple(places) if alone and fitting else None


class _Way(NamedTuple):
    cost: int
    places: tuple[int | None, ...]
    offset: int


def _search(costs: Sequence[Sequence[int]], offsets: Sequence[Sequence[int]], skips: Sequence[int]) -> list[_Way]:
    """Return the two cheapest ways, by columns used so far."""
    width = len(skips)
    reached: list[list[_Way]] = [[_Way(0, (), 0)]] + [[] for _ in range(width)]
    for row, shifts in zip(costs, offsets, strict=True):
        reached = [_extend(reached, row, shifts, skips, last) for last in range(width + 1)]
    ends = [way._replace(cost=way.cost + sum(skips[last:])) for last, ways in enumerate(reached) for way in ways]
    return _sort_ways(ends)[:2]


def _extend(
    reached: Sequence[Sequence[_Way]], row: Sequence[int], shifts: Sequence[int], skips: Sequence[int], last: int
) -> list[_Way]:
    """Return the two cheapest ways in which ``last`` columns are used up after one more cell."""
    found = [_Way(way.cost + DROP, (*way.places, None), way.offset) for way in reached[last]]
    for before in range(last):
        skipped = sum(skips[before : last - 1])
        for way in reached[before]:
            turn = 0 if shifts[last - 1] == way.offset else MOVED
            cost = way.cost + skipped + row[last - 1] + turn
            found.append(_Way(cost, (*way.places, last - 1), shifts[last - 1]))
    return _sort_ways(found)[:2]


def _sort_ways(ways: Sequence[_Way]) -> list[_Way]:
    return sorted(ways, key=lambda way: way.cost)


def _offset(piece: Piece, column: Column) -> int:
    """Return how far a cell is from its column: cells that were displaced together share it."""
    return 0 if column.start <= piece.column < column.end else column.start - piece.column


def _weigh_level(text: str, words: LevelWords, fits: bool, other: bool) -> int:
    if fits:
        return 0
    if other:
        return 16
    if shapes.is_comparator(text) or shapes.is_figure(text) or shapes.is_value(text):
        return NEVER
    return 14 if len(fold(text)) <= _WORD else _PROSE


def _weigh_first(text: str, words: LevelWords) -> int:
    return _weigh_level(text, words, words.is_first(text), words.is_second(text))


def _weigh_second(text: str, words: LevelWords) -> int:
    return _weigh_level(text, words, words.is_second(text), words.is_first(text))


def _weigh_name(text: str, words: LevelWords) -> int:
    if shapes.is_sign(text):
        return NEVER
    if shapes.is_comparator(text):
        return 12
    if shapes.is_figure(text):
        return 50
    if shapes.is_grade(text) or (shapes.is_value(text) and not shapes.is_basis(text)):
        return 12
    if words.is_level(text):
        return 20 if fold(text).endswith("指标") else 6
    if shapes.is_unit(text):
        return 25
    return 2 if len(text) <= _PROSE * 2 else 8


def _weigh_comparator(text: str, words: LevelWords) -> int:
    return 0 if shapes.is_comparator(text) else NEVER


def _weigh_value(text: str, words: LevelWords) -> int:
    if shapes.is_sign(text):
        return NEVER
    if shapes.is_figure(text) or shapes.is_grade(text) or shapes.is_value(text):
        return 0
    if shapes.is_comparator(text) or words.is_level(text):
        return 45
    if shapes.is_unit(text):
        return 18
    return 5 if len(fold(text)) <= _WORD else 14


def _weigh_unit(text: str, words: LevelWords) -> int:
    if shapes.is_unit(text):
        return 0
    if shapes.is_value(text) or shapes.is_comparator(text) or words.is_level(text):
        return NEVER
    return 16 if len(fold(text)) <= 4 else 60


def _weigh_text(text: str, words: LevelWords) -> int:
    if shapes.is_sign(text):
        return NEVER
    if words.is_level(text) or shapes.is_number(text):
        return 25
    return 12 if shapes.is_unit(text) else 3


def _weigh_basis(text: str, words: LevelWords) -> int:
    return 0 if shapes.is_basis(text) else _weigh_text(text, words) + 5


def _weigh_category(text: str, words: LevelWords) -> int:
    if shapes.is_category(text):
        return 0
    return _weigh_text(text, words) + (3 if len(fold(text)) <= 6 else 15)


def _weigh_direction(text: str, words: LevelWords) -> int:
    return 0 if shapes.is_direction(text) else 50


def _weigh_number(text: str, words: LevelWords) -> int:
    return 0 if shapes.is_number(text) or shapes.is_percent(text) else NEVER


def _weigh_ordinal(text: str, words: LevelWords) -> int:
    return 0 if len(fold(text)) <= 4 and shapes.is_ordinal(text) else NEVER


def _weigh_amount(text: str, words: LevelWords) -> int:
    return 0 if shapes.is_figure(text) else NEVER


def _weigh_outer(text: str, words: LevelWords, field: str) -> int:
    """Weigh what a column tells of the whole table: an amount, or a text that is neither level, sign nor figure."""
    if field.startswith("outer:budget."):
        return _weigh_amount(text, words)
    if shapes.is_figure(text) or shapes.is_comparator(text) or words.is_level(text):
        return NEVER
    if field.startswith("outer:organization."):
        return 0 if shapes.is_body(text) else 8
    return 8 if shapes.is_body(text) else 2


def _weigh_context(text: str, words: LevelWords) -> int:
    return 60 if words.is_level(text) else 40


_WEIGHERS = {
    "level1": _weigh_first,
    "level2": _weigh_second,
    "name": _weigh_name,
    "comparator": _weigh_comparator,
    "value": _weigh_value,
    "prior": _weigh_value,
    "unit": _weigh_unit,
    "basis": _weigh_basis,
    "category": _weigh_category,
    "direction": _weigh_direction,
    "weight": _weigh_number,
    "number": _weigh_ordinal,
    "amount": _weigh_amount,
    "total": _weigh_amount,
    "current": _weigh_amount,
    "context": _weigh_context,
}
