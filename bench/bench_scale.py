"""What grows with what: time with rows and files, memory with documents, several processes against one.

python bench/bench_scale.py [FILES]   FILES documents for the memory and the processes; 10000 is what the goals name
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.generate import build_document, write_document  # noqa: E402
from perflint.document import parse_document  # noqa: E402
from perflint.engine import compile_program, evaluate  # noqa: E402
from perflint.pack import load_pack  # noqa: E402

ROWS = (10, 100, 1000, 5000)
COMMAND = (sys.executable, "-m", "perflint", "check", "--isolated", "--format", "jsonl", "--fail-on", "never")
# Reports the peak of the command that it runs.
WATCH = (
    "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)


def fit_exponent(times: Mapping[int, float]) -> float:
    """Return the slope of the line through the logarithms: 1 where the time doubles with the size."""
    points = [(math.log(size), math.log(seconds)) for size, seconds in times.items()]
    mean_x, mean_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)


def time_rows(rows: Sequence[int]) -> dict[int, float]:
    """Return the seconds that the whole of cn-core takes on one table of so many rows, the best of three."""
    program = compile_program([load_pack("cn-core")])
    times = {}
    for count in rows:
        document = parse_document(write_document(build_document(1, rows=count)))
        evaluate(program, document)
        best = math.inf
        for _ in range(3):
            began = process_time()
            evaluate(program, document)
            best = min(best, process_time() - began)
        times[count] = best
    return times


def write_files(folder: Path, count: int) -> None:
    for number in range(count):
        (folder / f"{number:06}.json").write_bytes(write_document(build_document(number)))


def write_lines(path: Path, count: int) -> None:
    with open(path, "wb") as file:
        file.writelines(write_document(build_document(number)) + b"\n" for number in range(count))


def measure_peak(path: Path) -> float:
    """Return the most memory in MiB that checking *path* takes."""
    done = subprocess.run([sys.executable, "-c", WATCH, *COMMAND, str(path)], capture_output=True, check=True, cwd=ROOT)
    return int(done.stdout) / 1024


def time_check(folder: Path, *options: str) -> float:
    began = perf_counter()
    subprocess.run([*COMMAND, *options, str(folder)], stdout=subprocess.DEVNULL, check=True, cwd=ROOT)
    return perf_counter() - began


def main(files: int = 1000) -> None:
    """Measure and print."""
    times = time_rows(ROWS)
    print("one table, cn-core: " + ", ".join(f"{rows} rows {seconds * 1e3:.1f} ms" for rows, seconds in times.items()))
    print(f"  exponent {fit_exponent(times):.2f}  (at most 1.05)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "files")
        folder.mkdir()
        write_files(folder, files)
        serial, parallel = time_check(folder), time_check(folder, "--jobs", "2")
        print(f"{files} files: {serial:.1f} s, --jobs 2 {parallel / serial:.2f} × that  (at most 0.60 at 10 000 files)")
        few, many = Path(name, "few.jsonl"), Path(name, "many.jsonl")
        write_lines(few, max(files // 10, 1))
        write_lines(many, files)
        peaks = measure_peak(few), measure_peak(many)
        print(
            f"peak memory, JSON lines to jsonl: {files // 10} documents {peaks[0]:.0f} MiB, {files} documents "
            f"{peaks[1]:.0f} MiB = {peaks[1] / peaks[0]:.2f} ×  (at most 1.2)"
        )
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
