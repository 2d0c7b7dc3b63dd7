"""The suppression file: findings that people have looked at and accepted, each with its reason.

perflint: suppressions/1
suppressions:
- rule: PT401
  where: {organization: 某某镇人民政府, fiscal_year: 2026, row: 产出指标 / 数量指标 / 征兵人数, cell: 计量单位}
  reason: 系统导出时缺列，已与财政所核对
  until: 2026-12-31
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from perflint.bounded import read_written
from perflint.errors import ConfigError, PackError, Problem
from perflint.finding import Suppression
from perflint.language import say
from perflint.oserror import explain
from perflint.pattern import LazyPattern
from perflint.record import dataclass
from perflint.report.identity import Identity, Owner, fold

TYPE_CHECKING = False  # most runs have no suppressions, and need no dates
if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path
    from typing import Any

MARKER = "suppressions/1"

_ENTRY_KEYS = ("rule", "where", "reason", "until")
_WHERE_KEYS = ("organization", "fiscal_year", "table", "row", "cell", "fingerprint")
_SEPARATOR = LazyPattern(r"\s+/\s+")
_CELL = " · "
_DATE = LazyPattern(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A finding as a suppression sees it.

    Attributes:
        rules: The rule's id, former ids and name.
        rows: Folded labels of the row, as printed and as reports show them in each language.
        cells: Folded names of the cell.
        fingerprints: The finding's, under its rule's present and former ids.
    """

    rules: Sequence[str]
    identity: Identity
    rows: Sequence[Sequence[str]]
    cells: Sequence[str]
    fingerprints: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Which findings an entry means; what is None or empty matches any. Texts are folded.

    Attributes:
        table: Project, title or id of the table.
        row: Labels that stand in the row in this order, others between them allowed.
        cell: Title of the cell in either language, or its field name.
        fingerprint: One finding exactly.
    """

    organization: str | None = None
    fiscal_year: int | None = None
    table: str | None = None
    row: tuple[str, ...] = ()
    cell: str | None = None
    fingerprint: str | None = None

    @property
    def owner(self) -> Owner:
        """Whose documents are meant."""
        return self.organization, self.fiscal_year

    def holds(self, subject: Subject) -> bool:
        """Return whether the finding described by *subject* is meant."""
        identity = subject.identity
        return (
            self.organization in (None, fold(identity.organization))
            and self.fiscal_year in (None, identity.fiscal_year)
            and (self.table is None or self.table in map(fold, identity.table_names))
            and any(_is_subsequence(self.row, labels) for labels in subject.rows)
            and (self.cell is None or self.cell in subject.cells)
            and (self.fingerprint is None or self.fingerprint in subject.fingerprints)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the file; ``rule`` is an id, former id or name; ``line`` is 1-based."""

    rule: str
    where: Where
    reason: str
    until: str | None
    line: int
    expired: bool = False

    def as_suppression(self) -> Suppression:
        """Return what a finding suppressed by this entry carries."""
        return Suppression(kind="file", reason=self.reason, until=self.until, line=self.line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppressions:
    """The entries of one file, in order."""

    path: str
    entries: tuple[Entry, ...]

    @property
    def places(self) -> frozenset[Owner]:
        """Whose documents the entries are for."""
        return frozenset(entry.where.owner for entry in self.entries)

    def find(self, subject: Subject) -> Suppression | None:
        """Return the first unexpired entry that means *subject*, or None."""
        for entry in self.entries:
            if entry.rule in subject.rules and not entry.expired and entry.where.holds(subject):
                return entry.as_suppression()
        return None


def load_suppressions(path: Path | str, *, today: date) -> Suppressions:
    """Return the entries of the file *path*; those whose ``until`` lies before *today* are marked expired.

    Raises:
        ConfigError: It cannot be read, or an entry is not of the form; every problem with its place.
    """
    try:
        source = read_written(path)
    except OSError as error:
        message = say(f"读不了抑制文件：{explain(error)}", f"cannot read the suppressions: {explain(error)}")
        raise ConfigError(Problem(message=message, path=str(path))) from None
    return parse_suppressions(source, path=str(path), today=today)


def parse_suppressions(source: bytes | str, *, path: str, today: date) -> Suppressions:
    """Return the entries written in *source*; see ``load_suppressions``."""
    # Imported here: most runs have no such file, and the reader is the one part that knows YAML.
    from perflint.pack.strict_yaml import parse_yaml

    try:
        file = parse_yaml(source, path=path)
    except PackError as error:
        raise ConfigError(error.problems) from None
    return _Reader(file, today).read()


class _Reader:
    """Turns the parsed file into entries and collects what is wrong with it."""

    def __init__(self, file: Any, today: date) -> None:
        self._file, self._today = file, today
        self._problems: list[Problem] = []

    def read(self) -> Suppressions:
        root = self._file.root
        if not isinstance(root, Mapping) or root.get("perflint") != MARKER:
            self._complain((), say(f"第一行应为 perflint: {MARKER}", f"the file must start with perflint: {MARKER}"))
            raise ConfigError(self._problems)
        self._check_keys(root, ("perflint", "suppressions"), ())
        listed = root.get("suppressions")
        if not isinstance(listed, list):
            listed = []
            if root.get("suppressions") is not None:
                self._complain(("suppressions",), say("suppressions 应是列表", "suppressions must be a list"))
        entries = [self._entry(raw, ("suppressions", index)) for index, raw in enumerate(listed)]
        if self._problems:
            raise ConfigError(self._problems)
        return Suppressions(path=self._file.path, entries=tuple(entry for entry in entries if entry is not None))

    def _entry(self, raw: Any, at: tuple[str | int, ...]) -> Entry | None:
        if not isinstance(raw, Mapping):
            self._complain(at, say("每项应有 rule、where、reason", "an entry has rule, where and reason"))
            return None
        self._check_keys(raw, _ENTRY_KEYS, at)
        rule = self._text(raw, "rule", at, say("缺少规则编号", "the rule is missing"))
        reason = self._text(raw, "reason", at, say("必须写明理由", "a reason is required"))
        until = self._until(raw, at)
        return Entry(
            rule=rule,
            where=self._where(raw.get("where"), (*at, "where")),
            reason=reason,
            until=until,
            line=self._file.place(at)[0],
            expired=until is not None and until < self._today.isoformat(),
        )

    def _until(self, raw: Mapping[str, Any], at: tuple[str | int, ...]) -> str | None:
        until = raw.get("until")
        if until is None:
            return None
        if not isinstance(until, str) or not _is_date(until):
            self._complain((*at, "until"), say("until 应写成 2026-12-31", "until must look like 2026-12-31"))
            return None
        return until

    def _where(self, raw: Any, at: tuple[str | int, ...]) -> Where:
        if not isinstance(raw, Mapping) or not raw:
            hint = say(f"可用：{'、'.join(_WHERE_KEYS)}", f"legal: {', '.join(_WHERE_KEYS)}")
            message = say(
                "where 要写明是哪一处；整条规则不用时写进配置",
                "where must say which place; to drop a whole rule use the configuration",
            )
            self._complain(at, message, hint)
            return Where()
        self._check_keys(raw, _WHERE_KEYS, at)
        year = raw.get("fiscal_year")
        if year is not None and not (isinstance(year, Decimal) and year == year.to_integral_value()):
            self._complain((*at, "fiscal_year"), say("年度应是整数", "the fiscal year must be a whole number"))
            year = None
        return Where(
            organization=self._label(raw, "organization", at),
            fiscal_year=None if year is None else int(year),
            table=self._label(raw, "table", at),
            row=self._row(raw.get("row"), (*at, "row")),
            cell=self._label(raw, "cell", at) or _cell_in(raw.get("row")),
            fingerprint=self._label(raw, "fingerprint", at),
        )

    def _row(self, raw: Any, at: tuple[str | int, ...]) -> tuple[str, ...]:
        # A bare year is read as a number.
        text = str(raw) if isinstance(raw, str | Decimal) else None
        labels = _SEPARATOR.split(text.partition(_CELL)[0]) if text is not None else raw
        if raw is None:
            return ()
        if not isinstance(labels, list) or not all(isinstance(label, str | Decimal) for label in labels):
            self._complain(at, say("row 应是行内的名称", "row must be labels of the row"))
            return ()
        return tuple(filter(None, (fold(str(label)) for label in labels)))

    def _label(self, raw: Mapping[str, Any], key: str, at: tuple[str | int, ...]) -> str | None:
        value = raw.get(key)
        if value is None:
            return None
        if not isinstance(value, str | Decimal):
            self._complain((*at, key), say(f"{key} 应是文字", f"{key} must be text"))
            return None
        return fold(str(value))

    def _text(self, raw: Mapping[str, Any], key: str, at: tuple[str | int, ...], message: str) -> str:
        value = raw.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self._complain((*at, key) if key in raw else at, message)
        return ""

    def _check_keys(self, raw: Mapping[str, Any], legal: Sequence[str], at: tuple[str | int, ...]) -> None:
        for key in raw:
            if key not in legal:
                hint = say(f"可用：{'、'.join(legal)}", f"legal: {', '.join(legal)}")
                self._complain((*at, key), say(f"没有“{key}”这一项", f"unknown key '{key}'"), hint, on_key=True)

    def _complain(
        self, at: tuple[str | int, ...], message: str, hint: str | None = None, *, on_key: bool = False
    ) -> None:
        self._problems.append(self._file.problem(message, at, on_key=on_key, hint=hint))


def _is_date(text: str) -> bool:
    if _DATE.fullmatch(text) is None:
        return False
    from datetime import date

    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _cell_in(row: object) -> str | None:
    """Return the cell at the end of a label pasted from a report."""
    return fold(row.partition(_CELL)[2]) or None if isinstance(row, str) else None


def _is_subsequence(wanted: Sequence[str], labels: Iterable[str]) -> bool:
    remaining = iter(labels)
    return all(any(_is_label(one, label) for label in remaining) for one in wanted)


def _is_label(wanted: str, label: str) -> bool:
    """Return whether *label* is meant; what a report cut short ends with an ellipsis."""
    return wanted == label or (wanted.endswith(("…", "...")) and label.startswith(wanted.rstrip("….")))
