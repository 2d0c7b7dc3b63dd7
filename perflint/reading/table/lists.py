"""Lists beside the indicators: tasks, projects, spending details.

Row ──build_list──▶ Draft
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from perflint.language import say
from perflint.reading.cell.fold import fold, tidy
from perflint.reading.draft import Draft, Notice, Record, printed
from perflint.reading.form.levels import LevelWords
from perflint.reading.form.template import Form, Label
from perflint.reading.header.column import Column
from perflint.reading.header.header import Header
from perflint.reading.header.words import find_outer, read_section
from perflint.reading.label.fields import write_field
from perflint.reading.ledger import Ledger, Place
from perflint.reading.line import Line, Slot
from perflint.reading.row.place import Row, place_rows

_FIELDS = {
    "tasks": ("name", "content", "responsible", "amount"),
    "projects": ("name", "code", "category", "total", "current", "purpose"),
    "spending": ("category", "name", "amount", "basis"),
}
_GOALS = {"goal_annual": "annual", "goal_period": "period", "goal_long_term": "long_term"}
_GOAL, _TASK = "目标", "任务"
_NUMBERS = frozenset({"total", "current", "amount"})
_TOTALS = {
    "projects": ("total", ("budget", "total")),
    "spending": ("amount", ("spending", "total")),
    "tasks": ("amount", ("tasks_total",)),
}
_SOURCED = frozenset({"spending", "tasks"})
"""Lists that may have a column for each source of the money."""


def build_list(
    rows: Sequence[Line], header: Header, form: Form, words: LevelWords, ledger: Ledger, draft: Draft
) -> list[Notice]:
    """Read the rows of a list into the table; return what is uncertain."""
    notices: list[Notice] = []
    carried: Slot | None = None
    for row in place_rows(rows, header, header.columns, form):
        cells = {header.columns[at].field: slots for at, slots in row.cells.items()}
        notices += row.notices
        if not row.filled:
            continue
        sources = _list_sources(row, header, form)
        if _is_total(row, header.columns, header.kind, form):
            notices += _write_total(row, cells, header.kind, ledger, draft)
            notices += _write_sources(sources, cells.get("amount", ()), ledger, draft)
        else:
            carried = cells.get("category", (carried,))[0] if header.kind == "spending" else None
            record, origins = _read_item(row, cells, header, carried, sources)
            _add_item(record, origins, header, form, draft)
            for _, slot in sources:
                ledger.put(slot, Place.FIELD)
        _place_cells(row, header.columns, ledger)
    return notices


def _list_sources(row: Row, header: Header, form: Form) -> list[tuple[Label, Slot]]:
    """Return the amounts of an item by where the money comes from: one column for each source."""
    found = [
        (find_outer(header.columns[at].label, form), slots[0])
        for at, slots in row.cells.items()
        if header.kind in _SOURCED and header.columns[at].field == "foreign"
    ]
    return [(label, slot) for label, slot in found if label is not None and label.field.startswith("budget.by_source.")]


def _write_sources(
    sources: Sequence[tuple[Label, Slot]], amounts: Sequence[Slot], ledger: Ledger, draft: Draft
) -> Iterator[Notice]:
    """Write the totals of the sources, and with them that of the budget; yield where another value stands already."""
    if sources and amounts and draft.get(("budget", "total")) is None:
        draft.set(("budget", "total"), tidy(amounts[0].text), amounts[0])
    for label, slot in sources:
        notice = write_field(draft, label, slot.text, slot, "")
        ledger.put(slot, Place.FIELD if notice is None else Place.UNREAD)
        yield from () if notice is None else (notice,)


def _is_total(row: Row, columns: Sequence[Column], kind: str, form: Form) -> bool:
    texts = [
        slot.text
        for at, slots in sorted(row.cells.items())
        if columns[at].field not in _NUMBERS | {"context", "foreign"}
        for slot in slots
        if slot.filled
    ]
    return bool(texts) and len(texts) < 3 and fold(texts[0]) in form.total_words


def _write_total(
    row: Row, cells: Mapping[str, tuple[Slot, ...]], kind: str, ledger: Ledger, draft: Draft
) -> list[Notice]:
    if kind not in _TOTALS:
        for slot in row.line.filled:
            if not ledger.has(slot):
                ledger.put(slot, Place.UNREAD)
        return [Notice("total_row", say("合计行不读", "a row of totals; not read"), row.line.origin)]
    field, path = _TOTALS[kind]
    slots = cells.get(field, ())
    if not slots:
        draft.set(path, None, None)
        return []
    if draft.set(path, tidy(slots[0].text), slots[0]):
        return []
    shown, known = slots[0].text.strip(), draft.get(path)
    text = say(
        f"合计行是 {shown}，别处是 {known}；保留别处的",
        f"the total row says {shown}, another place {known}; the latter is kept",
    )
    return [Notice("value_conflict", text, slots[0].origin)]


def _read_item(
    row: Row,
    cells: Mapping[str, tuple[Slot, ...]],
    header: Header,
    carried: Slot | None,
    sources: Sequence[tuple[Label, Slot]],
) -> tuple[Record, dict[str, str]]:
    """Return an item and where its fields stand (pointer below the item → origin)."""
    fields = {column.field for column in header.columns}
    record: Record = {}
    origins = {"": row.line.origin}
    for name in _FIELDS[header.kind]:
        if name in fields:
            slots = (carried,) if name == "category" and carried is not None else cells.get(name, ())
            record[name] = _read_cells(slots, name)
            if slots:
                origins[f"/{name}"] = slots[0].origin
    goals = [
        {"scope": _GOALS[column.field], "text": _read_cells(cells.get(column.field, ()), column.field)}
        for column in header.columns
        if column.field in _GOALS
    ]
    if goals:
        record["goals"] = goals
    for label, slot in sources:
        key = label.field.rpartition(".")[2]
        if header.kind == "tasks":
            record.setdefault("by_source", {})[key] = tidy(slot.text)
            origins[f"/by_source/{key}"] = slot.origin
        else:
            record[f"x-{key}"] = tidy(slot.text)
            origins[f"/x-{key}"] = slot.origin
    return record, origins


def _add_item(record: Record, origins: dict[str, str], header: Header, form: Form, draft: Draft) -> None:
    if header.kind == "tasks" and _lists_goals(header):
        _add_goal(record, origins, header, form, draft)
    elif header.kind == "spending":
        draft.add("items", record, origins, under="spending")
    else:
        draft.add(header.kind, record, origins)


def _lists_goals(header: Header) -> bool:
    """Tell whether a list names goals rather than tasks: 目标名称 | 目标内容; 年度目标任务 are tasks."""
    labels = (column.label for column in header.columns if column.field == "name")
    return any(_GOAL in label and _TASK not in label for label in labels)


def _add_goal(record: Record, origins: dict[str, str], header: Header, form: Form, draft: Draft) -> None:
    """Add the goal of a row, of the period that the cell beside the list names."""
    beside = (section for slot in header.context if (section := read_section(slot.text, form)) is not None)
    goal = {"scope": next(beside, "annual"), "text": record.get("content"), "label": record.get("name")}
    draft.add("goals", goal, {"/text": origins.get("/content", origins[""])})


def _read_cells(slots: Sequence[Slot], name: str) -> str | None:
    text = "".join(slot.text for slot in slots)
    return tidy(text) if name in _NUMBERS else printed(text)


def _place_cells(row: Row, columns: Sequence[Column], ledger: Ledger) -> None:
    for at, slots in row.cells.items():
        field = columns[at].field
        place = Place.FIELD
        if field == "context":
            place = Place.CONTEXT
        elif field == "number":
            place = Place.PLACEHOLDER
        elif field in {"foreign", "unknown"}:
            place = Place.UNREAD
        for slot in slots:
            if not ledger.has(slot):
                ledger.put(slot, place)
    for slot in (*row.extra, *row.repeated):
        ledger.put(slot, Place.UNREAD)
