"""Read workbooks (xlsx): every sheet as the grid it shows, numbers as their formats show them.

    xlsx ──archive──▶ sheet parts ──▶ Sheet ──▶ Grid

The XML is read directly: the usual library drops text under merged cells, turns East-Asian dates into serials,
refuses files with broken styles, and needs a second reading to tell a formula without a value.
Source: ECMA-376 part 1, 18.3 (worksheets), 18.4 (shared strings), 18.8 (styles).
"""

from __future__ import annotations

from collections.abc import Iterator

from perflint.errors import Problem
from perflint.language import say
from perflint.reading.container.archive import Archive
from perflint.reading.container.contents import LIMITS, Contents, ReadingLimits
from perflint.reading.container.excel.book import Book
from perflint.reading.container.excel.sheet import (
    Sheet,
    build_sheet,
    notice_hidden,
    show_places,
)
from perflint.reading.container.excel.strings import find_struck_strings, read_strings
from perflint.reading.container.excel.styles import find_struck_styles, read_formats
from perflint.reading.container.excel.worksheet import read_sheet
from perflint.reading.grid import Grid, Paragraph


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
    book = Book(
        archive=archive,
        limits=limits,
        strings=read_strings(archive, main),
        formats=read_formats(archive, main),
        struck_styles=find_struck_styles(archive, main),
        struck_strings=find_struck_strings(archive, main),
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
        read_sheet(book, relation.target, sheet)
        blocks += build_sheet(sheet, file, limits)
        book.notices += notice_hidden(sheet)
    return Contents(tuple(blocks), (*book.notices, *_notice_formulas(book.pending)))


def _notice_formulas(pending: list[str]) -> Iterator[Problem]:
    if pending:
        shown = show_places(pending)
        message = say(
            f"有 {len(pending)} 个公式没有存下结果，按空白读：{shown}",
            f"{len(pending)} formulas have no stored value and read as blank: {shown}",
        )
        hint = say("用 Excel 或 WPS 打开，算好后保存", "open the file in Excel or WPS, let it calculate, and save it")
        yield Problem(message=message, hint=hint)
