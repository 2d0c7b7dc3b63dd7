"""Names of funds in one row over their figures in the next: 总额 | 中央 | 省级 over 185 | 120 | 65.

two rows ──FundsOver.read──▶ Draft, or nothing when a name or the place of a figure leaves a doubt
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perflint.reading.cell import shapes
from perflint.reading.cell.fold import list_keys
from perflint.reading.draft import Draft
from perflint.reading.form.template import Form, Label
from perflint.reading.label.fields import note_unit
from perflint.reading.label.words import LabelWords, name_fund_line
from perflint.reading.label.writer import LabelWriter
from perflint.reading.ledger import Ledger, Place
from perflint.reading.line import Line, Slot

_FUNDS = frozenset({"budget", "by_source", "by_use"})
_FEWEST = 2  # names, and figures


class _Rows(NamedTuple):
    """Two such rows: what heads them at the left, and each name with the figure below it, None for a blank."""

    heads: tuple[Slot, ...]
    pairs: tuple[tuple[Slot, Slot | None], ...]


class FundsOver:
    """Reads a row of names with the row of figures below it."""

    def __init__(self, form: Form, words: LabelWords, writer: LabelWriter, ledger: Ledger) -> None:
        self._form, self._words, self._writer, self._ledger = form, words, writer, ledger

    def read(self, line: Line, following: Line | None, draft: Draft) -> bool:
        """Read two such rows; tell whether they were some.

        Where a name is unknown, or two names mean one amount, no figure is read, and no amount is called blank: the
        figures are printed.
        """
        rows = self._pair_up(line, following) if following is not None and following.grid == line.grid else None
        if rows is None:
            return False
        labels = [self._name(name) for name, _ in rows.pairs]
        for slot in (*rows.heads, *(name for (name, _), label in zip(rows.pairs, labels, strict=True) if label)):
            note_unit(draft, slot.text, slot)
            self._ledger.put(slot, Place.CONTEXT)
        fields = {label.field for label in labels if label is not None}
        if len(fields) == len(labels):
            for (name, figure), label in zip(rows.pairs, labels, strict=True):
                self._write(name, figure, label, draft)
        return True

    def _pair_up(self, line: Line, following: Line) -> _Rows | None:
        """Return the two rows, None when they are others."""
        names, figures, heads = list(line.filled), list(following.filled), []
        if figures and self._is_amount(figures[0]):
            heads.append(figures.pop(0))
        if names and self._heads(names[0], following, heads):
            heads.append(names.pop(0))
        words = not any(shapes.is_figure(slot.text) for slot in names)
        if not words or len(figures) < _FEWEST or not all(shapes.is_figure(slot.text) for slot in figures):
            return None
        pairs = [(name, _list_below(name, figures)) for name in names]
        used = [figure.key for _, found in pairs for figure in found]
        straight = sorted(used) == sorted(figure.key for figure in figures) and all(
            len(found) < 2 for _, found in pairs
        )
        if not straight or not self._tell_of_funds(names, heads):
            return None
        return _Rows(tuple(heads), tuple((name, found[0] if found else None) for name, found in pairs))

    def _is_amount(self, slot: Slot) -> bool:
        """Tell whether a cell heads the figures right of it as amounts: 金额（万元）."""
        return not shapes.is_figure(slot.text) and any(_is_total(label) for label in self._words.match(slot))

    def _heads(self, slot: Slot, following: Line, heads: Sequence[Slot]) -> bool:
        """Tell whether the first cell of the names heads both rows: it reaches down, or stands over what does."""
        below = following.at(slot.column)
        tall = below is not None and below.key == slot.key
        over = any(head.column == slot.column for head in heads)
        return tall or over

    def _tell_of_funds(self, names: Sequence[Slot], heads: Sequence[Slot]) -> bool:
        known = [label for label in map(self._name, names) if label is not None]
        headed = any(self._words.is_fund(slot) or self._words.context_of(slot) in _FUNDS for slot in heads)
        return len(known) >= _FEWEST and (headed or any(self._words.is_fund(slot) for slot in names))

    def _name(self, slot: Slot) -> Label | None:
        """Return the amount that a cell names, None when it names none."""
        found = next((label for label in self._words.match(slot) if label.field.startswith("budget.")), None)
        if found is not None:
            return found
        if any(key in self._form.total_words for key in list_keys(slot.text)):
            return Label(field="budget.total", shape="amount", names=frozenset())
        line = name_fund_line(slot.text, "by_source", self._form)
        return None if line is None else Label(field=f"budget.{line}", shape="amount", names=frozenset())

    def _write(self, name: Slot, figure: Slot | None, label: Label | None, draft: Draft) -> None:
        if label is not None:
            text = figure.text if figure is not None else None
            self._writer.write((label,), text, figure or name, name.text, draft)


def _is_total(label: Label) -> bool:
    return label.field == "budget.total"


def _list_below(name: Slot, figures: Sequence[Slot]) -> list[Slot]:
    return [slot for slot in figures if slot.column < name.end and name.column < slot.end]
