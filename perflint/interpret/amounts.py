"""Amounts of money named in prose, with the words that say what they are for."""

from __future__ import annotations

from decimal import Decimal

from perflint.interpret.folding import fold_characters
from perflint.interpret.units import split_money
from perflint.pattern import LazyPattern
from perflint.typed import NamedTuple


class MoneyMention(NamedTuple):
    """One amount in a text.

    Attributes:
        text: Label, number and unit as printed, without what stands between sentences.
        label: The words right before the number (基本支出, 资金总额), ``""`` if there are none.
        number: As printed.
        unit: ``元 千元 万元 亿元``, or 万 and 亿 alone.
        yuan: The amount in 元.
        start: Offset of the number in the text.
    """

    text: str
    label: str
    number: Decimal
    unit: str
    yuan: Decimal
    start: int


_LONGEST_TEXT = 100_000
_LONGEST_LABEL = 16
_AMOUNT = LazyPattern(
    r"(?<![0-9.])(?<![0-9],)(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]{1,20})(?:\.[0-9]{1,10})?) ?"
    r"(?P<unit>(?:十|百|千)?[万亿]?元|[万亿](?![元人亩户次株平立吨件份头只羽册张名字众余多多个级米公千]))(?!/|每|一[次人户个亩])"
)
_GLUE = (
    "为",
    "共计",
    "合计",
    "总计",
    "计",
    "共",
    "约",
    "达到",
    "达",
    "是",
    "约为",
    "不超过",
    "不少于",
    ":",
    "(",
    "≤",
    "≥",
    "=",
)


def read_amounts(text: str) -> tuple[MoneyMention, ...]:
    """Read the amounts of money in *text*, in order; prices per something (0.5万元/次, 每人500元) are none.

    Of a text longer than 100 000 characters the beginning is read.
    """
    printed = text[:_LONGEST_TEXT]
    if "元" not in printed and "万" not in printed and "亿" not in printed:
        return ()
    folded = fold_characters(printed)
    mentions: list[MoneyMention] = []
    edge = 0
    for found in _AMOUNT.finditer(folded):
        money = split_money(found["unit"])
        label = _read_label(folded, edge, found.start())
        edge = found.end()
        if money is None or "每" in label:
            continue
        number = Decimal(found["number"].replace(",", ""))
        mentions.append(
            MoneyMention(
                text=printed[found.start() - _distance(folded, label, found.start()) : found.end()],
                label=label,
                number=number,
                unit=found["unit"],
                yuan=number * money[0],
                start=found.start(),
            )
        )
    return tuple(mentions)


def _read_label(text: str, edge: int, end: int) -> str:
    """Return the run of words that ends where the number begins, without 为, 共, 约 and the like."""
    end = _step_over_glue(text, edge, end)
    start = end
    while start > max(edge, end - _LONGEST_LABEL) and _is_word(text[start - 1]):
        start -= 1
    if start > edge and text[start - 1].isdigit():
        # 2023年收入: the year is no part of the label.
        start += text[start:end].startswith(("年", "月", "日"))
        start += text[start:end].startswith("度")
    return text[start:end].removeprefix("其中")


def _step_over_glue(text: str, edge: int, end: int) -> int:
    while end > edge:
        glue = next((word for word in _GLUE if text.endswith(word, edge, end)), None)
        if glue is None:
            return end
        end -= len(glue)
    return end


def _is_word(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" or character in "“”"


def _distance(text: str, label: str, start: int) -> int:
    """Return how far before *start* the label begins."""
    return start - text.rfind(label, 0, start) if label else 0
