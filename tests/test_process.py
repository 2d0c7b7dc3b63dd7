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
@pytest.mark.parametrize("call", [["--version"], ["explain", "PT101"], ["check", EXAMPLE, "--isolated"]])
@pytest.mark.parametrize("buffered", [True, False])
class TestOutput:
    def test_a_reader_who_goes_away_is_no_failure(self, call: list[str], buffered: bool) -> None:
        reading, writing = os.pipe()
        os.close(reading)
        done = write_to(writing, call, buffered)
        assert (done.returncode in {0, 1}, done.stderr) == (True, "")

    @pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no disk that is full")
    def test_what_cannot_be_written_is_told(self, call: list[str], buffered: bool) -> None:
        done = write_to(os.open("/dev/full", os.O_WRONLY), [*call, "--lang", "en"] if len(call) > 1 else call, buffered)
        assert done.returncode == 2
        assert "the disk is full" in done.stderr or "磁盘满了" in done.stderr
        assert "Traceback" not in done.stderr
        assert "Exception" not in done.stderr

    def test_output_that_is_closed_beforehand_is_no_failure(self, call: list[str], buffered: bool) -> None:
        closed = "import os, sys; os.close(1); sys.stdout = None; from perflint.__main__ import run; run()"
        done = run("-u" if not buffered else "-q", "-c", closed, *call)
        assert (done.returncode in {0, 1}, done.stderr) == (True, "")


def write_to(output: int, call: list[str], buffered: bool) -> subprocess.CompletedProcess[str]:
    """Run perflint with its output going to *output*, which is closed afterwards."""
    others = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    env = others if buffered else {**others, "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "perflint", *call]
    try:
        return subprocess.run(command, env=env, stdout=output, stderr=subprocess.PIPE, text=True, check=False)
    finally:
        os.close(output)
