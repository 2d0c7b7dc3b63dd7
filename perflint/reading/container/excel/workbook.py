"""Read workbooks (xlsx): every sheet as the grid it shows, numbers as their formats show them.

    xlsx ──archive──▶ sheet parts ──▶ Sheet ──▶ Grid

The XML is read directly: the usual library drops text under merged cells, turns East-Asian dates into serials,
refuses files with broken styles, and needs a second reading to tell a formula without a value.
Source: ECMA-376 part 1, 18.3 (worksheets), 18.4 (shared strings), 18.8 (styles).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal

from perflint.errors import Problem
from perflint.language import say
from perflint.reading.container.advice import save_anew, too_many_cells, use_text
from perflint.reading.container.archive import Archive
from perflint.reading.container.contents import LIMITS, Contents, ReadingLimits, refuse
from perflint.reading.container.excel.number_format import GENERAL, find_format, read_stored
from perflint.reading.container.excel.sheet import (
    IMAGE,
    Entry,
    Sheet,
    build_sheet,
    name_cell,
    notice_hidden,
    parse_cell_name,
    parse_range,
    show_entry,
    show_text_entry,
)
from perflint.reading.container.raised import write_lowered, write_raised
from perflint.reading.container.xml import Element, iterate_xml, local_name
from perflint.reading.grid import FORMULA_WITHOUT_VALUE, STRUCK, Grid, Paragraph
from perflint.record import dataclass, field

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_HEADER_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d+|[LCRPNDTZFAGBIUSXYEHO])')
_SHOWN_PLACES = 5
_SHIFTS: Mapping[str, Callable[[str], str]] = {"superscript": write_raised, "subscript": write_lowered}
# What WPS stores for a picture that fills a cell.
_PICTURE_FORMULA = re.compile(r"=?\s*(?:_xlfn\.)?DISPIMG\s*\(.*", re.IGNORECASE | re.DOTALL)
_DAY_ZERO = datetime(1899, 12, 30, tzinfo=UTC)
_PARTS = ("c", "row", "col", "mergeCell", "sheetFormatPr", "sheetView", "oddHeader", "oddFooter")


@dataclass(slots=True, kw_only=True)
class _Book:
    """What every sheet of a workbook needs."""

    archive: Archive
    limits: ReadingLimits
    strings: list[str]
    formats: list[str]
    struck_styles: frozenset[int]
    struck_strings: frozenset[int]
    since_1904: bool
    cells: int = 0
    pending: list[str] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)


def read_excel(data: bytes, file: str, limits: ReadingLimits = LIMITS) -> Contents:
    """Read an xlsx (also xlsm, xltx, and the strict variant).

    Raises:
        DocumentError: Damaged, encrypted, or over a limit.
    """
    archive = Archive(data, file, limits)
    main = archive.find_main("xl/workbook.xml")
    root = archive.parse(main)
    targets = {relation.id: relation for relation in archive.relations(main)}
    properties = root.find("{*}workbookPr")
    book = _Book(
        archive=archive,
        limits=limits,
        strings=_read_strings(archive, main),
        formats=_read_formats(archive, main),
        struck_styles=_find_struck_styles(archive, main),
        struck_strings=_find_struck_strings(archive, main),
        since_1904=properties is not None and properties.get("date1904", "0") in ("1", "true"),
    )
    blocks: list[Grid | Paragraph] = []
    for element in root.iterfind("{*}sheets/{*}sheet"):
        number = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
        relation = targets.get(number)
        name = element.get("name", "")
        if relation is None or relation.kind != "worksheet" or relation.target not in archive:
            message = say(f"没有读工作表 {name}：里面不是表格", f"sheet {name} was not read: it holds no table")
            book.notices.append(Problem(message=message))
            continue
        sheet = Sheet(name=name, hidden=element.get("state", "visible") != "visible")
        _read_sheet(book, relation.target, sheet)
        blocks += build_sheet(sheet, file, limits)
        book.notices += notice_hidden(sheet)
    return Contents(tuple(blocks), (*book.notices, *_notice_formulas(book.pending)))


# Parts of the workbook


def _find_part(archive: Archive, main: str, kind: str) -> str | None:
    return next((one.target for one in archive.relations(main) if one.kind == kind and one.target in archive), None)


def _read_strings(archive: Archive, main: str) -> list[str]:
    part = _find_part(archive, main, "sharedStrings")
    if part is None:
        return []
    return [_read_string(item) for item in iterate_xml(archive.read(part), ("si",), part, archive.file)]


def _read_string(item: Element) -> str:
    """Return the text of a string item: its runs, without the phonetic guide."""
    pieces = []
    for child in item:
        name = local_name(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            shift = _SHIFTS.get(_read_shift(child), str)
            pieces.extend(shift(text.text or "") for text in child.iterfind("{*}t"))
    return _unescape("".join(pieces))


def _read_shift(run: Element) -> str:
    raised = run.find("{*}rPr/{*}vertAlign")
    return "" if raised is None else raised.get("val", "")


def _unescape(text: str) -> str:
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n")


def _read_formats(archive: Archive, main: str) -> list[str]:
    """Return the format code of each cell style, by its number."""
    part = _find_part(archive, main, "styles")
    if part is None:
        return []
    root = archive.parse(part)
    custom = {
        _read_int(one.get("numFmtId"), -1): _unescape(one.get("formatCode", GENERAL))
        for one in root.iterfind("{*}numFmts/{*}numFmt")
    }
    return [find_format(_read_int(one.get("numFmtId"), 0), custom) for one in root.iterfind("{*}cellXfs/{*}xf")]


def _find_struck_styles(archive: Archive, main: str) -> frozenset[int]:
    """Return the numbers of the cell styles whose font is struck through."""
    part = _find_part(archive, main, "styles")
    if part is None:
        return frozenset()
    root = archive.parse(part)
    fonts = {at for at, font in enumerate(root.iterfind("{*}fonts/{*}font")) if _is_struck(font)}
    styles = root.iterfind("{*}cellXfs/{*}xf")
    return frozenset(at for at, style in enumerate(styles) if _read_int(style.get("fontId"), 0) in fonts)


def _find_struck_strings(archive: Archive, main: str) -> frozenset[int]:
    """Return the numbers of the shared texts of which a part is struck through."""
    part = _find_part(archive, main, "sharedStrings")
    if part is None or b"strike" not in (data := archive.read(part)):
        return frozenset()
    items = iterate_xml(data, ("si",), part, archive.file)
    return frozenset(at for at, item in enumerate(items) if any(map(_is_struck, item.iterfind("{*}r/{*}rPr"))))


def _is_struck(font: Element) -> bool:
    strike = font.find("{*}strike")
    return strike is not None and strike.get("val", "1") not in ("0", "false")


# One sheet


def _read_sheet(book: _Book, part: str, sheet: Sheet) -> None:
    show_zeros = True
    position = _Position()
    data = book.archive.read(part)
    for element in iterate_xml(data, _PARTS, part, book.archive.file):
        name = local_name(element)
        if name == "c":
            place = position.advance(element)
            _count_cell(book)
            entry = _read_entry(book, element, name_cell(sheet.name, *place), show_zeros=show_zeros)
            entry = _drop_picture(_mark_struck(book, element, entry))
            if entry.text or entry.notes:
                sheet.entries[place] = entry
        elif name == "row":
            if _is_hidden_row(element):
                sheet.hidden_rows.add(position.find_row(element))
            position.finish_row(element)
        elif name == "col" and _is_hidden_column(element):
            first, last = _read_int(element.get("min"), 1), _read_int(element.get("max"), 1)
            sheet.hidden_columns.update(range(first - 1, min(last, 16_384)))
        elif name == "mergeCell":
            span = parse_range(element.get("ref", ""))
            sheet.merges.extend([span] if span else [])
        elif name == "sheetView":
            show_zeros = element.get("showZeros", "1") not in ("0", "false")
        elif name in ("oddHeader", "oddFooter"):
            sheet.asides += _read_page_text(element, sheet.name)
    sheet.asides += _read_drawings(book, part, sheet)


@dataclass(slots=True)
class _Position:
    """Where the next cell stands; some writers leave the names out."""

    row: int = 0
    column: int = -1

    def find_row(self, row: Element) -> int:
        return _read_int(row.get("r"), self.row + 1) - 1

    def advance(self, cell: Element) -> tuple[int, int]:
        named = parse_cell_name(cell.get("r", ""))
        parent = cell.getparent()
        row = self.find_row(parent) if parent is not None else self.row
        self.row, self.column = named or (row, self.column + 1)
        return self.row, self.column

    def finish_row(self, row: Element) -> None:
        self.row, self.column = self.find_row(row) + 1, -1


def _count_cell(book: _Book) -> None:
    book.cells += 1
    if book.cells > book.limits.cells:
        hint = say("删去不用的行和列，或拆成几个文件", "delete unused rows and columns, or split the file")
        raise refuse(book.archive.file, too_many_cells(book.limits.cells), hint)


def _is_hidden_row(row: Element) -> bool:
    return row.get("hidden", "0") in ("1", "true")


def _is_hidden_column(column: Element) -> bool:
    return column.get("hidden", "0") in ("1", "true") or column.get("width") == "0"


def _read_entry(book: _Book, cell: Element, origin: str, *, show_zeros: bool) -> Entry:
    kind = cell.get("t", "n")
    style = _read_int(cell.get("s"), 0)
    code = book.formats[style] if 0 <= style < len(book.formats) else GENERAL
    if kind == "inlineStr":
        inline = cell.find("{*}is")
        return show_text_entry("" if inline is None else _read_string(inline), code)
    text = cell.findtext("{*}v") or ""
    if not text:
        if cell.find("{*}f") is None or kind == "str":
            return Entry("")
        book.pending.append(origin)
        return Entry("", notes=(FORMULA_WITHOUT_VALUE,))
    if kind == "s":
        return show_text_entry(_find_string(book, text, origin), code)
    if kind == "str":
        return show_text_entry(_unescape(text), code)
    if kind == "b":
        return Entry("TRUE" if text.strip() in ("1", "true") else "FALSE")
    if kind == "e":
        return Entry(text, notes=("error_value",))
    value = _read_day(text) if kind == "d" else read_stored(text)
    if value is None:
        return Entry(text, notes=("number_unreadable",))
    return show_entry(value, code, since_1904=book.since_1904, show_zeros=show_zeros)


def _mark_struck(book: _Book, cell: Element, entry: Entry) -> Entry:
    struck = _read_int(cell.get("s"), 0) in book.struck_styles
    struck = struck or any(map(_is_struck, cell.iterfind("{*}is/{*}r/{*}rPr")))
    if cell.get("t") == "s":
        struck = struck or _read_int(cell.findtext("{*}v"), -1) in book.struck_strings
    return entry._replace(notes=(*entry.notes, STRUCK)) if struck and entry.text else entry


def _drop_picture(entry: Entry) -> Entry:
    return Entry("", notes=(IMAGE,)) if _PICTURE_FORMULA.fullmatch(entry.text) else entry


def _find_string(book: _Book, number: str, origin: str) -> str:
    place = _read_int(number, -1)
    if not 0 <= place < len(book.strings):
        strings = len(book.strings)
        message = say(
            f"单元格 {origin} 指向第 {number} 个文字，文件里只有 {strings} 个",
            f"cell {origin} points at text {number}, of which there are {strings}",
        )
        raise refuse(book.archive.file, message, save_anew())
    return book.strings[place]


def _read_day(text: str) -> Decimal | None:
    """Return the serial of an ISO date: the strict variant stores dates as text."""
    try:
        moment = datetime.fromisoformat(text.strip().removesuffix("Z"))
    except ValueError:
        return None
    passed = moment.replace(tzinfo=UTC) - _DAY_ZERO
    return Decimal(passed.days) + Decimal(passed.seconds) / 86_400


def _read_page_text(element: Element, sheet: str) -> list[Paragraph]:
    """Return the printed header or footer, without its codes for fonts, page number and date."""
    label = "页眉" if local_name(element) == "oddHeader" else "页脚"
    text = _HEADER_CODE.sub(" ", (element.text or "").replace("&&", "\x00")).replace("\x00", "&").strip()
    return [Paragraph(text=text, origin=f"{sheet} {label}")] if any(c.isalnum() for c in text) else []


def _read_drawings(book: _Book, part: str, sheet: Sheet) -> list[Paragraph]:
    """Return the text boxes that float over a sheet; say so when it has pictures or comments."""
    found: list[Paragraph] = []
    for relation in book.archive.relations(part):
        if relation.kind == "drawing" and relation.target in book.archive:
            drawing = book.archive.parse(relation.target)
            found += _list_box_texts(drawing, sheet.name)
            book.notices += _note_pictures(drawing, sheet)
        elif relation.kind == "comments":
            message = say(
                f"没有读工作表 {sheet.name} 的批注：不是表的内容",
                f"the comments of sheet {sheet.name} were not read: they are no part of it",
            )
            book.notices.append(Problem(message=message))
    return found


def _note_pictures(drawing: Element, sheet: Sheet) -> Iterator[Problem]:
    """Mark each cell that a picture, chart or object begins in, and say how many there are and where."""
    places = [
        (_read_int(anchor.findtext("{*}from/{*}row"), 0), _read_int(anchor.findtext("{*}from/{*}col"), 0))
        for anchor in drawing
        if any(next(anchor.iter(f"{{*}}{name}"), None) is not None for name in ("pic", "graphicFrame"))
    ]
    for place in places:
        entry = sheet.entries.get(place, Entry(""))
        sheet.entries[place] = entry._replace(notes=(*entry.notes, IMAGE))
    if places:
        names = [name_cell(sheet.name, *place) for place in places]
        shown = "、".join(names[:_SHOWN_PLACES]) + ("…" if len(names) > _SHOWN_PLACES else "")
        message = say(
            f"没有读工作表上的 {len(places)} 张图片或图表：{shown}",
            f"{len(places)} pictures or charts on the sheet were not read: {shown}",
        )
        yield Problem(message=message, hint=use_text())


def _list_box_texts(drawing: Element, sheet: str) -> Iterator[Paragraph]:
    for body in drawing.iter("{*}txBody"):
        for paragraph in body.iterfind("{*}p"):
            text = "".join(piece.text or "" for piece in paragraph.iterfind(".//{*}t"))
            if text.strip():
                yield Paragraph(text=text, origin=f"{sheet}的文本框")


# Notices


def _notice_formulas(pending: list[str]) -> Iterator[Problem]:
    if pending:
        shown = "、".join(pending[:_SHOWN_PLACES]) + ("…" if len(pending) > _SHOWN_PLACES else "")
        message = say(
            f"有 {len(pending)} 个公式没有存下结果，按空白读：{shown}",
            f"{len(pending)} formulas have no stored value and read as blank: {shown}",
        )
        hint = say("用 Excel 或 WPS 打开，算好后保存", "open the file in Excel or WPS, let it calculate, and save it")
        yield Problem(message=message, hint=hint)


def _read_int(text: str | None, otherwise: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return otherwise
