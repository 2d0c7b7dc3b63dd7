"""What stands over the indicators of a table whose cells run together: labels with their values behind them.

项目名称校舍修缮主管部门某县教育局年度资金总额:16 ──cut_head──▶ 项目名称 | 校舍修缮, 主管部门 | 某县教育局, …
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold_label
from perflint.reading.form.template import Form
from perflint.reading.header.words import list_shorter
from perflint.reading.layout.glued.labels import AMOUNT, BUDGET, FREE, GOALS, Hit, list_hits
from perflint.reading.layout.glued.letters import spell_out
from perflint.reading.layout.glued.words import Words

_FUND = re.compile(r"\s*(?:其中|包括)?\s*[:：]?\s*([^\d\s:：，。；、]{2,16})\s*[:：]?")
_WITHIN = ("organization.", "project.", "sign_off.", "filed_on", "unread")
_LONG_LABEL = 4  # letters of a label that is looked for in prose
_OTHER = "unread"
_LONGEST = {"name": 40, "text": 60, "date": 30, "year": 12, "money_unit": 6, "amount": 30, "figure": 30}
_STOPS = frozenset("。；;!！")


class Entry(NamedTuple):
    """A label with its value, a context word, or a text that could not be told apart.

    Attributes:
        value: None where there is none.
        kind: label, context, unsure, text.
        place: Where it begins.
    """

    heading: str
    value: str | None
    kind: str
    place: int
    field: str = ""


def cut_head(text: str, words: Words, *, lined: bool) -> list[Entry]:
    """Return what a text over the indicators holds, in order; all of it is in one entry or another.

    Args:
        lined: whether cells end where lines do.
    """
    printed = spell_out(text)
    hits = list(list_hits(printed, words))
    if not hits:
        return [Entry(text, None, "text", 0)] if text.strip() else []
    entries = [Entry(text[: hits[0].begin], None, "text", 0)] if text[: hits[0].begin].strip() else []
    ends = [hit.begin for hit in hits[1:]] + [len(text)]
    for number, (hit, end) in enumerate(zip(hits, ends, strict=True)):
        following = hits[number + 1] if number + 1 < len(hits) else None
        entries += _read_hit(text, hit, end, following, words, lined=lined)
    return _settle_budget(_settle_repeated(entries))


def _read_hit(text: str, hit: Hit, end: int, following: Hit | None, words: Words, *, lined: bool) -> Iterator[Entry]:
    heading = text[hit.begin : hit.end].strip()
    if hit.stop is not None:
        yield Entry(heading, text[hit.value : hit.stop].strip(), "label", hit.begin, hit.field)
        yield from _read_rest(text, hit.stop, end, words.form)
        return
    broken = text.find("\n", hit.value, end) if lined and not hit.is_long else -1
    if broken >= 0 and text[broken:end].strip():
        yield from _read_hit(text, hit, broken, None, words, lined=lined)
        yield Entry(text[broken:end].strip(), None, "text", broken)
        return
    value = text[hit.value : end].strip()
    if not value and hit.context is not None and (not hit.is_long or (following is not None and end == hit.value)):
        yield Entry(heading, None, "context", hit.begin)
    elif not value:
        # A blank name of a unit is a fault of the form, and none where its cell may only be lost.
        kind = "unsure" if hit.field.startswith("organization.") else "label"
        yield Entry(heading, None, kind, hit.begin, hit.field)
    elif not hit.labels or not _fits(hit, value, words) or _is_open(text, hit, value, end, following, words):
        yield Entry(text[hit.begin : end].strip(), None, "unsure", hit.begin, hit.field)
    else:
        yield Entry(heading, value, "label", hit.begin, hit.field)


def _fits(hit: Hit, value: str, words: Words) -> bool:
    """Tell whether a value can be that of its label: of its kind and length, and with no label within."""
    if hit.field.startswith(GOALS):
        return True
    if hit.is_long:
        return not _holds_label(value, words, shortest=_LONG_LABEL)
    label = hit.labels[0]
    if len(value) > _LONGEST.get(label.shape, 60) or "\n" in value or _STOPS.intersection(value):
        return False
    return label.shape != "name" or not _holds_label(value, words, shortest=2)


def _holds_label(value: str, words: Words, *, shortest: int) -> bool:
    """Tell whether a value holds a label of a unit, a project or a person, or a heading: 某局监督管理单位某局."""
    printed = spell_out(value)
    letters = printed.letters
    for at in range(1, len(letters)):
        for end in words.labels.list_ends(letters, at):
            labels = words.form.labels_by_name.get(letters[at:end], ())
            named = end < len(letters) and any(one.field.startswith(_WITHIN) for one in labels)
            if end - at >= shortest and (named or (end - at >= _LONG_LABEL and letters[at:end] in words.form.contexts)):
                return True
    return False


def _is_open(text: str, hit: Hit, value: str, end: int, following: Hit | None, words: Words) -> bool:
    """Tell whether the end of a value is uncertain: 桥梁改造项目|主管部门 may as well be 桥梁改造|项目主管部门."""
    if following is None or text[end - 1 : end] in FREE or hit.is_long:
        return False
    shorter = any(short in words.labels for short in list_shorter(following.key, words.form.label_words, years=False))
    return shorter and not shapes.is_body(value)


def _read_rest(text: str, begin: int, end: int, form: Form) -> Iterator[Entry]:
    """Yield the lines of funds that no label names, behind an amount; and what else stands there."""
    while begin < end:
        found = _FUND.match(text, begin, end)
        amount = AMOUNT.match(text, found.end(), end) if found else None
        if found is None or amount is None or not fold_label(found.group(1)).endswith(form.fund_ends["by_source"]):
            break
        yield Entry(found.group(1), amount.group().strip(), "label", found.start(1), BUDGET)
        begin = amount.end()
    rest = text[begin:end].strip()
    if rest.strip("，。；、,;:："):
        yield Entry(rest, None, "unsure", begin, BUDGET)


def _settle_repeated(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries; of two for one field none is certain: the second may be part of the value of the first."""
    counts = Counter(one.field for one in entries if one.field != _OTHER)
    return [
        _doubt(one) if one.kind == "label" and counts[one.field] > 1 and one.field != BUDGET else one for one in entries
    ]


def _settle_budget(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries; where one amount of the block is uncertain all are, since amounts are added up."""
    places = [number for number, one in enumerate(entries) if one.field.startswith(BUDGET)]
    if not places or not any(one.kind == "unsure" for one in entries[places[0] : places[-1] + 1]):
        return list(entries)
    return [_doubt(one) if number in places and one.kind == "label" else one for number, one in enumerate(entries)]


def _doubt(entry: Entry) -> Entry:
    """Return a label and its value as one text that was not told apart."""
    return entry._replace(heading=f"{entry.heading}{entry.value or ''}", value=None, kind="unsure")
