"""Evaluations → Report: findings with their labels, places and fingerprints, the ledger, the notices.

Values in, values out: nothing here reads a file, knows a format or asks what day it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from perflint.document import Document
from perflint.errors import Problem
from perflint.finding import (
    CheckedDocument,
    DocumentIdentity,
    Finding,
    Location,
    Notice,
    Report,
    RuleCount,
    Suppression,
    Verdict,
)
from perflint.language import LANGUAGES, say, speaking
from perflint.pack.model import Rule
from perflint.report.baseline import Baseline, list_stale
from perflint.report.drawing import draw_document
from perflint.report.identity import Identity, build_fingerprint, fold, identify
from perflint.report.inputs import EvaluationLike, OutcomeLike, ProgramLike
from perflint.report.labels import Labels
from perflint.report.notices import note_baseline, note_rules, note_suppressions
from perflint.report.place import exists, order_of
from perflint.report.printed import mask_personal, print_value
from perflint.report.row import build_row
from perflint.report.suppressions import Subject, Suppressions

MessageOf = Callable[[Any, Any, str], str]


def build_report(
    evaluations: Iterable[EvaluationLike],
    program: ProgramLike,
    *,
    message_of: MessageOf,
    lang: str = "zh",
    suppressions: Suppressions | None = None,
    baseline: Baseline | None = None,
    errors: Iterable[Problem] = (),
    passed_over: int = 0,
) -> Report:
    """Return the report of a whole run.

    Args:
        evaluations: One a document, in the order the documents were given; consumed one at a time.
        lang: ``zh`` or ``en``: of messages, labels and notices.
        errors: Files that could not be read, in input order.
        passed_over: Files of a folder without the document marker.
    """
    parts = [
        build_document_report(
            evaluation, program, message_of=message_of, lang=lang, suppressions=suppressions, baseline=baseline
        )
        for evaluation in evaluations
    ]
    return merge_reports(
        parts,
        program,
        lang=lang,
        suppressions=suppressions,
        baseline=baseline,
        errors=errors,
        passed_over=passed_over,
    )


def merge_reports(
    reports: Iterable[Report],
    program: ProgramLike,
    *,
    lang: str = "zh",
    suppressions: Suppressions | None = None,
    baseline: Baseline | None = None,
    errors: Iterable[Problem] = (),
    passed_over: int = 0,
    notices: bool = True,
) -> Report:
    """Return one report of many, in the order given, with the notices of the whole run.

    Args:
        program: Every rule that took part. Documents need not have met the same ones: packs join in by organization.
        notices: Whether this is the whole run; a part of one has none.
    """
    parts = tuple(reports)
    merged = Report(
        packs=tuple(program.packs),
        documents=sum(part.documents for part in parts),
        tables=sum(part.tables for part in parts),
        findings=tuple(finding for part in parts for finding in part.findings),
        unknowns=tuple(finding for part in parts for finding in part.unknowns),
        rules=_merge_ledgers([part.rules for part in parts], program),
        errors=(*(error for part in parts for error in part.errors), *errors),
        passed_over=passed_over + sum(part.passed_over for part in parts),
        checked=tuple(document for part in parts for document in part.checked),
        lang=lang,
    )
    if not notices:
        return merged
    with speaking(lang):
        return replace(merged, notices=tuple(_build_notices(merged, program, suppressions, baseline)))


def build_document_report(
    evaluation: EvaluationLike,
    program: ProgramLike,
    *,
    message_of: MessageOf,
    lang: str = "zh",
    suppressions: Suppressions | None = None,
    baseline: Baseline | None = None,
    draw: bool = False,
) -> Report:
    """Return the report of one document, without notices: those are about a whole run.

    Args:
        draw: Whether it carries the tables as the form looks, for formats that show them.
    """
    accepted = baseline.fingerprints if baseline is not None else frozenset()
    with speaking(lang):
        builder = _Builder(evaluation, program, message_of, lang, suppressions, accepted)
        findings = builder.build(evaluation.outcomes)
        drawing = draw_document(evaluation.document.data) if draw else ()
    faults = tuple(finding for finding in findings if finding.verdict is not Verdict.UNKNOWN)
    unknowns = tuple(finding for finding in findings if finding.verdict is Verdict.UNKNOWN)
    ledger = tuple(_count_rules(evaluation, program, findings))
    document = replace(_check_in(evaluation.document, ledger), drawing=drawing)
    return Report(
        packs=tuple(program.packs),
        documents=1,
        tables=document.tables,
        findings=faults,
        unknowns=unknowns,
        rules=ledger,
        checked=(document,),
        lang=lang,
    )


class _Builder:
    """Turns the outcomes of one document into findings; labels and identities are worked out once a pointer."""

    def __init__(
        self,
        evaluation: EvaluationLike,
        program: ProgramLike,
        message_of: MessageOf,
        lang: str,
        suppressions: Suppressions | None,
        accepted: frozenset[str],
    ) -> None:
        self._document, self._program, self._lang = evaluation.document, program, lang
        self._message_of = message_of
        self._suppressions, self._accepted = suppressions, accepted
        self._names = Labels(evaluation.document.data)
        self._labels: dict[str, str] = {}
        self._identities: dict[str, Identity] = {}
        self._repeats: Counter[str] = Counter()

    def build(self, outcomes: Iterable[OutcomeLike]) -> list[Finding]:
        """Return a finding for each outcome, in the order of the form, then of rule ids."""
        rules = self._program.rules
        ordered = sorted(outcomes, key=lambda outcome: (order_of(outcome.at), rules[outcome.rule].id))
        return [self._build_one(outcome, rules[outcome.rule]) for outcome in ordered]

    def _build_one(self, outcome: OutcomeLike, rule: Rule) -> Finding:
        identity = self._identify(outcome.item)
        group = build_fingerprint(rule.id, identity, None)
        fingerprints = self._fingerprint(outcome, rule, identity)
        is_fault = outcome.verdict is not Verdict.UNKNOWN
        related = self._related(outcome) if is_fault else ()
        return Finding(
            rule=rule.id,
            name=rule.name,
            pack=rule.pack,
            severity=rule.severity,
            verdict=outcome.verdict,
            tags=tuple(rule.tags),
            message=self._message(outcome),
            lang=self._lang,
            fix=self._fix(outcome, rule),
            document=self._name_document(outcome.at, identity),
            location=self._locate(outcome.at),
            related=tuple(map(self._locate, related)),
            row=build_row(self._document.data, outcome.at, related) if is_fault else (),
            values={name: print_value(value) for name, value in outcome.values.items()},
            fingerprint=fingerprints[0],
            group=group,
            suppressed=self._suppress(outcome, rule, identity, fingerprints),
        )

    def _identify(self, pointer: str) -> Identity:
        found = self._identities.get(pointer)
        if found is None:
            found = self._identities[pointer] = identify(self._document.data, pointer)
        return found

    def _fingerprint(self, outcome: OutcomeLike, rule: Rule, identity: Identity) -> list[str]:
        """Return the fingerprints under the rule's present id and each former one."""
        plain = build_fingerprint(rule.id, identity, outcome.operands)
        ordinal = self._repeats[plain]
        self._repeats[plain] += 1
        if not ordinal and not rule.formerly:
            return [plain]
        return [build_fingerprint(name, identity, outcome.operands, ordinal) for name in (rule.id, *rule.formerly)]

    def _message(self, outcome: OutcomeLike) -> str:
        if outcome.verdict is Verdict.FAIL:
            return mask_personal(self._message_of(self._program, outcome, self._lang))
        return outcome.reason or outcome.verdict.value

    def _fix(self, outcome: OutcomeLike, rule: Rule) -> str | None:
        if outcome.verdict is not Verdict.FAIL or not rule.fix:
            return None
        return rule.fix.get(self._lang) or rule.fix.get("zh")

    def _related(self, outcome: OutcomeLike) -> list[str]:
        """Return what else the rule looked at and the form has: nobody can look up a cell that is not there."""
        pointers = dict.fromkeys(pointer for pointer, _ in outcome.operands)
        named = (outcome.at, outcome.item)
        return [pointer for pointer in pointers if pointer not in named and exists(self._document.data, pointer)]

    def _locate(self, pointer: str) -> Location:
        label = self._labels.get(pointer)
        if label is None:
            label = self._labels[pointer] = self._names.describe(pointer)
        origin = self._document.origin(pointer)
        span = self._document.locate(pointer)
        if span is None:
            return Location(pointer=pointer, label=label, origin=origin)
        return Location(
            pointer=pointer,
            label=label,
            line=span.line,
            column=span.column,
            end_line=span.end_line,
            end_column=span.end_column,
            origin=origin,
        )

    def _name_document(self, pointer: str, identity: Identity) -> DocumentIdentity:
        index = _table_index(pointer)
        table = self._document.data["tables"][index] if index is not None else {}
        return DocumentIdentity(
            path=self._document.path,
            organization=identity.organization,
            fiscal_year=identity.fiscal_year,
            table=table.get("id") or identity.table,
            table_index=index,
            table_name=self._names.name_table(index) if index is not None else None,
        )

    def _suppress(
        self, outcome: OutcomeLike, rule: Rule, identity: Identity, fingerprints: Sequence[str]
    ) -> Suppression | None:
        if outcome.verdict is Verdict.ERROR:
            return None
        if self._suppressions is not None and self._suppressions.entries:
            found = self._suppressions.find(self._describe(outcome, rule, identity, fingerprints))
            if found is not None:
                return found
        accepted = next((one for one in fingerprints if one in self._accepted), None)
        if accepted is None or outcome.verdict is not Verdict.FAIL:
            return None
        return Suppression(kind="baseline", reason=say("在基线中", "in the baseline"), fingerprint=accepted)

    def _describe(self, outcome: OutcomeLike, rule: Rule, identity: Identity, fingerprints: Sequence[str]) -> Subject:
        rows, cells = [identity.labels], [outcome.at.rpartition("/")[2]]
        for language in LANGUAGES:
            with speaking(language):
                rows.append(tuple(map(fold, self._names.name_row(outcome.at))))
                cells.append(fold(self._names.name_cell(outcome.at)))
        return Subject(
            rules=(rule.id, *rule.formerly, rule.name),
            identity=identity,
            rows=rows,
            cells=cells,
            fingerprints=fingerprints,
        )


def _count_rules(evaluation: EvaluationLike, program: ProgramLike, findings: Iterable[Finding]) -> Iterable[RuleCount]:
    moved: Counter[tuple[str, Verdict]] = Counter()
    reasons: dict[str, Counter[str]] = {}
    for finding in findings:
        if finding.suppressed is not None:
            moved[finding.rule, finding.verdict] += 1
        elif finding.verdict is Verdict.UNKNOWN:
            reasons.setdefault(finding.rule, Counter())[finding.message] += 1
    for rule, counts in zip(program.rules, evaluation.counts, strict=True):
        failed, unknown = moved[rule.id, Verdict.FAIL], moved[rule.id, Verdict.UNKNOWN]
        numbers = (
            counts.selected,
            counts.passed,
            counts.failed - failed,
            counts.unknown - unknown,
            counts.not_applicable,
            failed + unknown,
            counts.error,
        )
        line = _ledger_line(rule.id, rule.name, *numbers)
        yield replace(line, reasons=dict(reasons[rule.id])) if rule.id in reasons else line


# Over many documents most lines are the same few; they are values, so one serves all.
@lru_cache(maxsize=10_000)
def _ledger_line(
    rule: str,
    name: str,
    selected: int,
    passed: int,
    failed: int,
    unknown: int,
    not_applicable: int,
    suppressed: int,
    error: int,
) -> RuleCount:
    return RuleCount(
        rule=rule,
        name=name,
        selected=selected,
        passed=passed,
        failed=failed,
        unknown=unknown,
        not_applicable=not_applicable,
        suppressed=suppressed,
        error=error,
    )


def _merge_ledgers(ledgers: Iterable[Iterable[RuleCount]], program: ProgramLike) -> tuple[RuleCount, ...]:
    found: dict[str, list[RuleCount]] = {rule.id: [] for rule in program.rules}
    for ledger in ledgers:
        for count in ledger:
            found.setdefault(count.rule, []).append(count)
    names = {rule.id: rule.name for rule in program.rules}
    return tuple(
        _add_counts(counts) if counts else RuleCount(rule=rule, name=names[rule]) for rule, counts in found.items()
    )


def _add_counts(counts: Sequence[RuleCount]) -> RuleCount:
    if len(counts) == 1:
        return counts[0]
    reasons: Counter[str] = Counter()
    for count in counts:
        reasons.update(count.reasons)
    timed = [count.seconds for count in counts if count.seconds is not None]
    return RuleCount(
        rule=counts[0].rule,
        name=counts[0].name,
        selected=sum(count.selected for count in counts),
        passed=sum(count.passed for count in counts),
        failed=sum(count.failed for count in counts),
        unknown=sum(count.unknown for count in counts),
        not_applicable=sum(count.not_applicable for count in counts),
        suppressed=sum(count.suppressed for count in counts),
        error=sum(count.error for count in counts),
        reasons=dict(reasons.most_common()),
        seconds=sum(timed) if timed else None,
    )


def _build_notices(
    report: Report, program: ProgramLike, suppressions: Suppressions | None, baseline: Baseline | None
) -> Iterable[Notice]:
    if report.documents:  # where nothing was checked, that no rule decided anything is no news
        yield from note_rules(report.rules)
    if suppressions is not None:
        yield from note_suppressions(suppressions, (*report.findings, *report.unknowns), report.checked, program)
    if baseline is not None:
        yield from note_baseline(list_stale(baseline, report))


def _check_in(document: Document, ledger: Sequence[RuleCount]) -> CheckedDocument:
    data = document.data
    tables = data["tables"]
    pointers = ["", *(f"/tables/{index}" for index in range(len(tables)))]
    owners = dict.fromkeys((found.organization, found.fiscal_year) for found in (identify(data, p) for p in pointers))
    organization = next((name for name, _ in owners if name is not None), None)
    return CheckedDocument(
        path=document.path,
        organization=organization,
        fiscal_year=next((year for _, year in owners if year is not None), None),
        tables=len(tables),
        owners=tuple(owners),
        passed=tuple(count.rule for count in ledger if count.passed == count.selected - count.not_applicable > 0),
    )


def _table_index(pointer: str) -> int | None:
    tokens = pointer.split("/")
    return int(tokens[2]) if len(tokens) > 2 and tokens[1] == "tables" else None
