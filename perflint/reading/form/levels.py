"""Level words: which level a cell names, and which parent it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from perflint.reading.cell.fold import fold_label, fold_level
from perflint.record import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelWords:
    """The level vocabulary of a form."""

    first: frozenset[str]
    second: frozenset[str]
    parents: dict[str, tuple[str, ...]]
    synonyms: dict[str, str]

    def is_first(self, text: str) -> bool:
        return self._key(text) in self.first or fold_level(text) in self.synonyms

    def is_second(self, text: str) -> bool:
        return fold_level(text) in self.second or _is_satisfaction(text)

    def is_level(self, text: str) -> bool:
        return self.is_first(text) or self.is_second(text)

    def split_joined(self, text: str) -> tuple[str, str] | None:
        """Return both levels of a cell that prints them in one, 产出指标-数量指标; None for other cells."""
        first, _, second = _JOINT.sub(_BREAK, text.strip(), count=1).partition(_BREAK)
        return (first, second) if self.is_first(first) and self.is_second(second) else None

    def accepts(self, first: str, second: str) -> bool:
        """Tell whether the second-level word may stand under the first-level word, as far as is known."""
        parents = self._find_parents(second) or None
        return parents is None or self._key(first) in parents or not self.is_first(first)

    def has_parent(self, second: str, first: str) -> bool:
        """Tell whether the second-level word is known to stand under the first-level word."""
        return self._key(first) in self._find_parents(second)

    def parent_of(self, second: str) -> str | None:
        """Return the only usual parent of a second-level word, as printed in forms, or None."""
        parents = self._find_parents(second)
        usual = [parent for parent in parents if parent in _USUAL]
        chosen = parents if len(parents) == 1 else usual if len(usual) == 1 else ()
        return f"{chosen[0]}指标" if chosen and chosen[0] in _USUAL else (chosen[0] if chosen else None)

    def _find_parents(self, second: str) -> tuple[str, ...]:
        known = self.parents.get(fold_level(second))
        return known or (("满意度",) if _is_satisfaction(second) else ())

    def _key(self, text: str) -> str:
        key = fold_level(text)
        return self.synonyms.get(key, key)


def merge_levels(vocabularies: Iterable[LevelWords]) -> LevelWords:
    """Return what several forms know together."""
    known = list(vocabularies)
    parents: dict[str, tuple[str, ...]] = {}
    for words in known:
        for second, firsts in words.parents.items():
            parents[second] = tuple(dict.fromkeys((*parents.get(second, ()), *firsts)))
    return LevelWords(
        first=frozenset().union(*(words.first for words in known)),
        second=frozenset(parents),
        parents=parents,
        synonyms={other: one for words in known for other, one in words.synonyms.items()},
    )


def _is_satisfaction(text: str) -> bool:
    """Tell whether a text ends as the satisfaction of somebody does, whoever it is: 参保人满意度指标."""
    key = fold_label(text)
    return key.endswith("满意度指标") and key != "满意度指标" and len(key) <= _LONGEST


_LONGEST = 16
_BREAK = "\n"
_JOINT = re.compile(r"\s*[-—–－/／>＞→:：\n]+\s*")
_USUAL = frozenset({"产出", "成本", "效益", "满意度"})


def build_levels(levels: Mapping[str, Iterable[str]], synonyms: Mapping[str, str]) -> LevelWords:
    """Return the vocabulary of a form from its level-1 words with the level-2 words of each, and from its synonyms."""
    parents: dict[str, tuple[str, ...]] = {}
    for first, seconds in levels.items():
        for second in seconds:
            parents[second] = (*parents.get(second, ()), first)
    return LevelWords(first=frozenset(levels), second=frozenset(parents), parents=parents, synonyms=dict(synonyms))
