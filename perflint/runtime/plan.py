"""A compiled program laid down as plain data, and brought to life: all that a run needs of the compiler.

A plan can be stored and read back. It holds the code of the generated functions, the constants they name, and which
memos to set up; the memos and the functions of the language are the living process's own.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import compress
from time import perf_counter_ns
from types import CodeType

from perflint import interpret
from perflint.functions import FUNCTIONS, bare_text, places
from perflint.record import dataclass
from perflint.runtime.calls import SPECIAL_CALLS
from perflint.runtime.cells import AMOUNTS, NUMBERS, PERCENTS, TARGETS, TEXTS, extra_lines, shown
from perflint.runtime.memo import Memo
from perflint.runtime.met import GATES, KEEPING, KeptLists, MetItems, MetRows
from perflint.runtime.readers import Reader, add_filler, as_tuples, open_call, start_memo
from perflint.runtime.rows import (
    find_holding,
    find_sharing,
    fold_cell,
    group_rows,
    index_rarest,
    index_texts,
    pick_rows,
)
from perflint.runtime.sieve import Sieve, open_sieve
from perflint.runtime.texts import CELL_TEXTS, remember_texts, start_texts
from perflint.schema.model import SCOPES, Scope, list_of, load_model, record_of
from perflint.typed import NamedTuple, final

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

    from perflint.runtime.texts import Slotted

FAIL, LACKING, CRASH = 0, 1, 2
"""What an entry of a scope function's output says: assertion failed, a need was null, an exception."""

_EMPTY_KINDS = frozenset({"empty", "unparsed"})


_CELL_READERS: Mapping[str, Any] = {
    # Bound, and so called at once: to subscribe what is a dictionary but for its class takes twice as long.
    "texts": TEXTS.__getitem__,
    "numbers": NUMBERS.__getitem__,
    "percents": PERCENTS.__getitem__,
    "targets": TARGETS.__getitem__,
    "amounts": AMOUNTS.__getitem__,
    "shown": shown,
    "extra_lines": extra_lines,
    "group_rows": group_rows,
    "fold_cell": fold_cell,
    "index_rarest": index_rarest,
    "index_texts": index_texts,
    "find_holding": find_holding,
    "find_sharing": find_sharing,
    "pick_rows": pick_rows,
    "nothing": {},
    "Decimal": Decimal,
    "str": str,
}
"""What generated code reads cells with, and finds rows by."""


class RuleFunction(NamedTuple):
    """The rules of a scope that are in one function, by their program indexes.

    Attributes:
        name: Of the function in the generated code, which has none where no rule is asked any more.
        met: Whether the items were asked when they were met: the first *alone* rules, and *settled* others as far as
            the item decides, see ``compiler.meeting``.
        kept: Whether the items stand in one that keeps what became of them, see ``KeptLists``.
        columns: As in ``ScopeFunction``.
    """

    name: str
    scope: str
    rules: tuple[int, ...]
    met: bool
    alone: int
    settled: int
    kept: bool
    columns: tuple[int, ...]


@final
class Plan:
    """What ``start_plan`` needs.

    Attributes:
        codes: The generated functions; ``source`` is their text, None when the plan was stored.
        constants: By the global names that the code uses.
        memos, fillers: Functions that read a text, by the global names of what remembers their results: by text, or in
            the slots of the text.
        slots: By the global name of a column of texts, what is known of the functions that read it.
        functions: The rules of each scope, in the function that the code has for it.
        met: Records whose rows are remembered.
        rules: How many rules there are.
        timed: Whether there is a clock around every rule.
    """

    __slots__ = ("codes", "constants", "fillers", "functions", "memos", "met", "rules", "slots", "source", "timed")

    def __init__(
        self,
        *,
        sources: Sequence[str],
        constants: Mapping[str, Any],
        memos: Mapping[str, Reader],
        fillers: Mapping[str, Reader],
        slots: Mapping[str, Sieve],
        functions: tuple[RuleFunction, ...],
        met: tuple[str, ...],
        rules: int,
        timed: bool,
    ) -> None:
        self.source: str | None = "\n".join(sources)
        # One by one: what Python makes of a text on the way takes a hundred times the room of the text.
        self.codes: tuple[CodeType, ...] = tuple(compile(source, "<rules>", "exec") for source in sources)
        self.constants, self.memos, self.fillers, self.slots = constants, memos, fillers, slots
        self.functions, self.met, self.rules, self.timed = functions, met, rules, timed

    def __getstate__(self) -> Any:
        readers = self.memos, self.fillers, self.slots
        whole = self.functions, self.met, self.rules, self.timed
        return marshal.dumps(tuple(map(_without_lines, self.codes))), self.constants, readers, whole

    def __setstate__(self, state: Any) -> None:
        codes, self.constants, readers, whole = state
        self.functions, self.met, self.rules, self.timed = whole
        self.memos, self.fillers, self.slots = readers
        # Bytes of the pickle that this object came from, and so as trustworthy as that.
        self.codes = marshal.loads(codes)  # noqa: S302
        self.source = None


def _without_lines(code: CodeType) -> CodeType:
    """Return *code* without where each step stands in a text that nobody sees, which is two fifths of it."""
    if sys.implementation.name != "cpython":
        return code
    steps = len(code.co_code) // 2
    # A byte says of one to eight steps that they stand nowhere, see "Objects/locations.md" of CPython.
    nowhere = b"\xff" * (steps // 8) + bytes([0xF7 + steps % 8] if steps % 8 else [])
    inner = (_without_lines(one) if isinstance(one, CodeType) else one for one in code.co_consts)
    lean = code.replace(co_consts=tuple(inner), co_linetable=nowhere)
    return lean if {*lean.co_positions()} <= {(None, None, None, None)} else code


@dataclass(frozen=True, slots=True)
class ScopeFunction:
    """The rules of a scope as a function ``call(parents…, rows, at, out) -> passes``.

    Attributes:
        rules: Program indexes of its rules; ``passes`` are their pass counts in this order.
        columns: Where the list of its items is found: the column of the document, then that of an item there, …
    """

    scope: Scope
    rules: tuple[int, ...]
    call: Any
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """All generated functions of a program.

    Attributes:
        plan: What they were made from.
        facts: ``facts(document data) -> tuple``.
        texts: By the name of a column of texts, what remembers them and their slots.
        met: Records whose rows are remembered, see ``MetRows``.
        meet_cell: What a cell is met with: its columns → them, and what ``Meeting`` asked; None without rules of cells.
        read_text: Returns a folded text and its slots, for the texts of other columns.
        places: By rule, where it stands among the rules of all *scopes*.
        nanoseconds: By rule, when compiled with ``timed``.
    """

    plan: Plan
    facts: Any
    texts: Mapping[str, Memo]
    met: tuple[str, ...]
    meet_cell: Any
    read_text: Callable[[str | None], Slotted]
    scopes: tuple[ScopeFunction, ...]
    places: tuple[int, ...]
    nanoseconds: list[int]


def start_plan(plan: Plan) -> Compiled:
    """Return the functions of *plan*, with memos that remember nothing yet."""
    nanoseconds = [0] * plan.rules
    cells = plan.slots.get(CELL_TEXTS) or open_sieve(0)
    space = _namespace(plan, nanoseconds)
    texts = {label: remember_texts(sieve, cells) for label, sieve in plan.slots.items()}
    space |= {label: memo.__getitem__ for label, memo in texts.items()}
    for code in plan.codes:
        # It holds no text of a pack: its constants are in the namespace, its names were checked.
        exec(code, space)  # noqa: S102
    for record in plan.met:
        space[f"met_{record}"].read = space[f"facts_{record}"]
    return Compiled(
        plan=plan,
        facts=space["facts_document"],
        texts=texts,
        read_text=start_texts(cells, cells),
        met=plan.met,
        meet_cell=space.get("meet_cell"),
        scopes=tuple(_start_function(function, space) for function in plan.functions),
        places=_find_places([rule for function in plan.functions for rule in function.rules]),
        nanoseconds=nanoseconds,
    )


def _find_places(rules: list[int]) -> tuple[int, ...]:
    return tuple(sorted(range(len(rules)), key=rules.__getitem__))


def _start_function(function: RuleFunction, space: Mapping[str, Any]) -> ScopeFunction:
    loop, scope = space.get(function.name), function.scope
    call: Any = MetItems(loop, function.alone, function.settled).judge if function.met else loop
    if function.kept:
        call = KeptLists(call, scope).judge
    return ScopeFunction(SCOPES[scope], function.rules, call, function.columns)


def _namespace(plan: Plan, nanoseconds: list[int]) -> dict[str, Any]:
    model = load_model()
    parts = list_of(record_of("target"))
    space: dict[str, Any] = {
        "__builtins__": {},
        **_CELL_READERS,
        "folded_units": Memo(interpret.fold_unit),
        "bare_texts": Memo(bare_text),
        **{f"f_{name}": open_call(function, model) for name, function in FUNCTIONS.items()},
        **{f"f_{name}": call for name, call in SPECIAL_CALLS.items()},
        "as_tuples": lambda value: as_tuples(value, model, parts),
        "Exception": Exception,
        "compress": compress,
        "enumerate": enumerate,
        "gates_of": GATES,
        "len": len,
        "map": map,
        "count_places": places,
        "str": str,
        "empty_kinds": _EMPTY_KINDS,
        "clock": perf_counter_ns,
        "spent": nanoseconds,
        **plan.constants,
    }
    space |= {f"met_{record}": MetRows(KEEPING[record]) for record in plan.met}
    for label, reader in plan.memos.items():
        space[label] = start_memo(reader, model).__getitem__
    for label, reader in plan.fillers.items():
        add_filler(space, label, reader, model)
    return space
