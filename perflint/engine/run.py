"""The generated functions of a program, run on one document: raw entries, which ``evaluation`` makes verdicts of."""

from __future__ import annotations

from collections.abc import Iterable

from perflint.engine.cells import MetCell
from perflint.engine.program import Program
from perflint.expression.cells import Raw
from perflint.expression.memo import note_document
from perflint.expression.plan import ScopeFunction
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
    run = Run([0] * len(program.rules), [0] * len(program.rules), [])
    facts = compiled.facts(data, None, None)
    cells: list[MetCell] | None = None
    for function in compiled.scopes:
        if function.scope.name != "cell":
            _visit(function, (facts,), (), run)
            continue
        if cells is None:
            cells = program.cells.read(data)
        if function.alone:
            for number, passes in program.cells.judge(cells, run.out):
                _count(run, function, number, [count * number for count in passes])
        else:
            _count(run, function, len(cells), function.call(facts, cells, (), run.out))
    return run


def _visit(function: ScopeFunction, parents: tuple[Any, ...], at: tuple[int, ...], run: Run) -> None:
    """Call *function* with each list of its items below the last of *parents*; *at* are their places in their lists."""
    if not function.columns:
        _count(run, function, 1, function.call(parents, at, run.out))
        return
    rows = parents[-1][function.columns[len(at)]]
    if len(at) < len(function.columns) - 1:
        for place, row in enumerate(rows):
            _visit(function, (*parents, row), (*at, place), run)
    elif rows:
        _count(run, function, len(rows), function.call(*parents, rows, at, run.out))


def _count(run: Run, function: ScopeFunction, number: int, passes: Iterable[int]) -> None:
    selected, passed = run.selected, run.passed
    for rule, count in zip(function.rules, passes, strict=True):
        selected[rule] += number
        passed[rule] += count
