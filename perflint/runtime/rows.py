"""Rows of a table found by what stands in them, so that each item need not look at all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from operator import itemgetter

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any, TypeAlias

Row: TypeAlias = "tuple[Any, ...]"


class Groups(dict["Any", "list[Row]"]):
    """Rows by what stands in them; there are none of what stands nowhere."""

    __slots__ = ()

    def __missing__(self, key: Any) -> Sequence[Row]:
        return ()


def group_rows(rows: Iterable[Row], columns: Sequence[int], folds: Sequence[Mapping[Any, Any] | None]) -> Groups:
    """Return *rows* by what stands in *columns*: one value, or a tuple of several.

    Args:
        folds: By column, what a text comes to when it is compared; None where it is compared as it is.
    """
    groups = Groups()
    read: Callable[[Row], Any] = itemgetter(*columns)
    if any(fold is not None for fold in folds):
        read = partial(_read_folded, columns, folds)
    for row in rows:
        groups.setdefault(read(row), []).append(row)
    return groups


def _read_folded(columns: Sequence[int], folds: Sequence[Mapping[Any, Any] | None], row: Row) -> Any:
    values = tuple(fold_cell(fold, row[column]) for column, fold in zip(columns, folds, strict=True))
    return values if len(values) > 1 else values[0]


def fold_cell(fold: Mapping[Any, Any] | None, value: Any) -> Any:
    """Return what *value* comes to, null what is null."""
    return value if fold is None or value is None else fold[value]


_PAIR = 2

Places: TypeAlias = "dict[str, list[int]]"
"""Where texts stand by the pairs of characters in them; by the empty text all, by ``_SHORT`` those without a pair."""

_SHORT = " "


def index_texts(rows: Iterable[Row], column: int) -> Places:
    """Return at which places of *rows* the texts in *column* stand, nulls left out."""
    index: Places = {"": [], _SHORT: []}
    for place, row in enumerate(rows):
        text = row[column]
        if text is not None:
            index[""].append(place)
            for pair in _pairs(text) or (_SHORT,):
                index.setdefault(pair, []).append(place)
    return index


def index_rarest(rows: Iterable[Row], column: int) -> Places:
    """Return at which places of *rows* the texts in *column* stand, each by one pair: its rarest in all of them."""
    texts = [(place, _pairs(row[column])) for place, row in enumerate(rows) if row[column] is not None]
    often = Counter(pair for _, pairs in texts for pair in pairs)
    index: Places = {_SHORT: []}
    for place, pairs in texts:
        index.setdefault(min(pairs, key=often.__getitem__, default=_SHORT), []).append(place)
    return index


def find_holding(index: Places, text: str | None) -> Sequence[int]:
    """Return where *text* may stand within: in those with the rarest of its pairs of characters."""
    if text is None:
        return ()
    return min((index.get(pair, ()) for pair in _pairs(text)), key=len, default=index[""])


def find_sharing(index: Places, text: str | None) -> Sequence[int]:
    """Return which stand by a pair of characters that *text* has, and which have no pair."""
    if text is None:
        return ()
    return [place for pair in (*_pairs(text), _SHORT) for place in index.get(pair, ())]


def pick_rows(rows: Sequence[Row], found: Sequence[Sequence[int]]) -> list[Row]:
    """Return the rows at the places *found*, each once, in their order."""
    return [rows[place] for place in sorted({place for places in found for place in places})]


def _pairs(text: str) -> set[str]:
    return {text[at : at + _PAIR] for at in range(len(text) - 1)}
