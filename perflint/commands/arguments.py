"""Argument parsing that speaks both languages, suggests what was meant, and raises instead of exiting."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from typing import NoReturn, Protocol

from perflint.config import Config
from perflint.errors import ConfigError, Problem
from perflint.language import say
from perflint.record import dataclass, field


class Terminal(Protocol):
    """Where a command may write."""

    @property
    def is_interactive(self) -> bool:
        """Whether a person is watching the messages."""

    @property
    def shows_colour(self) -> bool:
        """Whether the output goes to a terminal that wants colours."""

    @property
    def width(self) -> int | None:
        """Columns of the terminal that the output goes to, None if it goes elsewhere."""

    def write(self, text: str | bytes) -> None:
        """Write to the output, as it is; bytes are a file format."""

    def note(self, text: str) -> None:
        """Write a line for people, beside the output."""

    def show_progress(self, text: str | None) -> None:
        """Replace the progress line, if a person is watching; None clears it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of a command.

    Attributes:
        arguments: What its ``configure`` declared.
        config: The project's settings, empty with ``--isolated``.
    """

    arguments: argparse.Namespace
    config: Config = field(default_factory=Config)
    terminal: Terminal
    lang: str


class HelpShown(Exception):  # noqa: N818 - not an error: the user asked for help and got it
    """``--help`` was given; the text is the argument."""


class Parser(argparse.ArgumentParser):
    """A parser for one command.

    Args:
        command: Its name; ``""`` for perflint itself.
        description: What it does, a sentence.
        examples: Command lines that work as they stand, each with what it is for.
    """

    def __init__(self, command: str, description: str, examples: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(prog=f"perflint {command}".rstrip(), add_help=False, allow_abbrev=False)
        self._about, self._examples = description, tuple(examples)

    def format_help(self) -> str:
        """Return the help in the language in force."""
        from perflint.commands.help import write_help  # lays text out, which a run without --help need not learn

        return write_help(self.prog, self._about, self._actions, self._examples)

    def read(self, argv: Sequence[str]) -> argparse.Namespace:
        """Return the arguments; options and names may stand in any order.

        Raises:
            ConfigError: Something is missing, unknown or has no legal value.
            HelpShown: ``--help`` was among them.
        """
        if any(argument in ("-h", "--help") for argument in _before_separator(argv)):
            raise HelpShown(self.format_help())
        try:
            arguments, rest = self.parse_known_intermixed_args(list(argv))
        except argparse.ArgumentError as error:
            self.error(str(error))
        if rest:
            self._refuse(rest[0])
        return arguments

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would print before it exits."""
        hint = say(f"用法见 {self.prog} --help", f"see {self.prog} --help")
        raise ConfigError(Problem(message=_translate(message), hint=hint))

    def _refuse(self, argument: str) -> NoReturn:
        from perflint.pack.suggest import did_you_mean, find_close  # only a mistake needs it

        if not argument.startswith("-"):
            self.error(say(f"多余的参数：{argument}", f"unexpected argument: {argument}"))
        name = argument.partition("=")[0]
        legal = [option for action in self._actions for option in action.option_strings if not _is_hidden(action)]
        hint = did_you_mean(find_close(name, legal)) or say(f"用法见 {self.prog} --help", f"see {self.prog} --help")
        raise ConfigError(Problem(message=say(f"没有选项 {name}", f"unknown option {name}"), hint=hint))


def _before_separator(argv: Sequence[str]) -> Sequence[str]:
    return argv[: argv.index("--")] if "--" in argv else argv


def _is_hidden(action: argparse.Action) -> bool:
    return action.help is argparse.SUPPRESS


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf:
    """The type of an argument that can only be one of *legal*."""

    legal: tuple[str, ...]

    def __call__(self, text: str) -> str:
        """Return *text* if it is legal."""
        if text in self.legal:
            return text
        from perflint.pack.suggest import name_choices  # only a mistake needs it

        hint = name_choices(text, self.legal)
        raise argparse.ArgumentTypeError(say(f"不能是“{text}”；{hint}", f"cannot be '{text}'; {hint}"))


def one_of(*legal: str) -> OneOf:
    """Return a type for an argument that can only be one of *legal*."""
    return OneOf(legal=legal)


def add_common(parser: Parser) -> None:
    """Add the options that every command takes."""
    parser.add_argument(
        "--lang", metavar="zh|en", type=one_of("zh", "en"), help=say("语言，默认 zh", "language, zh by default")
    )
    parser.add_argument("--config", metavar="FILE", help=say("用这份配置", "use this configuration"))
    parser.add_argument("--isolated", action="store_true", help=say("不看任何配置", "look at no configuration"))
    parser.add_argument("-h", "--help", action="store_true", help=say("显示这份说明", "show this help"))


def add_packs(parser: Parser) -> None:
    """Add the option that chooses packs."""
    parser.add_argument(
        "--pack",
        metavar="ID|PATH",
        action="append",
        help=say(
            "规则包的编号或路径，可写多次；默认 auto：按单位自动选择",
            "pack id or path, repeatable; by default auto: chosen by organization",
        ),
    )
    parser.add_argument(
        "--no-cache",
        action="store_true",
        help=say("不用也不写规则包缓存", "neither use nor write the cache of packs"),
    )


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


def read_jobs(text: str) -> int:
    """Return the number of processes that an option names, 0 for one a processor."""
    if text == "auto":
        return 0
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(
            say(f"应为正整数或 auto，不能是“{text}”", f"is a positive whole number or auto, not '{text}'")
        )
    return int(text)
