"""Label cells and their values: beside them, below them, or in the same cell.

Line ──LabelReader.read──▶ Draft; what is no label and no value stays for others (and in the end is ``unread``)
"""

from __future__ import annotations

from collections.abc import Sequence

from perflint.reading.draft import Draft, Notice, Rest
from perflint.reading.form.template import Form, Label
from perflint.reading.label.below import ValuesBelow
from perflint.reading.label.beside import ValuesBeside
from perflint.reading.label.over import FundsOver
from perflint.reading.label.standing import StandingCells
from perflint.reading.label.words import LabelWords
from perflint.reading.label.writer import LabelWriter
from perflint.reading.layout.titles import find_title_year
from perflint.reading.ledger import Ledger
from perflint.reading.line import Line, Slot


class LabelReader:
    """Reads label rows of one table after another."""

    def __init__(self, form: Form, ledger: Ledger) -> None:
        self._standing = StandingCells()
        self._words = LabelWords(form, self._standing)
        self._writer = LabelWriter(form, ledger, self._standing)
        self._below = ValuesBelow(self._words, self._standing, self._writer, ledger)
        self._over = FundsOver(form, self._words, self._writer, ledger)
        self._beside = ValuesBeside(form, self._words, self._standing, self._writer, ledger)

    @property
    def notices(self) -> list[Notice]:
        """What a person should look at."""
        return self._writer.notices

    @property
    def rests(self) -> list[Rest]:
        """Parts of cells that no label took."""
        return self._writer.rests

    @property
    def known(self) -> dict[int, str]:
        """By the number of a cell, the label of a value that the document has no place for."""
        return self._writer.known

    def reset(self) -> None:
        """Forget what stands to the left: a new table begins."""
        self._standing.clear()
        self._below.clear()

    def stand(self, slots: Sequence[Slot]) -> None:
        """Take note of context cells that somebody else placed (the cell beside a list)."""
        self._standing.note_funds(held=False)
        for slot in slots:
            self._words.stand_context(slot)

    def match(self, slot: Slot) -> tuple[Label, ...]:
        """Return the labels a cell may be, those of a context in force first; empty when it is none."""
        return self._words.match(slot)

    def is_label(self, slot: Slot) -> bool:
        """Tell whether a cell is a label, a context word, or a text with an inline label at its start."""
        return self._words.is_label(slot)

    def read(self, line: Line, draft: Draft, following: Line | None) -> bool:
        """Read a row of labels and values; tell whether anything in it was understood."""
        self._standing.keep(line)
        self._words.note_year(draft.data.get("fiscal_year") or find_title_year(draft))
        for slot in line.filled:
            if self._words.context_of(slot) and (not self._words.match(slot) or self._words.heads_funds(slot, line)):
                self._words.stand_context(slot)
        understood = self._read_row(line, draft, following)
        if line.filled:
            self._standing.note_funds(held=any(map(self._words.is_fund, line.filled)))
        return understood

    def _read_row(self, line: Line, draft: Draft, following: Line | None) -> bool:
        if self._below.resolve(line, draft):
            return True
        if self._below.is_label_row(line, following):
            self._below.begin(line, draft)
            return True
        if line.filled:
            self._below.clear()
        if self._over.read(line, following, draft):
            return True
        return self._beside.read(line, draft)

    def read_text(self, slot: Slot, draft: Draft) -> bool:
        """Read the labels inside one text; tell whether there were any."""
        return self._writer.write_text(slot, draft)
