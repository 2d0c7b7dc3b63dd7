"""JSON Pointers (RFC 6901): ``/tables/0/indicators/3/value``, ``""`` for the whole document."""

from __future__ import annotations

from collections.abc import Iterable


def split_pointer(pointer: str) -> list[str]:
    """Return the unescaped tokens of *pointer*, none for ``""``."""
    if "~" not in pointer:
        return pointer.split("/")[1:]
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


def join_pointer(tokens: Iterable[str | int]) -> str:
    """Return the pointer made of *tokens*, escaping ``~`` and ``/``."""
    return "".join("/" + str(token).replace("~", "~0").replace("/", "~1") for token in tokens)
