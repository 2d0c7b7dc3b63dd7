"""Find texts that a PDF prints in a font which it does not bring along and this machine does not have.

The library takes another font for it. Where that one lacks the characters, it measures them as nothing, and leaves out
without a word a text of one character: a unit, a sign, a number written in Chinese.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

# The library brings fonts along that have every character of these; what is blank in them is blank.
_BUILT_IN = ("Helvetica", "Arial", "Times", "Courier", "Symbol", "ZapfDingbats")
_NOTHING = 0.02  # points; what has no outline is measured as a hundredth


class LostText(NamedTuple):
    """Texts of one font that were left out.

    Attributes:
        font: Its name as the file gives it.
        texts: How many.
        proven: Characters of the font that were not left out have no outline, so it is missing. Without that, the
            texts may as well have been blank.
    """

    font: str
    texts: int
    proven: bool


class FontCheck:
    """Collects the texts that may be lost while the objects of a page are walked."""

    __slots__ = ("_raw", "_suspects")

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self._suspects: Counter[str] = Counter()

    def add(self, item: Any) -> None:
        """Take note of a text object."""
        font = self._raw.FPDFTextObj_GetFont(item.raw)
        if self._raw.FPDFFont_GetIsEmbedded(font) == 0:
            left, _, right, _ = item.get_bounds()
            name = self._name_font(font)
            if right - left < _NOTHING and not name.startswith(_BUILT_IN):
                self._suspects[name] += 1

    def list_lost(self, page: Any) -> tuple[LostText, ...]:
        """Return what is lost on the page, a line a font."""
        if not self._suspects:
            return ()
        missing = frozenset(self._list_missing(page))
        return tuple(LostText(font, texts, font in missing) for font, texts in self._suspects.items())

    def _list_missing(self, page: Any) -> Iterator[str]:
        """Yield the fonts, not embedded, of printed characters without an outline."""
        raw = self._raw
        textpage = page.get_textpage()
        try:
            for place in range(raw.FPDFText_CountChars(textpage)):
                blank = (
                    raw.FPDFText_IsGenerated(textpage, place) or chr(raw.FPDFText_GetUnicode(textpage, place)).isspace()
                )
                if not blank and self._measure_height(textpage, place) < _NOTHING:
                    font = raw.FPDFTextObj_GetFont(raw.FPDFText_GetTextObject(textpage, place))
                    if raw.FPDFFont_GetIsEmbedded(font) == 0:
                        yield self._name_font(font)
        finally:
            textpage.close()

    def _measure_height(self, textpage: Any, place: int) -> float:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        self._raw.FPDFText_GetCharBox(textpage, place, *(ctypes.byref(side) for side in (left, right, bottom, top)))
        return top.value - bottom.value

    def _name_font(self, font: Any) -> str:
        length = self._raw.FPDFFont_GetBaseFontName(font, None, 0)
        buffer = ctypes.create_string_buffer(length)
        self._raw.FPDFFont_GetBaseFontName(font, buffer, length)
        return buffer.value.decode("utf-8", "replace")
