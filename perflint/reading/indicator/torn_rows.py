"""Rows that may be the rest of the row above, torn by the end of a page. Nothing is joined; it is said.

Row × row above × columns ──list_tears──▶ Notice …
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from perflint.language import say
from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold
from perflint.reading.draft import Notice
from perflint.reading.form.levels import LevelWords
from perflint.reading.header.column import Column
from perflint.reading.indicator.row_doubts import read_own
from perflint.reading.row.place import Row

_FEW = 2  # columns that the rest of a torn row prints
_DATE = re.compile(r"(?:19|20)\d{2}年(?:\d{1,2}月(?:\d{1,2}日)?)?")
_DATE_PARTS = frozenset("0123456789年月日")
_LONGEST_DATE = 11  # characters
_LEVELS = frozenset({"level1", "level2"})


def list_tears(row: Row, above: Row | None, columns: Sequence[Column], words: LevelWords) -> Iterator[Notice]:
    """Yield a notice for a row that may be the rest of the one above, and one for that."""
    printed = {at: text for at in row.cells if (text := read_own(row, at))}
    if above is None or not printed or not _goes_on(printed, row, above, columns, words):
        return
    text = say(
        "这一行没有完整的指标，可能是上一行被分页拆开的后半截",
        "there is no whole indicator in this row; it may be the rest of the row above, torn by the end of a page",
    )
    yield Notice("row_torn", text, row.line.origin)
    text = say("下一行可能是这一行被拆开的后半截", "the row below may be the rest of this one")
    yield Notice("row_torn", text, above.line.origin)


def _goes_on(printed: Mapping[int, str], row: Row, above: Row, columns: Sequence[Column], words: LevelWords) -> bool:
    if _completes_value(printed, above, columns) or _completes_name(printed, above, columns):
        return True
    if not len(printed) <= _FEW < len(columns) - 1:
        return False
    return (
        _is_fragment(printed, row, columns, words)
        or _completes_level(row, above, columns, words)
        or _lacks_sign_and_unit(printed, above, columns)
    )


def _is_fragment(printed: Mapping[int, str], row: Row, columns: Sequence[Column], words: LevelWords) -> bool:
    """Tell whether what a row prints is neither a name and a target, nor levels, nor the target of a merged name."""
    fields = {columns[at].field: text for at, text in printed.items()}
    if any(slot.covered for at, slots in row.cells.items() for slot in slots if columns[at].field not in _LEVELS):
        return False
    if all(map(words.is_level, fields.values())) and (fields.keys() <= _LEVELS or _lies_over_names(row, columns)):
        return False
    value = fields.get("value", "")
    return "name" not in fields or not (shapes.is_value(value) or shapes.is_grade(value))


def _lies_over_names(row: Row, columns: Sequence[Column]) -> bool:
    """Tell whether the one cell of a row is as wide as a heading of the rows below: 二、效益指标 from edge to edge."""
    places = [column.start for column in columns if column.field == "name"]
    cells = row.line.filled
    alone = row.line.spans_known and len(cells) == 1
    return alone and any(cells[0].column < place < cells[0].end for place in places)


def _completes_level(row: Row, above: Row, columns: Sequence[Column], words: LevelWords) -> bool:
    """Tell whether a cell makes a known level of the one printed over it: 服务 and 对象满意度指标."""
    end = next((column.start for column in columns if column.field == "name"), 0)
    begun = {slot.column: slot.text for slot in above.line.filled if slot.column < end}
    pairs = ((begun[slot.column], slot.text) for slot in row.line.filled if slot.column in begun)
    return any(
        words.is_level(upper + lower) and not (words.is_level(upper) and words.is_level(lower))
        for upper, lower in pairs
    )


def _completes_value(printed: Mapping[int, str], above: Row, columns: Sequence[Column]) -> bool:
    """Tell whether a target goes on in this row: the one above breaks off in its number, or a date does."""
    compares = any(column.field == "comparator" for column in columns)
    for at, text in printed.items():
        begun = read_own(above, at).strip() if columns[at].field == "value" else ""
        if begun.endswith((".", "．")) or (begun and not compares and shapes.is_sign(begun)):
            return True
        if _breaks_date(begun, text.strip()):
            return True
    return False


def _breaks_date(begun: str, rest: str) -> bool:
    """Tell whether two texts are one date, torn inside a number or behind it: 202 and 6年12月31日前."""
    found = _DATE.search(begun[-_LONGEST_DATE:] + rest[:_LONGEST_DATE])
    torn = begun[-1:].isdigit() and rest[:1] in _DATE_PARTS
    return torn and found is not None and found.start() < len(begun[-_LONGEST_DATE:]) < found.end()


def _completes_name(printed: Mapping[int, str], above: Row, columns: Sequence[Column]) -> bool:
    """Tell whether the name above, or that here, is a single character, in a row that prints less than the other."""
    over = sum(1 for at in above.cells if read_own(above, at))
    if len(printed) >= over or any(columns[at].field in _LEVELS for at in printed):
        return False
    names = [(read_own(above, at), text) for at, text in printed.items() if columns[at].field == "name"]
    return any(begun and 1 in (len(fold(begun)), len(fold(text))) for begun, text in names)


def _lacks_sign_and_unit(printed: Mapping[int, str], above: Row, columns: Sequence[Column]) -> bool:
    """Tell whether a name and a bare figure stand here alone, below a row that prints a sign and a unit too."""
    here = {columns[at].field: text for at, text in printed.items()}
    over = {column.field for at, column in enumerate(columns) if read_own(above, at)}
    figure = here.get("value", "")
    return (
        here.keys() == {"name", "value"}
        and {"comparator", "unit"} <= over
        and figure[:1].isdigit()
        and shapes.is_figure(figure)
    )
