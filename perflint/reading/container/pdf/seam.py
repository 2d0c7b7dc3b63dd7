"""The seam between the two parts of a table: rows and merged cells that a page break tore.

last row above, first row below ──Seam──▶ rows mended where it cannot be otherwise, the rest marked
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perflint.reading.grid import Cell
from perflint.record import dataclass, replace

JOINED = "joined_over_page"
CUT = "may_be_cut"  # the text may be the rest of the one above the page break
_LEVEL_ENDS = ("指标", "效益", "成本", "满意度")
_SYLLABLES = 3  # characters; so few alone are the rest of a word
_PROSE = 15  # characters; what goes on with so many is no level


def note(cell: Cell, note: str) -> Cell:
    """Return the cell with a note, once."""
    return cell if note in cell.notes else replace(cell, notes=(*cell.notes, note))


_Place = tuple[int, int]  # first column and how many


@dataclass(slots=True, kw_only=True)
class Seam:
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
        self.below = list(drop_row([cell for cell in self.below if cell.row or _place(cell) not in rest], 0))
        self.rows_below -= 1
        return True

    def mark_cut(self, cut: set[int]) -> None:
        """Mark texts on top of the page that may be the rest of one above: so they look, or few cells are filled."""
        first = [cell for cell in self.below if cell.row == 0 and cell.row_span == 1]
        filled = [cell for cell in first if cell.text.strip()]
        sparse = len(filled) * 2 < len(first)
        self.below = [
            note(cell, CUT) if cell.row == 0 and cell.text.strip() and (sparse or cell.column in cut) else cell
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
    return note(replace(upper, text=upper.text + lower.text, row_span=upper.row_span + lower.row_span - 1), JOINED)


def _join_halves(upper: Cell, lower: Cell) -> Cell:
    text = upper.text if upper.text.strip() else lower.text
    return note(replace(upper, text=text, row_span=upper.row_span + lower.row_span), JOINED)


def drop_row(cells: Sequence[Cell], row: int) -> Iterator[Cell]:
    """Yield the cells without those of one row; taller ones lose a row."""
    for cell in cells:
        if cell.row == row and cell.row_span > 1:
            yield replace(cell, row_span=cell.row_span - 1)
        elif cell.row > row:
            yield replace(cell, row=cell.row - 1)
        elif cell.row < row:
            yield replace(cell, row_span=cell.row_span - (cell.row + cell.row_span > row))
