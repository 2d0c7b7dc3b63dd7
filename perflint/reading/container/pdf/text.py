"""Put glyphs together to lines, lines to the text of a cell or to paragraphs.

A line break inside a cell is kept where the writer made one and dropped where the cell was merely full:
``≥95%以`` over ``上`` is one value, ``445.40万元`` over ``611.00万元`` are two.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from perflint.reading.container.pdf.geometry import Box
from perflint.reading.container.pdf.glyphs import Glyph

_WORD_GAP = 30  # percent of the height that parts two Latin words
_WIDE_GAP = 110  # percent of the height that parts two Chinese ones
_SLACK = 35  # percent of the height a full line may fall short


class TextLine(NamedTuple):
    """One printed line: its glyphs from left to right, its text with gaps as spaces, its box.

    ``overlaps`` says that characters stand on top of each other.
    """

    glyphs: tuple[Glyph, ...]
    text: str
    box: Box
    overlaps: bool = False


def build_lines(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """Return the lines from top to bottom."""
    lines: list[list[Glyph]] = []
    reach: list[tuple[int, int]] = []
    for glyph in sorted(glyphs, key=lambda one: (one.box.center[1], one.box.left)):
        middle, height = glyph.box.center[1], max(glyph.box.height, 1)
        if lines and middle - reach[-1][0] <= max(reach[-1][1], height) * 45 // 100:
            lines[-1].append(glyph)
            if not glyph.text.isspace() and height > reach[-1][1]:
                reach[-1] = (middle, height)
        else:
            lines.append([glyph])
            reach.append((middle, height))
    return [line for line in map(_build_line, lines) if line.text]


def _build_line(glyphs: list[Glyph]) -> TextLine:
    ordered = sorted(glyphs, key=lambda glyph: (glyph.box.left, glyph.box.right))
    inked = [glyph for glyph in ordered if not glyph.text.isspace()] or ordered
    text = "".join(_list_pieces(ordered)).strip(" ")
    box = Box(
        min(glyph.box.left for glyph in inked),
        min(glyph.box.top for glyph in inked),
        max(glyph.box.right for glyph in inked),
        max(glyph.box.bottom for glyph in inked),
    )
    return TextLine(tuple(inked), text, box, any(_overlap(one, other) for one, other in pairwise(inked)))


def _overlap(one: Glyph, other: Glyph) -> bool:
    shared = one.box.right - other.box.left
    narrow = min(one.box.right - one.box.left, other.box.right - other.box.left)
    return narrow > 0 and shared * 2 > narrow


def _list_pieces(glyphs: Sequence[Glyph]) -> Iterator[str]:
    before: Glyph | None = None
    for glyph in glyphs:
        if before is not None and not glyph.text.isspace() and not before.text.isspace():
            gap = (glyph.box.left - before.box.right) * 100
            chinese = is_wide(glyph.text) or is_wide(before.text)
            size = max(before.box.height, glyph.box.height)
            if gap > (_WIDE_GAP if chinese else _WORD_GAP) * size:
                yield "  " if gap > 2 * _WIDE_GAP * size else " "
        yield " " if glyph.text.isspace() else glyph.text
        before = glyph


def is_wide(text: str) -> bool:
    """Whether a character is Chinese or full-width: lines may break before and after it."""
    return unicodedata.east_asian_width(text[-1]) in "WF"


def measure_margin(cells: Iterable[tuple[Box, Sequence[TextLine]]]) -> int:
    """Return how far text stays from the sides of its cell in one table: the least distance seen."""
    gaps = [
        gap for box, lines in cells for line in lines for gap in (line.box.left - box.left, box.right - line.box.right)
    ]
    return max(min(gaps, default=0), 0)


def join_lines(lines: Sequence[TextLine], width: int) -> str:
    r"""Join the lines of one cell; *width* is the room for text in it. Breaks that the writer made stay ``\n``."""
    text = lines[0].text if lines else ""
    for upper, lower in pairwise(lines):
        if is_full(upper, lower, width):
            text += f" {lower.text}" if _is_latin(text[-1]) and _is_latin(lower.text[0]) else lower.text
        else:
            text += f"\n{lower.text}"
    return text


def is_full(upper: TextLine, lower: TextLine, width: int) -> bool:
    """Whether the first word of *lower* had no room on *upper*."""
    used = upper.box.right - upper.box.left
    slack = upper.box.height * _SLACK // 100
    return used + _measure_word(lower) + slack > width


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _measure_word(line: TextLine) -> int:
    """Return the width of what cannot be parted at the start of a line, closing marks that follow included."""
    end = 0
    glyphs = line.glyphs
    while end < len(glyphs):
        here = glyphs[end].text
        following = glyphs[end + 1].text if end + 1 < len(glyphs) else ""
        end += 1
        if not following or not _sticks(here, following):
            break
    return glyphs[end - 1].box.right - glyphs[0].box.left


def _sticks(here: str, following: str) -> bool:
    if following in "，。、；：！？）》」』】”’％%,.;:!?)]}/…‰℃" or here in "（《「『【“‘([{":
        return True
    return not is_wide(here) and not is_wide(following)


def build_paragraphs(lines: Sequence[TextLine], body: Box) -> Iterator[tuple[str, Box]]:
    """Yield paragraphs with their boxes.

    A line goes on in the next when it reaches the right side of *body* (what the page prints on) and that one starts
    at its left side.
    """
    text, box = "", body
    last: TextLine | None = None
    for line in lines:
        if last is not None and _continues(last, line, body):
            text += line.text
            box = Box(min(box.left, line.box.left), box.top, max(box.right, line.box.right), line.box.bottom)
        else:
            if last is not None:
                yield text, box
            text, box = line.text, line.box
        last = line
    if last is not None:
        yield text, box


def _continues(upper: TextLine, lower: TextLine, body: Box) -> bool:
    height = max(upper.box.height, 1)
    if lower.box.top - upper.box.bottom > height * 2 or abs(lower.box.height - height) * 4 > height:
        return False
    return body.right - upper.box.right <= height * 5 // 4 and lower.box.left - body.left <= height // 2
