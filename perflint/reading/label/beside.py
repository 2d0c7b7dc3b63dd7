"""Labels whose values stand beside them, texts beside context words, and labels inside a cell.

row ──ValuesBeside.read──▶ Draft
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, takewhile

from perflint.language import say
from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold, list_keys
from perflint.reading.draft import Draft
from perflint.reading.form.template import Form, Label
from perflint.reading.header.words import INDICATORS, fields_of, read_section
from perflint.reading.label.fields import accepts, append_text, note_unit, write_task
from perflint.reading.label.standing import Standing, StandingCells
from perflint.reading.label.words import LabelWords
from perflint.reading.label.writer import LabelWriter
from perflint.reading.ledger import Ledger, Place
from perflint.reading.line import Line, Slot
from perflint.record import replace

_MOST = 100  # cells of a row among which the sum of the year, or words over columns, are looked for
_FEWEST_HEADINGS = 2  # words over columns
_FEWEST_AIMS = 2  # labels of goals one after another
_FIGURES = frozenset({"amount", "figure"})
_HEADS = ("sign_off.", "organization.", "project.", "filed_on", "unread")  # fields whose labels are no values
_UNIT = "organization."
_NAMES = ("project.name", _UNIT)
_BLANKS = ("budget.", "sign_off.", "filed_on")  # fields that a form prints in a place of their own, filled in or not


class ValuesBeside:
    """Reads a row from left to right, a label and its value at a time."""

    def __init__(
        self, form: Form, words: LabelWords, standing: StandingCells, writer: LabelWriter, ledger: Ledger
    ) -> None:
        self._form, self._words, self._standing = form, words, standing
        self._writer, self._ledger = writer, ledger

    def read(self, line: Line, draft: Draft) -> bool:
        """Read a row; tell whether anything in it was understood."""
        if self._heads_goals(line):
            return self._take_context(line.filled[0]) > 0
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
        labels = self._words.match(slot)
        if self._words.context_of(slot) and (not labels or self._is_heading(following)):
            note_unit(draft, slot.text, slot)
            return self._take_context(slot)
        if labels and self._words.is_goal(slot):
            if not line.spans_known and (used := self._read_goals(slots, at, draft)):
                return used
            if self._goes_before_goal(following):
                return self._take_context(slot)
        if labels:
            return self._read_pair(slot, labels, following, line, draft)
        if self._writer.write_text(slot, draft) or self._read_unit(slot, draft):
            return 1
        return 1 if self._read_loose(slot, line, draft) else 0

    def _heads_goals(self, line: Line) -> bool:
        """Tell whether the label of a goal stands beside words over columns, which are no goals: 绩效内容, 绩效标准."""
        filled = line.filled[:_MOST]
        if len(filled) <= _FEWEST_HEADINGS or not self._words.is_goal(filled[0]):
            return False
        known = [
            slot for slot in filled[1:] if fields_of(slot.text, INDICATORS, self._form) and not self._words.match(slot)
        ]
        return len(known) >= _FEWEST_HEADINGS

    def _take_context(self, slot: Slot) -> int:
        self._ledger.put(slot, Place.CONTEXT)
        self._words.stand_context(slot)
        return 1

    def _is_heading(self, following: Slot | None) -> bool:
        """A word that is both context and label is a context when a label or a context follows it."""
        return following is None or (following.filled and self._words.is_label(following))

    def _read_goals(self, slots: Sequence[Slot], at: int, draft: Draft) -> int:
        """Read goals whose labels come one after another, and then their texts: 中期目标, 年度目标, a text, a text.

        Returns:
            how many cells were used, 0 when labels and texts do not pair up.
        """
        run = [slot for slot in slots[at : at + _MOST] if slot.filled]
        heads = list(takewhile(self._is_aim, run))
        texts = list(takewhile(self._words.is_loose, run[len(heads) :]))
        if len(heads) < _FEWEST_AIMS or len(texts) != len(heads) or any(shapes.is_figure(one.text) for one in texts):
            return 0
        for head, text in zip(heads, texts, strict=True):
            self._ledger.put(head, Place.CONTEXT)
            self._writer.write(self._words.match(head), text.text, text, head.text, draft)
        return slots.index(texts[-1]) - at + 1

    def _is_aim(self, slot: Slot) -> bool:
        """Tell whether a cell heads a goal, or what became of it."""
        return self._words.is_goal(slot) or (self._words.is_unread(slot) and "完成" in slot.text)

    def _goes_before_goal(self, following: Slot | None) -> bool:
        return following is not None and following.filled and self._words.is_goal(following)

    def _read_pair(
        self, slot: Slot, labels: tuple[Label, ...], following: Slot | None, line: Line, draft: Draft
    ) -> int:
        self._ledger.put(slot, Place.CONTEXT)
        self._standing.put(Standing(slot=slot, label=labels[0], kind=self._words.context_of(slot)))
        if following is None or (_is_open(slot) and _is_open(following) and self._words.match(following)):
            return self._leave_blank(slot, labels, draft)
        if following.blank:
            return self._read_beyond(slot, labels, line, draft)
        fitting = tuple(label for label in labels if accepts(label, following.text))
        if fitting and fitting[0].field.startswith(_NAMES) and self._heads_columns(fitting[0], following, line):
            fitting = ()
        if fitting and fitting[0].field.startswith("goals.") and self._heads_list(following):
            return 1  # what stands right of 产出指标 may be a part of the goal, or a list
        if fitting and (self._is_whole_total(slot, fitting[0], line) or self._is_whole_part(slot, fitting[0], line)):
            self._standing.add_period((slot, following))
            return 2
        if not fitting and labels[0].field.startswith("budget.") and self._heads_figures(labels[0], following):
            note_unit(draft, slot.text, slot)
            return 1
        if not fitting or (fitting[0].shape != "text" and self._words.match(following)) or self._announces(following):
            return self._leave_blank(slot, labels, draft) if self._words.is_label(following) else 1
        self._note_period(slot, fitting[0], following)
        self._writer.write(fitting, following.text, following, slot.text, draft)
        self._doubt_amount(slot, fitting[0], following, line)
        return 2

    def _heads_columns(self, label: Label, slot: Slot, line: Line) -> bool:
        """Whether a cell is the word over a column, 金额 or 产出指标: what stands before it is such a word as well.

        So is what looks like no unit in a row that ends in the word of the remarks: 项目单位, 约束性任务, 备注.
        """
        form, last = self._form, line.filled[-1]
        known = form.level_words.is_first(slot.text) or any(fields_of(slot.text, kind, form) for kind in form.lists)
        remarked = last is not slot and "remark" in fields_of(last.text, INDICATORS, form)
        return known or (remarked and label.field.startswith(_UNIT) and not shapes.is_body(slot.text))

    def _heads_list(self, slot: Slot) -> bool:
        """Tell whether a cell is a first level, or a word over the list of indicators: 一级指标."""
        return self._form.level_words.is_first(slot.text) or bool(fields_of(slot.text, INDICATORS, self._form))

    def _heads_figures(self, label: Label, following: Slot) -> bool:
        """Tell if the label of an amount stands over figures: the next is a sum, or the word over what was spent."""
        sums = _is_total(label) and any(map(_is_total, self._words.match(following)))
        return sums or "foreign" in fields_of(following.text, "funds", self._form)

    def _doubt_amount(self, slot: Slot, label: Label, value: Slot, line: Line) -> None:
        """Say that another figure stands beside an amount, and nothing tells which of them is the year's."""
        after = next((one for one in line.walk_from(value.end) if one.filled), None)
        if after is None or not label.field.startswith("budget.") or not shapes.is_figure(after.text):
            return
        name, shown, other = slot.text.strip()[:20], value.text.strip(), after.text.strip()
        text = say(
            f"“{name}”旁边不止一个数，取第一个 {shown}；{other} 没有读",
            f"more than one figure beside {name}: the first, {shown}, is taken; {other} is not read",
        )
        self._writer.note("amount_doubtful", text, value)

    def _announces(self, slot: Slot) -> bool:
        """Tell whether a cell can only be a label, never a value: 联系电话; 其他资金 may be a category."""
        return any(label.field.startswith(_HEADS) for label in self._words.match(slot))

    def _leave_blank(self, slot: Slot, labels: tuple[Label, ...], draft: Draft) -> int:
        """A label that nothing follows but another label, or nothing at all, is printed and blank."""
        if any(label.shape == "amount" for label in labels):
            note_unit(draft, slot.text, slot)
        if _is_open(slot) or labels[0].field.startswith(_BLANKS):
            self._writer.write(labels[:1], None, slot, slot.text, draft)
        return 1

    def _read_beyond(self, slot: Slot, labels: tuple[Label, ...], line: Line, draft: Draft) -> int:
        """Read the value of a label with a blank beside it: blank, unless what follows can belong to nothing else."""
        later = [*islice((one for one in line.walk_from(slot.column + 1) if one.filled), 2)]
        value = later[0] if later else None
        if value is not None and shapes.is_figure(value.text):
            self._note_period(slot, labels[0], value)
        fitting = tuple(one for one in labels if value is not None and accepts(one, value.text))
        if (
            value is None
            or not fitting
            or self._words.is_label(value)
            or (fitting[0].shape not in _FIGURES and len(later) > 1)
        ):
            self._writer.write(labels[:1], None, slot, slot.text, draft)
            return 2
        if self._ledger.has(value):
            return 2
        self._note_period(slot, fitting[0], value)
        self._writer.write(fitting, value.text, value, slot.text, draft)
        label, shown = slot.text.strip()[:20], value.text.strip()[:20]
        text = say(f"“{label}”和它的值“{shown}”之间有空白单元格", f"blank cells between {label} and its value {shown}")
        self._writer.note("value_beyond_blank", text, value)
        return 1

    def _is_whole_total(self, slot: Slot, label: Label, line: Line) -> bool:
        """Tell whether a sum is that of the whole project, because that of the year stands in the same row."""
        if not _is_total(label):
            return False
        sums = [one for one in line.filled[:_MOST] if any(map(_is_total, self._words.match(one)))]
        sums = [one for one in sums if one is slot or not self._stands_over(one, label, line)]
        dated = [one for one in sums if read_section(one.text, self._form) == "annual"]
        return bool(dated) and slot not in dated

    def _stands_over(self, slot: Slot, label: Label, line: Line) -> bool:
        """Tell whether a sum heads the words beside it, or the figures of rows below."""
        beside = next((one for one in line.walk_from(slot.end) if one.filled), None)
        over = beside is not None and self._heads_figures(label, beside)
        return over or self._words.heads_funds(slot, line)

    def _is_whole_part(self, slot: Slot, label: Label, line: Line) -> bool:
        """Tell whether an amount is part of the sum for the whole period: the same label comes again right of it."""
        if not self._standing.has_period or not label.field.startswith("budget."):
            return False
        later = (one for one in line.walk_from(slot.column + 1) if one.filled)
        return any(found.field == label.field for one in later for found in self._words.match(one))

    def _note_period(self, slot: Slot, label: Label, value: Slot) -> None:
        """实施期资金总额 opens a column of sums for the whole period, which are not the year's."""
        if label.field == "unread" and any(word in fold(slot.text) for word in self._form.sections["long_term"]):
            self._standing.add_period((slot, value))

    def _read_unit(self, slot: Slot, draft: Draft) -> bool:
        """Read the unit of all amounts that stands in brackets in a cell of its own: （万元）."""
        unit = shapes.read_money_unit(slot.text) if slot.text.strip()[0] in "（(" else None
        if unit is None or not draft.set(("currency_unit",), unit, slot):
            return False
        self._ledger.put(slot, Place.FIELD)
        return True

    def _read_loose(self, slot: Slot, line: Line, draft: Draft) -> bool:
        """Read a text under or beside a context word, or the rest of a text that a page break tore."""
        left = self._standing.list_left(slot)
        if not left or shapes.is_figure(slot.text):
            return False
        return (len(line.filled) == 1 and self._join(left[-1], slot, draft)) or self._write_text(left[-1], slot, draft)

    def _join(self, nearest: Standing, slot: Slot, draft: Draft) -> bool:
        if nearest.label is None or not append_text(draft, nearest.label, slot):
            return False
        self._ledger.put(slot, Place.FIELD)
        label = nearest.slot.text.strip()[:20]
        text = say(
            f"“{label}”的文字在下面还有，已接上并换行", f"the text goes on below {label}; joined with a line break"
        )
        self._writer.note("text_joined", text, slot)
        return True

    def _write_text(self, nearest: Standing, slot: Slot, draft: Draft) -> bool:
        """Write the text of a context word (年度主要任务), if the form has a place for it."""
        texts = self._form.context_texts
        place = next((texts[key] for key in list_keys(nearest.slot.text) if key in texts), None)
        if place is None or (place == "tasks" and "tasks" in draft.data):
            return False
        label = Label(field=place, shape="text", names=frozenset())
        if place == "tasks":
            write_task(draft, slot.text, slot)
            self._ledger.put(slot, Place.FIELD)
        else:
            self._writer.write((label,), slot.text, slot, nearest.slot.text, draft)
        self._standing.put(replace(nearest, label=label))
        return True


def _is_total(label: Label) -> bool:
    return label.field == "budget.total"


def _is_open(slot: Slot) -> bool:
    """Whether a cell ends in a colon: what follows is its value, and it is no value itself."""
    return slot.text.rstrip().endswith((":", "："))
