"""Expression tree → a text that is the same for expressions of which the trees alone show that they mean the same.

Only what holds for every document is used: brackets and names of operators do not matter, whole numbers have no values
between neighbours, and a size, a length or a count is never below zero.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne

from perflint.expression.syntax import parse_expression

# Functions that give a whole number of zero or more.
_WHOLE = frozenset({"size", "length", "count", "places"})

_ALWAYS, _NEVER = "true", "false"


def read_meaning(text: str) -> str:
    """Return what an expression means; equal results mean the same, unequal ones may.

    Raises:
        ExpressionErrors: *text* is no expression.
    """
    return _meaning(parse_expression(text))


def _meaning(node: ast.expr) -> str:
    if isinstance(node, ast.BoolOp):
        return _logic(isinstance(node.op, ast.And), [_meaning(value) for value in node.values])
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return _negation(_meaning(node.operand))
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return _comparison(node)
    inner = [_meaning(child) if isinstance(child, ast.expr) else ast.dump(child) for child in _parts(node)]
    return f"{_label(node)}({', '.join(inner)})"


def _parts(node: ast.AST) -> list[ast.AST]:
    """Return the children of *node*, those of comprehensions in line."""
    found: list[ast.AST] = []
    for child in ast.iter_child_nodes(node):
        found += _parts(child) if isinstance(child, ast.comprehension) else [child]
    return found


def _label(node: ast.AST) -> str:
    name = type(node).__name__
    if isinstance(node, ast.Name):
        return f"{name} {node.id}"
    if isinstance(node, ast.Attribute):
        return f"{name} {node.attr}"
    if isinstance(node, ast.Constant):
        return f"{name} {node.value!r}"
    if isinstance(node, ast.GeneratorExp | ast.ListComp):
        return f"{name} {[len(generator.ifs) for generator in node.generators]}"
    return f"{name} {len(node.ops)}" if isinstance(node, ast.Compare) else name


def _logic(wanted: bool, values: list[str]) -> str:
    decided, idle = (_NEVER, _ALWAYS) if wanted else (_ALWAYS, _NEVER)
    if decided in values:
        return decided
    rest = list(dict.fromkeys(value for value in values if value != idle))
    if len(rest) < 2:
        return rest[0] if rest else idle
    return f"{'and' if wanted else 'or'}({', '.join(rest)})"


def _negation(value: str) -> str:
    if value in (_ALWAYS, _NEVER):
        return _NEVER if value == _ALWAYS else _ALWAYS
    return f"not({value})"


_MIRRORED = {"Lt": "Gt", "Gt": "Lt", "LtE": "GtE", "GtE": "LtE", "Eq": "Eq", "NotEq": "NotEq"}


def _comparison(node: ast.Compare) -> str:
    left, right, operator = node.left, node.comparators[0], type(node.ops[0]).__name__
    if _integer_of(left) is not None and operator in _MIRRORED:
        left, right, operator = right, left, _MIRRORED[operator]
    number = _integer_of(right)
    if _is_whole(left) and number is not None and operator in _MIRRORED:
        return _whole_comparison(_meaning(left), operator, number)
    return _with_fallback(left, operator, right) or f"{operator}({_meaning(left)}, {_meaning(right)})"


_COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "Lt": lt,
    "Gt": gt,
    "LtE": le,
    "GtE": ge,
    "Eq": eq,
    "NotEq": ne,
}


def _with_fallback(left: ast.expr, operator: str, right: ast.expr) -> str | None:
    """Of a number that stands in for a blank, all that counts is how it compares: ``default(x, 0) > 5``."""
    bound = _number_of(right)
    if bound is None or operator not in _COMPARED or not isinstance(left, ast.Call):
        return None
    match left:
        case (
            ast.Call(func=ast.Name(id="default"), args=[_, fallback])
            | ast.Call(func=ast.Name(id="lookup"), args=[_, _, fallback])
        ):
            number = _number_of(fallback)
            if number is not None:
                read = ", ".join(map(_meaning, left.args[:-1]))
                return f"{operator}({_label(left.func)}({read}), {bound}) else {_COMPARED[operator](number, bound)}"
    return None


def _number_of(node: ast.expr) -> Decimal | None:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        number = _number_of(node.operand)
        return None if number is None else -number
    value: object = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, Decimal) else None


def _whole_comparison(left: str, operator: str, number: int) -> str:
    """Return the meaning of comparing something whole and never negative: as ``≥`` or ``<`` where that will do."""
    if operator in ("Eq", "NotEq") and number > 0:
        return f"{operator}({left}, {number})"
    # To equal zero is to be below one; nothing equals a negative number.
    least = number if operator in ("GtE", "Lt") else number + 1
    is_least = operator in ("GtE", "Gt", "NotEq")
    if least <= 0:
        return _ALWAYS if is_least else _NEVER
    return f"{'GtE' if is_least else 'Lt'}({left}, {least})"


def _integer_of(node: ast.expr) -> int | None:
    """Return the whole number that *node* spells, None for anything else."""
    value = _number_of(node)
    return int(value) if value is not None and value == int(value) else None


def _is_whole(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _WHOLE
