"""Value cells that are one number with a sign before it and a unit behind it: most of them, read in one step.

What such a cell means does not depend on its number, so that the full reading of one stands for all that differ in the
number alone.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from perflint.interpret.target import Target
from perflint.interpret.units import split_money
from perflint.pattern import LazyPattern
from perflint.record import list_fields

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any, TypeAlias

Read: TypeAlias = "Callable[[str, str | None, str | None], Target]"

# No years, and nothing behind the number that belongs to a date, a fraction, a range or another number.
_PLAIN = LazyPattern(
    r"(?P<sign>[≥≤=>]?)(?P<number>(?!(?:19|20)[0-9]{2}(?![0-9]))(?:0|[1-9][0-9]{0,4})(?:\.[0-9]{1,4})?)"
    r"(?P<rest>(?:[%‰/a-wyzA-WYZ]|(?![前年月日号季旬周时点之至到一二两三四五六七八九十])[\u4e00-\u9fff]){0,10})"
)
_SAMPLE, _MOST_SHAPES = "7", 500


def read_plain(printed: str, unit: str | None, comparator: str | None, read: Read) -> Target | None:
    """Return what ``read`` would return for a cell of this plain form, None for any other cell."""
    found = _PLAIN.fullmatch(printed)
    if found is None:
        return None
    sign, number, rest = found.groups()
    shape = _read_shape(sign, rest, unit, comparator, read)
    if shape is None:
        return None
    sample, factor = shape
    value = Decimal(number)
    yuan = None if factor is None else value * factor
    return Target(**{**sample, "text": printed, "number": value, "yuan": yuan})


@lru_cache(maxsize=_MOST_SHAPES)
def _read_shape(
    sign: str, rest: str, unit: str | None, comparator: str | None, read: Read
) -> tuple[dict[str, Any], Decimal | None] | None:
    """Return the fields of a sample of this shape, and how many 元 its unit is; None when it is no plain number."""
    printed = sign + _SAMPLE + rest
    sample = read(printed, unit, comparator)
    if sample.kind != "number" or sample.text != printed or sample.number != Decimal(_SAMPLE):
        return None
    money = split_money(sample.unit)
    return dict(list_fields(sample)), money[0] if money is not None else None
