"""Damaged tables: nothing is ever wrong in silence, and most rows are still read."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from damage import DAMAGES, ROW_DAMAGES, measure, read_blocks
from draw_tables import draw_document
from make_files import LEFT, UP, Blocks, make_grid
from sample_forms import SAMPLES, Sample

from perflint.reading.grid import Grid, Paragraph

HARMLESS = (
    "nothing",
    "spans_lost",
    "trailing_blanks_cut",
    "merges_filled_down",
    "blank_rows_between",
    "blank_row_added",
    "blank_column_last",
    "blank_column_first",
    "title_lost",
    "cell_a_line",
    "header_repeated",
    "header_broken_into_lines",
    "header_unknown",
)
# Share of rows, in percent, that must be right over all sample forms and over the drawn tables.
AT_LEAST = {
    "merges_taken_apart": (95, 100),
    "leading_blanks_cut": (90, 80),
    "all_blanks_dropped": (90, 75),
    "some_rows_moved_left": (90, 85),
    "split_by_a_page": (90, 95),
    "columns_reversed": (80, 95),
    "cell_a_line_without_row_marks": (60, 75),
    "bare_lines": (60, 75),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_no_row_of_a_sample_form_is_wrong_in_silence(name: str) -> None:
    found = {sample.name: measure(DAMAGES[name](sample.blocks, Random(5)), sample.tables).silent for sample in SAMPLES}
    assert {sample: rows for sample, rows in found.items() if rows} == {}


@pytest.mark.parametrize("name", DAMAGES)
def test_no_row_of_a_drawn_table_is_wrong_in_silence(name: str) -> None:
    found = {}
    for seed in range(20):
        blocks, table = draw_document(seed)
        found[seed] = measure(DAMAGES[name](blocks, Random(seed)), [table]).silent
    assert {seed: rows for seed, rows in found.items() if rows} == {}


@pytest.mark.parametrize("name", ROW_DAMAGES)
def test_damage_to_one_row_is_never_silent(name: str) -> None:
    damage = ROW_DAMAGES[name]
    found = {sample.name: measure(damage(sample.blocks, Random(7)), sample.tables).silent for sample in SAMPLES}
    for seed in range(8):
        blocks, table = draw_document(seed)
        found[f"drawn {seed}"] = measure(damage(blocks, Random(seed)), [table]).silent
    assert {where: rows for where, rows in found.items() if rows} == {}


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless_damage_costs_no_row(name: str) -> None:
    found = [measure(DAMAGES[name](sample.blocks, Random(5)), sample.tables) for sample in SAMPLES]
    assert [one.right for one in found] == [one.rows for one in found]


@pytest.mark.parametrize("name", AT_LEAST)
def test_most_rows_survive_damage(name: str) -> None:
    samples = [measure(DAMAGES[name](sample.blocks, Random(5)), sample.tables) for sample in SAMPLES]
    drawn = []
    for seed in range(20):
        blocks, table = draw_document(seed)
        drawn.append(measure(DAMAGES[name](blocks, Random(seed)), [table]))
    shares = tuple(sum(one.right for one in part) * 100 // sum(one.rows for one in part) for part in (samples, drawn))
    assert all(share >= wanted for share, wanted in zip(shares, AT_LEAST[name], strict=True)), shares


def test_displaced_row_is_reported_with_its_place() -> None:
    rows = [
        ["一级指标", "二级指标", "三级指标", "计算符号", "指标值", "度量单位"],
        ["产出指标", "数量指标", "养护里程", "≥", "5", "公里"],
        ["巡查次数", "≥", "4", "次", "", ""],
    ]
    blocks = DAMAGES["spans_lost"]([Paragraph(text="项目支出绩效目标表", origin=""), make_grid(rows)], Random(0))
    document = read_blocks(blocks)
    assert document["tables"][0]["indicators"][1] == {
        "level1": "产出指标",
        "level2": "数量指标",
        "name": "巡查次数",
        "comparator": "≥",
        "value": "4",
        "unit": "次",
    }
    assert [(one["code"], one["origin"]) for one in document["x-notices"]] == [("row_displaced", "G2R2C0")]


def test_name_copied_into_its_explanation_is_no_level_whatever_it_says() -> None:
    rows = [
        ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值"],
        ["产出指标", "数量指标", "维修面积", "维修面积", "≥400平方米"],
        ["成本指标", "项目成本", "项目成本", "20万元", ""],
    ]
    blocks = DAMAGES["spans_lost"]([Paragraph(text="项目支出绩效目标表", origin=""), make_grid(rows)], Random(0))
    assert read_blocks(blocks)["tables"][0]["indicators"][1] == {
        "level1": "产出指标",
        "level2": "成本指标",
        "name": "项目成本",
        "description": "项目成本",
        "value": "20万元",
    }


SPARSE = ["一级指标", "二级指标", "三级指标", "指标值", "指标值说明", "备注"]


def _read_lost(*rows: list[str]) -> dict[str, Any]:
    blocks: Blocks = [Paragraph(text="项目支出绩效目标表", origin=""), make_grid([SPARSE, *rows])]
    return read_blocks(DAMAGES["spans_lost"](blocks, Random(0)))


def test_straight_row_whose_name_may_be_its_value_is_doubtful() -> None:
    """满意度 is a level and a name: moved left by one, it stands where a level may stand, and its value as a name."""
    document = _read_lost(
        ["产出指标", "数量指标", "养护里程", "≥5公里", "按台账计算", ""],
        ["成本指标", "满意度", "持续提升", "控制在预算内", "暂定", ""],
    )
    assert ("row_doubtful", "G2R2C0") in {(one["code"], one["origin"]) for one in document["x-notices"]}


@pytest.mark.parametrize("label", ["联系电话", "单位", "项目名称", "项目负责人"])
@pytest.mark.parametrize("target", ["≥20次", "＝ 100%", "≤"])
def test_label_word_beside_a_target_is_the_name_of_an_indicator(label: str, target: str) -> None:
    document = _read_lost(
        ["产出指标", "数量指标", "养护里程", "≥5公里", "按台账计算", ""],
        ["", label, target, "按台账计算", "", ""],
    )
    (table,) = document["tables"]
    assert [row["name"] for row in table["indicators"]] == ["养护里程", label]
    assert table.keys() == {"id", "kind", "form", "title", "indicators"}


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(["", "", "", "整治户数", "≥5户", ""], id="right by one"),
        pytest.param(["", "", "", "≥5户", "按台账计算", ""], id="name lost"),
    ],
)
@pytest.mark.parametrize("spans", ["spans_lost", "merges_taken_apart"])
def test_row_with_a_target_and_without_a_name_is_told(row: list[str], spans: str) -> None:
    sound = ["产出指标", "数量指标", "养护里程", "≥5公里", "按台账计算", ""]
    blocks: Blocks = [Paragraph(text="项目支出绩效目标表", origin=""), make_grid([SPARSE, sound, row])]
    document = read_blocks(DAMAGES[spans](blocks, Random(0)))
    assert "G2R2C0" in {one["origin"] for one in document["x-notices"]}


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(["产出指标", "数量指标", "整治户数", "≥", "户", "10"], id="a unit for the target"),
        pytest.param(["产出指标", "数量指标", "整治户数", "良好", "", ""], id="a grade for the sign"),
        pytest.param(["产出指标", "数量指标", "整治户数", "", "", "≥10"], id="a target for the unit"),
        pytest.param(["产出指标", "数量指标", "整治户数", "≥", "10", "2026-12"], id="a date for the unit"),
    ],
)
def test_row_that_lost_a_cell_looks_displaced(row: list[str]) -> None:
    header = ["一级指标", "二级指标", "三级指标", "计算符号", "指标值", "计量单位"]
    sound = ["产出指标", "数量指标", "养护里程", "≥", "5", "公里"]
    blocks: Blocks = [Paragraph(text="项目支出绩效目标表", origin=""), make_grid([header, sound, row])]
    document = read_blocks(blocks)
    assert [one["code"] for one in document["x-notices"]] == ["row_displaced"]


WEIGHED = ["一级指标", "二级指标", "三级指标", "指标值", "分值"]
SOUND = [
    ["产出指标", "数量指标", "养护里程", "≥5公里", "20"],
    ["产出指标", "数量指标", "整治农户", "≥5户", "30"],
    ["产出指标", "质量指标", "验收合格率", "≥95%", "20"],
]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        pytest.param(["效益指标", "社会效益指标", "通行条件", "30", ""], "row_doubtful", id="target lost"),
        pytest.param(["效益指标", "社会效益指标", "明显改善", "30", ""], "row_doubtful", id="name lost"),
        pytest.param(["效益指标", "通行条件", "明显改善", "30", ""], "row_displaced", id="level lost"),
        pytest.param(
            ["效益指标", "社会效益指标", "通行条件", "改善", "明显"], "row_displaced", id="a text for a weight"
        ),
    ],
)
@pytest.mark.parametrize("spans", ["merges_taken_apart", "spans_lost"])
def test_row_without_the_weight_that_all_others_print_is_told(row: list[str], code: str, spans: str) -> None:
    blocks: Blocks = [Paragraph(text="项目支出绩效目标表", origin=""), make_grid([WEIGHED, *SOUND, row])]
    told = {one["code"] for one in read_blocks(DAMAGES[spans](blocks, Random(0)))["x-notices"]}
    assert code in told or spans == "spans_lost"
    assert told


@pytest.mark.parametrize("last", ["备注", "度量单位"])
def test_blank_remark_or_unit_of_one_row_is_nothing_to_tell(last: str) -> None:
    header = [*WEIGHED[:4], last]
    sound = [[*row[:4], "个"] for row in SOUND]
    rows = [*sound, ["效益指标", "社会效益指标", "通行条件", "明显改善", ""]]
    document = read_blocks([Paragraph(text="项目支出绩效目标表", origin=""), make_grid([header, *rows])])
    assert "x-notices" not in document


def test_level_without_an_indicator_lacks_nothing() -> None:
    rows = [
        WEIGHED,
        *SOUND,
        ["效益指标", "经济效益指标", "", "", ""],
        ["效益指标", "社会效益指标", "通行条件", "改善", "30"],
    ]
    document = read_blocks([Paragraph(text="项目支出绩效目标表", origin=""), make_grid(rows)])
    assert "x-notices" not in document


def test_levels_of_a_row_that_looks_displaced_are_doubtful_below_it() -> None:
    sound = ["产出指标", "数量指标", "养护里程", "≥5公里", "按台账计算", ""]
    left = ["质量指标", "验收合格率", "≥95%", "验收记录", "", ""]
    below = ["", "", "返工率", "≤3%", "验收记录", ""]
    blocks: Blocks = [Paragraph(text="项目支出绩效目标表", origin=""), make_grid([SPARSE, sound, left, below])]
    document = read_blocks(blocks)
    told = {(one["code"], one["origin"]) for one in document["x-notices"]}
    assert {("row_displaced", "G2R2C0"), ("level_doubtful", "G2R3C0")} <= told


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        pytest.param(
            ["产出指标", "数量指标", "村道养", "≥5公里", "按台账计算", ""], ["", "", "护里程", "", "", ""], id="name"
        ),
        pytest.param(
            ["产出指标", "数量指标", "养护里程", "≥5公里", "按台账", ""], ["", "", "", "", "计算", ""], id="note"
        ),
        pytest.param(
            ["产出指标", "数量指标", "项目支", "≥95", "问卷", ""], ["", "", "出", "%", "", ""], id="name and value"
        ),
    ],
)
@pytest.mark.parametrize("spans", ["spans_lost", "merges_taken_apart"])
def test_both_halves_of_a_row_torn_by_a_page_are_told(upper: list[str], lower: list[str], spans: str) -> None:
    sound = ["产出指标", "质量指标", "验收合格率", "≥95%", "验收记录", ""]
    blocks: Blocks = [Paragraph(text="项目支出绩效目标表", origin=""), make_grid([SPARSE, sound, upper, lower])]
    document = read_blocks(DAMAGES[spans](blocks, Random(0)))
    assert {"G2R2C0", "G2R3C0"} <= {one["origin"] for one in document["x-notices"] if one["code"] == "row_torn"}


def test_torn_level_is_told_and_doubtful_in_the_rows_below() -> None:
    rows = [
        ["满意度指标", "服务", "群众满意度", "≥95%", "问卷", ""],
        ["", "对象满意度指标", "", "", "", ""],
        ["", "", "干部职工满意度", "≥90%", "问卷", ""],
    ]
    blocks: Blocks = [Paragraph(text="项目支出绩效目标表", origin=""), make_grid([SPARSE, *rows])]
    document = read_blocks(DAMAGES["merges_taken_apart"](blocks, Random(0)))
    told = {(one["code"], one["origin"]) for one in document["x-notices"]}
    assert {("row_torn", "G2R1C0"), ("row_torn", "G2R2C0"), ("level_doubtful", "G2R3C0")} <= told


@pytest.mark.parametrize("text", ["第 2 页 共 3 页", "— 2 —", "- 2 -", "续表"])
@pytest.mark.parametrize("column", [0, 2])
@pytest.mark.parametrize("spans", ["spans_lost", "merges_taken_apart"])
def test_page_number_among_the_rows_is_no_indicator(text: str, column: int, spans: str) -> None:
    sound = ["产出指标", "数量指标", "养护里程", "≥5公里", "按台账计算", ""]
    page = ["", "", "", "", "", ""]
    page[column] = text
    below = ["", "", "整治户数", "≥5户", "按台账计算", ""]
    blocks: Blocks = [Paragraph(text="项目支出绩效目标表", origin=""), make_grid([SPARSE, sound, page, below])]
    document = read_blocks(DAMAGES[spans](blocks, Random(0)))
    (table,) = document["tables"]
    assert [(one["level2"], one["name"]) for one in table["indicators"]] == [
        ("数量指标", "养护里程"),
        ("数量指标", "整治户数"),
    ]
    assert document["unread"] == [{"text": text, "origin": f"G2R2C{column}"}]


def test_rows_below_a_lost_level_say_so() -> None:
    document = _read_lost(
        ["产出指标", "数量指标", "养护里程", "≥5公里", "按台账计算", ""],
        ["填表人：某某", "", "", "", "", ""],
        ["", "", "整治户数", "≥5户", "按台账计算", ""],
    )
    assert document["tables"][0]["indicators"][1]["level1"] is None
    assert ("level_missing", "G2R3C0") in {(one["code"], one["origin"]) for one in document["x-notices"]}


def test_printed_class_is_never_repaired() -> None:
    rows = [
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["效益指标", "质量指标", "验收合格率", "≥95%"],
        [UP, "社会效益指标", "村民认可", "≡90%"],
    ]
    document = read_blocks([Paragraph(text="项目支出绩效目标表", origin=""), make_grid(rows)])
    found = [(row["level1"], row["level2"], row["value"]) for row in document["tables"][0]["indicators"]]
    assert found == [("效益指标", "质量指标", "≥95%"), ("效益指标", "社会效益指标", "≡90%")]


def test_header_that_came_apart_is_said() -> None:
    rows = [
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "养护里程", "≥5公里"],
        ["指标值", "三级指标", "", ""],
    ]
    blocks = DAMAGES["spans_lost"]([Paragraph(text="项目支出绩效目标表", origin=""), make_grid(rows)], Random(0))
    document = read_blocks(blocks)
    assert len(document["tables"][0]["indicators"]) == 1
    assert "header_displaced" in {one["code"] for one in document["x-notices"]}


def test_merged_weight_counts_once() -> None:
    rows = [
        ["一级指标", "二级指标", "三级指标", "指标值", "权重"],
        ["产出指标", "数量指标", "养护里程", "≥5公里", "30"],
        [UP, UP, "养护次数", "≥4次", UP],
        ["填表人：某某", LEFT, LEFT, LEFT, LEFT],
    ]
    document = read_blocks([Paragraph(text="项目支出绩效目标表", origin=""), make_grid(rows)])
    assert [row["weight"] for row in document["tables"][0]["indicators"]] == ["30", None]
    assert "weight_merged" in {one["code"] for one in document["x-notices"]}


@pytest.mark.parametrize(
    ("signed", "told"),
    [
        ("填表人：某某　　联系电话：000", {"prepared_by": "某某", "phone": "000"}),
        ("填表人：某某", {"prepared_by": "某某"}),
    ],
)
def test_who_signs_is_no_indicator_where_the_cell_beside_the_list_reaches_too_far(
    signed: str, told: dict[str, str]
) -> None:
    rows = [
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        [UP, "产出指标", "数量指标", "养护里程", "≥5公里"],
        [UP, signed, LEFT, LEFT, LEFT],
    ]
    document = read_blocks([Paragraph(text="项目支出绩效目标表", origin=""), make_grid(rows)])
    [table] = document["tables"]
    assert [row["name"] for row in table["indicators"]] == ["养护里程"]
    assert table["sign_off"] == told


FULL_WIDTH = str.maketrans("0123456789%.", "０１２３４５６７８９％．")


def _widen(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _widen(item) for key, item in value.items()}
    return [_widen(item) for item in value] if isinstance(value, list) else value and value.translate(FULL_WIDTH)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_full_width_digits_are_kept_as_printed(sample: Sample) -> None:
    blocks = [
        replace(block, cells=tuple(replace(cell, text=cell.text.translate(FULL_WIDTH)) for cell in block.cells))
        if isinstance(block, Grid)
        else block
        for block in sample.blocks
    ]
    tables = [{"indicators": _widen(table.get("indicators", []))} for table in sample.tables]
    found = measure(blocks, tables)
    assert (found.right, found.wrong) == (found.rows, ())


def test_a_level_word_from_edge_to_edge_is_a_heading_and_no_torn_row() -> None:
    rows = [
        ["序号", "二级指标", "三级指标", "指标值", "单位", "指标解释"],
        ["一、产出指标", LEFT, LEFT, LEFT, LEFT, LEFT],
        ["1", "数量指标", "救助人数", "≥8600", "人", ""],
        ["二、效益指标", LEFT, LEFT, LEFT, LEFT, LEFT],
        ["2", "社会效益指标", "生活水平", "有所改善", "", ""],
    ]
    document = read_blocks([Paragraph(text="项目支出绩效目标表", origin=""), make_grid(rows)])
    assert [row["level1"] for row in document["tables"][0]["indicators"]] == ["一、产出指标", "二、效益指标"]
    assert "x-notices" not in document


def test_bars_in_a_cell_of_a_dump_are_read() -> None:
    bars = "|" * 100  # as many as keep a careless pattern busy for ever
    printed = (
        "一级指标 二级指标 三级指标 指标值 产出指标 数量指标 养护里程 ≥5公里 质量指标 合格率 ≥95% 效益指标 社会效益指标"
    )
    texts = [
        *printed.split(),
        bars,
        f"{bars} x y",
        "出行便利",
        "明显改善",
        "满意度指标",
        "服务对象满意度指标",
        "群众满意度",
        "≥90%",
    ]
    document = read_blocks([Paragraph(text=text, origin=f"第{at}行") for at, text in enumerate(texts, 1)])
    assert [row["name"] for row in document["tables"][0]["indicators"]][:2] == ["养护里程", "合格率"]
    assert f"{bars} x y" in str(document)
