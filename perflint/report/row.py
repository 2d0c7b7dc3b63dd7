"""The cells beside a finding, as the form shows them: enough to recognise the row without opening the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from perflint.finding import Cell
from perflint.language import say
from perflint.report.labels import title_of
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
        steps = self._places.walk(at)
        row = next((step for step in reversed(steps) if step.is_row), None)
        if row is not None and row.record in ROW_COLUMNS:
            return self._row_cells(row, at, operands)
        return self._loose_cells(at, operands)

    def _row_cells(self, row: Step, at: str, operands: Iterable[str]) -> tuple[Cell, ...]:
        record, values = row.record or "", row.value if isinstance(row.value, Mapping) else {}
        marked = _field_below(row.pointer, at)
        names = [name for name in ROW_COLUMNS[record] if name in values or name == marked]
        for pointer in (at, *operands):
            name = _field_below(row.pointer, pointer)
            if name is not None and name not in names and not isinstance(values.get(name), list | Mapping):
                names.append(name)
        fields = load_model().records[record].fields
        return tuple(
            self._row_cell(row.pointer, fields[name], values, marked=name == marked) for name in names if name in fields
        )

    def _row_cell(self, row: str, field: Field, values: Mapping[str, Any], *, marked: bool) -> Cell:
        key = row, field.name, marked
        cell = self._known.get(key)
        if cell is None:
            title = say(field.title, field.title_en)
            text = _text_of(values[field.name]) if field.name in values else _name_absent()
            cell = self._known[key] = Cell(title=title, text=text, marked=marked, field=field.name)
        return cell

    def _loose_cells(self, at: str, operands: Iterable[str]) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        for pointer in dict.fromkeys((at, *operands)):
            steps = self._places.walk(pointer)
            if not steps or not _is_loose(steps):
                continue
            if pointer != at and _table_of(pointer) != _table_of(at):
                continue
            named = steps[-2] if steps[-2].record == EXTRA_LINE else steps[-1]
            text = _name_absent() if _is_absent(steps) else _text_of(steps[-1].value)
            cells.append(Cell(title=title_of(named), text=text, marked=pointer == at, field=named.token))
        return tuple(cells[:LOOSE_LIMIT])


def _is_loose(steps: tuple[Step, ...]) -> bool:
    last = steps[-1]
    in_row = any(step.is_row and step.record != EXTRA_LINE for step in steps)
    return not in_row and len(steps) > 1 and not last.is_item and not isinstance(last.value, list | Mapping)


def _table_of(pointer: str) -> list[str]:
    return pointer.split("/")[1:3] if pointer.startswith("/tables/") else []


def _field_below(row: str, pointer: str) -> str | None:
    """Return the field of *row* that *pointer* names directly, else None."""
    rest = pointer.removeprefix(row + "/")
    return rest if rest != pointer and "/" not in rest else None


def _is_absent(steps: tuple[Step, ...]) -> bool:
    above = steps[-2].value
    return not (isinstance(above, Mapping) and steps[-1].token in above)


def _name_absent() -> str:
    """Return what stands for a cell that the form does not have: nobody is to look for a blank one."""
    return say("（表上无此格）", "(not on the form)")


def _text_of(value: object) -> str:
    return "" if isinstance(value, list | Mapping) else shorten(print_cell(value), CELL_LIMIT)
