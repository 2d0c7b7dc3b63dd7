"""Packs → program: every enabled rule of the packs, compiled together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from types import MappingProxyType

from perflint.engine.cells import CellReader
from perflint.expression.view import Settings
from perflint.finding import PackStamp
from perflint.pack.model import Pack, Rule
from perflint.record import dataclass, field
from perflint.runtime.plan import Compiled, Plan, start_plan
from perflint.schema.model import Field, Model, Type, load_model

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

    from perflint.pack.model import Param


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Rules ready to run.

    Attributes:
        rules: The enabled rules of all packs, in pack order; ``ids`` are theirs.
        packs: Every pack that took part, inherited ones included.
        settings: By rule: what its expressions refer to.
        compiled: The generated functions.
        cells: Reads the cells of documents for them.
    """

    rules: tuple[Rule, ...]
    ids: tuple[str, ...]
    packs: tuple[PackStamp, ...]
    settings: tuple[Settings, ...] = field(repr=False)
    compiled: Compiled = field(repr=False)
    cells: CellReader = field(repr=False)


def compile_program(packs: Sequence[Pack], *, timed: bool = False, plan: Plan | None = None) -> Program:
    """Return the program of *packs*: one generated function for each scope that a rule uses.

    Args:
        timed: Measure the time spent in each rule.
        plan: The plan that an earlier call made for the same packs; what was ``timed`` then is timed now.
    """
    pairs = [(rule, settings) for pack in packs for rule, settings in _pair_rules(pack)]
    stamps = dict.fromkeys(stamp for pack in packs for stamp in pack.parts)
    compiled = start_plan(plan or _plan(packs, pairs, timed=timed))
    return Program(
        rules=tuple(rule for rule, _ in pairs),
        ids=tuple(rule.id for rule, _ in pairs),
        packs=tuple(stamps),
        settings=tuple(settings for _, settings in pairs),
        compiled=compiled,
        cells=CellReader(compiled),
    )


def _plan(packs: Sequence[Pack], pairs: Sequence[tuple[Rule, Settings]], *, timed: bool) -> Plan:
    # Imported here: a run whose plan was stored needs no compiler.
    from perflint.compiler.compile import Task, plan_rules

    model = load_model()
    for pack in packs:
        model = add_definitions(model, pack)
    tasks = [Task(index=i, rule=rule.checked, settings=settings) for i, (rule, settings) in enumerate(pairs)]
    return plan_rules(tasks, model, timed=timed)


def add_definitions(model: Model, pack: Pack) -> Model:
    """Return *model* with the fields that *pack* defines."""
    return model.with_fields(
        lambda record: {name: _define(name, kind) for name, (kind, _) in pack.defined.get(record, {}).items()}
    )


def _define(name: str, kind: Type) -> Field:
    return Field(name=name, type=kind, reading="define", title=name, title_en=name)


def _pair_rules(pack: Pack) -> Iterator[tuple[Rule, Settings]]:
    """Yield the enabled rules of *pack* with their settings, shared by all rules without own parameters."""
    model = add_definitions(load_model(), pack)
    vocab = cache(partial(_list_words, pack))
    shared = _settings(pack, model, vocab, {})
    for rule in pack.rules:
        if rule.enabled:
            yield rule, _settings(pack, model, vocab, rule.params) if rule.params else shared


def _settings(pack: Pack, model: Model, vocab: Callable[[], Mapping[str, Any]], own: Mapping[str, Param]) -> Settings:
    @cache
    def values() -> dict[str, Any]:
        return {**vocab(), **{f"params.{name}": own.get(name, param).value for name, param in pack.params.items()}}

    return Settings(model=model, values=values, definitions=lambda: pack.derived, defined=lambda: pack.defined)


def _list_words(pack: Pack) -> dict[str, Any]:
    return {f"vocab.{name}": _plain(words) for name, words in pack.vocab.items()}


def _plain(words: Any) -> Any:
    return dict(words) if isinstance(words, dict | MappingProxyType) else words
