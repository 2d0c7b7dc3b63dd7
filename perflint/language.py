"""The language perflint speaks to people in: Chinese unless told otherwise.

A context variable, so that two threads or two tasks may speak two languages at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LANGUAGES = ("zh", "en")

_LONGEST = 40
_CONTROLS = r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"

LANGUAGE: ContextVar[str] = ContextVar("perflint_language", default="zh")


def current() -> str:
    """Return the language in force here: ``zh`` or ``en``."""
    return LANGUAGE.get()


def say(zh: str, en: str) -> str:
    """Return the wording in the language in force; both wordings say the same."""
    return en if LANGUAGE.get() == "en" else zh


def quote(text: str) -> str:
    """Return *text* in double quotes as a message shows it: shortened, and safe for a terminal."""
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return f'"{hide_controls(shown)}"'


def hide_controls(text: str) -> str:
    """Return *text* with U+FFFD for each character that steers a terminal, breaks a line, or is no character."""
    if text.isprintable():
        return text
    import re  # of all that is shown, next to nothing comes here

    return re.sub(_CONTROLS, "\ufffd", text)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak *language* (``zh`` or ``en``) inside the ``with`` block."""
    token = LANGUAGE.set(language)
    try:
        yield
    finally:
        LANGUAGE.reset(token)
