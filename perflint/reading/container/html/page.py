"""Read HTML pages, also those saved as ``.xls`` or ``.doc``.

    html ──lxml──▶ Paragraph, Grid (a table inside a cell follows as a grid of its own)

Source: HTML Living Standard, 4.9.12 (forming a table) and 15.3 (what is rendered).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perflint.errors import Problem
from perflint.language import say
from perflint.reading.container.advice import save_anew, split_file, too_many_cells
from perflint.reading.container.contents import LIMITS, Contents, ReadingLimits, load_library, refuse, refuse_marks
from perflint.reading.container.html.style import apply_styles
from perflint.reading.container.html.table import build_table, is_layout
from perflint.reading.container.html.text import (
    BLOCKS,
    REPLACED,
    SKIPPED,
    fold_white,
    is_out_of_sight,
    keeps_space,
    read_inline,
    tidy,
)
from perflint.reading.container.sniff import decode
from perflint.reading.container.xml import Element
from perflint.reading.grid import Grid, Paragraph
from perflint.record import dataclass, field

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
_OPENED, _CLOSED = re.compile(r"<table[\s>]", re.IGNORECASE), re.compile(r"</table\s*>", re.IGNORECASE)
_LONG_TAG, _QUOTED = re.compile(r"<[A-Za-z][^<>]{4000,}"), re.compile(r"\"[^\"]*\"|'[^']*'")
_CELLS = (b"<td", b"<TD", b"<th>", b"<th ", b"<TH>", b"<TH ")
_MOST_ATTRIBUTES = 1000  # of one tag; the parser compares each with every other, where nothing can interrupt it
_HEAD = 4096
_UNSEEN = "（隐藏文字）"


def read_html(data: bytes, file: str, limits: ReadingLimits = LIMITS) -> Contents:
    """Read a page.

    Raises:
        DocumentError: Its encoding is unknown, it nests too deep, is a frame set, or over a limit.
    """
    page = _decode(data, file)
    root = parse_html(page, file)
    if next(root.iter("frameset"), None) is not None:
        message = say("网页由框架组成，表在别的文件里", "the page is a frame set: its tables are in other files")
        raise refuse(file, message, save_anew("xlsx"))
    apply_styles(root)
    reader = _Reader(file=file, limits=limits)
    blocks = tuple(reader.read(root, ""))
    unseen = say("网页里有看不见的文字，已读入并注明", "the page has text out of sight; it was read and is marked")
    notices = [Problem(message=unseen)] if reader.hidden else []
    return Contents(blocks, tuple(notices), cut=len(_OPENED.findall(page)) > len(_CLOSED.findall(page)))


def parse_html(text: str, file: str) -> Element:
    """Return the root of a page; an empty one gives an empty body.

    Raises:
        DocumentError: It nests too deep or is too large for the parser, which would drop the rest, or a tag has too
            many attributes.
    """
    for tag in _LONG_TAG.findall(text):
        count = len(_QUOTED.sub("", tag).split()) - 1
        if count > _MOST_ATTRIBUTES:
            message = say(
                f"网页里一个标记有 {count} 个属性，超过 {_MOST_ATTRIBUTES} 个",
                f"a tag of the page has {count} attributes, more than {_MOST_ATTRIBUTES}",
            )
            raise refuse(file, message, save_anew())
    lxml_html = load_library("lxml.html", file)
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    source = text.encode("utf-8", "replace")
    refuse_marks(source, say("网页", "the page"), file)
    if sum(map(source.count, _CELLS)) > LIMITS.cells:
        raise refuse(file, too_many_cells(LIMITS.cells), split_file())
    root = lxml_html.document_fromstring(source, parser=parser, ensure_head_body=True)
    fatal = [one for one in parser.error_log if one.level_name == "FATAL" or "DEPTH" in one.type_name.upper()]
    if fatal:
        said = fatal[0].message
        message = say(f"网页读不到末尾：{said}", f"the page cannot be read to its end: {said}")
        raise refuse(file, message, save_anew())
    return root


def _decode(data: bytes, file: str) -> str:
    """Decode by the bytes alone: pages lie about their encoding, and no GB text of any length is valid UTF-8."""
    decoded = decode(data)
    if decoded is None:
        declared = _CHARSET.search(data[:_HEAD])
        name = declared[1].decode("ascii") if declared else say("没有写明", "none named")
        message = say(f"网页的编码不对（{name}）", f"the page is not in its encoding ({name})")
        raise refuse(file, message, say("另存为 UTF-8", "save it as UTF-8"))
    return decoded.text


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Walks a page in document order: runs of inline text become paragraphs, tables become grids."""

    file: str
    limits: ReadingLimits
    tables: int = 0
    cells: int = 0
    hidden: int = 0
    _pending: list[str] = field(default_factory=list)
    _line: int | None = None

    def read(self, element: Element, place: str) -> Iterator[Grid | Paragraph]:
        yield from self._walk(element, place, preserved=False)
        yield from self._finish(place)

    def _walk(self, element: Element, place: str, *, preserved: bool) -> Iterator[Grid | Paragraph]:
        self._take(fold_white(element.text, preserved=preserved), element)
        for child in element:
            yield from self._visit(child, place, preserved=preserved)
            self._take(fold_white(child.tail, preserved=preserved), child)

    def _visit(self, child: Element, place: str, *, preserved: bool) -> Iterator[Grid | Paragraph]:
        tag = child.tag if isinstance(child.tag, str) else ""
        if not tag or tag in SKIPPED:
            return
        preserved = preserved or keeps_space(child)
        if tag in REPLACED:
            self._take(read_inline(child), child)
        elif tag == "table" and not is_layout(child):
            yield from self._finish(place)
            yield from self._read_table(child, place)
        elif tag in BLOCKS or tag == "table":
            yield from self._finish(place)
            yield from self._walk(child, self._mark_hidden(child, place), preserved=preserved)
            yield from self._finish(self._mark_hidden(child, place))
        else:
            yield from self._walk(child, place, preserved=preserved)

    def _mark_hidden(self, element: Element, place: str) -> str:
        if _UNSEEN in place or not is_out_of_sight(element):
            return place
        return f"{place or f'第{element.sourceline}行'}{_UNSEEN}"

    def _take(self, text: str, element: Element) -> None:
        if self._line is None and text.strip():
            self._line = element.sourceline
        self._pending.append(text)

    def _finish(self, place: str) -> Iterator[Paragraph]:
        text = tidy("".join(self._pending))
        line, self._line = self._line, None
        self._pending.clear()
        if text.strip():
            self.hidden += _UNSEEN in place
            yield Paragraph(text=text, origin=place or f"第{line}行")

    def _read_table(self, table: Element, place: str) -> Iterator[Grid | Paragraph]:
        nested = "内 表" in place
        self.tables += not nested
        origin = place if nested else f"表{self.tables}"
        unseen = _UNSEEN in place or is_out_of_sight(table)
        built = build_table(table, origin, self.file, self.limits, hidden=unseen)
        self.cells += built.grid.rows * built.grid.columns
        if self.cells > self.limits.cells:
            raise refuse(self.file, too_many_cells(self.limits.cells), split_file())
        self.hidden += any(cell.hidden and cell.text.strip() for cell in built.grid.cells)
        for caption in built.outside:
            yield Paragraph(text=caption, origin=origin)
        if built.grid.cells:
            yield built.grid
        for number, (cell_origin, inner) in enumerate(built.nested, 1):
            yield from self._read_table(inner, f"{cell_origin}内 表{number}")
