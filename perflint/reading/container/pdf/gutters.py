"""Tables of which only the lines across are drawn: the lines down are put where no row prints anything.

pages ──draw_gutters──▶ the lines down of each page, none where a text goes across

With them a lattice is found as in tables that are drawn whole: a merged cell has no line across it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from perflint.reading.container.pdf.columns import list_pieces
from perflint.reading.container.pdf.geometry import Rule
from perflint.reading.container.pdf.lattice import merge_rules
from perflint.reading.container.pdf.page import Page
from perflint.reading.container.pdf.text import build_lines

_FEWEST_RULES = 4
_FEWEST_COLUMNS = 3
_MOST_RULES = 40_000  # lines down of a page
_SAME = 500  # hundredths of a point the sides of one table may differ

Span = tuple[int, int]


class _Table(NamedTuple):
    """What a page draws across, and the pieces of each of its lines: their height, their left and right ends."""

    left: int
    right: int
    ys: tuple[int, ...]
    lines: tuple[tuple[int, tuple[Span, ...]], ...]


def draw_gutters(pages: Sequence[Page]) -> list[list[Rule]]:
    """Return the lines down of each page; none on pages without enough lines across.

    Pages whose tables have the same sides have the same columns.
    """
    tables = [_read_table(page) for page in pages]
    known: list[tuple[_Table, list[Span]]] = []
    drawn: list[list[Rule]] = []
    for at, table in enumerate(tables):
        if table is None:
            drawn.append([])
            continue
        columns = next((columns for one, columns in known if _is_same(one, table)), None)
        if columns is None:
            alike = [one for one in tables[at:] if one is not None and _is_same(one, table)]
            columns = _find_columns([spans for one in alike for _, spans in one.lines])
            known.append((table, columns))
        drawn.append(list(_draw(table, columns)) if _is_drawable(table, columns) else [])
    return drawn


def _is_drawable(table: _Table, columns: Sequence[Span]) -> bool:
    return len(columns) >= _FEWEST_COLUMNS and len(columns) * len(table.ys) <= _MOST_RULES


def _read_table(page: Page) -> _Table | None:
    rules = merge_rules(page.across)
    if len(rules) < _FEWEST_RULES:
        return None
    left, right = min(rule.start for rule in rules), max(rule.end for rule in rules)
    ys = sorted({rule.place for rule in rules})
    inside = [glyph for glyph in page.glyphs if ys[0] < glyph.box.center[1] < ys[-1]]
    lines = [
        (line.box.center[1], tuple((one[0].box.left, one[-1].box.right) for one in list_pieces(line.glyphs)))
        for line in build_lines(inside)
    ]
    return _Table(left, right, tuple(ys), tuple(lines))


def _is_same(one: _Table, other: _Table) -> bool:
    return abs(one.left - other.left) <= _SAME and abs(one.right - other.right) <= _SAME


def _find_columns(lines: Sequence[Sequence[Span]]) -> list[Span]:
    """Return how far the texts of each column reach: those of the line with most pieces, and of lines that fit it."""
    ordered = sorted(lines, key=len, reverse=True)
    columns = list(ordered[0]) if ordered else []
    for spans in ordered[1:]:
        places = [[at for at, column in enumerate(columns) if _meet(span, column)] for span in spans]
        if any(len(place) > 1 for place in places):
            continue
        for span, place in zip(spans, places, strict=True):
            for at in place:
                columns[at] = (min(columns[at][0], span[0]), max(columns[at][1], span[1]))
    return columns


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _draw(table: _Table, columns: Sequence[Span]) -> Iterator[Rule]:
    """Yield the sides of the table, and the lines between its columns from row to row."""
    yield from (Rule(x, table.ys[0], table.ys[-1]) for x in (table.left, table.right))
    rows: dict[int, list[Span]] = {}
    for y, spans in table.lines:
        rows.setdefault(bisect_right(table.ys, y) - 1, []).extend(spans)
    for before, after in pairwise(columns):
        x = (before[1] + after[0]) // 2
        for row, (top, bottom) in enumerate(pairwise(table.ys)):
            if not any(start < x < end for start, end in rows.get(row, ())):
                yield Rule(x, top, bottom)
