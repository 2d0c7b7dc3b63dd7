"""The ledger of cells: every printed cell and paragraph ends in exactly one kind of place.

A cell may feed several fields of one kind (a merged level cell, a line that holds three labels), never two kinds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from perflint.errors import DocumentError, Problem
from perflint.language import quote, say
from perflint.reading.line import Line, Slot


class Place(StrEnum):
    """Where a cell ended."""

    HEADER = "header"
    LEVEL = "level"
    FIELD = "field"
    CONTEXT = "context"
    PLACEHOLDER = "placeholder"
    UNREAD = "unread"


class Ledger:
    """Who took which cell. Raises as soon as a cell would end in two places."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._printed = {slot.key: slot for line in lines for slot in line.slots if slot.filled}
        self._places: dict[int, Place] = {}

    def put(self, slot: Slot, place: Place) -> None:
        """Note that a cell ended in a place; blank cells need no note.

        Raises:
            DocumentError: the cell already ended in a place of another kind (a fault of the reader, not of the file).
        """
        if slot.blank:
            return
        known = self._places.setdefault(slot.key, place)
        if known is not place:
            shown = quote(slot.text)
            message = say(
                f"一个单元格读了两次（{known.value}、{place.value}）：{shown}",
                f"a cell was read twice, as {known.value} and as {place.value}: {shown}",
            )
            raise DocumentError(Problem(message=message, pointer=slot.origin, hint=_ask_report()))

    def give_up(self, slot: Slot) -> None:
        """Move a cell to the unread: what it said gave way to another cell."""
        self._places[slot.key] = Place.UNREAD

    def has(self, slot: Slot) -> bool:
        return slot.key in self._places

    def place_of(self, slot: Slot) -> Place | None:
        return self._places.get(slot.key)

    def list_left(self) -> tuple[Slot, ...]:
        """Return the printed cells nobody took, in reading order."""
        return tuple(slot for key, slot in self._printed.items() if key not in self._places)

    def list_unread(self) -> tuple[Slot, ...]:
        """Return the cells that were put to the unread, in reading order."""
        return tuple(slot for key, slot in self._printed.items() if self._places.get(key) is Place.UNREAD)

    def count(self) -> dict[str, int]:
        """Return how many printed cells ended in each place, and how many there are (``printed``)."""
        counts = Counter(self._places[key].value for key in self._printed if key in self._places)
        return {"printed": len(self._printed), **{place.value: counts[place.value] for place in Place}}

    def close(self) -> None:
        """Check that every printed cell has its place.

        Raises:
            DocumentError: some cell has none (a fault of the reader).
        """
        left = self.list_left()
        if left:
            shown = quote(left[0].text)
            message = say(
                f"有 {len(left)} 个单元格没有读到，第一个是 {shown}", f"{len(left)} cells were lost, the first: {shown}"
            )
            raise DocumentError(Problem(message=message, pointer=left[0].origin, hint=_ask_report()))


def _ask_report() -> str:
    return say(
        "这是 perflint 的错，不是文件的；请把这个文件告诉我们",
        "this is a fault of perflint, not of the file; please report it",
    )
