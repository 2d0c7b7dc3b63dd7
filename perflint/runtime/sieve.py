"""Which functions can find anything in a text: told by its characters and pairs of them, in one walk for all of them.

Most names and values hold nothing that most rules look for, and to ask each function by itself takes longer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from perflint.pattern import LazyPattern
from perflint.record import dataclass
from perflint.runtime.memo import LONGEST_REMEMBERED

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any, TypeAlias

Slots: TypeAlias = "list[tuple[Any] | None]"
"""By the places of the functions that read texts: what each came to, in a tuple of one; None until it is asked."""

Grams: TypeAlias = "Mapping[str, tuple[int, ...]]"
"""By text of one or two characters: the places of the functions that it may mean something to."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """What is known of the functions that read texts. When stored, it is opened where a first text is asked about.

    Attributes:
        count: How many functions there are.
        empty: By place, what the function comes to in a text that holds none of its grams; None when it must read.
        grams: By text of one or two characters: the places of the functions that it may mean something to. Where that
            is the same in every column, the sieve of cells alone tells it.
        pairs, singles: Patterns of what may be such a gram.
        shortest: Places of functions that find nothing in a text of fewer characters than that.
    """

    count: int
    empty: tuple[tuple[Any] | None, ...]
    grams: Grams
    pairs: str
    singles: str
    shortest: tuple[tuple[int, int, tuple[Any]], ...]

    __late__ = (("empty", "grams", "pairs", "singles", "shortest"),)


def open_sieve(count: int) -> Sieve:
    """Return the sieve that lets every text pass to each of *count* functions."""
    return Sieve(count, (None,) * count, {}, "", "", ())


def start_sieve(sieve: Sieve, common: Sieve | None = None) -> Callable[[str, str], Slots]:
    """Return a function of a folded text and of what is printed: its slots, filled as far as the grams tell.

    Args:
        common: The sieve of cells, see ``Sieve.grams``.
    """
    count, empty, under = sieve.count, list(sieve.empty), _list_by_length(sieve)
    if not sieve.pairs:
        return lambda _, __: [None] * count
    find, find_common = sieve.grams.get, (common.grams if common is not None else {}).get
    pairs, singles = LazyPattern(sieve.pairs), LazyPattern(sieve.singles)

    def open_slots(text: str, printed: str) -> Slots:
        if len(printed) > LONGEST_REMEMBERED:  # nearly everything stands in it, and it is not asked for twice
            return [None] * count
        grams = pairs.findall(text) + singles.findall(text)
        if printed != text:
            grams += pairs.findall(printed) + singles.findall(printed)
        slots: Slots = empty.copy()
        for places in filter(None, map(find, grams, map(find_common, grams))):
            for place in places:
                slots[place] = None
        length = max(len(text), len(printed))
        if length < len(under):
            for place, slot in under[length]:
                slots[place] = slot
        return slots

    return open_slots


def _list_by_length(sieve: Sieve) -> list[list[tuple[int, tuple[Any]]]]:
    """Return, by the length of a text, the places of the functions for which it is too short, and what they come to."""
    longest = max((length for length, _, _ in sieve.shortest), default=0)
    return [[(place, slot) for length, place, slot in sieve.shortest if have < length] for have in range(longest)]
