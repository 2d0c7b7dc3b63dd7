"""The cells a rule looked at on an item, with what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from perflint.expression.tree import Operand
from perflint.expression.view import Settings, View, read_field
from perflint.runtime.cells import Raw

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any


def list_operands(
    operands: Iterable[Operand], records: Mapping[str, tuple[Raw, str]], settings: Settings, data: Raw
) -> Iterator[tuple[str, object]]:
    """Yield pointer and value of each cell of *operands*, each once; lists and derived fields are no cells.

    Args:
        records: By scope name, the raw record of the item and of each parent, with its pointer.
    """
    seen = set()
    for read in operands:
        root = read.root
        record, pointer = records[root]
        first = settings.model.records[read.record].fields[read.path[0].partition("__")[0]]
        if root == "cell":
            where, value = pointer, record["text"]
        elif first.reading in ("list", "extra"):
            continue  # no cell; and to look at every row for each finding would take long in a long table
        elif (first.key is None and first.reading != "target") or _is_defined(read, settings):
            continue
        else:
            where = point_at(pointer, read.path, record)
            view = View(read.record, record, _unit(records), data.get("fiscal_year"))
            value = _read_cell(view, read, where, first.reading == "target", settings)
        if where not in seen and not isinstance(value, list | View):
            seen.add(where)
            yield where, value


def point_at(base: str, path: tuple[str, ...], record: Raw) -> str:
    """Return the pointer of the cell at *path*, in the schema's own names, of *record*, which stands at *base*."""
    below, part = _follow(path)
    if part is None:
        return base + below
    return f"{base}{below}/{part if part in record else 'value'}"


@lru_cache(maxsize=250)
def _follow(path: tuple[str, ...]) -> tuple[str, str | None]:
    """Return *path* as a pointer, up to a target if it holds one, and which cell of the target it names."""
    steps = [step.partition("__")[0] for step in path]
    part = None
    if "target" in steps:
        at = steps.index("target")
        named = steps[at + 1] if at + 1 < len(steps) else "value"
        steps, part = steps[:at], named if named in ("unit", "comparator") else "value"
    return "".join(f"/{step}" for step in steps if step not in ("extra", "year")), part


def _is_defined(read: Operand, settings: Settings) -> bool:
    """Whether a pack defines the field: then it is no cell."""
    record = settings.model.records[read.record]
    for name in read.path:
        field = record.fields.get(name.partition("__")[0])
        if field is None or field.reading == "define":
            return field is not None
        if field.type.kind != "record":
            return False
        record = settings.model.records[field.type.record or ""]
    return False


def _unit(records: Mapping[str, tuple[Raw, str]]) -> str | None:
    return records["table"][0].get("currency_unit") if "table" in records else None


def _read_cell(view: View, read: Operand, where: str, is_target: bool, settings: Settings) -> Any:
    """Return what the cell holds, not what the rule wanted of it: its kind, or whether the form has it."""
    if is_target:
        return read_field(view, where.rpartition("/")[2], settings)
    value: Any = view
    for step in read.path:
        name = step.removesuffix("__printed")
        value = read_field(value, name, settings) if isinstance(value, View) else getattr(value, name)
    return value
