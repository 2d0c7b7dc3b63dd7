"""Cut a file into tables: where each begins, and which paragraphs stand outside.

lines ──split_units──▶ Unit (title, lines)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perflint.reading.cell.fold import fold, list_keys
from perflint.reading.form.inline import split_inline
from perflint.reading.form.template import Form
from perflint.reading.header.words import INDICATORS
from perflint.reading.layout.titles import (
    CONTINUED,
    is_attachment_mark,
    is_continuation,
    is_full_title,
    is_organization,
    is_title,
    read_bare_year,
)
from perflint.reading.line import Line, Slot
from perflint.record import dataclass, replace

_LOOK_AHEAD = 8
_SHORT = 80
_HEAD = 2  # rows of a grid in which its title may stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """The lines from one title to the next.

    Attributes:
        title: The cell or paragraph of the title; None when the table has none.
        lines: Without the title line.
    """

    title: Slot | None
    lines: tuple[Line, ...]


def split_units(lines: Sequence[Line], form: Form) -> tuple[tuple[Line, ...], tuple[Unit, ...]]:
    """Return the lines before the first table, and the tables in order."""
    lines = [part for line in lines for part in _split_line(line, form)]
    starts = [at for at in range(len(lines)) if _begins(lines, at, form)]
    first_row = next((at for at, line in enumerate(lines) if not line.is_paragraph and line.filled), len(lines))
    titled = {at: find_title(lines[at], form) for at in starts}
    starts = _drop_continued(lines, starts, titled)
    if not starts or first_row < starts[0]:
        begin = _skip_back(lines, first_row, form)
        if begin < len(lines):
            starts = [begin, *starts]
    units = []
    for at, start in enumerate(starts):
        end = starts[at + 1] if at + 1 < len(starts) else len(lines)
        title = titled.get(start)
        units.append(Unit(title=title, lines=tuple(lines[start + (title is not None) : end])))
    before = tuple(lines[: starts[0]]) if starts else tuple(lines)
    return before, tuple(units)


def _drop_continued(lines: list[Line], starts: list[int], titled: Mapping[int, Slot | None]) -> list[int]:
    """Leave out the titles that only say that the table before goes on; their lines become such a mark."""
    kept: list[int] = []
    for at in starts:
        slot, before = titled[at], titled[kept[-1]] if kept else None
        if slot is None or before is None or not is_continuation(slot.text, before.text):
            kept.append(at)
            continue
        marked = tuple(replace(one, text=CONTINUED) if one.key == slot.key else one for one in lines[at].slots)
        lines[at] = replace(lines[at], slots=marked)
    return kept


def _split_line(line: Line, form: Form) -> tuple[Line, ...]:
    """Split a row of a dump in which the sign-off of one table and the title of the next stand side by side."""
    filled = line.filled
    if line.is_paragraph:
        return _split_paragraph(line, form)
    if line.spans_known or len(filled) < 2:
        return (line,)
    last = filled[-1]
    signed = all(split_inline(slot.text, form).pairs for slot in filled[:-1])
    if not signed or not is_title(last.text, form) or not is_full_title(last.text):
        return (line,)
    cut = line.slots.index(last)
    return replace(line, slots=line.slots[:cut]), replace(line, slots=line.slots[cut:])


def _split_paragraph(line: Line, form: Form) -> tuple[Line, ...]:
    """Split a paragraph in which a title and the labels below it ran together, as in text taken from a PDF."""
    slot = line.slots[0]
    inline = split_inline(slot.text, form) if len(slot.text) <= _SHORT * 2 else None
    if inline is None or not inline.pairs or inline.rest is None:
        return (line,)
    if not is_title(inline.rest, form) or not is_full_title(inline.rest):
        return (line,)
    cut = slot.text.index(inline.rest) + len(inline.rest)
    parts = (slot.text[:cut], slot.text[cut:])
    return tuple(replace(line, slots=(replace(slot, text=text),)) for text in parts)


def find_title(line: Line, form: Form) -> Slot | None:
    """Return the cell of a line that is a table's title, or None."""
    candidates = [slot for slot in line.filled if not is_attachment_mark(slot.text)]
    if len(candidates) != 1 or not is_title(candidates[0].text, form):
        return None
    slot = candidates[0]
    full = is_full_title(slot.text)
    if line.is_paragraph or (full and (line.row < _HEAD or not _heads_list(slot, form))):
        return slot
    known = any(key in form.contexts or key in form.labels_by_name for key in list_keys(slot.text))
    return slot if line.row < _HEAD and not full and not known else None


def _heads_list(slot: Slot, form: Form) -> bool:
    """Tell whether a title inside a grid is the heading of one of its lists: 长期绩效目标表 over the long-term rows."""
    return any(form.contexts.get(key) == INDICATORS for key in list_keys(slot.text))


def _begins(lines: Sequence[Line], at: int, form: Form) -> bool:
    slot = find_title(lines[at], form)
    if slot is None:
        return False
    if not lines[at].is_paragraph:
        return True
    return _leads_to_grid(lines, at, form, strict=not is_full_title(slot.text))


def _leads_to_grid(lines: Sequence[Line], at: int, form: Form, *, strict: bool) -> bool:
    """Tell whether a grid follows a title paragraph, with nothing between but what belongs over a table."""
    for line in lines[at + 1 : at + 1 + _LOOK_AHEAD]:
        if not line.is_paragraph:
            return find_title(line, form) is None
        text = line.text
        if find_title(line, form) is not None or len(text) > _SHORT:
            return False
        if strict and not is_preamble(text, form):
            return False
    return False


def is_preamble(text: str, form: Form) -> bool:
    """Tell whether a paragraph belongs over a table: labels, a year, the name of the unit, nothing."""
    if not fold(text):
        return True
    return bool(split_inline(text, form).pairs) or read_bare_year(text) is not None or is_organization(text)


def _skip_back(lines: Sequence[Line], at: int, form: Form) -> int:
    """Return where the paragraphs begin that belong over an untitled grid."""
    while 0 < at < len(lines) and lines[at - 1].is_paragraph and is_preamble(lines[at - 1].text, form):
        at -= 1
    return at
