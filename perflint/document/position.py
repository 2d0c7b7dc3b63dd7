"""JSON Pointer → line and column, found in the text when somebody asks and not before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from perflint.document.brace import Braces
from perflint.document.pointer import split_pointer
from perflint.document.walk import Entry, Walk


class Span(NamedTuple):
    """A stretch of a text file. Lines and columns count from 1, columns in characters; the end column is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Locator:
    """Finds the values of one document in its text.

    Args:
        text: Valid JSON.
        data: What it holds.
        finished: Every object of *data*, in the order of their closing braces.
        first_line: The number of the first line.
    """

    __slots__ = ("_braces", "_data", "_finished", "_first_line", "_known", "_text", "_walk")

    def __init__(self, text: str, data: Any, finished: Sequence[dict[str, Any]], *, first_line: int = 1) -> None:
        self._text = text
        self._data = data
        self._finished = finished
        self._first_line = first_line
        self._known = 0, first_line
        self._braces: Braces | None = None
        self._walk: Walk | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        # What is remembered is keyed by the identity of objects, which a copy does not share.
        return (_build_locator, (self._text, self._data, self._finished, self._first_line))

    def find(self, pointer: str) -> tuple[int, int]:
        """Return the offsets of the value of *pointer*, or of the nearest value around it that exists."""
        if self._braces is None:
            self._braces = Braces(self._text, self._data, self._finished)
        found = self._braces.find(split_pointer(pointer))
        return self.find_member(pointer)[:2] if found is None else found

    def find_member(self, pointer: str) -> Entry:
        """Return the same with its key."""
        if self._walk is None:
            self._walk = Walk(self._text)
        return self._walk.find(split_pointer(pointer))

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


def _build_locator(text: str, data: Any, finished: Sequence[dict[str, Any]], first_line: int) -> Locator:
    return Locator(text, data, finished, first_line=first_line)
