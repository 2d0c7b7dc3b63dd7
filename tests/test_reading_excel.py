from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest
import xlwt
from make_files import make_grid, pack_xlsx, read_rows, write_xls, write_xlsx

from perflint.errors import DocumentError
from perflint.reading.container.contents import Contents, ReadingLimits
from perflint.reading.container.excel.excel97 import read_excel97
from perflint.reading.container.excel.workbook import read_excel
from perflint.reading.container.source import open_source
from perflint.reading.grid import Cell, Grid, Paragraph

pytestmark = pytest.mark.usefixtures("english")

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def only_grid(contents: Contents) -> Grid:
    (grid,) = (block for block in contents.blocks if isinstance(block, Grid))
    return grid


def read_cells(sheet_data: str, formats: tuple[tuple[int, str | None], ...] = (), **options: str) -> dict[str, Cell]:
    """Return the cells of a sheet by their name."""
    contents = read_excel(pack_xlsx(f"<sheetData>{sheet_data}</sheetData>", formats=formats, **options), "a.xlsx")  # type: ignore[arg-type]
    return {cell.origin.removeprefix("表一!"): cell for cell in only_grid(contents).cells}


def row(number: int, *cells: str, extra: str = "") -> str:
    return f'<row r="{number}"{extra}>{"".join(cells)}</row>'


def number(name: str, value: str, style: int = 0) -> str:
    return f'<c r="{name}" s="{style}"><v>{value}</v></c>'


def text(name: str, value: str) -> str:
    return f'<c r="{name}" t="inlineStr"><is><t>{value}</t></is></c>'


# Values


@pytest.mark.parametrize(
    ("format_number", "code", "stored", "shown"),
    [
        (9, None, "0.95", "95%"),
        (10, None, "0.5039", "50.39%"),
        (4, None, "1198.8", "1,198.80"),
        (176, "0.00_ ", "1198.8000000000002", "1198.80"),
        (14, None, "46387", "2026/12/31"),
        (31, None, "46387", "2026年12月31日"),
        (57, None, "46387", "2026年12月"),
        (58, None, "46387", "12月31日"),
        (177, 'yyyy"年"m"月"d"日";@', "46387", "2026年12月31日"),
        (178, '"≥"0"次"', "5", "≥5次"),
        (0, None, "0.30000000000000004", "0.3"),
        (49, None, "5", "5"),
    ],
)
def test_value_is_shown_as_the_sheet_shows_it(format_number: int, code: str | None, stored: str, shown: str) -> None:
    cells = read_cells(row(1, number("A1", stored, 1)), ((format_number, code),))
    assert cells["A1"].text == shown


@pytest.mark.parametrize(
    ("formula", "shown"),
    [("3", "3"), ("92.5", "92.5"), ("100%", "100%"), ("1+2", ""), ("A2", ""), ("1E9", ""), ('"3"', "")],
)
def test_a_formula_that_is_a_number_needs_no_stored_value(formula: str, shown: str) -> None:
    cells = read_cells(row(1, f'<c r="A1"><f>{formula}</f></c>', text("B1", "x")))
    assert cells["A1"].text == shown
    assert ("formula_without_value" in cells["A1"].notes) == (shown == "")


def test_dates_may_count_from_1904() -> None:
    cells = read_cells(row(1, number("A1", "44925", 1)), ((14, None),), workbook='<workbookPr date1904="1"/>')
    assert cells["A1"].text == "2026/12/31"


def test_iso_date_of_the_strict_variant() -> None:
    cells = read_cells(row(1, '<c r="A1" s="1" t="d"><v>2026-12-31T00:00:00</v></c>'), ((14, None),))
    assert cells["A1"].text == "2026/12/31"


def test_formula_without_value_is_blank_and_reported() -> None:
    data = pack_xlsx(
        "<sheetData>"
        + row(1, text("A1", "合计"), '<c r="B1"><f>SUM(B2:B9)</f></c>', '<c r="C1" t="str"><f>""</f><v></v></c>')
        + row(2, '<c r="A2"><f>1+1</f><v>2</v></c>', text("B2", "x"), text("C2", "x"))
        + "</sheetData>"
    )
    contents = read_excel(data, "a.xlsx")
    cells = {cell.origin: cell for cell in only_grid(contents).cells}
    assert (cells["表一!B1"].text, cells["表一!B1"].notes) == ("", ("formula_without_value",))
    assert (cells["表一!C1"].text, cells["表一!C1"].notes) == ("", ())
    assert cells["表一!A2"].text == "2"
    assert [notice.message for notice in contents.notices] == [
        "1 formulas have no stored value and read as blank: 表一!B1"
    ]


def test_zero_that_is_not_shown_is_blank() -> None:
    cells = read_cells(row(1, number("A1", "0", 1), number("B1", "3", 1), text("C1", "x")), ((176, "0;-0;;@"),))
    assert [(cells[name].text, cells[name].notes) for name in ("A1", "B1")] == [("", ("zero_not_shown",)), ("3", ())]
    data = pack_xlsx(
        '<sheetViews><sheetView showZeros="0"/></sheetViews>'
        f"<sheetData>{row(1, number('A1', '0'), text('B1', 'x'))}</sheetData>"
    )
    assert only_grid(read_excel(data, "a.xlsx")).cells[0].text == ""


def test_value_that_its_format_hides_is_read_and_marked() -> None:
    cell = read_cells(row(1, number("A1", "8", 1), text("B1", "x")), ((176, ";;;"),))["A1"]
    assert (cell.text, cell.hidden) == ("8", True)


def test_error_boolean_and_unreadable_number() -> None:
    cells = read_cells(
        row(1, '<c r="A1" t="e"><v>#REF!</v></c>', '<c r="B1" t="b"><v>1</v></c>', '<c r="C1"><v>五</v></c>')
    )
    assert [(cells[name].text, cells[name].notes) for name in ("A1", "B1", "C1")] == [
        ("#REF!", ("error_value",)), ("TRUE", ()), ("五", ("number_unreadable",)),
    ]  # fmt: skip


def test_shared_string_joins_runs_without_phonetic_guide_and_decodes_escapes() -> None:
    data = pack_xlsx(
        "<sheetData>" + row(1, '<c r="A1" t="s"><v>0</v></c>', '<c r="B1" t="s"><v>1</v></c>') + "</sheetData>",
        strings=("<r><t>数量</t></r><r><t>指标</t></r><rPh><t>shuliang</t></rPh>", "<t>第一行_x000D_\n第二行</t>"),
    )
    assert [cell.text for cell in only_grid(read_excel(data, "a.xlsx")).cells] == ["数量指标", "第一行\n第二行"]


def test_cells_without_names_stand_one_after_the_other() -> None:
    data = pack_xlsx(
        '<sheetData><row><c t="inlineStr"><is><t>甲</t></is></c><c><v>1</v></c></row>'
        "<row><c><v>2</v></c></row></sheetData>"
    )
    assert read_rows(only_grid(read_excel(data, "a.xlsx"))) == [["甲", "1"], ["2", ""]]


# Layout


def test_merged_range_is_one_cell_and_text_under_it_is_kept_apart() -> None:
    data = pack_xlsx(
        "<sheetData>"
        + row(1, text("A1", "绩效目标表"))
        + row(2, text("A2", "甲"), text("B2", "乙"))
        + row(3, text("A3", "丙"))
        + '</sheetData><mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A2:A3"/></mergeCells>'
    )
    grid, under = read_excel(data, "a.xlsx").blocks
    assert isinstance(grid, Grid)
    assert read_rows(grid) == [["绩效目标表", "←", "←"], ["甲", "乙", ""], ["↑", "", ""]]
    assert under == Paragraph(text="丙", origin="表一!A3（合并单元格下的文字）")


def test_merge_over_the_whole_sheet_is_clipped() -> None:
    data = pack_xlsx(
        f"<sheetData>{row(1, text('A1', '标题'))}{row(2, text('A2', '甲'), text('B2', '乙'))}</sheetData>"
        '<mergeCells><mergeCell ref="A1:XFD1"/></mergeCells>'
    )
    assert read_rows(only_grid(read_excel(data, "a.xlsx"))) == [["标题", "←"], ["甲", "乙"]]


def test_merge_that_overlaps_an_earlier_one_is_passed_over() -> None:
    data = pack_xlsx(
        f"<sheetData>{row(1, text('A1', '甲'), text('C1', '丙'))}{row(2, text('A2', '丁'))}</sheetData>"
        '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="B1:C1"/><mergeCell ref="A2:A2"/></mergeCells>'
    )
    assert read_rows(only_grid(read_excel(data, "a.xlsx"))) == [["甲", "←", "丙"], ["丁", "", ""]]


def test_flood_of_merged_cells_is_refused() -> None:
    merges = '<mergeCell ref="A1:B1000"/>' * 600
    data = pack_xlsx(f"<sheetData>{row(1, text('A1', '甲'))}</sheetData><mergeCells>{merges}</mergeCells>")
    with pytest.raises(DocumentError, match="too many merged cells"):
        read_excel(data, "a.xlsx")


def test_hidden_rows_columns_and_sheets_are_read_and_marked() -> None:
    data = pack_xlsx(
        '<cols><col min="2" max="2" hidden="1"/></cols><sheetData>'
        + row(1, text("A1", "甲"), text("B1", "乙"))
        + row(2, text("A2", "丙"), text("B2", "丁"), extra=' hidden="1"')
        + "</sheetData>"
    )
    contents = read_excel(data, "a.xlsx")
    assert [cell.hidden for cell in only_grid(contents).cells] == [False, True, True, True]
    assert [notice.message for notice in contents.notices] == [
        "sheet 表一 has hidden rows or columns; they were read and are marked"
    ]
    contents = read_excel(pack_xlsx(f"<sheetData>{row(1, text('A1', '甲'))}</sheetData>", state="veryHidden"), "a.xlsx")
    assert (only_grid(contents).notes, only_grid(contents).cells[0].hidden) == (("hidden_sheet",), True)
    assert [notice.message for notice in contents.notices] == ["sheet 表一 is hidden; it was read and is marked"]


def test_text_box_header_and_comment_of_a_sheet() -> None:
    runs = "<a:r><a:t>单位：</a:t></a:r><a:r><a:t>万元</a:t></a:r>"
    box = f'<xdr xmlns:a="{DRAWING}"><txBody><a:p>{runs}</a:p></txBody></xdr>'
    data = pack_xlsx(
        f"<sheetData>{row(1, text('A1', '甲'))}</sheetData>"
        '<headerFooter><oddHeader>&amp;C&amp;"宋体,常规"&amp;14附件&amp;&amp;一</oddHeader><oddFooter>&amp;P/&amp;N</oddFooter></headerFooter>',
        links=(("d1", "drawing", "../drawings/drawing1.xml"), ("c1", "comments", "../comments1.xml")),
        parts={"xl/drawings/drawing1.xml": box},
    )
    contents = read_excel(data, "a.xlsx")
    assert contents.blocks[1:] == (
        Paragraph(text="附件&一", origin="表一 页眉"),
        Paragraph(text="单位：万元", origin="表一的文本框"),
    )
    assert [notice.message for notice in contents.notices] == [
        "the comments of sheet 表一 were not read: they are no part of it"
    ]


def test_stray_value_far_away_is_refused_with_its_reason() -> None:
    data = pack_xlsx(f"<sheetData>{row(1, text('A1', '甲'))}{row(1048576, text('XFD1048576', '乙'))}</sheetData>")
    with pytest.raises(DocumentError, match="spans 1048576 rows × 16384 columns") as caught:
        read_excel(data, "a.xlsx")
    assert caught.value.problems[0].hint == "delete stray values far from the table, or split the file"


def test_too_many_cells_are_refused() -> None:
    data = pack_xlsx(f"<sheetData>{row(1, text('A1', '甲'), text('B1', '乙'))}</sheetData>")
    with pytest.raises(DocumentError, match="more than 1 cells"):
        read_excel(data, "a.xlsx", ReadingLimits(cells=1))


# Against the libraries


def test_same_values_as_openpyxl_reads(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["名称", "数值", "比例", "日期", "备注"])
    sheet.append(["甲", 1198.8, 0.95, datetime.date(2026, 12, 31), None])
    sheet.append(["乙\n二", -3, 1, datetime.datetime(2026, 1, 2, 3, 4, tzinfo=None), True])  # noqa: DTZ001 - as sheets do
    sheet["B2"].number_format, sheet["C2"].number_format = "0.00", "0%"
    sheet["D2"].number_format, sheet["D3"].number_format = "yyyy-mm-dd", "yyyy/m/d h:mm"
    path = tmp_path / "a.xlsx"
    workbook.save(path)
    assert read_rows(only_grid(read_excel(path.read_bytes(), "a.xlsx"))) == [
        ["名称", "数值", "比例", "日期", "备注"],
        ["甲", "1198.80", "95%", "2026-12-31", ""],
        ["乙\n二", "-3", "1", "2026/1/2 3:04", "TRUE"],
    ]


def test_xls_reads_as_xlsx(tmp_path: Path) -> None:
    rows = [["绩效目标表", "←", "←"], ["甲", "数量指标", "≥5次"], ["↑", "质量\n指标", ""]]
    grid = make_grid(rows, name="表一")
    old = read_excel97(write_xls([grid], tmp_path / "a.xls").read_bytes(), "a.xls")
    new = read_excel(write_xlsx([grid], tmp_path / "a.xlsx").read_bytes(), "a.xlsx")
    assert old == new
    assert read_rows(only_grid(old)) == rows


def test_xls_shows_formats_and_marks_hidden(tmp_path: Path) -> None:
    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet("表一")
    for column, (value, code) in enumerate(
        [(0.95, "0%"), (1198.8, "#,##0.00"), (46387, 'YYYY"年"M"月"D"日"'), (5, "0"), (True, "General"), ("优", "@")]
    ):
        sheet.write(0, column, value, xlwt.easyxf(num_format_str=code))
    sheet.write(1, 0, "藏")
    sheet.row(1).hidden = True
    hidden = workbook.add_sheet("附")
    hidden.write(0, 0, "乙")
    hidden.visibility = 1
    path = tmp_path / "a.xls"
    workbook.save(str(path))
    contents = read_excel97(path.read_bytes(), "a.xls")
    first, second = contents.blocks
    assert isinstance(first, Grid)
    assert isinstance(second, Grid)
    assert [cell.text for cell in first.cells[:6]] == ["95%", "1,198.80", "2026年12月31日", "5", "TRUE", "优"]
    assert [cell.hidden for cell in first.cells[:7]] == [False] * 6 + [True]
    assert (second.name, second.notes) == ("附", ("hidden_sheet",))


def test_workbook_of_blank_sheets_is_refused(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    with pytest.raises(DocumentError, match="holds no text"):
        open_source(tmp_path / "a.xlsx")
