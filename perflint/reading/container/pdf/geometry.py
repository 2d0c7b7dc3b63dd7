"""Boxes, lines and points of a page, turned so that its text reads from left to right.

Points of the page, y upwards ──turn_box──▶ hundredths of a point, y downwards
"""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple


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


class Rule(NamedTuple):
    """A straight line along an axis: where it stands on the other axis, and from where to where it runs."""

    place: int
    start: int
    end: int


def read_point(raw: Any, segment: Any) -> tuple[float, float]:
    """Return where a segment of a path ends, in points of the page."""
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
    return x.value, y.value


def turn_box(x0: float, y0: float, x1: float, y1: float, turn: int) -> Box:
    """Return the box of two opposite corners after *turn* quarter turns."""
    first, second = _turn_point(x0, y0, turn), _turn_point(x1, y1, turn)
    left, right = sorted((first[0], second[0]))
    top, bottom = sorted((first[1], second[1]))
    return Box(left, top, right, bottom)


def _turn_point(x: float, y: float, turn: int) -> tuple[int, int]:
    u, v = ((x, -y), (y, x), (-x, y), (-y, -x))[turn]
    return round(u * 100), round(v * 100)
