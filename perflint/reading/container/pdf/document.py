"""Read PDFs whose tables are drawn with ruling lines.

    pdf ──page──▶ glyphs, rules ──lattice──▶ Grid ──over page breaks──▶ Grid, Paragraph

Nothing is guessed from white space: without lines, or without a text layer, the file is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from perflint.errors import Problem
from perflint.language import quote, say
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
from perflint.reading.container.contents import LIMITS, Contents, ReadingLimits, check_extent, load_library, refuse
from perflint.reading.container.pdf.join import CUT, HEADER_ROWS, JOINED, REPEATED, PageItems, Part, Shape, join_pages
from perflint.reading.container.pdf.lattice import Lattice, find_lattices
from perflint.reading.container.pdf.page import Box, Glyph, Page, read_page
from perflint.reading.container.pdf.text import TextLine, build_lines, build_paragraphs, join_lines, measure_margin
from perflint.reading.grid import Cell, Grid, Paragraph

_PAGE_NUMBER = re.compile(
    r"[\s\-—–·~～]*第?\s*(?:\d{1,4}|[ivxIVX]{1,5})\s*页?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[\s\-—–·~～]*"
)
_NUMBER_BAND, _TITLE_BAND = 10, 6  # percent of the page's height where page numbers and running titles stand
_SAME_PLACE = 300
_UNREADABLE_SHARE = 5  # percent of characters without a meaning from which the file is refused
_MOST_RULES = 40_000
_Running = frozenset[tuple[str, int]]


def read_pdf(data: bytes, file: str, limits: ReadingLimits = LIMITS) -> Contents:
    """Read a PDF.

    Raises:
        DocumentError: Encrypted, damaged, no text layer, no ruling lines, fonts without meaning or not to be had, or
            over a limit.
    """
    pages = _read_pages(data, file, limits)
    _check_fonts(pages, file)
    _check_text(pages, file)
    lattices = [find_lattices(page.across, page.down) for page in pages]
    if not any(lattices):
        message = say(
            "没有画出表格线的表，分不清各列", "no table is drawn with ruling lines, so its columns cannot be told"
        )
        hint = say(
            "改用原来的 Word 或 Excel 文件，或加上边框再打印成 PDF",
            "use the Word or Excel file it was made from, or print that with borders",
        )
        raise refuse(file, message, hint)
    running = _find_running_titles(pages)
    items = [_read_items(page, found, running, file, limits) for page, found in zip(pages, lattices, strict=True)]
    blocks = tuple(join_pages(items))
    if sum(block.rows * block.columns for block in blocks if isinstance(block, Grid)) > limits.cells:
        raise refuse(file, too_many_cells(limits.cells), split_file())
    return Contents(blocks, tuple(_list_notices(pages, blocks)))


def _read_pages(data: bytes, file: str, limits: ReadingLimits) -> list[Page]:
    library = load_library("pypdfium2", file)
    try:
        document = library.PdfDocument(data)
    except library.PdfiumError as error:
        if "password" in str(error).lower():
            raise refuse(file, locked(), remove_password()) from error
        raise refuse(file, damaged(error), fetch_again()) from error
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
        raise refuse(file, message, _advise_fonts())


def _advise_fonts() -> str:
    return say(
        "安装一种中文字体再读（Debian、Ubuntu：apt install fonts-wqy-zenhei，或 fonts-noto-cjk），"
        "或用原来的 Word、Excel 文件",
        "install a Chinese font (Debian, Ubuntu: apt install fonts-wqy-zenhei, or fonts-noto-cjk) and read it again, "
        "or use the Word or Excel file it was made from",
    )


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


# Running titles and page numbers


def _find_running_titles(pages: Sequence[Page]) -> _Running:
    """Return what stands at one place of the outermost margins of two or more pages."""
    seen: dict[tuple[str, int], int] = {}
    for page in pages:
        marginal = [glyph for glyph in page.glyphs if _in_band(glyph.box, page.box, _TITLE_BAND)]
        for line in build_lines(marginal):
            seen[_identify(line, page)] = seen.get(_identify(line, page), 0) + 1
    return frozenset(key for key, count in seen.items() if count > 1)


def _identify(line: TextLine, page: Page) -> tuple[str, int]:
    return line.text, (line.box.center[1] - page.box.top) // _SAME_PLACE


def _in_band(box: Box, page: Box, percent: int) -> bool:
    reach = page.height * percent // 100
    return box.center[1] < page.top + reach or box.center[1] > page.bottom - reach


def _is_furniture(line: TextLine, page: Page, running: _Running) -> bool:
    if _in_band(line.box, page.box, _NUMBER_BAND) and _PAGE_NUMBER.fullmatch(line.text):
        return True
    return _in_band(line.box, page.box, _TITLE_BAND) and _identify(line, page) in running


# One page


def _read_items(
    page: Page, lattices: Sequence[Lattice], running: _Running, file: str, limits: ReadingLimits
) -> PageItems:
    owned, free = _share_out(page.glyphs, lattices)
    found: list[tuple[int, int, Part | Paragraph]] = []
    for number, lattice in enumerate(lattices, 1):
        origin = f"第{page.number}页 表{number}"
        check_extent(len(lattice.ys) - 1, len(lattice.xs) - 1, origin, file, limits)
        found.append((lattice.ys[0], number, _build_part(lattice, owned[number - 1], origin, page.number)))
    furniture: list[Paragraph] = []
    lines: list[TextLine] = []
    for line in build_lines(free):
        if _is_furniture(line, page, running):
            furniture.append(Paragraph(text=line.text, origin=f"第{page.number}页 页边"))
        else:
            lines.append(line)
    for text, box in _list_paragraphs(lines, page, lattices):
        found.append((box.center[1], 0, Paragraph(text=text, origin=f"第{page.number}页")))
    found.sort(key=lambda item: item[:2])
    return PageItems(items=tuple(item for _, _, item in found), furniture=tuple(furniture))


def _share_out(
    glyphs: Sequence[Glyph], lattices: Sequence[Lattice]
) -> tuple[list[dict[int, list[Glyph]]], list[Glyph]]:
    """Give each glyph to the innermost cell it stands in; return what is left over."""
    owned: list[dict[int, list[Glyph]]] = [{} for _ in lattices]
    inner_first = sorted(range(len(lattices)), key=lambda place: _measure(lattices[place].box))
    free: list[Glyph] = []
    for glyph in glyphs:
        for place in inner_first:
            cell = lattices[place].find_cell(*glyph.box.center)
            if cell >= 0:
                owned[place].setdefault(cell, []).append(glyph)
                break
        else:
            free.append(glyph)
    return owned, free


def _measure(box: Box) -> int:
    return (box.right - box.left) * box.height


def _list_paragraphs(lines: Sequence[TextLine], page: Page, lattices: Sequence[Lattice]) -> Iterator[tuple[str, Box]]:
    """Yield the paragraphs between tables: a table always ends one."""
    tops = sorted(lattice.ys[0] for lattice in lattices)
    body = _measure_body([*(line.box for line in lines), *(lattice.box for lattice in lattices)], page.box)
    groups: dict[int, list[TextLine]] = {}
    for line in lines:
        groups.setdefault(sum(top < line.box.center[1] for top in tops), []).append(line)
    for group in groups.values():
        yield from build_paragraphs(group, body)


def _measure_body(boxes: Sequence[Box], page: Box) -> Box:
    """Return the part of the page that is printed on; at least the middle two thirds of its width."""
    sixth = (page.right - page.left) // 6
    left = min((box.left for box in boxes), default=page.left)
    right = max((box.right for box in boxes), default=page.right)
    return Box(min(left, page.left + sixth), page.top, max(right, page.right - sixth), page.bottom)


def _build_part(lattice: Lattice, owned: dict[int, list[Glyph]], origin: str, page: int) -> Part:
    lines = {place: build_lines(glyphs) for place, glyphs in owned.items()}
    margin = measure_margin((lattice.cells[place].box, found) for place, found in lines.items())
    cells = []
    starts: dict[tuple[int, int], Shape] = {}
    ends: dict[int, Shape] = {}
    last = len(lattice.ys) - 1
    for place, cell in enumerate(lattice.cells):
        printed = lines.get(place, [])
        room = cell.box.right - cell.box.left - 2 * margin
        shape = Shape(cell.box, printed[0] if printed else None, printed[-1] if printed else None, room)
        if cell.row < HEADER_ROWS:
            starts[cell.row, cell.column] = shape
        if cell.row + cell.row_span == last:
            ends[cell.column] = shape
        cells.append(
            Cell(
                text=join_lines(printed, room),
                row=cell.row,
                column=cell.column,
                row_span=cell.row_span,
                column_span=cell.column_span,
                origin=f"{origin} 第{cell.row + 1}行第{cell.column + 1}列",
                notes=("text_overlaps",) if any(line.overlaps for line in printed) else (),
            )
        )
    grid = Grid(cells=tuple(cells), rows=last, columns=len(lattice.xs) - 1, origin=origin, notes=lattice.notes)
    return Part(grid=grid, page=page, edges=lattice.xs, starts=starts, ends=ends)


def _list_notices(pages: Sequence[Page], blocks: Sequence[Grid | Paragraph]) -> Iterator[Problem]:
    blank = [str(page.number) for page in pages if page.pictures and not page.glyphs]
    if blank:
        numbers = "、".join(blank)
        message = say(f"第 {numbers} 页只有图片，没有读", f"pages {numbers} hold only pictures and were not read")
        yield Problem(message=message, hint=use_text())
    doubtful = [(page.number, lost) for page in pages for lost in page.lost]
    for number, lost in doubtful:
        message = say(
            f"第{number}页有 {lost.texts} 处文字没有读出来：字体 {lost.font} 没有嵌入。若那里是空白，什么也没有丢",
            f"page {number}: {lost.texts} texts were not read, since their font {lost.font} is not embedded; nothing "
            "is lost if they are blank",
        )
        yield Problem(message=message, hint=_advise_fonts())
    clipped = sum(page.clipped for page in pages)
    if clipped:
        message = say(
            f"有 {clipped} 个字超出单元格，印不出来，没有读",
            f"{clipped} characters do not fit their cells, are not shown, and were not read",
        )
        yield Problem(message=message)
    for block in blocks:
        if isinstance(block, Grid) and any("text_overlaps" in cell.notes for cell in block.cells):
            message = say(
                f"{block.origin}里有文字重叠", f"in the table at {block.origin} texts are printed over each other"
            )
            yield Problem(message=message, hint=use_origin())
        if isinstance(block, Grid):
            yield from _list_cut(block)
        if isinstance(block, Grid) and JOINED in block.notes:
            yield Problem(message=_describe_joined(block))
        if isinstance(block, Grid) and "cell_not_rectangular" in block.notes:
            message = say(
                f"{block.origin}缺表格线，单元格可能分错",
                f"lines are missing in the table at {block.origin}; its cells may be cut wrongly",
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
