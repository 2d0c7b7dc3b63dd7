"""What the special forms and aggregates of the language compute; both evaluators call these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial

from perflint.functions import MAX_LENGTH, check_length

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

_ZERO, _ONE = Decimal(0), Decimal(1)

# By what name a checked tree calls ``concat``; no pack can.
CONCAT = "concat"


def concat(left: Sequence[Any], right: Sequence[Any]) -> list[Any]:
    """Return both lists as one, what ``+`` means between lists; a vocabulary is one as well.

    Raises:
        EvaluationError: It would be longer than ``functions.MAX_LENGTH``.
    """
    joined = len(left) + len(right)
    if joined > MAX_LENGTH:
        check_length(joined)
    return [*left, *right]


def tally(texts: Sequence[str]) -> dict[str, Decimal]:
    """Return how often each text occurs."""
    once = dict.fromkeys(texts, _ONE)
    if len(once) == len(texts):  # which is nearly always so where somebody looks for what occurs twice
        return once
    counts = Counter(iter(texts))  # which would take the counts of a mapping
    return dict(zip(counts, map(Decimal, counts.values()), strict=True))


def default(value: Any, fallback: Any) -> Any:
    """Return *value*, or *fallback* when it is null."""
    return fallback if value is None else value


SPECIAL_CALLS: Mapping[str, Callable[..., Any]] = {
    CONCAT: concat,
    "stated": lambda value: value is not None,
    "blank": lambda value: value is None,
    "default": default,
    "lookup": dict.get,
    "any": any,
    "all": all,
    "sum": partial(sum, start=_ZERO),
    "count": lambda items: Decimal(len(items)),
    "min": partial(min, default=None),
    "max": partial(max, default=None),
    "min_of": min,
    "max_of": max,
    "first": lambda items: items[0] if items else None,
    "tally": tally,
}
