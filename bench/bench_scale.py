"""What grows with what: time with rows and files, memory with documents, several processes against one.

python bench/bench_scale.py [FILES LINES ROWS]   20000 100000 20000 is what the goals name

Times are of the processor, but for several processes, where only the clock on the wall can tell: the best of three.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from time import process_time

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.bench_peers import ROOT, perflint, run
from bench.generate import build_document, write_document
from perflint import Linter

FAMILY = "F1 hunan-overall"
PACK = "cn-core"


def fit_exponent(times: Mapping[int, float]) -> float:
    """Return the slope of the line through the logarithms: 1 where the time doubles with the size."""
    points = [(math.log(size), math.log(seconds)) for size, seconds in times.items()]
    mean_x, mean_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    slope: float = sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)
    return slope


def steps_to(most: int) -> list[int]:
    """Return 10, 100, … and *most*."""
    return [*(10**power for power in range(1, len(str(most))) if 10**power < most), most]


def time_rows(most: int) -> dict[int, float]:
    """Return the seconds that checking one table of so many rows takes, the best of two."""
    linter = Linter(packs=[PACK])
    times = {}
    for rows in steps_to(most):
        source = write_document(build_document(1, rows=rows, family=FAMILY))
        linter.check(source)
        times[rows] = min(_time(linter, source, max(1, 3000 // rows)) for _ in range(2))
    return times


def _time(linter: Linter, source: bytes, often: int) -> float:
    """Return the seconds of one check; the clock is too coarse for a small table checked once."""
    began = process_time()
    for _ in range(often):
        linter.check(source)
    return (process_time() - began) / often


def time_files(folder: Path, most: int) -> dict[int, float]:
    """Return the seconds that checking so many files takes, starting included; writes the files."""
    times = {}
    for count in steps_to(most):
        part = folder / str(count)
        part.mkdir()
        for number in range(count):
            (part / f"{number:06}.json").write_bytes(write_document(build_document(number)))
        times[count] = min(run(perflint(PACK, part)).processor for _ in range(1 if count > 1000 else 2))
    return times


def compare_jobs(folder: Path, rounds: int) -> list[float]:
    """Return, for each round, the time of two processes by that of one, on the wall; both write the same."""
    ratios = []
    for _ in range(rounds):
        one, two = run(perflint(PACK, folder)), run(perflint(PACK, folder, "--jobs", "2"))
        assert one.output == two.output, "two processes write something else than one"
        ratios.append(two.wall / one.wall)
    return ratios


# Checks, and reports the processor time of this process and of those that it started, on the error output.
_APART = (
    "import resource, sys; from perflint.cli import main; main(sys.argv[1:]); "
    "used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]; "
    "print(*(one.ru_utime + one.ru_stime for one in used), file=sys.stderr)"
)


def measure_serial(folder: Path) -> float:
    """Return which part of the processor time of two processes the one takes that deals out the work and writes.

    No process can work for the others in that time: it is what several processes cannot shorten.
    """
    python, _, _, *arguments = perflint(PACK, folder, "--jobs", "2")
    command = [python, "-c", _APART, *arguments]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    own, others = map(float, done.stderr.split()[-2:])
    return own / (own + others)


def measure_peak(path: Path, count: int, *options: str) -> float:
    """Return the most memory in MiB that checking so many lines takes."""
    with open(path, "wb") as file:
        file.writelines(write_document(build_document(number)) + b"\n" for number in range(count))
    return run(perflint(PACK, path, *options), keep=False).peak


def _list(times: Mapping[int, float], what: str) -> str:
    return ", ".join(f"{size} {what} {seconds:.3f} s" for size, seconds in times.items())


def _spread(ratios: Iterable[float]) -> str:
    return ", ".join(f"{ratio:.2f}" for ratio in sorted(ratios))


def main(files: int = 300, lines: int = 1000, rows: int = 3000, rounds: int = 3) -> None:
    """Measure and print."""
    times = time_rows(rows)
    print(f"one table, {PACK}: {_list(times, 'rows')}")
    print(f"  exponent {fit_exponent(times):.2f}  (at most 1.05)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        times = time_files(folder, files)
        print(f"a folder, {PACK}: {_list(times, 'files')}")
        print(f"  exponent {fit_exponent(times):.2f}  (at most 1.05)")
        some = max(size for size in times if size <= 10_000)
        ratios = compare_jobs(folder / str(some), rounds)
        print(f"{some} files, --jobs 2 against one process, on the wall: {_spread(ratios)}")
        print("  (at most 0.75, wanted 0.60, at 10 000 files)")
        print(
            f"  {measure_serial(folder / str(some)):.1%} of the processor time in the process that deals out the work"
        )
        few = max(lines // 100, 1)
        path = folder / "lines.jsonl"
        cold = measure_peak(path, 1, "--no-cache")
        measure_peak(path, 1)  # what a first run stores, no later one makes
        peaks = [measure_peak(path, count) for count in (few, lines)]
        print(
            f"JSON lines to jsonl, {PACK}: {few} documents {peaks[0]:.1f} MiB at the peak, {lines} {peaks[1]:.1f} MiB"
        )
        print(f"  {peaks[1] / peaks[0]:.2f} ×  (at most 1.2 from a thousand to a hundred thousand; 40 MiB, wanted 25)")
        print(f"  one document, with nothing stored: {cold:.1f} MiB  (wanted 40)")
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
