"""``perflint init``: the first files of a project, or of a pack."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from string import Template

from perflint.commands.arguments import Call, Parser, one_of
from perflint.commands.files import write_file
from perflint.commands.templates import HOOK_EN, HOOK_ZH, PACK_EN, PACK_ZH, PROJECT_EN, PROJECT_ZH
from perflint.errors import ConfigError, Problem
from perflint.language import say

CONFIG, HOOKS = "perflint.yaml", ".pre-commit-config.yaml"
# Where the first line of a new pack tells the editor to look; a hidden folder is never searched for documents.
SCHEMA = os.path.join(".perflint", "pack-1.schema.json")
_PACK_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def build_parser() -> Parser:
    """Return the parser of this command."""
    parser = Parser(
        "init",
        say(
            "写一份有说明的 perflint.yaml 和提交前的检查，或一个能运行的规则包；不会覆盖已有的文件。",
            "Write a perflint.yaml with comments and a check before each commit, or a pack that runs; nothing that "
            "exists is replaced.",
        ),
        [
            ("perflint init", say("为这个项目写配置", "a configuration for this project")),
            ("perflint init pack my-county", say("写规则包 my-county.yaml", "the pack my-county.yaml")),
        ],
    )
    parser.add_argument(
        "what",
        nargs="?",
        metavar="project|pack",
        default="project",
        type=one_of("project", "pack"),
        help=say("写什么，默认 project", "what to write, project by default"),
    )
    parser.add_argument(
        "name",
        nargs="?",
        metavar="NAME",
        default="my-county",
        help=say("规则包的编号，默认 my-county", "id of the pack, my-county by default"),
    )
    return parser


def run(call: Call) -> int:
    """Write the files and say what to do next."""
    if call.arguments.what == "project":
        _start_project(call)
    else:
        _start_pack(call, call.arguments.name)
    return 0


def _start_project(call: Call) -> None:
    _refuse_existing(CONFIG)
    if call.config.path is not None and not os.path.dirname(call.config.path):
        message = say("这个文件夹已有配置", "this folder is configured already")
        raise ConfigError(Problem(message=message, path=call.config.path))
    files = {CONFIG: say(PROJECT_ZH, PROJECT_EN)}
    if os.path.exists(HOOKS):
        hint = say("把 perflint 加进去：perflint check，language: system", "add perflint check to it, language: system")
        call.terminal.note(say(f"{HOOKS} 已存在，没有改动；{hint}", f"{HOOKS} exists and is left alone; {hint}"))
    else:
        files[HOOKS] = say(HOOK_ZH, HOOK_EN)
    _write(call, files, "perflint check")


def _start_pack(call: Call, name: str) -> None:
    if not _PACK_ID.fullmatch(name):
        message = say(f"编号不能是“{name}”", f"the id cannot be '{name}'")
        hint = say(
            "小写字母和数字，用连字符连接，如 my-county", "lower-case words joined by hyphens, such as my-county"
        )
        raise ConfigError(Problem(message=message, hint=hint))
    path = f"{name}.yaml"
    _refuse_existing(path)
    prefix = _choose_prefix(name)
    text = Template(say(PACK_ZH, PACK_EN)).substitute(name=name, prefix=prefix, padded=f"{prefix:<8}")
    files = {path: text}
    if not os.path.exists(SCHEMA):
        files[SCHEMA] = _write_schema()
    _write(call, files, f"perflint test ./{path}")


def _refuse_existing(path: str) -> None:
    if os.path.exists(path):
        raise ConfigError(Problem(message=say("文件已存在", "the file exists already"), path=path))


def _write(call: Call, files: Mapping[str, str], following: str) -> None:
    for path, text in files.items():
        write_file(path, text)
    listed = say("、", ", ").join(files)
    call.terminal.note(say(f"写好了 {listed}；接着：{following}", f"wrote {listed}; next: {following}"))


def _write_schema() -> str:
    from perflint.commands.schema import print_schema  # a project needs none

    return print_schema("pack-1")


def _choose_prefix(name: str) -> str:
    """Return a prefix for the rules of the pack *name* that no shipped or installed pack has."""
    from perflint.pack.find import known_packs  # a project needs none
    from perflint.pack.header import read_header

    taken = {read_header(path).prefix for path in known_packs().values()}
    return next(prefix for prefix in _prefixes(name) if prefix not in taken)


def _prefixes(name: str) -> Iterator[str]:
    letters = re.sub("[^A-Z]", "", name.partition("-")[0].upper())
    yield from (letters[:length] for length in range(3, 7) if len(letters[:length]) >= 2)
    yield from (f"MY{letter}" for letter in ("", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
