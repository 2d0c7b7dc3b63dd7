"""One column of a header: what it holds and where it lies."""

from __future__ import annotations

from typing import NamedTuple

from perflint.reading.line import Slot


class Column(NamedTuple):
    """A column of a header.

    Attributes:
        field: What it holds, ``unknown`` when nobody knows, ``context`` for the cells beside the list.
        start, end: Grid columns, end exclusive.
        label: The header as printed, the words over it last.
        group: Number of the block when several stand side by side.
        section: annual, long_term, or None when the header does not say.
        level1: The first-level cell over the column, when the levels stand side by side in the header.
    """

    field: str
    start: int
    end: int
    label: str
    group: int = 0
    section: str | None = None
    level1: Slot | None = None
