"""What a column of texts holds again and again: such a text one column too far left tells of a lost cell.

Row … × columns ──RepeatedTexts──▶ whether a text stands left of where it belongs
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from perflint.reading.cell.fold import fold
from perflint.reading.header.column import Column
from perflint.reading.row.place import Row

_TEXTS = frozenset({"unit", "category", "basis", "scoring", "explanation", "description", "remark"})
_OFTEN = 2  # rows that print the text in its own column, at least


class RepeatedTexts:
    """Counts the texts of each column of a list."""

    def __init__(self, rows: Sequence[Row], columns: Sequence[Column]) -> None:
        self._places = [at for at, column in enumerate(columns) if column.field in _TEXTS]
        self._counts = {at: Counter(text for row in rows if (text := _read(row, at))) for at in self._places}

    def stands_left(self, row: Row) -> bool:
        """Tell whether a text, found here alone in its column, is common in the next one, blank in this row."""
        pairs = zip(self._places, self._places[1:], strict=False)
        return any(self._is_lone(_read(row, at), at, following) for at, following in pairs if not _read(row, following))

    def _is_lone(self, text: str, at: int, following: int) -> bool:
        return bool(text) and self._counts[at][text] == 1 and self._counts[following][text] >= _OFTEN


def _read(row: Row, at: int) -> str:
    return fold("".join(slot.text for slot in row.cells.get(at, ()) if slot.filled))
