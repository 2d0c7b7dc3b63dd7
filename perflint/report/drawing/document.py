"""Document → drawn tables, block by block in the order of the forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from perflint.finding import DrawnBlock, DrawnTable
from perflint.language import say
from perflint.report.drawing.cells import (
    Row,
    Values,
    block,
    choose_columns,
    draw_list,
    draw_pairs,
    draw_wide,
    list_rows,
    name_field,
)
from perflint.report.drawing.funds import draw_funds
from perflint.report.drawing.indicators import draw_indicators
from perflint.report.drawing.lists import draw_goals, draw_plan, draw_projects, draw_spending, draw_tasks
from perflint.report.labels import Labels
from perflint.report.place import Places
from perflint.report.printed import print_text

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any


def draw_document(data: Mapping[str, Any]) -> tuple[DrawnTable, ...]:
    """Return each table as the form looks, then the prose and what could not be placed, where there is any."""
    labels = Labels(Places(data))
    tables = [
        DrawnTable(
            pointer, labels.name_table(index), print_text(table.get("title")) or None, _draw_table(table, pointer)
        )
        for index, (pointer, table) in enumerate(list_rows(data, "", "tables"))
    ]
    return (
        *tables,
        *_draw_beside(data, "narrative", ("heading", "text")),
        *_draw_beside(data, "unread", ("text", "origin")),
    )


def _draw_table(table: Values, pointer: str) -> tuple[DrawnBlock, ...]:
    return tuple(drawn for draw in _BLOCKS for drawn in draw(table, pointer))


def _draw_beside(data: Mapping[str, Any], name: str, fields: Sequence[str]) -> Iterator[DrawnTable]:
    rows = list_rows(data, "", name)
    if rows:
        title, pointer = name_field("document", name), f"/{name}"
        columns = choose_columns(name, [values for _, values in rows], fields)
        drawn = DrawnBlock(title, pointer, tuple(draw_list(rows, columns)))
        yield DrawnTable(pointer, title, title, (drawn,))


def _draw_header(table: Values, pointer: str) -> Iterator[DrawnBlock]:
    organization = table.get("organization") or {}
    rows: list[Row] = draw_wide("organization", organization, f"{pointer}/organization", "name")
    rows += draw_pairs("organization", organization, f"{pointer}/organization", ("code", "division_code"))
    rows += draw_pairs("table", table, pointer, ("fiscal_year", "currency_unit", "filed_on"))
    yield from block(say("表头", "heading"), pointer, rows)


def _draw_project(table: Values, pointer: str) -> Iterator[DrawnBlock]:
    project, here = table.get("project") or {}, f"{pointer}/project"
    rows = draw_wide("project_header", project, here, "name")
    rows += draw_pairs("project_header", project, here, ("code", "category", "parent", "parent_amount"))
    rows += draw_pairs("period", project.get("period") or {}, f"{here}/period", ("start", "end"))
    rows += draw_wide("project_header", project, here, "purpose")
    yield from block(name_field("table", "project"), here, rows)


def _draw_duties(table: Values, pointer: str) -> Iterator[DrawnBlock]:
    wide = draw_wide("table", table, pointer, "duties")
    yield from block(name_field("table", "duties"), f"{pointer}/duties", [row[1:] for row in wide])


def _draw_sign_off(table: Values, pointer: str) -> Iterator[DrawnBlock]:
    values, here = table.get("sign_off") or {}, f"{pointer}/sign_off"
    rows = draw_pairs("sign_off", values, here, ("prepared_by", "phone", "head", "reviewed_by"))
    yield from block(name_field("table", "sign_off"), here, rows)


_BLOCKS: Sequence[Callable[[Values, str], Iterator[DrawnBlock]]] = (
    _draw_header,
    _draw_project,
    draw_funds,
    _draw_duties,
    draw_goals,
    draw_tasks,
    draw_projects,
    draw_spending,
    draw_plan,
    draw_indicators,
    _draw_sign_off,
)
