"""Cells that could not be told apart, kept away from whoever reads lines: no label or row may take them for its own.

lines ──drop_untold──▶ lines without them
"""

from __future__ import annotations

from collections.abc import Iterable

from perflint.reading.layout.glued.build import UNTOLD
from perflint.reading.line import Line
from perflint.record import replace


def drop_untold(lines: Iterable[Line]) -> list[Line]:
    """Return the lines without such cells, and without those that print nothing else."""
    kept: list[Line] = []
    for line in lines:
        if not any(UNTOLD in slot.notes for slot in line.slots):
            kept.append(line)
            continue
        rest = tuple(slot for slot in line.slots if UNTOLD not in slot.notes)
        if any(slot.filled for slot in rest):
            kept.append(replace(line, slots=rest))
    return kept
