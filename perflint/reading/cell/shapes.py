"""What a cell looks like, without knowing what it means: sign, number, unit, date, label, prose.

Shapes only order the possible readings of a cell; they never change what is printed.
"""

from __future__ import annotations

import re
import unicodedata

from perflint.interpret.units import is_time, names_only_unit, scan_prefix, scan_unit
from perflint.reading.cell.fold import fold, is_blank, remember, simplify

_SIGN = r"[≥≤＞＜>＝=﹦<≧≦⩾⩽≮≯≡═〓≈˃˂﹥﹤〉〈》《]"
_COMPARATOR = re.compile(rf"{_SIGN}{{1,2}}")
_SIGNED = re.compile(rf"{_SIGN}{{1,2}}\s*(?:\d|$)")
_COMPARATOR_WORDS = frozenset(
    "定性 定量 大于等于 小于等于 大于 小于 等于 不少于 不低于 不超过 不高于 不适用 其他 定量其他 定性指标 "
    "定量指标".split()
)
_SPELT = frozenset(
    "大于等于 大于或等于 小于等于 小于或等于 大于 小于 等于 不少于 不低于 不小于 不超过 不高于 不大于 不多于".split()
)
_NUMBER = re.compile(r"[-+−]?\d[\d,，]*(?:\.\s*\d+)?")
_DOTS = re.compile(r"[…⋯.．。·]{2,}|…")
_SCORING = re.compile(r"酌情扣分|扣\s*\d+(?:\.\d+)?\s*分|得\s*\d+(?:\.\d+)?\s*分|扣完为止")
_ORDINAL = re.compile(r"\d{1,4}|[一二三四五六七八九十]{1,3}")
_AMOUNT = re.compile(r"[-+−¥￥]?\s*\d[\d,， ]*(?:\.\s*\d[\d ]*)?\s*(?:元|千元|万元|亿元|万)?")
_PERCENT = re.compile(r"[-+−]?\d[\d,，]*(?:\.\s*\d+)?\s*[%％‰]")
_NOTHING = frozenset("— - – —— -- / \\ 无 零 0 － ／".split())
_DATE = re.compile(r"\d{4}\s*[年.\-/]\s*\d{1,2}\s*(?:[月.\-/]\s*(?:\d{1,2}\s*日?)?)?")
_YEAR = re.compile(r"(?:19|20)\d{2}\s*年?度?")
_PERIOD_POINT = re.compile(
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:底|末|份)?|第?[一二三四1-4]季度|(?:上|下)半年|(?:1|一)-?\d{0,2}月|全年"
)
_BOUND = re.compile(r"\d[\d,，]*(?:\.\d+)?\s*[%％‰]?[^\d\s≥≤<>＜＞=＝]{0,6}")
_BRIEF = 16  # characters
_VALUE = re.compile(
    rf"^(?:{_SIGN}|不少于|不低于|不超过|大于|小于|达到|约|至少|控制在)|\d.*(?:以上|以下|以内|以前|之前|前|左右)$|^[\d.,，]+\s*[%％‰]?$"
    r"|^\d[\d.,，\s]*[^\d\s，。；]{1,8}$|年底|\d+月\d+日|\*\*|^[xX×]{2,}"
)
_GRADES = frozenset(
    "优 良 中 差 好 是 否 有 无 优良 优秀 良好 较好 较强 较高 明显 显著 合规 规范 健全 科学 合理 相符 达标 "
    "合格 及时 有效 提升 提高 改善 优化 扩大 长期 长远 下降 增加 加强 增强 考核达标 持续推进 持续增强 "
    "不断提升 不断提高 持续提高 显著提升 显著提高 明显改善 明显提升 明显提高 效果明显 效果显著 较好完成 "
    "达成预期指标 完成 稳步提高 稳步提升 有所提升 持续改善 逐步提高 逐步提升 有所提高 持续引进 及时处理 "
    "严格执行 不断改善".split()
)
_GRADE = re.compile(
    r"(?:持续|不断|稳步|逐步|明显|显著|有所|进一步|得到|有效|较大?|全面)(?:提升|提高|改善|增强|优化|推进|引进|扩大|下降|加强|完善|增长|增加|减少|降低|好转)"
)
# Words that are units, though a cell that holds one of the kind may as well name what it counts.
_UNITS = frozenset(
    "个 人 名 户 次 项 处 座 条 件 份 篇 期 场 家 台 套 辆 米 m M 亩 吨 株 棵 盏 度 批 间 栋 只 "
    "头 本 册 张 支 块 组 队 班 节 部 宗 起 例 单 村 社区 镇 乡 所 片 段 口 眼 井 个百分点 标段 分 "
    "倍 级 类 种 面 幅 升 架 艘 人天 人日 页 字 位 对 副 把 桶 车 趟 轮".split()
)
_NO_UNIT = frozenset("无 / - — — － ／ \\".split())
_BASIS = re.compile(r"(?:标准|计划|依据|要求|调查|数据|经验|规定|文件|数量|方案|目标|合同|通知|批复)$")
_BODY = re.compile(r"(?:政府|办事处|管委会|委员会|办公室|局|厅|院|中心|站|所|学校|部门|单位|团场)$")
_LONGEST_BODY = 40
_LONGEST_UNIT = 12
_LONGEST_SIGN = 5
_LONGEST_AMOUNT = 60
_MONEY_UNIT = re.compile(r"[（(]?\s*(?:(?:金额)?单位\s*[:：]\s*)?(?:人民币)?\s*(元|千元|万元|亿元)\s*[)）]?")


@remember
def _plain(text: str) -> str:
    return simplify(unicodedata.normalize("NFKC", text)).strip()


def is_dots(text: str) -> bool:
    """Tell whether a cell only leaves room for more, by dots."""
    return _DOTS.fullmatch(text.strip()) is not None


def is_scoring(text: str) -> bool:
    """Tell whether a text says how points are given or taken: 未达指标值酌情扣分, 每少1次扣2分."""
    return _SCORING.search(text) is not None


def is_sign(text: str) -> bool:
    """Tell whether the cell is a comparison sign and nothing else, of whatever font, or the words for one."""
    bare = text.strip()
    return _COMPARATOR.fullmatch(bare) is not None or (len(bare) <= _LONGEST_SIGN and fold(bare) in _SPELT)


def is_signed(text: str) -> bool:
    """Tell whether the cell begins with a comparison sign and a number, or is a sign; 《2026年规划》 is a book."""
    return _SIGNED.match(_plain(text)) is not None and not ("》" in text and text.strip()[0] in "《〈")


def is_comparator(text: str) -> bool:
    """Tell whether the cell can stand in a comparator column: a sign, or 定性 and its kind."""
    return is_sign(text) or fold(text) in _COMPARATOR_WORDS


def is_nothing(text: str) -> bool:
    """Tell whether the cell prints that there is nothing: a dash, 无, 0, or is blank."""
    return is_blank(text) or text.strip() in _NOTHING


def is_number(text: str) -> bool:
    """Tell whether the cell is a bare number."""
    return _NUMBER.fullmatch(_plain(text)) is not None


def has_digit(text: str) -> bool:
    """Tell whether a digit of any width is printed in the text."""
    return any(map(str.isdigit, text))


def is_ordinal(text: str) -> bool:
    """Tell whether the cell numbers a row: 1, 一, （二）, 1.1."""
    return _ORDINAL.fullmatch(fold(text)) is not None


def is_percent(text: str) -> bool:
    """Tell whether the cell is a number with a percent or per-mille sign."""
    return _PERCENT.fullmatch(_plain(text)) is not None


def is_amount(text: str) -> bool:
    """Tell whether the cell is an amount of money or prints that there is none."""
    return is_nothing(text) or (len(text) <= _LONGEST_AMOUNT and _AMOUNT.fullmatch(_plain(text)) is not None)


@remember
def is_figure(text: str) -> bool:
    """Tell whether the cell is an amount or a share that is really printed."""
    return not is_blank(text) and (is_amount(text) or is_percent(text))


def is_year(text: str) -> bool:
    """Tell whether the cell names a year: 2025, 2025 年, 2025年度."""
    return _YEAR.fullmatch(_plain(text)) is not None


def is_period_point(text: str) -> bool:
    """Tell whether the cell names a point of the year: 3月底, 第一季度, 上半年."""
    return _PERIOD_POINT.fullmatch(fold(text)) is not None


def is_unit(text: str) -> bool:
    """Tell whether the cell is a unit of measure, or says that there is none."""
    bare = _plain(text)
    return bare in _UNITS or bare in _NO_UNIT or text.strip() in _UNITS or _is_compound_unit(bare)


def _is_compound_unit(bare: str) -> bool:
    """Tell whether a cell is a unit by its make and no word of its own: 万元/座, 元/人·月, 个工作日, 万株."""
    if not bare or len(bare) > _LONGEST_UNIT or scan_unit(bare, 0) != len(bare):
        return False
    return (
        names_only_unit(bare)
        or is_time(bare)
        or any(mark in bare for mark in "·(")
        or 0 < scan_prefix(bare, 0) < len(bare)
    )


@remember
def is_value(text: str) -> bool:
    """Tell whether the cell looks like a target value with a number, a sign or a date in it."""
    bare = _plain(text)
    return is_figure(text) or bool(_DATE.search(bare)) or (len(bare) <= 40 and _VALUE.search(bare) is not None)


def is_bound(text: str) -> bool:
    """Tell whether the cell can be an end of a range: a number, with a unit or without, and no sign."""
    bare = _plain(text)
    return _BOUND.fullmatch(bare) is not None


def is_brief(text: str) -> bool:
    """Tell whether the cell is as short as a target is."""
    return len(fold(text)) <= _BRIEF and "。" not in text


def is_target(text: str) -> bool:
    """Tell whether the cell looks like a target value that is no bare figure, or like a grade."""
    return is_grade(text) or (is_value(text) and not is_number(text))


def is_grade(text: str) -> bool:
    """Tell whether the cell is one of the usual qualitative values."""
    return fold(text) in _GRADES or _GRADE.fullmatch(fold(text)) is not None


def is_basis(text: str) -> bool:
    """Tell whether the cell names where a target value comes from: 计划标准, 历史数据."""
    return len(fold(text)) <= 14 and _BASIS.search(fold(text)) is not None


def is_body(text: str) -> bool:
    """Tell whether the cell ends like the name of a public body, with or without a code in front."""
    return len(fold(text)) <= _LONGEST_BODY and _BODY.search(fold(text)) is not None


def read_money_unit(text: str) -> str | None:
    """Return the money unit when the whole text is one: ``（万元）`` gives 万元."""
    found = _MONEY_UNIT.fullmatch(simplify(text).strip())
    return found.group(1) if found else None


def has_date(text: str) -> bool:
    """Tell whether a date with year and month is printed somewhere in the text."""
    return _DATE.search(_plain(text)) is not None
