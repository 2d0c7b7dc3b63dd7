"""Halves of surrogate pairs: Python and JSON escapes let them stand in a text, no encoding does."""

from __future__ import annotations


def is_encodable(text: str) -> bool:
    """Tell whether *text* can be written as UTF-8: it holds no half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
