"""Pages on which no lines are drawn: their lines as text, each piece as far right as on paper.

Page ──set_lines──▶ Paragraph …, which ``layout.aligned`` reads as it does text in columns
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import median_low

from perflint.reading.container.pdf.furniture import Running, is_furniture
from perflint.reading.container.pdf.glyphs import Glyph
from perflint.reading.container.pdf.items import measure_body
from perflint.reading.container.pdf.page import Page
from perflint.reading.container.pdf.part import PageItems
from perflint.reading.container.pdf.text import TextLine, build_lines, build_paragraphs, is_wide
from perflint.reading.grid import Paragraph

_GAP = 90  # percent of the height that parts two cells
_FARTHEST = 1000  # columns of a page
_FEWEST = 2  # blanks between two cells
_WORD_GAP = 30  # percent of the height that parts two Latin words


def set_lines(page: Page, running: Running) -> PageItems:
    """Return the lines of a page from top to bottom, blanks in proportion to what is blank on paper.

    Lines of one piece that fill the page from side to side are one paragraph.
    """
    furniture: list[Paragraph] = []
    lines: list[TextLine] = []
    for line in build_lines(page.glyphs):
        if is_furniture(line, page, running):
            furniture.append(Paragraph(text=line.text, origin=f"第{page.number}页 页边"))
        else:
            lines.append(line)
    body, unit = measure_body([line.box for line in lines], page.box), _measure_unit(page.glyphs)
    numbers = {line.box.top: number for number, line in enumerate(lines, 1)}
    items: list[Paragraph] = []
    whole = {line: len(list(list_pieces(line.glyphs))) == 1 for line in lines}
    farthest = 0 if all(whole.values()) else _FARTHEST  # prose has no columns to keep
    for single, run in groupby(lines, key=whole.__getitem__):
        group = list(run)
        texts = build_paragraphs(group, body) if single else [(_set_line(one, unit), one.box) for one in group]
        for text, box in texts:
            indent = " " * min(max((box.left - page.box.left) // unit, 0), farthest)
            items.append(Paragraph(text=indent + text, origin=f"第{page.number}页 第{numbers[box.top]}行"))
    return PageItems(items=tuple(items), furniture=tuple(furniture))


def _measure_unit(glyphs: Sequence[Glyph]) -> int:
    """Return how wide half a Chinese character is, as most are printed on the page."""
    widths = [glyph.box.right - glyph.box.left for glyph in glyphs if is_wide(glyph.text)]
    return max(median_low(widths) // 2 if widths else 0, 100)


def _set_line(line: TextLine, unit: int) -> str:
    """Return the pieces of a line, at least two blanks between them, from its first one on."""
    text = ""
    for piece in list_pieces(line.glyphs):
        start = min((piece[0].box.left - line.box.left) // unit, _FARTHEST)
        text += " " * (max(start - _measure_wide(text), _FEWEST) if text else 0) + "".join(_spell(piece))
    return text


def list_pieces(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the glyphs of a line in pieces, a wide blank between them."""
    piece: list[Glyph] = []
    for glyph in glyphs:
        if piece and (glyph.box.left - piece[-1].box.right) * 100 > _GAP * max(glyph.box.height, piece[-1].box.height):
            yield piece
            piece = []
        piece.append(glyph)
    if piece:
        yield piece


def _spell(piece: Sequence[Glyph]) -> Iterator[str]:
    """Yield the characters of a piece, with a blank where one is left between Latin words."""
    for before, glyph in zip((None, *piece), piece, strict=False):
        if before is not None and not (is_wide(before.text) or is_wide(glyph.text)):
            gap = glyph.box.left - before.box.right
            if gap * 100 > _WORD_GAP * max(before.box.height, glyph.box.height):
                yield " "
        yield glyph.text


def _measure_wide(text: str) -> int:
    """Return the width of a text where a Chinese character takes two columns."""
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)
