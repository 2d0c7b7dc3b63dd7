"""Tables, narrative and what stayed unread to the JSON of a document.

Source ──build_document_data──▶ dict of ``document/1``
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from perflint.interpret.folding import fold_characters
from perflint.language import say
from perflint.reading.assembly.marks import note_marks
from perflint.reading.assembly.narrative import build_narrative
from perflint.reading.draft import Draft, Notice, Record
from perflint.reading.form.choice import choose_form
from perflint.reading.form.template import Form, find_form
from perflint.reading.grid import Source
from perflint.reading.layout.flow import unroll
from perflint.reading.layout.lift import lift_rows
from perflint.reading.layout.spaced import split_spaced
from perflint.reading.layout.titles import is_attachment_mark
from perflint.reading.layout.units import Unit, split_units
from perflint.reading.ledger import Ledger, Place
from perflint.reading.line import Line, Slot, build_lines
from perflint.reading.table.reader import TableReader, find_title_year

_TABLE_ORDER = (
    "id kind form title organization fiscal_year currency_unit filed_on project budget duties goals tasks projects "
    "spending payment_plan indicators sign_off"
).split()
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")


def build_document_data(source: Source, forms: Sequence[Form]) -> Record:
    """Return the document a source holds.

    Every printed cell and paragraph ends in exactly one place; what no form knows is listed under ``unread``, what a
    person should look at under ``x-notices``.

    Raises:
        DocumentError: a cell would end in two places or in none: a fault of the reader, never passed over.
    """
    base = find_form(forms, "base")
    lines = build_lines(split_spaced(source, base))
    ledger = Ledger(lines)
    flow = unroll(lift_rows(lines, base), base)
    before, units = split_units(flow.lines, base)
    outside = _read_outside(before, ledger)
    readers = [_read_unit(unit, forms, ledger) for unit in units]
    drafts = [draft for reader in readers for draft in reader.drafts if not draft.is_empty]
    rests = [rest for reader in readers for rest in reader.rests]
    empty = [
        unit.title
        for unit, reader in zip(units, readers, strict=True)
        if all(draft.is_empty for draft in reader.drafts) and unit.title
    ]
    narrative = [*outside, *empty, *(slot for reader in readers for slot in reader.narrative)]
    narrative.sort(key=lambda slot: slot.key)
    notices = [*flow.notices, *(notice for reader in readers for notice in reader.notices)]
    notices += _note_hidden(lines)
    notices += note_marks(lines)
    data = _build_data(source, drafts, narrative, readers, notices)
    unread = _close_ledger(ledger, rests)
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
    narrative: Sequence[Slot],
    readers: Sequence[TableReader],
    notices: list[Notice],
) -> Record:
    data: Record = {"perflint": "document/1"}
    data["source"] = {"file": source.file, "sha256": source.sha256, "media_type": source.media_type}
    origins: dict[str, str] = {}
    passages, passage_origins = build_narrative(narrative)
    tables = [_build_table(draft, number, drafts, origins) for number, draft in enumerate(drafts)]
    data.update(_build_head(tables, readers, narrative, notices))
    if passages:
        data["narrative"] = passages
    data["tables"] = tables
    data["origins"] = {**passage_origins, **origins}
    return data


def _build_table(draft: Draft, number: int, drafts: Sequence[Draft], origins: dict[str, str]) -> Record:
    data = draft.data
    data["id"] = _name_table(number, drafts)
    year = find_title_year(draft)
    if year is not None and data.get("fiscal_year") is None:
        data["fiscal_year"] = year
    _settle_sections(data)
    _settle_goals(data)
    origins.update({f"/tables/{number}{key}": origin for key, origin in draft.origins.items()})
    ordered = {key: data[key] for key in _TABLE_ORDER if key in data}
    return {**ordered, **{key: value for key, value in data.items() if key not in ordered}}


def _name_table(number: int, drafts: Sequence[Draft]) -> str:
    kind = drafts[number].data["kind"]
    same = [at for at, draft in enumerate(drafts) if draft.data["kind"] == kind]
    return kind if len(same) == 1 else f"{kind}-{same.index(number) + 1}"


def _settle_sections(data: Record) -> None:
    """Keep the section only where a table has more than one; a table without any is annual."""
    items = data.get("indicators", [])
    if any(item.get("section") == "long_term" for item in items):
        for at, item in enumerate(items):
            items[at] = {"section": item.get("section", "annual"), **{k: v for k, v in item.items() if k != "section"}}
    else:
        for item in items:
            item.pop("section", None)


def _settle_goals(data: Record) -> None:
    """Keep the heading of a goal only where two goals of one scope need telling apart."""
    goals = data.get("goals", [])
    scopes = [goal["scope"] for goal in goals]
    for goal in goals:
        if len(scopes) == len(set(scopes)) or goal.get("label") is None:
            goal.pop("label", None)


def _build_head(
    tables: Sequence[Record], readers: Sequence[TableReader], narrative: Sequence[Slot], notices: list[Notice]
) -> Record:
    names = [table["organization"]["name"] for table in tables if table.get("organization", {}).get("name")]
    names += [name for reader in readers for name in reader.organizations]
    head: Record = {}
    if names:
        head["organization"] = {"name": names[0]}
    year = _find_year(tables, narrative, notices)
    if year is not None:
        head["fiscal_year"] = year
    return head


def _find_year(tables: Sequence[Record], narrative: Sequence[Slot], notices: list[Notice]) -> int | None:
    years = [table["fiscal_year"] for table in tables if table.get("fiscal_year")]
    if years:
        return int(years[0])
    history = [year["year"] for table in tables for year in table.get("budget", {}).get("history", ()) if year["year"]]
    if history:
        return _infer_year(max(history) + 1, say("所列往年的下一年", "the year after the prior years printed"), notices)
    printed = {int(year) for slot in narrative for year in _YEAR.findall(fold_characters(slot.text))}
    if len(printed) == 1:
        return _infer_year(
            printed.pop(), say("表外文字里唯一的年份", "the only year in the text around the tables"), notices
        )
    return None


def _infer_year(year: int, reason: str, notices: list[Notice]) -> int:
    text = say(f"标题没有写年度；{year} 是{reason}", f"no title names the year; {year} is {reason}")
    notices.append(Notice("year_inferred", text, ""))
    return year


def _close_ledger(ledger: Ledger, rests: Sequence[tuple[str, Slot]]) -> list[dict[str, str]]:
    """Put what nobody took to the unread, and return all unread texts in reading order."""
    for slot in ledger.list_left():
        ledger.put(slot, Place.UNREAD)
    ledger.close()
    unread = [(slot.key, slot.text, slot.origin) for slot in ledger.list_unread()]
    unread += [(slot.key, text, slot.origin) for text, slot in rests if text]
    return [{"text": text, "origin": origin} for _, text, origin in sorted(unread, key=lambda one: one[0])]


def _list_notices(source: Source, notices: Sequence[Notice]) -> list[dict[str, Any]]:
    found = [{"code": "file", "text": problem.message, "origin": problem.pointer or ""} for problem in source.notices]
    found += [{"code": notice.code, "text": notice.text, "origin": notice.origin} for notice in notices]
    return found
