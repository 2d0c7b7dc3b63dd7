"""What a function made of a text, remembered: tables repeat themselves, and most cells were read before."""

from __future__ import annotations

from _weakref import ref
from collections.abc import Callable
from itertools import count

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

MAX_REMEMBERED, LONGEST_REMEMBERED = 500, 200
"""How many results a memo holds, twice that with those behind it; and the longest text that is kept.

Twice as many make a long run a twentieth faster and take 6 MiB more.
"""
LIFETIME = 100
"""After so many documents what none of them asked for is forgotten, however little it is."""

_documents = count(1)
_memos: list[ref[Memo]] = []


class Memo(dict["Any", "Any"]):
    """Results by printed text, or by a tuple that starts with it. Long texts are not kept.

    A full memo starts anew and keeps the last one behind it, so that what every table says is not worked out again.

    Attributes:
        read: What works out a result.
    """

    __slots__ = ("__weakref__", "_last", "_most", "read")

    def __init__(self, read: Callable[[Any], Any], most: int = MAX_REMEMBERED) -> None:
        super().__init__()
        self.read, self._most = read, most
        self._last: dict[Any, Any] = {}
        _memos.append(ref(self))

    def __missing__(self, key: Any) -> Any:
        value = self._last[key] if key in self._last else self.read(key)
        text = key[0] if key.__class__ is tuple else key
        if text.__class__ is not str or len(text) <= LONGEST_REMEMBERED:
            if len(self) >= self._most:
                self.start_anew()
            self[key] = value
        return value

    def start_anew(self) -> None:
        """Keep only what is here, and what is asked for from now on."""
        self._last = self.copy()
        self.clear()

    def __reduce__(self) -> Any:
        return (Memo, (self.read, self._most))


def note_document() -> None:
    """Count a document: without an end to what is remembered seldom, memory would grow with the documents for long."""
    if next(_documents) % LIFETIME == 0:
        alive = [memo for memo in _memos if memo() is not None]
        _memos[:] = alive
        for memo in map(ref.__call__, alive):
            if memo is not None:
                memo.start_anew()
