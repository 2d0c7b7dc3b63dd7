"""What a row with known places holds that its columns do not expect. Nothing is moved; it is said.

Row × columns ──list_doubts──▶ Notice …
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from perflint.language import say
from perflint.reading.cell import shapes
from perflint.reading.draft import Notice
from perflint.reading.form.levels import LevelWords
from perflint.reading.header.column import Column
from perflint.reading.indicator.item import OWN
from perflint.reading.indicator.repeated_texts import RepeatedTexts
from perflint.reading.line import Slot
from perflint.reading.row.place import Row

_SIGNLESS = frozenset({"name", "level1", "level2", "unit", "value"})
_SPREAD = frozenset({"value", "name", "comparator", "unit"})
_LEVELS = frozenset({"level1", "level2"})
_TEXTS = frozenset({"explanation", "remark", "scoring", "description", "basis"})
_LONGEST_UNIT = 6  # characters of a unit that is not known as one


def list_doubts(row: Row, columns: Sequence[Column], words: LevelWords, repeated: RepeatedTexts) -> Iterator[Notice]:
    """Yield what is odd about a row: cells that are not what their columns hold, and where places are known, more.

    Args:
        repeated: what the columns hold again and again, over all rows of the list.
    """
    fields = {column.field: at for at, column in enumerate(columns)}
    if _lacks_name(row, fields):
        text = say("这一行有指标值，没有指标名称", "the row has a target and no name")
        yield Notice("name_missing", text, row.line.origin)
    if _holds_neighbour(row, fields) or repeated.stands_left(row):
        text = say(
            "单元格可能错位：指标值或者符号里是另一列的内容",
            "cells may be displaced: the target or its sign is what another column holds",
        )
        yield Notice("row_displaced", text, row.line.origin)
    if not row.line.spans_known:
        return
    for at, slots in row.cells.items():
        for code, text in _doubt_column(columns[at], slots, columns):
            yield Notice(code, text, row.line.origin)
    if _is_moved_left(row, fields, words):
        text = say(
            "单元格可能都左移了一列：一级指标里是二级指标，或者名称里是指标值",
            "the cells may stand one column too far left: a second level in the first, or a target for a name",
        )
        yield Notice("row_displaced", text, row.line.origin)
    if _is_moved_right(row, fields, words):
        text = say(
            "单元格可能都右移了一列：名称里是二级指标，指标值里是文字",
            "the cells may stand one column too far right: a second level for a name, and a text for a target",
        )
        yield Notice("row_displaced", text, row.line.origin)


def _lacks_name(row: Row, fields: Mapping[str, int]) -> bool:
    """Tell whether a target is printed in this row and no name, not even one merged over several rows."""
    return "name" in fields and not row.cells.get(fields["name"]) and bool(read_own(row, fields.get("value", -1)))


def _holds_neighbour(row: Row, fields: Mapping[str, int]) -> bool:
    """Tell whether the target, its sign or its unit is what another column holds, whose cell says something else."""
    value, unit, basis = (read_own(row, fields.get(field, -1)) for field in ("value", "unit", "basis"))
    if "unit" in fields and shapes.is_unit(value) and not shapes.is_nothing(value) and not shapes.is_figure(value):
        return not shapes.is_unit(unit)
    sign = read_own(row, fields.get("comparator", -1))
    if sign and not shapes.is_comparator(sign) and (shapes.is_grade(sign) or shapes.has_digit(sign)):
        return True
    plain = shapes.is_value(value) or shapes.is_grade(value)
    return _is_no_unit(unit, row, fields) or ("basis" in fields and not basis and not plain and shapes.is_basis(value))


def _is_no_unit(unit: str, row: Row, fields: Mapping[str, int]) -> bool:
    """Tell whether a figure, a target or a date stands for a unit, or a text whose own column right of it is blank."""
    if shapes.is_number(unit) and not shapes.is_nothing(unit):
        return True
    if shapes.is_signed(unit) or shapes.has_date(unit):
        return True
    if len(unit.strip()) < _LONGEST_UNIT or shapes.is_unit(unit):
        return False
    following = min((at for field, at in fields.items() if at > fields["unit"] and field in _TEXTS), default=None)
    return following is not None and not row.cells.get(following)


def _is_moved_left(row: Row, fields: Mapping[str, int], words: LevelWords) -> bool:
    """Tell whether a row looks as if a merged cell in front of it was lost."""
    first, name, value = (read_own(row, fields.get(field, -1)) for field in ("level1", "name", "value"))
    if "level2" in fields and words.is_second(first) and not words.is_first(first):
        return True
    aimed = shapes.is_value(value) or shapes.is_grade(value)
    return "value" in fields and (shapes.is_signed(name) or (shapes.is_target(name) and not aimed))


def _is_moved_right(row: Row, fields: Mapping[str, int], words: LevelWords) -> bool:
    """Tell whether a row looks as if a cell came in front of it: a level with its ending for a name, and no target."""
    name, value, after = (read_own(row, fields.get(field, -1)) for field in ("name", "value", "explanation"))
    leveled = name.strip().endswith("指标") and words.is_second(name)
    aimed = (shapes.is_value(value) or shapes.is_grade(value)) and not shapes.is_signed(after)
    return leveled and bool(value) and not aimed


def read_own(row: Row, at: int) -> str:
    """Return the text printed in a column in this row itself, empty when there is none."""
    return "".join(slot.text for slot in row.cells.get(at, ()) if slot.filled)


def _doubt_column(column: Column, slots: Sequence[Slot], columns: Sequence[Column]) -> Iterator[tuple[str, str]]:
    joined = [slot.text.strip() for slot in slots if slot.filled]
    if len(joined) > 1 and (column.field in OWN or column.field == "prior"):
        shown = " | ".join(joined)
        yield (
            "cells_joined",
            say(f"“{column.label}”下面有几个单元格：{shown}", f"{column.label} stands over several cells: {shown}"),
        )
    if len(joined) == 1 and column.field in _SIGNLESS and shapes.is_sign(joined[0]):
        yield (
            "row_displaced",
            say(f"“{column.label}”这一列里是比较符", f"a sign stands in the column {column.label}"),
        )
    for slot in slots:
        yield from _doubt_cell(column, slot, columns)


def _doubt_cell(column: Column, slot: Slot, columns: Sequence[Column]) -> Iterator[tuple[str, str]]:
    shown = slot.text.strip()
    if slot.covered and column.field in _SPREAD:
        yield "cell_merged", say(f"{column.label} {shown} 管几行", f"{column.label} {shown} covers several rows")
    wide = sum(1 for one in columns if one.start < slot.end and slot.column < one.end and one.field in OWN)
    if wide > 1 and slot.filled and column.field not in _LEVELS:
        yield (
            "cell_wide",
            say(
                f"“{shown[:20]}”占了 {wide} 列，读作“{column.label}”",
                f"{shown[:20]} covers {wide} columns; read as {column.label}",
            ),
        )
