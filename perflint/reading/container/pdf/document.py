"""Read PDFs by the ruling lines of their tables.

    pdf ──page──▶ glyphs, rules ──lattice──▶ Grid ──over page breaks──▶ Grid, Paragraph

A file without such tables is read by where its texts stand, and that is said; one without a text layer is refused.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from perflint.language import say
from perflint.reading.container.advice import (
    damaged,
    fetch_again,
    locked,
    remove_password,
    split_file,
    too_many_cells,
    use_origin,
    use_text,
)
from perflint.reading.container.contents import LIMITS, Contents, ReadingLimits, load_library, refuse
from perflint.reading.container.pdf.columns import set_lines
from perflint.reading.container.pdf.furniture import find_running_titles
from perflint.reading.container.pdf.gutters import draw_gutters
from perflint.reading.container.pdf.items import read_items
from perflint.reading.container.pdf.join import join_pages
from perflint.reading.container.pdf.lattice import UNDRAWN, find_lattices
from perflint.reading.container.pdf.notices import advise_fonts, list_notices, say_unruled
from perflint.reading.container.pdf.page import Page, read_page
from perflint.reading.container.pdf.probe import is_bearable
from perflint.reading.grid import Grid

_UNREADABLE_SHARE = 5  # percent of characters without a meaning from which the file is refused
_MOST_RULES = 40_000


def read_pdf(data: bytes, file: str, limits: ReadingLimits = LIMITS) -> Contents:
    """Read a PDF.

    Raises:
        DocumentError: Encrypted, damaged, no text layer, fonts without meaning or not to be had, or over a limit.
    """
    pages = _read_pages(data, file, limits)
    _check_fonts(pages, file)
    _check_text(pages, file)
    lattices = [find_lattices(page.across, page.down) for page in pages]
    running = find_running_titles(pages)
    ruled = any(lattices)
    if not ruled:
        lattices = [
            [one._replace(notes=(*one.notes, UNDRAWN)) for one in find_lattices(page.across, down)]
            for page, down in zip(pages, draw_gutters(pages), strict=True)
        ]
    items = [
        read_items(page, found, running, file, limits) if ruled or found else set_lines(page, running)
        for page, found in zip(pages, lattices, strict=True)
    ]
    blocks = tuple(join_pages(items))
    if sum(block.rows * block.columns for block in blocks if isinstance(block, Grid)) > limits.cells:
        raise refuse(file, too_many_cells(limits.cells), split_file())
    notices = tuple(list_notices(pages, blocks))
    return Contents(blocks, notices if ruled else (*notices, say_unruled()))


def _read_pages(data: bytes, file: str, limits: ReadingLimits) -> list[Page]:
    library = load_library("pypdfium2", file)
    if not is_bearable(library, data, limits.pages):
        message = say(
            "打开它的页面要用太多时间或内存，已中止，没有读",
            "opening its pages takes too much time or memory: stopped, nothing was read",
        )
        raise refuse(file, message, use_origin())
    try:
        document = library.PdfDocument(data)
    except library.PdfiumError as error:
        if "password" in str(error).lower():
            raise refuse(file, locked(), remove_password()) from error
        raise refuse(file, damaged(_name_fault(error)), fetch_again()) from error
    try:
        if len(document) > limits.pages:
            message = say(
                f"文件有 {len(document)} 页，超过 {limits.pages} 页",
                f"the file has {len(document)} pages, more than {limits.pages}",
            )
            raise refuse(file, message, split_file())
        pages = []
        for number in range(1, len(document) + 1):
            page = read_page(library, document, number)
            if len(page.across) + len(page.down) > _MOST_RULES:
                message = say(
                    f"第{number}页有 {_MOST_RULES} 条以上的线：是图不是表",
                    f"page {number} has more than {_MOST_RULES} lines: it is a drawing",
                )
                raise refuse(file, message, use_origin())
            pages.append(page)
        return pages
    finally:
        document.close()


def _name_fault(error: Exception) -> str:
    """Say in words what PDFium tells by a number; a fault without one in the words of the library."""
    match getattr(error, "err_code", None):
        case 3:  # FPDF_ERR_FORMAT
            return say("不是完整的 PDF", "it is no complete PDF")
        case 5:  # FPDF_ERR_SECURITY
            return say("加密的方式不认识", "it is encrypted in an unknown way")
        case 6:  # FPDF_ERR_PAGE
            return say("找不到页面", "its pages cannot be found")
    return str(error)


def _check_fonts(pages: Sequence[Page], file: str) -> None:
    nothing = not any(page.glyphs for page in pages)
    fonts = dict.fromkeys(lost.font for page in pages for lost in page.lost if lost.proven or nothing)
    if fonts:
        names = say("、", ", ").join(fonts)
        message = say(
            f"文件用了没有嵌入的字体（{names}），本机也没有中文字体，有的字读不出来",
            f"the file uses fonts that it does not embed ({names}), this machine has no Chinese font in their place, "
            "and some characters cannot be read",
        )
        raise refuse(file, message, advise_fonts())


def _check_text(pages: Sequence[Page], file: str) -> None:
    texts = [glyph.text for page in pages for glyph in page.glyphs if not glyph.text.isspace()]
    if not texts:
        message = say("文件没有文字，每页都是图片", "the file has no text layer: its pages are pictures")
        raise refuse(file, message, use_text())
    unreadable = sum(text == "\ufffd" or unicodedata.category(text[0]) in ("Co", "Cc", "Cn") for text in texts)
    if unreadable * 100 > _UNREADABLE_SHARE * len(texts):
        message = say(
            f"{len(texts)} 个字里有 {unreadable} 个认不出：字体没有说明是什么字",
            f"{unreadable} of {len(texts)} characters have no meaning: the fonts do not say which they are",
        )
        raise refuse(file, message, use_text())
