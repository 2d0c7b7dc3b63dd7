"""Find the header of a list and say what each of its columns holds.

lines ──find_header──▶ Header of Column ──▶ indicators, lists, funds
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from perflint.reading import shapes
from perflint.reading.align import Column
from perflint.reading.fold import fold, list_keys, tidy
from perflint.reading.forms import Form, Label
from perflint.reading.levels import LevelWords, build_levels
from perflint.reading.line import Line, Slot
from perflint.record import dataclass, field

INDICATORS = "indicators"
_DEEPEST = 4
_FEWEST = 4  # cells of a header that no form knows
_LONGEST = 12  # characters of one of its cells
_SAMPLE = 8  # rows looked at below it
PLACE = re.compile(r"(?:镇|乡|街道|办事处|县|区|市|旗|场|村|社区|政府|合计|小计)$")
_YEAR = re.compile(r"(?:19|20)\d{2}年?度?")
_MANY = frozenset({"prior", "foreign", "unknown", "context", "year"})  # fields that may come several times
_MARKING = frozenset({"comparator", "unit", "weight", "scoring"})  # columns only indicators have
_OUTER = frozenset({"organization", "project", "budget", "goals"})


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
    unknown: tuple[Slot, ...] = field(default=())


def find_header(lines: Sequence[Line], start: int, form: Form) -> Header | None:
    """Return the header that begins at a line, or None."""
    line = lines[start]
    if line.is_paragraph or len(line.filled) < 2:
        return None
    for kind in (INDICATORS, "funds", "spending", "projects", "tasks"):
        if _is_header_row(line, kind, form):
            return _build_header(lines, start, kind, form)
    return _build_header(lines, start, INDICATORS, form) if _heads_levels(lines, start, form) else None


def fields_of(text: str, kind: str, form: Form) -> tuple[str, ...]:
    """Return the fields a header cell may mean in a kind of list, the likeliest first; empty when unknown.

    A word in front that only says for when or for what (本年权重, 2025年目标值) does not change the meaning.
    """
    if shapes.is_year(text) and kind in {INDICATORS, "funds"}:
        return ("year",)
    keys = list_keys(text)
    for key in (*keys, *(_drop_words(key, form.header_words) for key in keys)):
        if found := _look_up(key, kind, form):
            return found
    if kind == INDICATORS and any(_is_prior(key, form) for key in keys):
        return ("prior",)
    return ()


def _look_up(key: str, kind: str, form: Form) -> tuple[str, ...]:
    if kind == INDICATORS:
        return form.headers.get(key) or form.undecided.get(key) or _foreign(key, form)
    if key in form.lists[kind].fields:
        return (form.lists[kind].fields[key],)
    return _foreign(key, form) if kind == "funds" else ()


def _foreign(key: str, form: Form) -> tuple[str, ...]:
    return ("foreign",) if key in form.foreign_headers else ()


def _drop_words(key: str, words: Sequence[str]) -> str:
    """Return a header without the years and the given words at its beginning."""
    previous = ""
    while previous != key:
        previous = key
        year = _YEAR.match(key)
        lead = year.group() if year else next((word for word in words if key.startswith(word)), "")
        key = key.removeprefix(lead) or key
    return key


def _is_prior(key: str, form: Form) -> bool:
    """Tell whether a header names the value of an earlier year: 上年度目标值."""
    return any(
        key.startswith(word) and "value" in form.headers.get(_drop_words(key.removeprefix(word), form.header_words), ())
        for word in form.prior_words
    )


def find_outer(text: str, form: Form) -> Label | None:
    """Return the label of a column that tells of the whole table: its unit, project, amount or goal; None otherwise."""
    for key in list_keys(text):
        for label in form.labels_by_name.get(key, ()):
            if label.within is None and label.field.split(".")[0] in _OUTER:
                return label
    return None


def _is_header_row(line: Line, kind: str, form: Form) -> bool:
    slots = [slot for slot in line.filled if not _is_context(slot, kind, form) or fields_of(slot.text, kind, form)]
    if any(shapes.is_figure(slot.text) and not shapes.is_year(slot.text) for slot in slots):
        return False
    named = [fields_of(slot.text, kind, form) for slot in slots]
    known = {one for fields in named for one in fields}
    share = sum(1 for fields in named if fields)
    if kind == INDICATORS:
        share += sum(1 for slot, fields in zip(slots, named, strict=True) if not fields and find_outer(slot.text, form))
        wanted = (
            bool(known & {"level1", "level2"}) and "name" in known and bool(known & {"value", "comparator", "unit"})
        )
        bare = {"level1", "level2", "name"} <= known or {"name", "value", "level1"} <= known
        bare = bare or {"level1", "level2", "value"} <= known
        flat = {"name", "value"} <= known and share == len(slots) > 3 and bool(known & _MARKING)
        return flat or ((wanted or bare) and share * 2 >= len(slots) and share >= 3)
    if kind == "funds" and sum(1 for slot in slots if find_year_of(slot.text)) > 1:
        known.add("year")
    rule = form.lists[kind]
    enough = rule.need <= known and (not rule.need_one or bool(rule.need_one & known))
    return enough and share >= 2 and share * 3 >= len(slots) * 2


def _heads_levels(lines: Sequence[Line], start: int, form: Form) -> bool:
    """Tell whether a row of unknown words stands over columns of first-level words, second-level words and values."""
    line, words = lines[start], build_levels(form)
    filled = line.filled
    if len(filled) < _FEWEST or any(len(fold(slot.text)) > _LONGEST or _is_data(slot.text, words) for slot in filled):
        return False
    rows = [row for row in lines[start + 1 : start + 1 + _SAMPLE] if row.grid == line.grid and row.filled]
    below = [[slot.text for row in rows for slot in row.filled if _is_under(slot, head)] for head in filled]
    kinds = [find_kind_of(texts, words) for texts in below]
    return len(rows) > 1 and all(kinds.count(wanted) == 1 for wanted in ("level1", "level2", "value"))


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
    return words.is_level(text) or shapes.is_value(text) or shapes.is_sign(text)


def _is_context(slot: Slot, kind: str, form: Form) -> bool:
    wanted = INDICATORS if kind == INDICATORS else form.lists[kind].context
    return any(form.contexts.get(key) == wanted for key in list_keys(slot.text))


def _build_header(lines: Sequence[Line], start: int, kind: str, form: Form) -> Header:
    line = lines[start]
    contexts = tuple(slot for slot in line.slots if _stands_beside(slot, line, kind, form))
    height = _measure(lines, start, kind, form, contexts)
    rows = lines[start : start + height]
    cells = _list_extents(rows)
    columns = _build_columns(cells, contexts, kind, form)
    if kind == INDICATORS:
        columns = _name_groups(_keep_deepest(columns), lines, start, form)
    else:
        columns = _drop_doubles(columns, kind, lines[start + height : start + height + _SAMPLE])
    slots = tuple(slot for row in rows for slot in row.filled)
    unknown = tuple(
        slot
        for slot in slots
        if any(c.field == "unknown" and c.start == slot.column and c.label == tidy(slot.text) for c in columns)
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
        unknown=unknown,
    )


def _stands_beside(slot: Slot, line: Line, kind: str, form: Form) -> bool:
    """Tell whether a cell stands beside the list: left of its first column, or a context word of it."""
    if slot.blank:
        return False
    if slot.covered:
        return not fields_of(slot.text, kind, form)
    if slot is not line.filled[0]:
        return False
    if _is_context(slot, kind, form):
        return not _is_own_name(slot, line, kind, form)
    return not fields_of(slot.text, kind, form) and _is_taller(slot, line)


def _is_taller(slot: Slot, line: Line) -> bool:
    """Tell whether a cell reaches below every other cell of its row: then it heads the rows beside it, not a column."""
    others = [one.height for one in line.filled if one is not slot]
    return line.spans_known and len(others) > 1 and slot.height > max(others)


def _is_own_name(slot: Slot, line: Line, kind: str, form: Form) -> bool:
    """绩效指标 may stand beside the list or be its name column: the latter only if no other cell is the name."""
    fields = fields_of(slot.text, kind, form)
    others = {one for other in line.filled if other is not slot for one in fields_of(other.text, kind, form)[:1]}
    return bool(fields) and fields[0] not in others


def _measure(lines: Sequence[Line], start: int, kind: str, form: Form, contexts: Sequence[Slot]) -> int:
    line = lines[start]
    beside = {slot.key for slot in contexts}
    if line.spans_known:
        tall = [slot.height for slot in line.filled if slot.key not in beside and slot.height <= _DEEPEST]
        height = max(tall, default=1)
    else:
        height = 1
    while start + height < len(lines) and height < _DEEPEST and _continues(lines, start, height, kind, form):
        height += 1
    return height


def _continues(lines: Sequence[Line], start: int, height: int, kind: str, form: Form) -> bool:
    """Tell whether a line is one more row of the header: only header words, under a header of several columns."""
    above, line = lines[start + height - 1], lines[start + height]
    filled = line.filled
    if line.grid != above.grid or not filled or (line.slots and line.slots[0].filled and not line.spans_known):
        return False
    if not all(_is_under_header(slot.text, kind, form) for slot in filled):
        return False
    parents = _list_extents(lines[start : start + height + 1])[height - 1]
    wide = [(begin, end) for begin, end, slot in parents if end - begin > 1 and _may_be_split(slot, kind, form)]
    return all(any(begin <= slot.column < end for begin, end in wide) for slot in filled)


def _is_under_header(text: str, kind: str, form: Form) -> bool:
    place = kind == INDICATORS and len(fold(text)) <= _LONGEST and PLACE.search(fold(text)) is not None
    return place or bool(fields_of(text, kind, form)) or _is_group(text, form)


def _may_be_split(slot: Slot, kind: str, form: Form) -> bool:
    """Tell whether a header over several columns may have more headers below: a group, values, a word nobody knows."""
    fields = fields_of(slot.text, kind, form)
    return not fields or "value" in fields or _is_group(slot.text, form)


def _is_group(text: str, form: Form) -> bool:
    return any(key in form.header_groups for key in list_keys(text))


def _extents(line: Line, slots: Sequence[Slot], *, upper: bool = False) -> list[tuple[int, int, Slot]]:
    """Return which grid columns each header cell stands over.

    Without spans a cell reaches to the next printed one; with spans over the blanks beside it if it is an upper one:
    a merged cell that was taken apart.
    """
    if line.spans_known:
        ends = [_reach(slot, line) if upper else slot.end for slot in slots]
        return [(slot.column, end, slot) for slot, end in zip(slots, ends, strict=True)]
    ends = [slot.column for slot in slots[1:]] + [max(line.columns, slots[-1].column + 1)]
    return [(slot.column, end, slot) for slot, end in zip(slots, ends, strict=True)]


def _reach(slot: Slot, line: Line) -> int:
    end = slot.end
    for other in line.slots:
        if other.column == end and other.blank and not other.covered:
            end = other.end
    return end


def _list_extents(rows: Sequence[Line]) -> list[list[tuple[int, int, Slot]]]:
    """Return the extents of every header row; a cell reaches no further than the one above it."""
    cells: list[list[tuple[int, int, Slot]]] = []
    for depth, row in enumerate(rows, 1):
        bounds = [(begin, end) for above in reversed(cells) for begin, end, _ in above]
        extents = _extents(row, row.filled, upper=depth < len(rows)) if row.filled else []
        cells.append(
            [(begin, min([end, *(e for b, e in bounds if b <= begin < e)]), slot) for begin, end, slot in extents]
        )
    return cells


def _build_columns(
    cells: Sequence[Sequence[tuple[int, int, Slot]]], contexts: Sequence[Slot], kind: str, form: Form
) -> tuple[Column, ...]:
    beside = {slot.key for slot in contexts}
    columns = [Column("context", slot.column, slot.column + max(slot.width, 1), slot.text) for slot in contexts]
    own: list[Column] = []
    for begin, end, slot in _list_leaves(cells):
        if slot.key in beside:
            continue
        above = [one.text for row in cells for b, e, one in row if b <= begin and end <= e and one.key != slot.key]
        own.append(_build_column(begin, end, slot, above, kind, form, own))
    return tuple(sorted([*columns, *own], key=lambda column: column.start))


def _list_leaves(cells: Sequence[Sequence[tuple[int, int, Slot]]]) -> list[tuple[int, int, Slot]]:
    """Return the header cells with nothing below them; a wide one keeps the columns its children leave free."""
    leaves = []
    for depth, row in enumerate(cells):
        for begin, end, slot in row:
            below = [(b, e) for later in cells[depth + 1 :] for b, e, _ in later if b < end and e > begin]
            if not below:
                leaves.append((begin, end, slot))
    return sorted(leaves, key=lambda leaf: leaf[0])


def _build_column(
    begin: int, end: int, slot: Slot, above: Sequence[str], kind: str, form: Form, before: Sequence[Column]
) -> Column:
    fields = fields_of(slot.text, kind, form)
    label = tidy(slot.text) or ""
    twin = next((column.field for column in before if fold(column.label) == fold(label)), None)
    taken = {column.field for column in before}
    chosen = twin or next((one for one in fields if one not in taken), fields[0] if fields else "unknown")
    if kind == INDICATORS and any(key in form.undecided for key in list_keys(slot.text)):
        chosen = "undecided"
    section = next((found for text in (slot.text, *above) if (found := read_section(text, form))), None)
    return Column(chosen, begin, end, label, 0, section)


def read_section(text: str, form: Form) -> str | None:
    """Return the section a heading names: long_term or annual, or None."""
    folded = fold(text)
    for section in ("long_term", "annual"):
        if any(word in folded for word in form.sections.get(section, ())):
            return section
    return None


def find_year_of(label: str) -> int | None:
    """Return the year a header names, None when it names none."""
    found = _YEAR.search(fold(label))
    return int(found.group()[:4]) if found else None


def _keep_deepest(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Of name columns side by side (三级指标, 四级指标) the last is the name; for the others there is no place."""
    following = [*(column.field for column in columns[1:]), ""]
    return tuple(
        column._replace(field="foreign") if column.field == after == "name" else column
        for column, after in zip(columns, following, strict=True)
    )


def _drop_doubles(columns: Sequence[Column], kind: str, rows: Sequence[Line]) -> tuple[Column, ...]:
    """Keep one column of each field of a list: with figures if it is an amount, of the latest year, or else the first.

    The others are foreign; amounts of earlier years are history in a matrix of funds.
    """
    kept: dict[str, Column] = {}
    for column in columns:
        known = kept.setdefault(column.field, column)
        if _rank_amount(column, rows) > _rank_amount(known, rows):
            kept[column.field] = column
    other = (
        "year" if kind == "funds" and all(find_year_of(one.label) for one in columns if one.field == "amount") else ""
    )
    return tuple(
        column if column.field in _MANY or kept[column.field] is column else column._replace(field=other or "foreign")
        for column in columns
    )


def _name_groups(columns: Sequence[Column], lines: Sequence[Line], start: int, form: Form) -> tuple[Column, ...]:
    """Number the blocks that stand side by side: a field that comes again begins the next block."""
    group, seen, result = 0, set[str](), []
    repeated = [one.field for one in columns if one.field == "name" or _may_begin_group(one)]
    if len(repeated) == len(set(repeated)):
        return tuple(columns)
    for column in columns:
        dated = column.field == "value" and not _may_begin_group(column)
        if column.field in seen and column.field not in _MANY and not dated:
            group, seen = group + 1, set()
        seen.add(column.field)
        result.append(
            column._replace(group=group, section=column.section or _section_above(column, lines, start, form))
        )
    return _share_section(result)


def _rank_amount(column: Column, rows: Sequence[Line]) -> tuple[bool, int]:
    cells = [slot.text for row in rows for slot in row.filled if column.start <= slot.column < column.end]
    return column.field != "amount" or any(map(shapes.is_figure, cells)), find_year_of(column.label) or 0


def _may_begin_group(column: Column) -> bool:
    """Tell whether a second value column is one of another block; values of several years belong to one indicator."""
    return column.field == "value" and (column.section is not None or find_year_of(column.label) is None)


def _section_above(column: Column, lines: Sequence[Line], start: int, form: Form) -> str | None:
    for line in reversed(lines[max(start - 2, 0) : start]):
        if line.is_paragraph or line.grid != lines[start].grid:
            break
        for begin, end, slot in _extents(line, line.filled) if line.filled else ():
            if begin <= column.start < end and len(fold(slot.text)) <= 14 and (found := read_section(slot.text, form)):
                return found
    return None


def _share_section(columns: Sequence[Column]) -> tuple[Column, ...]:
    sections = {column.group: column.section for column in columns if column.section and column.field != "prior"}
    return tuple(column._replace(section=column.section or sections.get(column.group)) for column in columns)
