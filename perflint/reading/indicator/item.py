"""One indicator from the cells of a row: its fields as printed, its values of earlier years, and where each stands.

Row + level cells in force ──ItemReader.read──▶ Item
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from perflint.language import say
from perflint.reading.draft import Notice, Record, printed
from perflint.reading.header.column import Column
from perflint.reading.indicator.bounds import BOUNDS, Bounds, read_bounds
from perflint.reading.line import Slot
from perflint.reading.row.carry import LevelCarry
from perflint.reading.row.place import Row
from perflint.record import dataclass

ORDER = (
    "level1 level2 name description comparator value unit basis category weight direction scoring explanation remark"
).split()
OWN = frozenset({*ORDER, *BOUNDS})
_LEVELS = frozenset({"level1", "level2"})
_PREFIX = re.compile(r"^\s*(?:三级)?指标\s*\d{1,2}\s*[:：]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One indicator and where its fields came from (pointer below the indicator → origin)."""

    record: Record
    origins: dict[str, str]
    section: str | None


class ItemReader:
    """Reads indicators under one set of columns; ``notices`` collects what a person should look at."""

    def __init__(self, columns: Sequence[Column], section: str | None, notices: list[Notice]) -> None:
        self._columns, self._section, self.notices = columns, section, notices

    def read(self, row: Row, places: Mapping[str, int], carry: LevelCarry, group: int) -> Item:
        """Return the indicator of a row.

        Args:
            places: field → index of its column, for the block that is read.
            carry: the level cells in force.
            group: number of the block.
        """
        record: Record = {}
        origins: dict[str, str] = {}
        bounds = read_bounds(row, places)
        for name in ORDER:
            if name in _LEVELS and (name in places or carry.holds(name)):
                record[name] = _read_level(name, carry, origins)
            elif name in places:
                record[name] = self._read_field(row, places[name], name, origins)
            elif bounds is not None and name in bounds.fields:
                record[name] = self._read_bound(bounds, name, origins)
        prior = self._read_prior(row, group, origins)
        if prior:
            record["prior"] = prior
        origins[""] = row.line.origin
        return Item(record=record, origins=origins, section=self._section_of(group))

    def _read_bound(self, bounds: Bounds, name: str, origins: dict[str, str]) -> str | None:
        if bounds.origin is not None:
            origins[f"/{name}"] = bounds.origin
        if bounds.notice is not None:
            self.notices.append(bounds.notice)
        return bounds.fields[name]

    def _section_of(self, group: int) -> str | None:
        named = (one.section for one in self._columns if one.group == group and one.section and one.field != "prior")
        section = next(named, None)
        if section is None or len({column.group for column in self._columns}) == 1:
            return self._section or section
        return section

    def _read_field(self, row: Row, at: int, name: str, origins: dict[str, str]) -> str | None:
        slots = row.cells.get(at, ())
        if name == "weight" and slots and slots[0].covered:
            self._leave_merged_weight(slots[0], row)
            return None
        if not slots:
            self._place_blank(row, at, f"/{name}", origins)
            return None
        origins[f"/{name}"] = slots[0].origin
        text = slots[0].text if len(slots) == 1 else "".join(slot.text.strip() for slot in slots)
        return self._read_name(text, row) if name == "name" else printed(text)

    def _place_blank(self, row: Row, at: int, pointer: str, origins: dict[str, str]) -> None:
        """Say where a blank cell stands: what is missing is looked for there. Without spans nobody knows."""
        slot = row.line.at(self._columns[at].start) if row.line.spans_known else None
        if slot is not None and slot.blank and not slot.covered:
            origins[pointer] = slot.origin

    def _leave_merged_weight(self, slot: Slot, row: Row) -> None:
        shown = slot.text.strip()
        text = say(
            f"权重 {shown} 管几行，读在第一行",
            f"the weight {shown} covers several rows; it is read with the first of them",
        )
        self.notices.append(Notice("weight_merged", text, row.line.origin))

    def _read_name(self, text: str, row: Row) -> str | None:
        found = _PREFIX.match(text)
        if found is None:
            return printed(text)
        prefix = found.group().strip()
        notice = say(f"“{prefix}”不是名称的一部分，已去掉", f"{prefix} is not part of the name")
        self.notices.append(Notice("prefix_removed", notice, row.line.origin))
        return printed(text[found.end() :])

    def _read_prior(self, row: Row, group: int, origins: dict[str, str]) -> list[Record]:
        items: list[Record] = []
        for at, column in enumerate(self._columns):
            if column.field == "prior" and column.group == group:
                slots = row.cells.get(at, ())
                value = printed("".join(slot.text for slot in slots))
                items.append({"label": "".join(column.label.split()), "value": value})
                if slots:
                    origins[f"/prior/{len(items) - 1}/value"] = slots[0].origin
        return items


def _read_level(name: str, carry: LevelCarry, origins: dict[str, str]) -> str | None:
    slot = carry.first if name == "level1" else carry.second
    if slot is not None:
        origins[f"/{name}"] = slot.origin
    text = carry.first_text if name == "level1" else slot.text if slot else None
    return printed(text or "")
