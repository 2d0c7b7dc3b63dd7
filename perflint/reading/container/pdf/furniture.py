"""Page numbers and running titles: what stands in the margins of pages and belongs to no table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perflint.reading.container.pdf.geometry import Box
from perflint.reading.container.pdf.page import Page
from perflint.reading.container.pdf.text import TextLine, build_lines

_PAGE_NUMBER = re.compile(
    r"[\s\-—–·~～]*第?\s*(?:\d{1,4}|[ivxIVX]{1,5})\s*页?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[\s\-—–·~～]*"
)
_NUMBER_BAND, _TITLE_BAND = 10, 6  # percent of the page's height where page numbers and running titles stand
_SAME_PLACE = 300
Running = frozenset[tuple[str, int]]


def find_running_titles(pages: Sequence[Page]) -> Running:
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


def is_furniture(line: TextLine, page: Page, running: Running) -> bool:
    """Tell whether a line is a page number or a running title."""
    if _in_band(line.box, page.box, _NUMBER_BAND) and _PAGE_NUMBER.fullmatch(line.text):
        return True
    return _in_band(line.box, page.box, _TITLE_BAND) and _identify(line, page) in running
