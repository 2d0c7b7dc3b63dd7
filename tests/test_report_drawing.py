"""The tables as the form looks: all that is printed, each cell once, in the places an officer knows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from reporting import document, indicator, table

from perflint.document.loading import parse_document
from perflint.finding import DrawnBlock, DrawnCell, DrawnTable
from perflint.language import speaking
from perflint.report.drawing import draw_document

ROOT = Path(__file__).parent.parent
REAL = sorted([*ROOT.glob("examples/*.json"), *ROOT.glob("tests/data/clean/*.json")])
# What tells kinds of tables and rows apart and is printed nowhere, or only as a heading.
UNPRINTED = ("id", "kind", "form", "section")


def draw(*tables: dict[str, Any], **more: Any) -> tuple[DrawnTable, ...]:
    return draw_document(document(*tables, **more).data)


def blocks_of(made: dict[str, Any]) -> dict[str, DrawnBlock]:
    return {block.title: block for block in draw(made)[0].blocks}


def words(block: DrawnBlock) -> list[list[str]]:
    return [[cell.text for cell in row] for row in block.rows]


def cells_of(drawn: tuple[DrawnTable, ...]) -> list[DrawnCell]:
    return [cell for one in drawn for block in one.blocks for row in block.rows for cell in row]


def leaves(value: Any, pointer: str) -> Iterator[str]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if parts is None:
        yield pointer
        return
    for key, part in parts:
        is_own = str(key).startswith("x-") and "/budget/" not in pointer + "/"
        if not is_own and not (isinstance(value, dict) and key in UNPRINTED):
            yield from leaves(part, f"{pointer}/{key}")


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_everything_printed_is_drawn_once(path: Path) -> None:
    data = parse_document(path.read_bytes(), path=str(path)).data
    drawn = [pointer for cell in cells_of(draw_document(data)) for pointer in cell.pointers]
    assert len(drawn) == len(set(drawn))
    printed = {
        pointer for name in ("tables", "narrative", "unread") for pointer in leaves(data.get(name, []), f"/{name}")
    }
    # The title stands above the table; the time of a project's target and of a prior value in the head of its column.
    headings = {pointer for pointer in printed if pointer.endswith(("/title", "/scope"))}
    headings |= {pointer for pointer in printed if "/prior/" in pointer and pointer.endswith("/label")}
    assert printed - set(drawn) - headings == set()


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_rows_of_a_block_are_equally_wide(path: Path) -> None:
    for drawn in draw_document(parse_document(path.read_bytes(), path=str(path)).data):
        for block in drawn.blocks:
            assert len(set(widths_of(block))) == 1, (drawn.name, block.title)


def widths_of(block: DrawnBlock) -> list[int]:
    hanging = [0] * (len(block.rows) + max(cell.down for row in block.rows for cell in row))
    for index, row in enumerate(block.rows):
        for cell in row:
            for below in range(cell.down):
                hanging[index + below] += cell.across
    return hanging[: len(block.rows)]


def test_levels_share_a_cell_as_far_as_they_are_equal() -> None:
    rows = [
        indicator("甲"),
        indicator("乙"),
        indicator("丙", level2="质量指标"),
        indicator("丁", level1="效益指标", level2="质量指标"),
        indicator("戊", level1=None, level2=None),
        indicator("己", level1=None, level2=None),
    ]
    block = blocks_of(table(*rows))["指标"]
    here = "/tables/0/indicators"
    levels = [cell for row in block.rows[1:] for cell in row if cell.pointers[0].endswith(("level1", "level2"))]
    assert levels == [
        DrawnCell("产出指标", tuple(f"{here}/{row}/level1" for row in range(3)), down=3),
        DrawnCell("数量指标", tuple(f"{here}/{row}/level2" for row in range(2)), down=2),
        DrawnCell("质量指标", (f"{here}/2/level2",)),
        DrawnCell("效益指标", (f"{here}/3/level1",)),
        DrawnCell("质量指标", (f"{here}/3/level2",)),
        *(DrawnCell("", (f"{here}/{row}/{level}",)) for row in (4, 5) for level in ("level1", "level2")),
    ]


def test_indicators_of_each_time_have_their_block_and_prior_years_their_columns() -> None:
    prior = [{"label": "前年", "value": "90%"}, {"label": "上年", "value": None}]
    rows = [indicator("甲", section="long_term"), indicator("乙", section="annual", prior=prior)]
    blocks = blocks_of(table(*rows))
    assert [title for title in blocks if "指标" in title] == ["长期指标", "年度指标"]
    assert words(blocks["年度指标"]) == [
        ["一级指标", "二级指标", "三级指标", "前年", "上年", "计算符号", "指标值", "计量单位"],
        ["产出指标", "数量指标", "乙", "90%", "", "≥", "5", "次"],
    ]


def test_sources_and_uses_stand_side_by_side() -> None:
    budget = {
        "total": "100.00",
        "by_source": {"general_public_budget": "90", "x-loan": {"label": "债券", "amount": "10"}},
        "by_use": {"basic": "40"},
    }
    assert words(blocks_of(table(budget=budget))["预算情况"]) == [
        ["资金总额", "100.00"],
        ["按收入性质分", "按支出性质分"],
        ["一般公共预算", "90", "基本支出", "40"],
        ["债券", "10", ""],
    ]


def test_shares_and_prior_years_stand_in_the_line_of_their_amount() -> None:
    budget = {
        "total": "100",
        "by_use": {"basic": "40", "project": "60"},
        "shares": {"by_use": {"basic": "40%", "project": "60%"}},
        "history": [{"year": 2025, "total": "80", "by_use": {"basic": "80"}}],
    }
    assert words(blocks_of(table(budget=budget))["预算情况"]) == [
        ["项目", "当年金额", "占比", "2025"],
        ["资金总额", "100", "", "80"],
        ["基本支出", "40", "40%", "80"],
        ["项目支出", "60", "60%", ""],
    ]


def test_spending_closes_with_its_total_and_the_plan_is_one_line() -> None:
    spending = {
        "total": "12",
        "items": [
            {"category": "党建", "name": "宣传", "amount": "8", "basis": "8次*1万元"},
            {"category": "党建", "name": "培训", "amount": "4", "basis": "4次*1万元"},
        ],
    }
    plan = {"header_unit": "%", "points": [{"label": "3月底", "amount": None}, {"label": "6月底", "amount": "6"}]}
    blocks = blocks_of(table(spending=spending, payment_plan=plan))
    assert words(blocks["支出明细及测算说明"]) == [
        ["支出内容简介", "支出明细", "明细金额", "测算依据"],
        ["党建", "宣传", "8", "8次*1万元"],
        ["培训", "4", "4次*1万元"],
        ["支出明细合计", "12", ""],
    ]
    assert words(blocks["资金支出计划"]) == [["计划表头单位", "3月底", "6月底"], ["%", "", "6"]]


def test_tasks_close_with_their_total_below_the_amounts() -> None:
    tasks = [
        {
            "name": "道路",
            "content": "养护村道",
            "amount": "95",
            "by_source": {"fiscal_appropriation": "90", "other": "5"},
        },
        {"name": "水利", "content": "清淤", "amount": "5", "by_source": {"fiscal_appropriation": "5"}},
    ]
    assert words(blocks_of(table(tasks=tasks, tasks_total="100"))["年度主要任务"]) == [
        ["任务名称", "主要内容", "任务预算金额", "财政拨款", "其他资金"],
        ["道路", "养护村道", "95", "90", "5"],
        ["水利", "清淤", "5", "5", ""],
        ["任务金额合计", "100", ""],
    ]


def test_projects_have_a_column_for_each_of_their_targets() -> None:
    goals = [{"scope": "period", "text": "长远"}, {"scope": "annual", "text": "今年"}]
    projects = [{"name": "道路", "total": "95", "goals": goals}, {"name": "水利", "total": "5"}]
    assert words(blocks_of(table(projects=projects))["项目清单"]) == [
        ["项目名称", "项目总预算", "实施期", "年度"],
        ["道路", "95", "长远", "今年"],
        ["水利", "5", "", ""],
    ]


def test_text_keeps_its_lines_loses_its_markup_and_hides_personal_numbers() -> None:
    made = table(duties="<p>一、党建。</p> <p>二、\t民生。</p>\n三、其他<br/>完", sign_off={"phone": "13800000001"})
    blocks = blocks_of(made)
    assert words(blocks["部门职责"]) == [["一、党建。\n二、 民生。\n三、其他\n完"]]
    assert words(blocks["签批"]) == [["联系电话", "138******01"]]


def test_a_form_has_only_the_blocks_it_prints() -> None:
    assert [block.title for block in draw(table())[0].blocks] == []
    assert [block.title for block in draw(table(organization={"name": None}))[0].blocks] == ["表头"]


def test_prose_and_what_was_not_read_follow_the_tables() -> None:
    drawn = draw(table(), narrative=[{"heading": "一", "text": "说明"}], unread=[{"text": "余", "origin": "第9行"}])
    assert [(one.pointer, one.name) for one in drawn] == [
        ("/tables/0", "部门整体支出绩效目标表"),
        ("/narrative", "说明文字"),
        ("/unread", "未读内容"),
    ]
    assert [words(one.blocks[0]) for one in drawn[1:]] == [[["一", "说明"]], [["余", "第9行"]]]


def test_headings_are_in_the_language_in_force() -> None:
    with speaking("en"):
        assert words(blocks_of(table(budget={"total": "1"}))["budget"]) == [["total funds", "1"]]
