"""What a function made of a text, remembered: tables repeat themselves, and most cells were read before."""

from __future__ import annotations

from collections.abc import Callable

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

MAX_REMEMBERED, LONGEST_REMEMBERED = 2_000, 200


class Memo(dict["Any", "Any"]):
    """Results by printed text, or by a tuple that starts with it. Long texts are not kept; a full memo starts anew."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, key: Any) -> Any:
        value = self._read(key)
        text = key[0] if key.__class__ is tuple else key
        if text.__class__ is not str or len(text) <= LONGEST_REMEMBERED:
            if len(self) >= MAX_REMEMBERED:
                self.clear()
            self[key] = value
        return value

    def __reduce__(self) -> Any:
        return (Memo, (self._read,))
