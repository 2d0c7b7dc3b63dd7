"""Targets measured against something not printed in the cell: last year's value, the budget, the plan."""

from __future__ import annotations

from perflint.interpret.comparator import GLYPHS, WORDS
from perflint.pattern import LazyPattern

_EARLIER = r"(?:上一?年度?|去年|前一?年度?|往年|上期|上一?季度|上一?月|前[一二两三四五]年|基期|(?:19|20)[0-9]{2}年度?)"
_CHANGE = (
    r"(?:有所|逐步|稳步)?"
    r"(?:提高|提升|增长|增加|上升|上涨|下降|降低|减少|压减|压缩|缩短|缩减|减低|降|增|升|节约|改善|增幅|降幅)"
)
_SAME_TIME = r"(?:同期|同比|实际|全年|末|底|年?均?水平|平均水平|平均|决算数?|相比|的?水平)*"
_GROWTH = LazyPattern(
    f"(?:(?:比|较|与|同|相比|相较于?|对比)(?:于)?{_EARLIER}{_SAME_TIME},?|同比|环比)"
    f"(?:{_CHANGE})(?:率|幅度?|了|比例|幅)?(?=.*[0-9一二两三四五六七八九十])"
)
_GROWTH_STARTS = frozenset("比较与同相对环")
# Most cells name no bound, and this costs less than to look for one.
_LIMIT_BASE = LazyPattern("预算|计划|概算|定额|控制数|限额|批复|上|去年|往年|前|同期|基期|20|19")
_SIGN_WORDS = "|".join(sorted(WORDS, key=len, reverse=True))
_SIGN_GLYPHS = "".join(GLYPHS).replace("]", "").replace("-", "")
_LIMIT = LazyPattern(
    f"(?:严格|有效|合理|力争|确保|总体|成本|支出|费用|资金|总额){{0,3}}(?:在)?(?P<sign>{_SIGN_WORDS}|[{_SIGN_GLYPHS}]|)(?:在)?"
    r"(?:年初|年度|当年|本年度?|全年|项目|部门|单位|财政|批复的?|下达的?|既定|核定的?|批准的?|安排的?|总|合同|采购|规定的?){0,4}"
    rf"(?P<base>预算|计划|概算|定额|控制数|限额|批复|{_EARLIER}|同期)"
    r"(?:总?额度?|金额|总?数额?|安排|批复|控制|范围|水平|平均|同期|实际|决算|指标|目标|成本|支出|标准|限额|控制数|执行|资金|投入|规模|值|的|[及或和])*"
    r"(?P<within>之?内|以内|以下|以上|之下)?"
)


def find_growth(text: str) -> int | None:
    """Return where the quantity of a change against an earlier time begins (比上年提高|5%), or None."""
    found = _GROWTH.match(text) if text[:1] in _GROWTH_STARTS else None
    return None if found is None else found.end()


def read_limit(text: str) -> str | None:
    """Return the comparator of a bound that is named, not printed: ``≤`` of 不超预算 and of 控制在预算内.

    Returns:
        ``≥ ≤ = > < ~``; None if *text* names no such bound.
    """
    found = _LIMIT.fullmatch(text) if _LIMIT_BASE.search(text) is not None else None
    if found is None:
        return None
    sign, within = found["sign"], found["within"]
    if sign in ("达到", "达"):
        return None
    if sign:
        return GLYPHS.get(sign) or WORDS[sign]
    return None if within is None else ("≥" if within == "以上" else "≤")
