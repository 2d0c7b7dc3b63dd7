"""Turn one HTML table into a grid: rowspan and colspan as the standard lays them out, each cell once.

Source: HTML Living Standard, 4.9.12.1 (forming a table).
"""

from __future__ import annotations

from collections.abc import Iterator

from perflint.reading.container.contents import ReadingLimits, check_extent
from perflint.reading.container.html.text import SKIPPED, is_out_of_sight, list_marks, read_text
from perflint.reading.container.xml import Element
from perflint.reading.grid import Cell, Grid
from perflint.record import dataclass, field

_WIDEST = 1000  # as browsers cap colspan
_GROUPS = ("thead", "tbody", "tfoot")
_CELLS = ("td", "th")
_NO_ROWS = SKIPPED | {"caption", "table", *_CELLS}


@dataclass(slots=True, kw_only=True)
class BuiltTable:
    """A grid and what stood in the table but in no cell.

    Attributes:
        nested: Tables inside cells, with the origin of the cell.
        outside: Captions, and text between rows.
    """

    grid: Grid
    nested: list[tuple[str, Element]] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


def build_table(table: Element, origin: str, file: str, limits: ReadingLimits, *, hidden: bool = False) -> BuiltTable:
    """Build the grid of *table*.

    Raises:
        DocumentError: It is over the limit.
    """
    rows = list(_list_rows(table, hidden=hidden))
    placed = []
    columns = 0
    for cell in _place_cells([(row, group) for row, group, _ in rows]):
        columns = max(columns, cell[2] + cell[4])
        check_extent(len(rows), columns, origin, file, limits)
        placed.append(cell)
    built = BuiltTable(grid=Grid(cells=(), rows=len(rows), columns=columns, origin=origin))
    cells = []
    for element, row, column, height, width in placed:
        cell_origin = f"{origin} 第{row + 1}行第{column + 1}列"
        inner = list(_list_tables(element))
        built.nested += [(cell_origin, one) for one in inner]
        cells.append(
            Cell(
                text=read_text(element),
                row=row,
                column=column,
                row_span=height,
                column_span=width,
                origin=cell_origin,
                hidden=rows[row][2] or is_out_of_sight(element),
                notes=(*(("nested_table",) if inner else ()), *list_marks(element)),
            )
        )
    built.grid = Grid(cells=tuple(cells), rows=len(rows), columns=columns, origin=origin)
    built.nested += [(origin, one) for one in _list_stray_tables(table)]
    built.outside = [text for text in _list_outside(table) if text.strip()]
    return built


def is_layout(table: Element) -> bool:
    """Whether the table only arranges a page: it holds tables, and no row has two cells with text of their own."""
    if next(table.iterdescendants("table"), None) is None:
        return False
    return all(sum(bool(read_text(cell).strip()) for cell in _list_cells(row)) < 2 for row, _, _ in _list_rows(table))


def _list_rows(parent: Element, group: int = -1, *, hidden: bool = False) -> Iterator[tuple[Element, int, bool]]:
    """Yield each row with the number of its group (a rowspan ends with its group) and whether it is out of sight.

    Old pages put forms between table and row, and leave the row out altogether: its parent then counts as the row.
    """
    hidden = hidden or is_out_of_sight(parent)
    for number, child in enumerate(parent):
        if child.tag == "tr":
            yield child, group, hidden or is_out_of_sight(child)
        elif child.tag in _GROUPS:
            yield from _list_rows(child, number, hidden=hidden)
        elif isinstance(child.tag, str) and child.tag not in _NO_ROWS:
            yield from _list_rows(child, group, hidden=hidden)
    if any(child.tag in _CELLS for child in parent):
        yield parent, group, hidden


def _list_cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag in _CELLS:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _NO_ROWS and child.tag != "tr":
            yield from _list_cells(child)


def _place_cells(rows: list[tuple[Element, int]]) -> Iterator[tuple[Element, int, int, int, int]]:
    """Yield (cell, row, column, rows covered, columns covered) in reading order."""
    taken: dict[int, set[int]] = {}
    for number, (row, group) in enumerate(rows):
        last = _find_group_end(rows, number, group)
        column = 0
        for cell in _list_cells(row):
            while column in taken.get(number, ()):
                column += 1
            width = _shrink(_read_span(cell, "colspan"), column, taken.get(number, set()))
            height = _read_span(cell, "rowspan") or last - number
            height = min(height, last - number)
            yield cell, number, column, height, width  # first, so that one too large takes no room
            for below in range(number + 1, number + height):
                taken.setdefault(below, set()).update(range(column, column + width))
            column += width
        taken.pop(number, None)


def _find_group_end(rows: list[tuple[Element, int]], start: int, group: int) -> int:
    return next((place for place in range(start, len(rows)) if rows[place][1] != group), len(rows))


def _shrink(width: int, column: int, taken: set[int]) -> int:
    """Cut a cell that would overlap one from above: each position belongs to one cell."""
    width = max(width, 1)
    return next((place - column for place in range(column + 1, column + width) if place in taken), width)


def _read_span(cell: Element, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return min(int(text), _WIDEST if name == "colspan" else 65_534) if text.isdecimal() and len(text) < 9 else 1


def _list_tables(element: Element) -> Iterator[Element]:
    """Yield the outermost tables below *element*."""
    for child in element:
        if child.tag == "table":
            yield child
        elif isinstance(child.tag, str) and child.tag not in SKIPPED:
            yield from _list_tables(child)


def _list_stray_tables(element: Element) -> Iterator[Element]:
    """Yield the tables that stand between rows, in no cell."""
    for child in element:
        if child.tag == "table":
            yield child
        elif isinstance(child.tag, str) and child.tag not in _CELLS and child.tag not in SKIPPED:
            yield from _list_stray_tables(child)


def _list_outside(element: Element) -> Iterator[str]:
    """Yield captions and any text that stands in no cell."""
    yield (element.text or "").strip()
    for child in element:
        if child.tag == "caption":
            yield read_text(child)
        elif (
            isinstance(child.tag, str) and child.tag not in _CELLS and child.tag not in SKIPPED and child.tag != "table"
        ):
            yield from _list_outside(child)
        yield (child.tail or "").strip()
