"""Write the values of labels, each for the first label that takes it; what nobody takes stays for ``unread``.

labels + value ──LabelWriter.write──▶ Draft, Ledger, notices
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from perflint.language import say
from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold, list_brackets, tidy
from perflint.reading.draft import Draft, Notice, Path, Rest
from perflint.reading.form.inline import Pair, split_inline
from perflint.reading.form.template import Form, Label
from perflint.reading.header.words import read_section
from perflint.reading.label.fields import accepts, name_line, note_unit, write_field
from perflint.reading.label.standing import StandingCells
from perflint.reading.layout.titles import read_bare_year
from perflint.reading.ledger import Ledger, Place
from perflint.reading.line import Slot

_TOTAL = "budget.total"
_PARTS = ("budget.by_source.", "budget.by_use.")
_NUMBERED = re.compile(r"\s*(?:[（(][一二三四五六七八九\d][)）]|[一二三四五六七八九\d][、.．])")
_COLON = re.compile("[:：]")
_FARTHER = re.compile(r"\s{3,}|\s+(?=公开\s*\d+\s*表|[^:：\s]{2,12}[:：]\s*$)")


class _Total(NamedTuple):
    """The sum of a table that was written last, the label it stands under, and its parts below it."""

    draft: Draft
    slot: Slot
    heading: str
    parts: list[tuple[Path, Slot]]


class LabelWriter:
    """Writes to drafts.

    Attributes:
        notices, rests: What is left over.
        known: By the number of a cell, the label of a value that the document has no place for.
    """

    def __init__(self, form: Form, ledger: Ledger, standing: StandingCells) -> None:
        self._form, self._ledger, self._standing = form, ledger, standing
        self.notices: list[Notice] = []
        self.rests: list[Rest] = []
        self.known: dict[int, str] = {}
        self._total: _Total | None = None

    def note(self, code: str, text: str, slot: Slot) -> None:
        self.notices.append(Notice(code, text, slot.origin))

    def write(self, labels: Sequence[Label], text: str | None, slot: Slot, heading: str, draft: Draft) -> None:
        """Write a value for the first label that takes it, None for a printed blank.

        Args:
            slot: where the value stands.
            heading: the label as printed.
        """
        label = next((one for one in labels if text is None or accepts(one, text)), None)
        if label is not None and label.field == "unread":
            if not shapes.is_figure(slot.text):  # which may as well be a sum that should have been read
                self.known[slot.key] = name_line(heading)
            return
        if label is None or self._is_period(slot, label):
            return
        if label.field == "payment_plan.points":
            self._write_point(text, slot, heading, draft)
            return
        full = self._full_heading(heading, slot) if label.field.startswith("goals.") else heading
        notice = write_field(draft, label, text, slot, full)
        if notice is not None and not self._replace_total(label, text or "", slot, heading, draft):
            self.notices.append(notice)
        elif text is not None:
            self._ledger.put(slot, Place.FIELD)
            if label.field == _TOTAL:
                self._total = _Total(draft, slot, heading, [])
            elif self._total is not None and label.field.startswith(_PARTS):
                self._total.parts.append((tuple(label.field.split(".")), slot))

    def _replace_total(self, label: Label, text: str, slot: Slot, heading: str, draft: Draft) -> bool:
        """Let the sum of the year take the place of the one for the whole project; tell whether it did.

        What was read since are the parts of that sum, and none of the year's.
        """
        known = self._total
        if label.field != _TOTAL or known is None or known.draft is not draft:
            return False
        if self._names_year(known.heading) or not self._names_year(heading):
            return False
        self._ledger.give_up(known.slot)
        shown, other = text.strip()[:40], known.slot.text.strip()[:40]
        told = say(
            f"资金总额有两个值，取写明年度的 {shown}；{other} 没有读",
            f"two sums: {shown}, which is said to be the year's, is taken; {other} is not read",
        )
        self.note("year_preferred", told, slot)
        draft.replace(("budget", "total"), tidy(text), slot)
        for path, part in known.parts:
            self._ledger.give_up(part)
            draft.remove(path)
        return True

    def _names_year(self, heading: str) -> bool:
        return read_section(heading, self._form) == "annual"

    def write_text(self, slot: Slot, draft: Draft) -> bool:
        """Write what the labels inside one text say; tell whether there were any."""
        inline = split_inline(slot.text, self._form)
        if not inline.pairs:
            return False
        line = slot.text if len(inline.pairs) == 1 else ""
        for pair in inline.pairs:
            self._write_inline(pair, slot, draft, line)
        if inline.rest is not None and not self._write_year(inline.rest, slot, draft):
            self.rests.append(Rest(inline.rest, slot))
        self._ledger.put(slot, Place.FIELD)
        return True

    def _write_year(self, text: str, slot: Slot, draft: Draft) -> bool:
        year = read_bare_year(text)
        return year is not None and draft.set(("fiscal_year",), year, slot)

    def _write_inline(self, pair: Pair, slot: Slot, draft: Draft, line: str) -> None:
        value = pair.value
        fitting = [label for label in pair.labels if value is None or accepts(label, value)]
        if not fitting or fitting[0].field == "unread":
            if value is not None:
                self.rests.append(Rest(value, slot, name_line(pair.heading) if fitting else None))
            return
        label, heading = fitting[0], ""
        if label.shape == "name" and value is not None:
            value, rest = _part_name(value)
            if rest is not None:
                self.rests.append(Rest(rest, slot))
        if label.field == _TOTAL and draft.get(("budget", "total")) is not None and _NUMBERED.match(line):
            # A line of a list below the sum, 一、预算资金, and no second sum.
            heading = name_line(_COLON.split(line, maxsplit=1)[0])
            label = Label(field=f"budget.by_source.x-{fold(heading)}", shape="amount", names=frozenset())
        if label.shape == "amount":
            note_unit(draft, pair.heading, slot)
        notice = write_field(draft, label, value, slot, heading)
        if notice is not None:
            self.notices.append(notice)
            self.rests.append(Rest(value or "", slot))

    def _is_period(self, slot: Slot, label: Label) -> bool:
        """Tell whether an amount is one for a whole period, which is no amount of the year."""
        return label.field.startswith("budget.") and self._standing.is_period(slot)

    def _full_heading(self, heading: str, slot: Slot) -> str:
        left = [one.slot for one in self._standing.list_left(slot) if one.kind == "goals"]
        words = [one.text.strip() for one in left if one.text.strip() != heading.strip()]
        return " ".join([*words, heading.strip()])

    def _write_point(self, text: str | None, slot: Slot, heading: str, draft: Draft) -> None:
        plan = draft.data.setdefault("payment_plan", {})
        lead = self._standing.find("payment_plan")
        remarks = list_brackets(lead.text) if lead is not None else ()
        if remarks:
            plan.setdefault("header_unit", remarks[0])
        points = plan.setdefault("points", [])
        points.append({"label": heading.strip(), "amount": None if text is None else text.strip()})
        draft.origins[f"/payment_plan/points/{len(points) - 1}/amount"] = slot.origin
        self._ledger.put(slot, Place.FIELD if text is not None else Place.CONTEXT)


def _part_name(value: str) -> tuple[str, str | None]:
    """Return the name of a unit, and what a line prints farther right: a mark of the form, a label no form knows."""
    found = _FARTHER.search(value)
    return (value, None) if found is None else (value[: found.start()], value[found.end() :])
