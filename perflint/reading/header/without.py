"""Indicators without any header above them: the columns are told by what their cells are.

产出指标 | 数量指标 | 养护里程 | ≥38公里 ──find_bare_list──▶ Header of no lines
"""

from __future__ import annotations

from collections.abc import Sequence

from perflint.reading.cell import shapes
from perflint.reading.form.levels import LevelWords
from perflint.reading.form.template import Form
from perflint.reading.form.words import name_column
from perflint.reading.header.column import Column
from perflint.reading.header.header import Header, find_kind_of
from perflint.reading.header.words import INDICATORS
from perflint.reading.line import Line

_SAMPLE = 12  # rows looked at
_MOST = 100  # cells of a row
_FEWEST = 3  # rows that must agree
_NEEDED = ("level1", "level2", "value")


def find_bare_list(lines: Sequence[Line], start: int, form: Form) -> Header | None:
    """Return the columns of the indicators that begin at a line, as a header that takes no line; None if none do.

    Words of the first level, of the second, one column of names and one of values must follow one another.
    """
    line, words = lines[start], form.level_words
    if line.is_paragraph or not len(_NEEDED) < len(line.filled) <= _MOST or not words.is_first(line.text):
        return None
    rows = [row for row in lines[start : start + _SAMPLE] if row.grid == line.grid and row.filled]
    columns = _list_columns(line, rows, words)
    fields = [column.field for column in columns]
    if len(rows) < _FEWEST or fields[:3] != ["level1", "level2", "name"] or fields.count("value") != 1:
        return None
    return Header(
        kind=INDICATORS,
        columns=columns,
        slots=(),
        context=(),
        height=0,
        spans_known=line.spans_known,
        width=line.columns,
        grid=line.grid,
        cells=len(line.slots),
        origin=line.origin,
    )


def _list_columns(first: Line, rows: Sequence[Line], words: LevelWords) -> tuple[Column, ...]:
    """Return a column for each cell of the first row; the texts right of the second level are the names."""
    starts = [slot.column for slot in first.filled]
    ends = [*starts[1:], max(first.columns, starts[-1] + 1)]
    found: list[Column] = []
    for begin, end in zip(starts, ends, strict=True):
        texts = [slot.text for row in rows for slot in row.filled if begin <= slot.column < end]
        kind = find_kind_of(texts, words)
        field = kind or _guess_kind(texts, found)
        found.append(Column(field, begin, end, name_column(INDICATORS, field)))
    return tuple(found)


def _guess_kind(texts: Sequence[str], before: Sequence[Column]) -> str:
    """Return what mixed texts are by their place: names right of the second level, values right of the names."""
    field = before[-1].field if before else ""
    if field == "name" and sum(map(shapes.is_target, texts)) * 2 >= len(texts):
        return "value"
    return "name" if field == "level2" else "unknown"
