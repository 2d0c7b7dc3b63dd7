"""One fault in a sound table, worded otherwise than in the examples of its rule: found in its cell, alone.

A cell is named by its indicator (``接警时间/value``, in the second table ``1:接警时间/value``) or by its pointer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import pytest
from planting import CLEAN, plant

from perflint import Linter
from perflint.finding import Severity


class Planted(NamedTuple):
    """A rule, a clean document, what is overwritten; the fault shows at *at*, else in the first cell overwritten."""

    rule: str
    document: str
    patch: Mapping[str, Any]
    at: str | None = None


PLANTED = (
    Planted("ari-share-match", "hubei-transport", {"/tables/0/budget/shares/by_use/operating": "5.06%"}),
    Planted(
        "ari-share-match",
        "hubei-transport",
        {
            "/tables/0/budget/shares/by_use/personnel": "36.60%",
            "/tables/0/budget/shares/by_use/specific_purpose": "59.34%",
        },
    ),
    Planted("ari-income-equals-expenditure", "hubei-transport", {"/tables/0/budget/expenditure_total": "15328.66"}),
    Planted("ari-fund-source-sum", "hubei-transport", {"/tables/0/budget/total": "15328.66"}),
    Planted(
        "ari-category-sum",
        "hubei-transport",
        {"/tables/0/budget/by_use/personnel": "5210.34"},
        "/tables/0/budget/total",
    ),
    Planted(
        "ari-expenditure-sum", "hunan-scoring", {"/tables/0/budget/by_use/basic": "821.4"}, "/tables/0/budget/total"
    ),
    Planted(
        "ari-category-sum",
        "hubei-transport",
        {"/tables/0/budget/by_use/operating": "681.32", "/tables/0/budget/shares": {}},
        "/tables/0/budget/total",
    ),
    Planted(
        "ari-category-sum-history",
        "hubei-transport",
        {"/tables/0/budget/history/0/by_use/personnel": "4890.2"},
        "/tables/0/budget/history/0/total",
    ),
    Planted(
        "ari-income-equals-expenditure",
        "hubei-transport",
        {
            "/tables/0/budget/expenditure_total": "15328.66",
            "/tables/0/budget/by_use/specific_purpose": "9590",
            "/tables/0/budget/shares": {},
            "/tables/0/projects/1/current": "2190",
        },
    ),
    Planted(
        "ari-income-equals-expenditure-history",
        "hubei-transport",
        {
            "/tables/0/budget/history/1/income_total": "13020",
            "/tables/0/budget/history/1/by_source/fiscal_appropriation": "12120",
        },
        "/tables/0/budget/history/1/expenditure_total",
    ),
    Planted("ari-project-list-sum", "hubei-transport", {"/tables/0/projects/2/current": "660"}, "/tables/0/budget"),
    Planted(
        "ari-project-list-sum", "regional-allocation", {"/tables/0/projects/1/total": "701.00"}, "/tables/0/budget"
    ),
    Planted(
        "ari-detail-sum",
        "hunan-police",
        {"/tables/1/spending/items/1/amount": "42.6", "/tables/1/spending/items/1/basis": "按合同测算"},
        "/tables/1/spending/total",
    ),
    Planted(
        "ari-detail-sum", "hubei-veterans", {"/tables/0/spending/items/1/amount": "99.6"}, "/tables/0/spending/total"
    ),
    Planted(
        "ari-expression-eval", "hunan-police", {"/tables/1/spending/items/0/basis": "1570路*0.06（万元/路）=92.4万元"}
    ),
    Planted("ari-expression-eval", "hubei-veterans", {"/tables/0/spending/items/0/basis": "3200人×400元/人=138万元"}),
    Planted("ari-expression-missing", "hubei-veterans", {"/tables/0/spending/items/2/basis": "800人*（元/人）=40万元"}),
    Planted("ari-explanation-parts", "hunan-scoring", {"防汛抗旱演练/explanation": "上半年1次、下半年2次"}),
    Planted(
        "ari-text-amounts-sum-listed",
        "standard-insurance",
        {"/tables/0/goals/0/text": "项目总预算2026400元，分别为：设备购置1240000元，人员培训300000元，宣传200000元。"},
    ),
    Planted("ari-plan-final-equals-budget", "hebei-water", {"/tables/0/payment_plan/points/3/amount": "180.00"}),
    Planted("ari-plan-final-equals-budget", "hebei-water", {"/tables/1/payment_plan/points/3/amount": "40.00"}),
    Planted(
        "ari-plan-monotone",
        "hebei-water",
        {"/tables/2/payment_plan/points/1/amount": "8.00"},
        "/tables/2/payment_plan/points/0/amount",
    ),
    Planted("ari-plan-monotone", "hebei-water", {"/tables/0/payment_plan/points/2/amount": "190.00"}),
    Planted("ari-weight-sum", "standard-sewers", {"居民满意度/weight": "15"}, "/tables/0/indicators"),
    Planted("ari-weight-sum", "standard-mines", {"修复面积/weight": "15"}, "/tables/0/indicators"),
    Planted(
        "ari-class-weight-sum",
        "self-evaluation-forest",
        {"扑火队伍数量/weight": "15", "林区群众满意度/weight": "5"},
        "/tables/0/indicators",
    ),
    Planted(
        "ari-scoring-points-sum",
        "hunan-scoring",
        {"防汛抗旱演练/scoring": "完成2次得5分，少1次扣3分"},
        "/tables/0/indicators",
    ),
    Planted("ari-unit-magnitude", "hunan-scoring", {"/tables/0/budget/by_use/basic": "8124000"}),
    Planted("str-unit-name-missing", "standard-cloud", {"/tables/0/organization/name": "  "}),
    Planted("str-value-missing", "regional-allocation", {"1:新建污水管网/value": "公里"}),
    Planted("str-goal-missing", "standard-cloud", {"/tables/0/goals/0/text": "完成工作"}),
    Planted("str-project-code-format", "hebei-water", {"/tables/0/project/code": "13022925P0000111001"}),
    Planted(
        "ind-quantity-is-rate",
        "standard-insurance",
        {"参保人数/name": "参保覆盖率", "/tables/0/indicators/0/value": "95", "/tables/0/indicators/0/unit": "%"},
    ),
    Planted(
        "ind-timeliness-not-temporal",
        "hubei-veterans",
        {"医疗补助发放及时率/name": "医疗补助发放", "/tables/0/indicators/4/value": "较好"},
        "/tables/0/indicators/4/value",
    ),
    Planted("ind-cost-direction", "standard-sewers", {"每公里新建成本/comparator": "≥"}),
    Planted("ind-name-generic", "standard-cloud", {"承载业务系统/name": "工作任务数"}),
    Planted("unit-missing", "hunan-scoring", {"村组道路养护里程/unit": "无"}),
    Planted("unit-name-conflict", "standard-insurance", {"财政补助人数/unit": "户"}),
    Planted("unit-name-conflict", "standard-mines", {"修复面积/unit": "个"}),
    Planted("unit-variants", "standard-mines", {"修复面积/unit": "平米"}),
    Planted("pct-out-of-range", "standard-cloud", {"使用部门满意度/value": "190"}),
    Planted("pct-gte-100", "standard-insurance", {"参保率/value": "100", "参保率/comparator": ">"}),
    Planted("pct-missing-sign", "standard-mines", {"苗木成活率/unit": None}),
    Planted("pct-word-unit", "standard-cloud", {"使用部门满意度/unit": "百分比"}),
    Planted("cmp-nonstandard-glyph", "hunan-scoring", {"群众满意度/comparator": "═"}),
    Planted(
        "cmp-explanation-conflict",
        "hunan-scoring",
        {"安全生产检查/comparator": "≤", "安全生产检查/explanation": "全年至少检查52次"},
    ),
    Planted(
        "cmp-standard-conflict", "hunan-scoring", {"群众满意度/scoring": "满意度达到95%得10分，每低1个百分点扣1分"}
    ),
    Planted("cmp-standard-conflict", "hunan-scoring", {"安全生产检查/scoring": "完成48次得满分10分，每少1次扣1分"}),
    Planted(
        "date-frequency-count",
        "hunan-scoring",
        {"安全生产检查/value": "40", "安全生产检查/scoring": "达到计划值得10分"},
    ),
    Planted(
        "date-horizon-not-longer",
        "hubei-transport",
        {
            "/tables/0/goals/0/label": "长期目标（截止2025年）",
            "/tables/0/goals/0/text": "完成农村公路提档升级260公里，改造危桥27座，建成客货邮服务网络。",
        },
    ),
    Planted(
        "date-horizon-not-longer-text",
        "hubei-transport",
        {
            "/tables/0/goals/0/label": "长期目标",
            "/tables/0/goals/0/text": "到2025年底完成农村公路提档升级260公里，改造危桥27座，建成客货邮服务网络。",
        },
        "/tables/0/goals/0/text",
    ),
    Planted("date-filled-late", "application-hospital", {"/tables/0/filed_on": "2025-06-10"}),
    Planted("bud-cost-over-budget-part", "hebei-water", {"维修养护成本/value": "≤286.5万元"}),
    Planted(
        "bud-unit-cost-times-quantity",
        "hubei-veterans",
        {
            "慰问标准/value": "≤400元/人",
            "重点优抚对象体检人数/name": "体检批次",
            "/tables/0/indicators/1/value": "=8批",
            "走访慰问优抚对象人数/value": "≥32000人",
            "/tables/0/spending": {"total": "265.6", "items": [{"name": "慰问费", "amount": "265.6", "basis": "据实"}]},
        },
    ),
    Planted("bud-monthly-cost", "hebei-water", {"2:月均保洁费用/value": "≤4.5万元/月"}),
    Planted(
        "bud-monthly-cost",
        "hebei-water",
        {"2:月均保洁费用/value": "≤4.5万元", "2:月均保洁费用/description": "每月平均支付金额"},
    ),
    Planted(
        "bud-detail-unit-price",
        "hubei-veterans",
        {"体检标准/value": "=600元/人", "体检标准/name": "重点优抚对象体检标准"},
    ),
    Planted(
        "bud-detail-unit-price",
        "hunan-police",
        {"1:单路维护费用/value": "≤500元/路", "1:单路维护费用/name": "前端点位维护单价"},
    ),
    Planted("bud-detail-quantity", "hunan-police", {"1:租赁机柜数量/value": "=87个"}),
    Planted("bud-detail-quantity", "hubei-veterans", {"重点优抚对象体检人数/value": "=900人"}),
    Planted("bud-plan-unit-label", "hebei-water", {"/tables/0/payment_plan/header_unit": "%"}),
    Planted("bud-plan-unit-label", "hebei-water", {"/tables/2/payment_plan/header_unit": "％"}),
    Planted(
        "bud-plan-blank",
        "hebei-water",
        {"/tables/2/payment_plan/points/0/amount": None},
        "/tables/2/payment_plan/points/0/amount",
    ),
    Planted(
        "txt-typo", "standard-mines", {"/tables/0/goals/0/text": "修复治理废弃矿山9处，面积1268亩，改善生态环竟。"}
    ),
    Planted(
        "txt-foreign-unit-name", "hunan-scoring", {"/tables/0/duties": "青石乡人民政府负责促进经济发展，强化公共服务。"}
    ),
    Planted(
        "txt-markup-residue",
        "standard-cloud",
        {"/tables/0/goals/0/text": "租用政务云资源2400核&nbsp;vCPU，承载186个业务系统。"},
    ),
    Planted(
        "xt-summary-vs-detail",
        "hunan-police",
        {
            "/tables/0/projects/1/total": "342.00",
            "/tables/0/budget/total": "530.40",
            "/tables/2/project/parent_amount": "342.00",
        },
    ),
    Planted(
        "xt-duplicate-project-code",
        "hebei-water",
        {"/tables/2/project/code": "13022925P00001110012A"},
        "/tables/0/project/code",
    ),
    Planted("xt-year-mismatch", "regional-allocation", {"/tables/1/title": "2024年农村环境整治资金区域绩效目标表"}),
    Planted(
        "xt-project-name-mismatch",
        "hebei-water",
        {"/tables/0/title": "1、农村安全饮水工程绩效目标表"},
        "/tables/0/project/name",
    ),
    Planted(
        "xt-allocation-sum",
        "regional-allocation",
        {"/tables/1/budget/total": "1804.00", "/tables/1/budget/by_source/fiscal_appropriation": "1804.00"},
    ),
    Planted(
        "prv-person-name-in-text",
        "standard-insurance",
        {"/tables/0/goals/0/text": "补缴李建国等3人医疗保险，参保率保持在95%以上。"},
    ),
    Planted(
        "prv-id-or-bank",
        "standard-insurance",
        {"/tables/0/goals/0/text": "补缴人员身份证号11010519491231002X，参保率保持在95%以上。"},
    ),
    # One wrong total from which several blocks differ alike is one finding.
    Planted("ari-fund-source-sum", "hunan-village-works", {"/tables/0/budget/total": "1363.27"}),
    Planted(
        "ind-zero-target",
        "hunan-village-works",
        {"森林防火巡查/comparator": "=", "森林防火巡查/value": "0"},
        "森林防火巡查/value",
    ),
    Planted(
        "cmp-standard-conflict",
        "hunan-village-works",
        {"农村生活污水治理率/scoring": "治理率达到50%及以上得5分，每低1%扣0.5分"},
    ),
    Planted(
        "str-column-shift",
        "sichuan-police",
        {"命案破案率/comparator": "100", "命案破案率/value": "%", "命案破案率/unit": None},
    ),
    Planted("bud-detail-unit-price", "bundle-in-yuan", {"慰问标准/value": "≤300元/户"}),
    Planted(
        "xt-narrative-vs-table-total",
        "bundle-in-yuan",
        {
            "/narrative/0/text": "2024年本乡收入预算668.5万元，支出预算686.5万元，"
            "其中基本支出671.5万元，项目支出15万元。"
        },
    ),
    Planted("unit-name-conflict", "standard-prison", {"保障罪犯人数/value": "=2400户"}),
    Planted("cmp-standard-conflict-name", "standard-petitions", {"初次信访一次性化解率/name": "一次性化解率达95%以上"}),
    Planted(
        "ari-text-amounts-sum-listed",
        "standard-relief",
        {"/tables/0/goals/0/text": "补助资金合计12600万元，城乡低保、特困供养分别为9800万元、2700万元。"},
    ),
    Planted("ind-adverse-direction", "standard-petitions", {"赴省进京越级上访人次/value": "≥15人次"}),
    Planted("ind-adverse-direction", "hubei-farming", {"重大动物疫情发生起数/value": "≥1起"}),
    Planted("ind-output-upper-bound", "sichuan-meals", {"受益学生人数/comparator": "≤"}),
    Planted(
        "ind-quality-is-count", "standard-laboratory", {"食品监督抽检批次/level2": "质量指标"}, "食品监督抽检批次/value"
    ),
    Planted("cmp-missing", "jiangxi-museum", {"免费开放天数/comparator": None}),
    Planted("unit-wan-only", "jiangxi-museum", {"单个原创展览成本/unit": "万"}),
    Planted(
        "ari-plan-monotone",
        "hebei-rivers",
        {"/tables/0/payment_plan/points/2/amount": "40"},
        "/tables/0/payment_plan/points/1/amount",
    ),
    Planted(
        "ari-unit-magnitude",
        "standard-clinic",
        {"/tables/0/budget/by_source/fiscal_appropriation": "330.984"},
    ),
    Planted("bud-unit-cost-times-quantity", "sichuan-veterans", {"人均补助标准/value": "=1800元/年·人"}),
    Planted("str-value-none", "regional-forest", {"1:带动脱贫人口务工增收/value": "/"}),
    Planted("txt-typo", "jiangxi-museum", {"/tables/0/duties": "收藏、研究文物，保进文化交流。"}),
)


@cache
def linter() -> Linter:
    return Linter(packs=["cn-core"])


def find_pointer(document: str, cell: str) -> str:
    """Return the pointer of *cell* in the clean document, given by the name of its indicator or as a pointer."""
    if cell.startswith("/"):
        return cell
    table, _, row = cell.rpartition(":")
    name, _, field = row.rpartition("/")
    data = json.loads((CLEAN / f"{document}.json").read_text(encoding="utf-8"))
    rows = data["tables"][int(table or 0)]["indicators"]
    place = next(place for place, row in enumerate(rows) if row.get("name") == name)
    return f"/tables/{table or 0}/indicators/{place}/{field}"


def name(planted: Planted) -> str:
    return f"{planted.rule}-{planted.document}"


@pytest.mark.parametrize("planted", PLANTED, ids=name)
def test_a_fault_in_other_words_is_found_in_its_cell_and_draws_no_other_error(planted: Planted) -> None:
    patch = {find_pointer(planted.document, cell): value for cell, value in planted.patch.items()}
    findings = linter().check(plant(planted.document, patch)).findings
    at = find_pointer(planted.document, planted.at) if planted.at is not None else next(iter(patch))
    assert at in {finding.location.pointer for finding in findings if finding.name == planted.rule}
    assert {finding.name for finding in findings if finding.severity is Severity.ERROR} <= {planted.rule}
