"""Put the glyphs of one page into its tables and paragraphs, from top to bottom.

Page + Lattice … ──read_items──▶ PageItems
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from perflint.reading.container.contents import ReadingLimits, check_extent
from perflint.reading.container.pdf.furniture import Running, is_furniture
from perflint.reading.container.pdf.geometry import Box
from perflint.reading.container.pdf.glyphs import Glyph
from perflint.reading.container.pdf.lattice import UNDRAWN, Lattice
from perflint.reading.container.pdf.page import Page
from perflint.reading.container.pdf.part import HEADER_ROWS, PageItems, Part, Shape
from perflint.reading.container.pdf.text import TextLine, build_lines, build_paragraphs, join_lines, measure_margin
from perflint.reading.grid import REJOINED, Cell, Grid, Paragraph


def read_items(
    page: Page, lattices: Sequence[Lattice], running: Running, file: str, limits: ReadingLimits
) -> PageItems:
    """Return what stands on a page; check the extent of its tables."""
    owned, free = _share_out(page.glyphs, lattices)
    found: list[tuple[int, int, Part | Paragraph]] = []
    for number, lattice in enumerate(lattices, 1):
        origin = f"第{page.number}页 表{number}"
        check_extent(len(lattice.ys) - 1, len(lattice.xs) - 1, origin, file, limits)
        found.append((lattice.ys[0], number, _build_part(lattice, owned[number - 1], origin, page.number)))
    furniture: list[Paragraph] = []
    lines: list[TextLine] = []
    for line in build_lines(free):
        if is_furniture(line, page, running):
            furniture.append(Paragraph(text=line.text, origin=f"第{page.number}页 页边"))
        else:
            lines.append(line)
    for text, box in _list_paragraphs(lines, page, lattices):
        found.append((box.center[1], 0, Paragraph(text=text, origin=f"第{page.number}页")))
    found.sort(key=lambda item: item[:2])
    return PageItems(items=tuple(item for _, _, item in found), furniture=tuple(furniture))


def _share_out(
    glyphs: Sequence[Glyph], lattices: Sequence[Lattice]
) -> tuple[list[dict[int, list[Glyph]]], list[Glyph]]:
    """Give each glyph to the innermost cell it stands in; return what is left over."""
    owned: list[dict[int, list[Glyph]]] = [{} for _ in lattices]
    inner_first = sorted(range(len(lattices)), key=lambda place: _measure(lattices[place].box))
    free: list[Glyph] = []
    for glyph in glyphs:
        for place in inner_first:
            cell = lattices[place].find_cell(*glyph.box.center)
            if cell >= 0:
                owned[place].setdefault(cell, []).append(glyph)
                break
        else:
            free.append(glyph)
    return owned, free


def _measure(box: Box) -> int:
    return (box.right - box.left) * box.height


def _list_paragraphs(lines: Sequence[TextLine], page: Page, lattices: Sequence[Lattice]) -> Iterator[tuple[str, Box]]:
    """Yield the paragraphs between tables: a table always ends one."""
    tops = sorted(lattice.ys[0] for lattice in lattices)
    body = measure_body([*(line.box for line in lines), *(lattice.box for lattice in lattices)], page.box)
    groups: dict[int, list[TextLine]] = {}
    for line in lines:
        groups.setdefault(sum(top < line.box.center[1] for top in tops), []).append(line)
    for group in groups.values():
        yield from build_paragraphs(group, body)


def measure_body(boxes: Sequence[Box], page: Box) -> Box:
    """Return the part of the page that is printed on; at least the middle two thirds of its width."""
    sixth = (page.right - page.left) // 6
    left = min((box.left for box in boxes), default=page.left)
    right = max((box.right for box in boxes), default=page.right)
    return Box(min(left, page.left + sixth), page.top, max(right, page.right - sixth), page.bottom)


def _build_part(lattice: Lattice, owned: dict[int, list[Glyph]], origin: str, page: int) -> Part:
    lines = {place: build_lines(glyphs) for place, glyphs in owned.items()}
    margin = measure_margin((lattice.cells[place].box, found) for place, found in lines.items())
    drawn = UNDRAWN not in lattice.notes
    reach = {} if drawn else _measure_reach(lattice, lines)
    cells = []
    starts: dict[tuple[int, int], Shape] = {}
    ends: dict[int, Shape] = {}
    last = len(lattice.ys) - 1
    for place, cell in enumerate(lattice.cells):
        printed = lines.get(place, [])
        room = reach.get((cell.column, cell.column_span), cell.box.right - cell.box.left - 2 * margin)
        shape = Shape(cell.box, printed[0] if printed else None, printed[-1] if printed else None, room)
        if cell.row < HEADER_ROWS:
            starts[cell.row, cell.column] = shape
        if cell.row + cell.row_span == last:
            ends[cell.column] = shape
        cells.append(
            Cell(
                text=join_lines(printed, room),
                row=cell.row,
                column=cell.column,
                row_span=cell.row_span,
                column_span=cell.column_span,
                origin=f"{origin} 第{cell.row + 1}行第{cell.column + 1}列",
                notes=_list_notes(printed, drawn=drawn),
            )
        )
    grid = Grid(cells=tuple(cells), rows=last, columns=len(lattice.xs) - 1, origin=origin, notes=lattice.notes)
    return Part(grid=grid, page=page, edges=lattice.xs, starts=starts, ends=ends)


def _measure_reach(lattice: Lattice, lines: Mapping[int, Sequence[TextLine]]) -> dict[tuple[int, int], int]:
    """Return the longest line by column and span: where no sides are drawn, so much room the texts had at least."""
    reach: dict[tuple[int, int], int] = {}
    for place, printed in lines.items():
        key = lattice.cells[place].column, lattice.cells[place].column_span
        reach[key] = max(reach.get(key, 0), *(line.box.right - line.box.left for line in printed))
    return reach


def _list_notes(printed: Sequence[TextLine], *, drawn: bool) -> tuple[str, ...]:
    overlaps = ("text_overlaps",) if any(line.overlaps for line in printed) else ()
    return (*overlaps, REJOINED) if not drawn and len(printed) > 1 else overlaps
