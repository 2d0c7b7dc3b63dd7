"""The rule language: text → checked tree → value, by a reference evaluator and by a generated function.

Each name is loaded when it is first used: a run whose packs come from the cache parses and checks nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing itself would cost more than the rest of this module
if TYPE_CHECKING:
    from perflint.expression.check import Names, check_expression
    from perflint.expression.field_read import FieldRead
    from perflint.expression.problems import ExpressionErrors, ExpressionProblem
    from perflint.expression.rule import (
        RuleSource,
        Vocabulary,
        base_vocabulary,
        check_rule,
        define_fields,
        describe_definitions,
    )
    from perflint.expression.tree import Checked, CheckedRule, Defined

__all__ = [
    "Checked",
    "CheckedRule",
    "Defined",
    "ExpressionErrors",
    "ExpressionProblem",
    "FieldRead",
    "Names",
    "RuleSource",
    "Vocabulary",
    "base_vocabulary",
    "check_expression",
    "check_rule",
    "define_fields",
    "describe_definitions",
]

_HOMES = {
    **dict.fromkeys(("Names", "check_expression"), "check"),
    **dict.fromkeys(("ExpressionErrors", "ExpressionProblem"), "problems"),
    **dict.fromkeys(
        ("RuleSource", "Vocabulary", "base_vocabulary", "check_rule", "define_fields", "describe_definitions"), "rule"
    ),
    "FieldRead": "field_read",
    **dict.fromkeys(("Checked", "CheckedRule", "Defined"), "tree"),
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'perflint.expression' has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"perflint.expression.{home}"), name)
    globals()[name] = value
    return value
