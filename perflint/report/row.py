"""The cells beside a finding, as the form shows them: enough to recognise the row without opening the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from perflint.finding import Cell
from perflint.language import say
from perflint.report.labels import name_code, title_of
from perflint.report.place import EXTRA_LINE, Places, Step
from perflint.report.printed import print_cell, shorten
from perflint.schema.model import Field, load_model

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

# The columns shown of a row, in the order of the forms.
ROW_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "indicator": ("level1", "level2", "name", "comparator", "value", "unit"),
        "prior": ("label", "value"),
        "spending_item": ("category", "name", "amount", "basis"),
        "project": ("name", "category", "total", "current"),
        "task": ("name", "content"),
        "goal": ("scope", "label", "text"),
        "plan_point": ("label", "amount"),
        "history": ("year", "total", "income_total", "expenditure_total"),
        "narrative": ("heading", "text"),
        "extra_line": ("label", "amount"),
    }
)

CELL_LIMIT = 60
LOOSE_LIMIT = 8


class Rows:
    """The rows of one document as findings show them; each cell is made once."""

    __slots__ = ("_known", "_places")

    def __init__(self, places: Places) -> None:
        self._places = places
        self._known: dict[tuple[str, str, bool], Cell] = {}

    def build(self, at: str, operands: Iterable[str]) -> tuple[Cell, ...]:
        """Return the cells around *at*, the one it names marked.

        In a row of the form: its columns, those of *operands* that lie in the same row added. Elsewhere: the cell
        itself and the loose cells of the same table among *operands*, at most ``LOOSE_LIMIT``. Empty when there are
        none.
        """
        row = self._places.walk(at).row
        if row is not None and row.record in ROW_COLUMNS:
            return self._row_cells(row, at, operands)
        return self._loose_cells(at, operands)

    def _row_cells(self, row: Step, at: str, operands: Iterable[str]) -> tuple[Cell, ...]:
        record, values = row.record or "", row.value if isinstance(row.value, Mapping) else {}
        front = f"{row.pointer}/"
        marked = _field_below(front, at)
        names = [name for name in ROW_COLUMNS[record] if name in values or name == marked]
        for pointer in (at, *operands):
            name = _field_below(front, pointer)
            if name is not None and name not in names and not isinstance(values.get(name), list | Mapping):
                names.append(name)
        fields, known = load_model().records[record].fields, self._known
        return tuple(
            known.get((front, name, name == marked))
            or self._row_cell(front, record, fields[name], values, name == marked)
            for name in names
            if name in fields
        )

    def _row_cell(self, front: str, record: str, field: Field, values: Mapping[str, Any], marked: bool) -> Cell:
        title = say(field.title, field.title_en)
        text = _text_of(record, field.name, values[field.name]) if field.name in values else _name_absent()
        cell = self._known[front, field.name, marked] = Cell(title=title, text=text, marked=marked, field=field.name)
        return cell

    def _loose_cells(self, at: str, operands: Iterable[str]) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        table = self._places.walk(at).table
        for pointer in dict.fromkeys((at, *operands)):
            step = self._places.walk(pointer)
            above = step.above
            if above is None or not _is_loose(step) or (pointer != at and step.table is not table):
                continue
            named = above if above.record == EXTRA_LINE else step
            text = _text_of(above.record or "", step.token, step.value) if step.exists else _name_absent()
            cells.append(Cell(title=title_of(named), text=text, marked=pointer == at, field=named.token))
        return tuple(cells[:LOOSE_LIMIT])


def _is_loose(step: Step) -> bool:
    """Whether *step* is a cell of a part of the form that has no rows."""
    row = step.row
    while row is not None and row.record == EXTRA_LINE and row.above is not None:
        row = row.above.row
    is_inside = step.above is not None and step.above.above is not None
    return row is None and is_inside and not step.is_item and not isinstance(step.value, list | Mapping)


def _field_below(front: str, pointer: str) -> str | None:
    """Return the field that *pointer* names directly in the row whose fields start with *front*, else None."""
    if not pointer.startswith(front):
        return None
    rest = pointer[len(front) :]
    return rest if "/" not in rest else None


def _name_absent() -> str:
    """Return what stands for a cell that the form does not have: nobody is to look for a blank one."""
    return say("（表上无此格）", "(not on the form)")


def _text_of(record: str, name: str, value: object) -> str:
    if isinstance(value, list | Mapping):
        return ""
    return name_code(record, name, value) or shorten(print_cell(value), CELL_LIMIT)
