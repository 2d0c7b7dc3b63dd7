"""Whether a cell is a label or a context word, by the form and by what stands left of it.

Slot ──LabelWords.match──▶ Label …
"""

from __future__ import annotations

import re

from perflint.reading.cell import shapes
from perflint.reading.cell.fold import drop_brackets, fold, fold_label, list_keys
from perflint.reading.form.inline import split_inline
from perflint.reading.form.template import Form, Label
from perflint.reading.header.words import list_shorter
from perflint.reading.label.standing import Standing, StandingCells
from perflint.reading.line import Line, Slot

_LONG = 60
_YEAR = re.compile(r"(?:19|20)\d{2}年?度?")
_POINTS = "payment_plan.points"
_TOTAL = "budget.total"
_SHORTENED = ("budget.", "goals.", "duties", "organization.", "unread")  # fields whose labels may be longer in front
_FUNDS = frozenset({"budget", "by_source", "by_use"})
LONGEST_LINE = 14
"""Characters of the name of a line of funds that no form names."""
_FEWEST = 3  # characters that must be left of such a label


class LabelWords:
    """Tells labels and context words from values."""

    def __init__(self, form: Form, standing: StandingCells) -> None:
        self._form, self._standing = form, standing
        self._year: int | None = None

    def note_year(self, year: int | None) -> None:
        """Take note of the year the table is of: amounts with it in their label are its own."""
        self._year = year

    def match(self, slot: Slot) -> tuple[Label, ...]:
        """Return the labels a cell may be, those of a context in force first; empty when it is none."""
        if len(slot.text) > _LONG:
            return ()
        kinds = self._standing.kinds
        for key in self._list_keys(slot.text):
            found = self._form.labels_by_name.get(key, ())
            inner = tuple(label for label in found if label.within in kinds)
            usable = inner or tuple(label for label in found if label.within is None)
            if usable:
                return usable
        if found := self._match_dated(slot.text) or self._match_shorter(slot.text):
            return found
        if "payment_plan" in kinds and shapes.is_period_point(slot.text):
            return (Label(field=_POINTS, shape="figure", names=frozenset()),)
        return self._match_fund_line(slot, kinds)

    def _match_fund_line(self, slot: Slot, kinds: frozenset[str]) -> tuple[Label, ...]:
        """Return the label of a line among the funds that no form names, by how it ends: 上年结转, 县级配套资金."""
        if (not kinds & _FUNDS and not self._standing.follows_funds(slot)) or self.context_of(slot):
            return ()
        if any(key in self._form.total_words for key in list_keys(slot.text)):
            name: str | None = "expenditure_total" if "by_use" in kinds else "total"
        else:
            name = name_fund_line(slot.text, "by_use" if "by_use" in kinds else "by_source", self._form)
        return () if name is None else (Label(field=f"budget.{name}", shape="amount", names=frozenset()),)

    def _match_dated(self, text: str) -> tuple[Label, ...]:
        """Return the goal or the sum a label with a year in front names; a sum of another year is none of the table."""
        found = _YEAR.match(fold(text))
        if found is None:
            return ()
        own = self._year is not None and int(found.group()[:4]) == self._year
        bare = ("年度" + key[found.end() :] for key in list_keys(text) if _YEAR.match(key))
        labels = (one for key in bare for one in self._form.labels_by_name.get(key, ()) if one.within is None)
        return tuple(one for one in labels if one.field.startswith("goals.") or (own and one.field == _TOTAL))

    def _match_shorter(self, text: str) -> tuple[Label, ...]:
        """Return the labels of a text whose first words only say whose or which year's it is: 当年整体绩效目标."""
        words = self._form.label_words
        shorter = (short for key in list_keys(text) for short in list_shorter(key, words, years=False))
        for key in shorter:
            found = self._form.labels_by_name.get(key, ()) if len(key) >= _FEWEST else ()
            if usable := tuple(one for one in found if one.within is None and one.field.startswith(_SHORTENED)):
                return usable
        return ()

    def _list_keys(self, text: str) -> tuple[str, ...]:
        """Return the keys of a label cell; a context word before a colon is left out: 资金来源：（1）财政拨款."""
        head, colon, tail = text.replace("：", ":").partition(":")
        leads = bool(colon) and any(key in self._form.contexts for key in list_keys(head))
        return (*list_keys(text), *(list_keys(tail) if leads else ()))

    def context_of(self, slot: Slot) -> str | None:
        """Return the kind of context a cell names (资金来源 …), None when it names none."""
        if len(slot.text) > _LONG:
            return None
        keys = list_keys(slot.text)
        # A label as it stands is no longer name of a context: 单位资金 names funds of the unit, not the block of funds.
        named = any(key in self._form.labels_by_name for key in keys)
        words = () if named else self._form.label_words
        longer = (short for key in keys for short in list_shorter(key, words, years=False))
        known = (self._form.contexts[key] for key in (*keys, *longer) if key in self._form.contexts)
        return next(known, None)

    def is_label(self, slot: Slot) -> bool:
        """Tell whether a cell is a label, a context word, or a text with an inline label at its start."""
        if self.match(slot) or self.context_of(slot):
            return True
        if len(slot.text) > _LONG:
            return False
        inline = split_inline(slot.text, self._form)
        return bool(inline.pairs) and inline.rest is None

    def is_loose(self, slot: Slot) -> bool:
        """Tell whether a cell is neither label nor context word."""
        return not self.match(slot) and not self.context_of(slot)

    def is_goal(self, slot: Slot) -> bool:
        return any(label.field.startswith("goals.") for label in self.match(slot))

    def is_fund(self, slot: Slot) -> bool:
        """Tell whether a cell names an amount of the budget."""
        return any(label.field.startswith("budget.") for label in self.match(slot))

    def heads_funds(self, slot: Slot, line: Line) -> bool:
        """Tell whether a word that may be the label of an amount heads words beside it: 项目资金 | 合计."""
        beside = next(line.walk_from(slot.end), None)
        worded = beside is not None and beside.filled and not shapes.is_figure(beside.text)
        return worded and self.context_of(slot) in _FUNDS

    def is_unread(self, slot: Slot) -> bool:
        """Tell whether a cell is a label whose value the document has no place for."""
        return any(label.field == "unread" for label in self.match(slot))

    def is_point(self, slot: Slot) -> bool:
        """Tell whether a cell is a point of a payment plan (3月, 第一季度)."""
        return any(label.field == _POINTS for label in self.match(slot))

    def stand_context(self, slot: Slot) -> None:
        """Let a context word be in force from here on."""
        self._standing.put(Standing(slot=slot, kind=self.context_of(slot)))


def name_fund_line(text: str, side: str, form: Form) -> str | None:
    """Return the place below ``budget`` of a line that no label names, by how it ends: 上年结转; None for other texts.

    2025年安排 names the time of an amount, not where it comes from.
    """
    name = fold_label(drop_brackets(text))
    if len(name) > LONGEST_LINE or _YEAR.match(name) or not name.endswith(form.fund_ends.get(side, ())):
        return None
    return f"{side}.x-{name}"
