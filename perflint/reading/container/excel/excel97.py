"""Read Excel 97 workbooks (xls, et) to the same sheets as xlsx.

xls ──xlrd──▶ Sheet ──▶ Grid
"""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

from perflint.errors import Problem
from perflint.language import say
from perflint.reading.container.advice import cut_off, locked, remove_password
from perflint.reading.container.contents import LIMITS, Contents, ReadingLimits, check_extent, load_library, refuse
from perflint.reading.container.excel.format_code import GENERAL, find_format
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
from perflint.reading.grid import STRUCK, Grid, Paragraph

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_FIRST_CUSTOM = 50  # below, the library's names are those of an English system; from here on they are the file's own
_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5  # cell kinds of the library


def read_excel97(data: bytes, file: str, limits: ReadingLimits = LIMITS) -> Contents:
    """Read an xls or et.

    Raises:
        DocumentError: Damaged, encrypted, or over a limit.
    """
    xlrd = load_library("xlrd", file)
    try:
        # Its warnings go to a file of its own: nothing but the command line prints.
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        encrypted = "encrypt" in str(error).lower()
        hint = remove_password() if encrypted else _advise_repair()
        raise refuse(file, locked() if encrypted else cut_off(), hint) from error
    custom = {number: one.format_str or "" for number, one in book.format_map.items() if number >= _FIRST_CUSTOM}
    formats = [find_format(xf.format_key, custom) for xf in book.xf_list]
    struck = frozenset(at for at, xf in enumerate(book.xf_list) if book.font_list[xf.font_index].struck_out)
    blocks: list[Grid | Paragraph] = []
    notices: list[Problem] = []
    for source in book.sheets():
        check_extent(source.nrows, source.ncols, say(f"工作表 {source.name}", f"sheet {source.name}"), file, limits)
        sheet = _read_sheet(source, formats, struck, since_1904=book.datemode == 1)
        blocks += build_sheet(sheet, file, limits)
        notices += notice_hidden(sheet)
    return Contents(tuple(blocks), tuple(notices))


def _advise_repair() -> str:
    return say(
        "用 Excel 或 WPS 打开（会问要不要修复），另存为 xlsx；打不开就重新取一份",
        "open it in Excel or WPS, which offer to repair it, and save it as xlsx; if it does not open, fetch it again",
    )


def _read_sheet(source: Any, formats: list[str], struck: frozenset[int], *, since_1904: bool) -> Sheet:
    sheet = Sheet(name=source.name, hidden=source.visibility != 0)
    sheet.merges = [Span(top, left, bottom - 1, right - 1) for top, bottom, left, right in source.merged_cells]
    sheet.hidden_rows = {row for row, info in source.rowinfo_map.items() if info.hidden}
    sheet.hidden_columns = {column for column, info in source.colinfo_map.items() if info.hidden}
    show_zeros = bool(getattr(source, "show_zero_values", 1))
    for row in range(source.nrows):
        for column, cell in enumerate(source.row(row)):
            code = formats[cell.xf_index] if cell.xf_index is not None and cell.xf_index < len(formats) else GENERAL
            entry = _read_entry(cell, code, since_1904=since_1904, show_zeros=show_zeros)
            if entry.text and cell.xf_index in struck:
                entry = entry._replace(notes=(*entry.notes, STRUCK))
            if entry.text or entry.notes:
                sheet.entries[row, column] = entry
    return sheet


def _read_entry(cell: Any, code: str, *, since_1904: bool, show_zeros: bool) -> Entry:
    if cell.ctype == _TEXT:
        return show_text_entry(cell.value.replace("\r\n", "\n"), code)
    if cell.ctype in (_NUMBER, _DATE):
        value = read_stored(repr(cell.value))
        return show_entry(value or Decimal(0), code, since_1904=since_1904, show_zeros=show_zeros)
    if cell.ctype == _BOOLEAN:
        return Entry("TRUE" if cell.value else "FALSE")
    if cell.ctype == _ERROR:
        return Entry(_ERRORS.get(cell.value, "#N/A"), notes=("error_value",))
    return Entry("")
