"""The reference evaluator: simpleeval over the checked tree, field access only on model data.

Slow and plain on purpose. The generated function must agree with it on every example and on generated documents.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from simpleeval import EvalWithCompoundTypes

from perflint.expression.cells import Missing, Raw, extra_lines, in_yuan, read_cell, read_target, read_text, why_missing
from perflint.expression.check import Checked, FieldRead
from perflint.expression.rule import CheckedRule
from perflint.finding import Verdict
from perflint.functions import FUNCTIONS
from perflint.schema.model import Field, Model

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class View:
    """A record of the document as expressions see it.

    Attributes:
        unit: Currency unit of the enclosing table.
        year: Fiscal year of the document.
    """

    record: str
    data: Raw
    unit: str | None = None
    year: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the rules of one pack share: model, values of ``params.x`` and ``vocab.x``, definitions by record."""

    model: Model
    values: Mapping[str, Any]
    defines: Mapping[str, Mapping[str, Checked]]


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
    for need in rule.needs:
        if evaluator.run(need) is None:
            missing = missing_cell(need, roots, settings)
            return Outcome(verdict=Verdict.UNKNOWN if missing.is_unknown else Verdict.NOT_APPLICABLE, missing=missing)
    values = []
    for name, checked in rule.let:
        values.append(evaluator.run(checked))
        evaluator.names[name] = values[-1]
    if evaluator.run(rule.assert_):
        return Outcome(verdict=Verdict.PASS)
    holes = tuple(evaluator.run(hole) for hole in rule.holes)
    return Outcome(verdict=Verdict.FAIL, values=tuple(values), holes=holes)


def missing_cell(need: Checked, roots: Mapping[str, View], settings: Settings) -> Missing:
    """Return why the cell that *need* names is null; for a pack-defined field, which cell it reads is missing."""
    tree = need.tree
    if not isinstance(tree, FieldRead) or not isinstance(tree.base, ast.Name):
        return Missing("other_kind", need.text, need.text)
    view = roots[tree.base.id]
    if settings.model.records[tree.record].fields[tree.path[0].partition("__")[0]].reading == "define":
        return _why_undefined(view, tree.path[0], settings)
    return why_missing(settings.model, tree.record, view.data, tree.path)


def _why_undefined(view: View, name: str, settings: Settings) -> Missing:
    """Return the first cell behind a definition that is printed and has no value, else a list that holds items."""
    found = Missing("absent", name, name)
    for path in _read_paths(view.record, name, settings):
        field = settings.model.field_at(view.record, path)
        inner = view.data
        for step in path[:-1]:
            inner = inner.get(step) or {}
        if field.reading in ("list", "extra"):
            if inner.get(field.key or ""):
                found = Missing("blank", field.title, field.title_en)
        elif field.key in inner and read_cell(field, inner, view.unit) is None:
            return why_missing(settings.model, view.record, view.data, path)
    return found


def _read_paths(record: str, name: str, settings: Settings) -> Iterator[tuple[str, ...]]:
    """Yield the paths that a definition reads from its own record, through other definitions."""
    fields = settings.model.records[record].fields
    for node in ast.walk(settings.defines[record][name].tree):
        if not isinstance(node, FieldRead) or not isinstance(node.base, ast.Name) or node.base.id != record:
            continue
        path = (*node.path[:-1], node.path[-1].partition("__")[0])
        if fields[path[0]].reading == "define":
            yield from _read_paths(record, path[0], settings)
        elif fields[path[0]].reading != "target":
            yield path


class Evaluator(EvalWithCompoundTypes):  # type: ignore[misc]
    """simpleeval with exact numbers, the registered functions, and fields as items of records."""

    # simpleeval counts comprehension steps and stops at 10 000; documents are bounded when they are loaded.
    _max_count = property(lambda self: 0, lambda self, count: None)

    def __init__(self, settings: Settings, roots: Mapping[str, View]) -> None:
        super().__init__(operators=_OPERATORS, functions={}, names={**settings.values, **roots})
        self.functions = _CALLS
        self.settings = settings
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
            value = read_field(value, name, self.settings) if isinstance(value, View) else getattr(value, name)
        return value


def read_field(view: View, name: str, settings: Settings) -> Any:
    """Return the value of one field of a record."""
    plain, _, suffix = name.partition("__")
    field = settings.model.records[view.record].fields[plain]
    if suffix == "printed":
        return field.key in view.data
    if suffix == "raw":
        cell = view.data.get(field.key or "")
        return None if read_text(cell) is None else cell
    if suffix == "yuan":
        return in_yuan(read_cell(field, view.data, view.unit), view.unit)
    return _READINGS.get(field.reading, _read_scalar)(view, field, settings)


def _read_scalar(view: View, field: Field, settings: Settings) -> Any:
    return read_cell(field, view.data, view.unit)


def _inside(view: View, field: Field, data: Raw) -> View:
    unit = data.get("currency_unit") if field.type.item and field.type.item.record == "table" else view.unit
    kind = field.type.item or field.type
    return View(kind.record or "", data, unit, view.year)


def _read_record(view: View, field: Field, settings: Settings) -> View:
    return _inside(view, field, view.data.get(field.key or "") or {})


def _read_list(view: View, field: Field, settings: Settings) -> list[View]:
    return [_inside(view, field, item) for item in view.data.get(field.key or "") or ()]


def _read_extra(view: View, field: Field, settings: Settings) -> list[View]:
    return [_inside(view, field, line) for line in extra_lines(view.data)]


def _read_define(view: View, field: Field, settings: Settings) -> Any:
    return Evaluator(settings, {view.record: view}).run(settings.defines[view.record][field.name])


def _read_year(view: View, field: Field, settings: Settings) -> Decimal | None:
    year = view.data.get("fiscal_year")
    return view.year if year is None else year


_READINGS: Mapping[str, Callable[[View, Field, Settings], Any]] = {
    "record": _read_record,
    "list": _read_list,
    "extra": _read_extra,
    "define": _read_define,
    "effective_year": _read_year,
    "target": lambda view, field, settings: read_target(view.data),
    "item": lambda view, field, settings: view.data[field.name],
}

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


def tally(texts: Sequence[str]) -> dict[str, Decimal]:
    """Return how often each text occurs."""
    counts: dict[str, int] = {}
    for text in texts:
        counts[text] = counts.get(text, 0) + 1
    return {text: Decimal(count) for text, count in counts.items()}


def default(value: Any, fallback: Any) -> Any:
    """Return *value*, or *fallback* when it is null."""
    return fallback if value is None else value


def lookup(mapping: Mapping[str, Any], key: str | None, fallback: Any = None) -> Any:
    """Return what *mapping* holds for *key*, else *fallback*."""
    return fallback if key is None else mapping.get(key, fallback)


SPECIAL_CALLS: Mapping[str, Callable[..., Any]] = {
    "stated": lambda value: value is not None,
    "blank": lambda value: value is None,
    "default": default,
    "lookup": lookup,
    "any": any,
    "all": all,
    "sum": lambda numbers: sum(numbers, _ZERO),
    "count": lambda items: Decimal(len(items)),
    "min": lambda numbers: min(numbers, default=None),
    "max": lambda numbers: max(numbers, default=None),
    "min_of": min,
    "max_of": max,
    "first": lambda items: items[0] if items else None,
    "tally": tally,
}

_CALLS: Mapping[str, Callable[..., Any]] = {name: f.call for name, f in FUNCTIONS.items()} | dict(SPECIAL_CALLS)
