"""A JSON Pointer walked through the document and the schema at once: which record, which field, which value."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from perflint.document.pointer import split_pointer
from perflint.schema.model import Field, load_model
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

EXTRA_LINE = "extra_line"
_TAKE_EXTRA_LINES = frozenset({"by_source", "by_use", "share_by_source", "share_by_use"})


class Step(NamedTuple):
    """One token of a pointer.

    Attributes:
        pointer: Up to and including this token.
        token: Key or index as written.
        record: Name of the record the value is, or that the elements of the list are; None for a cell.
        field: The field the key names, None for a list element and for keys the schema does not know.
        is_item: Whether the value is an element of a list.
        value: The value there, None when absent.
    """

    pointer: str
    token: str
    record: str | None
    field: Field | None
    is_item: bool
    value: Any

    @property
    def is_row(self) -> bool:
        """Whether the value is a row of the form: an element of a list (not a table), or a free line."""
        return (self.is_item and self.record != "table") or self.record == EXTRA_LINE


class Places:
    """The pointers of one document, each walked once."""

    __slots__ = ("_known", "data")

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self._known: dict[str, tuple[Step, ...]] = {"": ()}

    def walk(self, pointer: str) -> tuple[Step, ...]:
        """Return the steps of *pointer* from the document down; none for ``""``. What does not exist has value None."""
        known = self._known.get(pointer)
        if known is None:
            above = self.walk(pointer.rpartition("/")[0])
            known = self._known[pointer] = (*above, self._step(above, pointer))
        return known

    def _step(self, above: tuple[Step, ...], pointer: str) -> Step:
        record: str | None = above[-1].record if above else "document"
        value: Any = above[-1].value if above else self.data
        token = split_pointer(pointer)[-1]
        if isinstance(value, list) and token.isdecimal():
            return Step(pointer, token, record, None, True, value[int(token)] if int(token) < len(value) else None)
        record, field = (None, None) if isinstance(value, list) else _follow(record, token)
        return Step(pointer, token, record, field, False, value.get(token) if isinstance(value, Mapping) else None)


def exists(data: Mapping[str, Any], pointer: str) -> bool:
    """Return whether the document has what *pointer* names, be it blank."""
    value: Any = data
    for token in split_pointer(pointer):
        if isinstance(value, Mapping) and token in value:
            value = value[token]
        elif isinstance(value, list) and token.isdecimal() and int(token) < len(value):
            value = value[int(token)]
        else:
            return False
    return True


def order_of(pointer: str) -> tuple[tuple[int, str], ...]:
    """Return a sort key that puts pointers in the order of the form, whatever the order of keys in the file."""
    key: list[tuple[int, str]] = []
    record: str | None = "document"
    for token in split_pointer(pointer):
        if token.isdecimal():
            key.append((int(token), ""))
        else:
            key.append((_ranks(record).get(token, len(_ranks(record))), token))
            record, _ = _follow(record, token)
    return tuple(key)


def _follow(record: str | None, token: str) -> tuple[str | None, Field | None]:
    if record is None:
        return None, None
    fields = load_model().records[record].fields
    field = fields.get(token)
    if field is not None:
        kind = field.type.item if field.type.kind == "list" else field.type
        return (kind.record if kind is not None else None), field
    if token.startswith("x-") and record in _TAKE_EXTRA_LINES:
        return EXTRA_LINE, None
    return None, None


@cache
def _ranks(record: str | None) -> Mapping[str, int]:
    if record is None:
        return {}
    return {name: rank for rank, name in enumerate(load_model().records[record].fields)}
