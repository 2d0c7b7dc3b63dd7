"""Tables like those that offices publish, from a seed: 10 to 60 rows, several forms, one cell in ten at fault.

python bench/generate.py FOLDER COUNT [SEED]   writes COUNT documents
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

FAULTS = 0.1
LEVELS = {
    "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
}
CELLS: Mapping[str, tuple[tuple[str, str, str, str], ...]] = {
    "数量指标": (
        ("危房改造户数", "≥", "12", "户"),
        ("开展宣传活动次数", "≥", "4", "次"),
        ("道路养护里程", "=", "36.5", "公里"),
    ),
    "质量指标": (("培训合格率", "≥", "95", "%"), ("工程验收合格率", "=", "100", "%"), ("材料完整度", "", "完整", "")),
    "时效指标": (
        ("资金拨付及时率", "≥", "98", "%"),
        ("项目完成时间", "≤", "2026年12月31日", ""),
        ("完成时限", "≤", "12", "月"),
    ),
    "成本指标": (("项目总成本", "≤", "120.50", "万元"), ("人均补助标准", "=", "600", "元/人")),
    "经济效益指标": (("带动农户增收", "≥", "1500", "元/户"), ("促进经济发展", "", "持续促进", "")),
    "社会效益指标": (("受益人口数", "≥", "3200", "人"), ("提升服务能力", "", "有效提升", "")),
    "生态效益指标": (("垃圾无害化处理率", "≥", "90", "%"), ("改善人居环境", "", "明显改善", "")),
    "可持续影响指标": (("政策持续年限", "≥", "3", "年"), ("长效机制健全性", "", "健全", "")),
    "服务对象满意度指标": (("群众满意度", "≥", "90", "%"), ("服务对象满意度", "≥", "95", "%")),
}


def build_document(seed: int, *, rows: int | None = None) -> dict[str, Any]:
    """Return one document as plain data, numbers as decimals.

    Args:
        rows: Number of indicators; by default 10 to 60.
    """
    random = Random(seed)
    kind = random.choice(["overall", "project", "project"])
    year = random.choice([2024, 2025, 2026])
    indicators = [build_row(random, at) for at in range(rows or random.randint(10, 60))]
    set_weights(random, indicators)
    table = {
        "kind": kind,
        "title": "部门整体支出绩效目标表" if kind == "overall" else "项目支出绩效目标表",
        "fiscal_year": Decimal(year),
        "currency_unit": random.choice(["万元", "万元", "元"]),
        "budget": build_budget(random),
        "goals": [{"text": f"{year}年底前完成全部任务，服务群众{random.randint(100, 9000)}人次。"}],
        "indicators": indicators,
    }
    if kind == "project":
        table["project"] = {"name": f"某某镇基础设施建设项目{seed}"}
    return {
        "perflint": "document/1",
        "fiscal_year": Decimal(year),
        "organization": {"name": "某某镇人民政府", "division_code": "000000"},
        "tables": [table],
    }


def build_row(random: Random, at: int) -> dict[str, Any]:
    """Return one indicator; each of its cells may be at fault."""
    level1 = random.choices(list(LEVELS), [6, 3, 1])[0]
    level2 = random.choice(LEVELS[level1])
    name, comparator, value, unit = random.choice(CELLS[level2])
    faulty = random.random() < FAULTS
    if faulty:
        comparator, value, unit = random.choice(
            [
                ("", value, unit),
                (comparator, "", unit),
                (comparator, value, ""),
                ("≥", "100%", "%"),
                ("=", "约20", unit),
            ]
        )
    return {
        "level1": level1,
        "level2": level2,
        "name": name if faulty else f"{name}（{at + 1}）",
        "comparator": comparator or None,
        "value": value or None,
        "unit": unit or None,
        "explanation": random.choice(["反映任务完成情况", f"实际完成数/计划数×100%，第{at + 1}项", None]),
        "scoring": random.choice(["完成目标值得满分，每低1%扣0.5分，扣完为止。", "达到100%得2分，否则不得分", None]),
    }


def set_weights(random: Random, rows: list[dict[str, Any]]) -> None:
    """Give *rows* weights that add up to 100, now and then to something else."""
    share = (Decimal(100) / len(rows)).quantize(Decimal("0.01"))
    for row in rows:
        row["weight"] = share
    rows[-1]["weight"] = 100 - share * (len(rows) - 1) + (Decimal(5) if random.random() < FAULTS else 0)


def build_budget(random: Random) -> dict[str, Any]:
    """Return the funds of a table, as printed; one table in ten does not add up."""
    basic, project = (Decimal(random.randint(1000, 900000)) / 100 for _ in range(2))
    total = basic + project + (Decimal("0.9") if random.random() < FAULTS else 0)
    return {
        "total": f"{total:,}",
        "by_use": {"basic": f"{basic:,}", "project": f"{project:,}"},
        "by_source": {"general_public_budget": f"{total:,}"},
    }


def write_document(data: Mapping[str, Any]) -> bytes:
    """Return *data* as JSON text; integral decimals as integers, the others in the shortest form."""
    return json.dumps(data, ensure_ascii=False, default=_number).encode()


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def main(folder: str, count: str, seed: str = "0") -> None:
    """Write documents to *folder*."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    for number in range(int(count)):
        path = Path(folder, f"{number:05}.json")
        path.write_bytes(write_document(build_document(int(seed) + number)))


if __name__ == "__main__":
    main(*sys.argv[1:])
