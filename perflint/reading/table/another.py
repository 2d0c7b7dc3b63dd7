"""Whether another table begins without a title of its own: its rows name another project or unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perflint.reading.cell import shapes
from perflint.reading.draft import Draft
from perflint.reading.form.template import Form
from perflint.reading.header.header import find_header
from perflint.reading.header.words import INDICATORS
from perflint.reading.label.reader import LabelReader
from perflint.reading.ledger import Ledger
from perflint.reading.line import Line

_COLON = re.compile("[：:]")
_NEAR = 16  # lines from the name of a project to the header of its indicators
_HEAD = 12  # lines of a grid in which it names what it is about
_IDENTITY = (("project", "name"), ("project", "code"), ("organization", "name"))


def names_another(lines: Sequence[Line], at: int, draft: Draft, labels: LabelReader, form: Form) -> bool:
    """Tell whether a row below the indicators names a project or unit, and another indicator header follows it.

    The unit of money may stand over that row.
    """
    named = at + 1 if at + 1 < len(lines) and states_unit(lines[at]) else at
    fields = [label.field for slot in lines[named].filled[:1] for label in labels.match(slot)]
    if INDICATORS not in draft.data or not any(tuple(field.split(".")) in _IDENTITY for field in fields):
        return False
    later = range(named + 1, min(named + _NEAR, len(lines)))
    headers = (find_header(lines, place, form) for place in later if lines[place].filled)
    return any(header is not None and header.kind == INDICATORS for header in headers)


def states_unit(line: Line) -> bool:
    """Tell whether a row says in what money is counted, 单位：万元: it stands over a table, and in no list."""
    return any(
        shapes.read_money_unit(slot.text) is not None and _COLON.search(slot.text) is not None
        for slot in line.filled[-1:]
    )


def is_other_table(lines: Sequence[Line], at: int, draft: Draft, form: Form) -> bool:
    """Tell whether the grid that begins at a line names another project or unit than the table so far."""
    labels, probe = LabelReader(form, Ledger(())), Draft()
    for place in range(at, min(at + _HEAD, len(lines))):
        if lines[place].grid != lines[at].grid or find_header(lines, place, form):
            break
        labels.read(lines[place], probe, None)
    return any(probe.get(path) is not None and draft.get(path) not in (None, probe.get(path)) for path in _IDENTITY)
