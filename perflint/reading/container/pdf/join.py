"""Join tables that run over a page break, and say what was joined.

    parts of pages ──same edges, nothing between──▶ Grid

What the page break tore is mended only where it cannot be otherwise; the rest is marked ``after_page_break``:
a blank cell on top of a page may be the rest of a merged one, or just blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from perflint.reading.container.pdf.page import Box
from perflint.reading.container.pdf.text import TextLine, is_full
from perflint.reading.grid import Cell, Grid, Paragraph
from perflint.record import dataclass, field, replace

AFTER_BREAK = "after_page_break"
JOINED = "joined_over_page"
REPEATED = "repeated_header"
CUT = "may_be_cut"  # the text may be the rest of the one above the page break
_SAME_SIDE = 500  # hundredths of a point the outer edges may differ
_SAME_EDGE = 300
HEADER_ROWS = 6  # at most as many repeated
_SEARCHED_ROWS = 30
_LEVEL_ENDS = ("指标", "效益", "成本", "满意度")
_SYLLABLES = 3  # characters; so few alone are the rest of a word
_PROSE = 15  # characters; what goes on with so many is no level
_CENTERED = 200  # hundredths of a point the middle of a text may be off


class Shape(NamedTuple):
    """How a cell is printed: its box, its first and last line (None when blank), the width its text had."""

    box: Box
    first: TextLine | None
    last: TextLine | None
    width: int

    @property
    def middle(self) -> int:
        """How far the middle of the text stands below the top of the cell."""
        if self.first is None or self.last is None:
            return 0
        return (self.first.box.top + self.last.box.bottom) // 2 - self.box.top


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The piece of a table that stands on one page.

    Attributes:
        edges: Of its columns, in hundredths of a point.
        starts: (row, column) of a cell in the first rows → its shape.
        ends: Column of a cell that reaches the last row → its shape.
    """

    grid: Grid
    page: int
    edges: tuple[int, ...]
    starts: Mapping[tuple[int, int], Shape] = field(default_factory=dict)
    ends: Mapping[int, Shape] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageItems:
    """What stands on one page from top to bottom; page numbers and running titles apart."""

    items: tuple[Part | Paragraph, ...]
    furniture: tuple[Paragraph, ...]


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
        below = list(_drop_row(below, 0))
    below = [_note(cell, AFTER_BREAK) if cell.row == 0 else cell for cell in below]
    seam = _Seam(above=above, below=below, rows_above=upper.grid.rows, rows_below=lower.grid.rows - repeated)
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


# Columns


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


# Rows


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


def _note(cell: Cell, note: str) -> Cell:
    return cell if note in cell.notes else replace(cell, notes=(*cell.notes, note))


_Place = tuple[int, int]  # first column and how many


@dataclass(slots=True, kw_only=True)
class _Seam:
    """The cells of both parts while the seam between them is mended."""

    above: list[Cell]
    below: list[Cell]
    rows_above: int
    rows_below: int

    def list_cells(self) -> tuple[Cell, ...]:
        """Return all cells in reading order."""
        moved = (replace(cell, row=cell.row + self.rows_above) for cell in self.below)
        return tuple(sorted((*self.above, *moved), key=lambda cell: (cell.row, cell.column)))

    def _find_last(self) -> dict[_Place, Cell]:
        return {_place(cell): cell for cell in self.above if cell.row + cell.row_span == self.rows_above}

    def _replace_last(self, new: dict[_Place, Cell]) -> None:
        last = self._find_last()
        self.above = [new.get(_place(cell), cell) if last.get(_place(cell)) is cell else cell for cell in self.above]

    def mend_cut_row(self, cut: set[int]) -> bool:
        """Give back to the last row the texts that the page break cut; *cut* are the columns where it may have.

        Returns whether it did: only when both rows have the same cells, and every text below goes on with the one
        right above it. A row that holds only the name of a level must stay a row.
        """
        first = {_place(cell): cell for cell in self.below if cell.row == 0}
        rest = {place: cell for place, cell in first.items() if cell.text.strip()}
        last = self._find_last()
        if not rest or first.keys() != last.keys() or not all(place[0] in cut for place in rest):
            return False
        if len(rest) == 1 and all(_is_level(last[place], cell) for place, cell in rest.items()):
            return False
        self._replace_last({place: _append(last[place], cell) for place, cell in rest.items()})
        self.below = list(_drop_row([cell for cell in self.below if cell.row or _place(cell) not in rest], 0))
        self.rows_below -= 1
        return True

    def mark_cut(self, cut: set[int]) -> None:
        """Mark texts on top of the page that may be the rest of one above: so they look, or few cells are filled."""
        first = [cell for cell in self.below if cell.row == 0 and cell.row_span == 1]
        filled = [cell for cell in first if cell.text.strip()]
        sparse = len(filled) * 2 < len(first)
        self.below = [
            _note(cell, CUT) if cell.row == 0 and cell.text.strip() and (sparse or cell.column in cut) else cell
            for cell in self.below
        ]

    def mend_tall_cells(self, centered: set[int]) -> None:
        """Join the two halves of a merged cell: one is blank, and one is tall or the text is in the middle of both."""
        last = self._find_last()
        joined = {
            _place(lower): _join_halves(last[_place(lower)], lower)
            for lower in self.below
            if lower.row == 0
            and _place(lower) in last
            and (lower.column in centered or _are_halves(last[_place(lower)], lower))
        }
        self._replace_last(joined)
        self.below = [cell for cell in self.below if cell.row or _place(cell) not in joined]


def _place(cell: Cell) -> _Place:
    return cell.column, cell.column_span


def _are_halves(upper: Cell, lower: Cell) -> bool:
    if not lower.text.strip():
        return upper.row_span > 1 or lower.row_span > 1
    return not upper.text.strip() and upper.row_span > 1 and lower.row_span > 1


def _is_level(upper: Cell, lower: Cell) -> bool:
    """Whether *lower* may be the name of a level rather than the rest of *upper*."""
    short = len(upper.text) < _PROSE and len(lower.text) > _SYLLABLES
    return short and all(text.rstrip().endswith(_LEVEL_ENDS) for text in (upper.text, lower.text))


def _append(upper: Cell, lower: Cell) -> Cell:
    """Return the cell of a cut row: the row below the break counts as the same one."""
    return _note(replace(upper, text=upper.text + lower.text, row_span=upper.row_span + lower.row_span - 1), JOINED)


def _join_halves(upper: Cell, lower: Cell) -> Cell:
    text = upper.text if upper.text.strip() else lower.text
    return _note(replace(upper, text=text, row_span=upper.row_span + lower.row_span), JOINED)


def _drop_row(cells: Sequence[Cell], row: int) -> Iterator[Cell]:
    """Yield the cells without those of one row; taller ones lose a row."""
    for cell in cells:
        if cell.row == row and cell.row_span > 1:
            yield replace(cell, row_span=cell.row_span - 1)
        elif cell.row > row:
            yield replace(cell, row=cell.row - 1)
        elif cell.row < row:
            yield replace(cell, row_span=cell.row_span - (cell.row + cell.row_span > row))
