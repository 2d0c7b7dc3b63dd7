"""Which rules cost what: the time in each rule of cn-core, as ``check --statistics`` shows it, as a table in Markdown.

python bench/bench_costs.py [DOCUMENTS ROWS]   48 documents without fault, the 20 dearest rules

The clock that runs around every rule takes as long as a cheap rule: quote shares, not sums. Facts of a row, and what
several rules read in a text, are charged to the first rule that asks.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.generate import build_document, write_document
from perflint import Linter

PACK = "cn-core"


class Cost(NamedTuple):
    """A rule, how many items it looked at, and its seconds."""

    rule: str
    selected: int
    seconds: float


def measure_rules(sources: Sequence[bytes], rounds: int) -> list[Cost]:
    """Return the cost of every rule on all *sources*, dearest first.

    Of each rule the fastest round on each document counts: the clock on the wall goes on while other programs run.
    """
    linter = Linter([PACK], timed=True)
    selected, best = Counter[str](), dict[tuple[str, int], float]()
    for round_ in range(rounds):
        for place, source in enumerate(sources):
            for count in linter.check(source).rules:
                name, seconds = f"{count.rule} {count.name}", count.seconds or 0
                selected[name] += count.selected if round_ == 0 else 0
                best[name, place] = min(best.get((name, place), seconds), seconds)
    whole = Counter[str]()
    for (name, _), seconds in best.items():
        whole[name] += seconds  # type: ignore[assignment]
    return [Cost(name, selected[name], seconds) for name, seconds in whole.most_common()]


def write_table(costs: Sequence[Cost], documents: int, rows: int) -> str:
    """Return the *rows* dearest of *costs*, the others in one line."""
    whole = sum(cost.seconds for cost in costs)
    lines = ["| rule | items a document | µs a document | share |", "|---|---:|---:|---:|"]
    lines += [_row(cost.rule, cost.selected, cost.seconds, documents, whole) for cost in costs[:rows]]
    rest = costs[rows:]
    lines.append(
        _row(f"{len(rest)} others", sum(c.selected for c in rest), sum(c.seconds for c in rest), documents, whole)
    )
    return "\n".join(lines)


def _row(name: str, selected: int, seconds: float, documents: int, whole: float) -> str:
    return f"| {name} | {selected / documents:.0f} | {seconds / documents * 1e6:.0f} | {seconds / whole:.1%} |"


def main(documents: int = 48, rows: int = 20, rounds: int = 5) -> None:
    """Measure and print."""
    sources = [write_document(build_document(seed, faults=0)) for seed in range(documents)]
    costs = measure_rules(sources, rounds)
    print(write_table(costs, documents, rows))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
