"""Take from a PDF page what a reader sees: glyphs with their boxes, and ruling lines, turned upright.

page ──pypdfium2──▶ Page (whole hundredths of a point, x to the right, y downwards)
"""

from __future__ import annotations

from typing import Any, NamedTuple

from perflint.reading.container.pdf.font import FontCheck, LostText
from perflint.reading.container.pdf.geometry import Box, Rule, turn_box
from perflint.reading.container.pdf.glyphs import Glyph, drop_shadows, read_glyphs
from perflint.reading.container.pdf.rules import Stroke, list_strokes, sort_strokes

_DEPTH = 15  # forms inside forms


class Page(NamedTuple):
    """One page, turned so that its text reads from left to right.

    Attributes:
        across, down: Ruling lines.
        pictures: How many images it holds.
        clipped: How many characters the page holds but does not show, because they stand outside their frame.
        lost: Texts that it shows but that could not be read, for want of their font.
    """

    number: int
    box: Box
    glyphs: tuple[Glyph, ...]
    across: tuple[Rule, ...]
    down: tuple[Rule, ...]
    pictures: int
    clipped: int
    lost: tuple[LostText, ...] = ()


def read_page(library: Any, document: Any, number: int) -> Page:
    """Return page *number* (from 1) of an opened document; *library* is pypdfium2."""
    raw = library.raw
    page = _open_flattened(raw, document, number)
    try:
        glyphs, clipped, turn = read_glyphs(raw, page)
        strokes: list[Stroke] = []
        pictures = 0
        fonts = FontCheck(raw)
        for item in page.get_objects(max_depth=_DEPTH):
            if item.type == raw.FPDF_PAGEOBJ_PATH:
                strokes.extend(list_strokes(raw, item))
            elif item.type == raw.FPDF_PAGEOBJ_IMAGE:
                pictures += 1
            elif item.type == raw.FPDF_PAGEOBJ_TEXT:
                fonts.add(item)
        lost = fonts.list_lost(page)
        left, bottom, right, top = page.get_bbox()
    finally:
        page.close()
    across, down = sort_strokes(strokes, turn)
    box = turn_box(left, bottom, right, top, turn)
    return Page(number, box, drop_shadows(glyphs), across, down, pictures, clipped, lost)


def _open_flattened(raw: Any, document: Any, number: int) -> Any:
    """Open a page with its form fields and notes turned into text: they are shown, but stand beside the page."""
    page = document[number - 1]
    if raw.FPDFPage_GetAnnotCount(page) == 0:
        return page
    raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    page.close()
    return document[number - 1]
