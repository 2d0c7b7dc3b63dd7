"""What a person should know about the reading of a PDF: what was not read, joined or may be cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perflint.errors import Problem
from perflint.language import quote, say
from perflint.reading.container.advice import (
    use_origin,
    use_text,
)
from perflint.reading.container.pdf.join import REPEATED
from perflint.reading.container.pdf.page import Page
from perflint.reading.container.pdf.seam import CUT, JOINED
from perflint.reading.grid import Grid, Paragraph


def advise_fonts() -> str:
    """Return what to do about a font that the file does not bring along."""
    return say(
        "安装一种中文字体再读（Debian、Ubuntu：apt install fonts-wqy-zenhei，或 fonts-noto-cjk），"
        "或用原来的 Word、Excel 文件",
        "install a Chinese font (Debian, Ubuntu: apt install fonts-wqy-zenhei, or fonts-noto-cjk) and read it again, "
        "or use the Word or Excel file it was made from",
    )


def say_unruled() -> Problem:
    """Return what is said of a file without lines around its cells."""
    message = say(
        "没有画出表格线，各列是按文字的位置分的，可能分错",
        "no lines are drawn around the cells: columns are told by where the texts stand, and may be told wrongly",
    )
    hint = say(
        "对照原件；或改用原来的 Word、Excel 文件，或加上边框再打印成 PDF",
        "compare with the original, or use the Word or Excel file it was made from, or print that with borders",
    )
    return Problem(message=message, hint=hint)


def list_notices(pages: Sequence[Page], blocks: Sequence[Grid | Paragraph]) -> Iterator[Problem]:
    """Yield what is to be said, page by page, then table by table."""
    yield from _list_unread(pages)
    for block in blocks:
        if isinstance(block, Grid):
            yield from _list_of_table(block)


def _list_unread(pages: Sequence[Page]) -> Iterator[Problem]:
    """Yield what pages hold that was not read: pictures, texts without a font, characters out of sight."""
    blank = [str(page.number) for page in pages if page.pictures and not page.glyphs]
    if blank:
        numbers = say("、", ", ").join(blank)
        message = say(f"第 {numbers} 页只有图片，没有读", f"pages {numbers} hold only pictures and were not read")
        yield Problem(message=message, hint=use_text())
    doubtful = [(page.number, lost) for page in pages for lost in page.lost]
    for number, lost in doubtful:
        message = say(
            f"第{number}页有 {lost.texts} 处文字没有读出来：字体 {lost.font} 没有嵌入。若那里是空白，什么也没有丢",
            f"page {number}: {lost.texts} texts were not read, since their font {lost.font} is not embedded; nothing "
            "is lost if they are blank",
        )
        yield Problem(message=message, hint=advise_fonts())
    clipped = sum(page.clipped for page in pages)
    if clipped:
        message = say(
            f"有 {clipped} 个字超出单元格，印不出来，没有读",
            f"{clipped} characters do not fit their cells, are not shown, and were not read",
        )
        yield Problem(message=message)


def _list_of_table(grid: Grid) -> Iterator[Problem]:
    """Yield what is doubtful in a table, and whether it was joined."""
    if any("text_overlaps" in cell.notes for cell in grid.cells):
        message = say(f"{grid.origin}里有文字重叠", f"in the table at {grid.origin} texts are printed over each other")
        yield Problem(message=message, hint=use_origin())
    yield from _list_cut(grid)
    if JOINED in grid.notes:
        yield Problem(message=_describe_joined(grid))
    if "cell_not_rectangular" in grid.notes:
        message = say(
            f"{grid.origin}缺表格线，单元格可能分错",
            f"lines are missing in the table at {grid.origin}; its cells may be cut wrongly",
        )
        yield Problem(message=message, hint=use_origin())


def _list_cut(grid: Grid) -> Iterator[Problem]:
    """Yield the texts that may be the rest of one on the page before; ``pointer`` is their place in the file."""
    for cell in grid.cells:
        if CUT in cell.notes:
            shown = quote(cell.text)
            message = say(
                f"{cell.origin}的 {shown} 在换页处，可能是上一页那一格没有写完的文字",
                f"{shown} at {cell.origin} stands after a page break; it may be the rest of the cell above",
            )
            yield Problem(message=message, pointer=cell.origin, hint=use_origin())


def _describe_joined(grid: Grid) -> str:
    if REPEATED in grid.notes:
        return say(
            f"{grid.origin}跨页，已接成一张表，后页重复的表头不再读",
            f"the table at {grid.origin} was joined over page breaks; the header repeated on top of a page was left "
            "out",
        )
    return say(f"{grid.origin}跨页，已接成一张表", f"the table at {grid.origin} was joined over page breaks")
