"""Offsets in a text → lines and columns.

A list of where every line begins would cost more than finding some values: an indented table has hundreds of lines.
The line ends are counted from the place that was asked for last, so that places in their order take one walk.
"""

from __future__ import annotations


class LineBreaks:
    """The line ends of one text.

    Attributes:
        is_single: Whether the text has one line.
    """

    __slots__ = ("_known", "_text", "is_single")

    def __init__(self, text: str) -> None:
        self._text = text
        first = text.find("\n")
        self.is_single = first < 0 or first == len(text) - 1
        self._known = 0, 0  # an offset and its line; one value, as threads may ask at the same time

    def find(self, offset: int) -> tuple[int, int]:
        """Return line and column of the character at *offset*, the first being 0 and 1."""
        if self.is_single:
            return 0, offset + 1
        text, (at, line) = self._text, self._known
        if offset >= at:
            line += text.count("\n", at, offset)
        elif offset > at // 2:
            line -= text.count("\n", offset, at)
        else:
            line = text.count("\n", 0, offset)
        self._known = offset, line
        return line, offset - text.rfind("\n", 0, offset)
