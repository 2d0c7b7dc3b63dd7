"""The rule language: text → checked tree → value, by a reference evaluator and by a generated function."""

from perflint.expression.check import Checked, FieldRead, Names, check_expression
from perflint.expression.problems import ExpressionErrors, ExpressionProblem
from perflint.expression.rule import (
    CheckedRule,
    RuleSource,
    Vocabulary,
    base_vocabulary,
    check_rule,
    define_fields,
)

__all__ = [
    "Checked",
    "CheckedRule",
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
]
