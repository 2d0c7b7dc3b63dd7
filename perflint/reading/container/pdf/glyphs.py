"""Take the printed characters from a PDF page: what it shows, each where it stands, none twice."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from perflint.reading.container.pdf.geometry import Box, read_point, turn_box

_UNREADABLE = "\ufffd"
# Fonts of word processors name many characters by their radical. The Kangxi ones have a standard equivalent, these not.
RADICALS = dict(
    zip(
        map(ord, "⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳"),
        "母民虎西见角贝车長长门雨青韦页风飞食首马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)


class Glyph(NamedTuple):
    """A printed character and its box."""

    text: str
    box: Box


def _find_turn(raw: Any, textpage: Any) -> int:
    """Return by how many quarter turns most of the text is rotated to the left; the library counts to the right."""
    angles = Counter(
        -round(raw.FPDFText_GetCharAngle(textpage, place) / (math.pi / 2)) % 4
        for place in range(raw.FPDFText_CountChars(textpage))
        if not raw.FPDFText_IsGenerated(textpage, place)
    )
    return angles.most_common(1)[0][0] if angles else 0


def read_glyphs(raw: Any, page: Any) -> tuple[list[Glyph], int, int]:
    """Return the shown glyphs, how many are clipped away, and by how many quarter turns the text is rotated."""
    textpage = page.get_textpage()
    try:
        turn = _find_turn(raw, textpage)
        frames = _Frames(raw, textpage)
        shown: list[Glyph] = []
        clipped = 0
        for place, text, box in _list_characters(raw, textpage):
            if frames.shows(place, (box.left + box.right) / 2, (box.bottom + box.top) / 2):
                shown.append(Glyph(text, turn_box(box.left, box.bottom, box.right, box.top, turn)))
            else:
                clipped += not text.isspace()
        return shown, clipped, turn
    finally:
        textpage.close()


def _list_characters(raw: Any, textpage: Any) -> Iterator[tuple[int, str, Any]]:
    """Yield (index, character, box) of what the page prints; the library's own spaces and line ends left out."""
    box = raw.FS_RECTF()
    place, count = 0, raw.FPDFText_CountChars(textpage)
    while place < count:
        text, used = _read_character(raw, textpage, place)
        generated = raw.FPDFText_IsGenerated(textpage, place)
        if not generated and text not in "\r\n" and raw.FPDFText_GetLooseCharBox(textpage, place, ctypes.byref(box)):
            yield place, text, box
        place += used


def _read_character(raw: Any, textpage: Any, place: int) -> tuple[str, int]:
    """Return a character and how many units it takes: the library counts in UTF-16."""
    code = raw.FPDFText_GetUnicode(textpage, place)
    if 0xD800 <= code < 0xDC00:
        low = raw.FPDFText_GetUnicode(textpage, place + 1)
        if 0xDC00 <= low < 0xE000:
            return chr(0x10000 + ((code - 0xD800) << 10) + low - 0xDC00), 2
    if code == 0 or 0xD800 <= code < 0xE000:
        return _UNREADABLE, 1
    if 0x2E80 <= code < 0x2FE0:
        return unicodedata.normalize("NFKC", chr(code)).translate(RADICALS), 1
    return chr(code), 1


class _Frames:
    """The frames that text is clipped to: a sheet prints a text whole and shows what its cell has room for."""

    __slots__ = ("_known", "_raw", "_textpage")

    def __init__(self, raw: Any, textpage: Any) -> None:
        self._raw, self._textpage = raw, textpage
        self._known: dict[int, tuple[float, float, float, float] | None] = {}

    def shows(self, place: int, x: float, y: float) -> bool:
        """Whether the point of the character *place* is inside its frame."""
        item = self._raw.FPDFText_GetTextObject(self._textpage, place)
        address = ctypes.cast(item, ctypes.c_void_p).value or 0
        if address not in self._known:
            self._known[address] = self._read_frame(item)
        frame = self._known[address]
        return frame is None or (frame[0] <= x <= frame[2] and frame[1] <= y <= frame[3])

    def _read_frame(self, item: Any) -> tuple[float, float, float, float] | None:
        raw = self._raw
        clip = raw.FPDFPageObj_GetClipPath(item)
        frame: tuple[float, float, float, float] | None = None
        for path in range(max(raw.FPDFClipPath_CountPaths(clip), 0)):
            points = [
                read_point(raw, raw.FPDFClipPath_GetPathSegment(clip, path, place))
                for place in range(max(raw.FPDFClipPath_CountPathSegments(clip, path), 0))
            ]
            if points:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                box = (min(xs) - 1, min(ys) - 1, max(xs) + 1, max(ys) + 1)
                frame = box if frame is None else _intersect(frame, box)
        return frame


def _intersect(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def drop_shadows(glyphs: list[Glyph]) -> tuple[Glyph, ...]:
    """Drop a character printed twice at almost one place: that is how some programs print bold."""
    kept: list[Glyph] = []
    seen: dict[tuple[str, int, int], Box] = {}
    for glyph in glyphs:
        x, y = glyph.box.center
        slack = max(glyph.box.height // 8, 20)
        keys = [(glyph.text, x // 200 + dx, y // 200 + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        near = (seen[key] for key in keys if key in seen)
        if glyph.text.isspace() or not any(
            abs(box.center[0] - x) <= slack and abs(box.center[1] - y) <= slack for box in near
        ):
            kept.append(glyph)
            seen[glyph.text, x // 200, y // 200] = glyph.box
    return tuple(kept)
