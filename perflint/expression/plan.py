"""A compiled program laid down as plain data, and brought to life: all that a run needs of the compiler.

A plan can be stored and read back. It holds the code of the generated functions, the constants they name, and which
memos to set up; the memos and the functions of the language are the living process's own.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping
from time import perf_counter_ns
from types import CodeType

from perflint import interpret
from perflint.expression.calls import SPECIAL_CALLS
from perflint.expression.facts import memos
from perflint.expression.memo import Memo
from perflint.functions import FUNCTIONS, bare_text
from perflint.record import dataclass
from perflint.schema.model import SCOPES, Model, Scope, Type, load_model
from perflint.typed import NamedTuple, final

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

FAIL, LACKING, CRASH = 0, 1, 2
"""What an entry of a scope function's output says: assertion failed, a need was null, an exception."""

_EMPTY_KINDS = frozenset({"empty", "unparsed"})


class Reader(NamedTuple):
    """A memo of a function that reads one text: its name, that argument's position, the other arguments."""

    function: str
    place: int
    constants: tuple[Any, ...]


class RuleFunction(NamedTuple):
    """A generated function of rules: its name, its scope, and the program indexes of its rules.

    Attributes:
        alone: Whether its rules look at nothing but the item itself.
    """

    name: str
    scope: str
    rules: tuple[int, ...]
    alone: bool


@final
class Plan:
    """What ``start_plan`` needs.

    Attributes:
        code: The generated module; ``source`` is its text, None when the plan was stored.
        constants, readers: By the global names that the code uses.
        lists: (record, path of a list) → column.
        functions: The generated functions of rules.
        rules: How many rules there are.
        timed: Whether there is a clock around every rule.
    """

    __slots__ = ("code", "constants", "functions", "lists", "readers", "rules", "source", "timed")

    def __init__(
        self,
        *,
        source: str,
        constants: Mapping[str, Any],
        readers: Mapping[str, Reader],
        lists: Mapping[tuple[str, tuple[str, ...]], int],
        functions: tuple[RuleFunction, ...],
        rules: int,
        timed: bool,
    ) -> None:
        self.source: str | None = source
        self.code: CodeType = compile(source, "<rules>", "exec")
        self.constants, self.readers, self.lists = constants, readers, lists
        self.functions, self.rules, self.timed = functions, rules, timed

    def __getstate__(self) -> Any:
        rest = self.constants, self.readers, self.lists, self.functions, self.rules, self.timed
        return marshal.dumps(self.code), *rest

    def __setstate__(self, state: Any) -> None:
        code, self.constants, self.readers, self.lists, self.functions, self.rules, self.timed = state
        # Bytes of the pickle that this object came from, and so as trustworthy as that.
        self.code = marshal.loads(code)  # noqa: S302
        self.source = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeFunction:
    """A generated function ``call(parents…, rows, at, out) -> passes``.

    Attributes:
        rules: Program indexes of its rules; ``passes`` are their pass counts in this order.
        alone: As in ``RuleFunction``; it takes no parents then.
    """

    scope: Scope
    rules: tuple[int, ...]
    call: Any
    alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """All generated functions of a program.

    Attributes:
        plan: What they were made from.
        facts: ``facts(document data) -> tuple``.
        lists: (record, path of a list) → column, for walking the scopes.
        nanoseconds: By rule, when compiled with ``timed``.
    """

    plan: Plan
    facts: Any
    lists: Mapping[tuple[str, tuple[str, ...]], int]
    scopes: tuple[ScopeFunction, ...]
    nanoseconds: list[int]


def start_plan(plan: Plan) -> Compiled:
    """Return the functions of *plan*, with memos that remember nothing yet."""
    nanoseconds = [0] * plan.rules
    space = _namespace(plan, nanoseconds)
    # The code holds no text of a pack: its constants are in the namespace, its names were checked.
    exec(plan.code, space)  # noqa: S102
    return Compiled(
        plan=plan,
        facts=space["facts_document"],
        lists=plan.lists,
        scopes=tuple(
            ScopeFunction(scope=SCOPES[scope], rules=rules, call=space[name], alone=alone)
            for name, scope, rules, alone in plan.functions
        ),
        nanoseconds=nanoseconds,
    )


def _namespace(plan: Plan, nanoseconds: list[int]) -> dict[str, Any]:
    model = load_model()
    parts = Type("list", item=model.records["indicator"].fields["target"].type)
    return {
        "__builtins__": {},
        **memos(),
        "folded_units": Memo(interpret.fold_unit),
        "bare_texts": Memo(bare_text),
        **{f"f_{name}": function.call for name, function in FUNCTIONS.items()},
        **{f"f_{name}": call for name, call in SPECIAL_CALLS.items()},
        "as_tuples": lambda value: as_tuples(value, model, parts),
        "Exception": Exception,
        "enumerate": enumerate,
        "len": len,
        "empty_kinds": _EMPTY_KINDS,
        "clock": perf_counter_ns,
        "spent": nanoseconds,
        **plan.constants,
        **{label: Memo(_reader(reader, model)) for label, reader in plan.readers.items()},
    }


def _reader(reader: Reader, model: Model) -> Callable[[Any], Any]:
    before, after = reader.constants[: reader.place], reader.constants[reader.place :]
    if reader.function in SPECIAL_CALLS:
        special = SPECIAL_CALLS[reader.function]
        return lambda text: special(*before, text, *after)
    call, result = FUNCTIONS[reader.function].call, FUNCTIONS[reader.function].result
    if result.kind not in ("record", "list") or (result.item is not None and result.item.record is None):
        return lambda text: call(*before, text, *after)
    return lambda text: as_tuples(call(*before, text, *after), model, result)


def as_tuples(value: Any, model: Model, kind: Type) -> Any:
    """Return a reader's result as the tuples that generated code indexes by the model's field order."""
    if value is None or kind.kind not in ("record", "list"):
        return value
    if kind.kind == "list":
        return [as_tuples(item, model, kind.item or kind) for item in value]
    fields = model.records[kind.record or ""].fields.values()
    return tuple(as_tuples(getattr(value, f.name), model, f.type) for f in fields)
