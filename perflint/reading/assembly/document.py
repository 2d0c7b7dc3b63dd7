"""Tables, narrative and what stayed unread to the JSON of a document.

Source ──build_document_data──▶ dict of ``document/1``
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from perflint.language import say
from perflint.reading.assembly.head import build_head
from perflint.reading.assembly.marks import note_marks
from perflint.reading.assembly.narrative import build_narrative
from perflint.reading.assembly.table import build_tables
from perflint.reading.draft import Draft, Notice, Record, Rest
from perflint.reading.form.choice import choose_form, find_common
from perflint.reading.form.inline import split_inline
from perflint.reading.form.load import find_form
from perflint.reading.form.template import Form
from perflint.reading.grid import Source
from perflint.reading.label.fields import accepts
from perflint.reading.layout.abreast import part_abreast
from perflint.reading.layout.flow import unroll
from perflint.reading.layout.foreign import drop_foreign
from perflint.reading.layout.glued.untold import drop_untold
from perflint.reading.layout.lift import lift_rows
from perflint.reading.layout.paragraphs import lay_out_paragraphs
from perflint.reading.layout.titles import is_attachment_mark
from perflint.reading.layout.turned import turn_lists
from perflint.reading.layout.units import Unit, split_units
from perflint.reading.ledger import Ledger, Place
from perflint.reading.line import Line, Slot, build_lines
from perflint.reading.table.reader import TableReader


def build_document_data(source: Source, forms: Sequence[Form]) -> Record:
    """Return the document a source holds.

    Every printed cell and paragraph ends in exactly one place; what has no place in it is listed under ``unread``,
    what a person should look at under ``x-notices``.

    Raises:
        DocumentError: a cell would end in two places or in none: a fault of the reader, never passed over.
    """
    base = find_form(forms, "base")
    source = lay_out_paragraphs(source, base, forms)
    lines = build_lines(source)
    ledger = Ledger(lines)
    flow = unroll(turn_lists(lift_rows(drop_untold(lines), base), base), base, forms)
    kept, foreign = drop_foreign(flow.lines, find_common(forms))
    before, units = split_units(part_abreast(kept, base), base)
    outside = _read_outside(before, ledger)
    readers = [_read_unit(unit, forms, ledger) for unit in units]
    drafts = [draft for reader in readers for draft in reader.drafts if not draft.is_empty]
    tables = [draft for draft in drafts if not draft.is_cover] or drafts
    covers = [draft for draft in drafts if draft.is_cover] if len(tables) < len(drafts) else []
    rests = [rest for reader in readers for rest in reader.rests]
    narrative = _list_narrative(outside, units, readers, ledger, covers=bool(covers))
    notices = [*flow.notices, *foreign, *(notice for reader in readers for notice in reader.notices)]
    notices += _note_hidden(lines)
    notices += note_marks(lines)
    if source.cut:
        text = say("网页在表格中间断了，后面的行可能丢失", "the page ends inside a table; rows may be missing")
        notices.append(Notice("broken_off", text, lines[-1].origin if lines else ""))
    around = [*(cover.data for cover in covers)], [*_list_owners(outside, base)]
    data = _build_data(source, tables, around, narrative, readers, notices)
    known = {key: label for reader in readers for key, label in reader.known.items()}
    unread = _close_ledger(ledger, rests, known)
    if unread:
        data["unread"] = unread
    if notices or source.notices:
        data["x-notices"] = _list_notices(source, notices)
    return data


def _read_outside(lines: Sequence[Line], ledger: Ledger) -> list[Slot]:
    kept = []
    for line in lines:
        for slot in line.filled:
            mark = is_attachment_mark(slot.text)
            ledger.put(slot, Place.UNREAD if mark else Place.FIELD)
            if not mark:
                kept.append(slot)
    return kept


def _list_owners(outside: Sequence[Slot], form: Form) -> Iterator[Record]:
    """Yield whose the document is, by labels before its first table: 部门名称（盖章）：某局."""
    for slot in outside:
        for pair in split_inline(slot.text, form).pairs if len(slot.text) <= _LONGEST_LABEL else ():
            value = pair.value or "。"
            fitting = [one.field for one in pair.labels if accepts(one, value)]
            if fitting[:1] == ["organization.name"] and not value.endswith("。"):
                yield {"organization": {"name": value}}


_LONGEST_LABEL = 60


def _list_narrative(
    outside: Sequence[Slot],
    units: Sequence[Unit],
    readers: Sequence[TableReader],
    ledger: Ledger,
    *,
    covers: bool,
) -> list[Slot]:
    """Return the texts outside the tables in reading order.

    Args:
        covers: Whether covers are among them, as titles are that no table stands under.
    """
    kept = {slot.key: slot for slot in (*outside, *(slot for reader in readers for slot in reader.narrative))}
    for unit, reader in zip(units, readers, strict=True):
        if all(draft.is_empty or (covers and draft.is_cover) for draft in reader.drafts):
            read = (slot for line in unit.lines for slot in line.filled if ledger.place_of(slot) is Place.FIELD)
            kept |= {slot.key: slot for slot in (*((unit.title,) if unit.title is not None else ()), *read)}
    return [kept[key] for key in sorted(kept)]


def _read_unit(unit: Unit, forms: Sequence[Form], ledger: Ledger) -> TableReader:
    title = unit.title.text if unit.title is not None else None
    reader = TableReader(unit, choose_form(unit.lines, title, forms), ledger)
    reader.read()
    return reader


def _note_hidden(lines: Sequence[Line]) -> Iterator[Notice]:
    """Yield a notice for each row with cells that the file keeps out of sight."""
    for line in lines:
        hidden = [slot for slot in line.filled if slot.hidden]
        if hidden:
            shown = " | ".join(slot.text.strip()[:40] for slot in hidden)
            yield Notice("hidden", say(f"原件里是隐藏的：{shown}", f"hidden in the file: {shown}"), hidden[0].origin)


def _build_data(
    source: Source,
    drafts: Sequence[Draft],
    around: tuple[Sequence[Record], Sequence[Record]],
    narrative: Sequence[Slot],
    readers: Sequence[TableReader],
    notices: list[Notice],
) -> Record:
    data: Record = {"perflint": "document/1"}
    data["source"] = {"file": source.file, "sha256": source.sha256, "media_type": source.media_type}
    origins: dict[str, str] = {}
    passages, passage_origins = build_narrative(narrative)
    tables = build_tables(drafts, origins)
    data.update(build_head([*around[0], *tables, *around[1]], readers, narrative, notices))
    if passages:
        data["narrative"] = passages
    data["tables"] = tables
    data["origins"] = {**passage_origins, **origins}
    return data


def _close_ledger(ledger: Ledger, rests: Sequence[Rest], known: Mapping[int, str]) -> list[dict[str, str]]:
    """Put what nobody took to the unread, and return all unread texts in reading order.

    Args:
        known: By the number of a cell, what the form calls it.
    """
    for slot in ledger.list_left():
        ledger.put(slot, Place.UNREAD)
    ledger.close()
    unread = [Rest(slot.text, slot, _name_unread(slot, known)) for slot in ledger.list_unread()]
    unread += [rest for rest in rests if rest.text]
    unread.sort(key=lambda rest: rest.slot.key)
    return [
        {"text": rest.text, "origin": rest.slot.origin, **({"label": rest.label} if rest.label else {})}
        for rest in unread
    ]


def _name_unread(slot: Slot, known: Mapping[int, str]) -> str | None:
    return _ANNEX if is_attachment_mark(slot.text) else known.get(slot.key)


_ANNEX = "附件"


def _list_notices(source: Source, notices: Sequence[Notice]) -> list[dict[str, Any]]:
    found = [{"code": "file", "text": problem.message, "origin": problem.pointer or ""} for problem in source.notices]
    found += [{"code": notice.code, "text": notice.text, "origin": notice.origin} for notice in notices]
    return found
