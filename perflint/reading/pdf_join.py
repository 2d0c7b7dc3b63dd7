"""Join tables that run over a page break, and say what was joined.

    parts of pages ──same edges, nothing between──▶ Grid

What the page break tore is mended only where it cannot be otherwise; the rest is marked ``after_page_break``:
a blank cell on top of a page may be the rest of a merged one, or just blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from perflint.reading.grid import Cell, Grid, Paragraph

AFTER_BREAK = "after_page_break"
JOINED = "joined_over_page"
REPEATED = "repeated_header"
_SAME_SIDE = 500  # hundredths of a point the outer edges may differ
_SAME_EDGE = 300
_HEADER_ROWS = 6  # at most as many repeated
_SEARCHED_ROWS = 30
_CUT_LENGTH = 15  # a shorter text is not taken for one that the page break cut
_SENTENCE_END = "。；;！？"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The piece of a table that stands on one page.

    Attributes:
        edges: Of its columns, in hundredths of a point.
        full: First columns of the cells of the last row whose text fills its last line to the brim.
    """

    grid: Grid
    page: int
    edges: tuple[int, ...]
    full: frozenset[int] = frozenset()


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
    """Whether *lower* goes on with *upper*: next page, same outer edges, half of its inner edges the same."""
    if lower.page != upper.page + 1:
        return False
    if any(abs(upper.edges[side] - lower.edges[side]) > _SAME_SIDE for side in (0, -1)):
        return False
    inner = lower.edges[1:-1]
    shared = sum(any(abs(edge - other) <= _SAME_EDGE for other in upper.edges[1:-1]) for edge in inner)
    return shared * 2 >= len(inner)


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
    seam.mend_cut_row({_find(edges, upper.edges[column]) for column in upper.full})
    seam.mend_tall_cells()
    notes = dict.fromkeys((*upper.grid.notes, *lower.grid.notes, JOINED, *([REPEATED] if repeated else [])))
    grid = replace(
        upper.grid,
        cells=seam.list_cells(),
        rows=seam.rows_above + seam.rows_below,
        columns=len(edges) - 1,
        notes=tuple(notes),
    )
    still_full = frozenset(_find(edges, lower.edges[column]) for column in lower.full)
    return Part(grid=grid, page=lower.page, edges=edges, full=still_full)


# Columns


def _unite(one: Sequence[int], other: Sequence[int]) -> tuple[int, ...]:
    """Return the edges of both; of two that are the same, the first's."""
    added = [edge for edge in other[1:-1] if all(abs(edge - mine) > _SAME_EDGE for mine in one)]
    return tuple(sorted((*one, *(edge for edge in added if one[0] < edge < one[-1]))))


def _find(edges: Sequence[int], edge: int) -> int:
    return min(range(len(edges)), key=lambda place: abs(edges[place] - edge))


def _spread(grid: Grid, old: Sequence[int], new: Sequence[int]) -> list[Cell]:
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
    first = [_describe(below, row) for row in range(_HEADER_ROWS)]
    for start in range(min(rows, _SEARCHED_ROWS)):
        count = 0
        while count < _HEADER_ROWS and _is_header(first[count]) and first[count] == _describe(above, start + count):
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

    def mend_cut_row(self, full: set[int]) -> None:
        """Give back to the last row the text that the page break cut off.

        Only when each text of the first row below goes on with a long, unfinished one right above it, and that row
        has other texts besides (its name, its value) which are not repeated below.
        """
        rest = {_place(cell): cell for cell in self.below if cell.row == 0 and cell.text.strip()}
        last = self._find_last()
        printed = sum(bool(cell.text.strip()) for cell in last.values())
        if not rest or len(rest) * 2 > printed or any(cell.row_span > 1 for cell in rest.values()):
            return
        if not all(_is_cut(last.get(place), full) for place in rest):
            return
        whole = {
            place: _note(replace(last[place], text=last[place].text + cell.text), JOINED)
            for place, cell in rest.items()
        }
        self._replace_last(whole)
        self.below = list(_drop_row(self.below, 0))
        self.rows_below -= 1

    def mend_tall_cells(self) -> None:
        """Join the two halves of a merged cell: one of them blank, one of them tall."""
        last = self._find_last()
        joined = {
            _place(lower): _join_halves(last[_place(lower)], lower)
            for lower in self.below
            if lower.row == 0 and _place(lower) in last and _are_halves(last[_place(lower)], lower)
        }
        self._replace_last(joined)
        self.below = [cell for cell in self.below if cell.row or _place(cell) not in joined]


def _place(cell: Cell) -> _Place:
    return cell.column, cell.column_span


def _is_cut(cell: Cell | None, full: set[int]) -> bool:
    if cell is None:
        return False
    text = cell.text.rstrip()
    return len(text) >= _CUT_LENGTH and cell.column in full and not text.endswith(tuple(_SENTENCE_END))


def _are_halves(upper: Cell, lower: Cell) -> bool:
    if not lower.text.strip():
        return upper.row_span > 1 or lower.row_span > 1
    return not upper.text.strip() and upper.row_span > 1 and lower.row_span > 1


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
