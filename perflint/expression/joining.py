"""Comprehensions that pick the rows equal to something: an index finds them, or time would grow with rows × rows.

``[i for i in table.indicators if i.section == "long_term" and i.name == name]`` looks at the rows of that section and
that name only; ``contains(i.name, name)`` at those with the rarest pair of characters of the name. What is found, and
in which order, stays the same: every condition is still asked of the rows that are looked at.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence

from perflint.typed import NamedTuple

# What two texts come to when they are compared by ``same_text`` and ``same_unit``.
FOLDS = frozenset({"bare_texts", "folded_units"})

_CONSTANT, _KEPT = re.compile("k[0-9]+"), re.compile("w[0-9]+")


class Key(NamedTuple):
    """A column of the rows, the code of what it equals, and the name of what both come to when they are compared."""

    column: int
    value: ast.expr
    fold: str | None = None


class Join(NamedTuple):
    """By what the rows are looked up: columns that equal something, or else a column of texts that hold a part."""

    keys: tuple[Key, ...]
    holds: Key | None = None


def find_join(variable: str, conditions: Sequence[ast.expr], kind_of: Callable[[int], str]) -> Join | None:
    """Return by which columns the rows that pass *conditions* can be looked up; None when nothing depends on the item.

    Args:
        variable: The name that the row has in *conditions*, which are lowered.
        kind_of: The kind of what a column holds, as in ``Type``; empty where no index may have it.
    """
    found: dict[int, Key] = {}
    holds = None
    for condition in _iterate_parts(conditions):
        if not _cannot_fail(condition, variable):
            break  # what stands behind it is evaluated for the rows that come so far, and only for them
        for key in _find_equal(condition, variable):
            if kind_of(key.column) in _INDEXED:
                found.setdefault(key.column, key)
        held = _find_held(condition, variable)
        holds = held if held and holds is None and kind_of(held.column) == "text" else holds
    if not all(map(_is_constant, found.values())):
        return Join(tuple(found.values()))
    return None if holds is None or _is_constant(holds) else Join((), holds)


_INDEXED = ("text", "number", "bool", "date")


def _is_constant(key: Key) -> bool:
    return isinstance(key.value, ast.Name) and _CONSTANT.fullmatch(key.value.id) is not None


def _iterate_parts(conditions: Sequence[ast.expr]) -> Iterator[ast.expr]:
    for condition in conditions:
        if isinstance(condition, ast.BoolOp) and isinstance(condition.op, ast.And):
            yield from _iterate_parts(condition.values)
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


def _find_held(node: ast.expr, variable: str) -> Key | None:
    match node:
        case ast.Compare(left=part, ops=[ast.In()], comparators=[text]):
            column = _column_of(text, variable)
            if column is not None and _is_at_hand(part, variable):
                return Key(column, part)
    return None


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


def _cannot_fail(node: ast.expr, variable: str) -> bool:
    """Whether evaluating *node* raises nothing, since no blank is read unguarded."""
    match node:
        case ast.Name() | ast.Constant():
            return True
        case ast.Subscript():
            return _column_of(_open_fold(node)[1], variable) is not None or isinstance(_open_fold(node)[1], ast.Name)
        case ast.UnaryOp(op=ast.Not()) | ast.BoolOp() | ast.IfExp() | ast.NamedExpr() | ast.Compare():
            plain = not isinstance(node, ast.Compare) or all(isinstance(op, _PLAIN) for op in node.ops)
            parts = [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)]
            return plain and all(_cannot_fail(part, variable) for part in parts)
    return False


# Order is left out: it is told of numbers, and a comparison of such can be refused.
_PLAIN = (ast.Eq, ast.NotEq, ast.Is, ast.IsNot, ast.In, ast.NotIn)
