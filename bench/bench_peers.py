"""The whole job, from files to findings, against other tools on the same files; and libraries on the same data.

python bench/bench_peers.py [FILES]   1000 is what the goals name, 100 by default; 5 runs in a minute

Spectral (``npm install --prefix .tools/bench @stoplight/spectral-cli@6.16``), check-jsonschema and regopy (by pip) are
left out where they are not installed. Whatever runs must find what is found by hand, in
those of the thirty rules that it can say. Times are of the processor, with all processes that were started; on a busy
machine the clock on the wall means nothing.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, NamedTuple

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import by_hand
from bench.generate import build_document, write_document
from bench.peers import json_schema, rego, spectral
from bench.rules import SCHEMA_RULES, Found, place, rule_number, write_pack

ROOT = Path(__file__).resolve().parent.parent
SPECTRAL = ROOT / ".tools/bench/node_modules/.bin/spectral"
CHECK_JSONSCHEMA = Path(sys.executable).with_name("check-jsonschema")
PACK = "cn-core"
GOAL = "at most 0.12, wanted 0.075, at 1000 files"
Where = tuple[str, Found]
"""Name of a file, and what is found in it."""


class Spent(NamedTuple):
    """Seconds of processor time and on the wall, MiB at the peak, and what was written."""

    processor: float
    wall: float
    peak: float
    output: str


# Reports the time and the peak of the command that it runs, on the error output.
_WATCH = (
    "import json, resource, subprocess, sys; code = subprocess.run(sys.argv[1:]).returncode; "
    "used = resource.getrusage(resource.RUSAGE_CHILDREN); "
    "sys.stderr.write('\\n' + json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024])); sys.exit(code)"
)


def run(command: Sequence[str], *, keep: bool = True) -> Spent:
    """Run *command* and return what it took; exit code 1 means findings.

    Args:
        keep: Whether to return the output, which may be large.
    """
    watched = [sys.executable, "-c", _WATCH, *command]
    output = subprocess.PIPE if keep else subprocess.DEVNULL
    began = perf_counter()
    done = subprocess.run(watched, stdout=output, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT)
    wall = perf_counter() - began
    assert done.returncode in (0, 1), done.stderr
    processor, peak = json.loads(done.stderr.splitlines()[-1])
    return Spent(processor, wall, peak, done.stdout or "")


def perflint(pack: str | Path, folder: Path, *options: str) -> list[str]:
    """Return the command that checks *folder*."""
    command = [sys.executable, "-m", "perflint", "check", "--isolated", "--format", "jsonl", "--fail-on", "never"]
    return [*command, "--pack", str(pack), *options, str(folder)]


def read_perflint(output: str) -> set[Where]:
    found = [json.loads(line) for line in output.splitlines() if line.startswith('{"type": "finding"')]
    return {
        (Path(each["document"]["path"]).name, place(rule_number(each["rule"]), each["location"]["pointer"].split("/")))
        for each in found
        if each["verdict"] == "fail"
    }


def read_spectral(output: str) -> set[Where]:
    return {
        (Path(each["source"]).name, place(rule_number(each["code"]), [*map(str, each["path"])]))
        for each in json.loads(output)
    }


def read_check_jsonschema(output: str) -> set[tuple[str, str]]:
    """Return file and place of each error; which rule it is of, this tool does not say."""
    return {(Path(each["filename"]).name, each["path"]) for each in json.loads(output)["errors"]}


def expect(folder: Path) -> set[Where]:
    """Return what is found by hand in the files of *folder*."""
    return {
        (path.name, found)
        for path in folder.iterdir()
        for found in by_hand.check_document(json.loads(path.read_bytes()))
    }


def compare_tools(folder: Path, work: Path, rounds: int) -> None:
    """Print what each command takes on *folder*; they take turns, and the fastest round counts."""
    expected = expect(folder)
    few = {(name, found) for name, found in expected if found[0] in SCHEMA_RULES}
    pack = write_pack(work / "bench.yaml")
    commands: dict[str, tuple[list[str], Callable[[str], None]]] = {
        "perflint check, 30 rules": (perflint(pack, folder), lambda out: _agree(read_perflint(out), expected)),
        f"perflint check, {PACK}": (perflint(PACK, folder), lambda out: None),
        **_spectral(folder, work, expected, few),
        **_check_jsonschema(folder, work, few),
    }
    for name in list(commands)[:2]:  # what a first start writes, no later one pays for
        run([*commands[name][0][:-1], str(next(folder.iterdir()))])
    spent = {name: _fastest(command, check, rounds) for name, (command, check) in commands.items()}
    print(f"{len(list(folder.iterdir()))} files, {len(expected)} findings by 30 rules, {len(few)} of them by 23")
    base = next((spent[name].processor for name in spent if name.startswith("Spectral")), None)
    for name, one in spent.items():
        ratio = f"{one.processor / base:8.3f} × Spectral" if base else ""
        print(f"  {name:<44}{one.processor:8.2f} s, on the wall {one.wall:7.2f} s, {one.peak:5.0f} MiB{ratio}")
    print(f"  ({GOAL})")


def _fastest(command: list[str], check: Callable[[str], None], rounds: int) -> Spent:
    done = [run(command) for _ in range(rounds)]
    check(done[0].output)
    return min(done)


def _agree(found: set[Any], expected: set[Any]) -> None:
    assert found == expected, (sorted(found - expected)[:3], sorted(expected - found)[:3])


def _spectral(folder: Path, work: Path, expected: set[Where], few: set[Where]) -> dict[str, Any]:
    if not SPECTRAL.exists() or shutil.which("node") is None:
        print("no Spectral: npm install --prefix .tools/bench @stoplight/spectral-cli@6.16")
        return {}
    label = f"Spectral {run([str(SPECTRAL), '--version']).output.strip()}"
    print(f"{label} can say {spectral.CANNOT}")
    commands = {}
    for name, scripted, all_of in ((f"{label}, 30 rules", True, expected), (f"{label}, its 23 rules", False, few)):
        place_of = work / f"spectral-{scripted}"
        place_of.mkdir(exist_ok=True)
        ruleset = spectral.write_ruleset(place_of, scripted=scripted)
        options = ["lint", "--quiet", "--format", "json", "--ignore-unknown-format", "--ruleset", str(ruleset)]
        check = partial(_check_spectral, all_of)
        commands[name] = ([str(SPECTRAL), *options, str(folder / "*.json")], check)
    return commands


def _check_spectral(expected: set[Where], output: str) -> None:
    _agree(read_spectral(output), expected)


def _check_jsonschema(folder: Path, work: Path, few: set[Where]) -> dict[str, Any]:
    if not CHECK_JSONSCHEMA.exists():
        print("no check-jsonschema: pip install check-jsonschema")
        return {}
    schema = work / "rules.schema.json"
    schema.write_text(json.dumps(json_schema.build_schema(), ensure_ascii=False), encoding="utf-8")
    print(f"JSON Schema can say {json_schema.CANNOT}")
    files = [str(path) for path in sorted(folder.iterdir())]
    command = [str(CHECK_JSONSCHEMA), "--output-format", "json", "--schemafile", str(schema), *files]

    def check(output: str) -> None:
        _agree({name for name, _ in read_check_jsonschema(output)}, {name for name, _ in few})

    return {f"check-jsonschema {version('check-jsonschema')}, its 23 rules": (command, check)}


def compare_libraries(documents: Sequence[Mapping[str, Any]]) -> None:
    """Print what libraries take on documents that are parsed."""
    hand = _time(by_hand.check_document, documents)
    print(f"{len(documents)} parsed documents, ms each: by hand {hand * 1e3:.3f}")
    checkers: Mapping[str, tuple[Any, Collection[int]]] = {
        "jsonschema": (json_schema.Schema, SCHEMA_RULES),
        "regopy": (rego.Rego, range(30)),
    }
    for name, (make, rules) in checkers.items():
        try:
            check = make().check
        except ImportError:
            print(f"  no {name}: pip install {name}")
            continue
        for data in documents:
            _agree(check(data), {found for found in by_hand.check_document(data) if found[0] in rules})
        seconds = _time(check, documents)
        told = f"{name} {_version(name)}, {len(rules)} rules"
        print(f"  {told:<34}{seconds * 1e3:9.2f}{seconds / hand:9.0f} × by hand")
    print(f"regopy can say {rego.CANNOT}")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


def _time(check: Callable[[Mapping[str, Any]], object], documents: Sequence[Mapping[str, Any]]) -> float:
    """Return the seconds of processor time a document."""
    began = process_time()
    for data in documents:
        check(data)
    return (process_time() - began) / len(documents)


def main(files: int = 100, rounds: int = 2) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder, work = Path(name, "files"), Path(name, "work")
        folder.mkdir()
        work.mkdir()
        for seed in range(files):
            (folder / f"{seed:06}.json").write_bytes(write_document(build_document(seed)))
        compare_tools(folder, work, rounds)
        documents = [json.loads(path.read_bytes()) for path in sorted(folder.iterdir())[:32]]
    compare_libraries(documents)
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
