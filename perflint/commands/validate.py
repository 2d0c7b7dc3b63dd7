"""``perflint validate``: are these packs sound?"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from perflint.commands.arguments import CLEAN, UNUSABLE, Call, Parser, one_of
from perflint.commands.packs import expand_packs, list_packs
from perflint.errors import PackError, Problem
from perflint.language import say
from perflint.pack.load import load_pack
from perflint.pack.model import Pack
from perflint.report.notices import note_mentions


def build_parser() -> Parser:
    """Return the parser of this command."""
    parser = Parser(
        "validate",
        say(
            "检查规则包：写法、字段、表达式、改动、例子的写法、表式模板；一次说出所有错误。"
            "不写包时检查配置里的包和自带的包。",
            "Check packs: form, fields, expressions, overrides, the form of examples, form templates; every mistake "
            "in one go. Without a pack: those of the configuration and the shipped ones.",
        ),
        [("perflint validate ./my-county.yaml", say("检查一个规则包", "check one pack"))],
    )
    parser.add_argument("packs", nargs="*", metavar="PACK", help=say("文件、文件夹或编号", "file, folder or id"))
    parser.add_argument("--format", metavar="F", type=one_of("text", "json"), default="text", help="text | json")
    parser.set_defaults(pack=None)
    return parser


def run(call: Call) -> int:
    """Load every pack with its examples; one that is not sound does not stop the others."""
    sound: list[Pack] = []
    problems: list[Problem] = []
    for name in list(expand_packs(call.arguments.packs)) or list_packs(call):
        try:
            pack = load_pack(name, thorough=True)
            _check_forms(pack)
            sound.append(pack)
        except PackError as error:
            problems.extend(error.problems)
    if call.arguments.format == "json":
        call.terminal.write(json.dumps(_as_data(sound, problems), ensure_ascii=False, indent=2) + "\n")
    else:
        for problem in dict.fromkeys(problems):  # a pack that two others extend is at fault once
            call.terminal.note(problem.describe())
        for notice in dict.fromkeys(notice for pack in sound for notice in note_mentions(pack)):
            call.terminal.note(notice.describe())
        call.terminal.write("".join(_describe(pack) for pack in sound))
    return UNUSABLE if problems else CLEAN


def _check_forms(pack: Pack) -> None:
    """Load the form templates of a pack.

    Raises:
        PackError: Every mistake in them.
    """
    if pack.forms:
        from perflint.reading.form.load import load_forms  # few packs have forms

        load_forms(tuple(map(Path, pack.forms)))


def _as_data(sound: list[Pack], problems: list[Problem]) -> dict[str, Any]:
    return {
        "perflint": "validate/1",
        "packs": [{"id": pack.id, "version": pack.version, "path": pack.path} for pack in sound],
        "problems": [asdict(problem) for problem in dict.fromkeys(problems)],
        "notices": [
            asdict(notice) for notice in dict.fromkeys(notice for pack in sound for notice in note_mentions(pack))
        ],
    }


def _describe(pack: Pack) -> str:
    own = sum(1 for rule in pack.rules if rule.pack == pack.id)
    inherited = len(pack.rules) - own
    return say(
        f"{pack.id} {pack.version}：没有错误，自有规则 {own} 条，继承 {inherited} 条\n",
        f"{pack.id} {pack.version}: sound, {own} rules of its own, {inherited} inherited\n",
    )
