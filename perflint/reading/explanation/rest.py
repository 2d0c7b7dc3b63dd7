"""What a column most likely holds when neither its heading nor its cells settle it: its place among the others tells.

columns + rows ──place_rest──▶ columns for a person to look over; reading itself never guesses so
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perflint.reading.cell import shapes
from perflint.reading.form.levels import LevelWords
from perflint.reading.header.column import Column
from perflint.reading.header.words import find_year_of, names_place
from perflint.reading.indicator.columns.texts import list_texts
from perflint.reading.line import Line

_LEVELS = ("level1", "level2")
_TEXTS = frozenset({"unknown", "description", "explanation", "category"})  # columns that may hold the names after all
_WHOLE = 100  # what weights add up to


def place_rest(columns: list[Column], rows: Sequence[Line], words: LevelWords) -> tuple[Column, ...]:
    """Settle what is unknown: running numbers, weights, the target, the names left of it, then the levels."""
    for at, column in enumerate(columns):
        if column.field == "unknown":
            columns[at] = column._replace(field=_find_figures(column, rows, columns))
    _place_value(columns, rows)
    _place_name(columns, rows)
    _place_levels(columns, rows, words)
    return tuple(columns)


def _find_figures(column: Column, rows: Sequence[Line], columns: Sequence[Column]) -> str:
    """Return ``number`` for 1, 2, 3 at the left, ``weight`` for numbers that add up to 100, ``unknown`` otherwise."""
    texts, fields = list_texts(rows, column), {one.field for one in columns}
    if column is columns[0] and len(texts) > 1 and texts == [str(number) for number in range(1, len(texts) + 1)]:
        return "number"
    plain = len(texts) > 1 and all(shapes.is_number(text) and text.isascii() and "," not in text for text in texts)
    weighed = plain and "weight" not in fields and sum(map(Decimal, texts)) == _WHOLE
    return "weight" if weighed else "unknown"


def _place_value(columns: list[Column], rows: Sequence[Line]) -> None:
    """Take a column right of the names for the target, of several years the last; without names that of targets."""
    fields = [column.field for column in columns]
    if "value" in fields:
        return
    free = [at for at, one in enumerate(columns) if one.field == "unknown" and not names_place(one.label)]
    if "name" in fields:
        free = [at for at in free if at > fields.index("name")]
    else:
        free = [at for at in free if _holds_targets(rows, columns[at])]
    dated = {at: year for at in free if (year := find_year_of(columns[at].label)) is not None}
    if len(dated) > 1:
        latest = max(dated, key=lambda at: dated[at])
        for at in dated:
            columns[at] = columns[at]._replace(field="value" if at == latest else "prior")
    elif free:
        columns[free[0]] = columns[free[0]]._replace(field="value")


def _place_name(columns: list[Column], rows: Sequence[Line]) -> None:
    """Take the last column of texts left of the target for the names."""
    if not any(column.field == "name" for column in columns):
        left = list(_list_left(columns, rows))
        if left:
            columns[left[-1]] = columns[left[-1]]._replace(field="name")


def _list_left(columns: Sequence[Column], rows: Sequence[Line]) -> Iterator[int]:
    """Yield the columns of texts left of the target."""
    end = next((at for at, column in enumerate(columns) if column.field == "value"), 0)
    yield from (at for at in range(end) if columns[at].field in _TEXTS and _holds_texts(rows, columns[at]))


def _place_levels(columns: list[Column], rows: Sequence[Line], words: LevelWords) -> None:
    """Take what is left of the names for the levels, if there are no more columns than levels."""
    free = [name for name in _LEVELS if all(column.field != name for column in columns)]
    rest = [at for at in _list_left(columns, rows) if columns[at].field == "unknown"]
    if not rest or len(rest) > len(free):
        return
    texts = list_texts(rows, columns[rest[0]])
    second = len(rest) == 1 and sum(map(words.is_second, texts)) * 2 > len(texts)
    for at, name in zip(rest, free[-1:] if second else free, strict=False):
        columns[at] = columns[at]._replace(field=name)


def _holds_targets(rows: Sequence[Line], column: Column) -> bool:
    texts = list_texts(rows, column)
    return bool(texts) and sum(map(shapes.is_target, texts)) * 2 > len(texts)


def _holds_texts(rows: Sequence[Line], column: Column) -> bool:
    texts = list_texts(rows, column)
    return bool(texts) and not any(map(shapes.is_figure, texts))
