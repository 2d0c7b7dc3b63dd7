"""Points and stretches of time in a value cell: deadlines, periods, recurrences.

2025年12月底前 → deadline    2023.01.01-2023.12.31 → period    每月10日前 → recurrence
"""

from __future__ import annotations

from itertools import islice

from perflint.interpret.calendar import days_in_month, is_date
from perflint.interpret.numerals import read_numeral
from perflint.interpret.target import Target
from perflint.pattern import LazyPattern
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    import re

_BOUND = r"(?:\(含(?:当[日天月年]|本[日数])?\)|下班)?(?P<bound>(?:之|以)?前|为止|止|之内|以内|内)?"
_YEAR = r"(?:(?P<year>(?:19|20)[0-9]{2})(?:年度?|[./-](?=[0-9]{1,2}月))|(?P<this>当年|本年度?|今年|该年))"
_LEAD = r"(?:截至|截止到|截止至|截止|不晚于|不迟于|最迟于?|最晚于?|力争|确保|计划|拟|须|应|≤|<=|于|在|到){0,3}"
_QUARTER = r"第?(?P<quarter>[一二三四1-4])季度?"
_DEADLINE = LazyPattern(
    f"(?P<lead>{_LEAD})(?P<next>次年|翌年|第二年|下一?年度?)?{_YEAR}?(?:"
    r"(?P<month>[0-9]{1,2})月份?(?:(?P<day>[0-9]{1,2})(?:[日号](?:[0-9]{1,2}(?:时|点|:[0-9]{2}))?|(?![^前之以止内(]))|(?P<third>[上中下]旬)|(?P<monthend>底|末))?"
    r"|(?P<yearend>年?[底末终])"
    f"|{_QUARTER}(?P<quarterend>[底末])?"
    r"|(?P<half>[上下]半年)(?P<halfend>[底末])?"
    f"){_BOUND}"
)
_NUMERIC = LazyPattern(
    f"(?P<lead>{_LEAD})(?P<year>(?:19|20)[0-9]{{2}})(?P<mark>[./-])(?P<month>[0-9]{{1,2}})(?:(?P=mark)(?P<day>[0-9]{{1,2}})日?)?(?![0-9./-]){_BOUND}"
)
# 12.31 is a number unless 前 says that it is a day.
_SHORT = LazyPattern(
    f"(?P<lead>{_LEAD})(?P<year>(?!))?(?P<month>[0-9]{{1,2}})[.](?P<day>[0-9]{{1,2}})(?P<bound>(?:之|以)?前)"
)
# 20261231 is a number unless it may be nothing but a day; 202612 only in a stretch or before 前.
_COMPACT_MONTH = r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])"
_COMPACT_DAY = rf"{_COMPACT_MONTH}(?:0[1-9]|[12][0-9]|3[01])"
_COMPACT = LazyPattern(
    rf"(?:{_COMPACT_DAY}|{_COMPACT_MONTH}(?=[-—~至到之以前]))(?:(?:-{{1,2}}|—{{1,2}}|~|至|到)(?:{_COMPACT_DAY}|{_COMPACT_MONTH}))?"
    r"(?:(?:之|以)?前)?(?:完成)?"
)
_COMPACT_DATE = LazyPattern(r"([0-9]{4})([0-9]{2})([0-9]{2})?")
_YEAR_ONLY = LazyPattern(
    f"(?P<lead>{_LEAD})(?:(?P<year>(?:19|20)[0-9]{{2}})(?:年度?(?P<whole>全年)?|(?P<bare>全年))|(?P<this>全年度?|年度|年|当年度?|本年度?|今年))"
    r"(?P<bound>(?:之|以)?[前内]|年内|期间)?"
)
_RECURRENCE = LazyPattern(
    r"(?P<lead>每|按|逐)(?P<every>半年度?|年度?|季度?|月度?|周|星期|天|日|旬|学期|学年)"
    r"(?:(?P<month>[0-9]{1,2})月)?(?:(?:(?<=年)年|(?<=月)月)?(?P<end>底|末)|(?P<day>[0-9]{1,2})[日号]|(?P<initial>初))?"
    r"(?P<bound>(?:之|以)?前|内)?(?P<tail>.*)"
)
_EVERY = {
    "年": "year",
    "年度": "year",
    "半年": "half-year",
    "半年度": "half-year",
    "季": "quarter",
    "季度": "quarter",
    "月": "month",
    "月度": "month",
    "周": "week",
    "星期": "week",
    "天": "day",
    "日": "day",
    "旬": "ten-days",
    "学期": "term",
    "学年": "school-year",
}
_ACTIONS = LazyPattern(
    r"(?:定期|按时|及时|足额|准时|全部|全面|基本|顺利|如期)*(?:安排|完成|发放|拨付|支付|开展|进行|执行|报送|公示|实施|支出|到位|"
    r"竣工|完工|验收|结束|交付|投入|建成|落实|上报|缴纳|兑现|下达|启动|通过|使用|付清|办结|整改|总结|考核|检查|更新|结算)"
)
_COUNTED = LazyPattern(r"[0-9]|[一二两三四五六七八九十][次场期回轮遍篇个]")
_DEED = LazyPattern(r"完成|安排")
_SPAN_SIGN = LazyPattern(r"-{1,2}|—{1,2}|~|至|到")
_POINT = LazyPattern(
    r"(?:(?P<year>(?:19|20)[0-9]{2})(?:年度?|[./-]|$))?(?:(?P<month>[0-9]{1,2})(?:月份?|[./-]|$))?(?:(?P<day>[0-9]{1,2})[日号]?)?"
)
_NUMERAL = LazyPattern(r"[〇零一二三四五六七八九]{4}(?=年)|[一二三四五六七八九十]{1,3}(?=[月日号])")
_INCLUSIVE = LazyPattern(r"^\(含(?:当[日天月年]|本[日数]|[0-9]{1,2}日)?\)")
_REMARK = LazyPattern(r"\([^()]{1,20}\)")
_CONTINUED = frozenset("至到-~—起后的")
_PERIODS = frozenset("年月季旬周")
_LABEL = LazyPattern(
    r"(?P<label>[^0-9:;,。]{1,15}):|(?P<bare>[^0-9:;,。第前]{1,12}?)(?:于|在)?(?=(?:19|20)[0-9]{2}[年./-]|次年|年底)"
)
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_DAY_OF_THIRD = {"上旬": 10, "中旬": 20}


class Moment(NamedTuple):
    """A deadline while it is being read."""

    year: int | None
    month: int
    day: int
    precision: str

    def to_iso(self) -> str:
        """Return ``2026-12-31``, or ``--12-31`` without a year."""
        return f"{'-' if self.year is None else self.year}-{self.month:02}-{self.day:02}"


def read_moment(text: str, *, bare: bool) -> Target | None:
    """Read *text* (folded, without spaces) as a deadline, a period or a recurrence.

    Args:
        bare: Neither unit nor comparator stands in a column beside it, so ``12月`` and ``2025.12`` are dates
            rather than numbers.

    Returns:
        The target without its text, of kind ``unparsed`` for 2月30日; None if *text* is none of the three.
    """
    if not _may_hold_moment(text):
        return None
    notes: list[str] = []
    digits = _spell_out(text, notes)
    if bare and _COMPACT.fullmatch(digits) is not None:
        digits = _COMPACT_DATE.sub(_add_points, digits)
    target = (
        _read_recurrence(digits, notes)
        or _read_span(digits, notes, bare)
        or _read_deadline(digits, notes, bare)
        or _read_year(digits, notes)
    )
    return target if target is not None or text[:1].isdigit() else _read_labelled(digits, notes, bare)


def _may_hold_moment(text: str) -> bool:
    """Whether a look at the characters leaves the possibility open; saves most cells the patterns below."""
    if not _PERIODS.isdisjoint(text) or text.startswith(("每", "按", "逐", "上半", "下半")):
        return True
    return (len(text) >= 6 and ("20" in text or "19" in text)) or ("前" in text and "." in text)


def _read_labelled(text: str, notes: list[str], bare: bool) -> Target | None:
    found = _LABEL.match(text)
    if found is None:
        return None
    label = found["label"] or found["bare"]
    rest = text[found.end() :]
    notes = [*notes, "label_before_value"]
    target = _read_span(rest, notes, bare) or _read_deadline(rest, notes, bare) or _read_year(rest, notes)
    if target is None or target.kind == "unparsed":
        return target
    return _replace_label(target, label)


def _replace_label(target: Target, label: str) -> Target:
    return Target(
        kind=target.kind,
        date=target.date,
        start=target.start,
        end=target.end,
        bound=target.bound,
        precision=target.precision,
        label=label,
        notes=target.notes,
    )


def _spell_out(text: str, notes: list[str]) -> str:
    """Replace the Chinese numerals of a date by digits: 二〇二五年十二月."""
    replaced = _NUMERAL.sub(_to_digits, text)
    if replaced != text:
        notes.append("chinese_numeral")
    return replaced


def _add_points(match: re.Match[str]) -> str:
    return ".".join(filter(None, match.groups()))


def _to_digits(match: re.Match[str]) -> str:
    word = match.group()
    if len(word) == 4:
        return "".join(str("〇一二三四五六七八九".index("〇" if c == "零" else c)) for c in word)
    number = read_numeral(word)
    return word if number is None else str(number)


# --- recurrence ------------------------------------------------------------------------------------------------


def _read_recurrence(text: str, notes: list[str]) -> Target | None:
    found = _RECURRENCE.fullmatch(text)
    if found is None:
        return None
    tail, own = found["tail"], list(notes)
    if not _accepts_tail(tail, own) or (found["lead"] == "逐" and tail):
        return None
    bound = "before" if found["bound"] else None
    every = _EVERY[found["every"]]
    if found["month"]:
        return _read_yearly(found, every, bound, own)
    day = int(found["day"]) if found["day"] else None
    if day is not None and not 1 <= day <= 31:
        return Target(kind="unparsed", reason="invalid_date")
    precision = f"{every}-end" if found["end"] else None
    return Target(kind="recurrence", every=every, day=day, bound=bound, precision=precision, notes=tuple(own))


def _read_yearly(found: re.Match[str], every: str, bound: str | None, notes: list[str]) -> Target | None:
    if every != "year":
        return None
    month = int(found["month"])
    if not 1 <= month <= 12:
        return Target(kind="unparsed", reason="invalid_date")
    day = int(found["day"]) if found["day"] else days_in_month(None, month)
    if not is_date(None, month, day):
        return Target(kind="unparsed", reason="invalid_date")
    precision = "day" if found["day"] else "month-end" if found["end"] else "month"
    iso = Moment(None, month, day, precision).to_iso()
    return Target(kind="recurrence", every=every, date=iso, bound=bound, precision=precision, notes=tuple(notes))


def _accepts_tail(tail: str, notes: list[str]) -> bool:
    """Whether the words after a date belong to it; anything beyond 完成 or 安排 is noted."""
    if not tail:
        return True
    if len(tail) > 20 or _COUNTED.search(tail) is not None:
        return False
    if _DEED.fullmatch(tail):
        return True
    if _ACTIONS.match(tail) is None:
        return False
    notes.append("trailing_text")
    return True


# --- deadline --------------------------------------------------------------------------------------------------


def _read_deadline(text: str, notes: list[str], bare: bool) -> Target | None:
    found = _DEADLINE.match(text) or _NUMERIC.match(text) or _SHORT.match(text)
    if found is None:
        return None
    groups = found.groupdict()
    if not _is_deadline(groups, text, bare):
        return None
    own = list(notes)
    if groups.get("next"):
        own.append("next_year")
    if not groups["year"]:
        own.append("year_missing")
    tail = _INCLUSIVE.sub("", text[found.end() :])
    if not _accepts_tail(tail, own) and not _accepts_any_tail(tail, groups, own):
        return None
    moment = _build_moment(groups)
    if moment is None:
        return Target(kind="unparsed", reason="invalid_date")
    until = groups["bound"] or groups["lead"].startswith(("截", "不晚", "不迟", "最", "≤", "<="))
    bound = "before" if until else "at"
    return Target(kind="deadline", date=moment.to_iso(), bound=bound, precision=moment.precision, notes=tuple(own))


def _is_deadline(groups: dict[str, str | None], text: str, bare: bool) -> bool:
    """Refuse what only looks like a date: a stretch (第二季度, 上半年), 12月 or 2025.12 beside a unit column."""
    if groups.get("yearend"):
        return bool(groups["year"] or groups["this"] or groups["next"] or (groups["yearend"] or "").startswith("年"))
    if groups.get("quarter") or groups.get("half"):
        return not _counts_quarters(groups, text) and bool(
            groups["quarterend"] or groups["halfend"] or (groups["bound"] or "").endswith(("前", "止"))
        )
    complete = groups.get("day") or groups.get("third") or groups.get("monthend") or groups["bound"] or groups["lead"]
    if complete or (groups["year"] and "mark" not in groups):
        return True
    if groups.get("mark") == "." and (groups["year"] or "") < "2000":
        return False
    return bare and 1 <= int(groups["month"] or 0) <= 12


def _counts_quarters(groups: dict[str, str | None], text: str) -> bool:
    """Whether 3季度 is a number of quarters: a digit without 第 and without a year."""
    return (groups["quarter"] or "").isdigit() and not groups["year"] and "第" not in text


def _accepts_any_tail(tail: str, groups: dict[str, str | None], notes: list[str]) -> bool:
    """After 前, 底 or a full date any words may follow, if they hold no digit."""
    definite = groups["bound"] or groups.get("day") or groups.get("monthend") or (groups["year"] and groups["month"])
    remark = _REMARK.fullmatch(tail) is not None
    if not definite or (not remark and (len(tail) > 20 or tail[0] in _CONTINUED or any(c.isdigit() for c in tail))):
        return False
    notes.append("trailing_text")
    return True


def _build_moment(groups: dict[str, str | None]) -> Moment | None:
    """Build the date; None for 13月 or 2月30日."""
    year = int(groups["year"]) if groups["year"] else None
    if groups.get("yearend"):
        return Moment(year, 12, 31, "year-end")
    if groups.get("quarter"):
        quarter = groups["quarter"] or ""
        month = 3 * (_QUARTERS.get(quarter) or int(quarter))
        return Moment(year, month, days_in_month(year, month), "quarter-end" if groups["quarterend"] else "quarter")
    if groups.get("half"):
        month = 6 if groups["half"] == "上半年" else 12
        return Moment(year, month, days_in_month(year, month), "half-year-end" if groups["halfend"] else "half-year")
    return _build_day(year, int(groups["month"] or 0), groups)


def _build_day(year: int | None, month: int, groups: dict[str, str | None]) -> Moment | None:
    if not 1 <= month <= 12:
        return None
    last = days_in_month(year, month)
    if groups.get("day"):
        day = int(groups["day"] or 0)
        return Moment(year, month, day, "day") if is_date(year, month, day) else None
    if groups.get("third"):
        return Moment(year, month, _DAY_OF_THIRD.get(groups["third"] or "", last), "ten-days")
    return Moment(year, month, last, "month-end" if groups.get("monthend") else "month")


# --- period ----------------------------------------------------------------------------------------------------


def _read_year(text: str, notes: list[str]) -> Target | None:
    """Read one year, half-year or quarter as a stretch: 2025年内, 全年, 2025年第二季度, 上半年."""
    found = _DEADLINE.match(text)
    groups = found.groupdict() if found is not None else {}
    own = list(notes)
    if found is not None and (groups["quarter"] or groups["half"]) and _counts_quarters(groups, text):
        return None
    if found is not None and (groups["quarter"] or groups["half"]) and _accepts_tail(text[found.end() :], own):
        return _build_stretch(groups, own)
    found = _YEAR_ONLY.match(text)
    if found is None or not _accepts_tail(text[found.end() :], own):
        return None
    if found["this"] in ("年", "年度") and not found["bound"]:
        return None
    year = found["year"]
    if year is None:
        own.append("year_missing")
    if found["bound"] and found["bound"].endswith("前"):
        return (
            None
            if year is None
            else Target(kind="deadline", date=f"{year}-12-31", bound="before", precision="year", notes=tuple(own))
        )
    return Target(kind="period", start=year, end=year, precision="year", notes=tuple(own))


def _build_stretch(groups: dict[str, str | None], notes: list[str]) -> Target:
    year = groups["year"]
    if groups["quarter"]:
        last = 3 * (_QUARTERS.get(groups["quarter"]) or int(groups["quarter"]))
        first, precision = last - 2, "quarter"
    else:
        first, last, precision = (1, 6, "half-year") if groups["half"] == "上半年" else (7, 12, "half-year")
    if year is None:
        notes.append("year_missing")
    head = "-" if year is None else year
    return Target(
        kind="period", start=f"{head}-{first:02}", end=f"{head}-{last:02}", precision=precision, notes=tuple(notes)
    )


def _read_span(text: str, notes: list[str], bare: bool) -> Target | None:
    """Read a stretch between two printed points: 2023.07-2024.01, 2021年1月至12月, 2025年3月1日-5日."""
    whole = _NUMERIC.match(text)
    if whole is not None and whole["day"] and text[whole.end() : whole.end() + 1] not in ("~", "—", "至", "到"):
        return None
    for sign in islice(_SPAN_SIGN.finditer(text), 8):
        tail = text[sign.end() :]
        own = list(notes)
        for action in ("完成", "期间", "止", "内", ""):
            if action and not tail.endswith(action):
                continue
            first = _read_point(text[: sign.start()].removeprefix("自").removeprefix("从"), None)
            last = _read_point(tail.removesuffix(action), first)
            target = _build_span(first, last, own, bare or "年" in text) if first and last else None
            if target is not None:
                return target
            break
    return None


class Point(NamedTuple):
    """One end of a printed stretch; what is not printed is None. Precision is that of the finest part."""

    year: int | None
    month: int | None
    day: int | None

    def to_iso(self) -> str:
        """Return ``2025``, ``2025-04``, ``2025-04-01``, with ``-`` in place of a missing year."""
        parts = ["-" if self.year is None else str(self.year)]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


def _read_point(text: str, earlier: Point | None) -> Point | None:
    """Read one end; the later end takes the year, and the month if it is only a day, from the earlier."""
    found = _POINT.fullmatch(text) if 0 < len(text) <= 14 else None
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.group("year", "month", "day"))
    if earlier is not None:
        year = earlier.year if year is None else year
        if month is None and day is not None:
            month = earlier.month
        elif earlier.day is not None and day is None and text.isdigit():
            month, day = earlier.month, month
    return Point(year, month, day)


def _falls_back(first: Point, last: Point) -> bool:
    """Whether the end of a stretch without years does not lie after its start."""
    return (first.month or 0, first.day or 0) >= (last.month or 0, last.day or 0)


def _build_span(first: Point, last: Point, notes: list[str], bare: bool) -> Target | None:
    if (first.month is None) != (last.month is None) or (first.year is None and first.month is None):
        return None
    if first.month is None and (not bare or (first.year or 0) > (last.year or 0)):
        return None
    if first.year is None and (last.year is not None or not bare or _falls_back(first, last)):
        return None
    for point in (first, last):
        if not is_date(point.year, point.month or 1, point.day or 1):
            return None
    if first.year is None:
        notes.append("year_missing")
    precision = "day" if last.day is not None else "month" if last.month is not None else "year"
    return Target(kind="period", start=first.to_iso(), end=last.to_iso(), precision=precision, notes=tuple(notes))
