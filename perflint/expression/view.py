"""A document as expressions see it, read cell by cell: for the reference evaluator, and for telling about findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from perflint.expression.tree import Checked, Defined, Operand
from perflint.record import dataclass
from perflint.runtime.cells import (
    Missing,
    Raw,
    extra_lines,
    in_yuan,
    printed_text,
    read_cell,
    read_target,
    read_text,
    why_missing,
)
from perflint.schema.model import Field, Model

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any


@dataclass(frozen=True, slots=True)
class View:
    """A record of the document as expressions see it.

    Attributes:
        unit: Currency unit of the enclosing table.
        year: Fiscal year of the document.
    """

    record: str
    data: Raw
    unit: str | None = None
    year: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the rules of one pack share.

    Attributes:
        values: Returns those of ``params.x`` and ``vocab.x``, by name; a run by a stored plan never asks.
        definitions: Returns the pack-defined fields by record and name, just so.
        defined: Returns what is known of them without their trees, for telling about findings.
    """

    model: Model
    values: Callable[[], Mapping[str, Any]]
    definitions: Callable[[], Mapping[str, Mapping[str, Checked]]]
    defined: Callable[[], Mapping[str, Mapping[str, Defined]]]


def missing_cell(need: Operand, roots: Mapping[str, View], settings: Settings) -> Missing:
    """Return why the cell that *need* names is null; for a pack-defined field, which cell it reads is missing."""
    view = roots[need.root]
    if settings.model.records[need.record].fields[need.path[0].partition("__")[0]].reading == "define":
        return _why_undefined(view, need.path[0], settings)
    return why_missing(settings.model, need.record, view.data, need.path)


def _why_undefined(view: View, name: str, settings: Settings) -> Missing:
    """Return the first cell behind a definition that is printed and has no value, else a list that holds items."""
    found = Missing("absent", name, name)
    for path in settings.defined()[view.record][name].reads:
        cell = settings.model.field_at(view.record, path)
        inner = view.data
        for step in path[:-1]:
            inner = inner.get(step) or {}
        if cell.reading == "extra":
            found = _blank_line(inner) or found
        elif cell.reading == "list":
            if inner.get(cell.key or ""):
                found = Missing("blank", cell.title, cell.title_en)
        elif cell.key in inner and read_cell(cell, inner, view.unit) is None:
            return why_missing(settings.model, view.record, view.data, path)
    return found


def _blank_line(block: Raw) -> Missing | None:
    """Return the first of the form's other lines that has no amount, by its printed label."""
    blank = (line for line in extra_lines(block) if read_text(line.get("amount")) is None)
    label = next((printed_text(line.get("label")) or "" for line in blank), None)
    return None if label is None else Missing("blank", label, label)


def read_field(view: View, name: str, settings: Settings) -> Any:
    """Return the value of one field of a record; a definition is no reading but an expression, see ``Evaluator``."""
    plain, _, suffix = name.partition("__")
    field = settings.model.records[view.record].fields[plain]
    if suffix == "printed":
        return field.key in view.data
    if suffix == "raw":
        cell = view.data.get(field.key or "")
        return None if read_text(cell) is None else printed_text(cell)
    if suffix == "yuan":
        return in_yuan(read_cell(field, view.data, view.unit), view.unit)
    return _READINGS.get(field.reading, _read_scalar)(view, field, settings)


def _read_scalar(view: View, field: Field, settings: Settings) -> Any:
    return read_cell(field, view.data, view.unit)


def _inside(view: View, field: Field, data: Raw) -> View:
    unit = data.get("currency_unit") if field.type.item and field.type.item.record == "table" else view.unit
    kind = field.type.item or field.type
    return View(kind.record or "", data, unit, view.year)


def _read_record(view: View, field: Field, settings: Settings) -> View:
    return _inside(view, field, view.data.get(field.key or "") or {})


def _read_list(view: View, field: Field, settings: Settings) -> list[View]:
    return [_inside(view, field, item) for item in view.data.get(field.key or "") or ()]


def _read_extra(view: View, field: Field, settings: Settings) -> list[View]:
    return [_inside(view, field, line) for line in extra_lines(view.data)]


def _read_year(view: View, field: Field, settings: Settings) -> Decimal | None:
    year = view.data.get("fiscal_year")
    return view.year if year is None else year


_READINGS: Mapping[str, Callable[[View, Field, Settings], Any]] = {
    "record": _read_record,
    "list": _read_list,
    "extra": _read_extra,
    "effective_year": _read_year,
    "target": lambda view, field, settings: read_target(view.data),
    "item": lambda view, field, settings: view.data[field.name],
}
