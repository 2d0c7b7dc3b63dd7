"""What a text costs in a column: nothing where it looks like what the column holds.

text × field ──Scale.weigh──▶ 0 for a perfect fit … NEVER
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold
from perflint.reading.form.levels import LevelWords

NEVER = 100
_MOST_KNOWN = 4096  # costs remembered; rows repeat their words
_PROSE = 30
_AIMS = frozenset({"name", "value"})
_SCORED = 55  # a name or a target that says how points are given
_WORD = 12
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z\-]{2,}")


class Scale:
    """What a cell costs in a column.

    ``known`` holds texts of a column: those that the form names, and those seen in rows read without doubt.
    """

    def __init__(self, words: LevelWords, known: Mapping[str, frozenset[str]] | None = None) -> None:
        self._words = words
        self._known = known or {}
        self._weighed: dict[tuple[str, str], int] = {}

    def is_only_second(self, text: str) -> bool:
        """Tell whether a text can be a second-level word and no first-level one."""
        return self._words.is_second(text) and not self._words.is_first(text)

    def weigh(self, text: str, field: str) -> int:
        """Return the cost of a text in a column of that field, 0 for a perfect fit."""
        found = self._weighed.get((text, field))
        if found is None:
            if len(self._weighed) >= _MOST_KNOWN:
                self._weighed.clear()
            found = self._weighed[text, field] = self._weigh(text, field)
        return found

    def _weigh(self, text: str, field: str) -> int:
        folded = fold(text)
        if folded and folded in self._known.get(field, frozenset()):
            return 0
        if field in _AIMS and shapes.is_scoring(text):
            return _SCORED
        if field.startswith("outer:"):
            return _weigh_outer(text, self._words, field)
        return _WEIGHERS.get(field, _weigh_text)(text, self._words)


def _weigh_level(text: str, words: LevelWords, fits: bool, other: bool) -> int:
    if fits:
        return 0
    if other:
        return 16
    if shapes.is_comparator(text) or shapes.is_figure(text) or shapes.is_value(text):
        return NEVER
    return 14 if len(fold(text)) <= _WORD else _PROSE


def _weigh_first(text: str, words: LevelWords) -> int:
    return _weigh_level(text, words, words.is_first(text), words.is_second(text))


def _weigh_second(text: str, words: LevelWords) -> int:
    return _weigh_level(text, words, words.is_second(text), words.is_first(text))


def _weigh_name(text: str, words: LevelWords) -> int:
    if shapes.is_sign(text):
        return NEVER
    if shapes.is_comparator(text):
        return 12
    if shapes.is_figure(text):
        return 50
    if shapes.is_grade(text) or (shapes.is_value(text) and not shapes.is_basis(text)):
        return 12
    if words.is_level(text):
        return 40 if fold(text).endswith("指标") else 6
    if shapes.is_unit(text):
        return 25
    return 2 if len(text) <= _PROSE * 2 else 8


def _weigh_comparator(text: str, words: LevelWords) -> int:
    return 0 if shapes.is_comparator(text) else NEVER


def _weigh_value(text: str, words: LevelWords) -> int:
    if shapes.is_sign(text):
        return NEVER
    if shapes.is_figure(text) or shapes.is_grade(text) or shapes.is_value(text):
        return 0
    if shapes.is_comparator(text) or words.is_level(text):
        return 45
    if shapes.is_unit(text):
        return 18
    return 5 if len(fold(text)) <= _WORD else 14


def _weigh_unit(text: str, words: LevelWords) -> int:
    if shapes.is_unit(text):
        return 0
    if shapes.is_value(text) or shapes.is_comparator(text) or words.is_level(text):
        return NEVER
    return 16 if len(fold(text)) <= 4 else 60


def _weigh_text(text: str, words: LevelWords) -> int:
    if shapes.is_sign(text):
        return NEVER
    if shapes.is_number(text):
        return 25
    if words.is_level(text):
        return 25 if fold(text).endswith("指标") else 8
    return 12 if shapes.is_unit(text) else 3


def _weigh_basis(text: str, words: LevelWords) -> int:
    return 0 if shapes.is_basis(text) else _weigh_text(text, words) + 5


def _weigh_category(text: str, words: LevelWords) -> int:
    return _weigh_text(text, words) + (3 if len(fold(text)) <= 6 else 15)


def _weigh_direction(text: str, words: LevelWords) -> int:
    return 50  # what such a column holds is named by the form


def _weigh_foreign(text: str, words: LevelWords) -> int:
    """Weigh what was done, or earned: a figure or a target as a rule."""
    done = shapes.is_figure(text) or shapes.is_grade(text) or shapes.is_value(text)
    return 0 if done and not shapes.is_sign(text) else max(_weigh_text(text, words), 12)


def _weigh_number(text: str, words: LevelWords) -> int:
    return 0 if shapes.is_number(text) or shapes.is_percent(text) else NEVER


def _weigh_ordinal(text: str, words: LevelWords) -> int:
    return 0 if len(fold(text)) <= 4 and shapes.is_ordinal(text) else NEVER


def _weigh_amount(text: str, words: LevelWords) -> int:
    return 0 if shapes.is_figure(text) else NEVER


def _weigh_outer(text: str, words: LevelWords, field: str) -> int:
    """Weigh what a column tells of the whole table: an amount, or a text that is neither level, sign nor figure."""
    if field.startswith("outer:budget."):
        return _weigh_amount(text, words)
    if field.endswith(".code") and _CODE.fullmatch(text.strip()):
        return 0
    if shapes.is_figure(text) or shapes.is_comparator(text) or words.is_level(text):
        return NEVER
    if field.startswith("outer:organization."):
        return 0 if shapes.is_body(text) else 8
    return 8 if shapes.is_body(text) else 2


def _weigh_context(text: str, words: LevelWords) -> int:
    return 60 if words.is_level(text) else 40


_WEIGHERS = {
    "level1": _weigh_first,
    "level2": _weigh_second,
    "name": _weigh_name,
    "comparator": _weigh_comparator,
    "value": _weigh_value,
    "prior": _weigh_value,
    "lower": _weigh_value,
    "upper": _weigh_value,
    "unit": _weigh_unit,
    "basis": _weigh_basis,
    "category": _weigh_category,
    "direction": _weigh_direction,
    "weight": _weigh_number,
    "number": _weigh_ordinal,
    "amount": _weigh_amount,
    "total": _weigh_amount,
    "current": _weigh_amount,
    "context": _weigh_context,
    "foreign": _weigh_foreign,
}
