"""The document as one sequence of lines: a paragraph or a row of a grid each, in reading order.

Source ──build_lines──▶ Line of Slot ──▶ headers, labels, lists
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from perflint.reading.cell.fold import is_blank
from perflint.reading.grid import Cell, Grid, Paragraph, Source
from perflint.record import dataclass, field

_COLUMN = attrgetter("column")
_MANY = 32  # cells from which a line is no longer walked for each column that is asked for
FLOW = -1  # the number of a grid whose lines were rows of no grid, and from there downwards


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A cell as one row sees it.

    Attributes:
        key: Running number of the cell in the source; a merged cell has one key in every row it covers.
        column, width: Where it lies in this row; in a grid without spans the width is 1.
        covered: The cell began in a row above.
        blank: Nothing is printed here.
        filled: Something is printed here and begins here.
    """

    key: int
    text: str
    origin: str
    column: int = 0
    width: int = 1
    height: int = 1
    covered: bool = False
    hidden: bool = False
    notes: tuple[str, ...] = ()
    # Worked out once: each of some thirty questions about a table asks every cell.
    blank: bool = field(init=False, compare=False, repr=False)
    filled: bool = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        blank = is_blank(self.text)
        object.__setattr__(self, "blank", blank)
        object.__setattr__(self, "filled", not blank and not self.covered)

    @property
    def end(self) -> int:
        return self.column + self.width


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of a grid, or a paragraph (``grid`` is None).

    Attributes:
        slots: Cells from left to right, covered and blank ones included.
        columns: Width of the grid.
        spans_known: False when cells may stand in the wrong column.
        filled: The slots in which something is printed that begins here.
        over: Of a long line, the slot over each column; found when first asked for.
    """

    slots: tuple[Slot, ...]
    grid: int | None = None
    name: str | None = None
    row: int = 0
    columns: int = 1
    spans_known: bool = True
    origin: str = ""
    filled: tuple[Slot, ...] = field(init=False, compare=False, repr=False)
    over: Mapping[int, Slot] | None = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "over", None)
        object.__setattr__(self, "filled", tuple(slot for slot in self.slots if slot.filled))

    @property
    def is_flow(self) -> bool:
        """Made of cells that stood in no grid: no blank was printed, so that the first cell may be of any column."""
        return self.grid is not None and self.grid <= FLOW

    @property
    def is_paragraph(self) -> bool:
        return self.grid is None

    @property
    def text(self) -> str:
        """The text of a line that holds one cell; the first filled one otherwise."""
        return self.filled[0].text if self.filled else ""

    def at(self, column: int) -> Slot | None:
        """Return the slot that lies over a column, or None."""
        if len(self.slots) < _MANY:
            return next((slot for slot in self.slots if slot.column <= column < slot.end), None)
        if self.over is None:
            object.__setattr__(self, "over", _lay_out(self.slots))
        return (self.over or {}).get(column)

    def walk_from(self, column: int) -> Iterator[Slot]:
        """Yield the slots that begin at a column or right of it."""
        return map(self.slots.__getitem__, range(bisect_left(self.slots, column, key=_COLUMN), len(self.slots)))


def _lay_out(slots: Sequence[Slot]) -> Mapping[int, Slot]:
    over: dict[int, Slot] = {}
    for slot in slots:
        for column in range(slot.column, slot.end):
            over.setdefault(column, slot)
    return over


def build_lines(source: Source) -> tuple[Line, ...]:
    """Return all lines of a source in reading order; each cell and paragraph begins in exactly one."""
    return tuple(_walk(source))


def _walk(source: Source) -> Iterator[Line]:
    key = 0
    for number, block in enumerate(source.blocks):
        if isinstance(block, Paragraph):
            yield Line(slots=(Slot(key=key, text=block.text, origin=block.origin),), origin=block.origin)
            key += 1
        else:
            yield from _walk_grid(block, number, key)
            key += len(block.cells)


def _walk_grid(grid: Grid, number: int, first_key: int) -> Iterator[Line]:
    rows: list[list[Slot]] = [[] for _ in range(grid.rows)]
    for offset, cell in enumerate(grid.cells):
        for row in range(cell.row, min(cell.row + cell.row_span, grid.rows)):
            rows[row].append(_build_slot(cell, first_key + offset, row > cell.row))
    for row, slots in enumerate(rows):
        slots.sort(key=lambda slot: (slot.column, slot.covered))
        yield Line(
            slots=tuple(slots),
            grid=number,
            name=grid.name,
            row=row,
            columns=grid.columns,
            spans_known=grid.spans_known,
            origin=next((slot.origin for slot in slots if not slot.covered), grid.origin),
        )


def _build_slot(cell: Cell, key: int, covered: bool) -> Slot:
    return Slot(
        key=key,
        text=cell.text,
        origin=cell.origin,
        column=cell.column,
        width=cell.column_span,
        height=cell.row_span,
        covered=covered,
        hidden=cell.hidden,
        notes=cell.notes,
    )
