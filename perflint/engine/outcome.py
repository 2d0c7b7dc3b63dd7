"""What a run tells of a rule on an item."""

from __future__ import annotations

from collections.abc import Mapping

from perflint.finding import Verdict
from perflint.record import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One rule on one item, when it did not pass.

    Attributes:
        rule: Index among the program's rules.
        item, at: Pointers of the item and of the cell that the finding points to.
        values: The ``let`` values by name.
        holes: The placeholder values of the message, in the order of ``CheckedRule.holes``.
        reason: Why it is unknown, or what crashed, in the language of the run.
        operands: Every cell the rule looked at: pointer and value.
    """

    rule: int
    verdict: Verdict
    item: str
    at: str
    values: Mapping[str, object]
    holes: tuple[object, ...]
    reason: str | None
    operands: tuple[tuple[str, object], ...]
