"""Find the header of a list and say what each of its columns holds.

lines ──find_header──▶ Header of Column ──▶ indicators, lists, funds
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from perflint.reading.cell import shapes
from perflint.reading.cell.fold import drop_brackets, fold, tidy
from perflint.reading.form.levels import LevelWords
from perflint.reading.form.template import Form
from perflint.reading.header.blocks import are_headed, hangs_below_levels, head_blocks, measure_blocks
from perflint.reading.header.column import Column
from perflint.reading.header.columns import build_columns, drop_doubles, keep_deepest, name_groups
from perflint.reading.header.extent import LONGEST, list_extents, measure
from perflint.reading.header.torn import Torn, join_torn
from perflint.reading.header.words import (
    INDICATORS,
    contexts_of,
    fields_of,
    find_outer,
    find_year_of,
    is_group,
    list_grades,
    names_place,
)
from perflint.reading.line import Line, Slot
from perflint.record import dataclass, field, replace

_MOST = 100  # cells of a header; each is compared with every other
_FEWEST = 4  # cells of a header that no form knows
_DATED_WORD = re.compile(r"(?:19|20)\d{2}年?度?[^\d年月日底末前内]{2,8}")
_LAID = 3  # rows of a header whose lower row shows through, a blank one between them included
_SAMPLE = 8  # rows looked at below it
_LEVELS = frozenset({"level1", "level2"})
_VALUES = frozenset({"value", "prior", "lower", "upper"})
_MARKING = frozenset({"comparator", "unit", "weight", "scoring"})  # columns only indicators have


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A header that was found.

    Attributes:
        kind: indicators, tasks, projects, spending or funds.
        columns: From left to right; ``context`` is the cell beside the list, ``unknown`` what no form knows.
        slots: Every cell of the header, to be placed.
        context: The cells beside the list, part of ``slots``.
        height: Lines it takes.
        spans_known, width, grid: Of the grid it stands in.
        cells: How many cells its row prints, blank ones included.
        origin: Where it stands; a list without a header begins there.
    """

    kind: str
    columns: tuple[Column, ...]
    slots: tuple[Slot, ...]
    context: tuple[Slot, ...]
    height: int
    spans_known: bool
    width: int
    grid: int | None
    cells: int
    origin: str
    unknown: tuple[Slot, ...] = field(default=())


def find_header(lines: Sequence[Line], start: int, form: Form) -> Header | None:
    """Return the header that begins at a line, or None."""
    line = lines[start]
    if line.is_paragraph or not 2 <= len(line.filled) <= _MOST:
        return None
    if hangs_below_levels(lines, start, form):
        return None
    if (torn := join_torn(lines, start, form)) is not None:
        return _build_torn(lines, start, torn, form)
    if (height := measure_blocks(lines, start, form)) is not None:
        return _build_blocks(lines, start, height, form)
    if _is_header_row(line, INDICATORS, form) or _lay_rows(lines, start, form) or _heads_grades(lines, start, form):
        return _build_header(lines, start, INDICATORS, form)
    for kind in ("funds", "spending", "projects", "tasks"):
        if _is_header_row(line, kind, form):
            return _build_header(lines, start, kind, form)
    if _heads_levels(lines, start, form) or _heads_subheadings(lines, start, form):
        return _build_header(lines, start, INDICATORS, form)
    return None


def _build_blocks(lines: Sequence[Line], start: int, height: int, form: Form) -> Header | None:
    """Return the header of indicators side by side under their first levels, None when the levels cannot be told."""
    cells = list_extents(lines[start : start + height])
    columns = head_blocks(build_columns(cells, (), INDICATORS, form), cells, form.level_words)
    if not are_headed(columns):
        return None
    columns = name_groups(columns, lines, start, form)
    return _describe(lines, start, height, INDICATORS, columns, (), form)


def _build_torn(lines: Sequence[Line], start: int, torn: Torn, form: Form) -> Header:
    """Return the header whose words are broken over rows: its columns from the words, its cells as printed."""
    columns = build_columns(list_extents([torn.line]), torn.context, INDICATORS, form)
    columns = name_groups(keep_deepest(columns), lines, start, form)
    return _describe(lines, start, torn.height, INDICATORS, columns, torn.context, form)


def _heads_grades(lines: Sequence[Line], start: int, form: Form) -> bool:
    """Tell whether a row names indicators, and the row below nothing but the grades of their values: 优, 良, 中, 差."""
    line = lines[start]
    below = lines[start + 1] if start + 1 < len(lines) else None
    if below is None or below.grid != line.grid or not _is_scale(below):
        return False
    named = [fields_of(slot.text, INDICATORS, form) for slot in line.filled]
    known = {one for fields in named for one in fields}
    return _names_indicators(known | {"value"}, sum(map(bool, named)), len(named))


def _is_scale(line: Line) -> bool:
    grades = list_grades([slot.text for slot in line.filled])
    return bool(grades) and len(grades) == len(line.filled)


def _lay_rows(lines: Sequence[Line], start: int, form: Form) -> Line | None:
    """Return what a row and the one below show together when they are one header; None when they are not.

    绩效指标 stands over the levels then, and the other cells are two rows high.
    """
    line = lines[start]
    below = next((row for row in lines[start + 1 : start + _LAID] if row.grid == line.grid and row.filled), None)
    if below is None or len(below.filled) < len(_LEVELS) or any(_is_valued(slot.text) for slot in line.filled):
        return None
    groups = [slot for slot in line.filled if is_group(slot.text, form)]
    named = {one for slot in below.filled for one in fields_of(slot.text, INDICATORS, form)}
    if not groups or not named & _LEVELS:
        return None
    shown = replace(below, slots=tuple(_lay_over(slot, line) for slot in below.slots))
    return shown if _is_header_row(shown, INDICATORS, form) else None


def _lay_over(slot: Slot, above: Line) -> Slot:
    """Return the cell that shows at a place of the lower row: its own, or the one above that reaches down to it."""
    if slot.covered:
        return replace(slot, covered=False)
    upper = above.at(slot.column)
    return upper if slot.blank and upper is not None else slot


def _is_header_row(line: Line, kind: str, form: Form) -> bool:
    slots = [slot for slot in line.filled if not _is_context(slot, kind, form) or fields_of(slot.text, kind, form)]
    if any(shapes.is_figure(slot.text) and not shapes.is_year(slot.text) for slot in slots):
        return False
    named = [fields_of(slot.text, kind, form) for slot in slots]
    known = {one for fields in named for one in fields}
    share = sum(1 for fields in named if fields)
    if kind == INDICATORS:
        unknown = [slot.text for slot, fields in zip(slots, named, strict=True) if not fields]
        share += sum(1 for text in unknown if find_outer(text, form) or names_place(text))
        share += len(list_grades([slot.text for slot in slots]))
        return _names_indicators(known, share, len(slots))
    if kind == "funds" and sum(1 for slot in slots if find_year_of(slot.text)) > 1:
        known.add("year")
    rule = form.lists[kind]
    if kind == "funds" and _names_projects(slots, form):
        return False
    if kind != "funds" and _has_two_sides(slots, named, rule.need):
        return False
    enough = rule.need <= known and (not rule.need_one or bool(rule.need_one & known))
    return enough and ((share >= 2 and share * 3 >= len(slots) * 2) or _heads_beside(line, kind, form))


def _names_projects(slots: Sequence[Slot], form: Form) -> bool:
    """Tell whether a row heads names of projects, and no lines of funds: 项目名称, not 项目."""
    return any(
        "name" in fields_of(slot.text, "projects", form) and not fields_of(slot.text, "funds", form) for slot in slots
    )


def _has_two_sides(slots: Sequence[Slot], named: Sequence[tuple[str, ...]], need: Collection[str]) -> bool:
    """Tell whether a row names what a list needs twice in the same words: 项目 | 金额 over income and over spending."""
    needed = [fold(slot.text) for slot, fields in zip(slots, named, strict=True) if not set(fields).isdisjoint(need)]
    return len(needed) > len(set(needed))


def _heads_beside(line: Line, kind: str, form: Form) -> bool:
    """Tell whether the cells beside the name of a list head its columns, though only those it needs are known."""
    own = [slot for slot in line.filled if not _is_context(slot, kind, form)]
    known = {one for slot in own for one in fields_of(slot.text, kind, form)}
    if len(own) < 2 or len(own) == len(line.filled) or not form.lists[kind].need <= known:
        return False
    return all(_may_head(slot, kind, form) for slot in own)


def _may_head(slot: Slot, kind: str, form: Form) -> bool:
    """Tell whether a cell may head a column of a list beside its name: a word of it, or one nobody knows."""
    return bool(fields_of(slot.text, kind, form)) or (
        len(fold(drop_brackets(slot.text))) <= LONGEST and not _is_valued(slot.text)
    )


def _names_indicators(known: set[str], share: int, cells: int) -> bool:
    """Tell whether the known words of a row, so many of its cells, are those of an indicator header."""
    leveled = bool(known & _LEVELS)
    wanted = leveled and "name" in known and bool(known & (_MARKING | _VALUES))
    if _LEVELS | {"name"} <= known:
        return True
    bare = _LEVELS | {"value"} <= known
    flat = {"name", "value"} <= known and bool(known & _MARKING) and cells > 3 and share * 4 >= cells * 3
    return flat or ((wanted or bare) and share * 2 >= cells and share >= 3)


def _heads_levels(lines: Sequence[Line], start: int, form: Form) -> bool:
    """Tell whether a row of unknown words stands over columns of first-level words, second-level words and values."""
    line, words = lines[start], form.level_words
    filled = line.filled
    if len(filled) < _FEWEST or any(len(fold(slot.text)) > LONGEST or _is_data(slot.text, words) for slot in filled):
        return False
    rows = [row for row in lines[start + 1 : start + 1 + _SAMPLE] if row.grid == line.grid and row.filled]
    kinds = [find_kind_of(texts, words) for texts in _list_texts_under(filled, rows)]
    once = kinds.count("level1") == kinds.count("level2") == 1
    return len(rows) > 1 and once and "value" in kinds


def _heads_subheadings(lines: Sequence[Line], start: int, form: Form) -> bool:
    """Tell whether a row names names and values, and the row below is nothing but a level: 一、产出指标."""
    line, words = lines[start], form.level_words
    known = {one for slot in line.filled for one in fields_of(slot.text, INDICATORS, form)}
    below = next((row for row in lines[start + 1 : start + 3] if row.grid == line.grid and row.filled), None)
    if below is None or not {"name", "value"} <= known or any(_is_valued(slot.text) for slot in line.filled):
        return False
    return len({fold(slot.text) for slot in below.filled}) == 1 and words.is_first(below.text)


def _list_texts_under(heads: Sequence[Slot], rows: Sequence[Line]) -> list[list[str]]:
    """Return what the rows print under each head; a row may have a thousand cells, so each is looked at once."""
    under: list[list[str]] = [[] for _ in heads]
    at = {column: number for number, head in enumerate(heads) for column in range(head.column, head.end)}
    for row in rows:
        for slot in row.filled:
            if slot.column in at:
                under[at[slot.column]].append(slot.text)
    return under


def find_kind_of(texts: Sequence[str], words: LevelWords) -> str | None:
    """Return what nearly all texts of a column are: level1, level2, comparator, unit, value; else None."""
    tests = {
        "level1": words.is_first,
        "level2": words.is_second,
        "comparator": shapes.is_comparator,
        "unit": shapes.is_unit,
        "value": lambda text: shapes.is_value(text) or shapes.is_grade(text),
    }
    found = [name for name, test in tests.items() if texts and sum(map(test, texts)) * 5 >= len(texts) * 4]
    return found[0] if found else None


def _is_under(slot: Slot, head: Slot) -> bool:
    return head.column <= slot.column < head.end


def _is_data(text: str, words: LevelWords) -> bool:
    return words.is_level(text) or _is_valued(text) or shapes.is_sign(text)


def _is_valued(text: str) -> bool:
    """Tell whether a cell looks like a target, and not like a heading with a year in it: 2025年计划数."""
    return shapes.is_value(text) and _DATED_WORD.fullmatch(fold(text)) is None


def _is_context(slot: Slot, kind: str, form: Form) -> bool:
    return (INDICATORS if kind == INDICATORS else form.lists[kind].context) in contexts_of(slot.text, form)


def _build_header(lines: Sequence[Line], start: int, kind: str, form: Form) -> Header:
    line = lines[start]
    laid = _lay_rows(lines, start, form) if kind == INDICATORS else None
    shown = laid or line
    below = _list_below(lines, start)
    contexts = tuple(slot for slot in shown.slots if _stands_beside(slot, shown, below, kind, form))
    height = measure(lines, start, kind, form, contexts)
    if laid is not None:
        height = max(height, [row.row for row in lines[start : start + _LAID]].index(laid.row) + 1)
    cells = list_extents(lines[start : start + height])
    columns = build_columns(cells, contexts, kind, form)
    if kind == INDICATORS:
        columns = name_groups(keep_deepest(columns), lines, start, form)
    else:
        columns = drop_doubles(columns, kind, lines[start + height : start + height + _SAMPLE])
    return _describe(lines, start, height, kind, columns, contexts, form)


def _describe(
    lines: Sequence[Line],
    start: int,
    height: int,
    kind: str,
    columns: tuple[Column, ...],
    contexts: tuple[Slot, ...],
    form: Form,
) -> Header:
    line = lines[start]
    slots = tuple(slot for row in lines[start : start + height] for slot in row.filled)
    grades = {slots[at].key for at in list_grades([slot.text for slot in slots])}
    unknown = tuple(
        slot
        for slot in slots
        if slot.key not in grades
        and not (kind == INDICATORS and names_place(slot.text))
        and any(c.field == "unknown" and c.start == slot.column and c.label == tidy(slot.text) for c in columns)
        and find_outer(slot.text, form) is None
    )
    return Header(
        kind=kind,
        columns=columns,
        slots=slots,
        context=contexts,
        height=height,
        spans_known=line.spans_known,
        width=line.columns,
        grid=line.grid,
        cells=len(line.slots),
        origin=slots[0].origin,
        unknown=unknown,
    )


def _list_below(lines: Sequence[Line], start: int) -> tuple[Line, ...]:
    rows = lines[start + 1 : start + 1 + _SAMPLE]
    return tuple(row for row in rows if row.grid == lines[start].grid and row.filled)


def _stands_beside(slot: Slot, line: Line, below: Sequence[Line], kind: str, form: Form) -> bool:
    """Tell whether a cell stands beside the list: left of its first column, or a context word of it at either end."""
    if slot.blank:
        return False
    if slot.covered:
        return not fields_of(slot.text, kind, form)
    if slot not in (line.filled[0], line.filled[-1]):
        return False
    if _is_context(slot, kind, form):
        return not _is_own_name(slot, line, below, kind, form) and not _heads_first_level(slot, line, below, kind, form)
    named = kind == INDICATORS and fields_of(slot.text, kind, form)
    return slot is line.filled[0] and not named and _is_taller(slot, line)


def _is_taller(slot: Slot, line: Line) -> bool:
    """Tell whether a cell reaches below every other cell of its row: then it heads the rows beside it, not a column."""
    others = [one.height for one in line.filled if one is not slot]
    return line.spans_known and len(others) > 1 and slot.height > max(others)


def _heads_first_level(slot: Slot, line: Line, below: Sequence[Line], kind: str, form: Form) -> bool:
    """Tell whether 绩效指标 stands over several first-level words, and no other cell heads the first level."""
    if kind != INDICATORS or any("level1" in fields_of(one.text, kind, form) for one in line.filled):
        return False
    texts = {fold(one.text) for row in below for one in row.filled if _is_under(one, slot)}
    return len(texts) > 1 and all(map(form.level_words.is_first, texts))


def _is_own_name(slot: Slot, line: Line, below: Sequence[Line], kind: str, form: Form) -> bool:
    """绩效指标 may stand beside the list or be its name column: the latter only if no other cell is the name.

    Names must be printed below it too, and no levels.
    """
    fields = fields_of(slot.text, kind, form)
    others = {one for other in line.filled if other is not slot for one in fields_of(other.text, kind, form)[:1]}
    if not fields or fields[0] in others:
        return False
    words = form.level_words
    texts = [next((one.text for one in row.filled if _is_under(one, slot)), "") for row in below]
    named = [text for text in texts if fold(text) not in ("", fold(slot.text)) and not words.is_level(text)]
    return len(named) * 2 >= len(texts)
