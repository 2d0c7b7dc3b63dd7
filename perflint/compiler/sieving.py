"""What functions need of a text → the sieve that tells, of any text, which of them may find anything in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from re import escape
from types import MappingProxyType
from typing import Any, NamedTuple

from perflint.runtime.sieve import Grams, Sieve


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


def _any_of(characters: Iterable[str]) -> str:
    listed = escape("".join(sorted(set(characters))))
    return f"[{listed}]" if listed else "(?!)"
