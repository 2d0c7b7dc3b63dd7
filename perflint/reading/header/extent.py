"""Where a header reaches: how many lines it takes, and over which columns of the grid each of its cells stands.

lines ──measure──▶ height;  rows ──list_extents──▶ (begin, end, Slot) ──list_leaves──▶ one for each column
"""

from __future__ import annotations

from collections.abc import Sequence

from perflint.reading.cell.fold import fold
from perflint.reading.form.template import Form
from perflint.reading.header.words import (
    INDICATORS,
    fields_of,
    is_grade_word,
    is_group,
    names_place,
    read_section,
)
from perflint.reading.line import Line, Slot

_DEEPEST = 4
_LONGEST_TIME = 6  # characters of 实施期 and 年度 under the heading of targets
LONGEST = 12  # characters of a header cell that no form knows


def measure(lines: Sequence[Line], start: int, kind: str, form: Form, contexts: Sequence[Slot]) -> int:
    """Return how many lines the header that begins at a line takes."""
    line = lines[start]
    beside = {slot.key for slot in contexts}
    if line.spans_known:
        tall = [slot.height for slot in line.filled if slot.key not in beside and slot.height <= _DEEPEST]
        height = max(tall, default=1)
    else:
        height = 1
    while start + height < len(lines) and height < _DEEPEST and _continues(lines, start, height, kind, form):
        height += 1
    return height


def _continues(lines: Sequence[Line], start: int, height: int, kind: str, form: Form) -> bool:
    """Tell whether a line is one more row of the header: only header words, under a header of several columns."""
    above, line = lines[start + height - 1], lines[start + height]
    filled = line.filled
    if line.grid != above.grid or not filled or (line.slots and line.slots[0].filled and not line.spans_known):
        return False
    if not _is_under_row(filled, kind, form):
        return False
    parents = list_extents(lines[start : start + height + 1])[height - 1]
    wide = [(begin, end) for begin, end, slot in parents if end - begin > 1 and _may_be_split(slot, kind, form)]
    return all(any(begin <= slot.column < end for begin, end in wide) for slot in filled)


def _is_under_row(filled: Sequence[Slot], kind: str, form: Form) -> bool:
    """Tell whether a row holds header words only; with the levels in it one in three may be unknown."""
    known = [slot for slot in filled if _is_under_header(slot.text, kind, form)]
    fields = {one for slot in known for one in fields_of(slot.text, kind, form)}
    return len(known) == len(filled) or ({"level1", "level2"} <= fields and len(known) * 3 >= len(filled) * 2)


def _is_under_header(text: str, kind: str, form: Form) -> bool:
    place = kind == INDICATORS and names_place(text)
    timed = kind == INDICATORS and len(fold(text)) <= _LONGEST_TIME and read_section(text, form) is not None
    graded = kind == INDICATORS and is_grade_word(text)
    return place or timed or graded or bool(fields_of(text, kind, form)) or is_group(text, form)


def _may_be_split(slot: Slot, kind: str, form: Form) -> bool:
    """Tell whether a header over several columns may have more below: a group, values, amounts, an unknown word."""
    fields = fields_of(slot.text, kind, form)
    amount = kind != INDICATORS and fields in (("foreign",), ("amount",))
    return not fields or "value" in fields or amount or is_group(slot.text, form)


def find_extents(line: Line, slots: Sequence[Slot], *, upper: bool = False) -> list[tuple[int, int, Slot]]:
    """Return which grid columns each header cell stands over.

    Without spans a cell reaches to the next printed one; with spans over the blanks beside it if it is an upper one:
    a merged cell that was taken apart.
    """
    if line.spans_known:
        ends = [_reach(slot, line) if upper else slot.end for slot in slots]
        return [(slot.column, end, slot) for slot, end in zip(slots, ends, strict=True)]
    ends = [slot.column for slot in slots[1:]] + [max(line.columns, slots[-1].column + 1)]
    return [(slot.column, end, slot) for slot, end in zip(slots, ends, strict=True)]


def _reach(slot: Slot, line: Line) -> int:
    end = slot.end
    for other in line.slots:
        if other.column == end and other.blank and not other.covered:
            end = other.end
    return end


def list_extents(rows: Sequence[Line]) -> list[list[tuple[int, int, Slot]]]:
    """Return the extents of every header row; a cell reaches no further than the one above it."""
    cells: list[list[tuple[int, int, Slot]]] = []
    for depth, row in enumerate(rows, 1):
        bounds = [(begin, end) for above in reversed(cells) for begin, end, _ in above]
        extents = find_extents(row, row.filled, upper=depth < len(rows)) if row.filled else []
        cells.append(
            [(begin, min([end, *(e for b, e in bounds if b <= begin < e)]), slot) for begin, end, slot in extents]
        )
    return cells


def list_leaves(cells: Sequence[Sequence[tuple[int, int, Slot]]]) -> list[tuple[int, int, Slot]]:
    """Return the header cells with nothing below them; a wide one keeps the columns its children leave free."""
    leaves = []
    for depth, row in enumerate(cells):
        for begin, end, slot in row:
            below = [(b, e) for later in cells[depth + 1 :] for b, e, _ in later if b < end and e > begin]
            if not below:
                leaves.append((begin, end, slot))
    return sorted(leaves, key=lambda leaf: leaf[0])
