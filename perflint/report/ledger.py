"""The verdicts of the rules of one program, added up over documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from operator import add

from perflint.finding import Finding, RuleCount, Verdict
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from perflint.report.inputs import EvaluationLike


class Ledger(NamedTuple):
    """How the rules of a program ended; the lists are by rule, in the program's order.

    Attributes:
        selected, passed: All items, and those without fault.
        ended: By place of the rule and verdict: failures, unknowns and crashes, suppressed ones among them.
        moved: Of those, by rule id and verdict, the suppressed ones.
        reasons: By rule id: why unsuppressed items are unknown.
        nanoseconds: Time in each rule, None unless measured.
    """

    selected: list[int]
    passed: list[int]
    ended: Counter[tuple[int, Verdict]]
    moved: Counter[tuple[str, Verdict]]
    reasons: dict[str, Counter[str]]
    nanoseconds: list[int] | None

    def __add__(self, other: Ledger) -> Ledger:  # type: ignore[override]
        """Return both together; *self* must not be used again."""
        for rule, reasons in other.reasons.items():
            self.reasons.setdefault(rule, Counter()).update(reasons)
        self.ended.update(other.ended)
        self.moved.update(other.moved)
        spent, more = self.nanoseconds, other.nanoseconds
        return Ledger(
            list(map(add, self.selected, other.selected)),
            list(map(add, self.passed, other.passed)),
            self.ended,
            self.moved,
            self.reasons,
            list(map(add, spent, more)) if spent is not None and more is not None else spent or more,
        )

    def list_counts(self, rules: Iterable[tuple[str, str]]) -> Iterator[RuleCount]:
        """Yield one line a rule; *rules* are their ids and names, in the program's order."""
        faulty = {place for place, _ in self.ended}
        for place, (rule, name) in enumerate(rules):
            failed = unknown = error = moved_failed = moved_unknown = 0
            if place in faulty:  # few are
                failed, unknown, error = (self.ended.get((place, verdict), 0) for verdict in _TOLD)
                moved_failed, moved_unknown = (self.moved.get((rule, verdict), 0) for verdict in _TOLD[:2])
            selected, passed = self.selected[place], self.passed[place]
            yield RuleCount(
                rule,
                name,
                selected,
                passed,
                failed - moved_failed,
                unknown - moved_unknown,
                selected - passed - failed - unknown - error,
                moved_failed + moved_unknown,
                error,
                dict(self.reasons[rule].most_common()) if rule in self.reasons else {},
                self.nanoseconds[place] / 10**9 if self.nanoseconds is not None else None,
            )


_TOLD = (Verdict.FAIL, Verdict.UNKNOWN, Verdict.ERROR)


def start_ledger(evaluation: EvaluationLike, findings: Iterable[Finding]) -> Ledger:
    """Return the ledger of one document.

    Args:
        findings: What became of the outcomes of *evaluation*.
    """
    moved: Counter[tuple[str, Verdict]] = Counter()
    reasons: dict[str, Counter[str]] = {}
    for finding in findings:
        if finding.suppressed is not None:
            moved[finding.rule, finding.verdict] += 1
        elif finding.verdict is Verdict.UNKNOWN:
            reasons.setdefault(finding.rule, Counter())[finding.message] += 1
    return Ledger(
        list(evaluation.selected),
        list(evaluation.passed),
        Counter(evaluation.ended),
        moved,
        reasons,
        list(evaluation.nanoseconds) if evaluation.nanoseconds is not None else None,
    )


def add_counts(one: RuleCount, other: RuleCount) -> RuleCount:
    """Return the line of a rule that took part in two programs."""
    timed = [count.seconds for count in (one, other) if count.seconds is not None]
    return RuleCount(
        rule=one.rule,
        name=one.name,
        selected=one.selected + other.selected,
        passed=one.passed + other.passed,
        failed=one.failed + other.failed,
        unknown=one.unknown + other.unknown,
        not_applicable=one.not_applicable + other.not_applicable,
        suppressed=one.suppressed + other.suppressed,
        error=one.error + other.error,
        reasons=dict((Counter(one.reasons) + Counter(other.reasons)).most_common()),
        seconds=sum(timed) if timed else None,
    )
