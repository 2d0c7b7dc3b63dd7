"""What a text says that one of something costs: 每人每月100元, 人均2万元, 530元/月."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from perflint.interpret.amounts import MoneyMention
from perflint.interpret.folding import fold_characters
from perflint.interpret.text import count_shared
from perflint.interpret.units import split_money
from perflint.pattern import LazyPattern
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from collections.abc import Sequence


class _Price(NamedTuple):
    """A price, what it is per, and those of the words before and inside it that not any price has."""

    mention: MoneyMention
    per: frozenset[str]
    words: str


_MONEY = r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12}(?:\.[0-9]{1,4})?) ?(?P<unit>[万亿]?元)"
_WORDS = r"[\u4e00-\u9fff]{0,8}?"
_PATTERNS = (
    LazyPattern(
        rf"(?<![0-9.,]){_MONEY}/(?P<per>(?:平方米|立方米|公里|课时|人次|批次|学生|[\u4e00-\u9fff])(?:[·/.][人户年月天次])?)"
    ),
    LazyPattern(
        rf"每个?(?P<per>(?:平方米|公里|学生|[人名位生户亩村场次座台套辆所处盏吨册份件米年月])(?:[、,]?每[人年月天次])?){_WORDS}(?<![0-9.,]){_MONEY}(?![/0-9])"
    ),
    LazyPattern(rf"(?P<per>[人生户亩村])均{_WORDS}(?<![0-9.,]){_MONEY}(?![/0-9])"),
)
_PERSONS = {"名": "人", "位": "人", "生": "人", "学生": "人"}
_PART = LazyPattern(r"[^·/.、,每个]+")
# Words that any price is called by.
_GENERAL = LazyPattern(r"[人户亩村生]均|每.|[标準标]准|补[助贴]|成本|单价|资金|经费|费用|项目|年度|[单位个]")
_DOUBTFUL = LazyPattern(r"上年|去年|增加|提高|[由从]|累计|约|左右|最[高低]|封顶|以[上内]|其中")
_LONGEST_LABEL = 16
_WORD = 2


def told_price(texts: Sequence[str], name: str, yuan: Decimal, per: str | None) -> list[MoneyMention]:
    """Read what *texts* say that one of the matter of *name* costs if all of it differs from *yuan*.

    A price is of the matter where it is per the same thing, a year of it left out, and a word of the name stands
    before it; a name of general words only (人均补助标准) takes the one price there is.

    Returns:
        The prices, in order; none if one of them, whatever it is of, is *yuan*.
    """
    wanted = _fold_per(per or "")
    if not wanted and not per:
        return []
    said = _read_all(tuple(texts)).get(wanted)
    if said is None or yuan in said.yuan:
        return []
    alike = said.prices
    matter = _GENERAL.sub("", fold_characters(name))
    if len(matter) < _WORD:
        return [price.mention for price in alike] if len(alike) == 1 else []
    pairs = {matter[at : at + _WORD] for at in range(len(matter) - 1)}
    akin = [alike[number] for number in sorted({number for pair in pairs for number in said.by_pair.get(pair, ())})]
    # Of 低保标准城市730元 and 农村530元 the second is of 农村低保: nothing stands before it that the name does not say.
    strange = [len(price.words) - count_shared(price.words, matter) for price in akin]
    least = min(strange, default=0)
    return [price.mention for price, words in zip(akin, strange, strict=True) if words == least]


class _PerThing(NamedTuple):
    """The prices per the same thing in order, what they come to, and their numbers by the words before them."""

    prices: list[_Price]
    yuan: set[Decimal]
    by_pair: dict[str, list[int]]


@lru_cache(maxsize=32)
def _read_all(texts: tuple[str, ...]) -> dict[frozenset[str], _PerThing]:
    said: dict[frozenset[str], _PerThing] = {}
    for price in (price for text in texts for price in _read_prices(text)):
        prices, yuan, by_pair = said.setdefault(price.per, _PerThing([], set(), {}))
        for pair in {price.words[at : at + _WORD] for at in range(len(price.words) - 1)}:
            by_pair.setdefault(pair, []).append(len(prices))
        prices.append(price)
        yuan.add(price.mention.yuan)
    return said


def _read_prices(text: str) -> tuple[_Price, ...]:
    if "元" not in text:
        return ()
    folded = fold_characters(text)
    prices: list[_Price] = []
    for pattern in _PATTERNS:
        for found in pattern.finditer(folded):
            start, end = found.span()
            opening = max(folded.rfind(stop, 0, start) for stop in ",。;、\n") + 1
            clause = folded[opening:end]
            money = split_money(found["unit"])
            if (
                money is None
                or _DOUBTFUL.search(clause) is not None
                or folded.startswith(("以上", "以内", "左右"), end)
            ):
                continue
            number = Decimal(found["number"].replace(",", ""))
            # 聘用防疫员88名,|每人每年补助6000元: what is paid for stands in front of the comma.
            opening = opening if opening < start else 0
            words = "".join(filter(_is_chinese, folded[max(start - _LONGEST_LABEL, opening) : start]))
            mention = MoneyMention(
                text=text[start:end],
                label=words + "".join(filter(_is_chinese, found.group().replace(found["unit"], ""))),
                number=number,
                unit=found["unit"],
                yuan=number * money[0],
                start=start,
            )
            prices.append(_Price(mention, _fold_per(found["per"]), _GENERAL.sub("", mention.label)))
    return tuple(prices)


def _fold_per(per: str) -> frozenset[str]:
    """Return what a price is per: a year of it is left out, and the person where it is per month."""
    parts = {_PERSONS.get(part, part) for part in _PART.findall(fold_characters(per))} - {"年"}
    return frozenset(parts - {"人"} if "月" in parts else parts)


def _is_chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
