"""Draw random target tables and write them as grids: what a round trip must give back.

Plain ``random`` with a seed from hypothesis, so that a failing table can be named by a number.
"""

from __future__ import annotations

from random import Random
from typing import Any

from make_files import LEFT, UP, Blocks, make_grid

from perflint.reading.grid import Paragraph

LEVELS = {
    "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
    "成本指标": ("经济成本指标", "社会成本指标", "生态环境成本指标"),
}
NAMES = (
    "合计 指标值 5个一工程 基本支出 项目支出 其他 备注 单位 三级指标 群众满意度 满意度 村道养护里程 平安建设 "
    "河长制巡查 完成时限 资金总额 年度目标 数量 质量合格率 联系电话 小计 项目名称 村（社区）考核 “三公经费”变动率 "
    "2025年整治户数 说明 垃圾清运 名称"
).split()
QUANTITIES = (
    ("≥", "12", "次"),
    ("=", "19", "个"),
    ("≤", "35.50", "万元"),
    ("≥", "95", "%"),
    ("＝", "100%", "%"),
    ("≧", "0", "起"),
)
WORDS = (("定性", "良好", None), ("定性", "持续提升", None), ("定性", "2026年12月31日前", "无"), ("≡", "20", "年"))
TEXTS = ("按台账计算", "全年开展的次数之和，由各村上报", "18个村，1个社区", "控制在预算内")
BASES = ("计划标准", "历史标准", "行业标准", "问卷调查")
HEADINGS = {
    "level1": ("一级指标", "一级绩效指标"),
    "level2": ("二级指标", "二级绩效指标"),
    "name": ("三级指标", "指标名称"),
    "comparator": ("指标值类型", "指标类型", "计算符号", "指标性质"),
    "value": ("指标值", "目标值", "年度指标值"),
    "unit": ("度量单位", "计量单位", "单位"),
    "explanation": ("指标解释", "指标值说明"),
    "basis": ("指标值确定依据", "绩效标准"),
    "weight": ("权重", "分值"),
    "remark": ("备注",),
}
SHAPES = (
    ("level1", "level2", "name", "comparator", "value", "unit", "explanation", "remark"),
    ("level1", "level2", "name", "comparator", "value", "unit", "weight"),
    ("level1", "level2", "name", "value", "basis"),
    ("level1", "level2", "name", "value"),
    ("level1", "level2", "name", "comparator", "value", "unit"),
    ("level1", "level2", "name", "value", "explanation", "remark"),
)
Row = dict[str, str | None]


def draw_indicators(random: Random, fields: tuple[str, ...]) -> list[Row]:
    """Return the rows of an indicator list in the order a form prints them."""
    rows: list[Row] = []
    for first in random.sample(list(LEVELS), random.randint(1, 4)):
        for second in random.sample(LEVELS[first], random.randint(1, len(LEVELS[first]))):
            names = random.sample(NAMES, random.randint(1, 3))
            rows += [_draw_row(random, fields, first, second, name) for name in names]
    return rows


def _draw_row(random: Random, fields: tuple[str, ...], first: str, second: str, name: str) -> Row:
    sign, value, unit = random.choice(QUANTITIES * 3 + WORDS)
    if "comparator" not in fields:
        sign, value, unit = "", value if sign == "定性" else f"{sign}{value}{'' if value.endswith('%') else unit}", None
    whole: Row = {
        "level1": first,
        "level2": second,
        "name": name,
        "comparator": sign,
        "value": value,
        "unit": unit,
        "explanation": random.choice((*TEXTS, None)),
        "basis": random.choice(BASES),
        "weight": str(random.randint(1, 20)),
        "remark": random.choice((None, None, None, "暂定")),
    }
    return {field: whole[field] for field in fields}


def draw_document(seed: int) -> tuple[Blocks, dict[str, Any]]:
    """Return the blocks of a document and the table that must be read from them."""
    random = Random(seed)
    fields = random.choice(SHAPES)
    indicators = draw_indicators(random, fields)
    beside = random.random() < 0.5
    title = random.choice(
        ("2026年部门整体支出绩效目标表", "项目支出绩效目标表", "2025年区级专项资金支出方向绩效目标表")
    )
    headings = [random.choice(HEADINGS[field]) for field in fields]
    if all(row.get("comparator") == "定性" for row in indicators) and "comparator" in fields:
        headings[fields.index("comparator")] = "计算符号"  # without any sign the other headings may mean a category
    body = _write_rows(indicators, fields)
    width = len(fields) + beside
    rows = [
        ["部门名称", "东岭镇人民政府", *[LEFT] * (width - 2)],
        ["年度绩效目标", "做好年度各项工作。", *[LEFT] * (width - 2)],
    ]
    budget, printed = _draw_budget(random)
    rows += [[*cells, *[LEFT] * (width - 2)] for cells in printed]
    rows.append([*(["绩效指标"] if beside else []), *headings])
    rows += [[*([UP] if beside else []), *row] for row in body]
    rows.append(["填表人：某某", *[LEFT] * (width - 1)])
    table = {
        "title": title,
        "organization": {"name": "东岭镇人民政府"},
        "goals": [{"scope": "annual", "text": "做好年度各项工作。"}],
        "indicators": indicators,
        "sign_off": {"prepared_by": "某某"},
    }
    if budget:
        table["budget"] = budget
    return [Paragraph(text=title, origin=""), make_grid(rows)], table


def _draw_budget(random: Random) -> tuple[dict[str, Any], list[list[str]]]:
    """Return the block of funds and the rows that print it; about half of the tables have none."""
    if random.random() < 0.5:
        return {}, []
    basic, project = (f"{random.randint(0, 2000)}.{random.choice(('00', '50', '5'))}" for _ in range(2))
    total = random.choice(("1,198.80", "0", "50", "￥75.00"))  # forms need not add up, and reading repairs nothing
    rows = [
        ["资金总额（万元）", total],
        ["其中：基本支出", basic],
        [random.choice(("项目支出", "      项目支出")), project],
    ]
    return {"total": total, "by_use": {"basic": basic, "project": project}}, rows


def _write_rows(indicators: list[Row], fields: tuple[str, ...]) -> list[list[str]]:
    written = []
    before: Row = {}
    for row in indicators:
        texts = [row[field] or "" for field in fields]
        if row["level1"] == before.get("level1"):
            texts[0] = UP
            if row["level2"] == before.get("level2"):
                texts[1] = UP
        written.append(texts)
        before = row
    return written
