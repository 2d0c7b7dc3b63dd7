"""The command line: arguments in, exit code out. The only module that prints and exits.

Exit codes: 0 clean; 1 findings at or above ``--fail-on``; 2 wrong usage, configuration, pack or unreadable input;
3 a fault of perflint itself; 130 interrupted.

Nothing but ``sys`` and the version is imported until a command is known: ``perflint --version`` costs what starting
Python costs.
"""

from __future__ import annotations

import os
import sys

from perflint.version import VERSION

TYPE_CHECKING = False  # typing itself would cost more than the rest of this module
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO

    from perflint.config.loading import Config

CLEAN, FOUND, UNUSABLE, BROKEN, INTERRUPTED = 0, 1, 2, 3, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run perflint and return its exit code; *argv* is without the program's name."""
    arguments, terminal = list(sys.argv[1:] if argv is None else argv), Terminal()
    if arguments in (["--version"], ["-V"]):
        return _call(lambda: _tell_version(terminal), terminal)
    import gc

    # Hardly anything here refers to itself; looking for such things all the time is a fifth of a short run.
    gc.set_threshold(50_000, *gc.get_threshold()[1:])
    for name in ("stdout", "stderr"):
        _make_tolerant(name)
    from perflint.language import speaking

    command, rest, lang = _split(arguments)
    with speaking(lang or _default_language()):
        code = _call(lambda: _run(command, rest, lang, terminal) if command else _overview(rest, terminal), terminal)
    if argv is None:
        gc.freeze()  # the process ends: what is left need not be searched for garbage once more
    return code


def _call(run: Callable[[], int], terminal: Terminal) -> int:
    """Run the command and turn whatever goes wrong into a message and an exit code."""
    try:
        return run()
    except KeyboardInterrupt:
        terminal.note(_say("已中断", "interrupted"))
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last resort: whatever happens, the exit code is one of ours
        return _explain_failure(error, terminal)


def _tell_version(terminal: Terminal) -> int:
    terminal.write(f"perflint {VERSION}\n")
    return CLEAN


def _split(argv: list[str]) -> tuple[str | None, list[str], str | None]:
    """Return the command, what is left for it, and the language asked for.

    The language is needed before anything is parsed, since parsing can go wrong in either.
    """
    lang = None
    for index, argument in enumerate(argv):
        value = argv[index + 1 : index + 2] if argument == "--lang" else [argument.removeprefix("--lang=")]
        if argument.startswith("--lang") and value in (["zh"], ["en"]):
            lang = value[0]
    rest = list(argv)
    while rest and rest[0].startswith("--lang"):
        del rest[: 2 if rest[0] == "--lang" else 1]
    if not rest or rest[0].startswith("-"):
        return None, rest, lang
    return rest[0], rest[1:], lang


def _default_language() -> str:
    return "en" if os.environ.get("PERFLINT_LANG") == "en" else "zh"


def _run(command: str, argv: list[str], lang: str | None, terminal: Terminal) -> int:
    from importlib import import_module

    from perflint.commands import COMMANDS
    from perflint.commands.arguments import Call, HelpShown, Parser, add_common
    from perflint.commands.command_line import read_command_line
    from perflint.language import speaking
    from perflint.pattern import keep_patterns
    from perflint.store import storing

    if command not in COMMANDS:
        _refuse_command(command)
    module = import_module(f"perflint.commands.{command}")
    parser: Parser = module.build_parser()
    add_common(parser)
    try:
        arguments = read_command_line(parser, argv)
    except HelpShown as help_text:
        terminal.write(str(help_text))
        return CLEAN
    config = _find_config(arguments)
    lang = lang or config.lang or _default_language()
    with speaking(lang), storing(config.cache is not False and not getattr(arguments, "no_cache", False)):
        code: int = module.run(Call(arguments=arguments, config=config, terminal=terminal, lang=lang))
        keep_patterns()
    return code


def _find_config(arguments: object) -> Config:
    from perflint.config.loading import Config, find_config, load_config

    if getattr(arguments, "isolated", False):
        return Config()
    path: str | None = getattr(arguments, "config", None)
    return load_config(path) if path is not None else find_config()


def _refuse_command(command: str) -> None:
    from perflint.commands import COMMANDS
    from perflint.errors import ConfigError, Problem
    from perflint.pack.suggest import name_choices

    message = _say(f"没有命令 {command}", f"unknown command {command}")
    if os.path.exists(command):
        hint = _say(f"要检查它，请用 perflint check {command}", f"to check it: perflint check {command}")
    else:
        hint = name_choices(command, COMMANDS) or ""
    raise ConfigError(Problem(message=message, hint=hint))


def _overview(rest: list[str], terminal: Terminal) -> int:
    from perflint.commands import COMMANDS
    from perflint.commands.arguments import Parser
    from perflint.language import say

    if rest and rest[0] not in ("-h", "--help"):
        Parser("", "").refuse(say(f"没有选项 {rest[0]}", f"unknown option {rest[0]}"))
    column = max(map(len, COMMANDS)) + 2
    listed = "\n".join(f"  {name:<{column}}{say(*summary)}" for name, summary in COMMANDS.items())
    terminal.write(
        say(
            f"perflint {VERSION}：检查预算绩效目标表\n\n用法：perflint 命令 [选项]\n\n命令\n{listed}\n\n"
            "例如：\n  perflint check 绩效目标表.json        检查一个文件\n"
            "  perflint check .                      检查当前文件夹里的所有文档\n"
            "  perflint explain unit-missing         为什么要有计量单位\n\n"
            "每个命令的选项见 perflint 命令 --help；英文：--lang en\n",
            f"perflint {VERSION}: a linter for budget performance target tables\n\n"
            f"usage: perflint COMMAND [OPTION…]\n\ncommands\n{listed}\n\n"
            "examples:\n  perflint check table.json             check one file\n"
            "  perflint check .                      check every document in this folder\n"
            "  perflint explain unit-missing         why an indicator needs a unit\n\n"
            "perflint COMMAND --help shows the options of a command; --lang zh speaks Chinese\n",
        )
    )
    return CLEAN if rest else UNUSABLE


def _explain_failure(error: Exception, terminal: Terminal) -> int:
    from perflint.errors import PerflintError

    if isinstance(error, PerflintError):
        terminal.note(str(error))
        return UNUSABLE
    if os.environ.get("PERFLINT_DEBUG"):
        import traceback

        terminal.note("".join(traceback.format_exception(error)).rstrip())
    told = f"{type(error).__name__}: {error}"
    terminal.note(
        _say(
            f"perflint 自身出错：{told}\n    → 这不是文件的问题。设 PERFLINT_DEBUG=1 再运行一次，"
            f"把全部输出连同命令和版本（{VERSION}）告诉维护者",
            f"perflint itself failed: {told}\n    → this is not the file's fault. Run again with PERFLINT_DEBUG=1 and "
            f"tell the maintainers all of the output, the command and the version ({VERSION})",
        )
    )
    return BROKEN


def _say(zh: str, en: str) -> str:
    from perflint.language import say

    return say(zh, en)


def _make_tolerant(name: str) -> None:
    """Let a stream that cannot show a character show an escape, and one that was closed beforehand take everything."""
    if getattr(sys, name) is None:
        setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - until the process ends
    reconfigure = getattr(getattr(sys, name), "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


class Terminal:
    """Standard output and standard error. A reader who has gone away does not change the outcome of a run."""

    def __init__(self) -> None:
        self._progress = 0

    @property
    def is_interactive(self) -> bool:
        """Whether a person is watching the messages."""
        return sys.stderr.isatty()

    @property
    def shows_colour(self) -> bool:
        """Whether the output goes to a terminal that wants colours; ``NO_COLOR`` is honoured."""
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    @property
    def width(self) -> int | None:
        """Columns of the terminal that the output goes to, None if it goes elsewhere."""
        if not sys.stdout.isatty():
            return None
        import shutil

        return shutil.get_terminal_size().columns

    def write(self, text: str | bytes) -> None:
        """Write to the output, as it is; bytes are a file format."""
        self.show_progress(None)
        try:
            if isinstance(text, bytes):
                sys.stdout.buffer.write(text)
                sys.stdout.buffer.flush()
            else:
                print(text, end="", flush=True)
        except BrokenPipeError:
            _discard(sys.stdout)
        except OSError as error:
            _discard(sys.stdout)
            raise _explain_output(error) from None

    def note(self, text: str) -> None:
        """Write a line for people, beside the output."""
        self.show_progress(None)
        try:
            print(text, file=sys.stderr, flush=True)
        except OSError:  # there is nowhere left to say so
            _discard(sys.stderr)

    def show_progress(self, text: str | None) -> None:
        """Replace the progress line, if a person is watching; None clears it."""
        if (text is None and not self._progress) or not self.is_interactive:
            return
        print("\r" + " " * self._progress + "\r" + (text or ""), end="", file=sys.stderr, flush=True)
        self._progress = 2 * len(text or "")  # a Chinese character takes two places


def _explain_output(error: OSError) -> Exception:
    from perflint.errors import ConfigError, Problem
    from perflint.oserror import advise_writing, explain

    message = _say(f"写不到标准输出：{explain(error)}", f"cannot write to the standard output: {explain(error)}")
    return ConfigError(Problem(message=message, hint=advise_writing(error)))


def _discard(stream: TextIO) -> None:
    """Point *stream* to nowhere, or Python would complain once more at exit about what it cannot write."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
