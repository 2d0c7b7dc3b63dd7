"""Where something stands, as a person would say it: ``产出指标 / 数量指标 / 危房改造 · 计量单位``.

The words are the form's own: titles of the document schema, and the labels printed in the row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from perflint.language import current, say
from perflint.report.place import Places, Step
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


class Labels:
    """Labels of one document, in the language in force when each is asked for; names of tables are worked out once."""

    __slots__ = ("_names", "_places", "_rows")

    def __init__(self, places: Places) -> None:
        self._places = places
        self._names = _name_tables(places.data.get("tables", ()))
        self._rows: dict[tuple[str, str], list[str]] = {}

    def describe(self, pointer: str) -> str:
        """Return the label of *pointer*, the table's name in front where there are several."""
        steps = self._places.walk(pointer)
        table = _table_index(steps)
        parts = self._row_parts(steps)
        cell = _cell_title(steps)
        if table is not None and (len(self._names) > 1 or not (parts or cell)):
            parts.insert(0, self.name_table(table))
        if not (parts or cell):
            return say("整份文档", "whole document")
        return " · ".join(part for part in (" / ".join(parts), cell) if part)

    def name_row(self, pointer: str) -> tuple[str, ...]:
        """Return the parts of the label of *pointer* without the cell: the table's name, then those of the row."""
        steps = self._places.walk(pointer)
        table = _table_index(steps)
        return (*(() if table is None else (self.name_table(table),)), *self._row_parts(steps))

    def _row_parts(self, steps: Sequence[Step]) -> list[str]:
        """Return the labels of the row that *steps* end in; worked out once for all the cells of it."""
        last = next((at for at in range(len(steps), 0, -1) if steps[at - 1].is_row), 0)
        if not last:
            return []
        key = steps[last - 1].pointer, current()
        if key not in self._rows:
            self._rows[key] = _row_parts(steps[:last])
        return [*self._rows[key]]

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
    return print_label(project) or print_label(table.get("title")) or print_label(table.get("id"))


def _table_index(steps: Sequence[Step]) -> int | None:
    return next((int(step.token) for step in steps if step.is_item and step.record == "table"), None)


def _row_parts(steps: Sequence[Step]) -> list[str]:
    parts: list[str] = []
    for above, step in zip((None, *steps), steps, strict=False):
        if not step.is_row or step.record is None:
            continue
        if above is not None and step.is_item and step.record != "indicator":
            parts.append(title_of(above))
        alone = above is not None and isinstance(above.value, list) and len(above.value) == 1
        parts.extend(_row_labels(step, alone=alone))
    return parts


def _row_labels(step: Step, *, alone: bool) -> list[str]:
    record, row = step.record or "", step.value if isinstance(step.value, Mapping) else {}
    labels = [_label_of(record, name, row.get(name)) for name in ROW_LABELS.get(record, ())]
    if not any(labels[-1:]) and not (alone and any(labels)):
        labels.append(_number_row(step))
    section = _SECTIONS.get(str(row.get("section"))) if record == "indicator" else None
    return [*([say(*section)] if section else []), *(label for label in labels if label)]


def _number_row(step: Step) -> str:
    if not step.is_item:
        return step.token
    number = int(step.token) + 1
    return say(f"第{number}行", f"row {number}")


def _label_of(record: str, name: str, value: object) -> str:
    return name_scope(value) if record == "goal" and name == "scope" else print_label(value)


def name_scope(scope: object) -> str:
    """Return what the time a target is for is called; without one it is the year."""
    return say(*_SCOPES.get(str(scope or "annual"), (str(scope), str(scope))))


def _cell_title(steps: Sequence[Step]) -> str:
    """Return the title of what lies below the innermost row, ``""`` when the pointer ends at the row itself."""
    if not steps or steps[-1].is_item or steps[-1].is_row:
        return ""
    if len(steps) > 1 and steps[-2].record == "extra_line":
        return ""
    return title_of(steps[-1])
