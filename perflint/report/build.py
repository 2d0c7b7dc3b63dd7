"""Evaluations → Report: findings with their labels, places and fingerprints, the ledger, the notices.

Values in, values out: nothing here reads a file, knows a format or asks what day it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from perflint.document.model import Document
from perflint.finding import (
    DocumentIdentity,
    DrawnTable,
    Finding,
    Location,
    Notice,
    Report,
    Severity,
    Suppression,
    Verdict,
)
from perflint.language import LANGUAGES, say, speaking
from perflint.pack.model import Rule
from perflint.record import dataclass, replace
from perflint.report.identity import Identities, Identity, build_fingerprint, fold, write_operands
from perflint.report.labels import Labels
from perflint.report.notices import note_rules
from perflint.report.place import Places
from perflint.report.printed import mask_personal, print_value
from perflint.report.row import Rows
from perflint.report.tally import NOTHING, Tally, Watch

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, TypeAlias

    from perflint.document.position import Span
    from perflint.report.baseline import Baseline, BaselineEntry
    from perflint.report.doubts import Doubts
    from perflint.report.inputs import BookLike, EvaluationLike, OutcomeLike, ProgramLike
    from perflint.report.suppressions import Subject, Suppressions

MessageOf: TypeAlias = "Callable[[Any, Any, str], str]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How findings are told, and what covers them; the same for a whole run.

    Attributes:
        message_of: (program, outcome, language) → the sentence a person reads.
        lang: ``zh`` or ``en``: of messages, labels and notices.
        draw: Whether reports carry the tables as the form looks, for formats that show them.
        watch: What *suppressions* and *baseline* name.
    """

    message_of: MessageOf
    lang: str = "zh"
    suppressions: Suppressions | None = None
    baseline: Baseline | None = None
    draw: bool = False
    watch: Watch = NOTHING

    def start_tally(self, *, keep: bool = True) -> Tally:
        """Return an empty tally."""
        return Tally(keep=keep, watch=self.watch)


def build_wording(
    message_of: MessageOf,
    *,
    lang: str = "zh",
    suppressions: Suppressions | None = None,
    baseline: Baseline | None = None,
    draw: bool = False,
) -> Wording:
    """Return how to tell findings in *lang*."""
    return Wording(
        message_of=message_of,
        lang=lang,
        suppressions=suppressions,
        baseline=baseline,
        draw=draw,
        watch=Watch(
            fingerprints=baseline.fingerprints if baseline is not None else frozenset(),
            owners=baseline.owners if baseline is not None else frozenset(),
            places=suppressions.places if suppressions is not None else frozenset(),
        ),
    )


def build_findings(evaluation: EvaluationLike, program: ProgramLike, wording: Wording) -> list[Finding]:
    """Return a finding for each outcome, unknowns among them, in the order of the form, then of rule ids."""
    if not evaluation.outcomes:
        return []
    with speaking(wording.lang):
        return _Builder(evaluation, program, wording).build(evaluation.outcomes)


def build_drawing(document: Document, wording: Wording) -> tuple[DrawnTable, ...]:
    """Return the tables of *document* as the form looks; none unless asked for."""
    if not wording.draw:
        return ()
    from perflint.report.drawing import draw_document  # few formats show it

    with speaking(wording.lang):
        return draw_document(document.data)


def build_report(tally: Tally, book: BookLike, wording: Wording, *, notices: bool = True) -> Report:
    """Return the report of what was tallied.

    Args:
        book: Every rule that took part. Documents need not have met the same ones: packs join in by organization.
        notices: Whether this is the whole run; a part of one has none.
    """
    findings, unknowns = tally.findings.settle(), tally.unknowns.settle()
    held = tally.keep and isinstance(findings, tuple) and isinstance(unknowns, tuple)
    report = Report(
        packs=tuple(book.packs),
        documents=tally.documents,
        tables=tally.tables,
        findings=findings,
        unknowns=unknowns,
        rules=tally.count_rules(book),
        errors=tally.errors.settle(),
        passed_over=tally.passed_over,
        checked=tally.checked.settle(),
        lang=wording.lang,
        counted=None if held else tally.totals,
    )
    if not notices:
        return report
    with speaking(wording.lang):
        tally.remarks.extend(_build_notices(report, tally, book, wording))
    return replace(report, notices=tally.remarks.settle())


def find_stale(tally: Tally, book: BookLike, wording: Wording) -> tuple[BaselineEntry, ...]:
    """Return the entries of the baseline that were not found again; of documents and rules that took part only."""
    if wording.baseline is None:
        return ()
    from perflint.report.baseline import list_stale

    rules = {name for rule in book.rules for name in (rule.id, *rule.formerly)}
    found = tally.found
    return list_stale(wording.baseline, rules=rules, owners=found.owners, found=found.fingerprints)


def _build_notices(report: Report, tally: Tally, book: BookLike, wording: Wording) -> Iterable[Notice]:
    if report.documents:  # where nothing was checked, that no rule decided anything is no news
        yield from note_rules(report.rules)
    if wording.suppressions is not None:
        from perflint.report.notices import note_suppressions

        yield from note_suppressions(wording.suppressions, used=tally.used, places=tally.found.places, book=book)
    if wording.baseline is not None:
        from perflint.report.notices import note_baseline

        yield from note_baseline(find_stale(tally, book, wording), wording.baseline, book)


class _Builder:
    """Turns the outcomes of one document into findings; labels and identities are worked out once a pointer."""

    def __init__(
        self,
        evaluation: EvaluationLike,
        program: ProgramLike,
        wording: Wording,
    ) -> None:
        self._document, self._program, self._wording = evaluation.document, program, wording
        self._lang = wording.lang
        self._places = Places(evaluation.document.data)
        self._names, self._rows = Labels(self._places), Rows(self._places)
        self._identities = Identities(self._places)
        self._locations: dict[str, Location] = {}
        self._spans: dict[str, Span] = {}
        self._owners: dict[tuple[int | None, str | None, int | None, str | None], DocumentIdentity] = {}
        self._repeats: Counter[str] = Counter()
        self._doubts = _open_doubts(evaluation.document.data)

    def build(self, outcomes: Iterable[OutcomeLike]) -> list[Finding]:
        """Return a finding for each outcome, in the order of the form, then of rule ids."""
        rules, walk = self._program.rules, self._places.walk
        ordered = sorted(outcomes, key=lambda outcome: (walk(outcome.at).order, rules[outcome.rule].id))
        related = [self._related(outcome) for outcome in ordered]
        self._find_spans(ordered, related)
        return [
            self._build_one(outcome, rules[outcome.rule], pointers)
            for outcome, pointers in zip(ordered, related, strict=True)
        ]

    def _find_spans(self, outcomes: Iterable[OutcomeLike], related: Iterable[Iterable[str]]) -> None:
        """Look up where all that will be told of stands: together, which is sooner than one by one."""
        pointers = dict.fromkeys(outcome.at for outcome in outcomes)
        pointers.update(dict.fromkeys(pointer for some in related for pointer in some))
        self._spans = dict(zip(pointers, self._document.locate_all([*pointers]) or (), strict=False))

    def _build_one(self, outcome: OutcomeLike, rule: Rule, related: Sequence[str]) -> Finding:
        identity = self._identities.find(outcome.item)
        fingerprints = self._fingerprint(outcome, rule, identity)
        doubt = self._find_doubt(outcome, rule, related)
        return Finding(
            rule=rule.id,
            name=rule.name,
            pack=rule.pack,
            severity=Severity.WARNING if doubt else rule.severity,
            verdict=outcome.verdict,
            tags=tuple(rule.tags),
            message=self._message(outcome) + doubt,
            lang=self._lang,
            fix=self._fix(outcome, rule),
            document=self._name_document(outcome.at, identity),
            location=self._locate(outcome.at),
            related=tuple(map(self._locate, related)),
            row=self._rows.build(outcome.at, related) if outcome.verdict is not Verdict.UNKNOWN else (),
            values={name: print_value(value) for name, value in outcome.values.items()},
            fingerprint=fingerprints[0],
            group=build_fingerprint(rule.id, identity),
            suppressed=self._suppress(outcome, rule, identity, fingerprints),
        )

    def _find_doubt(self, outcome: OutcomeLike, rule: Rule, related: Sequence[str]) -> str:
        """Return what leaves an error open; empty where nothing does."""
        if self._doubts is None or rule.severity is not Severity.ERROR or outcome.verdict is not Verdict.FAIL:
            return ""
        return self._doubts.find(outcome.at, related)

    def _fingerprint(self, outcome: OutcomeLike, rule: Rule, identity: Identity) -> list[str]:
        """Return the fingerprints under the rule's present id and each former one."""
        values = write_operands(self._compared(outcome))
        plain = build_fingerprint(rule.id, identity, values)
        ordinal = self._repeats[plain]
        self._repeats[plain] += 1
        if not ordinal and not rule.formerly:
            return [plain]
        return [build_fingerprint(name, identity, values, ordinal) for name in (rule.id, *rule.formerly)]

    def _compared(self, outcome: OutcomeLike) -> Sequence[tuple[str, object]]:
        """Return what the rule looked at, with the cell it points to: a rule may have read that by a derived field."""
        at, operands = outcome.at, outcome.operands
        value = self._places.walk(at).value
        if value is None or isinstance(value, list | dict) or at in [pointer for pointer, _ in operands]:
            return operands
        return (*operands, (at, str(value)))

    def _message(self, outcome: OutcomeLike) -> str:
        if outcome.verdict is Verdict.FAIL:
            return mask_personal(self._wording.message_of(self._program, outcome, self._lang))
        return outcome.reason or outcome.verdict.value

    def _fix(self, outcome: OutcomeLike, rule: Rule) -> str | None:
        if outcome.verdict is not Verdict.FAIL or not rule.fix:
            return None
        return rule.fix.get(self._lang) or rule.fix.get("zh")

    def _related(self, outcome: OutcomeLike) -> Sequence[str]:
        """Return what else the rule looked at and the form has: nobody can look up a cell that is not there."""
        if outcome.verdict is Verdict.UNKNOWN:
            return ()
        pointers = dict.fromkeys([pointer for pointer, _ in outcome.operands])
        named, walk = (outcome.at, outcome.item), self._places.walk
        return [pointer for pointer in pointers if pointer not in named and walk(pointer).exists]

    def _locate(self, pointer: str) -> Location:
        known = self._locations.get(pointer)
        if known is None:
            line, column, end_line, end_column = self._spans.get(pointer) or _NOWHERE
            known = self._locations[pointer] = Location(
                pointer=pointer,
                label=self._names.describe(pointer),
                line=line,
                column=column,
                end_line=end_line,
                end_column=end_column,
                origin=self._say_origin(pointer),
            )
        return known

    def _say_origin(self, pointer: str) -> str | None:
        origin = self._document.origin(pointer)
        if not origin:
            return None
        from perflint.origin import say_origin  # JSON has none

        return say_origin(origin)

    def _name_document(self, pointer: str, identity: Identity) -> DocumentIdentity:
        step = self._places.walk(pointer).table
        index = int(step.token) if step is not None else None
        key = index, identity.organization, identity.fiscal_year, identity.table
        known = self._owners.get(key)
        if known is None:
            table = self._document.data["tables"][index] if index is not None else {}
            known = self._owners[key] = DocumentIdentity(
                path=self._document.path,
                organization=identity.organization,
                fiscal_year=identity.fiscal_year,
                table=table.get("id") or identity.table,
                table_index=index,
                table_name=self._names.name_table(index) if index is not None else None,
            )
        return known

    def _suppress(
        self, outcome: OutcomeLike, rule: Rule, identity: Identity, fingerprints: Sequence[str]
    ) -> Suppression | None:
        if outcome.verdict is Verdict.ERROR:
            return None
        suppressions = self._wording.suppressions
        if suppressions is not None and suppressions.entries:
            found = suppressions.find(self._describe(outcome, rule, identity, fingerprints))
            if found is not None:
                return found
        accepted = next((one for one in fingerprints if one in self._wording.watch.fingerprints), None)
        if accepted is None or outcome.verdict is not Verdict.FAIL:
            return None
        return Suppression(kind="baseline", reason=say("在基线中", "in the baseline"), fingerprint=accepted)

    def _describe(self, outcome: OutcomeLike, rule: Rule, identity: Identity, fingerprints: Sequence[str]) -> Subject:
        from perflint.report.suppressions import Subject  # there is a file of them

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


def _open_doubts(data: Mapping[str, Any]) -> Doubts | None:
    if not (data.get("x-notices") or data.get("unread")):
        return None
    from perflint.report.doubts import Doubts  # read from an original

    return Doubts(data)


_NOWHERE = (None, None, None, None)
