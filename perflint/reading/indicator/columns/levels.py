"""Level columns: one heading over both levels, headings one level too high, words of both levels in one column.

columns + rows ──▶ columns of level1, level2 and name; what was inferred is said
"""

from __future__ import annotations

from collections.abc import Sequence

from perflint.language import say
from perflint.reading.draft import Notice
from perflint.reading.form.levels import LevelWords
from perflint.reading.form.template import Form
from perflint.reading.header.column import Column
from perflint.reading.header.header import Header
from perflint.reading.indicator.columns.texts import DECIDED, agree, list_texts
from perflint.reading.line import Line

_LEVELS = ("level1", "level2")


def split_levels(rows: Sequence[Line], columns: list[Column], words: LevelWords) -> list[Column]:
    """One heading over both levels is two columns where first-level words stand beside second-level words.

    Whether the heading names a level (一级指标) or nobody knows what it holds (指标类型) makes no difference; it may be
    as wide as both, or stand over the left one with a blank beside it.
    """
    levels = [at for at, column in enumerate(columns) if column.field in _LEVELS]
    wide = levels or [at for at, column in enumerate(columns) if column.field in {"unknown", "undecided"}]
    parts = {at: _find_level_parts(rows, _widen(at, columns), words) for at in wide}
    found = [at for at in wide if parts[at]]
    names = [at for at in levels if at not in found and _holds_names(at, rows, columns, words)]
    if len(found) != 1 or len(levels) > 1 + len(names):
        return columns
    columns = [column._replace(field="name") if at in names else column for at, column in enumerate(columns)]
    return [*columns[: found[0]], *parts[found[0]], *columns[found[0] + 1 :]]


def _holds_names(at: int, rows: Sequence[Line], columns: Sequence[Column], words: LevelWords) -> bool:
    """Tell whether no level stands under the heading of a second level, 绩效内容, and no other column has names."""
    texts = list_texts(rows, columns[at])
    named = any(column.field == "name" for column in columns)
    return columns[at].field == "level2" and not named and bool(texts) and not any(map(words.is_level, texts))


def _widen(at: int, columns: Sequence[Column]) -> Column:
    """Return a column with the place of the blank headings right of it."""
    after = [column.start for column in columns if column.start >= columns[at].end]
    return columns[at]._replace(end=min(after, default=columns[at].end))


def _find_level_parts(rows: Sequence[Line], wide: Column, words: LevelWords) -> list[Column]:
    """Return the two level columns below a heading over both, in either order; empty when it is none."""
    slots = [slot for row in rows for slot in row.filled if wide.start <= slot.column and slot.end <= wide.end]
    starts = sorted({slot.column for slot in slots})
    if len(starts) != len(_LEVELS):
        return []
    left, right = ([slot.text for slot in slots if slot.column == start] for start in starts)
    for names, first, second in ((_LEVELS, left, right), (_LEVELS[::-1], right, left)):
        if agree(first, words.is_first) and agree(second, words.is_second):
            return [
                wide._replace(field=names[0], end=starts[1]),
                wide._replace(field=names[1], start=starts[1]),
            ]
    return []


def shift_levels(rows: Sequence[Line], columns: list[Column], header: Header, form: Form) -> list[Notice]:
    """Headings one level too high, 一级指标 over second-level words and 二级指标 over names: read by the cells."""
    words = form.level_words
    at = {column.field: number for number, column in enumerate(columns)}
    if "name" in at or not at.keys() >= {*_LEVELS}:
        return []
    first, second = (list_texts(rows, columns[at[name]]) for name in _LEVELS)
    if not agree(first, words.is_second) or agree(first, words.is_first) or any(map(words.is_level, second)):
        return []
    columns[at["level1"]] = columns[at["level1"]]._replace(field="level2")
    columns[at["level2"]] = columns[at["level2"]]._replace(field="name")
    labels = [columns[at[name]].label for name in _LEVELS]
    text = say(
        f"从内容看，“{labels[0]}”是二级指标，“{labels[1]}”是指标名称",
        f"by their cells {labels[0]} holds the second level and {labels[1]} the names",
    )
    return [Notice("column_inferred", text, header.origin)]


def free_first_level(rows: Sequence[Line], columns: list[Column], words: LevelWords) -> None:
    """Let a column left of the names that holds first-level words be inferred, where no heading names that level."""
    names = [at for at, column in enumerate(columns) if column.field == "name"]
    if not names or any(column.field == "level1" for column in columns):
        return
    for at, column in enumerate(columns[: names[0]]):
        if column.field == "foreign" and agree(list_texts(rows, column), words.is_first):
            columns[at] = column._replace(field="unknown")


def settle_levels(rows: Sequence[Line], columns: list[Column], header: Header, form: Form) -> list[Notice]:
    """A lone level column that holds second-level words is the second level, whatever its heading says."""
    levels = [at for at, column in enumerate(columns) if column.field in {"level1", "level2"}]
    if len(levels) != 1 or columns[levels[0]].field == "level2":
        return []
    words = form.level_words
    texts = list_texts([row for row in rows if not _stands_across(row, columns[levels[0]])], columns[levels[0]])
    fitting = sum(1 for text in texts if words.is_second(text) and words.split_joined(text) is None)
    if not texts or fitting * 100 < DECIDED * len(texts) or all(map(words.is_first, texts)):
        return _doubt_levels(rows, columns[levels[0]], words)
    column = columns[levels[0]]
    columns[levels[0]] = column._replace(field="level2")
    text = say(
        f"“{column.label}”这一列是二级指标，一级指标由此推出",
        f"the column {column.label} holds second-level words; the first level follows from them",
    )
    return [Notice("column_inferred", text, header.origin)]


def _stands_across(row: Line, column: Column) -> bool:
    """Tell whether the cell in a column goes on beyond it: a heading over the rows below, and none of the column."""
    slot = row.at(column.start) if row.spans_known else None
    return slot is not None and slot.column + slot.width > column.end


def _doubt_levels(rows: Sequence[Line], column: Column, words: LevelWords) -> list[Notice]:
    """Words of both levels in one column: nothing tells which cells are merged away. Say so at every row."""
    texts = [text for text in list_texts(rows, column) if words.split_joined(text) is None]
    if all(words.is_first(text) or not words.is_second(text) for text in texts):
        return []
    text = say(
        f"“{column.label}”这一列里一级、二级指标混在一起",
        f"the column {column.label} holds words of the first and of the second level",
    )
    return [Notice("level_doubtful", text, row.origin) for row in rows if row.filled]
