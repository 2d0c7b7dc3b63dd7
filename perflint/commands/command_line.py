"""A command line → the arguments of a command, with argparse or without it."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace

from perflint.commands.arguments import Parser


def read_command_line(parser: Parser, argv: Sequence[str]) -> SimpleNamespace:
    """Return the arguments that *argv* gives; options and names may stand in any order.

    What is not written as usual (mistakes, shortened spellings, ``--``) is left to argparse, which costs as much as
    reading and checking a table.

    Raises:
        ConfigError: Something is missing, unknown or has no legal value.
        HelpShown: ``--help`` was among them.
    """
    found = parser.read_plainly(argv)
    if found is not None:
        return found
    from perflint.commands.parsing import ThoroughParser  # few command lines need it

    return ThoroughParser(parser).read(argv)
