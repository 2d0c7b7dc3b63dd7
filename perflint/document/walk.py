"""JSON Pointer → offsets, the sure way: from the root of the text, letting the C scanner skip what lies between."""

from __future__ import annotations

from collections.abc import Iterable

from perflint.lean import build_scanner, scan_string
from perflint.pattern import LazyPattern
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

# Numbers stay text so that a long one costs nothing.
skip_value = build_scanner(parse_float=str, parse_int=str, parse_constant=str)
_SPACE = LazyPattern(r"[ \t\n\r]*")
_KEY = LazyPattern(r'[ \t\n\r]*("[^"\\]*(?:\\.[^"\\]*)*")[ \t\n\r]*:[ \t\n\r]*')


class Entry(NamedTuple):
    """Where one member or element stands, as offsets; ``key_start`` and ``key_end`` are -1 where there is no key."""

    start: int
    end: int
    key_start: int = -1
    key_end: int = -1


class Walk:
    """Goes from the root of a JSON text to any value in it, and remembers the members it passed.

    Broken text raises ``ValueError``, ``IndexError`` or ``StopIteration`` at the broken place.
    """

    __slots__ = ("_containers", "_root", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._containers: dict[int, _Container] = {}
        self._root = Entry(_SPACE.match(text).end(), len(text.rstrip(" \t\n\r")))  # type: ignore[union-attr]

    def find(self, tokens: Iterable[str]) -> Entry:
        """Return where the value at the end of *tokens* stands, or the nearest value around it that exists."""
        entry = self._root
        for token in tokens:
            inner = self._enter(entry.start, token)
            if inner is None:
                return entry
            entry = inner
        return entry

    def read_member(self, key: str) -> Any:
        """Return the value of a member of the root, numbers as text; None when there is none."""
        entry = self._enter(self._root.start, key)
        return None if entry is None else skip_value(self._text, entry.start)[0]

    def _enter(self, start: int, token: str) -> Entry | None:
        container = self._containers.get(start)
        if container is None:
            opening = self._text[start]
            if opening not in "{[":
                return None
            container = self._containers[start] = _Container(start, is_object=opening == "{")
        found = container.entries.get(token)
        while found is None:
            if not self._read_next(container):
                return None
            found = container.entries.get(token)
        return found

    def _read_next(self, container: _Container) -> bool:
        """Read one more member of *container*; False at its end."""
        text = self._text
        at = _SPACE.match(text, container.at).end()  # type: ignore[union-attr]
        if text[at] in "}]":
            return False
        if container.entries:
            at += 1  # the comma
        if container.is_object:
            match = _KEY.match(text, at)
            if match is None:
                raise ValueError(at)
            start = match.end()
            key_start, key_end = match.span(1)
            token = scan_string(text, key_start + 1)[0]
        else:
            start = _SPACE.match(text, at).end()  # type: ignore[union-attr]
            key_start = key_end = -1
            token = str(len(container.entries))
        container.at = skip_value(text, start)[1]
        container.entries[token] = Entry(start, container.at, key_start, key_end)
        return True


class _Container:
    """The members of one object or list, read as far as anybody has asked."""

    __slots__ = ("at", "entries", "is_object")

    def __init__(self, start: int, *, is_object: bool) -> None:
        self.at = start + 1
        self.is_object = is_object
        self.entries: dict[str, Entry] = {}
