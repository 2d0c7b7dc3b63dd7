"""Dumps that print one cell a line and no row marks: find the indicator header in the flow and cut the cells into rows.

    Line of many cells, or a run of short paragraphs ──unroll──▶ the lines before, header, rows, the lines after

The cut is the cheapest way to write the cells into rows of that header, by the shape of each cell. Every row made this
way is reported, because nothing printed says that it is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, pairwise, product, takewhile
from typing import NamedTuple

from perflint.language import say
from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold, list_keys
from perflint.reading.draft import Notice
from perflint.reading.form.inline import split_inline
from perflint.reading.form.levels import LevelWords
from perflint.reading.form.template import Form, know_levels
from perflint.reading.header.column import Column
from perflint.reading.header.words import INDICATORS, fields_of, find_outer, heads_first_level, names_place, names_rows
from perflint.reading.layout.titles import is_page_line, is_title, read_bare_year
from perflint.reading.layout.under import Under, lay_under
from perflint.reading.line import FLOW, Line, Slot
from perflint.reading.row.weigh import NEVER, Scale
from perflint.record import replace

_MANY = 20
_SHORT = 120
_SKIP = {"level1": 1, "level2": 2, "name": 40, "value": 16, "comparator": 10, "unit": 4}
_OTHER = 3
_SCORED = 24  # a weight or a score, where every indicator has both
_BLANK = "blank_before"
_UNUSED = 8  # a blank cell that stands for no column
_BARE = 12  # a row of levels only
_WITHOUT_LEVELS = frozenset({"name", "value", "unit", "weight"})  # a header that names no levels
_LONGEST_HEADER = 60  # cells of a run of header words
_WIDEST = 16  # cells looked at for the lower row of a header
_TORN = 40  # a marked row taken for two
_FEWEST_PLACES = 2  # regions with a target each
_FEWEST_OUTER = 3  # words of a list of projects before the first level
_SAMPLE = 200  # cells that tell which of its meanings a heading has here
_MOST_WAYS = 64
_EARNED = "得分"  # heads a column over which only the sum of its scores is printed
_HEADER_STARTS = frozenset({"一级指标"})
_BELOW = ("unread", "sign_off.")
_NOTE = re.compile(
    r"注\s*[0-9一二三]?\s*[：:]|附?[表件]\s*[一二三四五六七八九十\d]{1,3}\s*$"
)  # or the number of the next form


_PAGE = re.compile(
    r"[^\s|]{2,8}(?:\s*\|\s*[^\s|]{2,8})+|.*(?:ICP备|公网安备|版权所有|扫一扫).*|\S*(?:主办|承办)(?:\s+\S*(?:主办|承办))*"
)


class Unrolled(NamedTuple):
    """The lines with every flow cut into rows, and a notice for each row made."""

    lines: tuple[Line, ...]
    notices: tuple[Notice, ...]


def unroll(lines: Sequence[Line], form: Form, forms: Sequence[Form]) -> Unrolled:
    """Return the lines with flows cut into rows; lines that are no flow come back as they are.

    Args:
        forms: all forms, whose level words tell where a row begins: which of them it is, is not known yet.
    """
    result: list[Line] = []
    notices: list[Notice] = []
    words = know_levels(tuple(forms))
    for run in _list_runs(lines, form):
        marks = [line for line in run if line.is_paragraph and is_page_line(line.text)]
        left = [line for line in run if not (line.is_paragraph and is_page_line(line.text))] if marks else run
        slots = [slot for line in left for slot in _list_filled(line)]
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
        result += marks
    return Unrolled(tuple(result), tuple(notices))


def _list_filled(line: Line) -> list[Slot]:
    """Return the cells of a line that print something, each with a mark for every blank right before it."""
    filled: list[Slot] = []
    blanks = 0
    for slot in line.slots:
        if slot.blank:
            blanks += 1
            continue
        filled.append(replace(slot, notes=(*slot.notes, *[_BLANK] * blanks)) if blanks else slot)
        blanks = 0
    return filled


def _list_runs(lines: Sequence[Line], form: Form) -> list[list[Line]]:
    """Return the lines in runs: short paragraphs between two titles together, everything else alone."""
    runs: list[list[Line]] = []
    joined = False
    for line in lines:
        short = line.is_paragraph and len(line.text) <= _SHORT and not _is_title(line.text, form)
        if short and joined:
            runs[-1].append(line)
        else:
            runs.append([line])
        joined = short
    return runs


def _is_title(text: str, form: Form) -> bool:
    """Whether a text is the title of a table; 项目绩效目标 and 绩效指标表 may be words within one."""
    known = any(key in form.labels_by_name or key in form.contexts for key in list_keys(text))
    return not known and is_title(text, form)


def _is_flow(run: Sequence[Line]) -> bool:
    if run[0].is_paragraph:
        return len(run) >= _MANY
    filled = run[0].filled
    return not run[0].spans_known and (len(filled) >= _MANY or sum(map(_begins_row, filled)) > 1)


def _find_header(slots: Sequence[Slot], start: int, form: Form) -> tuple[int, int] | None:
    """Return where a run of header words with level, name and value begins and ends, from ``start`` on.

    Few forms print no levels: then there must be a unit and a weight as well.
    """
    for begin in range(start, len(slots)):
        first = _list_meanings(slots[begin : begin + 2], form)
        if "level1" not in first and ("name" not in first or _is_named(slots[begin + 1 : begin + 2], form)):
            continue
        end = _find_end(slots, begin, form)
        if end - begin == _LONGEST_HEADER:
            continue  # no header: looked for from every such word to the end, a long run would take for ever
        if "level1" in first and _find_under(slots, begin, end, form) is not None:
            return begin, end
        if any(_is_group(slot, form) for slot in slots[begin : end + 3]):
            continue  # a header of several rows cannot be told from a flow
        known = {*first, *(field for slot in slots[begin:end] for field in fields_of(slot.text, INDICATORS, form))}
        if names_rows(known) and "level1" in first:
            return begin, end
        places = list(takewhile(lambda slot: names_place(slot.text), slots[end : end + _LONGEST_HEADER]))
        if "level1" in first and "name" in known and len(places) >= _FEWEST_PLACES:
            return begin, end + len(places)
        if known >= _WITHOUT_LEVELS and "level1" not in known:
            return begin, end
    return None


def _find_end(slots: Sequence[Slot], begin: int, form: Form) -> int:
    """Return where a run of header words ends, looked for no farther than ``_LONGEST_HEADER``."""
    run = takewhile(lambda slot: fields_of(slot.text, INDICATORS, form), slots[begin + 1 : begin + _LONGEST_HEADER])
    return begin + 1 + sum(1 for _ in run)


def _is_named(slots: Sequence[Slot], form: Form) -> bool:
    return any("name" in fields_of(slot.text, INDICATORS, form) for slot in slots)


def _is_group(slot: Slot, form: Form) -> bool:
    keys = list_keys(slot.text)
    return any(key in form.header_groups and key not in form.headers for key in keys) and not _is_context(slot, form)


def _is_context(slot: Slot, form: Form) -> bool:
    return any(form.contexts.get(key) == INDICATORS for key in list_keys(slot.text))


def _cut(slots: Sequence[Slot], model: Line, form: Form, words: LevelWords) -> list[Line]:
    lines: list[Line] = []
    slots = list(slots)
    at = 0
    while (found := _find_header(slots, at, form)) is not None:
        begin, end = _lower_header(slots, at, *found, form)
        outer = _find_outer(slots, at, begin, end, form, words)
        beside = outer == begin > at and _is_context(slots[begin - 1], form)
        first = begin - 1 if beside else outer
        lines += _build_head(slots[at:first], model, form)
        if _tops_column(slots[end : end + 2], words):
            lines += _build_head(slots[end : end + 1], model, form)
            slots[end] = replace(slots[end], key=-1 - slots[end].key, text=_EARNED)  # a cell nobody printed
            end += 1
        head = _build_header(slots, first, end, model, form)
        lines += head
        end = first + sum(len(line.filled) for line in head)
        stop = _find_stop(slots, end, form, words)
        leaves, scale = _list_leaves(head)[beside:], Scale(words, form.cell_words)
        cells = [slot for slot in slots[end:stop] if not shapes.is_dots(slot.text)]  # dots are no cell of any column
        columns = _choose_columns(cells[:_SAMPLE], leaves, form, scale)
        lines += _cut_rows(cells, columns, model, scale)
        at = stop + _count_total(slots[stop:], form)
        if at > stop:
            lines.append(_build_line(slots[stop:at], range(at - stop), model, "label"))
    return [*lines, *_build_head(slots[at:], model, form)]


def _find_outer(slots: Sequence[Slot], start: int, begin: int, end: int, form: Form, words: LevelWords) -> int:
    """Return where the words begin that head columns of projects left of a header: 项目名称 预算数 一级指标.

    Below labels whose values are blank there is a first level right away, below those columns a project.
    """
    outer = begin
    while outer > start and _outer_field(slots[outer - 1], form) is not None and not _begins_row(slots[outer]):
        outer -= 1
    if begin - outer < _FEWEST_OUTER or end == len(slots) or words.is_level(slots[end].text):
        return begin
    return outer


def _outer_field(slot: Slot, form: Form) -> str | None:
    """Return the field of a heading over what tells of the whole table, None for other words."""
    label = find_outer(slot.text, form)
    return None if label is None else f"outer:{label.field}"


def _lower_header(slots: list[Slot], start: int, begin: int, end: int, form: Form) -> tuple[int, int]:
    """Put the words of an upper row of a header that nothing stands under behind those of the lower row.

    绩效指标 年度指标值 实际完成值 得分 一级指标 二级指标 三级指标 指标值 度量单位: 实际完成值 and 得分 come last.

    Returns:
        where the header begins and ends now.
    """
    top = begin
    while top > start and fields_of(slots[top - 1].text, INDICATORS, form) and not _is_context(slots[top - 1], form):
        top -= 1
    top += 1  # the targets, which the words of the lower row stand under
    headed = top - 1 > start and _is_context(slots[top - 2], form)
    if top >= begin or not headed or _begins_row(slots[begin]) or not _heads_targets(slots[top - 1 : end], form):
        return begin, end
    slots[top:end] = [*slots[begin:end], *slots[top:begin]]
    return top, end


def _heads_targets(slots: Sequence[Slot], form: Form) -> bool:
    """Tell whether the first word is that of targets, and another one as well: it stands over that."""
    aims = ["value" in fields_of(slot.text, INDICATORS, form) for slot in slots]
    return aims[0] and sum(aims) > 1


def _tops_column(slots: Sequence[Slot], words: LevelWords) -> bool:
    """Tell whether a figure stands between a header and the first level: all that heads a column of scores."""
    return len(slots) > 1 and shapes.is_figure(slots[0].text) and words.is_first(slots[1].text)


def _build_head(slots: Sequence[Slot], model: Line, form: Form) -> list[Line]:
    """Return the cells that belong to no list: one line for each row that is marked, titles and years in their own."""
    alone = [
        _is_title(slot.text, form) or read_bare_year(slot.text) is not None or _stands_below(slot) for slot in slots
    ]
    starts = [
        at for at, slot in enumerate(slots) if at == 0 or _begins_row(slot) or alone[at] or (at > 0 and alone[at - 1])
    ]
    rows = [slots[at:end] for at, end in pairwise([*starts, len(slots)])]
    lines: list[Line] = []
    done = 0
    for number, row in enumerate(rows):
        if number < done:
            continue
        following = rows[number + 1] if number + 1 < len(rows) else ()
        under = lay_under(row, following, form, indicators=False)
        lines += _build_rows(row, following, under, model, "label")
        done = number + (1 if under is None else 2)
    return lines


def _build_header(slots: Sequence[Slot], begin: int, end: int, model: Line, form: Form) -> list[Line]:
    """Return the header of indicators that stands between two places, with the marked row below it if it is part of it.

    The words of that row may have been taken for those of the one above.
    """
    found = _find_under(slots, begin, end, form)
    if found is not None:
        upper, lower, under = found
        return _build_rows(upper, lower, under, model, "header")
    return [_build_line(slots[begin:end], range(end - begin), model, "header")]


def _find_under(
    slots: Sequence[Slot], begin: int, end: int, form: Form
) -> tuple[Sequence[Slot], Sequence[Slot], Under] | None:
    """Return the two marked rows of a header that begins at a place, and how they stand; None when it is one row."""
    marks = [at for at in range(begin + 1, min(end + _WIDEST, len(slots))) if _begins_row(slots[at])][:2]
    if not marks or marks[0] > end:
        return None
    upper, lower = slots[begin : marks[0]], slots[marks[0] : (*marks[1:], len(slots))[0]]
    under = lay_under(upper, lower, form, indicators=True)
    return None if under is None else (upper, lower, under)


def _build_rows(
    upper: Sequence[Slot], lower: Sequence[Slot], under: Under | None, model: Line, name: str
) -> list[Line]:
    """Return a row alone, or a header of two rows with a blank at the left of the lower one."""
    if under is None:
        return [_build_line(upper, range(len(upper)), model, name)]
    above, below = _build_line(upper, under.upper, model, name), _build_line(lower, under.lower, model, name)
    blank = replace(lower[0], text="", column=0, width=1)
    lines = [above, replace(below, slots=(blank, *below.slots)) if under.parent > 0 else below]
    width = max(*under.upper, *under.lower) + 1
    return [replace(line, columns=width) for line in lines]


def _list_leaves(head: Sequence[Line]) -> list[Slot]:
    """Return the cells of a header that nothing stands under, from left to right."""
    lower = [slot for line in head[1:] for slot in line.filled]
    taken = {slot.column for slot in lower}
    return sorted(
        [*lower, *(slot for slot in head[0].filled if slot.column not in taken)], key=lambda slot: slot.column
    )


def _begins_row(slot: Slot) -> bool:
    return "row_start" in slot.notes


def _build_line(slots: Sequence[Slot], places: Sequence[int], model: Line, name: str) -> Line:
    return Line(
        slots=tuple(replace(slot, column=place, width=1) for slot, place in zip(slots, places, strict=True)),
        grid=FLOW if model.grid is None else FLOW - 1 - model.grid,
        name=name,
        row=9,
        columns=max(places, default=0) + 1,
        spans_known=False,
        origin=slots[0].origin,
    )


def _find_stop(slots: Sequence[Slot], start: int, form: Form, words: LevelWords) -> int:
    """Return where the indicators end: a title, a label with a colon, the heading of another list, or the end."""
    for at in range(start, len(slots)):
        text = slots[at].text
        kinds = {form.contexts.get(key) for key in list_keys(text)} - {None, INDICATORS}
        if split_inline(text, form).pairs or _is_title(text, form) or kinds & {"spending", "sign_off"}:
            return at
        if _NOTE.match(text.lstrip()) or _stands_below(slots[at]) or _closes(slots, at, form, words):
            return at
        following = slots[at + 1 : at + 9]
        if fold(text) in form.total_words and _is_sum(following):
            return at
        if fold(text) in _HEADER_STARTS or (_is_context(slots[at], form) and _starts_header(following, form)):
            return at
    return len(slots)


def _stands_below(slot: Slot) -> bool:
    """Tell whether a cell is what the page of a site prints below a table: 首页 | 联系我们, 某县人民政府主办."""
    return _PAGE.fullmatch(slot.text.strip()) is not None


def _closes(slots: Sequence[Slot], at: int, form: Form, words: LevelWords) -> bool:
    """Whether a cell is a label of what stands below the list: no target beside it, and no level after it."""
    labels = (label for key in list_keys(slots[at].text) for label in form.labels_by_name.get(key, ()))
    if not any(label.field.startswith(_BELOW) for label in labels):
        return False
    later = slots[at + 1 :]
    return not (later and shapes.is_target(later[0].text)) and not any(words.is_level(slot.text) for slot in later)


def _is_sum(following: Sequence[Slot]) -> bool:
    """Tell whether figures follow and after them no unit: a row of totals, not an indicator called 合计."""
    figures = [shapes.is_figure(slot.text) for slot in following]
    count = figures.index(False) if False in figures else len(figures)
    return count > 0 and (count == len(figures) or not shapes.is_unit(following[count].text))


def _count_total(slots: Sequence[Slot], form: Form) -> int:
    """Return how many cells a row of totals has that begins here, 0 when none does."""
    if not slots or fold(slots[0].text) not in form.total_words:
        return 0
    return 1 + sum(1 for _ in takewhile(lambda slot: shapes.is_figure(slot.text), slots[1:_WIDEST]))


def _starts_header(slots: Sequence[Slot], form: Form) -> bool:
    return bool(slots) and "level1" in fields_of(slots[0].text, INDICATORS, form)


def _choose_columns(sample: Sequence[Slot], leaves: Sequence[Slot], form: Form, scale: Scale) -> list[Column]:
    """Return the columns of a header; a heading with several meanings has the one under which cells fit best."""
    readings = [_list_meanings(leaves[at : at + 2], form) for at in range(len(leaves))]
    plain = tuple(fields[0] for fields in readings)
    ways = [fields for fields in islice(product(*readings), _MOST_WAYS) if _are_apart(fields, readings)] or [plain]
    named = [_name_columns(leaves, fields) for fields in ways]
    if len(named) == 1 or not sample:
        return named[0]
    return min(named, key=lambda columns: _weigh_rows(sample, columns, scale).cost)


def _list_meanings(slots: Sequence[Slot], form: Form) -> tuple[str, ...]:
    """Return what the first of two headings may mean; only a time stands under the targets unknown."""
    if fields := fields_of(slots[0].text, INDICATORS, form):
        return fields
    if len(slots) > 1 and heads_first_level(slots[0].text, slots[1].text, form):
        return ("level1",)
    outer = _outer_field(slots[0], form)
    return ("value",) if outer is None else (outer,)


def _are_apart(fields: Sequence[str], readings: Sequence[Sequence[str]]) -> bool:
    """Whether no other column has the meaning chosen for a heading that has several."""
    return all(fields.count(field) == 1 for field, ways in zip(fields, readings, strict=True) if len(ways) > 1)


def _name_columns(leaves: Sequence[Slot], fields: Sequence[str]) -> list[Column]:
    return [Column(field, slot.column, slot.column + 1, slot.text) for slot, field in zip(leaves, fields, strict=True)]


class _State(NamedTuple):
    cost: int
    before: int  # column of the cell before, -1 at the start


def _cut_rows(slots: Sequence[Slot], columns: Sequence[Column], model: Line, scale: Scale) -> list[Line]:
    """Return the rows of the cheapest way to write the cells under the columns, row after row."""
    if not slots:
        return []
    places = _weigh_rows(slots, columns, scale).places
    rows = _part_rows(slots, places)
    if _prints_weights([[columns[places[at]].field for at in row] for row in rows]):
        places = _weigh_rows(slots, columns, scale, weighed=True).places
        rows = _part_rows(slots, places)
    return [
        _build_line([slots[at] for at in row], [columns[places[at]].start for at in row], model, "rebuilt")
        for row in rows
    ]


def _part_rows(slots: Sequence[Slot], places: Sequence[int]) -> list[list[int]]:
    """Return the numbers of the cells of each row, by the column of each."""
    rows: list[list[int]] = []
    for at, place in enumerate(places):
        if at == 0 or place <= places[at - 1] or _begins_row(slots[at]):
            rows.append([])
        rows[-1].append(at)
    return rows


def _prints_weights(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether some indicators have a weight and its score, and others not: of those the target may be blank."""
    scored = [row[-2:] == ["weight", "foreign"] for row in rows if "value" in row]
    return any(scored) and not all(scored)


class _Steps(NamedTuple):
    """What it costs to pass over each column within a row, to begin a row with it, and to end one with it."""

    skips: Sequence[int]
    leads: Sequence[int]
    tails: Sequence[int]


class _Ways(NamedTuple):
    cost: int
    places: list[int]  # the column of each cell


def _weigh_rows(slots: Sequence[Slot], columns: Sequence[Column], scale: Scale, *, weighed: bool = False) -> _Ways:
    """Return the cheapest way to write the cells under the columns, and what it costs.

    Args:
        weighed: whether an indicator rather lacks its target than its weight.
    """
    skips = [_weigh_skip(column) for column in columns]
    if weighed:
        weight = next(place for place, column in enumerate(columns) if column.field == "weight")
        skips[weight : weight + 2] = [_SCORED, _SCORED]  # and the score beside it
    tails = [sum(skips[place + 1 :]) for place in range(len(columns))]
    seconds = [place for place, column in enumerate(columns) if column.field == "level2"]
    if len(seconds) == 1:
        tails[seconds[0]] = min(tails[seconds[0]], _BARE)
    steps = _Steps(skips, [_weigh_lead(columns, place) for place in range(len(columns))], tails)
    table: list[list[_State | None]] = []
    whole = _list_whole(slots, len(columns))
    for at, slot in enumerate(slots):
        costs = [scale.weigh(slot.text, column.field) for column in columns]
        above = table[at - 1] if at else None
        turn = 0 if _begins_row(slot) else _TORN if whole[at] else 0
        fresh = _begins_row(slot)
        blanks = slot.notes.count(_BLANK)
        table.append(
            [_best_state(above, place, costs[place], steps, fresh, turn, blanks) for place in range(len(columns))]
        )
    return _trace(table, tails)


def _weigh_lead(columns: Sequence[Column], place: int) -> int:
    """Return what it costs to begin a row with a column; only the first row of a project says which project it is."""
    inner = not _is_outer(columns[place])
    return sum(_weigh_skip(column) for column in columns[:place] if not (inner and _is_outer(column)))


def _weigh_skip(column: Column) -> int:
    return _SKIP.get(column.field, _OTHER)


def _is_outer(column: Column) -> bool:
    return column.field.startswith("outer:")


def _list_whole(slots: Sequence[Slot], width: int) -> list[bool]:
    """Tell for each cell whether it stands in a marked row of no more cells than there are columns: a row as it is."""
    starts = [at for at, slot in enumerate(slots) if at == 0 or _begins_row(slot)]
    ends = [*starts[1:], len(slots)]
    marked = len(starts) > 1
    return [marked and end - start <= width for start, end in zip(starts, ends, strict=True) for _ in range(start, end)]


def _best_state(
    previous: list[_State | None] | None,
    place: int,
    cost: int,
    steps: _Steps,
    fresh: bool,
    turn: int,
    blanks: int,
) -> _State | None:
    """Return the cheapest way to have a cell in a column, in the row of the cell before or in a new (fresh) one.

    Args:
        turn: what it costs to begin a new row with this cell though none is marked.
        blanks: how many cells are printed blank right before this one.
    """
    lead = steps.leads[place]
    if previous is None:
        return _State(cost + lead, -1)
    ways = []
    for before, state in enumerate(previous):
        if state is None:
            continue
        same = before < place and not fresh
        between = _weigh_between(steps.skips[before + 1 : place], blanks) if same else steps.tails[before] + lead + turn
        ways.append(_State(state.cost + between + min(cost, NEVER), before))
    return min(ways, default=None)


def _weigh_between(skipped: Sequence[int], blanks: int) -> int:
    """Return what it costs to pass over columns within a row; one that is printed blank costs nothing."""
    if not blanks:
        return sum(skipped)
    return sum(sorted(skipped)[: max(0, len(skipped) - blanks)]) + _UNUSED * max(0, blanks - len(skipped))


def _trace(table: Sequence[Sequence[_State | None]], tails: Sequence[int]) -> _Ways:
    ends = [(state.cost + tails[at], at) for at, state in enumerate(table[-1]) if state is not None]
    cost, place = min(ends)
    places = []
    for row in reversed(table):
        places.append(place)
        state = row[place]
        place = state.before if state is not None else 0
    return _Ways(cost, places[::-1])
