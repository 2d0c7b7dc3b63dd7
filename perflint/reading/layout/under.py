"""Headers of two rows where no blanks are printed: the words of the lower row stand under one cell of the upper.

任务 对应项目 资金情况 ¶ 总额 财政拨款 其他资金 ──lay_under──▶ columns 0 1 2 and 2 3 4
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perflint.reading.cell import shapes
from perflint.reading.cell.fold import list_keys
from perflint.reading.form.template import Form
from perflint.reading.header.words import INDICATORS, fields_of, is_group, read_section
from perflint.reading.line import Slot

_FEWEST = 2  # cells of the lower row
_LISTS = ("tasks", "projects", "spending", "funds")


class Under(NamedTuple):
    """The columns of the cells of both rows, and the number of the cell that the lower ones stand under."""

    upper: tuple[int, ...]
    lower: tuple[int, ...]
    parent: int


def lay_under(upper: Sequence[Slot], lower: Sequence[Slot], form: Form, *, indicators: bool) -> Under | None:
    """Return where the cells of two rows stand that are one header; None when they are not, or it cannot be told.

    Args:
        indicators: whether the upper row heads indicators; any other list otherwise.
    """
    if len(upper) < _FEWEST or len(lower) < _FEWEST:
        return None
    for kind in (INDICATORS,) if indicators else _LISTS:
        parent = _find_parent(upper, kind, form)
        if parent is not None and all(_may_stand_under(slot, kind, form) for slot in lower):
            return _place(len(upper), len(lower), parent)
    return None


def _place(upper: int, lower: int, parent: int) -> Under:
    shifted = (at if at <= parent else at + lower - 1 for at in range(upper))
    return Under(tuple(shifted), tuple(range(parent, parent + lower)), parent)


def _find_parent(upper: Sequence[Slot], kind: str, form: Form) -> int | None:
    """Return the one cell that may be split: of a list the one nobody knows, of indicators the targets."""
    named = [fields_of(slot.text, kind, form) for slot in upper]
    known = {one for fields in named for one in fields}
    if kind == INDICATORS:
        found = [at for at, slot in enumerate(upper) if "value" in named[at] and is_group(slot.text, form)]
    else:
        if not form.lists[kind].need & known:
            return None
        found = [at for at, slot in enumerate(upper) if not named[at] and not _heads_list(slot, kind, form)]
        found = found or [at for at, fields in enumerate(named) if fields in (("foreign",), ("amount",))]
    return found[0] if len(found) == 1 else None


def _heads_list(slot: Slot, kind: str, form: Form) -> bool:
    return any(form.contexts.get(key) == form.lists[kind].context for key in list_keys(slot.text))


def _may_stand_under(slot: Slot, kind: str, form: Form) -> bool:
    if fields_of(slot.text, kind, form):
        return True
    timed = shapes.is_year(slot.text) or (read_section(slot.text, form) is not None and shapes.is_brief(slot.text))
    return kind == INDICATORS and timed
