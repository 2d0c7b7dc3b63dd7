"""The funds: sources and uses side by side, or line by line where the form has shares or prior years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from perflint.finding import DrawnBlock, DrawnCell
from perflint.language import say
from perflint.report.drawing.cells import Row, Values, block, draw_value, join, list_rows, name_field
from perflint.report.printed import print_text
from perflint.schema.model import load_model
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

_PARTS = ("by_source", "by_use")
_TOTALS = ("total", "income_total", "expenditure_total")
_TOTAL_OF = {"by_source": "income_total", "by_use": "expenditure_total"}


class _Line(NamedTuple):
    """A line of the funds: a field of the budget, or of one of its parts."""

    part: str | None
    name: str


def draw_funds(table: Values, pointer: str) -> Iterator[DrawnBlock]:
    """Yield the block of the funds."""
    budget: Any = table.get("budget") or {}
    here = f"{pointer}/budget"
    draw = _draw_lines if budget.get("history") or budget.get("shares") else _draw_sides
    yield from block(name_field("table", "budget"), here, draw(budget, here))


def _draw_sides(budget: Values, pointer: str) -> list[Row]:
    """Return the totals, then sources and uses beside each other."""
    rows: list[Row] = [
        (DrawnCell(name_field("budget", name)), draw_value(budget, pointer, name, across=3))
        for name in _TOTALS
        if name in budget
    ]
    sides = [part for part in _PARTS if budget.get(part)]
    if not sides:
        return rows
    width = 4 // len(sides)
    rows.append(tuple(DrawnCell(name_field("budget", part), (), width) for part in sides))
    for lines in zip_longest(*(_lines_of(budget, part) for part in sides)):
        cells = (cell for line in lines for cell in _draw_side(budget, pointer, line, width - 1))
        rows += [tuple(cells)]
    return rows


def _draw_side(budget: Values, pointer: str, line: _Line | None, across: int) -> Row:
    if line is None:
        return (DrawnCell("", (), across + 1),)
    return _draw_label([(pointer, budget)], line), _draw_amount(budget, pointer, line, across)


def _draw_lines(budget: Values, pointer: str) -> list[Row]:
    """Return a row for each line: its amount, its share, its amount in each prior year."""
    years = list_rows(budget, pointer, "history")
    has_shares = bool(budget.get("shares"))
    head = [DrawnCell(say("项目", "line")), DrawnCell(say("当年金额", "this year"))]
    head += [DrawnCell(say("占比", "share"))] if has_shares else []
    rows = [(*head, *(draw_value(year, here, "year") for here, year in years))]
    for line in _list_lines([budget, *(year for _, year in years)]):
        cells = [_draw_label([(pointer, budget), *years], line), _draw_amount(budget, pointer, line)]
        cells += [_draw_share(budget, pointer, line)] if has_shares else []
        rows.append((*cells, *(_draw_amount(year, here, line) for here, year in years)))
    return rows


def _list_lines(budgets: Sequence[Values]) -> list[_Line]:
    """Return the lines that any of *budgets* has: the total, then each part with its own total."""
    lines = [_Line(None, "total")]
    for part in _PARTS:
        lines += dict.fromkeys(line for budget in budgets for line in _lines_of(budget, part))
        lines.append(_Line(None, _TOTAL_OF[part]))
    return [line for line in lines if any(_has(budget, line) for budget in budgets)]


def _lines_of(budget: Values, part: str) -> Iterator[_Line]:
    """Yield the lines of *part* in the order of the forms, those of the form's own last."""
    found = budget.get(part) or {}
    known = load_model().records[part].fields
    yield from (_Line(part, name) for name in known if name in found)
    yield from (_Line(part, name) for name in found if name.startswith("x-"))


def _part_of(budget: Values, pointer: str, line: _Line) -> tuple[Values, str]:
    if line.part is None:
        return budget, pointer
    return budget.get(line.part) or {}, join(pointer, line.part)


def _has(budget: Values, line: _Line) -> bool:
    return line.name in _part_of(budget, "", line)[0]


def _draw_label(budgets: Sequence[tuple[str, Values]], line: _Line) -> DrawnCell:
    """Return the cell in front of *line*, which stands for the label of each year that has a line of the form's own."""
    parts = [_part_of(budget, pointer, line) for pointer, budget in budgets]
    own = [(join(here, line.name), values[line.name]) for values, here in parts if line.name in values]
    labels = [
        (join(here, "label"), print_text(value.get("label"))) for here, value in own if isinstance(value, Mapping)
    ]
    if labels:
        return DrawnCell(labels[0][1], tuple(pointer for pointer, _ in labels))
    return DrawnCell(name_field(line.part or "budget", line.name))


def _draw_amount(budget: Values, pointer: str, line: _Line, across: int = 1) -> DrawnCell:
    return _draw_number(*_part_of(budget, pointer, line), line.name, across)


def _draw_share(budget: Values, pointer: str, line: _Line) -> DrawnCell:
    shares, here = budget.get("shares") or {}, f"{pointer}/shares"
    if line.part is None:  # no form family prints a share of a total in a way that the document would know
        return _draw_number(shares, here, f"x-{line.name}")
    return _draw_number(shares.get(line.part) or {}, join(here, line.part), line.name)


def _draw_number(values: Values, pointer: str, name: str, across: int = 1) -> DrawnCell:
    """Return the cell of *name*, which may be a line of the form's own, with a label beside its amount."""
    own = values.get(name)
    if isinstance(own, Mapping):
        return draw_value(own, join(pointer, name), "amount", across=across)
    return draw_value(values, pointer, name, across=across)
