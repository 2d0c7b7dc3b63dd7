from __future__ import annotations

import pytest
from make_files import read_rows

from perflint.errors import DocumentError
from perflint.reading.container.contents import ReadingLimits
from perflint.reading.container.text.dump import read_text
from perflint.reading.grid import Grid, Paragraph

pytestmark = pytest.mark.usefixtures("english")


def read(text: str, name: str = "a.txt") -> list[str | list[list[str]]]:
    """Return paragraphs as text and grids as rows (short rows keep their length)."""
    return [show(block) for block in read_text(text.encode(), name).blocks]


def show(block: Grid | Paragraph) -> str | list[list[str]]:
    if isinstance(block, Paragraph):
        return block.text
    rows: list[list[str]] = [[] for _ in range(block.rows)]
    for cell in block.cells:
        rows[cell.row].append(cell.text)
    return rows


def test_tab_grid_goes_on_over_one_blank_line() -> None:
    text = "标题\n\n单位\t甲镇\t\n一级指标\t二级指标\t指标值\n\n产出指标\t数量指标\t≥5次\n\n填表人：某某\n"
    assert read(text) == [
        "标题",
        [["单位", "甲镇", ""], ["一级指标", "二级指标", "指标值"], ["产出指标", "数量指标", "≥5次"]],
        "填表人：某某",
    ]


def test_tab_grid_ends_at_two_blank_lines() -> None:
    assert read("甲\t1\n乙\t2\n\n\n丙\t3\n丁\t4\n") == [[["甲", "1"], ["乙", "2"]], [["丙", "3"], ["丁", "4"]]]


def test_one_cell_a_line_makes_a_row_of_every_block() -> None:
    text = "附表\n\t项目名称\n\t道路养护\n\n\t\n\t3月底\n\t \n\n\t绩效目标\n\t1.补充经费\n2.维持运转\n\n说明\n"
    assert read(text) == [
        "附表",
        [["项目名称", "道路养护"], ["", "3月底", " "], ["绩效目标", "1.补充经费\n2.维持运转"]],
        "说明",
    ]


def test_one_cell_a_line_goes_on_over_any_number_of_blank_lines() -> None:
    assert read("\t目标\n\t甲\n\n\n \n\t一级指标\n\t二级指标\n") == [[["目标", "甲"], ["一级指标", "二级指标"]]]


def test_a_line_with_tabs_above_a_table_of_one_cell_a_line_is_no_part_of_it() -> None:
    text = "填报单位：甲镇\t\t单位：万元\n\n\t项目名称\n\t道路养护\n\n\t资金总额\n\t86.50\n"
    assert read(text) == [[["填报单位：甲镇", "", "单位：万元"]], [["项目名称", "道路养护"], ["资金总额", "86.50"]]]


def test_space_before_the_tab_still_opens_a_cell() -> None:
    assert read("填表人\n \t汇总表\n\n\t单位\n\t万元\n") == ["填表人", [["汇总表"], ["单位", "万元"]]]


def test_lone_tabbed_text_is_a_paragraph() -> None:
    assert read("\t\t2026年项目支出绩效目标表\n\n甲\t乙\t丙\n") == [
        [["", "", "2026年项目支出绩效目标表"], ["甲", "乙", "丙"]]
    ]
    assert read("\t\t2026年项目支出绩效目标表\n\n第二段\n") == ["2026年项目支出绩效目标表", "第二段"]


def test_prose_indented_by_tabs_is_no_table() -> None:
    assert read("\t一、宣传贯彻党的路线方针政策。\n\t二、执行本级人民代表大会的决议。\n") == [
        "一、宣传贯彻党的路线方针政策。",
        "二、执行本级人民代表大会的决议。",
    ]


@pytest.mark.parametrize("bar", ["|", "｜", " │ "])
def test_rows_with_bars_between_their_cells_only_are_a_table(bar: str) -> None:
    rows = [["级别", "名称", "值"], ["产出指标", "修路", "≥5公里"], ["", "验收", "≥95%"]]
    assert read("标题\n" + "\n".join(map(bar.join, rows)) + "\n附注\n") == ["标题", rows, "附注"]


def test_a_drawn_table_loses_its_frame() -> None:
    text = "┌──┬──┬──┐\n│级别│名称│值│\n├──┼──┼──┤\n│产出│修路│5│\n├──┼──┼──┤\n│效益│出行│好│\n└──┴──┴──┘\n"
    assert read(text) == [[["级别", "名称", "值"], ["产出", "修路", "5"], ["效益", "出行", "好"]]]


def test_a_line_with_bars_among_others_is_prose() -> None:
    assert read("首页|新闻|公告\n正文。\n") == ["首页|新闻|公告", "正文。"]


def test_pipe_table_loses_its_rule_and_keeps_breaks() -> None:
    text = "| 指标 | 值 |\n|---|:-:|\n| 甲\\|乙 | ≥5<br>≤9 |\n"
    assert read(text) == [[["指标", "值"], ["甲|乙", "≥5\n≤9"]]]


def test_quoted_cell_with_line_break_stays_one_cell() -> None:
    text = '名称\t说明\t值\n甲\t"第一行\n第二""行"\t5\n乙\t“引号”"\t6\n'
    assert read(text) == [[["名称", "说明", "值"], ["甲", '第一行\n第二"行', "5"], ["乙", '“引号”"', "6"]]]


def test_row_torn_by_a_line_break_is_joined_and_marked() -> None:
    text = "名称\t说明\t值\n甲\t第一行\n第二行\t5\n乙\t好\t6\n丙\t好\t7\n"
    (grid,) = read_text(text.encode(), "a.txt").blocks
    assert isinstance(grid, Grid)
    assert show(grid) == [["名称", "说明", "值"], ["甲", "第一行\n第二行", "5"], ["乙", "好", "6"], ["丙", "好", "7"]]
    assert [cell.text for cell in grid.cells if cell.notes == ("lines_joined",)] == ["第一行\n第二行"]


def test_title_above_a_table_is_not_joined_to_its_first_row() -> None:
    assert read("绩效目标表\n名称\t值\t单位\n甲\t5\t次\n") == [
        "绩效目标表",
        [["名称", "值", "单位"], ["甲", "5", "次"]],
    ]


def test_commas_separate_only_in_files_called_csv() -> None:
    assert read('名称,值\n"甲,乙",5\n', "a.CSV") == [[["名称", "值"], ["甲,乙", "5"]]]
    assert read("名称,值\n甲,5\n") == ["名称,值", "甲,5"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"], ids=lambda one: one
)
def test_encoding_is_told_by_content(encoding: str) -> None:
    text = "单位：万元\r\n名称\t5\r\n朱亭镇\t10\r\n"
    blocks = read_text(text.encode(encoding), "a.txt").blocks
    assert [show(block) for block in blocks] == ["单位：万元", [["名称", "5"], ["朱亭镇", "10"]]]


def test_origin_is_the_line() -> None:
    paragraph, grid = read_text("标题\n\n甲\t1\n乙\t2\n".encode(), "a.txt").blocks
    assert isinstance(grid, Grid)
    assert (paragraph.origin, grid.origin, grid.spans_known) == ("第1行", "第3行", False)
    assert [cell.origin for cell in grid.cells] == ["第3行", "第3行", "第4行", "第4行"]
    assert read_rows(grid) == [["甲", "1"], ["乙", "2"]]


def test_undecodable_text_is_refused() -> None:
    with pytest.raises(DocumentError, match="neither UTF-8"):
        read_text(b"\xff\x00\xff\xff\x81", "a.txt")


def test_too_wide_a_table_is_refused() -> None:
    with pytest.raises(DocumentError, match="more than 10 cells"):
        read_text(("甲\t" * 20 + "\n").encode() * 2, "a.txt", ReadingLimits(cells=10))


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_more_lines_than_the_limit_are_refused_before_they_are_cut(ending: str) -> None:
    with pytest.raises(DocumentError, match="11 lines, more than 10"):
        read_text(("甲" + ending).encode() * 11, "a.txt", ReadingLimits(cells=10))


def test_a_line_of_more_characters_than_the_limit_is_refused() -> None:
    with pytest.raises(DocumentError, match="a line of the text has 12 characters, more than 10"):
        read_text(("乙\n" + "甲" * 12).encode(), "a.txt", ReadingLimits(line_characters=10))


def test_a_table_of_more_columns_than_any_form_is_refused() -> None:
    with pytest.raises(DocumentError, match="2 rows × 1001 columns, more than 500000 cells or 1000 columns"):
        read_text(("甲\t" * 1000 + "甲\n").encode() * 2, "a.txt", ReadingLimits())
