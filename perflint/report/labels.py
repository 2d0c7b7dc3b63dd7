"""Where something stands, as a person would say it: ``产出指标 / 数量指标 / 危房改造 · 计量单位``.

The words are the form's own: titles of the document schema, and the labels printed in the row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from perflint.language import current, say
from perflint.report.place import EXTRA_LINE, Places, Step
from perflint.report.printed import print_label

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

# The fields that name a row, outermost first; the last one is its own name.
ROW_LABELS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "indicator": ("level1", "level2", "name"),
        "prior": ("label",),
        "spending_item": ("category", "name"),
        "project": ("name",),
        "task": ("name",),
        "goal": ("scope", "label"),
        "plan_point": ("label",),
        "history": ("year",),
        "narrative": ("heading",),
        "extra_line": ("label",),
    }
)

_SECTIONS = {"long_term": ("长期", "long-term")}
_SCOPES = {"annual": ("年度", "annual"), "long_term": ("长期", "long-term"), "period": ("实施期", "project period")}
_KINDS = {
    "overall": ("部门整体", "whole department"),
    "project": ("项目", "project"),
    "summary": ("汇总", "summary"),
    "regional": ("区域", "regional"),
    "self-evaluation": ("自评", "self-evaluation"),
    "unspecified": ("未写明", "not stated"),
}
# What the form does not print in these words: the document has one of a few codes there.
_CODED = {("goal", "scope"): _SCOPES, ("indicator", "section"): _SCOPES, ("table", "kind"): _KINDS}


class Labels:
    """Labels of one document, in the language in force when each is asked for; names of tables are worked out once."""

    __slots__ = ("_names", "_places", "_rows")

    def __init__(self, places: Places) -> None:
        self._places = places
        self._names = _name_tables(places.data.get("tables", ()))
        self._rows: dict[tuple[str, str], tuple[str, ...]] = {}

    def describe(self, pointer: str) -> str:
        """Return the label of *pointer*, the table's name in front where there are several."""
        step = self._places.walk(pointer)
        parts, cell = self._row_parts(step.row), _cell_title(step)
        if step.table is not None and (len(self._names) > 1 or not (parts or cell)):
            parts = (self.name_table(int(step.table.token)), *parts)
        if not parts:
            return cell or say("整份文档", "whole document")
        row = " / ".join(parts)
        return f"{row} · {cell}" if row and cell else row or cell

    def name_row(self, pointer: str) -> tuple[str, ...]:
        """Return the parts of the label of *pointer* without the cell: the table's name, then those of the row."""
        step = self._places.walk(pointer)
        table = () if step.table is None else (self.name_table(int(step.table.token)),)
        return (*table, *self._row_parts(step.row))

    def _row_parts(self, row: Step | None) -> tuple[str, ...]:
        """Return the labels of *row*; worked out once for all the cells of it."""
        if row is None:
            return ()
        key = row.pointer, current()
        parts = self._rows.get(key)
        if parts is None:
            parts = self._rows[key] = tuple(_row_parts(row))
        return parts

    def name_cell(self, pointer: str) -> str:
        """Return the title of the cell *pointer* ends at, ``""`` when it is a row, a table or the document."""
        return _cell_title(self._places.walk(pointer))

    def name_table(self, index: int) -> str:
        """Return what to call table *index*: its project or title, numbered where tables share it or have none."""
        name, is_unique = self._names[index] if index < len(self._names) else ("", False)
        number = say(f"表{index + 1}", f"table {index + 1}")
        return name if is_unique else f"{number} {name}".rstrip()


def _name_tables(tables: Sequence[Any]) -> tuple[tuple[str, bool], ...]:
    names = list(map(_own_name, tables))
    shared = Counter(names)
    return tuple((name, bool(name) and shared[name] == 1) for name in names)


def title_of(step: Step) -> str:
    """Return the title of the cell or list *step* stands for, as the schema has it."""
    if step.field is not None:
        return say(step.field.title, step.field.title_en)
    if step.is_row and isinstance(step.value, Mapping):
        return print_label(step.value.get("label")) or step.token
    return step.token


def _own_name(table: Any) -> str:
    if not isinstance(table, Mapping):
        return ""
    project = (table.get("project") or {}).get("name")
    return print_label(project) or print_label(table.get("title")) or _own_id(table)


def _own_id(table: Mapping[str, Any]) -> str:
    """Return the id of *table*; none where it only says its kind and number, as the reader gives it."""
    text = print_label(table.get("id"))
    kind, _, number = text.rpartition("-")
    return "" if text in _KINDS or (kind in _KINDS and number.isdecimal()) else text


def _row_parts(row: Step | None) -> list[str]:
    """Return the labels of *row* and of the rows around it, outermost first."""
    if row is None or row.above is None:
        return []
    above, parts = row.above, _row_parts(row.above.row)
    if row.record is None:
        return parts
    if row.is_item and row.record != "indicator":
        parts.append(title_of(above))
    return parts + _row_labels(row, alone=isinstance(above.value, list) and len(above.value) == 1)


def _row_labels(step: Step, *, alone: bool) -> list[str]:
    record, row = step.record or "", step.value if isinstance(step.value, Mapping) else {}
    labels = [
        name_scope(row.get(name)) if (record, name) == ("goal", "scope") else print_label(row.get(name))
        for name in ROW_LABELS.get(record, ())
    ]
    if not any(labels[-1:]) and not (alone and any(labels)):
        labels.append(_number_row(step))
    section = _SECTIONS.get(str(row.get("section"))) if record == "indicator" else None
    return [*([say(*section)] if section else []), *(label for label in labels if label)]


def _number_row(step: Step) -> str:
    if not step.is_item:
        return step.token
    number = int(step.token) + 1
    return say(f"第{number}行", f"row {number}")


def name_code(record: str, name: str, value: object) -> str | None:
    """Return what *value* is called where a field of the document has a code instead of what is printed, else None."""
    words = _CODED.get((record, name), {}).get(str(value))
    return say(*words) if words is not None else None


def name_scope(scope: object) -> str:
    """Return what the time a target is for is called; without one it is the year."""
    return say(*_SCOPES.get(str(scope or "annual"), (str(scope), str(scope))))


def _cell_title(step: Step) -> str:
    """Return the title of what lies below the innermost row, ``""`` when *step* is the row itself."""
    if step.above is None or step.is_item or step.is_row or step.above.record == EXTRA_LINE:
        return ""
    return title_of(step)
