"""Find the tables that ruling lines draw, and their cells: pure geometry, no text.

    rules ──merge──▶ lines ──those that cross──▶ one lattice a table ──walls──▶ cells with spans

A cell is what you can walk through without crossing a line; so a merged cell needs no guess.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from perflint.reading.container.pdf.geometry import Box, Rule

UNDRAWN = "undrawn"
_SAME = 300  # lines closer than this are one (double borders)
_GAP = 350  # a line broken by less goes on (dashes, corners drawn apart)
_SHORTEST = 400
_COVERED = 60  # percent of a cell's side that must be drawn to be a wall
_OPEN = 50  # percent of the lines that must end at one place to close an open side


class LatticeCell(NamedTuple):
    """One cell: position, spans, and where it stands on the page."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


class Lattice(NamedTuple):
    """One table.

    Attributes:
        xs, ys: Edges of its columns and rows, one more than there are.
        cells: In reading order.
        owner: For each elementary position, row by row, the index of its cell, or -1 outside the table.
        notes: ``undrawn`` when its columns were told from the texts, ``open_sides`` when the outer lines were missing,
            ``cell_not_rectangular`` when lines were.
    """

    xs: tuple[int, ...]
    ys: tuple[int, ...]
    cells: tuple[LatticeCell, ...]
    owner: tuple[tuple[int, ...], ...]
    notes: tuple[str, ...] = ()

    @property
    def box(self) -> Box:
        """The whole table."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def find_cell(self, x: int, y: int) -> int:
        """Return the index of the cell at a point; -1 when none is there."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if not (0 <= row < len(self.ys) - 1 and 0 <= column < len(self.xs) - 1):
            return -1
        return self.owner[row][column]


def find_lattices(across: Iterable[Rule], down: Iterable[Rule]) -> list[Lattice]:
    """Return the tables of a page, from top to bottom, those inside another after it. A single box is no table."""
    lattices = []
    for rows, columns in _group(merge_rules(across), merge_rules(down)):
        lattice = _build_lattice(rows, columns)
        if lattice is not None and len(lattice.cells) > 1:
            lattices.append(lattice)
    return sorted(lattices, key=lambda one: (one.ys[0], one.xs[0], -one.ys[-1]))


def merge_rules(rules: Iterable[Rule]) -> list[Rule]:
    """Join the pieces of each line; drop what is too short to be one."""
    merged: list[Rule] = []
    for band in _cluster(sorted(rules)):
        place = sorted(rule.place for rule in band)[len(band) // 2]
        pieces = sorted((rule.start, rule.end) for rule in band)
        start, end = pieces[0]
        for first, last in pieces[1:]:
            if first > end + _GAP:
                merged.append(Rule(place, start, end))
                start, end = first, last
            end = max(end, last)
        merged.append(Rule(place, start, end))
    return [rule for rule in merged if rule.end - rule.start >= _SHORTEST]


def _cluster(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Yield runs of rules that stand within ``_SAME`` of the first of the run."""
    band: list[Rule] = []
    for rule in rules:
        if band and rule.place - band[0].place > _SAME:
            yield band
            band = []
        band.append(rule)
    if band:
        yield band


def _group(across: Sequence[Rule], down: Sequence[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Yield the lines of each table: those connected by crossings, two at least each way (open sides aside)."""
    parents = list(range(len(across) + len(down)))

    def find(one: int) -> int:
        while parents[one] != one:
            parents[one] = parents[parents[one]]
            one = parents[one]
        return one

    for i, row in enumerate(across):
        for j, column in enumerate(down, len(across)):
            if _touch(row, column):
                parents[find(i)] = find(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate((*across, *down)):
        groups.setdefault(find(i), ([], []))[i >= len(across)].append(rule)
    for rows, columns in groups.values():
        if len(rows) > 1 and columns:
            yield rows, columns


def _touch(row: Rule, column: Rule) -> bool:
    return row.start - _GAP <= column.place <= row.end + _GAP and column.start - _GAP <= row.place <= column.end + _GAP


def _build_lattice(across: list[Rule], down: list[Rule]) -> Lattice | None:
    closed = [*across, *_find_open(down, across)], [*down, *_find_open(across, down)]
    opened = len(closed[0]) + len(closed[1]) > len(across) + len(down)
    across, down = closed
    xs, ys = _list_edges(down), _list_edges(across)
    if len(xs) < 2 or len(ys) < 2:
        return None
    regions = _find_regions(_Walls(xs, ys, across, down))
    cells, owner, broken = _build_cells(regions, xs, ys)
    notes = (("open_sides",) if opened else ()) + (("cell_not_rectangular",) if broken else ())
    return Lattice(tuple(xs), tuple(ys), tuple(cells), tuple(map(tuple, owner)), notes)


def _find_open(rules: Sequence[Rule], others: Sequence[Rule]) -> Iterator[Rule]:
    """Yield the lines outside *others* that some forms leave out, where the *rules* across them end at one place."""
    first, last = min(rule.start for rule in rules), max(rule.end for rule in rules)
    sides = (
        (first, min(rule.place for rule in others), sum(rule.start - first <= _SAME for rule in rules)),
        (last, max(rule.place for rule in others), sum(last - rule.end <= _SAME for rule in rules)),
    )
    for reach, outer, near in sides:
        if abs(reach - outer) > 2 * _SAME and near * 100 >= _OPEN * len(rules):
            yield Rule(reach, min(rule.start for rule in others), max(rule.end for rule in others))


def _list_edges(rules: Sequence[Rule]) -> list[int]:
    return [band[0].place for band in _cluster(sorted(rules))]


class _Walls:
    """The drawn sides of the elementary positions of one table."""

    __slots__ = ("_across", "_down", "columns", "rows", "xs", "ys")

    def __init__(self, xs: list[int], ys: list[int], across: list[Rule], down: list[Rule]) -> None:
        self.xs, self.ys = xs, ys
        self.columns, self.rows = len(xs) - 1, len(ys) - 1
        self._down = [_list_spans(down, x) for x in xs]
        self._across = [_list_spans(across, y) for y in ys]

    def list_neighbours(self, row: int, column: int) -> Iterator[tuple[int, int]]:
        """Yield the positions, also those outside, that no wall parts from this one."""
        top, bottom, left, right = self.ys[row], self.ys[row + 1], self.xs[column], self.xs[column + 1]
        if not _is_wall(self._down[column], top, bottom):
            yield row, column - 1
        if not _is_wall(self._down[column + 1], top, bottom):
            yield row, column + 1
        if not _is_wall(self._across[row], left, right):
            yield row - 1, column
        if not _is_wall(self._across[row + 1], left, right):
            yield row + 1, column

    def flood(self, start: tuple[int, int]) -> tuple[set[tuple[int, int]], bool]:
        """Return the positions that can be reached from *start*, and whether the way leads outside."""
        reached, waiting, outside = {start}, [start], False
        while waiting:
            for place in self.list_neighbours(*waiting.pop()):
                if not (0 <= place[0] < self.rows and 0 <= place[1] < self.columns):
                    outside = True
                elif place not in reached:
                    reached.add(place)
                    waiting.append(place)
        return reached, outside

    def enclose(self, region: set[tuple[int, int]]) -> bool:
        """Whether an open region is a cell all the same: a rectangle with three sides drawn.

        Sheets leave out the line where a page break cuts a merged cell.
        """
        top, bottom = min(row for row, _ in region), max(row for row, _ in region) + 1
        left, right = min(column for _, column in region), max(column for _, column in region) + 1
        if len(region) != (bottom - top) * (right - left):
            return False
        tall = (self.ys[top], self.ys[bottom])
        wide = (self.xs[left], self.xs[right])
        sides = (
            (self._down[left], tall),
            (self._down[right], tall),
            (self._across[top], wide),
            (self._across[bottom], wide),
        )
        return sum(_is_wall(spans, *reach) for spans, reach in sides) >= 3


def _find_regions(walls: _Walls) -> list[list[int]]:
    """Return a label for each elementary position; positions without a wall between share it, 0 is outside."""
    labels = [[-1] * walls.columns for _ in range(walls.rows)]
    last = 0
    for start in ((row, column) for row in range(walls.rows) for column in range(walls.columns)):
        if labels[start[0]][start[1]] < 0:
            last += 1
            reached, outside = walls.flood(start)
            label = 0 if outside and not walls.enclose(reached) else last
            for row, column in reached:
                labels[row][column] = label
    return labels


def _list_spans(rules: Sequence[Rule], place: int) -> list[tuple[int, int]]:
    return sorted((rule.start, rule.end) for rule in rules if 0 <= rule.place - place <= _SAME)


def _is_wall(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    covered, reached = 0, start
    for first, last in spans:
        covered += max(min(last, end) - max(first, reached), 0)
        reached = max(reached, last)
    return covered * 100 >= _COVERED * (end - start)


def _build_cells(
    labels: list[list[int]], xs: list[int], ys: list[int]
) -> tuple[list[LatticeCell], list[list[int]], bool]:
    """Return the cells, the cell of each position, and whether a region had to be cut into rectangles."""
    owner = [[-1] * len(labels[0]) for _ in labels]
    cells: list[LatticeCell] = []
    seen: set[int] = set()
    broken = False
    for row, line in enumerate(labels):
        for column, label in enumerate(line):
            if label == 0 or owner[row][column] >= 0:
                continue
            broken = broken or label in seen
            seen.add(label)
            right = _find_end(line, column, label, owner[row])
            bottom = row + 1
            while bottom < len(labels) and _fits(labels[bottom], owner[bottom], column, right, label):
                bottom += 1
            for below in range(row, bottom):
                owner[below][column:right] = [len(cells)] * (right - column)
            box = Box(xs[column], ys[row], xs[right], ys[bottom])
            cells.append(LatticeCell(row, column, bottom - row, right - column, box))
    return cells, owner, broken


def _find_end(line: list[int], start: int, label: int, owner: list[int]) -> int:
    end = start
    while end < len(line) and line[end] == label and owner[end] < 0:
        end += 1
    return end


def _fits(line: list[int], owner: list[int], left: int, right: int, label: int) -> bool:
    """Whether a region goes on below over exactly the same columns."""
    if any(one != label for one in line[left:right]) or any(one >= 0 for one in owner[left:right]):
        return False
    return not (left and line[left - 1] == label) and not (right < len(line) and line[right] == label)
