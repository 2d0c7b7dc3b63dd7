"""The arguments of a command: declared in the terms of argparse, and read without it where that is easy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import SimpleNamespace

from perflint.config.loading import Config
from perflint.errors import ConfigError, Problem
from perflint.language import say
from perflint.record import dataclass, field
from perflint.typed import NamedTuple, Protocol

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any, NoReturn


CLEAN, FOUND, UNUSABLE = 0, 1, 2
"""Exit codes of commands, see ``cli``."""


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
        arguments: What its ``build_parser`` declared.
        config: The project's settings, empty with ``--isolated``.
    """

    arguments: SimpleNamespace
    config: Config = field(default_factory=Config)
    terminal: Terminal
    lang: str


class HelpShown(Exception):  # noqa: N818 - not an error: the user asked for help and got it
    """``--help`` was given; the text is the argument."""


HIDDEN = "==SUPPRESS=="
"""Help of an argument that no help shows, in argparse's spelling."""


class Argument(NamedTuple):
    """One argument as it was declared: its names, and what argparse's ``add_argument`` is given besides."""

    names: tuple[str, ...]
    details: dict[str, Any]

    @property
    def is_option(self) -> bool:
        """Whether it is written with its name."""
        return self.names[0].startswith("-")

    @property
    def dest(self) -> str:
        """Its name among the values."""
        named = next((name for name in self.names if name.startswith("--")), self.names[0])
        return named.lstrip("-").replace("-", "_")

    @property
    def default(self) -> Any:
        """Its value when it is not given."""
        known = self.details.get("default")
        if known is None and self.details.get("action") == "store_true" and "default" not in self.details:
            return False
        return self.convert(known) if isinstance(known, str) else known

    def convert(self, text: str) -> Any:
        """Return what *text* means; raises what its type raises."""
        return self.details.get("type", str)(text)


class Parser:
    """A parser for one command.

    What is written as usual is read right here; see ``command_line`` for the rest.

    Args:
        command: Its name; ``""`` for perflint itself.
        description: What it does, a sentence.
        examples: Command lines that work as they stand, each with what it is for.
    """

    def __init__(self, command: str, description: str, examples: Iterable[tuple[str, str]] = ()) -> None:
        self.prog = f"perflint {command}".rstrip()
        self.about, self.examples = description, tuple(examples)
        self.arguments: list[Argument] = []
        self.constants: dict[str, Any] = {}

    def add_argument(self, *names: str, **details: Any) -> None:
        """Declare an argument, in the terms of argparse."""
        self.arguments.append(Argument(names, details))

    def set_defaults(self, **values: Any) -> None:
        """Let these be among the values, whatever is written."""
        self.constants.update(values)

    def read_plainly(self, argv: Sequence[str]) -> SimpleNamespace | None:
        """Return the arguments, None if *argv* takes more to understand."""
        options = {name: argument for argument in self.arguments if argument.is_option for name in argument.names}
        values = {argument.dest: argument.default for argument in self.arguments} | self.constants
        plain: list[str] = []
        remaining = iter(argv)
        for text in remaining:
            if not text.startswith("-") or text == "-":
                plain.append(text)
            elif not _take_option(options, text, remaining, values):
                return None
        return SimpleNamespace(**values) if _take_plain(self.arguments, plain, values) else None

    def refuse(self, message: str) -> NoReturn:
        """Raise *message*, with where to look."""
        hint = say(f"用法见 {self.prog} --help", f"see {self.prog} --help")
        raise ConfigError(Problem(message=message, hint=hint))


def _take_option(options: Mapping[str, Argument], text: str, remaining: Iterator[str], values: dict[str, Any]) -> bool:
    """Enter the option that *text* names with its value, which may be the next of *remaining*; False if unsure."""
    name, equals, value = text.partition("=")
    argument = options.get(name)
    if argument is None or "-h" in argument.names:
        return False
    action = argument.details.get("action")
    if action == "store_true":
        values[argument.dest] = True
        return not equals
    if not equals:
        value = next(remaining, "")
    if not value or value.startswith("-") or "nargs" in argument.details:
        return False
    converted = _convert(argument, value)
    values[argument.dest] = [*(values[argument.dest] or ()), converted] if action == "append" else converted
    return converted is not None


def _take_plain(arguments: Iterable[Argument], plain: list[str], values: dict[str, Any]) -> bool:
    """Enter what has no name; False if unsure."""
    named = [argument for argument in arguments if not argument.is_option]
    if len(named) != 1:
        return not named and not plain
    argument, number = named[0], named[0].details.get("nargs")
    converted = [_convert(argument, text) for text in plain]
    if None in converted or number not in (None, "*", "+"):
        return False
    values[argument.dest] = converted if number else next(iter(converted), None)
    return number == "*" or len(plain) == 1 or (number == "+" and bool(plain))


def _convert(argument: Argument, text: str) -> Any:
    """Return what *text* means, None if it means nothing; argparse will say what is wrong with it."""
    try:
        return argument.convert(text)
    except Exception:  # noqa: BLE001 - a type may raise whatever argparse understands
        return None


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
        raise wrong_value(say(f"不能是“{text}”；{hint}", f"cannot be '{text}'; {hint}"))


def wrong_value(message: str) -> Exception:
    """Return what the type of an argument raises to say why a text is no value of it."""
    from argparse import ArgumentTypeError  # only a mistake needs it

    return ArgumentTypeError(message)


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


def read_jobs(text: str) -> int:
    """Return the number of processes that an option names, 0 for one a processor."""
    if text == "auto":
        return 0
    if not text.isdecimal() or not int(text):
        zh, en = f"应为正整数或 auto，不能是“{text}”", f"is a positive whole number or auto, not '{text}'"
        raise wrong_value(say(zh, en))
    return int(text)
