"""``perflint baseline``: accept what is there now, so that only what is new counts."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from types import SimpleNamespace

from perflint.commands.arguments import Call, Parser, one_of
from perflint.commands.check import add_selection, check
from perflint.commands.files import write_file
from perflint.errors import ConfigError, Problem
from perflint.finding import Report
from perflint.language import say
from perflint.report import (
    Baseline,
    BaselineEntry,
    load_baseline,
    prune_baseline,
    render_baseline,
    update_baseline,
)

DEFAULT_NAME = "perflint-baseline.jsonl"
CLEAN, UNUSABLE = 0, 2


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
    report, book = check(call, baseline=path if exists else None)
    old = load_baseline(path) if exists else None
    _tell_unread(call, report)
    former = [name for rule in book.rules for name in rule.formerly]
    new = _renew(call.arguments, old, report, former)
    write_file(path, render_baseline(new))
    call.terminal.note(_summarize(path, old, new))
    return UNUSABLE if report.errors else CLEAN


def _renew(arguments: SimpleNamespace, old: Baseline | None, report: Report, former: Sequence[str]) -> Baseline:
    if arguments.action == "prune" and old is not None:
        return prune_baseline(old, report, former=former)
    return update_baseline(old, report, grow=arguments.grow, former=former)


def _tell_unread(call: Call, report: Report) -> None:
    for error in report.errors:
        call.terminal.note(error.describe())


def _summarize(path: str, old: Baseline | None, new: Baseline) -> str:
    before = {entry.fingerprint for entry in old.entries} if old is not None else set()
    after = {entry.fingerprint for entry in new.entries}
    added, dropped = len(after - before), len(before - after)
    return say(
        f"{path}：{len(after)} 项，新增 {added}，删去 {dropped}",
        f"{path}: {len(after)} findings, {added} new, {dropped} dropped",
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
