"""The library: documents in, reports out. Never prints, never exits.

linter = Linter(packs=["cn-core", Path("my-county.yaml")])
report = linter.check(Path("table.json"))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, final

from perflint.config import AUTO, Config, find_config
from perflint.document import Document, build_document, parse_document
from perflint.engine import evaluate, message_of
from perflint.engine.watchdog import watch
from perflint.errors import ConfigError, DocumentError, EvaluationError, Problem
from perflint.finding import Report, Severity
from perflint.language import LANGUAGES, say, speaking
from perflint.parallel import map_batches
from perflint.programs import Key, Programs, RuleBook
from perflint.report import (
    FILE_NAME as SUPPRESSIONS,
)
from perflint.report import (
    Baseline,
    Suppressions,
    build_document_report,
    load_baseline,
    load_suppressions,
    merge_reports,
)
from perflint.selection import Selection, Teller, tell_plainly
from perflint.sources import PassedOver, Source, find_sources, read_source

ENGINES = ("compiled", "simpleeval")


class Run(NamedTuple):
    """The report of many documents, and the rules that took part."""

    report: Report
    book: RuleBook


class _Part(NamedTuple):
    """What a process sends back for a batch: its report, and which packs its documents were checked against."""

    report: Report
    keys: tuple[Key, ...]


@final
class Linter:
    """Checks documents against packs. Does not change once made; may be pickled and shared between threads.

    Args:
        packs: Ids of shipped or installed packs, paths of your own, and ``auto`` for those that join in for a document
            by its division code or organization.
        lang: ``zh`` or ``en``: of messages, labels and errors.
        select: Ids, names and tags of the only rules to run; ``all`` for every enabled one. A rule that its pack has
            disabled runs if its id or name is here.
        ignore: Ids, names and tags of rules not to run.
        severity: Other severities, by rule id or name.
        baseline: File of accepted findings.
        suppressions: File of suppressed findings.
        draw: Whether reports carry the tables as the form looks, for the ``html`` format; without them it shows each
            finding's row only.
        engine: ``compiled``, or ``simpleeval`` for the slow reference evaluator.
        tell: How to word a problem with an entry of ``select``, ``ignore`` or ``severity``.

    Raises:
        PackError: A pack is not found or not sound.
        ConfigError: An argument names no rule, no rule is left to run, a file cannot be read.
    """

    __slots__ = ("_baseline", "_draw", "_engine", "_lang", "_programs", "_suppressions")

    def __init__(
        self,
        packs: Iterable[str | Path] = (AUTO,),
        *,
        lang: str = "zh",
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        severity: Mapping[str, Severity | str] | None = None,
        baseline: str | Path | None = None,
        suppressions: str | Path | None = None,
        draw: bool = False,
        engine: str = "compiled",
        tell: Teller = tell_plainly,
    ) -> None:
        _check_choice("lang", lang, LANGUAGES)
        _check_choice("engine", engine, ENGINES)
        self._lang, self._engine, self._draw = lang, engine, draw
        with speaking(lang):
            selection = Selection(
                select=tuple(select),
                ignore=tuple(ignore),
                severity={name: _read_severity(level) for name, level in (severity or {}).items()},
            )
            self._programs = Programs(packs, selection, tell=tell)
            self._baseline: Baseline | None = load_baseline(baseline) if baseline is not None else None
            self._suppressions: Suppressions | None = None
            if suppressions is not None:
                today = date.today()  # noqa: DTZ011 - a deadline is over when the day is, where the user is
                self._suppressions = load_suppressions(suppressions, today=today)

    @classmethod
    def from_config(cls, folder: str | Path = ".") -> Linter:
        """Return a linter with the settings that hold in *folder*; see ``perflint.yaml``.

        Raises:
            ConfigError: A setting is wrong; see also ``Linter``.
            PackError: A pack is not found or not sound.
        """
        config = find_config(folder)
        return cls(
            config.packs or (AUTO,),
            lang=config.lang or "zh",
            select=config.select,
            ignore=config.ignore,
            severity=config.severity,
            baseline=config.baseline,
            suppressions=find_suppressions(config),
            tell=config.problem,
        )

    def check(self, document: Document | Mapping[str, Any] | bytes | str | Path) -> Report:
        """Return what the rules find in one document.

        Args:
            document: A document, its data, its JSON text as bytes, or the path of a file: JSON, JSON lines, or an
                original file.

        Raises:
            DocumentError: It cannot be read. Of JSON lines, a line that is no document is an entry of
                ``Report.errors`` as long as another one is.
            EvaluationError: The rules took too long on it.
        """
        with speaking(self._lang):
            if isinstance(document, str | Path):
                part = self._check_batch([Source(str(document))])
                if not part.report.documents:
                    raise DocumentError(part.report.errors)
                return part.report
            if isinstance(document, bytes):
                document = parse_document(document)
            elif not isinstance(document, Document):
                document = build_document(document)
            return self._check_document(document, self._programs.choose(document))

    def check_many(self, paths: Iterable[str | Path], *, jobs: int = 1) -> Iterator[Report]:
        """Yield the report of each file, in the order given; a folder stands for the documents in it.

        Files are read when their report is asked for, with several processes some time ahead. One that cannot be
        read gives a report with ``errors``; files of a folder that are no documents are passed over.

        Args:
            jobs: Number of processes; 0 for one a processor.
        """
        for parts in map_batches(_check_each, self, find_sources(map(str, paths)), jobs=jobs):
            yield from (report for report in parts if not report.passed_over)

    def run(self, sources: Iterable[Source], *, jobs: int = 1, tell: Callable[[int], None] | None = None) -> Run:
        """Return one report of all *sources*, with the notices of the whole run.

        Args:
            jobs: As for ``check_many``.
            tell: Called now and then with the number of documents checked so far.
        """
        reports: list[Report] = []
        keys: dict[Key, None] = {}
        for part in map_batches(_check_together, self, sources, jobs=jobs):
            reports.append(part.report)
            keys.update(dict.fromkeys(part.keys))
            if tell is not None:
                tell(sum(report.documents for report in reports))
        with speaking(self._lang):
            book = self._programs.collect(keys)
        report = merge_reports(reports, book, lang=self._lang, suppressions=self._suppressions, baseline=self._baseline)
        return Run(report, book)

    def _check_batch(self, sources: Iterable[Source]) -> _Part:
        """Return one report of *sources*, without notices."""
        reports: list[Report] = []
        errors: list[Problem] = []
        keys: dict[Key, None] = {}
        passed_over = 0
        for source in sources:
            for found in read_source(source, forms=self._programs.find_forms):
                if isinstance(found, Document):
                    key = self._programs.choose(found)
                    keys[key] = None
                    try:
                        reports.append(self._check_document(found, key))
                    except EvaluationError as error:
                        errors.extend(error.problems)
                elif isinstance(found, PassedOver):
                    passed_over += 1
                else:
                    errors.extend(found.problems)
        book = self._programs.collect(keys)
        merged = merge_reports(reports, book, lang=self._lang, errors=errors, passed_over=passed_over, notices=False)
        return _Part(merged, tuple(keys))

    def _check_document(self, document: Document, key: Key) -> Report:
        program = self._programs.get(key)
        try:
            with watch():
                evaluation = evaluate(program, document, engine=self._engine)
        except EvaluationError as error:
            raise EvaluationError(replace(problem, path=document.path) for problem in error.problems) from None
        return build_document_report(
            evaluation,
            program,
            message_of=message_of,
            lang=self._lang,
            suppressions=self._suppressions,
            baseline=self._baseline,
            draw=self._draw,
        )


def _check_each(linter: Linter, sources: Sequence[Source]) -> list[Report]:
    with speaking(linter._lang):
        return [linter._check_batch([source]).report for source in sources]


def _check_together(linter: Linter, sources: Sequence[Source]) -> _Part:
    with speaking(linter._lang):
        return linter._check_batch(sources)


def find_suppressions(config: Config) -> str | None:
    """Return the suppression file that *config* names, or else the one beside it, or None."""
    if config.suppressions is not None:
        return config.suppressions
    beside = Path(config.folder, SUPPRESSIONS)
    return str(beside) if beside.is_file() else None


def _check_choice(name: str, value: str, legal: Sequence[str]) -> None:
    if value not in legal:
        raise ConfigError(
            say(f"{name}：{'、'.join(legal)}，不能是 {value!r}", f"{name}: {', '.join(legal)}, not {value!r}")
        )


def _read_severity(level: Severity | str) -> Severity:
    _check_choice("severity", level, [str(severity.value) for severity in Severity])
    return Severity(level)
