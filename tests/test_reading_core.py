"""The parts of reading: folding, alignment, headers, labels, forms, ledger, explanation."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from damage import DAMAGES, read_blocks
from make_files import LEFT, UP, make_grid, write_html

from perflint.errors import DocumentError, PackError
from perflint.reading import explain, read
from perflint.reading.cell.fold import fold, fold_label, fold_level, list_brackets, list_keys
from perflint.reading.form.inline import split_inline
from perflint.reading.form.load import find_form, load_forms
from perflint.reading.grid import Cell, Grid, Paragraph, Source
from perflint.reading.header.column import Column
from perflint.reading.layout.titles import find_year, is_title, read_bare_year
from perflint.reading.ledger import Ledger, Place
from perflint.reading.line import build_lines
from perflint.reading.row.align import Piece, align
from perflint.reading.row.weigh import Scale

pytestmark = pytest.mark.usefixtures("english")

BASE = find_form(load_forms(), "base")
WORDS = BASE.level_words
TITLE = Paragraph(text="项目支出绩效目标表", origin="")


def test_folding_compares_what_forms_spell_differently() -> None:
    assert fold("指 标 值（解释）：") == "指标值解释"
    assert fold_label("（一）其中：财政 拨款") == "财政拨款"
    assert fold_level("核心业务 产出 4") == fold_level("核心业务产出1") == "核心业务产出"
    assert fold_level("产出指标（50分）") == fold_level("产出") == "产出"
    assert list_brackets("资金支出计划（%）") == ("%",)
    assert "支出方向" in list_keys("支出方向      （子项）")


COLUMNS = tuple(
    Column(field, at, at + 1, field)
    for at, field in enumerate(("level1", "level2", "name", "comparator", "value", "unit", "explanation", "remark"))
)


@pytest.mark.parametrize(
    ("texts", "places"),
    [
        (["产出指标", "数量指标", "巡查", "≥", "4", "次", "每季度"], [0, 1, 2, 3, 4, 5, 6]),
        (["", "", "巡查", "≥", "4", "次", "每季度"], [2, 3, 4, 5, 6]),
        (["巡查", "≥", "4", "次", "每季度"], [2, 3, 4, 5, 6]),
        (["巡查", "≥", "", "", "95%", "%", "每季度查一次"], [2, 3, 4, 5, 6]),
        (["时效指标", "", "完成时间", "≤", "12", "月", "按时"], [1, 2, 3, 4, 5, 6]),
        (["", "合计", "=", "45", "公里"], [2, 3, 4, 5]),
    ],
)
def test_alignment_finds_the_columns_of_a_displaced_row(texts: list[str], places: list[int]) -> None:
    pieces = [Piece(text, at) for at, text in enumerate(texts) if text]
    assert list(align(pieces, COLUMNS, Scale(WORDS)).places) == places


def test_alignment_says_when_a_row_fits_two_ways() -> None:
    columns = tuple(
        Column(field, at, at + 1, field) for at, field in enumerate(("level1", "name", "scoring", "explanation"))
    )
    fit = align([Piece("巡查", 0), Piece("每季度查一次", 1)], columns, Scale(WORDS))
    assert (fit.moved, fit.doubtful) == (True, True)


def test_signs_decide_what_a_column_of_two_meanings_holds() -> None:
    def build(cells: list[str]) -> dict[str, object]:
        head = ["一级指标", "二级指标", "三级指标", "指标性质", "指标值"]
        rows = [["产出指标", "数量指标", f"巡查{at}", cell, "4次"] for at, cell in enumerate(cells)]
        row: dict[str, object] = read_blocks([TITLE, make_grid([head, *rows])])["tables"][0]["indicators"][0]
        return row

    assert build(["≥", "＝", "≤", "定性"])["comparator"] == "≥"
    assert build(["定量", "定性", "定量"])["category"] == "定量"
    mixed = build(["≥", "关键", "一般"])
    assert {"comparator", "category"} & mixed.keys() == set()


def test_second_column_of_one_meaning_is_said_and_not_read() -> None:
    head = ["一级指标", "二级指标", "三级指标", "指标值", "备注", "备注"]
    row = ["产出指标", "数量指标", "巡查", "4次", "甲", "乙"]
    document = read_blocks([TITLE, make_grid([head, row])])
    assert document["tables"][0]["indicators"][0]["remark"] == "甲"
    assert [one["text"] for one in document["unread"]] == ["乙"]
    assert "column_doubled" in {one["code"] for one in document["x-notices"]}


def test_cost_may_be_a_first_or_a_second_level() -> None:
    head = ["一级指标", "二级指标", "三级指标", "指标值"]
    rows = [["产出指标", "成本指标", "人工费", "≤5万元"], ["成本指标", "经济成本指标", "总费用", "≤9万元"]]
    found = read_blocks([TITLE, make_grid([head, *rows])])["tables"][0]["indicators"]
    assert [(row["level1"], row["level2"]) for row in found] == [("产出指标", "成本指标"), ("成本指标", "经济成本指标")]


def test_amount_unit_is_a_label_and_amount_a_column() -> None:
    grid = make_grid(
        [
            ["金额单位：万元", LEFT, LEFT],
            ["支出明细", "金额", "测算依据"],
            ["人工费", "20", "10人*2万元"],
            ["合计", "20", ""],
        ]
    )
    table = read_blocks([TITLE, grid])["tables"][0]
    assert table["currency_unit"] == "万元"
    assert table["spending"] == {
        "items": [{"name": "人工费", "amount": "20", "basis": "10人*2万元"}],
        "total": "20",
    }


def test_numbered_prefix_is_taken_off_with_a_note() -> None:
    grid = make_grid(
        [["一级指标", "二级指标", "三级指标", "指标值"], ["产出指标", "数量指标", "指标1：巡查次数", "4次"]]
    )
    document = read_blocks([TITLE, grid])
    assert document["tables"][0]["indicators"][0]["name"] == "巡查次数"
    assert [one["code"] for one in document["x-notices"]] == ["prefix_removed"]


def test_header_over_two_columns_joins_the_cells() -> None:
    grid = make_grid(
        [["一级指标", "二级指标", "三级指标", "指标值", LEFT], ["产出指标", "数量指标", "巡查次数", "≥", "4次"]]
    )
    document = read_blocks([TITLE, grid])
    assert document["tables"][0]["indicators"][0]["value"] == "≥4次"
    assert [one["code"] for one in document["x-notices"]] == ["cells_joined"]


def test_unknown_header_is_said_and_its_cells_are_kept() -> None:
    grid = make_grid(
        [["一级指标", "二级指标", "三级指标", "指标值", "牵头人"], ["产出指标", "数量指标", "巡查次数", "4次", "河长"]]
    )
    document = read_blocks([TITLE, grid])
    assert document["tables"][0]["indicators"][0]["value"] == "4次"
    assert document["unread"] == [{"text": "河长", "origin": "G2R1C4"}]
    assert [one["code"] for one in document["x-notices"]] == ["header_unknown"]


def test_hidden_cells_are_read_and_marked() -> None:
    grid = make_grid([["一级指标", "二级指标", "三级指标", "指标值"], ["产出指标", "数量指标", "巡查次数", "4次"]])
    cells = tuple(
        Cell(text=cell.text, row=cell.row, column=cell.column, origin="", hidden=cell.row == 1) for cell in grid.cells
    )
    document = read_blocks([TITLE, Grid(cells=cells, rows=2, columns=4, origin="")])
    assert document["tables"][0]["indicators"][0]["name"] == "巡查次数"
    assert {one["code"] for one in document["x-notices"]} == {"hidden"}


def test_second_value_for_one_place_is_kept_as_unread() -> None:
    grid = make_grid([["项目名称", "修路"], ["资金总额", "10"], ["预算总额", "12"]])
    document = read_blocks([TITLE, grid])
    assert document["tables"][0]["budget"]["total"] == "10"
    assert [one["text"] for one in document["unread"]] == ["12"]
    assert [one["code"] for one in document["x-notices"]] == ["value_conflict"]


def test_a_value_that_no_field_is_for_keeps_its_label() -> None:
    grid = make_grid(
        [
            ["附件3", "", "", ""],
            ["项目名称", "修路", "主管部门及代码", "601-某县交通局"],
            ["年度资金总额", "12", "", ""],
        ]
    )
    document = read_blocks([TITLE, grid])
    assert document["unread"] == [
        {"text": "附件3", "origin": "G2R0C0", "label": "附件"},
        {"text": "601-某县交通局", "origin": "G2R1C3", "label": "主管部门及代码"},
    ]


def test_a_figure_beside_a_label_without_a_field_is_not_known() -> None:
    document = read_blocks([TITLE, make_grid([["项目名称", "修路"], ["主管部门", "120"]])])
    assert document["unread"] == [{"text": "120", "origin": "G2R1C1"}]


def test_a_cover_is_no_table_and_says_whose_the_document_is() -> None:
    cover = make_grid([["", ""], ["", "某县2026年部门预算项目绩效目标"], ["", ""], ["", "单位（盖章）：某县水利局"]])
    target = make_grid([["项目名称", "修渠"], ["实施单位", "某县河道管理所"], ["年度资金总额", "12"]])
    document = read_blocks([cover, TITLE, target])
    assert [table["project"]["name"] for table in document["tables"]] == ["修渠"]
    assert (document["organization"], document["fiscal_year"]) == ({"name": "某县水利局"}, 2026)
    assert document["narrative"] == [{"heading": "某县2026年部门预算项目绩效目标", "text": "单位（盖章）：某县水利局"}]


def test_labels_before_the_first_table_say_whose_the_document_is() -> None:
    target = make_grid([["项目名称", "修渠"], ["年度资金总额", "12"]])
    cover = [Paragraph(text=text, origin="") for text in ("2026年部门预算", "部门名称（盖章）：某县水利局")]
    assert read_blocks([*cover, TITLE, target])["organization"] == {"name": "某县水利局"}


def test_the_sum_of_the_year_takes_the_place_of_that_of_the_project_and_is_told() -> None:
    grid = make_grid([["项目名称", "修路"], ["项目总金额", "30"], ["年度资金总额", "12"], ["资金总额", "30"]])
    document = read_blocks([TITLE, grid])
    assert document["tables"][0]["budget"]["total"] == "12"
    assert [one["text"] for one in document["unread"]] == ["30", "30"]
    assert [one["code"] for one in document["x-notices"]] == ["year_preferred", "value_conflict"]


def test_tables_of_accounts_are_told_and_not_read() -> None:
    accounts = make_grid([["项目", "预算数"], ["一般公共预算拨款", "350"], ["本年收入合计", "350"]])
    target = make_grid([["项目名称", "修路"], ["年度资金总额", "10"], ["年度目标", "修好村道。"]])
    heading = Paragraph(text="表1 收支总表", origin="")
    document = read_blocks([heading, accounts, TITLE, target, heading, accounts])
    assert [table["budget"] for table in document["tables"]] == [{"total": "10"}]
    assert [one["code"] for one in document["x-notices"]] == ["table_foreign", "table_foreign"]
    assert len(document["unread"]) == 2 * len(accounts.cells)


def test_sums_of_the_whole_period_are_not_the_sums_of_the_year() -> None:
    grid = make_grid(
        [
            ["项目名称", "修路", LEFT, LEFT, LEFT],
            ["项目资金（万元）", "实施期资金总额：", "30", "年度资金总额：", "10"],
            [UP, "其中：财政拨款", "30", "其中：财政拨款", "10"],
        ]
    )
    table = read_blocks([TITLE, grid])["tables"][0]
    assert table["budget"] == {"total": "10", "by_source": {"fiscal_appropriation": "10"}}


def test_sums_of_the_whole_period_are_told_apart_where_merged_cells_are_lost() -> None:
    grid = make_grid(
        [
            ["项目名称", "修路", LEFT, LEFT, LEFT],
            ["项目资金（万元）", "实施期资金总额：", "30", "年度资金总额：", "10"],
            [UP, "其中：财政拨款", "25", "其中：财政拨款", "8"],
            [UP, "其他资金", "5", "其他资金", "2"],
        ]
    )
    table = read_blocks(DAMAGES["all_blanks_dropped"]([TITLE, grid], Random(0)))["tables"][0]
    assert table["budget"] == {"total": "10", "by_source": {"fiscal_appropriation": "8", "other": "2"}}


def test_a_sum_of_the_period_is_that_of_the_table_unless_the_year_has_one() -> None:
    period = [
        ["资金金额（万元）", "实施期金额：", "36"],
        [UP, "其中：中央补助", "28"],
        [UP, "地方资金", "8"],
    ]
    year = [[UP, "年度金额：", "10"], [UP, "其中：中央补助", "7"], [UP, "地方资金", "3"]]
    for rows, total, parts in ((period, "36", ["28", "8"]), ([*period, *year], "10", ["7", "3"])):
        document = read_blocks([TITLE, make_grid([["项目名称", "修路", LEFT], *rows])])
        budget = document["tables"][0]["budget"]
        assert budget["total"] == total
        assert [line["amount"] for line in budget["by_source"].values()] == parts
        assert [one["text"] for one in document.get("unread", [])] == (["36", "28", "8"] if total == "10" else [])


def test_blank_cell_is_null_and_missing_cell_is_absent() -> None:
    table = read_blocks([TITLE, make_grid([["部门名称", ""], ["项目名称", "修路"]])])["tables"][0]
    assert table["organization"] == {"name": None}
    assert "code" not in table["project"]


def test_repeated_header_after_a_page_is_a_header() -> None:
    head = ["一级指标", "二级指标", "三级指标", "指标值"]
    first = make_grid([head, ["产出指标", "数量指标", "巡查次数", "4次"]])
    second = make_grid([head, ["", "质量指标", "合格率", "95%"]])
    document = read_blocks([TITLE, first, second])
    found = [(row["level1"], row["level2"], row["name"]) for row in document["tables"][0]["indicators"]]
    assert found == [("产出指标", "数量指标", "巡查次数"), ("产出指标", "质量指标", "合格率")]


def test_labels_of_one_paragraph_are_told_apart() -> None:
    inline = split_inline("填报日期：2025 年 11 月 17 日单位：万元", BASE)
    assert [(pair.labels[0].field, pair.value) for pair in inline.pairs] == [
        ("filed_on", "2025 年 11 月 17 日"),
        ("organization.name", "万元"),
    ]
    assert split_inline("主管单位：某局", BASE).pairs == ()


@pytest.mark.parametrize(
    "text", ["2026年部门整体支出绩效目标表", "## 某镇项目支出绩效目标申报表", "部门整体绩效目标", "绩效自评表"]
)
def test_titles(text: str) -> None:
    assert is_title(text, BASE)


@pytest.mark.parametrize(
    "text", ["绩效目标：完成任务。", "2023年部门整体支出绩效目标表编报说明", "三、年度绩效指标", "一级指标"]
)
def test_what_is_no_title(text: str) -> None:
    assert not is_title(text, BASE)


def test_years() -> None:
    assert read_bare_year("（2026）年度") == read_bare_year("（2026年度）") == 2026
    assert find_year("2024年区级专项") == 2024
    assert find_year("2023年和2024年") is None


def test_ledger_refuses_a_second_place_and_a_lost_cell() -> None:
    grid = make_grid([["甲", "乙"]])
    source = Source(file="x", media_type="", sha256="", blocks=(grid,))
    lines = build_lines(source)
    ledger = Ledger(lines)
    ledger.put(lines[0].slots[0], Place.FIELD)
    with pytest.raises(DocumentError, match="read twice"):
        ledger.put(lines[0].slots[0], Place.HEADER)
    with pytest.raises(DocumentError, match="1 cells were lost"):
        ledger.close()


def test_county_form_of_a_few_lines_reads_an_unknown_header(tmp_path: Path) -> None:
    grid = make_grid(
        [
            ["一级指标", "二级指标", "三级指标", "年度任务值", "牵头人"],
            ["产出指标", "数量指标", "巡查次数", "很多次", "河长"],
        ]
    )
    path = write_html([TITLE, grid], tmp_path / "table.html")
    said = explain(path)
    assert "年度任务值 → unknown" in said
    assert "value: [年度任务值]" in said
    form = tmp_path / "county.yaml"
    form.write_text(
        "perflint: form/1\nform:\n  id: county\n  extends: standard-project\n  match: {headers: [年度任务值, 牵头人]}\n"
        "headers:\n  value: [年度任务值]\n  remark: [牵头人]\n",
        encoding="utf-8",
    )
    table = read(path, forms=[form]).data["tables"][0]
    assert table["form"] == "county"
    assert table["indicators"] == [
        {"level1": "产出指标", "level2": "数量指标", "name": "巡查次数", "value": "很多次", "remark": "河长"}
    ]


@pytest.mark.parametrize(
    "text", ["1" * 20_000 + "x", "一" * 20_000 + "x", " " * 20_000 + "x", "1" + " " * 20_000 + "x"]
)
def test_a_cell_of_many_thousand_characters_is_kept_as_it_is_printed(text: str) -> None:
    grid = make_grid([["一级指标", "二级指标", "三级指标", "指标值"], ["产出指标", "数量指标", text, "5公里"]])
    document = read_blocks([TITLE, grid, Paragraph(text=text, origin="")])
    assert [row["name"] for row in document["tables"][0]["indicators"]] == [text]


def _write_county_form(folder: Path, text: str) -> Path:
    path = folder / "county.yaml"
    match = "{labels: [三级指标], headers: [一级指标, 二级指标, 三级指标, 指标值]}"
    head = f"perflint: form/1\nform: {{id: county, extends: base, match: {match}}}\n"
    path.write_text(head + text, encoding="utf-8")
    return path


def test_a_county_names_its_classes_of_indicators(tmp_path: Path) -> None:
    rows = [
        ["一级指标", "二级指标", "三级指标", "指标类型", "指标值"],
        *([["产出指标", "数量指标", "修路", "民生类", "5"]] * 2),
    ]
    path = write_html([TITLE, make_grid(rows)], tmp_path / "table.html")
    form = _write_county_form(tmp_path, "cell_words: {category: [民生类]}\n")
    before, after = read(path).data, read(path, forms=[form]).data
    assert [row.get("category") for row in before["tables"][0]["indicators"]] == [None, None]
    assert [row.get("category") for row in after["tables"][0]["indicators"]] == ["民生类", "民生类"]


def test_a_county_names_its_tables_of_accounts(tmp_path: Path) -> None:
    accounts = make_grid([["项目名称", "年度资金总额"], ["修路", "50"]])
    path = write_html([Paragraph(text="部门资金安排总表", origin=""), accounts], tmp_path / "table.html")
    form = _write_county_form(tmp_path, "account_words: [资金安排]\n")
    assert [one["code"] for one in read(path, forms=[form]).data["x-notices"]] == ["table_foreign"]
    assert "x-notices" not in read(path).data


def test_a_county_names_its_kinds_of_tables(tmp_path: Path) -> None:
    grid = make_grid([["一级指标", "二级指标", "三级指标", "指标值"], ["产出指标", "数量指标", "修路", "5公里"]])
    path = write_html([Paragraph(text="片区绩效目标表", origin=""), grid], tmp_path / "table.html")
    form = _write_county_form(tmp_path, "kind_words: {regional: [片区]}\n")
    kinds = [read(path, forms=forms).data["tables"][0]["kind"] for forms in ((), (form,))]
    assert kinds == ["project", "regional"]


def test_header_of_unknown_words_is_settled_by_what_stands_below_and_said() -> None:
    grid = make_grid(
        [
            ["类别", "子类", "考核事项", "比较", "任务数", "计数", "口径"],
            ["产出指标", "数量指标", "巡查次数", "≥", "4", "次", "台账"],
            ["产出指标", "质量指标", "记录完整率", "≥", "95", "%", "台账"],
            ["效益指标", "社会效益指标", "治安", "定性", "良好", "", "走访"],
        ]
    )
    document = read_blocks([TITLE, grid])
    assert document["tables"][0]["indicators"][1] == {
        "level1": "产出指标",
        "level2": "质量指标",
        "name": "记录完整率",
        "comparator": "≥",
        "value": "95",
        "unit": "%",
    }
    assert [one["text"] for one in document["unread"]] == ["台账", "台账", "走访"]
    assert [one["code"] for one in document["x-notices"]].count("column_inferred") == 6


def test_total_row_is_no_indicator() -> None:
    grid = make_grid(
        [
            ["一级指标", "二级指标", "三级指标", "指标值", "权重"],
            ["产出指标", "数量指标", "合计", "4次", "90"],
            ["合计", LEFT, LEFT, LEFT, "90"],
        ]
    )
    document = read_blocks([TITLE, grid])
    assert [row["name"] for row in document["tables"][0]["indicators"]] == ["合计"]
    assert [one["text"] for one in document["unread"]] == ["合计", "90"]


def test_long_term_and_annual_columns_share_the_levels() -> None:
    grid = make_grid(
        [
            ["绩效目标", "长期目标", LEFT, LEFT, LEFT, "年度目标", LEFT],
            ["绩效指标", "一级指标", "二级指标", "指标内容", "指标值", "指标内容", "指标值"],
            [UP, "产出指标", "数量指标", "加固坝体", "300米", "加固坝体", "120米"],
        ]
    )
    rows = read_blocks([TITLE, grid])["tables"][0]["indicators"]
    assert [(row["section"], row["level1"], row["name"], row["value"]) for row in rows] == [
        ("long_term", "产出指标", "加固坝体", "300米"),
        ("annual", "产出指标", "加固坝体", "120米"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rules: []\n", "not a form"),
        ("perflint: form/1\nform: {id: a}\nheader: {}\n", "3:1: unknown key 'header'"),
        ("perflint: form/1\nform: {id: a, extends: base}\nheaders: {nmae: [事项]}\n", "unknown key 'nmae'.*mean name"),
        ("perflint: form/1\nform: {id: a, extends: base}\nheaders: {name: 事项}\n", "'name' must be a list"),
        (
            "perflint: form/1\nform: {id: a, extends: base}\nlabels: [{field: budget.totl, names: [总额]}]\n",
            "budget.total",
        ),
        ("perflint: form/1\nform: {id: a}\nheaders: {name: [事项]}\n", "'extends' is missing.*extends: base"),
        ("perflint: form/1\nform: {id: a, extends: b}\n", "extends the unknown form b"),
        ("perflint: form/1\nform: {id: a, extends: a}\n", "extends itself"),
        ("perflint: form/1\nform: {id: base}\n", "is also in"),
        ("perflint: [\n", "YAML"),
    ],
)
def test_wrong_form_is_a_pack_error(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "form.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PackError, match=f"(?s){message}"):
        load_forms((path,))


def test_blank_paragraphs_between_words_are_passed_over() -> None:
    lines = [
        "一级指标 二级指标 三级指标 指标值",
        *(f"产出指标 数量指标 修路{number} ≥{number}公里" for number in range(5, 10)),
    ]
    paragraphs = [Paragraph(text=text, origin="") for line in lines for text in (line, " ")]
    document = read_blocks([Paragraph(text="", origin=""), TITLE, *paragraphs])
    assert [row["value"] for row in document["tables"][0]["indicators"]] == [
        f"≥{number}公里" for number in range(5, 10)
    ]


def test_long_prose_is_parted_so_that_every_rule_can_read_it() -> None:
    texts = [f"第{number}段：{'做好各项工作，' * 100}完成年度任务。" for number in range(40)]
    paragraphs = [Paragraph(text=text, origin=f"P{number}") for number, text in enumerate(texts)]
    document = read_blocks([Paragraph(text="一、总体目标", origin="H"), *paragraphs])
    passages = document["narrative"]
    assert [passage.get("heading") for passage in passages][:2] == ["一、总体目标", None]
    assert "\n".join(passage["text"] for passage in passages) == "\n".join(texts)
    assert max(len(passage["text"]) for passage in passages) <= 5_000


def test_text_without_a_table_is_narrative() -> None:
    document = read_blocks([Paragraph(text="一、总体目标", origin=""), Paragraph(text="做好各项工作。", origin="")])
    assert document["narrative"] == [{"heading": "一、总体目标", "text": "做好各项工作。"}]
    assert document["tables"] == []


def test_rows_cut_from_a_flow_are_reported_one_by_one() -> None:
    head = ["一级指标", "二级指标", "三级指标", "指标值"]
    rows = [["产出指标", "数量指标", f"巡查{at}", f"≥{at}次"] for at in range(1, 8)]
    blocks = DAMAGES["bare_lines"]([TITLE, make_grid([head, *rows])], Random(0))
    document = read_blocks(blocks)
    assert [row["name"] for row in document["tables"][0]["indicators"]] == [f"巡查{at}" for at in range(1, 8)]
    assert [one["code"] for one in document["x-notices"]].count("row_rebuilt") == 7


def test_blocks_side_by_side_that_do_not_say_their_period_are_told() -> None:
    head = ["一级指标", "二级指标", "三级指标", "指标值"] * 2
    row = ["产出指标", "数量指标", "巡查", "4次", "产出指标", "数量指标", "巡查", "1次"]
    named = ["中期绩效指标（2025-2027年）", LEFT, LEFT, LEFT, "年度绩效指标（2025年）", LEFT, LEFT, LEFT]
    silent, told = (read_blocks([TITLE, make_grid(rows)]) for rows in ([named, head, row], [head, row]))
    assert [one["section"] for one in silent["tables"][0]["indicators"]] == ["long_term", "annual"]
    assert "x-notices" not in silent
    assert [one["value"] for one in told["tables"][0]["indicators"]] == ["4次", "1次"]
    assert [one["code"] for one in told["x-notices"]] == ["section_unknown"]


def test_indicators_without_a_header_are_read_by_what_their_cells_are_and_told() -> None:
    rows = [
        ["产出指标", "数量指标", name, value] for name, value in (("巡查", "4次"), ("养护", "≥9公里"), ("除草", "2遍"))
    ]
    document = read_blocks([TITLE, make_grid(rows)])
    assert [(row["name"], row["value"]) for row in document["tables"][0]["indicators"]] == [
        ("巡查", "4次"),
        ("养护", "≥9公里"),
        ("除草", "2遍"),
    ]
    assert [one["code"] for one in document["x-notices"]] == ["header_missing"]


def test_the_name_of_a_unit_beside_its_budget_is_no_list_of_projects() -> None:
    document = read_blocks([TITLE, make_grid([["部门名称", "清溪镇人民政府", "年度预算", "120"]])])
    assert document["tables"][0]["organization"] == {"name": "清溪镇人民政府"}
    assert document["tables"][0]["budget"] == {"total": "120"}
    assert "x-notices" not in document


def test_a_row_that_lost_the_merged_cell_in_front_of_it_is_told() -> None:
    head = ["一级指标", "二级指标", "三级指标", "指标值", "备注"]
    rows = [["产出指标", "数量指标", "巡查", "4次", "甲"], ["质量指标", "验收合格率", "≥95%", "抽查", ""]]
    document = read_blocks([TITLE, make_grid([head, *rows])])
    assert [(one["code"], one["origin"]) for one in document["x-notices"]] == [("row_displaced", "G2R2C0")]


def test_the_one_year_that_speaks_of_an_aim_is_the_target_where_no_year_is_named_else() -> None:
    head = ["一级指标", "二级指标", "三级指标", "2024年实际值", "2025年预计值", "2026年目标值"]
    table = read_blocks([TITLE, make_grid([head, ["产出指标", "数量指标", "展览", "8", "9", "10"]])])["tables"][0]
    assert table["indicators"][0]["value"] == "10"
    assert [one["value"] for one in table["indicators"][0]["prior"]] == ["8", "9"]


def test_points_beside_values_do_not_hide_a_header_of_unknown_words() -> None:
    head = ["甲类", "乙类", "丙类", "丁类", "戊类"]
    rows = [["产出指标", "数量指标", "修渠", "≥6公里", "20"], ["效益指标", "社会效益指标", "灌溉", "≥9亩", "30"]]
    found = read_blocks([TITLE, make_grid([head, *rows])])["tables"][0]["indicators"]
    assert [(row["level2"], row["name"], row["value"]) for row in found] == [
        ("数量指标", "修渠", "≥6公里"),
        ("社会效益指标", "灌溉", "≥9亩"),
    ]
