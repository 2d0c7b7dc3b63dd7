"""Several inherited packs → one state: what one of them set over another stands, what they contradict is refused.

Two packs may share an ancestor. A value that only one of them changed is taken from it; one that a pack changed on top
of the other's is the later one; one that both changed differently is a conflict, told with both places.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from perflint.errors import Problem
from perflint.language import say
from perflint.pack.lexicon import Lexicon
from perflint.pack.model import Place
from perflint.pack.state import Draft, Setting, State
from perflint.record import replace

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

Teller = Callable[[Place, str, str | None], Problem]


class Merger:
    """Merges states.

    Args:
        lineage: For each pack id, the ids of all packs it extends.
        tell: Makes a problem at a place.
    """

    def __init__(self, lineage: Mapping[str, frozenset[str]], tell: Teller, problems: list[Problem]) -> None:
        self._lineage, self._tell, self._problems = lineage, tell, problems

    def merge(self, first: State, second: State) -> State:
        """Return both states as one; what contradicts itself keeps the first value and becomes a problem."""
        merged = first.copy()
        for name, param in second.params.items():
            old = merged.params.get(name)
            if old is not None and old.place != param.place:
                self._conflict(
                    say(f"参数 {name} 定义了两次", f"parameter {name} is declared twice"), old.place, param.place
                )
            merged.params.setdefault(name, param)
        for name, lexicon in second.vocab.items():
            merged.vocab[name] = self._merge_lexicon(merged.vocab.get(name), lexicon)
        for field, definition in second.define.items():
            what = say(f"字段 {'.'.join(field)}", f"field {'.'.join(field)}")
            merged.define[field] = self._merge_setting(what, merged.define.get(field), definition)
        for rule, draft in second.rules.items():
            merged.add_rule(self._merge_rule(merged.rules.get(rule), draft))
        return merged

    def _merge_rule(self, first: Draft | None, second: Draft) -> Draft:
        if first is None:
            return second
        if first.place != second.place:
            self._conflict(say(f"规则编号 {first.id} 重复", f"duplicate rule id {first.id}"), first.place, second.place)
            return first
        settings = dict(first.settings)
        for key, setting in second.settings.items():
            what = say(f"规则 {first.id} 的 {key}", f"{key} of rule {first.id}")
            settings[key] = self._merge_setting(what, settings.get(key), setting)
        exempt = first.exempt + tuple(item for item in second.exempt if item not in first.exempt)
        successor = self._merge_successor(first, second)
        return replace(first, settings=settings, exempt=exempt, successor=successor)

    def _merge_successor(self, first: Draft, second: Draft) -> Setting | None:
        if first.successor is not None and second.successor is not None:
            what = say(f"取代规则 {first.id} 的规则", f"the rule that replaces {first.id}")
            return self._merge_setting(what, first.successor, second.successor)
        for gone, other in ((first, second), (second, first)):
            if gone.successor is None:
                continue
            for key, setting in other.settings.items():
                if setting.place.pack not in self._lineage[gone.successor.place.pack]:
                    zh = f"规则 {first.id} 已被 {gone.successor.value} 取代，对 {key} 的改动不起作用"
                    en = f"rule {first.id} is replaced by {gone.successor.value}; setting {key} has no effect"
                    self._conflict(say(zh, en), gone.successor.place, setting.place)
        return first.successor or second.successor

    def _merge_lexicon(self, first: Lexicon | None, second: Lexicon) -> Lexicon:
        if first is None:
            return second
        if first.place != second.place:
            name = first.name
            what = say(f"词表 {name} 定义了两次", f"vocabulary {name} is defined twice")
            self._conflict(what, first.place, second.place)
            return first
        words = dict(first.words)
        for name, word in second.words.items():
            old = words.get(name)
            if old is None or self._is_later(word.place, old.place):
                words[name] = word
            elif old.text != word.text and not self._is_later(old.place, word.place):
                what = say(f"词表 {first.name} 的“{name}”", f"'{name}' of vocabulary {first.name}")
                self._conflict(say(f"{what}有两种改法", f"{what} is changed in two ways"), old.place, word.place)
        return replace(first, words=words)

    def _merge_setting(self, what: str, first: Setting | None, second: Setting) -> Setting:
        if first is None or self._is_later(second.place, first.place):
            return second
        if _plain(first.value) != _plain(second.value) and not self._is_later(first.place, second.place):
            self._conflict(say(f"{what} 有两种改法", f"{what} is set in two ways"), first.place, second.place)
        return first

    def _is_later(self, place: Place, other: Place) -> bool:
        return other.pack in self._lineage[place.pack]

    def _conflict(self, message: str, first: Place, second: Place) -> None:
        hint = say(f"另一处在 {first}（{first.pack}）", f"the other place is {first} ({first.pack})")
        self._problems.append(self._tell(second, message, hint))


def _plain(value: Any) -> Any:
    """Return what counts when two settings are compared: of a parameter, its value."""
    return getattr(value, "value", value)
