"""Rules → source: what is asked of an item when it is met, and the loop over the items of a scope."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from perflint.expression.field_read import FieldRead
from perflint.expression.joining import cannot_fail, iterate_parts
from perflint.expression.lowering import Local, Lowering, Namespace
from perflint.expression.plan import CRASH, FAIL, LACKING
from perflint.expression.tree import CheckedRule
from perflint.expression.view import Settings
from perflint.record import dataclass
from perflint.schema.model import SCOPES, Scope

CELL_WIDTH = 6
"""How many columns a cell has, see ``engine.cells.MetCell``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One rule to compile: its place in the program, its checked expressions, its pack's settings."""

    index: int
    rule: CheckedRule
    settings: Settings


def is_alone(rule: CheckedRule, around: str = "") -> bool:
    """Whether *rule* looks at nothing but the item, and at the one of the scope *around* it."""
    checked = [*rule.needs, *(part for _, part in rule.let), rule.assert_, *rule.holes]
    trees = [part.tree for part in (*checked, *([rule.when] if rule.when is not None else []))]
    return not any(_find_names(tree) & (SCOPES.keys() - {rule.scope.name, around}) for tree in trees)


def _looks_beyond(tree: ast.expr, scope: Scope) -> bool:
    return bool(_find_names(tree) & (SCOPES.keys() - {scope.name}))


def _find_names(tree: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _iterate_conditions(rule: CheckedRule) -> Iterator[ast.expr]:
    yield from iterate_parts([rule.when.tree] if rule.when is not None else [])


def _is_settled(rule: CheckedRule) -> bool:
    """Whether the item can tell that it passes, if conditions hold each of which looks at the item or around it."""
    body = [*rule.needs, *(part for _, part in rule.let)]
    mixed = (
        rule.scope.name in _find_names(part) and _looks_beyond(part, rule.scope) for part in _iterate_conditions(rule)
    )
    return (
        bool(_list_sufficient(rule))
        and not any(_looks_beyond(part.tree, rule.scope) for part in body)
        and not any(mixed)
    )


def _list_sufficient(rule: CheckedRule) -> list[ast.expr]:
    """Return what looks at the item only, is asked first, and any of which is enough for *rule* to hold."""
    whole = rule.assert_.tree
    parts = whole.values if isinstance(whole, ast.BoolOp) and isinstance(whole.op, ast.Or) else [whole]
    return list(takewhile(lambda part: not _looks_beyond(part, rule.scope), parts))


class _RuleWriter:
    """Writes rules one by one.

    Args:
        roots: Where the columns of each record stand; of *scope* the raw record in the variable *raw*.
        item: What tells of an item in an entry of ``out``, with a comma behind.
        timed: Whether there is a clock around every rule.
    """

    def __init__(
        self, space: Namespace, scope: Scope, roots: Mapping[str, Local], *, raw: str, item: str, timed: bool
    ) -> None:
        self.space, self.scope, self.roots, self.raw, self.item, self.timed = space, scope, roots, raw, item, timed

    def write(
        self, task: Task, passed: str, *, gate: str = "", asked: int = 0, hoisted: dict[str, int] | None = None
    ) -> list[str]:
        """Return the source of *task*.

        Args:
            passed: What is done when the rule holds.
            gate: What is asked before the rule itself.
            asked: How many parts of ``when`` hold if the gate does.
            hoisted: As in ``Lowering``.
        """
        lowering = self.start(task, hoisted)
        tests = [lowering.code(part) for part in list(_iterate_conditions(task.rule))[asked:]]
        body, tests = self.body(task, lowering, passed), [*([gate] if gate else []), *(f"({test})" for test in tests)]
        if tests:
            body = [f"if {' and '.join(tests)}:", *_indent(body)]
        guarded = self.guard(task, body)
        return ["z = clock()", *guarded, f"spent[{task.index}] += clock() - z"] if self.timed else guarded

    def guard(self, task: Task, lines: list[str]) -> list[str]:
        """Return *lines* with what is told when they fail."""
        return ["try:", *_indent(lines), "except Exception as e:", f"    {self._tell(task, CRASH, 'e', 'None')}"]

    def start(self, task: Task, hoisted: dict[str, int] | None = None) -> Lowering:
        lowering = Lowering(self.space, task.settings, self.roots, {})
        lowering.item, lowering.hoisted = self.scope.name, hoisted
        return lowering

    def _tell(self, task: Task, ended: int, first: str, second: str) -> str:
        return f"out.append(({task.index}, {self.item}{ended}, {first}, {second}))"

    def body(self, task: Task, lowering: Lowering, passed: str, *, quiet: bool = False) -> list[str]:
        """Return what stands behind the conditions of *task*; *quiet* asks the item only, and tells nothing."""
        rule, inner = task.rule, list[str]()
        for name, checked in rule.let:
            inner.append(f"v_{name} = {lowering.code(checked.tree)}")
            lowering.keep_let(name, checked.tree)
        if quiet:
            tests = [f"({lowering.code(part)})" for part in _list_sufficient(rule)]
            inner.append(f"if {' or '.join(tests)}: {passed}")
        else:
            inner.append(f"if {lowering.code(rule.assert_.tree)}: {passed}")
            values = "".join(f"v_{name}, " for name, _ in rule.let)
            holes = "".join(f"{lowering.code(hole.tree)}, " for hole in rule.holes)
            inner.append(f"else: {self._tell(task, FAIL, f'({values})', f'({holes})')}")
        lines: list[str] = []
        stated = set(_iterate_stated(rule))
        for number, need in enumerate(rule.needs):
            if (rule.needed[number].root, rule.needed[number].path) in stated:
                continue
            lines.append(f"{'elif' if lines else 'if'} {lowering.code(need.tree)} is None:")
            lines += _indent(["pass"] if quiet else self._lacking(task, number, need.tree))
        return [*lines, "else:", *_indent(inner)] if lines else inner

    def _lacking(self, task: Task, number: int, need: ast.expr) -> list[str]:
        """A null is classified later, but the common not-applicable cases are passed over right here."""
        note = self._tell(task, LACKING, str(number), "None")
        if not isinstance(need, FieldRead) or not isinstance(need.base, ast.Name) or need.base.id != self.scope.name:
            return [note]
        field = self.space.model.records[need.record].fields.get(need.path[0])
        if field is not None and field.key is not None and len(need.path) == 1:
            return [f"if {field.key!r} in {self.raw}: {note}"]
        if need.path[0] == "target" and need.path[1] not in ("comparator", "unit"):
            kind = self.space.columns.ask(need.record, ("target", "kind"))
            return [f"if {self.roots[self.scope.name].prefix}{kind} in empty_kinds: {note}"]
        return [note]


class Meeting:
    """What is asked of an item when it is met, in variables ``c0`` … of its columns and ``r``, its raw record.

    The source leaves in ``passes`` a bit for each rule that holds, and the highest when there is something in ``out``,
    which is what the others tell; in ``gates`` a bit for each of the *rest*, and of the *outer* ones, that must be
    asked of the item.

    Args:
        alone: Rules that look at nothing but the item.
        rest: Rules that look at more.
        outer: Others, of which none is settled.

    Attributes:
        gates: By the place of a rule in its program, the bit of those that have one.
        asked: By the same, how many parts of ``when`` hold of an item that has the bit.
        settled: Those of *rest* of which an item that is not to be asked either passes, which ``passes`` says, behind
            those of *alone*, or is not what they apply to; if they apply to anything here.
    """

    def __init__(
        self,
        space: Namespace,
        scope: Scope,
        alone: Sequence[Task],
        rest: Sequence[Task],
        outer: Sequence[Task],
        *,
        timed: bool,
    ) -> None:
        self.scope, self.gates, self.settled = scope, dict[int, int](), list[int]()
        self.asked = dict[int, int]()
        roots = {s.name: Local(s.record, f"{s.name}_c") for s in list_parents(scope)}
        self.writer = _RuleWriter(
            space, scope, {**roots, scope.name: Local(scope.record)}, raw="r", item="", timed=timed
        )
        self.lines = ["passes = gates = 0", "out = []"]
        for place, task in enumerate(alone):
            self.lines += self.writer.write(task, f"passes |= {1 << place}")
        for task in rest:
            self.lines += self._settle(task, len(alone)) if _is_settled(task.rule) else self._gate(task)
        for task in outer:
            self.lines += self._gate(task)
        self.lines.append(f"if out: passes |= {1 << len(alone) + len(self.settled)}")

    def _settle(self, task: Task, before: int) -> list[str]:
        lowering = self.writer.start(task)
        parts = [part for part in _iterate_conditions(task.rule) if not _looks_beyond(part, self.scope)]
        tests = [f"({lowering.code(part)})" for part in parts]
        bit, settled = self._add_gate(task), 1 << before + len(self.settled)
        self.settled.append(task.index)
        asked = self.writer.body(task, lowering, f"gates ^= {bit}; passes |= {settled}", quiet=True)
        lines = [f"if {' and '.join(tests) or 'True'}:", f"    gates |= {bit}", *_indent(asked)]
        return ["try:", *_indent(lines), f"except Exception: gates |= {bit}"]

    def _gate(self, task: Task) -> list[str]:
        """Tell of the item by itself that ``when`` does not hold, or fails.

        What stands behind something that looks at more than the item is asked again; it tells nothing if what it
        stands behind can fail, since that it is not asked then must make no difference.
        """
        lowering, first, later = self.writer.start(task), list[str](), list[str]()
        beyond = False
        for part in _iterate_conditions(task.rule):
            lowered = lowering.lower(part)
            if _looks_beyond(part, self.scope):
                beyond = True
                if not cannot_fail(lowered, ""):
                    break
            else:
                (later if beyond else first).append(f"({ast.unparse(lowered)})")
        if not first and not later:
            return []
        bit = self._add_gate(task)
        self.asked[task.index] = len(first)
        lines = [f"gates |= {bit}"]
        if later:
            lines = ["try:", f"    if {' and '.join(later)}: gates |= {bit}", f"except Exception: gates |= {bit}"]
        return self.writer.guard(task, [f"if {' and '.join(first)}:", *_indent(lines)]) if first else lines

    def _add_gate(self, task: Task) -> int:
        self.gates[task.index] = 1 << len(self.gates)
        return self.gates[task.index]


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
        self.writer = _RuleWriter(space, scope, roots, raw=f"{scope.name}_r", item="at, n, ", timed=timed)
        gates = meeting.gates if meeting is not None else {}
        self.always = any(task.index not in gates for task in tasks)  # whether there is a rule that every item is asked
        self.rules, self.around, hoisted = list[str](), list[str](), dict[str, int]()
        for place, task in enumerate(tasks):
            gate = f"gates & {gates[task.index]}" if task.index in gates else ""
            asked = meeting.asked.get(task.index, 0) if meeting is not None else 0
            self.rules += self.writer.write(task, f"p{place} += 1", gate=gate, asked=asked, hoisted=hoisted)
            if meeting is not None and task.index in meeting.settled:
                self.around += self._look_around(task, place, meeting, hoisted)
        self.passes = ", ".join(f"p{place}" for place in range(len(tasks)))

    def _look_around(self, task: Task, place: int, meeting: Meeting, hoisted: dict[str, int]) -> list[str]:
        """Ask what does not depend on the item once; if that fails, every item is to be asked."""
        lowering = self.writer.start(task, hoisted)
        tests = [lowering.code(part) for part in _iterate_conditions(task.rule) if _looks_beyond(part, self.scope)]
        test = " and ".join(f"({test})" for test in tests) or "True"
        settled = f"p{place} = settled[{meeting.settled.index(task.index)}]"
        return ["try:", f"    if {test}: {settled}", f"except Exception: slow |= {meeting.gates[task.index]}"]

    def write(self, name: str) -> str:
        """Return the source of the function; it names the place of every column, so no more may be asked for."""
        names = [parent.name for parent in self.parents]
        settled = ["settled=()"] if self.meeting is not None else []
        lines = [f"def {name}({', '.join([*names, 'rows', 'at', 'out', *settled])}):", "    memory = {}"]
        lines += ["    remember = memory.setdefault", f"    {self.passes.replace(', ', ' = ')} = slow = 0"]
        lines += _indent(self.around)
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


def list_parents(scope: Scope) -> tuple[Scope, ...]:
    """Return the scopes around *scope*, the document first."""
    found: list[Scope] = []
    while scope.parent is not None:
        scope = SCOPES[scope.parent]
        found.insert(0, scope)
    return tuple(found)


def _iterate_stated(rule: CheckedRule) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield root and path of each cell that ``when`` itself asks to be stated."""
    for part in _iterate_conditions(rule):
        match part:
            case ast.Call(func=ast.Name(id="stated"), args=[FieldRead(base=ast.Name(id=root), path=path)]):
                yield root, path


def _indent(lines: Iterable[str]) -> list[str]:
    return [f"    {line}" for line in lines]
