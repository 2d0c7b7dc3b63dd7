"""The indicators: levels in merged cells, one block for each time they are for, prior years before the target value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perflint.finding import DrawnBlock, DrawnCell
from perflint.language import say
from perflint.report.drawing.cells import (
    Row,
    Values,
    block,
    choose_columns,
    draw_head,
    draw_list,
    draw_value,
    list_rows,
    name_field,
)
from perflint.report.printed import print_text

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

_LEVELS = ("level1", "level2")
_BEFORE = (*_LEVELS, "name", "description")
_AFTER = (
    *("comparator", "value", "unit", "basis", "category", "weight", "direction"),
    *("scoring", "explanation", "remark"),
)
_SECTIONS = {"annual": ("年度指标", "annual indicators"), "long_term": ("长期指标", "long-term indicators")}


def draw_indicators(table: Values, pointer: str) -> Iterator[DrawnBlock]:
    """Yield a block for each run of indicators of one section."""
    rows = list_rows(table, pointer, "indicators")
    start = 0
    for end in range(1, len(rows) + 1):
        if end == len(rows) or _section(rows[end]) != _section(rows[start]):
            yield from _draw_section(rows[start:end], f"{pointer}/indicators")
            start = end


def _section(row: tuple[str, Values]) -> str:
    return str(row[1].get("section") or "")


def _draw_section(rows: Sequence[tuple[str, Values]], pointer: str) -> Iterator[DrawnBlock]:
    values = [row for _, row in rows]
    before = choose_columns("indicator", values, _BEFORE, merged=_LEVELS)
    after = choose_columns("indicator", values, _AFTER)
    labels = list(dict.fromkeys(print_text(prior.get("label")) for row in rows for _, prior in _priors(row)))
    head: Row = (*draw_head(before), *map(DrawnCell, labels), *draw_head(after))
    drawn = [
        (*left, *_draw_priors(row, labels), *right)
        for row, left, right in zip(rows, draw_list(rows, before), draw_list(rows, after), strict=True)
    ]
    section = _SECTIONS.get(_section(rows[0]))
    title = say(*section) if section is not None else name_field("table", "indicators")
    yield from block(title, pointer, [head, *drawn])


def _priors(row: tuple[str, Values]) -> list[tuple[str, Values]]:
    return list_rows(row[1], row[0], "prior")


def _draw_priors(row: tuple[str, Any], labels: Sequence[str]) -> Iterator[DrawnCell]:
    found = {print_text(prior.get("label")): (here, prior) for here, prior in reversed(_priors(row))}
    for label in labels:
        yield draw_value(found[label][1], found[label][0], "value") if label in found else DrawnCell("")
