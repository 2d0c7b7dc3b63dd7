"""Comprehensions that pick the rows equal to something: an index finds them, or time would grow with rows × rows.

``[i for i in table.indicators if i.section == "long_term" and i.name == name]`` looks at the rows of that section and
that name only; ``contains(i.name, name)`` at those with the rarest pair of characters of the name. What is found, and
in which order, stays the same: every condition is still asked of the rows that are looked at. Two texts have a noun in
common only where they share a pair of characters, so that is looked up as well.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from perflint.typed import NamedTuple

# What two texts come to when they are compared by ``same_text`` and ``same_unit``.
FOLDS = frozenset({"bare_texts", "folded_units"})

WITHIN = ast.In()
"""The very operator of ``contains``: of one text within another, not of one among several."""

_CONSTANT, _KEPT = re.compile("k[0-9]+"), re.compile("w[0-9]+")


class Key(NamedTuple):
    """A column of the rows, the code of what it equals, and the name of what both come to when they are compared."""

    column: int
    value: ast.expr
    fold: str | None = None


class Probe(NamedTuple):
    """A column of texts and the code of a text: the column ``holds`` it, ``shares`` characters, or is ``within`` it."""

    column: int
    text: ast.expr
    way: str


class Join(NamedTuple):
    """By what the rows are looked up: all of *keys*, or else any of *probes*."""

    keys: tuple[Key, ...]
    probes: tuple[Probe, ...] = ()


def find_join(
    variable: str, conditions: Sequence[ast.expr], kind_of: Callable[[int], str], constants: Mapping[str, object]
) -> Join | None:
    """Return by which columns the rows that pass *conditions* can be looked up; None when nothing depends on the item.

    Args:
        variable: The name that the row has in *conditions*, which are lowered.
        kind_of: The kind of what a column holds, as in ``Type``; empty where no index may have it.
        constants: The values of the names that stand for some in *conditions*.
    """
    found: dict[int, Key] = {}
    probes: tuple[Probe, ...] = ()
    for condition in iterate_parts(conditions):
        if not cannot_fail(condition, variable):
            break  # what stands behind it is evaluated for the rows that come so far, and only for them
        for key in _find_equal(condition, variable):
            if kind_of(key.column) in _INDEXED:
                found.setdefault(key.column, key)
        if not probes:
            probes = tuple(_find_probes(condition, variable, constants))
            probes = probes if all(kind_of(probe.column) == "text" for probe in probes) else ()
    if not all(_is_constant(key.value) for key in found.values()):
        return Join(tuple(found.values()))
    return Join((), probes) if probes and not all(_is_constant(probe.text) for probe in probes) else None


def drop_answered(variable: str, conditions: Sequence[ast.expr], keys: Sequence[Key]) -> tuple[list[ast.expr], bool]:
    """Return those of *conditions* that a look-up by *keys* leaves to be asked, and whether a key must be stated.

    That a column equals its key need not be asked again of what was found by it, nor that the column is stated when
    the key is.
    """
    exact = {key.column: ast.unparse(key.value) for key in keys if key.fold is None}
    left, stated = list[ast.expr](), False
    for part in iterate_parts(conditions):
        match part:
            case ast.Compare(ops=[ast.Eq()]) if any(
                exact.get(key.column) == ast.unparse(key.value) and key.fold is None
                for key in _find_equal(part, variable)
            ):
                continue
            case ast.Compare(left=cell, ops=[ast.IsNot()], comparators=[ast.Constant(None)]) if (
                _column_of(cell, variable) == keys[0].column in exact
            ):
                stated = True
            case _:
                left.append(part)
    return left, stated


_INDEXED = ("text", "number", "bool", "date")


def _is_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and _CONSTANT.fullmatch(node.id) is not None


def iterate_parts(conditions: Sequence[ast.expr]) -> Iterator[ast.expr]:
    """Yield what must hold for all *conditions* to hold, in the order in which it is asked."""
    for condition in conditions:
        if isinstance(condition, ast.BoolOp) and isinstance(condition.op, ast.And):
            yield from iterate_parts(condition.values)
        else:
            yield condition


def _find_equal(node: ast.expr, variable: str) -> Iterator[Key]:
    match node:
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            for own, other in ((left, right), (right, left)):
                (own_fold, cell), (fold, value) = _open_fold(own), _open_fold(other)
                column = _column_of(cell, variable)
                if column is not None and own_fold == fold and _is_at_hand(value, variable):
                    yield Key(column, value, fold)


def _find_probes(node: ast.expr, variable: str, constants: Mapping[str, object]) -> list[Probe]:
    """Return probes of which one at least finds every row that passes *node*; none when there are no such."""
    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            return next((found for value in values if (found := _find_probes(value, variable, constants))), [])
        case ast.BoolOp(op=ast.Or(), values=values):
            each = [_find_probes(value, variable, constants) for value in values]
            return [probe for found in each for probe in found] if all(each) else []
        case ast.Compare(left=left, ops=[op], comparators=[right]) if op is WITHIN:
            return [*_probe(right, left, "holds", variable), *_probe(left, right, "within", variable)]
        case ast.Compare():
            return _find_common(node, variable, constants)
    return []


def _find_common(node: ast.Compare, variable: str, constants: Mapping[str, object]) -> list[Probe]:
    """Return the probes of ``default(common_noun(…), "")``, long or not empty: characters must be shared."""
    text: ast.expr | None = None
    match node:
        case ast.Compare(
            left=ast.Call(func=ast.Name(id="len" | "f_length"), args=[inner]), ops=[ast.Gt()], comparators=[bound]
        ) if _is_positive(bound, constants):
            text = inner
        case ast.Compare(ops=[ast.NotEq()], comparators=[ast.Name(id=name)]) if constants.get(name) == "":
            text = node.left
    match text:
        case ast.IfExp(
            test=ast.Compare(left=ast.NamedExpr(value=ast.Call(func=ast.Name(id="f_common_noun"), args=[left, right]))),
            orelse=ast.Name(id=name),
        ) if constants.get(name) == "":
            return [*_probe(left, right, "shares", variable), *_probe(right, left, "shares", variable)]
    return []


def _is_positive(node: ast.expr, constants: Mapping[str, object]) -> bool:
    """Whether *node* is a number that is known to be zero or more."""
    match node:
        case ast.IfExp(body=body, orelse=orelse):
            return _is_positive(body, constants) and _is_positive(orelse, constants)
        case ast.Constant(value=int(number)):
            return number >= 0
        case ast.Name(id=name):
            value = constants.get(name)
            return isinstance(value, Decimal) and value >= 0
    return False


def _probe(cell: ast.expr, text: ast.expr, way: str, variable: str) -> list[Probe]:
    column = _column_of(cell, variable)
    return [] if column is None or not _is_at_hand(text, variable) else [Probe(column, text, way)]


def _open_fold(node: ast.expr) -> tuple[str | None, ast.expr]:
    match node:
        case ast.Subscript(value=ast.Name(id=fold), slice=text) if fold in FOLDS:
            return fold, text
    return None, node


def _column_of(node: ast.expr, variable: str) -> int | None:
    match node:
        case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=int(column))) if name == variable:
            return column
    return None


def _is_at_hand(node: ast.expr, variable: str) -> bool:
    """Whether a name holds a value before any row is looked at."""
    return isinstance(node, ast.Name) and node.id != variable and _KEPT.fullmatch(node.id) is None


def cannot_fail(node: ast.expr, variable: str) -> bool:
    """Whether evaluating *node*, lowered, raises nothing, since no blank is read unguarded; *variable* is a row."""
    match node:
        case ast.Name() | ast.Constant():
            return True
        case ast.Subscript():
            inner = _open_fold(node)[1]
            return isinstance(inner, ast.Name) or _column_of(inner, variable) is not None
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return name in _TOTAL and all(cannot_fail(argument, variable) for argument in arguments)
        case ast.UnaryOp(op=ast.Not()) | ast.BoolOp() | ast.IfExp() | ast.NamedExpr() | ast.Compare():
            plain = not isinstance(node, ast.Compare) or _is_size(node.left) or not set(map(type, node.ops)) & _ORDER
            parts = (part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr))
            return plain and all(cannot_fail(part, variable) for part in parts)
    return False


def _is_size(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("len", "f_length")


_TOTAL = frozenset({"len", "f_length", "f_default", "f_common_noun", "f_starts_with", "f_ends_with"})
_ORDER = frozenset({ast.Lt, ast.LtE, ast.Gt, ast.GtE})
"""It is told of numbers, and the comparison of two may be refused; of sizes it is not."""
