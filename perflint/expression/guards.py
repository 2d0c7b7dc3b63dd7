"""What cannot be blank once a condition has come out one way or the other."""

from __future__ import annotations

import ast

from perflint.expression.field_read import FieldRead

_TESTS = frozenset({"stated", "blank"})


def path_key(node: ast.expr) -> str | None:
    """Return the text by which a nullable variable or field is remembered as tested, None for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, FieldRead):
        base = path_key(node.base)
        return None if base is None else f"{base}.{'.'.join(node.path)}"
    return None


# A kind of target says which of its parts are there.
_KIND_STATES = {"number": ("number",), "range": ("low", "high"), "deadline": ("date",)}


def surely_stated(node: ast.expr, outcome: bool) -> frozenset[str]:
    """Return the paths that cannot be null when *node* evaluates to *outcome*."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return surely_stated(node.operand, not outcome)
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And) is outcome:
        return frozenset().union(*(surely_stated(value, outcome) for value in node.values))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _TESTS and node.args:
        key = path_key(node.args[0])
        return frozenset({key}) if key and (node.func.id == "stated") is outcome else frozenset()
    if isinstance(node, ast.Compare) and outcome and isinstance(node.ops[0], ast.Eq) and len(node.ops) == 1:
        return _stated_by_kind(node.left, node.comparators[0])
    return frozenset()


def _stated_by_kind(left: ast.expr, right: ast.expr) -> frozenset[str]:
    key = path_key(left)
    if key is None or not key.endswith(".kind") or not isinstance(right, ast.Constant):
        return frozenset()
    if not isinstance(left, FieldRead) or "target" not in (left.record, *left.path):
        return frozenset()
    return frozenset(key.removesuffix("kind") + part for part in _KIND_STATES.get(str(right.value), ()))
