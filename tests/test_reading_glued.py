"""Tables that lost every separator between their cells; the shapes are those of public pages, the contents are not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from damage import read_text

HEADER = "绩效指标一级指标二级指标三级指标指标值"
ROWS = [
    ["产出指标", "数量指标", "更换路灯", "≥42盏"],
    ["产出指标", "数量指标", "巡查街巷次数", "120次"],
    ["产出指标", "质量指标", "路灯验收合格率", "100%"],
    ["产出指标", "时效指标", "完工时间", "2026年11月底前"],
    ["产出指标", "成本指标", "单盏路灯成本", "≤0.3万元"],
    ["效益指标", "社会效益指标", "夜间出行安全情况", "明显改善"],
    ["满意度指标", "服务对象满意度指标", "沿街居民满意度", "≥90%"],
]
HEAD = "青禾镇2026年街巷照明项目支出绩效目标表"
LABELS = [
    ["项目名称", "街巷照明改造"],
    ["主管部门", "青禾县住建局"],
    ["实施单位", "青禾镇人民政府"],
]
FUNDS = "资金情况(万元)年度资金总额:18其中:财政拨款15其他资金3"
GOAL = "总体目标更换老旧路灯,方便群众夜间出行。"


def list_rows(document: Any) -> list[list[str | None]]:
    [table] = document["tables"]
    return [[row[one] for one in ("level1", "level2", "name", "value")] for row in table["indicators"]]


def glue(rows: list[list[str]], *, between: str = "") -> str:
    """Return rows with nothing between their cells, a merged cell printed once."""
    printed, above = [], ["", ""]
    for first, second, *cells in rows:
        levels = [] if [first, second] == above else [second] if first == above[0] else [first, second]
        printed.append("".join((*levels, *cells)))
        above = [first, second]
    return between.join(printed)


def list_unread(document: Any) -> str:
    """Return all that the document holds outside its tables: what is unread, and the text around."""
    return json.dumps([document.get("unread", []), document.get("narrative", [])], ensure_ascii=False)


def list_codes(document: Any) -> list[str]:
    return [notice["code"] for notice in document.get("x-notices", [])]


def test_a_row_a_line_is_told_apart_by_its_levels_and_its_target(tmp_path: Path) -> None:
    labels = "\n".join(label + value for label, value in LABELS)
    document = read_text(
        tmp_path, "\n".join([HEAD, labels, *FUNDS.split("其中"), GOAL, HEADER, glue(ROWS, between="\n")])
    )
    assert list_rows(document) == ROWS
    [table] = document["tables"]
    assert table["title"] == HEAD
    assert table["project"] == {"name": "街巷照明改造"}
    assert table["organization"] == {"name": "青禾镇人民政府"}
    assert table["currency_unit"] == "万元"
    assert table["budget"] == {"total": "18", "by_source": {"fiscal_appropriation": "15", "other": "3"}}
    assert [goal["text"] for goal in table["goals"]] == [GOAL.removeprefix("总体目标")]
    assert document["unread"] == [{"text": "青禾县住建局", "origin": "第3行", "label": "主管部门"}]
    assert set(list_codes(document)) == {"glued", "glued_word"}


def test_a_whole_table_on_one_line_is_told_apart(tmp_path: Path) -> None:
    labels = "".join(label + value for label, value in LABELS)
    document = read_text(tmp_path, f"附件2{HEAD}(2026年度){labels}{FUNDS}{GOAL}{HEADER}{glue(ROWS)}")
    assert list_rows(document) == ROWS
    [table] = document["tables"]
    assert table["project"] == {"name": "街巷照明改造"}
    assert table["fiscal_year"] == 2026
    assert table["budget"] == {"total": "18", "by_source": {"fiscal_appropriation": "15", "other": "3"}}
    assert document["origins"]["/tables/0/indicators/0/value"] == "第1行"


def test_what_stands_around_a_table_on_one_line_stays_text(tmp_path: Path) -> None:
    text = f"关于下达资金的通知。{HEAD}{HEADER}{glue(ROWS)}填表人:某某联系电话:0000"
    document = read_text(tmp_path, f"{text}\n此件公开发布\n")
    assert list_rows(document) == ROWS
    assert document["tables"][0]["title"] == HEAD
    assert "关于下达资金的通知。" in list_unread(document)
    assert "此件公开发布" in list_unread(document)
    assert document["tables"][0]["sign_off"]["prepared_by"] == "某某"


def test_columns_of_signs_units_and_weights_are_told_apart(tmp_path: Path) -> None:
    header = "一级指标二级指标三级指标运算符号指标值度量单位权重"
    outputs = "产出指标数量指标更换路灯≥42盏20巡查次数≥120次20质量指标验收合格率=100%25"
    document = read_text(tmp_path, f"{HEAD}\n{header}{outputs}满意度指标服务对象满意度指标居民满意度≥90%25")
    [table] = document["tables"]
    fields = ("name", "comparator", "value", "unit", "weight")
    assert [[row[one] for one in fields] for row in table["indicators"]] == [
        ["更换路灯", "≥", "42", "盏", "20"],
        ["巡查次数", "≥", "120", "次", "20"],
        ["验收合格率", "=", "100", "%", "25"],
        ["居民满意度", "≥", "90", "%", "25"],
    ]


def test_several_tables_one_below_the_other_are_several(tmp_path: Path) -> None:
    first, second = (f"{title}\n{HEADER}\n{glue(ROWS, between=chr(10))}" for title in (HEAD, "环卫项目支出绩效目标表"))
    document = read_text(tmp_path, f"{first}\n{second}\n")
    assert [table["title"] for table in document["tables"]] == [HEAD, "环卫项目支出绩效目标表"]
    assert [len(table["indicators"]) for table in document["tables"]] == [len(ROWS)] * 2


def test_cost_is_of_the_second_level_below_outputs_and_of_the_first_above_its_own(tmp_path: Path) -> None:
    old = read_text(tmp_path, f"{HEADER}产出指标数量指标路灯数量≥42盏成本指标路灯总成本≤9万元")
    assert [row[:2] for row in list_rows(old)] == [["产出指标", "数量指标"], ["产出指标", "成本指标"]]
    new = read_text(tmp_path, f"{HEADER}产出指标数量指标路灯数量≥42盏成本指标经济成本指标路灯总成本≤9万元")
    assert [row[:2] for row in list_rows(new)] == [["产出指标", "数量指标"], ["成本指标", "经济成本指标"]]


@pytest.mark.parametrize(
    "text",
    [
        "数量指标更换路灯盏数2312222",  # figures of several columns
        "数量指标建成5G基站3座接入用户20人员培训合格率≥95%",  # a unit, or the beginning of a name
        "数量指标巡查街巷各3次",  # a word that belongs to the target
        "数量指标参照上年安排",  # no target that is told
        "数量指标指标1",  # the blank row of a form
        "数量指标安全情况指数二100%",  # a sign that was lost
        "数量指标补助项目数3镇街道覆盖率≥95%",  # three towns, or three and a name that begins with one
        "数量指标土壤有机质含量提高2个百分点",  # 2 points, or a rise of so many
        "数量指标路灯到货时间11月底前路灯安装率≥98%",  # half a date
        "数量指标宣传氛围良好参加人数≥50人",  # a row with a target in words before another
        "数量指标群众生活改善程度较高",  # 较高, or 程度较高
        "数量指标路灯数量路灯数量≥42盏",  # the cell of a column between, or a name twice
    ],
)
def test_rows_that_cannot_be_told_apart_are_unread_and_told(tmp_path: Path, text: str) -> None:
    document = read_text(tmp_path, f"{HEADER}产出指标{text}质量指标验收合格率100%")
    assert list_rows(document) == [["产出指标", "质量指标", "验收合格率", "100%"]]
    assert text.removeprefix("数量指标") in list_unread(document)
    assert "glued_untold" in list_codes(document)


def test_a_level_word_within_a_name_begins_no_row(tmp_path: Path) -> None:
    rows = "产出指标数量指标路灯数量≥42盏时效指标上报年度数量指标完成率100%"
    document = read_text(tmp_path, f"{HEADER}{rows}")
    assert list_rows(document) == [["产出指标", "数量指标", "路灯数量", "≥42盏"]]
    assert "数量指标完成率100%" in list_unread(document)


def test_levels_keep_their_scores_and_remarks(tmp_path: Path) -> None:
    rows = "产出指标(50分)数量指标(必填)路灯数量≥42盏质量指标验收合格率100%"
    document = read_text(tmp_path, f"{HEADER}{rows}")
    assert [row[:2] for row in list_rows(document)] == [
        ["产出指标(50分)", "数量指标(必填)"],
        ["产出指标(50分)", "质量指标"],
    ]
    assert document.get("unread", []) == []


@pytest.mark.parametrize(
    "rows",
    [
        "产出数量路灯数量≥42盏质量验收合格率100%",  # levels without their tail
        "产出指标路灯数量≥42盏",  # the second level may be part of the name
        "路灯数量≥42盏",
    ],
)
def test_rows_without_both_levels_are_not_told_apart(tmp_path: Path, rows: str) -> None:
    document = read_text(tmp_path, f"{HEADER}\n{rows}\n效益指标社会效益指标群众满意度≥90%")
    assert [row for row in list_rows(document) if row[0] != "效益指标"] == []
    assert "路灯数量≥42盏" in list_unread(document)


def test_amounts_and_words_of_the_form_in_the_text_of_a_goal_are_its_text(tmp_path: Path) -> None:
    goal = "申请预算资金18万元。其中:财政拨款15万元,加强项目管理,完成绩效目标。"
    document = read_text(
        tmp_path, f"{HEAD}项目名称照明改造主管部门青禾县住建局年度资金总额20总体目标{goal}{HEADER}{glue(ROWS)}"
    )
    [table] = document["tables"]
    assert [one["text"] for one in table["goals"]] == [goal]
    assert table["budget"] == {"total": "20"}


def test_a_project_named_after_goals_or_a_table_is_a_project(tmp_path: Path) -> None:
    head = "项目名称绩效目标管理评审及自评表印制主管部门青禾县财政局年度资金总额20总体目标规范管理"
    document = read_text(tmp_path, f"{HEAD}{head}{HEADER}{glue(ROWS)}")
    [table] = document["tables"]
    assert table["title"] == HEAD
    assert table["project"] == {"name": "绩效目标管理评审及自评表印制"}
    assert [one["text"] for one in table["goals"]] == ["规范管理"]


def test_a_line_without_a_target_casts_doubt_on_the_next_of_no_level(tmp_path: Path) -> None:
    rows = "产出指标数量指标路灯数量≥42盏\n质量指标按图施工并\n经监理验收合格率100%\n时效指标按期完工率100%"
    document = read_text(tmp_path, f"{HEADER}\n{rows}")
    assert [row[2] for row in list_rows(document)] == ["路灯数量", "按期完工率"]
    assert "经监理验收合格率100%" in list_unread(document)


def test_weights_are_not_read_where_a_row_is_not(tmp_path: Path) -> None:
    header = "一级指标二级指标三级指标指标值权重"
    document = read_text(tmp_path, f"{header}产出指标数量指标路灯数量≥42盏50质量指标参照标准50")
    [row] = document["tables"][0]["indicators"]
    assert (row["name"], row["value"], row.get("weight")) == ("路灯数量", "≥42盏", None)


@pytest.mark.parametrize(
    "header",
    [
        "一级指标二级指标三级指标指标解释指标值",  # a name and what explains it
        "一级指标二级指标三级指标年度指标值实际完成值得分",
        "一级指标二级指标三级指标目标值清溪县白河县",
    ],
)
def test_tables_whose_columns_cannot_be_told_apart_are_told(tmp_path: Path, header: str) -> None:
    text = f"{HEAD}{header}产出指标数量指标路灯数量≥42盏≥42盏10"
    document = read_text(tmp_path, text)
    assert document["tables"] == []
    assert "file" in list_codes(document)
    assert text in list_unread(document)


def test_the_end_of_a_value_before_a_label_with_a_longer_spelling_is_uncertain(tmp_path: Path) -> None:
    head = "项目名称街巷照明改造项目主管部门青禾县住建局资金总额18万元"
    document = read_text(tmp_path, f"{HEAD}{head}{HEADER}{glue(ROWS)}")
    [table] = document["tables"]
    assert "project" not in table
    assert "项目名称街巷照明改造" in list_unread(document)
    assert table["budget"] == {"total": "18万元"}


def test_a_text_of_which_two_labels_may_be_part_is_the_value_of_neither(tmp_path: Path) -> None:
    head = "项目单位青禾镇监督单位青禾县住建局项目名称照明项目名称改造总体目标方便出行"
    document = read_text(tmp_path, f"{HEAD}{head}{HEADER}{glue(ROWS)}")
    [table] = document["tables"]
    assert "project" not in table
    assert "organization" not in table
    for printed in ("青禾镇监督单位青禾县住建局", "项目名称照明", "项目名称改造"):
        assert printed in list_unread(document)


def test_amounts_are_read_together_or_not_at_all(tmp_path: Path) -> None:
    head = "项目名称照明改造资金情况(万元)资金总额18其中:财政拨款12社会各界出资约3其他资金3总体目标方便出行"
    document = read_text(tmp_path, f"{HEAD}{head}{HEADER}{glue(ROWS)}")
    [table] = document["tables"]
    assert "budget" not in table
    for printed in ("资金总额18", "财政拨款12", "社会各界出资约3", "其他资金3"):
        assert printed in list_unread(document)


def test_cells_that_blanks_part_are_read_by_their_blanks(tmp_path: Path) -> None:
    rows = "\n".join(" ".join(row) for row in ROWS)
    document = read_text(tmp_path, f"{HEAD}\n{' '.join(('一级指标', '二级指标', '三级指标', '指标值'))}\n{rows}\n")
    assert list_rows(document) == ROWS
    assert "glued" not in list_codes(document)


@pytest.mark.parametrize(
    "text",
    [
        "一级指标" * 20_000,
        HEADER + "产出指标数量指标" * 20_000,
        HEADER + "数量1个" * 20_000,
        "项目名称" * 20_000 + HEADER,
    ],
)
def test_the_words_of_a_form_over_and_over_make_no_rows(tmp_path: Path, text: str) -> None:
    document = read_text(tmp_path, text)
    assert [row for table in document["tables"] for row in table.get("indicators", []) if row["name"]] == []


def test_nothing_that_is_printed_gets_lost(tmp_path: Path) -> None:
    labels = "".join(label + value for label, value in LABELS)
    text = f"{HEAD}{labels}{FUNDS}经办情况待定{GOAL}{HEADER}{glue(ROWS)}产出指标数量指标甲乙丙丁合计100其他说明:无"
    document = read_text(tmp_path, text)
    printed = json.dumps({**document, "origins": {}}, ensure_ascii=False, default=str)
    for piece in ("街巷照明改造", "青禾县住建局", "经办情况待定", "甲乙丙丁", "合计100", "更换老旧路灯", "≤0.3万元"):
        assert piece in printed


def test_rows_that_run_together_without_a_header_are_read_if_all_are_told_apart(tmp_path: Path) -> None:
    outputs = "产出指标数量指标更换路灯≥42盏 25 巡查次数≥12次 25 质量指标验收合格率=100% 25"
    rows = f"{outputs} 效益指标社会效益指标投诉件数≤3件 15 合计90"
    document = read_text(tmp_path, rows)
    assert list_rows(document) == [
        ["产出指标", "数量指标", "更换路灯", "≥42盏"],
        ["产出指标", "数量指标", "巡查次数", "≥12次"],
        ["产出指标", "质量指标", "验收合格率", "=100%"],
        ["效益指标", "社会效益指标", "投诉件数", "≤3件"],
    ]
    assert [one["text"] for one in document["unread"]][:4] == ["25", "25", "25", "15"]
    assert "合计90" in list_unread(document)
    assert "header_missing" in list_codes(document)
    assert read_text(tmp_path, rows.replace("≥12次", "按月"))["tables"] == []


def test_levels_in_brackets_and_numbered_names_are_levels_and_names(tmp_path: Path) -> None:
    document = read_text(
        tmp_path,
        "【产出指标-数量指标】指标1:更换路灯≥42盏;指标2:巡查次数≥12次\n【产出指标-质量指标】指标1:验收合格率100%\n"
        "【效益指标-社会效益指标】指标1:投诉件数≤3件\n",
    )
    assert list_rows(document) == [
        ["产出指标", "数量指标", "更换路灯", "≥42盏"],
        ["产出指标", "数量指标", "巡查次数", "≥12次"],
        ["产出指标", "质量指标", "验收合格率", "100%"],
        ["效益指标", "社会效益指标", "投诉件数", "≤3件"],
    ]


def test_a_small_table_told_apart_by_blanks_is_a_table(tmp_path: Path) -> None:
    rows = "产出指标 数量指标 更换路灯 ≥42盏\n质量指标 验收合格率 100%\n"
    document = read_text(tmp_path, f"{HEAD}\n项目名称 照明改造\n一级指标 二级指标 三级指标 指标值\n{rows}")
    assert list_rows(document) == [
        ["产出指标", "数量指标", "更换路灯", "≥42盏"],
        ["产出指标", "质量指标", "验收合格率", "100%"],
    ]
