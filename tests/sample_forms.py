"""Invented target tables in the layouts of the form families, with what they say.

Townships, projects and figures are made up. ``LEFT`` and ``UP`` mark what a merged cell covers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from make_files import LEFT, UP, Blocks, make_grid

from perflint.reading.grid import Paragraph

Table = dict[str, Any]


class Sample(NamedTuple):
    """A document: its blocks, and for each table the parts that must be read from it."""

    name: str
    blocks: Blocks
    tables: tuple[Table, ...]


def _paragraph(text: str) -> Paragraph:
    return Paragraph(text=text, origin="")


def _grid(*rows: Sequence[str]) -> Any:
    width = max(map(len, rows))
    return make_grid(
        [
            [*row, *([LEFT] * (width - len(row)) if row[-1] not in ("", UP) else [""] * (width - len(row)))]
            for row in rows
        ]
    )


def _items(fields: str, *rows: Sequence[str | None]) -> list[dict[str, str | None]]:
    return [dict(zip(fields.split(), row, strict=True)) for row in rows]


def build_jiangxi() -> Sample:
    """One overall table with comparator, value, unit and explanation, everything merged as in a word processor."""
    grid = _grid(
        ["部门名称", "清溪县石桥镇人民政府", LEFT, LEFT, "部门编码", "301001", LEFT],
        ["联系人", "某某", LEFT, LEFT, "联系电话", "13800000000", LEFT],
        ["部门职责", "负责本镇经济发展、社会治理和公共服务。", LEFT, LEFT, LEFT, LEFT, LEFT],
        ["年度总体目标", "保障机关运转，完成村道养护和环境整治。", LEFT, LEFT, LEFT, LEFT, LEFT],
        ["一级指标", "二级指标", "三级指标", "计算符号", "目标值", "度量单位", "指标值说明"],
        ["产出指标", "数量指标", "养护村道里程", ">=", "32", "公里", "村道台账"],
        [UP, UP, "整治农户数", "≥", "120", "户", "整治清单"],
        [UP, "质量指标", "验收合格率", "=", "100", "%", "验收记录"],
        [UP, "时效指标", "完成时间", "≤", "12", "月", "按计划"],
        ["成本指标", "经济成本指标", "养护成本", "≤", "64", "万元", "不超预算"],
        ["效益指标", "社会效益指标", "村民出行改善", "定性", "明显改善", "", "走访"],
        ["满意度指标", "服务对象满意度指标", "村民满意度", "≥", "92", "%", "问卷"],
    )
    fields = "level1 level2 name comparator value unit explanation"
    table: Table = {
        "kind": "overall",
        "title": "2025年部门整体绩效目标",
        "fiscal_year": 2025,
        "organization": {"name": "清溪县石桥镇人民政府", "code": "301001"},
        "duties": "负责本镇经济发展、社会治理和公共服务。",
        "goals": [{"scope": "annual", "text": "保障机关运转，完成村道养护和环境整治。"}],
        "indicators": _items(
            fields,
            ["产出指标", "数量指标", "养护村道里程", ">=", "32", "公里", "村道台账"],
            ["产出指标", "数量指标", "整治农户数", "≥", "120", "户", "整治清单"],
            ["产出指标", "质量指标", "验收合格率", "=", "100", "%", "验收记录"],
            ["产出指标", "时效指标", "完成时间", "≤", "12", "月", "按计划"],
            ["成本指标", "经济成本指标", "养护成本", "≤", "64", "万元", "不超预算"],
            ["效益指标", "社会效益指标", "村民出行改善", "定性", "明显改善", None, "走访"],
            ["满意度指标", "服务对象满意度指标", "村民满意度", "≥", "92", "%", "问卷"],
        ),
        "sign_off": {"phone": "13800000000"},
    }
    return Sample("jiangxi", [_paragraph("2025年部门整体绩效目标"), grid], (table,))


def build_standard() -> Sample:
    """The usual project table: label pairs, funds, goal, four indicator columns beside a merged heading."""
    grid = _grid(
        ["项目名称", "河道保洁经费", LEFT, LEFT, "项目编码", "36010025P000000000001"],
        ["主管部门", "清溪县水利局", LEFT, LEFT, "实施单位", "石桥镇人民政府"],
        ["项目资金（万元）", "年度资金总额：", LEFT, "18.50", LEFT, LEFT],
        [UP, "其中：财政拨款", LEFT, "15.00", LEFT, LEFT],
        [UP, "其他资金", LEFT, "3.50", LEFT, LEFT],
        ["年度总体目标", "完成全镇河道日常保洁。", LEFT, LEFT, LEFT, LEFT],
        ["绩效指标", "一级指标", "二级指标", "三级指标", LEFT, "指标值"],
        [UP, "产出指标", "数量指标", "保洁河道长度", LEFT, "≥26公里"],
        [UP, UP, UP, "保洁员人数", LEFT, "14人"],
        [UP, UP, "质量指标", "水面漂浮物清除率", LEFT, "≥95%"],
        [UP, UP, "时效指标", "清运及时率", LEFT, "≥90%"],
        [UP, UP, "成本指标", "人均月补贴", LEFT, "≤1100元"],
        [UP, "效益指标", "生态效益指标", "河道水质", LEFT, "持续改善"],
        [UP, "满意度指标", "服务对象满意度指标", "沿河居民满意度", LEFT, "90%以上"],
    )
    fields = "level1 level2 name value"
    table: Table = {
        "kind": "project",
        "title": "项目支出绩效目标表",
        "fiscal_year": 2024,
        "currency_unit": "万元",
        "organization": {"name": "石桥镇人民政府"},
        "project": {"name": "河道保洁经费", "code": "36010025P000000000001"},
        "budget": {"total": "18.50", "by_source": {"fiscal_appropriation": "15.00", "other": "3.50"}},
        "goals": [{"scope": "annual", "text": "完成全镇河道日常保洁。"}],
        "indicators": _items(
            fields,
            ["产出指标", "数量指标", "保洁河道长度", "≥26公里"],
            ["产出指标", "数量指标", "保洁员人数", "14人"],
            ["产出指标", "质量指标", "水面漂浮物清除率", "≥95%"],
            ["产出指标", "时效指标", "清运及时率", "≥90%"],
            ["产出指标", "成本指标", "人均月补贴", "≤1100元"],
            ["效益指标", "生态效益指标", "河道水质", "持续改善"],
            ["满意度指标", "服务对象满意度指标", "沿河居民满意度", "90%以上"],
        ),
    }
    blocks = [_paragraph("项目支出绩效目标表"), _paragraph("（2024年度）"), grid]
    return Sample("standard", blocks, (table,))


def build_sichuan() -> Sample:
    """One row an indicator: unit, project, amount and goal in leading merged cells; two projects in one grid."""
    grid = _grid(
        [
            "单位名称",
            "项目名称",
            "年度预算",
            "年度绩效目标",
            "一级指标",
            "二级指标",
            "三级指标",
            "指标性质",
            "指标值",
            "度量单位",
            "权重",
            "指标方向性",
        ],
        [
            "柳河乡人民政府",
            "村级运转",
            "42.00",
            "保障村级组织运转",
            "产出指标",
            "数量指标",
            "保障村数",
            "＝",
            "8",
            "个",
            "20",
            "正向指标",
        ],
        [UP, UP, UP, UP, UP, "质量指标", "经费使用合规率", "≥", "98", "%", "30", "正向指标"],
        [UP, UP, UP, UP, "成本指标", "经济成本指标", "村均经费", "≤", "5.25", "万元", "20", "反向指标"],
        [UP, UP, UP, UP, "效益指标", "社会效益指标", "村级服务水平", "定性", "提升", "", "20", "正向指标"],
        [
            UP,
            "路灯维护",
            "6.30",
            "路灯正常使用",
            "产出指标",
            "数量指标",
            "维护路灯数",
            "≥",
            "210",
            "盏",
            "50",
            "正向指标",
        ],
        [UP, UP, UP, UP, "满意度指标", "服务对象满意度指标", "居民满意度", "≥", "90", "%", "40", "正向指标"],
    )
    fields = "level1 level2 name comparator value unit weight direction"
    common: Table = {
        "kind": "project",
        "fiscal_year": 2026,
        "currency_unit": "万元",
        "title": "2026年部门预算项目绩效目标申报表",
    }
    first: Table = {
        **common,
        "organization": {"name": "柳河乡人民政府"},
        "project": {"name": "村级运转"},
        "budget": {"total": "42.00"},
        "goals": [{"scope": "annual", "text": "保障村级组织运转"}],
        "indicators": _items(
            fields,
            ["产出指标", "数量指标", "保障村数", "＝", "8", "个", "20", "正向指标"],
            ["产出指标", "质量指标", "经费使用合规率", "≥", "98", "%", "30", "正向指标"],
            ["成本指标", "经济成本指标", "村均经费", "≤", "5.25", "万元", "20", "反向指标"],
            ["效益指标", "社会效益指标", "村级服务水平", "定性", "提升", None, "20", "正向指标"],
        ),
    }
    second: Table = {
        **common,
        "project": {"name": "路灯维护"},
        "budget": {"total": "6.30"},
        "goals": [{"scope": "annual", "text": "路灯正常使用"}],
        "indicators": _items(
            fields,
            ["产出指标", "数量指标", "维护路灯数", "≥", "210", "盏", "50", "正向指标"],
            ["满意度指标", "服务对象满意度指标", "居民满意度", "≥", "90", "%", "40", "正向指标"],
        ),
    }
    blocks = [_paragraph("2026年部门预算项目绩效目标申报表"), _paragraph("金额单位：万元"), grid]
    return Sample("sichuan", blocks, (first, second))


def build_guangdong() -> Sample:
    """Mid-term block left, annual block right."""
    grid = _grid(
        ["项目名称", "文化站维修", LEFT, LEFT, "项目单位", "东岭镇人民政府", LEFT, LEFT],
        ["中期绩效目标", LEFT, LEFT, LEFT, "年度绩效目标", LEFT, LEFT, LEFT],
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "指标值（或计划水平）",
            "一级指标",
            "二级指标",
            "三级指标",
            "指标值（或计划水平）",
        ],
        ["预期产出指标", "数量指标", "维修文化站数", "6个", "预期产出指标", "数量指标", "维修文化站数", "2个"],
        [UP, "质量指标", "验收合格率", "100%", UP, "质量指标", "验收合格率", "98%"],
        [
            "效果指标",
            "社会效益指标",
            "服务群众人次",
            "≥30000人次",
            "效果指标",
            "社会效益指标",
            "服务群众人次",
            "≥9000人次",
        ],
    )
    fields = "section level1 level2 name value"
    table: Table = {
        "kind": "project",
        "title": "财政项目支出绩效目标批复表",
        "project": {"name": "文化站维修"},
        "organization": {"name": "东岭镇人民政府"},
        "indicators": _items(
            fields,
            ["long_term", "预期产出指标", "数量指标", "维修文化站数", "6个"],
            ["annual", "预期产出指标", "数量指标", "维修文化站数", "2个"],
            ["long_term", "预期产出指标", "质量指标", "验收合格率", "100%"],
            ["annual", "预期产出指标", "质量指标", "验收合格率", "98%"],
            ["long_term", "效果指标", "社会效益指标", "服务群众人次", "≥30000人次"],
            ["annual", "效果指标", "社会效益指标", "服务群众人次", "≥9000人次"],
        ),
    }
    return Sample("guangdong", [_paragraph("财政项目支出绩效目标批复表"), grid], (table,))


def build_regional() -> Sample:
    """A letter, then the table of the region."""
    letter = [
        _paragraph("关于下达2025年农村道路养护补助资金的通知"),
        _paragraph("各乡镇人民政府：现将补助资金下达给你们，请按规定使用，并做好绩效目标管理。"),
    ]
    grid = _grid(
        ["专项名称", "农村道路养护补助资金", LEFT, LEFT, LEFT],
        ["省级主管部门", "省交通运输厅", LEFT, LEFT, LEFT],
        ["资金情况（万元）", "年度金额：", LEFT, "360", LEFT],
        [UP, "其中：中央补助", LEFT, "300", LEFT],
        ["年度目标", "完成农村道路日常养护。", LEFT, LEFT, LEFT],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        [UP, "产出指标", "数量指标", "养护里程", "≥480公里"],
        [UP, UP, "时效指标", "资金下达时间", "2025年6月底前"],
        [UP, "效益指标", "可持续影响指标", "养护机制", "长期"],
    )
    table: Table = {
        "kind": "regional",
        "title": "区域绩效目标表",
        "fiscal_year": 2025,
        "project": {"name": "农村道路养护补助资金"},
        "budget": {"total": "360", "by_source": {"x-中央补助": {"label": "中央补助", "amount": "300"}}},
        "goals": [{"scope": "annual", "text": "完成农村道路日常养护。"}],
        "indicators": _items(
            "level1 level2 name value",
            ["产出指标", "数量指标", "养护里程", "≥480公里"],
            ["产出指标", "时效指标", "资金下达时间", "2025年6月底前"],
            ["效益指标", "可持续影响指标", "养护机制", "长期"],
        ),
    }
    blocks = [*letter, _paragraph("附件2"), _paragraph("区域绩效目标表"), _paragraph("（2025年度）"), grid]
    return Sample("regional", blocks, (table,))


def build_matrix() -> Sample:
    """One value column a township."""
    grid = _grid(
        ["一级指标", "二级指标", "三级指标", "单位", "东岭镇", "石桥镇", "柳河乡"],
        ["产出指标", "数量指标", "新建灌渠长度", "公里", "3.2", "1.8", "2.5"],
        [UP, "质量指标", "工程合格率", "%", "100", "100", "98"],
        ["效益指标", "社会效益指标", "受益人口", "人", "≥820", "≥640", "≥510"],
    )
    rows = (
        ("新建灌渠长度", "公里", "3.2 1.8 2.5"),
        ("工程合格率", "%", "100 100 98"),
        ("受益人口", "人", "≥820 ≥640 ≥510"),
    )
    levels = (("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "社会效益指标"))
    tables: list[Table] = []
    for at, town in enumerate(("东岭镇", "石桥镇", "柳河乡")):
        items = [
            [*level, name, values.split()[at], unit] for level, (name, unit, values) in zip(levels, rows, strict=True)
        ]
        tables.append(
            {
                "title": "2024年专项资金绩效目标表",
                "fiscal_year": 2024,
                "organization": {"name": town},
                "indicators": _items("level1 level2 name value unit", *items),
            }
        )
    return Sample("matrix", [_paragraph("2024年专项资金绩效目标表"), grid], tuple(tables))


def build_self_evaluation() -> Sample:
    """Targets beside what was reached and scored: only the targets are read."""
    grid = _grid(
        ["项目名称", "公厕管护", LEFT, LEFT, LEFT, LEFT, LEFT, LEFT],
        ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        [UP, "年度资金总额", "12.00", "12.00", "11.40", "10", "95%", "9.5"],
        [UP, "其中：财政拨款", "12.00", "12.00", "11.40", "", "", ""],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        [UP, "产出指标", "数量指标", "管护公厕数", "9座", "9座", "25", "25"],
        [UP, UP, "质量指标", "卫生达标率", "≥95%", "93%", "25", "23"],
        [UP, "满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "91%", "10", "10"],
    )
    table: Table = {
        "kind": "self-evaluation",
        "title": "项目支出绩效自评表",
        "fiscal_year": 2023,
        "project": {"name": "公厕管护"},
        "budget": {"total": "12.00", "by_source": {"fiscal_appropriation": "12.00"}},
        "indicators": _items(
            "level1 level2 name value weight",
            ["产出指标", "数量指标", "管护公厕数", "9座", "25"],
            ["产出指标", "质量指标", "卫生达标率", "≥95%", "25"],
            ["满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "10"],
        ),
    }
    return Sample("self-evaluation", [_paragraph("项目支出绩效自评表"), _paragraph("（2023年度）"), grid], (table,))


def build_hunan() -> Sample:
    """Funds over two rows, tasks, an indicator list with comparator, explanation and scoring, sign-off below."""
    grid = _grid(
        ["部门（单位）名称", "白沙镇人民政府", LEFT, LEFT, LEFT, LEFT, LEFT, LEFT, LEFT],
        ["预算情况", "资金总额", "按收入性质分", LEFT, LEFT, LEFT, "按支出性质分", LEFT, LEFT],
        [UP, UP, "一般公共预算", "政府性基金拨款", "财政专户管理资金", "其他资金", "基本支出", "项目支出", LEFT],
        [UP, "860.40", "800.40", "0", "0", "60.00", "700.00", "160.40", LEFT],
        ["年度履职目标", "做好乡村治理和民生服务。", LEFT, LEFT, LEFT, LEFT, LEFT, LEFT, LEFT],
        ["年度主要任务", "任务名称", "主要内容", LEFT, LEFT, LEFT, LEFT, LEFT, LEFT],
        [UP, "道路养护", "养护村道并清理边沟", LEFT, LEFT, LEFT, LEFT, LEFT, LEFT],
        [UP, "环境整治", "清理垃圾点", LEFT, LEFT, LEFT, LEFT, LEFT, LEFT],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标类型", "指标值", "计量单位", "指标解释", "备注"],
        [UP, "产出指标", "数量指标", "召开村民代表会议", "≥", "12", "次", "全年召开的次数", ""],
        [UP, UP, UP, "合计", "=", "45", "公里", "养护里程之和", ""],
        [UP, UP, "质量指标", "指标值", "≥", "95", "%", "名称就是这样印的", ""],
        [UP, "成本指标", "经济成本指标", "基本支出", "≤", "700.00", "万元", "控制在预算内", ""],
        [UP, "效益指标", "社会效益指标", "村民获得感", "定性", "提升", "", "走访了解", ""],
        [UP, "满意度指标", "服务对象满意度指标", "满意度", "≥", "90", "%", "问卷", "抽样"],
        ["填表人：某某", LEFT, LEFT, "联系电话：13800000000", LEFT, LEFT, "单位负责人：某某", LEFT, LEFT],
    )
    table: Table = {
        "kind": "overall",
        "form": "hunan-overall",
        "title": "2025年部门整体支出绩效目标表",
        "fiscal_year": 2025,
        "currency_unit": "万元",
        "organization": {"name": "白沙镇人民政府"},
        "budget": {
            "total": "860.40",
            "by_source": {
                "general_public_budget": "800.40",
                "government_fund": "0",
                "special_account": "0",
                "other": "60.00",
            },
            "by_use": {"basic": "700.00", "project": "160.40"},
        },
        "goals": [{"scope": "annual", "text": "做好乡村治理和民生服务。"}],
        "tasks": [{"name": "道路养护", "content": "养护村道并清理边沟"}, {"name": "环境整治", "content": "清理垃圾点"}],
        "indicators": _items(
            "level1 level2 name comparator value unit explanation remark",
            ["产出指标", "数量指标", "召开村民代表会议", "≥", "12", "次", "全年召开的次数", None],
            ["产出指标", "数量指标", "合计", "=", "45", "公里", "养护里程之和", None],
            ["产出指标", "质量指标", "指标值", "≥", "95", "%", "名称就是这样印的", None],
            ["成本指标", "经济成本指标", "基本支出", "≤", "700.00", "万元", "控制在预算内", None],
            ["效益指标", "社会效益指标", "村民获得感", "定性", "提升", None, "走访了解", None],
            ["满意度指标", "服务对象满意度指标", "满意度", "≥", "90", "%", "问卷", "抽样"],
        ),
        "sign_off": {"prepared_by": "某某", "phone": "13800000000", "head": "某某"},
    }
    blocks = [_paragraph("2025年部门整体支出绩效目标表"), _paragraph("单位：万元"), grid]
    return Sample("hunan", blocks, (table,))


def build_hunan_project() -> Sample:
    """Programme and amount side by side, period, goals by scope, indicators with value and unit in one, spending."""
    grid = _grid(
        ["支出方向（子项）", "村道养护", LEFT, "所属专项", "名称", "道路专项"],
        ["项目金额", "30.00", LEFT, UP, "金额", "120.00"],
        ["项目实施期", "2024.01.01-2024.12.31", LEFT, LEFT, LEFT, LEFT],
        ["实施期绩效目标", "道路常年畅通。", LEFT, LEFT, LEFT, LEFT],
        ["年度绩效目标", "养护村道二十公里。", LEFT, LEFT, LEFT, LEFT],
        ["年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值及单位", "绩效标准"],
        [UP, "产出指标", "数量指标", "养护次数", "≥4次", "计划标准"],
        [UP, UP, "质量指标", "验收合格", "考核达标", "行业标准"],
        [UP, UP, "成本指标", "", "", ""],
        [UP, "效益指标", "社会效益指标", "出行便利", "提高", "其他标准"],
        ["支出明细及测算说明", "支出内容简介", "支出明细", "金额", "支出测算依据及过程说明", LEFT],
        [UP, "养护", "人工费", "20", "20公里*1（万元/公里）=20万元", LEFT],
        [UP, UP, "材料费", "6", "3次*2（万元/次）=6万元", LEFT],
        [UP, "清障", "机械费", "4", "4次*1（万元/次）=4万元", LEFT],
        [UP, "合  计", LEFT, "30.00", "", LEFT],
        ["单位负责人签字：", LEFT, LEFT, LEFT, LEFT, LEFT],
    )
    table: Table = {
        "kind": "project",
        "form": "hunan-project",
        "title": "2024年区级专项资金支出方向绩效目标表",
        "fiscal_year": 2024,
        "currency_unit": "万元",
        "organization": {"name": "白沙镇人民政府"},
        "project": {
            "name": "村道养护",
            "parent": "道路专项",
            "parent_amount": "120.00",
            "period": {"start": "2024.01.01", "end": "2024.12.31"},
        },
        "budget": {"total": "30.00"},
        "goals": [{"scope": "period", "text": "道路常年畅通。"}, {"scope": "annual", "text": "养护村道二十公里。"}],
        "indicators": _items(
            "level1 level2 name value basis",
            ["产出指标", "数量指标", "养护次数", "≥4次", "计划标准"],
            ["产出指标", "质量指标", "验收合格", "考核达标", "行业标准"],
            ["产出指标", "成本指标", None, None, None],
            ["效益指标", "社会效益指标", "出行便利", "提高", "其他标准"],
        ),
        "spending": {
            "total": "30.00",
            "items": _items(
                "category name amount basis",
                ["养护", "人工费", "20", "20公里*1（万元/公里）=20万元"],
                ["养护", "材料费", "6", "3次*2（万元/次）=6万元"],
                ["清障", "机械费", "4", "4次*1（万元/次）=4万元"],
            ),
        },
        "sign_off": {"head": None},
    }
    blocks = [
        _paragraph("2024年区级专项资金支出方向绩效目标表"),
        _paragraph("填报单位：（盖章）白沙镇人民政府"),
        _paragraph("金额单位：万元"),
        grid,
    ]
    return Sample("hunan-project", blocks, (table,))


def build_hubei() -> Sample:
    """Funds with shares and two prior years, project list, goals side by side, two indicator lists, prior values."""
    grid = _grid(
        ["部门（单位）名称", "南湾镇人民政府", LEFT, LEFT, LEFT, LEFT, LEFT, LEFT],
        ["填报人", "某某", LEFT, "联系电话", "13800000000", LEFT, LEFT, LEFT],
        ["部门总体资金情况", "总体资金情况", LEFT, "当年金额", LEFT, "占比", "近两年收支金额", LEFT],
        [UP, UP, LEFT, UP, LEFT, UP, "2024年", "2023年"],
        [UP, "收入构成", "财政拨款", "500", LEFT, "80%", "480", "470"],
        [UP, UP, "单位资金", "125", LEFT, "20%", "0", "0"],
        [UP, UP, "合计", "625", LEFT, "100%", "480", "470"],
        [UP, "支出构成", "人员类项目支出", "400", LEFT, "64%", "300", "300"],
        [UP, UP, "特定目标类项目支出", "225", LEFT, "36%", "180", "170"],
        [UP, UP, "合计", "625", LEFT, "100%", "480", "470"],
        ["部门职能概述", "负责本镇各项工作。", LEFT, LEFT, LEFT, LEFT, LEFT, LEFT],
        ["年度工作任务", "抓好产业和治理。", LEFT, LEFT, LEFT, LEFT, LEFT, LEFT],
        [
            "项目支出情况",
            "项目名称",
            LEFT,
            "支出项目类别",
            LEFT,
            "项目总预算",
            "项目本年度预算",
            "项目主要支出方向和用途",
        ],
        [UP, "运转经费", LEFT, "特定目标类", LEFT, "225", "225", "保障运转"],
        ["整体绩效总目标", "长期目标（截止2027年）", LEFT, LEFT, LEFT, "年度目标", LEFT, LEFT],
        [UP, "保障长期发展。", LEFT, LEFT, LEFT, "保障年度运转。", LEFT, LEFT],
        ["长期绩效指标", "一级指标", "二级指标", "三级指标", LEFT, "指标值", "指标值确定依据", "指标分类"],
        [UP, "运行成本", "公用经费控制", "公用经费控制率", LEFT, "100%", "预算支出标准", "基本型"],
        [UP, "履职效能", "核心业务产出1", "修路里程", LEFT, "≥9公里", "计划标准", "创新型"],
        ["年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值", LEFT, LEFT, "指标值确定依据"],
        [UP, UP, UP, UP, "近两年指标值", LEFT, "预期当年实现值", UP],
        [UP, UP, UP, UP, "前年", "上年", UP, UP],
        [UP, "运行成本", "公用经费控制", "公用经费控制率", "99%", "98%", "100%", "预算支出标准"],
        [UP, "满意度", "服务对象满意度", "群众满意度", "≥88%", "≥90%", "≥95%", "行业标准"],
    )
    prior = [
        [{"label": "前年", "value": "99%"}, {"label": "上年", "value": "98%"}],
        [{"label": "前年", "value": "≥88%"}, {"label": "上年", "value": "≥90%"}],
    ]
    long_term = _items(
        "section level1 level2 name value basis category",
        ["long_term", "运行成本", "公用经费控制", "公用经费控制率", "100%", "预算支出标准", "基本型"],
        ["long_term", "履职效能", "核心业务产出1", "修路里程", "≥9公里", "计划标准", "创新型"],
    )
    annual = _items(
        "section level1 level2 name value basis",
        ["annual", "运行成本", "公用经费控制", "公用经费控制率", "100%", "预算支出标准"],
        ["annual", "满意度", "服务对象满意度", "群众满意度", "≥95%", "行业标准"],
    )
    years = [
        {
            "year": year,
            "total": total,
            "income_total": total,
            "expenditure_total": total,
            "by_source": {"fiscal_appropriation": total, "unit_funds": "0"},
            "by_use": {"personnel": "300", "specific_purpose": specific},
        }
        for year, total, specific in ((2024, "480", "180"), (2023, "470", "170"))
    ]
    table: Table = {
        "kind": "overall",
        "form": "hubei-overall",
        "title": "部门整体绩效目标申报表",
        "currency_unit": "万元",
        "filed_on": "2024年11月3日",
        "organization": {"name": "南湾镇人民政府"},
        "budget": {
            "total": "625",
            "income_total": "625",
            "expenditure_total": "625",
            "by_source": {"fiscal_appropriation": "500", "unit_funds": "125"},
            "by_use": {"personnel": "400", "specific_purpose": "225"},
            "shares": {
                "by_source": {"fiscal_appropriation": "80%", "unit_funds": "20%"},
                "by_use": {"personnel": "64%", "specific_purpose": "36%"},
                "x-income_total": "100%",
                "x-expenditure_total": "100%",
            },
            "history": years,
        },
        "duties": "负责本镇各项工作。",
        "tasks": [{"content": "抓好产业和治理。"}],
        "projects": _items("name category total current purpose", ["运转经费", "特定目标类", "225", "225", "保障运转"]),
        "goals": [{"scope": "long_term", "text": "保障长期发展。"}, {"scope": "annual", "text": "保障年度运转。"}],
        "indicators": [*long_term, *({**item, "prior": past} for item, past in zip(annual, prior, strict=True))],
        "sign_off": {"prepared_by": "某某", "phone": "13800000000"},
    }
    blocks = [_paragraph("部门整体绩效目标申报表"), _paragraph("填报日期：2024年11月3日单位：万元"), grid]
    return Sample("hubei", blocks, (table,))


def build_hebei() -> Sample:
    """Text first, then two projects with two grids each: codes, purpose, payment plan."""
    blocks: list[Any] = [_paragraph("第一部分"), _paragraph("一、总体绩效目标"), _paragraph("做好2025年各项工作。")]
    tables = []
    for number, name, total in ((1, "办公经费", "5.00"), (2, "村级补助", "8.10")):
        head = _grid(
            ["单位：万元", LEFT, LEFT, LEFT, LEFT, LEFT, LEFT],
            ["项目编码", f"1302082{number}P000010100133", LEFT, "项目名称", name, LEFT, LEFT],
            ["预算规模及资金用途", "预算数", total, "其中：财政资金", total, "其他资金", ""],
            [UP, "保障工作正常运转。", LEFT, LEFT, LEFT, LEFT, LEFT],
            ["资金支出计划（%）", "3月底", "6月底", "10月底", "12月底", LEFT, LEFT],
            [UP, "", "2.50", "", total, LEFT, LEFT],
            ["绩效目标", "1.补充办公经费\n2.维持运转", LEFT, LEFT, LEFT, LEFT, LEFT],
        )
        body = _grid(
            ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"],
            ["产出指标", "数量指标", "采购次数", "采购办公用品次数", "≥5次", "年初计划"],
            [UP, "质量指标", "采购质量", "采购办公用品质量", "优", "工作标准"],
            [UP, "时效指标", "完成时限", "资金使用时限", "2025年12月31日前", "年初计划"],
            ["满意度指标", "服务对象满意度指标", "群众满意度", "群众满意度", "≥95%", "问卷调查"],
        )
        blocks += [_paragraph(f"{number}、{name}绩效目标表"), head, body]
        tables.append(
            {
                "kind": "project",
                "form": "hebei-project",
                "title": f"{number}、{name}绩效目标表",
                "currency_unit": "万元",
                "project": {"name": name, "code": f"1302082{number}P000010100133", "purpose": "保障工作正常运转。"},
                "budget": {"total": total, "by_source": {"fiscal_appropriation": total, "other": None}},
                "payment_plan": {
                    "header_unit": "%",
                    "points": _items(
                        "label amount", ["3月底", None], ["6月底", "2.50"], ["10月底", None], ["12月底", total]
                    ),
                },
                "goals": [{"scope": "annual", "text": "1.补充办公经费\n2.维持运转"}],
                "indicators": _items(
                    "level1 level2 name description value basis",
                    ["产出指标", "数量指标", "采购次数", "采购办公用品次数", "≥5次", "年初计划"],
                    ["产出指标", "质量指标", "采购质量", "采购办公用品质量", "优", "工作标准"],
                    ["产出指标", "时效指标", "完成时限", "资金使用时限", "2025年12月31日前", "年初计划"],
                    ["满意度指标", "服务对象满意度指标", "群众满意度", "群众满意度", "≥95%", "问卷调查"],
                ),
            }
        )
    return Sample("hebei", blocks, tuple(tables))


def build_summary() -> Sample:
    """The list of projects of an earmarked fund, numbered, with a total row."""
    grid = _grid(
        ["序号", "名  称", "金  额", "实施期绩效目标", "年度绩效目标"],
        ["", "合  计", "38.10", "", ""],
        ["一", "村道养护", "30.00", "道路常年畅通。", "养护村道二十公里。"],
        ["二", "河道保洁", "8.10", "河道常年清洁。", "保洁河道十二公里。"],
    )
    goals = (("道路常年畅通。", "养护村道二十公里。"), ("河道常年清洁。", "保洁河道十二公里。"))
    projects = [
        {"name": name, "total": total, "goals": [{"scope": "period", "text": long}, {"scope": "annual", "text": short}]}
        for name, total, (long, short) in zip(("村道养护", "河道保洁"), ("30.00", "8.10"), goals, strict=True)
    ]
    table: Table = {
        "kind": "summary",
        "title": "2024年区级专项资金绩效目标汇总表",
        "fiscal_year": 2024,
        "currency_unit": "万元",
        "budget": {"total": "38.10"},
        "projects": projects,
    }
    blocks = [_paragraph("2024年区级专项资金绩效目标汇总表"), _paragraph("金额单位：万元"), grid]
    return Sample("summary", blocks, (table,))


SAMPLES = (
    build_jiangxi(),
    build_standard(),
    build_sichuan(),
    build_guangdong(),
    build_regional(),
    build_matrix(),
    build_self_evaluation(),
    build_hunan(),
    build_hunan_project(),
    build_hubei(),
    build_hebei(),
    build_summary(),
)
