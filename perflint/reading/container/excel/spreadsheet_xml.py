"""Read SpreadsheetML 2003: the XML that many systems export under the name ``.xls``.

    xml ──▶ Sheet ──▶ Grid

Source: Microsoft, XML Spreadsheet Reference (Office 2003).
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from perflint.errors import Problem
from perflint.language import say
from perflint.reading.container.advice import split_file, too_many_cells
from perflint.reading.container.contents import LIMITS, Contents, ReadingLimits, refuse
from perflint.reading.container.excel.format_code import GENERAL
from perflint.reading.container.excel.number_format import read_stored
from perflint.reading.container.excel.sheet import (
    Entry,
    Sheet,
    Span,
    build_sheet,
    notice_hidden,
    show_entry,
    show_text_entry,
)
from perflint.reading.container.xml import Element, local_name, parse_xml
from perflint.reading.grid import FORMULA_WITHOUT_VALUE, Grid, Paragraph

_NAMED_FORMATS = {
    "General Number": GENERAL, "General Date": "yyyy/m/d h:mm", "Long Date": 'yyyy"年"m"月"d"日"',
    "Medium Date": "d-mmm-yy", "Short Date": "yyyy/m/d", "Long Time": "h:mm:ss AM/PM", "Medium Time": "h:mm AM/PM",
    "Short Time": "h:mm", "Currency": '"¥"#,##0.00', "Euro Currency": '"€"#,##0.00', "Fixed": "0.00",
    "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00", "Yes/No": '"Yes";"Yes";"No"',
    "True/False": '"True";"True";"False"', "On/Off": '"On";"On";"Off"',
}  # fmt: skip
_DAY_ZERO = datetime(1899, 12, 30, tzinfo=UTC)
_MOST = 1_048_576


def read_spreadsheet_xml(data: bytes, file: str, limits: ReadingLimits = LIMITS) -> Contents:
    """Read an XML spreadsheet.

    Raises:
        DocumentError: Damaged, with a document type or entities, or over a limit.
    """
    root = parse_xml(data, say("电子表格", "the spreadsheet"), file)
    formats = _read_formats(root)
    blocks: list[Grid | Paragraph] = []
    notices: list[Problem] = []
    for worksheet in root.iterfind("{*}Worksheet"):
        visible = worksheet.findtext("{*}WorksheetOptions/{*}Visible") or ""
        sheet = Sheet(name=_read(worksheet, "Name"), hidden=visible in ("SheetHidden", "SheetVeryHidden"))
        for table in worksheet.iterfind("{*}Table"):
            _read_table(table, sheet, formats, file, limits)
        blocks += build_sheet(sheet, file, limits)
        notices += notice_hidden(sheet)
    return Contents(tuple(blocks), tuple(notices))


def _read(element: Element, name: str) -> str:
    """Return the attribute *name*, which this format writes with or without its prefix."""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _read_int(element: Element, name: str, otherwise: int) -> int:
    text = _read(element, name)
    return min(int(text), _MOST) if text.isdecimal() and len(text) < 10 else otherwise


def _read_formats(root: Element) -> dict[str, str]:
    formats: dict[str, str] = {}
    for style in root.iterfind("{*}Styles/{*}Style"):
        number = style.find("{*}NumberFormat")
        own = _read(number, "Format") if number is not None else ""
        inherited = formats.get(_read(style, "Parent"), GENERAL)
        formats[_read(style, "ID")] = _NAMED_FORMATS.get(own, own) or inherited
    return formats


def _read_table(table: Element, sheet: Sheet, formats: dict[str, str], file: str, limits: ReadingLimits) -> None:
    column = 0
    for element in table.iterfind("{*}Column"):
        column = _read_int(element, "Index", column + 1)
        last = min(column + _read_int(element, "Span", 0), _MOST)
        if _read(element, "Hidden") == "1":
            sheet.hidden_columns.update(range(column - 1, last))
        column = last
    row = 0
    for element in table.iterfind("{*}Row"):
        row = _read_int(element, "Index", row + 1)
        last = min(row + _read_int(element, "Span", 0), _MOST)
        if _read(element, "Hidden") == "1":
            sheet.hidden_rows.update(range(row - 1, last))
        _read_row(element, row - 1, sheet, formats)
        if len(sheet.entries) + len(sheet.merges) > limits.cells:
            raise refuse(file, too_many_cells(limits.cells), split_file())
        row = last


def _read_row(row: Element, number: int, sheet: Sheet, formats: dict[str, str]) -> None:
    style = _read(row, "StyleID")
    column = 0
    for cell in row.iterfind("{*}Cell"):
        column = _read_int(cell, "Index", column + 1)
        across, down = _read_int(cell, "MergeAcross", 0), _read_int(cell, "MergeDown", 0)
        if across or down:
            sheet.merges.append(Span(number, column - 1, number + down, column - 1 + across))
        entry = _read_entry(cell, formats.get(_read(cell, "StyleID") or style, GENERAL))
        if entry.text or entry.notes:
            sheet.entries[number, column - 1] = entry
        column += across


def _read_entry(cell: Element, code: str) -> Entry:
    data = cell.find("{*}Data")
    text = "" if data is None else _read_text(data)
    if not text:
        pending = bool(_read(cell, "Formula")) and data is None
        return Entry("", notes=(FORMULA_WITHOUT_VALUE,) if pending else ())
    kind = _read(data, "Type")
    if kind == "Boolean":
        return Entry("TRUE" if text == "1" else "FALSE")
    if kind == "Error":
        return Entry(text, notes=("error_value",))
    value = read_stored(text) if kind == "Number" else _read_day(text) if kind == "DateTime" else None
    if value is None:
        return show_text_entry(text, code)
    return show_entry(value, code, since_1904=False)


def _read_text(data: Element) -> str:
    """Return the text of a cell; formatted pieces are HTML elements inside it."""
    pieces = [data.text or ""]
    for child in data.iter():
        if child is data:
            continue
        pieces.append("\n" if local_name(child).lower() == "br" else "")
        pieces += [child.text or "" if local_name(child) else "", child.tail or ""]
    return "".join(pieces).replace("\r\n", "\n")


def _read_day(text: str) -> Decimal | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    passed = moment.replace(tzinfo=UTC) - _DAY_ZERO
    return Decimal(passed.days) + Decimal(passed.seconds) / 86_400
