"""One fault in a clean document, the rule that must find it, and the place it must name.

No other error may stand beside it: a reader who mends the fault is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import pytest
from planting import B0, GONE, I0, I1, I2, T0, T1, T2, plant

from perflint import Linter, Report
from perflint.finding import Severity


class Fault(NamedTuple):
    """A clean document, cells to overwrite by pointer (``-`` appends), and the finding that must follow.

    ``also`` names the other places of a fault that has two sides.
    """

    rule: str
    document: str
    at: str
    patch: Mapping[str, Any]
    also: tuple[str, ...] = ()


ARITHMETIC = (
    Fault("ari-fund-source-sum", "hunan-overall", f"{B0}/total", {f"{B0}/by_source/other": "32.40"}),
    Fault("ari-fund-source-sum", "gansu-project", f"{B0}/total", {f"{B0}/by_source/government_fund": "40.00"}),
    Fault("ari-total-zero-parts-nonzero", "self-evaluation", f"{B0}/total", {f"{B0}/total": "0"}),
    Fault("ari-expenditure-sum", "hunan-overall", f"{B0}/total", {f"{B0}/by_use/project": "380.20"}),
    Fault(
        "ari-category-sum",
        "hubei-overall",
        f"{B0}/total",
        {f"{B0}/by_use/operating": "97.24", f"{B0}/shares": {}},
    ),
    Fault(
        "ari-category-sum-history",
        "hubei-overall",
        f"{B0}/history/0/total",
        {f"{B0}/history/0/by_use/operating": "84.4"},
    ),
    Fault(
        "ari-income-equals-expenditure-history",
        "hubei-overall",
        f"{B0}/history/1/expenditure_total",
        {f"{B0}/history/1/income_total": "1398.75", f"{B0}/history/1/by_source/fiscal_appropriation": "1398.75"},
    ),
    Fault(
        "ari-project-list-sum",
        "hubei-overall",
        B0,
        {f"{T0}/projects/1/current": "221", f"{T0}/projects/1/total": "221"},
    ),
    Fault(
        "ari-share-match",
        "hubei-overall",
        f"{B0}/shares/by_use/personnel",
        {f"{B0}/shares/by_use/operating": "5.71%", f"{B0}/shares/by_use/personnel": "45.28%"},
    ),
    Fault(
        "ari-share-match-sum",
        "hubei-overall",
        f"{B0}/shares/by_use",
        {f"{B0}/shares/by_use/operating": "4.17%", f"{B0}/by_use": {}},
    ),
    Fault(
        "ari-income-equals-expenditure",
        "hubei-overall",
        f"{B0}/expenditure_total",
        {f"{B0}/income_total": "1523.40", f"{B0}/by_source/fiscal_appropriation": "1491.00", f"{B0}/shares": {}},
    ),
    Fault(
        "ari-fund-source-sum-history",
        "hubei-overall",
        f"{B0}/history/0/total",
        {f"{B0}/history/0/by_source/unit_funds": "26.0"},
    ),
    Fault(
        "ari-fiscal-subtotal-sum",
        "gansu-project",
        f"{B0}/by_source/fiscal_appropriation",
        {
            f"{B0}/by_source": {
                "fiscal_appropriation": "300.00",
                "general_public_budget": "270.00",
                "government_fund": "20.00",
                "other": "20.00",
            }
        },
    ),
    Fault(
        "ari-text-amounts-sum",
        "hebei-projects",
        f"{T0}/goals/0/text",
        {f"{T0}/goals/0/text": "支付养护工程尾款18.20万元，其中人工费10.20万元，材料费9.00万元。"},
    ),
    Fault("ari-weight-sum-80", "self-evaluation", I0, {f"{I0}/0/weight": "5"}),
    Fault(
        "ari-coarse-sum",
        "hunan-overall",
        B0,
        {f"{B0}": {"total": "102", "by_use": {"basic": "54", "project": "47"}}, f"{I0}/0": GONE},
    ),
    Fault(
        "ari-detail-sum",
        "hunan-project",
        f"{T1}/spending/total",
        {f"{T1}/spending/items/3/amount": "2.00", f"{T1}/spending/items/3/basis": "委托养护一年，合同价2万元"},
    ),
    Fault(
        "ari-expression-eval",
        "hunan-project",
        f"{T1}/spending/items/0/basis",
        {f"{T1}/spending/items/0/basis": "20次*1（万元/次）=30万元"},
    ),
    Fault(
        "ari-expression-missing",
        "hunan-project",
        f"{T2}/spending/items/0/basis",
        {f"{T2}/spending/items/0/basis": "6次*（万元/次）=3.6万元"},
    ),
    Fault("ari-explanation-parts", "hunan-overall", f"{I0}/4/explanation", {f"{I0}/4/explanation": "17个村，1个社区"}),
    Fault(
        "ari-text-amounts-sum-listed",
        "hunan-project",
        "/narrative/0/text",
        {"/narrative/0/text": "2026年共申请专项资金63.60万元，分别为人居环境整治39.60万元、民兵训练42.00万元。"},
    ),
    Fault(
        "ari-plan-final-equals-budget",
        "hebei-projects",
        f"{T0}/payment_plan/points/3/amount",
        {f"{T0}/payment_plan/points/3/amount": "17.20"},
    ),
    Fault(
        "ari-plan-monotone",
        "hebei-projects",
        f"{T0}/payment_plan/points/1/amount",
        {f"{T0}/payment_plan/points/1/amount": "15.00"},
        (f"{T0}/payment_plan/points/2/amount",),
    ),
    Fault(
        "ari-plan-final-equals-budget-by-period",
        "hebei-projects",
        f"{T1}/payment_plan/points/3/amount",
        {f"{T1}/payment_plan/points/{n}/amount": "9.00" for n in range(4)},
    ),
    Fault("ari-weight-sum", "sichuan-list", I0, {f"{I0}/0/weight": "25"}),
    Fault("ari-weight-sum", "self-evaluation", I0, {f"{I0}/0/weight": "13"}),
    Fault("ari-class-weight-sum", "sichuan-list", I0, {f"{I0}/{n}/level1": "产出指标（60分）" for n in range(3)}),
    Fault("ari-scoring-points-sum", "hunan-overall", I0, {f"{I0}/20/scoring": "达到92%得8分，每低1个百分点扣1分"}),
    Fault(
        "ari-expenditure-sum-history",
        "hunan-overall",
        f"{B0}/history/0/total",
        {f"{B0}/history": [{"year": 2025, "total": "1200.00", "by_use": {"basic": "900.00", "project": "330.00"}}]},
    ),
    Fault(
        "ari-unit-magnitude-history",
        "hunan-overall",
        f"{B0}/history/0/by_use/basic",
        {f"{B0}/history": [{"year": 2025, "total": "1200.00", "by_use": {"basic": "9000000", "project": "300.00"}}]},
    ),
    Fault("ari-unit-magnitude", "hunan-overall", f"{B0}/by_use/basic", {f"{B0}/by_use/basic": "9783000"}),
)

STRUCTURE = (
    Fault("str-unit-name-missing", "hunan-overall", f"{T0}/organization/name", {f"{T0}/organization/name": None}),
    Fault(
        "str-year-missing",
        "sichuan-list",
        T0,
        {"/fiscal_year": None, f"{T0}/fiscal_year": None, f"{T0}/title": "部门预算项目绩效目标申报表"},
    ),
    Fault("str-amount-unit-missing", "sichuan-list", f"{B0}/total", {f"{T0}/currency_unit": None}),
    Fault(
        "str-level1-class-missing",
        "regional-transfer",
        T0,
        {f"{I0}/8": GONE, f"{I0}/7": GONE, f"{I0}/6": GONE, f"{I0}/5": GONE},
    ),
    Fault("str-output-subclass-missing", "regional-transfer", T0, {f"{I0}/2": GONE}),
    Fault("str-output-subclass-missing-timeliness", "regional-transfer", T0, {f"{I0}/3": GONE}),
    Fault("str-satisfaction-missing", "sichuan-list", T0, {f"{I0}/6": GONE, f"{I0}/0/weight": "30"}),
    Fault("str-level-unknown", "regional-transfer", T0, {f"{I0}/{n}/level1": "其它指标类" for n in (5, 6, 7)}),
    Fault("str-level-unknown-second", "regional-transfer", T0, {f"{I0}/6/level2": "群众指标"}),
    Fault("str-level2-wrong-parent", "regional-transfer", f"{I0}/5/level2", {f"{I0}/5/level1": "产出指标"}),
    Fault(
        "str-column-shift",
        "sichuan-list",
        f"{I0}/3/value",
        {f"{I0}/3/value": "≤", f"{I0}/3/comparator": None, f"{I0}/3/unit": "900"},
    ),
    Fault(
        "str-empty-subclass-row",
        "regional-transfer",
        f"{I0}/9/level2",
        {f"{I0}/-": {"level1": "效益指标", "level2": "生态效益指标", "name": None, "value": None}},
    ),
    Fault(
        "str-empty-subclass-row-core",
        "regional-transfer",
        f"{I0}/2/level2",
        {f"{I0}/2/name": None, f"{I0}/2/value": None},
    ),
    Fault("str-indicator-name-missing", "hebei-projects", f"{I0}/1/name", {f"{I0}/1/name": None}),
    Fault("str-value-missing", "hebei-projects", f"{I0}/1/value", {f"{I0}/1/value": None}),
    Fault("str-value-missing", "hunan-project", f"{I1}/3/value", {f"{I1}/3/value": "≥ %"}),
    Fault("str-value-missing-all", "sichuan-list", T0, {f"{I0}/{n}/value": None for n in range(7)}),
    Fault(
        "str-duplicate-indicator",
        "regional-transfer",
        f"{I0}/1/name",
        {f"{I0}/1/name": "硬化产业路里程", f"{I0}/1/value": "≥3.2公里"},
        (f"{I0}/0/name",),
    ),
    Fault(
        "str-duplicate-indicator-across",
        "regional-transfer",
        f"{I1}/6/name",
        {f"{I1}/6/name": "新增灌溉面积", f"{I1}/6/value": "≥260亩"},
        (f"{I1}/1/name",),
    ),
    Fault(
        "str-unit-name-missing-anywhere",
        "gansu-project",
        "",
        {"/organization": {"name": None}, f"{T0}/organization/name": None, f"{T0}/title": "2026年绩效目标表"},
    ),
    Fault(
        "str-merged-indicators",
        "hunan-project",
        f"{I2}/5/value",
        {f"{I2}/5/name": "慰问标准 伙食标准", f"{I2}/5/value": "≤5000元/人\n≤100元/人"},
    ),
    Fault("str-goal-missing", "sichuan-list", f"{T0}/goals/0/text", {f"{T0}/goals/0/text": None}),
    Fault("str-template-residue", "regional-transfer", f"{I0}/1/value", {f"{I0}/1/value": "≥**个"}),
    Fault(
        "str-template-residue-slots", "regional-transfer", f"{I0}/1/name", {f"{I0}/1/name": "指标1：扶持产业基地个数"}
    ),
    Fault(
        "str-project-code-format", "hebei-projects", f"{T0}/project/code", {f"{T0}/project/code": "13020824P0000021"}
    ),
)

CONTENT = (
    Fault("ind-quantity-qualitative", "regional-transfer", f"{I0}/1/value", {f"{I0}/1/value": "及时处理"}),
    Fault(
        "ind-quantity-is-rate",
        "regional-transfer",
        f"{I0}/1/name",
        {f"{I0}/1/name": "产业基地覆盖率", f"{I0}/1/value": "≥90%"},
    ),
    Fault(
        "ind-quantity-is-cost",
        "regional-transfer",
        f"{I0}/1/value",
        {f"{I0}/1/name": "种苗补贴", f"{I0}/1/value": "=500元/人"},
    ),
    Fault(
        "ind-quality-is-count",
        "regional-transfer",
        f"{I0}/2/value",
        {f"{I0}/2/name": "危房改造", f"{I0}/2/value": "≥2户"},
    ),
    Fault(
        "ind-timeliness-not-temporal",
        "regional-transfer",
        f"{I0}/3/value",
        {f"{I0}/3/name": "扶持力度", f"{I0}/3/value": "≥3个"},
    ),
    Fault("ind-cost-not-measured", "regional-transfer", f"{I0}/4/value", {f"{I0}/4/value": "控制在预算内"}),
    Fault("ind-cost-direction", "regional-transfer", f"{I0}/4/value", {f"{I0}/4/value": "≥25万元/公里"}),
    Fault("ind-adverse-direction", "sichuan-list", f"{I0}/4/comparator", {f"{I0}/4/comparator": "≥"}),
    Fault("ind-output-upper-bound", "regional-transfer", f"{I0}/1/value", {f"{I0}/1/value": "≤2个"}),
    Fault("ind-satisfaction-range", "regional-transfer", f"{I0}/8/value", {f"{I0}/8/value": "非常满意"}),
    Fault(
        "ind-satisfaction-misplaced",
        "regional-transfer",
        f"{I0}/6/level1",
        {f"{I0}/6/name": "周边群众满意度", f"{I0}/6/value": "≥90%"},
    ),
    Fault("ind-name-has-value", "sichuan-list", f"{I0}/0/name", {f"{I0}/0/name": "村组干部230人"}),
    Fault(
        "ind-name-sentence",
        "regional-transfer",
        f"{I0}/6/name",
        {f"{I0}/6/name": "通过各部门、各单位共同努力，全面落实帮扶措施，确保脱贫群众不返贫，生活越来越好"},
    ),
    Fault("ind-name-generic", "regional-transfer", f"{I0}/1/name", {f"{I0}/1/name": "工作任务数"}),
    Fault(
        "ind-description-copies-name", "hebei-projects", f"{I0}/0/description", {f"{I0}/0/description": "养护村道里程"}
    ),
    Fault(
        "ind-explanation-boilerplate",
        "hunan-overall",
        T0,
        {f"{I0}/{n}/explanation": "该指标值数据合理" for n in (4, 6, 9)},
    ),
    Fault(
        "ind-qualitative-vocabulary",
        "hebei-projects",
        f"{I2}/5/value",
        {f"{I2}/5/value": "在全镇范围内形成浓厚的工作氛围"},
    ),
    Fault("ind-yes-value", "hebei-projects", f"{I2}/5/value", {f"{I2}/5/value": "是"}),
    Fault(
        "ind-slogan-rate",
        "regional-transfer",
        f"{I0}/6/name",
        {f"{I0}/6/name": "维护社会稳定", f"{I0}/6/value": "≥95%"},
    ),
    Fault("ind-zero-target-unclear", "regional-transfer", f"{I0}/1/value", {f"{I0}/1/value": "=0个"}),
    Fault("ind-zero-target", "gansu-project", f"{I0}/4/value", {f"{I0}/4/value": "0", f"{I0}/4/comparator": "="}),
    Fault("ind-cost-direction-no-limit", "hebei-projects", f"{I2}/3/value", {f"{I2}/3/value": "5万元"}),
    Fault("ind-adverse-direction-zero", "hunan-overall", f"{I0}/17/comparator", {f"{I0}/17/comparator": "≤"}),
    Fault("ind-satisfaction-range-bounds", "regional-transfer", f"{I0}/8/value", {f"{I0}/8/value": "=100%"}),
    Fault(
        "ind-ex-post-result",
        "sichuan-list",
        f"{T0}/goals/0/text",
        {f"{T0}/goals/0/text": "村组干部补贴拨付率100%，资金使用率99.98%，保障230人。"},
    ),
    Fault("ind-qualitative-share-benefit", "regional-transfer", T0, {f"{I0}/{n}/value": "效果明显" for n in (5, 6, 7)}),
    Fault("ind-qualitative-share", "hebei-projects", T2, {f"{I2}/{n}/value": "良好" for n in (0, 1, 2, 4)}),
    Fault(
        "ind-no-progress",
        "hubei-overall",
        T0,
        {f"{I0}/{n}/{place}": "100%" for n in range(21) for place in ("value", "prior/0/value", "prior/1/value")},
    ),
    Fault("ind-prior-value-bound", "hubei-overall", f"{I0}/17", {f"{I0}/17/prior/0/value": "≥36公里"}),
)

UNIT_AND_PERCENT = (
    Fault("unit-missing", "sichuan-list", f"{I0}/0/unit", {f"{I0}/0/name": "补贴发放规模", f"{I0}/0/unit": None}),
    Fault(
        "unit-missing-in-cell",
        "regional-transfer",
        f"{I1}/5/value",
        {f"{I1}/5/name": "粮食增产", f"{I1}/5/value": "≥40"},
    ),
    Fault("unit-cell-blank", "sichuan-list", f"{I0}/0/unit", {f"{I0}/0/unit": None}),
    Fault("unit-duplicated", "sichuan-list", f"{I0}/0/value", {f"{I0}/0/value": "230人"}),
    Fault("unit-conflict", "gansu-project", f"{I0}/4/unit", {f"{I0}/4/value": "4300米"}),
    Fault("unit-unknown", "gansu-project", f"{I0}/5/unit", {f"{I0}/5/unit": "数"}),
    Fault("unit-name-conflict", "sichuan-list", f"{I0}/0/unit", {f"{I0}/0/unit": "户"}),
    Fault(
        "unit-name-conflict-person",
        "sichuan-list",
        f"{I0}/0/unit",
        {f"{I0}/0/name": "享受补贴的村组干部", f"{I0}/0/unit": "个"},
    ),
    Fault("unit-name-conflict-bracket", "gansu-project", f"{I0}/4/unit", {f"{I0}/4/name": "改造供水管网长度（米）"}),
    Fault("unit-name-conflict-repeated", "gansu-project", f"{I0}/4/name", {f"{I0}/4/name": "改造供水管网长度（公里）"}),
    Fault("unit-money-mixed", "hebei-projects", "", {f"{I1}/4/name": "保洁工具购置费", f"{I1}/4/value": "≤8000元"}),
    Fault("unit-wan-only", "hebei-projects", f"{I2}/3/value", {f"{I2}/3/value": "≤5万"}),
    Fault("unit-malformed", "regional-transfer", f"{I0}/1/value", {f"{I0}/1/value": "≥9/个"}),
    Fault("unit-variants", "gansu-project", f"{I0}/4/unit", {f"{I0}/4/unit": "KM"}),
    Fault("pct-double-sign", "sichuan-list", f"{I0}/1/value", {f"{I0}/1/value": "100%"}),
    Fault("pct-out-of-range", "regional-transfer", f"{I0}/8/value", {f"{I0}/8/value": "≥292%"}),
    Fault("pct-style-mixed", "gansu-project", T0, {f"{I0}/6/value": "100%"}),
    Fault(
        "pct-out-of-range-likely",
        "hunan-overall",
        f"{I0}/18/value",
        {f"{I0}/18/name": "预算执行率", f"{I0}/18/value": "108"},
    ),
    Fault("pct-gte-100", "regional-transfer", f"{I0}/2/value", {f"{I0}/2/value": "≥100%"}),
    Fault("pct-fraction", "regional-transfer", f"{I0}/8/value", {f"{I0}/8/value": "≥0.9%"}),
    Fault("pct-missing-sign", "regional-transfer", f"{I0}/8/value", {f"{I0}/8/value": "≥90"}),
    Fault("pct-word-unit", "sichuan-list", f"{I0}/2/unit", {f"{I0}/2/unit": "百分比"}),
)

COMPARATOR_AND_DATE = (
    Fault("cmp-missing", "regional-transfer", f"{I0}/1/value", {f"{I0}/1/value": "2个"}),
    Fault("cmp-nonstandard-glyph", "sichuan-list", f"{I0}/0/comparator", {f"{I0}/0/comparator": "≡"}),
    Fault("cmp-ascii", "sichuan-list", f"{I0}/2/comparator", {f"{I0}/2/comparator": ">="}),
    Fault("cmp-textual", "regional-transfer", f"{I0}/8/value", {f"{I0}/8/value": "90%以上"}),
    Fault("cmp-qualitative-conflict", "sichuan-list", f"{I0}/0/comparator", {f"{I0}/0/comparator": "定性"}),
    Fault(
        "cmp-explanation-conflict",
        "hunan-overall",
        f"{I0}/7/comparator",
        {f"{I0}/7/explanation": "养护里程不超过36.5公里"},
    ),
    Fault(
        "cmp-standard-conflict",
        "hunan-overall",
        f"{I0}/9/scoring",
        {f"{I0}/9/scoring": "达到100%得4分，每低1个百分点扣0.5分"},
    ),
    Fault(
        "cmp-missing-throughout",
        "self-evaluation",
        T0,
        {
            f"{I0}/{n}/value": v
            for n, v in enumerate("8个 120例 90% 2024年12月25日前 6万元/个 3600人次 100% 较为健全 95%".split())
        },
    ),
    Fault("cmp-glyph-variant", "regional-transfer", f"{I0}/8/value", {f"{I0}/8/value": "≧90%"}),
    Fault("cmp-contradictory", "sichuan-list", f"{I0}/4/value", {f"{I0}/4/value": "≥1"}),
    Fault("cmp-standard-conflict-name", "sichuan-list", f"{I0}/0/name", {f"{I0}/0/name": "补贴村组干部203人"}),
    Fault("cmp-ocr-digit", "regional-transfer", f"{I0}/8/value", {f"{I0}/8/value": "二90%"}),
    Fault("cmp-degenerate", "sichuan-list", f"{I0}/0/comparator", {f"{I0}/0/value": "0", f"{I0}/0/comparator": "≥"}),
    Fault("date-outside-year", "regional-transfer", f"{I1}/3/value", {f"{I1}/3/value": "2026年10月31日前"}),
    Fault("date-order", "gansu-project", f"{I0}/8/value", {f"{I0}/8/value": "2026年11月-2026年3月"}),
    Fault(
        "date-order-term",
        "regional-transfer",
        f"{T0}/project/period/end",
        {f"{T0}/project/period": {"start": "2025年12月", "end": "2025年1月"}},
    ),
    Fault("date-order-deadline", "hunan-project", f"{I1}/5/value", {f"{I1}/5/value": "2025年4月底前"}),
    Fault("date-invalid", "regional-transfer", f"{I1}/3/value", {f"{I1}/3/value": "2025年11月31日前"}),
    Fault("date-outside-year-in-term", "gansu-project", f"{I0}/8/value", {f"{I0}/8/value": "2027年5月30日"}),
    Fault(
        "date-term-outside-year",
        "regional-transfer",
        f"{T0}/project/period/end",
        {f"{T0}/project/period": {"start": "2023年1月", "end": "2024年6月"}},
    ),
    Fault("date-format-mixed", "gansu-project", T0, {f"{I0}/8/value": "2026-11-30"}),
    Fault(
        "date-frequency-near",
        "hunan-overall",
        f"{I0}/6/value",
        {f"{I0}/6/value": "48", f"{I0}/6/scoring": "达到48次得4分"},
    ),
    Fault(
        "date-stale-project-year", "hunan-project", f"{T1}/project/name", {f"{T1}/project/name": "2025年人居环境整治"}
    ),
    Fault(
        "date-stale-project-year-in-list",
        "hubei-overall",
        f"{T0}/projects/1/name",
        {f"{T0}/projects/1/name": "2024年便民服务站改造"},
        (f"{T0}/projects/2/name",),
    ),
    Fault("date-filled-late", "hunan-overall", f"{T0}/filed_on", {f"{T0}/filed_on": "2026年5月8日"}),
    Fault("date-no-year", "regional-transfer", f"{I1}/3/value", {f"{I1}/3/value": "10月底前"}),
    Fault("date-frequency-count", "hunan-overall", f"{I0}/5/value", {f"{I0}/5/value": "3", f"{I0}/5/scoring": None}),
    Fault(
        "date-horizon-not-longer",
        "hubei-overall",
        f"{T0}/goals/0/label",
        {f"{T0}/goals/0/label": "长期目标（截止2026年）"},
    ),
)

BUDGET_AND_TABLES = (
    Fault("bud-cost-over-budget", "hebei-projects", f"{I2}/3/value", {f"{I2}/3/value": "≤8万元"}),
    Fault(
        "bud-cost-mirrors-amount",
        "hunan-overall",
        f"{I0}/0/value",
        {f"{I0}/0/name": "基本支出", f"{I0}/0/value": "879.30", f"{I0}/0/scoring": None},
    ),
    Fault("bud-unit-cost-times-quantity", "regional-transfer", f"{I0}/4/value", {f"{I0}/4/value": "≤45万元/公里"}),
    Fault(
        "bud-unit-cost-times-quantity-slight", "regional-transfer", f"{I0}/4/value", {f"{I0}/4/value": "≤35万元/公里"}
    ),
    Fault(
        "bud-monthly-cost-slight",
        "hebei-projects",
        f"{I2}/3/value",
        {f"{I2}/3/name": "月平均成本", f"{I2}/3/value": "≤0.5万元/月"},
    ),
    Fault(
        "bud-cost-over-budget-part",
        "hebei-projects",
        f"{I2}/3/value",
        {f"{I2}/3/name": "调解补助支出", f"{I2}/3/value": "≤8万元"},
    ),
    Fault(
        "bud-detail-unit-price-total",
        "hunan-project",
        f"{I1}/7/value",
        {f"{I1}/7/name": "行道树补植", f"{I1}/7/value": "≤6万元"},
    ),
    Fault(
        "bud-project-without-indicators",
        "hunan-project",
        f"{T0}/projects/2/name",
        {f"{T0}/projects/-": {"name": "文化站维修", "total": "8.00", "purpose": "屋面维修", "goals": []}},
    ),
    Fault(
        "bud-monthly-cost",
        "hebei-projects",
        f"{I2}/3/value",
        {f"{I2}/3/name": "月平均成本", f"{I2}/3/value": "≤0.8万元/月"},
    ),
    Fault(
        "bud-detail-unit-price",
        "hunan-project",
        f"{I2}/5/value",
        {f"{T2}/spending/items/2/basis": "入伍青年慰问12人*5000元/人=6万元", f"{I2}/5/value": "≤500元/人"},
    ),
    Fault("bud-detail-quantity", "hunan-project", f"{I1}/2/value", {f"{I1}/2/value": "=30株"}),
    Fault("bud-detail-quantity", "hunan-project", f"{I1}/1/value", {f"{I1}/1/value": "≥8次"}),
    Fault(
        "bud-plan-unit-label",
        "hebei-projects",
        f"{T0}/payment_plan/header_unit",
        {f"{T0}/payment_plan/header_unit": "%"},
    ),
    Fault(
        "bud-plan-blank",
        "hebei-projects",
        f"{T0}/payment_plan/points/0/amount",
        {f"{T0}/payment_plan/points/0/amount": None},
    ),
    Fault(
        "xt-narrative-vs-table-project",
        "hunan-project",
        "/narrative/1/text",
        {"/narrative/-": {"heading": "（一）人居环境整治", "text": "项目支出93.60万元，用于清运垃圾和绿化补植。"}},
    ),
    Fault(
        "xt-summary-vs-detail",
        "hunan-project",
        f"{T0}/projects/1/total",
        {f"{T0}/projects/1/total": "42.00", "/narrative": []},
    ),
    Fault("xt-longterm-annual-set", "guangdong-approval", T0, {f"{I0}/12/name": "污水直排口数量"}),
    Fault("xt-longterm-annual-value", "guangdong-approval", f"{I0}/11/value", {f"{I0}/11/value": "≥88%"}),
    Fault(
        "xt-duplicate-project-code",
        "hebei-projects",
        f"{T1}/project/code",
        {f"{T1}/project/code": "13020824P00000210001A"},
        (f"{T0}/project/code",),
    ),
    Fault(
        "xt-year-mismatch",
        "regional-transfer",
        f"{T0}/title",
        {f"{T0}/title": "2023年衔接推进乡村振兴补助资金区域绩效目标表（云溪镇）"},
    ),
    Fault(
        "xt-allocation-sum",
        "regional-transfer",
        f"{B0}/total",
        {T1: {"id": "list", "kind": "summary", "currency_unit": "万元", "budget": {"total": "158.18"}}},
    ),
    Fault(
        "xt-narrative-vs-table-total",
        "hunan-overall",
        "/narrative/0/text",
        {
            "/narrative": [
                {"heading": "说明", "text": "2026年支出1268.50万元，其中：基本支出978.30万元，项目支出308.20万元。"}
            ]
        },
    ),
    Fault(
        "xt-narrative-vs-table",
        "hunan-overall",
        "/narrative/0/text",
        {
            "/narrative": [
                {"heading": "说明", "text": "2026年支出1286.50万元，其中：基本支出987.30万元，项目支出308.20万元。"}
            ]
        },
    ),
    Fault(
        "xt-boilerplate",
        "hebei-projects",
        "",
        {
            f"/tables/{n}/indicators/4": {
                "level1": "效益指标",
                "level2": "社会效益指标",
                "name": "社会认可率",
                "description": "认可项目的群众比例",
                "value": "≥95%",
                "basis": "问卷调查",
            }
            for n in range(3)
        },
    ),
    Fault(
        "xt-project-name-mismatch", "hebei-projects", f"{T2}/project/name", {f"{T2}/project/name": "人民调解补助经费"}
    ),
    Fault(
        "xt-summary-vs-detail-parent",
        "hunan-project",
        f"{T1}/project/parent_amount",
        {f"{T1}/project/parent": "人居环境整治", f"{T1}/project/parent_amount": "36.90"},
    ),
    Fault(
        "xt-summary-vs-detail-sum",
        "hunan-project",
        f"{T0}/projects/0/total",
        {
            f"{T1}/project/parent": "人居环境整治",
            f"{T1}/project/name": "清运保洁",
            f"{T1}/project/parent_amount": "44.60",
            f"{T0}/projects/0/total": "44.60",
            "/narrative": [],
        },
    ),
    Fault(
        "xt-summary-vs-detail-name",
        "hunan-project",
        f"{T2}/project/name",
        {f"{T2}/project/name": "民兵装备购置", f"{T2}/project/parent": None},
    ),
    Fault("xt-year-mismatch-document", "gansu-project", f"{T0}/fiscal_year", {"/fiscal_year": 2025}),
    Fault(
        "xt-year-mismatch-narrative",
        "hebei-projects",
        "/narrative/0/heading",
        {"/narrative/0/heading": "2022年部门整体绩效目标"},
    ),
    Fault(
        "xt-same-name-different-value",
        "hebei-projects",
        T0,
        {
            f"{T1}/project": {"name": "2023年农村公路养护尾款项目"},
            f"{I1}/6": {
                "level1": "满意度指标",
                "level2": "服务对象满意度指标",
                "name": "沿线群众满意度",
                "value": "≥85%",
            },
        },
        (T1,),
    ),
)

TEXT_AND_PRIVACY = (
    Fault(
        "txt-typo",
        "sichuan-list",
        f"{T0}/goals/0/text",
        {f"{T0}/goals/0/text": "按时拔付230名村组干部补贴，保障村级组织正常运转。"},
    ),
    Fault(
        "txt-repeated-word",
        "regional-transfer",
        f"{I0}/6/name",
        {f"{I0}/6/name": "安全事故事故起数", f"{I0}/6/value": "=0起"},
    ),
    Fault(
        "txt-repeated-sentence",
        "hebei-projects",
        "/narrative/3/text",
        {"/narrative/3/text": "健全内部控制，按季度通报预算执行进度。健全内部控制，按季度通报预算执行进度。"},
    ),
    Fault(
        "txt-foreign-unit-name",
        "hunan-overall",
        f"{T0}/goals/0/text",
        {f"{T0}/goals/0/text": "保障塔畈镇人民政府正常运转，完成民生实事项目不少于10项。"},
    ),
    Fault(
        "txt-org-type",
        "hunan-overall",
        f"{T0}/tasks/1/content",
        {f"{T0}/tasks/1/content": "本街道各项工作有序开展，社区工作者分片联户。"},
    ),
    Fault(
        "txt-markup-residue",
        "hunan-overall",
        f"{T0}/tasks/0/content",
        {f"{T0}/tasks/0/content": "<p>严格执行年初预算，厉行节约。</p>"},
    ),
    Fault("txt-inner-space", "regional-transfer", f"{I0}/0/value", {f"{I0}/0/value": "≥3. 2公里"}),
    Fault("txt-inner-space-words", "regional-transfer", T0, {f"{I0}/8/name": "受益脱贫人口满 意 度"}),
    Fault(
        "txt-typo-value", "hebei-projects", f"{I2}/5/value", {f"{I2}/5/name": "调解程序规范性", f"{I2}/5/value": "规划"}
    ),
    Fault(
        "txt-goal-equals-duty",
        "hunan-overall",
        f"{T0}/goals/0/text",
        {
            f"{T0}/goals/0/text": "承担应急管理、综合治理和行政执法工作，负责社会保障。",
            f"{T0}/duties": "承担应急管理、综合治理和行政执法工作，负责社会保障。",
        },
    ),
    Fault("prv-phone", "hunan-overall", f"{T0}/sign_off/phone", {f"{T0}/sign_off/phone": "13800000000"}),
    Fault("prv-phone-landline", "hunan-overall", f"{T0}/sign_off/phone", {f"{T0}/sign_off/phone": "0731-80000000"}),
    Fault(
        "prv-person-name-in-text",
        "sichuan-list",
        f"{T0}/goals/0/text",
        {f"{T0}/goals/0/text": "补缴张三等5人的养老保险，按时发放230名村组干部补贴。"},
    ),
    Fault(
        "prv-id-or-bank",
        "sichuan-list",
        f"{T0}/goals/0/text",
        {f"{T0}/goals/0/text": "发放230名村组干部补贴，收款人证件号11010519491231002X。"},
    ),
)

FUNDS = (
    Fault("ari-fund-source-sum", "hubei-lakes", f"{B0}/total", {f"{B0}/by_source/x-上年结转/amount": "100.00"}),
    Fault(
        "ari-income-equals-expenditure",
        "hubei-lakes",
        f"{B0}/expenditure_total",
        {f"{B0}/expenditure_total": "6932.3552"},
    ),
    Fault(
        "ari-income-equals-expenditure-history",
        "hubei-lakes",
        f"{B0}/history/0/expenditure_total",
        {f"{B0}/history/0/expenditure_total": "5401.2"},
    ),
    Fault("ari-fund-source-sum", "standard-road", f"{B0}/total", {f"{B0}/by_source/other": "200.00"}),
    Fault("ari-total-zero-parts-nonzero", "standard-road", f"{B0}/total", {f"{B0}/total": "0.00"}),
    Fault("bud-cost-over-budget-part", "standard-road", f"{I0}/0/value", {f"{I0}/0/value": "9640"}),
    Fault(
        "ari-expression-eval",
        "hunan-details",
        f"{T0}/spending/items/2/basis",
        {f"{T0}/spending/items/2/basis": "18个村（社区）×12具×170元=30600元"},
    ),
    Fault("bud-detail-unit-price", "hunan-details", f"{I0}/1/value", {f"{I0}/1/value": "600"}),
    Fault(
        "ari-text-amounts-sum-listed",
        "regional-farmland",
        "/narrative/0/text",
        {
            "/narrative/0/text": "现下达2025年高标准农田建设补助资金1.248亿元，"
            "南岗县、石门县、清溪区、市本级分别为4260万元、3900万元、2080万元、2420万元。"
        },
    ),
    Fault(
        "xt-narrative-vs-table-source",
        "bundle-town",
        "/narrative/0/text",
        {
            "/narrative/0/text": "2026年本单位预算总额1486.00万元，其中基本支出986.00万元，项目支出500.00万元。"
            "资金来源为一般公共预算拨款1268.00万元、政府性基金120.00万元、其他资金80.00万元。"
        },
    ),
    Fault(
        "xt-narrative-vs-table-project",
        "bundle-town",
        "/narrative/1/text",
        {"/narrative/1/text": "预算金额206.00万元，其中路面维修186万元、勘察设计和监理20万元。"},
    ),
    Fault(
        "xt-summary-vs-detail-sum",
        "bundle-town",
        f"{T1}/projects/1/total",
        {
            "/tables/4/budget/total": "82.00",
            "/tables/4/spending/total": "82.00",
            "/tables/4/spending/items/1/amount": "16.00",
        },
    ),
    Fault("ari-fund-source-sum-history", "hubei-culture", f"{B0}/history/0/total", {f"{B0}/history/0/total": "133.00"}),
    Fault("bud-detail-quantity", "hubei-culture", f"{I0}/2/value", {f"{I0}/2/value": "250"}),
    Fault("bud-unit-cost-times-quantity", "standard-campus", f"{I0}/1/value", {f"{I0}/1/value": "40"}),
    Fault("ari-detail-sum", "standard-campus", f"{T0}/spending/total", {f"{T0}/spending/items/0/amount": "302.00"}),
    Fault(
        "ari-expression-eval",
        "bundle-subdistrict",
        f"{T1}/spending/items/0/basis",
        {f"{T1}/spending/items/0/basis": "36人×4500元/人·月×12月=1728000元"},
    ),
    Fault(
        "ari-plan-monotone",
        "guangdong-subway",
        f"{T0}/payment_plan/points/1/amount",
        {f"{T0}/payment_plan/points/2/amount": "40%"},
        (f"{T0}/payment_plan/points/2/amount",),
    ),
    Fault(
        "ari-plan-monotone",
        "guangdong-subway",
        f"{T0}/payment_plan/points/2/amount",
        {f"{T0}/payment_plan/points/2/amount": "15%"},
    ),
    Fault(
        "xt-year-mismatch-narrative",
        "regional-counties",
        "/narrative/0/heading",
        {"/narrative/0/heading": "关于提前下达2025年造林补助资金的通知"},
    ),
    Fault(
        "xt-duplicate-project-code-in-list",
        "hubei-lakes",
        f"{T0}/projects/0/code",
        {f"{T0}/projects/0/code": "42022226P000000000001", f"{T0}/projects/2/code": "42022226P000000000001"},
        (f"{T0}/projects/2/code",),
    ),
    Fault(
        "ari-text-counts-sum",
        "standard-campus",
        f"{T0}/goals/0/text",
        {f"{T0}/goals/0/text": "更新课桌椅1950套，其中高中部1200套、初中部950套。"},
    ),
    Fault("xt-longterm-annual-value", "guangdong-park", f"{I0}/6/value", {f"{I0}/6/value": "50"}),
)

# A township's bundle with its details, plans by quarters and batches, a notice with its regional table.
WHOLES_AND_DIRECTIONS = (
    Fault(
        "str-section-blank",
        "gansu-project",
        T0,
        {f"{I0}/-": {"section": "long_term", "level2": "数量指标", "name": None}},
    ),
    Fault("str-total-missing", "gansu-project", f"{B0}/total", {f"{B0}/total": None}),
    Fault("cmp-missing-whole", "regional-transfer", T0, {f"{I0}/2/value": "100%"}),
    Fault("ind-deadline-direction", "gansu-project", f"{I0}/8/comparator", {f"{I0}/8/comparator": "≥"}),
    Fault("ind-benefit-upper-bound", "gansu-project", f"{I0}/10/comparator", {f"{I0}/10/comparator": "≤"}),
    Fault("ind-satisfaction-other-matter", "gansu-project", f"{I0}/13/name", {f"{I0}/13/name": "水质检测合格率"}),
    Fault("ind-count-not-whole", "gansu-project", f"{I0}/10/value", {f"{I0}/10/value": "1.2"}),
    Fault(
        "ind-quality-is-count",
        "hebei-projects",
        f"{I2}/1/value",
        {f"{I2}/1/name": "调解费用", f"{I2}/1/value": "≤3万元"},
    ),
    Fault(
        "bud-cost-sum-over-budget",
        "hebei-projects",
        f"{T2}/budget/total",
        {
            f"{I2}/3/name": "调解员补贴成本",
            f"{I2}/3/value": "≤3.2万元",
            f"{I2}/-": {"level1": "产出指标", "level2": "成本指标", "name": "宣传材料印制成本", "value": "≤2.2万元"},
        },
    ),
    Fault(
        "bud-unit-cost-times-quantity",
        "regional-transfer",
        f"{I0}/1/value",
        {f"{I0}/1/name": "硬化产业路补助标准", f"{I0}/1/value": "≤250万元/公里"},
    ),
    Fault(
        "xt-goal-vs-satisfaction",
        "regional-transfer",
        f"{I0}/8/value",
        {f"{T0}/goals/0/text": "硬化产业路3.2公里，扶持特色产业基地2个，群众满意度达到95%以上。"},
    ),
    Fault(
        "xt-goal-vs-indicator-same",
        "regional-transfer",
        f"{I1}/1/value",
        {f"{T1}/goals/0/text": "建设蓄水池4口，新增灌溉面积620亩，保障生产用水。"},
    ),
    Fault(
        "xt-goal-vs-indicator",
        "regional-transfer",
        f"{I1}/0/value",
        {f"{T1}/goals/0/text": "完成6口小型蓄水池新建任务，新增灌溉面积260亩。", f"{I1}/0/value": "≥4口"},
    ),
    Fault(
        "xt-goal-copied",
        "gansu-project",
        f"{T0}/goals/1/text",
        {f"{T0}/goals/1/text": "2027年6月前完成集镇供水主管网改造8.6公里，供水保证率稳步提高。"},
    ),
    Fault("bud-cost-under-budget", "hebei-projects", f"{I2}/3/value", {f"{I2}/3/value": "≤2万元"}),
    Fault("bud-cost-zero", "hebei-projects", f"{I2}/3/value", {f"{I2}/3/value": "=0万元"}),
    Fault("ind-whether-with-number", "hebei-projects", f"{I2}/1/name", {f"{I2}/1/name": "是否化解矛盾纠纷"}),
    Fault(
        "ind-quantity-in-time", "gansu-project", f"{I0}/5/unit", {f"{I0}/5/name": "更换智能水表", f"{I0}/5/unit": "年"}
    ),
    Fault(
        "unit-price-object",
        "hebei-projects",
        f"{I1}/4/value",
        {f"{I1}/4/name": "保洁员补贴标准", f"{I1}/4/value": "≤500元"},
    ),
    Fault(
        "xt-goal-other-project",
        "hebei-projects",
        f"{T1}/goals/0/text",
        {f"{T1}/goals/0/text": "通过人民调解工作经费支持27个村的调解委员会。"},
    ),
    Fault(
        "txt-amount-without-unit",
        "regional-transfer",
        f"{T0}/goals/0/text",
        {f"{T0}/goals/0/text": "完成投资98，硬化产业路3.2公里，扶持特色产业基地2个。"},
    ),
    Fault(
        "ari-goal-product",
        "hebei-projects",
        f"{T1}/goals/0/text",
        {f"{T1}/goals/0/text": "保障27个村的日常保洁，聘用保洁员54人，每人5000元，共计72万元。"},
    ),
    Fault(
        "xt-goal-of-other-matter",
        "hebei-projects",
        f"{T1}/goals/0/text",
        {f"{T1}/goals/0/text": "通过实施文化广场建设项目，丰富27个村的文化生活。"},
    ),
    Fault("unit-malformed", "gansu-project", f"{I0}/10/value", {f"{I0}/10/name": "受益人次", f"{I0}/10/unit": "人/次"}),
    Fault("str-goal-missing", "hebei-projects", f"{T2}/goals/0/text", {f"{T2}/goals/0/text": "人民调解工作经费"}),
)

PLANS_AND_PRICES = (
    Fault(
        "xt-narrative-vs-table",
        "bundle-details",
        "/narrative/0/text",
        {
            "/narrative/0/text": "2024年收入1280.60万元，其中：财政拨款收入1280.60万元，其他资金来源0万元。"
            "2024年支出1280.60万元，其中：基本支出806.60万元，项目支出420.00万元。"
        },
    ),
    Fault("bud-detail-unit-price-loose", "bundle-details", f"{I2}/5/value", {f"{I2}/5/value": "≤150元/个"}),
    Fault("bud-detail-unit-price-loose", "standard-streets", f"{I0}/7/value", {f"{I0}/7/value": "5000"}),
    Fault("bud-detail-unit-price", "standard-streets", f"{I0}/7/value", {f"{I0}/7/value": "3500"}),
    Fault("bud-unit-cost-times-quantity", "hebei-plans", f"{I0}/3/value", {f"{I0}/3/value": "≤3000元"}),
    Fault("bud-unit-cost-times-quantity-monthly", "hebei-plans", f"{I2}/3/value", {f"{I2}/3/value": "≤3800元"}),
    Fault("bud-unit-cost-times-quantity", "sichuan-salaries", f"{I1}/4/value", {f"{I1}/4/value": "12"}),
    Fault("bud-unit-cost-times-quantity-monthly", "sichuan-salaries", f"{I0}/3/value", {f"{I0}/3/value": "3400"}),
    Fault(
        "ari-plan-final-equals-budget",
        "standard-reservoirs",
        f"{T0}/payment_plan/points/1/amount",
        {f"{T0}/payment_plan/points/1/amount": "1,060,000.00"},
    ),
    Fault(
        "ari-plan-final-equals-budget-batches",
        "standard-reservoirs",
        f"{T1}/payment_plan",
        {f"{T1}/payment_plan/points/2/amount": "305000"},
    ),
    Fault("date-filled-late", "standard-adjustment", f"{T0}/filed_on", {f"{T0}/filed_on": "2026-08-15"}),
    Fault(
        "bud-goal-amount",
        "standard-adjustment",
        f"{T0}/goals/0/text",
        {f"{T0}/goals/0/text": "维修教学楼6栋，改造操场4个，年度预算447.5万元。"},
    ),
    Fault(
        "xt-goal-vs-indicator-same",
        "standard-streets",
        f"{I0}/0/value",
        {f"{T0}/goals/0/text": "聘用协管员22名，租赁巡查车4辆，日均巡查路段15至20条。"},
    ),
    Fault(
        "xt-year-mismatch-letter",
        "regional-pests",
        "/narrative/0/text",
        {"/narrative/0/text": "现下达2024年农业生产防灾救灾资金1260万元，请抓紧支付。"},
    ),
    Fault(
        "xt-allocation-sum-letter",
        "regional-pests",
        "/narrative/0/text",
        {"/narrative/0/text": "现下达2025年农业生产防灾救灾资金1620万元，请于2025年10月底前完成支付。"},
    ),
)

FAULTS = (
    ARITHMETIC
    + STRUCTURE
    + CONTENT
    + UNIT_AND_PERCENT
    + COMPARATOR_AND_DATE
    + BUDGET_AND_TABLES
    + TEXT_AND_PRIVACY
    + FUNDS
    + PLANS_AND_PRICES
    + WHOLES_AND_DIRECTIONS
)


@cache
def linter() -> Linter:
    return Linter(packs=["cn-core"])


def places(report: Report, rule: str) -> set[str]:
    return {finding.location.pointer for finding in report.findings if finding.name == rule}


def name(fault: Fault) -> str:
    return f"{fault.rule}-{fault.document}"


@pytest.mark.parametrize("fault", FAULTS, ids=name)
def test_a_planted_fault_is_found_in_its_place(fault: Fault) -> None:
    assert places(linter().check(plant(fault.document, fault.patch)), fault.rule) == {fault.at, *fault.also}


@pytest.mark.parametrize("fault", FAULTS, ids=name)
def test_a_planted_fault_draws_no_other_error(fault: Fault) -> None:
    errors = {
        finding.name
        for finding in linter().check(plant(fault.document, fault.patch)).findings
        if finding.severity is Severity.ERROR
    }
    assert errors <= {fault.rule}


# Where the name of a project is changed, more than its year is wrong.
TOLD_TWICE = {
    "date-stale-project-year": {"xt-summary-vs-detail-name"},
    "date-stale-project-year-in-list": {"bud-project-without-indicators"},
}


@cache
def list_remarks(document: str) -> frozenset[tuple[str, str]]:
    report = linter().check(plant(document, {}))
    return frozenset((finding.name, finding.location.pointer) for finding in report.findings)


@pytest.mark.parametrize("fault", [one for one in FAULTS if [*one.patch] == [one.at]], ids=name)
def test_a_planted_fault_of_one_cell_is_told_once_at_that_cell(fault: Fault) -> None:
    told = {
        finding.name
        for finding in linter().check(plant(fault.document, fault.patch)).findings
        if finding.location.pointer == fault.at and (finding.name, fault.at) not in list_remarks(fault.document)
    }
    assert told - TOLD_TWICE.get(fault.rule, set()) == {fault.rule}


def test_the_planted_faults_cover_sixty_rules() -> None:
    assert len({fault.rule for fault in FAULTS}) >= 60
