"""Label cells and their values: beside them, below them, or in the same cell.

    Line ──LabelReader.read──▶ Draft; what is no label and no value stays for others (and in the end is ``unread``)

Cells to the left stay in force for the rows below while the cells under them are blank or merged into them: 资金来源
over its lines, 所属专项 over 名称 and 金额.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from perflint.language import say
from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold, list_brackets, list_keys
from perflint.reading.draft import Draft, Notice
from perflint.reading.form.inline import split_inline
from perflint.reading.form.template import Form, Label
from perflint.reading.label.fields import accepts, append_text, note_unit, write_field, write_task
from perflint.reading.layout.titles import read_bare_year
from perflint.reading.ledger import Ledger, Place
from perflint.reading.line import Line, Slot
from perflint.record import dataclass

_LONG = 60
_YEAR = re.compile(r"(?:19|20)\d{2}年?度?")
_FIGURES = frozenset({"amount", "figure"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A cell that still says what stands right of it and below: a context word or a label."""

    slot: Slot
    kind: str | None = None
    label: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A label whose value is expected in the next row."""

    slot: Slot
    labels: tuple[Label, ...]


class LabelReader:
    """Reads label rows of one table after another. ``notices`` and ``rests`` collect what is left over."""

    def __init__(self, form: Form, ledger: Ledger) -> None:
        self._form, self._ledger = form, ledger
        self.notices: list[Notice] = []
        self.rests: list[tuple[str, Slot]] = []
        self._standing: dict[int, Standing] = {}
        self._pending: list[Pending] = []
        self._period_columns: set[int] = set()

    def reset(self) -> None:
        """Forget what stands to the left: a new table begins."""
        self._standing.clear()
        self._period_columns.clear()
        self._pending.clear()

    def stand(self, slots: Sequence[Slot]) -> None:
        """Take note of context cells that somebody else placed (the cell beside a list)."""
        for slot in slots:
            self._standing[slot.column] = Standing(slot=slot, kind=self._context_of(slot))

    def list_kinds(self) -> tuple[str, ...]:
        """Return the kinds of context in force, left to right."""
        return tuple(one.kind for _, one in sorted(self._standing.items()) if one.kind)

    def match(self, slot: Slot) -> tuple[Label, ...]:
        """Return the labels a cell may be, those of a context in force first; empty when it is none."""
        if len(slot.text) > _LONG:
            return ()
        kinds = {one.kind for one in self._standing.values()}
        for key in self._list_keys(slot.text):
            found = self._form.labels_by_name.get(key, ())
            inner = tuple(label for label in found if label.within in kinds and label.within is not None)
            usable = inner or tuple(label for label in found if label.within is None)
            if usable:
                return usable
        if goals := self._match_dated(slot.text):
            return goals
        if "payment_plan" in kinds and shapes.is_period_point(slot.text):
            return (Label(field="payment_plan.points", shape="figure", names=frozenset()),)
        return ()

    def _match_dated(self, text: str) -> tuple[Label, ...]:
        """Return the goal a label with a year in front names: 2025年度目标. Amounts of a year may be earlier ones."""
        bare = _YEAR.sub("年度", fold(text), count=1) if _YEAR.match(fold(text)) else ""
        return tuple(one for one in self._form.labels_by_name.get(bare, ()) if one.field.startswith("goals."))

    def _list_keys(self, text: str) -> tuple[str, ...]:
        """Return the keys of a label cell; a context word before a colon is left out: 资金来源：（1）财政拨款."""
        head, colon, tail = text.replace("：", ":").partition(":")
        leads = bool(colon) and any(key in self._form.contexts for key in list_keys(head))
        return (*list_keys(text), *(list_keys(tail) if leads else ()))

    def is_label(self, slot: Slot) -> bool:
        """Tell whether a cell is a label, a context word, or a text with an inline label at its start."""
        if self.match(slot) or self._context_of(slot):
            return True
        if len(slot.text) > _LONG:
            return False
        inline = split_inline(slot.text, self._form)
        return bool(inline.pairs) and inline.rest is None

    def read(self, line: Line, draft: Draft, following: Line | None) -> bool:
        """Read a row of labels and values; tell whether anything in it was understood."""
        self._keep_standing(line)
        for slot in line.filled:
            if self._context_of(slot) and not self.match(slot):
                self._stand_context(slot)
        if self._pending and (line.filled or self._waits_for_points()) and self._resolve(line, draft):
            return True
        if self._is_label_row(line, following):
            self._begin_pending(line, draft)
            return True
        if line.filled:
            self._pending = []
        return self._read_pairs(line, draft)

    def read_text(self, slot: Slot, draft: Draft) -> bool:
        """Read the labels inside one text; tell whether there were any."""
        inline = split_inline(slot.text, self._form)
        if not inline.pairs:
            return False
        for labels, value in inline.pairs:
            self._write_inline(labels, value, slot, draft)
        if inline.rest is not None and not self._read_year(inline.rest, slot, draft):
            self.rests.append((inline.rest, slot))
        self._ledger.put(slot, Place.FIELD)
        return True

    def _read_year(self, text: str, slot: Slot, draft: Draft) -> bool:
        year = read_bare_year(text)
        return year is not None and draft.set(("fiscal_year",), year, slot)

    # cells that stay in force

    def _keep_standing(self, line: Line) -> None:
        """Forget what no longer stands: printed anew, or without a cell where a column further left is printed anew."""
        renewed = False
        for column, standing in sorted(self._standing.items()):
            below = line.at(column)
            if below is not None and below.filled and below.key != standing.slot.key:
                del self._standing[column]
                renewed = True
            elif renewed and below is None:
                del self._standing[column]
        if renewed and all(column >= min(self._period_columns, default=0) for column in self._standing):
            self._period_columns.clear()

    def _context_of(self, slot: Slot) -> str | None:
        if len(slot.text) > _LONG:
            return None
        return next((self._form.contexts[key] for key in list_keys(slot.text) if key in self._form.contexts), None)

    # values below their labels

    def _is_label_row(self, line: Line, following: Line | None) -> bool:
        """Tell whether the row holds labels only, with their values in the row below."""
        named = [slot for slot in line.filled if self._is_waiting(slot, line)]
        others = [slot for slot in line.filled if not self.match(slot) and not self._context_of(slot)]
        if not named or following is None or following.grid != line.grid:
            return False
        alone = len(named) == 1 and not self._fills_row(named[0], line) and not self._stands_over(named[0], line)
        if alone and not self._leads(named[0], line, following):
            return False
        if any(self._has_value_beside(slot, line) for slot in named):
            return False
        loose = all(shapes.is_figure(slot.text) for slot in others) and len(named) > len(others)
        return loose and self._holds_values(following, named)

    def _is_waiting(self, slot: Slot, line: Line) -> bool:
        if not self.match(slot):
            return False
        neighbour = next((one for one in line.slots if one.column >= slot.end and not one.covered), None)
        if neighbour is None or not neighbour.filled or not self.is_label(neighbour):
            return True
        if self._is_goal(slot) and self._is_goal(neighbour):
            return slot is not line.filled[0]
        return not self._context_of(slot)

    def _is_goal(self, slot: Slot) -> bool:
        return any(label.field.startswith("goals.") for label in self.match(slot))

    def _has_value_beside(self, slot: Slot, line: Line) -> bool:
        neighbour = next((one for one in line.slots if one.column >= slot.end and not one.covered), None)
        if neighbour is None or neighbour.blank or self.is_label(neighbour):
            return False
        return any(accepts(label, neighbour.text) for label in self.match(slot))

    def _fills_row(self, slot: Slot, line: Line) -> bool:
        return line.spans_known and slot.end >= line.columns and len(line.filled) == 1

    def _stands_over(self, slot: Slot, line: Line) -> bool:
        """A single label among context words (资金总额 | 按收入性质分): its value stands in the row below."""
        contexts = [one for one in line.filled if one is not slot and self._context_of(one)]
        return (bool(contexts) and len(contexts) + 1 == len(line.filled) and slot is not line.filled[-1]) or False

    def _leads(self, slot: Slot, line: Line, following: Line) -> bool:
        """A goal at the end of its row, where places are lost: a text alone in the row below is its value."""
        alone = len(following.filled) == 1 and not self.is_label(following.filled[0])
        return not line.spans_known and self._is_goal(slot) and slot is line.filled[-1] and alone

    def _holds_values(self, following: Line, named: Sequence[Slot]) -> bool:
        filled = following.filled
        if not filled:
            return bool(following.slots) and all(self._is_point(slot) for slot in named)
        labels = [slot for slot in filled if self.is_label(slot)]
        return len(labels) < len(filled) or len(named) == 1

    def _is_point(self, slot: Slot) -> bool:
        return any(label.field == "payment_plan.points" for label in self.match(slot))

    def _waits_for_points(self) -> bool:
        """Points of a payment plan may all be printed blank; other labels wait for a row that prints something."""
        return all(self._is_point(one.slot) for one in self._pending)

    def _begin_pending(self, line: Line, draft: Draft) -> None:
        loose = [slot for slot in line.filled if not self.match(slot) and not self._context_of(slot)]
        older = [one for one in self._pending if any(accepts(label, "1") for label in one.labels)]
        for slot in loose:
            if len(older) == 1 and len(loose) == 1:
                self._displaced(slot)
                self._write(older[0].labels, slot.text, slot, older[0].slot.text, draft)
        answered = any(self._ledger.has(slot) for slot in loose)
        self._pending = [] if answered else [one for one in self._pending if self._is_still_open(one, line)]
        for slot in line.filled:
            if slot in loose:
                continue
            if self._is_waiting(slot, line):
                self._pending.append(Pending(slot=slot, labels=self.match(slot)))
            else:
                self._stand_context(slot)
                note_unit(draft, slot.text, slot)
            self._ledger.put(slot, Place.CONTEXT)

    def _is_still_open(self, one: Pending, line: Line) -> bool:
        """A label that reaches down into this row, or has a blank below it, still waits for its value."""
        below = line.at(one.slot.column)
        return below is not None and (below.key == one.slot.key or below.blank)

    def _resolve(self, line: Line, draft: Draft) -> bool:
        """Give the pending labels the values of this row; tell whether the row was used up."""
        pending, standing = self._pending, {one.slot.key for one in self._standing.values()}
        values = [slot for slot in line.filled if slot.key not in standing]
        labels = [slot for slot in values if self.is_label(slot)]
        if labels and len(labels) * 2 >= len(values):
            return False
        matched = self._pair_up(line, values, pending)
        if matched is None:
            return False
        for one, slot in matched:
            if slot is None:
                self._write(one.labels, None, one.slot, one.slot.text, draft)
            else:
                self._write(one.labels, slot.text, slot, one.slot.text, draft)
        self._pending = []
        return True

    def _pair_up(
        self, line: Line, values: Sequence[Slot], pending: Sequence[Pending]
    ) -> list[tuple[Pending, Slot | None]] | None:
        """Pair pending labels with the cells below them; by order where places are lost and the numbers agree."""
        below = [(one, self._below(one.slot, values)) for one in pending]
        used = {slot.key for _, slot in below if slot is not None}
        if all(slot.key in used for slot in values):
            return below
        if not line.spans_known and len(values) == len(pending):
            for slot in values[:1]:
                self._displaced(slot)
            return list(zip(pending, values, strict=True))
        return None

    def _below(self, label: Slot, values: Sequence[Slot]) -> Slot | None:
        return next((slot for slot in values if slot.column < label.end and label.column < slot.end), None)

    def _displaced(self, slot: Slot) -> None:
        shown = slot.text.strip()[:20]
        text = say(f"“{shown}”不在它的栏目下面，按先后顺序读", f"{shown} does not stand under its label; read by order")
        self.notices.append(Notice("row_displaced", text, slot.origin))

    # values beside their labels

    def _read_pairs(self, line: Line, draft: Draft) -> bool:
        slots = [slot for slot in line.slots if not slot.covered]
        understood, at = False, 0
        while at < len(slots):
            step = self._read_cell(slots, at, line, draft) if slots[at].filled else 0
            understood = understood or step > 0
            at += max(step, 1)
        return understood

    def _read_cell(self, slots: Sequence[Slot], at: int, line: Line, draft: Draft) -> int:
        """Read the cell at a place, with its value if it has one; return how many cells were used, 0 for none."""
        slot = slots[at]
        if self._ledger.has(slot):
            return 1
        following = slots[at + 1] if at + 1 < len(slots) else None
        labels = self.match(slot)
        if self._context_of(slot) and (not labels or self._is_heading(following)):
            self._ledger.put(slot, Place.CONTEXT)
            self._stand_context(slot)
            note_unit(draft, slot.text, slot)
            return 1
        if labels and self._is_goal(slot) and following is not None and following.filled and self._is_goal(following):
            self._ledger.put(slot, Place.CONTEXT)
            self._stand_context(slot)
            return 1
        if labels:
            return self._read_pair(slot, labels, following, line, draft)
        if self.read_text(slot, draft):
            return 1
        return 1 if self._read_loose(slot, line, draft) else 0

    def _is_heading(self, following: Slot | None) -> bool:
        """A word that is both context and label is a context when a label or a context follows it."""
        return following is None or (following.filled and self.is_label(following))

    def _read_pair(
        self, slot: Slot, labels: tuple[Label, ...], following: Slot | None, line: Line, draft: Draft
    ) -> int:
        self._ledger.put(slot, Place.CONTEXT)
        self._standing[slot.column] = Standing(slot=slot, label=labels[0], kind=self._context_of(slot))
        if following is None or (_is_open(slot) and _is_open(following) and self.match(following)):
            if _is_open(slot):
                self._write(labels[:1], None, slot, slot.text, draft)
            return 1
        if following.blank:
            return self._read_beyond(slot, labels, line, draft)
        fitting = tuple(label for label in labels if accepts(label, following.text))
        if not fitting or (fitting[0].shape != "text" and self.match(following)):
            return 1
        self._note_period(slot, fitting[0], following)
        if fitting[0].field == "unread":
            return 2
        self._write(fitting, following.text, following, slot.text, draft)
        return 2

    def _read_beyond(self, slot: Slot, labels: tuple[Label, ...], line: Line, draft: Draft) -> int:
        """Read the value of a label with a blank beside it: blank, unless what follows can belong to nothing else."""
        later = [one for one in line.slots if one.column > slot.column and one.filled]
        value = later[0] if later else None
        if value is not None and shapes.is_figure(value.text):
            self._note_period(slot, labels[0], value)
        fitting = tuple(one for one in labels if value is not None and accepts(one, value.text))
        if (
            value is None
            or not fitting
            or self.is_label(value)
            or (fitting[0].shape not in _FIGURES and len(later) > 1)
        ):
            self._write(labels[:1], None, slot, slot.text, draft)
            return 2
        if self._ledger.has(value):
            return 2
        self._note_period(slot, fitting[0], value)
        self._write(fitting, value.text, value, slot.text, draft)
        label, shown = slot.text.strip()[:20], value.text.strip()[:20]
        text = say(f"“{label}”和它的值“{shown}”之间有空白单元格", f"blank cells between {label} and its value {shown}")
        self.notices.append(Notice("value_beyond_blank", text, value.origin))
        return 1

    def _note_period(self, slot: Slot, label: Label, value: Slot) -> None:
        """实施期资金总额 opens a column of sums for the whole period, which are not the year's."""
        if label.field == "unread" and any(word in fold(slot.text) for word in self._form.sections["long_term"]):
            self._period_columns |= {slot.column, value.column}

    def _read_loose(self, slot: Slot, line: Line, draft: Draft) -> bool:
        """Read a text under or beside a context word, or the rest of a text that a page break tore."""
        left = [one for column, one in sorted(self._standing.items()) if column < slot.column]
        if not left:
            return False
        nearest = left[-1]
        goes_on = nearest.label is not None and len(line.filled) == 1 and not shapes.is_figure(slot.text)
        if nearest.label is not None and goes_on and append_text(draft, nearest.label, slot):
            self._ledger.put(slot, Place.FIELD)
            label = nearest.slot.text.strip()[:20]
            text = say(
                f"“{label}”的文字在下面还有，已接上并换行", f"the text goes on below {label}; joined with a line break"
            )
            self.notices.append(Notice("text_joined", text, slot.origin))
            return True
        place = next(
            (self._form.context_texts[k] for k in list_keys(nearest.slot.text) if k in self._form.context_texts), None
        )
        if place is None or shapes.is_figure(slot.text):
            return False
        return self._write_context_text(place, nearest, slot, draft)

    def _write_context_text(self, place: str, standing: Standing, slot: Slot, draft: Draft) -> bool:
        label = Label(field=place, shape="text", names=frozenset())
        if place == "tasks":
            if "tasks" in draft.data:
                return False
            write_task(draft, slot.text, slot)
            self._ledger.put(slot, Place.FIELD)
        else:
            self._write((label,), slot.text, slot, standing.slot.text, draft)
        self._standing[standing.slot.column] = Standing(slot=standing.slot, kind=standing.kind, label=label)
        return True

    # writing

    def _stand_context(self, slot: Slot) -> None:
        self._standing[slot.column] = Standing(slot=slot, kind=self._context_of(slot))

    def _write_inline(self, labels: tuple[Label, ...], value: str | None, slot: Slot, draft: Draft) -> None:
        fitting = [label for label in labels if value is None or accepts(label, value)]
        if not fitting or fitting[0].field == "unread":
            if value is not None:
                self.rests.append((value, slot))
            return
        notice = write_field(draft, fitting[0], value, slot, "")
        if notice is not None:
            self.notices.append(notice)
            self.rests.append((value or "", slot))

    def _write(self, labels: Sequence[Label], text: str | None, slot: Slot, heading: str, draft: Draft) -> None:
        """Write a value for the first label that takes it; a cell that is not taken stays for ``unread``."""
        label = next((one for one in labels if text is None or accepts(one, text)), None)
        if label is None or label.field == "unread" or self._is_period(slot, label):
            return
        if label.field == "payment_plan.points":
            self._write_point(text, slot, heading, draft)
            return
        full = self._full_heading(heading, slot) if label.field.startswith("goals.") else heading
        notice = write_field(draft, label, text, slot, full)
        if notice is not None:
            self.notices.append(notice)
        elif text is not None:
            self._ledger.put(slot, Place.FIELD)

    def _is_period(self, slot: Slot, label: Label) -> bool:
        if not label.field.startswith("budget."):
            return False
        return any(column in self._period_columns for column in (slot.column, slot.column - 1))

    def _full_heading(self, heading: str, slot: Slot) -> str:
        left = [
            one.slot for column, one in sorted(self._standing.items()) if column < slot.column and one.kind == "goals"
        ]
        words = [one.text.strip() for one in left if one.text.strip() != heading.strip()]
        return " ".join([*words, heading.strip()])

    def _write_point(self, text: str | None, slot: Slot, heading: str, draft: Draft) -> None:
        plan = draft.data.setdefault("payment_plan", {})
        lead = next((one.slot for one in self._standing.values() if one.kind == "payment_plan"), None)
        remarks = list_brackets(lead.text) if lead is not None else ()
        if remarks:
            plan.setdefault("header_unit", remarks[0])
        points = plan.setdefault("points", [])
        points.append({"label": heading.strip(), "amount": None if text is None else text.strip()})
        draft.origins[f"/payment_plan/points/{len(points) - 1}/amount"] = slot.origin
        self._ledger.put(slot, Place.FIELD if text is not None else Place.CONTEXT)


def _is_open(slot: Slot) -> bool:
    """Whether a cell ends in a colon: what follows is its value, and it is no value itself."""
    return slot.text.rstrip().endswith((":", "："))
