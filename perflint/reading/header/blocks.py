"""Indicators side by side under their first levels: 成本指标 | 产出指标 over pairs of 三级指标 and 指标值.

lines ──measure_blocks──▶ height of the header;  columns + cells above ──head_blocks──▶ columns that know their level
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from perflint.reading.form.levels import LevelWords
from perflint.reading.form.template import Form
from perflint.reading.header.column import Column
from perflint.reading.header.words import INDICATORS, fields_of
from perflint.reading.line import Line, Slot

_FEWEST = 2  # blocks side by side
_DEEPEST = 5  # rows of such a header, blank ones among them
_PAIR = frozenset({"name", "value"})


def measure_blocks(lines: Sequence[Line], start: int, form: Form) -> int | None:
    """Return how many lines the header takes that begins at a line, None when it is none of this kind."""
    rows = [at for at in range(start, min(start + _DEEPEST, len(lines))) if lines[at].filled]
    for above, below in pairwise(rows):
        if lines[below].grid != lines[start].grid:
            return None
        if _heads_pairs(lines[above], lines[below], form):
            return below + 1 - start
    return None


def hangs_below_levels(lines: Sequence[Line], start: int, form: Form) -> bool:
    """Tell whether a row is the lower one of such a header: alone it does not tell the levels."""
    above = next((lines[at] for at in range(start - 1, max(start - 1 - _FEWEST, -1), -1) if lines[at].filled), None)
    return above is not None and above.grid == lines[start].grid and _heads_pairs(above, lines[start], form)


def _heads_pairs(line: Line, below: Line, form: Form) -> bool:
    levels = sum(1 for slot in line.filled if form.level_words.is_first(slot.text))
    return levels >= _FEWEST and _count_pairs(below, form) >= levels


def _count_pairs(line: Line, form: Form) -> int:
    """Return how many blocks of a name and a value a row heads."""
    fields = [next(iter(fields_of(slot.text, INDICATORS, form)), "") for slot in line.filled]
    return min(fields.count(one) for one in _PAIR)


def head_blocks(
    columns: Sequence[Column], cells: Sequence[Sequence[tuple[int, int, Slot]]], words: LevelWords
) -> tuple[Column, ...]:
    """Return the columns with the first-level cell that stands over each."""
    levels = [one for row in cells for one in row if words.is_first(one[2].text)]
    return tuple(
        column._replace(
            level1=next((slot for begin, end, slot in levels if begin <= column.start and column.end <= end), None)
        )
        for column in columns
    )


def are_headed(columns: Sequence[Column]) -> bool:
    """Tell whether every name and value stands under a level, and no level begins over a value.

    Where blanks were cut or cells moved, nothing tells which level stands over which block.
    """
    seen: set[int] = set()
    for column in columns:
        if column.field in _PAIR and column.level1 is None:
            return False
        if column.level1 is not None and column.level1.key not in seen and column.field == "value":
            return False
        seen |= set() if column.level1 is None else {column.level1.key}
    return True
