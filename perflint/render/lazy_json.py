"""JSON of any length, piece by piece: what ``json.dumps(…, ensure_ascii=False, indent=2)`` writes, to the byte."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from json.encoder import encode_basestring as _quote


class _LazyError(Exception):
    """An iterator is in a value."""


def write_json(value: object) -> Iterator[str]:
    """Yield the text of *value* and a newline; iterators in it become lists and are never held as a whole."""
    yield from _write(value, "\n")
    yield "\n"


def _write(value: object, margin: str) -> Iterator[str]:
    """Yield the text of *value*, whose lines start with *margin*, a newline and blanks."""
    try:
        yield _dump(value, margin)
    except _LazyError:
        if isinstance(value, Mapping):
            yield from _enclose("{", ((f"{_quote(name)}: ", part) for name, part in value.items()), "}", margin)
        elif isinstance(value, Iterable):
            yield from _enclose("[", (("", part) for part in value), "]", margin)


def _enclose(opening: str, parts: Iterable[tuple[str, object]], closing: str, margin: str) -> Iterator[str]:
    before = opening
    for name, part in parts:
        yield f"{before}{margin}  {name}"
        yield from _write(part, margin + "  ")
        before = ","
    yield opening + closing if before == opening else margin + closing


def _dump(value: object, margin: str) -> str:
    """Return the text of *value*. ``json`` itself indents in Python, at three times the price.

    Raises:
        _LazyError: An iterator is in it; none has been moved.
    """
    if isinstance(value, str):
        return _quote(value)
    if value is None:
        return "null"
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    inner = margin + "  "
    if isinstance(value, Mapping):
        return _join("{", [f"{_quote(name)}: {_dump(part, inner)}" for name, part in value.items()], "}", margin)
    if isinstance(value, list | tuple):
        return _join("[", [_dump(part, inner) for part in value], "]", margin)
    if isinstance(value, Iterator):
        raise _LazyError
    return json.dumps(value)


def _join(opening: str, parts: list[str], closing: str, margin: str) -> str:
    if not parts:
        return opening + closing
    return f"{opening}{margin}  {f',{margin}  '.join(parts)}{margin}{closing}"
