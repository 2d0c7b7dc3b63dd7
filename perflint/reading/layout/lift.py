"""Rows above a table that are no part of it: a sheet has no paragraphs, so titles and text stand in rows of one cell.

lines ──lift_rows──▶ lines with those rows as paragraphs
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from perflint.reading.cell.fold import list_keys
from perflint.reading.form.template import Form
from perflint.reading.line import Line
from perflint.record import replace


def lift_rows(lines: Sequence[Line], form: Form) -> tuple[Line, ...]:
    """Return the lines with what stands over each table as paragraphs; labels right above a table stay with it."""
    return tuple(
        line
        for grid, rows in groupby(lines, key=lambda line: line.grid)
        for line in (rows if grid is None else _lift(tuple(rows), form))
    )


def _lift(rows: Sequence[Line], form: Form) -> Iterator[Line]:
    begin = _find_table(rows, form)
    for row in rows[:begin]:
        yield replace(row, slots=row.filled, grid=None) if row.filled else row
    yield from rows[begin:]


def _find_table(rows: Sequence[Line], form: Form) -> int:
    """Return the first row of the table itself; 0 when nothing stands over it."""
    begin = next((at for at, row in enumerate(rows) if not _is_alone(row)), len(rows))
    while begin > 0 and (not rows[begin - 1].filled or _is_label(rows[begin - 1], form)):
        begin -= 1
    return begin


def _is_alone(row: Line) -> bool:
    """Whether a row holds one text at most, and that as low as the row."""
    if not row.spans_known or len(row.filled) > 1:
        return False
    return all(slot.blank or (slot.filled and slot.height == 1) for slot in row.slots)


def _is_label(row: Line, form: Form) -> bool:
    return any(key in form.labels_by_name or key in form.contexts for key in list_keys(row.text))
