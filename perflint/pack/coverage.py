"""Which rules were seen to end in which way: the examples that are there, and those that are lacking."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from perflint.pack.examples import KINDS
from perflint.pack.model import Rule


class Coverage(NamedTuple):
    """One kind of example.

    Attributes:
        kind: ``pass``, ``fail``, ``unknown`` or ``not_applicable``.
        able: The rules that can end so.
        lacking: Those of them that have no such example.
    """

    kind: str
    able: tuple[Rule, ...]
    lacking: tuple[Rule, ...]

    @property
    def covered(self) -> int:
        """How many rules have such an example."""
        return len(self.able) - len(self.lacking)


def measure_coverage(rules: Iterable[Rule]) -> tuple[Coverage, ...]:
    """Return what the examples of *rules* cover, a line for each kind."""
    listed = tuple(rules)
    return tuple(_measure(kind, listed) for kind in KINDS)


def _measure(kind: str, rules: tuple[Rule, ...]) -> Coverage:
    able = tuple(rule for rule in rules if rule.examples.of(kind) or _can_end(kind, rule))
    return Coverage(kind, able, tuple(rule for rule in able if not rule.examples.of(kind)))


def _can_end(kind: str, rule: Rule) -> bool:
    """Whether *rule* is written to end so: a cell that it needs may be blank, or lacking; ``when`` may not hold."""
    if kind == "unknown":
        return bool(rule.needs)
    return kind != "not_applicable" or rule.when is not None or bool(rule.needs)
