"""Pipe tables in text: one row a line, drawn or not, or torn at every cell, or at some, as web pages saved as text are.

| 项目名称 | 河道保洁 |          项目名称 |                     | 项目名称 |
                              河道保洁 |                     河道保洁 | |||
                              |||||          ← blanks that fill up the row
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from math import gcd

from perflint.reading.container.text.line import Line, find_end

_RULE = frozenset("|:+=-")
_PIPE = re.compile(r"(?<!\\)\|")
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BARS = str.maketrans(dict.fromkeys("│┃║｜", "|"))
_FRAME = frozenset("─━═┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝ ")
_FEWEST_ROWS = 3  # of one width, with bars between their cells only
_FEWEST = 6  # torn cells that make a table
_NARROWEST = 3  # bars in each row of a torn table whose rows are known by their number
_MANY = 20  # cells from which rows are cut by what they hold, not by the blanks that happen to end them
_LONGEST = 4  # lines of one torn cell
_DOWNWARDS = 12  # characters of a word printed downwards
_FILLED = re.compile(r"\|\s*\|\s*$")  # a row that ends in blanks
_HEADING = re.compile(r"附[件表]\s*[0-9一二三四五六七八九十]*[：:]?|\S{4,60}(?:目标|自评|申报|审批|批复)表")


def mark_rows(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with pipes around the rows of tables that have bars between their cells only, or drawn ones.

    Some lines in a row with the same number of bars are such a table; a single one is prose.
    """
    marked = list(lines)
    position = 0
    while position < len(lines):
        end = find_end(lines, position, lambda line: _count_bars(line) > 1 or _is_drawn(line))
        marked[position:end] = _mark_run(lines[position:end])
        position = max(end, position + 1)
    return marked


def _mark_run(run: Sequence[Line]) -> Sequence[Line]:
    bars: dict[int, str] = {} if any("|" in line.text for line in run) else _BARS
    rows = [line.text.translate(bars).strip() for line in run if not _is_drawn(line)]
    if len(rows) < _FEWEST_ROWS or len({row.count("|") for row in rows}) > 1:
        return run
    left = "" if all(row.startswith("|") for row in rows) else "|"
    right = "" if all(row.endswith("|") for row in rows) else "|"
    return [
        line._replace(text="|-|" if _is_drawn(line) else f"{left}{line.text.translate(bars).strip()}{right}")
        for line in run
    ]


def _count_bars(line: Line) -> int:
    return 0 if line.has_tab or line.joined else line.text.translate(_BARS).count("|")


def _is_drawn(line: Line) -> bool:
    """Whether the line is one of a drawn frame: ├───┼───┤."""
    return bool(line.text.strip()) and set(line.text.strip()) <= _FRAME


def find_pipes_end(lines: Sequence[Line], start: int) -> int:
    """Return where the rows of a pipe table end that begins here; rows of two cells between others belong to it."""
    end = find_end(lines, start, lambda line: line.is_pipe or line.parts_cells)
    return next(at for at in range(end, start, -1) if lines[at - 1].is_pipe)


def split_pipes(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the cells of the rows of a pipe table, without its rules."""
    return [_split_row(line) for line in lines if not _is_rule(line.text)]


def _is_rule(text: str) -> bool:
    """Whether a row is nothing but the line under a header: |---|:-:|."""
    return "-" in text and all(character in _RULE or character.isspace() for character in text)


def _split_row(line: Line) -> list[Line]:
    pieces = _PIPE.split(line.text.strip().removeprefix("|"))
    if not pieces[-1].strip():
        pieces.pop()
    return [Line(line.number, _clean(piece)) for piece in pieces]


def _clean(piece: str) -> str:
    return _BREAK_TAG.sub("\n", piece.strip().replace("\\|", "|"))


def split_between(lines: Sequence[Line], start: int) -> tuple[int, list[list[Line]]]:
    """Return where lines end whose bars stand on lines of their own between two cells, and the rows if it is a table.

    Two texts without a bar between them are in two rows.
    """
    rows: list[list[Line]] = []
    at = start
    while (row := _take_between(lines, at)) is not None:
        rows.append([Line(lines[place].number, _clean(lines[place].text)) for place in range(at, row, 2)])
        at = row
    widths = Counter(len(row) for row in rows if len(row) >= _NARROWEST)
    opened = at < len(lines) and lines[at].text.strip() == "|"
    return at, [] if opened or max(widths.values(), default=0) < _FEWEST_ROWS else rows


def _take_between(lines: Sequence[Line], start: int) -> int | None:
    """Return the place after a row, cell and bar in turn, two cells at least; None when none begins here."""
    at = start
    while at + 2 < len(lines) and lines[at + 1].text.strip() == "|" and _is_cell(lines[at]) and _is_cell(lines[at + 2]):
        at += 2
    return at + 1 if at > start else None


def _is_cell(line: Line) -> bool:
    return bool(line.text.strip()) and "|" not in line.text


def find_torn_end(lines: Sequence[Line], start: int) -> int | None:
    """Return where a torn table that begins here ends, None when none does."""
    if not lines[start].closes_cell and not _closes_below(lines, start):
        return None
    end = start
    while end < len(lines) and (after := _find_next(lines, end)) is not None:
        end = after
    cells = sum(1 for line in lines[start:end] if line.closes_cell)
    return end if cells >= _FEWEST else None


def _closes_below(lines: Sequence[Line], start: int) -> bool:
    """Whether a cell stands here that the line below closes, as every cell of this table: each bar has its own line."""
    following = lines[start + 1 : start + 2 * _FEWEST]
    if not lines[start].text.strip() or "|" in lines[start].text or not following or following[0].text.strip() != "|":
        return False
    bars = [line.text.strip() for line in following if "|" in line.text]
    return len(bars) >= _FEWEST // 2 and set(bars) == {"|"}


def _find_next(lines: Sequence[Line], at: int) -> int | None:
    """Return the place after the next cell or padding; a cell may run over a few lines, a blank line may follow it.

    A heading above a cell is no part of it: another table begins.
    """
    at = at + 1 if not lines[at].text.strip() else at
    last = find_end(lines, at, lambda line: bool(line.text.strip()) and "|" not in line.text)
    if last == len(lines) or _is_long(lines[at:last]) or not (lines[last].closes_cell or lines[last].is_padding):
        return None
    if any(_HEADING.fullmatch(line.text.strip()) for line in lines[at:last]):
        return None
    return last + 1


def _is_long(lines: Sequence[Line]) -> bool:
    """Tell whether a cell has too many lines for one, those of a word printed downwards aside."""
    single = sum(len(line.text.strip()) == 1 for line in lines)
    return single > _DOWNWARDS or len(lines) - single >= _LONGEST


def split_torn(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the rows of a torn table where each has the same number of bars, its blanks among them.

    Where rows do not print their blanks they run together: then all cells are one row, and those that surely begin
    one are marked, which are not all that do.
    """
    rows = _cut_evenly(lines)
    if rows is not None:
        return rows
    rows = [[]]
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


def _cut_evenly(lines: Sequence[Line]) -> list[list[Line]] | None:
    """Return the rows if as many bars as one row has always end where a line does; None otherwise.

    Padding ends a row, so the number of bars up to any padding is a multiple of that of one row.
    """
    ends = list(accumulate(line.text.count("|") for line in lines))
    width = gcd(*(end for end, line in zip(ends, lines, strict=True) if line.is_padding))
    if width < _NARROWEST or len({end // width for end in ends}) <= _FEWEST_ROWS:
        return None
    return _cut_rows(lines, width)


def _cut_rows(lines: Sequence[Line], width: int) -> list[list[Line]] | None:
    """Return the rows of so many bars each, the last one maybe fewer; None when one does not end where a line does."""
    parts = _part_rows(lines, width)
    if parts is None:
        return None
    rows = [_split_pieces(part) for part in parts]
    opened = all(not row[0].text for row in rows)
    return [row[opened:] for row in rows]


def _part_rows(
    lines: Sequence[Line], width: int, opened: int = 0, *, longer: bool = False
) -> list[Sequence[Line]] | None:
    """Return the lines of each row, the last one maybe short; None when one does not end where a line does.

    Args:
        opened: how many bars of the first row are not among the lines.
        longer: whether a line of more bars than a row has is a row.
    """
    parts: list[Sequence[Line]] = []
    start, bars = 0, opened
    for place, line in enumerate(lines):
        bars += line.text.count("|")
        if bars > width and not (longer and start == place):
            return None
        if bars >= width or (bars and place == len(lines) - 1):
            parts.append(lines[start : place + 1])
            start, bars = place + 1, 0
    return parts


def join_ragged(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with rows of pipe tables in one again, where some run over several lines and others do not."""
    joined: list[Line] = []
    at = 0
    while at < len(lines):
        end = _find_ragged_end(lines, at)
        parts = _part_ragged(lines[at:end])
        joined += [_join_lines(part) for part in parts] if parts else lines[at : max(end, at + 1)]
        at = max(end, at + 1)
    return joined


def _find_ragged_end(lines: Sequence[Line], start: int) -> int:
    """Return the place after the last line with bars that belongs to the table that begins here, if one does."""
    end = at = start
    if not lines[start].is_pipe:
        return end
    while at < len(lines) and at - end < _LONGEST and lines[at].text.strip():
        if _HEADING.fullmatch(lines[at].text.strip()):
            break
        at += 1
        end = at if "|" in lines[at - 1].text else end
    return end


def _part_ragged(lines: Sequence[Line]) -> list[Sequence[Line]] | None:
    bars = Counter(line.text.count("|") for line in lines)
    width, times = max(bars.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    if times == len(lines):
        return None
    parts = _part_rows(lines, width, longer=True) if width >= _NARROWEST and times >= _FEWEST_ROWS else None
    return parts or _part_filled(lines)


def _part_filled(lines: Sequence[Line]) -> list[Sequence[Line]] | None:
    """Return the rows where the blanks that fill one up stand behind its last cell: 120 | |||.

    The bar that opens each row may have a line of its own; that of the first row is then not among the lines.
    """
    ends = list(accumulate(line.text.count("|") for line in lines))
    filled = [end for end, line in zip(ends, lines, strict=True) if _FILLED.search(line.text)]
    for opened in (0, 1):
        width = gcd(*(end + opened for end in filled))
        if width >= _NARROWEST and len({(end + opened) // width for end in ends}) > _FEWEST_ROWS:
            parts = _part_rows(lines, width, opened)
            if parts is not None and (not opened or all(part[0].text.strip() == "|" for part in parts[1:])):
                return parts
    return None


def _join_lines(lines: Sequence[Line]) -> Line:
    return lines[0]._replace(text="\n".join(line.text.strip() for line in lines)) if len(lines) > 1 else lines[0]


def _split_pieces(lines: Sequence[Line]) -> list[Line]:
    """Return the cells of one row that is torn over *lines*, each at the line where it begins."""
    cells: list[Line] = []
    texts: list[Line] = []
    for line in lines:
        if line.text.strip():
            texts.append(line)
        if "|" in line.text:
            text = "\n".join(one.text.strip() for one in texts)
            cells += [Line(texts[0].number, _clean(piece)) for piece in text.split("|")[:-1]]
            texts = []
    return cells
