"""Counts and measures named in prose: 18个村，1个社区; 宣传20次."""

from __future__ import annotations

from decimal import Decimal

from perflint.interpret.folding import fold_characters
from perflint.interpret.units import clean_unit, scan_unit, split_money
from perflint.pattern import LazyPattern
from perflint.typed import NamedTuple


class Quantity(NamedTuple):
    """One count or measure in a text.

    Attributes:
        number: As printed.
        unit: As printed.
        noun: What is counted, when it follows the unit (18个|村); None otherwise.
        text: Number, unit and noun as printed.
        start: Offset of the number in the text.
        label: The words right before the number (宣传|20次), ``""`` if there are none.
    """

    number: Decimal
    unit: str
    noun: str | None
    text: str
    start: int
    label: str


_LONGEST_TEXT = 100_000
_LONGEST_NOUN = 8
_LONGEST_LABEL = 12
_NUMBER = LazyPattern(
    r"(?<![0-9.A-Za-z第〔])(?<![0-9],)(?<![0-9][-~—至])"
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]{1,20})(?:\.[0-9]{1,10})?(?= ?[^0-9 ])"
)
_DATE = LazyPattern(r"(?:(?:19|20)[0-9]{2}年|[0-9]{1,2}月(?![份])|[0-9]{1,2}月份|[0-9]{1,2}日(?=[前起止至内,。;]|$))")
_PLACES = (
    "行政村",
    "自然村",
    "社区",
    "乡镇",
    "小区",
    "街道",
    "村组",
    "村",
    "镇",
    "项目",
    "企业",
    "学校",
    "单位",
    "部门",
    "网格",
)
_NOUN_ENDS = frozenset("的由和与及为在是以对并将等进开实被把从向用于按可应需共均都各总")


def read_quantities(text: str) -> tuple[Quantity, ...]:
    """Read the counts and measures in *text*, in order; money, dates and ordinals are none.

    Of a text longer than 100 000 characters the beginning is read.
    """
    printed = text[:_LONGEST_TEXT]
    folded = fold_characters(printed)
    quantities: list[Quantity] = []
    edge = 0
    for found in _NUMBER.finditer(folded):
        start, at = found.start(), found.end()
        if start < edge:
            continue
        at += folded[at : at + 1] == " "
        end = scan_unit(folded, at)
        if end == at or _is_other(folded, start, at, end):
            continue
        noun = _read_noun(folded, end)
        quantities.append(
            Quantity(
                number=Decimal(found.group().replace(",", "")),
                unit=clean_unit(printed[at:end]),
                noun=noun or None,
                text=printed[start : end + len(noun)],
                start=start,
                label=_read_label(folded, edge, start),
            )
        )
        edge = end
    return tuple(quantities)


def _is_other(text: str, start: int, at: int, end: int) -> bool:
    """Whether the number belongs to a date or is money."""
    if split_money(text[at:end]) is not None:
        return True
    return _DATE.match(text, start) is not None and not text.startswith("个", at)


def _read_noun(text: str, start: int) -> str:
    """Read the counted thing after a unit; the common kinds of place end where they end."""
    for place in _PLACES:
        if text.startswith(place, start):
            return place
    end = start
    while end < len(text) and end - start < _LONGEST_NOUN and "\u4e00" <= text[end] <= "\u9fff":
        if text[end] in _NOUN_ENDS:
            break
        end += 1
    return "" if text.startswith("分别", start) else text[start:end]


def _read_label(text: str, edge: int, end: int) -> str:
    start = end
    while start > max(edge, end - _LONGEST_LABEL) and "\u4e00" <= text[start - 1] <= "\u9fff":
        start -= 1
    if start > edge and text[start - 1].isdigit():
        # 12月31日前完成5次: the rest of the date is no part of the label.
        start = end - len(text[start:end].lstrip("年度月日号底前内止"))
    return text[start:end]
