"""Rows of an indicator list to indicator records: levels carried down, blocks side by side, one column per region.

Row ──build_indicators──▶ Block (segments of records) ──▶ tables
"""

from __future__ import annotations

from collections.abc import Sequence

from perflint.language import say
from perflint.reading.cell.fold import list_keys
from perflint.reading.draft import Notice
from perflint.reading.form.levels import LevelWords
from perflint.reading.form.template import Form, Label
from perflint.reading.header.column import Column
from perflint.reading.header.header import Header
from perflint.reading.indicator.columns.decide import decide_columns
from perflint.reading.indicator.columns.kinds import part_words
from perflint.reading.indicator.columns.unknown import find_regions
from perflint.reading.indicator.item import OWN, Item, ItemReader
from perflint.reading.indicator.odd_rows import OddRows
from perflint.reading.indicator.outer import OuterReader
from perflint.reading.indicator.repeated_texts import RepeatedTexts
from perflint.reading.indicator.row_doubts import list_doubts
from perflint.reading.indicator.short_rows import ShortRows
from perflint.reading.indicator.subheads import find_subheading
from perflint.reading.indicator.torn_rows import list_tears
from perflint.reading.ledger import Ledger, Place
from perflint.reading.line import Line, Slot
from perflint.reading.row.carry import LevelCarry, carry_levels
from perflint.reading.row.place import Row, place_rows
from perflint.record import dataclass, field

_LEVELS = ("level1", "level2")
_SHARED = frozenset({"level1", "level2", "name", "unit", "comparator"})


@dataclass(slots=True)
class Segment:
    """Indicators that belong to one table.

    Attributes:
        outer: Table-level cells printed beside the rows (unit, project, amount): label → cell.
        region: Heading of the value column when each region has one, or None.
    """

    outer: list[tuple[Label, Slot]] = field(default_factory=list)
    region: Slot | None = None
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """What an indicator list gave."""

    segments: list[Segment]
    columns: tuple[Column, ...]
    notices: list[Notice]


def build_indicators(
    rows: Sequence[Line],
    header: Header,
    form: Form,
    words: LevelWords,
    ledger: Ledger,
    *,
    section: str | None,
    year: int | None,
) -> Block:
    """Read the rows under an indicator header. Every cell of the rows is placed in the ledger.

    Args:
        section: what the heading of the list says, used where the columns do not say it themselves.
        year: the year of the table, None when it is not known.
    """
    columns, notices = decide_columns(rows, header, form, year)
    placed = place_rows(rows, header, columns, form)
    notices += part_words(placed, columns, header)
    repeated, short = RepeatedTexts(placed, columns), ShortRows(placed, columns, words)
    reader = _Reader(columns, form, words, ledger, section, find_regions(placed, columns), repeated, short, notices)
    for row, following in zip(placed, _list_following(placed), strict=True):
        reader.read(row, following)
    reader.close()
    return Block(reader.segments, columns, notices)


def _list_following(rows: Sequence[Row]) -> list[Row | None]:
    """Return for each row the next one that prints something."""
    found: list[Row | None] = []
    following: Row | None = None
    for row in reversed(rows):
        found.append(following)
        following = row if row.line.filled else following
    return found[::-1]


class _Reader:
    """Reads row after row, keeping the levels in force for each block side by side."""

    def __init__(
        self,
        columns: tuple[Column, ...],
        form: Form,
        words: LevelWords,
        ledger: Ledger,
        section: str | None,
        regions: list[int],
        repeated: RepeatedTexts,
        short: ShortRows,
        notices: list[Notice],
    ) -> None:
        self.segments: list[Segment] = [Segment()]
        self._columns, self._form, self._words, self._ledger = columns, form, words, ledger
        self._regions, self._repeated, self._short, self._notices = regions, repeated, short, notices
        self._odd = OddRows(columns, form, ledger, notices)
        self._outer = OuterReader(columns, regions, form, ledger, notices)
        self._items = ItemReader(columns, section, notices)
        self._carries = {one.group: _carry_heading(one.level1) for one in columns if one.level1 is not None}
        self._above: Row | None = None

    def read(self, row: Row, following: Row | None) -> None:
        """Read one row into the segment it belongs to, with the row below at hand."""
        if self._odd.take_numbering(row) or self._odd.take_dots(row) or self._odd.take_furniture(row):
            return
        self._notices += row.notices
        for slot in row.repeated:
            self._ledger.put(slot, Place.LEVEL)
        for slot in row.extra:
            self._ledger.put(slot, Place.UNREAD)
        if self._odd.take_header(row) or self._odd.take_total(row):
            return
        tears = list(list_tears(row, self._above, self._columns, self._words))
        self._notices += tears
        self._above = row if row.line.filled else self._above
        if not self._take_subheading(row, following):
            self._begin_segment(row)
            used = self._read_groups(row) if row.filled else set()
            self._place_rest(row, used)
        if tears and (self._prints_level(row) or not row.line.spans_known):  # rows below have half a level too
            for carry in self._carries.values():
                carry.displaced = True

    def close(self) -> None:
        """Place what still waits for an indicator."""
        self._outer.close()

    def _prints_level(self, row: Row) -> bool:
        cells = (
            slot for at, column in enumerate(self._columns) if column.field in _LEVELS for slot in row.cells.get(at, ())
        )
        return any(slot.filled for slot in cells)

    def _take_subheading(self, row: Row, following: Row | None) -> bool:
        placed = [slot for slot in row.line.filled if self._ledger.has(slot)]
        groups = sorted({column.group for column in self._columns if column.field in OWN})
        carries = [self._carries.setdefault(group, LevelCarry()) for group in groups]
        found = find_subheading(row, following, self._columns, self._words, carries[0], placed) if carries else None
        if found is None:
            return False
        for carry in carries:
            found.begin(carry)
        for slot in found.slots:
            self._ledger.put(slot, Place.LEVEL)
        return True

    def _begin_segment(self, row: Row) -> None:
        cells = self._outer.read(row)
        if cells is None:
            return
        if self.segments[-1].items or self.segments[-1].outer:
            self.segments.append(Segment())
        self.segments[-1].outer = cells

    def _read_groups(self, row: Row) -> set[int]:
        """Read the indicator of each block; return the columns that were read."""
        doubts = [*list_doubts(row, self._columns, self._words, self._repeated), *self._short.list_doubts(row)]
        self._notices += doubts
        displaced = any(one.code == "row_displaced" for one in doubts)
        if self._odd.displaced:
            text = say(
                "上面有一行错位的表头，这一行可能读错", "a displaced header row above: this row may be read wrongly"
            )
            self._notices.append(Notice("row_doubtful", text, row.line.origin))
        groups = sorted({column.group for column in self._columns if column.field in OWN})
        used: set[int] = set()
        for group in groups:
            used |= self._read_group(row, group, alone=len(groups) == 1, displaced=displaced)
        return used

    def _read_group(self, row: Row, group: int, *, alone: bool, displaced: bool) -> set[int]:
        own = [at for at, column in enumerate(self._columns) if column.group == group and column.field in OWN]
        printed_here = any(slot.filled for at in own for slot in row.cells.get(at, ()))
        if not printed_here and not (alone and any(row.cells.get(at) for at in self._regions)):
            return set()
        places = {self._columns[at].field: at for at in [*self._list_shared(group, own), *own]}
        carry = self._carries.setdefault(group, LevelCarry())
        self._move_levels(row, places, carry)
        first, second = (_first_cell(row, places, name) for name in ("level1", "level2"))
        has_first, has_second = "level1" in places, "level2" in places
        self._notices += carry_levels(
            carry, row, first, second, self._words, has_first=has_first, has_second=has_second
        )
        self._doubt_levels(carry, row, (first, second), displaced)
        if first is not None and places["level1"] not in own and self._is_foreign_level(carry):
            text = say(
                "级别取自旁边一块，和二级指标不合", "the first level is that of the block beside and does not fit"
            )
            self._notices.append(Notice("level_doubtful", text, row.line.origin))
        if not self._regions:
            self.segments[-1].items.append(self._items.read(row, places, carry, group))
        for region in self._regions:
            item = self._items.read(row, {**places, "value": region}, carry, group)
            self._segment_of(region).items.append(item)
        unused = {places["value"]} if self._regions and "value" in places else set()  # regions have a value each
        return {*places.values(), *self._regions} - unused

    def _move_levels(self, row: Row, places: dict[str, int], carry: LevelCarry) -> None:
        """Read two levels as a second level and a name, where there is a target, no name, and the first may be second.

        成本指标, 社会成本指标, 100 below a row of 产出指标: what stands in the place of the levels was displaced.
        """
        first, second = (_first_cell(row, places, name) for name in ("level1", "level2"))
        if first is None or second is None or row.line.spans_known or carry.first_text is None:
            return
        named, valued = (any(slot.filled for slot in row.cells.get(places.get(at, -1), ())) for at in ("name", "value"))
        if named or not valued or "name" not in places or not self._words.has_parent(first.text, carry.first_text):
            return
        row.cells[places["name"]] = row.cells[places["level2"]]
        row.cells[places["level2"]] = row.cells.pop(places["level1"])
        shown = second.text.strip()[:20]
        text = say(f"这一行没有名称，“{shown}”读作名称", f"a row without a name: {shown} is read as the name")
        self._notices.append(Notice("row_doubtful", text, row.line.origin))

    def _doubt_levels(
        self, carry: LevelCarry, row: Row, levels: tuple[Slot | None, Slot | None], displaced: bool
    ) -> None:
        """Rows below one that looks displaced have its levels too, until others are printed."""
        first, second = (slot is not None and slot.filled for slot in levels)
        if first or (second and displaced):
            carry.displaced = displaced
        elif carry.displaced:
            text = say("级别取自上面可能错位的一行", "the levels come from a row above that looks displaced")
            self._notices.append(Notice("level_doubtful", text, row.line.origin))

    def _is_foreign_level(self, carry: LevelCarry) -> bool:
        words = (carry.first_text, carry.second.text if carry.second else None)
        return None not in words and not self._words.accepts(words[0] or "", words[1] or "")

    def _list_shared(self, group: int, own: Sequence[int]) -> list[int]:
        """Return the level and name columns a block takes from the one that has the levels."""
        fields = {self._columns[at].field for at in own}
        donor = min((one.group for one in self._columns if one.field == "level1"), default=0)
        if group == donor or self._columns[own[0]].level1 is not None:
            return []
        wanted = _SHARED - fields
        if "name" in fields:
            wanted -= {"unit", "comparator", "name"}
        return [at for at, one in enumerate(self._columns) if one.group == donor and one.field in wanted]

    def _segment_of(self, region: int) -> Segment:
        label = self._columns[region].label
        for segment in self.segments:
            if segment.region is not None and segment.region.text == label and segment.outer == self.segments[0].outer:
                return segment
        head = Slot(key=-1, text=label, origin="")
        segment = Segment(region=head, outer=self.segments[0].outer)
        self.segments.append(segment)
        return segment

    def _place_rest(self, row: Row, used: set[int]) -> None:
        for at, slots in row.cells.items():
            for slot in slots:
                if not self._ledger.has(slot) and not self._outer.keeps(slot):
                    self._ledger.put(slot, self._place_of(slot, at, used))

    def _place_of(self, slot: Slot, at: int, used: set[int]) -> Place:
        field_name = self._columns[at].field
        if field_name in {"level1", "level2"}:
            return Place.LEVEL
        if field_name == "number":
            return Place.PLACEHOLDER
        if field_name == "context":
            named = any(key in self._form.contexts for key in list_keys(slot.text))
            return Place.CONTEXT if named or self._words.is_level(slot.text) else Place.UNREAD
        if at in used or (field_name == "prior" and used):
            return Place.FIELD
        return Place.UNREAD


def _carry_heading(slot: Slot) -> LevelCarry:
    """Return the levels in force for a block that its first level heads."""
    carry = LevelCarry()
    carry.begin_first(slot)
    return carry


def _first_cell(row: Row, places: dict[str, int], name: str) -> Slot | None:
    slots = row.cells.get(places[name], ()) if name in places else ()
    return slots[0] if slots else None
