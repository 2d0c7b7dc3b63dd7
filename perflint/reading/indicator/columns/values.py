"""Columns of values under other headings than 指标值: bounds, a heading that explains elsewhere, parts of the year.

columns + rows ──settle_values──▶ columns; what was inferred or has no place is said
"""

from __future__ import annotations

from collections.abc import Sequence

from perflint.language import say
from perflint.reading.cell import shapes
from perflint.reading.draft import Notice
from perflint.reading.header.column import Column
from perflint.reading.header.header import Header
from perflint.reading.header.words import is_best_grade, list_grades
from perflint.reading.indicator.bounds import BOUNDS
from perflint.reading.indicator.columns.texts import DECIDED, list_texts
from perflint.reading.line import Line

_EXPLAINING = frozenset({"explanation", "description"})  # 指标内容, 指标说明
_MARKING = frozenset({"comparator", "unit"})


def settle_values(rows: Sequence[Line], columns: list[Column], header: Header) -> list[Notice]:
    """Settle in place what the columns of values are where none is called so; return what is said of it."""
    notices = _settle_grades(columns, header)
    fields = {column.field for column in columns}
    if BOUNDS & fields:
        return [*notices, *_note_bounds(columns, header, valued="value" in fields)]
    if "value" in fields or "name" not in fields:
        return notices
    return _find_explaining(rows, columns, header) or _note_parts(rows, columns, header)


def _settle_grades(columns: list[Column], header: Header) -> list[Notice]:
    """Of values by grade (优 | 良 | 中 | 差) the best is the target, and said to be, where no column is called so."""
    grades = [at for at in list_grades([one.label for one in columns]) if columns[at].field == "unknown"]
    valued = any(column.field in {"value", *BOUNDS} for column in columns)
    best = [at for at in grades if is_best_grade(columns[at].label) and not valued]
    for at in grades:
        columns[at] = columns[at]._replace(field="value" if best == [at] else "foreign")
    if len(best) != 1:
        return []
    label = columns[best[0]].label
    text = say(
        f"没有指标值一列，把“{label}”一档读作指标值；其余各档没有读",
        f"there is no column of targets; the grade {label} is read as the target, the others are not read",
    )
    return [Notice("column_inferred", text, header.origin)]


def _note_bounds(columns: list[Column], header: Header, *, valued: bool) -> list[Notice]:
    """Say that bounds are read as one target; beside a column of targets they are not read."""
    at = [number for number, column in enumerate(columns) if column.field in BOUNDS]
    shown = say("、", ", ").join(columns[number].label for number in at)
    if not valued:
        text = say(
            f"“{shown}”合起来读作一个指标值：都有是范围，只有一个是“≥”或“≤”",
            f"{shown} are read as one target: a range, or ≥ or ≤ where only one is printed",
        )
        return [Notice("bounds_joined", text, header.origin)]
    for number in at:
        columns[number] = columns[number]._replace(field="foreign")
    text = say(f"已有指标值一列，“{shown}”没有读", f"there is a column of targets; {shown} are not read")
    return [Notice("column_doubled", text, header.origin)]


def _find_explaining(rows: Sequence[Line], columns: list[Column], header: Header) -> list[Notice]:
    """A heading that explains elsewhere (指标内容) stands over the targets where signs or units stand beside it."""
    if not any(column.field in _MARKING for column in columns):
        return []
    explaining = [at for at, one in enumerate(columns) if one.field in _EXPLAINING]
    fitting = [at for at in explaining if _holds_targets(rows, columns[at])]
    if len(fitting) != 1:
        return _doubt_rows(rows) if explaining and not all(row.spans_known for row in rows) else []
    label = columns[fitting[0]].label
    columns[fitting[0]] = columns[fitting[0]]._replace(field="value")
    text = say(f"从内容看，“{label}”这一列是指标值", f"by its cells the column {label} holds the targets")
    return [Notice("column_inferred", text, header.origin)]


def _doubt_rows(rows: Sequence[Line]) -> list[Notice]:
    """Where cells are displaced and no column holds targets, the target of a row may stand anywhere: say so."""
    text = say("没有一列是指标值，这一行可能读错", "no column holds targets; this row may be read wrongly")
    return [Notice("row_doubtful", text, row.origin) for row in rows if row.filled]


def _holds_targets(rows: Sequence[Line], column: Column) -> bool:
    """Tell whether half of the cells look like targets and nearly all are short: the others are said in words."""
    texts = list_texts(rows, column)
    valued = sum(1 for text in texts if shapes.is_value(text) or shapes.is_grade(text))
    short = sum(1 for text in texts if shapes.is_brief(text))
    return bool(texts) and valued * 2 >= len(texts) and short * 100 >= DECIDED * len(texts)


def _note_parts(rows: Sequence[Line], columns: Sequence[Column], header: Header) -> list[Notice]:
    """Targets of parts of the year have no place of their own: say which, and how to read one of them."""
    parts = [one for one in columns if one.field == "foreign" and shapes.is_period_point(one.label)]
    if not any(list_texts(rows, one) for one in parts):
        return []
    shown, last = say("、", ", ").join(one.label for one in parts), parts[-1].label
    text = say(
        f"{shown}是分时段的指标值，没有全年的一列，都没有读；如果“{last}”就是全年目标，"
        f"在模板的 headers 里写 value: [{last}]",
        f"{shown} hold targets for parts of the year, and no column the year's; none is read. If {last} is the year's, "
        f"write value: [{last}] under headers in a form template",
    )
    return [Notice("parts_of_year", text, header.origin)]
