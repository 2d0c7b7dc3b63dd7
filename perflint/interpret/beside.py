"""What may stand before and behind the number of a value cell: its label, its noun, or words that make it no target.

label | number, unit | rest → accepted or not
"""

from __future__ import annotations

from perflint.interpret.comparator import GLYPHS
from perflint.interpret.measure import Measure, drop_attributes
from perflint.interpret.units import fold_unit, is_time, split_money
from perflint.pattern import LazyPattern

_LONGEST_LABEL = 24
_LONGEST_REST = 24
_NUMERALS = frozenset("〇零一二两三四五六七八九十百千万亿")
# What follows is not the target: 并非100%, 零下5度.
_NEGATIONS = ("不", "未", "没", "没有", "≠", "非", "不是", "零下", "不发生", "未发生", "不出现", "未出现", "T+")
_AGAINST_LEVEL = LazyPattern(r"(?:高于|低于|超过|优于|好于).*(?:水平|均值|平均值|平均)")
_YEAR_LABEL = LazyPattern(r"(?:19|20)[0-9]{2}年度?")
# A list number, not a quantity, where words follow and neither unit nor comparator is printed.
_HIGHEST_LIST_NUMBER = 20
_CONDITION = LazyPattern(r"\([^()]{1,40}\)")
# Another number in brackets, which may be the target as well: ≤5（8）mg/L, ≥95%（90%）.
_ALTERNATIVE = LazyPattern(r"\([≥≤><=]?[0-9][0-9.,]*(?P<unit>[^()0-9]{0,12})\)")
_CLEAN_LABEL = LazyPattern(r"[^0-9,。;!?]*(?:(?:19|20)[0-9]{2}年度?)?[^0-9,。;!?]*")
_COMMON_NOUNS = frozenset(
    "村 社区 行政村 自然村 乡镇 小区 项目 街道 学校 企业 活动 会议 培训 村组 网格 单位 部门 网站 以上项目".split()
)
# What follows a number without being what is counted.
VERBS = tuple(
    "完成 到位 达标 合格 开展 以 的 等 为 并 且 均 全 及 和 发放 支付 通过 左右 办结 拨付 办理 "
    "处置 处理 到场 到达 响应 反馈 回复 答复 整改 修复 未 无 不".split()
)
# Behind these a number may be written in words: 开展两次.
_COUNTING_VERBS = tuple("开展 举办 召开 组织 完成 新增 建设 建成 培训 宣传 发放 检查 巡查 举行".split())
_NOT_COUNTED = ("%", "‰", "‱", "分", "百分点", "个百分点", "倍", "成")
SHARE_SIGNS = ("%", "‰", "‱")
# Words that only look like a Chinese numeral and a unit.
_NOT_NUMERALS = frozenset(
    "一起 一道 一面 一片 一块 一对 一线 十分 零件 一体 一部 一方 一层 一段 四季 一季 一张 一角 一批 "
    "最多跑一次 一次办好 一次办成".split()
)


def is_calendar(measure: Measure) -> bool:
    """Whether a year was taken for a count (2026年春季学期) or for the label of a month (2026年12)."""
    if measure.unit in ("年", "年度", "学年"):
        return any(end is not None and 1900 <= end < 2100 for end in (measure.value, measure.low, measure.high))
    # 每年春秋两季: seasons, no count; quarters are counted as 季度.
    if measure.worded and (measure.unit or "").partition("/")[0] == "季":
        return True
    dated = measure.unit in (None, "月") and not measure.signs
    return dated and _YEAR_LABEL.fullmatch(measure.label) is not None


def accepts_label(label: str, measure: Measure) -> bool:
    """Whether the words before a number are its label rather than a sentence around it."""
    if not label:
        return True
    if label[0] in "[【" or label.endswith(_NEGATIONS):
        return False
    if not measure.signs and _AGAINST_LEVEL.search(label) is not None:
        return False
    # 一00% and 3万5 are numbers of which a part is written in words.
    if not measure.signs and label[-1] in _NUMERALS and (label == "一" or label[-1] != "一"):
        return False
    if len(label) > _LONGEST_LABEL or label in ("数", "几") or label.count("(") != label.count(")"):
        return False
    if measure.worded and not _calls_for_numeral(label, measure):
        return False
    if measure.signs and measure.signs[0].rank > 2:
        words = drop_attributes(label)
        return not any(character in ",。;" or character in GLYPHS for character in words) and not label.isdigit()
    return _CLEAN_LABEL.fullmatch(label) is not None or _CLEAN_LABEL.fullmatch(drop_attributes(label)) is not None


def numbers_words(measure: Measure, rest: str) -> bool:
    """Whether the number only numbers the words behind it (2环境整洁), as a list that lost its mark does."""
    if measure.unit is not None or measure.signs or measure.label or measure.value is None:
        return False
    words = len(rest) > 2 and is_chinese(rest) and not rest.startswith(VERBS)
    return words and measure.value <= _HIGHEST_LIST_NUMBER


def _calls_for_numeral(label: str, measure: Measure) -> bool:
    """Chinese numerals occur inside words (统一, 第一): after a label one needs a comparator, 百分之 or a verb."""
    return bool(measure.signs) or "percent_word" in measure.notes or label.endswith(_COUNTING_VERBS)


def accepts_rest(rest: str, measure: Measure, text: str) -> bool:
    """Whether the words behind the number and unit of *text* leave them the target."""
    if not rest:
        return not (measure.worded and text in _NOT_NUMERALS)
    # (90,100] is an interval; 2.0三级 is a version and its level.
    if "]" in rest or rest.startswith(("百分之", "百分百")) or (measure.unit is None and rest[0] in _NUMERALS):
        return False
    # 98‰% has two units, and one of them is wrong.
    if rest[0] in SHARE_SIGNS and rest[0] != measure.unit:
        return False
    # 12月初, 15日前 and 18时前 are times that cannot be told, no numbers of months, days and hours.
    if (measure.unit or "").partition("/")[0] in ("年", "月", "日") and rest[0] in "初底末前后中上下份度起生":
        return False
    if is_time(measure.unit) and rest[0] in "前后":
        return False
    if measure.worded and measure.unit not in ("%", "‰", "‱") and rest not in _COMMON_NOUNS:
        return rest == "完成" and bool(measure.signs)
    if len(rest) > _LONGEST_REST or rest[0] in "+-/·^" or (rest[0].isascii() and rest[0].isalnum()):
        return False
    if _names_alternative(rest, measure.unit) or _measures_thing(rest, measure.unit):
        return False
    bare = _CONDITION.sub("", rest)
    return not any("0" <= character <= "9" or character in "*=≥≤<>" for character in bare)


def _names_alternative(rest: str, unit: str | None) -> bool:
    """Whether a bracket behind the number holds a second number of the same unit, or of the one behind the bracket."""
    found = _ALTERNATIVE.match(rest)
    return found is not None and found["unit"] in ("", unit)


def _measures_thing(rest: str, unit: str | None) -> bool:
    """Whether the words behind a length name the thing that is so wide (3.5米|宽道路), not how many there are."""
    return len(rest) > 1 and rest[0] in "宽厚深" and fold_unit(unit) in ("米", "厘米", "毫米") and rest[1] not in "带度"


def read_noun(rest: str, unit: str | None, notes: list[str]) -> str | None:
    """Name what is counted (18个|村), or note that words follow which are no noun (100%|完成)."""
    if not rest:
        return None
    counted = unit is not None and unit not in _NOT_COUNTED and split_money(unit) is None
    if counted and len(rest) <= 8 and is_chinese(rest) and not rest.startswith(VERBS):
        notes.append("noun_after_unit")
        return rest
    notes.append("trailing_text")
    return None


def is_chinese(text: str) -> bool:
    """Whether there are only Chinese characters in *text*."""
    return all("\u4e00" <= character <= "\u9fff" for character in text)
