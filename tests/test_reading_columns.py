"""Columns that hold several things, grades, or parts of an amount; and two projects in one grid."""

from __future__ import annotations

from typing import Any

import pytest
from damage import read_blocks
from make_files import LEFT, UP, make_grid

from perflint.reading.grid import Paragraph

pytestmark = pytest.mark.usefixtures("english")

TITLE = Paragraph(text="项目支出绩效目标表（2026年度）", origin="")
LEVELS = ["一级指标", "二级指标", "三级指标"]
ROADS = ["产出指标", "数量指标", "养护里程"]
GRADES = ["优", "良", "中", "差"]
BANDS = ["≥18公里", "≥16公里", "≥14公里", "<14公里"]


def _read(*rows: list[str]) -> dict[str, Any]:
    return read_blocks([TITLE, make_grid(list(rows))])


def _list_codes(document: dict[str, Any]) -> list[str]:
    return [notice["code"] for notice in document.get("x-notices", ())]


def _list_unread(document: dict[str, Any]) -> list[str]:
    return [one["text"] for one in document.get("unread", ())]


def test_the_best_of_several_grades_is_the_target_where_no_column_is_called_so() -> None:
    document = _read([*LEVELS, *GRADES], [*ROADS, *BANDS])
    assert [row["value"] for row in document["tables"][0]["indicators"]] == ["≥18公里"]
    assert _list_unread(document) == BANDS[1:]
    assert _list_codes(document) == ["column_inferred"]


def test_grades_beside_a_target_are_left_out() -> None:
    document = _read([*LEVELS, "指标值", *GRADES], [*ROADS, "18公里", *BANDS])
    assert [row["value"] for row in document["tables"][0]["indicators"]] == ["18公里"]
    assert _list_unread(document) == BANDS
    assert _list_codes(document) == []


def test_grades_under_a_heading_of_their_own_and_a_first_level_nothing_names() -> None:
    document = _read(
        ["绩效指标", "指标名称", "指标内容", "权重", "绩效标准", LEFT, LEFT, LEFT],
        [UP, UP, UP, UP, *GRADES],
        ["产出指标", "养护里程", "全年养护里程", "20", *BANDS],
        ["成效指标", "完好率", "抽查完好率", "30", "≥98%", "≥95%", "≥90%", "<90%"],
    )
    assert document["tables"][0]["indicators"] == [
        {"level1": "产出指标", "name": "养护里程", "value": "≥18公里", "weight": "20", "explanation": "全年养护里程"},
        {"level1": "成效指标", "name": "完好率", "value": "≥98%", "weight": "30", "explanation": "抽查完好率"},
    ]


def test_a_name_and_a_grade_in_one_row_are_no_header() -> None:
    document = _read([*LEVELS, "指标值"], [*ROADS, "5公里"], [UP, "质量指标", "单位", "优"])
    assert [row["value"] for row in document["tables"][0]["indicators"]] == ["5公里", "优"]
    assert _list_codes(document) == []


def test_of_a_comparator_column_that_mostly_holds_words_only_the_signs_are_read() -> None:
    document = _read(
        [*LEVELS, "计算符号", "指标值", "计量单位"],
        [*ROADS, "正向", "15", "公里"],
        [UP, "质量指标", "验收合格率", "≥", "100", "%"],
        ["满意度指标", "服务对象满意度指标", "农户满意度", "正向", "90", "%"],
    )
    rows = document["tables"][0]["indicators"]
    assert [row.get("comparator") for row in rows] == [None, "≥", None]
    assert _list_unread(document) == ["正向", "正向"]
    assert _list_codes(document) == ["column_undecided"]


@pytest.mark.parametrize("sign", ["﹦", "＝", "═", "≧", "﹤"])
def test_a_column_of_signs_is_told_whatever_character_stands_for_them(sign: str) -> None:
    document = _read([*LEVELS, "指标性质", "指标值", "计量单位"], [*ROADS, sign, "15", "公里"])
    assert document["tables"][0]["indicators"] == [
        {
            "level1": "产出指标",
            "level2": "数量指标",
            "name": "养护里程",
            "comparator": sign,
            "value": "15",
            "unit": "公里",
        }
    ]
    assert _list_unread(document) == []


CARRIED = ["总额", "当年申请", "以前年度结转"]
LIST = ([*LEVELS, "指标值"], [*ROADS, "15公里"])


def test_of_a_sum_and_its_parts_over_figures_the_sum_is_the_amount() -> None:
    document = _read(["项目资金（万元）", *CARRIED], [UP, "120", "100", "20"], *LIST)
    assert document["tables"][0]["budget"] == {"total": "120"}
    assert _list_unread(document) == ["100", "20"]


def test_of_a_matrix_of_sums_and_their_parts_the_sums_are_the_amounts() -> None:
    document = _read(
        ["资金来源", *CARRIED],
        ["财政拨款", "100", "80", "20"],
        ["其他资金", "20", "20", "0"],
        ["合计", "120", "100", "20"],
        *LIST,
    )
    assert document["tables"][0]["budget"] == {
        "total": "120",
        "by_source": {"fiscal_appropriation": "100", "other": "20"},
    }


def test_projects_with_what_was_carried_over_are_still_a_list_of_projects() -> None:
    document = _read(["项目名称", "金额", "上年结转", "备注"], ["修路", "120", "20", ""], ["修渠", "60", "0", ""])
    assert [one["name"] for one in document["tables"][0].get("projects", ())] == ["修路", "修渠"]


ABREAST = (
    ["项目名称", "农技推广", LEFT, "项目名称", "动物防疫", LEFT],
    ["年度目标", "推广新技术5项。", LEFT, "年度目标", "免疫密度达到90%。", LEFT],
    ["二级指标", "三级指标", "指标值"] * 2,
    ["数量指标", "推广技术项数", "5项", "数量指标", "免疫头数", "≥3万头"],
    ["质量指标", "技术到位率", "≥95%", "质量指标", "免疫密度", "≥90%"],
)


def test_two_projects_side_by_side_are_two_tables() -> None:
    tables = _read(*ABREAST)["tables"]
    assert [table["project"]["name"] for table in tables] == ["农技推广", "动物防疫"]
    assert [[goal["text"] for goal in table["goals"]] for table in tables] == [
        ["推广新技术5项。"],
        ["免疫密度达到90%。"],
    ]
    assert [[row["name"] for row in table["indicators"]] for table in tables] == [
        ["推广技术项数", "技术到位率"],
        ["免疫头数", "免疫密度"],
    ]


def test_the_rows_below_two_projects_side_by_side_are_read_once() -> None:
    document = _read(
        *ABREAST, ["填表人：某某", LEFT, LEFT, "联系电话：000", LEFT, LEFT], ["备注：样例文字", *[LEFT] * 5]
    )
    assert [len(table["indicators"]) for table in document["tables"]] == [2, 2]


def test_header_of_many_regions_is_one_whatever_their_number() -> None:
    regions = ["全市合计", "清溪县", "云阳区", "白石市", "石桥镇"]
    document = _read([*LEVELS, *regions], [*ROADS, "10", "4", "3", "2", "1"])
    assert [(table["organization"]["name"], table["indicators"][0]["value"]) for table in document["tables"]] == list(
        zip(regions, ["10", "4", "3", "2", "1"], strict=True)
    )
    assert _list_codes(document) == []


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([["一级", "二级", "三级", "指标"], ["指标", "指标", "指标", "值"]], id="over two rows"),
        pytest.param(
            [["一", "二", "三", "指"], ["级", "级", "级", "标"], ["指标", "指标", "指标", "值"]], id="over three"
        ),
    ],
)
def test_words_of_a_header_broken_over_rows_are_read_whole(rows: list[list[str]]) -> None:
    document = _read(*rows, [*ROADS, "18公里"])
    assert document["tables"][0]["indicators"] == [
        {"level1": "产出指标", "level2": "数量指标", "name": "养护里程", "value": "18公里"}
    ]
    assert _list_codes(document) == []


def test_amount_with_the_year_of_the_table_in_its_label_is_the_one_of_the_year() -> None:
    document = _read(
        ["项目资金总额", "3600", "2026年度资金", "1200"],
        [*LEVELS, "指标值"],
        [*ROADS, "18公里"],
    )
    assert document["tables"][0]["budget"] == {"total": "1200"}
    assert _list_unread(document) == ["3600"]


def test_amount_with_another_year_in_its_label_is_not_read() -> None:
    document = _read(["2024年度资金", "1200", "", ""], [*LEVELS, "指标值"], [*ROADS, "18公里"])
    assert "budget" not in document["tables"][0]
    assert _list_unread(document) == ["2024年度资金", "1200"]


def test_regions_beside_their_sum_may_go_by_short_names() -> None:
    document = _read([*LEVELS, "合计", "三原", "泾阳"], [*ROADS, "10", "6", "4"])
    assert [table["organization"]["name"] for table in document["tables"]] == ["合计", "三原", "泾阳"]
    assert [table["indicators"][0]["value"] for table in document["tables"]] == ["10", "6", "4"]


def test_funds_of_the_unit_among_the_heads_of_a_row_of_amounts() -> None:
    document = _read(
        ["资金总额", "财政拨款", "单位资金", "上年结转"],
        ["63", "50", "8", "5"],
        [*LEVELS, "指标值"],
        [*ROADS, "18公里"],
    )
    assert document["tables"][0]["budget"] == {
        "total": "63",
        "by_source": {
            "fiscal_appropriation": "50",
            "unit_funds": "8",
            "x-上年结转": {"label": "上年结转", "amount": "5"},
        },
    }
    assert _list_unread(document) == []


TURNED = [
    ["一级指标", "产出指标", LEFT, "效益指标", "满意度指标"],
    ["二级指标", "数量指标", "质量指标", "社会效益指标", "服务对象满意度指标"],
    ["三级指标", "渠道里程", "验收合格率", "受益农户", "农户满意度"],
]
UPRIGHT = [
    ("产出指标", "数量指标", "渠道里程", "≥6公里"),
    ("产出指标", "质量指标", "验收合格率", "100%"),
    ("效益指标", "社会效益指标", "受益农户", "≥260户"),
    ("满意度指标", "服务对象满意度指标", "农户满意度", "≥90%"),
]


def _list_indicators(table: dict[str, Any]) -> list[tuple[str, ...]]:
    return [tuple(row[one] for one in ("level1", "level2", "name", "value")) for row in table["indicators"]]


def test_a_list_on_its_side_is_read_column_by_column() -> None:
    document = _read(
        ["项目名称", "渠道修复", LEFT, LEFT, LEFT],
        *TURNED,
        ["指标值", "≥6公里", "100%", "≥260户", "≥90%"],
        ["填报人", "某某", LEFT, LEFT, LEFT],
    )
    [table] = document["tables"]
    assert _list_indicators(table) == UPRIGHT
    assert (table["project"], table["sign_off"]) == ({"name": "渠道修复"}, {"prepared_by": "某某"})
    assert "unread" not in document


def test_a_list_on_its_side_may_have_a_row_for_each_region() -> None:
    document = _read(
        *TURNED, ["清溪县", "≥6公里", "100%", "≥260户", "≥90%"], ["白水县", "≥7公里", "98%", "≥20户", "≥95%"]
    )
    first, second = document["tables"]
    assert _list_indicators(first) == UPRIGHT
    assert [row["value"] for row in second["indicators"]] == ["≥7公里", "98%", "≥20户", "≥95%"]
    assert [table["organization"]["name"] for table in (first, second)] == ["清溪县", "白水县"]


def test_headings_one_below_another_without_targets_are_left_unread() -> None:
    document = _read(["项目名称", "渠道修复", LEFT, LEFT, LEFT], *TURNED)
    assert "indicators" not in document["tables"][0]
    assert {"渠道里程", "农户满意度"} <= set(_list_unread(document))


def test_both_levels_in_the_cells_of_a_column_whose_heading_may_mean_others() -> None:
    document = _read(
        ["指标类型", "指标名称", "指标值", "备注"],
        ["产出指标-数量指标", "渠道里程", "≥6公里", ""],
        ["效益指标-社会效益指标", "受益农户", "≥260户", ""],
    )
    assert _list_indicators(document["tables"][0]) == [UPRIGHT[0], UPRIGHT[2]]
    assert "column_inferred" in _list_codes(document)


def test_inputs_outputs_and_effects_with_numbered_goals() -> None:
    document = _read(
        ["绩效目标", "评价内容", LEFT, "绩效内容", LEFT, "参考标准", "绩效目标值"],
        [UP, "投入", "时效目标", "目标1", "完工时间", "计划", "12月底前"],
        [UP, "产出", "数量目标", "目标1", "渠道里程", "计划", "≥6公里"],
        [UP, UP, UP, "目标2", "更换闸门", "计划", "12座"],
        [UP, "效益", "社会效益目标", "目标1", "受益农户", "调查", "≥260户"],
    )
    table = document["tables"][0]
    assert _list_indicators(table) == [
        ("投入", "时效目标", "完工时间", "12月底前"),
        ("产出", "数量目标", "渠道里程", "≥6公里"),
        ("产出", "数量目标", "更换闸门", "12座"),
        ("效益", "社会效益目标", "受益农户", "≥260户"),
    ]
    assert [row["basis"] for row in table["indicators"]] == ["计划", "计划", "计划", "调查"]
    assert "goals" not in table
