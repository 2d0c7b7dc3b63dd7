"""Plain data → JSON text that a person can read and edit: a row of a table on a line of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from perflint.lean import quote

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

_WIDTH = 110


def write_data(data: Any) -> str:
    """Return *data* as JSON text ending in a newline; reading it again gives equal data.

    Args:
        data: As ``Document.data``: numbers are ``Decimal`` or ``int`` and keep their printed decimals.
    """
    return "".join(_write(data, "", False)) + "\n"


def _write(value: Any, indent: str, is_row: bool) -> Iterator[str]:
    """Yield the pieces of *value*; a row of plain values stays on one line however long it is."""
    if not isinstance(value, (dict, list)) or _is_short(value, indent) or (is_row and _is_flat(value)):
        yield _write_flat(value)
        return
    deeper = indent + "  "
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    yield opening + "\n"
    for index, (lead, part) in enumerate(_members(value)):
        yield (",\n" if index else "") + deeper + lead
        yield from _write(part, deeper, isinstance(value, list))
    yield "\n" + indent + closing


def _members(value: Mapping[str, Any] | list[Any]) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        yield from ((_text(key) + ": ", part) for key, part in value.items())
    else:
        yield from (("", part) for part in value)


def _is_flat(value: Any) -> bool:
    parts = value.values() if isinstance(value, dict) else value
    return not any(isinstance(part, (dict, list)) and part for part in parts)


def _is_short(value: Any, indent: str) -> bool:
    return len(indent) + len(_write_flat(value)) <= _WIDTH


def _write_flat(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(lead + _write_flat(part) for lead, part in _members(value)) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_write_flat, value)) + "]"
    return str(value) if isinstance(value, Decimal) else _text(value)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return quote(value)
    return "null" if value is None else str(value).lower()  # a truth value, or an integer
