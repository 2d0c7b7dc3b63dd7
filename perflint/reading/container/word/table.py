"""Turn one ``w:tbl`` into a grid: each cell once, with its spans.

Source: ECMA-376 part 1, 17.4 (tables): gridBefore, gridSpan, vMerge, hMerge, tcW.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from perflint.reading.container.contents import ReadingLimits, check_extent
from perflint.reading.container.word.numbering import attribute, child_value
from perflint.reading.container.word.text import Text, TextReader, choose_alternative
from perflint.reading.container.xml import Element, local_name
from perflint.reading.grid import Cell, Grid, Paragraph
from perflint.record import dataclass, field

_THROUGH = ("sdtContent", "customXml", "ins", "moveTo", "smartTag")
_OFF = ("0", "false", "off")
_WIDEST = 1000  # columns one gridSpan may claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a story stands, for origins; the body has no name."""

    name: str = ""


@dataclass(slots=True, kw_only=True)
class BuiltTable:
    """A grid and what stood inside its cells but is no text of theirs.

    Attributes:
        aside: Hidden text of cells, and text under merged cells, as paragraphs.
        boxes, nested: Text boxes and tables inside cells, with the origin of the cell.
    """

    grid: Grid
    aside: list[Paragraph] = field(default_factory=list)
    boxes: list[tuple[str, Text]] = field(default_factory=list)
    nested: list[tuple[str, Element]] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A cell while rows below may still extend it."""

    element: Element
    row: int
    column: int
    column_span: int
    row_span: int = 1
    hidden: bool = False
    merge: str | None = None
    notes: list[str] = field(default_factory=list)


def build_table(table: Element, origin: str, reader: TextReader, file: str, limits: ReadingLimits) -> BuiltTable:
    """Build the grid of *table*.

    Raises:
        DocumentError: It is over the limit.
    """
    drafts, covered, rows = _place_cells(table, reader)
    columns = max((draft.column + draft.column_span for draft in drafts), default=0)
    check_extent(rows, columns, origin, file, limits)
    built = BuiltTable(grid=Grid(cells=(), rows=rows, columns=columns, origin=origin))
    cells = tuple(_read_cell(draft, origin, reader, built) for draft in drafts)
    for draft in covered:
        text = _read_cell(draft, origin, reader, built)
        if text.text.strip():
            built.aside.append(Paragraph(text=text.text, origin=f"{text.origin}（合并单元格下的文字）"))
    notes = ("ragged_rows",) if _is_ragged(drafts, rows, columns) else ()
    built.grid = Grid(cells=cells, rows=rows, columns=columns, origin=origin, notes=notes)
    return built


# Positions


def _place_cells(table: Element, reader: TextReader) -> tuple[list[_Draft], list[_Draft], int]:
    """Return the cells, the continued cells whose text Word does not show, and the number of rows."""
    edges = list(accumulate(_read_int(attribute(column, "w")) for column in table.iterfind("{*}tblGrid/{*}gridCol")))
    drafts: list[_Draft] = []
    covered: list[_Draft] = []
    above: dict[int, _Draft] = {}
    number = 0
    for row in _list_inside(table, "tr"):
        if row.find("{*}trPr/{*}del") is not None:
            reader.tally.deletions += 1
            continue
        open_cells: dict[int, _Draft] = {}
        for draft in _place_row(row, number, edges, reader):
            upper = above.get(draft.column)
            if draft.merge == "continue" and upper is not None and upper.column_span == draft.column_span:
                upper.row_span += 1
                open_cells[draft.column] = upper
                covered.append(draft)
                continue
            if draft.merge == "continue":
                draft.notes.append("merge_without_start")
            if draft.merge is not None:
                open_cells[draft.column] = draft
            drafts.append(draft)
        above = open_cells
        number += 1
    return drafts, covered, number


def _place_row(row: Element, number: int, edges: Sequence[int], reader: TextReader) -> list[_Draft]:
    properties = row.find("{*}trPr")
    column = _read_span(properties, "gridBefore", 0)
    after = _read_span(properties, "gridAfter", 0)
    hidden = _is_on(properties, "hidden")
    drafts: list[_Draft] = []
    deleted = 0
    for element in _list_inside(row, "tc"):
        cell = element.find("{*}tcPr")
        span = _read_span(cell, "gridSpan", 1)
        if cell is not None and cell.find("{*}cellDel") is not None:
            deleted += 1
            continue  # what stands right of it moves up, as it will when the deletion is accepted
        if child_value(cell, "hMerge") in ("", "continue") and drafts:
            drafts[-1].column_span += span
        else:
            merge = child_value(cell, "vMerge")
            draft = _Draft(element=element, row=number, column=column, column_span=span, hidden=hidden)
            draft.merge = "continue" if merge == "" else merge
            drafts.append(draft)
        column += span
    if deleted:
        reader.tally.deletions += deleted
        for draft in drafts[:1]:
            draft.notes.append("revised")
    if column + after < len(edges):
        _spread_by_width(drafts, edges)
    return drafts


def _spread_by_width(drafts: list[_Draft], edges: Sequence[int]) -> None:
    """Give the cells of a row that spans too little the columns their widths reach to.

    Some programs leave ``gridSpan`` out; Word then lays the row out by width. Only done when every edge meets a column.
    """
    widths = [_read_width(draft.element) for draft in drafts]
    if not all(widths) or not drafts or drafts[0].column:
        return
    slack = max(edges[-1] // 100, 30)
    ends = [_find_edge(edges, reach, slack) for reach in accumulate(widths)]
    starts = [0, *ends[:-1]]
    if any(end <= start for start, end in zip(starts, ends, strict=True)):
        return
    for draft, start, end in zip(drafts, starts, ends, strict=True):
        draft.column, draft.column_span = start, end - start
        draft.notes.append("column_by_width")


def _find_edge(edges: Sequence[int], reach: int, slack: int) -> int:
    """Return how many columns end at *reach*; 0 when no column does."""
    place = bisect_left(edges, reach - slack)
    return place + 1 if place < len(edges) and abs(edges[place] - reach) <= slack else 0


def _is_ragged(drafts: Sequence[_Draft], rows: int, columns: int) -> bool:
    covered = sum(draft.row_span * draft.column_span for draft in drafts)
    return covered != rows * columns


# Texts


def _read_cell(draft: _Draft, table: str, reader: TextReader, built: BuiltTable) -> Cell:
    origin = f"{table} 第{draft.row + 1}行第{draft.column + 1}列"
    notes = dict.fromkeys(draft.notes)
    shown: list[str] = []
    hidden: list[str] = []
    for child in _list_blocks(draft.element):
        if local_name(child) == "tbl":
            built.nested.append((origin, child))
            notes["nested_table"] = None
            continue
        text = reader.read(child)
        shown.append("".join(text.shown))
        hidden += text.hidden
        notes.update(dict.fromkeys(sorted(text.notes)))
        if text.boxes:
            built.boxes.append((origin, text))
            notes.update({"text_box": None} if any(map(_has_text, text.boxes)) else {})
    printed, secret = "\n".join(shown), "".join(hidden)
    if secret.strip() and not printed.strip():
        return _build_cell(draft, secret, origin, tuple(notes), hidden=True)
    if secret.strip():
        built.aside.append(Paragraph(text=secret, origin=f"{origin}（隐藏文字）"))
    return _build_cell(draft, printed, origin, tuple(notes), hidden=draft.hidden)


def _build_cell(draft: _Draft, text: str, origin: str, notes: tuple[str, ...], *, hidden: bool) -> Cell:
    return Cell(
        text=text,
        row=draft.row,
        column=draft.column,
        row_span=draft.row_span,
        column_span=draft.column_span,
        origin=origin,
        hidden=hidden or draft.hidden,
        notes=notes,
    )


def _has_text(box: Element) -> bool:
    return any((piece.text or "").strip() for piece in box.iterfind(".//{*}t"))


def _list_blocks(cell: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables of a cell in order, whatever wraps them."""
    for child in cell:
        name = local_name(child)
        if name in ("p", "tbl"):
            yield child
        elif name in _THROUGH:
            yield from _list_blocks(child)
        elif name == "sdt":
            for content in child.iterfind("{*}sdtContent"):
                yield from _list_blocks(content)
        elif name == "AlternateContent":
            yield from _list_blocks(choose_alternative(child))


def _list_inside(parent: Element, wanted: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, whatever wraps them."""
    for child in parent:
        name = local_name(child)
        if name == wanted:
            yield child
        elif name in _THROUGH:
            yield from _list_inside(child, wanted)
        elif name == "sdt":
            for content in child.iterfind("{*}sdtContent"):
                yield from _list_inside(content, wanted)


# Attributes


def _read_span(properties: Element | None, name: str, otherwise: int) -> int:
    text = child_value(properties, name)
    return otherwise if text is None else min(max(_read_int(text), otherwise), _WIDEST)


def _is_on(properties: Element | None, name: str) -> bool:
    value = child_value(properties, name)
    return value is not None and value not in _OFF


def _read_width(cell: Element) -> int:
    width = cell.find("{*}tcPr/{*}tcW")
    return _read_int(attribute(width, "w")) if width is not None and attribute(width, "type") in ("dxa", "") else 0


def _read_int(text: str) -> int:
    digits = text.strip().removeprefix("-").partition(".")[0]
    return int(digits) if digits.isdecimal() and len(digits) < 10 else 0
