"""Value columns whose headings name years: the target, earlier years, and what cannot be told apart."""

from __future__ import annotations

from collections.abc import Sequence

from perflint.reading.header.column import Column
from perflint.reading.header.words import find_year_of


def settle_years(columns: Sequence[Column], year: int | None) -> list[Column]:
    """Tell target and prior values apart where value columns name years; what cannot be told apart is unknown."""
    dated = [at for at, one in enumerate(columns) if one.field in {"year", "value"} and find_year_of(one.label)]
    values = [at for at, one in enumerate(columns) if one.field == "value"]
    if dated == values and len(values) < 2:
        return list(columns)
    has_target = any(at not in dated for at in values)
    settled = list(columns)
    for at in dated:
        settled[at] = columns[at]._replace(field=_name_dated(columns[at], has_target, year))
    return settled


def _name_dated(column: Column, has_target: bool, year: int | None) -> str:
    printed_year = find_year_of(column.label)
    if year is None or printed_year is None or printed_year > year:
        return "unknown"
    if printed_year < year:
        return "prior"
    return "unknown" if has_target else "value"
