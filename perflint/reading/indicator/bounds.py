"""Targets printed in two cells, 下限 and 上限: a range, or a bound with its sign where one of them is blank.

Row ──read_bounds──▶ comparator and value
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from perflint.language import say
from perflint.reading.cell import shapes
from perflint.reading.draft import Notice, printed
from perflint.reading.line import Slot
from perflint.reading.row.place import Row

_SIGNS = {"lower": "≥", "upper": "≤"}
BOUNDS = frozenset(_SIGNS)


class Bounds(NamedTuple):
    """What the cells of a row say together: the fields of the indicator, where they stand, and what is doubtful."""

    fields: Mapping[str, str | None]
    origin: str | None
    notice: Notice | None


def read_bounds(row: Row, places: Mapping[str, int]) -> Bounds | None:
    """Return the target of a row with columns of bounds, None when there are none.

    Args:
        places: field → index of its column.
    """
    if not BOUNDS & places.keys():
        return None
    slots = {name: row.cells[places[name]][0] for name in _SIGNS if row.cells.get(places.get(name, -1))}
    if len(slots) < len(_SIGNS):
        return _read_one(slots, signed="comparator" in places)
    lower, upper = (slots[name].text.strip() for name in _SIGNS)
    if shapes.is_bound(lower) and shapes.is_bound(upper):
        return Bounds({"value": f"{lower}～{upper}"}, slots["lower"].origin, None)
    text = say(
        f"下限“{lower}”和上限“{upper}”不都是数，连着读入", f"the bounds {lower} and {upper} are not both numbers"
    )
    return Bounds({"value": f"{lower}；{upper}"}, slots["lower"].origin, Notice("row_doubtful", text, row.line.origin))


def _read_one(slots: Mapping[str, Slot], *, signed: bool) -> Bounds:
    """Return the only bound with its sign, unless it prints one, a column does, or it is no number."""
    if not slots:
        return Bounds({"value": None}, None, None)
    name, slot = next(iter(slots.items()))
    sign = {"comparator": _SIGNS[name]} if shapes.is_bound(slot.text) and not signed else {}
    return Bounds({**sign, "value": printed(slot.text)}, slot.origin, None)
