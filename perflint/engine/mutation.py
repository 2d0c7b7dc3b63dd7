"""Rules with one small change each, run against their own examples: an example set that notices none proves little.

A mutant that the loader refuses (a dropped guard leaves a blank unread) does not count, nor does one that means the
same as its rule or as another mutant. A mutant on which every example still ends as it should has survived, and shows
which border the examples leave open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from perflint.document.model import Document
from perflint.engine.evaluation import evaluate
from perflint.engine.examples import find_difference
from perflint.engine.program import add_definitions, compile_program
from perflint.engine.watchdog import watch
from perflint.errors import EvaluationError
from perflint.expression.guards import path_key, surely_stated
from perflint.expression.meaning import read_meaning
from perflint.expression.mutation import Change, list_changes
from perflint.expression.problems import ExpressionErrors
from perflint.expression.rule import RuleSource, Vocabulary, check_rule
from perflint.expression.tree import CheckedRule
from perflint.pack.assembly import build_example
from perflint.pack.examples import Example
from perflint.pack.model import Pack, Rule
from perflint.record import dataclass, replace
from perflint.schema.model import BOOL, NUMBER, TEXT, Type, list_of, load_model

DROPPED = "dropped"

Part = tuple[str | int, ...]
"""Where an expression stands in its rule: ``("when",)``, ``("needs", 0)``, ``("let", "gap")``, ``("assert",)``."""


class Mutation(NamedTuple):
    """One change of one rule.

    Attributes:
        rule: Index among the rules of the pack.
        change: Its ``kind`` is ``dropped`` where the whole part is left out.
    """

    rule: int
    part: Part
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A mutation that was tried.

    Attributes:
        killed: Whether an example noticed.
    """

    mutation: Mutation
    killed: bool


def list_mutations(pack: Pack) -> Iterator[Mutation]:
    """Yield every mutation of every rule of *pack*, in the order of the pack; some do not load."""
    for index, rule in enumerate(pack.rules):
        for part, change in _list_parts(rule):
            yield Mutation(index, part, change)


def _list_parts(rule: Rule) -> Iterator[tuple[Part, Change]]:
    known = {(part, read_meaning(text)) for part, text in _list_texts(rule)}
    for part, text in _list_texts(rule):
        if part[0] == "when" or (part[0] == "needs" and not _is_known(rule.checked, int(part[1]))):
            yield part, Change(DROPPED, 0, len(text), text, "", text, "")
        if part[0] == "needs":
            continue
        for change in list_changes(text):
            meaning = (part, _meaning_of(change))
            if meaning not in known:
                yield part, change


def _is_known(rule: CheckedRule, index: int) -> bool:
    """Whether a cell of ``needs`` is never blank where ``when`` holds: leaving it out changes nothing."""
    return rule.when is not None and path_key(rule.needs[index].tree) in surely_stated(rule.when.tree, True)


def _meaning_of(change: Change) -> str | None:
    try:
        return read_meaning(change.text)
    except ExpressionErrors:  # longer than an expression may be: the loader will say so
        return None


def _list_texts(rule: Rule) -> Iterator[tuple[Part, str]]:
    if rule.when is not None:
        yield ("when",), rule.when
    yield from ((("needs", index), need) for index, need in enumerate(rule.needs))
    yield from ((("let", name), text) for name, text in rule.let.items())
    yield ("assert",), rule.assert_


def try_mutations(pack: Pack, mutations: Iterable[Mutation]) -> list[Mutant]:
    """Return those of *mutations* that load, each with what the examples of its rule made of it."""
    vocabulary, found = _vocabulary_of(pack), []
    for mutation in mutations:
        rule = pack.rules[mutation.rule]
        try:
            checked = check_rule(_mutate(rule, mutation), vocabulary)
        except ExpressionErrors:
            continue
        mutated = replace(pack, rules=(replace(rule, enabled=True, checked=checked),))
        found.append(Mutant(mutation=mutation, killed=_is_noticed(mutated, _build_examples(rule.examples))))
    return found


def distinct(mutants: Iterable[Mutant]) -> Iterator[Mutant]:
    """Yield the first of all mutants that mean the same; *mutants* are in the order of ``list_mutations``."""
    known = set()
    for mutant in mutants:
        rule, part, change = mutant.mutation
        meaning = (rule, part, read_meaning(change.text) if change.text else DROPPED)
        if meaning not in known:
            known.add(meaning)
            yield mutant


def _mutate(rule: Rule, mutation: Mutation) -> RuleSource:
    (key, *name), text = mutation.part, mutation.change.text
    source = RuleSource(
        for_each=rule.for_each,
        when=rule.when,
        needs=rule.needs,
        let=rule.let,
        assert_=rule.assert_,
        at=rule.at,
        templates={f"message.{language}": message for language, message in rule.message.items()},
    )
    if key == "when":
        return replace(source, when=text or None)
    if key == "needs":
        return replace(source, needs=tuple(need for at, need in enumerate(rule.needs) if at != name[0]))
    if key == "let":
        return replace(source, let={**rule.let, str(name[0]): text})
    return replace(source, assert_=text)


def _is_noticed(pack: Pack, examples: Iterable[tuple[Example, Document]]) -> bool:
    program = compile_program([pack])
    try:
        with watch():
            return any(
                find_difference(program, example, evaluate(program, document)) is not None
                for example, document in examples
            )
    except EvaluationError:
        return True  # nobody would miss a rule that does not end


@lru_cache(maxsize=8)
def _build_examples(examples: Any) -> tuple[tuple[Example, Document], ...]:
    return tuple((example, build_example(example.parts)) for example in examples.all)


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
