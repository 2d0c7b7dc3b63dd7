"""Texts as generated code takes them: folded, with a slot for each function that reads texts of their column."""

from __future__ import annotations

from collections.abc import Callable

from perflint.runtime.cells import fold_text
from perflint.runtime.memo import Memo
from perflint.runtime.sieve import Sieve, start_sieve

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import TypeAlias

    from perflint.runtime.sieve import Slots

Slotted: TypeAlias = "tuple[str, Slots] | tuple[None, None]"


def name_texts(record: str, path: tuple[str, ...]) -> str:
    """Return the name of the memo of a column of texts that has slots."""
    return "_".join(("t", record, *path))


CELL_TEXTS = name_texts("cell", ("text",))


def start_texts(sieve: Sieve, common: Sieve) -> Callable[[str | None], Slotted]:
    """Return a function of a printed text: what it is when folded, and the slots for what is read in it.

    Args:
        common: The sieve of cells, see ``start_sieve``.
    """
    open_slots: Callable[[str, str], Slots] | None = None

    def read(printed: str | None) -> Slotted:
        nonlocal open_slots
        text = fold_text(printed)
        if text is None or printed is None:
            return None, None
        if open_slots is None:  # a table has few of all columns
            open_slots = start_sieve(sieve, common)
        return text, open_slots(text, printed)

    return read


def remember_texts(sieve: Sieve, common: Sieve) -> Memo:
    """Return a memo of what ``start_texts`` returns."""
    return Memo(start_texts(sieve, common), most=_MOST_SLOTS // (sieve.count + _SLOTS_OF_A_TEXT))


_MOST_SLOTS, _SLOTS_OF_A_TEXT = 31_000, 8
"""How many slots a column keeps in all, and how many of them a text itself takes the room of."""
