"""Forms with merged cells as offices publish them; the shapes are real, the contents are not."""

from __future__ import annotations

from typing import Any

import pytest
from damage import read_blocks
from make_files import LEFT, UP, make_grid

from perflint.reading.grid import Paragraph

pytestmark = pytest.mark.usefixtures("english")

HEADER = ["一级指标", "二级指标", "三级指标", "指标值"]
ROW = ["产出指标", "数量指标", "整修步道", "≥3公里"]


def read(title: str, *rows: list[str], above: tuple[str, ...] = ()) -> dict[str, Any]:
    texts = [Paragraph(text=text, origin="") for text in (title, *above)]
    return read_blocks([*texts, make_grid(list(rows))])


def list_unread(document: dict[str, Any]) -> list[str]:
    return [one["text"] for one in document.get("unread", ())]


def test_the_words_over_the_columns_of_a_list_are_no_goals() -> None:
    document = read(
        "2026年财政支出项目绩效目标表",
        ["专项名称", LEFT, "步道整修补助", LEFT, LEFT],
        ["总体绩效目标", LEFT, "方便居民出行", LEFT, LEFT],
        ["绩效目标", "评价指标", "绩效内容", "绩效标准", "全年绩效目标"],
        ["投入", "成本目标", "补助镇村", "100%", "按实际情况发放"],
        ["产出", "数量目标", "整修步道", "每村一条", "12条"],
    )
    [table] = document["tables"]
    assert [goal["text"] for goal in table["goals"]] == ["方便居民出行"]
    assert [(row["level1"], row["level2"], row["name"], row["value"]) for row in table["indicators"]] == [
        ("投入", "成本目标", "补助镇村", "按实际情况发放"),
        ("产出", "数量目标", "整修步道", "12条"),
    ]


def test_what_each_duty_is_to_bring_in_the_year_is_a_list_of_tasks() -> None:
    document = read(
        "部门整体支出绩效目标表（2026年度）",
        ["部门（单位）名称", LEFT, "甲县地情研究室", LEFT, LEFT],
        ["年度总体目标", LEFT, "编成年鉴一部", LEFT, LEFT],
        ["年度履职目标", "部门职能", "年度目标任务", "支出项目名称", "预算金额（万元）"],
        [UP, "编修地情书", "出版年鉴", "年鉴出版经费", "49.8"],
        [UP, "机关运转", "发放工资", "基本支出", "110.6"],
        ["绩效指标", *HEADER],
        [UP, *ROW],
    )
    [table] = document["tables"]
    assert [goal["text"] for goal in table["goals"]] == ["编成年鉴一部"]
    assert [(task["name"], task["amount"]) for task in table["tasks"]] == [("出版年鉴", "49.8"), ("发放工资", "110.6")]
    assert "duties" not in table
    assert "budget" not in table


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("部门：甲县明德中学                 公开14表", "公开14表"),
        ("部门：甲县明德中学 公开14表", "公开14表"),
        ("项目单位（盖章）：甲县明德中学    主要领导签字：", None),
        ("项目单位（盖章）：甲县明德中学 分管校长意见：", "分管校长意见："),
    ],
)
def test_what_stands_farther_right_on_a_line_is_no_part_of_the_name_of_a_unit(line: str, rest: str | None) -> None:
    document = read("项目支出绩效目标表（2026年度）", HEADER, ROW, above=(line,))
    assert document["tables"][0]["organization"] == {"name": "甲县明德中学"}
    assert list_unread(document) == ([rest] if rest else [])


def test_a_unit_may_have_a_blank_in_its_name() -> None:
    document = read("项目支出绩效目标表（2026年度）", HEADER, ROW, above=("填报单位：甲县教育局 明德中学",))
    assert document["tables"][0]["organization"] == {"name": "甲县教育局 明德中学"}


def test_rows_that_leave_room_for_more_are_none_and_what_stands_below_the_list_is_none_of_it() -> None:
    header = [*HEADER, "实际完成值", "分值", "得分"]
    document = read(
        "项目支出绩效自评表（2025年度）",
        ["项目名称", LEFT, "步道整修", LEFT, LEFT, LEFT, LEFT],
        header,
        ["产出指标", "数量指标", "指标1：整修步道", "≥3公里", "3公里", "40", "40"],
        [UP, UP, "……", "", "", "", ""],
        [UP, "质量指标", "指标1：", "", "", "", ""],
        [UP, UP, "……", "", "", "", ""],
        ["满意度指标", "服务对象满意度指标等", "居民满意度", "≥90%", "95%", "60", "60"],
        ["其他需要说明事项", "无", LEFT, LEFT, LEFT, LEFT, LEFT],
        ["总分", LEFT, LEFT, LEFT, LEFT, "100", "100"],
    )
    [table] = document["tables"]
    names = [row["name"] for row in table["indicators"]]
    assert names == ["整修步道", None, "居民满意度"]
    assert [one["code"] for one in document["x-notices"] if one["code"] == "row_displaced"] == []
    assert "无" in list_unread(document)
