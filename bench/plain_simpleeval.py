"""The thirty rules by simpleeval as it comes, over plain dicts; it is told what each text of a rule may name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from simpleeval import EvalWithCompoundTypes

from bench.rules import RULES, Found

_compiled = cache(re.compile)
_FUNCTIONS = {
    "abs": abs,
    "all": all,
    "len": len,
    "length": len,
    "sum": sum,
    "number": Decimal,
    "month": lambda label: int(label.partition("月")[0]),
    "has_digit": lambda text: _compiled("[0-9]").search(text) is not None,
    "matches": lambda text, pattern: _compiled(pattern).search(text) is not None,
    "starts_with": str.startswith,
    "ends_with": str.endswith,
}
_EMPTY = dict.fromkeys(("section", "name", "comparator", "value", "unit", "level1", "level2", "weight"))


class Plain:
    """A checker.

    Args:
        parsed: Parse each rule once and keep the evaluator; otherwise do as ``simple_eval`` does, which makes an
            evaluator and parses at every call.
    """

    def __init__(self, *, parsed: bool) -> None:
        self._evaluator = EvalWithCompoundTypes(functions=_FUNCTIONS)
        texts = [rule.plain for rule in RULES]
        self._trees = {text: EvalWithCompoundTypes.parse(text) for text in texts} if parsed else {}

    def check(self, data: Mapping[str, Any]) -> list[Found]:
        """Return every rule that does not hold, and where."""
        found: list[Found] = []
        for scope, table, item, names in _items(data):
            found += [
                (number, table, item)
                for number, rule in enumerate(RULES)
                if rule.scope == scope and not self._holds(rule.plain, names)
            ]
        return found

    def _holds(self, text: str, names: dict[str, Any]) -> Any:
        if not self._trees:
            return EvalWithCompoundTypes(functions=_FUNCTIONS, names=names).eval(text)
        self._evaluator.names = names
        return self._evaluator.eval(text, previously_parsed=self._trees[text])


def _items(data: Mapping[str, Any]) -> Iterator[tuple[str, int, int, dict[str, Any]]]:
    """Yield scope, number of the table, number of the item, and the names of each item."""
    constants: dict[str, Any] = {"None": None, "cent": Decimal("0.01"), "document": data}
    yield "document", -1, -1, {**constants, **data}
    for at, table in enumerate(data["tables"]):
        rows = [_EMPTY | row for row in table.get("indicators", ())]
        budget, points = table["budget"], table.get("payment_plan", {}).get("points", ())
        uses = budget.get("by_use", {})
        yield (
            "table",
            at,
            -1,
            constants
            | table
            | {
                "rows": rows,
                "total": budget["total"],
                "sources": [*budget.get("by_source", {}).values()],
                "basic": uses.get("basic"),
                "spent": uses.get("project"),
            },
        )
        for number, goal in enumerate(table.get("goals", ())):
            yield "goal", at, number, constants | goal
        for number, point in enumerate(points):
            yield "plan_point", at, number, constants | point | {"points": points}
        times = Counter((row["section"] or "") + row["name"] for row in rows if row["name"])
        for number, row in enumerate(rows):
            yield "indicator", at, number, constants | row | {"section": row["section"] or "", "times": times}
