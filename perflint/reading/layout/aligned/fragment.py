"""The pieces of a printed line and where they stand.

一级指标    三级指标      指标值 ──split_line──▶ Fragment, Fragment, Fragment
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from perflint.reading.grid import Paragraph

Measure = Callable[[str], int]
_PIECE = re.compile(r"[^\s\u3000]+(?: [^\s\u3000]+)*")


class Fragment(NamedTuple):
    """A piece of a line between wide blanks.

    Attributes:
        start, end: Where it stands, in the columns of the page.
        line: Running number of its line.
        origin: The place of the line in the file.
    """

    text: str
    start: int
    end: int
    line: int
    origin: str

    @property
    def width(self) -> int:
        """The width on paper, whatever the columns of the page count."""
        return measure_wide(self.text)


def measure_wide(text: str) -> int:
    """Return the width of a text where a Chinese character takes two columns."""
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)


def split_line(paragraph: Paragraph, line: int, measure: Measure) -> tuple[Fragment, ...]:
    """Return the pieces of a line from left to right."""
    return tuple(
        Fragment(piece, start, end, line, paragraph.origin) for piece, start, end in _cut(paragraph.text, measure)
    )


@lru_cache(maxsize=256)  # a line is asked for by each of the lines around it that may begin a table
def _cut(text: str, measure: Measure) -> tuple[tuple[str, int, int], ...]:
    found = []
    at = end = 0
    for hit in _PIECE.finditer(text):
        start = end + measure(text[at : hit.start()])
        at, end = hit.end(), start + measure(hit.group())
        found.append((hit.group(), start, end))
    return tuple(found)


def choose_measure(paragraphs: Sequence[Paragraph]) -> Measure:
    """Return the measure by which the pieces begin in fewer places: some programs count a Chinese character as one."""
    return min((measure_wide, len), key=lambda measure: _count_starts(paragraphs, measure))


def _count_starts(paragraphs: Sequence[Paragraph], measure: Measure) -> int:
    return len({one.start for paragraph in paragraphs for one in split_line(paragraph, 0, measure)})


def join_texts(fragments: Sequence[Fragment]) -> str:
    """Return the text of a cell that is broken over lines; Latin words keep a blank between them."""
    text = ""
    for one in fragments:
        apart = text and _is_latin(text[-1]) and _is_latin(one.text[0])
        text += f" {one.text}" if apart else one.text
    return text


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
