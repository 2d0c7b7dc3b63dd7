"""JSON Pointer → line and column, found in the text when somebody asks and not before.

Two ways. The quick one uses what the scanner gives away for nothing: it finishes objects in the order of their closing
braces, so the k-th finished object ends at the k-th ``}`` of the text, provided that no string contains one. The sure
one walks from the root and lets the C scanner skip what lies between. The quick one hands over whenever in doubt.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from perflint.document.pointer import split_pointer

# Skips values only; numbers stay text so that a long one costs nothing.
_skip_value = json.JSONDecoder(parse_float=str, parse_int=str).scan_once  # type: ignore[attr-defined]
_match_space = re.compile(r"[ \t\n\r]*").match
_match_colon = re.compile(r"[ \t\n\r]*:[ \t\n\r]*").match
_match_key = re.compile(r'[ \t\n\r]*("[^"\\]*(?:\\.[^"\\]*)*")[ \t\n\r]*:[ \t\n\r]*').match


class Span(NamedTuple):
    """A stretch of a text file. Lines and columns count from 1, columns in characters; the end column is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Entry(NamedTuple):
    """Where one member or element stands, as offsets; ``key_start`` and ``key_end`` are -1 where there is no key."""

    start: int
    end: int
    key_start: int = -1
    key_end: int = -1


class Locator:
    """Finds the values of one document in its text, which is valid JSON.

    Args:
        text: The JSON text.
        data: What it holds.
        finished: Every object of *data*, in the order of their closing braces.
        first_line: The number of the first line.
    """

    __slots__ = ("_data", "_finished", "_first_line", "_known", "_ranks", "_sums", "_text", "_walk")

    def __init__(self, text: str, data: Any, finished: Sequence[dict[str, Any]], *, first_line: int = 1) -> None:
        self._text = text
        self._data = data
        self._finished = finished
        self._first_line = first_line
        self._known = 0, first_line
        self._ranks: dict[int, int] | None = None
        self._sums: list[int] = []
        self._walk: Walk | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        # What is remembered is keyed by the identity of objects, which a copy does not share.
        return (_build_locator, (self._text, self._data, self._finished, self._first_line))

    def find(self, pointer: str) -> tuple[int, int]:
        """Return the offsets of the value of *pointer*, or of the nearest value around it that exists."""
        tokens = split_pointer(pointer)
        found = self._find_by_brace(tokens)
        if found is None:
            entry = self._get_walk().find(tokens)
            return entry.start, entry.end
        return found

    def find_member(self, pointer: str) -> Entry:
        """Return the same with its key."""
        return self._get_walk().find(split_pointer(pointer))

    def span(self, start: int, end: int) -> Span:
        """Return lines and columns of ``text[start:end]``."""
        text = self._text
        known, line = self._known
        # Findings come in order, so the way from the last one asked about is short.
        line += text.count("\n", known, start) if start >= known else -text.count("\n", start, known)
        self._known = start, line
        column = start - text.rfind("\n", 0, start)
        if text[start] not in "{[":  # nothing else goes over a line's end
            return Span(line, column, line, column + end - start)
        return Span(line, column, line + text.count("\n", start, end), end - text.rfind("\n", 0, end))

    def _get_walk(self) -> Walk:
        if self._walk is None:
            self._walk = Walk(self._text)
        return self._walk

    def _find_by_brace(self, tokens: list[str]) -> tuple[int, int] | None:
        """Return the offsets of the value, or None when the walk has to find out."""
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
        if self._ranks is None:
            self._ranks = self._match_braces()
        if type(value) is dict:
            rank = self._ranks.get(id(value))
            return None if rank is None else (self._find_opening(rank), self._sums[rank] + rank + 1)
        rank = self._ranks.get(id(owner))
        if rank is None:
            return None
        start = self._find_own(key, self._find_opening(rank), self._sums[rank] + rank)
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
        last = self._ranks.get(id(value[-1])) if type(value) is list and value and self._ranks else None
        if last is not None:
            return self._text.index("]", self._sums[last] + last) + 1
        end: int = _skip_value(self._text, start)[1]
        return end

    def _find_opening(self, rank: int) -> int:
        """Return the offset of the brace that opens the object of that *rank*."""
        sums, rfind = self._sums, self._text.rfind
        opening = rfind("{", 0, sums[rank] + rank)
        if not rank or opening >= sums[rank - 1] + rank:
            return opening  # no other brace closes between the two
        # The object inside that is finished first ends a chain of first members, and after the brace before its own
        # end only the braces of that chain open.
        links = 0
        inner: dict[str, Any] | None = self._finished[rank]
        while inner is not None:
            first = inner
            links += 1
            inner = _get_first_object(first.values())
        rank = self._ranks[id(first)] if self._ranks else rank
        opening = sums[rank] + rank
        for _ in range(links):
            opening = rfind("{", 0, opening)
        return opening

    def _match_braces(self) -> dict[int, int]:
        """Return object identity → rank in the order of closing braces; nothing when a string holds a brace too.

        The brace of rank k stands at ``sums[k] + k``: after that much other text and k braces.
        """
        self._sums = list(accumulate(map(len, self._text.split("}"))))
        count = len(self._finished)
        if len(self._sums) != count + 1 or self._text.count("{") != count:
            return {}
        return dict(zip(map(id, self._finished), range(count), strict=True))


def _build_locator(text: str, data: Any, finished: Sequence[dict[str, Any]], first_line: int) -> Locator:
    return Locator(text, data, finished, first_line=first_line)


def _get_first_object(values: Iterable[Any]) -> dict[str, Any] | None:
    for value in values:
        if type(value) is dict:
            return value
        if type(value) is list:
            inner = _get_first_object(value)
            if inner is not None:
                return inner
    return None


class Walk:
    """Goes from the root of a JSON text to any value in it, and remembers the members it passed.

    Broken text raises ``ValueError``, ``IndexError`` or ``StopIteration`` at the broken place.
    """

    __slots__ = ("_containers", "_root", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._containers: dict[int, _Container] = {}
        self._root = Entry(_match_space(text).end(), len(text.rstrip(" \t\n\r")))  # type: ignore[union-attr]

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
        return None if entry is None else _skip_value(self._text, entry.start)[0]

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
        at = _match_space(text, container.at).end()  # type: ignore[union-attr]
        if text[at] in "}]":
            return False
        if container.entries:
            at += 1  # the comma
        if container.is_object:
            match = _match_key(text, at)
            if match is None:
                raise ValueError(at)
            start = match.end()
            key_start, key_end = match.span(1)
            token = scanstring(text, key_start + 1)[0]
        else:
            start = _match_space(text, at).end()  # type: ignore[union-attr]
            key_start = key_end = -1
            token = str(len(container.entries))
        container.at = _skip_value(text, start)[1]
        container.entries[token] = Entry(start, container.at, key_start, key_end)
        return True


class _Container:
    """The members of one object or list, read as far as anybody has asked."""

    __slots__ = ("at", "entries", "is_object")

    def __init__(self, start: int, *, is_object: bool) -> None:
        self.at = start + 1
        self.is_object = is_object
        self.entries: dict[str, Entry] = {}
