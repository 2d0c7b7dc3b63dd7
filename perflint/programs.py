"""Packs → programs: which packs a document is checked against, each combination compiled once."""

from __future__ import annotations

from _thread import allocate_lock  # threading itself would be loaded for this alone
from collections.abc import Iterable, Iterator

from perflint.config.loading import AUTO
from perflint.document.model import Document
from perflint.engine.program import Program, compile_program
from perflint.errors import ConfigError, DocumentError, PackError, Problem
from perflint.finding import Notice, PackStamp
from perflint.language import say
from perflint.pack.files import list_form_files
from perflint.pack.find import auto_packs, known_packs
from perflint.pack.freshness import stamp_code
from perflint.pack.model import Pack, Rule
from perflint.pack.stored import recall_packs
from perflint.record import dataclass
from perflint.runtime.plan import Plan
from perflint.selection import Selection, Teller, refuse_unknown
from perflint.store import read_entry, write_entry

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any, NoReturn, TypeAlias

# The packs of a program, as a user names them, in the order of loading.
Key: TypeAlias = "tuple[str | Path, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBook:
    """All rules of a run, whichever documents they were for, and the packs they come from.

    Attributes:
        outdated: A notice for each place where one of the packs means a rule by a former name, or a deprecated one.
    """

    rules: tuple[Rule, ...]
    packs: tuple[PackStamp, ...]
    outdated: tuple[Notice, ...] = ()


class Programs:
    """The programs of a linter. May be pickled and shared between threads.

    Args:
        packs: Ids, paths, and ``auto``.
        tell: Words the problem of a selection that means no rule.
        timed: Whether the time in each rule is measured.

    Attributes:
        outdated: A notice for each entry of the selection that means a rule by a former name, or a deprecated one.
        broken: What is wrong with installed packs of which nobody knows which documents they are for.

    Raises:
        PackError: A pack is not found or not sound.
        ConfigError: The selection names no rule, or leaves none.
    """

    def __init__(self, packs: Iterable[str | Path], selection: Selection, *, tell: Teller, timed: bool = False) -> None:
        named = tuple(packs)
        self._named: Key = tuple(pack for pack in named if pack != AUTO)
        self._auto = AUTO in named or not named
        self._selection, self._timed = selection, timed
        self._packs: dict[Key, tuple[Pack, ...]] = {}
        self._failed: dict[Key, PackError] = {}
        self._programs: dict[Key, Program] = {}
        self._books: dict[tuple[Key, ...], RuleBook] = {}
        self._lock = allocate_lock()
        self.broken = _broken_packs() if self._auto else ()
        self.outdated = self._list_outdated(self._check_selection(tell), tell)

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what another process makes for itself."""
        return {**self.__dict__, "_programs": {}, "_books": {}, "_lock": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, _lock=allocate_lock())

    def prepare(self, document: Document) -> Key:
        """Return the packs that *document* is checked against, ready to run.

        Raises:
            DocumentError: A pack that joins in for it cannot be used.
            PackError: One cannot that takes part whatever the document.
        """
        try:
            key = self._choose(document)
            self.get(key)
        except PackError as error:
            self.get(self._base())
            raise DocumentError(_describe_loss(document, error)) from None
        return key

    def _choose(self, document: Document) -> Key:
        if not self._auto:
            return self._named
        division, name = _owner_of(document.data)
        forms = {table["form"] for table in document.data["tables"] if table.get("form")}
        return self._with_auto(auto_packs(division, name, forms))

    def get(self, key: Key) -> Program:
        """Return the program of these packs.

        Raises:
            PackError: A pack is not sound, or two of them contradict each other.
        """
        program = self._programs.get(key)
        if program is None:
            packs = self._load(key)
            with self._lock:
                program = self._programs.get(key)
                if program is None:
                    program = self._programs[key] = self._compile(packs)
        return program

    def find_forms(self) -> tuple[str, ...]:
        """Return the form templates of all packs that could take part, for reading original files."""
        inherited = (form for pack in self._load(self._base()) for form in pack.forms)
        folders = known_packs().values() if self._auto else ()
        joining = (form for folder in folders for form in list_form_files(folder))
        return tuple(dict.fromkeys((*inherited, *joining)))

    def collect(self, keys: Iterable[Key]) -> RuleBook:
        """Return the rules that run with any of *keys*; with none, those that run on every document."""
        chosen = tuple(keys) or (self._base(),)
        book = self._books.get(chosen)
        if book is None:
            book = self._books[chosen] = self._collect(chosen)
        return book

    def _collect(self, keys: Iterable[Key]) -> RuleBook:
        rules: dict[str, Rule] = {}
        stamps: dict[PackStamp, None] = {}
        outdated: dict[Notice, None] = {}
        for key in keys:
            packs = self._load(key)
            stamps.update(dict.fromkeys(stamp for pack in packs for stamp in pack.parts))
            outdated.update(dict.fromkeys(notice for pack in packs if pack.outdated for notice in _note(pack)))
            for pack in self._selection.apply(packs):
                for rule in pack.rules:
                    rules.setdefault(rule.id, rule)
        if not rules and self._selection.is_empty:
            self._refuse_nothing()
        return RuleBook(rules=tuple(rules.values()), packs=tuple(stamps), outdated=tuple(outdated))

    def _compile(self, packs: tuple[Pack, ...]) -> Program:
        """Return the program, by a plan of an earlier run if the packs and the selection were the same."""
        chosen = self._selection.apply(packs)
        stamp = (stamp_code(), [(pack.sha256, [rule.id for rule in pack.rules]) for pack in chosen])
        name = repr(("plan", [part.id for pack in packs for part in pack.parts], self._selection, self._timed))
        plan: Plan | None = read_entry(name, stamp.__eq__, lambda: self._plan(chosen))
        program = compile_program(chosen, timed=self._timed, plan=plan)
        if plan is None:
            write_entry(name, stamp, program.compiled.plan)
        return program

    def _plan(self, chosen: tuple[Pack, ...]) -> Plan:
        return compile_program(chosen, timed=self._timed).compiled.plan

    def _base(self) -> Key:
        return self._with_auto(auto_packs(None, None)) if self._auto else self._named

    def _with_auto(self, found: Iterable[str]) -> Key:
        return (*self._named, *(pack for pack in found if pack not in self._named))

    def _load(self, key: Key) -> tuple[Pack, ...]:
        packs = self._packs.get(key)
        if packs is None:
            if key in self._failed:
                raise self._failed[key]
            try:
                packs = self._packs[key] = recall_packs(key)
            except PackError as error:
                self._failed[key] = error  # documents of one place come by the thousand
                raise
        return packs

    def _check_selection(self, tell: Teller) -> tuple[Pack, ...]:
        """Refuse a selection that means nothing; return the packs in which it means something."""
        if self._auto and not self._named and self._selection.is_empty:
            return ()  # which packs are needed shows with the first document, and nothing was asked that could be wrong
        packs = self._load(self._base())
        if self._selection.unknown_in(packs) or not self._count(packs):
            # What is meant may belong to a pack that joins in for some documents only.
            packs, failed = self._all_packs()
            unknown = self._selection.unknown_in(packs)
            if unknown and failed:
                raise PackError(problem for error in failed for problem in error.problems)
            refuse_unknown(unknown, packs, tell)
            if not self._count(packs):
                self._refuse_nothing()
        return packs

    def _list_outdated(self, packs: tuple[Pack, ...], tell: Teller) -> tuple[Notice, ...]:
        found = self._selection.outdated_in(packs)
        if not found:
            return ()
        from perflint.report.notices import note_outdated  # hardly anybody needs it

        def note(setting: str, entry: str, rule: Rule) -> Notice:
            return note_outdated(entry, rule, lambda message, hint: tell(message, setting, entry, hint))

        return tuple(note(*entry) for entry in found)

    def _refuse_nothing(self) -> NoReturn:
        message = say("没有要运行的规则", "no rule is left to run")
        asked = self._selection.select or self._selection.ignore
        hint = say("看看 select 和 ignore", "look at select and ignore") if asked else None
        raise ConfigError(Problem(message=message, hint=hint))

    def _count(self, packs: Iterable[Pack]) -> int:
        return sum(len(pack.rules) for pack in self._selection.apply(packs))

    def _all_packs(self) -> tuple[tuple[Pack, ...], list[PackError]]:
        """Return every pack that could take part, and why others could not."""
        packs, failed = [*self._load(self._base())], []
        for pack in known_packs() if self._auto else ():
            try:
                packs += self._load((pack,))
            except PackError as error:
                failed.append(error)
        return tuple(packs), failed


def _broken_packs() -> tuple[Problem, ...]:
    from perflint.pack.installed import broken_packs  # only where packs join in by themselves

    return broken_packs()


def _note(pack: Pack) -> Iterator[Notice]:
    from perflint.report.notices import note_mentions  # hardly any pack has them

    return note_mentions(pack)


def _describe_loss(document: Document, error: PackError) -> Problem:
    first = error.problems[0]
    message = say(
        f"没有检查：为它加入的规则包用不了（{first.headline}）",
        f"not checked: a pack that joins in for it cannot be used ({first.headline})",
    )
    return Problem(message=message, path=document.path, hint=first.hint)


def _owner_of(data: dict[str, Any]) -> tuple[str | None, str | None]:
    """Return division code and organization name: the document's, else those of its first table that names any."""
    owners = [data.get("organization"), *(table.get("organization") for table in data["tables"])]
    stated = [owner for owner in owners if owner]
    division = next((owner["division_code"] for owner in stated if owner.get("division_code")), None)
    return division, next((owner["name"] for owner in stated if owner.get("name")), None)
