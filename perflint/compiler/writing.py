"""One rule → source: its conditions, its needs, what it computes, and what is told of how it ended."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

from perflint.compiler.lowering import Local, Lowering
from perflint.compiler.namespace import Namespace
from perflint.compiler.task import Task, iterate_conditions, iterate_stated, list_sufficient
from perflint.expression.field_read import FieldRead
from perflint.runtime.plan import CRASH, FAIL, LACKING
from perflint.schema.model import Scope


class RuleWriter:
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
        tests = [lowering.code(part) for part in list(iterate_conditions(task.rule))[asked:]]
        body, tests = self.body(task, lowering, passed), [*([gate] if gate else []), *(f"({test})" for test in tests)]
        if tests:
            body = [f"if {' and '.join(tests)}:", *indent(body)]
        guarded = self.guard(task, body)
        return ["z = clock()", *guarded, f"spent[{task.index}] += clock() - z"] if self.timed else guarded

    def guard(self, task: Task, lines: list[str]) -> list[str]:
        """Return *lines* with what is told when they fail."""
        return ["try:", *indent(lines), "except Exception as e:", f"    {self._tell(task, CRASH, 'e', 'None')}"]

    def start(self, task: Task, hoisted: dict[str, int] | None = None) -> Lowering:
        """Return what lowers the expressions of *task*, in the order in which they run."""
        return Lowering(self.space, task.settings, self.roots, item=self.scope.name, hoisted=hoisted)

    def _tell(self, task: Task, ended: int, first: str, second: str) -> str:
        return f"out.append(({task.index}, {self.item}{ended}, {first}, {second}))"

    def body(self, task: Task, lowering: Lowering, passed: str, *, quiet: bool = False) -> list[str]:
        """Return what stands behind the conditions of *task*; *quiet* asks the item only, and tells nothing."""
        rule, inner = task.rule, list[str]()
        for name, checked in rule.let:
            inner.append(f"v_{name} = {lowering.code(checked.tree)}")
            lowering.keep_let(name, checked.tree)
        if quiet:
            tests = [f"({lowering.code(part)})" for part in list_sufficient(rule)]
            inner.append(f"if {' or '.join(tests)}: {passed}")
        else:
            inner.append(f"if {lowering.code(rule.assert_.tree)}: {passed}")
            values = "".join(f"v_{name}, " for name, _ in rule.let)
            holes = "".join(f"{lowering.code(hole.tree)}, " for hole in rule.holes)
            inner.append(f"else: {self._tell(task, FAIL, f'({values})', f'({holes})')}")
        lines: list[str] = []
        stated = set(iterate_stated(rule))
        for number, need in enumerate(rule.needs):
            if (rule.needed[number].root, rule.needed[number].path) in stated:
                continue
            lines.append(f"{'elif' if lines else 'if'} {lowering.code(need.tree)} is None:")
            lines += indent(["pass"] if quiet else self._lacking(task, number, need.tree))
        return [*lines, "else:", *indent(inner)] if lines else inner

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


def indent(lines: Iterable[str]) -> list[str]:
    """Return *lines* one step further in."""
    return [f"    {line}" for line in lines]
