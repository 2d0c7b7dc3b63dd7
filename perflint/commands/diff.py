"""``perflint diff``: what a changed pack changes, shown on real tables before anybody is surprised by it."""

from __future__ import annotations

import os

from perflint.commands.arguments import CLEAN, FOUND, UNUSABLE, Call, Parser, one_of, read_jobs
from perflint.commands.packs import recall_pack
from perflint.config.loading import AUTO
from perflint.errors import ConfigError, Problem
from perflint.language import say
from perflint.linter import Linter, Run
from perflint.render.difference import Comparison, Side, render_comparison_json, render_comparison_text
from perflint.report.difference import compare_reports
from perflint.sources import Source, find_sources


def build_parser() -> Parser:
    """Return the parser of this command."""
    parser = Parser(
        "diff",
        say(
            "用两个规则包检查同样的文件，列出哪些问题出现（+）、消失（-）、改变（~）。有不同时退出码为 1。"
            "两份可以是同一个包的新旧两版。",
            "Check the same files with two packs and list which findings appear (+), go (-) or change (~). The exit "
            "code is 1 if any does. The two may be an old and a new copy of one pack.",
        ),
        [
            (
                "perflint diff cn-core ./my-county.yaml --on data",
                say("本地规则与通用规则有什么不同", "what the local pack adds to the core rules"),
            ),
            (
                "perflint diff old/my-county.yaml ./my-county.yaml --on data",
                say("改动前后有什么不同", "what an edit changes"),
            ),
        ],
    )
    for name, zh, en in (
        ("before", "原来的规则包", "the pack as it was"),
        ("after", "改后的规则包", "the pack as it is"),
    ):
        parser.add_argument(
            name,
            metavar=f"PACK_{'A' if name == 'before' else 'B'}",
            help=say(f"{zh}：文件、文件夹或编号", f"{en}: file, folder or id"),
        )
    parser.add_argument(
        "--on",
        nargs="+",
        metavar="PATH",
        help=say("检查哪些文件，默认为配置里的 files", "which files to check; by default the configuration's"),
    )
    parser.add_argument("--jobs", metavar="N", type=read_jobs, default=1, help=say("进程数", "processes"))
    parser.add_argument("--format", metavar="F", type=one_of("text", "json"), default="text", help="text | json")
    parser.set_defaults(pack=None)
    return parser


def run(call: Call) -> int:
    """Check twice, print what differs, return the exit code."""
    arguments, config = call.arguments, call.config
    paths = arguments.on or config.files or (os.curdir,)
    sources = list(find_sources(paths, exclude=config.exclude, base=config.folder))
    before, after = (_check(call, pack, sources) for pack in (arguments.before, arguments.after))
    report = after.report
    if not report.documents and not report.errors:
        raise ConfigError(Problem(message=say("没有可检查的文档", "there is no document to check"), hint="--on PATH"))
    renamed = {old: rule.id for rule in after.book.rules for old in rule.formerly}
    compared = Comparison(
        before=_side(arguments.before, before),
        after=_side(arguments.after, after),
        findings=compare_reports(before.report, report, renamed=renamed),
        documents=report.documents,
        errors=report.errors,
    )
    show = render_comparison_json if arguments.format == "json" else render_comparison_text
    call.terminal.write(show(compared))
    return UNUSABLE if report.errors else FOUND if compared.findings else CLEAN


def _side(pack: str, found: Run) -> Side:
    words = {} if pack == AUTO else {name: frozenset(known) for name, known in recall_pack(pack).vocab.items()}
    return Side(packs=found.book.packs, rules=found.book.rules, words=words)


def _check(call: Call, pack: str, sources: list[Source]) -> Run:
    return Linter([pack], lang=call.lang).run(sources, jobs=call.arguments.jobs)
