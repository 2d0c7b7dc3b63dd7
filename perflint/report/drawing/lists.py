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

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

_TASK = ("name", "content", "responsible")
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
    """Yield the tasks of the year."""
    yield from _draw_plain(table, pointer, "tasks", "task", _TASK)


def _draw_plain(table: Values, pointer: str, name: str, record: str, fields: Sequence[str]) -> Iterator[DrawnBlock]:
    rows = list_rows(table, pointer, name)
    columns = choose_columns(record, [values for _, values in rows], fields)
    head = [draw_head(columns)] if rows else []
    yield from block(name_field("table", name), join(pointer, name), [*head, *draw_list(rows, columns)])


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
        drawn.append(_draw_total(spending, here, [column.field for column in columns]))
    yield from block(name_field("table", "spending"), here, drawn)


def _draw_total(spending: Values, pointer: str, fields: Sequence[str]) -> Row:
    before = fields.index("amount") if "amount" in fields else 1
    after = max(len(fields) - before - 1, 0)
    label = DrawnCell(name_field("spending", "total"), (), max(before, 1))
    rest = (DrawnCell("", (), after),) if after else ()
    return (label, draw_value(spending, pointer, "total"), *rest)


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
