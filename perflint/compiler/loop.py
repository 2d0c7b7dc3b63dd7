"""Rules of a scope → source of the loop over its items."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perflint.compiler.lowering import Local
from perflint.compiler.meeting import Meeting
from perflint.compiler.namespace import Namespace
from perflint.compiler.task import Task, iterate_conditions, list_parents, looks_beyond
from perflint.compiler.writing import RuleWriter, indent, starts_full
from perflint.schema.model import Scope

CELL_WIDTH = 6
"""How many columns a cell has, see ``engine.cells.MetCell``."""


class Loop:
    """The function of a scope: the loop over its items, and each rule in it.

    Args:
        meeting: What the items were asked when they were met, if they were. The function takes a list then, of how
            many items passed each of the rules that are settled.
    """

    def __init__(
        self, space: Namespace, scope: Scope, tasks: Sequence[Task], meeting: Meeting | None, *, timed: bool
    ) -> None:
        self.space, self.scope, self.meeting = space, scope, meeting
        self.parents = list_parents(scope)
        roots = {s.name: Local(s.record, f"{s.name}_c") for s in (scope, *self.parents)}
        self.writer = RuleWriter(space, scope, roots, raw=f"{scope.name}_r", item="at, n, ", timed=timed)
        gates = meeting.gates if meeting is not None else {}
        self.always = any(task.index not in gates for task in tasks)  # whether there is a rule that every item is asked
        self.rules, self.around, hoisted = list[str](), list[str](), dict[str, int]()
        self.full, self.empty = list[str](), list[str]()
        for place, task in enumerate(tasks):
            gate = f"gates & {gates[task.index]}" if task.index in gates else ""
            asked = meeting.asked.get(task.index, 0) if meeting is not None else 0
            added, taken = f"p{place} += 1", f"p{place} -= 1"
            self.rules += self.writer.write(task, added, taken, gate=gate, asked=asked, hoisted=hoisted)
            (self.full if starts_full(task, gate) else self.empty).append(f"p{place}")
            if meeting is not None and task.index in meeting.settled:
                self.around += self._look_around(task, place, meeting, hoisted)
        self.passes = ", ".join(f"p{place}" for place in range(len(tasks)))

    def _look_around(self, task: Task, place: int, meeting: Meeting, hoisted: dict[str, int]) -> list[str]:
        """Ask what does not depend on the item once; if that fails, every item is to be asked."""
        lowering = self.writer.start(task, hoisted)
        tests = [lowering.code(part) for part in iterate_conditions(task.rule) if looks_beyond(part, self.scope)]
        test = " and ".join(f"({test})" for test in tests) or "True"
        settled = f"p{place} = settled[{meeting.settled.index(task.index)}]"
        return ["try:", f"    if {test}: {settled}", f"except Exception: slow |= {meeting.gates[task.index]}"]

    def write(self, name: str) -> str:
        """Return the source of the function; it names the place of every column, so no more may be asked for."""
        names = [parent.name for parent in self.parents]
        settled = ["settled=()"] if self.meeting is not None else []
        lines = [f"def {name}({', '.join([*names, 'rows', 'at', 'out', *settled])}):", "    memory = {}"]
        lines += ["    remember = memory.setdefault", f"    {' = '.join([*self.empty, 'slow'])} = 0"]
        lines += [f"    {' = '.join(self.full)} = len(rows)"] if self.full else []
        lines += indent(self.around)
        item = self.scope.name if self.meeting is not None else self._unpack()
        items = "enumerate(rows)"
        if not self.always:
            items = f"{items} if slow else compress({items}, map(gates_of, rows))"
        lines.append(f"    for n, {item} in {items}:")
        if self.meeting is not None:
            behind = 0 if self.scope.record == "cell" else 3  # the raw record, and what is kept
            lines.append(f"        gates = {self.scope.name}[{self._width(self.scope) + behind}] | slow")
        lines += [f"        {line}" for line in self.rules]
        source = "\n".join([*lines, f"    return ({self.passes},)", ""])
        for scope in self.parents if self.meeting is None else (*self.parents, self.scope):
            source = self._index(scope, source)
        return source

    def _width(self, scope: Scope) -> int:
        return CELL_WIDTH if scope.record == "cell" else self.space.columns.width(scope.record)

    def _unpack(self) -> str:
        name = self.scope.name
        return f"({''.join(f'{name}_c{index}, ' for index in range(self._width(self.scope)))}{name}_r,)"

    def _index(self, scope: Scope, source: str) -> str:
        """Of what most rules pass over, few columns are read: each where it is, rather than all of them beforehand."""
        width = self._width(scope)
        source = re.sub(rf"\b{scope.name}_c([0-9]+)\b", rf"{scope.name}[\1]", source)
        return re.sub(rf"\b{scope.name}_r\b", f"{scope.name}[{width}]", source)
