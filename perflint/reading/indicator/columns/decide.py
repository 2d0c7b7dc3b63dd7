"""What each column of an indicator list holds, one question after another.

Header + rows ──decide_columns──▶ Column …, and what had to be inferred or left
"""

from __future__ import annotations

from collections.abc import Sequence

from perflint.reading.draft import Notice
from perflint.reading.form.template import Form
from perflint.reading.header.column import Column
from perflint.reading.header.header import Header
from perflint.reading.indicator.columns.doubles import doubt_blocks, drop_doubles, drop_level_weights, drop_twin_values
from perflint.reading.indicator.columns.kinds import drop_wordy_comparators, settle_kinds
from perflint.reading.indicator.columns.levels import (
    free_first_level,
    settle_levels,
    shift_levels,
    split_levels,
)
from perflint.reading.indicator.columns.names import doubt_nameless, drop_nameless, split_numbers
from perflint.reading.indicator.columns.unknown import find_outer_columns, infer_columns
from perflint.reading.indicator.columns.values import settle_values
from perflint.reading.indicator.columns.years import settle_years, tell_periods_apart
from perflint.reading.line import Line


def decide_columns(
    rows: Sequence[Line], header: Header, form: Form, year: int | None = None
) -> tuple[tuple[Column, ...], list[Notice]]:
    """Return the columns with undecided ones settled by their cells; what stays unsettled is ``unknown``.

    Args:
        year: the year of the table: among value columns of several years it tells which is the target.
    """
    columns = tell_periods_apart(settle_years(header.columns, year), form)
    columns = split_numbers(rows, split_levels(rows, columns, form.level_words))
    columns = drop_nameless(columns, rows, form)
    notices = shift_levels(rows, columns, header, form)
    free_first_level(rows, columns, form.level_words)
    notices += settle_levels(rows, columns, header, form)
    find_outer_columns(rows, columns, form)
    notices += settle_kinds(rows, columns, header, form)
    notices += drop_wordy_comparators(rows, columns, header)
    notices += settle_values(rows, columns, header)
    notices += infer_columns(rows, columns, header, form)
    drop_level_weights(columns)
    notices += drop_doubles(columns, header)
    notices += drop_twin_values(columns, header)
    notices += doubt_blocks(columns, header)
    notices += doubt_nameless(rows, columns)
    return tuple(columns), notices
