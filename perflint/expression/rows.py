"""Rows of a table found by what stands in them, so that each item need not look at all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from operator import itemgetter

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    Row: TypeAlias = "tuple[Any, ...]"


def group_rows(
    rows: Iterable[Row], columns: Sequence[int], folds: Sequence[Mapping[Any, Any] | None]
) -> dict[Any, list[Row]]:
    """Return *rows* by what stands in *columns*: one value, or a tuple of several.

    Args:
        folds: By column, what a text comes to when it is compared; None where it is compared as it is.
    """
    groups: dict[Any, list[Row]] = {}
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


def index_texts(rows: Iterable[Row], column: int) -> dict[str, list[Row]]:
    """Return *rows* by every pair of characters of the text in *column*, and by the empty text all that have one."""
    index: dict[str, list[Row]] = {"": []}
    for row in rows:
        text = row[column]
        if text is not None:
            index[""].append(row)
            for pair in _pairs(text):
                index.setdefault(pair, []).append(row)
    return index


def find_holding(index: Mapping[str, list[Row]], part: str | None) -> Sequence[Row]:
    """Return in their order the rows whose text may hold *part*: those with the rarest of its pairs of characters."""
    if part is None:
        return ()
    return min((index.get(pair, ()) for pair in _pairs(part)), key=len, default=index[""])


def _pairs(text: str) -> set[str]:
    return {text[at : at + _PAIR] for at in range(len(text) - 1)}
