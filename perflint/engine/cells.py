"""Every text cell of a document, for rules with ``for_each: cell``."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from perflint.expression.cells import TEXTS, Raw, printed_text
from perflint.schema.model import load_model


class Cell(NamedTuple):
    """One text of the document, blank ones left out.

    Attributes:
        text: Folded; ``raw`` as printed.
        field: Name of the field in the schema; ``title`` its Chinese term.
        pointer: JSON Pointer.
    """

    text: str
    raw: str
    field: str
    title: str
    pointer: str


class _Plan(NamedTuple):
    texts: tuple[tuple[str, str], ...]
    records: tuple[tuple[str, str], ...]
    lists: tuple[tuple[str, str], ...]


# Not part of the form: where the file came from, and what could not be placed.
_PASSED_OVER = frozenset({"source", "unread"})


def list_cells(data: Raw) -> list[Cell]:
    """Return the text cells of a document, in the order of the schema."""
    found: list[Cell] = []
    _collect("document", data, "", found)
    return found


def _collect(record: str, data: Raw, pointer: str, found: list[Cell]) -> None:
    plan = _plan(record)
    for key, title in plan.texts:
        cell = data.get(key)
        if cell is None:
            continue
        printed = printed_text(cell) or ""
        text = TEXTS[printed]
        if text is not None:
            found.append(Cell(text, printed, key, title, f"{pointer}/{key}"))
    for key, inner in plan.records:
        if key in data:
            _collect(inner, data[key], f"{pointer}/{key}", found)
    for key, inner in plan.lists:
        for index, item in enumerate(data.get(key) or ()):
            _collect(inner, item, f"{pointer}/{key}/{index}", found)


@cache
def _plan(record: str) -> _Plan:
    fields: list[Any] = [f for f in load_model().records[record].fields.values() if f.key is not None]
    fields = [f for f in fields if record != "document" or f.name not in _PASSED_OVER]
    return _Plan(
        texts=tuple((f.key, f.title) for f in fields if f.reading in ("text", "printed", "date")),
        records=tuple((f.key, f.type.record) for f in fields if f.reading == "record"),
        lists=tuple((f.key, f.type.item.record) for f in fields if f.reading == "list"),
    )
