"""How often something is to be done, as prose says it: 每周至少开展1次, 2次/年, 半年一次."""

from __future__ import annotations

from decimal import Decimal

from perflint.interpret.folding import fold_characters
from perflint.interpret.numerals import read_numeral
from perflint.pattern import LazyPattern
from perflint.typed import NamedTuple


class Frequency(NamedTuple):
    """So many times in a stretch of time.

    Attributes:
        count: Times in one stretch, as printed.
        every: ``day week ten-days half-month month quarter half-year term year``.
        per_year: Times in a year: count x 365, 52, 36, 24, 12, 4, 2, 2 or 1, divided by the interval.
        interval: How many of the stretches: 2 in 每两周.
        text: What was read.
    """

    count: Decimal  # type: ignore[assignment]  # hides tuple.count, which nobody needs of three facts
    every: str
    per_year: Decimal
    interval: Decimal
    text: str


_EVERY = {
    **dict.fromkeys(("日", "天"), ("day", 365)),
    **dict.fromkeys(("周", "星期", "礼拜"), ("week", 52)),
    "旬": ("ten-days", 36),
    **dict.fromkeys(("月", "月度", "个月"), ("month", 12)),
    **dict.fromkeys(("半月", "半个月"), ("half-month", 24)),
    **dict.fromkeys(("季度", "季", "个季度"), ("quarter", 4)),
    **dict.fromkeys(("半年", "半年度"), ("half-year", 2)),
    **dict.fromkeys(("学期", "个学期"), ("term", 2)),
    **dict.fromkeys(("年", "年度"), ("year", 1)),
}
_STRETCH = r"(?P<every>半个?月|半年度?|年度?|个?季度|季|个月|月度?|周|星期|礼拜|旬|日|天|个?学期)"
_NUMBER = r"(?P<count>[0-9]{1,4}|[一二两三四五六七八九十]{1,3})"
_TIMES = r"(?:次|回|场次|批次|班次|车次|场|期|轮|遍|篇|份|堂|趟)"
_EACH = LazyPattern(
    rf"每(?P<interval>[两二三四五六]|[2-9])?{_STRETCH}[^,。;:、每\n]{{0,16}}?(?<![0-9.第]){_NUMBER}{_TIMES}(?!以?内)"
)
_PER = LazyPattern(rf"(?<![0-9.]){_NUMBER}{_TIMES}/每?(?P<interval>[两二三四五六]|[2-9])?{_STRETCH}")
_ONE = LazyPattern(
    rf"(?<![0-9.第每])(?:一|1|(?=半))(?P<interval>)?{_STRETCH}(?:至少|不少于|开展|召开|组织|举办){{0,2}}{_NUMBER}{_TIMES}"
)
_FEAST = "(?:元旦|春节|元宵节?|清明节?|五一|端午节?|六一|七一|八一|中秋节?|国庆节?|重阳节?)"
# 春秋两季各1次, 上、下半年各1次, 3月、9月各1次: so many times at each of the times named.
_NAMED = LazyPattern(
    rf"(?P<at>{_FEAST}(?:[、和及与,]{_FEAST}){{1,9}}|[春夏秋冬](?:[、和及与,]?[春夏秋冬]){{1,3}}[两三四]?季度?|上[、和及与,]?下半年|[0-9]{{1,2}}月(?:[、和及与,][0-9]{{1,2}}月){{1,11}})"
    rf"(?:分别|各)(?:至少|不少于|开展|组织|举办|召开|进行|实施)*{_NUMBER}{_TIMES}"
)
_ONE_TIME = LazyPattern(f"{_FEAST}|[春夏秋冬上下]|[0-9]{{1,2}}月")
# Parts of a day or a month at each of which something is done.
_PARTS = LazyPattern(r"(?P<parts>早中?晚|上午?和?下午|上中下旬|上下半月)各")
_LONGEST_TEXT = 100_000


def read_frequency(text: str) -> Frequency | None:
    """Read the one frequency that *text* states.

    Returns:
        The frequency; None if there is none, or several that differ in times a year. A stretch without a count
        (每季度召开会议) states none. Of a text longer than 100 000 characters the beginning is read.
    """
    text = fold_characters(text[:_LONGEST_TEXT])
    if "次" not in text and "每" not in text and "/" not in text and "期" not in text:
        return None
    found = [
        frequency
        for pattern in (_EACH, _PER, _ONE)
        for match in pattern.finditer(text)
        if (frequency := _build(match.group(), match["interval"], match["every"], match["count"])) is not None
    ]
    found += [_build_named(match.group(), match["at"], match["count"]) for match in _NAMED.finditer(text)]
    if not found or any(other.per_year != found[0].per_year for other in found):
        return None
    return found[0]


def _build(text: str, interval: str | None, every: str, count: str) -> Frequency | None:
    times = _to_number(count)
    step = _to_number(interval) if interval else Decimal(1)
    if times is None or step is None or not times:
        return None
    name, per_year = _EVERY[every]
    times *= _count_parts(text)
    return Frequency(times, name, times * per_year / step, step, text)


def _count_parts(text: str) -> int:
    """Return at how many times of the stretch, where they are named: 2 in 每天早晚各1次."""
    found = _PARTS.search(text)
    return 1 if found is None else sum(part in "早中晚上下" for part in found["parts"])


def _build_named(text: str, at: str, count: str) -> Frequency:
    times = (_to_number(count) or Decimal(1)) * len(_ONE_TIME.findall(at))
    return Frequency(times, "year", times, Decimal(1), text)


def _to_number(word: str) -> Decimal | None:
    return Decimal(word) if word.isdigit() else read_numeral(word)
