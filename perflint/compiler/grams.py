"""Single characters and pairs of which one stands in every text that a pattern or a list of words is found in.

They are looked up while a text is walked through once, for all the functions that read it (``sieve``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

from perflint.runtime.readers import Reader

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any, TypeAlias

Grams: TypeAlias = "frozenset[str]"

_MOST_CHARACTERS = 128
"""A class of more characters than this stands for any character; and this many pairs are made of two classes."""
_PAIR, _SINGLE = 1, 30
"""How often a pair, and how often a single character, is met in a text, by rough guess."""
_REPEATS = (constants.MAX_REPEAT, constants.MIN_REPEAT)
_OF_NO_WIDTH = (constants.AT, constants.ASSERT, constants.ASSERT_NOT)
_WORD_LISTS = frozenset({"contains_any", "found_in", "starts_with_any", "ends_with_any"})


def find_grams(reader: Reader) -> Grams | None:
    """Return texts of one or two characters of which one stands wherever *reader* finds anything; None if unknown."""
    if reader.place != 0:
        return None
    if reader.function in _WORD_LISTS:
        words = reader.constants[0]
        return frozenset(word[-2:] for word in words) if all(words) else None
    pattern = reader.constants[0] if reader.function in ("matches", "find") else reader.clue
    return _read_pattern(pattern) if pattern else None


def _read_pattern(pattern: str) -> Grams | None:
    tree = parser.parse(pattern)
    return None if tree.state.flags & parser.SRE_FLAG_IGNORECASE else _need(tree)


def _need(items: Iterable[tuple[Any, Any]]) -> Grams | None:
    """Return the rarest of what each match of *items*, one after the other, must hold."""
    found: list[Grams] = []
    before: Grams | None = None  # which characters may stand directly before what comes next
    for operator, argument in items:
        if operator in _OF_NO_WIDTH:
            continue
        first, whole, closed = _look_at(operator, argument)
        found += [grams for grams in (_pair(before, first), first, whole) if grams is not None]
        before = first if closed else None
    return min(found, key=_frequency, default=None)


def _look_at(operator: Any, argument: Any) -> tuple[Grams | None, Grams | None, bool]:
    """Return which characters a part of a pattern begins with, what it needs, and whether it is one character."""
    if operator is constants.LITERAL:
        return frozenset((chr(argument),)), None, True
    if operator is constants.IN:
        return _list_class(argument), None, True
    if operator is constants.SUBPATTERN and not argument[1]:
        inner = list(argument[-1])
        if len(inner) == 1:
            return _look_at(*inner[0])
        return (_begin(inner), _need(inner), False)
    if operator in _REPEATS and argument[0] > 0:
        return _begin(argument[-1]), _need(argument[-1]), False
    if operator is constants.BRANCH:
        return _unite(map(_begin, argument[1])), _unite(map(_need, argument[1])), False
    return None, None, False


def _begin(items: Sequence[tuple[Any, Any]]) -> Grams | None:
    """Return which characters a match of *items* begins with; None when it may be any, or none at all."""
    solid = [item for item in items if item[0] not in _OF_NO_WIDTH]
    return _look_at(*solid[0])[0] if solid else None


def _list_class(items: Sequence[tuple[Any, Any]]) -> Grams | None:
    listed: set[str] = set()
    for operator, argument in items:
        if operator is constants.LITERAL:
            listed.add(chr(argument))
        elif operator is constants.RANGE and argument[1] - argument[0] < _MOST_CHARACTERS:
            listed.update(map(chr, range(argument[0], argument[1] + 1)))
        else:
            return None
    return frozenset(listed) if len(listed) <= _MOST_CHARACTERS else None


def _unite(branches: Iterable[Grams | None]) -> Grams | None:
    united: set[str] = set()
    for grams in branches:
        if grams is None:
            return None
        united |= grams
    return frozenset(united)


def _pair(before: Grams | None, after: Grams | None) -> Grams | None:
    if before is None or after is None or len(before) * len(after) > _MOST_CHARACTERS:
        return None
    return frozenset(left + right for left in before for right in after)


def _frequency(grams: Grams) -> int:
    return sum(_PAIR if len(gram) == 2 else _SINGLE for gram in grams)
