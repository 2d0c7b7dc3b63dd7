"""Offsets in a text → lines and columns.

A list of where every line begins would cost more than finding some values: an indented table has hundreds of lines.
Counted are the line ends in front of every thousandth character, and from there on when somebody asks.
"""

from __future__ import annotations

from perflint.typed import NamedTuple

_STEP = 1024  # counting through so many characters takes as long as a few steps of Python


class _Mark(NamedTuple):
    """What is known of one place: its line, counting from 0, and the offset at which that line starts."""

    line: int
    start: int


class LineBreaks:
    """The line ends of one text.

    Attributes:
        is_single: Whether the text has one line.
    """

    __slots__ = ("_marks", "_text", "is_single")

    def __init__(self, text: str) -> None:
        self._text = text
        first = text.find("\n")
        self.is_single = first < 0 or first == len(text) - 1
        self._marks = [_Mark(0, 0)] if self.is_single else _set_marks(text)

    def find(self, offset: int) -> tuple[int, int]:
        """Return line and column of the character at *offset*, the first being 0 and 1."""
        if self.is_single:
            return 0, offset + 1
        block = offset // _STEP
        line, start = self._marks[block]
        passed = self._text.count("\n", block * _STEP, offset)
        if passed:
            start = self._text.rindex("\n", 0, offset) + 1
        return line + passed, offset + 1 - start


def _set_marks(text: str) -> list[_Mark]:
    marks = [_Mark(0, 0)]
    line = start = 0
    for at in range(0, len(text), _STEP):
        passed = text.count("\n", at, at + _STEP)
        if passed:
            line += passed
            start = text.rindex("\n", 0, at + _STEP) + 1
        marks.append(_Mark(line, start))
    return marks
