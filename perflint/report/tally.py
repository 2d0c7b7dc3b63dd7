"""What a run adds up to, document by document: it grows with rules and reasons, and with documents only where asked to.

A tally can be sent to another process and merged there with others, in the order of the documents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from perflint.errors import Problem
from perflint.finding import CheckedDocument, DrawnTable, Finding, Notice, RuleCount, Totals, Verdict, count_findings
from perflint.record import replace
from perflint.report.identity import Owner, list_owners
from perflint.report.inputs import BookLike, EvaluationLike, ProgramLike
from perflint.report.kept import Kept, Packing
from perflint.report.ledger import Ledger, add_counts, start_ledger
from perflint.report.notices import note_reading
from perflint.report.packing import pack_documents, pack_findings, unpack_documents, unpack_findings
from perflint.typed import final

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

_Rules = tuple[str, ...]
_FINDINGS = Packing(pack_findings, unpack_findings, 2_000)
# Drawings hold all that their documents print.
_DOCUMENTS = Packing(pack_documents, unpack_documents, 100)
_KEPT = {"findings": _FINDINGS, "unknowns": _FINDINGS, "checked": _DOCUMENTS}


@final
class Tally:
    """Counts of a run so far.

    Args:
        keep: Whether findings and documents are held too.
        traced: Whether to remember whose documents were met, for notices about what was not found again.
        accepted: Fingerprints to look out for.

    Attributes:
        reading: What original files left to look at.
        totals: What all findings add up to, held or not.
        used: Lines of the suppression file that covered something.
        owners: Organization and year of the documents and tables, if *keep* or *traced*.
        found: Those of *accepted* that were met.
    """

    def __init__(self, *, keep: bool = True, traced: bool = False, accepted: frozenset[str] = frozenset()) -> None:
        self.keep, self._traced, self._accepted = keep, traced, accepted
        self.documents = self.tables = self.passed_over = 0
        self.findings: Kept[Finding] = Kept(_FINDINGS)
        self.unknowns: Kept[Finding] = Kept(_FINDINGS)
        self.checked: Kept[CheckedDocument] = Kept(_DOCUMENTS)
        self.errors: list[Problem] = []
        self.reading: list[Notice] = []
        self.totals = Totals()
        self.used: set[int] = set()
        self.owners: dict[Owner, None] = {}
        self.found: set[str] = set()
        self._ledgers: dict[_Rules, Ledger] = {}

    def __getstate__(self) -> dict[str, Any]:
        """Findings travel packed; what the other process knows already stays here."""
        packed = {name: packing.pack(tuple(getattr(self, name))) for name, packing in _KEPT.items()}
        return {**self.__dict__, **packed, "_accepted": frozenset()}

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
        self.reading += note_reading(evaluation.document)
        self.documents += 1
        self.tables += len(data["tables"])
        self._enter(program.ids, start_ledger(evaluation, findings))
        self._trace(findings)
        if not (self.keep or self._traced):
            return
        owners = list_owners(data)
        self.owners.update(dict.fromkeys(owners))
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
        self.errors += other.errors
        self.reading += other.reading
        self.totals = _add_totals(self.totals, other.totals)
        self.used |= other.used
        self.owners.update(other.owners)
        self.found |= other.found
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
            if finding.fingerprint in self._accepted:
                self.found.add(finding.fingerprint)
            if suppressed is not None and suppressed.kind == "file" and suppressed.line is not None:
                self.used.add(suppressed.line)
            elif suppressed is not None and suppressed.fingerprint is not None:
                self.found.add(suppressed.fingerprint)


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
        owners=tuple(owners),
        passed=tuple(
            rule
            for place, (rule, passed) in enumerate(zip(rules, evaluation.passed, strict=True))
            if passed and place not in faulty
        ),
    )
