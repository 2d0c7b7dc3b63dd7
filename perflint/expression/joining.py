"""Comprehensions that pick the rows equal to something: an index finds them, or time would grow with rows × rows.

``[i for i in table.indicators if i.section == "long_term" and i.name == name]`` looks at the rows of that section and
that name only. What is found, and in which order, stays the same.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence

from perflint.typed import NamedTuple

_CONSTANT, _KEPT = re.compile("k[0-9]+"), re.compile("w[0-9]+")


class Join(NamedTuple):
    """Columns of the rows, and the code of what each of them equals."""

    columns: tuple[int, ...]
    keys: tuple[ast.expr, ...]


def find_join(variable: str, conditions: Sequence[ast.expr], is_key: Callable[[int], bool]) -> Join | None:
    """Return by which columns the rows that pass *conditions* can be looked up; None when nothing depends on the item.

    Args:
        variable: The name that the row has in *conditions*, which are lowered.
        is_key: Whether a column holds values that an index may have.
    """
    found: dict[int, ast.expr] = {}
    for condition in _iterate_parts(conditions):
        if not _cannot_fail(condition, variable):
            break  # what stands behind it is evaluated for the rows that come so far, and only for them
        for column, key in _find_equal(condition, variable):
            if is_key(column):
                found.setdefault(column, key)
    if all(isinstance(key, ast.Name) and _CONSTANT.fullmatch(key.id) for key in found.values()):
        return None
    return Join(tuple(found), tuple(found.values()))


def _iterate_parts(conditions: Sequence[ast.expr]) -> Iterator[ast.expr]:
    for condition in conditions:
        if isinstance(condition, ast.BoolOp) and isinstance(condition.op, ast.And):
            yield from _iterate_parts(condition.values)
        else:
            yield condition


def _find_equal(node: ast.expr, variable: str) -> Iterator[tuple[int, ast.expr]]:
    match node:
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            for own, other in ((left, right), (right, left)):
                match own:
                    case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=int(column))):
                        if name == variable and _is_at_hand(other, variable):
                            yield column, other


def _is_at_hand(node: ast.expr, variable: str) -> bool:
    """Whether a name holds a value before any row is looked at."""
    return isinstance(node, ast.Name) and node.id != variable and _KEPT.fullmatch(node.id) is None


def _cannot_fail(node: ast.expr, variable: str) -> bool:
    match node:
        case ast.Name() | ast.Constant():
            return True
        case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=int())):
            return name == variable
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _cannot_fail(operand, variable)
        case ast.BoolOp(values=values):
            return all(_cannot_fail(value, variable) for value in values)
        case ast.Compare(left=left, ops=ops, comparators=sides):
            plain = all(isinstance(op, ast.Eq | ast.NotEq | ast.Is | ast.IsNot) for op in ops)
            return plain and all(_cannot_fail(side, variable) for side in (left, *sides))
    return False
