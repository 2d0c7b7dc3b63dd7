"""The list of an aligned table as a grid: its rows, and the cells that cover several of them.

header × lines of fragments ──build_list──▶ Grid with spans
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple

from perflint.reading.cell import shapes
from perflint.reading.cell.fold import list_keys
from perflint.reading.form.levels import LevelWords
from perflint.reading.form.template import Form
from perflint.reading.grid import REJOINED, Cell, Grid
from perflint.reading.layout.aligned.blocks import Extents, find_extents, list_cells
from perflint.reading.layout.aligned.columns import AlignedColumn, AlignedHeader, place, widen
from perflint.reading.layout.aligned.fragment import Fragment, join_texts
from perflint.reading.layout.aligned.rows import Row, Rows, cut_rows
from perflint.record import replace

UNSURE = "extent_unsure"
_CONTEXT = -1
_LEVELS = frozenset({"level1", "level2"})
_SURE = 3  # halves of a line that a merged cell may be off, for each of them

Pieces = Mapping[int, Sequence[Fragment]]


class _Merged(NamedTuple):
    """A cell over several rows: from which row to before which."""

    cell: tuple[Fragment, ...]
    start: int
    end: int
    sure: bool = True


def build_list(
    header: AlignedHeader, lines: Sequence[Sequence[Fragment]], form: Form, words: LevelWords
) -> Grid | None:
    """Return the grid; None when the lines are no rows of that header."""
    columns = widen(header.columns, lines)
    placed = [(line, place(line, columns)) for line in lines]
    pieces: dict[int, list[Fragment]] = {}
    for line, places in placed:
        for fragment, at in zip(line, places or (), strict=True):
            pieces.setdefault(at, []).append(fragment)
    leaves = _list_leaves(columns)
    ways = []
    for cut in _cut(pieces, leaves):
        bounds = [(row.top, row.bottom) for row in cut.rows]
        found = _merge_levels(pieces, columns, bounds, words)
        if found is not None:
            ways.append((cut.cost + found.cost, cut.rows, bounds, found.cells))
    if not ways:
        return None
    _, rows, bounds, levels_merged = min(ways, key=lambda way: way[0])
    merged = dict(levels_merged)
    levels = [at for at, column in enumerate(columns) if column.field == "level1"]
    blocks = _list_starts(merged.get(levels[0], ())) if levels else ()
    merged |= _merge_outer(pieces, columns, leaves, bounds, blocks, form)
    if not _holds_all(pieces, leaves, merged):
        return None
    return _build_grid(columns, pieces, leaves, rows, merged)


def _holds_all(pieces: Pieces, leaves: Mapping[int, str], merged: Mapping[int, Sequence[_Merged]]) -> bool:
    """Tell whether each piece is in exactly one cell: two columns of one level leave some over."""
    held = [one for some in merged.values() for cell in some for one in cell.cell]
    held += [one for at in leaves for one in pieces.get(at, ())]
    return len(held) == sum(map(len, pieces.values()))


def _list_leaves(columns: Sequence[AlignedColumn]) -> dict[int, str]:
    """Return the columns in which each row has a cell of its own, with what they hold."""
    names = [at for at, column in enumerate(columns) if column.field == "name"]
    return {at: column.field for at, column in enumerate(columns) if at >= names[0] and column.field != "outer"}


def _cut(pieces: Pieces, leaves: Mapping[int, str]) -> list[Rows]:
    """Return the ways to cut the lines into rows, which are in running numbers of lines."""
    held: dict[int, dict[int, Fragment]] = {}
    for at in leaves:
        for fragment in pieces.get(at, ()):
            held.setdefault(fragment.line, {})[at] = fragment
    numbers = sorted(held)
    if not numbers:
        return []
    return [
        Rows(tuple(Row(numbers[row.top], numbers[row.bottom]) for row in found.rows), found.cost)
        for found in cut_rows([held[number] for number in numbers], leaves)
    ]


class _Levels(NamedTuple):
    """The cells of both levels by column, and how far they are off their places."""

    cells: Mapping[int, Sequence[_Merged]]
    cost: int


def _merge_levels(
    pieces: Pieces, columns: Sequence[AlignedColumn], bounds: Sequence[tuple[int, int]], words: LevelWords
) -> _Levels | None:
    """Return the cells of both levels; the first covers whole cells of the second."""
    merged: dict[int, Sequence[_Merged]] = {}
    cost = 0
    blocks: Sequence[int] = range(len(bounds))
    below: Mapping[int, str] = {}
    for field, known in (("level2", words.is_second), ("level1", words.is_first)):
        at = next((number for number, column in enumerate(columns) if column.field == field), None)
        if at is None or at not in pieces:
            continue
        cells, clear = list_cells(pieces[at], bounds, known)
        texts = [join_texts(cell) for cell in cells]
        strays = partial(_strays, words, texts, [below.get(block) for block in blocks])
        found = _choose_extents(cells, _list_spans(blocks, bounds), strays)
        if found is None:
            return None
        extents, sure = found
        cost += extents.cost
        starts = [blocks[start] for start in extents.starts]
        ends = [*starts[1:], len(bounds)]
        merged[at] = [_Merged(*one, sure and clear) for one in zip(cells, starts, ends, strict=True)]
        below = dict(zip(starts, texts, strict=True))
        blocks = starts if starts[0] == 0 else [0, *starts]
    return _Levels(merged, cost)


def _strays(words: LevelWords, firsts: Sequence[str], seconds: Sequence[str | None], first: int, second: int) -> bool:
    """Tell whether a block of the second level is known not to stand under a cell of the first."""
    text = seconds[second]
    return text is not None and not words.accepts(firsts[first], text)


def _choose_extents(
    cells: Sequence[tuple[Fragment, ...]], spans: Sequence[tuple[int, int]], strays: Callable[[int, int], bool]
) -> tuple[Extents, bool] | None:
    """Return the way of printing merged cells that fits better, and whether there is no doubt about it."""
    ways = [find_extents(cells, spans, strays, centered=centered) for centered in (False, True)]
    known = [way for way in ways if way is not None]
    if not known:
        return None
    best = min(known, key=lambda way: way.cost)
    rival = any(way.cost == best.cost and way.starts != best.starts for way in known)
    return best, not rival and best.cost <= _SURE * len(cells)


def _list_spans(blocks: Sequence[int], bounds: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    ends = [*blocks[1:], len(bounds)]
    return [(bounds[start][0], bounds[end - 1][1]) for start, end in zip(blocks, ends, strict=True)]


def _list_starts(merged: Sequence[_Merged]) -> list[int]:
    return [one.start for one in merged]


def _merge_outer(
    pieces: Pieces,
    columns: Sequence[AlignedColumn],
    leaves: Mapping[int, str],
    bounds: Sequence[tuple[int, int]],
    blocks: Sequence[int],
    form: Form,
) -> dict[int, list[_Merged]]:
    """Return the cells beside the levels: what names the list, and the projects of a list of projects."""
    merged: dict[int, list[_Merged]] = {}
    outer = [
        at
        for at in (_CONTEXT, *range(len(columns)))
        if at in pieces and at not in leaves and (at == _CONTEXT or columns[at].field not in _LEVELS)
    ]
    figures = [at for at in outer if all(shapes.is_amount(one.text) for one in pieces[at])]
    anchors = [at for at in figures or outer if at != _CONTEXT and columns[at].field != "context"]
    extents = _find_projects(pieces, anchors, bounds, blocks, form)
    for at in outer:
        for start, end in extents:
            low = bounds[start - 1][1] if start else -1
            high = bounds[end][0] if end < len(bounds) else bounds[-1][1] + len(bounds) + 100
            held = tuple(one for one in pieces[at] if _belongs(one, low, high, bounds, start, end))
            if held:
                merged.setdefault(at, []).append(_Merged(held, start, end))
    return merged


def _belongs(fragment: Fragment, low: int, high: int, bounds: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether a line is one of a block, or nearer to it than to the block above or below."""
    top, bottom = bounds[start][0], bounds[end - 1][1]
    if fragment.line < top:
        return low < fragment.line and (low < 0 or top - fragment.line < fragment.line - low)
    if fragment.line > bottom:
        return fragment.line < high and fragment.line - bottom <= high - fragment.line
    return True


def _find_projects(
    pieces: Pieces,
    anchors: Sequence[int],
    bounds: Sequence[tuple[int, int]],
    blocks: Sequence[int],
    form: Form,
) -> list[tuple[int, int]]:
    """Return from which row to before which each project reaches, by the column that tells it most clearly."""
    whole = [(0, len(bounds))]
    if not anchors:
        return whole
    at = anchors[0]
    figure = all(shapes.is_amount(one.text) for one in pieces[at])
    cells = [(one,) for one in pieces[at]] if figure else list_cells(pieces[at], bounds, _knows_label(form)).cells
    starts = list(blocks) if blocks and blocks[0] == 0 else [0, *blocks]
    spans = _list_spans(starts, bounds)
    if len(cells) > len(spans):
        return whole
    found = _choose_extents(cells, spans, lambda cell, block: False)
    if found is None:
        return whole
    begins = [starts[one] for one in found[0].starts]
    return list(zip([0, *begins[1:]], [*begins[1:], len(bounds)], strict=True))


def _knows_label(form: Form) -> Callable[[str], bool]:
    return lambda text: any(key in form.labels_by_name or key in form.contexts for key in list_keys(text))


def _build_grid(
    columns: Sequence[AlignedColumn],
    pieces: Pieces,
    leaves: Mapping[int, str],
    rows: Sequence[Row],
    merged: Mapping[int, Sequence[_Merged]],
) -> Grid:
    shift = 1 if _CONTEXT in pieces else 0
    cells = [_build_cell(column.cell, 0, at + shift, 1) for at, column in enumerate(columns)]
    if shift:
        cells += [_build_context(one, rows) for one in merged.get(_CONTEXT, ())]
    numbers = {line: number for number, row in enumerate(rows, 1) for line in range(row.top, row.bottom + 1)}
    for at in leaves:
        for number, held in groupby(pieces.get(at, ()), key=lambda one: numbers[one.line]):
            cells.append(_build_cell(tuple(held), number, at + shift, 1))
    for at, some in merged.items():
        if at != _CONTEXT:
            level = columns[at].field in _LEVELS
            cells += [_build_merged(one, at + shift, level=level) for one in some]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    origin = columns[0].cell[0].origin
    return Grid(cells=tuple(cells), rows=len(rows) + 1, columns=len(columns) + shift, origin=origin)


def _build_context(one: _Merged, rows: Sequence[Row]) -> Cell:
    """Return what stands left of the list as a cell beside its header and all its rows, as forms print it."""
    top = 0 if one.start == 0 else one.start + 1
    return _build_cell(one.cell, top, 0, one.end + 1 - top)


def _build_merged(one: _Merged, column: int, *, level: bool) -> Cell:
    """Return a merged cell; how a level is broken over lines tells nothing, its words are known."""
    cell = _build_cell(one.cell, one.start + 1, column, one.end - one.start)
    notes = (*(() if level else cell.notes), *(() if one.sure else (UNSURE,)))
    return replace(cell, notes=notes)


def _build_cell(fragments: Sequence[Fragment], row: int, column: int, row_span: int) -> Cell:
    return Cell(
        text=join_texts(fragments),
        row=row,
        column=column,
        row_span=row_span,
        origin=fragments[0].origin,
        notes=(REJOINED,) if len(fragments) > 1 else (),
    )
