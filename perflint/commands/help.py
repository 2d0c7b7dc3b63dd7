"""The help of a command, laid out for Chinese as well: argparse counts characters and differs between Pythons."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence

from perflint.language import say
from perflint.render.width import measure, pad, wrap

_WIDTH = 100
# Longer options get their explanation on the next line.
_COLUMN = 24


def write_help(
    prog: str, description: str, actions: Sequence[argparse.Action], examples: Iterable[tuple[str, str]]
) -> str:
    """Return the help: usage, what it does, arguments, options, examples."""
    shown = [action for action in actions if action.help != argparse.SUPPRESS]
    positional = [action for action in shown if not action.option_strings]
    optional = [action for action in shown if action.option_strings]
    usage = " ".join([prog, *map(_name_positional, positional), say("[选项…]", "[OPTION…]")])
    blocks = [say(f"用法：{usage}", f"usage: {usage}"), wrap(description, _WIDTH)]
    for title, part in ((say("参数", "arguments"), positional), (say("选项", "options"), optional)):
        if part:
            blocks.append("\n".join([title, *_list(part)]))
    lines = [line for command, purpose in examples for line in (f"  {command}", f"      {purpose}")]
    if lines:
        blocks.append("\n".join([say("例如", "examples"), *lines]))
    return "\n\n".join(blocks) + "\n"


def _list(actions: Iterable[argparse.Action]) -> Iterator[str]:
    for action in actions:
        name = _name_option(action) if action.option_strings else str(action.metavar or action.dest)
        lead = "  " + pad(name, _COLUMN)
        if measure(name) > _COLUMN - 2:
            yield f"  {name}"
            lead = " " * (_COLUMN + 2)
        yield wrap(action.help or "", _WIDTH, indent=lead, hanging=" " * (_COLUMN + 2))


def _name_option(action: argparse.Action) -> str:
    names = ", ".join(action.option_strings)
    return names if action.nargs == 0 else f"{names} {action.metavar or action.dest.upper()}"


def _name_positional(action: argparse.Action) -> str:
    name = str(action.metavar or action.dest)
    return {"*": f"[{name}…]", "+": f"{name}…", "?": f"[{name}]"}.get(str(action.nargs), name)
