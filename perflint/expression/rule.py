"""The expressions of one rule, checked together in the order in which they run: when → needs → let → assert → message.

What an earlier step has shown (a cell in ``needs`` is not blank, ``when`` holds) a later step may rely on.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping

from perflint.expression.check import check_expression
from perflint.expression.field_read import FieldRead
from perflint.expression.guards import path_key as key_of
from perflint.expression.guards import surely_stated
from perflint.expression.names import AGGREGATES, SPECIAL, Names
from perflint.expression.problems import ExpressionErrors, ExpressionProblem, suggest
from perflint.expression.syntax import parse_expression, print_source, span
from perflint.expression.template import Hole, split_template
from perflint.expression.tree import Checked, CheckedRule, Operand, Place
from perflint.functions import FUNCTIONS
from perflint.language import say
from perflint.record import dataclass, replace
from perflint.schema.model import SCOPES, Model, Type, record_of

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSource:
    """The expressions of a rule as written.

    Attributes:
        templates: Texts with placeholders by where they stand: ``message.zh``, ``message.en``.
    """

    for_each: str
    assert_: str
    when: str | None = None
    needs: tuple[str, ...] = ()
    let: Mapping[str, str]
    at: str | None = None
    templates: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What a pack offers its rules.

    Attributes:
        model: The schema with the pack's ``define`` fields (see ``define_fields``).
        params, vocab: Types of ``params.x`` and ``vocab.x``.
    """

    model: Model
    params: Mapping[str, Type]
    vocab: Mapping[str, Type]


def names_for(scope_name: str, vocabulary: Vocabulary) -> Names:
    """Return what the expressions of a rule for *scope_name* may name."""
    scope = SCOPES[scope_name]
    roots = {scope.name: record_of(scope.record)}
    while scope.parent is not None:
        scope = SCOPES[scope.parent]
        roots[scope.name] = record_of(scope.record)
    return Names(model=vocabulary.model, params=vocabulary.params, vocab=vocabulary.vocab, roots=roots, item=scope_name)


def check_rule(source: RuleSource, vocabulary: Vocabulary) -> CheckedRule:
    """Return the checked expressions of one rule.

    Raises:
        ExpressionErrors: Every fault of the rule; ``problems_found`` says in which text and at which offset.
    """
    if source.for_each not in SCOPES:
        message = say(f"没有 for_each: {source.for_each}", f"unknown for_each: {source.for_each}")
        hint = suggest(source.for_each, SCOPES) or say(f"可用：{'、'.join(SCOPES)}", f"legal: {', '.join(SCOPES)}")
        width = len(source.for_each)
        raise ExpressionErrors([ExpressionProblem(message=message, hint=hint, width=width, where=("for_each",))])
    return _RuleCheck(source, names_for(source.for_each, vocabulary)).run()


class _RuleCheck:
    """One pass over a rule; collects the faults of every part before it gives up."""

    def __init__(self, source: RuleSource, names: Names) -> None:
        self.source, self.names = source, names
        self.problems: list[ExpressionProblem] = []
        self.blamed: set[str] = set()

    def run(self) -> CheckedRule:
        source = self.source
        self.names = replace(self.names, follows_needs=False)
        when = self._boolean(source.when, ("when",)) if source.when is not None else None
        self.names = replace(self.names, follows_needs=True)
        needs = tuple(filter(None, (self._need(text, index) for index, text in enumerate(source.needs))))
        let = tuple((name, checked) for name, text in source.let.items() if (checked := self._let(name, text)))
        outer = self.names
        assertion = self._boolean(source.assert_, ("assert",))
        self.names = outer  # a message is written for an item on which the assertion did not hold
        at = self._at()
        holes, templates = self._templates()
        if self.problems or assertion is None:
            raise ExpressionErrors(_without_consequences(self.problems))
        parts = [*([when] if when else []), *needs, *(checked for _, checked in let), assertion]
        return CheckedRule(
            scope=SCOPES[source.for_each],
            when=when,
            needs=needs,
            needed=tuple(_operand(need.tree) for need in needs),
            let=let,
            let_types=tuple((name, checked.type) for name, checked in let),
            assert_=assertion,
            at=at,
            holes=tuple(holes),
            templates=templates,
            operands=tuple(operands_of(parts[1:] if when else parts)),
        )

    def _check(self, text: str, where: tuple[str | int, ...], start: int = 0) -> Checked | None:
        try:
            return check_expression(text, self.names)
        except ExpressionErrors as error:
            for problem in error.problems_found:
                # A let that did not check makes every later use of its name a follow-up, which is not worth telling.
                if not any(f"“{name}”" in problem.message or f"'{name}'" in problem.message for name in self.blamed):
                    self.problems.append(replace(problem, where=where, start=problem.start + start))
            return None

    def _fault(
        self, where: tuple[str | int, ...], message: str, text: str, hint: str | None = None, *, start: int = 0
    ) -> None:
        width = max(len(text), 1)
        self.problems.append(ExpressionProblem(message=message, start=start, width=width, where=where, hint=hint))

    def _boolean(self, text: str, where: tuple[str | int, ...]) -> Checked | None:
        checked = self._check(text, where)
        if checked is None:
            return None
        if checked.type.kind != "bool":
            self._fault(where, say(f"需要是非判断，而不是 {checked.type}", f"expected bool, not {checked.type}"), text)
        self.names = self.names.knowing(surely_stated(checked.tree, True))
        return checked

    def _need(self, text: str, index: int) -> Checked | None:
        checked = self._check(text, ("needs", index))
        if checked is None:
            return None
        if not isinstance(checked.tree, FieldRead) or not isinstance(checked.tree.base, ast.Name):
            self._fault(("needs", index), say("needs 只列字段", "needs lists fields only"), text)
        elif not checked.type.nullable and key_of(checked.tree) not in self.names.sure:
            self._fault(("needs", index), say(f"“{text}”不会为空", f"'{text}' is never blank"), text)
        key = key_of(checked.tree)
        self.names = self.names.knowing([key] if key else [])
        return checked

    def _let(self, name: str, text: str) -> Checked | None:
        where = ("let", name)
        if self._taken(name):
            self._fault(where, say(f"名字“{name}”已有含义", f"the name '{name}' is taken"), text)
        checked = self._check(text, where)
        if checked is None:
            self.blamed.add(name)
            return None
        self.names = self.names.having(name, checked.type)
        return checked

    def _taken(self, name: str) -> bool:
        names = self.names
        if not name.isidentifier() or "__" in name or name in ("item", "params", "vocab"):
            return True
        if name in names.roots or name in names.local or name in FUNCTIONS or name in SPECIAL | AGGREGATES:
            return True
        return names.model.find(SCOPES[names.item].record, name) is not None

    def _at(self) -> tuple[Place, ...]:
        """Read ``at``: a field, or ``field if flag else field …`` with flags among the ``let`` values."""
        text = self.source.at
        if text is None:
            return (Place(None, self.names.item, ()),)
        try:
            tree = parse_expression(text)
        except ExpressionErrors:
            self._check(text, ("at",))
            return ()
        places = []
        while isinstance(tree, ast.IfExp):
            places.append(self._place(tree.body, self._flag(tree.test)))
            tree = tree.orelse
        return (*places, self._place(tree, None))

    def _flag(self, test: ast.expr) -> str:
        """Return the name of a ``let`` value that holds when it is true or, where it may be null, when it is there."""
        name = test.id if isinstance(test, ast.Name) else ""
        kind = self.names.local.get(name)
        if kind is None or not (kind.kind == "bool" or kind.nullable):
            told = say(
                "at 的条件只能是 let 中的是非值，或可以为空的值",
                "a condition of at is a let value that is true or false, or may be null",
            )
            self._fault(("at",), told, print_source(test))
        return name

    def _place(self, field: ast.expr, flag: str | None) -> Place:
        nowhere = Place(flag, self.names.item, ())
        if not isinstance(field, ast.Name | ast.Attribute):
            self._fault(("at",), say("at 应指向一个字段", "at must name a field"), self.source.at or "")
            return nowhere
        checked = self._check(ast.unparse(field), ("at",), span(field)[0])
        if checked is None:
            return nowhere
        tree = checked.tree
        if isinstance(tree, ast.Name) and tree.id in self.names.roots:
            return Place(flag, tree.id, ())
        if isinstance(tree, FieldRead) and isinstance(tree.base, ast.Name) and tree.base.id in self.names.roots:
            return Place(flag, tree.base.id, tree.path)
        self._fault(("at",), say("at 应指向一个字段", "at must name a field"), self.source.at or "")
        return nowhere

    def _templates(self) -> tuple[list[Checked], dict[str, tuple[str | int, ...]]]:
        holes: dict[str, int] = {}
        checked_holes: list[Checked] = []
        templates: dict[str, tuple[str | int, ...]] = {}
        for key, template in self.source.templates.items():
            where = tuple(key.split("."))
            parts: list[str | int] = []
            for part in self._split(template, where):
                if isinstance(part, str):
                    parts.append(part)
                    continue
                if part.text not in holes and (checked := self._check(part.text, where, part.start)) is not None:
                    if _element(checked.type).kind in ("record", "map"):
                        message = say(f"占位符不能显示 {checked.type}", f"cannot show {checked.type}")
                        hint = say("写明其中的字段", "name a field of it")
                        self._fault(where, message, part.text, hint, start=part.start)
                    holes[part.text] = len(checked_holes)
                    checked_holes.append(checked)
                parts.append(holes.get(part.text, 0))
            templates[key] = tuple(parts)
        return checked_holes, templates

    def _split(self, template: str, where: tuple[str | int, ...]) -> tuple[str | Hole, ...]:
        try:
            return split_template(template)
        except ExpressionErrors as error:
            self.problems.extend(replace(problem, where=where) for problem in error.problems_found)
            return ()


def _element(kind: Type) -> Type:
    """Return what a list, or lists in one another, are made of; any other type itself."""
    return _element(kind.item) if kind.kind == "list" and kind.item is not None else kind


def _without_consequences(problems: list[ExpressionProblem]) -> list[ExpressionProblem]:
    """Return *problems* without those that come of another in the same text, or in ``when`` or ``needs`` before it."""
    causes = {problem.where[0] for problem in problems if problem.role == "cause"}
    before = {"when": set[str](), "needs": {"when"}}
    kept = []
    for problem in problems:
        text = problem.where[0]
        guards = before.get(str(text), {"when", "needs"}) | {text}
        if problem.role != "consequence" or not causes & guards:
            kept.append(problem)
    return kept


def _operand(read: Any) -> Operand:
    """Return a field of a variable as an operand."""
    return Operand(read.base.id, read.record, read.path)


def operands_of(parts: Iterable[Checked]) -> Iterator[Operand]:
    """Yield each field that *parts* read, once."""
    seen: set[str] = set()
    for part in parts:
        for node in ast.walk(part.tree):
            if isinstance(node, FieldRead) and isinstance(node.base, ast.Name) and node.base.id in SCOPES:
                key = key_of(node) or ""
                if key not in seen:
                    seen.add(key)
                    yield _operand(node)
