"""What one cell of a header may mean: a field, a section, a year, a word of the form.

Cell.text + Form ──fields_of──▶ fields, the likeliest first
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold, list_keys
from perflint.reading.form.template import Form, Label

INDICATORS = "indicators"
PLACE = re.compile(r"(?:镇|乡|街道|办事处|县|区|市|旗|场|村|社区|政府|合计|小计)$")
_YEAR = re.compile(r"(?:19|20)\d{2}年?度?")
_OUTER = frozenset({"organization", "project", "budget", "goals"})


def fields_of(text: str, kind: str, form: Form) -> tuple[str, ...]:
    """Return the fields a header cell may mean in a kind of list, the likeliest first; empty when unknown.

    A word in front that only says for when or for what (本年权重, 2025年目标值) does not change the meaning.
    """
    if shapes.is_year(text) and kind in {INDICATORS, "funds"}:
        return ("year",)
    keys = list_keys(text)
    for key in (*keys, *(_drop_words(key, form.header_words) for key in keys)):
        if found := _look_up(key, kind, form):
            return found
    if kind == INDICATORS and any(_is_prior(key, form) for key in keys):
        return ("prior",)
    return ()


def _look_up(key: str, kind: str, form: Form) -> tuple[str, ...]:
    if kind == INDICATORS:
        return form.headers.get(key) or form.undecided.get(key) or _foreign(key, form)
    if key in form.lists[kind].fields:
        return (form.lists[kind].fields[key],)
    return _foreign(key, form) if kind == "funds" else ()


def _foreign(key: str, form: Form) -> tuple[str, ...]:
    return ("foreign",) if key in form.foreign_headers else ()


def _drop_words(key: str, words: Sequence[str]) -> str:
    """Return a header without the years and the given words at its beginning."""
    previous = ""
    while previous != key:
        previous = key
        year = _YEAR.match(key)
        lead = year.group() if year else next((word for word in words if key.startswith(word)), "")
        key = key.removeprefix(lead) or key
    return key


def _is_prior(key: str, form: Form) -> bool:
    """Tell whether a header names the value of an earlier year: 上年度目标值."""
    return any(
        key.startswith(word) and "value" in form.headers.get(_drop_words(key.removeprefix(word), form.header_words), ())
        for word in form.prior_words
    )


def find_outer(text: str, form: Form) -> Label | None:
    """Return the label of a column that tells of the whole table: its unit, project, amount or goal; None otherwise."""
    for key in list_keys(text):
        for label in form.labels_by_name.get(key, ()):
            if label.within is None and label.field.split(".")[0] in _OUTER:
                return label
    return None


def read_section(text: str, form: Form) -> str | None:
    """Return the section a heading names: long_term or annual, or None."""
    folded = fold(text)
    for section in ("long_term", "annual"):
        if any(word in folded for word in form.sections.get(section, ())):
            return section
    return None


def find_year_of(label: str) -> int | None:
    """Return the year a header names, None when it names none."""
    found = _YEAR.search(fold(label))
    return int(found.group()[:4]) if found else None


def is_group(text: str, form: Form) -> bool:
    """Tell whether a header word stands over several columns."""
    return any(key in form.header_groups for key in list_keys(text))
