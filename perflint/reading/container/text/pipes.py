"""Pipe tables in text: one row a line, or torn apart at every cell as web pages saved as text are.

| 项目名称 | 河道保洁 |          项目名称 |
                              河道保洁 |
                              |||||          ← blanks that fill up the row
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from perflint.reading.container.text.line import Line, find_end

_RULE = re.compile(r"[\s|:+=-]*-[\s|:+=-]*")
_PIPE = re.compile(r"(?<!\\)\|")
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_FEWEST = 6  # torn cells that make a table
_MANY = 20  # cells from which rows are cut by what they hold, not by the blanks that happen to end them
_LONGEST = 4  # lines of one torn cell


def split_pipes(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the cells of the rows of a pipe table, without its rules."""
    return [_split_row(line) for line in lines if not _RULE.fullmatch(line.text)]


def _split_row(line: Line) -> list[Line]:
    pieces = _PIPE.split(line.text.strip().removeprefix("|"))
    if not pieces[-1].strip():
        pieces.pop()
    return [Line(line.number, _clean(piece)) for piece in pieces]


def _clean(piece: str) -> str:
    return _BREAK_TAG.sub("\n", piece.strip().replace("\\|", "|"))


def find_torn_end(lines: Sequence[Line], start: int) -> int | None:
    """Return where a torn table that begins here ends, None when none does."""
    if not lines[start].closes_cell:
        return None
    end = start
    while end < len(lines) and (after := _find_next(lines, end)) is not None:
        end = after
    cells = sum(1 for line in lines[start:end] if line.closes_cell)
    return end if cells >= _FEWEST else None


def _find_next(lines: Sequence[Line], at: int) -> int | None:
    """Return the place after the next cell or padding; a cell may run over a few lines, a blank line may follow it."""
    at = at + 1 if not lines[at].text.strip() else at
    last = find_end(lines, at, lambda line: bool(line.text.strip()) and "|" not in line.text)
    if last == len(lines) or last - at >= _LONGEST or not (lines[last].closes_cell or lines[last].is_padding):
        return None
    return last + 1


def split_torn(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the cells of a torn table: one row of many cells, each that surely begins a row marked as such.

    Rows whose blanks are not printed run together, so the marks are not all the rows there are.
    """
    rows: list[list[Line]] = [[]]
    texts: list[Line] = []
    for line in lines:
        if line.is_padding:
            rows.append([])
        elif line.text.strip():
            texts.append(line)
            if line.closes_cell:
                text = "\n".join(one.text.strip().removesuffix("|").strip() for one in texts)
                rows[-1].append(Line(texts[0].number, _clean(text), starts_row=not rows[-1]))
                texts = []
    cells = [cell for row in rows for cell in row]
    return [cells] if len(cells) >= _MANY else [row for row in rows if row]
