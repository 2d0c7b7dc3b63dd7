"""A header whose words are broken over rows, a part of each word in a cell of its own: 一级 over 指标.

lines ──join_torn──▶ one line with the whole words, and how many rows it takes
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perflint.reading.form.template import Form
from perflint.reading.header.words import INDICATORS, fields_of, names_rows
from perflint.reading.line import Line, Slot
from perflint.record import replace

_DEEPEST = 4  # 一 / 级 / 指 / 标
_LONGEST_PART = 6  # characters of a part of a word
_FEWEST_WORDS = 2  # words that are broken


class Torn(NamedTuple):
    """A broken header: its words in one line, the rows it takes, and the cells beside the list."""

    line: Line
    height: int
    context: tuple[Slot, ...]


def join_torn(lines: Sequence[Line], start: int, form: Form) -> Torn | None:
    """Return the header that begins at a line if each cell is a part of a word of it; None when it is none.

    Every word must be known when whole, and some must say nothing or something else in parts.
    """
    joined = lines[start]
    beside = tuple(slot for slot in joined.slots if not slot.blank and (slot.covered or slot.height > _DEEPEST))
    keys = {slot.key for slot in beside}
    if any(len(slot.text) > _LONGEST_PART and slot.key not in keys for slot in joined.filled):
        return None
    joined = replace(joined, slots=tuple(slot for slot in joined.slots if slot.key not in keys))
    for height in range(2, _DEEPEST + 1):
        below = lines[start + height - 1] if start + height - 1 < len(lines) else None
        if below is None or below.grid != joined.grid or not below.filled:
            return None
        if any(len(slot.text) > _LONGEST_PART for slot in below.filled):
            return None
        slots = [_join(slot, below) for slot in joined.slots]
        broken = sum(1 for one, other in zip(slots, joined.slots, strict=True) if one is not other)
        if broken < len(below.filled) or broken < _FEWEST_WORDS:
            return None
        joined = replace(joined, slots=tuple(slots))
        if _is_header(joined, form):
            return Torn(joined, height, beside)
    return None


def _join(slot: Slot, below: Line) -> Slot:
    lower = below.at(slot.column)
    if lower is None or not lower.filled or lower.column != slot.column or lower.width != slot.width:
        return slot
    return replace(slot, text=slot.text.strip() + lower.text.strip(), covered=False)


def _is_header(line: Line, form: Form) -> bool:
    meanings = [fields_of(slot.text, INDICATORS, form) for slot in line.slots if slot.text.strip()]
    return all(meanings) and names_rows([fields[0] for fields in meanings])
