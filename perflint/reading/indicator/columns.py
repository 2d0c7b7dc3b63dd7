"""What the columns of an indicator list hold where their headings do not settle it: the cells below tell.

Header + rows ──decide_columns──▶ Column …, and what had to be inferred or left
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from perflint.language import say
from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold, list_keys
from perflint.reading.draft import Notice
from perflint.reading.form.levels import LevelWords, build_levels
from perflint.reading.form.template import Form
from perflint.reading.form.words import name_column
from perflint.reading.header.column import Column
from perflint.reading.header.header import Header, find_kind_of
from perflint.reading.header.words import PLACE, find_outer, find_year_of
from perflint.reading.indicator.item import OWN
from perflint.reading.line import Line
from perflint.reading.row.place import Row

_LEVELS = ("level1", "level2")
_DECIDED = 80  # percent of the cells of a column that must agree on its meaning


def decide_columns(
    rows: Sequence[Line], header: Header, form: Form, year: int | None = None
) -> tuple[tuple[Column, ...], list[Notice]]:
    """Return the columns with undecided ones settled by their cells; what stays unsettled is ``unknown``.

    Args:
        year: the year of the table: among value columns of several years it tells which is the target.
    """
    columns = _split_levels(rows, _settle_years(header.columns, year), build_levels(form))
    notices = _shift_levels(rows, columns, header, form)
    notices += _settle_levels(rows, columns, header, form)
    for at, column in enumerate(columns):
        if column.field == "undecided":
            taken = {one.field for one in columns if one.group == column.group}
            columns[at] = column._replace(field=_decide(rows, column, form, taken))
            if columns[at].field == "category" and not any(map(shapes.is_category, _list_texts(rows, column))):
                notices += _doubt_kind(rows, column)
            if columns[at].field == "unknown":
                text = say(
                    f"从单元格看不出“{column.label}”这一列是什么",
                    f"the cells do not tell what the column {column.label} holds",
                )
                notices.append(Notice("column_undecided", text, header.slots[0].origin))
        elif column.field == "unknown" and (label := find_outer(column.label, form)) is not None:
            outer = not _is_value_goal(label.field, at, rows, columns)
            columns[at] = column._replace(field=f"outer:{label.field}" if outer else "unknown")
    notices += _infer_columns(rows, columns, header, form)
    notices += _find_doubles(columns, header)
    notices += _find_twin_values(columns, header)
    return tuple(columns), notices


def _is_value_goal(field: str, at: int, rows: Sequence[Line], columns: Sequence[Column]) -> bool:
    """绩效目标 right of the names, in a list without values, over cells that look like values: no goal of the table."""
    named = any(one.field == "name" for one in columns[:at]) and all(one.field != "value" for one in columns)
    texts = _list_texts(rows, columns[at])
    return named and field.startswith("goals.") and sum(map(shapes.is_value, texts)) * 2 >= len(texts)


def _settle_years(columns: Sequence[Column], year: int | None) -> list[Column]:
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


def _split_levels(rows: Sequence[Line], columns: list[Column], words: LevelWords) -> list[Column]:
    """One heading over both levels is two columns where first-level words stand left of second-level words."""
    levels = [at for at, column in enumerate(columns) if column.field in {"level1", "level2"}]
    if len(levels) != 1 or columns[levels[0]].end - columns[levels[0]].start < len(_LEVELS):
        return columns
    wide = columns[levels[0]]
    slots = [slot for row in rows for slot in row.filled if wide.start <= slot.column and slot.end <= wide.end]
    starts = sorted({slot.column for slot in slots})
    if len(starts) != len(_LEVELS):
        return columns
    left, right = ([slot.text for slot in slots if slot.column == start] for start in starts)
    if not _agree(left, words.is_first) or not _agree(right, words.is_second):
        return columns
    split = [wide._replace(field="level1", end=starts[1]), wide._replace(field="level2", start=starts[1])]
    return [*columns[: levels[0]], *split, *columns[levels[0] + 1 :]]


def _doubt_levels(rows: Sequence[Line], column: Column, words: LevelWords) -> list[Notice]:
    """Words of both levels in one column: nothing tells which cells are merged away. Say so at every row."""
    if all(words.is_first(text) or not words.is_second(text) for text in _list_texts(rows, column)):
        return []
    text = say(
        f"“{column.label}”这一列里一级、二级指标混在一起",
        f"the column {column.label} holds words of the first and of the second level",
    )
    return [Notice("level_doubtful", text, row.origin) for row in rows if row.filled]


def _agree(texts: Sequence[str], test: Callable[[str], bool]) -> bool:
    return bool(texts) and sum(map(test, texts)) * 100 >= _DECIDED * len(texts)


def _shift_levels(rows: Sequence[Line], columns: list[Column], header: Header, form: Form) -> list[Notice]:
    """Headings one level too high, 一级指标 over second-level words and 二级指标 over names: read by the cells."""
    words = build_levels(form)
    at = {column.field: number for number, column in enumerate(columns)}
    if "name" in at or not at.keys() >= {*_LEVELS}:
        return []
    first, second = (_list_texts(rows, columns[at[name]]) for name in _LEVELS)
    if not _agree(first, words.is_second) or _agree(first, words.is_first) or any(map(words.is_level, second)):
        return []
    columns[at["level1"]] = columns[at["level1"]]._replace(field="level2")
    columns[at["level2"]] = columns[at["level2"]]._replace(field="name")
    labels = [columns[at[name]].label for name in _LEVELS]
    text = say(
        f"从内容看，“{labels[0]}”是二级指标，“{labels[1]}”是指标名称",
        f"by their cells {labels[0]} holds the second level and {labels[1]} the names",
    )
    return [Notice("column_inferred", text, header.slots[0].origin)]


def _settle_levels(rows: Sequence[Line], columns: list[Column], header: Header, form: Form) -> list[Notice]:
    """A lone level column that holds second-level words is the second level, whatever its heading says."""
    levels = [at for at, column in enumerate(columns) if column.field in {"level1", "level2"}]
    if len(levels) != 1 or columns[levels[0]].field == "level2":
        return []
    words = build_levels(form)
    texts = _list_texts(rows, columns[levels[0]])
    fitting = sum(1 for text in texts if words.is_second(text))
    if not texts or fitting * 100 < _DECIDED * len(texts) or all(map(words.is_first, texts)):
        return _doubt_levels(rows, columns[levels[0]], words)
    column = columns[levels[0]]
    columns[levels[0]] = column._replace(field="level2")
    text = say(
        f"“{column.label}”这一列是二级指标，一级指标由此推出",
        f"the column {column.label} holds second-level words; the first level follows from them",
    )
    return [Notice("column_inferred", text, header.slots[0].origin)]


def _infer_columns(rows: Sequence[Line], columns: list[Column], header: Header, form: Form) -> list[Notice]:
    """Settle by its cells or its place the one unknown column that can be the value or the name; say so."""
    notices = []
    for wanted in ("level1", "level2", "comparator", "unit", "value", "name"):
        found = _find_unknown(wanted, rows, columns, form)
        if found is not None and all(column.field != wanted for column in columns):
            label, meant = columns[found].label, name_column("indicators", wanted)
            text = say(
                f"没有表式认得“{label}”这一列；从内容和位置看是{meant}",
                f"no form knows the column {label}; by its cells and place it is: {meant}",
            )
            notices.append(Notice("column_inferred", text, header.slots[0].origin))
            columns[found] = columns[found]._replace(field=wanted)
    return notices


def _find_unknown(wanted: str, rows: Sequence[Line], columns: Sequence[Column], form: Form) -> int | None:
    """Return the one unknown column that is the wanted one: the name by its place, the others by their cells."""
    if wanted == "name":
        return _find_name(rows, columns)
    words = build_levels(form)
    unknown = [at for at, column in enumerate(columns) if column.field == "unknown"]
    unknown = [at for at in unknown if _is_on_its_side(wanted, at, columns)]
    fitting = [at for at in unknown if _holds(wanted, _list_texts(rows, columns[at]), words)]
    return fitting[0] if len(fitting) == 1 and not PLACE.search(fold(columns[fitting[0]].label)) else None


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
    return find_kind_of(texts, words) == wanted


def _list_texts(rows: Sequence[Line], column: Column) -> list[str]:
    return [slot.text for row in rows for slot in row.filled if column.start <= slot.column < column.end]


def _find_name(rows: Sequence[Line], columns: Sequence[Column]) -> int | None:
    """Return the unknown column right of the second level, unless it holds values."""
    for at, column in enumerate(columns[1:], 1):
        if column.field == "unknown" and columns[at - 1].field == "level2":
            texts = _list_texts(rows, column)
            valued = sum(1 for text in texts if shapes.is_value(text) or shapes.is_grade(text))
            return at if valued * 2 < len(texts) else None
    return None


def _doubt_kind(rows: Sequence[Line], column: Column) -> list[Notice]:
    """A column of nothing but 定性 may be a comparator or a category: say so at every row."""
    text = say(
        f"“{column.label}”这一列没有比较符，按类别读", f"the column {column.label} holds no sign; read as a category"
    )
    return [Notice("column_undecided", text, row.origin) for row in rows if row.filled]


def _decide(rows: Sequence[Line], column: Column, form: Form, taken: set[str]) -> str:
    options = next(form.undecided[key] for key in list_keys(column.label) if key in form.undecided)
    texts = _list_texts(rows, column)
    for option in options:
        agreeing = sum(1 for text in texts if _SHAPES[option](text))
        signs = option != "comparator" or any(map(shapes.is_sign, texts))
        if texts and signs and option not in taken and agreeing * 100 >= _DECIDED * len(texts):
            return option
    return _decide_displaced(rows, options, taken)


def _decide_displaced(rows: Sequence[Line], options: Sequence[str], taken: set[str]) -> str:
    """Decide where places are lost: nearly every row must hold one cell of the kind, wherever it stands."""
    loose = [row for row in rows if len(row.filled) > 2 and not row.spans_known]
    for option in options:
        holding = [row for row in loose if any(_SHAPES[option](slot.text) for slot in row.filled)]
        signs = option != "comparator" or any(shapes.is_sign(slot.text) for row in loose for slot in row.filled)
        if loose and signs and option not in taken and len(holding) * 100 >= _DECIDED * len(loose):
            return option
    return "unknown"


def _is_kind(text: str) -> bool:
    return shapes.is_category(text) or shapes.is_comparator(text)


_SHAPES = {"comparator": shapes.is_comparator, "direction": shapes.is_direction, "category": _is_kind}


def _find_doubles(columns: list[Column], header: Header) -> list[Notice]:
    """Two columns of one meaning: the second is not read, and said so."""
    seen: dict[tuple[int, str], Column] = {}
    notices = []
    for at, column in enumerate(columns):
        known = seen.setdefault((column.group, column.field), column)
        if known is not column and column.field in OWN:
            text = say(
                f"两列意思相同：“{known.label}”和“{column.label}”；后一列没有读",
                f"two columns mean the same: {known.label} and {column.label}; the second is not read",
            )
            notices.append(Notice("column_doubled", text, header.slots[0].origin))
            columns[at] = column._replace(field="unknown")
    return notices


def _find_twin_values(columns: list[Column], header: Header) -> list[Notice]:
    """Two value columns of one indicator that nothing tells apart: none is read, and said so."""
    named = {column.group for column in columns if column.field in {"name", "level1"}}
    if named and 0 not in named:  # the columns stand in another order: the first group belongs to the one with the name
        first = min(named)
        swapped = {0: first, first: 0}
        columns[:] = [column._replace(group=swapped.get(column.group, column.group)) for column in columns]
        named = {0, *named} - {first}
    values = [
        at for at, one in enumerate(columns) if one.field == "value" and (one.group == 0 or one.group not in named)
    ]
    around = next((one.section for one in columns if one.field == "name"), None)
    sections = [columns[at].section or around or "annual" for at in values]
    if len(values) < 2 or len(set(sections)) == len(sections):
        return []
    labels = [columns[at].label for at in values]
    for at in values:
        columns[at] = columns[at]._replace(field="unknown")
    for at, column in enumerate(columns):
        if column.group not in named:
            columns[at] = column._replace(group=0)
    text = say(
        f"几列指标值分不清哪列是目标，都没有读：{'、'.join(labels)}",
        f"nothing tells which value column is the target, none is read: {', '.join(labels)}",
    )
    return [Notice("column_doubled", text, header.slots[0].origin)]


def find_regions(rows: Sequence[Row], columns: Sequence[Column]) -> list[int]:
    """Return the columns that hold one region's values each: unknown headings over cells that look like values."""
    found = []
    for at, column in enumerate(columns):
        if column.field != "unknown" or shapes.is_figure(column.label):
            continue
        texts = [slot.text for row in rows for slot in row.cells.get(at, ())]
        fitting = sum(1 for text in texts if shapes.is_value(text) or shapes.is_grade(text))
        if texts and fitting * 100 >= _DECIDED * len(texts):
            found.append(at)
    places = [at for at in found if PLACE.search(fold(columns[at].label))]
    return found if len(places) * 2 > len(found) else []
