"""Cells at the left that still say what stands right of them and below: context words and labels.

They stay in force for the rows below while the cells under them are blank or merged into them: 资金来源 over its lines,
所属专项 over 名称 and 金额.
"""

from __future__ import annotations

from collections.abc import Iterable

from perflint.reading.form.template import Label
from perflint.reading.line import Line, Slot
from perflint.record import dataclass

_MOST = 40  # cells in force; each cell of a row asks for all of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A context word, by its kind, or a label."""

    slot: Slot
    kind: str | None = None
    label: Label | None = None


class StandingCells:
    """The cells in force, one a column at the most; and the columns of sums for a whole period, not for the year."""

    def __init__(self) -> None:
        self._cells: dict[int, Standing] = {}
        self._period_columns: set[int] = set()
        self._has_period = False
        self._below_funds = False

    def clear(self) -> None:
        """Forget all: a new table begins."""
        self._cells.clear()
        self._period_columns.clear()
        self._has_period = False
        self._below_funds = False

    def put(self, standing: Standing) -> None:
        """Let a cell be in force in its column; of very many those farthest left no longer are."""
        self._cells[standing.slot.column] = standing
        if len(self._cells) > _MOST:
            del self._cells[min(self._cells)]

    def keep(self, line: Line) -> None:
        """Forget what no longer stands: printed anew, or without a cell where a column further left is printed anew."""
        renewed = False
        for column, standing in sorted(self._cells.items()):
            below = line.at(column)
            if below is not None and below.filled and below.key != standing.slot.key:
                del self._cells[column]
                renewed = True
            elif renewed and below is None:
                del self._cells[column]
        first = min(self._period_columns, default=0)
        if renewed and all(column >= first for column in self._cells) and not _goes_on(line, first):
            self._period_columns.clear()

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of context in force."""
        return frozenset(one.kind for one in self._cells.values() if one.kind is not None)

    @property
    def keys(self) -> frozenset[int]:
        """The running numbers of the cells in force."""
        return frozenset(one.slot.key for one in self._cells.values())

    def find(self, kind: str) -> Slot | None:
        """Return the cell of a kind that was put first, None when none is in force."""
        return next((one.slot for one in self._cells.values() if one.kind == kind), None)

    def list_left(self, slot: Slot) -> list[Standing]:
        """Return what stands left of a cell, the nearest last."""
        return [one for column, one in sorted(self._cells.items()) if column < slot.column]

    def note_funds(self, *, held: bool) -> None:
        """Take note whether the row that was read held amounts of the budget."""
        self._below_funds = held

    def follows_funds(self, slot: Slot) -> bool:
        """Tell whether a cell stands below a row with amounts of the budget, or right of one."""
        labels = (one.label for one in self.list_left(slot))
        return self._below_funds or any(label is not None and label.field.startswith("budget.") for label in labels)

    def add_period(self, slots: Iterable[Slot]) -> None:
        """Take the columns of these cells for sums of the whole period."""
        self._period_columns.update(slot.column for slot in slots)
        self._has_period = True

    @property
    def has_period(self) -> bool:
        """Whether the table has given a sum for the whole period."""
        return self._has_period

    def is_period(self, slot: Slot) -> bool:
        """Tell whether a cell stands in a column of such sums, or right of one."""
        return any(column in self._period_columns for column in (slot.column, slot.column - 1))


def _goes_on(line: Line, column: int) -> bool:
    """Tell whether a cell left of a column goes on from the row above: merged into this row, or blank in it."""
    left = line.slots[0] if line.slots and line.slots[0].column < column else None
    return left is not None and (left.covered or left.blank)
