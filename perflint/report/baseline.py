"""The baseline: findings that were there when checking began, so that only new ones count.

JSON lines sorted by fingerprint, one finding a line: a change shows as lines in a diff, and a finding that took the
place of another one is seen, since nothing is merely counted.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Container, Iterable, Iterator, Sequence

from perflint.errors import ConfigError, Problem
from perflint.finding import Finding, Report, Verdict
from perflint.language import say
from perflint.oserror import explain
from perflint.record import dataclass, field_names
from perflint.report.identity import Owner

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

_REQUIRED = ("fingerprint", "group", "rule")
_MOST_REFUSED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineEntry:
    """One accepted finding. Only the fingerprint decides; the rest is there for people."""

    fingerprint: str
    group: str
    rule: str
    organization: str | None = None
    fiscal_year: int | None = None
    table: str | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The accepted findings by fingerprint, sorted."""

    entries: tuple[BaselineEntry, ...] = ()

    @property
    def fingerprints(self) -> frozenset[str]:
        """The fingerprints of all entries."""
        return frozenset(entry.fingerprint for entry in self.entries)


def build_baseline(report: Report) -> Baseline:
    """Return a baseline of every fault in *report* that no suppression entry covers."""
    return _collect(_entry_of(finding) for finding in report.findings if _counts(finding))


def update_baseline(
    old: Baseline | None, report: Report, *, grow: bool = False, former: Collection[str] = ()
) -> Baseline:
    """Return *old* brought up to date with *report*: what is gone is dropped, what is new is refused or added.

    A finding that is held under a former id of its rule is written under the present one.

    Args:
        old: None when there is no baseline yet.
        grow: Whether new findings may join.
        former: Former ids of the rules that took part.

    Raises:
        ConfigError: There are new findings and *grow* is false; one problem each.
    """
    if old is None:
        return build_baseline(report)
    known = old.fingerprints
    new = [
        _entry_of(finding)
        for finding in report.findings
        if _counts(finding) and finding.suppressed is None and finding.fingerprint not in known
    ]
    if new and not grow:
        raise ConfigError(_refuse(old, new))
    kept = prune_baseline(old, report, former=former).entries
    renewed = {f.suppressed.fingerprint: _entry_of(f) for f in report.findings if f.suppressed is not None}
    return _collect((*(renewed.get(entry.fingerprint, entry) for entry in kept), *new))


def prune_baseline(old: Baseline, report: Report, *, former: Collection[str] = ()) -> Baseline:
    """Return *old* without what ``list_stale`` names."""
    owners = {owner for document in report.checked for owner in document.owners}
    rules = {*(count.rule for count in report.rules), *former}
    found = {finding.fingerprint for finding in report.findings}
    found |= {finding.suppressed.fingerprint or "" for finding in report.findings if finding.suppressed is not None}
    gone = {entry.fingerprint for entry in list_stale(old, rules=rules, owners=owners, found=found)}
    return Baseline(entries=tuple(entry for entry in old.entries if entry.fingerprint not in gone))


def list_stale(
    old: Baseline, *, rules: Container[str], owners: Container[Owner], found: Container[str]
) -> tuple[BaselineEntry, ...]:
    """Return the entries that were not found again, in order; only of documents and rules that took part.

    Args:
        rules: Ids of the rules, and ``owners`` of the documents, that did.
        found: Fingerprints of what was found again.
    """
    return tuple(
        entry
        for entry in old.entries
        if entry.rule in rules and (entry.organization, entry.fiscal_year) in owners and entry.fingerprint not in found
    )


def render_baseline(baseline: Baseline) -> str:
    """Return the text of the file: one JSON object a line, sorted by fingerprint."""
    return "".join(_line_of(entry) + "\n" for entry in baseline.entries)


def load_baseline(path: Path | str) -> Baseline:
    """Return the baseline in the file *path*.

    Raises:
        ConfigError: It cannot be read, or a line is no entry.
    """
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        reason = explain(error) if isinstance(error, OSError) else "UTF-8"
        message = say(f"读不了基线：{reason}", f"cannot read the baseline: {reason}")
        raise ConfigError(Problem(message=message, path=str(path))) from None
    return parse_baseline(text, path=str(path))


def parse_baseline(text: str, *, path: str) -> Baseline:
    """Return the baseline written in *text*; see ``load_baseline``."""
    lines = ((number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip())
    return _collect(_parse_line(line, path, number) for number, line in lines)


def _collect(entries: Iterable[BaselineEntry]) -> Baseline:
    by_fingerprint = {entry.fingerprint: entry for entry in entries}
    return Baseline(entries=tuple(by_fingerprint[key] for key in sorted(by_fingerprint)))


def _counts(finding: Finding) -> bool:
    accepted = finding.suppressed is not None and finding.suppressed.kind == "file"
    return finding.verdict is Verdict.FAIL and not accepted


def _entry_of(finding: Finding) -> BaselineEntry:
    return BaselineEntry(
        fingerprint=finding.fingerprint,
        group=finding.group,
        rule=finding.rule,
        organization=finding.document.organization,
        fiscal_year=finding.document.fiscal_year,
        table=finding.document.table,
        label=finding.location.label,
    )


def _refuse(old: Baseline, new: Sequence[BaselineEntry]) -> Iterator[Problem]:
    """Yield a problem for each of the first new findings, then one for how many more there are."""
    groups = {entry.group for entry in old.entries}
    hint = say("确认要扩大基线时加 --grow", "pass --grow to let the baseline grow")
    for entry in new[:_MOST_REFUSED]:
        place = f"{entry.rule} {entry.label}"
        message = say(f"基线里没有：{place}", f"not in the baseline: {place}")
        if entry.group in groups:
            message = say(
                f"与基线中的同一处不同：{place}", f"differs from the baseline's finding at this place: {place}"
            )
        yield Problem(message=message, hint=hint)
    if len(new) > _MOST_REFUSED:
        more = len(new) - _MOST_REFUSED
        yield Problem(
            message=say(f"还有 {more} 项也不在基线里", f"{more} more are not in the baseline either"), hint=hint
        )


def _line_of(entry: BaselineEntry) -> str:
    fields = {name: getattr(entry, name) for name in field_names(BaselineEntry)}
    return json.dumps(fields, ensure_ascii=False)


def _parse_line(line: str, path: str, number: int) -> BaselineEntry:
    try:
        raw: Any = json.loads(line)
    except ValueError:
        raw = None
    if not isinstance(raw, dict) or not all(isinstance(raw.get(key), str) for key in _REQUIRED):
        message = say("不是基线的一行", "not a line of a baseline")
        hint = say("用 perflint baseline write 重新生成", "write it again with perflint baseline write")
        raise ConfigError(Problem(message=message, path=path, line=number, hint=hint))
    known = {key: raw[key] for key in field_names(BaselineEntry) if key in raw}
    return BaselineEntry(**known)
