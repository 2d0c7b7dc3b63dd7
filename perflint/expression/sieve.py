"""Which functions can find anything in a text: told by its characters and pairs of them, in one walk for all of them.

Most names and values hold nothing that most rules look for, and to ask each function by itself takes longer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from perflint.expression.memo import LONGEST_REMEMBERED
from perflint.pattern import LazyPattern
from perflint.record import dataclass
from perflint.typed import NamedTuple

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


class Need(NamedTuple):
    """What a text must hold for a function to find anything in it.

    Attributes:
        grams: Any of these texts of one or two characters; None if none are known.
        length: So many characters.
        nothing: What the function comes to when it finds nothing.
    """

    grams: frozenset[str] | None
    length: int
    nothing: Any


def make_sieve(needs: Sequence[Need], common: Grams = MappingProxyType({})) -> Sieve:
    """Return the sieve of functions with these *needs*; what *common* tells of grams is not said again."""
    places: dict[str, tuple[int, ...]] = {}
    for place, need in enumerate(needs):
        for gram in sorted(need.grams or ()):
            places[gram] = (*places.get(gram, ()), place)
    pairs = [gram for gram in places if len(gram) == 2]
    first, second = _any_of(pair[0] for pair in pairs), _any_of(pair[1] for pair in pairs)
    return Sieve(
        count=len(needs),
        empty=tuple(None if need.grams is None else (need.nothing,) for need in needs),
        grams={gram: found for gram, found in places.items() if common.get(gram) != found},
        pairs=f"(?=({first}{second}))",
        singles=_any_of(gram for gram in places if len(gram) == 1),
        shortest=tuple((need.length, place, (need.nothing,)) for place, need in enumerate(needs) if need.length),
    )


def open_sieve(count: int) -> Sieve:
    """Return the sieve that lets every text pass to each of *count* functions."""
    return Sieve(count, (None,) * count, {}, "", "", ())


def _any_of(characters: Iterable[str]) -> str:
    from re import escape  # only while rules are compiled

    listed = escape("".join(sorted(set(characters))))
    return f"[{listed}]" if listed else "(?!)"


def start_sieve(sieve: Sieve, common: Sieve | None = None) -> Callable[[str, str], Slots]:
    """Return a function of a folded text and of what is printed: its slots, filled as far as the grams tell.

    Args:
        common: The sieve of cells, see ``Sieve.grams``.
    """
    count, empty, shortest = sieve.count, list(sieve.empty), sieve.shortest
    if not sieve.pairs:
        return lambda _, __: [None] * count
    find = {**(common.grams if common is not None else {}), **sieve.grams}.get
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
        for length, place, slot in shortest:
            if len(text) < length and len(printed) < length:
                slots[place] = slot
        return slots

    return open_slots
