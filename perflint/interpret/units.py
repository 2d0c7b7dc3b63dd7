"""Units of measure as the forms print them: where one ends, which are the same, how much money is in them."""

from __future__ import annotations

from decimal import Decimal

from perflint.interpret.folding import fold_characters
from perflint.pattern import LazyPattern

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    import re

_COUNTS = (
    "个 次 项 人 名 户 家 件 场 期 条 处 座 起 篇 辆 台 套 份 本 册 部 批 批次 场次 人次 户次 车次 班次 例次 "
    "频次 航次 班 架 架次 艘 栋 幢 间 所 宗 例 头 只 羽 尾 匹 株 棵 盏 根 块 片 张 枚 支 颗 粒 眼 口 孔 道 门 "
    "扇 把 瓶 箱 袋 包 桶 罐 盒 卷 幅 面 副 双 对 组 队 支队 届 轮 轮次 回 趟 遍 类 种 样 款 单 票 笔 位 员 岗 "
    "岗位 个岗位 床 床位 张床 站 村 社区 乡 镇 县 市 乡镇 行政村 村组 网格 小区 段 节 层 字 户数 人数 站点 "
    "点位 件次 人天 工日 人工 学生 生 师 版面 标段 课 亩次 团队 门次 台次 套次 家次 条次 处次 辆次 篇次 宗次 "
    "栋次 棚 圈 畦 垄 渠 井 塘 杆 基 厂 店 企业 机构 单位 部门 片区 项目 专业 班级 学校 "
    "页 台件 件套 筐 墩 集 首 剧目 窗口 柜 班组 人日 人时 台时 机时 台班 桩 车位 停车位 泊位 铺位 学位 席位 机位 箱位 "
    "单元 词条 断面 村次 种次 网点 校次 蒸吨 标准箱 剂 剂次 路 星 列 艘次 株次 头次 羽次 版次"
)
_TIMES = (
    "分钟 秒 时 小时 个小时 学时 课时 天 日 工作日 个工作日 自然日 个自然日 日历天 个日历天 "
    "日历日 个日历日 周 星期 个星期 月 个月 季 季度 "
    "个季度 半年 年 年度 个年度 学年 个学年 学期 个学期 旬 周年 周岁 岁"
)
_MEASURES = (
    "米 公里 千米 厘米 毫米 分米 延米 延长米 里 海里 m km cm mm M KM Km 亩 公顷 平方米 平米 平方 平方公里 "
    "平方千米 平方厘米 ㎡ m2 m² km2 km² ha 立方米 立方 方 m3 m³ ㎥ 立方厘米 升 毫升 L l ml mL 吨 t 公斤 千克 "
    "kg Kg KG ㎏ 克 g mg 毫克 微克 μg ug 斤 担 吨标准煤 吨标煤 千瓦 千瓦时 兆瓦 兆瓦时 瓦 度 kW KW kw MW kWh "
    "kwh kVA 千伏安 伏 千伏 kV KV kv 安 分贝 dB ℃ °C 摄氏度 GB TB MB KB Mbps 兆 倍 成 折 个点 字节 当量 车公里 "
    "人公里 吨公里 标箱"
)
_RATES = "% ‰ ‱ 百分比 百分点 个百分点 千分点 个千分点 千分比 分 学分 元 角 美元 人民币"
# Symbols of the SI and their like. Single capitals (5G, 4K, 5W) are no units by themselves.
_SYMBOL = LazyPattern(
    r"[kKMGTmμunh]?(?:Wh|Wp|Pa|Hz|VA|var|lx|mol|cal)|[kKMGmμ][WVJN]|[cdh]?m[23²³]|Nm[3³]|(?:t|kg)ce|tCO[2₂]e?|NTU|CFU|DDDs?|TEU|[GMk]bps|"
    r"pp[mb]|rpm|dB\(A\)|min|ms|h"
)
_LATIN_DIVISOR = LazyPattern(r"[A-Za-zμ]{1,6}[23²³]?(?![A-Za-z0-9])")
_POPULATION = LazyPattern(r"(?:10+万|十万|百万)(?:人口?)?|万(?![一-龥])|万字|10{2,}人口?|[万千]人口?(?!次)")
# A unit that is only the first half of other words when one of these follows: 5项|目标, 1支|队伍, 道|路, 安|全.
_OTHER_WORDS = (
    "道路德 面貌积临向 方便案式法 市场民政容 生态活产育 师资德 乡村 村民级容居 县域 家庭长 户籍 条件 台账 套取 "
    "场地所馆 段落 节约能 层次级 门户诊禁 口岸碑粮 队伍员 班子 组织建 种植子 类别 样本品 单价独 票据 位置 片区 "
    "根据治本 支持付撑 对接象 双拥方 副业 幅度 包装括容 届满 轮训换 回访复收 期间限 本级 成效果立绩 "
    "分类管布析配级 角色 度汛 安全置装排 里程 时间效 日常照 天然 周边期 渠道 店铺 厂房 基础层本 部署分 人居 "
    "路灯面网基口段线 星级 列入车 剂量"
)
_NOT_BASES = {
    **{words[0]: words[1:] for words in _OTHER_WORDS.split()},
    "项目": "标",
    "支队": "伍",
    "人工": "作",
    "村组": "织",
}
_BASES = frozenset(f"{_COUNTS} {_TIMES} {_MEASURES} {_RATES}".split())
_LONGEST_BASE = max(map(len, _BASES))
_PREFIXES = ("十万", "百万", "千万", "百亿", "千亿", "万亿", "万", "亿", "千", "百")
_PREFIX = LazyPattern("|".join(_PREFIXES))
_FACTORS = {"": 1, "百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_FACTORS.update({"百亿": 10**10, "千亿": 10**11, "万亿": 10**12})
_COUNTED = frozenset(_COUNTS.split())
_MEASURE_BASES = frozenset(_MEASURES.split())
_TIME_BASES = frozenset(_TIMES.split())
_NONE = frozenset(("", "无", "-", "—", "--", "——", "/", "\\", "空", "空白", "无单位", "不适用", "null", "None"))
_SYNONYMS = {
    "百分比": "%",
    "百分之": "%",
    "千分比": "‰",
    "千分之": "‰",
    "个百分点": "百分点",
    "km": "公里",
    "KM": "公里",
    "Km": "公里",
    "千米": "公里",
    "m": "米",
    "M": "米",
    "延米": "米",
    "延长米": "米",
    "cm": "厘米",
    "mm": "毫米",
    "㎡": "平方米",
    "m2": "平方米",
    "m²": "平方米",
    "平米": "平方米",
    "平方": "平方米",
    "平方千米": "平方公里",
    "km2": "平方公里",
    "km²": "平方公里",
    "m3": "立方米",
    "m³": "立方米",
    "㎥": "立方米",
    "立方": "立方米",
    "方": "立方米",
    "ha": "公顷",
    "kg": "公斤",
    "Kg": "公斤",
    "KG": "公斤",
    "㎏": "公斤",
    "千克": "公斤",
    "t": "吨",
    "g": "克",
    "名": "人",
    "位": "人",
    "天": "日",
    "个工作日": "工作日",
    "自然日": "日",
    "个自然日": "日",
    "日历天": "日",
    "个日历天": "日",
    "日历日": "日",
    "个日历日": "日",
    "星期": "周",
    "个星期": "周",
    "个月": "月",
    "个小时": "小时",
    "季": "季度",
    "个季度": "季度",
    "年度": "年",
    "kW": "千瓦",
    "KW": "千瓦",
    "kw": "千瓦",
    "棵": "株",
    "万": "万元",
    "亿": "亿元",
}
_LONGEST_DIVISOR = 8
_SEVERAL = LazyPattern(r"(?:[0-9]{1,2}|[两二三四五六])(?:个?(?:年|月|周|小时|季度)|天|日)")
_GROUPED_DIVISOR = LazyPattern(r"/\(([^()]+)\)$")
_STOP = LazyPattern(r"及?以[上下内外]|之内|内$|左右|完成|每")
_RATE_HEADING = LazyPattern(r"^1(?=/[0-9十百])")
_UNIT_HEADING = LazyPattern(r"^(?:计量|金额)?单位[:：]")
_SEPARATOR = LazyPattern(r"([/·.、()])")


def scan_unit(text: str, start: int) -> int:
    """Return the offset after the unit that begins at *start* of folded text; *start* itself when there is none."""
    end = _scan_scaled(text, start)
    if end == start:
        return start
    end = _scan_bracket(text, end)
    while text[end : end + 1] in ("/", "·", ".") and end < len(text):
        after = _scan_bracket(text, _scan_divisor(text, end + 1))
        if after == end + 1:
            break
        end = after
    # 元/人、天: only where nothing follows, since a list of quantities is divided by the same mark.
    closes = "/" in text[start:end] and text.startswith("、", end) and end + 1 < scan_base(text, end + 1) == len(text)
    return len(text) if closes else end


def scan_base(text: str, start: int) -> int:
    """Return the offset after the longest unit word at *start*, without scale, bracket or divisor."""
    symbol = _SYMBOL.match(text, start) if text[start : start + 1].isascii() else None
    shortest = 0 if symbol is None else symbol.end() - start
    for length in range(min(_LONGEST_BASE, len(text) - start), shortest, -1):
        word, after = text[start : start + length], text[start + length : start + length + 1]
        if word in _BASES and not (after and after in _NOT_BASES.get(word, "")):
            return start + length
    return start + shortest


def scan_population(text: str, start: int) -> int:
    """Return the offset after the people a rate is counted on (18/|10万) at *start*; *start* when there are none."""
    found = _POPULATION.match(text, start)
    return start if found is None else found.end()


def scan_prefix(text: str, start: int) -> int:
    """Return the offset after 万, 亿, 千, 百 or a compound of them at *start*."""
    found = _PREFIX.match(text, start)
    return start if found is None else found.end()


def _scan_scaled(text: str, start: int) -> int:
    end = scan_base(text, start)
    if end > start:
        return end
    scaled = scan_prefix(text, start)
    return scan_base(text, scaled) if scaled > start else start


def _scan_bracket(text: str, start: int) -> int:
    if text[start : start + 1] != "(" or text[start - 1 : start] in _FRACTIONS:
        return start
    end = _scan_scaled(text, start + 1)
    return end + 1 if end > start + 1 and text[end : end + 1] == ")" else start


def _scan_divisor(text: str, start: int) -> int:
    """Scan what stands after a slash: a unit, 2年, 10万, 人月, (人·月), or a word up to the next sign or post-word."""
    several = _SEVERAL.match(text, start) or _POPULATION.match(text, start)
    if several is not None:
        return several.end()
    if text.startswith("(", start):
        end = scan_unit(text, start + 1)
        return end + 1 if end > start + 1 and text.startswith(")", end) else start
    start += text.startswith("每", start)
    end = _scan_scaled(text, start)
    if end > start:
        more = scan_base(text, end)
        return more if text[end:more] in _TIME_BASES or text[start:end] == "个" else end
    latin = _LATIN_DIVISOR.match(text, start)
    if latin is not None:
        return latin.end()
    end = start
    while end < len(text) and end - start < _LONGEST_DIVISOR and "\u4e00" <= text[end] <= "\u9fff":
        end += 1
    stop = _STOP.search(text[start:end])
    return start + stop.start() if stop else end


def clean_unit(printed: str) -> str:
    """Return a unit as printed, with full-width slashes and per cent signs made plain and spaces dropped."""
    if printed.isascii() and printed.isprintable() and " " not in printed:
        return printed
    return "".join(printed.split()).replace("／", "/").replace("％", "%").replace("﹪", "%").replace("/每", "/")


def read_unit_column(printed: str | None) -> tuple[str | None, tuple[str, ...]]:
    """Read a cell of the unit column.

    Returns:
        The unit as printed, or None for 无, — and the like; and notes: ``unit_slash`` for a leading slash,
        ``unit_incomplete`` for 万 or 亿 alone.
    """
    if printed is None:
        return None, ()
    unit = clean_unit(fold_characters(printed) if printed.isascii() else printed)
    if unit in _NONE:
        return None, ()
    notes: tuple[str, ...] = ()
    unit = _RATE_HEADING.sub("", _UNIT_HEADING.sub("", unit))
    if unit.startswith("/") and not scan_population(unit, 1) == len(unit) > 1:
        unit, notes = unit.lstrip("/"), ("unit_slash",)
    if len(unit) > 2 and unit[0] in "（(" and unit[-1] in "）)":
        unit = unit[1:-1]
    if unit in ("百分比", "百分之"):
        return "%", (*notes, "percent_word")
    return unit or None, (*notes, "unit_incomplete") if is_bare_scale(unit) else notes


def names_only_unit(text: str) -> bool:
    """Whether *text* is nothing but a unit that cannot be a word of its own: %, 万元, 万亩, 公里, 次/年, not 项目."""
    if scan_unit(text, 0) != len(text):
        return False
    is_measure = len(text) > 1 and (text in _MEASURE_BASES or text.endswith("次") or "/" in text)
    is_scaled = len(text) > 1 and text[0] in "万亿"
    return text in "%‰" or is_measure or is_scaled or split_money(text) is not None


def is_time(unit: str | None) -> bool:
    """Whether the unit measures time: 天, 个工作日, 小时."""
    return unit in _TIME_BASES


def is_counted(unit: str) -> bool:
    """Whether the unit counts things, people or occasions: 个, 人次, 场; not 米, 年, 元."""
    return unit in _COUNTED or unit == "天"


def is_bare_scale(unit: str | None) -> bool:
    """Whether the unit is only a scale such as 万, so that its noun is missing."""
    return unit is not None and unit in _PREFIXES


def fold_unit(unit: str | None) -> str | None:
    """Return one spelling for all spellings of a unit: ``km`` → ``公里``, ``％`` → ``%``, ``场（次）`` → ``场(次)``.

    1/10万 and /十万 are one: ``/10万``. 万 and 亿 alone fold to 万元 and 亿元. None stays None, and so does a cell
    that names no unit (无, —).
    """
    if unit is None:
        return None
    plain = fold_characters("".join(unit.split()))
    if plain in _NONE:
        return None
    if plain in _SYNONYMS:
        return _SYNONYMS[plain]
    plain = _RATE_HEADING.sub("", plain).replace("/十万", "/10万").replace("/百万", "/100万")
    pieces = [piece or "" for piece in _SEPARATOR.split(_GROUPED_DIVISOR.sub(_ungroup, plain))]
    if len(pieces) == 1:
        return _fold_scaled(plain)
    folded = "".join("/" if piece in (".", "·", "、") else _fold_scaled(piece) for piece in pieces)
    return None if folded in _NONE else folded


def _ungroup(divisor: re.Match[str]) -> str:
    return f"/{divisor[1]}"  # r"/\1" would load re, which takes it apart


def _fold_scaled(word: str) -> str:
    end = 0 if word in _BASES else scan_prefix(word, 0)
    return word[:end] + _SYNONYMS.get(word[end:], word[end:]) if word[end:] else word


def same_unit(first: str | None, second: str | None) -> bool:
    """Whether two units mean the same once synonyms are folded; two missing units are the same."""
    return first == second or fold_unit(first) == fold_unit(second)


def split_money(unit: str | None) -> tuple[Decimal, str | None] | None:
    """Take a money unit apart.

    Returns:
        How many 元 one of it is, and what it is per (``人`` of 元/人, None of plain money); None if it is not money.
    """
    if not unit:
        return None
    base, _, per = fold_characters(unit).partition("/")
    factor = _money_factor(base.replace("人民币", ""))
    return None if factor is None else (factor, per.removeprefix("每").strip("()") or None)


def _money_factor(base: str) -> Decimal | None:
    scale = base.removesuffix("元") if base.endswith("元") and base != "美元" else base
    if scale == base and scale not in ("万", "亿", "百万", "千万"):
        return None
    factor = _FACTORS.get(scale)
    return None if factor is None else Decimal(factor)


def unit_factor(unit: str | None) -> Decimal | None:
    """Return how many 元 one unit of money is: 元 1, 千元 1000, 万元 10000, 亿元 10⁸; None if it is no plain money.

    Brackets and a leading 单位： are overlooked, so the heading of a form can be given as it is printed.
    """
    if unit is None:
        return None
    plain = fold_characters("".join(unit.split())).strip("():")
    plain = plain.rpartition(":")[2]
    found = split_money(plain)
    return found[0] if found is not None and found[1] is None else None


def unit_scale(unit: str | None) -> Decimal:
    """Return what a unit that is no money multiplies a number by: 万人 10⁴, % 0.01, ‰ 0.001, 次 1."""
    if not unit:
        return Decimal(1)
    base = fold_characters(unit).partition("/")[0]
    if base in _FRACTIONS:
        return _FRACTIONS[base]
    if base in _BASES:
        return Decimal(1)
    return Decimal(_FACTORS.get(base[: scan_prefix(base, 0)], 1))


_FRACTIONS = {"%": Decimal("0.01"), "百分比": Decimal("0.01"), "‰": Decimal("0.001"), "‱": Decimal("0.0001")}
