"""What a person sees on the page and a document cannot hold is told, at its place in the file."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
import xlwt
from make_files import make_grid, pack_docx, pack_xlsx, write_html
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from perflint.reading import read
from perflint.reading.grid import Paragraph

HEADER = ["一级指标", "二级指标", "三级指标", "指标值"]
ROW = ["产出指标", "数量指标", "养护里程", "≥5公里"]
TITLE = "项目支出绩效目标表"


def list_notices(content: bytes | Path) -> list[tuple[str, str]]:
    """Return code and place of each notice about the table, having seen that its row is read."""
    document = read(content).data
    assert [row["name"] for row in document["tables"][0]["indicators"]] == ["养护里程"]
    return [(one["code"], one["origin"]) for one in document.get("x-notices", [])]


def write_word(last: str) -> bytes:
    """Return a Word file whose last cell holds the runs *last*."""
    cells = [[f"<w:r><w:t>{text}</w:t></w:r>" for text in row] for row in (HEADER, ROW)]
    cells[1][3] = last
    rows = "".join("<w:tr>" + "".join(f"<w:tc><w:p>{cell}</w:p></w:tc>" for cell in row) + "</w:tr>" for row in cells)
    grid = "<w:tblGrid>" + '<w:gridCol w:w="2000"/>' * 4 + "</w:tblGrid>"
    return pack_docx(f"<w:p><w:r><w:t>{TITLE}</w:t></w:r></w:p><w:tbl>{grid}{rows}</w:tbl>")


@pytest.mark.parametrize(
    ("runs", "code"),
    [
        ("<w:r><w:rPr><w:strike/></w:rPr><w:t>≥4公里</w:t></w:r><w:r><w:t>≥5公里</w:t></w:r>", "struck"),
        ('<w:r><w:rPr><w:dstrike w:val="true"/></w:rPr><w:t>≥5公里</w:t></w:r>', "struck"),
        ("<w:r><w:t>≥5公里</w:t><w:drawing/></w:r>", "image"),
        ('<w:r><w:sym w:font="Wingdings 3" w:char="F041"/><w:t>5公里</w:t></w:r>', "symbol_unmapped"),
        (
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>点击填写</w:t></w:r></w:sdtContent></w:sdt>",
            "placeholder_text",
        ),
    ],
    ids=["struck in part", "struck twice", "picture", "symbol", "prompt"],
)
def test_mark_in_a_word_table_is_told(runs: str, code: str) -> None:
    assert (code, "表1 第2行第4列") in list_notices(write_word(runs))


def test_strike_that_is_switched_off_is_none() -> None:
    runs = '<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>≥5公里</w:t></w:r>'
    assert list_notices(write_word(runs)) == []


def write_workbook(*, rich: bool) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in ([TITLE], HEADER, ROW):
        sheet.append(row)
    if rich:
        sheet["D3"] = CellRichText(TextBlock(InlineFont(strike=True), "≥4公里"), "≥5公里")
    else:
        sheet["D3"].font = Font(strike=True)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


@pytest.mark.parametrize("rich", [True, False], ids=["part of a text", "whole cell"])
def test_struck_text_in_a_workbook_is_told(rich: bool) -> None:
    assert list_notices(write_workbook(rich=rich)) == [("struck", "Sheet!D3")]


def test_struck_text_in_an_old_workbook_is_told() -> None:
    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet("表一")
    for at, row in enumerate(([TITLE], HEADER, ROW)):
        for column, text in enumerate(row):
            struck = (at, column) == (2, 3)
            sheet.write(at, column, text, xlwt.easyxf("font: struck_out true" if struck else ""))
    file = io.BytesIO()
    workbook.save(file)
    assert list_notices(file.getvalue()) == [("struck", "表一!D3")]


def test_formula_without_a_value_is_told_at_its_cell() -> None:
    texts = [[TITLE], HEADER, ROW[:3]]
    rows = [
        "".join(
            f'<c r="{"ABCD"[column]}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
            for column, text in enumerate(row)
        )
        for number, row in enumerate(texts, 1)
    ]
    rows[2] += '<c r="D3"><f>SUM(A1:A2)</f></c>'
    data = "".join(f'<row r="{number}">{cells}</row>' for number, cells in enumerate(rows, 1))
    assert ("formula_without_value", "表一!D3") in list_notices(pack_xlsx(f"<sheetData>{data}</sheetData>"))


def write_page(path: Path, *rows: list[str]) -> str:
    return write_html([Paragraph(text=TITLE, origin=""), make_grid(rows)], path).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("<s>≥4公里</s>≥5公里", "struck"),
        ('<span style="text-decoration: line-through">≥5公里</span>', "struck"),
        ('≥5公里<span style="display:none">内部</span>', "unseen"),
        ('≥5公里<img src="a.png">', "image"),
    ],
)
def test_mark_in_a_page_is_told(cell: str, code: str, tmp_path: Path) -> None:
    page = write_page(tmp_path / "a.html", HEADER, ROW)
    assert list_notices(page.replace("≥5公里", cell).encode()) == [(code, "表1 第2行第4列")]


def test_text_out_of_sight_is_no_part_of_the_value(tmp_path: Path) -> None:
    page = write_page(tmp_path / "a.html", HEADER, ROW)
    page = page.replace("≥5公里", '≥5<span style="display:none">999</span>公里')
    assert read(page.encode()).data["tables"][0]["indicators"][0]["value"] == "≥5公里"


def test_page_that_was_cut_off_is_told(tmp_path: Path) -> None:
    page = write_page(tmp_path / "a.html", HEADER, ROW, *(["", "", f"第{number}项", "≥1次"] for number in range(9)))
    document = read(page[: page.index("第3项")].encode()).data
    assert "网页在表格中间断了，后面的行可能丢失" in [one["text"] for one in document["x-notices"]]
