"""``perflint check``: documents against packs, a report for people or machines."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain, islice
from time import monotonic

from perflint.commands.arguments import (
    CLEAN,
    FOUND,
    HIDDEN,
    UNUSABLE,
    Call,
    Parser,
    add_packs,
    one_of,
    read_jobs,
    wrong_value,
)
from perflint.commands.outputs import Output, Outputs
from perflint.config.loading import AUTO, SUPPRESSIONS_NAME
from perflint.errors import ConfigError, Problem
from perflint.finding import Report, Severity
from perflint.language import say
from perflint.linter import ENGINES, Linter, Run, Show
from perflint.render import FORMATS
from perflint.sources import LINES_SUFFIXES, STDIN, Source, find_sources
from perflint.typed import Protocol

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

LEVELS = ("error", "warning", "info", "never")
_MOST_TOLD = 20


def build_parser() -> Parser:
    """Return the parser of this command."""
    parser = Parser(
        "check",
        say(
            "检查文档 JSON、JSON 行、文件夹和 Word、Excel、HTML、PDF 原件；"
            "不写路径时检查配置里的 files，没有就检查当前文件夹。",
            "Check document JSON, JSON lines, folders, and Word, Excel, HTML or PDF originals; without a path the "
            "configuration's files, or else the current folder.",
        ),
        [
            ("perflint check 目标表.json", say("检查一个文件", "check one file")),
            ("perflint check . --fail-on warning", say("有警告也算不通过", "let warnings fail too")),
            (
                "perflint check . --select arithmetic --ignore PT104",
                say("只查勾稽，除去一条", "sums only, but for one rule"),
            ),
            ("perflint check . --output sarif=a.sarif", say("另写一份报告", "write a report as well")),
        ],
    )
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help=say("文件、文件夹，或 -（标准输入）", "files, folders, or - for standard input"),
    )
    add_selection(parser)
    _add_verdict(parser)
    _add_outputs(parser)
    return parser


def _add_verdict(parser: Parser) -> None:
    """Add what decides the exit code."""
    parser.add_argument(
        "--fail-on",
        metavar="LEVEL",
        type=one_of(*LEVELS),
        help=say(
            "从哪一级起退出码为 1：error（默认）、warning、info、never",
            "lowest level that makes the exit code 1: error (default), warning, info, never",
        ),
    )
    parser.add_argument(
        "--fail-on-unknown",
        action="store_true",
        default=None,
        help=say("有未能判断的项目时退出码也为 1", "let undecided items make the exit code 1 too"),
    )


def _add_outputs(parser: Parser) -> None:
    parser.add_argument(
        "--format",
        metavar="F",
        type=one_of(*FORMATS),
        help=say(f"输出格式，默认 text：{'、'.join(FORMATS)}", f"output format, text by default: {', '.join(FORMATS)}"),
    )
    parser.add_argument(
        "--output",
        metavar="F=FILE",
        action="append",
        type=_read_output,
        help=say("另把报告写成文件，可写多次", "write the report to a file as well; repeatable"),
    )
    parser.add_argument(
        "--changed",
        action="store_true",
        help=say(
            "写出的是改动的文件（pre-commit 用）：没有文档标记的略过，一份文档也没有不算错",
            "the paths are files that changed, as pre-commit names them: what has no marker of a document is passed "
            "over, and to have none is no mistake",
        ),
    )
    parser.add_argument(
        "--statistics",
        action="store_true",
        help=say("列出每条规则查了多少、结果如何", "list how often each rule looked and what came of it"),
    )


def add_selection(parser: Parser) -> None:
    """Add the options that say what is checked against what."""
    add_packs(parser)
    for option, zh, en in (
        (
            "--select",
            "只用这些规则：编号、名称、标签，用逗号分隔",
            "only these rules: ids, names, tags, separated by commas",
        ),
        ("--ignore", "不用这些规则", "none of these rules"),
    ):
        parser.add_argument(option, metavar="RULE", action="append", type=_split_list, help=say(zh, en))
    parser.add_argument(
        "--baseline", metavar="FILE", help=say("不计这份基线里的问题", "do not count what this baseline holds")
    )
    parser.add_argument(
        "--suppressions",
        metavar="FILE",
        help=say(
            "抑制文件；默认为配置旁或数据旁的 perflint-suppressions.yaml",
            "suppression file; by default perflint-suppressions.yaml beside the configuration or the data",
        ),
    )
    parser.add_argument(
        "--jobs",
        metavar="N",
        type=read_jobs,
        help=say("进程数，默认 1；auto 为处理器个数", "processes, 1 by default; auto for one a processor"),
    )
    parser.add_argument("--engine", type=one_of(*ENGINES), default="compiled", help=HIDDEN)


def _split_list(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",")]
    if not all(names):
        raise wrong_value(say(f"里有空的一项：“{text}”", f"has an empty entry: '{text}'"))
    return names


def _read_output(text: str) -> tuple[str, str]:
    name, _, path = text.partition("=")
    if not path:
        raise wrong_value(
            say(f"写成 格式=文件，如 sarif=a.sarif，不能是“{text}”", f"looks like sarif=a.sarif, not '{text}'")
        )
    return one_of(*FORMATS)(name), path


def run(call: Call) -> int:
    """Check, write the report, return the exit code."""
    with Outputs(_choose_outputs(call), lang=call.lang, write=call.terminal.write) as outputs:
        baseline = call.arguments.baseline or call.config.baseline
        found = check(call, baseline=baseline, sink=outputs, changed=call.arguments.changed)
        call.terminal.show_progress(None)
        outputs.finish(found.report, found.book)
        if not outputs.tells_unread:
            tell_unread(call, found.report)
    return _exit_code(call, found.report)


class Sink(Protocol):
    """Where findings go as they come."""

    @property
    def keep(self) -> bool:
        """Whether the report is to hold them too."""

    @property
    def draw(self) -> bool:
        """Whether the report is to hold the tables as the form looks."""

    @property
    def show(self) -> Show | None:
        """What becomes of them in the process that finds them, None when there is no use for them."""

    @property
    def take(self) -> Callable[[Any], None] | None:
        """Takes what ``show`` returned."""


def check(call: Call, *, baseline: str | None, sink: Sink, changed: bool = False) -> Run:
    """Return the run that the arguments and the configuration ask for.

    Args:
        baseline: File of accepted findings.
        changed: The paths may name files that are no documents, or none at all.

    Raises:
        ConfigError: Nothing matched, besides what ``Linter`` and ``find_sources`` raise.
    """
    linter = build_linter(call, baseline=baseline, draw=sink.draw)
    find = partial(find_sources, _choose_paths(call), exclude=call.config.exclude, base=call.config.folder)
    sources: Iterable[Source] = find()
    if changed:
        sources = (source._replace(named=False) for source in sources)
    total = None
    if call.terminal.is_interactive:
        total = _count_files(find())
    found = linter.run(
        sources,
        jobs=_choose_jobs(call),
        tell=_progress(call, total),
        show=sink.show,
        take=sink.take,
        keep=sink.keep,
    )
    call.terminal.show_progress(None)
    if not found.report.documents and not found.report.errors and not changed:
        _refuse_nothing(call, found.report)
    return found


def tell_unread(call: Call, report: Report) -> None:
    """Tell beside the output what could not be read: an exit code without a reason helps nobody."""
    for error in islice(report.errors, _MOST_TOLD):
        call.terminal.note(error.describe())
    others = len(report.errors) - _MOST_TOLD
    if others > 0:
        call.terminal.note(say(f"还有 {others} 处读不了", f"{others} more could not be read"))


def _choose_outputs(call: Call) -> list[Output]:
    arguments, config = call.arguments, call.config
    files = dict(arguments.output) if arguments.output else config.output
    return [
        Output(
            arguments.format or config.format or "text",
            color=call.terminal.shows_colour,
            width=call.terminal.width,
            statistics=arguments.statistics,
        ),
        *(Output(name, path, statistics=arguments.statistics) for name, path in files.items()),
    ]


def build_linter(call: Call, *, baseline: str | None, draw: bool = False) -> Linter:
    """Return the linter of the arguments, each of which goes before the setting of its name."""
    arguments, config = call.arguments, call.config

    def tell(message: str, setting: str, entry: str, hint: str | None) -> Problem:
        if setting == "severity" or getattr(arguments, setting) is None:
            return config.problem(message, setting, entry, hint)
        return Problem(message=f"--{setting}: {message}", hint=hint)

    return Linter(
        arguments.pack or config.packs or (AUTO,),
        lang=call.lang,
        select=config.select if arguments.select is None else chain(*arguments.select),
        ignore=config.ignore if arguments.ignore is None else chain(*arguments.ignore),
        severity=config.severity,
        baseline=baseline,
        suppressions=arguments.suppressions or _find_suppressions(call),
        draw=draw,
        engine=arguments.engine,
        timed=getattr(arguments, "statistics", False),
        tell=tell,
    )


def _find_suppressions(call: Call) -> str | None:
    """Return the suppression file of the configuration, or the one beside it or beside what is checked.

    Raises:
        ConfigError: Several are beside; which one is meant?
    """
    if call.arguments.isolated:
        return None
    if call.config.suppressions is not None:
        return call.config.suppressions
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in _choose_paths(call)]
    beside = {os.path.normpath(os.path.join(folder, SUPPRESSIONS_NAME)) for folder in (call.config.folder, *folders)}
    found = sorted(path for path in beside if os.path.isfile(path))
    if len(found) > 1:
        message = say(f"有几份抑制文件：{'、'.join(found)}", f"several suppression files: {', '.join(found)}")
        hint = say("用 --suppressions 指明一份", "name one with --suppressions")
        raise ConfigError(Problem(message=message, hint=hint))
    return found[0] if found else None


def _choose_paths(call: Call) -> Sequence[str]:
    return call.arguments.paths or call.config.files or (os.curdir,)


def _choose_jobs(call: Call) -> int:
    jobs = call.arguments.jobs if call.arguments.jobs is not None else call.config.jobs
    return 1 if jobs is None else jobs


def _count_files(sources: Iterable[Source]) -> int | None:
    """Return how many documents are in *sources*, None where nobody knows before they are read."""
    number = 0
    for source in sources:
        if source.path == STDIN or source.path.endswith(LINES_SUFFIXES):
            return None
        number += 1
    return number


def _progress(call: Call, total: int | None) -> Callable[[int], None]:
    """Return what shows how many documents were checked so far, and of how many, once the work has taken a while."""
    shown = monotonic() + 0.8

    def show(done: int) -> None:
        nonlocal shown
        if monotonic() - shown > 0.2:
            shown = monotonic()
            from perflint.commands.progress import draw_bar  # most runs are over before

            told = say(f"已检查 {done} 份", f"{done} checked")
            bar = draw_bar(min(done, total), total, say("已检查", "checked")) if total else told
            call.terminal.show_progress(bar)

    return show


def _refuse_nothing(call: Call, report: Report) -> None:
    paths = "、".join(_choose_paths(call)) if call.lang == "zh" else ", ".join(_choose_paths(call))
    message = say(f"没有可检查的文档：{paths}", f"no document to check in: {paths}")
    hint = None
    if report.passed_over:
        message += say(
            f"（{report.passed_over} 个文件没有文档标记）",
            f" ({report.passed_over} files without the marker of a document)",
        )
        hint = say(
            "原件要写出文件名：perflint check 目标表.docx", "name originals one by one: perflint check table.docx"
        )
    raise ConfigError(Problem(message=message, hint=hint))


def _exit_code(call: Call, report: Report) -> int:
    arguments, config = call.arguments, call.config
    totals = report.totals
    if report.errors or totals.crashed:
        return UNUSABLE
    unknown_fails = config.fail_on_unknown if arguments.fail_on_unknown is None else arguments.fail_on_unknown
    unknown = totals.unknown
    if unknown_fails and unknown:
        # Not every format shows what could not be decided, and an exit code without a reason helps nobody.
        call.terminal.note(
            say(f"未能判断 {unknown} 项（--fail-on-unknown）", f"{unknown} undecided (--fail-on-unknown)")
        )
        return FOUND
    level = arguments.fail_on or config.fail_on or "error"
    counted = () if level == "never" else _at_or_above(Severity(level))
    return FOUND if any(totals.faults.get(severity) for severity in counted) else CLEAN


def _at_or_above(lowest: Severity) -> tuple[Severity, ...]:
    ordered = (Severity.ERROR, Severity.WARNING, Severity.INFO)
    return ordered[: ordered.index(lowest) + 1]
