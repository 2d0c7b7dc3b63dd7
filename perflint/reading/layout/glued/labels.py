"""Where the labels of a form stand in running text: which of its words are labels, and which are part of a value.

项目名称校舍修缮主管部门某县教育局 ──list_hits──▶ 项目名称, 主管部门
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perflint.reading.cell import shapes
from perflint.reading.form.template import Form, Label
from perflint.reading.header.words import list_shorter
from perflint.reading.layout.glued.letters import Letters
from perflint.reading.layout.glued.words import Words

AMOUNT = re.compile(r"[ \t\u3000]*\d[\d,，]*(?:\.\d+)?[ \t\u3000]*(?:万元|亿元|千元|元)?(?![\d.%％个人次年])")
GOALS = "goals."
BUDGET = "budget."
FREE = frozenset("\n\t \u3000。；;:：)）]】")  # behind these a label begins a cell
_REMARK = re.compile(r"\s*[（(][^（()）\d\n]{0,12}[)）]")
_COLON = re.compile(r"\s*[:：][ \t\u3000]*")
_PART = re.compile(r"(?:其中|包括)\s*[:：]?\s*$")
_LONG = (GOALS, "duties", "project.purpose")
_OTHERS = (
    "organization.",
    "project.",
    "sign_off.",
    "filed_on",
    "unread",
)  # fields of which none stands behind the goals
_LOOK = 24
_LEADS = 6  # characters of 其中 before a label


class Hit(NamedTuple):
    """A label in running text: its place, the end of its words, and where its value begins and must end."""

    begin: int
    end: int
    value: int
    stop: int | None
    labels: tuple[Label, ...]
    context: str | None
    key: str

    @property
    def field(self) -> str:
        return self.labels[0].field if self.labels else ""

    @property
    def is_long(self) -> bool:
        return self.field.startswith(_LONG)


def list_hits(printed: Letters, words: Words) -> Iterator[Hit]:
    """Yield the labels of a text from left to right."""
    found = list(_list_all(printed, words))
    goal = _find_goal(found, printed.text)
    before: Hit | None = None
    done = 0
    for hit in found:
        if hit.begin >= done and _is_accepted(printed, hit, before, goal, words):
            yield hit
            before, done = hit, _reach(hit)


def _list_all(printed: Letters, words: Words) -> Iterator[Hit]:
    """Yield every word of a label, the longest that begins at a letter, none within another."""
    at = 0
    while at < len(printed.letters):
        end = words.find_label(printed, at)
        if end > at:
            yield _build_hit(printed, at, end, words.form)
        at = max(end, at + 1)


def _find_goal(hits: Sequence[Hit], text: str) -> int:
    """Return where the goals begin, the last thing over the indicators; the end of the text where that is uncertain.

    A word for goals that other labels stand behind may be part of a value, and they part of its text.
    """
    goals = [hit.begin for hit in hits if hit.field.startswith(GOALS)]
    last = max((hit.begin for hit in hits if hit.field.startswith(_OTHERS)), default=-1)
    if not goals or goals[0] > last:
        return goals[0] if goals else len(text)
    apart = (place for place in goals if (place == goals[0] or place > last) and _is_apart(text, place))
    return next(apart, len(text))


def _is_apart(text: str, place: int) -> bool:
    """Tell whether a word begins a line, or stands behind an amount."""
    return _begins_line(text, place) or text[place - 1].isdigit() or text[place - 1] == "元"


def _build_hit(printed: Letters, at: int, end: int, form: Form) -> Hit:
    text = printed.text
    begin, stop = printed.place_of(at), printed.end_of(end)
    lead = _PART.search(text, max(0, begin - _LEADS), begin)
    begin = lead.start() if lead else begin
    remark = _REMARK.match(text, stop)
    stop = remark.end() if remark else stop
    colon = _COLON.match(text, stop)
    value = colon.end() if colon else stop
    key = printed.letters[at:end]
    keys = (key, *list_shorter(key, form.label_words, years=False))
    labels = next((form.labels_by_name[one] for one in keys if one in form.labels_by_name), ())
    context = next((form.contexts[one] for one in keys if one in form.contexts), None)
    amount = AMOUNT.match(text, value) if any(label.shape == "amount" for label in labels) else None
    return Hit(begin, stop, value, amount.end() if amount else None, labels, context, key)


def _is_accepted(printed: Letters, hit: Hit, before: Hit | None, goal: int, words: Words) -> bool:
    """Tell whether a word of the form is a label where it stands, and no part of a value.

    Args:
        goal: where the goals begin, a text in which words of the form are words.
    """
    text = printed.text
    touches = before is not None and hit.begin == _reach(before)
    if hit.begin >= goal:
        return hit.begin == goal or _begins_line(text, hit.begin) or (touches and hit.field.startswith(GOALS))
    if hit.field.startswith(GOALS) or (before is not None and before.is_long and not touches):
        return _begins_line(text, hit.begin)
    free = touches or hit.begin == 0 or text[hit.begin - 1] in FREE
    rest = text[hit.value : hit.value + _LOOK]
    blank = not rest.strip() or rest[:1] == "\n" or _find_next(printed, hit, words) is not None
    kinds = {label.shape for label in hit.labels}
    if kinds & {"amount", "figure"} and hit.stop is not None:
        return True
    if not hit.labels or kinds <= {"amount", "figure"}:
        return blank and (free or _heads_funds(printed, hit, words))
    colon = hit.value > hit.end
    if kinds <= {"money_unit"}:
        return colon and shapes.read_money_unit(rest[:2].strip()) is not None
    if kinds <= {"date", "money_unit"} or kinds <= {"year"}:
        return (free or colon) and (blank or rest[:1].isdigit())
    return True


def _heads_funds(printed: Letters, hit: Hit, words: Words) -> bool:
    """Tell whether a word heads the block of funds: right behind it stands a label with its amount."""
    following = _find_next(printed, hit, words) if hit.context == "budget" else None
    return following is not None and following.stop is not None


def _find_next(printed: Letters, hit: Hit, words: Words) -> Hit | None:
    """Return the label that stands right behind one, which has no value then."""
    at = printed.find_letter(hit.value)
    end = words.find_label(printed, at) if at < len(printed.letters) else at
    return _build_hit(printed, at, end, words.form) if end > at else None


def _reach(hit: Hit) -> int:
    return hit.stop if hit.stop is not None else hit.value


def _begins_line(text: str, place: int) -> bool:
    return not text[text.rfind("\n", 0, place) + 1 : place].strip()
