"""JSON text → plain data, read strictly and at the speed of the C scanner.

The scanner of ``json`` says too little about a fault and lets some pass, so whatever it refuses, and whatever looks
suspicious, is read a second time by ``diagnosis``, which names every fault.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from perflint.document.diagnosis import Fault, find_faults
from perflint.document.limits import Limits
from perflint.document.number import parse_number
from perflint.language import say

# No number shorter than this and without an exponent can break the default limits.
_SHORT = 20
_find_surrogate = re.compile(r"\\u[dD][89a-fA-F]").search


class FaultsError(ValueError):
    """The text is not strict JSON: ``faults`` says why, in the order of the text."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults)
        self.faults = faults


def parse_json(text: str, limits: Limits) -> Any:
    """Return the value that *text* holds, every number a ``Decimal`` with its printed places.

    Raises:
        FaultsError: Broken syntax, a duplicate key, NaN, half a surrogate pair, or a limit exceeded.
    """
    try:
        data = _get_decoder(limits).decode(text)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise FaultsError(find_faults(text, limits) or [_describe_unexplained(error)]) from None
    if _find_surrogate(text) or is_deeper(data, limits.depth):
        faults = find_faults(text, limits)
        if faults:
            raise FaultsError(faults)
    return data


def is_deeper(data: Any, depth: int) -> bool:
    """Tell whether *data* nests objects and lists more than *depth* levels."""
    level = [data]
    for _ in range(depth + 1):
        level = [
            inner
            for outer in level
            if type(outer) is dict or type(outer) is list
            for inner in (outer.values() if type(outer) is dict else outer)
            if type(inner) is dict or type(inner) is list
        ]
        if not level:
            return False
    return True


@lru_cache(maxsize=8)
def _get_decoder(limits: Limits) -> json.JSONDecoder:
    short = min(_SHORT, limits.digits, limits.exponent)

    def build_integer(text: str) -> Decimal:
        return Decimal(text) if len(text) <= short else parse_number(text, limits)

    def build_fraction(text: str) -> Decimal:
        if len(text) <= short and "e" not in text and "E" not in text:
            return Decimal(text)
        return parse_number(text, limits)

    return json.JSONDecoder(
        object_pairs_hook=_build_object, parse_int=build_integer, parse_float=build_fraction, parse_constant=_refuse
    )


def _build_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("duplicate key")
    return members


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _describe_unexplained(error: Exception) -> Fault:
    """A fault that only the C scanner sees; no such text is known, and it must not pass if there is one."""
    return Fault(start=getattr(error, "pos", 0), message=say(f"不是合法的 JSON：{error}", f"not valid JSON: {error}"))
