"""A JSON Pointer walked through the document and the schema at once: which record, which field, which value."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from perflint.document.pointer import split_pointer
from perflint.schema.model import Field, load_model
from perflint.typed import final

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

EXTRA_LINE = "extra_line"
_TAKE_EXTRA_LINES = frozenset({"by_source", "by_use", "share_by_source", "share_by_use"})


@final
class Step:
    """The value that a pointer names, or the lack of one.

    Attributes:
        pointer: Up to and including the last token.
        token: That token, key or index as written; ``""`` for the document.
        above: The step before it; None for the document.
        record: Name of the record the value is, or that the elements of the list are; None for a cell.
        field: The field the key names, None for a list element and for keys the schema does not know.
        is_item: Whether the value is an element of a list.
        is_row: Whether it is a row of the form: an element of a list (not a table), or a free line.
        value: The value there, None when absent.
        exists: Whether the document has it, be it blank.
        order: Puts steps in the order of the form, whatever the order of keys in the file.
    """

    __slots__ = (
        "_row",
        "_table",
        "above",
        "exists",
        "field",
        "is_item",
        "is_row",
        "order",
        "pointer",
        "record",
        "token",
        "value",
    )

    def __init__(self, pointer: str, token: str, above: Step | None, value: Any) -> None:
        self.pointer, self.token, self.above, self.value = pointer, token, above, value
        self.record: str | None = "document"
        self.field: Field | None = None
        self._row: Step | None = None  # above it: one that held itself would be garbage that only a search finds
        self._table: Step | None = None
        self.is_item = self.is_row = False
        self.exists = True
        self.order: tuple[tuple[int, str], ...] = ()
        if above is not None:
            self._follow(above)

    def _follow(self, above: Step) -> None:
        token, outer, record = self.token, above.value, above.record
        is_index = token.isdecimal()
        if isinstance(outer, list):
            self.is_item = is_index
            self.record = record if is_index else None
        else:
            self.record, self.field = _follow(record, token)
        self.exists, self.value = _take(outer, token)
        self.is_row = (self.is_item and self.record != "table") or self.record == EXTRA_LINE
        self._row, self._table = above.row, above.table
        self.order = (*above.order, (int(token), "") if is_index else _rank(record, token))

    @property
    def row(self) -> Step | None:
        """The innermost row at or above it, None outside rows."""
        return self if self.is_row else self._row

    @property
    def table(self) -> Step | None:
        """The table at or above it, None outside tables."""
        return self if self._table is None and self.is_item and self.record == "table" else self._table


class Places:
    """The pointers of one document, each walked once."""

    __slots__ = ("_known", "data")

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self._known: dict[str, Step] = {"": Step("", "", None, data)}

    def walk(self, pointer: str) -> Step:
        """Return the step that *pointer* ends at. What does not exist has value None."""
        known = self._known.get(pointer)
        if known is None:
            above, _, token = pointer.rpartition("/")
            token = split_pointer(f"/{token}")[0] if "~" in token else token
            known = self._known[pointer] = Step(pointer, token, self.walk(above), None)
        return known


def _take(outer: Any, token: str) -> tuple[bool, Any]:
    """Return whether *outer* holds what *token* names, and that."""
    if isinstance(outer, list):
        is_there = token.isdecimal() and int(token) < len(outer)
        return is_there, outer[int(token)] if is_there else None
    if isinstance(outer, Mapping) and token in outer:
        return True, outer[token]
    return False, None


def _rank(record: str | None, token: str) -> tuple[int, str]:
    ranks = _ranks(record)
    return ranks.get(token, len(ranks)), token


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
