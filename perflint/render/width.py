"""How wide text is on a terminal, and how to break it: a Chinese character takes two columns and may end any line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from perflint.pattern import LazyPattern

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    import re

# May not stand at the start of a line, or not at its end.
_CLOSING = frozenset("，。、；：？！）】》」』”’,.;:?!)]}%％…")
_OPENING = frozenset("（【《「『“‘([{")
_TOKEN = LazyPattern(r"(?s)\s+|[^\s\u1100-\U0010ffff]+|.")
_HIDDEN = LazyPattern("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def clean(text: str) -> str:
    """Return *text* on one line, with control, direction and invisible characters made visible as escapes.

    A document is not trusted: what it prints must not move the cursor or turn the reading direction.
    """
    return _HIDDEN.sub(_escape, text)


def measure(text: str) -> int:
    """Return how many columns *text* takes; style marks and combining characters take none."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_columns, text))


def pad(text: str, width: int) -> str:
    """Return *text* filled with blanks to *width* columns."""
    return text + " " * (width - measure(text))


def wrap(text: str, width: int | None, *, indent: str = "", hanging: str | None = None) -> str:
    """Return *text* broken into lines of at most *width* columns where that is possible.

    Args:
        width: None for one line.
        indent: Put before the first line.
        hanging: Put before the others; by default *indent*.
    """
    if width is None:
        return indent + text
    hanging = indent if hanging is None else hanging
    lines, line = [], indent
    empty = True
    for piece in _pieces(text):
        if not empty and measure(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line, empty = hanging, True
        line += piece.lstrip() if empty else piece
        empty = empty and piece.isspace()
    return "\n".join([*lines, line.rstrip()])


def _pieces(text: str) -> Iterator[str]:
    """Yield the parts of *text* between which a line may end."""
    piece = ""
    for match in _TOKEN.finditer(text):
        token = match[0]
        if piece and not (token[0] in _CLOSING or piece[-1] in _OPENING or _is_mark(token) or _is_mark(piece[-1])):
            yield piece
            piece = ""
        piece += token
    if piece:
        yield piece


def _is_mark(token: str) -> bool:
    return token[0] < " "


def _columns(character: str) -> int:
    if character < " " or unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character in "\t\n\r":
        return " "
    return f"\\x{ord(character):02x}" if ord(character) < 256 else f"\\u{ord(character):04x}"
