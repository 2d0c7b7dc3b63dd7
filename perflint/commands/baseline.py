"""``perflint baseline``: accept what is there now, so that only what is new counts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

from perflint.commands.arguments import CLEAN, UNUSABLE, Call, Parser, one_of
from perflint.commands.check import add_selection, check, tell_unread
from perflint.commands.files import PendingFile
from perflint.errors import ConfigError, Problem
from perflint.finding import Finding
from perflint.language import say
from perflint.linter import Show
from perflint.programs import RuleBook
from perflint.report.baseline import Acceptable, Baseline, BaselineEntry, Renewal, list_acceptable, load_baseline
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

DEFAULT_NAME = "perflint-baseline.jsonl"


def build_parser() -> Parser:
    """Return the parser of this command."""
    parser = Parser(
        "baseline",
        say(
            f"write 写下现有问题，prune 删去已不存在的，show 列出。文件默认为配置里的 baseline，或 {DEFAULT_NAME}。",
            f"write accepts present findings, prune drops those that are gone, show lists them. The file is the "
            f"configuration's baseline, or {DEFAULT_NAME}.",
        ),
        [
            ("perflint baseline write data", say("接受 data 里现有的问题", "accept the present findings in data")),
            (
                f"perflint check data --baseline {DEFAULT_NAME}",
                say("以后只报新问题", "from then on, new findings only"),
            ),
            ("perflint baseline prune data", say("删去已改好的", "drop those that were mended")),
        ],
    )
    parser.add_argument(
        "action", metavar="write|prune|show", type=one_of("write", "prune", "show"), help=say("做什么", "what to do")
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help=say("检查哪些文件", "which files to check"))
    add_selection(parser)
    parser.add_argument("--grow", action="store_true", help=say("write 时接受新问题", "let write accept new findings"))
    return parser


def run(call: Call) -> int:
    """Write, prune or show the baseline."""
    path = call.arguments.baseline or call.config.baseline or DEFAULT_NAME
    if call.arguments.action == "show":
        call.terminal.write("".join(f"{line}\n" for line in _describe(load_baseline(path))))
        return CLEAN
    exists = os.path.exists(path)
    if call.arguments.action == "prune" and not exists:
        hint = say("先 perflint baseline write", "perflint baseline write makes one")
        raise ConfigError(Problem(message=say("没有这份基线", "there is no such baseline"), path=path, hint=hint))
    old = load_baseline(path) if exists else None
    renewal = Renewal(old, grow=call.arguments.grow)
    takes = call.arguments.action == "write"
    found = check(call, baseline=path if exists else None, sink=_Sink(renewal.take) if takes else _Sink())
    tell_unread(call, found.report)
    with PendingFile(path) as file:
        for line in renewal.finish(found.stale):
            file.write(line)
        file.write("")
    call.terminal.note(_summarize(path, renewal))
    return UNUSABLE if found.report.errors else CLEAN


class _Sink(NamedTuple):
    """Takes what a baseline is made of, and nothing else."""

    take: Callable[[Any], None] | None = None
    keep: bool = False
    draw: bool = False

    @property
    def show(self) -> Show | None:
        """What picks it out of the findings, in the process that has them."""
        return _pick if self.take is not None else None


def _pick(findings: Sequence[Finding], book: RuleBook) -> list[Acceptable]:
    del book
    return list_acceptable(findings)


def _summarize(path: str, renewed: Renewal) -> str:
    return say(
        f"{path}：{renewed.size} 项，新增 {renewed.added}，删去 {renewed.dropped}",
        f"{path}: {renewed.size} findings, {renewed.added} new, {renewed.dropped} dropped",
    )


def _describe(baseline: Baseline) -> Iterator[str]:
    heading = None
    for entry in sorted(baseline.entries, key=_order):
        owner = " ".join(str(part) for part in (entry.organization, entry.fiscal_year, entry.table) if part is not None)
        if owner != heading:
            heading = owner
            yield owner or say("（没有单位）", "(no organization)")
        yield f"  {entry.rule}  {entry.label}"
    yield say(f"共 {len(baseline.entries)} 项", f"{len(baseline.entries)} findings")


def _order(entry: BaselineEntry) -> tuple[str, int, str, str, str]:
    return entry.organization or "", entry.fiscal_year or 0, entry.table or "", entry.rule, entry.label
