"""One line of a text dump and the marks of cells on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

INDENT = " \u3000"


class Line(NamedTuple):
    """One line and its 1-based number; a quoted cell makes one line of several."""

    number: int
    text: str
    joined: bool = False
    starts_row: bool = False

    @property
    def is_pipe(self) -> bool:
        """Whether the line is a row of a pipe table, with or without a pipe at either end."""
        bare = self.text.strip()
        return bare.count("|") > 1 and (bare[0] == "|" or bare[-1] == "|" or bare.count(" | ") > 1)

    @property
    def closes_cell(self) -> bool:
        """Whether the line ends with its only pipe: the mark of a cell in pipe tables torn apart at every cell."""
        bare = self.text.strip()
        return bare.endswith("|") and bare.count("|") == 1

    @property
    def parts_cells(self) -> bool:
        """Whether the only pipe on the line stands between two texts."""
        left, pipe, right = self.text.partition(" | ")
        return bool(pipe and left.strip() and right.strip()) and self.text.count("|") == 1

    @property
    def is_padding(self) -> bool:
        """Whether there is nothing but pipes: the blanks that fill up a row."""
        return set(self.text.strip()) == {"|"} and not self.closes_cell

    @property
    def has_tab(self) -> bool:
        """Whether a tab stands anywhere on it."""
        return "\t" in self.text

    @property
    def separates_cells(self) -> bool:
        """Whether a tab stands behind the first character: the mark of a row of a tab grid."""
        return "\t" in self.text.lstrip(INDENT)[1:]

    @property
    def opens_cell(self) -> bool:
        """Whether the line starts with its only tab: the mark of a cell in dumps of one cell a line."""
        return self.has_tab and not self.separates_cells


def find_end(lines: Sequence[Line], start: int, belongs: Callable[[Line], bool]) -> int:
    """Return the place of the first line from ``start`` on that does not belong, or the number of lines."""
    return next((place for place in range(start, len(lines)) if not belongs(lines[place])), len(lines))
