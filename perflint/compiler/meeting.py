"""Rules → source of what is asked of an item when it is met, so that it need not be asked when it is met again."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from perflint.compiler.joining import cannot_fail
from perflint.compiler.lowering import Local
from perflint.compiler.namespace import Namespace
from perflint.compiler.task import Task, is_settled, iterate_conditions, list_parents, looks_beyond
from perflint.compiler.writing import RuleWriter, indent, starts_full
from perflint.schema.model import Scope


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
        self.writer = RuleWriter(
            space, scope, {**roots, scope.name: Local(scope.record)}, raw="r", item="", timed=timed
        )
        full = sum(1 << place for place, task in enumerate(alone) if starts_full(task))
        self.lines = [f"passes = {full}", "gates = 0", "out = []"]
        for place, task in enumerate(alone):
            self.lines += self.writer.write(task, f"passes |= {1 << place}", f"passes ^= {1 << place}")
        for task in rest:
            self.lines += self._settle(task, len(alone)) if is_settled(task.rule) else self._gate(task)
        for task in outer:
            self.lines += self._gate(task)
        self.lines.append(f"if out: passes |= {1 << len(alone) + len(self.settled)}")

    def _settle(self, task: Task, before: int) -> list[str]:
        lowering = self.writer.start(task)
        parts = [part for part in iterate_conditions(task.rule) if not looks_beyond(part, self.scope)]
        tests = [f"({lowering.code(part)})" for part in parts]
        bit, settled = self._add_gate(task), 1 << before + len(self.settled)
        self.settled.append(task.index)
        asked = self.writer.body(task, lowering, f"gates ^= {bit}; passes |= {settled}", quiet=True)
        lines = [f"if {' and '.join(tests) or 'True'}:", f"    gates |= {bit}", *indent(asked)]
        return ["try:", *indent(lines), f"except Exception: gates |= {bit}"]

    def _gate(self, task: Task) -> list[str]:
        """Tell of the item by itself that ``when`` does not hold, or fails.

        What stands behind something that looks at more than the item is asked again; it tells nothing if what it
        stands behind can fail, since that it is not asked then must make no difference.
        """
        lowering, first, later = self.writer.start(task), list[str](), list[str]()
        beyond = False
        for part in iterate_conditions(task.rule):
            lowered = lowering.lower(part)
            if looks_beyond(part, self.scope):
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
        return self.writer.guard(task, [f"if {' and '.join(first)}:", *indent(lines)]) if first else lines

    def _add_gate(self, task: Task) -> int:
        self.gates[task.index] = 1 << len(self.gates)
        return self.gates[task.index]
