"""Take the ruling lines from a PDF page: straight pieces of visible paths, and thin filled bars."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from perflint.reading.container.pdf.geometry import Rule, read_point, turn_box

_THIN = 300  # a filled bar up to this thick is a ruling line, not a shaded cell
_WHITE = 245


class Stroke(NamedTuple):
    """A straight piece of a path, in points as the page counts them."""

    x0: float
    y0: float
    x1: float
    y1: float


def list_strokes(raw: Any, item: Any) -> Iterator[Stroke]:
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
                yield Stroke(x0, y0, x1, y1)
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
        point = matrix.on_point(*read_point(raw, segment))
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


def _shrink_bar(corners: list[tuple[float, float]]) -> Iterator[Stroke]:
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
    if (top - bottom) * 100 <= _THIN and right - left > top - bottom:
        yield Stroke(left, (top + bottom) / 2, right, (top + bottom) / 2)
    elif (right - left) * 100 <= _THIN:
        yield Stroke((left + right) / 2, bottom, (left + right) / 2, top)


def sort_strokes(strokes: list[Stroke], turn: int) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """Return the lines across and the lines down; slanting ones are no ruling lines."""
    across: list[Rule] = []
    down: list[Rule] = []
    for stroke in strokes:
        box = turn_box(stroke.x0, stroke.y0, stroke.x1, stroke.y1, turn)
        width, height = box.right - box.left, box.height
        if height <= 100 and width > height:
            across.append(Rule(box.center[1], box.left, box.right))
        elif width <= 100 and height > width:
            down.append(Rule(box.center[0], box.top, box.bottom))
    return tuple(across), tuple(down)
