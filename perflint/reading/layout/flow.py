"""Dumps that print one cell a line and no row marks: find the indicator header in the flow and cut the cells into rows.

    Line of many cells, or a run of short paragraphs ──unroll──▶ the lines before, header, rows, the lines after

The cut is the cheapest way to write the cells into rows of that header, by the shape of each cell. Every row made this
way is reported, because nothing printed says that it is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from perflint.language import say
from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold, list_keys
from perflint.reading.draft import Notice
from perflint.reading.form.inline import split_inline
from perflint.reading.form.levels import LevelWords
from perflint.reading.form.template import Form
from perflint.reading.header.column import Column
from perflint.reading.header.words import INDICATORS, fields_of
from perflint.reading.layout.titles import is_title, read_bare_year
from perflint.reading.line import Line, Slot
from perflint.reading.row.weigh import NEVER, Scale
from perflint.record import replace

_MANY = 20
_SHORT = 120
_SKIP = {"level1": 1, "level2": 2, "name": 40, "value": 16, "comparator": 10, "unit": 4}
_OTHER = 3
_HEADER_STARTS = frozenset({"一级指标"})
_FLOW = -1  # the grid number of lines that were rows of no grid


class Unrolled(NamedTuple):
    """The lines with every flow cut into rows, and a notice for each row made."""

    lines: tuple[Line, ...]
    notices: tuple[Notice, ...]


def unroll(lines: Sequence[Line], form: Form) -> Unrolled:
    """Return the lines with flows cut into rows; lines that are no flow come back as they are."""
    words = form.level_words
    result: list[Line] = []
    notices: list[Notice] = []
    for run in _list_runs(lines, form):
        slots = [slot for line in run for slot in line.filled]
        if not _is_flow(run) or _find_header(slots, 0, form) is None:
            result += run
            continue
        for line in _cut(slots, run[0], form, words):
            if line.name == "rebuilt":
                text = say(
                    "单元格没有行的标记，按内容归入各行", "cells without row marks; put into a row by their shape"
                )
                notices.append(Notice("row_rebuilt", text, line.origin))
            result.append(replace(line, name=None))
    return Unrolled(tuple(result), tuple(notices))


def _list_runs(lines: Sequence[Line], form: Form) -> list[list[Line]]:
    """Return the lines in runs: short paragraphs between two titles together, everything else alone."""
    runs: list[list[Line]] = []
    joined = False
    for line in lines:
        short = line.is_paragraph and len(line.text) <= _SHORT and not is_title(line.text, form)
        if short and joined:
            runs[-1].append(line)
        else:
            runs.append([line])
        joined = short
    return runs


def _is_flow(run: Sequence[Line]) -> bool:
    if run[0].is_paragraph:
        return len(run) >= _MANY
    return not run[0].spans_known and len(run[0].filled) >= _MANY


def _find_header(slots: Sequence[Slot], start: int, form: Form) -> tuple[int, int] | None:
    """Return where a run of header words with level, name and value begins and ends, from ``start`` on."""
    for begin in range(start, len(slots)):
        if "level1" not in fields_of(slots[begin].text, INDICATORS, form):
            continue
        end = begin
        while end < len(slots) and fields_of(slots[end].text, INDICATORS, form):
            end += 1
        if any(_is_group(slot, form) for slot in slots[begin : end + 3]):
            continue  # a header of several rows cannot be told from a flow
        known = {field for slot in slots[begin:end] for field in fields_of(slot.text, INDICATORS, form)}
        if {"level1", "name", "value"} <= known:
            return begin, end
    return None


def _is_group(slot: Slot, form: Form) -> bool:
    keys = list_keys(slot.text)
    return any(key in form.header_groups and key not in form.headers for key in keys) and not _is_context(slot, form)


def _is_context(slot: Slot, form: Form) -> bool:
    return any(form.contexts.get(key) == INDICATORS for key in list_keys(slot.text))


def _cut(slots: Sequence[Slot], model: Line, form: Form, words: LevelWords) -> list[Line]:
    lines: list[Line] = []
    at = 0
    while (found := _find_header(slots, at, form)) is not None:
        begin, end = found
        beside = begin > at and _is_context(slots[begin - 1], form)
        first = begin - 1 if beside else begin
        lines += _build_head(slots[at:first], model, form)
        lines.append(_build_line(slots[first:end], range(end - first), model, "header"))
        stop = _find_stop(slots, end, form)
        columns = _build_columns(slots[begin:end], begin - first, form)
        lines += _cut_rows(slots[end:stop], columns, model, form)
        at = stop
    return [*lines, *_build_head(slots[at:], model, form)]


def _build_head(slots: Sequence[Slot], model: Line, form: Form) -> list[Line]:
    """Return the cells that belong to no list: one line for each row that is marked, titles and years in their own."""
    alone = [is_title(slot.text, form) or read_bare_year(slot.text) is not None for slot in slots]
    starts = [
        at for at, slot in enumerate(slots) if at == 0 or _begins_row(slot) or alone[at] or (at > 0 and alone[at - 1])
    ]
    rows = [slots[at:end] for at, end in pairwise([*starts, len(slots)])]
    return [_build_line(row, range(len(row)), model, "label") for row in rows]


def _begins_row(slot: Slot) -> bool:
    return "row_start" in slot.notes


def _build_line(slots: Sequence[Slot], places: Sequence[int], model: Line, name: str) -> Line:
    return Line(
        slots=tuple(replace(slot, column=place, width=1) for slot, place in zip(slots, places, strict=True)),
        grid=_FLOW if model.grid is None else model.grid,
        name=name,
        row=9,
        columns=max(places, default=0) + 1,
        spans_known=False,
        origin=slots[0].origin,
    )


def _find_stop(slots: Sequence[Slot], start: int, form: Form) -> int:
    """Return where the indicators end: a title, a label with a colon, the heading of another list, or the end."""
    for at in range(start, len(slots)):
        text = slots[at].text
        kinds = {form.contexts.get(key) for key in list_keys(text)} - {None, INDICATORS}
        if split_inline(text, form).pairs or is_title(text, form) or kinds & {"spending", "sign_off"}:
            return at
        following = slots[at + 1 : at + 9]
        if fold(text) in form.total_words and _is_sum(following):
            return at
        if fold(text) in _HEADER_STARTS or (_is_context(slots[at], form) and _starts_header(following, form)):
            return at
    return len(slots)


def _is_sum(following: Sequence[Slot]) -> bool:
    """Tell whether figures follow and after them no unit: a row of totals, not an indicator called 合计."""
    figures = [shapes.is_figure(slot.text) for slot in following]
    count = figures.index(False) if False in figures else len(figures)
    return count > 0 and (count == len(figures) or not shapes.is_unit(following[count].text))


def _starts_header(slots: Sequence[Slot], form: Form) -> bool:
    return bool(slots) and "level1" in fields_of(slots[0].text, INDICATORS, form)


def _build_columns(header: Sequence[Slot], offset: int, form: Form) -> list[Column]:
    taken: list[str] = []
    columns = []
    for at, slot in enumerate(header):
        fields = fields_of(slot.text, INDICATORS, form)
        field = next((one for one in fields if one not in taken), fields[0])
        taken.append(field)
        columns.append(Column(field, at + offset, at + offset + 1, slot.text))
    return columns


class _State(NamedTuple):
    cost: int
    before: int  # column of the cell before, -1 at the start


def _cut_rows(slots: Sequence[Slot], columns: Sequence[Column], model: Line, form: Form) -> list[Line]:
    """Return the rows of the cheapest way to write the cells under the columns, row after row."""
    if not slots:
        return []
    scale = Scale(form.level_words, form.cell_words)
    skips = [_SKIP.get(column.field, _OTHER) for column in columns]
    table: list[list[_State | None]] = []
    for at, slot in enumerate(slots):
        costs = [scale.weigh(slot.text, column.field) for column in columns]
        above = table[at - 1] if at else None
        fresh = _begins_row(slot)
        table.append([_best_state(above, place, costs[place], skips, fresh) for place in range(len(columns))])
    places = _trace(table, skips)
    rows: list[list[int]] = []
    for at, place in enumerate(places):
        if at == 0 or place <= places[at - 1] or _begins_row(slots[at]):
            rows.append([])
        rows[-1].append(at)
    return [
        _build_line([slots[at] for at in row], [columns[places[at]].start for at in row], model, "rebuilt")
        for row in rows
    ]


def _best_state(
    previous: list[_State | None] | None, place: int, cost: int, skips: Sequence[int], fresh: bool
) -> _State | None:
    """Return the cheapest way to have a cell in a column, in the row of the cell before or in a new (fresh) one."""
    lead = sum(skips[:place])
    if previous is None:
        return _State(cost + lead, -1)
    ways = []
    for before, state in enumerate(previous):
        if state is None:
            continue
        same = before < place and not fresh
        between = sum(skips[before + 1 : place]) if same else sum(skips[before + 1 :]) + lead
        ways.append(_State(state.cost + between + min(cost, NEVER), before))
    return min(ways, default=None)


def _trace(table: Sequence[Sequence[_State | None]], skips: Sequence[int]) -> list[int]:
    ends = [(state.cost + sum(skips[at + 1 :]), at) for at, state in enumerate(table[-1]) if state is not None]
    place = min(ends)[1]
    places = []
    for row in reversed(table):
        places.append(place)
        state = row[place]
        place = state.before if state is not None else 0
    return places[::-1]
