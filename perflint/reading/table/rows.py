"""The rows under the header of a list: over page breaks and repeated headers, torn rows joined.

lines × Header ──ListRows.collect──▶ rows, and how many lines they take
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from perflint.language import say
from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold
from perflint.reading.draft import Notice
from perflint.reading.form.levels import LevelWords
from perflint.reading.form.template import Form
from perflint.reading.header.header import Header, find_header
from perflint.reading.header.words import INDICATORS
from perflint.reading.label.reader import LabelReader
from perflint.reading.layout.titles import is_furniture
from perflint.reading.ledger import Ledger, Place
from perflint.reading.line import Line
from perflint.reading.table.ends import ListEnds
from perflint.record import replace

_NAMED = 2  # cells of a row with a name: its level, or its columns beside
_PIECES = 4  # below a row that blank cells tore


class _Torn(NamedTuple):
    """A row put together, and how many lines it took."""

    line: Line
    height: int


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
            torn = self._join_torn(at, header) or self._join_values(at, header)
            looks = torn is None and not line.is_paragraph and bool(line.filled)
            again = find_header(self._lines, at, self._form) if looks else None
            if torn is not None:
                rows.append(torn.line)
                at += torn.height
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

    def _join_values(self, at: int, header: Header) -> _Torn | None:
        """Join a row without a target and the pieces below it that hold nothing else: each blank cell tore it."""
        line = self._lines[at]
        if header.kind != INDICATORS or line.spans_known or len(line.filled) < _NAMED or self._is_complete(line):
            return None
        below = [one for one in self._lines[at + 1 : at + 1 + _PIECES] if one.grid == line.grid]
        pieces = list(takewhile(_holds_values, below))
        slots = list(line.slots)
        for piece in pieces:
            start = slots[-1].column + 2  # a blank between
            slots += [replace(slot, column=start + slot.column) for slot in piece.slots]
        if not pieces or len(slots) > header.cells:
            return None
        text = say("空白单元格把一行断开，已接上", "a row torn by its blank cells; joined")
        self._notices.append(Notice("row_joined", text, line.origin))
        return _Torn(replace(line, slots=tuple(slots)), 1 + len(pieces))

    def _join_torn(self, at: int, header: Header) -> _Torn | None:
        """Join a row that an empty line inside a cell tore in two, if the pieces make up the header's width."""
        after = self._lines[at + 1] if at + 1 < len(self._lines) else None
        line = self._lines[at]
        if (
            line.spans_known
            or line.is_flow
            or after is None
            or after.grid != line.grid
            or not line.filled
            or not after.slots
        ):
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
        return _Torn(replace(line, slots=(*line.slots, *moved)), 2)

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


def _holds_values(line: Line) -> bool:
    """Tell whether a row prints targets, grades and figures only: none of an indicator of its own."""
    return bool(line.filled) and all(
        shapes.is_value(slot.text) or shapes.is_grade(slot.text) or shapes.is_figure(slot.text) for slot in line.filled
    )
