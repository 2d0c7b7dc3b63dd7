"""Golden cases: a folder with a command line and all that it prints, for people and for the diff of a change.

``command`` holds one command line a line; they run in the folder, one after the other. ``make golden`` rewrites
``expected.txt``.
"""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest

from perflint.cli import main

CASES = sorted(path.parent for path in Path(__file__).parent.glob("cases/*/command"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_command_prints_what_is_expected(
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    copy = tmp_path / "case"
    shutil.copytree(case, copy, ignore=shutil.ignore_patterns("command", "expected.txt"))
    monkeypatch.chdir(copy)
    monkeypatch.delenv("PERFLINT_LANG", raising=False)
    monkeypatch.delenv("PERFLINT_DEBUG", raising=False)
    printed = "\n".join(run(line, capsys) for line in (case / "command").read_text(encoding="utf-8").splitlines())
    expected = case / "expected.txt"
    if request.config.getoption("--golden"):
        expected.write_text(printed, encoding="utf-8")
    assert printed == expected.read_text(encoding="utf-8")


def run(line: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Return the command line, its output, its messages and its exit code as one text."""
    program, *arguments = shlex.split(line)
    assert program == "perflint"
    code = main(arguments)
    output, messages = capsys.readouterr()
    parts = [f"$ {line}\n", output, f"--- messages\n{messages}" if messages else "", f"--- exit {code}\n"]
    return "".join(part if part.endswith("\n") or not part else part + "\n" for part in parts)
