"""Expression text → texts with one small change each, as a slip of its author might have made it.

Swapped: ``<`` and ``<=``, ``>`` and ``>=``, ``==`` and ``!=``, ``in`` and ``not in``, ``+`` and ``-``, ``*`` and ``/``,
``and`` and ``or``. Left out: an operand of ``and`` or ``or``, a ``not``. A number becomes one more and one less. Texts,
names and patterns stay as they are.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from perflint.expression.syntax import parse_expression, span


class Change(NamedTuple):
    """One change of an expression.

    Attributes:
        kind: ``border equality member sum product logic operand negation number``.
        start, width: What is replaced, in characters of the text.
        before, after: What stood there and what stands there now; ``after`` is empty for an operand left out.
        about: The part of the expression that the change is about, as written.
        text: The whole expression, changed.
    """

    kind: str
    start: int
    width: int
    before: str
    after: str
    about: str
    text: str


def list_changes(text: str) -> Iterator[Change]:
    """Yield every change of *text*, outer operators first; each is an expression but need not suit the rule.

    Raises:
        ExpressionErrors: *text* is no expression.
    """
    for node in ast.walk(parse_expression(text)):
        yield from _CHANGES.get(type(node), _unchanged)(node, text)


def _unchanged(_node: ast.AST, _text: str) -> Iterator[Change]:
    return iter(())


def _source(node: ast.AST, text: str) -> str:
    start, width = span(node)
    return text[start : start + width]


def _change(kind: str, node: ast.AST, text: str, edits: list[tuple[int, int, str]]) -> Change:
    """Return the change that makes *edits* (start, end, new text; in order, apart) to the part *node* of *text*."""
    changed, done = "", 0
    for start, end, new in edits:
        changed, done = changed + text[done:start] + new, end
    start, end, new = edits[0]
    return Change(kind, start, end - start, text[start:end], new, _source(node, text), changed + text[done:])


# --- operators

_COMPARED: Mapping[type[ast.cmpop], tuple[str, str, str]] = {
    ast.Lt: ("<", "<=", "border"),
    ast.LtE: ("<=", "<", "border"),
    ast.Gt: (">", ">=", "border"),
    ast.GtE: (">=", ">", "border"),
    ast.Eq: ("==", "!=", "equality"),
    ast.NotEq: ("!=", "==", "equality"),
    ast.In: ("in", "not in", "member"),
    ast.NotIn: (r"not\s+in", "in", "member"),
}
_COMPUTED: Mapping[type[ast.operator], tuple[str, str, str]] = {
    ast.Add: (r"\+", "-", "sum"),
    ast.Sub: ("-", "+", "sum"),
    ast.Mult: (r"\*", "/", "product"),
    ast.Div: ("/", "*", "product"),
}


def _edit_between(left: ast.expr, right: ast.expr, text: str, written: str, new: str) -> tuple[int, int, str]:
    """Return the edit of the operator between two operands, which may stand in brackets."""
    start, end = sum(span(left)), span(right)[0]
    found = re.compile(written).search(text, start, end)
    at, to = (start, end) if found is None else found.span()
    return at, to, new


def _flip_comparison(node: ast.Compare, text: str) -> Iterator[Change]:
    sides = [node.left, *node.comparators]
    for at, operator in enumerate(node.ops):
        written, new, kind = _COMPARED[type(operator)]
        yield _change(kind, node, text, [_edit_between(sides[at], sides[at + 1], text, written, new)])


def _flip_operation(node: ast.BinOp, text: str) -> Iterator[Change]:
    written, new, kind = _COMPUTED[type(node.op)]
    yield _change(kind, node, text, [_edit_between(node.left, node.right, text, written, new)])


def _change_logic(node: ast.BoolOp, text: str) -> Iterator[Change]:
    written, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
    pairs = list(zip(node.values, node.values[1:], strict=False))
    yield _change("logic", node, text, [_edit_between(a, b, text, rf"\b{written}\b", new) for a, b in pairs])
    start, width = span(node)
    for left_out in node.values:
        rest = f" {written} ".join(_bracketed(value, text) for value in node.values if value is not left_out)
        whole = f"({rest})" if len(node.values) > 2 else rest
        changed = _change("operand", left_out, text, [(start, start + width, whole)])
        yield changed._replace(
            start=span(left_out)[0], width=span(left_out)[1], before=_source(left_out, text), after=""
        )


def _bracketed(node: ast.expr, text: str) -> str:
    source = _source(node, text)
    return f"({source})" if isinstance(node, ast.BoolOp | ast.IfExp) else source


def _drop_not(node: ast.UnaryOp, text: str) -> Iterator[Change]:
    if isinstance(node.op, ast.Not):
        start, width = span(node)
        yield _change("negation", node, text, [(start, start + width, _bracketed(node.operand, text))])


def _shift_number(node: ast.Constant, text: str) -> Iterator[Change]:
    value: object = node.value
    if isinstance(value, Decimal):
        start, width = span(node)
        for number in (value + 1, value - 1):
            yield _change("number", node, text, [(start, start + width, f"{number:f}")])


_CHANGES: Mapping[type[ast.AST], Callable[..., Iterator[Change]]] = {
    ast.Compare: _flip_comparison,
    ast.BinOp: _flip_operation,
    ast.BoolOp: _change_logic,
    ast.UnaryOp: _drop_not,
    ast.Constant: _shift_number,
}
