"""The rows of an aligned table: a cell broken over lines stands in the middle of its row, or at the top.

lines of the columns that no merged cell covers ──cut_rows──▶ Row …, from which line to which

The cheapest cut by what is printed: a row has a name and a target, and a cell is broken only where its line was full.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from perflint.reading.cell import shapes
from perflint.reading.layout.aligned.fragment import Fragment, measure_wide

LeafLine = Mapping[int, Fragment]  # column → what stands in it on this line

_TALLEST = 8  # lines of a row
_BRIEF = frozenset({"comparator", "weight", "direction", "category"})  # fields whose cells take one line
_NAMELESS, _AIMLESS, _BRIEFLESS = 10, 5, 3
_BROKEN_EARLY, _SKIPPED, _BRIEF_BROKEN = 4, 3, 8
_OPEN, _TAIL = 6, 6
_WHOLE = -3
_SLACK = 3
_ALIKE = 2  # a share: in one of so many lines at least, so that each row has one
_SINGLE = "是否有无好优良中差高低"  # targets of one character
_BRACKETS = {"（": "）", "(": ")", "《": "》", "“": "”"}


class Row(NamedTuple):
    """The lines of one row: the first and the last."""

    top: int
    bottom: int


class Rows(NamedTuple):
    """The rows of a stretch."""

    rows: tuple[Row, ...]
    cost: int


def cut_rows(lines: Sequence[LeafLine], fields: Mapping[int, str]) -> tuple[Rows, Rows]:
    """Return the rows of lines, each with the fragments of the columns in *fields*, in both ways to print them."""
    return _cut(lines, fields, centered=True), _cut(lines, fields, centered=False)


def _cut(lines: Sequence[LeafLine], fields: Mapping[int, str], *, centered: bool) -> Rows:
    widths = {at: max((line[at].width for line in lines if at in line), default=0) for at in fields}
    steady = [at for at in fields if fields[at] in _BRIEF and sum(at in line for line in lines) * _ALIKE > len(lines)]
    best: list[tuple[int, int]] = [(0, 0)]
    for end in range(1, len(lines) + 1):
        ways = []
        for start in range(max(0, end - _TALLEST), end):
            cost = _weigh(lines[start:end], fields, widths, steady, centered=centered)
            ways.append((best[start][0] + cost, start))
        best.append(min(ways, key=lambda way: (way[0], -way[1])))
    rows = []
    end = len(lines)
    while end:
        start = best[end][1]
        rows.append(Row(start, end - 1))
        end = start
    return Rows(tuple(reversed(rows)), best[-1][0])


def _weigh(
    lines: Sequence[LeafLine],
    fields: Mapping[int, str],
    widths: Mapping[int, int],
    steady: Sequence[int],
    *,
    centered: bool,
) -> int:
    """Return the cost of taking some lines for one row, in halves of a line where it is off its place."""
    cost = 0
    named = valued = False
    for at, field in fields.items():
        held = [(number, line[at]) for number, line in enumerate(lines) if at in line]
        if not held:
            continue
        named, valued = named or field == "name", valued or field == "value"
        cost += _weigh_cell([one for _, one in held], field, widths[at])
        numbers = [number for number, _ in held]
        gaps = [lower - upper - 1 for upper, lower in pairwise(numbers)]
        cost += _SKIPPED * sum(max(0, gap - 1) if centered else gap for gap in gaps)
        cost += abs(numbers[0] + numbers[-1] - len(lines) + 1) if centered else 2 * numbers[0]
    cost += 0 if named else _NAMELESS
    cost += 0 if valued else _AIMLESS
    cost += _WHOLE if named and valued else 0
    return cost + _BRIEFLESS * sum(all(at not in line for line in lines) for at in steady)


def _weigh_cell(cell: Sequence[Fragment], field: str, width: int) -> int:
    cost = 0
    for upper, lower in pairwise(cell):
        if field in _BRIEF:
            cost += _BRIEF_BROKEN
        elif upper.width + min(_SLACK, lower.width) <= width and not _leaves_open(upper.text):
            cost += _BROKEN_EARLY
    text = "".join(one.text for one in cell)
    cost += _OPEN if _leaves_open(text) else 0
    return cost + (_TAIL if field == "value" and _is_tail(text) else 0)


def _leaves_open(text: str) -> bool:
    """Whether a bracket is not closed, or the text ends where none can end."""
    return any(text.count(one) > text.count(other) for one, other in _BRACKETS.items()) or text.endswith(
        ("，", "、", "及", "和", "≥", "≤")
    )


def _is_tail(text: str) -> bool:
    """Whether a target can only be the rest of another: its unit, 以上, 底前, a bracket that closes."""
    if text[0] in "）)》”，、%℃‰·/" or text.startswith(("以上", "以下", "以内", "以前", "底前", "日前", "月底")):
        return True
    if len(text) == 1 and not (text.isdecimal() or shapes.is_nothing(text) or text in _SINGLE):
        return True
    return shapes.is_unit(text) and not shapes.has_digit(text) and measure_wide(text) <= 2 * _SLACK and text != "无"
