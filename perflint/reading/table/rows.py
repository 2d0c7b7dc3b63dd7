"""The rows under the header of a list: over page breaks and repeated headers, torn rows joined.

lines × Header ──ListRows.collect──▶ rows, and how many lines they take
"""

from __future__ import annotations

from collections.abc import Sequence

from perflint.language import say
from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold
from perflint.reading.draft import Notice
from perflint.reading.form.levels import LevelWords
from perflint.reading.form.template import Form
from perflint.reading.header.header import Header, find_header
from perflint.reading.label.reader import LabelReader
from perflint.reading.layout.titles import is_furniture
from perflint.reading.ledger import Ledger, Place
from perflint.reading.line import Line
from perflint.reading.table.ends import ListEnds
from perflint.record import replace


class ListRows:
    """Collects the rows of one list after another from the lines of a unit."""

    def __init__(
        self,
        lines: Sequence[Line],
        form: Form,
        words: LevelWords,
        labels: LabelReader,
        ledger: Ledger,
        notices: list[Notice],
    ) -> None:
        self._lines, self._form, self._words = lines, form, words
        self._labels, self._ledger, self._notices = labels, ledger, notices
        self._ends = ListEnds(form, words, labels)

    def collect(self, at: int, header: Header, grid: int | None) -> tuple[list[Line], int]:
        """Return the rows of a list and how many lines they take.

        Args:
            at: number of the first line below the header.
            grid: the grid the table has reached; rows in another one are said to go on there.
        """
        rows: list[Line] = []
        start = at
        while at < len(self._lines):
            line = self._lines[at]
            torn = self._join_torn(at, header)
            looks = torn is None and not line.is_paragraph and bool(line.filled)
            again = find_header(self._lines, at, self._form) if looks else None
            if torn is not None:
                rows.append(torn)
                at += 2
            elif skipped := self._skip(line, again, header):
                at += skipped
            elif line.is_paragraph or again is not None or self._end(at, header, grid):
                break
            else:
                grid = self._follow(line, grid)
                rows.append(line)
                at += 1
        return rows, at - start

    def _end(self, at: int, header: Header, grid: int | None) -> bool:
        below = self._lines[at + 1] if at + 1 < len(self._lines) else None
        return self._ends.ends(self._lines[at], self._lines[at - 1], below, header, grid)

    def _skip(self, line: Line, again: Header | None, header: Header) -> int:
        """Pass over blank paragraphs, page numbers and the header printed again; return how many lines they take."""
        if line.is_paragraph and (line.slots[0].blank or is_furniture(line.text)):
            self._ledger.put(line.slots[0], Place.PLACEHOLDER)
            return 1
        if again is None or not self._is_repeated(again, header):
            return 0
        for slot in again.slots:
            if not self._ledger.has(slot):
                self._ledger.put(slot, Place.CONTEXT if slot in again.context else Place.HEADER)
        return again.height

    def _follow(self, line: Line, grid: int | None) -> int | None:
        """Return the grid of a row; say so when it is another one than that of the row before."""
        if line.grid != grid:
            text = say("清单在另一张表里继续，沿用表头", "the list goes on in another table; its header is taken over")
            self._notices.append(Notice("header_inherited", text, line.origin))
        return line.grid

    def _join_torn(self, at: int, header: Header) -> Line | None:
        """Join a row that an empty line inside a cell tore in two, if the pieces make up the header's width."""
        after = self._lines[at + 1] if at + 1 < len(self._lines) else None
        line = self._lines[at]
        if line.spans_known or after is None or after.grid != line.grid or not line.filled or not after.slots:
            return None
        if len(line.slots) + len(after.slots) != header.cells or not after.slots[0].filled:
            return None
        if (
            self._is_subheading(line, header)
            or self._is_complete(line)
            or self._labels.is_label(after.slots[0])
            or self._words.is_level(after.text)
        ):
            return None
        moved = tuple(replace(slot, column=slot.column + len(line.slots)) for slot in after.slots)
        text = say("单元格里的空行把一行断开，已接上", "a row torn by an empty line inside a cell; joined")
        self._notices.append(Notice("row_joined", text, line.origin))
        return replace(line, slots=(*line.slots, *moved))

    def _is_subheading(self, line: Line, header: Header) -> bool:
        """Tell whether a level word stands alone under a header without level columns: a row of its own."""
        leveled = any(column.field in {"level1", "level2"} for column in header.columns)
        return not leveled and len(line.filled) == 1 and self._words.is_level(line.text)

    def _is_complete(self, line: Line) -> bool:
        """Tell whether a row already has what a row must have, a value, or begins something else."""
        valued = any(shapes.is_value(slot.text) or shapes.is_grade(slot.text) for slot in line.filled[1:])
        return valued or any(shapes.is_sign(slot.text) for slot in line.filled) or self._labels.is_label(line.filled[0])

    def _is_repeated(self, again: Header, header: Header) -> bool:
        """Tell whether a header is the one in force, or its upper row alone."""
        same = [c.label for c in again.columns] == [c.label for c in header.columns]
        upper, whole = ([fold(slot.text) for slot in one.slots] for one in (again, header))
        return again.kind == header.kind and (same or (bool(upper) and upper == whole[: len(upper)]))
