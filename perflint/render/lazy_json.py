"""JSON of any length, piece by piece: what ``json.dumps(…, ensure_ascii=False, indent=2)`` writes, to the byte."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping


def write_json(value: object) -> Iterator[str]:
    """Yield the text of *value* and a newline; iterators in it become lists and are never held as a whole."""
    yield from _write(value, 0)
    yield "\n"


def _write(value: object, depth: int) -> Iterator[str]:
    if not _is_lazy(value):
        yield _dump(value, depth)
    elif isinstance(value, Mapping):
        named = ((f"{json.dumps(name, ensure_ascii=False)}: ", part) for name, part in value.items())
        yield from _enclose("{", named, "}", depth)
    elif isinstance(value, Iterable):
        yield from _enclose("[", (("", part) for part in value), "]", depth)


def _enclose(opening: str, parts: Iterable[tuple[str, object]], closing: str, depth: int) -> Iterator[str]:
    margin = "\n" + "  " * (depth + 1)
    before = opening
    for name, part in parts:
        yield before + margin + name
        yield from _write(part, depth + 1)
        before = ","
    yield opening + closing if before == opening else "\n" + "  " * depth + closing


def _is_lazy(value: object) -> bool:
    """Whether an iterator is in *value*."""
    if isinstance(value, Mapping):
        return any(map(_is_lazy, value.values()))
    return isinstance(value, Iterator) or (isinstance(value, list) and any(map(_is_lazy, value)))


def _dump(value: object, depth: int) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    # Line breaks within strings are escaped: those that are left divide members.
    return text.replace("\n", "\n" + "  " * depth) if depth else text
