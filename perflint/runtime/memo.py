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
"""After so many documents with something new, what none of them asked for is forgotten, however little it is."""

_documents = count(1)
_remembered: list[ref[Remembered]] = []


class Remembered(dict["Any", "Any"]):
    """Results by what they were worked out from, of the last *most* and the *most* before them.

    When it is full it starts anew and keeps the last one behind it, so that what every table says is not worked out
    again.

    Attributes:
        most: As above; it may be changed.
    """

    __slots__ = ("__weakref__", "_last", "_new", "most")

    def __init__(self, most: int = MAX_REMEMBERED) -> None:
        super().__init__()
        self.most, self._new = most, False
        self._last: dict[Any, Any] = {}
        _remembered.append(ref(self))

    def find(self, key: Any) -> Any:
        """Return what was kept for *key*, None when nothing was."""
        value = self.get(key)
        if value is None and key in self._last:
            value = self._last[key]
            self._put(key, value)
        return value

    def keep(self, key: Any, value: Any) -> None:
        """Remember *value*."""
        self._new = True
        self._put(key, value)

    def _put(self, key: Any, value: Any) -> None:
        if len(self) >= self.most:
            self._start_anew()
        self[key] = value

    def _start_anew(self) -> None:
        self._last = self.copy()
        self.clear()

    def age(self) -> None:
        """Let go what was not asked for since the last time; where nothing came in since, nothing grows."""
        if self._new:
            self._new = False
            self._start_anew()


class Memo(Remembered):
    """Results by printed text, or by a tuple that starts with it. Long texts are not kept.

    Attributes:
        read: What works out a result.
    """

    __slots__ = ("read",)

    def __init__(self, read: Callable[[Any], Any], most: int = MAX_REMEMBERED) -> None:
        super().__init__(most)
        self.read = read

    def __missing__(self, key: Any) -> Any:
        last = self._last
        if key in last:
            value = last[key]
            self._put(key, value)
            return value
        value = self.read(key)
        text = key[0] if key.__class__ is tuple else key
        if text.__class__ is not str or len(text) <= LONGEST_REMEMBERED:
            # As ``keep`` does, without two calls for each text that is met for the first time.
            self._new = True
            if len(self) >= self.most:
                self._start_anew()
            self[key] = value
        return value

    def __reduce__(self) -> Any:
        return (Memo, (self.read, self.most))


def note_document() -> None:
    """Count a document: without an end to what is remembered seldom, memory would grow with the documents for long."""
    if next(_documents) % LIFETIME == 0:
        alive = [one for one in _remembered if one() is not None]
        _remembered[:] = alive
        for one in map(ref.__call__, alive):
            if one is not None:
                one.age()
