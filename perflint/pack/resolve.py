"""Packs as written → one state: extends, overrides, vocabulary changes and ``replaces`` applied, in that order of rank.

Every fault is collected; a part that is at fault keeps its inherited value, so that the rest can still be checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from perflint.errors import Problem
from perflint.language import say
from perflint.pack.lexicon import change_lexicon, is_change, open_lexicon
from perflint.pack.merge import Merger
from perflint.pack.model import Exemption, Mention, Place
from perflint.pack.param import PARAM_TYPES, declare_param, read_value, stand_in
from perflint.pack.raw import RawPack, RawRule, make_place
from perflint.pack.shape import Fault
from perflint.pack.state import Draft, Setting, State
from perflint.pack.strict_yaml import Path, YamlFile
from perflint.pack.suggest import did_you_mean, find_close, name_choices
from perflint.record import replace

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

_WORD = re.compile(r"[^\s,:{}\[\]]+")
_PLAIN_SETTINGS = ("severity", "enabled", "message", "fix")


class Resolver:
    """Resolves packs that were read together.

    Args:
        packs: Every pack by id, with the packs they extend.
        problems: Everything wrong is appended.

    Attributes:
        broken: Names of parameters, vocabularies and fields whose declaration is at fault: what uses them is not told.
        outdated: Where packs mean a rule by a former name, or one that is deprecated.
    """

    def __init__(self, packs: Mapping[str, RawPack], problems: list[Problem]) -> None:
        self._packs, self._problems = packs, problems
        self._files = {file.path: file for pack in packs.values() for file in pack.files}
        self._lineage: dict[str, frozenset[str]] = {}
        for pack in packs.values():
            self._find_lineage(pack.id)
        self._done: dict[str, State] = {}
        self.broken: set[str] = set()
        self.outdated: list[Mention] = []

    def lineage(self, pack: str) -> frozenset[str]:
        """Return the ids of all packs that *pack* extends, directly or not."""
        return self._lineage[pack]

    def _find_lineage(self, pack: str) -> frozenset[str]:
        if pack not in self._lineage:
            parents = self._packs[pack].parents
            self._lineage[pack] = frozenset(parents).union(*(self._find_lineage(parent) for parent in parents))
        return self._lineage[pack]

    def resolve(self, packs: Iterable[str]) -> State:
        """Return what *packs* offer together."""
        state = State()
        # Made anew each time: kept, it would close a circle that holds every parsed file until the next collection.
        merger = Merger(self._lineage, self.tell, self._problems)
        for pack in packs:
            if pack not in self._done:
                self._done[pack] = _Layer(self, self._packs[pack], self.resolve(self._packs[pack].parents)).apply()
            state = merger.merge(state, self._done[pack])
        return state.copy()

    def tell(self, place: Place, message: str, hint: str | None) -> Problem:
        """Return a problem at *place*."""
        file = self._files[place.file]
        word = _WORD.match(file.lines[place.line - 1], place.column - 1)
        width = len(word[0]) if word is not None else 1
        return file.problem_at(message, place.line - 1, place.column - 1, width=width, hint=hint)

    def add(self, problem: Problem) -> None:
        """Note a problem."""
        self._problems.append(problem)


class _Layer:
    """One pack on top of what it inherits."""

    def __init__(self, resolver: Resolver, pack: RawPack, state: State) -> None:
        self._resolver, self._pack, self._state = resolver, pack, state
        self._inherited = frozenset(state.rules)

    def apply(self) -> State:
        """Return the state with everything the pack says."""
        for name, written in self._pack.part("params").items():
            self._declare_param(name, written)
        for name, written in self._pack.part("vocab").items():
            self._set_vocabulary(name, written)
        self._set_definitions()
        self._stand_in()
        self._resolver.broken |= self._broken_names()
        for rule in self._pack.rules:
            self._add_rule(rule)
        for name, written in self._pack.part("override").items():
            self._override(name, written)
        for rule in self._pack.rules:
            self._replace_rules(rule)
        return self._state

    def _stand_in(self) -> None:
        """Put something of the right type where a declaration is at fault, so that its users can still be checked."""
        root, state = self._pack.main.root, self._state
        for name, written in _keys(root.get("params")).items():
            kind = _keys(written).get("type")
            if name not in state.params and kind in PARAM_TYPES:
                state.params[name] = stand_in(name, kind, written, self._pack.place(("params", name)))
        for name, written in _keys(root.get("vocab")).items():
            if name not in state.vocab and isinstance(written, dict | list) and not is_change(written):
                empty: Any = {} if isinstance(written, dict) else []
                state.vocab[name] = open_lexicon(name, empty, self._pack.place(("vocab", name)))

    def _broken_names(self) -> set[str]:
        """Return the names that this pack declares and that are nevertheless not there."""
        root, state = self._pack.main.root, self._state
        written = {name for key in ("params", "vocab") for name in _keys(root.get(key))}
        written |= {name for fields in _keys(root.get("define")).values() for name in _keys(fields)}
        return written - set(state.params) - set(state.vocab) - {name for _, name in state.define}

    def _tell(
        self, path: Path, message: str, hint: str | None = None, *, on_key: bool = False, file: YamlFile | None = None
    ) -> None:
        self._resolver.add((file or self._pack.main).problem(message, path, on_key=on_key, hint=hint))

    def _tell_faults(self, path: Path, faults: Iterable[Fault], label: str = "") -> None:
        for fault in faults:
            self._tell((*path, *fault.path), label + fault.message, fault.hint, on_key=fault.on_key)

    def _setting(self, path: Path, value: Any, reason: str | None = None) -> Setting:
        return Setting(value, self._pack.place(path, reason=reason), self._pack.main, path)

    # --- parameters, vocabularies, fields

    def _declare_param(self, name: str, written: Mapping[str, Any]) -> None:
        path = ("params", name)
        old = self._state.params.get(name)
        if old is not None:
            message = say(
                f"参数 {name} 已由 {old.place.pack} 定义", f"parameter {name} is declared by {old.place.pack}"
            )
            zh = f"见 {old.place}；要改值，请在 override 里按规则写 params"
            hint = say(zh, f"see {old.place}; to change its value, give 'params' for a rule under 'override'")
            self._tell(path, message, hint, on_key=True)
            return
        faults: list[Fault] = []
        param = declare_param(name, written, self._pack.place(path), faults)
        self._tell_faults(path, faults)
        if param is not None:
            self._state.params[name] = param

    def _set_vocabulary(self, name: str, written: Any) -> None:
        path, old = ("vocab", name), self._state.vocab.get(name)
        if old is None:
            if is_change(written):
                message = say(f"没有可增减的词表“{name}”", f"there is no inherited vocabulary '{name}' to change")
                self._tell(path, message, name_choices(name, self._state.vocab), on_key=True)
                return
            self._state.vocab[name] = open_lexicon(name, written, self._pack.place(path))
            return
        if not is_change(written):
            message = say(
                f"词表 {name} 已由 {old.place.pack} 定义", f"vocabulary {name} is defined by {old.place.pack}"
            )
            zh = f"见 {old.place}；要增减，请写 {{add: […], remove: […]}}"
            hint = say(zh, f"see {old.place}; to change it, write {{add: […], remove: […]}}")
            self._tell(path, message, hint, on_key=True)
            return
        faults: list[Fault] = []
        place_of = lambda *steps: self._pack.place((*path, *steps), on_key=isinstance(steps[-1], str))  # noqa: E731
        self._state.vocab[name] = change_lexicon(old, written, place_of, faults)
        self._tell_faults(path, faults)

    def _set_definitions(self) -> None:
        for record, fields in self._pack.part("define").items():
            for name, text in fields.items():
                path, old = ("define", record, name), self._state.define.get((record, name))
                if old is None:
                    self._state.define[record, name] = self._setting(path, text)
                    continue
                message = say(f"{record} 已有字段 {name}", f"{record} already has a field {name}")
                hint = say(f"由 {old.place.pack} 定义在 {old.place}", f"defined by {old.place.pack} at {old.place}")
                self._tell(path, message, hint, on_key=True)

    # --- rules

    def _add_rule(self, raw: RawRule) -> None:
        if not raw.id:
            return
        prefix = self._pack.prefix
        if raw.sound and prefix is not None and not raw.id.removeprefix(prefix).isdigit():
            message = say(f"规则编号 {raw.id} 应以 {prefix} 开头", f"rule id {raw.id} must start with {prefix}")
            self._tell(raw.path("id"), message, file=raw.file)
        place = make_place(raw.file, raw.path("id"), self._pack.id, on_key=False)
        draft = Draft(raw=raw, pack=self._pack.id, place=place)
        if not self._clashes(draft):
            self._state.add_rule(draft)

    def _clashes(self, draft: Draft) -> bool:
        """Tell whether the id, the name or a former one is taken."""
        names = [("id", draft.id), ("name", draft.name), *(("formerly", name) for name in draft.former)]
        for key, name in names:
            old = self._state.find_rule(name) if name else None
            if old is None:
                continue
            message = say(f"“{name}”已是规则 {old.id} 的编号或名称", f"'{name}' already names rule {old.id}")
            hint = say(f"另一处在 {old.place}（{old.pack}）", f"the other place is {old.place} ({old.pack})")
            self._tell(draft.raw.path(key), message, hint, file=draft.raw.file)
            return True
        return False

    def _find_inherited(self, name: str, path: Path, *, on_key: bool, file: YamlFile) -> Draft | None:
        """Return the inherited rule in force that *name* means; None after telling why there is none."""
        draft = self._state.find_rule(name)
        hint: str | None
        if draft is None:
            message = say(f"没有规则“{name}”", f"there is no rule '{name}'")
            inherited = [other for other in self._state.rule_names() if self._is_inherited(other)]
            hint = _advise_on_rule(name, inherited)
        elif draft.id not in self._inherited:
            message = say(f"规则 {draft.id} 属于本包", f"rule {draft.id} belongs to this pack")
            hint = say(f"直接改 {draft.place}", f"change it at {draft.place}")
        elif draft.removed:
            message = say(f"规则 {draft.id} 已移除", f"rule {draft.id} is removed")
            successor = draft.raw.written.get("replaced_by")
            hint = say(f"由 {successor} 取代", f"replaced by {successor}") if successor else None
        elif draft.successor is not None:
            message = say(f"规则 {draft.id} 已被取代", f"rule {draft.id} is replaced")
            hint = say(f"改 {draft.successor.value}", f"change {draft.successor.value}")
        else:
            if name in draft.former or draft.deprecated:
                place = make_place(file, path, self._pack.id, on_key=on_key)
                self._resolver.outdated.append(Mention(name=name, rule=draft.id, place=place))
            return draft
        self._tell(path, message, hint, on_key=on_key, file=file)
        return None

    def _is_inherited(self, name: str) -> bool:
        draft = self._state.find_rule(name)
        return draft is not None and draft.id in self._inherited

    def _replace_rules(self, raw: RawRule) -> None:
        if not raw.sound or raw.id not in self._state.rules or "replaces" not in raw.written:
            return
        written = raw.written["replaces"]
        for index, name in enumerate(written if isinstance(written, list) else [written]):
            path = raw.path("replaces", index) if isinstance(written, list) else raw.path("replaces")
            old = self._find_inherited(name, path, on_key=False, file=raw.file)
            if old is not None:
                place = make_place(raw.file, path, self._pack.id, on_key=False)
                self._state.rules[old.id] = replace(old, successor=Setting(raw.id, place, raw.file, path))

    # --- overrides

    def _override(self, name: str, written: Mapping[str, Any]) -> None:
        path: Path = ("override", name)
        draft = self._find_inherited(name, path, on_key=True, file=self._pack.main)
        if draft is None:
            return
        reason = written["reason"]
        for key in _PLAIN_SETTINGS:
            if key in written:
                draft = draft.setting(key, self._setting((*path, key), written[key], reason))
        for language, text in written.get("fix", {}).items():
            if "${" in text:
                message = say("“fix”里不能用占位符 ${…}", "'fix' cannot hold a placeholder ${…}")
                self._tell((*path, "fix", language), message)
        for param, value in written.get("params", {}).items():
            draft = self._override_param(draft, param, value, (*path, "params", param), reason)
        exempt = read_exemptions(written.get("exempt", ()), partial(self._pack.place, on_key=False), (*path, "exempt"))
        self._state.rules[draft.id] = replace(draft, exempt=draft.exempt + exempt)

    def _override_param(self, draft: Draft, name: str, value: Any, path: Path, reason: str) -> Draft:
        param = self._state.params.get(name)
        used = draft.raw.params_used() if draft.raw.sound else frozenset(self._state.params)
        if param is None and name in self._resolver.broken:
            return draft
        if param is None or name not in used:
            message = say(f"规则 {draft.id} 不用参数“{name}”", f"rule {draft.id} has no parameter '{name}'")
            none = say("这条规则没有参数", "this rule has none")
            self._tell(path, message, name_choices(name, sorted(used & set(self._state.params))) or none, on_key=True)
            return draft
        faults: list[Fault] = []
        read = read_value(param, value, path, faults)
        self._tell_faults((), faults)
        if read is None:
            return draft
        setting = self._setting(path, None, reason)
        return draft.setting(f"params.{name}", replace(setting, value=replace(param, value=read, place=setting.place)))


def _advise_on_rule(name: str, inherited: list[str]) -> str:
    if not inherited:
        return say("没有上级包", "nothing is inherited")
    listing = say("用 perflint rules 列出规则", "perflint rules lists the rules")
    return did_you_mean(find_close(name, inherited)) or listing


def _keys(written: Any) -> Mapping[str, Any]:
    return written if isinstance(written, dict) else {}


def read_exemptions(
    written: Iterable[Mapping[str, str]], place_of: Callable[[Path], Place], path: Path
) -> tuple[Exemption, ...]:
    """Return exemptions as written in a list at *path*."""
    return tuple(Exemption(**item, place=place_of((*path, index))) for index, item in enumerate(written))
