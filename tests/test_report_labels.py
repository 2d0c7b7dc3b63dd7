"""Labels: the form's own words for a place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reporting import document, indicator, table

from perflint.document.loading import parse_document
from perflint.finding import Cell
from perflint.language import speaking
from perflint.origin import say_origin
from perflint.report.labels import Labels
from perflint.report.place import Places
from perflint.report.printed import mask_personal
from perflint.report.row import Rows

ONE = document(
    table(
        indicator("危房改造", unit=None, prior=[{"label": "前年", "value": "≤5%"}]),
        indicator("", value="3"),
        indicator("群众满意度", section="long_term"),
        budget={
            "total": "1198.80",
            "by_use": {"basic": "1107.80", "x-reserve": {"label": "预备费", "amount": 3}},
            "history": [{"year": 2025, "by_use": {"basic": 3}}],
        },
        spending={"items": [{"category": "党建", "name": "宣传", "amount": 8}]},
        goals=[{"scope": "annual", "text": "…"}],
        payment_plan={"points": [{"label": "3月底", "amount": None}]},
    ),
    narrative=[{"heading": "[bookmark: _Toc_2]一、总体绩效目标", "text": "…"}],
).data


@pytest.mark.parametrize(
    ("pointer", "zh", "en"),
    [
        (
            "/tables/0/indicators/0/unit",
            "产出指标 / 数量指标 / 危房改造 · 计量单位",
            "产出指标 / 数量指标 / 危房改造 · unit of measure",
        ),
        ("/tables/0/indicators/0", "产出指标 / 数量指标 / 危房改造", "产出指标 / 数量指标 / 危房改造"),
        (
            "/tables/0/indicators/1/name",
            "产出指标 / 数量指标 / 第2行 · 三级指标",
            "产出指标 / 数量指标 / row 2 · third-level indicator",
        ),
        (
            "/tables/0/indicators/2",
            "长期 / 产出指标 / 数量指标 / 群众满意度",
            "long-term / 产出指标 / 数量指标 / 群众满意度",
        ),
        (
            "/tables/0/indicators/0/prior/0/value",
            "产出指标 / 数量指标 / 危房改造 / 近两年指标值 / 前年 · 往年值",
            "产出指标 / 数量指标 / 危房改造 / prior values / 前年 · prior value",
        ),
        ("/tables/0/budget/total", "资金总额", "total funds"),
        ("/tables/0/budget/by_use/basic", "基本支出", "basic expenditure"),
        ("/tables/0/budget/by_use/x-reserve/amount", "预备费", "预备费"),
        (
            "/tables/0/budget/history/0/by_use/basic",
            "往年收支 / 2025 · 基本支出",
            "prior years / 2025 · basic expenditure",
        ),
        (
            "/tables/0/spending/items/0/amount",
            "支出明细 / 党建 / 宣传 · 明细金额",
            "spending items / 党建 / 宣传 · item amount",
        ),
        ("/tables/0/goals/0/text", "绩效目标 / 年度 · 目标内容", "performance targets / annual · target text"),
        (
            "/tables/0/payment_plan/points/0/amount",
            "支出计划节点 / 3月底 · 计划数",
            "payment plan points / 3月底 · planned figure",
        ),
        ("/tables/0", "部门整体支出绩效目标表", "部门整体支出绩效目标表"),
        ("/narrative/0/text", "说明文字 / 一、总体绩效目标 · 正文", "narrative / 一、总体绩效目标 · text"),
        ("", "整份文档", "whole document"),
        ("/fiscal_year", "文档年度", "fiscal year of the document"),
    ],
)
def test_a_place_is_named_in_the_words_of_the_form(pointer: str, zh: str, en: str) -> None:
    assert Labels(Places(ONE)).describe(pointer) == zh
    with speaking("en"):
        assert Labels(Places(ONE)).describe(pointer) == en


def test_several_tables_are_named_in_front() -> None:
    data = document(table(indicator("甲")), table(indicator("乙"), project={"name": "农村道路"})).data
    assert (
        Labels(Places(data)).describe("/tables/1/indicators/0/unit") == "农村道路 / 产出指标 / 数量指标 / 乙 · 计量单位"
    )
    assert Labels(Places(data)).describe("/tables/0/budget/total") == "部门整体支出绩效目标表 · 资金总额"


@pytest.mark.parametrize(
    ("name", "zh"),
    [("overall", "表1"), ("project-2", "表1"), ("self-evaluation-12", "表1"), ("绩效-2", "绩效-2"), ("T-7", "T-7")],
)
def test_an_id_that_only_says_the_kind_is_no_name(name: str, zh: str) -> None:
    labels = Labels(Places({"tables": [{"id": name, "kind": "overall"}]}))
    with speaking("zh"):
        assert labels.name_table(0) == zh
        assert labels.describe("/tables/0") == zh


def test_tables_that_share_a_name_are_numbered() -> None:
    data = document(table(), table(), {"kind": "project"}).data
    assert [Labels(Places(data)).name_table(index) for index in range(3)] == [
        "表1 部门整体支出绩效目标表",
        "表2 部门整体支出绩效目标表",
        "表3",
    ]


def test_order_is_that_of_the_form_not_of_the_keys() -> None:
    pointers = [
        "/tables/0/indicators/10",
        "/tables/0/indicators/9/unit",
        "/tables/0/indicators/9/name",
        "/tables/0/budget/total",
        "",
    ]
    places = Places(document(table(*[indicator("甲")] * 11)).data)
    assert sorted(pointers, key=lambda pointer: places.walk(pointer).order) == [
        "",
        "/tables/0/budget/total",
        "/tables/0/indicators/9/name",
        "/tables/0/indicators/9/unit",
        "/tables/0/indicators/10",
    ]


def test_a_row_shows_its_columns_and_marks_the_cell() -> None:
    assert Rows(Places(ONE)).build("/tables/0/indicators/0/unit", ()) == (
        Cell(title="一级指标", text="产出指标", field="level1"),
        Cell(title="二级指标", text="数量指标", field="level2"),
        Cell(title="三级指标", text="危房改造", field="name"),
        Cell(title="计算符号", text="≥", field="comparator"),
        Cell(title="指标值", text="5", field="value"),
        Cell(title="计量单位", text="", marked=True, field="unit"),
    )


def test_a_cell_outside_the_usual_columns_joins_the_row() -> None:
    data = document(table(indicator("甲", explanation="每季度一次", weight=10))).data
    row = Rows(Places(data)).build("/tables/0/indicators/0/explanation", ["/tables/0/indicators/0/weight"])
    assert row[-2:] == (
        Cell(title="指标解释", text="每季度一次", marked=True, field="explanation"),
        Cell(title="权重", text="10", field="weight"),
    )


def test_codes_of_the_document_are_shown_in_words() -> None:
    rows = Rows(
        Places(document(table(indicator("甲", section="long_term"), kind="overall", goals=[{"text": "…"}])).data)
    )
    goal = Rows(Places(ONE)).build("/tables/0/goals/0/text", ())
    assert [(cell.title, cell.text) for cell in goal] == [("目标期间", "年度"), ("目标内容", "…")]
    row = rows.build("/tables/0/indicators/0/value", ["/tables/0/indicators/0/section"])
    assert (row[-1].title, row[-1].text) == ("指标期间", "长期")
    with speaking("en"):
        [kind] = Rows(Places(ONE)).build("/tables/0/kind", ())
        assert (kind.title, kind.text) == ("kind of table", "whole department")


def test_outside_rows_the_cells_compared_are_shown() -> None:
    assert Rows(Places(ONE)).build(
        "/tables/0/budget/total", ["/tables/0/budget/by_use/basic", "/tables/0/indicators/0/value"]
    ) == (
        Cell(title="资金总额", text="1198.80", marked=True, field="total"),
        Cell(title="基本支出", text="1107.80", field="basic"),
    )


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("第19行", "line 19"),
        ("表1 第3行第2列", "table 1, row 3, column 2"),
        (
            "表1 第3行第2列内 表2 第1行第1列（隐藏文字）",
            "table 1, row 3, column 2, inside it, table 2, row 1, column 1, hidden text",
        ),
        ("第4页 表2 第10行第1列", "page 4, table 2, row 10, column 1"),
        ("第5段的文本框", "paragraph 5, text box"),
        ("Sheet1!B4", "Sheet1!B4"),
        ("表1!B4（合并单元格下的文字）", "表1!B4（合并单元格下的文字）"),
        ("第一季度", "第一季度"),
    ],
)
def test_the_place_in_the_original_is_told_in_the_language_of_the_report(zh: str, en: str) -> None:
    assert say_origin(zh) == zh
    with speaking("en"):
        assert say_origin(zh) == en


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("联系电话13800000000", "联系电话138******00"),
        ("0731-12345678", "073********78"),
        ("43021219900101001X", "430*************1X"),
        ("总额12345678901.00元", "总额12345678901.00元"),
        ("1198.80", "1198.80"),
        ("11500113009308618J", "11500113009308618J"),
    ],
)
def test_personal_numbers_are_not_repeated(text: str, masked: str) -> None:
    assert mask_personal(text) == masked


EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.json"))


def pointers_of(value: Any, here: str = "") -> Iterator[str]:
    yield here
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from pointers_of(child, f"{here}/{key}")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_place_of_a_real_document_has_a_label_of_its_own_kind(path: Path) -> None:
    data = parse_document(path.read_bytes()).data
    labels = Labels(Places(data))
    for pointer in pointers_of(data["tables"], "/tables"):
        label = labels.describe(pointer)
        assert label.strip(" ·/")
        assert "\n" not in label
        row = Rows(Places(data)).build(pointer, ())
        assert sum(cell.marked for cell in row) <= 1
        assert all(len(cell.text) <= 60 for cell in row)
    named = [labels.name_table(index) for index in range(len(data["tables"]))]
    assert len(set(named)) == len(named)


@given(st.lists(st.sampled_from(["tables", "0", "7", "indicators", "budget", "x-a", "no", "é~1", ""]), max_size=7))
def test_a_place_that_does_not_exist_has_a_label_too(tokens: list[str]) -> None:
    pointer = "".join(f"/{token}" for token in tokens)
    assert Labels(Places(ONE)).describe(pointer) or tokens
    assert isinstance(Rows(Places(ONE)).build(pointer, (pointer,)), tuple)
    assert Places(ONE).walk(pointer).order == Places(ONE).walk(pointer).order


def test_a_cell_that_the_form_lacks_is_not_called_blank() -> None:
    data = document(table({"name": "环卫工人", "value": "66个"})).data
    row = Rows(Places(data)).build("/tables/0/indicators/0/unit", ())
    assert [(cell.title, cell.text, cell.marked) for cell in row] == [
        ("三级指标", "环卫工人", False),
        ("指标值", "66个", False),
        ("计量单位", "（表上无此格）", True),
    ]
