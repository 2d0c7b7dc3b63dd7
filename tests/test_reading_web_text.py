"""Tables as web pages of authorities leave them when saved as text; the shapes are real, the contents are not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from damage import read_text

import perflint

ROWS: list[list[str | None]] = [
    ["产出指标", "数量指标", "改造灌溉渠里程", "≥6公里"],
    ["产出指标", "数量指标", "更换闸门", "12座"],
    ["产出指标", "质量指标", "工程验收合格率", "100%"],
    ["产出指标", "时效指标", "完工时间", "2026年11月底前"],
    ["产出指标", "成本指标", "渠道改造补助标准", "≤18万元/公里"],
    ["效益指标", "经济效益指标", None, None],
    ["效益指标", "社会效益指标", "受益农户", "≥260户"],
    ["效益指标", "生态效益指标", None, None],
    ["满意度指标", "服务对象满意度指标", "用水农户满意度", "≥90%"],
]


def list_rows(document: Any) -> list[list[str | None]]:
    [table] = document["tables"]
    fields = ("level1", "level2", "name", "value")
    return [[(row[one] or "").replace("\n", "") or None for one in fields] for row in table["indicators"]]


def tear(rows: list[list[str]], width: int, *, opened: bool) -> str:
    """Return rows with a line for each cell, and one for the blanks that fill a row up to *width*."""
    lines = []
    for row in rows:
        lines += ["|"] * opened
        lines += [f"{cell} |" if cell else "|" for cell in row]
        lines += ["|" * (width - len(row))] * (len(row) < width)
    return "\n".join(lines) + "\n"


def drop_repeated(rows: Sequence[Sequence[str | None]]) -> list[list[str]]:
    """Return rows in which a merged cell is printed once, and what follows it moves to its place."""
    printed: list[list[str]] = []
    above = ["", ""]
    for row in rows:
        kept = [cell or "" for cell in row]
        same = [kept[0] == above[0], kept[:2] == above]
        printed.append(kept[2:] if same[1] else kept[1:] if same[0] else kept)
        above = kept[:2]
    return printed


@pytest.mark.parametrize("opened", [True, False])
@pytest.mark.parametrize("width", [6, 9])
def test_rows_torn_at_every_cell_are_cut_by_the_number_of_their_bars(tmp_path: Path, opened: bool, width: int) -> None:
    rows = [
        ["项目名称", "灌溉渠修复", "预算部门", "甲镇人民政府"],
        ["年度资金总额", "120"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        *drop_repeated(ROWS),
    ]
    text = "2026年项目支出绩效目标表\n" + tear(rows, width, opened=opened) + "扫一扫在手机打开当前页\n"
    document = read_text(tmp_path, text)
    assert list_rows(document) == ROWS
    assert document["tables"][0]["project"]["name"] == "灌溉渠修复"
    assert document["tables"][0]["budget"]["total"] == "120"


def test_a_level_word_torn_from_its_tail_is_one_word(tmp_path: Path) -> None:
    rows = [[cell for cell in row if cell] for row in drop_repeated([row for row in ROWS if row[2]])]
    cells = [
        "项目名称",
        "灌溉渠修复",
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        *(cell for row in rows for cell in row),
    ]
    text = "\n\n".join(cells).replace("社会效益指标", "社会效益\n\n指标")
    note = "注：各地可从上述指标中选择适合的填报，也可自行增加。"
    document = read_text(tmp_path, f"绩效目标申报表\n\n（2026年度）\n\n{text}\n\n{note}\n")
    assert list_rows(document) == [row for row in ROWS if row[2]]
    assert note in str(document.get("unread")) + str(document.get("narrative"))


def test_blanks_inside_brackets_part_no_cells_and_the_last_rows_are_rows(tmp_path: Path) -> None:
    text = """绩效目标申报表
（2026年度）
项目名称 灌溉渠修复 实施单位 甲镇人民政府
资金情况（万元） 年度资金总额： 120
绩效指标 一级指标 二级指标 三级指标 指标值 备注
产出指标 数量指标 改造灌溉渠里程( ≥**公里 ) >=6公里
更换闸门 >=12座
满意度指标 服务对象满意度指标 用水农户满意度（≥**%） >=90%
村民满意度（≥**%） >=90%
村干部满意度（≥**%） >=85%
财政部门审核意见 （盖章）
"""
    assert list_rows(read_text(tmp_path, text)) == [
        ["产出指标", "数量指标", "改造灌溉渠里程( ≥**公里 )", ">=6公里"],
        ["产出指标", "数量指标", "更换闸门", ">=12座"],
        ["满意度指标", "服务对象满意度指标", "用水农户满意度（≥**%）", ">=90%"],
        ["满意度指标", "服务对象满意度指标", "村民满意度（≥**%）", ">=90%"],
        ["满意度指标", "服务对象满意度指标", "村干部满意度（≥**%）", ">=85%"],
    ]


def test_a_heading_with_several_meanings_has_the_one_under_which_cells_fit(tmp_path: Path) -> None:
    text = """灌溉渠修复项目绩效目标表
（2026年）
项目名称 灌溉渠修复
投入目标 (万元) 资金来源 年初安排金额(万元)
资金总额 120
其中: 财政拨款数 120
其他资金 0
年度目标 修复六公里灌溉渠。达成以下目标： 目标1：修渠6公里 目标2：更换闸门12座
绩效指标 一级指标 二级指标 三级指标 指标性质 指标方向 目标值 计量单位 分值 备注
产出指标 数量指标 改造灌溉渠里程 正向 = 6 公里 10
产出指标 数量指标 更换闸门 正向 = 12 座 10
产出指标 质量指标 工程验收合格率 正向 = 100 % 10
产出指标 成本指标 渠道改造成本 反向 = 18 万元/公里 10
满意度指标 服务对象满意度 用水农户满意度 正向 ≥ 90 % 10
"""
    [table] = read_text(tmp_path, text)["tables"]
    assert table["goals"] == [
        {"scope": "annual", "text": "修复六公里灌溉渠。达成以下目标： 目标1：修渠6公里 目标2：更换闸门12座"}
    ]
    assert (table["currency_unit"], table["budget"]) == (
        "万元",
        {"total": "120", "by_source": {"fiscal_appropriation": "120", "other": "0"}},
    )
    fields = ("name", "direction", "comparator", "value", "unit", "weight")
    assert [[row[one] for one in fields] for row in table["indicators"]] == [
        ["改造灌溉渠里程", "正向", "=", "6", "公里", "10"],
        ["更换闸门", "正向", "=", "12", "座", "10"],
        ["工程验收合格率", "正向", "=", "100", "%", "10"],
        ["渠道改造成本", "反向", "=", "18", "万元/公里", "10"],
        ["用水农户满意度", "正向", "≥", "90", "%", "10"],
    ]


def test_cells_with_a_line_of_their_own_for_each_bar_begin_with_the_first(tmp_path: Path) -> None:
    rows = [
        ["项目名称", "灌溉渠修复服务项目"],
        ["主管部门及代码", ""],
        ["实施单位", "甲镇人民政府"],
        ["年度资金总额", "120 万元"],
    ]
    rows += [["一级指标", "二级指标", "三级指标", "指标值"], *drop_repeated([row for row in ROWS if row[2]])]
    cells = "".join(f"{cell}\n|\n" if cell else "|\n" for row in rows for cell in row)
    document = read_text(tmp_path, f"项目支出绩效目标申报表\n（2026 年度）\n{cells}")
    assert list_rows(document) == [row for row in ROWS if row[2]]
    assert document["tables"][0]["project"]["name"] == "灌溉渠修复服务项目"


def test_a_heading_between_torn_cells_begins_another_table(tmp_path: Path) -> None:
    listed = tear(
        [["序号", "乡镇名称", "项目名称", "金额", "备注"], ["1", "甲镇", "乙村渠道修复", "20", ""]], 5, opened=False
    )
    rows = [["项目名称", "水利专项资金"], ["一级指标", "二级指标", "三级指标", "指标值"], *drop_repeated(ROWS)]
    text = f"附件1\n专项资金安排表\n单位：万元\n{listed}合计 |\n20 |\n附件2\n2026年水利专项资金绩效目标表\n"
    document = read_text(tmp_path, text + tear(rows, 8, opened=False))
    [table] = [one for one in document["tables"] if one.get("indicators")]
    assert list_rows({"tables": [table]}) == ROWS
    assert table["project"]["name"] == "水利专项资金"
    assert "金额" not in [one.get("project", {}).get("name") for one in document["tables"]]


def test_levels_with_their_scores_are_levels_on_lines_of_their_own_too(tmp_path: Path) -> None:
    text = """2026年灌溉渠修复项目支出绩效目标审批表
项目名称 灌溉渠修复 项目分类 基础设施类
当年年度预算 120
年度主要目标     和成果 修复灌溉渠。
年度绩效目标（90分） 一级指标 二级指标 三级指标 指标值 分值 指标解释
成本指标（0-20）分 经济成本指标 项目建设成本 ≤120万元 10
社会成本指标


产出指标
（40-50）分
数量指标 改造灌溉渠里程 ≥6公里 20
更换闸门 ≥12座 20
效益指标（20-30）分
社会效益指标 受益农户 ≥260户 30
满意度指标（10）分 服务对象满意度指标 用水农户满意度 ≥90% 10
"""
    document = read_text(tmp_path, text)
    assert [goal["text"] for goal in document["tables"][0]["goals"]] == ["修复灌溉渠。"]
    assert list_rows(document) == [
        ["成本指标（0-20）分", "经济成本指标", "项目建设成本", "≤120万元"],
        ["成本指标（0-20）分", "社会成本指标", None, None],
        ["产出指标（40-50）分", "数量指标", "改造灌溉渠里程", "≥6公里"],
        ["产出指标（40-50）分", "数量指标", "更换闸门", "≥12座"],
        ["效益指标（20-30）分", "社会效益指标", "受益农户", "≥260户"],
        ["满意度指标（10）分", "服务对象满意度指标", "用水农户满意度", "≥90%"],
    ]


DONE = [
    ["产出指标（50分）", "数量指标", "改造灌溉渠里程", "6公里", "6.2公里", "10", "10"],
    ["产出指标（50分）", "数量指标", "更换闸门", "12座", "12座", "10", "10"],
    ["产出指标（50分）", "质量指标", "资金使用合规性", "严格执行相关制度规定", "达成预期指标", "10", "10"],
    ["产出指标（50分）", "时效指标", "完工及时率", "100%", "90%", "10", "9"],
    ["产出指标（50分）", "成本指标", "项目总成本", "≤120万元", "118.5", "10", "10"],
    ["效益指标（30分）", "经济效益指标", "粮食增产", "1.2万公斤", "1.1万公斤", "15", "14"],
    ["效益指标（30分）", "社会效益指标", "受益农户", "260户", "260户", "15", "15"],
]
HEAD = "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施"


def print_done() -> list[str]:
    return [cell for row in drop_repeated(DONE) for cell in row]


def list_weighed(document: Any) -> list[list[str]]:
    fields = ("level1", "level2", "name", "value", "weight")
    return [[row[one] for one in fields] for row in document["tables"][0]["indicators"]]


WEIGHED = [[*row[:4], row[5]] for row in DONE]


def test_a_whole_self_evaluation_on_one_line_is_cut_into_its_rows(tmp_path: Path) -> None:
    head = "附件： 项目支出绩效自评表 （2025年度） 项目名称 灌溉渠修复 实施单位 甲镇人民政府 年度资金总额： 120 "
    document = read_text(tmp_path, f"{head}绩效指标 {HEAD} {' '.join(print_done())}\n")
    assert list_weighed(document) == WEIGHED


def test_words_torn_by_narrow_columns_are_words_again(tmp_path: Path) -> None:
    torn = {
        "年度指标值": "年度\n\n指标值",
        "实际完成值": "实际\n\n完成值",
        "偏差原因分析及改进措施": "偏差原因\n\n分析及\n\n改进措施",
        "数量指标": "数量\n\n指标",
        "经济效益指标": "经济效\n\n益指标",
        "产出指标（50分）": "产出指标\n\n（50分）",
    }
    cells = [torn.get(cell, cell) for cell in (*HEAD.split(), *print_done())]
    head = ["2025年度部门整体支出绩效自评表", "年度预\n\n算申请", "全年\n\n预算数", "年度资金总额", "120万元"]
    assert list_weighed(read_text(tmp_path, "\n\n".join([*head, *cells]))) == WEIGHED


def test_a_heading_within_a_table_of_one_cell_a_line_begins_no_table(tmp_path: Path) -> None:
    rows = [[cell for cell in row if cell] for row in drop_repeated(ROWS)]
    cells = [
        "项目名称",
        "灌溉渠修复",
        "项目资金申请（万元）",
        "资金总额：120",
        "项目绩效目标",
        "年度目标",
        "修复六公里灌溉渠",
    ]
    cells += ["年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值", *(cell for row in rows for cell in row)]
    cells += ["其他需说明的问题", "主管部门审核意见"]
    document = read_text(tmp_path, "2026年项目绩效目标表\n\n" + "\n\n".join(cells))
    assert list_rows(document) == ROWS
    [table] = document["tables"]
    assert (table["title"], table["project"]["name"], table["budget"]["total"]) == (
        "2026年项目绩效目标表",
        "灌溉渠修复",
        "120",
    )


def test_a_heading_over_the_goal_is_no_goal_left_blank(tmp_path: Path) -> None:
    rows = [
        ["部门整体绩效目标"],
        ["部门名称：", "甲县林业局"],
        ["年度绩效目标"],
        ["*年度绩效总目标", "完成造林和防火任务。"],
    ]
    rows += [["一级指标", "二级指标", "三级指标", "指标值"], *drop_repeated(ROWS)]
    text = "".join(f"| {' | '.join(row)} | {'|' * (7 - len(row))}\n" for row in rows)
    [table] = read_text(tmp_path, text)["tables"]
    assert table["goals"] == [{"scope": "annual", "text": "完成造林和防火任务。"}]


def test_a_list_without_levels_is_cut_into_its_rows_table_by_table(tmp_path: Path) -> None:
    tables = [
        ("乡村公路养护", "30", [["养护里程", "20", "公里", "≥", "26"], ["群众满意度", "10", "%", "≥", "95"]]),
        ("村干部补助", "9.31", [["领取补助人数", "20", "人", "=", "42"], ["促进社会和谐", "20", "", "定性", ""]]),
    ]
    text = ""
    for name, total, rows in tables:
        cells = ["表十二", "", "", "2026年一般性项目绩效目标表（一级项目）", "编制单位：", "甲镇", "单位：万元"]
        cells += ["专项资金名称", name, "当年预算", total, "当年绩效目标", f"做好{name}。", "绩效指标"]
        cells += ["指标", "指标权重", "计量单位", "指标性质", "指标值", *(cell for row in rows for cell in row)]
        text += "".join(f"{cell} |\n" if cell else "|\n" for cell in cells)
    document = read_text(tmp_path, text)
    fields = ("name", "weight", "unit", "comparator", "value")
    found = [
        (
            table["project"]["name"],
            table["budget"]["total"],
            [[row[one] or "" for one in fields] for row in table["indicators"]],
        )
        for table in document["tables"]
    ]
    assert found == tables


def test_a_numbered_line_below_the_sum_is_one_of_its_sources(tmp_path: Path) -> None:
    lines = [
        "项目名称",
        "灌溉渠修复",
        "项目资金申请（万元）",
        "资金总额：120",
        "一、预算资金：100",
        "二、自有资金：20",
        "三、其他：0",
    ]
    cells = [*lines, "年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值"]
    cells += [cell for row in drop_repeated([row for row in ROWS if row[2]]) for cell in row]
    [table] = read_text(tmp_path, "2026年项目绩效目标表\n\n" + "\n\n".join(cells))["tables"]
    assert table["budget"] == {
        "total": "120",
        "by_source": {"x-预算资金": {"label": "预算资金", "amount": "100"}, "unit_funds": "20", "other": "0"},
    }


def test_rows_of_which_some_cells_run_over_lines_are_rows(tmp_path: Path) -> None:
    rows = [
        ["项目名称", "灌溉渠修复"],
        ["主管部门", "某局", "实施单位", "甲镇"],
        ["资金情况\n（单位：万元）", "年度资金总额：", "120"],
    ]
    rows += [["一级\n指标", "二级指标", "三级指标", "指标值"], *drop_repeated([row for row in ROWS if row[2]])]
    text = "".join(f"{' | '.join(row)} | {'|' * (6 - len(row))}\n" for row in rows).replace(
        "一级\n指标 | ", "一级\n指标 |\n"
    )
    document = read_text(tmp_path, f"项目支出绩效目标表 | |||||\n（2026年度） | |||||\n{text}")
    assert list_rows(document) == [row for row in ROWS if row[2]]
    [table] = document["tables"]
    assert (table["currency_unit"], table["budget"]["total"]) == ("万元", "120")


def test_a_row_that_paragraphs_in_a_cell_broke_has_the_bars_of_every_other_row_when_joined(tmp_path: Path) -> None:
    text = """项目支出绩效目标申报表 | |||||||
（2026 年度） | |||||||
项目名称 | 灌溉渠修复 | ||||||
项目资金 （万元） |
中期资金总额： | 360 | 年度资金总额： | 120 | |||
总 体 目 标 |
中期目标（2026年—2028年） | 年度目标 | |||||
修复三条灌溉渠。 |
修复一条灌溉渠。 |
||||||
绩 效 指 标 |
一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值 |
产出指标 | 数量指标 | 改造灌溉渠里程 | ≥18公里 | 数量指标 | 改造灌溉渠里程 | ≥6公里 | |
更换闸门 | ≥36座 | 更换闸门 | ≥12座 | ||||
质量指标 | 工程验收合格率 | 100% | 质量指标 | 工程验收合格率 | 100% | ||
"""
    [table] = read_text(tmp_path, text)["tables"]
    assert [(goal["scope"], goal["text"]) for goal in table["goals"]] == [
        ("long_term", "修复三条灌溉渠。"),
        ("annual", "修复一条灌溉渠。"),
    ]
    assert (table["budget"]["total"], table["currency_unit"]) == ("120", "万元")
    assert [(row["section"], row["name"], row["value"]) for row in table["indicators"]] == [
        ("long_term", "改造灌溉渠里程", "≥18公里"),
        ("annual", "改造灌溉渠里程", "≥6公里"),
        ("long_term", "更换闸门", "≥36座"),
        ("annual", "更换闸门", "≥12座"),
        ("long_term", "工程验收合格率", "100%"),
        ("annual", "工程验收合格率", "100%"),
    ]


def test_levels_torn_over_lines_of_words_begin_their_rows_and_a_satisfaction_ends_them(tmp_path: Path) -> None:
    text = """灌溉渠修复
项目支出绩效目标申报表
（2026年度）
项目名称 灌溉渠修复
预算单位 甲镇人民政府
一级
指标
二级指标 三级指标 指标值
绩效指标 产出
指标
数量指标 改造灌溉渠里程 6公里
更换闸门 12座
项目效益
指标
社会效益
指标
受益农户 260户
满意度指标 满意度指标 用水农户满意度 ≥90%
社会满意度 95%
"""
    assert list_rows(read_text(tmp_path, text)) == [
        ["产出指标", "数量指标", "改造灌溉渠里程", "6公里"],
        ["产出指标", "数量指标", "更换闸门", "12座"],
        ["项目效益指标", "社会效益指标", "受益农户", "260户"],
        ["满意度指标", "满意度指标", "用水农户满意度", "≥90%"],
        ["满意度指标", "满意度指标", "社会满意度", "95%"],
    ]


def test_a_figure_alone_on_its_line_is_the_last_cell_of_the_row_above(tmp_path: Path) -> None:
    text = """绩效目标表
项目名称: 灌溉渠修复
一级指标 二级指标 三级指标 指标性质 指标值 度量单位 权重(%)
产出指标 数量指标 改造灌溉渠里程 ≥ 6 公里 30
产出指标 质量指标 渠道外观 定性 好
20
效益指标 社会效益指标 灌溉条件改善情况 定性 优良中低差
30
满意度指标 服务对象满意度指标 用水农户满意度 定性 高中低
10
"""
    [table] = read_text(tmp_path, text)["tables"]
    assert [(row["name"], row["value"], row["weight"]) for row in table["indicators"]] == [
        ("改造灌溉渠里程", "6", "30"),
        ("渠道外观", "好", "20"),
        ("灌溉条件改善情况", "优良中低差", "30"),
        ("用水农户满意度", "高中低", "10"),
    ]


def test_the_target_of_the_whole_year_is_the_value_beside_that_of_half_of_it(tmp_path: Path) -> None:
    rows = [["立项程序规范性", "基本规范", "规范"], ["改造灌溉渠里程", "2公里", "6公里"], ["更换闸门", "5座", "12座"]]
    cells = ["项目名称", "灌溉渠修复", "资金总额", "120", "中长期目标", "修复三条灌溉渠。"]
    cells += ["一级指标", "二级指标", "三级指标", "半年（程） 指标值", "全年（程） 指标值"]
    cells += ["决策", "项目立项", *rows[0], "产出指标", "数量指标", *rows[1], *rows[2]]
    document = read_text(tmp_path, "2026年项目绩效目标表\n\n" + "\n\n".join(cells))
    assert [(row["name"], row["value"]) for row in document["tables"][0]["indicators"]] == [
        (name, value) for name, _, value in rows
    ]


def test_the_account_of_what_was_done_is_no_goal(tmp_path: Path) -> None:
    rows = [
        ["项目名称", "灌溉渠修复"],
        ["年度总体目标", "年初设定目标", "年度总体目标完成情况综述"],
        ["", "修复六公里灌溉渠。", "已修复六公里灌溉渠。"],
        ["", *HEAD.split()],
        *(["", *row] for row in drop_repeated(DONE)),
    ]
    text = "".join(f"| {' | '.join(row + [''] * (9 - len(row)))} |\n" for row in rows)
    [table] = read_text(tmp_path, f"绩效目标自评表（2025年度）\n{text}")["tables"]
    assert [goal["text"] for goal in table["goals"]] == ["修复六公里灌溉渠。"]


def test_a_figure_at_the_end_of_a_header_heads_the_scores_under_it(tmp_path: Path) -> None:
    rows = [[*row[:4], row[4], row[6]] for row in DONE]
    cells = ["专项名称", "灌溉渠修复补助资金", "下达资金总额", "120", "年度绩效指标完成情况"]
    cells += [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成指标值",
        "70",
        *(cell for row in drop_repeated(rows) for cell in row),
    ]
    document = read_text(tmp_path, "2025年补助资金绩效自评表\n\n" + "\n\n".join(cells))
    assert list_rows(document) == [row[:4] for row in DONE]
    assert document["tables"][0]["budget"]["total"] == "120"
    assert "70" in [one["text"] for one in document["unread"]]


def test_a_value_above_a_label_is_no_word_torn_from_it(tmp_path: Path) -> None:
    rows = [["项目名称", "灌溉渠修复"], ["项目期", "长期"], ["项目金额（万元）"], ["年度资金总额", "120"]]
    rows += [["一级指标", "二级指标", "三级指标", "指标值"], *drop_repeated([row for row in ROWS if row[2]])]
    cells = "".join(f"{cell}\n|\n" for row in rows for cell in row)
    [table] = read_text(tmp_path, f"项目支出绩效目标申报表\n（2026 年度）\n{cells}")["tables"]
    assert (table["currency_unit"], table["project"]["x-period"]) == ("万元", "长期")


def test_columns_of_how_points_were_given_and_proved_are_no_indicators(tmp_path: Path) -> None:
    head = "一级指标 二级指标 三级指标 指标值 指标值设置依据 上年完成值 指标分值权重 指标赋分规则 佐证资料"
    text = f"""项目支出绩效自评表
（2025年度）
项目名称 灌溉渠修复 实施单位 甲镇人民政府
{head} 指标实际完成值 完成率 指标得分 偏差原因分析及改进措施
产出指标 数量指标 改造灌溉渠里程 >=6公里 工作计划 5公里 15 按照完成比例赋分 验收报告 6公里 100.00% 15
更换闸门 >=12座 工作计划 10座 15 按照完成比例赋分 验收报告 12座 100.00% 15
满意度指标 服务对象满意度指标 用水农户满意度 >=90% 工作计划 92% 10 满意度赋分 问卷 95% 105.56% 10
"""
    [table] = read_text(tmp_path, text)["tables"]
    fields = ("name", "value", "basis", "weight", "scoring")
    assert [[row[one] for one in fields] for row in table["indicators"]] == [
        ["改造灌溉渠里程", ">=6公里", "工作计划", "15", "按照完成比例赋分"],
        ["更换闸门", ">=12座", "工作计划", "15", "按照完成比例赋分"],
        ["用水农户满意度", ">=90%", "工作计划", "10", "满意度赋分"],
    ]


def test_a_numbered_line_of_several_labels_names_no_source(tmp_path: Path) -> None:
    cells = [
        "项目名称",
        "灌溉渠修复",
        "资金总额：120",
        "一、自有资金：20 预算资金：100",
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
    ]
    cells += [cell for row in drop_repeated([row for row in ROWS if row[2]]) for cell in row]
    document = read_text(tmp_path, "2026年项目绩效目标表\n\n" + "\n\n".join(cells))
    [table] = document["tables"]
    assert table["budget"] == {"total": "120", "by_source": {"unit_funds": "20"}}
    assert "100" in [one["text"] for one in document["unread"]]


def test_a_word_printed_downwards_in_a_cell_is_one_cell_and_goals_side_by_side_have_the_texts_below(
    tmp_path: Path,
) -> None:
    cells = [
        "(2026年度)",
        *["项目名称", "灌溉渠修复"],
        *["中期资金总额:", "360", "年度资金总额:", "120"],
        *["总\n体\n目\n标", "中期目标(2026年—2028年)", "年度目标"],
        *["目标:修复灌溉渠十八公里", "目标1:修复灌溉渠六公里\n目标2:更换闸门"],
        *["绩\n效\n指\n标", "一级\n指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"],
        *["产\n出\n指\n标", "数量指标", "改造灌溉渠里程", "18公里", "数量指标", "改造灌溉渠里程", "6公里"],
        *["质量指标", "工程验收合格率", "100%", "质量指标", "工程验收合格率", "98%"],
    ]
    text = "项目支出绩效目标表\n|\n|\n" + "\n|\n".join(cells) + "\n|\n"
    document = read_text(tmp_path, text)
    assert list_rows(document) == [
        ["产出指标", "数量指标", "改造灌溉渠里程", "18公里"],
        ["产出指标", "数量指标", "改造灌溉渠里程", "6公里"],
        ["产出指标", "质量指标", "工程验收合格率", "100%"],
        ["产出指标", "质量指标", "工程验收合格率", "98%"],
    ]
    [table] = document["tables"]
    assert [(goal["scope"], goal["text"]) for goal in table["goals"]] == [
        ("long_term", "目标:修复灌溉渠十八公里"),
        ("annual", "目标1:修复灌溉渠六公里\n目标2:更换闸门"),
    ]
    assert table["budget"]["total"] == "120"


def test_words_of_an_upper_header_row_that_nothing_stands_under_come_after_those_of_the_lower_one(
    tmp_path: Path,
) -> None:
    text = """项目支出绩效自评表
| 项目名称 | 营养改善 | 主管部门 | 甲县教育局 | 年度目标 | 让学生吃好 |
| — | 绩效指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 | 一级指标 | 二级指标 | 三级指标 \
| 指标性质 | 指标值 | 度量单位 | 产出指标 | 数量指标 | 受益学生 | ≥ | 735 | 人 | 740 | 10 | 10 |
| 质量指标 | 供餐合格率 | ≥ | 98 | % | 100% | 10 | 10 |
| 效益指标 | 社会效益 指标 | 政策知晓率 | ≥ | 95 | % | 98% | 10 | 9 |
"""
    [table] = read_text(tmp_path, text)["tables"]
    fields = ("level2", "name", "comparator", "value", "unit", "weight")
    assert [[row.get(one) for one in fields] for row in table["indicators"]] == [
        ["数量指标", "受益学生", "≥", "735", "人", "10"],
        ["质量指标", "供餐合格率", "≥", "98", "%", "10"],
        ["社会效益 指标", "政策知晓率", "≥", "95", "%", "10"],
    ]


def test_a_name_alone_in_its_row_belongs_to_the_list_that_goes_on_below(tmp_path: Path) -> None:
    text = """2026年度读者服务项目自评表
项目单位(盖章):甲县图书馆 主要领导签字:
项目名称 | 读者服务 | ||||
年度绩效目标1 (80分) | 一级指标 | 二级指标 | 三级指标 | 年初目标值(A) | 实际完成值(B) |
效益指标(30分) | 经济效益 | 公益服务 | 不收费 | 不收费 | |
社会效益 | 方便读者查找 | 可查到省馆 | 可查到省馆 | ||
丰富居民生活 | |||||
环境效益 | 馆内环境 | 良好 | 良好 | ||
"""
    document = read_text(tmp_path, text)
    assert list_rows(document) == [
        ["效益指标(30分)", "经济效益", "公益服务", "不收费"],
        ["效益指标(30分)", "社会效益", "方便读者查找", "可查到省馆"],
        ["效益指标(30分)", "社会效益", "丰富居民生活", None],
        ["效益指标(30分)", "环境效益", "馆内环境", "良好"],
    ]
    [table] = document["tables"]
    assert table["organization"] == {"name": "甲县图书馆"}
    assert "goals" not in table


def test_headings_that_lost_a_bracket_are_known_and_a_self_evaluation_need_not_say_of_what(tmp_path: Path) -> None:
    cells = [
        "2025年度校园维修项目自评表",
        "项目单位(盖章):甲县明德中学 主要领导签字:",
        *["项目名称", "校园维修", "主管部门", "甲县教育局", "项目实施单位", "甲县明德中学"],
        *["预算数(A)", "执行数B)", "执行率B/A)", "年度财政资金总额", "80万元", "80万元", "100%"],
        *["年度绩效目标", "98分)"],
        *["一级指标", "二级指标", "三级指标", "年初目标值(A", "实际完成值(B"],
        *["产出指标", "数量指标", "维修校舍", "3栋", "3栋", "质量指标", "验收合格率", "100%", "100%"],
        *["满意度指标", "具体指标", "教师满意度", "≥95%", "≥95%", "具体指标", "学生满意度", "≥95%", "≥96%"],
        *["偏差大或", "目标未完成", "原因分析", "改进措施及", "结果应用方案"],
    ]
    document = read_text(tmp_path, "\n\n".join(cells))
    assert list_rows(document) == [
        ["产出指标", "数量指标", "维修校舍", "3栋"],
        ["产出指标", "质量指标", "验收合格率", "100%"],
        ["满意度指标", "具体指标", "教师满意度", "≥95%"],
        ["满意度指标", "具体指标", "学生满意度", "≥95%"],
    ]
    [table] = document["tables"]
    assert table["kind"] == "self-evaluation"
    assert table["fiscal_year"] == 2025
    assert table["budget"] == {"total": "80万元"}
    assert "goals" not in table


@pytest.mark.parametrize("opened", [True, False])
def test_rows_of_lines_of_which_the_last_ends_in_the_blanks_are_cut_by_their_bars(tmp_path: Path, opened: bool) -> None:
    rows = [
        ["项目绩效目标表"],
        ["申报单位", "甲区林业局", "项目名称", "乡村绿化"],
        ["资金情况(万元)", "年度资金总额:", "153.5"],
        ["其中:1.中央资金"],
        ["2.市级资金", "153.5"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "计量单位", "指标值"],
        ["产出指标", "数量指标", "栽植树木", "株", "3500"],
        ["发放树苗", "株", "15000"],
        ["质量指标", "树木成活率", "%", "≥85"],
        ["时效指标"],
    ]
    lines = ["附件2-1"]
    for number, row in enumerate(rows):
        lines += ["|"] * (opened and number > 0)
        lines += [f"{cell} |" for cell in row[:-1]]
        lines.append(f"{row[-1]} {'|' * (8 - len(row))}")
    document = read_text(tmp_path, "\n".join(lines) + "\n")
    assert list_rows(document) == [
        ["产出指标", "数量指标", "栽植树木", "3500"],
        ["产出指标", "数量指标", "发放树苗", "15000"],
        ["产出指标", "质量指标", "树木成活率", "≥85"],
        ["产出指标", "时效指标", None, None],
    ]
    [table] = document["tables"]
    assert table["budget"]["total"] == "153.5"
    assert table["budget"]["by_source"]["x-市级资金"]["amount"] == "153.5"


def test_a_self_evaluation_told_apart_by_blanks_has_its_header_torn_and_levels_on_lines_of_their_own(
    tmp_path: Path,
) -> None:
    text = """甲县水利局项目支出绩效自评
    项目支出绩效自评表
    (2025年度)
    项目名称 防汛经费
    主管部门 甲县水利局 实施单位 防御股
    项目资金
    (万元)
    年初预算数 全年预算数(A) 全年执行数(B) 分值 执行率(B/A) 得分
    年度资金总额: 88 90 90 10 10
     其中:本年财政拨款 80 82 82 - -
        上年结转资金 - -
    年度总体目标完成情况 预期目标 实际完成情况
     完成年度防汛工作,完成两处节水改造。 已完成全部工作。
    年度绩效指标完成情况 一级
    指标
    二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施

    (50分)
    数量指标 指标1:节水改造数量 2处 2处 10 10
    指标2:更换闸门 12座 12座 10 10
    ……
    质量指标 指标1:工程质量合格 10 10
    指标2:
    ……
    (30分)
    社会效益
    指标
    指标1:保护人口 显著 显著 10 10
    满意度指标
    (10分)
    服务对象
    满意度指标
    指标1:居民满意度 90% 100% 10 10
    总分 100 100
"""
    document = read_text(tmp_path, text)
    rows = [
        ["产出指标", "数量指标", "节水改造数量", "2处"],
        ["产出指标", "数量指标", "更换闸门", "12座"],
        ["产出指标", "质量指标", "工程质量合格", None],
        ["效益指标", "社会效益指标", "保护人口", "显著"],
        ["满意度指标(10分)", "服务对象满意度指标", "居民满意度", "90%"],
    ]
    assert [row for row in list_rows(document) if row[2]] == rows
    [table] = document["tables"]
    assert [goal["text"] for goal in table["goals"]] == ["完成年度防汛工作,完成两处节水改造。"]
    assert table["budget"] == {"total": "88", "by_source": {"fiscal_appropriation": "80"}}
    assert [row["weight"] for row in table["indicators"] if row["name"]] == ["10"] * 5
    assert "第22行" in [one["origin"] for one in document["x-notices"] if one["code"] == "row_rebuilt"]


def test_a_goal_below_its_label_is_one_text_with_the_blanks_in_it(tmp_path: Path) -> None:
    text = """项目支出绩效目标表
 (2026年度)
项目名称 精准康复
年度资金总额: 80
年度
目标
聚焦残疾人康复需求,强化基本康复保障。 为经济困难的残疾人提供服务,适配辅助器具。
一级
指标
二级指标 三级指标 指标值
产出指标 数量指标 签约康复人数 ≥18000人
涉及乡镇街数量 =22个
质量指标 验收合格率 100%
"""
    document = read_text(tmp_path, text)
    assert [row[2] for row in list_rows(document)] == ["签约康复人数", "涉及乡镇街数量", "验收合格率"]
    [goal] = document["tables"][0]["goals"]
    assert goal["text"] == "聚焦残疾人康复需求,强化基本康复保障。 为经济困难的残疾人提供服务,适配辅助器具。"


def test_a_sum_below_a_list_of_cells_is_no_row_and_words_over_figures_are_no_blank_sum(tmp_path: Path) -> None:
    cells = [
        "部门预算项目支出绩效自评表(2025年度)",
        *["项目名称", "工资性支出", "主管部门", "甲局本级", "实施单位 (盖章)", "甲局"],
        *["年度预算数(万元)", "年初预算", "调整后预算数", "预算执行数", "预算执行率"],
        *["总额", "238.93", "251.89", "251.89", "100.00%"],
        *[
            "绩效指标(90分)",
            "一级指标",
            "二级指标",
            "三级指标",
            "指标性质",
            "指标值",
            "度量单位",
            "完成值",
            "权重",
            "得分",
        ],
        *["产出指标", "数量指标", "发放覆盖率", "=", "100", "%", "", "60", ""],
        *["效益指标", "社会效益指标", "足额保障率", "=", "100", "%", "", "30", ""],
        *["合计", "100", "", "评价结论", "达到预期", "存在问题", "没有问题", "改进措施", "继续努力"],
    ]
    document = read_text(tmp_path, "".join(f"{cell} |\n" if cell else "|\n" for cell in cells))
    [table] = document["tables"]
    fields = ("name", "comparator", "value", "unit")
    assert [[row.get(one) for one in fields] for row in table["indicators"]] == [
        ["发放覆盖率", "=", "100", "%"],
        ["足额保障率", "=", "100", "%"],
    ]
    assert table["currency_unit"] == "万元"
    assert table["budget"] == {"total": "238.93"}


def test_a_text_that_says_how_points_are_given_is_no_name(tmp_path: Path) -> None:
    text = """甲中心2026年度整体绩效目标表 | ||||||
一级指标 | 二级指标 | 三级指标 | 指标值类型 | 指标值 | 计量单位 | 评(扣)分标准 |
产出指标 | 数量指标 | 办理价格认定 | 定量 | 28 | 件 | 未达指标值酌情扣分 |
质量指标 | 认定准确率 | 定量 | 100 | % | 未达指标值酌情扣分 | |
效益指标 | 经济效益指标 | 未达指标值酌情扣分 | ||||
社会效益指标 | 保证单位运转 | 定性 | 应保尽保 | % | 未达指标值酌情扣分 | |
"""
    [table] = read_text(tmp_path, text)["tables"]
    fields = ("level2", "name", "value", "scoring")
    assert [[row.get(one) for one in fields] for row in table["indicators"]] == [
        ["数量指标", "办理价格认定", "28", "未达指标值酌情扣分"],
        ["质量指标", "认定准确率", "100", "未达指标值酌情扣分"],
        ["经济效益指标", None, None, "未达指标值酌情扣分"],
        ["社会效益指标", "保证单位运转", "应保尽保", "未达指标值酌情扣分"],
    ]


def test_a_level_word_in_the_place_of_a_name_is_the_name_where_the_one_before_may_be_the_second_level(
    tmp_path: Path,
) -> None:
    text = """甲中心2026年度整体绩效目标表 | |||||
一级指标 | 二级指标 | 三级指标 | 指标值类型 | 指标值 | 计量单位 |
产出指标 | 数量指标 | 办理价格认定 | 定量 | 28 | 件 |
质量指标 | 认定准确率 | 定量 | 100 | % | |
成本指标 | 社会成本指标 | 定量 | 100 | % | |
效益指标 | 社会效益指标 | 保证单位运转 | 定性 | 应保尽保 | % |
"""
    document = read_text(tmp_path, text)
    assert list_rows(document) == [
        ["产出指标", "数量指标", "办理价格认定", "28"],
        ["产出指标", "质量指标", "认定准确率", "100"],
        ["产出指标", "成本指标", "社会成本指标", "100"],
        ["效益指标", "社会效益指标", "保证单位运转", "应保尽保"],
    ]
    assert "第5行" in [one["origin"] for one in document["x-notices"] if one["code"] == "row_doubtful"]


def test_dots_among_the_cells_of_a_form_that_is_not_filled_in_are_no_targets(tmp_path: Path) -> None:
    text = """财政支出项目绩效目标申报表 ( 年度) 填报单位(盖章) 项目名称 项目属性
财政支出项目绩效目标申报表
年度绩效指标 一级指标 二级指标 指标内容 指标值 备注 产出指标 数量指标 质量指标 时效指标 成本指标 … \
效益指标 经济效益指标 社会效益指标 可持续影响指标 … 满意度指标 服务对象满意度指标 ……
"""
    document = read_text(tmp_path, text)
    assert [row[3] for row in list_rows(document) if row[3]] == []
    findings = perflint.Linter(packs=["cn-core"]).check(document).findings
    assert [one.rule for one in findings if one.severity == "error"] == []


def test_words_of_a_header_that_go_on_in_the_line_below_are_whole(tmp_path: Path) -> None:
    text = """文物保护经费绩效自评表(2025年度)
项目名称 文物保护经费
绩效指标 一级指标 二级指标 三级指标 年度 实际 分值 得分
指标值 完成值
产出指标 数量指标 指标1:修缮建筑面积 6000平方米 6000平方米
7 7
指标2:修缮级别 市级保护单位 市级保护单位 7 7
质量指标 指标1:验收通过率 100% 95% 6 5
"""
    assert list_rows(read_text(tmp_path, text)) == [
        ["产出指标", "数量指标", "修缮建筑面积", "6000平方米"],
        ["产出指标", "数量指标", "修缮级别", "市级保护单位"],
        ["产出指标", "质量指标", "验收通过率", "100%"],
    ]


def test_a_level_beside_the_label_of_a_goal_is_no_goal(tmp_path: Path) -> None:
    text = """文物保护经费绩效目标表(2026年度)
项目名称 | 文物保护经费 | 预算金额 | 36万元 |
年度绩效总目标 | 产出指标 | 巡查文物8次;编制宣传资料3种。 | |
效益指标 | 宣传覆盖20万人次。 | | |
资金拨付对象 | 甲县文化局 | | |
"""
    document = read_text(tmp_path, text)
    assert [goal["text"] for table in document["tables"] for goal in table.get("goals", ())] == []
    assert "巡查文物8次;编制宣传资料3种。" in [one["text"] for one in document["unread"]]


def test_the_word_over_a_column_beside_the_units_is_no_unit(tmp_path: Path) -> None:
    text = """2026年专项扶贫资金任务清单 | ||
项目单位 | 约束性任务 | 备注 |
甲镇 | 扶持2个村 | |
乙镇 | 扶持1个村 | |
"""
    document = read_text(tmp_path, text)
    assert "organization" not in document
    assert "约束性任务" in str(document.get("unread")) + str(document.get("narrative"))


def test_a_cell_a_line_may_have_a_column_for_each_village(tmp_path: Path) -> None:
    cells = [
        *["水利专项资金绩效目标表", "项目名称", "水利专项资金", "资金情况(万元)", "资金总额", "100"],
        *["绩效 指标", "一级指标", "二级指标", "三级指标", "指 标 解 释", "甲镇东村", "乙乡西村", "丙镇南村"],
        *["产出 指标", "数量指标", "修复水渠(公里)", "反映修复情况", "1", "2", "3"],
        *["时效指标", "年底完成率", "反映完成情况", "100%", "98%", "95%"],
    ]
    document = read_text(tmp_path, "".join(f"{cell} |\n" for cell in cells))
    found = [
        [table["organization"]["name"], *(row["value"] for row in table["indicators"])] for table in document["tables"]
    ]
    assert found == [["甲镇东村", "1", "100%"], ["乙乡西村", "2", "98%"], ["丙镇南村", "3", "95%"]]
    assert document["tables"][0]["budget"]["total"] == "100"


def test_a_row_that_its_blank_cells_tore_is_joined(tmp_path: Path) -> None:
    text = """营养改善项目支出绩效自评表
| 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 数量指标 | 受益学生 | ≥ | 735 | 人 | 740 | 10 | 10 |
| 质量指标 | 供餐合格率 | ≥ | 98 | % | 100% | 10 | 10 |
| 效益指标 | 经济效益 指标 | 减轻家庭负担 |
| 有效 |
| 有效 | 10 | 10 |
| 社会效益 指标 | 政策知晓率 | ≥ | 95 | % | 98% | 10 | 9 |
"""
    document = read_text(tmp_path, text)
    assert list_rows(document) == [
        ["产出指标", "数量指标", "受益学生", "735"],
        ["产出指标", "质量指标", "供餐合格率", "98"],
        ["效益指标", "经济效益 指标", "减轻家庭负担", "有效"],
        ["效益指标", "社会效益 指标", "政策知晓率", "95"],
    ]
    assert "第5行" in [one["origin"] for one in document["x-notices"] if one["code"] == "row_joined"]


PROJECT_ROWS = [
    ["装备经费", "001-某局", "32-专项", "1,000,000.00", "保障办公办案，提高办公效率。"],
    ["满意度指标(10分)", "服务对象满意度", "人员满意度", "正向", "大于等于", "98", "%", "10"],
    ["效益指标(30分)", "可持续影响", "推动装备建设规范化", "定性", "长期", "15"],
    ["产出指标(50分)", "成本指标", "车辆购置成本", "反向", "小于等于", "12", "万元", "5"],
    ["质量指标", "采购合规率", "正向", "大于等于", "30", "%", "7.5"],
    ["数量指标", "车辆采购数量", "反向", "小于等于", "1", "辆", "7.5"],
    ["办案经费", "001-某局", "32-专项", "3,000,000.00", "保障办案。"],
    ["产出指标(50分)", "数量指标", "办结案件", "正向", "大于等于", "70", "件", "8"],
    ["时效指标", "案件办理及时率", "正向", "大于等于", "90", "%", "5"],
]
PROJECT_HEAD = (
    "项目名称 项目单位 项目类别 预算数 年度绩效目标 一级指标 二级指标 三级指标 指标性质 指标方向 目标值 计量单位 分值"
)


def list_projects(document: Any) -> list[tuple[str, str, str, list[list[str]]]]:
    fields = ("level1", "level2", "name", "direction", "comparator", "value", "unit", "weight")
    return [
        (
            table["project"]["name"],
            table["budget"]["total"],
            table["goals"][0]["text"],
            [[row.get(one) or "" for one in fields] for row in table["indicators"]],
        )
        for table in document["tables"]
    ]


PROJECTS_READ = [
    (
        "装备经费",
        "1,000,000.00",
        "保障办公办案，提高办公效率。",
        [
            ["满意度指标(10分)", "服务对象满意度", "人员满意度", "正向", "大于等于", "98", "%", "10"],
            ["效益指标(30分)", "可持续影响", "推动装备建设规范化", "", "定性", "长期", "", "15"],
            ["产出指标(50分)", "成本指标", "车辆购置成本", "反向", "小于等于", "12", "万元", "5"],
            ["产出指标(50分)", "质量指标", "采购合规率", "正向", "大于等于", "30", "%", "7.5"],
            ["产出指标(50分)", "数量指标", "车辆采购数量", "反向", "小于等于", "1", "辆", "7.5"],
        ],
    ),
    (
        "办案经费",
        "3,000,000.00",
        "保障办案。",
        [
            ["产出指标(50分)", "数量指标", "办结案件", "正向", "大于等于", "70", "件", "8"],
            ["产出指标(50分)", "时效指标", "案件办理及时率", "正向", "大于等于", "90", "%", "5"],
        ],
    ),
]


def test_a_list_of_projects_beside_its_indicators_is_a_table_a_project(tmp_path: Path) -> None:
    rows = [
        " ".join([*PROJECT_ROWS[0], *PROJECT_ROWS[1]]),
        "效益指标(30分) 可持续影响 推动装备建设规范化 定性\n长期\n15",
        *map(" ".join, PROJECT_ROWS[3:6]),
        " ".join([*PROJECT_ROWS[6], *PROJECT_ROWS[7]]),
        " ".join(PROJECT_ROWS[8]),
    ]
    text = "\n".join(["项目绩效目标表", "单位:元", PROJECT_HEAD, *rows]) + "\n"
    document = read_text(tmp_path, text)
    assert list_projects(document) == PROJECTS_READ
    assert "unread" not in document


def test_a_list_of_projects_beside_its_indicators_is_read_a_cell_a_line_too(tmp_path: Path) -> None:
    cells = [*PROJECT_HEAD.split(), *(cell for row in PROJECT_ROWS for cell in row)]
    document = read_text(tmp_path, "\n\n".join(["项目绩效目标表", "单位:元", *cells]) + "\n")
    assert list_projects(document) == PROJECTS_READ


def test_labels_left_blank_over_a_list_head_no_columns_of_projects(tmp_path: Path) -> None:
    cells = ["项目名称", "项目单位", "预算数", "年度绩效目标", "一级指标", "二级指标", "三级指标", "指标值"]
    rows = [[cell for cell in row if cell] for row in drop_repeated([row for row in ROWS if row[2]])]
    cells += [cell for row in rows for cell in row]
    document = read_text(tmp_path, "\n\n".join(["项目支出绩效目标表", *cells]) + "\n")
    assert list_rows(document) == [row for row in ROWS if row[2]]


def test_rows_below_a_list_of_projects_are_read_with_the_cells_of_their_project(tmp_path: Path) -> None:
    header = (
        "单位名称 项目名称 年度预算 年度绩效目标 一级指标 二级指标 三级指标 指标性质 指标值 度量单位 权重 指标方向性"
    )
    rows = [
        "甲县某局 道路养护 120.00 完成道路养护，保障群众出行安全。 产出指标 数量指标 养护里程 ≥ 30 公里 20 正向指标",
        "产出指标 质量指标 验收合格率 ≥ 98 % 20 正向指标",
        "效益指标 社会效益指标 惠及群众 ≥ 5000 人 20 正向指标",
        "满意度指标 服务对象满意度指标 群众满意度 ≥ 95 % 10 正向指标",
    ]
    text = "\n".join(["部门预算项目绩效目标表", "金额单位：万元", header, *rows])
    document = read_text(tmp_path, text)
    assert list_rows(document) == [
        ["产出指标", "数量指标", "养护里程", "30"],
        ["产出指标", "质量指标", "验收合格率", "98"],
        ["效益指标", "社会效益指标", "惠及群众", "5000"],
        ["满意度指标", "服务对象满意度指标", "群众满意度", "95"],
    ]
    [table] = document["tables"]
    assert (table["project"]["name"], table["budget"]["total"]) == ("道路养护", "120.00")
    assert table["goals"] == [{"scope": "annual", "text": "完成道路养护，保障群众出行安全。"}]


def test_a_row_that_gives_the_unit_of_money_ends_a_list_and_begins_the_next_table(tmp_path: Path) -> None:
    text = """甲县人民法院项目支出绩效目标表
(2023年)
101甲县人民法院 | 单位:万元 | |||||
项目名称 | 外墙维修 | |||||
预算数 | 20.00 | | |||
绩效目标 | 消除安全隐患。 | |||||
一级指标 | 二级指标 | 三级指标 | 绩效指标描述 | 指标值 |
产出指标 | 数量指标 | 维修面积 | 反映维修面积 | ≥400平方米 |
质量指标 | 验收合格率 | 反映验收情况 | ≥98百分比 | |
满意度指标 | 服务对象满意度指标 | 干警满意度 | 反映满意度 | ≥95百分比 |
101甲县人民法院 | 单位:元 | |||||
项目名称 | 办案业务 | |||||
预算数 | 240000 | | |||
绩效目标 | 提高审判效率。 | |||||
一级指标 | 二级指标 | 三级指标 | 绩效指标描述 | 指标值 |
产出指标 | 数量指标 | 聘用调解员人数 | 反映聘用人数 | 1人 |
数量指标 | 参审案件数量 | 反映参审案件 | ≥900件 | |
"""
    tables = read_text(tmp_path, text)["tables"]
    found = [
        (table["project"]["name"], table["currency_unit"], [row["value"] for row in table["indicators"]])
        for table in tables
    ]
    assert found == [
        ("外墙维修", "万元", ["≥400平方米", "≥98百分比", "≥95百分比"]),
        ("办案业务", "元", ["1人", "≥900件"]),
    ]


def test_a_second_level_over_either_period_is_no_level_printed_twice(tmp_path: Path) -> None:
    cells = "一级指标 二级指标(长期) 三级指标(长期) 指标值(长期) 二级指标(年度) 三级指标(年度) 指标值(年度)".split()
    for level1, level2, name, value in (
        ("产出指标", "数量指标", "新建教室", "2间"),
        ("产出指标", "质量指标", "验收合格率", "100%"),
        ("产出指标", "时效指标", "按期完成率", "100%"),
        ("效益指标", "社会效益指标", "办学条件", "持续改善"),
    ):
        cells += [level1, level2, level2, name, value]
    head = ["项目名称", "教育设施建设", "年度资金总额", "100万元"]
    [table] = read_text(tmp_path, "\n\n".join(["项目支出绩效目标表", *head, *cells]) + "\n")["tables"]
    annual = [row for row in table["indicators"] if row["section"] == "annual"]
    assert [(row["level2"], row["name"], row["value"]) for row in annual] == [
        ("数量指标", "新建教室", "2间"),
        ("质量指标", "验收合格率", "100%"),
        ("时效指标", "按期完成率", "100%"),
        ("社会效益指标", "办学条件", "持续改善"),
    ]


def test_marked_rows_whose_targets_are_words_stay_two(tmp_path: Path) -> None:
    rows = [
        ["项目名称", "医疗保险补助"],
        ["预算单位", "甲县医疗保障局"],
        ["项目资金 (万元)", "年度资金总额：203"],
        ["绩 效 指 标", "一级 指标", "二级指标", "三级指标", "指标值(包含数字及文字描述)"],
        ["项目完成", "数量指标", "参保人数", "43230人"],
        ["参保率", "≥95%"],
        ["质量指标", "补助资金按时到期", "补助资金及时到位100%"],
        ["符合政策规定", "专项补助使用符合政策规定"],
        ["时效指标", "补助落实期限", "2019年1月-2019年12月"],
    ]
    lines = ["部门预算项目支出绩效目标表", "(2019年度)"]
    for row in rows:
        lines += [*(f"{cell} |" for cell in row), "|"]
    assert list_rows(read_text(tmp_path, "\n".join(lines) + "\n")) == [
        ["项目完成", "数量指标", "参保人数", "43230人"],
        ["项目完成", "数量指标", "参保率", "≥95%"],
        ["项目完成", "质量指标", "补助资金按时到期", "补助资金及时到位100%"],
        ["项目完成", "质量指标", "符合政策规定", "专项补助使用符合政策规定"],
        ["项目完成", "时效指标", "补助落实期限", "2019年1月-2019年12月"],
    ]


def test_rows_of_two_cells_between_rows_of_more_belong_to_the_table(tmp_path: Path) -> None:
    text = """专项资金绩效目标表
(2017年度)
专项名称 | 动物疫病防控 | 专项属性 | 延续专项
专项长期绩效目标 | 三年内死亡率控制在规定范围以内。
专项年度绩效目标 | 加强免疫接种和检疫，控制疫病流行。
专项年度绩效指标 | 一级指标 | 二级指标 | 指标内容 | 指标值 | 备注
产出指标 | 数量指标 | 免疫率 | 100% |
| 质量指标 | 产品质量得到保障 | 免疫效果好 |
"""
    [table] = read_text(tmp_path, text)["tables"]
    assert table["goals"] == [
        {"scope": "long_term", "text": "三年内死亡率控制在规定范围以内。"},
        {"scope": "annual", "text": "加强免疫接种和检疫，控制疫病流行。"},
    ]
    assert [row["name"] for row in table["indicators"]] == ["免疫率", "产品质量得到保障"]


def test_a_line_of_prose_with_one_bar_below_a_table_is_no_row(tmp_path: Path) -> None:
    rows = "".join(f"| {' | '.join(cell or '' for cell in row)} |\n" for row in ROWS)
    head = "项目支出绩效目标表\n| 项目名称 | 灌溉渠修复 | | |\n| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n"
    text = f"{head}{rows}首页 | 关于我们\n"
    document = read_text(tmp_path, text)
    assert list_rows(document) == ROWS
    assert "首页 | 关于我们" in str(document["narrative"])


def test_a_text_beside_a_name_is_its_target_where_the_block_beside_is_blank(tmp_path: Path) -> None:
    text = """项目支出绩效目标申报表 | ||||||||
( 2023 年度) | ||||||||
项目名称 | 车辆维修 | |||||||
总 体 目 标 | 中期目标(2023年—2025年) | 年度目标 | ||||||
保障巡查车辆的维修 | 保障巡查车辆 |||||||
绩 效 指 标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值 | |
产出指标 | 数量指标 | 维修车辆 | ≥90辆 | 数量指标 | ||||
时效指标 | 项目完成及时性 | 程度较高 | 时效指标 | |||||
经费支出时效性 | 及时支出 | |||||||
成本指标 | 项目总成本 | ≤340000元 | 成本指标 | |||||
"""
    [table] = read_text(tmp_path, text)["tables"]
    named = [(row["name"], row["value"], row["section"]) for row in table["indicators"] if row["name"]]
    assert named == [
        ("维修车辆", "≥90辆", "long_term"),
        ("项目完成及时性", "程度较高", "long_term"),
        ("经费支出时效性", "及时支出", "long_term"),
        ("项目总成本", "≤340000元", "long_term"),
    ]


def test_two_figures_are_the_weight_and_the_score_where_every_indicator_has_both(tmp_path: Path) -> None:
    text = """项目支出绩效自评表
(2022年度)
项目名称 防汛经费
年度绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施
产出指标 数量指标 指标1:节水改造项目数量 1 1 10 10
指标2:水价改革项目 1 1 10 10
质量指标 指标1:工程质量合格 10 10
时效指标 指标1:资金支付完成率 100% 100% 10 10
满意度指标 服务对象满意度指标 指标1:服务对象满意度 90% 100% 10 10
"""
    [table] = read_text(tmp_path, text)["tables"]
    assert [(row["value"], row["weight"]) for row in table["indicators"]] == [
        ("1", "10"),
        ("1", "10"),
        (None, "10"),
        ("100%", "10"),
        ("90%", "10"),
    ]


def test_a_row_of_more_bars_than_the_others_is_a_row(tmp_path: Path) -> None:
    text = """项目绩效目标自评表 | |||||||
(2024年度) | |||||||
项目名称 | 医疗救助 | ||||||
主管部门 | 甲县医疗保障局 | ||||||
总体目标 | 预期目标 | 实际完成情况 | |||||
改善困难群众就医待遇。 | 完成了预期目标。 | |||||||
绩效指标 | 一级 指标 |
二级指标 | 三级指标 | 指标值 | 全年实际完成值 | 未完成原因和改进措施 | |
产 出 指 标 |
数量指标 | 医疗救助人次 | ≥50000人次 | 110406 | |||
"""
    document = read_text(tmp_path, text)
    assert list_rows(document) == [["产 出 指 标", "数量指标", "医疗救助人次", "≥50000人次"]]


def test_a_name_that_would_stand_in_the_column_of_the_heading_is_unread_not_lost(tmp_path: Path) -> None:
    text = """项目支出绩效目标申报表
项目名称 街头宣传
绩效指标 一级指标 二级指标 三级指标 指标值(包含数字及文字描述)
绩效指标 项目完成
指标
数量指标 每年街头宣传的场次和受众 32场
质量指标 宣传内容经过审核 100%
广大群众对宣传内容知晓 100%
时效指标 宣传时间 2026年1月-12月
成本指标 严格控制成本,不扩大支出 严格按照标准执行
项目效益
指标
社会效益指标 对困难群众的关爱 明显改变
广大群众自我保护意识 明显增强
可持续影响指标 服务情况 良好
满意度指标 满意度指标 群众幸福感 明显提升
"""
    document = read_text(tmp_path, text)
    assert "广大群众自我保护意识" in str([document["tables"], document.get("unread")])


def test_an_increase_is_a_target_in_words(tmp_path: Path) -> None:
    rows = (
        "产出指标 数量指标 宣传场次 32场\n效益指标 社会效益指标 对困难群众的关爱 明显增加\n群众自我保护意识 明显增强\n"
    )
    more = "满意度指标 服务对象满意度指标 群众满意度 ≥90%\n产出指标 质量指标 审核率 100%\n"
    document = read_text(tmp_path, f"项目支出绩效目标表\n一级指标 二级指标 三级指标 指标值\n{rows}{more}")
    assert ["效益指标", "社会效益指标", "群众自我保护意识", "明显增强"] in list_rows(document)


@pytest.mark.parametrize("turned", [False, True])
def test_two_headings_that_may_mean_one_another_are_told_by_what_comes_first_in_the_rows(
    tmp_path: Path, turned: bool
) -> None:
    signs = [("正向", "大于等于"), ("反向", "小于等于"), ("正向", "等于"), ("正向", "等于")]
    rows = [
        [
            "绩效指标",
            "一级指标",
            "二级指标",
            "三级指标",
            "指标性质",
            "指标方向",
            "年度指标值",
            "计量单位",
            "分值",
            "备注",
        ],
        ["", "产出指标", "数量指标", "租车次数", "1", "次", "10"],
        ["宣传制作成本", "2", "万元", "10"],
        ["质量指标", "车辆达标率", "100", "%", "20"],
        ["宣传合格率", "98", "%", "20"],
    ]
    for row, pair in zip(rows[1:], signs, strict=True):
        row[-3:-3] = pair[::-1] if turned else pair
    head = [["项目名称", "自然资源业务", "主管部门", "甲县自然资源局"], ["年度资金总额", "12"]]
    text = "项目支出绩效目标表\n" + "".join(" | ".join(row) + " |" * (10 - len(row)) + " |\n" for row in (*head, *rows))
    [table] = read_text(tmp_path, text)["tables"]
    assert [(row["direction"], row["comparator"], row["value"]) for row in table["indicators"]] == [
        ("正向", "大于等于", "1"),
        ("反向", "小于等于", "2"),
        ("正向", "等于", "100"),
        ("正向", "等于", "98"),
    ]


def test_goals_of_two_periods_stand_over_a_row_that_begins_with_their_heading(tmp_path: Path) -> None:
    text = """市级预算部门项目支出绩效目标申报表 | |||||||
2021年 | |||||||
项目名称 | 农村公路前期 | ||||||
项目单位 | 甲市公路服务中心 | ||||||
中期目标 | 年度目标 | ||||||
总体目标 | 三年内建成环线。 | 完成施工图批复81个。 |
一级指标 | 二级指标 | 三级指标 | 指标值 | |||
产出指标 | 数量指标 | 施工图批复 | 81个 | |||
"""
    [table] = read_text(tmp_path, text)["tables"]
    assert table["goals"] == [
        {"scope": "long_term", "text": "三年内建成环线。"},
        {"scope": "annual", "text": "完成施工图批复81个。"},
    ]


def test_what_a_site_prints_below_a_table_is_none_of_its_rows(tmp_path: Path) -> None:
    cells = ["一级", "二级", "三级", "年度数值", "产出值", "数量值", "就读人数", "<=600人"]
    cells += ["质量值", "办学水平提高", "=100%", "效益值", "社会效益值", "教学条件改善", "=100%"]
    below = ["内容保障 | 公务邮箱", "甲县人民政府主办  甲县人民政府办公室承办", "某ICP备00000000号"]
    head = ["项目支出绩效目标申报表", "(2025年度)", "项目名称", "小学公用经费", "资金总额:", "43.5"]
    document = read_text(tmp_path, "\n\n".join([*head, *cells, *below]) + "\n")
    assert list_rows(document) == [
        ["产出值", "数量值", "就读人数", "<=600人"],
        ["产出值", "质量值", "办学水平提高", "=100%"],
        ["效益值", "社会效益值", "教学条件改善", "=100%"],
    ]
    assert [text for text in below if text not in str(document["unread"])] == []


def test_inputs_outputs_and_effects_are_told_apart_by_blanks(tmp_path: Path) -> None:
    text = """2017年财政支出项目绩效目标表
专项名称 生活补贴及调研培训费
总体绩效目标 解决生活困难;增进交流
绩效目标 评价指标 绩效内容 绩效标准 全年绩效目标
投入 成本目标 目标1 发放生活补贴 100% 按实际情况发放
目标2 开展夏令营活动 100% 90%
产出 数量目标 目标1 困难补助受益人数 每月每人200元 432人
目标2 增进乡情 活动1次、培训2期 活动1次
"""
    [table] = read_text(tmp_path, text)["tables"]
    assert table["goals"] == [{"scope": "annual", "text": "解决生活困难;增进交流"}]
    assert [
        (*list_row, row["basis"])
        for list_row, row in zip(list_rows({"tables": [table]}), table["indicators"], strict=True)
    ] == [
        ("投入", "成本目标", "目标1 发放生活补贴", "按实际情况发放", "100%"),
        ("投入", "成本目标", "目标2 开展夏令营活动", "90%", "100%"),
        ("产出", "数量目标", "目标1 困难补助受益人数", "432人", "每月每人200元"),
        ("产出", "数量目标", "目标2 增进乡情", "活动1次", "活动1次、培训2期"),
    ]


def test_a_blank_that_is_printed_stands_for_the_column_it_is_in(tmp_path: Path) -> None:
    head = "一级指标 二级指标 三级指标 指标性质 指标值 度量单位 完成值 权重 得分 未完成原因分析".split()
    rows = [
        ["产出指标", "数量指标", "发放覆盖率", "=", "100", "%", "", "60", "", ""],
        ["效益指标", "社会效益指标", "足额保障率", "=", "100", "%", "", "30", "", ""],
    ]
    cells = ["项目名称", "工资性支出", "实施单位", "甲县发展和改革局", "总额", "238.93", "绩效指标(90分)", *head]
    cells += [cell for row in rows for cell in row]
    text = "部门预算项目支出绩效自评表(2023年度)\n" + "".join(f"{cell} |\n" if cell else "|\n" for cell in cells)
    [table] = read_text(tmp_path, text)["tables"]
    assert [(row["value"], row["unit"], row["weight"]) for row in table["indicators"]] == [
        ("100", "%", "60"),
        ("100", "%", "30"),
    ]
