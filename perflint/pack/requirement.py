"""Dotted versions and the conditions packs put on each other: ``>=1,<2``."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping

_CONDITION = re.compile(r"\s*(>=|<=|==|!=|>|<)\s*([0-9]+(?:\.[0-9]+)*)\s*")
_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_OPERATORS: Mapping[str, Callable[[tuple[int, ...], tuple[int, ...]], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
}
_PARTS = 4


def is_version(text: str) -> bool:
    """Return whether *text* is numbers joined by dots."""
    return bool(_VERSION.fullmatch(text))


def version_key(version: str) -> tuple[int, ...]:
    """Return *version*, numbers joined by dots, as a key that sorts: ``1.2`` equals ``1.2.0``."""
    numbers = [int(part) for part in version.split(".")]
    return (*numbers, *[0] * (_PARTS - len(numbers)))


def is_requirement(text: str) -> bool:
    """Return whether *text* is one or more conditions separated by commas."""
    return all(_CONDITION.fullmatch(condition) for condition in text.split(","))


def meets_requirement(version: str, requirement: str) -> bool:
    """Return whether *version* meets every comma-separated condition of *requirement*.

    Raises:
        ValueError: A condition is not an operator and a dotted version.
    """
    return all(_holds(version, condition) for condition in requirement.split(","))


def _holds(version: str, condition: str) -> bool:
    found = _CONDITION.fullmatch(condition)
    if found is None:
        raise ValueError(condition)
    return _OPERATORS[found[1]](version_key(version), version_key(found[2]))
