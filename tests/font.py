"""A TrueType font for the PDFs of the tests, which embed it as real files embed theirs.

What a PDF reader makes of a font that is not embedded depends on the fonts of the machine; the tests must not.
"""

from __future__ import annotations

import io
import unicodedata
from functools import cache

NAME = "PerflintTest"
_EM = 1000
_WIDTHS = {"narrow": _EM // 2, "wide": _EM}
# What forms print: Latin, punctuation and signs, radicals, Chinese. A font file has no room for every character.
_PRINTED = ((0x20, 0x530), (0x2000, 0x2700), (0x2E80, 0x3100), (0x4E00, 0xA000), (0xFE30, 0xFFF0))


@cache
def register_font() -> str:
    """Make the font known to reportlab and return its name. Needs reportlab and fontTools."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont(NAME, io.BytesIO(build_font())))
    return NAME


def build_font() -> bytes:
    """Return a font that shows every character as a box: full-width ones an em wide, all others half an em."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    glyphs = {}
    for name, width in {".notdef": _EM, **_WIDTHS}.items():
        pen = TTGlyphPen(None)
        corners = [(100, 0), (100, 700), (width - 100, 700), (width - 100, 0)]
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
        glyphs[name] = pen.glyph()
    builder = FontBuilder(_EM, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    codes = (code for first, last in _PRINTED for code in range(first, last))
    builder.setupCharacterMap({code: _choose_glyph(chr(code)) for code in codes})
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (_WIDTHS.get(name, _EM), 100) for name in glyphs})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": NAME, "styleName": "Regular", "psName": NAME})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    file = io.BytesIO()
    builder.save(file)
    return file.getvalue()


def _choose_glyph(character: str) -> str:
    return "wide" if unicodedata.east_asian_width(character) in "WFA" else "narrow"
