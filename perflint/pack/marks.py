"""Where the n-th character of a YAML scalar stands in the file: for carets inside expressions.

Quotes, escapes, folding and indentation are undone as YAML does it; where that does not give back the scalar's text
(an odd corner of the syntax), the place is the start of the scalar, which is never wrong by more than the scalar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

_SINGLE = re.compile(r"''|[^']")
_DOUBLE = re.compile(r"\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\.|[^\\\"]")
_ANY = re.compile(r".")
_SHORT = {"0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b"}
_SHORT |= {"N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029"}

Placed = tuple[str, int, int]


def find_offset(event: Any, lines: list[str], offset: int) -> tuple[int, int]:
    """Return the 0-based line and column of character *offset* of a scalar.

    Args:
        event: The parser's scalar event, with ``value``, ``style``, ``start_mark`` and ``end_mark``.
        lines: The lines of the file.
    """
    start = event.start_mark
    placed = list(_place_characters(event, lines))
    text = event.value.rstrip("\n")
    if "".join(character for character, _, _ in placed[: len(text)]) != text or not placed:
        return start.line, start.column
    if offset < len(placed):
        return placed[offset][1:]
    _, line, column = placed[-1]
    return line, column + 1


def _place_characters(event: Any, lines: list[str]) -> Iterator[Placed]:
    if event.style in ("|", ">"):
        return _place_block(event, lines)
    if event.style in ("'", '"'):
        return _place_flow(event, lines, _SINGLE if event.style == "'" else _DOUBLE, 1)
    return _place_flow(event, lines, _ANY, 0)


def _place_flow(event: Any, lines: list[str], pattern: re.Pattern[str], quote: int) -> Iterator[Placed]:
    start, end = event.start_mark, event.end_mark
    breaks = 0
    for number in range(start.line, end.line + 1):
        line = lines[number] if number < len(lines) else ""
        first = start.column + quote if number == start.line else len(line) - len(line.lstrip(" "))
        last = end.column - quote if number == end.line else len(line.rstrip(" "))
        if number > start.line:
            breaks += 1
            if first >= last and number < end.line:
                continue
            yield from _break_characters(breaks, number, first)
            breaks = 0
        for found in pattern.finditer(line, first, max(first, last)):
            yield _unescape(found[0]), number, found.start()


def _break_characters(breaks: int, line: int, column: int) -> Iterator[Placed]:
    """Yield what folding makes of line breaks: a space for one, one break fewer for several."""
    if breaks == 1:
        yield " ", line, column
    for _ in range(breaks - 1):
        yield "\n", line, column


def _unescape(written: str) -> str:
    if written == "''":
        return "'"
    if written[0] != "\\" or len(written) == 1:
        return written
    if written[1] in "xuU" and len(written) > 2:
        return chr(int("0x" + written[2:], 0))
    return _SHORT.get(written[1], written[1])


def _place_block(event: Any, lines: list[str]) -> Iterator[Placed]:
    start, end = event.start_mark, event.end_mark
    body = [(number, lines[number]) for number in range(start.line + 1, min(end.line + 1, len(lines)))]
    while body and not body[-1][1].strip():
        body.pop()
    # The first line of the scalar's text is the first line of the body without its indentation.
    first = event.value.lstrip("\n").split("\n", 1)[0]
    indent = next((len(line) - len(line.lstrip(" ")) for _, line in body if line.strip()), 0)
    indent -= len(first) - len(first.lstrip(" "))
    if event.style == "|":
        return chain.from_iterable(_place_line(number, line, indent, "\n") for number, line in body)
    return _place_folded(body, indent)


def _place_line(number: int, line: str, indent: int, end: str) -> Iterator[Placed]:
    yield from ((character, number, indent + at) for at, character in enumerate(line[indent:]))
    for character in end:
        yield character, number, len(line)


def _place_folded(body: list[tuple[int, str]], indent: int) -> Iterator[Placed]:
    for at, (number, line) in enumerate(body):
        following = [text[indent:] for _, text in body[at + 1 :]]
        yield from _place_line(number, line, indent, _folded_end(line[indent:], following))


def _folded_end(line: str, following: list[str]) -> str:
    """Return what the break after *line* becomes in a folded scalar."""
    content = next((text for text in following if text), "")
    more_indented = line.startswith(" ") or content.startswith(" ")
    if not line or more_indented:
        return "\n"
    return " " if following and following[0] else ""
