"""What is read without argparse is what argparse reads."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perflint.commands import COMMANDS
from perflint.commands.arguments import Parser, add_common
from perflint.commands.parsing import ThoroughParser
from perflint.errors import ConfigError


def build(command: str) -> Parser:
    parser: Parser = import_module(f"perflint.commands.{command}").build_parser()
    add_common(parser)
    return parser


PARSERS = {command: build(command) for command in COMMANDS}
OPTIONS = sorted({name for parser in PARSERS.values() for argument in parser.arguments for name in argument.names})
WORDS = (
    *("a.json", "b", "-", "", "2", "auto", "0", "text", "json", "error", "zh", "sarif=a", "sarif=", "PT101,a", "a,,b"),
    *("--", "-h", "-5", "--no-such", "--form", "pack", "write", "bash"),
)


def read_thoroughly(parser: Parser, argv: list[str]) -> SimpleNamespace | None:
    try:
        return ThoroughParser(parser).read(argv)
    except ConfigError:
        return None


@given(
    command=st.sampled_from(sorted(PARSERS)),
    argv=st.lists(
        st.one_of(
            st.sampled_from(OPTIONS),
            st.sampled_from(WORDS),
            st.builds("{}={}".format, st.sampled_from(OPTIONS), st.sampled_from(WORDS)),
        ),
        max_size=6,
    ),
)
def test_a_command_line_means_the_same_with_and_without_argparse(command: str, argv: list[str]) -> None:
    plain = PARSERS[command].read_plainly(argv)
    assert plain is None or plain == read_thoroughly(PARSERS[command], argv)


@pytest.mark.parametrize(
    "line",
    [
        "check",
        "check a.json b.json --pack cn-core --pack mine.yaml --isolated --no-cache",
        "check - --format=json --output sarif=a.sarif --output html=a.html --jobs auto",
        "check . --select arithmetic,PT101 --ignore PT104 --fail-on warning --fail-on-unknown --statistics --lang en",
        "check --changed --baseline b.jsonl --suppressions s.yaml --config perflint.yaml a.json",
        "read a.docx -o out",
        "explain PT101",
        "validate",
        "test --mutate --jobs 2",
    ],
)
def test_usual_command_lines_are_read_without_argparse(line: str) -> None:
    command, *argv = line.split()
    plain = PARSERS[command].read_plainly(argv)
    assert plain is not None
    assert plain == read_thoroughly(PARSERS[command], argv)
