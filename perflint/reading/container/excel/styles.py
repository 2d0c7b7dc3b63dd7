"""What the styles of a workbook say: number formats, and fonts that strike through.

Source: ECMA-376 part 1, 18.8.
"""

from __future__ import annotations

from perflint.reading.container.archive import Archive
from perflint.reading.container.excel.format_code import GENERAL, find_format
from perflint.reading.container.excel.parts import find_part, is_struck, read_int, unescape


def read_formats(archive: Archive, main: str) -> list[str]:
    """Return the format code of each cell style, by its number."""
    part = find_part(archive, main, "styles")
    if part is None:
        return []
    root = archive.parse(part)
    custom = {
        read_int(one.get("numFmtId"), -1): unescape(one.get("formatCode", GENERAL))
        for one in root.iterfind("{*}numFmts/{*}numFmt")
    }
    return [find_format(read_int(one.get("numFmtId"), 0), custom) for one in root.iterfind("{*}cellXfs/{*}xf")]


def find_struck_styles(archive: Archive, main: str) -> frozenset[int]:
    """Return the numbers of the cell styles whose font is struck through."""
    part = find_part(archive, main, "styles")
    if part is None:
        return frozenset()
    root = archive.parse(part)
    fonts = {at for at, font in enumerate(root.iterfind("{*}fonts/{*}font")) if is_struck(font)}
    styles = root.iterfind("{*}cellXfs/{*}xf")
    return frozenset(at for at, style in enumerate(styles) if read_int(style.get("fontId"), 0) in fonts)
