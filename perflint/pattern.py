"""Regular expressions that cost nothing until somebody looks for them, and little even then.

To compile the patterns that one small table needs takes as long as all the rest of a check. What ``re`` makes of a
pattern, a list of numbers, is therefore stored. The numbers are Python's own affair: they count for one version of
Python only, and wherever it does not do what is expected here, the pattern is compiled as usual.
"""

from __future__ import annotations

import marshal
import sys
from functools import lru_cache

from perflint.record import Apart
from perflint.store import read_entry, write_entry

TYPE_CHECKING = False  # neither typing nor re is needed while every pattern comes from the store
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator
    from typing import Any

_ENTRY = "patterns"
_MOST = 4_000
_MADE = 2
"""Which way the programs of patterns are made here, counted on whenever that changes."""
_STAMP = (sys.version, sys.implementation.cache_tag, _MADE)

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
        method: object = getattr(compile_pattern(self.source), name)
        setattr(self, name, method)
        return method


@lru_cache(maxsize=_MOST)
def compile_pattern(source: str) -> re.Pattern[str]:
    """Return what ``re.compile`` returns.

    Raises:
        re.error: *source* is no pattern.
    """
    known = _read_stored().get(source)
    try:
        return _assemble(source, known if known is not None else _remember(source))
    except Exception:  # noqa: BLE001 - another Python than expected, or no pattern, which re tells best
        import re

        return re.compile(source)


def keep_patterns() -> None:
    """Store what has been compiled since the process began, beside what is stored already."""
    if _fresh:
        write_entry(_ENTRY, _STAMP, dict([*_read_stored().items(), *_fresh.items()][-_MOST:]))
        _fresh.clear()


_fresh: dict[str, Apart] = {}


@lru_cache(maxsize=1)
def _read_stored() -> dict[str, Apart]:
    return read_entry(_ENTRY, _STAMP.__eq__) or {}


def _remember(source: str) -> Apart:
    program = _fresh[source] = Apart(_translate(source))
    return program


def _translate(source: str) -> bytes:
    """Return the program of a pattern, as ``re`` makes it on the way to a compiled pattern."""
    from array import array
    from re import _parser  # type: ignore[attr-defined]

    from perflint.beginning import compile_code

    parsed: Any = _parser.parse(source)
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    code = array("I", compile_code(parsed)).tobytes()
    return marshal.dumps((state.flags, code, state.groups - 1, dict(state.groupdict), tuple(names)))


def _assemble(source: str, program: Apart) -> re.Pattern[str]:
    import _sre  # type: ignore[import-not-found]

    flags, code, groups, numbers, names = marshal.loads(bytes(program))  # noqa: S302 - see perflint.store
    pattern: re.Pattern[str] = _sre.compile(source, flags, memoryview(code).cast("I").tolist(), groups, numbers, names)
    return pattern
