"""The baseline: findings that were there when checking began, so that only new ones count.

JSON lines sorted by fingerprint, one finding a line: a change shows as lines in a diff, and a finding that took the
place of another one is seen, since nothing is merely counted.
"""

from __future__ import annotations

import io
import json
from collections.abc import Container, Iterable, Iterator
from itertools import count

from perflint.bounded import open_plain
from perflint.errors import ConfigError, Problem
from perflint.finding import Finding, Verdict
from perflint.language import say
from perflint.oserror import explain
from perflint.record import dataclass, field_names
from perflint.report.identity import Owner
from perflint.report.sorted_lines import SortedLines
from perflint.typed import NamedTuple, final

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO, Any

_REQUIRED = ("fingerprint", "group", "rule")
_MOST_REFUSED = 20
_LONGEST_LINE = 1024 * 1024  # characters


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

    @property
    def owners(self) -> frozenset[Owner]:
        """Organization and year of all entries."""
        return frozenset((entry.organization, entry.fiscal_year) for entry in self.entries)


class Acceptable(NamedTuple):
    """A fault that a baseline takes in.

    Attributes:
        held: The fingerprint under which the baseline has it already, None when it has not.
    """

    entry: BaselineEntry
    held: str | None


def list_acceptable(findings: Iterable[Finding]) -> list[Acceptable]:
    """Return every fault among *findings* that no suppression entry covers."""
    return [
        Acceptable(_entry_of(finding), finding.suppressed.fingerprint if finding.suppressed is not None else None)
        for finding in findings
        if finding.verdict is Verdict.FAIL and (finding.suppressed is None or finding.suppressed.kind == "baseline")
    ]


@final
class Renewal:
    """A baseline brought up to date while findings come; of these no more is held than the old baseline had.

    A finding that is held under a former id of its rule is written under the present one.

    Args:
        old: None when there is no baseline yet.
        grow: Whether new findings may join one that is there.

    Attributes:
        added, dropped, size: How many entries the old one did not have, the new one has not, and the new one has, when
            all lines have been taken.
    """

    def __init__(self, old: Baseline | None, *, grow: bool = False) -> None:
        self._old, self._open = old or Baseline(), grow or old is None
        self._known = self._old.fingerprints
        self._lines = SortedLines()
        self._renewed: dict[str, BaselineEntry] = {}
        self._first: list[BaselineEntry] = []
        self._refused = 0
        self.added = self.size = 0
        self.dropped = len(self._known)

    def take(self, found: Iterable[Acceptable]) -> None:
        """Take note of the faults of some documents."""
        for entry, held in found:
            if held is not None:
                self._renewed[held] = entry
            elif self._open:
                self._lines.add(entry.fingerprint, _line_of(entry))
            elif entry.fingerprint not in self._known:
                self._refused += 1
                self._first += [entry] if self._refused <= _MOST_REFUSED else []

    def finish(self, stale: Iterable[BaselineEntry]) -> Iterator[str]:
        """Return the lines of the new baseline, sorted by fingerprint.

        Args:
            stale: Entries of the old one that were not found again, see ``list_stale``.

        Raises:
            ConfigError: There are new findings and the baseline must not grow; each of the first has a problem.
        """
        if self._refused:
            raise ConfigError(_refuse(self._old, self._first, self._refused - len(self._first)))
        gone = {entry.fingerprint for entry in stale}
        for entry in self._old.entries:
            if entry.fingerprint not in gone:
                kept = self._renewed.get(entry.fingerprint, entry)
                self._lines.add(kept.fingerprint, _line_of(kept))
        return self._write()

    def _write(self) -> Iterator[str]:
        for fingerprint, line in self._lines:
            self.size += 1
            self.added += fingerprint not in self._known
            self.dropped -= fingerprint in self._known
            yield line + "\n"


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


def load_baseline(path: Path | str) -> Baseline:
    """Return the baseline in the file *path*.

    Raises:
        ConfigError: It cannot be read, or a line is no entry.
    """
    try:
        with io.TextIOWrapper(open_plain(path), encoding="utf-8") as file:
            return _collect(_parse_lines(file, str(path)))
    except (OSError, UnicodeDecodeError) as error:
        reason = explain(error) if isinstance(error, OSError) else "UTF-8"
        message = say(f"读不了基线：{reason}", f"cannot read the baseline: {reason}")
        hint = say("没有基线就先写一份：perflint baseline write", "write one first: perflint baseline write")
        missing = isinstance(error, FileNotFoundError)
        raise ConfigError(Problem(message=message, path=str(path), hint=hint if missing else None)) from None


def parse_baseline(text: str, *, path: str) -> Baseline:
    """Return the baseline written in *text*; see ``load_baseline``."""
    return _collect(_parse_lines(io.StringIO(text), path))


def _parse_lines(file: IO[str], path: str) -> Iterator[BaselineEntry]:
    """Yield the entries of a file, of which one line at a time is held, and no very long one."""
    for number in count(1):
        line = file.readline(_LONGEST_LINE)
        if not line:
            return
        if len(line) == _LONGEST_LINE:
            raise ConfigError(_refuse_line(path, number))
        if line.strip():
            yield _parse_line(line, path, number)


def _collect(entries: Iterable[BaselineEntry]) -> Baseline:
    by_fingerprint = {entry.fingerprint: entry for entry in entries}
    return Baseline(entries=tuple(by_fingerprint[key] for key in sorted(by_fingerprint)))


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


def _refuse(old: Baseline, new: Iterable[BaselineEntry], others: int) -> Iterator[Problem]:
    """Yield a problem for each of *new*, then one for how many *others* there are."""
    groups = {entry.group for entry in old.entries}
    hint = say("确认要扩大基线时加 --grow", "pass --grow to let the baseline grow")
    for entry in new:
        place = f"{entry.rule} {entry.label}"
        message = say(f"基线里没有：{place}", f"not in the baseline: {place}")
        if entry.group in groups:
            message = say(
                f"与基线中的同一处不同：{place}", f"differs from the baseline's finding at this place: {place}"
            )
        yield Problem(message=message, hint=hint)
    if others:
        yield Problem(
            message=say(f"还有 {others} 项也不在基线里", f"{others} more are not in the baseline either"), hint=hint
        )


def _line_of(entry: BaselineEntry) -> str:
    fields = {name: getattr(entry, name) for name in field_names(BaselineEntry)}
    return json.dumps(fields, ensure_ascii=False)


def _refuse_line(path: str, number: int) -> Problem:
    message = say("不是基线的一行", "not a line of a baseline")
    hint = say("用 perflint baseline write 重新生成", "write it again with perflint baseline write")
    return Problem(message=message, path=path, line=number, hint=hint)


def _parse_line(line: str, path: str, number: int) -> BaselineEntry:
    try:
        raw: Any = json.loads(line)
    except (ValueError, RecursionError):
        raw = None
    if not isinstance(raw, dict) or not all(isinstance(raw.get(key), str) for key in _REQUIRED):
        raise ConfigError(_refuse_line(path, number))
    known = {key: raw[key] for key in field_names(BaselineEntry) if key in raw}
    return BaselineEntry(**known)
