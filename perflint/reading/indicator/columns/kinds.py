"""A heading with several meanings (指标性质: comparator, direction or category) is settled by the cells under it.

undecided columns + rows ──settle_kinds──▶ comparator, direction, category or unknown
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from perflint.language import say
from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold, list_keys
from perflint.reading.draft import Notice
from perflint.reading.form.template import Form
from perflint.reading.header.column import Column
from perflint.reading.header.header import Header
from perflint.reading.indicator.columns.texts import DECIDED, list_texts
from perflint.reading.line import Line
from perflint.reading.row.place import Row

_WORD = re.compile(r"[^\W\d_]")
_SHORTEST = 2  # letters of a word
_PAIR = ("comparator", "direction")  # 指标性质 and 指标方向 head both, in either order


def settle_kinds(rows: Sequence[Line], columns: list[Column], header: Header, form: Form) -> list[Notice]:
    """Settle the undecided columns in place; what the cells do not tell is ``unknown``, and said so."""
    notices = []
    ordered = _order_kinds(rows, columns, form)
    for at, column in enumerate(columns):
        if column.field != "undecided":
            continue
        taken = {one.field for one in columns if one.group == column.group}
        field = _decide(rows, column, form, taken, ordered.get(at))
        columns[at] = column._replace(field=field)
        if field == "category" and not any(_is_named(text, field, form) for text in list_texts(rows, column)):
            notices += _doubt_kind(rows, column)
        if field == "unknown":
            text = say(
                f"从单元格看不出“{column.label}”这一列是什么",
                f"the cells do not tell what the column {column.label} holds",
            )
            notices.append(Notice("column_undecided", text, header.origin))
    return notices


def drop_wordy_comparators(rows: Sequence[Line], columns: list[Column], header: Header) -> list[Notice]:
    """Leave in place a comparator column of which every cell is a word and none a comparator: 直接赋分, 分级评判."""
    notices = []
    for at, column in enumerate(columns):
        texts = list_texts(rows, column)
        if column.field != "comparator" or not texts or not all(map(_is_other_word, texts)) or _holds_signs(rows):
            continue
        columns[at] = column._replace(field="unknown")
        shown = texts[0].strip()[:20]
        text = say(
            f"“{column.label}”这一列里没有比较符（如“{shown}”），没有读",
            f"the column {column.label} holds no comparator ({shown}, for one); it is not read",
        )
        notices.append(Notice("column_undecided", text, header.origin))
    return notices


def part_words(rows: Sequence[Row], columns: Sequence[Column], header: Header) -> list[Notice]:
    """Take the words out of comparator columns that hold more of them than of signs: 正向, 正向, ≥. The signs stay.

    Where places are lost, the words of such a column are displaced cells of others.
    """
    notices = []
    for at, column in enumerate(columns):
        worded = [row for row in rows if row.line.spans_known and _holds_word(row, at)]
        filled = [row for row in rows if row.cells.get(at)]
        if column.field != "comparator" or len(worded) * 2 <= len(filled):
            continue
        for row in worded:
            row.extra = (*row.extra, *(slot for slot in row.cells.pop(at) if slot.filled))
        text = say(
            f"“{column.label}”这一列多半不是比较符，只读了其中的比较符",
            f"the column {column.label} holds few comparators; nothing else in it is read",
        )
        notices.append(Notice("column_undecided", text, header.origin))
    return notices


def _holds_word(row: Row, at: int) -> bool:
    return any(map(_is_other_word, (slot.text for slot in row.cells.get(at, ()))))


def _order_kinds(rows: Sequence[Line], columns: Sequence[Column], form: Form) -> dict[int, str]:
    """Return which of two headings heads the signs and which the directions by what comes first in nearly all rows."""
    found = [at for at, column in enumerate(columns) if column.field == "undecided"]
    if len(found) != len(_PAIR) or not all(set(_PAIR) <= set(_list_options(columns[at], form)) for at in found):
        return {}
    loose = [row for row in rows if len(row.filled) > 2 and not row.spans_known]
    firsts = [_find_first(row, form) for row in loose]
    for kind in _PAIR:
        if loose and firsts.count(kind) * 100 >= DECIDED * len(loose):
            return dict(zip(found, _PAIR if kind == _PAIR[0] else _PAIR[::-1], strict=True))
    return {}


def _find_first(row: Line, form: Form) -> str | None:
    """Return which kind of a pair stands first in a row that has both."""
    kinds = [next((one for one in _PAIR if _is_kind(slot.text, one, form)), None) for slot in row.filled]
    return next(filter(None, kinds)) if set(_PAIR) <= set(kinds) else None


def _list_options(column: Column, form: Form) -> tuple[str, ...]:
    return next(form.undecided[key] for key in list_keys(column.label) if key in form.undecided)


def _decide(rows: Sequence[Line], column: Column, form: Form, taken: set[str], ordered: str | None) -> str:
    options = _list_options(column, form)
    texts = list_texts(rows, column)
    for option in options:
        agreeing = sum(1 for text in texts if _is_kind(text, option, form))
        signs = option != "comparator" or any(map(shapes.is_sign, texts))
        if texts and signs and option not in taken and agreeing * 100 >= DECIDED * len(texts):
            return option
    return ordered or _decide_displaced(rows, options, taken, form)


def _decide_displaced(rows: Sequence[Line], options: Sequence[str], taken: set[str], form: Form) -> str:
    """Decide where places are lost: nearly every row must hold one cell of the kind, wherever it stands."""
    loose = [row for row in rows if len(row.filled) > 2 and not row.spans_known]
    for option in options:
        holding = [row for row in loose if any(_is_kind(slot.text, option, form) for slot in row.filled)]
        signs = option != "comparator" or any(shapes.is_sign(slot.text) for row in loose for slot in row.filled)
        if loose and signs and option not in taken and len(holding) * 100 >= DECIDED * len(loose):
            return option
    return "unknown"


def _doubt_kind(rows: Sequence[Line], column: Column) -> list[Notice]:
    """A column of nothing but 定性 may be a comparator or a category: say so at every row."""
    text = say(
        f"“{column.label}”这一列没有比较符，按类别读", f"the column {column.label} holds no sign; read as a category"
    )
    return [Notice("column_undecided", text, row.origin) for row in rows if row.filled]


def _is_kind(text: str, option: str, form: Form) -> bool:
    """Tell whether a cell is what such a column holds; 定性 may be a comparator or a category."""
    signed = option in ("comparator", "category") and shapes.is_comparator(text)
    return signed or _is_named(text, option, form)


def _holds_signs(rows: Sequence[Line]) -> bool:
    """Tell whether places are lost and signs stand in other columns: then the words of this one are displaced."""
    return any(not row.spans_known and any(shapes.is_sign(slot.text) for slot in row.filled) for row in rows)


def _is_other_word(text: str) -> bool:
    """Tell whether a cell is a word that is no comparator; a single character may be a sign that was damaged."""
    return len(_WORD.findall(text)) >= _SHORTEST and not shapes.is_comparator(text) and not shapes.is_value(text)


def _is_named(text: str, option: str, form: Form) -> bool:
    return fold(text) in form.cell_words.get(option, ())
