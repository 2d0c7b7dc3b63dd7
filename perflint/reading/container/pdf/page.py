"""Take from a PDF page what a reader sees: glyphs with their boxes, and ruling lines, turned upright.

page ──pypdfium2──▶ Page (whole hundredths of a point, x to the right, y downwards)
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from perflint.reading.container.pdf.font import FontCheck, LostText

_DEPTH = 15  # forms inside forms
_THIN = 300  # a filled bar up to this thick is a ruling line, not a shaded cell
_WHITE = 245
_UNREADABLE = "\ufffd"
# Fonts of word processors name many characters by their radical. The Kangxi ones have a standard equivalent, these not.
RADICALS = dict(
    zip(
        map(ord, "⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳"),
        "母民虎西见角贝车長长门雨青韦页风飞食首马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)


class Box(NamedTuple):
    """A rectangle in hundredths of a point, y downwards."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def center(self) -> tuple[int, int]:
        """The middle, x then y."""
        return (self.left + self.right) // 2, (self.top + self.bottom) // 2

    @property
    def height(self) -> int:
        """How tall it is."""
        return self.bottom - self.top


class Glyph(NamedTuple):
    """A printed character and its box."""

    text: str
    box: Box


class Rule(NamedTuple):
    """A straight line along an axis: where it stands on the other axis, and from where to where it runs."""

    place: int
    start: int
    end: int


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


class _Stroke(NamedTuple):
    """A straight piece of a path, in points as the page counts them."""

    x0: float
    y0: float
    x1: float
    y1: float


def read_page(library: Any, document: Any, number: int) -> Page:
    """Return page *number* (from 1) of an opened document; *library* is pypdfium2."""
    raw = library.raw
    page = _open_flattened(raw, document, number)
    try:
        glyphs, clipped, turn = _read_glyphs(raw, page)
        strokes: list[_Stroke] = []
        pictures = 0
        fonts = FontCheck(raw)
        for item in page.get_objects(max_depth=_DEPTH):
            if item.type == raw.FPDF_PAGEOBJ_PATH:
                strokes.extend(_list_strokes(raw, item))
            elif item.type == raw.FPDF_PAGEOBJ_IMAGE:
                pictures += 1
            elif item.type == raw.FPDF_PAGEOBJ_TEXT:
                fonts.add(item)
        lost = fonts.list_lost(page)
        left, bottom, right, top = page.get_bbox()
    finally:
        page.close()
    across, down = _sort_strokes(strokes, turn)
    box = _turn_box(left, bottom, right, top, turn)
    return Page(number, box, _drop_shadows(glyphs), across, down, pictures, clipped, lost)


def _open_flattened(raw: Any, document: Any, number: int) -> Any:
    """Open a page with its form fields and notes turned into text: they are shown, but stand beside the page."""
    page = document[number - 1]
    if raw.FPDFPage_GetAnnotCount(page) == 0:
        return page
    raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    page.close()
    return document[number - 1]


# Glyphs


def _find_turn(raw: Any, textpage: Any) -> int:
    """Return by how many quarter turns most of the text is rotated to the left; the library counts to the right."""
    angles = Counter(
        -round(raw.FPDFText_GetCharAngle(textpage, place) / (math.pi / 2)) % 4
        for place in range(raw.FPDFText_CountChars(textpage))
        if not raw.FPDFText_IsGenerated(textpage, place)
    )
    return angles.most_common(1)[0][0] if angles else 0


def _read_glyphs(raw: Any, page: Any) -> tuple[list[Glyph], int, int]:
    """Return the shown glyphs, how many are clipped away, and by how many quarter turns the text is rotated."""
    textpage = page.get_textpage()
    try:
        turn = _find_turn(raw, textpage)
        frames = _Frames(raw, textpage)
        shown: list[Glyph] = []
        clipped = 0
        for place, text, box in _list_characters(raw, textpage):
            if frames.shows(place, (box.left + box.right) / 2, (box.bottom + box.top) / 2):
                shown.append(Glyph(text, _turn_box(box.left, box.bottom, box.right, box.top, turn)))
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
                _read_point(raw, raw.FPDFClipPath_GetPathSegment(clip, path, place))
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


def _read_point(raw: Any, segment: Any) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
    return x.value, y.value


def _turn_box(x0: float, y0: float, x1: float, y1: float, turn: int) -> Box:
    first, second = _turn_point(x0, y0, turn), _turn_point(x1, y1, turn)
    left, right = sorted((first[0], second[0]))
    top, bottom = sorted((first[1], second[1]))
    return Box(left, top, right, bottom)


def _turn_point(x: float, y: float, turn: int) -> tuple[int, int]:
    u, v = ((x, -y), (y, x), (-x, y), (-y, -x))[turn]
    return round(u * 100), round(v * 100)


def _drop_shadows(glyphs: list[Glyph]) -> tuple[Glyph, ...]:
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


# Ruling lines


def _list_strokes(raw: Any, item: Any) -> Iterator[_Stroke]:
    """Yield the straight pieces of a visible path; of a thin filled rectangle its long axis."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item.raw, ctypes.byref(fill), ctypes.byref(stroke))
    stroked = bool(stroke.value) and not _is_white(raw.FPDFPageObj_GetStrokeColor, item.raw)
    filled = bool(fill.value) and not _is_white(raw.FPDFPageObj_GetFillColor, item.raw)
    if not stroked and not filled:
        return
    matrix = _find_matrix(item)
    for corners in _list_outlines(raw, item.raw, matrix):
        if stroked:
            for (x0, y0), (x1, y1) in pairwise(corners):
                yield _Stroke(x0, y0, x1, y1)
        else:
            yield from _shrink_bar(corners)


def _is_white(read_color: Any, item: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not read_color(item, *(ctypes.byref(part) for part in (red, green, blue, alpha))):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= _WHITE


def _find_matrix(item: Any) -> Any:
    """Return what carries the item's own coordinates to the page, through the forms it stands in."""
    matrix = item.get_matrix()
    container = item.container
    while container is not None:
        matrix = matrix.multiply(container.get_matrix())
        container = container.container
    return matrix


def _list_outlines(raw: Any, path: Any, matrix: Any) -> Iterator[list[tuple[float, float]]]:
    """Yield the corner points of each outline; a curve ends one and starts the next."""
    corners: list[tuple[float, float]] = []
    for place in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, place)
        point = matrix.on_point(*_read_point(raw, segment))
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind != raw.FPDF_SEGMENT_LINETO and corners:
            yield corners
            corners = []
        corners.append(point)
        if raw.FPDFPathSegment_GetClose(segment) and len(corners) > 1:
            yield [*corners, corners[0]]
            corners = []
    if corners:
        yield corners


def _shrink_bar(corners: list[tuple[float, float]]) -> Iterator[_Stroke]:
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
    if (top - bottom) * 100 <= _THIN and right - left > top - bottom:
        yield _Stroke(left, (top + bottom) / 2, right, (top + bottom) / 2)
    elif (right - left) * 100 <= _THIN:
        yield _Stroke((left + right) / 2, bottom, (left + right) / 2, top)


def _sort_strokes(strokes: list[_Stroke], turn: int) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    across: list[Rule] = []
    down: list[Rule] = []
    for stroke in strokes:
        box = _turn_box(stroke.x0, stroke.y0, stroke.x1, stroke.y1, turn)
        width, height = box.right - box.left, box.height
        if height <= 100 and width > height:
            across.append(Rule(box.center[1], box.left, box.right))
        elif width <= 100 and height > width:
            down.append(Rule(box.center[0], box.top, box.bottom))
    return tuple(across), tuple(down)
