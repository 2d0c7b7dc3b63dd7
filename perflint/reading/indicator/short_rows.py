"""Rows that may have lost a cell: what the others print is blank here, or stands in a neighbour's place.

Row … × columns ──ShortRows.list_doubts──▶ Notice …; nothing is moved
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perflint.language import say
from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold
from perflint.reading.draft import Notice
from perflint.reading.form.levels import LevelWords
from perflint.reading.header.column import Column
from perflint.reading.indicator.row_doubts import read_own
from perflint.reading.row.place import Row

_FEWEST = 3  # rows that print what one does not
_SELDOM = 10  # one row in so many may lack what the others print
_OPEN = frozenset({"comparator", "remark", "context", "number"})  # columns that a form may leave blank in any row
_FREE = frozenset({"explanation", "description", "basis", "scoring"})


class ShortRows:
    """Knows what the rows of a list print nearly always."""

    def __init__(self, rows: Sequence[Row], columns: Sequence[Column], words: LevelWords) -> None:
        self._columns, self._words = columns, words
        self._at = {column.field: at for at, column in enumerate(columns)}
        self._named = [row for row in rows if self._read(row, "name")]
        used = {at for row in self._named for at in row.cells if columns[at].field != "context"}
        self._end = max(used, default=-1)
        self._is_full = self._fills(self._end)
        weight = self._at.get("weight", -1)
        weighed = [row for row in self._named if row.cells.get(weight)]
        bare = sum(1 for row in weighed if shapes.is_number(self._read(row, "value")))
        self._is_weighed = self._fills(weight) and bare * 2 < len(weighed)
        self._weights = frozenset(self._read(row, "weight").strip() for row in weighed)

    def list_doubts(self, row: Row) -> Iterator[Notice]:
        """Yield what tells that a row is not whole."""
        weight = self._read(row, "weight")
        if weight and not shapes.has_digit(weight) and not shapes.is_nothing(weight):
            shown = weight.strip()[:20]
            text = say(f"分值这一列里是文字：{shown}", f"a text stands in the column of weights: {shown}")
            yield Notice("row_displaced", text, row.line.origin)
        elif self._takes_weight(row):
            text = say(
                "别的行有分值，这一行没有，指标值却只是一个数：可能是分值左移了",
                "other rows print a weight; here it is blank and the target a bare number, perhaps the weight",
            )
            yield Notice(self._name_doubt(row), text, row.line.origin)
        elif self._lacks_end(row):
            label, field = self._columns[self._end].label, self._columns[self._end].field
            text = say(
                f"别的行都有“{label}”，这一行空着：可能少了一格",
                f"the other rows print {label}; a cell may be lost here",
            )
            # Without its explanation at the end a row may be read right all the same.
            yield Notice("cell_missing" if field in _FREE else self._name_doubt(row), text, row.line.origin)

    def _takes_weight(self, row: Row) -> bool:
        """Tell whether the target of a row may be its weight: a bare number, and the place of the weight is blank.

        Where places are lost the number must be one of the weights, if few rows print any.
        """
        value = self._read(row, "value")
        if "weight" not in self._at or row.cells.get(self._at["weight"]) or not shapes.is_number(value):
            return False
        return self._is_weighed or (not row.line.spans_known and value.strip() in self._weights)

    def _lacks_end(self, row: Row) -> bool:
        if not self._is_full or row.cells.get(self._end) or not row.line.filled:
            return False
        name = self._read(row, "name")
        if not fold(name):  # a level without an indicator, or dots: more may follow there
            return False
        field, value = self._columns[self._end].field, self._read(row, "value")
        if field == "unit":  # a target in words has none
            return shapes.is_nothing(value) or shapes.is_target(name)
        return field not in _OPEN

    def _fills(self, at: int) -> bool:
        """Tell whether nearly all rows with a name print something in a column."""
        count, full = len(self._named), sum(1 for row in self._named if row.cells.get(at))
        free = at >= 0 and self._columns[at].field in _FREE  # an explanation may be blank now and then
        return full >= _FEWEST and full < count <= full + (1 if free else max(1, count // _SELDOM))

    def _name_doubt(self, row: Row) -> str:
        """A row whose levels are no level words looks displaced, and those below it have its levels."""
        levels = (self._read(row, field) for field in ("level1", "level2"))
        return "row_doubtful" if all(not text or self._words.is_level(text) for text in levels) else "row_displaced"

    def _read(self, row: Row, field: str) -> str:
        return read_own(row, self._at.get(field, -1))
