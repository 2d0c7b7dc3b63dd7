"""Write grids and paragraphs as docx, xlsx, xls, html, pdf and tab text: the inverse of ``perflint.reading``.

Every writer takes the same blocks, so a test can say: all formats of one document read back alike.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from font import register_font

from perflint.reading.grid import Cell, Grid, Paragraph

LEFT = "←"  # covered by the cell to the left
UP = "↑"  # covered by the cell above
Blocks = Sequence[Grid | Paragraph]
TEXT_WIDTH = 9000  # twentieths of a point between the margins of a Word page


def make_grid(rows: Sequence[Sequence[str]], *, name: str | None = None) -> Grid:
    """Build a grid from rows of text; ``LEFT`` and ``UP`` mark what a merged cell covers.

    A block of 2 × 2 is written ``[["a", LEFT], [UP, UP]]`` or ``[["a", LEFT], [UP, LEFT]]``.
    """
    cells = []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text in (LEFT, UP):
                continue
            width, height = _measure(rows, row, column)
            cells.append(Cell(text=text, row=row, column=column, row_span=height, column_span=width, origin=""))
    columns = max((len(texts) for texts in rows), default=0)
    return Grid(name=name, cells=tuple(cells), rows=len(rows), columns=columns, origin="")


def _measure(rows: Sequence[Sequence[str]], row: int, column: int) -> tuple[int, int]:
    width = 1
    while column + width < len(rows[row]) and rows[row][column + width] == LEFT:
        width += 1
    height = 1
    while row + height < len(rows) and column < len(rows[row + height]) and rows[row + height][column] == UP:
        height += 1
    return width, height


def read_rows(grid: Grid) -> list[list[str]]:
    """Return *grid* as ``make_grid`` takes it: the comparison of a round trip."""
    rows = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                rows[row][column] = LEFT if column > cell.column else UP
        rows[cell.row][cell.column] = cell.text
    return rows


def write_docx(blocks: Blocks, path: Path) -> Path:
    """Write a Word file; line breaks become ``w:br``, merged cells ``gridSpan`` and ``vMerge``."""
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            parts.append(_write_paragraph(block.text))
        else:
            parts += [_write_table(block), "<w:p/>"]  # without it, office programs join tables or lose the last one
    path.write_bytes(pack_docx("".join(parts)))
    return path


def write_word2003(blocks: Blocks, path: Path) -> Path:
    """Write what ``write_docx`` does as Word 2003 XML, in a section as Word writes it."""
    with zipfile.ZipFile(write_docx(blocks, path.with_suffix(".docx"))) as word:
        text = word.read("word/document.xml").decode()
    body = text[text.index("<w:body>") + 8 : text.index("</w:body>")].replace("w:vMerge", "w:vmerge")
    path.write_text(pack_word2003(f"<wx:sect>{body}</wx:sect>"), encoding="utf-8")
    return path


def pack_word2003(body: str) -> str:
    """Return a Word 2003 XML file with that body."""
    names = {
        "w": "http://schemas.microsoft.com/office/word/2003/wordml",
        "wx": "http://schemas.microsoft.com/office/word/2003/auxHint",
        "aml": "http://schemas.microsoft.com/aml/2001/core",
    }
    spaces = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in names.items())
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><?mso-application progid="Word.Document"?>'
    return f"{head}<w:wordDocument {spaces}><w:body>{body}</w:body></w:wordDocument>"


def _write_paragraph(text: str) -> str:
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{html.escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:p><w:r>{runs}</w:r></w:p>"


def _write_table(grid: Grid) -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    width = TEXT_WIDTH // grid.columns
    head = f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr>"
    columns = f'<w:gridCol w:w="{width}"/>' * grid.columns
    rows = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            rows[row][cell.column] = _write_tc(cell, width, first=row == cell.row)
    body = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f"<w:tbl>{head}<w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"


def _write_tc(cell: Cell, width: int, *, first: bool) -> str:
    properties = f'<w:tcW w:w="{width * cell.column_span}" w:type="dxa"/><w:gridSpan w:val="{cell.column_span}"/>'
    if cell.row_span > 1:
        properties += f'<w:vMerge w:val="{"restart" if first else "continue"}"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{_write_paragraph(cell.text if first else '')}</w:tc>"


def write_xlsx(blocks: Blocks, path: Path, *, numbers: bool = False) -> Path:
    """Write a workbook: each grid a sheet of its own, the paragraphs before it in rows above its table.

    With *numbers*, what looks like a number is stored as one, with the format that shows it as printed.
    """
    import openpyxl

    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, top, paragraphs, grid in _arrange_sheets(blocks):
        sheet = workbook.create_sheet(name)
        for row, text in paragraphs:
            _put_text(sheet.cell(row + 1, 1), text)
        for cell in grid.cells if grid is not None else ():
            row, column = top + cell.row + 1, cell.column + 1
            number = parse_number(cell.text) if numbers else None
            if number is None:
                _put_text(sheet.cell(row, column), cell.text)
            else:
                sheet.cell(row, column).value, sheet.cell(row, column).number_format = number
            if cell.row_span > 1 or cell.column_span > 1:
                sheet.merge_cells(
                    start_row=row,
                    start_column=column,
                    end_row=row + cell.row_span - 1,
                    end_column=column + cell.column_span - 1,
                )
    workbook.save(path)
    return path


def _put_text(target: Any, text: str) -> None:
    if text:
        target.value = text
        target.data_type = "s"  # "=5" is a printed text here, not a formula


_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|0|[1-9]\d*)(?:\.(\d+))?(%?)")


def parse_number(text: str) -> tuple[Decimal, str] | None:
    """Return (number to store, format that shows it as *text*) of 1198.80, 95% and 1,200; None for anything else."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    whole, decimals, percent = found.groups()
    number = Decimal(text.rstrip("%").replace(",", "")) / (100 if percent else 1)
    return number, ("#,##0" if "," in whole else "0") + ("." + "0" * len(decimals) if decimals else "") + percent


def write_xls(blocks: Blocks, path: Path, *, numbers: bool = False) -> Path:
    """Write an Excel 97 workbook, laid out as by ``write_xlsx``."""
    import xlwt

    workbook = xlwt.Workbook(encoding="utf-8")
    for name, top, paragraphs, grid in _arrange_sheets(blocks):
        sheet = workbook.add_sheet(name)
        for row, text in paragraphs:
            sheet.write(row, 0, text)
        for cell in grid.cells if grid is not None else ():
            first, last = top + cell.row, top + cell.row + cell.row_span - 1
            number = parse_number(cell.text) if numbers else None
            style = xlwt.easyxf(num_format_str=number[1] if number else "General")
            value = number[0] if number else cell.text
            if cell.row_span > 1 or cell.column_span > 1:
                sheet.write_merge(first, last, cell.column, cell.column + cell.column_span - 1, value, style)
            else:
                sheet.write(first, cell.column, value, style)
    workbook.save(str(path))
    return path


def _arrange_sheets(blocks: Blocks) -> Iterable[tuple[str, int, list[tuple[int, str]], Grid | None]]:
    """Yield (sheet name, first row of the table, paragraphs with their rows, grid); trailing paragraphs go below."""
    grids = sum(isinstance(block, Grid) for block in blocks) or 1
    waiting: list[str] = []
    seen = 0
    for position, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            waiting.append(block.text)
            continue
        seen += 1
        paragraphs = list(enumerate(waiting))
        top = len(waiting)
        waiting = []
        if seen == grids:
            below = [one.text for one in blocks[position + 1 :] if isinstance(one, Paragraph)]
            paragraphs += list(enumerate(below, top + block.rows))
        yield block.name or f"Sheet{seen}", top, paragraphs, block
    if not any(isinstance(block, Grid) for block in blocks):
        yield "Sheet1", 0, list(enumerate(waiting)), None


def write_html(blocks: Blocks, path: Path, *, encoding: str = "utf-8") -> Path:
    """Write a page; merged cells as rowspan and colspan, line breaks as ``<br>``."""
    parts = [f'<!DOCTYPE html>\n<html><head><meta charset="{encoding}"><title></title></head><body>']
    for block in blocks:
        if isinstance(block, Paragraph):
            parts.append(f"<p>{_escape(block.text)}</p>")
            continue
        parts.append('<table border="1">')
        parts += [_write_tr(block, row) for row in range(block.rows)]
        parts.append("</table>")
    parts.append("</body></html>")
    path.write_bytes("\n".join(parts).encode(encoding))
    return path


def _escape(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def _write_tr(grid: Grid, row: int) -> str:
    return "<tr>" + "".join(_write_td(cell) for cell in grid.cells if cell.row == row) + "</tr>"


def _write_td(cell: Cell) -> str:
    spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    spans += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    return f"<td{spans}>{_escape(cell.text)}</td>"


def write_tabs(blocks: Blocks, path: Path) -> Path:
    """Write a text dump: one line a row, covered positions blank, a blank line round every block."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines += [block.text, ""]
            continue
        for texts in read_rows(block):
            lines.append("\t".join("" if text in (LEFT, UP) else text.replace("\n", " ") for text in texts))
        lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


# PDF: drawn by hand, because a table that runs over a page must be cut as a word processor cuts it.

PAGE_WIDTH, PAGE_HEIGHT, MARGIN, FONT_SIZE, LEADING, PADDING = 595, 842, 50, 9, 12, 3


def write_pdf(blocks: Blocks, path: Path, *, header_rows: int = 0, ruled: str = "around") -> Path:
    """Write a PDF; ``header_rows`` are repeated on top of every page a table runs on to.

    Args:
        ruled: where lines are drawn, ``around`` the cells, only ``across`` above and below them, or ``nowhere``.
    """
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=(PAGE_WIDTH, PAGE_HEIGHT))
    canvas.setFont(register_font(), FONT_SIZE)
    top = float(PAGE_HEIGHT - MARGIN)
    for block in blocks:
        if isinstance(block, Paragraph):
            for line in _wrap(block.text, PAGE_WIDTH - 2 * MARGIN):
                top = _turn_page(canvas, top, LEADING)
                canvas.drawString(MARGIN, top - FONT_SIZE, line)
                top -= LEADING
            top -= LEADING
        else:
            top = _draw_grid(canvas, block, top, header_rows, ruled) - LEADING
    canvas.save()
    return path


def _turn_page(canvas: Any, top: float, needed: float) -> float:
    if top - needed >= MARGIN:
        return top
    canvas.showPage()
    canvas.setFont(register_font(), FONT_SIZE)
    return float(PAGE_HEIGHT - MARGIN)


def _wrap(text: str, width: float) -> list[str]:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    lines: list[str] = []
    for part in text.split("\n"):
        line = ""
        for character in part:
            if line and not character.isspace() and stringWidth(line + character, register_font(), FONT_SIZE) > width:
                lines.append(line)
                line = ""
            line += character
        lines.append(line)
    return lines


def _draw_grid(canvas: Any, grid: Grid, top: float, header_rows: int, ruled: str) -> float:
    width = (PAGE_WIDTH - 2 * MARGIN) / grid.columns
    heights = _measure_rows(grid, width)
    start = 0
    while start < grid.rows:
        head = header_rows if start else 0
        used = sum(heights[:head])
        end = start
        while end < grid.rows and top - used - heights[end] >= MARGIN:
            used += heights[end]
            end += 1
        ends = range(end, start, -1)
        fallback = end if top == PAGE_HEIGHT - MARGIN else start
        end = next((one for one in ends if _can_break(grid, heights, start, one, width)), fallback)
        if end == start:
            top = _turn_page(canvas, top, PAGE_HEIGHT)
            if used + heights[start] > PAGE_HEIGHT - 2 * MARGIN:
                raise ValueError("a row is taller than the page")
            continue
        if head:
            top = _draw_rows(canvas, grid, heights, 0, head, top, width, ruled)
        top = _draw_rows(canvas, grid, heights, start, end, top, width, ruled)
        start = end
    return top


def _can_break(grid: Grid, heights: list[float], start: int, end: int, width: float) -> bool:
    """Whether each merged cell that a page break before row *end* cuts has room for its text above it."""
    cut = (cell for cell in grid.cells if max(cell.row, start) == cell.row < end < cell.row + cell.row_span)
    return all(_measure_text(cell, width) <= sum(heights[cell.row : end]) for cell in cut)


def _measure_text(cell: Cell, width: float) -> float:
    return len(_wrap(cell.text, width * cell.column_span - 2 * PADDING)) * LEADING + 2 * PADDING


def _measure_rows(grid: Grid, width: float) -> list[float]:
    heights = [float(LEADING + 2 * PADDING)] * grid.rows
    for cell in grid.cells:
        needed = _measure_text(cell, width)
        covered = range(cell.row, cell.row + cell.row_span)
        missing = needed - sum(heights[row] for row in covered)
        for row in covered:
            heights[row] += max(missing, 0) / cell.row_span
    return heights


def _draw_rows(
    canvas: Any, grid: Grid, heights: list[float], start: int, end: int, top: float, width: float, ruled: str
) -> float:
    """Draw rows *start* to *end*; a cell cut by the page keeps its text on its first page."""
    for cell in grid.cells:
        first, last = max(cell.row, start), min(cell.row + cell.row_span, end)
        if first >= last:
            continue
        upper = top - sum(heights[start:first])
        height = sum(heights[first:last])
        left = MARGIN + cell.column * width
        if ruled == "around":
            canvas.rect(left, upper - height, width * cell.column_span, height)
        elif ruled == "across":
            for y in (upper, upper - height):
                canvas.line(left, y, left + width * cell.column_span, y)
        if first == cell.row:
            for number, line in enumerate(_wrap(cell.text, width * cell.column_span - 2 * PADDING), 1):
                canvas.drawString(left + PADDING, upper - PADDING - number * LEADING + 2, line)
    return top - sum(heights[start:end])


# Files by hand: what no library writes on purpose (tracked changes, formulas without value, attacks).

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def pack_zip(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of the members, in order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _relate(*targets: tuple[str, str, str]) -> str:
    links = "".join(f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{path}"/>' for i, kind, path in targets)
    return f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>'


def pack_docx(body: str, parts: Mapping[str, tuple[str, str]] | None = None) -> bytes:
    """Return a Word file with *body* as the content of ``w:body``.

    *parts*: file name below ``word/`` → (kind of relationship, XML of the part without namespaces declared).
    """
    spaces = (
        f'xmlns:w="{WORD}" xmlns:r="{OFFICE}" xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    )
    members = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": _relate(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {spaces}><w:body>{body}</w:body></w:document>",
    }
    links = []
    for number, (name, (kind, content)) in enumerate((parts or {}).items(), 1):
        members[f"word/{name}"] = content.replace(">", f" {spaces}>", 1)
        links.append((f"p{number}", kind, name))
    members["word/_rels/document.xml.rels"] = _relate(*links)
    return pack_zip(members)


def pack_xlsx(
    sheet: str,
    *,
    formats: Sequence[tuple[int, str | None]] = (),
    strings: Sequence[str] = (),
    workbook: str = "",
    state: str = "visible",
    links: Sequence[tuple[str, str, str]] = (),
    parts: Mapping[str, str] | None = None,
) -> bytes:
    """Return a workbook with one sheet 表一 whose content is *sheet*.

    Args:
        formats: (number, code or None for a built-in one) of the cell styles 1, 2, …; style 0 is General.
        strings: XML inside each shared ``si``.
        workbook: XML before ``sheets`` in the workbook part.
        links, parts: Relationships of the sheet, and further members of the zip.
    """
    custom = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{html.escape(code)}"/>'
        for number, code in formats
        if code is not None
    )
    styles = "".join(f'<xf numFmtId="{number}"/>' for number, _ in ((0, None), *formats))
    members = {
        "_rels/.rels": _relate(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}">{workbook}'
        f'<sheets><sheet name="表一" sheetId="1" state="{state}" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relate(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "styles", "styles.xml"),
            ("rId3", "sharedStrings", "/xl/sharedStrings.xml"),
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{SHEET}"><numFmts>{custom}</numFmts>'
        f"<cellXfs>{styles}</cellXfs></styleSheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">' + "".join(f"<si>{one}</si>" for one in strings) + "</sst>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}" xmlns:r="{OFFICE}">{sheet}</worksheet>',
        "xl/worksheets/_rels/sheet1.xml.rels": _relate(*links),
        **(parts or {}),
    }
    return pack_zip(members)
