"""Value columns whose headings name years: the target, earlier years, and what cannot be told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perflint.reading.cell.fold import fold
from perflint.reading.form.template import Form
from perflint.reading.header.column import Column
from perflint.reading.header.words import find_year_of

_DONE = re.compile(r"(?:完成|实际)(?:值|数|情况|水平)?$")


def settle_years(columns: Sequence[Column], year: int | None) -> list[Column]:
    """Tell target and prior values apart where value columns name years; what cannot be told apart is unknown."""
    year = year or _find_target_year(columns)
    settled = [_settle_done(column, year) for column in columns]
    dated = [at for at, one in enumerate(columns) if one.field in {"year", "value"} and find_year_of(one.label)]
    values = [at for at, one in enumerate(columns) if one.field == "value"]
    if dated == values and len(values) < 2:
        return settled
    has_target = any(at not in dated for at in values)
    for at in dated:
        settled[at] = columns[at]._replace(field=_name_dated(columns[at], has_target, year))
    return settled


def tell_periods_apart(columns: list[Column], form: Form) -> list[Column]:
    """Of two value columns, one of the year, the other is of the whole period if its heading says so: 三年总目标值."""
    values = [at for at, column in enumerate(columns) if column.field == "value"]
    sections = [columns[at].section for at in values]
    if sorted(map(str, sections)) != ["None", "annual"]:
        return columns
    other = values[sections.index(None)]
    if not any(word in fold(columns[other].label) for word in form.sections.get("whole", ())):
        return columns
    told = list(columns)
    told[other] = columns[other]._replace(section="long_term")
    return told


def _find_target_year(columns: Sequence[Column]) -> int | None:
    """Return the year of the one dated column that speaks of an aim, if the others are of earlier years."""
    dated = [(find_year_of(one.label) or 0, "目标" in fold(one.label)) for one in columns if _is_dated_value(one)]
    aims = [year for year, aimed in dated if aimed]
    others = [year for year, aimed in dated if not aimed]
    return aims[0] if len(aims) == 1 and others and max(others) < aims[0] else None


def _is_dated_value(column: Column) -> bool:
    return column.field in {"year", "value", "foreign"} and find_year_of(column.label) is not None


def _settle_done(column: Column, year: int | None) -> Column:
    """What was done in an earlier year (2024年完成值, of a table of 2025) is a value of that year."""
    dated = find_year_of(column.label) if column.field == "foreign" and _DONE.search(fold(column.label)) else None
    return column if year is None or dated is None or dated >= year else column._replace(field="prior")


def _name_dated(column: Column, has_target: bool, year: int | None) -> str:
    printed_year = find_year_of(column.label)
    if year is None or printed_year is None or printed_year > year:
        return "unknown"
    if printed_year < year:
        return "prior"
    return "unknown" if has_target else "value"
