"""What evaluating costs: perflint's compiled rules against the same rules by hand, by simpleeval, and json.loads.

python bench/bench_engine.py [DOCUMENTS]

The thirty rules of ``rules.py``, on documents of every family of forms. Before anything is timed all engines must find
the same. Also printed: the whole of cn-core, on documents with faults and on documents without.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import by_hand
from bench.generate import build_document, write_document
from bench.plain_simpleeval import Plain
from bench.rules import Found, compile_rules, place, write_pack
from perflint.document.loading import parse_document
from perflint.document.model import Document
from perflint.engine.evaluation import evaluate
from perflint.engine.program import Program, compile_program
from perflint.engine.run import run_rules
from perflint.finding import Verdict
from perflint.pack.load import load_pack
from perflint.pack.model import Pack

ROUNDS, AGAIN, OTHERS = 5, 10, 100


def list_failures(program: Program, document: Document) -> list[Found]:
    """Return every rule that does not hold, and where."""
    outcomes = evaluate(program, document).outcomes
    return [place(each.rule, each.item.split("/")) for each in outcomes if each.verdict is Verdict.FAIL]


def run_only(program: Program, document: Document) -> list[Any]:
    """Run the generated functions and nothing else: what they find, by number."""
    return run_rules(program, document.data).out


def take_turns(tasks: Mapping[str, tuple[Callable[[Any], object], Sequence[Any]]], rounds: int) -> dict[str, float]:
    """Return the seconds of processor time that one item takes in the fastest round of each task.

    Tasks take turns, so that a busy machine is busy for all of them.
    """
    best = dict.fromkeys(tasks, 1e9)
    for _ in range(rounds):
        for name, (call, items) in tasks.items():
            best[name] = min(best[name], _time(call, items))
    return best


def _time(call: Callable[[Any], object], items: Sequence[Any]) -> float:
    began = process_time()
    for item in items:
        call(item)
    return (process_time() - began) / len(items)


def load(source: bytes) -> Any:
    return json.loads(source, parse_float=Decimal, parse_int=Decimal)


def assert_same(program: Program, sources: Iterable[bytes]) -> int:
    """Return the number of findings; stop when the engines differ in any."""
    parsed, count = Plain(parsed=True), 0
    for source in sources:
        data = load(source)
        expected = sorted(by_hand.check_document(data))
        assert sorted(parsed.check(data)) == expected, "simpleeval differs from what is written by hand"
        assert sorted(list_failures(program, parse_document(source))) == expected, "perflint differs"
        count += len(expected)
    return count


def measure_rules(sources: Sequence[bytes], rounds: int) -> dict[str, float]:
    """Print what the thirty rules cost in each engine, and return the seconds a document."""
    documents, data = [*map(parse_document, sources)], [*map(load, sources)]
    few = max(len(sources) // 20, 1)
    with tempfile.TemporaryDirectory() as folder:
        program = compile_rules(write_pack(Path(folder, "bench.yaml")))
    found = assert_same(program, sources)
    ours = partial(run_only, program)
    times = take_turns(
        {
            "json.loads, numbers as decimals": (load, sources),
            "written by hand": (by_hand.check_document, data),
            "generated functions": (ours, documents),
            "with the findings told": (partial(evaluate, program), documents),
            "generated functions, first few": (ours, documents[:few]),
            "simpleeval, parsed once": (Plain(parsed=True).check, data[:few]),
            "simpleeval, parsed at every row": (Plain(parsed=False).check, data[:few]),
        },
        rounds,
    )
    rows = sum(len(table.get("indicators", ())) for each in data for table in each["tables"])
    print(f"{len(sources)} documents, {rows} rows, 30 rules, {found} findings in every engine; ms a document")
    base, part = times["generated functions"], times.pop("generated functions, first few")
    for name, seconds in times.items():
        ratio = seconds / (part if name.startswith("simpleeval") else base)
        print(f"  {name:<34}{seconds * 1e3:9.3f}{ratio:9.2f} × generated functions")
    print(f"  of what is written by hand: {times['written by hand'] / base:.2f}  (at least 0.45, wanted 0.65)")
    return times


def mend(source: bytes) -> bytes:
    """Return the document with another name in the middle row of each table."""
    data = json.loads(source)
    for table in data["tables"]:
        rows = table.get("indicators")
        if rows:
            row = rows[len(rows) // 2]
            row["name"] = f"{row['name']}情况"
    return write_document(data)


def _check_mended(check: Callable[[bytes], float], source: bytes) -> float:
    check(source)
    return check(mend(source))


def _time_new(pack: Pack, others: Sequence[bytes], sources: Sequence[bytes]) -> dict[str, float]:
    """Return the seconds a document of *sources*, each time of a program that met *others* only."""
    tasks: dict[str, Callable[[Callable[[bytes], float], bytes], float]] = {
        "first": lambda check, source: check(source),
        "again": lambda check, source: sum(check(source) for _ in range(AGAIN)) / AGAIN,
        "mended": _check_mended,
    }
    times = {}
    for name, task in tasks.items():
        program = compile_program([pack])

        def check(source: bytes, program: Program = program) -> float:
            return _time(partial(run_only, program), [parse_document(source)])

        for each in others:
            check(each)
        times[name] = sum(task(check, source) for source in sources) / len(sources)
    return times


def measure_pack(name: str, faults: Mapping[str, Any], told: str, count: int, least: float, rounds: int) -> None:
    """Print what a whole pack costs; *least* is what json.loads and 30 rules by hand cost, in seconds."""
    pack = load_pack(name)
    program = compile_program([pack])
    sources, others = (
        [write_document(build_document(seed, **faults)) for seed in seeds]
        for seeds in (range(count), range(count, count + OTHERS))
    )
    documents = [*map(parse_document, sources)]
    few = documents[: max(len(documents) // 50, 1)]
    times = _time_new(pack, others, sources)
    times |= take_turns(
        {
            "rules": (partial(run_only, program), documents),
            "compiled": (partial(evaluate, program), documents),
            "same": (partial(evaluate, program), few),
            "reference": (partial(evaluate, program, engine="simpleeval"), few),
        },
        rounds,
    )
    print(f"{Path(name).name}, {len(program.rules)} rules, {told}; ms a document")
    names = {
        "first": f"met for the first time, after {OTHERS}",
        "mended": "a name mended in each table",
        "again": f"each {AGAIN} times in a row",
        "rules": f"{count} in turn, met before",
        "compiled": "with the findings told",
    }
    for key, line in names.items():
        print(f"  {line:<38}{times[key] * 1e3:9.3f}{times[key] / least:9.1f} × json.loads and 30 rules by hand")
    print(
        f"  {'reference evaluator':<38}{times['reference'] * 1e3:9.3f}{times['reference'] / times['same']:9.1f} × that"
    )


def main(count: int = 96, rounds: int = ROUNDS) -> None:
    """Measure and print."""
    gc.set_threshold(50_000, *gc.get_threshold()[1:])  # as the command does
    sources = [write_document(build_document(seed)) for seed in range(count)]
    times = measure_rules(sources, rounds)
    pack = os.environ.get("BENCH_PACK", "cn-core")
    least = times["json.loads, numbers as decimals"] + times["written by hand"]
    measure_pack(pack, {"faults": 0}, "documents without fault (at most 4 wanted)", count, least, rounds)
    measure_pack(pack, {}, "a row in ten at fault", count, least, rounds)
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
