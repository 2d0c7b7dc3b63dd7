"""Labels and values that share one cell or paragraph: ``填表人：某某  联系电话：…``.

text ──split_inline──▶ pairs of label and value, and what belongs to none
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from perflint.pattern import compile_pattern
from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold, simplify, tidy
from perflint.reading.form.template import Form, Label

_COLON = r"\s*(?:[（(][^（()）]{0,12}[)）])?\s*[:：]\s*(?:[（(](?:盖章|签章|公章|签字|章)[)）])?"
_END = re.compile(r"\s*[:：].*$", re.DOTALL)
_STAMP = re.compile(r"^[（(](?:盖章|签章|公章|签字|章)[)）]")
_ANYWHERE = frozenset({"money_unit", "date"})


class Pair(NamedTuple):
    """A label and its value.

    Attributes:
        heading: The label as printed, with the brackets behind it: 预算金额（万元）.
        labels: Those that fit it, best first.
        value: What stands after the colon, None when blank.
    """

    heading: str
    labels: tuple[Label, ...]
    value: str | None


class Inline(NamedTuple):
    """What one text holds.

    Attributes:
        pairs: In order.
        rest: Text before the first label, None when there is none.
    """

    pairs: tuple[Pair, ...]
    rest: str | None


def split_inline(text: str, form: Form) -> Inline:
    """Split a text at the labels of a form that a colon follows; no pairs when there is none."""
    pattern = _build_pattern(form.raw_names)
    found = [hit for hit in pattern.finditer(simplify(text)) if _stands_free(text, hit, form)]
    if not found:
        return Inline((), tidy(text))
    ends = [hit.start() for hit in found[1:]] + [len(text)]
    pairs = []
    for hit, end in zip(found, ends, strict=True):
        value = tidy(_STAMP.sub("", text[hit.end() : end].strip()))
        heading = _END.sub("", text[hit.start("name") : hit.end()])
        pairs.append(Pair(heading, _labels_of(hit, form), value))
    return Inline(tuple(pairs), tidy(text[: found[0].start()]))


@lru_cache(maxsize=8)
def _build_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted({name for name in names if len(name) > 1}, key=lambda name: (-len(name), name))
    spaced = ("[ \t\u3000]*".join(map(re.escape, name)) for name in ordered)
    # Of some hundred labels: to compile them takes longer than to read a file, so that what becomes of them is stored.
    return compile_pattern(f"(?P<name>{'|'.join(spaced)}){_COLON}")


def _labels_of(hit: re.Match[str], form: Form) -> tuple[Label, ...]:
    return form.labels_by_name.get(fold(hit.group("name")), ())


def _stands_free(text: str, hit: re.Match[str], form: Form) -> bool:
    """A label inside a longer word is none; a unit or a date may follow anything, if its value looks like one."""
    before = text[: hit.start()]
    if not before or not fold(before[-1]):
        return True
    value = text[hit.end() : hit.end() + 24].strip()
    wanted = [label for label in _labels_of(hit, form) if label.shape in _ANYWHERE]
    return any(
        shapes.read_money_unit(value[:2]) or shapes.read_money_unit(value[:1])
        if label.shape == "money_unit"
        else shapes.has_date(value)
        for label in wanted
    )
