"""The language perflint speaks to people in: Chinese unless told otherwise.

A context variable, so that two threads or two tasks may speak two languages at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LANGUAGES = ("zh", "en")

LANGUAGE: ContextVar[str] = ContextVar("perflint_language", default="zh")


def current() -> str:
    """Return the language in force here: ``zh`` or ``en``."""
    return LANGUAGE.get()


def say(zh: str, en: str) -> str:
    """Return the wording in the language in force; both wordings say the same."""
    return en if LANGUAGE.get() == "en" else zh


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak *language* (``zh`` or ``en``) inside the ``with`` block."""
    token = LANGUAGE.set(language)
    try:
        yield
    finally:
        LANGUAGE.reset(token)
