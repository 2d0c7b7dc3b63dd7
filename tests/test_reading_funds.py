"""Amounts of a table read as printed: lines of their own name, several figures in a row, parts of a year."""

from __future__ import annotations

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
