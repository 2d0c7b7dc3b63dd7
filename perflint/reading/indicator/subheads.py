"""Rows that hold nothing but a level word, over the whole width or in its column; its indicators stand below.

Row × columns ──find_subheading──▶ Subheading, or None
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perflint.reading.cell.fold import fold
from perflint.reading.form.levels import LevelWords
from perflint.reading.header.column import Column
from perflint.reading.indicator.item import OWN
from perflint.reading.line import Slot
from perflint.reading.row.carry import LevelCarry
from perflint.reading.row.place import Row

_LEVELS = ("level1", "level2")


class Subheading(NamedTuple):
    """The cells of such a row, all of one text, and whether the word may be of either level."""

    slots: tuple[Slot, ...]
    level: str
    doubtful: bool

    def begin(self, carry: LevelCarry) -> None:
        """Take the word into force."""
        if self.level == "level1":
            carry.begin_first(self.slots[0])
        else:
            carry.second = self.slots[0]
        carry.doubtful = self.doubtful


def find_subheading(
    row: Row,
    following: Row | None,
    columns: Sequence[Column],
    words: LevelWords,
    carry: LevelCarry,
    placed: Sequence[Slot],
) -> Subheading | None:
    """Return the level word a row holds alone, with what belongs under it in the rows below; None for other rows.

    Args:
        following: the row below, None below the last one.
        placed: cells of the row that are something else already.
    """
    taken = {slot.key for slot in placed}  # a row may have a thousand cells
    filled = tuple(slot for slot in row.line.filled if slot.key not in taken)
    if len({fold(slot.text) for slot in filled}) != 1 or not words.is_level(filled[0].text):
        return None
    text = filled[0].text
    first, second = words.is_first(text), words.is_second(text)
    bracketed = text.strip().startswith(("（", "("))
    under = second and carry.first_text is not None and words.has_parent(text, carry.first_text)
    level = "level2" if not first or (second and (bracketed or under)) else "level1"
    if first and level == "level2" and not bracketed and _holds_below(text, following, columns, words, carry):
        level, under = "level1", False
    if _stands_across(filled, level, row, columns):
        return Subheading(filled, level, doubtful=first and under and not bracketed)
    own = _find_level(row, columns)
    if own is not None and following is not None and _leads(filled, own, following, columns):
        either = first and second and not row.line.spans_known
        return Subheading(filled, own, doubtful=bool(row.notices) or either)
    return None


def _holds_below(
    text: str, following: Row | None, columns: Sequence[Column], words: LevelWords, carry: LevelCarry
) -> bool:
    """Tell whether the row below prints a second level that belongs under a word, and not under the one in force."""
    if following is None:
        return False
    printed = (
        slot.text
        for at, slots in following.cells.items()
        for slot in slots
        if slot.filled and columns[at].field in _LEVELS
    )
    below = [one for one in printed if words.is_second(one)]
    above = carry.first_text or ""
    return any(words.has_parent(one, text) and not words.has_parent(one, above) for one in below)


def _find_level(row: Row, columns: Sequence[Column]) -> str | None:
    """Return the level in whose column a cell of a row stands."""
    return next((columns[at].field for at, slots in row.cells.items() if _is_own_level(columns[at], slots)), None)


def _is_own_level(column: Column, slots: Sequence[Slot]) -> bool:
    return column.field in _LEVELS and any(slot.filled and not slot.covered for slot in slots)


def _stands_across(slots: Sequence[Slot], level: str, row: Row, columns: Sequence[Column]) -> bool:
    """Tell whether there is no column for the level, or the cell, or its copies, lie over the names too."""
    if all(column.field != level for column in columns):
        return True
    own = [column for column in columns if column.field in OWN]
    if len(slots) > 1:
        return len(slots) >= len(own) - 1
    covered = {column.field for column in own if column.start < slots[0].end and slots[0].column < column.end}
    return row.line.spans_known and "name" in covered and len(covered) > 1


def _leads(slots: Sequence[Slot], level: str, following: Row, columns: Sequence[Column]) -> bool:
    """Tell whether the one cell of a row, no higher than it, is the level of a row below that prints none itself."""
    if len(slots) != 1 or slots[0].height > 1 or not following.filled:
        return False
    below = _find_level(following, columns)
    return below is None or _LEVELS.index(below) > _LEVELS.index(level)
