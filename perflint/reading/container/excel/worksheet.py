"""Read one worksheet: its cells, hidden rows and columns, merged ranges, printed header and footer.

Source: ECMA-376 part 1, 18.3.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal

from perflint.language import say
from perflint.reading.container.advice import save_anew, too_many_cells
from perflint.reading.container.contents import refuse
from perflint.reading.container.excel.book import Book
from perflint.reading.container.excel.drawings import read_drawings
from perflint.reading.container.excel.format_code import GENERAL
from perflint.reading.container.excel.number_format import read_stored
from perflint.reading.container.excel.parts import is_struck, read_int, unescape
from perflint.reading.container.excel.sheet import (
    IMAGE,
    Entry,
    Sheet,
    name_cell,
    parse_cell_name,
    parse_range,
    show_entry,
    show_text_entry,
)
from perflint.reading.container.excel.strings import read_string
from perflint.reading.container.xml import Element, iterate_xml, local_name
from perflint.reading.grid import FORMULA_WITHOUT_VALUE, STRUCK, Paragraph
from perflint.record import dataclass

_HEADER_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d+|[LCRPNDTZFAGBIUSXYEHO])')
# What WPS stores for a picture that fills a cell.
_PICTURE_FORMULA = re.compile(r"=?\s*(?:_xlfn\.)?DISPIMG\s*\(.*", re.IGNORECASE | re.DOTALL)
# A formula that is a number (=3, where ≥ and = are typed in front of targets) comes to that number.
_CONSTANT = re.compile(r"\d{1,15}(?:\.\d{1,15})?%?")
_DAY_ZERO = datetime(1899, 12, 30, tzinfo=UTC)
_PARTS = ("c", "row", "col", "mergeCell", "sheetFormatPr", "sheetView", "oddHeader", "oddFooter")


def read_sheet(book: Book, part: str, sheet: Sheet) -> None:
    """Fill *sheet* from its part and from what floats over it."""
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
            first, last = read_int(element.get("min"), 1), read_int(element.get("max"), 1)
            sheet.hidden_columns.update(range(first - 1, min(last, 16_384)))
        elif name == "mergeCell":
            span = parse_range(element.get("ref", ""))
            sheet.merges.extend([span] if span else [])
        elif name == "sheetView":
            show_zeros = element.get("showZeros", "1") not in ("0", "false")
        elif name in ("oddHeader", "oddFooter"):
            sheet.asides += _read_page_text(element, sheet.name)
    sheet.asides += read_drawings(book, part, sheet)


@dataclass(slots=True)
class _Position:
    """Where the next cell stands; some writers leave the names out."""

    row: int = 0
    column: int = -1

    def find_row(self, row: Element) -> int:
        return read_int(row.get("r"), self.row + 1) - 1

    def advance(self, cell: Element) -> tuple[int, int]:
        named = parse_cell_name(cell.get("r", ""))
        parent = cell.getparent()
        row = self.find_row(parent) if parent is not None else self.row
        self.row, self.column = named or (row, self.column + 1)
        return self.row, self.column

    def finish_row(self, row: Element) -> None:
        self.row, self.column = self.find_row(row) + 1, -1


def _count_cell(book: Book) -> None:
    book.cells += 1
    if book.cells > book.limits.cells:
        hint = say("删去不用的行和列，或拆成几个文件", "delete unused rows and columns, or split the file")
        raise refuse(book.archive.file, too_many_cells(book.limits.cells), hint)


def _is_hidden_row(row: Element) -> bool:
    return row.get("hidden", "0") in ("1", "true")


def _is_hidden_column(column: Element) -> bool:
    return column.get("hidden", "0") in ("1", "true") or column.get("width") == "0"


def _read_entry(book: Book, cell: Element, origin: str, *, show_zeros: bool) -> Entry:
    kind = cell.get("t", "n")
    style = read_int(cell.get("s"), 0)
    code = book.formats[style] if 0 <= style < len(book.formats) else GENERAL
    if kind == "inlineStr":
        inline = cell.find("{*}is")
        return show_text_entry("" if inline is None else read_string(inline), code)
    text = cell.findtext("{*}v") or ""
    if not text:
        constant = _read_constant(book, cell, kind, origin)
        if not constant.text or constant.text.endswith("%"):
            return constant
        text = constant.text
    if kind == "s":
        return show_text_entry(_find_string(book, text, origin), code)
    if kind == "str":
        return show_text_entry(unescape(text), code)
    if kind == "b":
        return Entry("TRUE" if text.strip() in ("1", "true") else "FALSE")
    if kind == "e":
        return Entry(text, notes=("error_value",))
    value = _read_day(text) if kind == "d" else read_stored(text)
    if value is None:
        return Entry(text, notes=("number_unreadable",))
    return show_entry(value, code, since_1904=book.since_1904, show_zeros=show_zeros)


def _read_constant(book: Book, cell: Element, kind: str, origin: str) -> Entry:
    """Return what a cell without a stored value comes to: its formula if that is a number, blank otherwise."""
    formula = cell.find("{*}f")
    if formula is None or kind == "str":
        return Entry("")
    text = (formula.text or "").strip()
    if kind == "n" and _CONSTANT.fullmatch(text):
        return Entry(text)
    book.pending.append(origin)
    return Entry("", notes=(FORMULA_WITHOUT_VALUE,))


def _mark_struck(book: Book, cell: Element, entry: Entry) -> Entry:
    struck = read_int(cell.get("s"), 0) in book.struck_styles
    struck = struck or any(map(is_struck, cell.iterfind("{*}is/{*}r/{*}rPr")))
    if cell.get("t") == "s":
        struck = struck or read_int(cell.findtext("{*}v"), -1) in book.struck_strings
    return entry._replace(notes=(*entry.notes, STRUCK)) if struck and entry.text else entry


def _drop_picture(entry: Entry) -> Entry:
    return Entry("", notes=(IMAGE,)) if _PICTURE_FORMULA.fullmatch(entry.text) else entry


def _find_string(book: Book, number: str, origin: str) -> str:
    place = read_int(number, -1)
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
