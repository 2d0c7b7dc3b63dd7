"""Checked rules → one generated Python function a scope, equal to the reference evaluator and far faster.

``lowering`` turns expressions into code; here they become rules, and the rules of a scope the loop over its items.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence

from perflint.expression.facts import FactsWriter
from perflint.expression.field_read import FieldRead
from perflint.expression.lowering import Local, Lowering, Namespace
from perflint.expression.plan import CRASH, FAIL, LACKING, Plan, RuleFunction
from perflint.expression.tree import Checked, CheckedRule
from perflint.expression.view import Settings
from perflint.record import dataclass
from perflint.schema.model import SCOPES, Model, Scope
from perflint.typed import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One rule to compile: its place in the program, its checked expressions, its pack's settings."""

    index: int
    rule: CheckedRule
    settings: Settings


class _Group(NamedTuple):
    """The rules of one function; *alone* as in ``RuleFunction``."""

    name: str
    scope: Scope
    tasks: list[Task]
    alone: bool


def _group(tasks: Sequence[Task]) -> Iterator[_Group]:
    """Yield the rules of each scope; of cells, those that look at the cell only by themselves: cells repeat."""
    for scope in SCOPES.values():
        here = [task for task in tasks if task.rule.scope.name == scope.name]
        alone = [task for task in here if scope.name == "cell" and _is_alone(task.rule)]
        rest = [task for task in here if task not in alone]
        if alone:
            yield _Group(f"scope_{scope.name}_alone", scope, alone, alone=True)
        if rest:
            yield _Group(f"scope_{scope.name}", scope, rest, alone=False)


def _is_alone(rule: CheckedRule) -> bool:
    checked = [*rule.needs, *(part for _, part in rule.let), rule.assert_, *rule.holes]
    trees = [part.tree for part in (*checked, *([rule.when] if rule.when is not None else []))]
    names = {node.id for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return not names & (SCOPES.keys() - {rule.scope.name})


def plan_rules(tasks: Sequence[Task], model: Model, *, timed: bool = False) -> Plan:
    """Return the plan of the functions that run *tasks*; ``timed`` adds a clock around every rule."""
    return _Compiler(model, timed=timed).run(tasks)


class _Compiler:
    def __init__(self, model: Model, *, timed: bool) -> None:
        self.model, self.timed = model, timed
        self.space = Namespace(model)
        self.columns = self.space.columns

    def run(self, tasks: Sequence[Task]) -> Plan:
        groups = list(_group(tasks))
        for group in groups:
            self._ask_lists(group.scope)
        first = sorted(groups, key=lambda group: group.scope.name != "cell")  # see ``Columns.slots``
        writers = [_ScopeWriter(self, group) for group in first]
        facts = self._write_facts()
        # Headers unpack every column, so they are written when no expression can ask for another one.
        source = "\n".join([*facts, *(writer.write() for writer in writers)])
        return Plan(
            source=source,
            constants=self.space.constants,
            memos=self.space.memos,
            fillers=self.space.fillers,
            slots=self.space.sieves(),
            functions=tuple(map(self._describe, groups)),
            rules=max((task.index for task in tasks), default=-1) + 1,
            timed=self.timed,
        )

    def _describe(self, group: _Group) -> RuleFunction:
        rules, scope = tuple(task.index for task in group.tasks), group.scope
        columns = () if scope.name == "cell" else self._find_columns(scope)
        return RuleFunction(group.name, scope.name, rules, group.alone, columns)

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
            writer = FactsWriter(self.columns, self.lower_define)
            written = [writer.write(record) for record in list(self.columns.by_record) if record != "cell"]
            if before == {record: len(paths) for record, paths in self.columns.by_record.items()}:
                return written

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
        return Lowering(self.space, settings, {record: Local(record)}, {}).code(
            settings.definitions()[record][name].tree
        )


class _ScopeWriter:
    """Writes the function of one scope: the loop over its items, and each rule in it."""

    def __init__(self, compiler: _Compiler, group: _Group) -> None:
        name, scope, tasks, alone = group
        self.compiler, self.name, self.scope = compiler, name, scope
        self.parents, self.alone = () if alone else _parents(scope), alone  # which comes to an item at a time
        self.roots = {s.name: Local(s.record, f"{s.name}_c") for s in (scope, *self.parents)}
        self.hoisted: dict[str, int] = {}
        self.rules = [line for place, task in enumerate(tasks) for line in self._rule(place, task)]
        self.passes = ", ".join(f"p{place}" for place in range(len(tasks)))

    def write(self) -> str:
        """Return the source of the function."""
        names = [parent.name for parent in self.parents]
        lines = [f"def {self.name}({', '.join([*names, 'rows', 'at', 'out'])}):"]
        lines += [f"    {self._unpack(parent)} = {parent.name}" for parent in self.parents]
        lines += ["    memory = {}", "    remember = memory.setdefault"]
        lines += [f"    {self.passes.replace(', ', ' = ')} = 0"]
        lines += [f"    for n, {self._unpack(self.scope)} in enumerate(rows):"]
        lines += [f"        {line}" for line in self.rules]
        return "\n".join([*lines, f"    return ({self.passes},)", ""])

    def _unpack(self, scope: Scope) -> str:
        width = _CELL_WIDTH if scope.record == "cell" else self.compiler.columns.width(scope.record)
        names = [f"{scope.name}_c{index}" for index in range(width)]
        return f"({', '.join([*names, f'{scope.name}_r'])},)"

    def _rule(self, place: int, task: Task) -> list[str]:
        lowering = Lowering(self.compiler.space, task.settings, self.roots, {})
        lowering.item, lowering.hoisted = self.scope.name, None if self.alone else self.hoisted
        body = self._body(place, task, lowering)
        if task.rule.when is not None:
            body = [f"if {lowering.code(task.rule.when.tree)}:", *_indent(body)]
        guarded = ["try:", *_indent(body), "except Exception as e:"]
        guarded += [f"    out.append(({task.index}, at, n, {CRASH}, e, None))"]
        if not self.compiler.timed:
            return guarded
        return ["z = clock()", *guarded, f"spent[{task.index}] += clock() - z"]

    def _body(self, place: int, task: Task, lowering: Lowering) -> list[str]:
        rule = task.rule
        inner = []
        for name, checked in rule.let:
            inner.append(f"v_{name} = {lowering.code(checked.tree)}")
            lowering.keep_let(name, checked.tree)
        values = "".join(f"v_{name}, " for name, _ in rule.let)
        inner.append(f"if {lowering.code(rule.assert_.tree)}: p{place} += 1")
        holes = "".join(f"{lowering.code(hole.tree)}, " for hole in rule.holes)
        inner.append(f"else: out.append(({task.index}, at, n, {FAIL}, ({values}), ({holes})))")
        lines: list[str] = []
        stated = set(_iterate_stated(rule.when))
        for number, need in enumerate(rule.needs):
            if (rule.needed[number].root, rule.needed[number].path) in stated:
                continue
            lines.append(f"{'elif' if lines else 'if'} {lowering.code(need.tree)} is None:")
            lines += _indent(self._lacking(task, number, need.tree))
        return [*lines, "else:", *_indent(inner)] if lines else inner

    def _lacking(self, task: Task, number: int, need: ast.expr) -> list[str]:
        """A null is classified later, but the common not-applicable cases are passed over right here."""
        note = f"out.append(({task.index}, at, n, {LACKING}, {number}, None))"
        if not isinstance(need, FieldRead) or not isinstance(need.base, ast.Name) or need.base.id != self.scope.name:
            return [note]
        field = self.compiler.model.records[need.record].fields.get(need.path[0])
        if field is not None and field.key is not None and len(need.path) == 1:
            return [f"if {field.key!r} in {self.scope.name}_r: {note}"]
        if need.path[0] == "target" and need.path[1] not in ("comparator", "unit"):
            kind = self.compiler.columns.ask(need.record, ("target", "kind"))
            return [f"if {self.scope.name}_c{kind} in empty_kinds: {note}"]
        return [note]


_CELL_WIDTH = 6


def _parents(scope: Scope) -> tuple[Scope, ...]:
    found: list[Scope] = []
    while scope.parent is not None:
        scope = SCOPES[scope.parent]
        found.insert(0, scope)
    return tuple(found)


def _iterate_stated(when: Checked | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield root and path of each cell that *when* itself asks to be stated."""
    whole = when.tree if when is not None else None
    for part in whole.values if isinstance(whole, ast.BoolOp) and isinstance(whole.op, ast.And) else [whole]:
        match part:
            case ast.Call(func=ast.Name(id="stated"), args=[FieldRead(base=ast.Name(id=root), path=path)]):
                yield root, path


def _indent(lines: Iterable[str]) -> list[str]:
    return [f"    {line}" for line in lines]
