"""What a run yields: verdicts, findings, ledger lines, and the report that holds them.

Plain values: nothing here reads, evaluates, prints or knows a format. Shapes follow ``schema/report-1.schema.json``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from perflint.errors import Problem
from perflint.record import dataclass, field, replace
from perflint.typed import NamedTuple, StrEnum


class Verdict(StrEnum):
    """How one rule ended on one item."""

    PASS = "pass"  # noqa: S105 - a verdict
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    ERROR = "error"


class Severity(StrEnum):
    """``error`` is a plain contradiction; ``warning`` very likely wrong; ``info`` style or judgement."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where something stands.

    Attributes:
        pointer: JSON Pointer into the document, ``""`` for the whole.
        line, column, end_line, end_column: 1-based place in the JSON file, end exclusive in column; None when the
            document did not come as JSON text.
        label: The place as a person would say it: ``产出指标 / 数量指标 / 危房改造 · 计量单位``.
        origin: The place in the original file (``表2 第7行第5列``, ``Sheet1!E14``), or None.
    """

    pointer: str
    label: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of the row a finding stands in, as the form shows it.

    Attributes:
        title: The column's name on the form: ``计量单位``.
        text: What is printed, shortened when long; ``""`` when the cell is blank.
        marked: Whether this is the cell the finding is about.
        field: Its name in the document schema: ``unit``.
    """

    title: str
    text: str
    marked: bool = False
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentIdentity:
    """Which document and table a finding belongs to, by what is printed on it.

    Attributes:
        path: File as the user named it, ``#N`` appended for line N of a JSON-lines file; None for a dict.
        table: The table's ``id``, else its title or project name; None when the finding is of the whole document.
        table_index: 0-based place in ``tables``; None when the finding is of the whole document.
        table_name: What to call the table in a heading: its project or title, numbered where two share it.
    """

    path: str | None
    organization: str | None
    fiscal_year: int | None
    table: str | None
    table_index: int | None = None
    table_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """Why a finding does not count: an entry of the suppression file, or the baseline.

    Attributes:
        kind: ``file`` or ``baseline``.
        reason: As written by the person who suppressed it.
        until: ISO date after which it no longer holds, or None.
        line: 1-based line of the entry in the suppression file, or None.
        fingerprint: The baseline's entry; it differs from the finding's where the rule had another id then.
    """

    kind: str
    reason: str
    until: str | None = None
    line: int | None = None
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One rule on one item: a fault, or a crash of the rule.

    Attributes:
        verdict: ``FAIL`` or ``ERROR``; ``UNKNOWN`` only in ``Report.unknowns``.
        row: The cells beside it, offending one marked; empty where the form has no row there.
        values: The rule's ``let`` values, as printed numbers or text.
        fingerprint: Stable over file name, row number, formatting and language; ``group`` the same without values.
    """

    rule: str
    name: str
    pack: str
    severity: Severity
    verdict: Verdict
    tags: tuple[str, ...]
    message: str
    lang: str
    fix: str | None
    document: DocumentIdentity
    location: Location
    related: tuple[Location, ...] = ()
    row: tuple[Cell, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    fingerprint: str = ""
    group: str = ""
    suppressed: Suppression | None = None


class RuleCount(NamedTuple):
    """Ledger line: selected = passed + failed + unknown + not_applicable + suppressed + error.

    Attributes:
        reasons: For the unknowns: reason text → how many.
        seconds: Time spent in the rule; None unless measured.
    """

    rule: str
    name: str
    selected: int = 0
    passed: int = 0
    failed: int = 0
    unknown: int = 0
    not_applicable: int = 0
    suppressed: int = 0
    error: int = 0
    reasons: Mapping[str, int] = {}  # which nobody changes
    seconds: float | None = None

    @property
    def numbers(self) -> tuple[int, ...]:
        """How many were selected, and how they ended, in the order of the fields."""
        return (
            self.selected,
            self.passed,
            self.failed,
            self.unknown,
            self.not_applicable,
            self.suppressed,
            self.error,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PackStamp:
    """Which pack took part: id, version, and the hash of what was loaded."""

    id: str
    version: str
    sha256: str


class DrawnCell(NamedTuple):
    """One cell of a table drawn as the form looks.

    Attributes:
        text: What is printed, with its line breaks; ``""`` when blank.
        pointers: The cells of the document it shows, several where rows share a merged cell; ``()`` for a heading.
        across, down: How many columns and rows it takes.
    """

    text: str
    pointers: tuple[str, ...] = ()
    across: int = 1
    down: int = 1


class DrawnBlock(NamedTuple):
    """A part of the form: the funds, the indicators.

    Attributes:
        title: What the form calls it.
        pointer: What it shows as a whole.
        rows: Its cells, each once, at its upper left corner, as in an HTML table.
    """

    title: str
    pointer: str
    rows: tuple[tuple[DrawnCell, ...], ...]


class DrawnTable(NamedTuple):
    """One table as the form looks, or what stands beside the tables: the prose, what could not be read.

    Attributes:
        pointer: ``/tables/0``; ``/narrative``, ``/unread``.
        name: What to call it in a list, as in ``DocumentIdentity.table_name``.
        title: As printed, None when the form has none.
    """

    pointer: str
    name: str
    title: str | None
    blocks: tuple[DrawnBlock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedDocument:
    """One document that was checked, whether anything was found or not.

    Attributes:
        tables: How many tables it holds.
        passed: Ids of the rules that decided something here and found nothing wrong, in pack order.
        drawing: Its tables as the form looks; ``()`` unless asked for, since it holds all that is printed.
        found, undecided: How many of the report's findings and unknowns are its own: as many as follow those of the
            documents before it.
    """

    path: str | None
    organization: str | None
    fiscal_year: int | None
    tables: int
    passed: tuple[str, ...] = ()
    drawing: tuple[DrawnTable, ...] = ()
    found: int = 0
    undecided: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(Problem):
    """A remark about the run itself; it never changes the exit code.

    Attributes:
        code: ``perflint/rule-never-matched``, ``perflint/suppression-unused`` and so on.
        rule: Id of the rule it is about, or None.
    """

    code: str
    rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What the findings of a run add up to.

    Attributes:
        faults: Unsuppressed failures by severity; ``crashes`` likewise.
        reasons: Unsuppressed unknowns by reason.
        suppressed: Suppressed findings and unknowns.
    """

    faults: Mapping[Severity, int] = field(default_factory=dict)
    crashes: Mapping[Severity, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)
    suppressed: int = 0

    @property
    def crashed(self) -> int:
        """How often a rule crashed on an item."""
        return sum(self.crashes.values())

    @property
    def unknown(self) -> int:
        """How many items could not be decided."""
        return sum(self.reasons.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The outcome of a run over one or many documents.

    Attributes:
        findings: Every failure and crash, suppressed ones included and marked, in a deterministic order.
        unknowns: What could not be decided, same shape, verdict ``UNKNOWN``; its message is the reason.
        rules: The ledger, in pack order.
        errors: Files that could not be read, in input order.
        notices: Things about the run itself: never-matched rules, unused or expired suppressions.
        passed_over: Files of a folder without the document marker.
        checked: The documents, in input order; ``documents`` and ``tables`` count them.
        counted: The totals, where they are known without counting; the findings may have been told as they came and
            not be held here.
    """

    packs: tuple[PackStamp, ...]
    documents: int
    tables: int
    findings: Sequence[Finding]
    unknowns: Sequence[Finding]
    rules: tuple[RuleCount, ...]
    errors: Sequence[Problem] = ()
    notices: Sequence[Notice] = ()
    passed_over: int = 0
    checked: Sequence[CheckedDocument] = ()
    lang: str = "zh"
    counted: Totals | None = None

    def count(self, severity: Severity) -> int:
        """Return how many unsuppressed findings have *severity*, crashes included."""
        totals = self.totals
        return totals.faults.get(severity, 0) + totals.crashes.get(severity, 0)

    @property
    def suppressed(self) -> int:
        """How many findings and unknowns are suppressed."""
        return self.totals.suppressed

    def each_document(self) -> Iterator[tuple[CheckedDocument, Sequence[Finding], Sequence[Finding]]]:
        """Yield every document that was checked, with its findings and its unknowns, in input order.

        In a report whose findings are no longer those of the run, they are told apart by the paths of their documents;
        of documents that share one, the first has what was found in all of them, and no drawing.
        """
        counts = [(document.found, document.undecided) for document in self.checked]
        if (sum(found for found, _ in counts), sum(left for _, left in counts)) == (
            len(self.findings),
            len(self.unknowns),
        ):
            findings, unknowns = iter(self.findings), iter(self.unknowns)
            for document, (found, undecided) in zip(self.checked, counts, strict=True):
                yield document, tuple(islice(findings, found)), tuple(islice(unknowns, undecided))
            return
        by_path, undecided_by_path = _group_by_path(self.findings), _group_by_path(self.unknowns)
        sharing = Counter(document.path for document in self.checked)
        for document in self.checked:
            shown = document if sharing[document.path] == 1 else replace(document, drawing=())
            yield shown, by_path.pop(document.path, []), undecided_by_path.pop(document.path, [])

    @property
    def totals(self) -> Totals:
        """What the findings add up to."""
        return self.counted if self.counted is not None else count_findings((*self.findings, *self.unknowns))


def _group_by_path(findings: Iterable[Finding]) -> dict[str | None, list[Finding]]:
    grouped: dict[str | None, list[Finding]] = {}
    for finding in findings:
        grouped.setdefault(finding.document.path, []).append(finding)
    return grouped


def count_findings(findings: Iterable[Finding]) -> Totals:
    """Return what *findings*, unknowns among them, add up to."""
    faults, crashes, reasons = Counter[Severity](), Counter[Severity](), Counter[str]()
    suppressed = 0
    for finding in findings:
        if finding.suppressed is not None:
            suppressed += 1
        elif finding.verdict is Verdict.UNKNOWN:
            reasons[finding.message] += 1
        else:
            (crashes if finding.verdict is Verdict.ERROR else faults)[finding.severity] += 1
    return Totals(faults=faults, crashes=crashes, reasons=reasons, suppressed=suppressed)
