"""JSON Pointer → offsets, the quick way, by what reading gives away for nothing.

The scanner finishes objects in the order of their closing braces, so the k-th finished object ends at the k-th ``}`` of
the text, provided that no string holds a brace. Inside its object a key is found by searching for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

from perflint.document.walk import skip_value

_match_colon = re.compile(r"[ \t\n\r]*:[ \t\n\r]*").match


class Braces:
    """The objects of one JSON text and their braces.

    Args:
        text: Valid JSON.
        data: What it holds.
        finished: Every object of *data*, in the order of their closing braces.
    """

    __slots__ = ("_data", "_finished", "_ranks", "_sums", "_text")

    def __init__(self, text: str, data: Any, finished: Sequence[dict[str, Any]]) -> None:
        self._text = text
        self._data = data
        self._finished = finished
        # The brace of rank k stands at sums[k] + k: after that much other text and k braces.
        self._sums = list(accumulate(map(len, text.split("}"))))
        count = len(finished)
        reliable = len(self._sums) == count + 1 and text.count("{") == count
        self._ranks = dict(zip(map(id, finished), range(count), strict=True)) if reliable else {}

    def find(self, tokens: Sequence[str]) -> tuple[int, int] | None:
        """Return the offsets of the value at the end of *tokens*; None when this way does not lead there."""
        value, owner, key = self._data, None, ""
        try:
            for key in tokens:
                owner = value
                if type(value) is dict:
                    value = value[key]
                elif key.isdecimal():
                    value = value[int(key)]
                else:
                    return None
        except (LookupError, TypeError):
            return None
        if type(value) is dict:
            owner = value
        rank = self._ranks.get(id(owner))
        if rank is None:
            return None
        closing = self._sums[rank] + rank
        opening = self._text.rfind("{", 0, closing)
        if rank and opening < self._sums[rank - 1] + rank:
            opening = self._find_opening(rank)  # of another object inside this one
        if owner is value:
            return opening, closing + 1
        start = self._find_own(key, opening, closing)
        return None if start is None else (start, self._find_end(value, start))

    def _find_own(self, key: str, opening: int, closing: int) -> int | None:
        """Return the offset of the value of *key* in the object of these two braces, not in one inside it."""
        text = self._text
        quoted = f'"{key}"'
        depth, known, at = 0, opening + 1, opening
        while (at := text.find(quoted, at + 1, closing)) >= 0:
            # An escaped quotation mark belongs to a string, and only a key is followed by a colon.
            colon = _match_colon(text, at + len(quoted))
            if colon is None or text[at - 1] == "\\":
                continue
            depth += text.count("{", known, at)
            if depth:
                depth -= text.count("}", known, at)
            if not depth:
                return colon.end()
            known = at
        return None

    def _find_end(self, value: Any, start: int) -> int:
        last = self._ranks.get(id(value[-1])) if type(value) is list and value else None
        if last is not None:
            return self._text.index("]", self._sums[last] + last) + 1
        end: int = skip_value(self._text, start)[1]
        return end

    def _find_opening(self, rank: int) -> int:
        """Return the offset of the brace that opens the object of that *rank*, which holds other objects.

        The one inside it that is finished first stands at the end of a chain of first members, and between the brace
        before its closing one and that, only the braces of the chain open.
        """
        links = 0
        inner: dict[str, Any] | None = self._finished[rank]
        while inner is not None:
            first = inner
            links += 1
            inner = _get_first_object(first.values())
        rank = self._ranks[id(first)]
        opening = self._sums[rank] + rank
        for _ in range(links):
            opening = self._text.rfind("{", 0, opening)
        return opening


def _get_first_object(values: Iterable[Any]) -> dict[str, Any] | None:
    for value in values:
        if type(value) is dict:
            return value
        if type(value) is list:
            inner = _get_first_object(value)
            if inner is not None:
                return inner
    return None
