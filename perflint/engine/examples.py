"""The examples of a pack's rules, run through both evaluators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perflint.document import Document
from perflint.engine.evaluation import Evaluation, evaluate
from perflint.engine.message import message_of
from perflint.engine.program import Program, compile_program
from perflint.engine.walk import walk_views
from perflint.errors import PerflintError
from perflint.expression.template import show_value
from perflint.finding import Verdict
from perflint.language import LANGUAGES, say
from perflint.pack import Example, Pack, Rule
from perflint.pack.assembly import build_example
from perflint.record import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleResult:
    """How one example ended.

    Attributes:
        got: What happened, in one word of ``pass fail unknown not_applicable error``.
        fault: Why the example does not hold, None when it does.
        operands: Every value the rule looked at, by pointer, where it did not pass.
    """

    rule: Rule
    example: Example
    got: str
    fault: str | None
    operands: Mapping[str, str]

    @property
    def ok(self) -> bool:
        """Whether the example holds."""
        return self.fault is None

    def describe(self) -> str:
        """Return the failure for a person: rule, example, expected, got, values."""
        head = f"{self.rule.id} {self.rule.name} {self.example.kind}[{self.example.index}]"
        lines = [f"{head}: {self.fault}"]
        lines += [f"    {pointer} = {value}" for pointer, value in self.operands.items()]
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
        compiled, reference = (evaluate(program, document, engine=name) for name in ("compiled", "simpleeval"))
    except PerflintError as error:
        return ExampleResult(rule=rule, example=example, got="error", fault=str(error), operands={})
    got = verdict_of(compiled)
    fault = _fault(program, example, compiled, reference)
    operands = {p: show_value(v, say("zh", "en")) for outcome in compiled.outcomes for p, v in outcome.operands}
    return ExampleResult(rule=rule, example=example, got=got, fault=fault, operands=operands)


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
    return dict(zip((name for name, _ in checked.let), values, strict=False))


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
