"""How the families of forms lay out their rows: labels of the levels, columns, further cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from random import Random
from typing import Any, NamedTuple

from bench.aims import CLASSES, Aim

Row = dict[str, Any]

_TWO = dict(zip(CLASSES[:3], ("数量指标", "质量指标", "时效指标"), strict=True))
_BENEFITS = dict(zip(CLASSES[4:8], ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"), strict=True))


def _levels(output: str, benefit: str, cost: tuple[str, str]) -> dict[str, tuple[str, str]]:
    levels = {key: (output, label) for key, label in _TWO.items()} | {"cost": cost}
    levels |= {key: (benefit, label) for key, label in _BENEFITS.items()}
    return levels | {"satisfaction": ("满意度指标", "服务对象满意度指标")}


MODEL_2015 = _levels("产出指标", "效益指标", ("产出指标", "成本指标"))
MODEL_2021 = _levels("产出指标", "效益指标", ("成本指标", "经济成本指标"))
SICHUAN = _levels("项目完成指标", "项目效益指标", ("项目完成指标", "成本指标"))
GUANGDONG = {
    "quantity": ("预期产出指标", "数量指标（或建筑规模指标）"),
    "quality": ("预期产出指标", "质量指标"),
    "timeliness": ("预期产出指标", "时效指标（工期指标）"),
    "cost": ("预期产出指标", "预算（或投资规模）控制指标"),
    **dict.fromkeys(_BENEFITS, ("效果指标", "社会、经济、生态效益指标")),
    "satisfaction": ("效果指标", "服务对象满意度指标"),
}
HUBEI_OVERALL = {
    "quantity": ("履职效能", "核心业务产出1"),
    "quality": ("履职效能", "核心业务产出2"),
    "timeliness": ("履职效能", "核心业务产出3"),
    "cost": ("运行成本", "项目支出成本控制"),
    "economic": ("社会效应", "经济效益"),
    "social": ("社会效应", "社会效益"),
    "ecological": ("社会效应", "生态效益"),
    "sustainable": ("可持续发展能力", "体制机制改革"),
    "satisfaction": ("满意度", "服务对象满意度"),
}


class Form(NamedTuple):
    """How a family lays out its rows.

    Attributes:
        levels: Class → labels of the first and second level.
        columns: Whether comparator and unit have columns of their own; else the value cell holds all three.
        more: (random, aim) → further cells of a row.
        weighted: Whether rows carry weights.
        sections: The blocks that repeat the rows.
    """

    levels: Mapping[str, tuple[str, str]] = MODEL_2015
    columns: bool = False
    more: Callable[[Random, Aim], Row] = lambda random, aim: {}
    weighted: bool = False
    sections: tuple[str, ...] = ()

    def rows(self, random: Random, aims: tuple[Aim, ...]) -> list[Row]:
        """Return the rows of every section."""
        return [
            ({"section": section} if section else {}) | row
            for section in self.sections or ("",)
            for row in self._block(random, aims)
        ]

    def _block(self, random: Random, aims: tuple[Aim, ...]) -> list[Row]:
        rows = [self._row(random, aim) for aim in aims]
        rows.sort(key=lambda row: [*dict.fromkeys(self.levels.values())].index((row["level1"], row["level2"])))
        if self.weighted:
            set_weights(rows)
        return rows

    def _row(self, random: Random, aim: Aim) -> Row:
        level1, level2 = self.levels[aim.cls]
        row: Row = {"level1": level1, "level2": level2, "name": aim.name}
        if self.columns:
            row |= {"comparator": aim.comparator or "定性", "value": aim.value, "unit": aim.unit or None}
        else:
            row["value"] = write_value(aim)
        return row | self.more(random, aim)


def write_value(aim: Aim) -> str:
    """Return the cell that holds comparator, value and unit."""
    if not aim.unit:
        return f"{aim.value}前" if aim.comparator else aim.value
    return f"{aim.comparator}{aim.value}{aim.unit}"


def set_weights(rows: list[Row]) -> None:
    """Give *rows* weights that add up to 100."""
    share = (Decimal(100) / len(rows)).quantize(Decimal("0.01"))
    for row in rows:
        row["weight"] = f"{share}"
    rows[-1]["weight"] = f"{100 - share * (len(rows) - 1)}"


def list_explained(random: Random, aim: Aim) -> Row:
    told = {
        "%": "实际达到的数量占应达到数量的比例",
        "": "按年度工作台账和验收记录评定",
        "万元": "全年支出控制在年初批复的预算以内",
    }
    return {
        "explanation": told.get(aim.unit, random.choice(["按年度工作台账统计", "以验收记录为准", "以项目台账为准"]))
    }


def list_scored(random: Random, aim: Aim) -> Row:
    return list_explained(random, aim) | {"scoring": "完成目标值得满分，未完成的按比例扣分，扣完为止", "remark": None}


def list_based(random: Random, aim: Aim) -> Row:
    return {"basis": random.choice(["计划标准", "历史标准", "行业标准"])}


def list_described(random: Random, aim: Aim) -> Row:
    text = "全年实际完成情况，以台账为准" if aim.unit != "%" else "达到要求的数量占总数的比例"
    return {"description": text} | {"basis": random.choice(["实施方案", "历史标准", "考核办法"])}


def list_compared(random: Random, aim: Aim) -> Row:
    return list_based(random, aim) | {"category": random.choice(["基本型", "基本型", "创新型"])}


def list_directed(random: Random, aim: Aim) -> Row:
    return {"direction": "反向指标" if aim.comparator == "≤" else "正向指标"}
