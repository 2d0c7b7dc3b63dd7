"""Rules with one small change each, run against their own examples: an example set that notices none proves little.

A mutant that the loader refuses (a dropped guard leaves a blank unread) does not count; a mutant on which every
example still ends as it should has survived, and shows which border the examples leave open.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from perflint.document import Document
from perflint.engine.evaluation import evaluate
from perflint.engine.examples import build_example, verdict_of
from perflint.engine.program import add_definitions, compile_program
from perflint.expression import ExpressionErrors, RuleSource, Vocabulary, check_rule
from perflint.pack import Pack, Rule
from perflint.schema.model import BOOL, NUMBER, TEXT, Type, list_of, load_model


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One changed rule.

    Attributes:
        change: What was changed, in terms of the rule: ``assert: a <= b → a < b``, ``when dropped``.
        killed: Whether an example noticed.
    """

    rule: Rule
    change: str
    killed: bool


def run_mutants(pack: Pack) -> Iterator[Mutant]:
    """Yield every mutant of every rule of *pack* that loads, in the order of the pack."""
    vocabulary = _vocabulary_of(pack)
    for rule in pack.rules:
        examples = [(example.kind, build_example(rule.for_each, example.parts)) for example in rule.examples.all]
        for change, source in mutate_rule(rule):
            try:
                checked = check_rule(source, vocabulary)
            except ExpressionErrors:
                continue
            mutated = replace(pack, rules=(replace(rule, enabled=True, checked=checked),))
            yield Mutant(rule=rule, change=change, killed=_is_noticed(mutated, examples))


def _is_noticed(pack: Pack, examples: list[tuple[str, Document]]) -> bool:
    program = compile_program([pack])
    return any(verdict_of(evaluate(program, document)) != kind for kind, document in examples)


def mutate_rule(rule: Rule) -> Iterator[tuple[str, RuleSource]]:
    """Yield what was changed and the changed expressions: operators, numbers, operands, ``when`` and ``needs``."""
    templates = {f"message.{language}": text for language, text in rule.message.items()}
    source = RuleSource(
        for_each=rule.for_each,
        when=rule.when,
        needs=rule.needs,
        let=rule.let,
        assert_=rule.assert_,
        at=rule.at,
        templates=templates,
    )
    if rule.when is not None:
        yield "when dropped", replace(source, when=None)
        for text in mutate_text(rule.when):
            yield f"when: {text}", replace(source, when=text)
    for index, need in enumerate(rule.needs):
        yield f"needs: {need} dropped", replace(source, needs=rule.needs[:index] + rule.needs[index + 1 :])
    for name, value in rule.let.items():
        for text in mutate_text(value):
            yield f"let {name}: {text}", replace(source, let={**rule.let, name: text})
    for text in mutate_text(rule.assert_):
        yield f"assert: {text}", replace(source, assert_=text)


def mutate_text(text: str) -> Iterator[str]:
    """Yield every expression that differs from *text* by one operator, number or operand."""
    tree = ast.parse(text.replace("\n", " ").strip(), mode="eval")
    for place, node in enumerate(ast.walk(tree)):
        for change in _CHANGES.get(type(node), _unchanged)(node):
            changed = copy.deepcopy(tree)
            target = next(other for at, other in enumerate(ast.walk(changed)) if at == place)
            yield ast.unparse(_replace(changed, target, change))


def _replace(tree: ast.Expression, target: ast.AST, change: Callable[[Any], ast.expr]) -> ast.Expression:
    class Swap(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> Any:
            return change(node) if node is target else self.generic_visit(node)

    return ast.fix_missing_locations(Swap().visit(tree))  # type: ignore[no-any-return]


_FLIPPED: Mapping[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
}

_Change = Callable[[Any], ast.expr]


def _unchanged(_: ast.AST) -> Iterator[_Change]:
    return iter(())


def _flip_comparison(node: ast.Compare) -> Iterator[_Change]:
    if len(node.ops) == 1:
        yield lambda n: ast.Compare(n.left, [_flip(n.ops[0])], n.comparators)


def _flip_operation(node: ast.BinOp) -> Iterator[_Change]:
    if type(node.op) in _FLIPPED:
        yield lambda n: ast.BinOp(n.left, _flip(n.op), n.right)


def _change_logic(node: ast.BoolOp) -> Iterator[_Change]:
    yield lambda n: ast.BoolOp(_flip(n.op), n.values)
    for index in range(len(node.values)):
        yield lambda n, index=index: _without(n, index)  # type: ignore[misc]


def _without(node: ast.BoolOp, index: int) -> ast.expr:
    values = node.values[:index] + node.values[index + 1 :]
    return values[0] if len(values) == 1 else ast.BoolOp(node.op, values)


def _drop_not(node: ast.UnaryOp) -> Iterator[_Change]:
    if isinstance(node.op, ast.Not):
        yield lambda n: n.operand


def _shift_number(node: ast.Constant) -> Iterator[_Change]:
    if isinstance(node.value, int | float) and not isinstance(node.value, bool):
        yield lambda n: ast.Constant(n.value + 1)
        yield lambda n: ast.UnaryOp(ast.USub(), ast.Constant(1)) if n.value == 0 else ast.Constant(n.value - 1)


def _flip(operator: ast.AST) -> Any:
    return _FLIPPED[type(operator)]()


_CHANGES: Mapping[type[ast.AST], Callable[[Any], Iterator[_Change]]] = {
    ast.Compare: _flip_comparison,
    ast.BinOp: _flip_operation,
    ast.BoolOp: _change_logic,
    ast.UnaryOp: _drop_not,
    ast.Constant: _shift_number,
}


def _vocabulary_of(pack: Pack) -> Vocabulary:
    """Return the names of a loaded pack with their types, which its values show."""
    return Vocabulary(
        model=add_definitions(load_model(), pack),
        params={name: _type_of(param.value) for name, param in pack.params.items()},
        vocab={name: _type_of(words) for name, words in pack.vocab.items()},
    )


def _type_of(value: Any) -> Type:
    if isinstance(value, Mapping):
        return Type("map", item=TEXT)
    if isinstance(value, tuple):
        return list_of(_type_of(value[0]) if value else TEXT)
    if isinstance(value, bool):
        return BOOL
    return NUMBER if isinstance(value, Decimal) else TEXT
