"""The examples of a pack's rules, run through both evaluators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from perflint.document.model import Document
from perflint.engine.evaluation import Evaluation, evaluate, name_values
from perflint.engine.message import message_of
from perflint.engine.operands import list_operands
from perflint.engine.program import Program, compile_program
from perflint.engine.walk import Items, walk_views
from perflint.engine.watchdog import watch
from perflint.errors import PerflintError
from perflint.expression.rule import operands_of
from perflint.expression.template import show_value
from perflint.finding import Verdict
from perflint.language import LANGUAGES, say
from perflint.pack.assembly import build_example
from perflint.pack.examples import Example
from perflint.pack.model import Pack, Rule
from perflint.record import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleResult:
    """How one example ended.

    Attributes:
        got: What happened, in one word of ``pass fail unknown not_applicable error``.
        fault: Why the example does not hold, None when it does.
        operands: What the rule looked at, by pointer: all that is told, else the last item.
        values: The ``let`` values of the same item.
    """

    rule: Rule
    example: Example
    got: str
    fault: str | None
    operands: Mapping[str, str]
    values: Mapping[str, str]

    @property
    def ok(self) -> bool:
        """Whether the example holds."""
        return self.fault is None

    def describe(self) -> str:
        """Return the failure for a person: rule, example, expected, got, values."""
        head = f"{self.rule.id} {self.rule.name} {self.example.kind}[{self.example.index}]"
        lines = [f"{head}: {self.fault}"]
        lines += [f"    {name} = {value}" for name, value in (*self.operands.items(), *self.values.items())]
        return "\n".join(lines)


def run_examples(pack: Pack) -> Iterator[ExampleResult]:
    """Yield how every example of every rule of *pack* ends, in the order of the pack; disabled rules run too."""
    for rule in pack.rules:
        program = compile_program([_alone(pack, rule)])
        for example in rule.examples.all:
            yield run_example(program, example)


def run_example(program: Program, example: Example) -> ExampleResult:
    """Return how *example* ends under the single rule of *program*."""
    rule = program.rules[0]
    try:
        document = build_example(example.parts)
        with watch():
            compiled, reference = (evaluate(program, document, engine=name) for name in ("compiled", "simpleeval"))
    except PerflintError as error:
        return ExampleResult(rule=rule, example=example, got="error", fault=str(error), operands={}, values={})
    got = verdict_of(compiled)
    fault = _fault(program, example, compiled, reference)
    seen, values = _look_at(program, compiled) if fault is not None else ({}, {})
    return ExampleResult(rule=rule, example=example, got=got, fault=fault, operands=seen, values=values)


def _look_at(program: Program, evaluation: Evaluation) -> tuple[dict[str, str], dict[str, str]]:
    """Return the cells by pointer and the ``let`` values by name that make an outcome understood."""
    lang = say("zh", "en")
    values: Mapping[str, object]
    if evaluation.outcomes:
        cells = [cell for outcome in evaluation.outcomes for cell in outcome.operands]
        values = evaluation.outcomes[0].values
    else:
        cells = _read_last_item(program, evaluation.document)
        values = {}
        if verdict_of(evaluation) == "pass":
            values = _passing_values(program, evaluation.document)
    return _show(cells, lang), _show(values.items(), lang)


def _show(values: Iterable[tuple[str, object]], lang: str) -> dict[str, str]:
    return {name: show_value(value, lang) for name, value in values}


def _read_last_item(program: Program, document: Document) -> list[tuple[str, object]]:
    """Return what the rule, its ``when`` included, reads of the last item."""
    checked = program.rules[0].checked
    items = [places for places, _ in walk_views(checked.scope, document.data)]
    if not items or checked.scope.name == "cell":
        return []
    records = Items(document.data).find(checked.scope, items[-1])
    operands = (*operands_of([checked.when] if checked.when is not None else []), *checked.operands)
    return list(list_operands(operands, records, program.settings[0], document.data))


def verdict_of(evaluation: Evaluation) -> str:
    """Return the one word for an example: its worst verdict."""
    counts = evaluation.counts[0]
    if counts.error:
        return "error"
    if counts.failed:
        return "fail"
    if counts.unknown:
        return "unknown"
    return "pass" if counts.passed else "not_applicable"


def find_difference(program: Program, example: Example, evaluation: Evaluation) -> str | None:
    """Return in what *evaluation*, of one rule on *example*, is not as the example says; None if in nothing."""
    got = verdict_of(evaluation)
    if got != example.kind:
        told = say(f"应为 {example.kind}，实为 {got}", f"expected {example.kind}, got {got}")
        reasons = "；".join(o.reason for o in evaluation.outcomes if o.reason)
        return f"{told} ({reasons})" if reasons else told
    found = [outcome for outcome in evaluation.outcomes if outcome.verdict.value == example.kind]
    places = tuple(outcome.at for outcome in found)
    if example.at and places != example.at:
        told, expected = "、".join(places), "、".join(example.at)
        return say(f"应指向 {expected}，实为 {told}", f"expected at {expected}, got {told}")
    if not example.values:
        return None
    return _differing_values(example, found[0].values if found else _passing_values(program, evaluation.document))


def _passing_values(program: Program, document: Document) -> Mapping[str, object]:
    """Return the ``let`` values of the last item that passes: that is the one an example is about."""
    # Imported here: simpleeval, which a run of the compiled program does not need.
    from perflint.expression.reference import evaluate_rule

    checked, settings = program.rules[0].checked, program.settings[0]
    ended = [evaluate_rule(checked, roots, settings) for _, roots in walk_views(checked.scope, document.data)]
    values = next((outcome.values for outcome in reversed(ended) if outcome.verdict is Verdict.PASS), ())
    return name_values(checked, values)


def _differing_values(example: Example, values: Mapping[str, object]) -> str | None:
    shown = {name: show_value(values[name], "zh") for name in example.values if name in values}
    wrong = {name: shown.get(name) for name, value in example.values.items() if shown.get(name) != value}
    if not wrong:
        return None
    return say(f"值应为 {dict(example.values)}，实为 {wrong}", f"expected values {dict(example.values)}, got {wrong}")


def _fault(program: Program, example: Example, compiled: Evaluation, reference: Evaluation) -> str | None:
    if (compiled.counts, compiled.outcomes) != (reference.counts, reference.outcomes):
        return say("两个求值器结果不同", "the two evaluators differ")
    for outcome in compiled.outcomes:
        if outcome.verdict is Verdict.FAIL:
            for lang in LANGUAGES:
                message_of(program, outcome, lang)
    return find_difference(program, example, compiled)


def _alone(pack: Pack, rule: Rule) -> Pack:
    return replace(pack, rules=(replace(rule, enabled=True),))
