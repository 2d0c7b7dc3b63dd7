"""Rows that may be the rest of the row above, torn by the end of a page. Nothing is joined; it is said.

Row × row above × columns ──list_tears──▶ Notice …
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from perflint.language import say
from perflint.reading.cell import shapes
from perflint.reading.draft import Notice
from perflint.reading.form.levels import LevelWords
from perflint.reading.header.column import Column
from perflint.reading.indicator.row_doubts import read_own
from perflint.reading.row.place import Row

_FEW = 2  # columns that the rest of a torn row prints
_LEVELS = frozenset({"level1", "level2"})


def list_tears(row: Row, above: Row | None, columns: Sequence[Column], words: LevelWords) -> Iterator[Notice]:
    """Yield a notice for a row that may be the rest of the one above, and one for that."""
    printed = {at: text for at in row.cells if (text := read_own(row, at))}
    if above is None or not 0 < len(printed) <= _FEW < len(columns) - 1:
        return
    if not (_is_fragment(printed, row, columns, words) or _completes_level(printed, above, columns, words)):
        return
    text = say(
        "这一行没有完整的指标，可能是上一行被分页拆开的后半截",
        "there is no whole indicator in this row; it may be the rest of the row above, torn by the end of a page",
    )
    yield Notice("row_torn", text, row.line.origin)
    text = say("下一行可能是这一行被拆开的后半截", "the row below may be the rest of this one")
    yield Notice("row_torn", text, above.line.origin)


def _is_fragment(printed: Mapping[int, str], row: Row, columns: Sequence[Column], words: LevelWords) -> bool:
    """Tell whether what a row prints is neither a name and a target, nor levels, nor the target of a merged name."""
    fields = {columns[at].field: text for at, text in printed.items()}
    if any(slot.covered for at, slots in row.cells.items() for slot in slots if columns[at].field not in _LEVELS):
        return False
    if fields.keys() <= _LEVELS and all(map(words.is_level, fields.values())):
        return False
    value = fields.get("value", "")
    return "name" not in fields or not (shapes.is_value(value) or shapes.is_grade(value))


def _completes_level(printed: Mapping[int, str], above: Row, columns: Sequence[Column], words: LevelWords) -> bool:
    """Tell whether a level in this row makes a known one of that above: 服务 and 对象满意度指标."""
    levels = {at: text for at, text in printed.items() if columns[at].field in _LEVELS}
    begun = {at: read_own(above, at) for at in levels}
    return any(begun[at] and words.is_level(begun[at] + text) for at, text in levels.items())
