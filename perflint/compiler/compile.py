"""Checked rules → one generated Python function a scope, equal to the reference evaluator and far faster.

``lowering`` turns expressions into code, ``writing`` makes rules of them, and ``loop`` the loop over the items of a
scope. Cells, and rows and tables where many rules look at them, are asked once what only they decide: see ``meeting``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from perflint.compiler.facts import FactsWriter
from perflint.compiler.loop import CELL_WIDTH, Loop
from perflint.compiler.lowering import Local, Lowering
from perflint.compiler.meeting import Meeting
from perflint.compiler.namespace import Namespace
from perflint.compiler.task import Task, is_alone
from perflint.runtime.met import KEEPER, KEEPING
from perflint.runtime.plan import Plan, RuleFunction
from perflint.schema.model import SCOPES, Model, Scope
from perflint.typed import NamedTuple

__all__ = ["FEWEST_MET", "Task", "plan_rules"]


class _Group(NamedTuple):
    """Rules of one scope, in one function.

    Attributes:
        name: The name of the function.
        met: Whether it says what the items told when they were met; *alone* are the rules that look at them only.
        kept: Whether all of them look no farther than the table that the items stand in.
        outer: The other rules of the scope, which do; they have a function of their own.
    """

    name: str
    scope: Scope
    met: bool
    kept: bool
    alone: list[Task]
    rest: list[Task]
    outer: list[Task]


FEWEST_MET = 40
"""To look up a row, and to remember it, takes longer than to ask it fewer rules."""


def _group(tasks: Sequence[Task], *, timed: bool) -> Iterator[_Group]:
    """Yield the rules of each scope.

    A clock is to tell what a rule costs: then every row is asked every rule, and of a cell no rule is passed over.
    """
    by_scope = {name: [task for task in tasks if task.rule.scope.name == name] for name in SCOPES}
    many = {name for name in KEEPING if len(by_scope[name]) >= FEWEST_MET and not timed}
    for scope in SCOPES.values():
        here, met = by_scope[scope.name], scope.name in many or scope.name == "cell"
        kept = scope.parent == KEEPER and KEEPER in many
        alone = [task for task in here if met and is_alone(task.rule)]
        rest = [task for task in here if task not in alone]
        outer = [task for task in rest if kept and not is_alone(task.rule, KEEPER)]
        inner = [task for task in rest if task not in outer]
        if here and (met or inner):
            yield _Group(f"scope_{scope.name}", scope, met, kept, alone, inner, outer)
        if outer:
            yield _Group(f"outer_{scope.name}", scope, False, False, [], outer, [])


def plan_rules(tasks: Sequence[Task], model: Model, *, timed: bool = False) -> Plan:
    """Return the plan of the functions that run *tasks*; ``timed`` adds a clock around every rule."""
    return _Compiler(model, timed=timed).run(tasks)


class _Compiler:
    def __init__(self, model: Model, *, timed: bool) -> None:
        self.model, self.timed = model, timed
        self.space = Namespace(model)
        self.columns = self.space.columns
        self.meetings: dict[str, Meeting] = {}

    def run(self, tasks: Sequence[Task]) -> Plan:
        groups = list(_group(tasks, timed=self.timed))
        self.columns.met |= {group.scope.record for group in groups if group.met}
        for group in groups:
            self._ask_lists(group.scope)
        first = sorted(groups, key=lambda group: group.scope.name != "cell")  # see ``Columns.slots``
        loops = {group.name: self._lower(group) for group in first}
        sources = [*self._write_facts(), *self._write_cell()]
        sources += [loop.write(name) for name, loop in loops.items() if loop.rules]
        return Plan(
            sources=sources,
            constants=self.space.constants,
            memos=self.space.memos,
            fillers=self.space.fillers,
            slots=self.space.sieves(),
            functions=tuple(self._describe(group) for group in groups),
            met=tuple(sorted(self.columns.met - {"cell"})),
            rules=max((task.index for task in tasks), default=-1) + 1,
            timed=self.timed,
        )

    def _lower(self, group: _Group) -> Loop:
        record = group.scope.record
        if group.met:
            rest, outer = ([], []) if self.timed else (group.rest, group.outer)
            self.meetings[record] = Meeting(self.space, group.scope, group.alone, rest, outer, timed=self.timed)
        return Loop(self.space, group.scope, group.rest, self.meetings.get(record), timed=self.timed)

    def _describe(self, group: _Group) -> RuleFunction:
        scope, met, alone = group.scope, group.met, group.alone
        rules = tuple(task.index for task in (*alone, *group.rest))
        settled = len(self.meetings[scope.record].settled) if met else 0
        columns = () if scope.name == "cell" else self._find_columns(scope)
        return RuleFunction(group.name, scope.name, rules, met, len(alone), settled, group.kept, columns)

    def _find_columns(self, scope: Scope) -> tuple[int, ...]:
        if scope.parent is None:
            return ()
        parent = SCOPES[scope.parent]
        return (*self._find_columns(parent), self.columns.by_record[parent.record][scope.steps])

    def _ask_lists(self, scope: Scope) -> None:
        while scope.parent is not None:
            parent = SCOPES[scope.parent]
            if scope.steps:
                self.columns.ask(parent.record, scope.steps)
            scope = parent

    def _write_facts(self) -> list[str]:
        """Definitions and lists ask for further columns while they are written, so write until nothing is new."""
        self.columns.ask("document", ("tables",))
        while True:
            before = {record: len(paths) for record, paths in self.columns.by_record.items()}
            self._ask_inner_records()
            writer = FactsWriter(self.columns, self.lower_define, self._asked())
            written = [writer.write(record) for record in list(self.columns.by_record) if record != "cell"]
            if before == {record: len(paths) for record, paths in self.columns.by_record.items()}:
                return written

    def _asked(self) -> Mapping[str, Sequence[str]]:
        return {record: meeting.lines for record, meeting in self.meetings.items()}

    def _write_cell(self) -> Iterator[str]:
        """Yield the function that a cell is met with: columns → them and what it was asked."""
        if "cell" in self.meetings:
            columns = ", ".join(f"c{index}" for index in range(CELL_WIDTH))
            lines = [f"def meet_cell({columns}):", *(f"    {line}" for line in self.meetings["cell"].lines)]
            yield "\n".join([*lines, f"    return ({columns}, gates, out, passes)", ""])

    def _ask_inner_records(self) -> None:
        for record, paths in list(self.columns.by_record.items()):
            if record == "cell":
                continue
            for path in paths:
                field = self.model.field_at(record, (*path[:-1], path[-1].partition("__")[0]))
                if field.reading in ("list", "extra") and field.type.item is not None:
                    self.columns.by_record.setdefault(field.type.item.record or "", {})

    def lower_define(self, record: str, name: str) -> str:
        """Return the code of a pack-defined field over the local columns of its record's fact reader."""
        settings = self.space.defines[record][name]
        tree = settings.definitions()[record][name].tree
        return Lowering(self.space, settings, {record: Local(record)}).code(tree)
