"""What starting costs: ``--version`` and ``check`` of one small document, in starts of Python doing nothing.

python bench/bench_startup.py [ROUNDS]

Every command runs in turn, round after round, so that a busy machine is busy for all of them; the fastest of each
counts. Byte code and the store of packs are written before anything is measured, into folders of the bench's own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.generate import build_document, write_document  # noqa: E402

FLOORS = {"--version": 3.0, "check": 8.0}


def start(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Return the seconds that *command* takes from start to end."""
    began = perf_counter()
    done = subprocess.run(command, env=dict(environment), capture_output=True, check=False)
    took = perf_counter() - began
    assert done.returncode in (0, 1), done.stderr.decode()
    return took


def measure(rounds: int, folder: str) -> dict[str, float]:
    """Return the shortest time of each command, in seconds."""
    table = Path(folder, "table.json")
    table.write_bytes(write_document(build_document(1, rows=10)))
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPYCACHEPREFIX": f"{folder}/code", "XDG_CACHE_HOME": f"{folder}/cache"}
    module = [sys.executable, "-m", "perflint"]
    checking = ["check", "--isolated", "--pack", os.environ.get("BENCH_PACK", "cn-core"), str(table)]
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "--version": [*module, "--version"],
        "check": [*module, *checking],
        "check, packs auto": [*module, "check", "--isolated", str(table)],
        "check, by the script": [str(Path(sys.executable).with_name("perflint")), *checking],
        "check --no-cache": [*module, *checking],
    }
    best: dict[str, float] = {}
    for name, command in [*commands.items()] * (rounds + 2):
        if not Path(command[0]).exists():
            continue  # perflint is not installed here: there is no script
        more = {"PERFLINT_NO_CACHE": "1"} if name.endswith("--no-cache") else {}
        best[name] = min(best.get(name, 9.0), start(command, environment | more))
    return best


def main(rounds: int = 15) -> None:
    """Print milliseconds and ratios."""
    with tempfile.TemporaryDirectory() as folder:
        best = measure(rounds, folder)
    nothing = best["python -c pass"]
    for name, seconds in best.items():
        floor = f"  (at most {FLOORS[name]:.0f})" if name in FLOORS else ""
        print(f"{name:<22}{seconds * 1000:8.1f} ms{seconds / nothing:8.1f} ×{floor}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
