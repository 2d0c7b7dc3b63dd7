"""What stands on one page: parts of tables with the shape of their cells at both ends, and paragraphs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from perflint.reading.container.pdf.geometry import Box
from perflint.reading.container.pdf.text import TextLine
from perflint.reading.grid import Grid, Paragraph
from perflint.record import dataclass, field

HEADER_ROWS = 6  # at most as many repeated


class Shape(NamedTuple):
    """How a cell is printed: its box, its first and last line (None when blank), the width its text had."""

    box: Box
    first: TextLine | None
    last: TextLine | None
    width: int

    @property
    def middle(self) -> int:
        """How far the middle of the text stands below the top of the cell."""
        if self.first is None or self.last is None:
            return 0
        return (self.first.box.top + self.last.box.bottom) // 2 - self.box.top


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The piece of a table that stands on one page.

    Attributes:
        edges: Of its columns, in hundredths of a point.
        starts: (row, column) of a cell in the first rows → its shape.
        ends: Column of a cell that reaches the last row → its shape.
    """

    grid: Grid
    page: int
    edges: tuple[int, ...]
    starts: Mapping[tuple[int, int], Shape] = field(default_factory=dict)
    ends: Mapping[int, Shape] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageItems:
    """What stands on one page from top to bottom; page numbers and running titles apart."""

    items: tuple[Part | Paragraph, ...]
    furniture: tuple[Paragraph, ...]
