"""Join tables that run over a page break, and say what was joined.

    parts of pages ──same edges, nothing between──▶ Grid

What the page break tore is mended only where it cannot be otherwise; the rest is marked ``after_page_break``:
a blank cell on top of a page may be the rest of a merged one, or just blank.
"""

from __future__ import annotations

from collections.abc import Sequence

from perflint.reading.container.pdf.part import HEADER_ROWS, PageItems, Part, Shape
from perflint.reading.container.pdf.seam import JOINED, Seam, drop_row, note
from perflint.reading.container.pdf.text import is_full
from perflint.reading.grid import Cell, Grid, Paragraph
from perflint.record import replace

AFTER_BREAK = "after_page_break"
REPEATED = "repeated_header"
_SAME_SIDE = 500  # hundredths of a point the outer edges may differ
_SAME_EDGE = 300
_SEARCHED_ROWS = 30
_CENTERED = 200  # hundredths of a point the middle of a text may be off


def join_pages(pages: Sequence[PageItems]) -> list[Grid | Paragraph]:
    """Return the blocks of the file; a table continued on the next page is one grid."""
    blocks: list[Part | Paragraph] = []
    waiting: list[Paragraph] = []  # page numbers between two parts of one table follow it
    for page in pages:
        items = list(page.items)
        last = blocks[-1] if blocks else None
        first = items[0] if items else None
        if isinstance(last, Part) and isinstance(first, Part) and can_join(last, first):
            blocks[-1] = join(last, first)
            del items[0]
        if items:
            blocks += [*waiting, *items]
            waiting = []
        waiting += page.furniture
    return [block.grid if isinstance(block, Part) else block for block in (*blocks, *waiting)]


def can_join(upper: Part, lower: Part) -> bool:
    """Whether *lower* goes on with *upper*: next page, same outer edges, half of its inner edges the same.

    Wide rows above a page break know few of the columns that follow; then all of theirs must go on.
    """
    if lower.page != upper.page + 1:
        return False
    if any(abs(upper.edges[side] - lower.edges[side]) > _SAME_SIDE for side in (0, -1)):
        return False
    above, below = upper.edges[1:-1], lower.edges[1:-1]
    shared = sum(any(abs(edge - other) <= _SAME_EDGE for other in above) for edge in below)
    return shared * 2 >= len(below) or (shared > 0 and shared == len(above))


def join(upper: Part, lower: Part) -> Part:
    """Return both as one part with the columns of both; a header that the lower one repeats is left out."""
    edges = _unite(upper.edges, lower.edges)
    above = _spread(upper.grid, upper.edges, edges)
    below = _spread(lower.grid, lower.edges, edges)
    repeated = _count_repeated(above, below, upper.grid.rows)
    for _ in range(repeated):
        below = list(drop_row(below, 0))
    below = [note(cell, AFTER_BREAK) if cell.row == 0 else cell for cell in below]
    seam = Seam(above=above, below=below, rows_above=upper.grid.rows, rows_below=lower.grid.rows - repeated)
    pairs = _pair_shapes(upper, lower, repeated, edges)
    cut = {column for column, pair in pairs.items() if _may_be_cut(*pair)}
    if not seam.mend_cut_row(cut):
        seam.mark_cut(cut)
    seam.mend_tall_cells({column for column, pair in pairs.items() if _is_centered_over(*pair)})
    notes = dict.fromkeys((*upper.grid.notes, *lower.grid.notes, JOINED, *([REPEATED] if repeated else [])))
    grid = replace(
        upper.grid,
        cells=seam.list_cells(),
        rows=seam.rows_above + seam.rows_below,
        columns=len(edges) - 1,
        notes=tuple(notes),
    )
    ends = {_find(edges, lower.edges[column]): shape for column, shape in lower.ends.items()}
    return Part(grid=grid, page=lower.page, edges=edges, starts=upper.starts, ends=ends)


def _pair_shapes(upper: Part, lower: Part, row: int, edges: Sequence[int]) -> dict[int, tuple[Shape, Shape]]:
    """Return for each column the shapes right above and right below the page break."""
    starts = {_find(edges, lower.edges[column]): shape for (at, column), shape in lower.starts.items() if at == row}
    known = len(upper.edges) == len(edges)
    ends = {column if known else _find(edges, upper.edges[column]): shape for column, shape in upper.ends.items()}
    return {column: (ends[column], starts[column]) for column in ends.keys() & starts.keys()}


def _may_be_cut(upper: Shape, lower: Shape) -> bool:
    """Whether the text may go on below: its last line is full and stands at the very bottom."""
    if upper.last is None or lower.first is None:
        return False
    left_over = upper.box.bottom - upper.last.box.bottom
    return left_over < lower.first.box.height * 3 // 2 and is_full(upper.last, lower.first, upper.width)


def _is_centered_over(upper: Shape, lower: Shape) -> bool:
    """Whether one half is blank and the text of the other stands in the middle of both: a sheet prints it so."""
    if (upper.first is None) == (lower.first is None):
        return False
    both = (upper.box.height + lower.box.height) // 2
    if lower.first is None:
        own, joined, stands = upper.box.height // 2, both, upper.middle
    else:
        own, joined, stands = lower.box.height // 2, both - upper.box.height, lower.middle
    return abs(stands - joined) <= _CENTERED < abs(stands - own) - _CENTERED


def _unite(one: Sequence[int], other: Sequence[int]) -> tuple[int, ...]:
    """Return the edges of both; of two that are the same, the first's."""
    added = [edge for edge in other[1:-1] if all(abs(edge - mine) > _SAME_EDGE for mine in one)]
    return tuple(sorted((*one, *(edge for edge in added if one[0] < edge < one[-1]))))


def _find(edges: Sequence[int], edge: int) -> int:
    return min(range(len(edges)), key=lambda place: abs(edges[place] - edge))


def _spread(grid: Grid, old: Sequence[int], new: Sequence[int]) -> list[Cell]:
    if old == new:
        return list(grid.cells)
    places = [_find(new, edge) for edge in old]
    return [
        replace(
            cell,
            column=places[cell.column],
            column_span=max(places[cell.column + cell.column_span] - places[cell.column], 1),
        )
        for cell in grid.cells
    ]


def _count_repeated(above: Sequence[Cell], below: Sequence[Cell], rows: int) -> int:
    """Return how many rows on top of the lower part repeat a header of the upper one."""
    first = [_describe(below, row) for row in range(HEADER_ROWS)]
    for start in range(min(rows, _SEARCHED_ROWS)):
        count = 0
        while count < HEADER_ROWS and _is_header(first[count]) and first[count] == _describe(above, start + count):
            count += 1
        if count:
            return count
    return 0


def _describe(cells: Sequence[Cell], row: int) -> list[tuple[int, int, str]]:
    return sorted((cell.column, cell.column_span, "".join(cell.text.split())) for cell in cells if cell.row == row)


def _is_header(row: list[tuple[int, int, str]]) -> bool:
    texts = [text for _, _, text in row if text]
    return len(texts) > 1 and not any(character.isdecimal() for text in texts for character in text)
