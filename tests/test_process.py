"""What ends with the process that perflint runs in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = str(min(Path(__file__).parents[1].glob("examples/*.json")))
SCRIPT = "import sys; from perflint.__main__ import run; run()"


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("start", [("-m", "perflint"), ("-c", SCRIPT)], ids=["module", "script"])
def test_exit_codes_and_all_output_arrive(start: tuple[str, ...]) -> None:
    calls = [["--version"], [], ["check", EXAMPLE, "--isolated"], ["schema", "document"], ["check", "nowhere.json"]]
    known = [run("-c", "from perflint.cli import main; raise SystemExit(main())", *call) for call in calls]
    found = [run(*start, *call) for call in calls]
    assert [(one.returncode, one.stdout, one.stderr) for one in found] == [
        (one.returncode, one.stdout, one.stderr) for one in known
    ]
    assert {one.returncode for one in found} == {0, 1, 2}


def test_what_waits_for_the_end_of_the_process_gets_its_turn() -> None:
    assert run("-c", f"import atexit; atexit.register(print, 'end'); {SCRIPT}", "--version").stdout.endswith("end\n")
    waiting = "import threading, time; threading.Thread(target=lambda: (time.sleep(0.2), print('end'))).start(); "
    assert run("-c", waiting + SCRIPT, "--version").stdout.endswith("end\n")


def test_whoever_called_it_to_look_on_sees_the_end() -> None:
    assert "function calls" in run("-m", "cProfile", "-m", "perflint", "--version").stdout
    traced = "import sys; sys.settrace(lambda *_: None); from perflint.__main__ import run\n"
    ended = "try: run()\nexcept SystemExit as end: print('end', end.code)"
    assert run("-c", traced + ended, "--version").stdout.endswith("end 0\n")


@pytest.mark.skipif(os.name != "posix", reason="pipes behave otherwise elsewhere")
def test_output_that_nobody_takes_is_told_as_python_tells_it() -> None:
    def fail(*start: str) -> tuple[int, str]:
        reading, writing = os.pipe()
        os.close(reading)
        command = [sys.executable, *start, "--version"]
        buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
        done = subprocess.run(command, env=buffered, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
        os.close(writing)
        return done.returncode, done.stderr

    plain = fail("-c", "from perflint.cli import main; raise SystemExit(main())")
    assert fail("-m", "perflint") == plain
    assert "BrokenPipeError" in plain[1]
