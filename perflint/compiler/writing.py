"""One rule → source: its conditions, its needs, what it computes, and what is told of how it ended.

Most items pass most rules that have no conditions, and no item pays for that: such a rule starts with all of them, and
those that do not pass are taken off.
"""

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
        self,
        task: Task,
        passed: str,
        missed: str,
        *,
        gate: str = "",
        asked: int = 0,
        hoisted: dict[str, int] | None = None,
    ) -> list[str]:
        """Return the source of *task*.

        Args:
            passed: What is done when the rule holds; *missed* is what is done instead when it does not, if the rule
                ``starts_full``.
            gate: What is asked before the rule itself.
            asked: How many parts of ``when`` hold if the gate does.
            hoisted: As in ``Lowering``.
        """
        lowering = self.start(task, hoisted)
        tests = [lowering.code(part) for part in list(iterate_conditions(task.rule))[asked:]]
        tests = [*([gate] if gate else []), *(f"({test})" for test in tests)]
        if tests:
            body = [f"if {' and '.join(tests)}:", *indent(self.body(task, lowering, passed))]
            guarded = self.guard(task, body)
        else:
            guarded = self.guard(task, self.body(task, lowering, "", missed), missed)
        return ["z = clock()", *guarded, f"spent[{task.index}] += clock() - z"] if self.timed else guarded

    def guard(self, task: Task, lines: list[str], missed: str = "") -> list[str]:
        """Return *lines* with what is told when they fail."""
        return ["try:", *indent(lines), "except Exception as e:", f"    {self._tell(task, CRASH, 'e', 'None', missed)}"]

    def start(self, task: Task, hoisted: dict[str, int] | None = None) -> Lowering:
        """Return what lowers the expressions of *task*, in the order in which they run."""
        return Lowering(self.space, task.settings, self.roots, item=self.scope.name, hoisted=hoisted)

    def _tell(self, task: Task, ended: int, first: str, second: str, missed: str) -> str:
        # Last, since what is told may fail itself.
        return _then(f"out.append(({task.index}, {self.item}{ended}, {first}, {second}))", missed)

    def body(self, task: Task, lowering: Lowering, passed: str, missed: str = "", *, quiet: bool = False) -> list[str]:
        """Return what stands behind the conditions of *task*; *quiet* asks the item only, and tells nothing.

        One of *passed* and *missed* is nothing.
        """
        rule, inner = task.rule, list[str]()
        for name, checked in rule.let:
            inner.append(f"v_{name} = {lowering.code(checked.tree)}")
            lowering.keep_let(name, checked.tree)
        if quiet:
            tests = [f"({lowering.code(part)})" for part in list_sufficient(rule)]
            inner.append(f"if {' or '.join(tests)}: {passed}")
        else:
            holds = lowering.code(rule.assert_.tree)
            values = "".join(f"v_{name}, " for name, _ in rule.let)
            holes = "".join(f"{lowering.code(hole.tree)}, " for hole in rule.holes)
            told = self._tell(task, FAIL, f"({values})", f"({holes})", missed)
            inner += [f"if {holds}: {passed}", f"else: {told}"] if passed else [f"if not ({holds}): {told}"]
        lines: list[str] = []
        stated = set(iterate_stated(rule))
        for number, need in enumerate(rule.needs):
            if (rule.needed[number].root, rule.needed[number].path) in stated:
                continue
            lines.append(f"{'elif' if lines else 'if'} {lowering.code(need.tree)} is None:")
            lines += indent(["pass"] if quiet else self._lacking(task, number, need.tree, missed))
        return [*lines, "else:", *indent(inner)] if lines else inner

    def _lacking(self, task: Task, number: int, need: ast.expr, missed: str) -> list[str]:
        """A null is classified later, but the common not-applicable cases are passed over right here."""
        note = self._tell(task, LACKING, str(number), "None", "")
        test = self._find_unknown(need)
        return [*([f"if {test}: {note}"] if test else [note]), *([missed] if missed else [])]

    def _find_unknown(self, need: ast.expr) -> str:
        """Return what to ask of an item without *need*, if it is to be told of those only that it holds of."""
        if not isinstance(need, FieldRead) or not isinstance(need.base, ast.Name) or need.base.id != self.scope.name:
            return ""
        field = self.space.model.records[need.record].fields.get(need.path[0])
        if field is not None and field.key is not None and len(need.path) == 1:
            return f"{field.key!r} in {self.raw}"
        if need.path[0] == "target" and need.path[1] not in ("comparator", "unit"):
            kind = self.space.columns.ask(need.record, ("target", "kind"))
            return f"{self.roots[self.scope.name].prefix}{kind} in empty_kinds"
        return ""


def starts_full(task: Task, gate: str = "") -> bool:
    """Whether every item is asked *task*, so that those are counted which do not pass."""
    return not gate and not list(iterate_conditions(task.rule))


def _then(first: str, second: str) -> str:
    return f"{first}; {second}" if second else first


def indent(lines: Iterable[str]) -> list[str]:
    """Return *lines* one step further in."""
    return [f"    {line}" for line in lines]
