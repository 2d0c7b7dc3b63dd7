"""Print a table as the text layer of a PDF does: columns one under another, cells broken over lines, no rules."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

LEFT = 2
GAP = 2


class Printed(NamedTuple):
    """A cell: its first row, how many it covers, its column, its text."""

    row: int
    rows: int
    column: int
    text: str


def measure(text: str) -> int:
    """Return how wide a text is on paper, in halves of a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of a cell; figures and Latin words stay whole."""
    words: list[str] = []
    for one in text:
        if words and one.isascii() and words[-1].isascii():
            words[-1] += one
        else:
            words.append(one)
    lines = [""]
    for word in words:
        if lines[-1] and measure(lines[-1] + word) > width:
            lines.append("")
        lines[-1] += word
    return lines


def print_cells(cells: Sequence[Printed], widths: Sequence[int], *, centered: bool, count: Callable[[str], int]) -> str:
    """Return the page; *count* is how many columns of the page a text takes, by the program that wrote it."""
    lines = [wrap(cell.text, widths[cell.column]) for cell in cells]
    heights = [1] * max(cell.row + cell.rows for cell in cells)
    for rows_covered in (1, 0):
        for cell, text in zip(cells, lines, strict=True):
            if (cell.rows == 1) == bool(rows_covered):
                missing = len(text) - sum(heights[cell.row : cell.row + cell.rows])
                heights[cell.row + cell.rows - 1] += max(0, missing)
    tops = [2 * sum(heights[:row]) for row in range(len(heights) + 1)]
    lefts = [LEFT + sum(widths[:column]) + GAP * column for column in range(len(widths))]
    page: dict[int, list[tuple[int, str]]] = {}
    for cell, text in zip(cells, lines, strict=True):
        room = tops[cell.row + cell.rows] - tops[cell.row]
        first = tops[cell.row] + ((room - 2 * len(text)) // 2 if centered else 0)
        for number, line in enumerate(text):
            page.setdefault(first + 2 * number, []).append((lefts[cell.column], line))
    return "\n".join(_print_line(sorted(page[at]), count) for at in sorted(page))


def _print_line(pieces: Sequence[tuple[int, str]], count: Callable[[str], int]) -> str:
    line = ""
    for left, text in pieces:
        line += " " * max(left - count(line), GAP if line else 0) + text
    return line


def merge_levels(head: Sequence[str], rows: Sequence[Sequence[str]], context: str) -> list[Printed]:
    """Return the cells of a list whose first two columns are levels, with a word beside it all unless it is blank."""
    left = 1 if context else 0
    cells = [Printed(0, 1, column, text) for column, text in enumerate(head, left)]
    cells += [Printed(0, len(rows) + 1, 0, context)] * left
    for level in (0, 1):
        start = 0
        while start < len(rows):
            same = [row[: level + 1] == rows[start][: level + 1] for row in rows[start:]]
            length = same.index(False) if False in same else len(same)
            cells.append(Printed(start + 1, length, level + left, rows[start][level]))
            start += length
    cells += [
        Printed(number, 1, column + left, text)
        for number, row in enumerate(rows, 1)
        for column, text in enumerate(row)
        if column > 1 and text
    ]
    return cells
