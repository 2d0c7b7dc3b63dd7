"""Columns beside the indicators that tell of the whole table: its unit, project, amount.

Row ──OuterReader.read──▶ cells that begin a further table, or None
"""

from __future__ import annotations

from collections.abc import Sequence

from perflint.reading.cell.fold import fold
from perflint.reading.draft import Notice
from perflint.reading.form.template import Form, Label
from perflint.reading.header.column import Column
from perflint.reading.header.words import find_outer
from perflint.reading.indicator.item import OWN
from perflint.reading.indicator.odd_rows import note_total
from perflint.reading.layout.titles import is_organization
from perflint.reading.ledger import Ledger, Place
from perflint.reading.line import Slot
from perflint.reading.row.place import Row

Outer = list[tuple[Label, Slot]]
_UNIT = {"project.name": "organization.name", "project.code": "organization.code"}


def _to_unit(label: Label) -> Label:
    """Return the label of a project's name or code as that of the unit's."""
    return Label(field=_UNIT[label.field], shape=label.shape, names=label.names)


class OuterReader:
    """Reads those cells row by row; a row of nothing else waits for the indicator below it."""

    def __init__(
        self, columns: Sequence[Column], regions: Sequence[int], form: Form, ledger: Ledger, notices: list[Notice]
    ) -> None:
        self._columns, self._ledger, self._notices = columns, ledger, notices
        self._labels = {
            at: label
            for at, column in enumerate(columns)
            if column.field.startswith("outer:") and (label := find_outer(column.label, form)) is not None
        }
        self._own = [at for at, column in enumerate(columns) if column.field in OWN or at in regions]
        self._waiting: Outer = []
        self._unit: Outer = []
        self._told: frozenset[tuple[str, str]] = frozenset()

    def read(self, row: Row) -> Outer | None:
        """Return the cells of the table that begins with this row, None when none begins.

        A list without merged cells prints them in each row: where nothing changes, no table begins.
        """
        cells = [(label, slot) for at, label in self._labels.items() for slot in row.cells.get(at, ())]
        if not any(slot.filled for _, slot in cells):
            return self._begin_waiting(row)
        if not self._tells_indicator(row):
            self._wait(cells, row)
            return None
        cells = [*self._take_waiting(cells), *cells]
        for _, slot in cells:
            self._ledger.put(slot, Place.FIELD)
        told = frozenset((label.field, fold(slot.text)) for label, slot in cells if slot.filled)
        if told == self._told:
            return None
        self._told = told
        named = {label.field for label, _ in cells}
        return [*(one for one in self._unit if one[0].field not in named), *cells]

    def keeps(self, slot: Slot) -> bool:
        """Tell whether a cell still waits for an indicator."""
        return any(one.key == slot.key for _, one in self._waiting)

    def close(self) -> None:
        """Place what still waits for an indicator."""
        for _, slot in self._waiting:
            self._ledger.put(slot, Place.UNREAD)
        self._waiting = []

    def _tells_indicator(self, row: Row) -> bool:
        return any(slot.filled for at in self._own for slot in row.cells.get(at, ()))

    def _wait(self, cells: Outer, row: Row) -> None:
        """Keep a row without an indicator: the unit of the rows below, or a sum over them, which is not read."""
        self.close()
        self._waiting = self._take_unit([(label, slot) for label, slot in cells if slot.filled])
        if any(label.field.startswith("budget.") for label, _ in self._waiting):
            self._notices.append(note_total(row))
            self.close()

    def _take_unit(self, cells: Outer) -> Outer:
        """Take the unit whose projects stand below, where the name of either stands in one column; return the rest."""
        units = [slot for label, slot in cells if label.field == "project.name" and is_organization(slot.text)]
        if not units:
            return cells
        self._unit = [(_to_unit(label), slot) for label, slot in cells if label.field in _UNIT]
        for _, slot in self._unit:
            self._ledger.put(slot, Place.FIELD)
        return [one for one in cells if one[0].field not in _UNIT]

    def _begin_waiting(self, row: Row) -> Outer | None:
        """Return what waits when the first indicator below prints nothing beside itself."""
        taken = [*self._unit, *self._take_waiting(())] if self._waiting and self._tells_indicator(row) else []
        for _, slot in taken:
            self._ledger.put(slot, Place.FIELD)
        return taken or None

    def _take_waiting(self, cells: Sequence[tuple[Label, Slot]]) -> Outer:
        """Return the waiting cells whose columns a row does not print itself; the others are left unread."""
        printed_here = {label.field for label, _ in cells}
        taken = [(label, slot) for label, slot in self._waiting if label.field not in printed_here]
        self._waiting = [one for one in self._waiting if one not in taken]
        self.close()
        return taken
