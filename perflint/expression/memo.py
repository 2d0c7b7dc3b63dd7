"""What a function made of a text, remembered: tables repeat themselves, and most cells were read before."""

from __future__ import annotations

from collections.abc import Callable

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

MAX_REMEMBERED, LONGEST_REMEMBERED = 500, 200
"""How many results a memo holds, twice that with those behind it; and the longest text that is kept.

Twice as many make a long run a twentieth faster and take 6 MiB more.
"""


class Memo(dict["Any", "Any"]):
    """Results by printed text, or by a tuple that starts with it. Long texts are not kept.

    A full memo starts anew and keeps the last one behind it, so that what every table says is not worked out again.
    """

    __slots__ = ("_last", "_read")

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self._read = read
        self._last: dict[Any, Any] = {}

    def __missing__(self, key: Any) -> Any:
        value = self._last[key] if key in self._last else self._read(key)
        text = key[0] if key.__class__ is tuple else key
        if text.__class__ is not str or len(text) <= LONGEST_REMEMBERED:
            if len(self) >= MAX_REMEMBERED:
                self._last = self.copy()
                self.clear()
            self[key] = value
        return value

    def __reduce__(self) -> Any:
        return (Memo, (self._read,))
