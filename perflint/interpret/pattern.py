"""Regular expressions that cost nothing until somebody looks for them.

A start of the command pays for every pattern compiled at import; most runs need few of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_METHODS = ("match", "fullmatch", "search", "finditer", "sub", "split", "findall")


class LazyPattern:
    """A regular expression with the methods of ``re.Pattern``, compiled at the first call of any of them."""

    __slots__ = ("source", *_METHODS)

    source: str
    match: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]
    sub: Callable[..., str]
    split: Callable[..., list[str | None]]
    findall: Callable[..., list[str]]

    def __init__(self, source: str) -> None:
        self.source = source

    def __getattr__(self, name: str) -> object:
        # Reached only while the slot is empty, that is before the first use.
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.source)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
