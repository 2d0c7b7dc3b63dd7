"""JSON Pointer → line and column, found in the text when somebody asks and not before.

Values between here and there are skipped by the C scanner of ``json``, so a look-up costs less than a second parse, and
what it learns about a container serves the next look-up.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from json.decoder import scanstring
from typing import Any

from perflint.document.pointer import split_pointer

# Skips values only; numbers stay text so that a long one costs nothing.
_skip_value = json.JSONDecoder(parse_float=str, parse_int=str).scan_once  # type: ignore[attr-defined]
_match_space = re.compile(r"[ \t\n\r]*").match
_match_key = re.compile(r'[ \t\n\r]*("[^"\\]*(?:\\.[^"\\]*)*")[ \t\n\r]*:[ \t\n\r]*').match


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a text file. Lines and columns count from 1, columns in characters; the end column is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Entry:
    """Where one member or element stands, as offsets; ``key_start`` and ``key_end`` are -1 in a list."""

    start: int
    end: int
    key_start: int = -1
    key_end: int = -1


class _Container:
    """The members of one object or list, read as far as anybody has asked."""

    __slots__ = ("at", "entries", "is_object")

    def __init__(self, start: int, *, is_object: bool) -> None:
        self.at = start + 1
        self.is_object = is_object
        self.entries: dict[str, Entry] = {}


class Locator:
    """Finds values in one valid JSON text."""

    __slots__ = ("_containers", "_first_line", "_root", "_text")

    def __init__(self, text: str, *, first_line: int = 1) -> None:
        self._text = text
        self._first_line = first_line
        self._containers: dict[int, _Container] = {}
        start = _match_space(text).end()  # type: ignore[union-attr]
        self._root = Entry(start, len(text.rstrip(" \t\n\r")))

    def find(self, pointer: str) -> Entry:
        """Return where the value of *pointer* stands, or the nearest value around it that exists."""
        entry = self._root
        for token in split_pointer(pointer):
            inner = self._enter(entry.start, token)
            if inner is None:
                return entry
            entry = inner
        return entry

    def read(self, pointer: str) -> Any:
        """Return the value of *pointer*, numbers as text; None when there is none."""
        tokens = split_pointer(pointer)
        entry: Entry | None = self._root
        for token in tokens:
            entry = self._enter(entry.start, token)
            if entry is None:
                return None
        return _skip_value(self._text, entry.start)[0]

    def span(self, start: int, end: int) -> Span:
        """Return lines and columns of ``text[start:end]``."""
        line, column = self._place(start)
        end_line, end_column = self._place(end)
        return Span(line=line, column=column, end_line=end_line, end_column=end_column)

    def _place(self, offset: int) -> tuple[int, int]:
        line = self._first_line + self._text.count("\n", 0, offset)
        return line, offset - self._text.rfind("\n", 0, offset)

    def _enter(self, start: int, token: str) -> Entry | None:
        container = self._containers.get(start)
        if container is None:
            opening = self._text[start]
            if opening not in "{[":
                return None
            container = self._containers[start] = _Container(start, is_object=opening == "{")
        found = container.entries.get(token)
        while found is None:
            read = self._read_next(container)
            if read is None:
                return None
            if read == token:
                found = container.entries[token]
        return found

    def _read_next(self, container: _Container) -> str | None:
        """Read one more member of *container*; return its token, or None at the end."""
        text = self._text
        at = _match_space(text, container.at).end()  # type: ignore[union-attr]
        if text[at] == ",":
            at += 1
        elif text[at] in "}]":
            return None
        key_start = key_end = -1
        if container.is_object:
            match = _match_key(text, at)
            if match is None:
                return None
            key_start, key_end = match.span(1)
            token = scanstring(text, key_start + 1)[0]
            at = match.end()
        else:
            at = _match_space(text, at).end()  # type: ignore[union-attr]
            token = str(len(container.entries))
        _, end = _skip_value(text, at)
        container.entries[token] = Entry(at, end, key_start, key_end)
        container.at = end
        return token
