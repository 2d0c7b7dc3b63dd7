"""Which functions can find anything in a text: told by its characters and pairs of them, in one walk for all of them.

Most names and values hold nothing that most rules look for, and to ask each function by itself takes longer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from perflint.expression.memo import LONGEST_REMEMBERED
from perflint.pattern import LazyPattern
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any, TypeAlias

Slots: TypeAlias = "list[tuple[Any] | None]"
"""By the places of the functions that read texts: what each came to, in a tuple of one; None until it is asked."""


_FEWEST = 12
"""Fewer functions are asked one by one."""


class Sieve(NamedTuple):
    """What is known of the functions that read texts.

    Attributes:
        empty: By place, what the function comes to in a text that holds none of its grams; None when it must read.
        places: By gram, a text of one or two characters: the places of the functions that it may mean something to.
        pairs, singles: Patterns of what may be such a gram.
    """

    empty: tuple[tuple[Any] | None, ...]
    places: Mapping[str, tuple[int, ...]]
    pairs: str
    singles: str


def make_sieve(readers: Sequence[tuple[frozenset[str] | None, Any]]) -> Sieve:
    """Return the sieve of functions by the grams that they need, None if unknown, and what they come to without."""
    if len(readers) < _FEWEST:
        return Sieve((None,) * len(readers), {}, "", "")
    places: dict[str, list[int]] = {}
    for place, (grams, _) in enumerate(readers):
        for gram in sorted(grams or ()):
            places.setdefault(gram, []).append(place)
    pairs = [gram for gram in places if len(gram) == 2]
    first, second = _any_of(pair[0] for pair in pairs), _any_of(pair[1] for pair in pairs)
    return Sieve(
        empty=tuple(None if grams is None else (nothing,) for grams, nothing in readers),
        places={gram: tuple(found) for gram, found in places.items()},
        pairs=f"(?=({first}{second}))",
        singles=_any_of(gram for gram in places if len(gram) == 1),
    )


def _any_of(characters: Iterable[str]) -> str:
    listed = re.escape("".join(sorted(set(characters))))
    return f"[{listed}]" if listed else "(?!)"


def start_sieve(sieve: Sieve) -> Callable[[str, str], Slots]:
    """Return a function of a folded text and of what is printed: its slots, filled as far as the grams tell."""
    count, empty, find = len(sieve.empty), list(sieve.empty), sieve.places.get
    if not sieve.places:
        return lambda _, __: [None] * count
    pairs, singles = LazyPattern(sieve.pairs), LazyPattern(sieve.singles)

    def open_slots(text: str, printed: str) -> Slots:
        if len(printed) > LONGEST_REMEMBERED:  # nearly everything stands in it, and it is not asked for twice
            return [None] * count
        grams = pairs.findall(text) + singles.findall(text)
        if printed != text:
            grams += pairs.findall(printed) + singles.findall(printed)
        slots: Slots = empty.copy()
        for places in filter(None, map(find, grams)):
            for place in places:
                slots[place] = None
        return slots

    return open_slots
