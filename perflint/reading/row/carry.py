"""Level cells in force: a merged or blank level cell stands for the one printed above it.

Row ──carry_levels──▶ LevelCarry, and what was inferred
"""

from __future__ import annotations

from collections.abc import Iterator

from perflint.language import say
from perflint.reading.draft import Notice
from perflint.reading.form.levels import LevelWords
from perflint.reading.line import Slot
from perflint.reading.row.place import Row
from perflint.record import dataclass, replace


@dataclass(slots=True)
class LevelCarry:
    """The level cells in force.

    Attributes:
        doubtful: The second-level cell was read from a displaced row and is no plain 指标 word.
        displaced: The row that printed the levels in force looks displaced though its places are known.
    """

    first: Slot | None = None
    first_text: str | None = None
    second: Slot | None = None
    doubtful: bool = False
    displaced: bool = False

    def begin_first(self, slot: Slot) -> None:
        """A new first-level cell begins; the second-level cell above it is no longer in force."""
        if self.first is None or self.first.key != slot.key:
            self.second = None
            self.doubtful = False
        self.first, self.first_text = slot, slot.text

    def holds(self, name: str) -> bool:
        """Tell whether a printed cell of the level is in force."""
        return (self.first if name == "level1" else self.second) is not None

    def infer_first(self, text: str) -> None:
        """The first-level cell was merged away; its word follows from the second level."""
        self.first, self.first_text = None, text


def carry_levels(
    carry: LevelCarry,
    row: Row,
    first: Slot | None,
    second: Slot | None,
    words: LevelWords,
    *,
    has_first: bool,
    has_second: bool,
) -> Iterator[Notice]:
    """Take the level cells of a row into force; yield what was inferred or is doubtful.

    Args:
        first, second: The level cells of the row, None where none is printed.
        has_first, has_second: Whether the list has a column for the level. What has no column is not inferred.
    """
    joined = words.split_joined(first.text) if first is not None and second is None and not has_second else None
    if first is not None and joined is not None:
        first, second = replace(first, text=joined[0]), replace(first, text=joined[1])
    if first is not None and second is None and _is_second(first, carry, row, words):
        first, second = None, first
    merged_away = has_first and first is None and second is not None and not second.covered
    parent = _find_parent(second, carry, words) if merged_away and second is not None else None
    if first is not None:
        carry.begin_first(first)
        misplaced = bool(row.notices) and not row.line.spans_known and not words.is_first(first.text)
        carry.doubtful = carry.doubtful or misplaced
        if second is None and has_second and not row.line.spans_known:
            carry.doubtful = True
            yield _miss_second(first, row)
    elif second is not None and parent is not None:
        carry.infer_first(parent)
        yield _say_inferred(second, parent, row)
    if second is not None:
        carry.second = second
        carry.doubtful = (parent is not None or bool(row.notices)) and not second.text.strip().endswith("指标")
    elif _lacks_levels(carry, row, has_first and has_second):
        yield _miss_levels(row)
    elif carry.doubtful and first is None:
        text = say("级别取自上面错位的一行", "the level comes from a displaced row above")
        yield Notice("level_doubtful", text, row.line.origin)


def _lacks_levels(carry: LevelCarry, row: Row, has_both: bool) -> bool:
    """Tell whether the row that printed the levels was not read: places are lost and no level is in force."""
    return has_both and not row.line.spans_known and carry.first_text is None and carry.second is None


def _miss_levels(row: Row) -> Notice:
    text = say("这一行上面没有读到一级、二级指标", "no level cells were read above this row")
    return Notice("level_missing", text, row.line.origin)


def _miss_second(first: Slot, row: Row) -> Notice:
    shown = first.text.strip()
    text = say(f"“{shown}”旁边没有二级指标", f"{shown} has no second-level cell beside it")
    return Notice("level2_missing", text, row.line.origin)


def _say_inferred(second: Slot, parent: str, row: Row) -> Notice:
    shown = second.text.strip()
    text = say(
        f"“{shown}”没有一级指标单元格，由它推出“{parent}”", f"no level-1 cell for {shown}: {parent} follows from it"
    )
    return Notice("level1_inferred", text, row.line.origin)


def _is_second(slot: Slot, carry: LevelCarry, row: Row, words: LevelWords) -> bool:
    """Tell whether a word of both levels (成本指标), displaced and alone, belongs under the first level."""
    if row.line.spans_known or not row.notices or carry.first_text is None:
        return False
    return words.is_second(slot.text) and words.has_parent(slot.text, carry.first_text)


def _find_parent(second: Slot, carry: LevelCarry, words: LevelWords) -> str | None:
    """Return the first-level word a second-level cell needs above it, None when the one in force will do."""
    if carry.first_text is not None and words.accepts(carry.first_text, second.text):
        return None
    return words.parent_of(second.text)
