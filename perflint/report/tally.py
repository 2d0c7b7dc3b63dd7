"""What a run adds up to, document by document: it grows with rules and reasons, and with documents only where asked to.

A tally can be sent to another process and merged there with others, in the order of the documents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from perflint.errors import Problem
from perflint.finding import CheckedDocument, DrawnTable, Finding, Notice, RuleCount, Totals, Verdict, count_findings
from perflint.record import replace
from perflint.report.identity import Owner, fold, list_owners
from perflint.report.kept import Kept, Packing
from perflint.report.ledger import Ledger, add_counts, start_ledger
from perflint.report.notices import note_reading
from perflint.report.packing import pack_findings, pack_values, unpack_findings, unpack_values
from perflint.typed import NamedTuple, final

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

    from perflint.report.inputs import BookLike, EvaluationLike, ProgramLike

_Rules = tuple[str, ...]
_FINDINGS = Packing(pack_findings, unpack_findings, 2_000)
# Drawings hold all that their documents print.
_DOCUMENTS = Packing(pack_values, unpack_values, 100)
_PROBLEMS = Packing(pack_values, unpack_values, 1_000)
_KEPT = {
    "findings": _FINDINGS,
    "unknowns": _FINDINGS,
    "checked": _DOCUMENTS,
    "errors": _PROBLEMS,
    "remarks": _PROBLEMS,
}


class Watch(NamedTuple):
    """What a run is to look out for: what the baseline and the suppression file name.

    Attributes:
        fingerprints: Of the baseline.
        owners: Organization and year that the baseline has findings of.
        places: Organization, folded, and year that suppressions are for; None stands for any.
    """

    fingerprints: frozenset[str] = frozenset()
    owners: frozenset[Owner] = frozenset()
    places: frozenset[Owner] = frozenset()


class Found(NamedTuple):
    """What was met of what was looked out for; it cannot grow beyond that."""

    fingerprints: set[str]
    owners: set[Owner]
    places: set[Owner]


NOTHING = Watch()


@final
class Tally:
    """Counts of a run so far.

    Args:
        keep: Whether findings and documents are held too.
        watch: What to look out for, for notices about what was not found again.

    Attributes:
        errors: What could not be read or checked.
        remarks: What there is to say about the run, and what original files left to look at.
        totals: What all findings add up to, held or not.
        used: Lines of the suppression file that covered something.
        found: Of the fingerprints, owners and places of *watch*, those that were met.
    """

    def __init__(self, *, keep: bool = True, watch: Watch = NOTHING) -> None:
        self.keep, self._watch = keep, watch
        self.documents = self.tables = self.passed_over = 0
        self.findings: Kept[Finding] = Kept(_FINDINGS)
        self.unknowns: Kept[Finding] = Kept(_FINDINGS)
        self.checked: Kept[CheckedDocument] = Kept(_DOCUMENTS)
        self.errors: Kept[Problem] = Kept(_PROBLEMS)
        self.remarks: Kept[Notice] = Kept(_PROBLEMS)
        self.totals = Totals()
        self.used: set[int] = set()
        self.found = Found(set(), set(), set())
        self._ledgers: dict[_Rules, Ledger] = {}

    def __getstate__(self) -> dict[str, Any]:
        """Findings travel packed; what the other process knows already stays here."""
        packed = {name: packing.pack(tuple(getattr(self, name))) for name, packing in _KEPT.items()}
        return {**self.__dict__, **packed, "_watch": NOTHING}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        for name, packing in _KEPT.items():
            kept: Kept[Any] = Kept(packing)
            kept.extend(packing.unpack(state[name]))
            setattr(self, name, kept)

    def add(
        self,
        evaluation: EvaluationLike,
        program: ProgramLike,
        findings: Sequence[Finding],
        drawing: tuple[DrawnTable, ...] = (),
    ) -> None:
        """Add one document.

        Args:
            findings: What became of the outcomes of *evaluation*, unknowns among them.
            drawing: The tables as the form looks.
        """
        data = evaluation.document.data
        self.remarks.extend(note_reading(evaluation.document))
        self.documents += 1
        self.tables += len(data["tables"])
        self._enter(program.ids, start_ledger(evaluation, findings))
        self._trace(findings)
        if not (self.keep or self._watch.owners or self._watch.places):
            return
        owners = list_owners(data)
        self._meet(owners)
        if self.keep:
            unknowns = [finding for finding in findings if finding.verdict is Verdict.UNKNOWN]
            self.findings.extend(finding for finding in findings if finding.verdict is not Verdict.UNKNOWN)
            self.unknowns.extend(unknowns)
            checked = _check_in(evaluation, program.ids, owners)
            found, undecided = len(findings) - len(unknowns), len(unknowns)
            self.checked.extend([replace(checked, drawing=drawing, found=found, undecided=undecided)])

    def merge(self, other: Tally) -> None:
        """Add the documents of *other* behind those that are here; *other* must not be used again."""
        self.documents += other.documents
        self.tables += other.tables
        self.passed_over += other.passed_over
        self.findings.extend(other.findings)
        self.unknowns.extend(other.unknowns)
        self.checked.extend(other.checked)
        self.errors.extend(other.errors)
        self.remarks.extend(other.remarks)
        self.totals = _add_totals(self.totals, other.totals)
        self.used |= other.used
        self.found.fingerprints.update(other.found.fingerprints)
        self.found.owners.update(other.found.owners)
        self.found.places.update(other.found.places)
        for rules, ledger in other._ledgers.items():
            self._enter(rules, ledger)

    def count_rules(self, book: BookLike) -> tuple[RuleCount, ...]:
        """Return the ledger, one line for each rule of *book*, in its order."""
        names = {rule.id: rule.name for rule in book.rules}
        lines: dict[str, RuleCount] = {}
        for rules, ledger in self._ledgers.items():
            for line in ledger.list_counts((rule, names[rule]) for rule in rules):
                lines[line.rule] = add_counts(lines[line.rule], line) if line.rule in lines else line
        return tuple(lines.get(rule) or RuleCount(rule=rule, name=name) for rule, name in names.items())

    def _enter(self, rules: _Rules, ledger: Ledger) -> None:
        known = self._ledgers.get(rules)
        self._ledgers[rules] = ledger if known is None else known + ledger

    def _trace(self, findings: Iterable[Finding]) -> None:
        if not findings:
            return
        self.totals = _add_totals(self.totals, count_findings(findings))
        for finding in findings:
            suppressed = finding.suppressed
            if finding.fingerprint in self._watch.fingerprints:
                self.found.fingerprints.add(finding.fingerprint)
            if suppressed is not None and suppressed.kind == "file" and suppressed.line is not None:
                self.used.add(suppressed.line)
            elif suppressed is not None and suppressed.fingerprint is not None:
                self.found.fingerprints.add(suppressed.fingerprint)

    def _meet(self, owners: Iterable[Owner]) -> None:
        watch = self._watch
        for name, year in owners:
            self.found.owners.update({(name, year)} & watch.owners)
            if watch.places:
                called = fold(name)
                self.found.places.update({(None, None), (called, None), (None, year), (called, year)} & watch.places)


def _add_totals(one: Totals, other: Totals) -> Totals:
    return Totals(
        faults=_add(one.faults, other.faults),
        crashes=_add(one.crashes, other.crashes),
        reasons=_add(one.reasons, other.reasons),
        suppressed=one.suppressed + other.suppressed,
    )


def _add(one: Mapping[Any, int], other: Mapping[Any, int]) -> Mapping[Any, int]:
    if not (one and other):
        return one or other
    both = Counter(one)
    both.update(other)
    return both


def _check_in(evaluation: EvaluationLike, rules: _Rules, owners: Sequence[Owner]) -> CheckedDocument:
    faulty = {place for place, _ in evaluation.ended}
    return CheckedDocument(
        path=evaluation.document.path,
        organization=next((name for name, _ in owners if name is not None), None),
        fiscal_year=next((year for _, year in owners if year is not None), None),
        tables=len(evaluation.document.data["tables"]),
        passed=tuple(
            rule
            for place, (rule, passed) in enumerate(zip(rules, evaluation.passed, strict=True))
            if passed and place not in faulty
        ),
    )
