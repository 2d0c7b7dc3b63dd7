"""Sources → packs, every fault of them at once: the front door of this package."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from perflint.errors import PackError, Problem
from perflint.expression.definitions import describe_definitions
from perflint.finding import PackStamp
from perflint.language import say
from perflint.pack.build import Builder
from perflint.pack.files import is_path, shipped_packs
from perflint.pack.find import find_pack
from perflint.pack.header import read_applies_to
from perflint.pack.model import AppliesTo, Pack, Place, Rule
from perflint.pack.raw import RawPack, read_pack
from perflint.pack.requirement import meets_requirement
from perflint.pack.resolve import Resolver
from perflint.pack.state import State

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any


def load_pack(source: str | Path, *, thorough: bool | None = None) -> Pack:
    """Return one pack with everything it inherits.

    Args:
        source: A file, a folder, or the id of a shipped or installed pack.
        thorough: Read the examples of the rules too. By default those of every pack but the shipped ones, whose
            examples are read when asked for.

    Raises:
        PackError: Every problem of the pack and of those it extends, sorted by place.
    """
    (pack,) = load_packs([source], thorough=thorough)
    return pack


def load_packs(sources: Sequence[str | Path], *, thorough: bool | None = None) -> tuple[Pack, ...]:
    """Return packs that are to run together, each rule in one of them only.

    A pack that another one extends is not returned by itself. Packs that extend a common one are returned as one, in
    which each has its say; where two contradict each other, that is an error.

    Raises:
        PackError: As ``load_pack``; also two packs with one prefix, and rules with one id.
    """
    with _collector_paused():
        return _load(sources, thorough)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the garbage collector still.

    The parser's events all live until the end, and walking them over and over takes a third of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _load(sources: Sequence[str | Path], thorough: bool | None) -> tuple[Pack, ...]:
    problems: list[Problem] = []
    closure = _Closure(problems, thorough=thorough)
    wanted = closure.read(sources)
    if not closure.is_complete:
        raise _error(problems)
    closure.check_together(_in_order(wanted, closure.packs).values())
    resolver = Resolver(closure.packs, problems)
    packs = [_Assembly(closure, resolver, group, problems) for group in _group(wanted, resolver)]
    problems.extend(_shared_names([rule for pack in packs for rule in pack.rules], resolver))
    if problems:
        raise _error(problems)
    return tuple(pack.build() for pack in packs)


def _error(problems: list[Problem]) -> PackError:
    unique = dict.fromkeys(problems)
    return PackError(sorted(unique, key=lambda p: (p.path or "", p.line or 0, p.column or 0)))


class _Closure:
    """The packs asked for and all that they extend, by id."""

    def __init__(self, problems: list[Problem], *, thorough: bool | None) -> None:
        self._problems, self._thorough = problems, thorough
        self.packs: dict[str, RawPack] = {}
        self.is_complete = True

    def read(self, sources: Sequence[str | Path]) -> list[str]:
        """Read *sources* and what they extend; return the ids of *sources*, each once."""
        roots = [self._read(location) for location in self._locate(sources)]
        for root in roots:
            if root is not None:
                self._keep(root)
        for root in roots:
            if root is not None:
                self._follow(root, ())
        return list(dict.fromkeys(root.id for root in roots if root is not None))

    def _locate(self, sources: Sequence[str | Path]) -> Iterator[Path]:
        for source in sources:
            try:
                yield Path(find_pack(source))
            except PackError as error:
                self._problems.extend(error.problems)
                self.is_complete = False

    def _read(self, location: Path) -> RawPack | None:
        thorough = str(location) not in shipped_packs().values() if self._thorough is None else self._thorough
        pack = read_pack(location, self._problems, thorough=thorough)
        self.is_complete = self.is_complete and pack is not None
        return pack

    def _keep(self, pack: RawPack) -> RawPack:
        old = self.packs.setdefault(pack.id, pack)
        if old.sha256 != pack.sha256:
            message = say(f"两个不同的规则包都叫“{pack.id}”", f"two different packs are called '{pack.id}'")
            hint = say(f"另一个在 {old.location}", f"the other one is {old.location}")
            self._problems.append(pack.main.problem(message, ("pack", "id"), hint=hint))
        return old

    def _follow(self, pack: RawPack, below: tuple[str, ...]) -> None:
        if len(pack.parents) or pack.id in below:
            return
        if ("pack", "extends") in pack.bad:
            self.is_complete = False  # without what it extends, all that it changes would seem unknown
        for index, entry in enumerate(_extends_of(pack)):
            path = ("pack", "extends", index, "pack")
            parent = self._find_parent(pack, entry["pack"], path)
            if parent is None:
                self.is_complete = False
            elif parent.id in (*below, pack.id):
                chain = " → ".join((*below, pack.id, parent.id))
                message = say(f"规则包循环继承：{chain}", f"packs extend each other in a circle: {chain}")
                self._problems.append(pack.main.problem(message, path))
                self.is_complete = False
            else:
                self._check_version(pack, parent, entry, index)
                pack.parents.append(parent.id)
                self._follow(parent, (*below, pack.id))

    def _find_parent(self, pack: RawPack, name: str, path: tuple[str | int, ...]) -> RawPack | None:
        if not is_path(name) and name in self.packs:
            return self.packs[name]
        try:
            location = Path(find_pack(pack.main_folder / name if is_path(name) else name))
        except PackError as error:
            message, hint = error.problems[0].message, error.problems[0].hint
            self._problems.append(pack.main.problem(message, path, hint=hint))
            return None
        parent = self._read(location)
        return None if parent is None else self._keep(parent)

    def _check_version(self, pack: RawPack, parent: RawPack, entry: dict[str, Any], index: int) -> None:
        wanted, found = entry.get("version"), parent.version
        if wanted is not None and found is not None and not meets_requirement(found, wanted):
            message = say(f"需要 {parent.id} {wanted}，现有 {found}", f"needs {parent.id} {wanted}, found {found}")
            hint = say(f"位于 {parent.location}", f"it is at {parent.location}")
            self._problems.append(pack.main.problem(message, ("pack", "extends", index, "version"), hint=hint))

    def check_together(self, packs: Iterable[RawPack]) -> None:
        """Append a problem for each prefix that two packs share."""
        prefixes: dict[str, RawPack] = {}
        for pack in packs:
            other = pack if pack.prefix is None else prefixes.setdefault(pack.prefix, pack)
            if other is not pack:
                place = other.place(("pack", "prefix"), on_key=False)
                message = say(
                    f"前缀 {pack.prefix} 已属于 {other.id}", f"the prefix {pack.prefix} belongs to {other.id}"
                )
                hint = say(
                    f"见 {place}；同一前缀的包不能一起载入", f"see {place}; packs with one prefix do not load together"
                )
                self._problems.append(pack.main.problem(message, ("pack", "prefix"), hint=hint))


def _extends_of(pack: RawPack) -> list[dict[str, Any]]:
    written = pack.about.get("extends", [])
    return written if isinstance(written, list) and ("pack", "extends") not in pack.bad else []


def _group(wanted: list[str], resolver: Resolver) -> list[list[str]]:
    """Return the packs to load: those that no other one extends, together where they have an ancestor in common."""
    tops = [pack for pack in wanted if not any(pack in resolver.lineage(other) for other in wanted)]
    groups: list[list[str]] = []
    for top in tops:
        family = resolver.lineage(top)
        near = [group for group in groups if any(family & resolver.lineage(other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([*(other for group in near for other in group), top])
    return groups


class _Assembly:
    """One pack, or several that are taken together, being put together."""

    def __init__(self, closure: _Closure, resolver: Resolver, tops: list[str], problems: list[Problem]) -> None:
        self._packs, self._resolver = closure.packs, resolver
        self._tops = [closure.packs[top] for top in tops]
        self._members = tuple(_in_order(tops, closure.packs).values())
        self._state: State = resolver.resolve(tops)
        versions = {pack.id: pack.version for pack in self._members}
        self._builder = Builder(self._state, versions, resolver.broken, problems)
        self.rules = tuple(self._builder.build_rules())

    def build(self) -> Pack:
        """Return the pack, if there is no problem; a joint one has ids, versions and titles joined by ``+``."""
        state, tops = self._state, self._tops
        members = {pack.id for pack in self._members}
        parts = tuple(_stamp(pack) for pack in self._members)
        return Pack(
            id="+".join(pack.id for pack in tops),
            prefix="+".join(pack.prefix or "" for pack in tops),
            version="+".join(pack.version or "" for pack in tops),
            title={key: " + ".join(pack.about["title"][key] for pack in tops) for key in ("zh", "en")},
            applies_to=read_applies_to(dict(tops[0].about.get("applies_to", {}))) if len(tops) == 1 else AppliesTo(),
            params=dict(state.params),
            vocab={name: lexicon.freeze() for name, lexicon in state.vocab.items()},
            define=self._builder.definitions(),
            derived=self._builder.derived,
            defined=describe_definitions(self._builder.derived),
            rules=self.rules,
            retired=tuple(self._builder.build_retired()),
            forms=tuple(str(path) for pack in self._members for path in pack.form_files()),
            sha256=_joint_digest(parts),
            parts=parts,
            files=tuple(file.path for pack in self._members for file in pack.files),
            places=_places_of(state),
            path=str(tops[0].location) if len(tops) == 1 else None,
            outdated=tuple(mention for mention in self._resolver.outdated if mention.place.pack in members),
        )


def _in_order(tops: Iterable[str], packs: Mapping[str, RawPack]) -> dict[str, RawPack]:
    """Return *tops* and all that they extend, by id, each after what it extends."""
    found: dict[str, RawPack] = {}
    for top in tops:
        found |= _in_order(packs[top].parents, packs)
        found[top] = packs[top]
    return found


def _stamp(pack: RawPack) -> PackStamp:
    return PackStamp(id=pack.id, version=pack.version or "", sha256=pack.sha256)


def _joint_digest(parts: Sequence[PackStamp]) -> str:
    if len(parts) == 1:
        return parts[0].sha256
    return hashlib.sha256("".join(part.sha256 for part in parts).encode()).hexdigest()


def _places_of(state: State) -> dict[str, Place]:
    places = {f"params.{name}": param.place for name, param in state.params.items()}
    for name, lexicon in state.vocab.items():
        places[f"vocab.{name}"] = lexicon.place
        places |= {f"vocab.{name}.{word}": place for word, place in lexicon.moved()}
    return places | {f"define.{record}.{name}": s.place for (record, name), s in state.define.items()}


def _shared_names(rules: Iterable[Rule], resolver: Resolver) -> Iterator[Problem]:
    """Yield a problem for each rule name that two unrelated packs share."""
    first: dict[str, Place] = {}
    for rule in rules:
        other = first.setdefault(rule.name, rule.places["id"])
        if other != rule.places["id"]:
            message = say(f"规则名称“{rule.name}”重复", f"duplicate rule name '{rule.name}'")
            hint = say(f"另一处在 {other}", f"the other place is {other}")
            yield resolver.tell(rule.places["name"], message, hint)
