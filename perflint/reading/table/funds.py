"""The matrix of funds: one line a source or use, columns for the amount, its share and the years before.

Row ──build_funds──▶ Draft (budget, shares, history)
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from perflint.interpret.amount import read_number
from perflint.interpret.folding import fold_characters
from perflint.language import say
from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold_label, list_keys, tidy
from perflint.reading.draft import Draft, Notice
from perflint.reading.form.template import Form
from perflint.reading.form.words import name_field
from perflint.reading.header.column import Column
from perflint.reading.header.header import Header
from perflint.reading.label.fields import name_line, write_amount
from perflint.reading.label.words import LONGEST_LINE, name_fund_line
from perflint.reading.ledger import Ledger, Place
from perflint.reading.line import Line, Slot

_LEFT_OUT = frozenset({"part", "foreign"})
_FIGURES = frozenset({"amount", "share", "year", *_LEFT_OUT})
_SIDES = frozenset({"by_source", "by_use"})
_TOTAL_OF = {"by_source": "income_total", "by_use": "expenditure_total", None: "total"}
_YEAR = re.compile(r"(?:19|20)\d{2}")
_FEWEST_PARTS = 2  # parts that can be compared with their sum
_ROUNDED = Decimal("0.01")  # what rounding may leave between them


class _Name(NamedTuple):
    """What a line is about: where its amounts go below ``budget``, and its name as printed."""

    path: tuple[str, ...]
    printed: str


class FundsReader:
    """Reads the lines of one matrix of funds."""

    def __init__(self, header: Header, form: Form, ledger: Ledger, draft: Draft) -> None:
        self._columns = _list_columns(header.columns)
        self._form, self._ledger, self._draft = form, ledger, draft
        self._side: str | None = None
        self._last: str | None = None
        self.notices: list[Notice] = []

    def belongs(self, line: Line) -> bool:
        """Tell whether a line is one of this matrix: a known source, use or total, then figures only."""
        words, figures = self._split(line)
        if len(words) + len(figures) < len(line.filled):
            return False
        if not words:
            return self._is_sum(line, figures)
        if not figures and self._is_unknown(words):
            return False
        return any(self._name_of(slot) is not None for slot in words)

    def read(self, line: Line) -> None:
        """Read a line that belongs."""
        words, figures = self._split(line)
        named = None
        for slot in words:
            side = self._side_of(slot)
            if side is not None:
                self._side = side
            elif named is None and (name := self._name_of(slot)) is not None:
                named = _Name(tuple(name.split(".")), name_line(slot.text))
            self._ledger.put(slot, Place.CONTEXT)
        if named is not None:
            self._last = named.path[0] if named.path[0] in _SIDES else self._last or "by_source"
            self._write_line(named, figures, line)
        elif not words:
            self._write_line(_Name(("total",), ""), figures, line)

    def _is_sum(self, line: Line, figures: Sequence[Slot]) -> bool:
        """Tell whether a row is the only line of a matrix: figures below its header, beside the word of the funds."""
        beside = [slot for slot in line.slots if slot.covered and self._is_funds_word(slot)]
        unread = self._last is None and not self._draft.has(("budget", "total"))
        return unread and line.spans_known and bool(figures) and len(beside) == 1

    def _is_funds_word(self, slot: Slot) -> bool:
        return any(self._form.contexts.get(key) == "budget" for key in list_keys(slot.text))

    def close(self) -> None:
        """Take the total from the two sides when both print the same and no total stands by itself."""
        budget = self._draft.data.get("budget", {})
        income, spent = budget.get("income_total"), budget.get("expenditure_total")
        if income is not None and income == spent and "total" not in budget:
            budget["total"] = income
        for year in budget.get("history", ()):
            if year.get("income_total") is not None and year.get("income_total") == year.get("expenditure_total"):
                year.setdefault("total", year["income_total"])

    def _split(self, line: Line) -> tuple[list[Slot], list[Slot]]:
        """Return the words and the figures of a line; a side that was merged into it counts as a word."""
        words, figures = [], []
        for slot in line.slots:
            if slot.covered and self._side_of(slot):
                self._side = self._side_of(slot)
            elif slot.filled and shapes.is_figure(slot.text):
                figures.append(slot)
            elif slot.filled and not figures and (self._name_of(slot) or self._side_of(slot)):
                words.append(slot)
        return words, figures

    def _side_of(self, slot: Slot) -> str | None:
        kinds = (self._form.contexts.get(key) for key in list_keys(slot.text))
        return next((kind for kind in kinds if kind in _SIDES), None)

    def _name_of(self, slot: Slot) -> str | None:
        """Return what a line is about: ``by_use.basic``, ``total``, or None."""
        for key in list_keys(slot.text):
            if key in self._form.total_words:
                return _TOTAL_OF[self._side]
            for label in self._form.labels_by_name.get(key, ()):
                if label.field.startswith("budget.") and label.within is None:
                    return label.field.removeprefix("budget.")
        side = self._side or self._last or "by_source"
        return name_fund_line(slot.text, side, self._form) or self._name_unknown(slot, side)

    def _is_unknown(self, words: Sequence[Slot]) -> bool:
        return all(any(part.startswith("x-") for part in (self._name_of(slot) or "").split(".")) for slot in words)

    def _name_unknown(self, slot: Slot, side: str) -> str | None:
        """Return the place of a line between known ones whose word nobody knows: it is one of them, whatever it is."""
        keys = list_keys(slot.text)
        known = any(key in self._form.contexts or key in self._form.labels_by_name for key in keys)
        short = 0 < len(fold_label(slot.text)) <= LONGEST_LINE
        return f"{side}.x-{fold_label(slot.text)}" if self._last is not None and short and not known else None

    def _write_line(self, name: _Name, figures: Sequence[Slot], line: Line) -> None:
        placed = self._place(figures, line)
        if placed is None or not self._adds_up(placed, line):
            return
        for column in self._columns:
            self._write(name, column, placed.get(column.start), line)

    def _adds_up(self, placed: Mapping[int, Slot], line: Line) -> bool:
        """Tell whether the parts of an amount (当年申请, 以前年度结转) add up to it; else it is one of more years."""
        amounts, parts = ([*map(_read_figure, self._list_placed(field, placed))] for field in ("amount", "part"))
        if len(amounts) != 1 or len(parts) < _FEWEST_PARTS or abs(amounts[0] - sum(parts)) <= _ROUNDED:
            return True
        text = say(
            f"各部分加起来不等于总额 {amounts[0]}，分不清哪个是本年的，这一行没有读",
            f"the parts do not add up to {amounts[0]}; which figure is the year's cannot be told, the line is not read",
        )
        self.notices.append(Notice("amount_doubtful", text, line.origin))
        for slot in placed.values():
            self._ledger.put(slot, Place.UNREAD)
        return False

    def _list_placed(self, field: str, placed: Mapping[int, Slot]) -> list[Slot]:
        return [placed[column.start] for column in self._columns if column.field == field and column.start in placed]

    def _place(self, figures: Sequence[Slot], line: Line) -> dict[int, Slot] | None:
        """Return the figure of each column, by position, or by order where positions are lost and the numbers agree.

        None when the figures cannot be told apart.
        """
        by_place = {
            column.start: slot
            for column in self._columns
            for slot in figures
            if column.start <= slot.column < column.end
        }
        straight = len(by_place) == len(figures) and not self._lacks_names(line)
        if straight and (line.spans_known or not self._is_shifted(by_place)):
            return by_place
        least = len(self._columns) - self._lacks_names(line)  # 执行率 may be blank
        if not line.spans_known and least <= len(figures) <= len(self._columns):
            text = say("数字错位，按先后顺序读", "figures are displaced; read by their order")
            self.notices.append(Notice("row_displaced", text, line.origin))
            return {column.start: slot for column, slot in zip(self._columns, figures, strict=False)}
        text = say("分不清各个数字，这一行没有读", "the figures cannot be told apart; the line is not read")
        self.notices.append(Notice("row_doubtful", text, line.origin))
        for slot in figures:
            self._ledger.put(slot, Place.UNREAD)
        return None

    def _lacks_names(self, line: Line) -> bool:
        """Tell whether the header prints nothing over the names, so that each row is longer by one cell."""
        return line.is_flow and line.filled[0].column >= self._columns[0].start

    def _is_shifted(self, placed: dict[int, Slot]) -> bool:
        shares = [
            placed[column.start] for column in self._columns if column.field == "share" and column.start in placed
        ]
        others = [slot for start, slot in placed.items() if slot not in shares]
        return any(not shapes.is_percent(slot.text) and not shapes.is_nothing(slot.text) for slot in shares) or any(
            shapes.is_percent(slot.text) for slot in others if self._columns_have_share()
        )

    def _columns_have_share(self) -> bool:
        return any(column.field == "share" for column in self._columns)

    def _write(self, name: _Name, column: Column, slot: Slot | None, line: Line) -> None:
        value = tidy(slot.text) if slot is not None else None
        if column.field in _LEFT_OUT:
            if slot is not None:
                self._ledger.put(slot, Place.UNREAD)
            return
        if slot is not None and self._ledger.has(slot):
            return
        if column.field == "amount":
            held = write_amount(self._draft, ("budget", *name.path), value, slot, name.printed)
        elif column.field == "share":
            held = self._write_share(name, value, slot)
        else:
            held = self._write_year(name, column, value)
        if slot is not None:
            self._ledger.put(slot, Place.FIELD if held else Place.UNREAD)
        if not held:
            named = name_field(".".join(("budget", *name.path)))
            text = say(
                f"{named}又有一个值：{value}；保留前一个", f"a second value for {named}: {value}; the first is kept"
            )
            self.notices.append(Notice("value_conflict", text, line.origin))

    def _write_share(self, name: _Name, value: str | None, slot: Slot | None) -> bool:
        if len(name.path) == 1:
            return self._draft.set(("budget", "shares", f"x-{name.path[0]}"), value, slot)
        return write_amount(self._draft, ("budget", "shares", *name.path), value, slot, name.printed)

    def _write_year(self, name: _Name, column: Column, value: str | None) -> bool:
        found = _YEAR.search(fold_characters(column.label))
        year = int(found.group()) if found else None
        history = self._draft.data.setdefault("budget", {}).setdefault("history", [])
        entry = next((one for one in history if one["year"] == year), None)
        if entry is None:
            entry = {"year": year}
            history.append(entry)
        return write_amount(Draft.over(entry), name.path, value, None, name.printed)


def _read_figure(slot: Slot) -> Decimal:
    return read_number(slot.text) or Decimal(0)


def _list_columns(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns of figures; an unknown one right of the first of them is foreign."""
    first = min((column.start for column in columns if column.field in _FIGURES), default=0)
    return tuple(
        column._replace(field="foreign") if column.field == "unknown" else column
        for column in columns
        if column.field in _FIGURES or (column.field == "unknown" and column.start > first)
    )
