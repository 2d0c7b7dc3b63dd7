"""The lists of a form besides the indicators: targets, tasks, projects, spending, payment plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perflint.finding import DrawnBlock, DrawnCell
from perflint.report.drawing.cells import (
    Row,
    Values,
    block,
    choose_columns,
    draw_head,
    draw_list,
    draw_value,
    join,
    list_rows,
    name_field,
)
from perflint.report.labels import name_scope
from perflint.report.printed import print_text
from perflint.schema.model import load_model

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

_TASK = ("name", "content", "responsible", "amount")
_PROJECT = ("name", "code", "category", "total", "current", "purpose")
_SPENDING = ("category", "name", "amount", "basis")


def draw_goals(table: Values, pointer: str) -> Iterator[DrawnBlock]:
    """Yield the targets: the heading of each, or else the time it is for, beside its text."""
    rows: list[Row] = [
        (_name_goal(goal, here), draw_value(goal, here, "text")) for here, goal in list_rows(table, pointer, "goals")
    ]
    yield from block(name_field("table", "goals"), f"{pointer}/goals", rows)


def _name_goal(goal: Values, pointer: str) -> DrawnCell:
    pointers = (join(pointer, "scope"), join(pointer, "label"))
    return DrawnCell(print_text(goal.get("label")) or name_scope(goal.get("scope")), pointers)


def draw_tasks(table: Values, pointer: str) -> Iterator[DrawnBlock]:
    """Yield the tasks of the year, behind each amount where the money comes from, their total last."""
    rows = list_rows(table, pointer, "tasks")
    columns = choose_columns("task", [values for _, values in rows], _TASK)
    funds: list[tuple[str, Any]] = [(f"{here}/by_source", values.get("by_source") or {}) for here, values in rows]
    sources = choose_columns("by_source", [values for _, values in funds], load_model().records["by_source"].fields)
    drawn: list[Row] = [(*draw_head(columns), *draw_head(sources))] if rows else []
    drawn += [(*row, *more) for row, more in zip(draw_list(rows, columns), draw_list(funds, sources), strict=True)]
    if "tasks_total" in table:
        fields = [column.field for column in (*columns, *sources)]
        drawn.append(_draw_total("table", table, pointer, "tasks_total", fields))
    yield from block(name_field("table", "tasks"), f"{pointer}/tasks", drawn)


def draw_projects(table: Values, pointer: str) -> Iterator[DrawnBlock]:
    """Yield the list of projects, a column for each target a project can have."""
    rows = list_rows(table, pointer, "projects")
    columns = choose_columns("project", [values for _, values in rows], _PROJECT)
    goals = [list_rows(values, here, "goals") for here, values in rows]
    number = max(map(len, goals), default=0)
    scopes = [next((found[index][1] for found in goals if len(found) > index), {}) for index in range(number)]
    head = (*draw_head(columns), *(DrawnCell(name_scope(goal.get("scope"))) for goal in scopes))
    drawn = [(*row, *_draw_texts(found, number)) for row, found in zip(draw_list(rows, columns), goals, strict=True)]
    yield from block(name_field("table", "projects"), f"{pointer}/projects", [head, *drawn] if drawn else [])


def _draw_texts(goals: Sequence[tuple[str, Values]], number: int) -> Iterator[DrawnCell]:
    yield from (draw_value(goal, here, "text") for here, goal in goals)
    yield from (DrawnCell("") for _ in range(number - len(goals)))


def draw_spending(table: Values, pointer: str) -> Iterator[DrawnBlock]:
    """Yield the breakdown, equal categories in one cell, its total last."""
    spending: Any = table.get("spending") or {}
    here = f"{pointer}/spending"
    rows = list_rows(spending, here, "items")
    columns = choose_columns("spending_item", [values for _, values in rows], _SPENDING, merged=("category",))
    drawn = [draw_head(columns), *draw_list(rows, columns)] if rows else []
    if "total" in spending:
        drawn.append(_draw_total("spending", spending, here, "total", [column.field for column in columns]))
    yield from block(name_field("table", "spending"), here, drawn)


def _draw_total(record: str, values: Values, pointer: str, name: str, fields: Sequence[str]) -> Row:
    """Return the last row of a list: the total *name* in the column of the amounts."""
    before = fields.index("amount") if "amount" in fields else 1
    after = max(len(fields) - before - 1, 0)
    label = DrawnCell(name_field(record, name), (), max(before, 1))
    rest = (DrawnCell("", (), after),) if after else ()
    return (label, draw_value(values, pointer, name), *rest)


def draw_plan(table: Values, pointer: str) -> Iterator[DrawnBlock]:
    """Yield the payment plan: the points in time in one row, the planned figures below."""
    plan: Any = table.get("payment_plan") or {}
    here = f"{pointer}/payment_plan"
    points = list_rows(plan, here, "points")
    rows: list[Row] = []
    if points:
        rows = [tuple(draw_value(point, at, name) for at, point in points) for name in ("label", "amount")]
    if "header_unit" in plan:
        head = DrawnCell(name_field("payment_plan", "header_unit"))
        rows = (
            [(head, *rows[0]), (draw_value(plan, here, "header_unit"), *rows[1])]
            if rows
            else [(head, draw_value(plan, here, "header_unit"))]
        )
    yield from block(name_field("table", "payment_plan"), here, rows)
