"""Argument parsing that speaks both languages, suggests what was meant, and raises instead of exiting."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from types import SimpleNamespace
from typing import NoReturn

from perflint.commands.arguments import HIDDEN, HelpShown, Parser
from perflint.errors import ConfigError, Problem
from perflint.language import say
from perflint.pack.suggest import did_you_mean, find_close


class ThoroughParser(argparse.ArgumentParser):
    """argparse with the arguments of *parser*, and its way of raising."""

    def __init__(self, parser: Parser) -> None:
        super().__init__(prog=parser.prog, add_help=False, allow_abbrev=False)
        self._parser = parser
        for names, details in parser.arguments:
            self.add_argument(*names, **details)
        self.set_defaults(**parser.constants)

    def format_help(self) -> str:
        """Return the help in the language in force."""
        from perflint.commands.help import write_help  # lays text out, which a mistake need not learn

        return write_help(self.prog, self._parser.about, self._actions, self._parser.examples)

    def read(self, argv: Sequence[str]) -> SimpleNamespace:
        """Return the arguments; see ``read_command_line``."""
        if any(argument in ("-h", "--help") for argument in _before_separator(argv)):
            raise HelpShown(self.format_help())
        try:
            arguments, rest = self.parse_known_intermixed_args(list(argv))
        except argparse.ArgumentError as error:
            self.error(str(error))
        if rest:
            self._refuse(rest[0])
        return SimpleNamespace(**vars(arguments))

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would print before it exits."""
        self._parser.refuse(_translate(message))

    def _refuse(self, argument: str) -> NoReturn:
        if not argument.startswith("-"):
            self.error(say(f"多余的参数：{argument}", f"unexpected argument: {argument}"))
        name = argument.partition("=")[0]
        legal = [option for action in self._actions for option in action.option_strings if action.help != HIDDEN]
        hint = did_you_mean(find_close(name, legal)) or say(f"用法见 {self.prog} --help", f"see {self.prog} --help")
        raise ConfigError(Problem(message=say(f"没有选项 {name}", f"unknown option {name}"), hint=hint))


def _before_separator(argv: Sequence[str]) -> Sequence[str]:
    return argv[: argv.index("--")] if "--" in argv else argv


_MESSAGES: tuple[tuple[str, str, str], ...] = (
    (r"the following arguments are required: (.*)", "缺少参数：{0}", "missing: {0}"),
    (r"argument (\S+): expected one argument", "{0} 后面要有一个值", "{0} needs a value"),
    (r"argument (\S+): expected at least one argument", "{0} 后面至少要有一个值", "{0} needs at least one value"),
    (r"argument (\S+): ignored explicit argument '?(.*?)'?", "{0} 不带值：{1}", "{0} takes no value: {1}"),
    (r"argument (\S+): (.*)", "{0} {1}", "{0} {1}"),
)


def _translate(message: str) -> str:
    for pattern, zh, en in _MESSAGES:
        found = re.fullmatch(pattern, message)
        if found is not None:
            return say(zh, en).format(*found.groups())
    return message
