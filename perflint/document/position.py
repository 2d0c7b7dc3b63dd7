"""JSON Pointer → line and column, found in the text when somebody asks and not before."""

from __future__ import annotations

from collections.abc import Sequence

from perflint.document.brace import Braces
from perflint.document.linebreak import LineBreaks
from perflint.document.pointer import split_pointer
from perflint.document.walk import Entry, Walk
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any


_new = tuple.__new__  # the constructor itself takes longer than finding


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

    __slots__ = ("_braces", "_breaks", "_data", "_finished", "_first_line", "_text", "_walk")

    def __init__(self, text: str, data: Any, finished: Sequence[dict[str, Any]], *, first_line: int = 1) -> None:
        self._text = text
        self._data = data
        self._finished = finished
        self._first_line = first_line
        self._breaks: LineBreaks | None = None
        self._braces: Braces | None = None
        self._walk: Walk | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        # What is remembered is keyed by the identity of objects, which a copy does not share.
        return (_build_locator, (self._text, self._data, self._finished, self._first_line))

    def find(self, pointer: str) -> Span:
        """Return where the value of *pointer* stands, or the nearest value around it that exists."""
        start, end = self._get_braces().find(pointer) or self.find_member(pointer)[:2]
        return self.span(start, end)

    def find_all(self, pointers: Sequence[str]) -> list[Span]:
        """Return the same for each of *pointers*, sooner."""
        places = self._get_braces().find_all(pointers)
        if None in places:
            places = [place or self.find_member(pointer)[:2] for place, pointer in zip(places, pointers, strict=True)]
        if self._get_breaks().is_single:
            line = self._first_line
            return [_new(Span, (line, start + 1, line, end + 1)) for start, end in places]  # type: ignore[misc]
        spans = {place: self.span(*place) for place in sorted(places)}  # type: ignore[misc, type-var]
        return [spans[place] for place in places]

    def find_member(self, pointer: str) -> Entry:
        """Return the offsets of the same and of its key."""
        if self._walk is None:
            self._walk = Walk(self._text)
        return self._walk.find(split_pointer(pointer))

    def span(self, start: int, end: int) -> Span:
        """Return lines and columns of ``text[start:end]``."""
        breaks = self._breaks or self._get_breaks()
        line, column = breaks.find(start)
        line += self._first_line
        if breaks.is_single or self._text[start] not in "{[":  # nothing else goes over a line's end
            return _new(Span, (line, column, line, column + end - start))
        last, end_column = breaks.find(end)
        return Span(line, column, self._first_line + last, end_column)

    def _get_braces(self) -> Braces:
        if self._braces is None:
            self._braces = Braces(self._text, self._data, self._finished)
        return self._braces

    def _get_breaks(self) -> LineBreaks:
        if self._breaks is None:
            self._breaks = LineBreaks(self._text)
        return self._breaks


def _build_locator(text: str, data: Any, finished: Sequence[dict[str, Any]], first_line: int) -> Locator:
    return Locator(text, data, finished, first_line=first_line)
