"""The generated functions of a program, run on one document: raw entries, which ``evaluation`` makes verdicts of."""

from __future__ import annotations

from collections.abc import Sequence

from perflint.engine.program import Program
from perflint.runtime.cells import Raw
from perflint.runtime.memo import note_document
from perflint.runtime.plan import ScopeFunction
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any


class Run(NamedTuple):
    """What the functions found.

    Attributes:
        selected, passed: By rule: all items, and those that passed.
        out: (rule, list positions of the parents, number of the item, how it ended, and two values by how).
    """

    selected: list[int]
    passed: list[int]
    out: list[tuple[Any, ...]]


def run_rules(program: Program, data: Raw) -> Run:
    """Run every rule of *program* on the *data* of a document."""
    note_document()
    compiled = program.compiled
    out: list[tuple[Any, ...]] = []
    selected: list[int] = []
    passed: list[int] = []
    facts = compiled.facts(data, None, None)
    for function in compiled.scopes:
        if function.scope.name != "cell":
            items, passes = _visit(function, (facts,), (), out)
        else:
            cells = program.cells.read(data, facts)
            items, passes = len(cells), function.call(facts, cells, (), out)
        selected += [items] * len(function.rules)
        passed += passes
    return Run([*map(selected.__getitem__, compiled.places)], [*map(passed.__getitem__, compiled.places)], out)


def _visit(
    function: ScopeFunction, parents: tuple[Any, ...], at: tuple[int, ...], out: list[tuple[Any, ...]]
) -> tuple[int, Sequence[int]]:
    """Call *function* with each list of its items below the last of *parents*; *at* are their places in their lists.

    Returns how many items there are, and how many passed, by rule.
    """
    if not function.columns:
        return 1, function.call(parents, at, out)
    rows = parents[-1][function.columns[len(at)]]
    if not rows:
        return 0, [0] * len(function.rules)
    if len(at) == len(function.columns) - 1:
        return len(rows), function.call(*parents, rows, at, out)
    counted = [_visit(function, (*parents, row), (*at, place), out) for place, row in enumerate(rows)]
    if len(counted) == 1:
        return counted[0]
    every_items, every_passes = zip(*counted, strict=True)
    return sum(every_items), [*map(sum, zip(*every_passes, strict=True))]
