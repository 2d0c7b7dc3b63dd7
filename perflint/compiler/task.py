"""One rule to compile, and what it looks at: the item alone, or what stands around it as well."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import takewhile

from perflint.compiler.joining import iterate_parts
from perflint.expression.field_read import FieldRead
from perflint.expression.tree import CheckedRule
from perflint.expression.view import Settings
from perflint.record import dataclass
from perflint.schema.model import SCOPES, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One rule to compile: its place in the program, its checked expressions, its pack's settings."""

    index: int
    rule: CheckedRule
    settings: Settings


def is_alone(rule: CheckedRule, around: str = "") -> bool:
    """Whether *rule* looks at nothing but the item, and at the one of the scope *around* it."""
    checked = [*rule.needs, *(part for _, part in rule.let), rule.assert_, *rule.holes]
    trees = [part.tree for part in (*checked, *([rule.when] if rule.when is not None else []))]
    return not any(_find_names(tree) & (SCOPES.keys() - {rule.scope.name, around}) for tree in trees)


def looks_beyond(tree: ast.expr, scope: Scope) -> bool:
    """Whether *tree* looks at more than the item of *scope*."""
    return bool(_find_names(tree) & (SCOPES.keys() - {scope.name}))


def _find_names(tree: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def iterate_conditions(rule: CheckedRule) -> Iterator[ast.expr]:
    """Yield what must hold for *rule* to apply, in the order in which it is asked."""
    yield from iterate_parts([rule.when.tree] if rule.when is not None else [])


def is_settled(rule: CheckedRule) -> bool:
    """Whether the item can tell that it passes, if conditions hold each of which looks at the item or around it."""
    body = [*rule.needs, *(part for _, part in rule.let)]
    mixed = (
        rule.scope.name in _find_names(part) and looks_beyond(part, rule.scope) for part in iterate_conditions(rule)
    )
    return (
        bool(list_sufficient(rule)) and not any(looks_beyond(part.tree, rule.scope) for part in body) and not any(mixed)
    )


def list_sufficient(rule: CheckedRule) -> list[ast.expr]:
    """Return what looks at the item only, is asked first, and any of which is enough for *rule* to hold."""
    whole = rule.assert_.tree
    parts = whole.values if isinstance(whole, ast.BoolOp) and isinstance(whole.op, ast.Or) else [whole]
    return list(takewhile(lambda part: not looks_beyond(part, rule.scope), parts))


def list_parents(scope: Scope) -> tuple[Scope, ...]:
    """Return the scopes around *scope*, the document first."""
    found: list[Scope] = []
    while scope.parent is not None:
        scope = SCOPES[scope.parent]
        found.insert(0, scope)
    return tuple(found)


def iterate_stated(rule: CheckedRule) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield root and path of each cell that ``when`` itself asks to be stated."""
    for part in iterate_conditions(rule):
        match part:
            case ast.Call(func=ast.Name(id="stated"), args=[FieldRead(base=ast.Name(id=root), path=path)]):
                yield root, path
