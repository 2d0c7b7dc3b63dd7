"""The pieces of a table whose cells ran together as a grid, laid out as its form is.

header, entries, rows ──build_grid──▶ Grid
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from perflint.reading.grid import Cell, Grid
from perflint.reading.layout.glued.head import Entry
from perflint.reading.layout.glued.header import GluedHeader
from perflint.reading.layout.glued.labels import BUDGET
from perflint.reading.layout.glued.passage import Passage
from perflint.reading.layout.glued.rows import GluedRow

GLUED = "glued"
UNTOLD = "glued_untold"
WORDED = "glued_word"
_LEVELS = ("level1", "level2")


class GluedTable(NamedTuple):
    """A table told apart.

    Attributes:
        over: The text over its indicators, of which the entries are.
        body: The text below its header, of which the rows are.
        origin: Where its header stands.
    """

    header: GluedHeader
    over: Passage
    entries: tuple[Entry, ...]
    body: Passage
    rows: tuple[GluedRow, ...]
    origin: str


def build_grid(table: GluedTable) -> Grid:
    """Return the table as a grid whose spans are known; what was not told apart stands right of its columns."""
    cells: list[Cell] = []
    columns = len(table.header.cells) + (table.header.context is not None) + 1
    rows = 0
    for line in _list_head(table, columns):
        cells += [_place(cell, rows) for cell in line]
        rows += 1
    for line in _list_body(table, columns):
        cells += [_place(cell, rows) for cell in line]
        rows += 1
    return Grid(cells=tuple(cells), rows=rows, columns=columns, origin=cells[0].origin)


def _place(cell: Cell, row: int) -> Cell:
    return Cell(
        text=cell.text,
        row=row,
        column=cell.column,
        row_span=cell.row_span,
        column_span=cell.column_span,
        origin=cell.origin,
        notes=cell.notes,
    )


def _list_head(table: GluedTable, columns: int) -> Iterator[list[Cell]]:
    waiting: list[Cell] = []
    beside = False  # amounts stand right of the heading of their block
    for entry in table.entries:
        origin = table.over.origin_of(entry.place)
        if entry.kind == "context":
            if waiting:
                yield waiting
            waiting, beside = [Cell(text=entry.heading, row=0, column=0, origin=origin)], True
        elif entry.kind == "label":
            beside = beside and entry.field.startswith(BUDGET)
            if waiting and not beside:
                yield waiting
                waiting = []
            yield [*waiting, *_build_pair(entry, origin, 1 if beside else 0, columns)]
            waiting = []
        else:
            if waiting:
                yield waiting
            waiting, beside = [], False
            notes = (UNTOLD,) if entry.kind == "unsure" else ()
            yield [Cell(text=entry.heading.strip(), row=0, column=0, column_span=columns, origin=origin, notes=notes)]
    if waiting:
        yield waiting


def _build_pair(entry: Entry, origin: str, column: int, columns: int) -> list[Cell]:
    span = columns - column - 1
    value = Cell(text=entry.value or "", row=0, column=column + 1, column_span=span, origin=origin)
    return [Cell(text=entry.heading, row=0, column=column, origin=origin), value]


def _list_body(table: GluedTable, columns: int) -> Iterator[list[Cell]]:
    header, rows = table.header, table.rows
    first = 1 if header.context is not None else 0
    head = [] if header.context is None else [_build_context(header.context.text, len(rows) + 1, table.origin)]
    for number, cell in enumerate(header.cells):
        notes = (GLUED,) if number == 0 else ()
        head.append(Cell(text=cell.text, row=0, column=first + number, origin=table.origin, notes=notes))
    yield head
    places = {field: first + number for number, field in enumerate(header.fields)}
    spans = {name: _list_spans(rows, _LEVELS[: at + 1]) for at, name in enumerate(_LEVELS)}
    whole = "weight" in places and not any(row.unsure for row in rows)
    for number, row in enumerate(rows):
        origin = table.body.origin_of(row.place)
        levels = {name: text for name, text in row.levels.items() if name in places}
        line = [
            Cell(text=text, row=0, column=places[name], row_span=spans[name][number], origin=origin)
            for name, text in levels.items()
        ]
        notes = (WORDED,) if row.parts is not None and row.parts.worded else ()
        texts = [] if row.parts is None else [(name, getattr(row.parts, name)) for name in _CELLS]
        line += [
            Cell(text=text, row=0, column=places[name], origin=origin, notes=notes if name == "value" else ())
            for name, text in texts
            if text and (name != "weight" or whole)
        ]
        lost = [text for name, text in row.levels.items() if name not in places]
        lost += [row.unsure] if row.unsure else []
        lost += [text for name, text in texts if text and name == "weight" and not whole]
        if lost:
            line.append(Cell(text=" ".join(lost), row=0, column=columns - 1, origin=origin, notes=(UNTOLD,)))
        yield sorted(line, key=lambda cell: cell.column)


_CELLS = ("name", "comparator", "value", "unit", "weight")


def _build_context(text: str, height: int, origin: str) -> Cell:
    return Cell(text=text, row=0, column=0, row_span=height, origin=origin)


def _list_spans(rows: Sequence[GluedRow], levels: Sequence[str]) -> dict[int, int]:
    """Return how many rows the last of these levels covers where it is printed: to the next that prints one of them."""
    starts = [number for number, row in enumerate(rows) if not row.levels.keys().isdisjoint(levels)]
    return {begin: end - begin for begin, end in pairwise([*starts, len(rows)])}
