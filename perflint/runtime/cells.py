"""Printed cells → values of the rule language, and why a value is missing. Shared by both evaluators."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from perflint import interpret
from perflint.runtime.memo import MAX_REMEMBERED, Memo
from perflint.schema.model import Field, Model
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any, TypeAlias

Raw: TypeAlias = "Mapping[str, Any]"


class Missing(NamedTuple):
    """Why a needed value is not there.

    Attributes:
        reason: ``absent`` the form has no such cell; ``other_kind`` the cell holds another kind of value;
            ``blank`` printed and empty; ``unreadable`` printed, but no value can be read from it.
        title, title_en: The cell's name.
    """

    reason: str
    title: str
    title_en: str

    @property
    def is_unknown(self) -> bool:
        """Whether the verdict is ``unknown`` (else the rule is not applicable)."""
        return self.reason in ("blank", "unreadable")


def printed_text(cell: str | Decimal | None) -> str | None:
    """Return what stands in a value cell, a JSON number in plain notation."""
    return f"{cell:f}" if isinstance(cell, Decimal) else cell


def shown(cell: Any) -> str | None:
    """Return what ``printed_text`` does; what generated code asks of a cell that is no text."""
    return cell if cell.__class__ is str else printed_text(cell)


def fold_text(text: str | None) -> str | None:
    """Return a printed text as rules see it, None when it is blank."""
    return None if text is None else interpret.normalize(text) or None


# Shared by all programs of this process, and by both evaluators.
TEXTS = Memo(fold_text)
"""Printed text → folded text, None for a blank."""

TARGETS = Memo(lambda key: interpret.read_value(*key))
"""(value, unit, comparator) as printed → what they mean."""


class Amounts(dict["Any", "Any"]):
    """Printed amounts of tables in one currency unit → decimals in that unit."""

    def __init__(self, unit: str | None) -> None:
        super().__init__({None: None})
        self.unit, self.factor = unit, interpret.unit_factor(unit)

    def __missing__(self, cell: str) -> Decimal | None:
        if len(self) >= MAX_REMEMBERED:
            self.clear()
        amount = interpret.read_amount(cell, self.unit)
        self[cell] = amount
        return amount


AMOUNTS = Memo(Amounts)
"""Currency unit of a table → its ``Amounts``."""

NUMBERS, PERCENTS = Memo(interpret.read_number), Memo(interpret.read_percent)


def read_text(cell: str | Decimal | None) -> str | None:
    """Return the folded text of a cell, None when it is blank."""
    found: str | None = TEXTS[printed_text(cell)]  # decimals that are equal may be printed differently
    return found


def read_cell(field: Field, record: Raw, currency_unit: str | None) -> Any:
    """Return the value of a scalar JSON *field* of *record*; null for blank, absent and unreadable."""
    cell = record.get(field.key)  # type: ignore[arg-type]
    match field.reading:
        case "text" | "printed" | "date":
            return read_text(cell)
        case "amount":
            return cell if isinstance(cell, Decimal) else AMOUNTS[currency_unit][cell]
        case "number":
            return cell if isinstance(cell, Decimal) else NUMBERS[cell]
        case "percent":
            return cell if isinstance(cell, Decimal) else PERCENTS[cell]
        case "plain":
            return field.default if cell is None else cell
        case _:
            return cell


def in_yuan(amount: Decimal | None, currency_unit: str | None) -> Decimal | None:
    """Return an amount of the table in 元, None when it is blank or the table names no unit."""
    factor = AMOUNTS[currency_unit].factor
    return None if amount is None or factor is None else amount * factor


def read_target(record: Raw) -> interpret.Target:
    """Return what the value cell of an indicator or prior value means."""
    target: interpret.Target = TARGETS[printed_text(record.get("value")), record.get("unit"), record.get("comparator")]
    return target


def extra_lines(record: Raw) -> list[Raw]:
    """Return the ``x-`` lines of a funds block, in order."""
    return [line for key, line in record.items() if key.startswith("x-")]


def why_missing(model: Model, record_name: str, record: Raw, path: tuple[str, ...]) -> Missing:
    """Return why the value at *path* of *record* is null.

    Args:
        record: The raw record that the path starts from.
        path: As in ``FieldRead``: single sub-records, then a cell, a derived field, or ``target`` and its part.
    """
    first, *rest = path
    name = first.partition("__")[0]
    field = model.records[record_name].fields[name]
    if field.reading == "target":
        return _why_target(record, rest[0] if rest else "kind")
    if field.reading == "record":
        inner = record.get(field.key) or {}  # type: ignore[arg-type]
        return why_missing(model, field.type.record or "", inner, tuple(rest))
    if field.key is None:
        return Missing("blank" if field.reading == "effective_year" else "other_kind", field.title, field.title_en)
    if field.key not in record:
        return Missing("absent", field.title, field.title_en)
    cell = record[field.key]
    blank = cell is None or (isinstance(cell, str) and not interpret.normalize(cell))
    return Missing("blank" if blank else "unreadable", field.title, field.title_en)


_TARGET_CELLS = {"comparator": ("计算符号", "comparator"), "unit": ("计量单位", "unit of measure")}


def _why_target(record: Raw, part: str) -> Missing:
    title, title_en = _TARGET_CELLS.get(part, ("指标值", "target value"))
    if "value" not in record:
        return Missing("absent", title, title_en)
    target = read_target(record)
    if target.kind == "empty":
        return Missing("blank", title, title_en)
    if target.kind == "unparsed" or (part == "comparator" and "comparator_unreadable" in target.notes):
        return Missing("unreadable", title, title_en)
    if part in _TARGET_CELLS and part in record:
        return Missing("blank", title, title_en)
    return Missing("other_kind", title, title_en)
