"""Amounts of a table read as printed: lines of their own name, several figures in a row, parts of a year."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from damage import read_blocks
from make_files import LEFT, UP, make_grid

import perflint
from perflint.reading.grid import Paragraph

pytestmark = pytest.mark.usefixtures("english")

TITLE = Paragraph(text="项目支出绩效目标表（2025年度）", origin="")
HEADER = ["一级指标", "二级指标", "三级指标", "指标值"]
ROW = ["产出指标", "数量指标", "维护绿地", "≥20亩"]


def _read(*rows: list[str]) -> dict[str, Any]:
    return read_blocks([TITLE, make_grid(list(rows))])


def _list_codes(document: dict[str, Any]) -> list[str]:
    return [notice["code"] for notice in document.get("x-notices", ())]


def _find_rules(document: dict[str, Any]) -> set[str]:
    return {finding.rule for finding in perflint.Linter(packs=["cn-core"]).check(document).findings}


CARRIED = (
    ["项目资金（万元）", "年度资金总额：", "860.00", ""],
    [UP, "其中：财政拨款", "800.00", ""],
    [UP, "上年结转", "60.00", ""],
    [UP, "其他资金", "0.00", ""],
    HEADER,
    ROW,
)


def test_a_line_of_funds_that_no_form_names_is_kept_under_its_own_name() -> None:
    document = _read(*CARRIED)
    assert document["tables"][0]["budget"] == {
        "total": "860.00",
        "by_source": {
            "fiscal_appropriation": "800.00",
            "x-上年结转": {"label": "上年结转", "amount": "60.00"},
            "other": "0.00",
        },
    }
    assert document["origins"]["/tables/0/budget/by_source/x-上年结转/amount"] == "G2R2C2"


def test_a_sum_that_counts_what_was_carried_over_is_not_called_wrong() -> None:
    report = perflint.Linter(packs=["cn-core"]).check(_read(*CARRIED))
    assert "ari-fund-source-sum" not in {finding.name for finding in report.findings}


def test_a_line_between_known_lines_of_a_matrix_is_one_of_them_whatever_it_is_called() -> None:
    document = _read(
        ["收支预算（万元）", "项目", "2024年执行数", "2025年预算数"],
        [UP, "一般公共预算拨款", "130.00", "135.00"],
        [UP, "甲类往来", "7.00", "8.00"],
        [UP, "其他收入", "5.00", "0.00"],
        HEADER,
        ROW,
    )
    assert document["tables"][0]["budget"]["by_source"] == {
        "general_public_budget": "135.00",
        "x-甲类往来": {"label": "甲类往来", "amount": "8.00"},
        "other": "0.00",
    }


def test_an_amount_beside_another_figure_is_told() -> None:
    document = _read(["财政拨款（万元）", "90", "85", ""], HEADER, ROW)
    assert document["tables"][0]["budget"]["by_source"] == {"fiscal_appropriation": "90"}
    assert _list_codes(document) == ["amount_doubtful"]


def test_a_label_without_a_value_is_blank_and_takes_no_heading_for_one() -> None:
    document = _read(
        ["单位：", "", "电话：", ""],
        ["资金概览", LEFT, LEFT, LEFT],
        ["资金总额（万元）", "50", "审核人", "联系电话"],
        HEADER,
        ROW,
    )
    table = document["tables"][0]
    assert table["organization"] == {"name": None}
    assert table["sign_off"] == {"phone": None, "reviewed_by": None}
    assert [one["text"] for one in document["unread"]] == ["资金概览"]


def test_targets_of_parts_of_the_year_are_told_and_none_is_taken() -> None:
    document = _read(
        ["一级指标", "二级指标", "三级指标", "一季度", "二季度"], ["产出指标", "数量指标", "维护绿地", "5亩", "20亩"]
    )
    (row,) = document["tables"][0]["indicators"]
    assert row == {"level1": "产出指标", "level2": "数量指标", "name": "维护绿地"}
    assert [one["text"] for one in document["unread"]] == ["5亩", "20亩"]
    assert _list_codes(document) == ["parts_of_year"]


@pytest.mark.parametrize(
    ("lower", "upper", "fields"),
    [
        ("90", "95", {"value": "90～95"}),
        ("90%", "", {"comparator": "≥", "value": "90%"}),
        ("", "30", {"comparator": "≤", "value": "30"}),
        ("≥90", "", {"value": "≥90"}),
        ("良好", "", {"value": "良好"}),
    ],
)
def test_bounds_are_one_target(lower: str, upper: str, fields: dict[str, str]) -> None:
    document = _read(
        ["一级指标", "二级指标", "三级指标", "下限", "上限"], ["产出指标", "质量指标", "合格率", lower, upper]
    )
    (row,) = document["tables"][0]["indicators"]
    assert row == {"level1": "产出指标", "level2": "质量指标", "name": "合格率", **fields}
    assert _list_codes(document) == ["bounds_joined"]


def test_bounds_that_are_no_numbers_are_told() -> None:
    document = _read(
        ["一级指标", "二级指标", "三级指标", "下限", "上限"], ["效益指标", "社会效益指标", "秩序", "良好", "优秀"]
    )
    assert document["tables"][0]["indicators"][0]["value"] == "良好；优秀"
    assert "row_doubtful" in _list_codes(document)


def test_goals_listed_by_name_are_goals_and_their_heads_are_no_text() -> None:
    document = _read(
        ["年度目标", "目标名称", "目标内容", "预算金额（万元）"],
        [UP, "审计监督", "完成审计项目40个", "260"],
        [UP, "队伍建设", "培训审计人员120人次", "20"],
        HEADER,
        ROW,
    )
    assert document["tables"][0]["goals"] == [
        {"scope": "annual", "text": "完成审计项目40个", "label": "审计监督"},
        {"scope": "annual", "text": "培训审计人员120人次", "label": "队伍建设"},
    ]


def test_income_and_expenditure_side_by_side_are_no_list_of_projects() -> None:
    document = _read(
        ["收入（万元）", LEFT, "支出（万元）", LEFT],
        ["项目", "金额", "项目", "金额"],
        ["甲类往来", "20.00", "基本支出", "15.00"],
        ["财政拨款收入", "80.00", "项目支出", "85.00"],
        HEADER,
        ROW,
    )
    table = document["tables"][0]
    assert "projects" not in table
    assert table["budget"] == {
        "by_source": {"fiscal_appropriation": "80.00"},
        "by_use": {"basic": "15.00", "project": "85.00"},
    }
    assert "甲类往来" in [one["text"] for one in document["unread"]]


def test_figures_stand_below_the_names_of_their_funds_beside_a_cell_that_heads_both_rows() -> None:
    document = _read(
        ["资金总额（万元）", "总额", "中央", "省级", "县级"],
        [UP, "185", "120", "45", "20"],
        HEADER,
        ROW,
    )
    assert document["tables"][0]["budget"] == {
        "total": "185",
        "by_source": {
            "x-中央": {"label": "中央", "amount": "120"},
            "x-省级": {"label": "省级", "amount": "45"},
            "x-县级": {"label": "县级", "amount": "20"},
        },
    }
    assert document["tables"][0]["currency_unit"] == "万元"
    assert "unread" not in document
    assert document["origins"]["/tables/0/budget/by_source/x-省级/amount"] == "G2R1C3"


def test_figures_stand_below_the_names_of_their_funds_with_a_heading_in_each_row() -> None:
    document = _read(
        ["资金来源", "合计", "上级补助", "本级财政", "其他资金"],
        ["金额（万元）", "185", "120", "65", "0"],
        HEADER,
        ROW,
    )
    assert document["tables"][0]["budget"] == {
        "total": "185",
        "by_source": {
            "x-上级补助": {"label": "上级补助", "amount": "120"},
            "x-本级财政": {"label": "本级财政", "amount": "65"},
            "other": "0",
        },
    }


def test_no_amount_is_called_blank_when_a_figure_is_printed_below_it() -> None:
    document = _read(
        ["项目预算", "总额", "当年申请", "以前年度结转"],
        [UP, "1500", "480", "20"],
        HEADER,
        ROW,
    )
    assert "budget" not in document["tables"][0]
    assert [item["text"] for item in document["unread"]] == ["1500", "480", "20"]
    assert _list_codes(document) == ["amount_doubtful"]


def test_a_word_that_heads_the_funds_does_not_make_the_sum_beside_it_that_of_all_years() -> None:
    document = _read(
        ["年度预算", "资金总额", "2350.60"],
        [UP, "其中：基本支出", "1250.60"],
        [UP, "项目支出", "1100.00"],
        HEADER,
        ROW,
    )
    assert document["tables"][0]["budget"] == {
        "total": "2350.60",
        "by_use": {"basic": "1250.60", "project": "1100.00"},
    }


TASKS = (
    ["年度主要任务", "任务名称", "主要内容", "预算金额（万元）", LEFT, LEFT],
    [UP, UP, UP, "总额", "财政拨款", "其他资金"],
    [UP, "任务1", "人员经费保障", "850.36", "850.36", "0"],
    [UP, "任务2", "专项业务", "150.00", "120.00", "30.00"],
)


def test_tasks_have_their_amounts_and_where_the_money_comes_from() -> None:
    document = _read(*TASKS, [UP, "金额合计", "", "1000.36", "970.36", "30.00"], HEADER, ROW)
    table = document["tables"][0]
    assert table["tasks"] == [
        {
            "name": "任务1",
            "content": "人员经费保障",
            "amount": "850.36",
            "by_source": {"fiscal_appropriation": "850.36", "other": "0"},
        },
        {
            "name": "任务2",
            "content": "专项业务",
            "amount": "150.00",
            "by_source": {"fiscal_appropriation": "120.00", "other": "30.00"},
        },
    ]
    assert table["tasks_total"] == "1000.36"
    assert table["budget"] == {
        "total": "1000.36",
        "by_source": {"fiscal_appropriation": "970.36", "other": "30.00"},
    }
    assert document["origins"]["/tables/0/tasks/1/by_source/other"] == "G2R3C5"
    assert "unread" not in document
    assert _find_rules(document) & {"PT134", "PT135"} == set()


def test_a_wrong_sum_of_tasks_is_found_at_the_total_and_a_wrong_source_at_its_task() -> None:
    document = _read(*TASKS[:3], [UP, "任务2", "专项业务", "150.00", "120.00", "20.00"], HEADER, ROW)
    assert "PT135" in _find_rules(document)
    document = _read(*TASKS, [UP, "金额合计", "", "1010.36", "980.36", "30.00"], HEADER, ROW)
    assert "PT134" in _find_rules(document)


def test_tasks_of_a_list_with_another_total_elsewhere_keep_their_own() -> None:
    funds = ["预算情况", "资金总额", "1200.36", LEFT, LEFT, LEFT]
    document = _read(funds, *TASKS, [UP, "金额合计", "", "1000.36", "970.36", "30.00"], HEADER, ROW)
    table = document["tables"][0]
    assert (table["budget"]["total"], table["tasks_total"]) == ("1200.36", "1000.36")


@pytest.mark.parametrize(
    ("printed", "period"),
    [
        ("2025.01.01-2025.12.31", {"start": "2025.01.01", "end": "2025.12.31"}),
        ("自2025年1月起至2026年12月止", {"start": "2025年1月", "end": "2026年12月"}),
        ("2025年1月-12月", {"start": "2025-01", "end": "2025-12", "x-printed": "2025年1月-12月"}),
        ("2025年", {"start": "2025", "end": "2025", "x-printed": "2025年"}),
    ],
)
def test_a_term_has_two_ends_however_short_it_is_printed(printed: str, period: dict[str, str]) -> None:
    document = _read(["项目名称", "村道养护", "项目起止时间", printed], HEADER, ROW)
    assert document["tables"][0]["project"] == {"name": "村道养护", "period": period}
    assert _list_codes(document) == []


def test_a_term_may_be_printed_in_two_cells() -> None:
    document = _read(["计划开始日期：", "2025-01-01", "计划完成日期：", "2025-12-31"], HEADER, ROW)
    assert document["tables"][0]["project"] == {"period": {"start": "2025-01-01", "end": "2025-12-31"}}
    assert "unread" not in document


def test_a_total_below_its_label_stands_in_front_of_the_parts_of_a_pasted_table(tmp_path: Path) -> None:
    lines = [
        "部门整体支出绩效目标申报表",
        "年度预算申请（万元）\t资金总额\t按收入性质分\t\t按支出性质分\t",
        "\t2310.45\t财政拨款\t2310.45\t基本支出\t1980.45",
        "\t\t其他资金\t0.00\t项目支出\t330.00",
        "\t".join(HEADER),
        "\t".join(ROW),
    ]
    path = tmp_path / "table.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert perflint.read(path).data["tables"][0]["budget"] == {
        "total": "2310.45",
        "by_source": {"fiscal_appropriation": "2310.45", "other": "0.00"},
        "by_use": {"basic": "1980.45", "project": "330.00"},
    }


@pytest.mark.parametrize("amount", ["0", "12", " 91"])
def test_a_short_amount_behind_its_label_is_no_number_of_the_label(amount: str) -> None:
    document = _read(
        ["一般公共预算资金：350.20", "基本支出：250.20"],
        [f"政府性基金：{amount}", f"项目支出：{amount}"],
        [f"其他资金:{amount}", ""],
        HEADER,
        ROW,
    )
    budget = document["tables"][0]["budget"]
    shown = amount.strip()
    assert budget["by_source"] == {"general_public_budget": "350.20", "government_fund": shown, "other": shown}
    assert budget["by_use"] == {"basic": "250.20", "project": shown}


def test_an_overall_goal_beside_that_of_the_year_is_the_goal_of_the_whole_term() -> None:
    rows = [["总体绩效目标", "三年服务1800人次", "", ""], ["年度绩效目标", "服务600人次", "", ""], HEADER, ROW]
    goals = _read(*rows)["tables"][0]["goals"]
    assert goals == [{"scope": "long_term", "text": "三年服务1800人次"}, {"scope": "annual", "text": "服务600人次"}]
    assert [goal["scope"] for goal in _read(rows[0], *rows[2:])["tables"][0]["goals"]] == ["annual"]
