"""Name columns: numbers beside the names under one heading, a heading that stands over no names, no names at all.

columns + rows ──▶ columns with one of names; rows without a name are told
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from perflint.language import say
from perflint.reading.cell import shapes
from perflint.reading.cell.fold import list_keys
from perflint.reading.draft import Notice
from perflint.reading.form.template import Form
from perflint.reading.header.column import Column
from perflint.reading.header.words import INDICATORS
from perflint.reading.indicator.columns.texts import list_texts
from perflint.reading.line import Line

_NUMBERED = re.compile(r"(?:目标|指标)\s*\d{1,2}\s*[：:、.]?")


def split_numbers(rows: Sequence[Line], columns: Sequence[Column]) -> list[Column]:
    """A heading of two columns over numbers and names is a column of numbers and one of names."""
    split: list[Column] = []
    for column in columns:
        slots = [slot for row in rows for slot in row.filled if column.start <= slot.column and slot.end <= column.end]
        starts = sorted({slot.column for slot in slots})
        left = [slot.text for slot in slots if slot.column == starts[0]]
        if column.field == "name" and len(starts) == 2 and all(map(_is_number, left)):
            split += [column._replace(field="number", end=starts[1]), column._replace(start=starts[1])]
        else:
            split.append(column)
    return split


def _is_number(text: str) -> bool:
    return shapes.is_ordinal(text) or _NUMBERED.fullmatch(text.strip()) is not None


def drop_nameless(columns: Sequence[Column], rows: Sequence[Line], form: Form) -> list[Column]:
    """绩效指标 with nothing below it, in most rows, heads the list, not its names."""
    return [
        column._replace(field="context")
        if column.field == "name" and _is_list_word(column.label, form) and _is_bare(rows, column)
        else column
        for column in columns
    ]


def _is_bare(rows: Sequence[Line], column: Column) -> bool:
    filled = [row for row in rows if row.filled]
    return len(list_texts(rows, column)) * 2 < len(filled)


def _is_list_word(label: str, form: Form) -> bool:
    return any(form.contexts.get(key) == INDICATORS for key in list_keys(label))


def doubt_nameless(rows: Sequence[Line], columns: Sequence[Column]) -> list[Notice]:
    """Where no column holds names, each row may be read wrongly: say so."""
    if any(column.field == "name" for column in columns):
        return []
    text = say("没有一列是指标名称，这一行可能读错", "no column holds names; this row may be read wrongly")
    return [Notice("row_doubtful", text, row.origin) for row in rows if row.filled]
