"""Tables of accounts between the target tables of a published budget, which are not read: revenue, expenditure, 三公.

lines ──drop_foreign──▶ lines without their rows, a notice for each table
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from perflint.language import say
from perflint.reading.cell.fold import drop_brackets, fold
from perflint.reading.draft import Notice
from perflint.reading.form.template import Form
from perflint.reading.header.header import Header, find_header
from perflint.reading.header.words import INDICATORS
from perflint.reading.layout.titles import is_furniture
from perflint.reading.layout.units import find_title, is_preamble
from perflint.reading.line import Line

_TARGETS = frozenset({INDICATORS, "tasks", "spending"})  # lists that only target tables have
_LONGEST = 60  # characters of the heading of a table


def drop_foreign(lines: Sequence[Line], form: Form) -> tuple[list[Line], list[Notice]]:
    """Return the lines without the rows of tables whose heading speaks of accounts and whose rows of no aims.

    Where such a table goes on in the next grid, that is left out too.
    """
    kept: list[Line] = []
    notices: list[Notice] = []
    heading, foreign = "", False
    for grid, group in groupby(lines, key=lambda line: line.grid):
        rows = list(group)
        if grid is None:
            found = _find_heading(rows, form)
            heading, foreign = found or heading, foreign and not found
            kept += rows
            continue
        foreign = (foreign or _names_accounts(heading, form)) and not _has_aims(rows, form)
        if foreign and heading:
            text = say(f"“{heading}”不是绩效目标表，没有读", f"{heading} is no target table and is not read")
            notices.append(Notice("table_foreign", text, rows[0].origin))
        kept += () if foreign else rows
        heading = ""
    return kept, notices


def _find_heading(lines: Sequence[Line], form: Form) -> str:
    """Return the last text over a table that is no label, year or page number."""
    texts = (line.text.strip() for line in reversed(lines))
    return next((one for one in texts if fold(one) and not is_preamble(one, form) and not is_furniture(one)), "")


def _names_accounts(heading: str, form: Form) -> bool:
    folded = fold(drop_brackets(heading))
    named = folded.endswith("表") and any(word in folded for word in form.account_words)
    return len(heading) <= _LONGEST and named and not any(word in folded for word in form.aim_words)


def _has_aims(rows: Sequence[Line], form: Form) -> bool:
    """Tell whether a grid holds the title of a target table, or a list that only target tables have."""
    if any(find_title(row, form) for row in rows):
        return True
    return any(header.kind in _TARGETS for header in _list_headers(rows, form))


def _list_headers(rows: Sequence[Line], form: Form) -> Iterator[Header]:
    for at, row in enumerate(rows):
        if row.filled and (header := find_header(rows, at, form)) is not None:
            yield header
