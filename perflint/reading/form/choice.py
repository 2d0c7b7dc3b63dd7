"""Which form a table follows: a score for each, by its title, labels, headers and level words.

lines of a table ──rank_forms──▶ (form, score), best first
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from perflint.reading.cell.fold import fold, fold_level, list_keys
from perflint.reading.form.load import find_form
from perflint.reading.form.template import Form
from perflint.reading.line import Line

_LONGEST = 40


class Ranked(NamedTuple):
    """A form and what speaks for it; ``sure`` where that is more than a word that any form may print."""

    form: Form
    score: int
    reasons: tuple[str, ...]
    sure: bool


def rank_forms(lines: Sequence[Line], title: str | None, forms: Sequence[Form]) -> tuple[Ranked, ...]:
    """Return all forms but ``base``, best first; equal scores in the order of their ids."""
    texts = [slot.text for line in lines for slot in line.filled if len(slot.text) <= _LONGEST]
    keys = {key for text in texts for key in list_keys(text)}
    levels = {fold_level(text) for text in texts}
    ranked = [_rank(form, fold(title or ""), keys, levels) for form in forms if form.id != "base"]
    return tuple(sorted(ranked, key=lambda one: (-one.score, one.form.id)))


def _rank(form: Form, title: str, keys: set[str], levels: set[str]) -> Ranked:
    named = max((word for word in form.match.title if word in title), key=len, default="")
    labels, headers = form.match.labels & keys, form.match.headers & keys
    words = form.match.levels & levels
    score = len(named) + 3 * len(labels) + 3 * len(headers) + 4 * len(words)
    sure = len(words) > 1 or bool(named and (labels or headers or words))
    return Ranked(form, score, (*([named] if named else []), *sorted(labels | headers), *sorted(words)), sure)


def choose_form(lines: Sequence[Line], title: str | None, forms: Sequence[Form]) -> Form:
    """Return the best form, or ``base`` when nothing speaks for any."""
    ranked = rank_forms(lines, title, forms)
    if ranked and ranked[0].score > 0:
        return ranked[0].form
    return find_form(forms, "base")


def find_common(forms: Sequence[Form]) -> Form:
    """Return ``base`` with the words for accounts of every form: what a file is cut up with before forms are chosen."""
    base = find_form(forms, "base")
    accounts = {word for form in forms for word in form.account_words}
    aims = {word for form in forms for word in form.aim_words}
    if (accounts, aims) == (set(base.account_words), set(base.aim_words)):
        return base  # with what it remembers
    return replace(base, account_words=tuple(sorted(accounts)), aim_words=tuple(sorted(aims)))


def choose_parent(ranked: Sequence[Ranked], forms: Sequence[Form]) -> Form:
    """Return the form that a new one should extend: the best if it is sure, ``base`` otherwise."""
    return ranked[0].form if ranked and ranked[0].sure else find_form(forms, "base")


def find_kind(title: str | None, form: Form) -> str:
    """Return the kind of table: by the title where it says so, else by the form."""
    folded = fold(title or "")
    named = (kind for kind, words in form.kind_words.items() if any(word in folded for word in words))
    return next(named, form.kind)
