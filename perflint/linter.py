"""The library: documents in, reports out. Never prints, never exits.

linter = Linter(packs=["cn-core", Path("my-county.yaml")])
report = linter.check(Path("table.json"))
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from perflint.config.loading import AUTO, SUPPRESSIONS_NAME, Config, find_config
from perflint.document.loading import build_document, parse_document
from perflint.document.model import Document
from perflint.engine.evaluation import evaluate
from perflint.engine.message import message_of
from perflint.engine.watchdog import watch
from perflint.errors import ConfigError, DocumentError, EvaluationError, PerflintError, Problem
from perflint.finding import Finding, Report, Severity
from perflint.language import LANGUAGES, say, speaking
from perflint.parallel import Work, map_batches
from perflint.programs import Key, Programs, RuleBook
from perflint.record import replace
from perflint.report.build import build_drawing, build_findings, build_report, build_wording, find_stale
from perflint.report.tally import Tally
from perflint.selection import Selection, Teller, tell_plainly
from perflint.sources import Item, PassedOver, Source, find_sources, read_item, split_sources
from perflint.typed import NamedTuple, final

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any, TypeAlias

    from perflint.report.baseline import Baseline, BaselineEntry
    from perflint.report.suppressions import Suppressions

ENGINES = ("compiled", "simpleeval")


class Run(NamedTuple):
    """The report of many documents, and the rules that took part.

    Attributes:
        stale: Entries of the baseline that were not found again.
    """

    report: Report
    book: RuleBook
    stale: tuple[BaselineEntry, ...] = ()


Show: TypeAlias = "Callable[[Sequence[Finding], RuleBook], Any]"
"""(findings of some documents, unknowns among them; rules) → what becomes of them, fit to be sent to a process."""


class _Batch(NamedTuple):
    """What a process sends back for a batch.

    Attributes:
        shown: What was made of the findings, None without a ``Show``.
        keys: The packs that its documents were checked against.
    """

    tally: Tally
    shown: Any
    keys: tuple[Key, ...]


class _Task(NamedTuple):
    """What the batches of a run share."""

    linter: Linter
    show: Show | None
    keep: bool


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
        timed: Measure the time in each rule, for ``RuleCount.seconds``.
        tell: How to word a problem with an entry of ``select``, ``ignore`` or ``severity``.

    Raises:
        PackError: A pack is not found or not sound.
        ConfigError: An argument names no rule, no rule is left to run, a file cannot be read.
    """

    __slots__ = ("_engine", "_lang", "_programs", "_wording")

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
        timed: bool = False,
        tell: Teller = tell_plainly,
    ) -> None:
        _check_choice("lang", lang, LANGUAGES)
        _check_choice("engine", engine, ENGINES)
        self._lang, self._engine = lang, engine
        with speaking(lang):
            selection = Selection(
                select=tuple(select),
                ignore=tuple(ignore),
                severity={name: _read_severity(level) for name, level in (severity or {}).items()},
            )
            self._programs = Programs(packs, selection, tell=tell, timed=timed)
            self._wording = build_wording(
                message_of,
                lang=lang,
                suppressions=_load_suppressions(suppressions) if suppressions is not None else None,
                baseline=_load_baseline(baseline) if baseline is not None else None,
                draw=draw,
            )

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
            DocumentError: It cannot be read, or a pack that joins in for it cannot be used. Of JSON lines, a line that
                is no document is an entry of ``Report.errors`` as long as another one is.
            EvaluationError: The rules took too long on it.
        """
        with speaking(self._lang):
            if isinstance(document, str | os.PathLike):
                report = self._report([Source(str(document))])
                if not report.documents:
                    raise DocumentError(report.errors)
                return report
            if isinstance(document, bytes):
                document = parse_document(document)
            elif not isinstance(document, Document):
                document = build_document(document)
            tally = self._wording.start_tally()
            key = self._programs.prepare(document)
            self._check_document(document, key, tally)
            tally.errors.extend(self._programs.broken)
            return build_report(tally, self._programs.get(key), self._wording, notices=False)

    def check_many(self, paths: Iterable[str | Path], *, jobs: int = 1) -> Iterator[Report]:
        """Yield the report of each file, in the order given; a folder stands for the documents in it.

        Files are read when their report is asked for, with several processes some time ahead. One that cannot be
        read gives a report with ``errors``; files of a folder that are no documents are passed over.

        Args:
            jobs: Number of processes; 0 for one a processor.
        """
        work = Work(call=_check_each, context=self, lose=_lose_report)
        for reports in map_batches(work, find_sources(map(str, paths)), jobs=jobs):
            yield from (report for report in reports if not report.passed_over)

    def run(
        self,
        sources: Iterable[Source],
        *,
        jobs: int = 1,
        tell: Callable[[int], None] | None = None,
        show: Show | None = None,
        take: Callable[[Any], None] | None = None,
        keep: bool = True,
    ) -> Run:
        """Return one report of all *sources*, with the notices of the whole run.

        Args:
            jobs: As for ``check_many``.
            tell: Called now and then with the number of documents checked or passed over so far.
            show: Called with the findings of some documents at a time, in the process that found them.
            take: Called here with what *show* returned, in the order of the documents.
            keep: Whether the report is to hold the findings and the documents; without them it holds their totals, and
                the run takes no more memory for many documents than for a few.
        """
        died: list[int] = []
        work = Work(call=_check_together, context=_Task(self, show, keep), lose=_lose_item, note=died.append)
        whole = self._wording.start_tally(keep=keep)
        whole.remarks.extend(self._programs.outdated)
        whole.errors.extend(self._programs.broken)
        keys: dict[Key, None] = {}
        for batch in map_batches(work, split_sources(sources), jobs=jobs):
            whole.merge(batch.tally)
            keys.update(dict.fromkeys(batch.keys))
            if take is not None:
                take(batch.shown)
            if tell is not None:
                tell(whole.documents + whole.passed_over)
        with speaking(self._lang):
            book = self._programs.collect(keys)
            whole.remarks.extend(book.outdated)
            if died:
                from perflint.report.notices import note_deaths  # a misfortune

                whole.remarks.extend([note_deaths(sum(died))])
            report = build_report(whole, book, self._wording)
            return Run(report, book, find_stale(whole, book, self._wording))

    def _report(self, items: Iterable[Item]) -> Report:
        """Return one report of *items*, without notices."""
        batch = self._check_batch(items, show=None, keep=True)
        batch.tally.errors.extend(self._programs.broken)
        return build_report(batch.tally, self._programs.collect(batch.keys), self._wording, notices=False)

    def _check_batch(self, items: Iterable[Item], *, show: Show | None, keep: bool) -> _Batch:
        tally = self._wording.start_tally(keep=keep)
        findings: list[Finding] = []
        keys: dict[Key, None] = {}
        for found in chain.from_iterable(read_item(item, forms=self._programs.find_forms) for item in items):
            if isinstance(found, Document):
                try:
                    key = self._programs.prepare(found)
                    keys[key] = None
                    findings += self._check_document(found, key, tally)
                except (DocumentError, EvaluationError) as error:
                    tally.errors.extend(error.problems)
                except PerflintError:
                    raise
                except Exception as error:  # noqa: BLE001 - a fault met in one document must not stop the others
                    tally.errors.extend([_describe_fault(error, found)])
            elif isinstance(found, PassedOver):
                tally.passed_over += 1
            else:
                tally.errors.extend(found.problems)
        shown = show(findings, self._programs.collect(keys)) if show is not None else None
        return _Batch(tally, shown, tuple(keys))

    def _check_document(self, document: Document, key: Key, tally: Tally) -> list[Finding]:
        """Add the verdicts on *document* to *tally* and return the findings."""
        program = self._programs.get(key)
        try:
            with watch():
                evaluation = evaluate(program, document, engine=self._engine)
        except EvaluationError as error:
            raise EvaluationError(replace(problem, path=document.path) for problem in error.problems) from None
        findings = build_findings(evaluation, program, self._wording)
        tally.add(evaluation, program, findings, build_drawing(document, self._wording))
        return findings


def _check_each(linter: Linter, sources: Sequence[Source]) -> list[Report]:
    with speaking(linter._lang):
        return [linter._report([source]) for source in sources]


def _check_together(task: _Task, items: Sequence[Item]) -> _Batch:
    linter, show, keep = task
    with speaking(linter._lang):
        return linter._check_batch(items, show=show, keep=keep)


def _lose_report(linter: Linter, source: Source) -> list[Report]:
    with speaking(linter._lang):
        return [linter._report([_describe_loss(source)])]


def _lose_item(task: _Task, item: Item) -> _Batch:
    with speaking(task.linter._lang):
        return _check_together(task, [_describe_loss(item)])


def _describe_loss(item: Item) -> DocumentError:
    message = say("检查它的进程两次意外结束，没有检查", "the process that checked it died twice: it was not checked")
    hint = say("多半是内存不够；用 --jobs 1 单独检查它", "most likely memory ran out; check it alone with --jobs 1")
    return DocumentError(
        Problem(message=message, path=getattr(item, "path", None), line=getattr(item, "number", None), hint=hint)
    )


def _describe_fault(error: Exception, document: Document) -> Problem:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f" ({os.path.basename(place.tb_frame.f_code.co_filename)}:{place.tb_lineno})" if place is not None else ""
    told = f"{type(error).__name__}: {error}{where}"
    message = say(f"perflint 检查这份文档时自己出错：{told}", f"perflint itself failed on this document: {told}")
    hint = say("这不是文档的问题；请把这份文档告诉我们", "this is not the document's fault; please report the document")
    return Problem(message=message, path=document.path, hint=hint)


def find_suppressions(config: Config) -> str | None:
    """Return the suppression file that *config* names, or else the one beside it, or None."""
    if config.suppressions is not None:
        return config.suppressions
    beside = os.path.join(config.folder, SUPPRESSIONS_NAME)
    return beside if os.path.isfile(beside) else None


def _load_baseline(path: str | Path) -> Baseline:
    from perflint.report.baseline import load_baseline  # most runs have none

    return load_baseline(path)


def _load_suppressions(path: str | Path) -> Suppressions:
    from datetime import date  # most runs have no suppressions, and need no dates

    from perflint.report.suppressions import load_suppressions

    # A deadline is over when the day is, where the user is.
    return load_suppressions(path, today=date.today())  # noqa: DTZ011


def _check_choice(name: str, value: str, legal: Sequence[str]) -> None:
    if value not in legal:
        raise ConfigError(
            say(f"{name}：{'、'.join(legal)}，不能是 {value!r}", f"{name}: {', '.join(legal)}, not {value!r}")
        )


def _read_severity(level: Severity | str) -> Severity:
    _check_choice("severity", level, [str(severity.value) for severity in Severity])
    return Severity(level)
