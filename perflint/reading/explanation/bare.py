"""Rows that look like indicators without a header, under level words that no form knows.

lines ──find_bare_candidate──▶ Candidate whose level words a form would have to name
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold
from perflint.reading.explanation.candidate import Candidate, list_rows
from perflint.reading.form.words import name_column
from perflint.reading.header.column import Column
from perflint.reading.header.extent import LONGEST
from perflint.reading.header.words import INDICATORS
from perflint.reading.indicator.columns.texts import list_texts
from perflint.reading.line import Line

_FIELDS = ("level1", "level2", "name", "value")
_FEWEST = 3  # rows


def find_bare_candidate(lines: Sequence[Line]) -> Candidate | None:
    """Return the first rows of two levels, merged or repeated, a name and a target; None if there are none."""
    return next((found for at in range(len(lines)) if (found := _try_rows(lines, at)) is not None), None)


def _try_rows(lines: Sequence[Line], at: int) -> Candidate | None:
    line = lines[at]
    if line.is_paragraph or not line.spans_known or len(line.filled) < len(_FIELDS):
        return None
    starts = [slot.column for slot in line.filled]
    ends = [*starts[1:], line.columns]
    columns = tuple(
        Column(field, begin, end, name_column(INDICATORS, field))
        for field, begin, end in zip(_FIELDS, starts, ends, strict=False)
    )
    rows = tuple(_take_rows(list_rows(lines, at), columns))
    return Candidate(line, columns, rows) if _look_like_indicators(rows, columns) else None


def _take_rows(rows: Sequence[Line], columns: Sequence[Column]) -> Iterator[Line]:
    """Yield the rows that print a name and a target, up to the first that does not."""
    for row in rows:
        if not all(list_texts([row], column) for column in columns[2:]):
            return
        yield row


def _look_like_indicators(rows: Sequence[Line], columns: Sequence[Column]) -> bool:
    first, second, names, values = (list_texts(rows, column) for column in columns)
    if len(rows) < _FEWEST or sum(map(shapes.is_target, values)) * 2 < len(values) or any(map(shapes.is_target, names)):
        return False
    leveled = len({fold(text) for text in first}) < len(rows) and len(names) == len(rows)
    return leveled and all(len(fold(text)) <= LONGEST and not shapes.has_digit(text) for text in (*first, *second))
