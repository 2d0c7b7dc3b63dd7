"""Shapes that look like faults and are none: put into a clean document, none draws an error or a warning."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import pytest
from planting import B0, GONE, I0, T0, T1, T2, plant

from perflint import Linter
from perflint.finding import Severity


class Shape(NamedTuple):
    """Why it is legal, a clean document, and the cells to overwrite by pointer."""

    reason: str
    document: str
    patch: Mapping[str, Any]


def row(document: str, place: str, **cells: str | None) -> tuple[str, dict[str, Any]]:
    return document, {f"{place}/{field}": value for field, value in cells.items()}


def regional(number: int, name: str, value: str) -> tuple[str, dict[str, Any]]:
    return row("regional-transfer", f"{I0}/{number}", name=name, value=value)


def hunan(number: int, name: str, comparator: str | None, value: str, unit: str | None) -> tuple[str, dict[str, Any]]:
    cells = row("hunan-overall", f"{I0}/{number}", name=name, comparator=comparator, value=value, unit=unit)
    return cells[0], {**cells[1], f"{I0}/{number}/explanation": None, f"{I0}/{number}/scoring": None}


def goal(text: str) -> tuple[str, dict[str, Any]]:
    return "sichuan-list", {f"{T0}/goals/0/text": text}


NUMBERS = (
    Shape("a dash is zero", "gansu-project", {f"{B0}/by_source/unit_funds": "0"}),
    Shape("无 is zero", "gansu-project", {f"{B0}/by_source/unit_funds": "无"}),
    Shape("a blank part beside a complete sum", "gansu-project", {f"{B0}/by_source/unit_funds": None}),
    Shape("a blank total", "gansu-project", {f"{B0}/total": None}),
    Shape("a number as JSON number", "gansu-project", {f"{B0}/total": 320}),
    Shape("more decimals than the total", "gansu-project", {f"{B0}/by_source/general_public_budget": "269.996"}),
    Shape("thousands separators", "hunan-overall", {f"{B0}/by_use/basic": "978.3", f"{B0}/total": "1286.5"}),
    Shape("full-width digits", "hunan-overall", {f"{B0}/by_use/project": "３０８．２０"}),
    Shape("the unit in the cell", "hunan-overall", {f"{B0}/by_use/project": "308.20万元"}),
    Shape(
        "a share rounded to whole per cent",
        "hubei-overall",
        {f"{B0}/shares/by_use": {"personnel": "46%", "operating": "5%", "specific_purpose": "49%"}},
    ),
    Shape(
        "a share as a bare number",
        "hubei-overall",
        {f"{B0}/shares/by_use": {"personnel": "45.82", "operating": "5.17", "specific_purpose": "49.01"}},
    ),
    Shape("weights that make 90", "sichuan-list", {f"{I0}/0/weight": "10"}),
    Shape("weights with the points sign", "sichuan-list", {f"{I0}/0/weight": "20分"}),
    Shape("weights in tenths", "sichuan-list", {f"{I0}/0/weight": "19.5", f"{I0}/1/weight": "15.5"}),
    Shape("a full-width equals sign", "hunan-project", {f"{T1}/spending/items/0/basis": "20次×1万元/次＝20万元"}),
    Shape("a chain of products", "hunan-project", {f"{T2}/spending/items/1/basis": "40人×6次×600元/人次=144000元"}),
    Shape(
        "a product rounded to the cent", "hunan-project", {f"{T1}/spending/items/3/basis": "3处*0.3333万元/处=1万元"}
    ),
    Shape("a list with 等 need not be whole", "hunan-overall", {f"{I0}/4/explanation": "14个山区村、3个城郊村等"}),
    Shape("a list of which one is another unit", "hunan-overall", {f"{I0}/4/explanation": "含52个村民小组"}),
    Shape("of which names a part only", *goal("发放补贴248.40万元，其中村支书补贴60.00万元，惠及230人。")),
    Shape("money compared with last year", *goal("发放补贴248.40万元，较上年260.00万元减少11.60万元，惠及230人。")),
)

BLOCKS = (
    Shape(
        "weights of their own in the long-term block",
        "hubei-overall",
        {f"{I0}/{number}/weight": weight for number, weight in enumerate(("20", "10", "10", "20", "10", "10", "20"))},
    ),
    Shape(
        "an execution row that makes the weights 100",
        "self-evaluation",
        {
            f"{I0}/-": {
                "level1": "预算执行",
                "level2": "预算执行",
                "name": "预算执行率",
                "value": "≥95%",
                "weight": "10",
            }
        },
    ),
    Shape("a weight printed once for merged rows", "sichuan-list", {f"{I0}/1/weight": None}),
    Shape("no amounts at all", "sichuan-list", {f"{B0}": {"total": None}}),
    Shape("nothing but zeros", "sichuan-list", {f"{B0}": {"total": "0", "by_source": {"fiscal_appropriation": "0"}}}),
    Shape("fiscal money with its parts", "gansu-project", {f"{B0}/by_source/fiscal_appropriation": "320.00"}),
    Shape(
        "a source named by the form and one of its own",
        "regional-transfer",
        {f"{B0}/by_source": {"fiscal_appropriation": "90.00", "x-1": {"label": "村集体自筹", "amount": "8.18"}}},
    ),
    Shape(
        "a subtotal row among the details",
        "hunan-project",
        {f"{T1}/spending/items/-": {"category": "合计", "name": "小计", "amount": "39.60", "basis": None}},
    ),
    Shape(
        "a plan left wholly blank", "hebei-projects", {f"{T0}/payment_plan/points/{n}/amount": None for n in range(4)}
    ),
    Shape(
        "a project list that is a choice",
        "hubei-overall",
        {f"{T0}/projects/2": GONE, f"{T0}/projects/0/category": None},
    ),
)

INDICATORS = (
    Shape("completion of at least 100 %", *regional(2, "项目完成率", "≥100%")),
    Shape("growth above 100 %", *regional(5, "特色产业产值增长率", "≥150%")),
    Shape("negative change", *regional(5, "农药使用量变动率", "≤-3%")),
    Shape("growth per mille", *regional(6, "人口自然增长率", "≤5.5‰")),
    Shape("multiple of last year", *regional(5, "网络销售额增长倍数", "≥1.5倍")),
    Shape("money per head", *regional(5, "人均年增收", "≥1200元/人")),
    Shape("millions of yuan earned", *regional(5, "引进投资额", "≥2亿元")),
    Shape("adverse count limited", *regional(6, "群众有效投诉件数", "≤5件")),
    Shape("adverse rate limited", *regional(6, "火灾发生率", "≤0.5%")),
    Shape("dealing with the adverse", *regional(6, "信访事项办结率", "≥98%")),
    Shape("zero accidents", *regional(6, "重大安全事故起数", "=0起")),
    Shape("zero is a sensible adjustment", *regional(2, "预算调整率", "=0%")),
    Shape("a range", *regional(2, "土地流转率", "60%-80%")),
    Shape("a grade", *regional(7, "长效管护机制", "基本健全")),
    Shape("improvement", *regional(6, "群众生产生活条件", "明显改善")),
    Shape("on time", *regional(3, "资金拨付", "及时")),
    Shape("a deadline without a sign", *regional(3, "项目完工时间", "2025年12月底前")),
    Shape("a year alone as deadline", *regional(3, "项目完成时间", "2025年")),
    Shape("a period", *regional(3, "项目实施期限", "2025年1月-12月")),
    Shape("days", *regional(3, "资金下达时限", "≤30日")),
    Shape("the 15th of every month", *regional(3, "补贴发放时间", "每月15日前")),
    Shape("an area", *regional(1, "高标准农田建设面积", "≥0.3万亩")),
    Shape("persons by occasion", *regional(1, "培训农民人次", "≥600人次")),
    Shape("number in 万人次", *regional(1, "服务群众人次", "≥1.2万人次")),
    Shape("cost saved", *regional(4, "采购资金节约率", "≥3%")),
    Shape("cost within the budget", *regional(4, "项目总成本", "≤98.18万元")),
    Shape("cost in yuan", *regional(4, "项目总成本", "≤981800元")),
    Shape("a standard that is fixed", *regional(4, "公益岗位补助标准", "=500元/人·月")),
    Shape("satisfaction of the staff", *regional(8, "村干部满意度", "≥98%")),
    Shape("satisfaction in points", *regional(8, "群众满意度评分", "≥90分")),
    Shape("an index has no unit", *hunan(18, "生态环境质量指数", "≥", "75", None)),
    Shape("qualitative with a grade", *hunan(19, "管护机制", "定性", "优良", None)),
    Shape("qualitative with a dash for the unit", *hunan(19, "管护机制", "定性", "持续完善", "—")),
    Shape("a limit per month", *hunan(1, "公务用车月均运行费", "≤", "2000", "元/月")),
    Shape("months within which", *hunan(13, "资金结算周期", "≤", "3", "个月")),
    Shape("a deadline with a sign", *hunan(13, "重点工作完成时间", "≤", "2026年12月31日", None)),
    Shape("a deadline with the equals sign", *hunan(13, "重点工作完成时间", "=", "2026年12月31日前", "/")),
    Shape(
        "twice a week",
        "hunan-overall",
        {f"{I0}/6/value": "104", f"{I0}/6/explanation": "每周开展2次巡逻", f"{I0}/6/scoring": None},
    ),
    Shape(
        "weekly in the dry season only",
        "hunan-overall",
        {f"{I0}/6/value": "20", f"{I0}/6/explanation": "防火期内每周开展1次巡逻", f"{I0}/6/scoring": None},
    ),
    Shape(
        "80 % of the points for a lower level",
        "hunan-overall",
        {f"{I0}/20/scoring": "92%及以上得10分，85%（含）至92%得8分，85%以下不得分"},
    ),
    Shape("the level without its word", "regional-transfer", {f"{I0}/{n}/level1": "产出" for n in range(5)}),
    Shape("the level with spaces of the print", "regional-transfer", {f"{I0}/7/level2": "可持续影响  指标"}),
    Shape("merged cells left blank", "regional-transfer", {f"{I0}/1/level1": None, f"{I0}/1/level2": None}),
    Shape(
        "cost as a level of its own",
        "regional-transfer",
        {f"{I0}/4/level1": "成本指标", f"{I0}/4/level2": "经济成本指标"},
    ),
    Shape("no timeliness", "regional-transfer", {f"{I0}/3": GONE}),
    Shape(
        "an empty row of the form",
        "regional-transfer",
        {f"{I0}/-": {"level1": "效益指标", "level2": "生态效益指标", "name": None, "value": None}},
    ),
)

TOLD = (
    "2026年收入预算1286.50万元。基本支出978.30万元，项目支出308.20万元，其中乡村建设支出120万元、三公经费支出12.50万元。",
    "2026年支出合计1286.5万元，其中：基本支出978.3万元，包括人员支出820万元、公用经费支出158.3万元；项目支出308.2万元。",
    "2026年项目支出308.20万元，较上年减少20万元；基本支出978.30万元。",
    "本镇资金总额12865000元，基本支出9783000元，项目支出3082000元。",
    "基本支出用于人员经费820万元；项目支出用于道路养护120万元、环境整治188.20万元。",
    "2025年基本支出960.00万元，项目支出290.00万元，预算执行率98%。",
)

# Names of things unwanted, each with the unit they are counted in; zero is what one wants.
UNWANTED = (
    *(
        "新增隐性债务额/万元",
        "耕地撂荒面积/亩",
        "黑臭水体数量/处",
        "重复信访率/%",
        "新增财政供养人员/人",
        "公务接待费/万元",
    ),
    *(
        "项目延期天数/天",
        "越级上访批次/批次",
        "拖欠工资金额/元",
        "水质不达标次数/次",
        "溺水亡人事件/起",
        "散煤复燃户数/户",
    ),
    *(
        "秸秆露天焚烧火点/个",
        "校园欺凌/起",
        "森林火情/起",
        "有效举报/件",
        "环保督察交办件/件",
        "行政复议败诉/件",
        "未成年人辍学/人",
    ),
)
ZEROS = tuple(Shape(f"no {case}", *hunan(17, case.split("/")[0], "=", "0", case.split("/")[1])) for case in UNWANTED)

PERIODS = tuple(
    Shape(f"time {value}", *hunan(13, "实施时间", None, value, None))
    for value in (
        "2026年1—12月",
        "2025年10月-2026年3月",
        "2025-2026年",
        "2026年全年",
        "全年",
        "24小时内",
        "2026年第三季度",
        "当月",
    )
)

BARE = tuple(
    Shape(f"no unit: {name}", *hunan(18, name, "≥", value, unit))
    for name, value, unit in (
        ("土壤pH值", "6.5", None),
        ("建筑容积率", "1.5", "/"),
        ("城乡居民收入比", "2.1", "/"),
        ("投入产出比", "1.2", None),
    )
)

CALCULATIONS = tuple(
    Shape(
        f"calculation {basis}",
        "hunan-project",
        {
            f"{T1}/spending/items": [{"category": "其他", "name": "其他费用", "amount": amount, "basis": basis}],
            f"{T1}/spending/total": amount,
        },
    )
    for basis, amount in (
        ("12个月×2人×0.3万元=7.2万元", "7.2"),
        ("3人*12月*2500元/人/月=9万元", "9"),
        ("100万元×5%=5万元", "5"),
        ("1.5公里*8万元/公里+2万元=14万元", "14"),
        ("3*3.33=10万元", "10"),
        ("（10+20）×2=60万元", "60"),
        ("5个村*2万元+3个社区*1万元=13万元", "13"),
        ("8座×1.2万=9.6万", "9.6"),
        ("2台*3,500元=7,000元", "0.7"),
        ("46人*1380元≈6.35万元", "6.35"),
    )
)

WORDS = (
    Shape("社区社区", *goal("推进社区社区工作者联户制度，保障230名村组干部补贴。")),
    Shape("人人 and 天天", *goal("做到人人知晓、天天巡查、常常提醒，服务230名村组干部。")),
    Shape("平安 twice in a slogan", *goal("平安村、平安乡镇创建全覆盖，服务230名村组干部。")),
    Shape("a credit code", *goal("受托方统一社会信用代码91430100138000000X，服务230名村组干部。")),
    Shape("a project code", *goal("项目编码51132225T000012345678，服务230名村组干部。")),
    Shape("function codes", *goal("列支科目2130705、2080201，服务230名村组干部。")),
    Shape("a document number", *goal("依据川财预〔2024〕138号文件，发放230名村组干部补贴。")),
    Shape("other places are partners", *goal("与邻近乡镇联合开展集中整治2次，服务230名村组干部。")),
    Shape("a village's own name", *goal("实施石桥镇村道路硬化2公里，服务230名村组干部。")),
    Shape("a list over lines", *goal("1.按月发放230名村组干部补贴。\n2.开展培训2次。\n3.村级组织运转正常。")),
    Shape("last year as background", *goal("2024年已完成补贴发放240万元，2025年继续保障230名村组干部。")),
    Shape("a project carried over", "sichuan-list", {f"{T0}/project/name": "2024年村组干部补贴（结转）"}),
    Shape("a mask in place of a phone", "hunan-overall", {f"{T0}/sign_off/phone": "138****0000"}),
    Shape("letters of units", *regional(1, "灌溉渠道长度", "≥800米")),
)

NARRATIVES = tuple(
    Shape(f"narrative {number}", "hunan-overall", {"/narrative": [{"heading": "编报说明", "text": text}]})
    for number, text in enumerate(TOLD, 1)
)

SHAPES = NUMBERS + BLOCKS + INDICATORS + WORDS + NARRATIVES + ZEROS + PERIODS + BARE + CALCULATIONS


@cache
def linter() -> Linter:
    return Linter(packs=["cn-core"])


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.reason)
def test_a_legal_shape_draws_no_error_and_no_warning(shape: Shape) -> None:
    report = linter().check(plant(shape.document, shape.patch))
    assert [f"{f.name} {f.location.pointer}" for f in report.findings if f.severity is not Severity.INFO] == []
