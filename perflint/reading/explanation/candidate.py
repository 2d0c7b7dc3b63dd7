"""The row that looks most like the header of the indicators where no form finds one, and what its columns may hold.

lines ──find_candidate──▶ Candidate of Column, settled by the cells below and by their order
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold, tidy
from perflint.reading.explanation.rest import place_rest
from perflint.reading.form.levels import LevelWords
from perflint.reading.form.template import Form
from perflint.reading.header.column import Column
from perflint.reading.header.extent import LONGEST, find_extents
from perflint.reading.header.header import Header, find_kind_of
from perflint.reading.header.words import INDICATORS, fields_of
from perflint.reading.indicator.columns.decide import decide_columns
from perflint.reading.indicator.columns.texts import list_texts
from perflint.reading.line import Line, Slot

_FEWEST = 3  # cells of a header, at least
_ROWS = 40  # looked at below it
_LEVELS = ("level1", "level2")
_COMMON = frozenset({"number", "remark", "unit", "foreign", "year"})  # headers that other lists have too


class Candidate(NamedTuple):
    """A row that may be a header: the line, its columns and the rows under it; the headings over several columns."""

    line: Line
    columns: tuple[Column, ...]
    rows: tuple[Line, ...]
    groups: tuple[str, ...] = ()


def find_candidate(lines: Sequence[Line], form: Form) -> Candidate | None:
    """Return the row of words that stands over a column of names and one of values; of several the fullest, first."""
    found = [one for at in range(len(lines)) if (one := _try_row(lines, at, form)) is not None]
    return max(found, key=_rank, default=None)


def _rank(candidate: Candidate) -> tuple[int, int]:
    """Return how many columns are told, and how many values in a hundred are targets: labels over a header are none."""
    values = [text for one in candidate.columns if one.field == "value" for text in list_texts(candidate.rows, one)]
    return len({one.field for one in candidate.columns}), sum(map(shapes.is_target, values)) * 100 // len(values)


def list_rows(lines: Sequence[Line], start: int) -> tuple[Line, ...]:
    """Return the rows from a line on that may belong to a list: those of one grid that print something."""
    rows = [line for line in lines[start : start + _ROWS] if line.grid == lines[start].grid and line.filled]
    return tuple(rows)


def _try_row(lines: Sequence[Line], at: int, form: Form) -> Candidate | None:
    line, words = lines[at], form.level_words
    cells = _list_cells(line)
    if line.is_paragraph or len(line.filled) < _FEWEST or at + 1 >= len(lines):
        return None
    if any(len(fold(slot.text)) > LONGEST or _is_data(slot.text, words) for slot in cells):
        return None
    rows = tuple(row for row in list_rows(lines, at + 1) if row.grid == line.grid and len(row.filled) > 1)
    if len(rows) < 2:
        return None
    columns = _settle(line, rows, form, words)
    fields = {column.field for column in columns}
    if not {"name", "value"} <= fields or not _speaks_of_indicators(line, columns, rows, form, words):
        return None
    return Candidate(line, columns, rows, _list_groups(lines, at))


def _list_cells(line: Line) -> tuple[Slot, ...]:
    """Return what a row prints with the cells that reach down into it: the single ones of a header of two rows."""
    return tuple(slot for slot in line.slots if not slot.blank)


def _list_groups(lines: Sequence[Line], at: int) -> tuple[str, ...]:
    """Return the headings in the row above that stand over several columns; none where the row says something else."""
    line, above = lines[at], lines[at - 1] if at else lines[at]
    if above.grid != line.grid or not any(slot.covered and not slot.blank for slot in line.slots):
        return ()
    extents = find_extents(above, above.filled, upper=True)
    return tuple("".join(slot.text.split()) for begin, end, slot in extents if end - begin > 1)


def _speaks_of_indicators(
    line: Line, columns: Sequence[Column], rows: Sequence[Line], form: Form, words: LevelWords
) -> bool:
    """Tell indicators from other lists: known headers, level words, or values with a sign, a unit or a grade."""
    known = {field for slot in line.filled for field in fields_of(slot.text, INDICATORS, form)} - _COMMON
    levels = any(words.is_level(text) for column in columns for text in list_texts(rows, column))
    values = [text for column in columns if column.field == "value" for text in list_texts(rows, column)]
    return bool(known) or levels or sum(map(shapes.is_target, values)) * 2 > len(values)


def _is_data(text: str, words: LevelWords) -> bool:
    return words.is_level(text) or (shapes.is_value(text) and shapes.has_digit(text)) or shapes.is_sign(text)


def _settle(line: Line, rows: Sequence[Line], form: Form, words: LevelWords) -> tuple[Column, ...]:
    """Return the columns under a row: what the cells tell goes before what the heading says."""
    columns = [
        Column(_begin(slot.text, form), begin, end, tidy(slot.text) or "")
        for begin, end, slot in find_extents(line, _list_cells(line))
    ]
    columns = _correct_levels(columns, rows, words)
    header = Header(
        kind=INDICATORS,
        columns=tuple(columns),
        slots=line.filled,
        context=(),
        height=1,
        spans_known=line.spans_known,
        width=line.columns,
        grid=line.grid,
        cells=len(line.slots),
        origin=line.origin,
    )
    return place_rest(list(decide_columns(rows, header, form)[0]), rows, words)


def _begin(text: str, form: Form) -> str:
    fields = fields_of(text, INDICATORS, form)
    return "unknown" if not fields or fold(text) in form.undecided else fields[0]


def _correct_levels(columns: Sequence[Column], rows: Sequence[Line], words: LevelWords) -> list[Column]:
    """Let the columns of level words be the levels, and a heading that only sounds like one be unknown."""
    kinds = [find_kind_of(list_texts(rows, column), words) for column in columns]
    if not any(kind in _LEVELS for kind in kinds):
        return list(columns)
    settled = []
    for column, kind in zip(columns, kinds, strict=True):
        sounds = column.field in _LEVELS and not any(map(words.is_level, list_texts(rows, column)))
        field = kind if kind in _LEVELS and kinds.count(kind) == 1 else "unknown" if sounds else column.field
        settled.append(column._replace(field=field or "unknown"))
    return settled
