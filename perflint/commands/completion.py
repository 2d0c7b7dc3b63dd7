"""``perflint completion``: a script that lets a shell complete commands, options, files and rules."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from importlib import import_module

from perflint.commands import COMMANDS
from perflint.commands.arguments import Call, Parser, add_common, one_of
from perflint.commands.packs import recall_pack
from perflint.commands.parsing import ThoroughParser
from perflint.language import say
from perflint.pack.files import shipped_packs

SHELLS = ("bash", "zsh", "fish", "powershell")
_FILES = frozenset({"PATH", "FILE", "PACK"})
_RULES = frozenset({"RULE", "ID|NAME"})


def build_parser() -> Parser:
    """Return the parser of this command."""
    parser = Parser(
        "completion",
        say(
            "打印命令行补全脚本：命令、选项、文件、规则编号和名称。升级 perflint 后重新生成一次。",
            "Print a completion script: commands, options, files, ids and names of rules. Make it anew after an "
            "update of perflint.",
        ),
        [
            (
                "perflint completion bash > ~/.local/share/bash-completion/completions/perflint",
                say("bash：新开的终端里生效", "bash: takes effect in a new terminal"),
            ),
            ("perflint completion fish > ~/.config/fish/completions/perflint.fish", say("fish", "fish")),
        ],
    )
    parser.add_argument("shell", metavar="SHELL", type=one_of(*SHELLS), help=" | ".join(SHELLS))
    return parser


def run(call: Call) -> int:
    """Print the script."""
    import shtab

    call.terminal.write(shtab.complete(_build_whole(), shell=call.arguments.shell) + "\n")
    return 0


def _build_whole() -> argparse.ArgumentParser:
    """Return one parser for the whole command line, each argument with what may stand there."""
    whole = argparse.ArgumentParser(prog="perflint", add_help=False)
    commands = whole.add_subparsers()
    rules = _list_rules()
    for name, (zh, en) in COMMANDS.items():
        declared: Parser = import_module(f"perflint.commands.{name}").build_parser()
        add_common(declared)
        parser = ThoroughParser(declared)
        for action in parser._actions:
            _complete(action, rules)
        commands.add_parser(name, help=say(zh, en), parents=[parser], add_help=False)
    return whole


def _complete(action: argparse.Action, rules: Iterable[str]) -> None:
    import shtab

    if action.help:
        action.help = action.help.replace("%", "%%")  # shtab fills in the parser's own values, as argparse does
    legal = getattr(action.type, "legal", None)
    if legal is not None:
        action.choices = legal
    elif action.metavar in _RULES:
        action.choices = tuple(rules)
    elif action.metavar in _FILES:
        action.complete = shtab.FILE  # type: ignore[attr-defined]
    elif action.metavar == "DIR":
        action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]


def _list_rules() -> list[str]:
    packs = [recall_pack(name) for name in shipped_packs()]
    own = [rule for pack in packs for rule in pack.rules if rule.pack == pack.id]
    return [*(rule.name for rule in own), *(rule.id for rule in own)]
