"""Colours as marks in the text: single control characters, which ``clean`` lets no document bring along.

A mark takes no column, so text can be measured and broken with its marks in it.
"""

from __future__ import annotations

ERROR, WARNING, INFO, STRONG, FAINT, FIX = "\x01", "\x02", "\x03", "\x04", "\x05", "\x06"
END = "\x0f"

_CODES = {ERROR: "1;31", WARNING: "1;33", INFO: "1;36", STRONG: "1", FAINT: "2", FIX: "32", END: "0"}
_TO_ANSI = {ord(mark): f"\x1b[{code}m" for mark, code in _CODES.items()}
_TO_NOTHING = dict.fromkeys(map(ord, _CODES))


def paint(text: str, mark: str) -> str:
    """Return *text* between *mark* and its end."""
    return f"{mark}{text}{END}" if text else ""


def apply_colours(text: str, *, color: bool) -> str:
    """Return *text* with its marks turned into terminal colours, or taken out."""
    return text.translate(_TO_ANSI if color else _TO_NOTHING)
