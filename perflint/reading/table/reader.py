"""Read one unit of lines into tables: titles, labels, lists, indicators, sign-off.

Unit ──TableReader.read──▶ Draft …, narrative, notices
"""

from __future__ import annotations

from collections.abc import Sequence

from perflint.language import say
from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold, list_keys, tidy
from perflint.reading.draft import Draft, Notice, Record, Rest
from perflint.reading.form.choice import find_kind
from perflint.reading.form.levels import LevelWords
from perflint.reading.form.template import Form
from perflint.reading.header.header import Header, find_header
from perflint.reading.header.without import find_bare_list
from perflint.reading.header.words import INDICATORS, find_outer, read_section
from perflint.reading.indicator.build import Segment, build_indicators
from perflint.reading.label.fields import note_unit, write_field
from perflint.reading.label.reader import LabelReader
from perflint.reading.layout.titles import (
    clean_title,
    find_title_year,
    is_attachment_mark,
    is_furniture,
    is_organization,
    read_bare_year,
)
from perflint.reading.layout.units import Unit
from perflint.reading.ledger import Ledger, Place
from perflint.reading.line import Line, Slot
from perflint.reading.table.another import is_other_table, names_another
from perflint.reading.table.ends import is_list_context
from perflint.reading.table.funds import FundsReader
from perflint.reading.table.lists import build_list
from perflint.reading.table.rows import ListRows

_OVER_TABLE = frozenset({"title", "organization", "fiscal_year", "currency_unit", "filed_on", "sign_off"})
_BLANKS = 3  # rows looked at for the values of a row of labels


class TableReader:
    """Reads one unit. The results are in ``drafts``, ``narrative``, ``notices``, ``rests`` and ``known``."""

    def __init__(self, unit: Unit, form: Form, ledger: Ledger) -> None:
        self._lines, self._form, self._ledger = unit.lines, form, ledger
        self._words: LevelWords = form.level_words
        self._labels = LabelReader(form, ledger)
        self._header: Header | None = None
        self._section: str | None = None
        self._grid: int | None = None
        self.narrative: list[Slot] = []
        self.organizations: list[str] = []
        self.notices: list[Notice] = self._labels.notices
        self.rests: list[Rest] = self._labels.rests
        self.known: dict[int, str] = self._labels.known
        self._rows = ListRows(unit.lines, form, self._words, self._labels, ledger, self.notices)
        self._draft = self._begin(unit.title)
        self.drafts: list[Draft] = [self._draft]

    def read(self) -> None:
        """Read all lines."""
        at = 0
        while at < len(self._lines):
            at += self._read_line(at)
        for draft in self.drafts:
            draft.data["kind"] = find_kind(draft.data.get("title"), self._form)
            draft.data["form"] = self._form.id

    def _begin(self, title: Slot | None) -> Draft:
        draft = Draft(clean_title(title.text) if title is not None else None)
        if title is not None:
            self._ledger.put(title, Place.FIELD)
            draft.origins["/title"] = title.origin
        return draft

    def _read_line(self, at: int) -> int:
        line = self._lines[at]
        if line.is_paragraph:
            self._read_paragraph(line.slots[0])
            return 1
        if line.grid != self._grid or names_another(self._lines, at, self._draft, self._labels, self._form):
            self._enter_grid(at)
        for slot in line.filled:
            if is_attachment_mark(slot.text) or (
                is_furniture(slot.text) and len(line.filled) == 1 and slot.text.strip()[0] in "续接第—-(（"
            ):
                self._ledger.put(slot, Place.UNREAD)
        header = find_header(self._lines, at, self._form) or self._find_bare(at)
        if header is not None:
            return self._read_list(at, header)
        if self._labels.read(line, self._draft, self._find_following(at)):
            self._note_section(line)
            return 1
        return self._read_heading(line) or self._reopen(at) or 1

    def _find_following(self, at: int) -> Line | None:
        """Return the next row that prints something; the blank one right below if there is none."""
        below = self._lines[at + 1 : at + 1 + _BLANKS]
        rows = [one for one in below if one.grid == self._lines[at].grid and not one.is_paragraph]
        return next((one for one in rows if one.filled), rows[0] if rows else None)

    # paragraphs

    def _read_paragraph(self, slot: Slot) -> None:
        if slot.blank:
            return
        year = read_bare_year(slot.text)
        if is_furniture(slot.text):
            self._ledger.put(slot, Place.PLACEHOLDER)
        elif is_attachment_mark(slot.text):
            self._ledger.put(slot, Place.UNREAD)
        elif year is not None and self._draft.set(("fiscal_year",), year, slot):
            self._ledger.put(slot, Place.FIELD)
        elif is_organization(slot.text) and self._grid is None:
            self.organizations.append(slot.text.strip())
            self._ledger.put(slot, Place.FIELD)
        elif len(slot.text) > 400 or not self._labels.read_text(slot, self._draft):
            self.narrative.append(slot)
            self._ledger.put(slot, Place.FIELD)

    def _read_heading(self, line: Line) -> int:
        """Read a row that holds only a year or the name of a unit over the table."""
        filled = line.filled
        if len(filled) != 1 or self._header is not None:
            return 0
        slot = filled[0]
        year = read_bare_year(slot.text)
        if year is not None and self._draft.set(("fiscal_year",), year, slot):
            self._ledger.put(slot, Place.FIELD)
            return 1
        if line.row < 4 and is_organization(slot.text):
            self.organizations.append(slot.text.strip())
            self._ledger.put(slot, Place.FIELD)
            return 1
        return 0

    # one table after another

    def _enter_grid(self, at: int) -> None:
        """A new grid begins: another table of the same title, or the same table going on."""
        leads = self._grid is None and self._draft.data.keys() <= _OVER_TABLE
        self._grid = self._lines[at].grid
        if leads or self._draft.is_empty or not is_other_table(self._lines, at, self._draft, self._form):
            return
        self._labels.reset()
        self._header = None
        draft = Draft(self._draft.data.get("title"))
        text = say("这张表没有自己的标题", "a table without a title of its own")
        self.notices.append(Notice("table_untitled", text, self._lines[at].origin))
        self._draft = draft
        self.drafts.append(draft)

    # lists

    def _find_bare(self, at: int) -> Header | None:
        """Find indicators that no header stands over; where there was one above, the rows are read under that."""
        header = find_bare_list(self._lines, at, self._form) if self._header is None else None
        if header is not None:
            shown = say("、", ", ").join(column.label for column in header.columns)
            text = say(
                f"指标没有表头，各列按内容认作：{shown}",
                f"the indicators have no header; by their cells the columns are: {shown}",
            )
            self.notices.append(Notice("header_missing", text, header.origin))
        return header

    def _read_list(self, at: int, header: Header) -> int:
        for slot in header.slots:
            place = Place.CONTEXT if slot in header.context else Place.HEADER
            if slot in header.unknown:
                shown = slot.text.strip()
                text = say(f"没有表式认得“{shown}”这一列", f"unknown header {shown}: no form knows this column")
                self.notices.append(Notice("header_unknown", text, slot.origin))
            if not self._ledger.has(slot):
                self._ledger.put(slot, place)
        self._labels.stand(header.context)
        if header.kind != INDICATORS:
            for slot in header.slots:
                note_unit(self._draft, slot.text, slot)
        if header.kind == "funds":
            return header.height + self._read_funds(at + header.height, header)
        rows, used = self._collect(at + header.height, header)
        if header.kind == INDICATORS:
            self._header = header
            self._note_units(header)
            self._read_indicators(rows, header)
        else:
            found = build_list(rows, header, self._form, self._words, self._ledger, self._draft)
            self.notices += found
        return header.height + used

    def _note_units(self, header: Header) -> None:
        """Note the unit of the amounts that stand in a column beside the indicators: 预算数（万元）."""
        for slot in header.slots:
            label = find_outer(slot.text, self._form)
            if label is not None and label.field.startswith("budget."):
                note_unit(self._draft, slot.text, slot)

    def _read_funds(self, at: int, header: Header) -> int:
        reader = FundsReader(header, self._form, self._ledger, self._draft)
        used = 0
        for line in self._lines[at:]:
            if line.is_paragraph or (line.filled and not reader.belongs(line)):
                break
            if line.filled:
                reader.read(line)
            used += 1
        reader.close()
        self.notices += reader.notices
        return used

    def _read_indicators(self, rows: Sequence[Line], header: Header) -> None:
        section = self._find_section(header)
        self._close_context(rows, header)
        year = self._draft.data.get("fiscal_year") or find_title_year(self._draft)
        block = build_indicators(rows, header, self._form, self._words, self._ledger, section=section, year=year)
        self.notices += block.notices
        for number, segment in enumerate(block.segments):
            self._take_segment(segment, first=number == 0)

    def _find_section(self, header: Header) -> str | None:
        for slot in header.context:
            if (section := read_section(slot.text, self._form)) is not None:
                return section
        return self._section

    def _note_section(self, line: Line) -> None:
        """A row that only says 长期绩效指标 opens a section."""
        filled = line.filled
        if len(filled) == 1 and any(self._form.contexts.get(key) == INDICATORS for key in list_keys(filled[0].text)):
            self._section = read_section(filled[0].text, self._form)

    def _close_context(self, rows: Sequence[Line], header: Header) -> None:
        """Place cells beside the list that repeat its heading in a row of their own."""
        beside = [column for column in header.columns if column.field == "context"]
        for row in rows:
            if row.spans_known or not row.filled or not beside:
                continue
            slot = row.filled[0]
            if is_list_context(slot, header, self._form) and slot.column <= beside[0].start:
                self._ledger.put(slot, Place.CONTEXT)

    def _take_segment(self, segment: Segment, *, first: bool) -> None:
        if segment.region is not None or (segment.outer and not first):
            self._follow(segment)
        elif not segment.items:
            return
        for label, slot in segment.outer:
            notice = write_field(self._draft, label, slot.text, slot, "")
            if notice is not None:
                self.notices.append(notice)
        for item in segment.items:
            record = {"section": item.section, **item.record} if item.section else dict(item.record)
            self._draft.add(INDICATORS, record, item.origins)

    def _follow(self, segment: Segment) -> None:
        """Begin a further table of the same heading: the next project of a list, or one region of a matrix."""
        shared: Record = {
            key: self._draft.data[key] for key in ("title", "fiscal_year", "currency_unit") if key in self._draft.data
        }
        if segment.region is not None and not self._draft.data.get(INDICATORS) and self._draft is self.drafts[0]:
            draft = self._draft
        else:
            draft = Draft()
            draft.data.update(shared)
            self.drafts.append(draft)
        if segment.region is not None:
            draft.data["organization"] = {"name": tidy(segment.region.text)}
        self._draft = draft

    def _collect(self, at: int, header: Header) -> tuple[list[Line], int]:
        rows, used = self._rows.collect(at, header, self._grid)
        if rows:
            self._grid = rows[-1].grid
        return rows, used

    # rows of a list whose header stands further up

    def _reopen(self, at: int) -> int:
        """Read rows under the last indicator header when they plainly belong there; say so."""
        line, header = self._lines[at], self._header
        if header is None or len(line.filled) < 3 or (line.spans_known and line.columns != header.width):
            return 0
        if fold(line.text) in self._form.total_words and all(shapes.is_figure(slot.text) for slot in line.filled[1:]):
            return 0
        signs = any(shapes.is_sign(slot.text) for slot in line.filled)
        valued = not line.spans_known and any(map(_is_target, line.filled[1:]))
        if not signs and not valued and not any(self._words.is_level(slot.text) for slot in line.filled[:3]):
            return 0
        rows, used = self._collect(at, header)
        if not rows or any(self._ledger.has(slot) for row in rows for slot in row.filled):
            return 0
        text = say("这些行没有自己的表头，沿用上一个", "rows without a header of their own; read under the last one")
        self.notices.append(Notice("header_inherited", text, line.origin))
        self._read_indicators(rows, header)
        return max(used, 1)


def _is_target(slot: Slot) -> bool:
    """A value with a sign, a unit or a date; a bare figure may be anything."""
    return shapes.is_value(slot.text) and not shapes.is_figure(slot.text)
