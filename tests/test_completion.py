"""``perflint completion``: what a shell offers after it has read the script."""

from __future__ import annotations

import io
import shutil
import subprocess
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from perflint.cli import main

BASH = shutil.which("bash")
ASK = """
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
COMP_LINE="$*"
COMP_POINT=${#COMP_LINE}
_shtab_perflint "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def written() -> str:
    """The script for bash, which names every rule of every pack and is written once."""
    with redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")) as output:
        assert main(["completion", "bash"]) == 0
        output.flush()
        return output.buffer.getvalue().decode("utf-8")


@pytest.fixture
def script(tmp_path: Path, written: str) -> Path:
    path = tmp_path / "perflint.bash"
    path.write_text(written, encoding="utf-8")
    return path


def offer(script: Path, *words: str) -> list[str]:
    """Return what bash offers when tab is pressed after *words*."""
    assert BASH is not None
    command = [BASH, "-c", ASK, "bash", str(script), *words]
    done = subprocess.run(command, cwd=script.parent, capture_output=True, text=True, check=True)
    return sorted(done.stdout.split())


@pytest.mark.skipif(BASH is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (("perflint", "ch"), ["check"]),
        (("perflint", "check", "--st"), ["--statistics"]),
        (("perflint", "check", "--format", "sa"), ["sarif"]),
        (("perflint", "explain", "unit-missing-"), ["unit-missing-in-cell"]),
        (("perflint", "explain", "PT101"), ["PT101"]),
        (("perflint", "schema", "pa"), ["pack", "pack-1"]),
    ],
)
def test_bash_offers_what_may_stand_there(script: Path, typed: tuple[str, ...], offered: list[str]) -> None:
    assert offer(script, *typed) == offered


@pytest.mark.skipif(BASH is None, reason="bash is not installed")
def test_bash_offers_files_to_check(script: Path) -> None:
    (script.parent / "目标表.json").write_text("{}", encoding="utf-8")
    assert offer(script, "perflint", "check", "目标") == ["目标表.json"]


@pytest.mark.parametrize("shell", ["zsh", "fish", "powershell"])
def test_every_shell_gets_a_script_with_the_commands(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell, "--lang", "en"]) == 0
    assert "check performance target tables" in capsys.readouterr().out


def test_an_unknown_shell_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "bsh"]) == 2
    assert "bash" in capsys.readouterr().err
