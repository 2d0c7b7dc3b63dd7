"""Read one quantity: comparators, number or range, unit, and the words around them.

Works on a ``Part``: folded text without spaces beside the print of the same length, so units come out as printed.
"""

from __future__ import annotations

from decimal import Decimal

from perflint.interpret.comparator import (
    GLYPHS,
    POST_WORDS,
    WEAK,
    WORD,
    Sign,
    find_distant_word,
    find_signs_start,
    read_word,
    scan_post_word,
    scan_signs,
)
from perflint.interpret.folding import has_full_width
from perflint.interpret.numerals import DIGITS, NUMERAL_CHARACTERS, scan_numeral
from perflint.interpret.units import (
    clean_unit,
    is_bare_scale,
    is_time,
    same_unit,
    scan_population,
    scan_prefix,
    scan_unit,
    split_money,
)
from perflint.pattern import LazyPattern
from perflint.typed import NamedTuple

_NUMBER = LazyPattern(r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?")
_DIGIT = LazyPattern(r"[0-9]")
_COUNT = LazyPattern(r"[0-9]|[一二两三四五六七八九十]{1,3}[次场期回遍轮届]")
_NUMERAL_START = LazyPattern(r"[百千万]分之|百分百|[零一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾]")
# What holds a number and counts nothing: 2026年, DN300管道, 65岁以上, 3A级, 10kV, 12345热线.
_ATTRIBUTE = (
    r"(?:19|20)[0-9]{2}年|(?<=[A-Za-zΦφ])[0-9]+(?:\.[0-9]+)?(?:[-~—][A-Za-zΦφ]{1,3}[0-9]+)?[A-Z]{0,3}(?=[一-龥])"
    r"|(?<=[“\"「])[0-9][^”\"」]{0,6}(?=[”\"」])|[0-9]{1,2}年生"
    r"|[0-9]{1,3}(?:[-~—至][0-9]{1,3})?周?岁(?:及?以[上下])?|[0-9][A-Z](?=[一-龥])|[0-9]{1,3}(?:[kK][vV]|千伏)"
    r"|(?:12[0-9]{3}|11[09]|12[02])(?=热线|平台|工单|投诉|消费|接|指挥|报警|急救|便民|举报)"
)
_CONTEXT = LazyPattern(_ATTRIBUTE)
_EVERY_FEW = LazyPattern(r"每(?P<count>[0-9]{1,2}|[两二三四五六])个?(?P<unit>年|月|天|日|周|小时|季度)")
_RANGE_SIGN = LazyPattern(r"(?:-{1,2}|—{1,2}|~|至|到)(?=[0-9+\-一二两三四五六七八九十百千万])")
# Of 和 and 与 only 之间 tells that they join the ends of a range: 介于90%和95%之间.
_BETWEEN_SIGN = LazyPattern(r"[和与](?=[0-9+\-一二两三四五六七八九十百千万][^和与]{0,16}之间)")
_BETWEEN_WORDS = frozenset("介于 在 处于 保持在 稳定在 维持在 位于".split())
_INCLUSIVE = LazyPattern(r"\((?P<not>不)?(?:包含|含|包括)(?:本数?|[0-9.]+%?[^0-9()]{0,3})?\)")
_PER_WORD = LazyPattern(r"每(?:(?:个|名|户|位|所|家|座|支|只|头|条|批)(?=[^\x00-\x7f]))?")
_PER_UNIT = LazyPattern(
    r"标段|案|例|宗|笔|间|幢|口|条|份|册|篇|部|艘|支|盏|棵|剂|[百千万]名?人口|年度|半年|半个?月|季度|季|月度|月|周|星期|天|日|旬|学期|学年|次|场|期|人|户|亩|村|社区|乡镇|小区|学校|班|生|学生|教师|床|车|项目|企业|合作社|万人|千人|百人|镇|乡|县|校|园|馆|院|所|店|队|组|楼|栋|公顷|学员|职工|老人|儿童|党员|农户|批|个|名|家|处|座|头|只|株|公里|平方米|米|吨|辆|台|套|件|项|年"
)
_PER_SPELLING = {"月度": "月", "季": "季度", "年度": "年", "星期": "周"}
_RATE = LazyPattern(
    r"(?:一|1)个?(?P<one>年|季度|季|月|周|天|日)"
    r"|(?P<several>半年|半个?月|(?:[两二三四五六七八九十]|[2-9]|1[0-9])个?(?:年|月|周|天|日|小时))"
)
_RATE_STARTS = frozenset("一1半两二三四五六七八九十23456789")
_RATED = LazyPattern(f"(?:{_RATE.source})" + r"(?=[0-9一二两三四五六七八九十]{1,3}[次场期回遍轮届])")
_FRACTION = LazyPattern(r"[0-9]+/[0-9]+|[0-9一二两三四五六七八九十]分之[0-9一二两三四五六七八九十]")
# 15万盆: one character that closes the cell is what is counted, though no list holds it.
_SCALED_NOUN = LazyPattern(r"[一-龥](?<![余多来以之左内整级前后约])(?=$|\(|以上|以下|以内|左右)")
_LEADING_UNITS = {"%": "%", "¥": "元", "￥": "元", "个": "个", "人民币": "元", "RMB": "元"}
_LONGEST_NUMBER = 30
_INNER_WORDS = "部容外涝科环河训控审设"
_LOST_SIGNS = "".join(GLYPHS)
_LOWEST_WIDE = "\u2e80"
_APPROXIMATE = {"余": ">", "多": ">", "来": "~"}
_SHARES = ("%", "‰", "‱")
_PARTS_OF = {"百": "%", "千": "‰", "万": "‱"}


class Part(NamedTuple):
    """One part of a cell: *text* folded and without spaces, *printed* of the same length, and what was folded away."""

    text: str
    printed: str
    notes: tuple[str, ...] = ()


class Number(NamedTuple):
    """A number and where it ends; *unit* when the words name one (百分之 → ``%``)."""

    value: Decimal
    end: int
    unit: str | None = None


class Measure:
    """A quantity while it is being read; ``rest`` is the offset of whatever follows it."""

    __slots__ = ("high", "label", "low", "notes", "per", "rest", "signs", "start", "unit", "value", "worded")

    def __init__(self) -> None:
        self.value: Decimal | None = None
        self.low: Decimal | None = None
        self.high: Decimal | None = None
        self.unit: str | None = None
        self.signs: list[Sign] = []
        self.per: str = ""
        self.label = ""
        self.notes: list[str] = []
        self.start = 0
        self.rest = 0
        self.worded = False

    def take_unit(self) -> str | None:
        """Return the unit read so far and forget it."""
        unit, self.unit = self.unit, None
        return unit


def read_measure(part: Part, start: int | None = None, *, in_column: bool = False) -> Measure | None:
    """Read the first quantity of *part*, or the one whose number begins at *start*.

    Args:
        in_column: A unit stands in a column beside, so that a Chinese numeral alone is a number (零 with the unit 起).

    Returns:
        The quantity with the words before it in ``label`` and the rest unread from ``rest`` on; None when there is
        no number, or when what looks like one is something else (4A级, 第3名, 1:3, 1/3).
    """
    text = part.text
    at = find_number(text) if start is None else start
    if at is None:
        return None
    measure = Measure()
    measure.notes.extend(part.notes)
    signs_at = _read_head(part, at, measure)
    # An ordinal or a code is no quantity: 第3名, A4.
    if signs_at == at and _spoils_number(text[:at]):
        return None
    if measure.label.lstrip(_LOST_SIGNS) in ("二", "三"):
        # A printed = or ≡ that a scanner took for a numeral.
        measure.label = ""
        measure.notes.append("comparator_unreadable")
    number = _read_number(part, at, measure, alone=in_column and at == 0)
    if number is None:
        return None
    measure.value = number.value
    end = _read_unit(part, _read_approximation(text, number.end, measure), measure, number.unit)
    end = _read_unit_behind_bracket(part, end, measure)
    end = _read_range(part, end, measure, number)
    end = _read_per_suffix(text, end, measure)
    measure.rest = _read_post(part, end, measure)
    _read_unit_before(measure)
    _join_per(measure)
    return measure


def drop_attributes(label: str) -> str:
    """Return *label* without what holds a number and counts nothing: DN300管道 → 管道."""
    return _CONTEXT.sub("", label)


def find_number(text: str) -> int | None:
    """Return where the first number begins: a digit, else 百分之, else a Chinese numeral; with its sign."""
    found = _DIGIT.search(text)
    rated = _RATED.match(text) if text[:1] in _RATE_STARTS else None
    if rated is not None:
        return rated.end()
    if found is None:
        numeral = _NUMERAL_START.search(text)
        return None if numeral is None else _skip_context(text, numeral.start())
    at = _skip_context(text, found.start())
    if at >= 3 and text[at - 2 : at] == "分之" and text[at - 3] in _PARTS_OF:
        return at - 3
    numeral = _NUMERAL_START.search(text, 0, at)
    if numeral is not None and "分之" in numeral.group():
        return numeral.start()
    if at and text[at - 1] in "+-±" and (at == 1 or not text[at - 2].isalnum() or text[at - 2] > "\u2e80"):
        at -= 1
    return at


def _skip_context(text: str, at: int) -> int:
    """Step over 2026年, 每2年, DN300 and the like to the number they belong to, if one follows."""
    found = _CONTEXT.match(text, at) or (_EVERY_FEW.match(text, at - 1) if at and text[at - 1] == "每" else None)
    following = None if found is None else _COUNT.search(text, found.end())
    if found is None or following is None or _counts_after_name(text, at, found.end()):
        return at
    start = following.start()
    return _skip_context(text, start) if text[start] <= "9" else start


def _counts_after_name(text: str, start: int, end: int) -> bool:
    """Whether digits behind a Latin name count it (AED|5台) rather than belong to it (DN300|管道)."""
    return start > 0 and text[start - 1].isascii() and text[start - 1].isalpha() and scan_unit(text, end) > end


def _spoils_number(before: str) -> bool:
    if not before or before in _LEADING_UNITS:
        return False
    last = before[-1]
    return last in "第前#." or (last.isalnum() and last < _LOWEST_WIDE)


def _read_head(part: Part, at: int, measure: Measure) -> int:
    """Read what stands before the number: label, per-words and comparators. Returns where the comparators begin."""
    text = part.text
    if at == 0:
        return 0
    # A colon may part a comparator from its number: ≥：90%.
    signs_end = at - 1 if text[at - 1] == ":" and find_signs_start(text, at - 1) < at - 1 else at
    signs_at = find_signs_start(text, signs_end)
    if signs_at < signs_end:
        measure.signs = scan_signs(text, part.printed, signs_at, signs_end, measure.notes)
    if signs_at:
        measure.label = _trim_label(_read_per_words(part, _read_distant(text[:signs_at], measure), measure))
    return signs_at


def _read_distant(label: str, measure: Measure) -> str:
    """Take a comparator word out of *label* when only a verb parts it from the number (至少开展|1次)."""
    span = find_distant_word(label)
    if span is None:
        return label
    measure.signs.insert(0, read_word(label[span[0] : span[1]]))
    return label[: span[0]] + label[span[1] :]


def _read_per_words(part: Part, label: str, measure: Measure) -> str:
    """Take 每人每月 and the comparators before it off the end of *label*."""
    per_at, measure.per = _find_per(label, part.text)
    if not measure.per:
        return label
    before = find_signs_start(label, per_at)
    measure.signs[:0] = scan_signs(label, part.printed, before, per_at, measure.notes)
    return label[:before]


def _trim_label(label: str) -> str:
    return label.rstrip(":为,、(").lstrip(",、。:;.")


def _find_per(label: str, text: str) -> tuple[int, str]:
    """Find 每人每月, 每季度召开 … at the end of *label* of *text*; the verb between it and the number is dropped.

    Returns:
        Where it begins, and the units as a divisor: ``/人/月``; an empty divisor when there is none.
    """
    found = label.find("每")
    if found < 0:
        return _find_rate(label, text)
    at, per = found, ""
    while label.startswith("每", at):
        end, unit = _scan_per_unit(label, at)
        if not unit:
            break
        per, at = f"{per}/{unit}", end
    verb = label[at:]
    return (found, per) if per and len(verb) <= 12 and not any(c in ",。;:(" for c in verb) else (len(label), "")


def _find_rate(label: str, text: str) -> tuple[int, str]:
    found = _RATE.fullmatch(label)
    # 一季度25% is said of the first quarter, 一季度一次 of every one.
    if found is None or (label in ("一季度", "1季度") and _RATED.match(text) is None):
        return len(label), ""
    return 0, "/" + (found["several"] or _PER_SPELLING.get(found["one"], found["one"]))


def _scan_per_unit(text: str, at: int) -> tuple[int, str]:
    """Read one 每X at *at*; returns the offset after it and X."""
    few = _EVERY_FEW.match(text, at)
    if few is not None:
        return few.end(), few.group().removeprefix("每")
    word = _PER_WORD.match(text, at)
    if word is None:
        return at, ""
    unit = _PER_UNIT.match(text, word.end()) or _PER_UNIT.match(text, at + 1)
    if unit is None:
        return at, ""
    return unit.end(), _PER_SPELLING.get(unit.group(), unit.group())


def _read_number(part: Part, at: int, measure: Measure, *, alone: bool = False) -> Number | None:
    """Read the number at *at*, digits or words; its peculiarities go to the notes of *measure*."""
    text = part.text
    if text[at + 1 : at + 3] == "分之" and text[at] in _PARTS_OF:
        return _read_parts_of(part, at, measure)
    if text.startswith("百分百", at):
        measure.worded = True
        measure.notes += ("chinese_numeral", "percent_word")
        return Number(Decimal(100), at + 3, "%")
    if text[at] in NUMERAL_CHARACTERS:
        return _read_worded(text, at, measure, alone=alone or bool(measure.signs))
    sign = text[at] if text[at] in "+-±" else ""
    found = _NUMBER.match(text, at + len(sign))
    if found is None or found.end() - found.start() > _LONGEST_NUMBER:
        return None
    end = found.end()
    if _continues(text, end):
        return None
    if has_full_width(part.printed[at:end]):
        measure.notes.append("fullwidth")
    value = Decimal(found.group().replace(",", ""))
    if sign == "±":
        measure.low, measure.high = -value, value
        measure.notes.append("plus_minus")
    return Number(-value if sign == "-" else value, end)


def _continues(text: str, end: int) -> bool:
    """Whether what follows the digits shows that they are no number by themselves: 4A, 1:3, 1/3, 2.3.4, 5G."""
    following = text[end : end + 1]
    if not following:
        return False
    if following in ":./" and text[end + 1 : end + 2].isdigit():
        return scan_population(text, end + 1) == end + 1
    if following == "." and scan_unit(text, end + 1) > end + 1:
        return True
    if following.isascii() and following.isalpha():
        unit_end = scan_unit(text, end)
        after = text[unit_end : unit_end + 1]
        return unit_end == end or (after.isascii() and after.isalnum())
    return following in "级号等版届" or text.startswith(("年级", "分之", "星级"), end)


def _read_parts_of(part: Part, at: int, measure: Measure) -> Number | None:
    text = part.text
    start = at + 3
    digits = _NUMBER.match(text, start)
    unit = _PARTS_OF[text[at]]
    if digits is not None:
        measure.notes.append("percent_word")
        return Number(Decimal(digits.group().replace(",", "")), digits.end(), unit)
    numeral = scan_numeral(text, start)
    if numeral is None:
        return None
    value, end = numeral
    if text[end : end + 1] == "点":
        value, end = _read_decimals(text, value, end)
    measure.notes += ("chinese_numeral", "percent_word")
    measure.worded = True
    return Number(value, end, unit)


def _read_decimals(text: str, value: Decimal, point: int) -> tuple[Decimal, int]:
    end = point + 1
    digits = ""
    while text[end : end + 1] in DIGITS and end < len(text):
        digits += str(DIGITS[text[end]])
        end += 1
    return (Decimal(f"{value}.{digits}"), end) if digits else (value, point)


def _read_worded(text: str, at: int, measure: Measure, *, alone: bool) -> Number | None:
    """Read a Chinese numeral; it counts as one only directly before a unit, or at the end if it may stand *alone*."""
    numeral = scan_numeral(text, at)
    if numeral is None:
        return None
    value, end = numeral
    unit_at = end + (text[end : end + 1] in _APPROXIMATE and end < len(text))
    closes = alone and unit_at == len(text)
    if scan_unit(text, unit_at) == unit_at and not closes and _RANGE_SIGN.match(text, end) is None:
        return None
    if text.startswith("分之", unit_at) or text.startswith("分之", unit_at + 1) or text[end : end + 1] == "几":
        return None
    measure.notes.append("chinese_numeral")
    measure.worded = True
    return Number(value, end)


def _read_approximation(text: str, at: int, measure: Measure) -> int:
    """Read 余, 多 or 来 between number and unit (二十余次, 100多人)."""
    if at >= len(text) or text[at] not in _APPROXIMATE:
        return at
    if not measure.signs:
        measure.signs.append(Sign(_APPROXIMATE[text[at]], WORD))
    measure.notes.append("approximate")
    return at + 1


def _read_unit(part: Part, at: int, measure: Measure, unit: str | None) -> int:
    """Read the unit at *at*, with or without a slash or brackets before it."""
    if unit is not None:
        measure.unit = unit
        return at
    text, at = part.text, _read_inner_inclusive(part.text, at, measure)
    start = at
    population = scan_population(text, at + 1) if text.startswith("/", at) else at + 1
    if population > at + 1:
        measure.unit = clean_unit(part.printed[at:population])
        return population
    scaled = _read_scaled_approximation(part, at, measure)
    if scaled > at:
        return scaled
    if text.startswith("/", at):
        start = at + 1 + text.startswith("每", at + 1)
    bracketed = text.startswith("(", at)
    end = scan_unit(text, start + bracketed)
    if bracketed:
        if end == at + 1 or text[end : end + 1] != ")":
            return at
        measure.unit = clean_unit(part.printed[at + 1 : end])
        return end + 1
    if end == start:
        scale = scan_prefix(text, start)
        if scale == start or start != at:
            return at
        end = scale
    if start != at:
        measure.notes.append("unit_slash")
    return _name_unit(part, start, end, measure)


def _read_unit_behind_bracket(part: Part, at: int, measure: Measure) -> int:
    """Read a unit that （含） parts from its number (≥10（含）个); *at* itself when there is none.

    （不含） excludes the bound and is left to the words behind the number.
    """
    found = _INCLUSIVE.match(part.text, at) if measure.unit is None and part.text.startswith("(", at) else None
    if found is None or found["not"] is not None:
        return at
    end = _read_unit(part, found.end(), measure, None)
    return at if measure.unit is None else end


def _read_scaled_approximation(part: Part, at: int, measure: Measure) -> int:
    """Read a unit that 余, 多 or 来 parts from its scale (1万余亩, 3千多人); *at* itself when there is none."""
    scale = scan_prefix(part.text, at)
    if scale == at or part.text[scale : scale + 1] not in tuple(_APPROXIMATE):
        return at
    end = scan_unit(part.text, scale + 1)
    if end == scale + 1:
        return at
    measure.unit = clean_unit(part.printed[at:scale] + part.printed[scale + 1 : end])
    _read_approximation(part.text, scale, measure)
    return end


def _name_unit(part: Part, start: int, end: int, measure: Measure) -> int:
    """Set the unit that stands from *start* to *end*; returns where it really ends."""
    if is_bare_scale(part.text[start:end]) and _SCALED_NOUN.match(part.text, end) is not None:
        end += 1
    unit = clean_unit(part.printed[start:end])
    if has_full_width(part.printed[start:end].replace("（", "(").replace("）", ")").replace("／", "/")):
        measure.notes.append("fullwidth")
    if unit == "百分比":
        unit = "%"
        measure.notes.append("percent_word")
    measure.unit = unit
    return end


def _read_range(part: Part, at: int, measure: Measure, first: Number) -> int:
    """Read the other end of a range, if one follows; the unit may stand at both ends or at the second only."""
    if part.text.startswith("±", at):
        return _read_tolerance(part, at, measure, first)
    sign = _RANGE_SIGN.match(part.text, at) or _BETWEEN_SIGN.match(part.text, at)
    if sign is None or measure.low is not None:
        return at
    start = sign.end()
    second = _read_number(part, start, measure)
    if second is None:
        return at
    lower_unit = measure.take_unit()
    end = _read_unit(part, second.end, measure, second.unit)
    low, high = first.value, second.value
    measure.value = None
    if measure.unit is None:
        measure.unit = lower_unit
    elif lower_unit is not None and not same_unit(lower_unit, measure.unit):
        low = _level_ends(low, lower_unit, measure)
    if low > high:
        measure.notes.append("range_reversed")
    measure.low, measure.high = low, high
    if measure.label in _BETWEEN_WORDS:
        measure.label = ""
    return end


def _read_tolerance(part: Part, at: int, measure: Measure, middle: Number) -> int:
    """Read what a number may differ by (20±2℃); 20毫米±5% is a share of the number and stays words."""
    allowed = _read_number(part, at + 1, measure)
    if allowed is None:
        return at
    own = measure.take_unit()
    end = _read_unit(part, allowed.end, measure, allowed.unit)
    if own is not None and own != measure.unit:
        return at
    measure.low, measure.high = middle.value - allowed.value, middle.value + allowed.value
    measure.notes.append("plus_minus")
    return end


def _level_ends(low: Decimal, lower_unit: str, measure: Measure) -> Decimal:
    """Bring the lower end of a range printed in two units of money (5000元-1万元) to the second unit."""
    lower, upper = split_money(lower_unit), split_money(measure.unit)
    measure.notes.append("unit_conflict")
    return low if lower is None or upper is None else low * lower[0] / upper[0]


def _read_per_suffix(text: str, at: int, measure: Measure) -> int:
    """Read 每人每月 after the unit (500元每人每月)."""
    while text.startswith("每", at) or text.startswith("/每", at):
        end, unit = _scan_per_unit(text, at + text.startswith("/", at))
        if not unit:
            return at
        measure.per += f"/{unit}"
        at = end
    return at


def _read_post(part: Part, at: int, measure: Measure) -> int:
    """Read post-words and the brackets that include or exclude the bound itself; returns where the rest begins."""
    text = part.text
    strict, at = _read_inclusive(text, at)
    if text[at : at + 1] == "(" and text[at + 1 : at + 2] in GLYPHS and text[at + 2 : at + 3] == ")":
        # 95%(≥): the comparator stands behind.
        measure.signs += scan_signs(text, part.printed, at + 1, at + 2, measure.notes)
        at += 3
    end = at + 1 if _closes_time(text, at, measure.unit) else scan_post_word(text, at)
    if end > at:
        measure.signs.append(Sign(POST_WORDS[text[at:end]], WORD))
        at = end
        more, at = _read_inclusive(text, at)
        if strict or more:
            measure.signs[-1] = Sign({"≥": ">", "≤": "<"}.get(measure.signs[-1].comparator, ">"), WORD)
    elif strict:
        _exclude_bound(measure)
    elif text.startswith("整", at) and split_money(measure.unit) is not None:
        at += 1
    elif measure.low is not None and text.startswith("之间", at):
        at += 2
        # Between two ends neither 达到 nor 控制在 is a bound.
        measure.signs = [sign for sign in measure.signs if sign.rank > WEAK]
    return at


def _closes_time(text: str, at: int, unit: str | None) -> bool:
    """Whether 内 at *at* says within that time, whatever is done in it: 7个工作日内|办结, not 3天|内部培训."""
    return text.startswith("内", at) and is_time(unit) and text[at + 1 : at + 2] not in tuple(_INNER_WORDS)


def _read_inclusive(text: str, at: int) -> tuple[bool, int]:
    """Read （含）, （含5%）, （不含） at *at*; returns whether the bound is excluded, and the offset after it."""
    found = _INCLUSIVE.match(text, at) if text.startswith("(", at) else None
    return (False, at) if found is None else (found["not"] is not None, found.end())


def _read_inner_inclusive(text: str, at: int, measure: Measure) -> int:
    """Read （含） or （不含） between a number and its unit (≥5（含）次); returns the offset after it."""
    strict, end = _read_inclusive(text, at)
    if end == at or scan_unit(text, end) == end:
        return at
    if strict:
        _exclude_bound(measure)
    return end


def _exclude_bound(measure: Measure) -> None:
    if measure.signs:
        last = measure.signs[-1]
        measure.signs[-1] = Sign({"≥": ">", "≤": "<"}.get(last.comparator, last.comparator), last.rank)


def _read_unit_before(measure: Measure) -> None:
    """Take a unit that was printed before its number (%95, ¥500) for what it is."""
    label = measure.label
    if not label or measure.unit is not None or label not in _LEADING_UNITS:
        return
    measure.unit, measure.label = _LEADING_UNITS[label], ""
    measure.notes.append("unit_before_number")


def _join_per(measure: Measure) -> None:
    """Join per-words to the unit: 每人每月 and 300元 are 元/人/月; 每亩300 does not say of what."""
    if not measure.per:
        return
    if measure.unit is not None:
        measure.unit += measure.per
    measure.notes.append("unit_words")


def is_fraction(text: str) -> bool:
    """Whether *text* holds a fraction such as 1/3 or 三分之二, which no target number can hold exactly."""
    return _FRACTION.search(text) is not None
