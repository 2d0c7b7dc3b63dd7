"""A pattern matches the same whether it was compiled now, comes from the store, or Python is another than expected."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perflint.pattern import LazyPattern, compile_pattern

SHOW = """
import re._parser, sys
from perflint.pattern import LazyPattern, keep_patterns
{before}
found = LazyPattern("(?i)(?P<number>[0-9]+)(?P<unit>[个项A-Z])?").search("共3ax")
print(found.groupdict(), found.re.flags, found.re.groups)
keep_patterns()
"""
WITHOUT_COMPILER = "re._parser.parse = None"
ANOTHER_PYTHON = "sys.modules['array'] = None"
EXPECTED = f"{{'number': '3', 'unit': 'a'}} {int(re.compile('(?i)a').flags)} 2"


def show(folder: Path, before: str = "") -> str:
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder)}
    environment.pop("PERFLINT_NO_CACHE", None)
    done = subprocess.run(
        [sys.executable, "-c", SHOW.format(before=before)], capture_output=True, text=True, env=environment, check=True
    )
    return done.stdout.strip()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="nothing is stored where files have no owners")
def test_a_stored_pattern_needs_no_compiler(tmp_path: Path) -> None:
    assert show(tmp_path) == EXPECTED
    assert show(tmp_path, WITHOUT_COMPILER) == EXPECTED


def test_a_pattern_that_cannot_be_stored_is_compiled_every_time(tmp_path: Path) -> None:
    tmp_path.joinpath("perflint").touch()
    assert [show(tmp_path), show(tmp_path)] == [EXPECTED] * 2


def test_patterns_are_compiled_as_usual_where_python_is_another(tmp_path: Path) -> None:
    assert show(tmp_path, ANOTHER_PYTHON) == EXPECTED


def test_what_is_no_pattern_is_refused_as_by_re() -> None:
    with pytest.raises(re.error, match="unterminated character set"):
        compile_pattern("[a")


def test_a_lazy_pattern_has_the_methods_of_a_pattern_and_no_others() -> None:
    pattern = LazyPattern("[0-9]")
    assert (pattern.findall("1a2"), pattern.sub("", "1a2"), pattern.split("a1b")) == (["1", "2"], "a", ["a", "b"])
    with pytest.raises(AttributeError):
        pattern.pattern  # noqa: B018


SHAPES = (
    "(?<![0-9.])(?P<word>[0-9]{2,3}元?)(?P=word)(?!/)",
    "((?:响应|办理)时间|时长|[册份](?:数|次)|率)(?:[(][^()]{0,3}[)])?$",
    "(?:ab?|[cd]{0,2})e",
    "(?:a|b)*?c|de",
    "x?(?=y)y*z",
    "^[0-9]|a",
    "^(?:ab|c)",
    r"\A[0-9]$|b",
    r"\s*[<>] ?=|\d{2}",
    "(?:|a)b",
    "[^a]b|cd",
    "(?i:a|b)c",
    "(?:a{0,2}b)+.",
    "a*",
)


@pytest.mark.parametrize("shape", SHAPES)
@given(text=st.text("abcde xyz019.元率数次册份时间长响应办理(/)<=\nAB", max_size=24))
def test_a_pattern_finds_what_re_finds(shape: str, text: str) -> None:
    ours, usual = compile_pattern(shape), re.compile(shape)
    assert [(m.span(), m.groups()) for m in ours.finditer(text)] == [
        (m.span(), m.groups()) for m in usual.finditer(text)
    ]
    assert (ours.split(text), ours.sub("-", text)) == (usual.split(text), usual.sub("-", text))
    assert (ours.search(text) is None, ours.fullmatch(text) is None) == (
        usual.search(text) is None,
        usual.fullmatch(text) is None,
    )
