"""The columns under a header: what each holds by its words, which are doubled, which stand in blocks side by side.

extents of cells ──build_columns──▶ Column …
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from perflint.reading.cell import shapes
from perflint.reading.cell.fold import drop_brackets, fold, list_keys, tidy
from perflint.reading.form.template import Form
from perflint.reading.header.column import Column
from perflint.reading.header.extent import find_extents, list_leaves
from perflint.reading.header.words import INDICATORS, fields_of, find_year_of, read_section
from perflint.reading.line import Line, Slot

_NEAR = 6  # lines above a header, blank ones among them
_FIGURES = re.compile(r"\d+")
_LONGEST_HEAD = 14  # characters of a heading over a block
_MANY = frozenset({"prior", "part", "foreign", "unknown", "context", "year"})  # fields that may come several times


def build_columns(
    cells: Sequence[Sequence[tuple[int, int, Slot]]], contexts: Sequence[Slot], kind: str, form: Form
) -> tuple[Column, ...]:
    """Return a column for each leaf of the header and for each cell beside the list, from left to right."""
    beside = {slot.key for slot in contexts}
    columns = [Column("context", slot.column, slot.column + max(slot.width, 1), slot.text) for slot in contexts]
    own: list[Column] = []
    leaves = [leaf for leaf in list_leaves(cells) if leaf[2].key not in beside]
    meanings = [fields_of(slot.text, kind, form) for _, _, slot in leaves]
    claimed = frozenset(fields[0] for fields in meanings if len(fields) == 1)
    for begin, end, slot in leaves:
        above = [one.text for row in cells for b, e, one in row if b <= begin and end <= e and one.key != slot.key]
        own.append(_build_column(begin, end, slot, above, kind, form, own, claimed))
    return tuple(sorted([*columns, *own], key=lambda column: column.start))


def _build_column(
    begin: int,
    end: int,
    slot: Slot,
    above: Sequence[str],
    kind: str,
    form: Form,
    before: Sequence[Column],
    claimed: Collection[str],
) -> Column:
    fields = fields_of(slot.text, kind, form)
    label = tidy(slot.text) or ""
    twin = next((column.field for column in before if fold(column.label) == fold(label)), None)
    taken = {column.field for column in before} | (set(claimed) if len(fields) > 1 else set())
    chosen = twin or next((one for one in fields if one not in taken), fields[0] if fields else "unknown")
    if kind == INDICATORS and any(key in form.undecided for key in list_keys(slot.text)):
        chosen = "undecided"
    section = next((found for text in (slot.text, *above) if (found := read_section(text, form))), None)
    if chosen == "unknown" and kind == INDICATORS and _is_period_of_values(slot.text, above, form):
        chosen = "value"
    return Column(chosen, begin, end, label, 0, section)


def _is_period_of_values(text: str, above: Sequence[str], form: Form) -> bool:
    """Tell whether a header only says for when the targets under it are: 实施期 and 年度 under 指标值."""
    valued = any("value" in fields_of(one, INDICATORS, form) for one in above)
    return valued and read_section(text, form) is not None and shapes.is_brief(text)


def keep_deepest(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Of name columns side by side (三级指标, 四级指标) the last is the name; for the others there is no place."""
    following = [*(column.field for column in columns[1:]), ""]
    return tuple(
        column._replace(field="foreign") if column.field == after == "name" else column
        for column, after in zip(columns, following, strict=True)
    )


def drop_doubles(columns: Sequence[Column], kind: str, rows: Sequence[Line]) -> tuple[Column, ...]:
    """Keep one column of each field of a list, the first; of amounts one with figures, of no whole period, the latest.

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


def _rank_amount(column: Column, rows: Sequence[Line]) -> tuple[bool, bool, int]:
    cells = [slot.text for row in rows for slot in row.filled if column.start <= slot.column < column.end]
    figures = column.field != "amount" or any(map(shapes.is_figure, cells))
    return figures, column.section != "long_term", find_year_of(column.label) or 0


def name_groups(columns: Sequence[Column], lines: Sequence[Line], start: int, form: Form) -> tuple[Column, ...]:
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
        result.append(column._replace(group=group))
    return _share_section(_name_sections(result, lines, start, form))


def _name_sections(columns: Sequence[Column], lines: Sequence[Line], start: int, form: Form) -> list[Column]:
    """Give each block the period it names, or the one that a heading above it names."""
    own = [column for column in columns if column.field != "context"]
    ordered = {} if any(one.section for one in own) else _order_sections(own, lines, start, form)
    return [
        column._replace(section=None)
        if column.field == "context"
        else column._replace(
            section=column.section or ordered.get(column.group) or _section_above(column, lines, start, form)
        )
        for column in columns
    ]


def _order_sections(columns: Sequence[Column], lines: Sequence[Line], start: int, form: Form) -> dict[int, str]:
    """Return the period of each block by the order of the headings above, if there is one for each and they differ.

    实施期目标 | 年度目标 seldom end where the blocks below them do.
    """
    groups = sorted({column.group for column in columns})
    for line in reversed(_list_above(lines, start)):
        slots = [slot for slot in line.filled if not slot.covered and _may_head(slot, form)]
        sections = [found for slot in slots if (found := read_section(slot.text, form))]
        if len(sections) == len(groups) == len(set(sections)):
            return dict(zip(groups, sections, strict=True))
    return {}


def _list_above(lines: Sequence[Line], start: int) -> list[Line]:
    """Return the rows of the same grid above a header that print something, down to the last paragraph only."""
    above: list[Line] = []
    for line in reversed(lines[max(start - _NEAR, 0) : start]):
        if line.is_paragraph or line.grid != lines[start].grid:
            break
        if line.filled:
            above.insert(0, line)
    return above


def _may_begin_group(column: Column) -> bool:
    """Tell whether a second value column is one of another block; values of several years belong to one indicator."""
    return column.field == "value" and (column.section is not None or find_year_of(column.label) is None)


def _section_above(column: Column, lines: Sequence[Line], start: int, form: Form) -> str | None:
    for line in reversed(_list_above(lines, start)[-2:]):
        for begin, end, slot in find_extents(line, line.filled):
            if begin <= column.start < end and _may_head(slot, form) and (found := read_section(slot.text, form)):
                return found
    return None


def _may_head(slot: Slot, form: Form) -> bool:
    """Tell whether a cell above a header may name the period of what is below: a goal or a group, no 年度资金：200."""
    keys = list_keys(slot.text)
    labels = [one for key in keys for one in form.labels_by_name.get(key, ())]
    kinds = {form.contexts[key] for key in keys if key in form.contexts}
    aims = any(one.field.startswith("goals.") for one in labels) or (not labels and kinds <= {INDICATORS, "goals"})
    valued = fold(slot.text.replace("：", ":").partition(":")[2]) != ""
    return aims and not valued and len(_FIGURES.sub("", fold(drop_brackets(slot.text)))) <= _LONGEST_HEAD


def _share_section(columns: Sequence[Column]) -> tuple[Column, ...]:
    sections = {column.group: column.section for column in columns if column.section and column.field != "prior"}
    return tuple(column._replace(section=column.section or sections.get(column.group)) for column in columns)
