"""Two reports of the same documents → what appeared, what went, what is told otherwise: what a changed pack does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from perflint.finding import Finding, Report
from perflint.record import dataclass


class Change(NamedTuple):
    """One place where one rule ends differently now."""

    before: Finding
    after: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What changed from one report to another, each in the order of its report; undecided items are among them.

    Attributes:
        changed: Found both times, with another severity, verdict or wording.
        same: How many were told alike.
    """

    appeared: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    changed: tuple[Change, ...]
    same: int

    def __bool__(self) -> bool:
        return bool(self.appeared or self.gone or self.changed)


# File, rule, place, and which of those that agree so far.
_Key = tuple[str | None, str, str, int]


def compare_reports(before: Report, after: Report, *, renamed: Mapping[str, str]) -> Difference:
    """Return how *after* differs from *before*; both must be about the same documents.

    Args:
        renamed: Present id of a rule by its former one.
    """
    old, new = (dict(_by_place(report, renamed)) for report in (before, after))
    both = [Change(old[key], finding) for key, finding in new.items() if key in old]
    changed = tuple(change for change in both if _telling(change.before) != _telling(change.after))
    return Difference(
        appeared=tuple(finding for key, finding in new.items() if key not in old),
        gone=tuple(finding for key, finding in old.items() if key not in new),
        changed=changed,
        same=len(both) - len(changed),
    )


def _by_place(report: Report, renamed: Mapping[str, str]) -> Iterator[tuple[_Key, Finding]]:
    seen: Counter[tuple[str | None, str, str]] = Counter()
    for finding in chain(report.findings, report.unknowns):
        place = finding.document.path, renamed.get(finding.rule, finding.rule), finding.location.pointer
        yield (*place, seen[place]), finding
        seen[place] += 1


def _telling(finding: Finding) -> tuple[object, ...]:
    return finding.verdict, finding.severity, finding.message
