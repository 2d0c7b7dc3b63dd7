"""The reference evaluator: simpleeval over the checked tree, field access only on model data.

Slow and plain on purpose. The generated function must agree with it on every example and on generated documents.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from simpleeval import EvalWithCompoundTypes

from perflint.expression.field_read import FieldRead
from perflint.expression.tree import Checked, CheckedRule
from perflint.expression.view import Settings, View, missing_cell, read_field
from perflint.finding import Verdict
from perflint.functions import FUNCTIONS
from perflint.record import dataclass
from perflint.runtime.calls import SPECIAL_CALLS
from perflint.runtime.cells import Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one rule ended on one item: verdict, ``let`` values, placeholder values, and what was missing."""

    verdict: Verdict
    values: tuple[Any, ...] = ()
    holes: tuple[Any, ...] = ()
    missing: Missing | None = None
    error: Exception | None = None


def evaluate_rule(rule: CheckedRule, roots: Mapping[str, View], settings: Settings) -> Outcome:
    """Return how *rule* ends on the item among *roots* (scope name → record); a crash is a verdict too."""
    evaluator = Evaluator(settings, roots)
    try:
        return _evaluate(rule, roots, settings, evaluator)
    except Exception as error:  # noqa: BLE001 - a rule may crash in any way; that must not stop the others
        return Outcome(verdict=Verdict.ERROR, error=error)


def _evaluate(rule: CheckedRule, roots: Mapping[str, View], settings: Settings, evaluator: Evaluator) -> Outcome:
    if rule.when is not None and not evaluator.run(rule.when):
        return Outcome(verdict=Verdict.NOT_APPLICABLE)
    for need, read in zip(rule.needs, rule.needed, strict=True):
        if evaluator.run(need) is None:
            missing = missing_cell(read, roots, settings)
            return Outcome(verdict=Verdict.UNKNOWN if missing.is_unknown else Verdict.NOT_APPLICABLE, missing=missing)
    values = []
    for name, checked in rule.let:
        values.append(evaluator.run(checked))
        evaluator.names[name] = values[-1]
    if evaluator.run(rule.assert_):
        return Outcome(verdict=Verdict.PASS, values=tuple(values))
    holes = tuple(evaluator.run(hole) for hole in rule.holes)
    return Outcome(verdict=Verdict.FAIL, values=tuple(values), holes=holes)


# The record, with what it is read in, and the name of a field.
_Key: TypeAlias = "tuple[int, str | None, Decimal | None, str]"


class Evaluator(EvalWithCompoundTypes):  # type: ignore[misc]
    """simpleeval with exact numbers, the registered functions, and fields as items of records."""

    # simpleeval counts comprehension steps and stops at 10 000; documents are bounded when they are loaded.
    _max_count = property(lambda self: 0, lambda self, count: None)

    def __init__(self, settings: Settings, roots: Mapping[str, View], derived: dict[_Key, Any] | None = None) -> None:
        super().__init__(operators=_OPERATORS, functions={}, names={**settings.values(), **roots})
        self.functions = _CALLS
        self.settings = settings
        self.derived = {} if derived is None else derived
        for kind in set(self.nodes) - set(_NODES):
            del self.nodes[kind]
        self.nodes[FieldRead] = self._eval_field

    def run(self, checked: Checked) -> Any:
        """Return the value of *checked*."""
        return self.eval(checked.text, previously_parsed=checked.tree)

    def _check_disallowed_items(self, item: Any) -> None:
        """Skip the walk over whole containers at every node: names are plain data and functions are registered."""

    def _eval_field(self, node: FieldRead) -> Any:
        value = self._eval(node.base)
        for name in node.path:
            value = self._read(value, name) if isinstance(value, View) else getattr(value, name)
        return value

    def _read(self, view: View, name: str) -> Any:
        if self.settings.model.records[view.record].fields[name.partition("__")[0]].reading == "define":
            return self._derive(view, name)
        return read_field(view, name, self.settings)

    def _derive(self, view: View, name: str) -> Any:
        """Return the value of a pack-defined field, computed once: definitions that read others twice multiply."""
        key = (id(view.data), view.unit, view.year, name)
        if key not in self.derived:
            definition = self.settings.definitions()[view.record][name]
            self.derived[key] = Evaluator(self.settings, {view.record: view}, self.derived).run(definition)
        return self.derived[key]


_OPERATORS: Mapping[type[ast.AST], Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.USub: operator.neg,
    ast.Not: operator.not_,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda item, items: item in items,
    ast.NotIn: lambda item, items: item not in items,
}

_NODES = (
    *(ast.Name, ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call, ast.Constant),
    *(ast.List, ast.ListComp),
)


_CALLS: Mapping[str, Callable[..., Any]] = {name: f.call for name, f in FUNCTIONS.items()} | dict(SPECIAL_CALLS)
