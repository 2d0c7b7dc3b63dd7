"""Labels whose values stand in the row below.

row of labels ──ValuesBelow.begin──▶ pending ──resolve, with the next row──▶ Draft
"""

from __future__ import annotations

from collections.abc import Sequence

from perflint.language import say
from perflint.reading.cell import shapes
from perflint.reading.draft import Draft
from perflint.reading.form.template import Label
from perflint.reading.label.fields import accepts, note_unit
from perflint.reading.label.standing import StandingCells
from perflint.reading.label.words import LabelWords
from perflint.reading.label.writer import LabelWriter
from perflint.reading.ledger import Ledger, Place
from perflint.reading.line import Line, Slot
from perflint.record import dataclass

_PERIODS = ("goals.long_term", "goals.annual")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pending:
    """A label whose value is expected in the next row."""

    slot: Slot
    labels: tuple[Label, ...]


class ValuesBelow:
    """Keeps the labels of a row until the row below brings their values."""

    def __init__(self, words: LabelWords, standing: StandingCells, writer: LabelWriter, ledger: Ledger) -> None:
        self._words, self._standing, self._writer, self._ledger = words, standing, writer, ledger
        self._pending: list[_Pending] = []

    def clear(self) -> None:
        """Wait for nothing any more."""
        self._pending = []

    def is_label_row(self, line: Line, following: Line | None) -> bool:
        """Tell whether the row holds labels only, with their values in the row below."""
        named = [slot for slot in line.filled if self._is_waiting(slot, line)]
        others = self._list_loose(line)
        if not named or following is None or following.grid != line.grid:
            return False
        alone = len(named) == 1 and not self._fills_row(named[0], line) and not self._stands_over(named[0], line)
        if alone and not self._leads(named[0], line, following):
            return False
        if any(self._has_value_beside(slot, line) for slot in named):
            return False
        loose = all(shapes.is_figure(slot.text) for slot in others) and len(named) > len(others)
        return loose and self._holds_values(following, named)

    def _list_loose(self, line: Line) -> list[Slot]:
        """Return the cells that are neither labels nor head the rows beside them."""
        return [slot for slot in line.filled if self._words.is_loose(slot) and not _stands_beside(slot, line)]

    def _is_waiting(self, slot: Slot, line: Line) -> bool:
        if not self._words.match(slot):
            return False
        neighbour = _find_neighbour(slot, line)
        if neighbour is None or not neighbour.filled or not self._words.is_label(neighbour):
            return True
        if self._words.is_goal(slot) and (self._words.is_goal(neighbour) or self._words.is_unread(neighbour)):
            return slot is not line.filled[0] or self._are_periods(line.filled)
        return not self._words.context_of(slot)

    def _are_periods(self, slots: Sequence[Slot]) -> bool:
        """Tell whether two cells are the goals of two periods, 中期目标 and 年度目标: neither heads the other."""
        fields = [{label.field for label in self._words.match(slot)} for slot in slots]
        return len(fields) == len(_PERIODS) and all(one in found for one, found in zip(_PERIODS, fields, strict=True))

    def _has_value_beside(self, slot: Slot, line: Line) -> bool:
        neighbour = _find_neighbour(slot, line)
        if neighbour is not None and neighbour.blank and not line.spans_known:
            neighbour = next((one for one in line.walk_from(slot.column + 1) if one.filled), None)
        if neighbour is None or neighbour.blank or self._words.is_label(neighbour):
            return False
        return any(accepts(label, neighbour.text) for label in self._words.match(slot))

    def _fills_row(self, slot: Slot, line: Line) -> bool:
        return line.spans_known and slot.end >= line.columns and len(line.filled) == 1

    def _stands_over(self, slot: Slot, line: Line) -> bool:
        """A single label among context words (资金总额 | 按收入性质分): its value stands in the row below."""
        contexts = [one for one in line.filled if one is not slot and self._words.context_of(one)]
        return bool(contexts) and len(contexts) + 1 == len(line.filled) and slot is not line.filled[-1]

    def _leads(self, slot: Slot, line: Line, following: Line) -> bool:
        """A goal at the end of its row, where places are lost: a text alone in the row below is its value."""
        alone = len(following.filled) == 1 and not self._words.is_label(following.filled[0])
        return not line.spans_known and self._words.is_goal(slot) and slot is line.filled[-1] and alone

    def _holds_values(self, following: Line, named: Sequence[Slot]) -> bool:
        filled = following.filled
        if not filled:
            return bool(following.slots) and all(self._words.is_point(slot) for slot in named)
        if len(filled) == 1 and len(named) > 1 and not shapes.is_figure(filled[0].text):
            return False  # a heading over the rows below: 资金信息
        labels = [slot for slot in filled if self._words.is_label(slot)]
        return len(labels) < len(filled) or len(named) == 1

    def begin(self, line: Line, draft: Draft) -> None:
        """Take the labels of a row; a value among them is that of the label still open from the row above."""
        loose = self._list_loose(line)
        older = [one for one in self._pending if any(accepts(label, "1") for label in one.labels)]
        if len(older) == 1 and len(loose) == 1:
            self._note_displaced(loose[0])
            self._write(older[0], loose[0], draft)
        answered = any(self._ledger.has(slot) for slot in loose)
        self._pending = [] if answered else [one for one in self._pending if _is_still_open(one, line)]
        for slot in line.filled:
            if slot in loose:
                continue
            if self._is_waiting(slot, line):
                self._pending.append(_Pending(slot=slot, labels=self._words.match(slot)))
            else:
                self._words.stand_context(slot)
                note_unit(draft, slot.text, slot)
            self._ledger.put(slot, Place.CONTEXT)

    def resolve(self, line: Line, draft: Draft) -> bool:
        """Give the pending labels the values of this row; tell whether the row was used up."""
        if not self._pending or not (line.filled or self._waits_for_points()):
            return False
        standing = self._standing.keys
        values = [slot for slot in line.filled if slot.key not in standing]
        labels = [slot for slot in values if self._words.is_label(slot)]
        if labels and len(labels) * 2 >= len(values):
            return False
        matched = self._pair_up(line, values)
        if matched is None:
            self._take_figures(line, values, draft)
            return False
        for one, slot in matched:
            self._write(one, slot, draft)
        self._pending = []
        return True

    def _take_figures(self, line: Line, values: Sequence[Slot], draft: Draft) -> None:
        """Give the pending labels the figures below them when the rest of the row are labels with their own values."""
        below = [(one, _find_below(one.slot, values)) for one in self._pending]
        if not line.spans_known and len(self._pending) == 1:
            below = [(self._pending[0], values[0])]  # where places are lost, a figure in front of all labels
        found = [(one, slot) for one, slot in below if slot is not None and shapes.is_figure(slot.text)]
        rest = [slot for slot in values if all(slot is not taken for _, taken in found)]
        if len(found) == len(self._pending) and rest and self._words.is_label(rest[0]):
            for one, slot in found:
                self._write(one, slot, draft)

    def _waits_for_points(self) -> bool:
        """Points of a payment plan may all be printed blank; other labels wait for a row that prints something."""
        return all(self._words.is_point(one.slot) for one in self._pending)

    def _pair_up(self, line: Line, values: Sequence[Slot]) -> list[tuple[_Pending, Slot | None]] | None:
        """Pair pending labels with the cells below them; by order where places are lost and the numbers agree."""
        if not line.spans_known and self._is_headed(len(values)):
            self._pending = self._pending[1:]
        if len(values) == len(self._pending) + 1 and all(map(self._words.is_goal, (values[0], *self._list_waiting()))):
            self._words.stand_context(values[0])  # 总体目标 beside both goals, whose labels stand in the row above
            self._ledger.put(values[0], Place.CONTEXT)
            values = values[1:]
        below = [(one, _find_below(one.slot, values)) for one in self._pending]
        used = {slot.key for _, slot in below if slot is not None}
        if all(slot.key in used for slot in values):
            return below
        if not line.spans_known and len(values) == len(self._pending):
            for slot in values[:1]:
                self._note_displaced(slot)
            return list(zip(self._pending, values, strict=True))
        return None

    def _list_waiting(self) -> list[Slot]:
        return [one.slot for one in self._pending]

    def _is_headed(self, count: int) -> bool:
        """Tell whether the first label heads the others: 总体目标完成情况, 预期目标, 实际完成情况 over two texts."""
        first, *others = (one.slot for one in self._pending)
        aims = all(self._words.is_goal(slot) or self._words.is_unread(slot) for slot in (first, *others))
        return aims and len(others) == count > 1 and any(map(self._words.is_goal, others))

    def _write(self, one: _Pending, value: Slot | None, draft: Draft) -> None:
        text = None if value is None else value.text
        self._writer.write(one.labels, text, value or one.slot, one.slot.text, draft)

    def _note_displaced(self, slot: Slot) -> None:
        shown = slot.text.strip()[:20]
        text = say(f"“{shown}”不在它的栏目下面，按先后顺序读", f"{shown} does not stand under its label; read by order")
        self._writer.note("row_displaced", text, slot)


def _find_neighbour(slot: Slot, line: Line) -> Slot | None:
    """Return the cell right of one that begins in this row, blank ones included."""
    return next((one for one in line.walk_from(slot.end) if not one.covered), None)


def _stands_beside(slot: Slot, line: Line) -> bool:
    """Tell whether a cell at the beginning of a row reaches down beside the rows below: it heads them."""
    return line.spans_known and slot is line.filled[0] and slot.height > 1


def _find_below(label: Slot, values: Sequence[Slot]) -> Slot | None:
    return next((slot for slot in values if slot.column < label.end and label.column < slot.end), None)


def _is_still_open(one: _Pending, line: Line) -> bool:
    """A label that reaches down into this row, or has a blank below it, still waits for its value."""
    below = line.at(one.slot.column)
    return below is not None and (below.key == one.slot.key or below.blank)
