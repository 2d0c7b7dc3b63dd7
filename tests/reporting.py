"""A made-up engine result over a real document, for tests of reports and renderings."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from perflint.document.loading import build_document
from perflint.document.model import Document
from perflint.errors import Problem
from perflint.finding import PackStamp, Report, Severity, Verdict
from perflint.pack.model import Rule
from perflint.report.baseline import Baseline, BaselineEntry, Renewal, list_acceptable, parse_baseline
from perflint.report.build import build_drawing, build_findings, build_wording, find_stale
from perflint.report.build import build_report as close_report
from perflint.report.inputs import BookLike, EvaluationLike
from perflint.report.suppressions import Suppressions
from perflint.report.tally import Tally


def make_rule(*, id: str, **fields: Any) -> Rule:  # noqa: A002 - the name of the field
    """Return a rule with what reports tell about one; its expressions are left out."""
    defaults: dict[str, Any] = {
        "name": "some-rule",
        "since": "1.0.0",
        "status": "stable",
        "severity": Severity.ERROR,
        "enabled": True,
        "tags": ("arithmetic",),
        "title": {"zh": "标题", "en": "Title"},
        "why": {"zh": "为什么", "en": "Why"},
        "source": (),
        "for_each": "table",
        "when": None,
        "needs": (),
        "let": {},
        "assert_": "true",
        "at": None,
        "message": {"zh": "不对", "en": "wrong"},
        "fix": {"zh": "请核对", "en": "Check it"},
        "notes": None,
        "examples": None,
        "pack": "cn-core",
        "params": {},
        "exempt": (),
        "yields_to": (),
        "replaces": (),
        "replaced_by": None,
        "formerly": (),
        "until": None,
        "places": {},
        "checked": None,
    }
    return Rule(id=id, **{**defaults, **fields})


@dataclass(frozen=True, kw_only=True)
class FakeProgram:
    rules: Sequence[Rule]
    packs: Sequence[PackStamp] = (PackStamp(id="cn-core", version="1.0.0", sha256="ab" * 32),)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(rule.id for rule in self.rules)


@dataclass(frozen=True, kw_only=True)
class FakeCounts:
    selected: int = 0
    passed: int = 0
    failed: int = 0
    unknown: int = 0
    not_applicable: int = 0
    error: int = 0


@dataclass(frozen=True, kw_only=True)
class FakeOutcome:
    rule: int
    item: str
    at: str
    verdict: Verdict = Verdict.FAIL
    values: Mapping[str, object] = field(default_factory=dict)
    reason: str | None = None
    operands: tuple[tuple[str, object], ...] = ()
    message: str = "不对"


@dataclass(frozen=True, kw_only=True)
class FakeEvaluation:
    document: Document
    counts: Sequence[FakeCounts]
    outcomes: Sequence[FakeOutcome]
    nanoseconds: list[int] | None = None

    @property
    def selected(self) -> list[int]:
        return [count.selected for count in self.counts]

    @property
    def passed(self) -> list[int]:
        return [count.passed for count in self.counts]

    @property
    def ended(self) -> Mapping[tuple[int, Verdict], int]:
        return Counter((outcome.rule, outcome.verdict) for outcome in self.outcomes)


def message_of(program: FakeProgram, outcome: FakeOutcome, lang: str) -> str:
    """Stand in for the engine's function of this name."""
    return outcome.message if lang == "zh" else f"{outcome.message} (en)"


def evaluation(document: Document, program: FakeProgram, *outcomes: FakeOutcome, passed: int = 1) -> FakeEvaluation:
    """Return *outcomes* with counts that fit them and *passed* passes a rule."""
    counts = []
    for index in range(len(program.rules)):
        found = [outcome.verdict for outcome in outcomes if outcome.rule == index]
        counts.append(
            FakeCounts(
                selected=len(found) + passed,
                passed=passed,
                failed=found.count(Verdict.FAIL),
                unknown=found.count(Verdict.UNKNOWN),
                error=found.count(Verdict.ERROR),
            )
        )
    return FakeEvaluation(document=document, counts=counts, outcomes=outcomes)


def build_report(
    evaluations: Iterable[EvaluationLike],
    program: FakeProgram,
    *,
    message_of: Any = message_of,
    lang: str = "zh",
    suppressions: Suppressions | None = None,
    baseline: Baseline | None = None,
    errors: Iterable[Problem] = (),
    passed_over: int = 0,
    keep: bool = True,
    draw: bool = False,
) -> Report:
    """Return the report of a whole run."""
    wording = build_wording(message_of, lang=lang, suppressions=suppressions, baseline=baseline, draw=draw)
    tally = wording.start_tally(keep=keep)
    for one in evaluations:
        tally.add(one, program, build_findings(one, program, wording), build_drawing(one.document, wording))
    tally.errors.extend(errors)
    tally.passed_over += passed_over
    return close_report(tally, program, wording)


def merge(tallies: Iterable[Tally], book: BookLike, *, notices: bool = True) -> Report:
    """Return the report of several tallies taken together."""
    whole = Tally()
    for tally in tallies:
        whole.merge(tally)
    return close_report(whole, book, build_wording(message_of), notices=notices)


def tally_one(evaluation: EvaluationLike, program: FakeProgram) -> Tally:
    """Return the tally of one document, as it comes from another process."""
    tally = Tally()
    tally.add(evaluation, program, build_findings(evaluation, program, build_wording(message_of)))
    return pickle.loads(pickle.dumps(tally))  # type: ignore[no-any-return]  # noqa: S301


def report(
    document: Document, outcomes: Sequence[FakeOutcome], rules: Sequence[Rule] | None = None, **options: Any
) -> Report:
    """Return the report of one document."""
    program = FakeProgram(rules=rules or (make_rule(id="PT101"),))
    return build_report([evaluation(document, program, *outcomes)], program, message_of=message_of, **options)


def indicator(name: str, value: str | Decimal = "5", unit: str | None = "次", **more: Any) -> dict[str, Any]:
    """Return an indicator row."""
    return {
        "level1": "产出指标",
        "level2": "数量指标",
        "name": name,
        "comparator": "≥",
        "value": value,
        "unit": unit,
        **more,
    }


def table(*indicators: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Return an overall table."""
    return {"kind": "overall", "title": "部门整体支出绩效目标表", "indicators": list(indicators), **more}


def document(*tables: Mapping[str, Any], path: str | None = "a.json", **more: Any) -> Document:
    """Return a document of the town 某某镇, year 2026."""
    data = {
        "perflint": "document/1",
        "organization": {"name": "某某镇人民政府"},
        "fiscal_year": 2026,
        "tables": list(tables),
        **more,
    }
    return build_document(data, path=path)


__all__ = [
    "Decimal",
    "FakeEvaluation",
    "FakeOutcome",
    "FakeProgram",
    "document",
    "evaluation",
    "indicator",
    "make_rule",
    "message_of",
    "replace",
    "report",
    "table",
]


def accept(report: Report) -> Baseline:
    """Return the first baseline that is written of *report*."""
    return renew(None, report)


def renew(old: Baseline | None, report: Report, *, grow: bool = False, stale: Iterable[BaselineEntry] = ()) -> Baseline:
    """Return *old* as it is written anew."""
    renewal = Renewal(old, grow=grow)
    renewal.take(list_acceptable(report.findings))
    return parse_baseline("".join(renewal.finish(stale)), path="b")


def list_stale(
    document: Document, outcomes: Sequence[FakeOutcome], rules: Sequence[Rule], baseline: Baseline
) -> tuple[BaselineEntry, ...]:
    """Return what a run over one document does not find again."""
    program = FakeProgram(rules=rules)
    wording = build_wording(message_of, baseline=baseline)
    tally, made = wording.start_tally(keep=False), evaluation(document, program, *outcomes)
    tally.add(made, program, build_findings(made, program, wording))
    return find_stale(tally, program, wording)
