"""Which drawn cell a finding is about, and a drawing from the findings' own rows where the report carries none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from perflint.finding import DrawnBlock, DrawnCell, DrawnTable, Finding

Anchor = list[int]
# In a row that lacks the cell in question, this one stands for the row.
_NAMES_ROW = "/name"


class Anchors:
    """The cells of one drawing by pointer."""

    def __init__(self, tables: Sequence[DrawnTable]) -> None:
        self._exact: dict[str, Anchor] = {}
        self._around: dict[str, Anchor] = {}
        for place, table in enumerate(tables):
            self._add_table(place, table)

    def find(self, finding: Finding) -> Anchor:
        """Return the cell the finding points to, or else the nearest thing drawn around it: row, block, table."""
        pointer = finding.location.pointer
        while pointer:
            anchor = self._exact.get(pointer) or self._around.get(pointer)
            if anchor is not None:
                return anchor
            pointer = pointer.rpartition("/")[0]
        return []

    def find_exactly(self, pointer: str) -> Anchor | None:
        """Return the cell that shows *pointer*, None where none does."""
        return self._exact.get(pointer)

    def _add_table(self, place: int, table: DrawnTable) -> None:
        self._around[table.pointer] = [place]
        for number, block in enumerate(table.blocks):
            self._around.setdefault(block.pointer, [place, number])
            for row, cells in enumerate(block.rows):
                for column, cell in enumerate(cells):
                    self._add_cell(cell, [place, number, row, column], block.pointer)

    def _add_cell(self, cell: DrawnCell, anchor: Anchor, block: str) -> None:
        for pointer in cell.pointers:
            self._exact[pointer] = anchor
            self._stand_for_row(pointer, anchor, block, shared=len(cell.pointers) > 1)

    def _stand_for_row(self, pointer: str, anchor: Anchor, block: str, *, shared: bool) -> None:
        """Let the cell stand for what it lies in, up to its block: best the one that names a row, else the first."""
        above = pointer.rpartition("/")[0]
        while above.startswith(block + "/"):
            if pointer.endswith(_NAMES_ROW):
                self._around[above] = anchor
            elif not shared:
                self._around.setdefault(above, anchor)
            above = above.rpartition("/")[0]


def sketch_tables(findings: Iterable[Finding]) -> tuple[DrawnTable, ...]:
    """Return tables made of the rows that the findings carry, a block for each place that has findings."""
    tables = groupby(findings, key=lambda finding: finding.document.table_index)
    return tuple(_sketch_table(index, list(group)) for index, group in tables)


def _sketch_table(index: int | None, findings: Sequence[Finding]) -> DrawnTable:
    fullest: dict[str, Finding] = {}
    for finding in findings:
        known = fullest.get(finding.location.pointer)
        if known is None or len(finding.row) > len(known.row):
            fullest[finding.location.pointer] = finding
    pointer = "" if index is None else f"/tables/{index}"
    blocks = tuple(map(_sketch_block, fullest.values()))
    return DrawnTable(pointer, findings[0].document.table_name or "", None, blocks)


def _sketch_block(finding: Finding) -> DrawnBlock:
    pointer = finding.location.pointer
    heads = tuple(DrawnCell(cell.title) for cell in finding.row)
    # A cell beside the one in question is there to be read; that it has a pointer makes it no heading.
    cells = tuple(DrawnCell(cell.text, (pointer if cell.marked else "",)) for cell in finding.row)
    return DrawnBlock(finding.location.label, pointer, (heads, cells) if finding.row else ())
