"""JSON Pointer → line and column, found in the text when somebody asks and not before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from perflint.document.brace import Braces
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

    __slots__ = ("_braces", "_data", "_finished", "_first_line", "_starts", "_text", "_walk")

    def __init__(self, text: str, data: Any, finished: Sequence[dict[str, Any]], *, first_line: int = 1) -> None:
        self._text = text
        self._data = data
        self._finished = finished
        self._first_line = first_line
        self._starts: Sequence[int] = ()
        self._braces: Braces | None = None
        self._walk: Walk | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        # What is remembered is keyed by the identity of objects, which a copy does not share.
        return (_build_locator, (self._text, self._data, self._finished, self._first_line))

    def find(self, pointer: str) -> Span:
        """Return where the value of *pointer* stands, or the nearest value around it that exists."""
        if self._braces is None:
            self._braces = Braces(self._text, self._data, self._finished)
        start, end = self._braces.find(pointer) or self.find_member(pointer)[:2]
        return self.span(start, end)

    def find_member(self, pointer: str) -> Entry:
        """Return the offsets of the same and of its key."""
        if self._walk is None:
            self._walk = Walk(self._text)
        return self._walk.find(split_pointer(pointer))

    def span(self, start: int, end: int) -> Span:
        """Return lines and columns of ``text[start:end]``."""
        starts = self._starts or self._find_lines()
        line = bisect_right(starts, start)
        column = start + 1 - starts[line - 1]
        above = self._first_line - 1
        if self._text[start] not in "{[":  # nothing else goes over a line's end
            return _new(Span, (above + line, column, above + line, column + end - start))
        last = bisect_right(starts, end)
        return Span(above + line, column, above + last, end + 1 - starts[last - 1])

    def _find_lines(self) -> Sequence[int]:
        """Return the offset at which each line starts."""
        lengths = (len(line) + 1 for line in self._text.split("\n"))
        self._starts = list(accumulate(lengths, initial=0))[:-1] if "\n" in self._text else [0]
        return self._starts


def _build_locator(text: str, data: Any, finished: Sequence[dict[str, Any]], first_line: int) -> Locator:
    return Locator(text, data, finished, first_line=first_line)
