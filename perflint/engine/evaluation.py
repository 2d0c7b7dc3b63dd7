"""A program on a document: verdict counts for every rule, and an outcome for all that did not pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from operator import sub

from perflint.document.model import Document
from perflint.engine.operands import list_operands, point_at
from perflint.engine.outcome import Outcome
from perflint.engine.program import Program
from perflint.engine.run import run_rules
from perflint.engine.walk import Items, walk_views
from perflint.engine.yielding import find_silent
from perflint.errors import EvaluationError
from perflint.expression.tree import CheckedRule, Place
from perflint.expression.view import View, missing_cell
from perflint.finding import Verdict
from perflint.language import say
from perflint.pack.model import Exemption, Rule
from perflint.record import dataclass
from perflint.runtime.cells import Missing, Raw, read_text
from perflint.runtime.plan import CRASH, FAIL
from perflint.schema.model import SCOPES, Type

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Counts:
    """How one rule ended on the items of one document."""

    selected: int = 0
    passed: int = 0
    failed: int = 0
    unknown: int = 0
    not_applicable: int = 0
    error: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Every rule of a program on one document.

    Attributes:
        selected, passed: By rule: all items, and those without fault.
        ended: By index of the rule and verdict: failures, unknowns and crashes, in numbers.
        outcomes: The same one by one.
        nanoseconds: Time by rule when the program was compiled for timing, else None.
    """

    document: Document
    selected: list[int]
    passed: list[int]
    ended: Counter[tuple[int, Verdict]]
    outcomes: tuple[Outcome, ...]
    nanoseconds: list[int] | None = None

    @property
    def counts(self) -> tuple[Counts, ...]:
        """By rule; selected = passed + failed + unknown + not_applicable + error."""
        return tuple(
            _count(selected, passed, *(self.ended[index, verdict] for verdict in _TOLD))
            for index, (selected, passed) in enumerate(zip(self.selected, self.passed, strict=True))
        )


def _count(selected: int, passed: int, failed: int, unknown: int, error: int) -> Counts:
    return Counts(selected, passed, failed, unknown, selected - passed - failed - unknown - error, error)


_TOLD = (Verdict.FAIL, Verdict.UNKNOWN, Verdict.ERROR)


# Rule, list positions of the item, verdict, let values, placeholder values, what was missing, what was raised.
_Ended: TypeAlias = (
    "tuple[int, tuple[int, ...], Verdict, tuple[Any, ...], tuple[Any, ...], Missing | None, Exception | None]"
)


def evaluate(program: Program, document: Document, *, engine: str = "compiled") -> Evaluation:
    """Return the verdicts of *program* on *document*.

    Args:
        engine: ``compiled``, or ``simpleeval`` for the slow reference evaluator; both give the same verdicts.
    """
    items = Items(document.data)
    run = _run_compiled if engine == "compiled" else _run_reference
    spent = list(program.compiled.nanoseconds) if program.compiled.plan.timed else None
    selected, passed, entries = run(program, document.data, items)
    ended: Counter[tuple[int, Verdict]] = Counter()
    outcomes = []
    for entry in entries:
        if entry[2] not in _TOLD:
            continue
        outcome = _tell(program, document, items, entry)
        if not _is_exempt(program.rules[outcome.rule], outcome, document.data):
            ended[outcome.rule, outcome.verdict] += 1
            outcomes.append(outcome)
    silent = find_silent(program.rules, outcomes)
    ended.subtract((outcomes[place].rule, Verdict.FAIL) for place in silent)
    return Evaluation(
        document=document,
        selected=selected,
        passed=passed,
        ended=ended,
        outcomes=tuple(one for place, one in enumerate(outcomes) if place not in silent),
        nanoseconds=list(map(sub, program.compiled.nanoseconds, spent)) if spent is not None else None,
    )


def _run_compiled(program: Program, data: Raw, items: Items) -> tuple[list[int], list[int], Iterator[_Ended]]:
    try:
        selected, passed, out = run_rules(program, data)
    except Exception:  # noqa: BLE001 - a definition may crash in any way; which rules read it, the reference knows
        return _run_reference(program, data, items)
    return selected, passed, (_classify(program, items, entry) for entry in out)


def _classify(program: Program, items: Items, entry: tuple[Any, ...]) -> _Ended:
    rule, at, number, ended, first, second = entry
    places = () if program.rules[rule].checked.scope.name == "document" else (*at, number)
    if ended == FAIL:
        return rule, places, Verdict.FAIL, first, second, None, None
    if ended == CRASH:
        return rule, places, Verdict.ERROR, (), (), None, first
    checked = program.rules[rule].checked
    need = checked.needed[first]
    raw = items.find(checked.scope, places)[need.root][0]
    missing = missing_cell(need, {need.root: View(SCOPES[need.root].record, raw)}, program.settings[rule])
    verdict = Verdict.UNKNOWN if missing.is_unknown else Verdict.NOT_APPLICABLE
    return rule, places, verdict, (), (), missing, None


def _run_reference(program: Program, data: Raw, items: Items) -> tuple[list[int], list[int], Iterator[_Ended]]:
    # Imported here: simpleeval, which a run of the compiled program does not need.
    from perflint.expression.reference import evaluate_rule

    selected, passed = [0] * len(program.rules), [0] * len(program.rules)
    ended: list[_Ended] = []
    for index, (rule, settings) in enumerate(zip(program.rules, program.settings, strict=True)):
        for places, roots in walk_views(rule.checked.scope, data):
            result = evaluate_rule(rule.checked, roots, settings)
            selected[index] += 1
            passed[index] += result.verdict is Verdict.PASS
            if result.verdict in _TOLD:
                ended.append((index, places, result.verdict, result.values, result.holes, result.missing, result.error))
    return selected, passed, iter(ended)


def _tell(program: Program, document: Document, items: Items, entry: _Ended) -> Outcome:
    index, places, verdict, values, holes, missing, error = entry
    checked = program.rules[index].checked
    records = items.find(checked.scope, places)
    item = records[checked.scope.name][1]
    _, root, path = _choose_place(checked, values)
    return Outcome(
        rule=index,
        verdict=verdict,
        item=item,
        at=point_at(records[root][1], path, records[root][0]) if checked.scope.name != "cell" else item,
        values=name_values(checked, values),
        holes=tuple(map(_plain, holes)),
        reason=_reason(missing, error),
        operands=tuple(list_operands(checked.operands, records, program.settings[index], document.data)),
    )


def _choose_place(checked: CheckedRule, values: Iterable[object]) -> Place:
    """Return where a finding with these ``let`` *values* points."""
    if checked.at[0].flag is None:
        return checked.at[0]
    held = {name for (name, _), value in zip(checked.let_types, values, strict=False) if value not in (None, False)}
    return next(place for place in checked.at if place.flag is None or place.flag in held)


def name_values(checked: CheckedRule, values: Iterable[object]) -> dict[str, object]:
    """Return the ``let`` *values*, in their order, by name: those that can be shown."""
    return {
        name: _plain(value) for (name, kind), value in zip(checked.let_types, values, strict=False) if _is_plain(kind)
    }


def _is_plain(kind: Type) -> bool:
    """Whether a value can be shown: records, and lists of them, are steps on the way to something that can."""
    return kind.kind in ("text", "number", "bool", "date") or (kind.kind == "list" and _is_plain(kind.item or kind))


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _reason(missing: Missing | None, error: Exception | None) -> str | None:
    if error is not None:
        text = str(error) or type(error).__name__
        if isinstance(error, EvaluationError):
            return say(f"规则没有运行完：{text}", f"the rule did not end: {text}")
        return say(f"规则运行出错：{type(error).__name__}：{text}", f"the rule crashed: {type(error).__name__}: {text}")
    if missing is None:
        return None
    if missing.reason == "blank":
        return say(f"“{missing.title}”为空", f"'{missing.title_en}' is blank")
    return say(f"“{missing.title}”读不出含义", f"'{missing.title_en}' cannot be read")


def _is_exempt(rule: Rule, outcome: Outcome, data: Raw) -> bool:
    return any(_matches(exemption, outcome, data) for exemption in rule.exempt)


def _matches(exemption: Exemption, outcome: Outcome, data: Raw) -> bool:
    steps = outcome.item.split("/")
    table = data["tables"][int(steps[2])] if len(steps) > 2 and steps[1] == "tables" else {}
    row = table["indicators"][int(steps[4])] if len(steps) > 4 and steps[3] == "indicators" else {}
    owner = {**(data.get("organization") or {}), **{k: v for k, v in (table.get("organization") or {}).items() if v}}
    division = exemption.division
    if division is not None and not (owner.get("division_code") or "").startswith(division):
        return False
    tests = (
        (exemption.organization, owner.get("name")),
        (exemption.table, table.get("title") or (table.get("project") or {}).get("name")),
        (exemption.indicator, row.get("name")),
    )
    return all(_fits(pattern, cell) for pattern, cell in tests if pattern is not None)


def _fits(pattern: str, cell: str | None) -> bool:
    from fnmatch import fnmatchcase  # hardly any rule has exemptions

    return fnmatchcase(read_text(cell) or "", pattern)
