"""The cells of one column."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from perflint.reading.header.column import Column
from perflint.reading.line import Line

DECIDED = 80  # percent of the cells of a column that must agree on its meaning


def list_texts(rows: Sequence[Line], column: Column) -> list[str]:
    """Return the texts printed in a column, blanks left out."""
    return [slot.text for row in rows for slot in row.filled if column.start <= slot.column < column.end]


def agree(texts: Sequence[str], test: Callable[[str], bool]) -> bool:
    """Tell whether nearly all texts pass a test; no text passes none."""
    return bool(texts) and sum(map(test, texts)) * 100 >= DECIDED * len(texts)
