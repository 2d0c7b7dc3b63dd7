"""Columns that no form knows: what they hold by their cells and their place.

unknown columns + rows ──infer_columns──▶ the one that can be the value, the name …; what was inferred is said
"""

from __future__ import annotations

from collections.abc import Sequence

from perflint.language import say
from perflint.reading.cell import shapes
from perflint.reading.draft import Notice
from perflint.reading.form.levels import LevelWords
from perflint.reading.form.template import Form
from perflint.reading.form.words import name_column
from perflint.reading.header.column import Column
from perflint.reading.header.header import Header, find_kind_of
from perflint.reading.header.words import find_outer, names_place
from perflint.reading.indicator.bounds import BOUNDS
from perflint.reading.indicator.columns.texts import DECIDED, list_texts
from perflint.reading.line import Line
from perflint.reading.row.place import Row

_FEWEST = 3  # regions beside one another, their sum among them


def find_outer_columns(rows: Sequence[Line], columns: list[Column], form: Form) -> None:
    """Mark in place the unknown columns that tell of the whole table: its unit, its project, its amount."""
    for at, column in enumerate(columns):
        label = find_outer(column.label, form) if column.field == "unknown" else None
        if label is not None and at == 0 and _heads_levels(label.field, rows, columns, form):
            continue
        if label is not None and at == 0 and _heads_list(label.field, rows, columns, form):
            columns[at] = column._replace(field="context")
        elif label is not None and not _is_value_goal(label.field, at, rows, columns):
            columns[at] = column._replace(field=f"outer:{label.field}")


def _heads_levels(field: str, rows: Sequence[Line], columns: Sequence[Column], form: Form) -> bool:
    """Tell whether 绩效目标 at the left edge stands over first levels: no goal of the table."""
    texts = list_texts(rows, columns[0]) if field.startswith("goals.") else []
    named = any(column.field == "level1" for column in columns)
    return bool(texts) and not named and all(map(form.level_words.is_first, texts))


def _heads_list(field: str, rows: Sequence[Line], columns: Sequence[Column], form: Form) -> bool:
    """Tell whether 年度绩效目标 at the left edge only heads the list: places are lost, and no goal stands below."""
    first = next((row for row in rows if row.filled), None)
    if first is None or first.spans_known or not field.startswith("goals.") or len(columns) == 1:
        return False
    return columns[1].field == "level1" and form.level_words.is_first(first.filled[0].text)


def _is_value_goal(field: str, at: int, rows: Sequence[Line], columns: Sequence[Column]) -> bool:
    """绩效目标 right of the names, in a list without values, over cells that look like values: no goal of the table."""
    named = any(one.field == "name" for one in columns[:at]) and all(one.field != "value" for one in columns)
    texts = list_texts(rows, columns[at])
    return named and field.startswith("goals.") and sum(map(shapes.is_value, texts)) * 2 >= len(texts)


def infer_columns(rows: Sequence[Line], columns: list[Column], header: Header, form: Form) -> list[Notice]:
    """Settle by its cells or its place the one unknown column that can be the value or the name; say so."""
    notices = []
    for wanted in ("level1", "level2", "comparator", "unit", "value", "name"):
        found = _find_unknown(wanted, rows, columns, form)
        taken = {"value", *BOUNDS} if wanted == "value" else {wanted}
        if found is not None and all(column.field not in taken for column in columns):
            label, meant = columns[found].label, name_column("indicators", wanted)
            text = say(
                f"没有表式认得“{label}”这一列；从内容和位置看是{meant}",
                f"no form knows the column {label}; by its cells and place it is: {meant}",
            )
            notices.append(Notice("column_inferred", text, header.origin))
            columns[found] = columns[found]._replace(field=wanted)
    return notices


def _find_unknown(wanted: str, rows: Sequence[Line], columns: Sequence[Column], form: Form) -> int | None:
    """Return the one unknown column that is the wanted one: the name by its place, the others by their cells."""
    if wanted == "name":
        return _find_name(rows, columns)
    words = form.level_words
    unknown = [at for at, column in enumerate(columns) if column.field == "unknown"]
    unknown = [at for at in unknown if _is_on_its_side(wanted, at, columns)]
    fitting = [at for at in unknown if _holds(wanted, list_texts(rows, columns[at]), words)]
    if wanted == "value" and len(fitting) > 1:  # bare numbers beside targets are points or weights
        fitting = [at for at in fitting if not all(map(shapes.is_number, list_texts(rows, columns[at])))]
    return fitting[0] if len(fitting) == 1 and not names_place(columns[fitting[0]].label) else None


def _is_on_its_side(wanted: str, at: int, columns: Sequence[Column]) -> bool:
    """Tell whether a level column stands where it must: the second level right of the first."""
    first = [place for place, one in enumerate(columns) if one.field == "level1"]
    second = [place for place, one in enumerate(columns) if one.field == "level2"]
    return not (wanted == "level2" and first and at < min(first)) and not (
        wanted == "level1" and second and at > max(second)
    )


def _holds(wanted: str, texts: Sequence[str], words: LevelWords) -> bool:
    """Tell whether nearly all cells are of the kind; for the value half are enough: the rest may be said in words."""
    if wanted == "value" and sum(map(shapes.has_date, texts)) * 2 > len(texts):
        return False  # a date of completion beside the value, rather than the value
    if wanted == "value" and find_kind_of(texts, words) is None:
        return sum(1 for text in texts if shapes.is_target(text)) * 2 >= len(texts) > 0
    if wanted == "level1" and texts and all(map(words.split_joined, texts)):
        return True
    return find_kind_of(texts, words) == wanted


def _find_name(rows: Sequence[Line], columns: Sequence[Column]) -> int | None:
    """Return the unknown column right of the second level, unless it holds values."""
    for at, column in enumerate(columns[1:], 1):
        if column.field == "unknown" and columns[at - 1].field == "level2":
            texts = list_texts(rows, column)
            valued = sum(1 for text in texts if shapes.is_value(text) or shapes.is_grade(text))
            return at if valued * 2 < len(texts) else None
    return None


def find_regions(rows: Sequence[Row], columns: Sequence[Column]) -> list[int]:
    """Return the columns that hold one region's values each: unknown headings over cells that look like values."""
    found = []
    for at, column in enumerate(columns):
        if column.field != "unknown" or shapes.is_figure(column.label):
            continue
        texts = [slot.text for row in rows for slot in row.cells.get(at, ())]
        fitting = sum(1 for text in texts if shapes.is_value(text) or shapes.is_grade(text))
        if texts and fitting * 100 >= DECIDED * len(texts):
            found.append(at)
    places = [at for at in found if names_place(columns[at].label)]
    # Beside their sum, regions may go by short names: 合计, 三原, 泾阳.
    summed = len(found) >= _FEWEST and bool(places) and all(column.field != "value" for column in columns)
    return found if summed or len(places) * 2 > len(found) else []
