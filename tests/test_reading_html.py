from __future__ import annotations

import base64

import pytest
from make_files import read_rows

import perflint
from perflint.errors import DocumentError
from perflint.reading.container.contents import Contents, ReadingLimits
from perflint.reading.container.excel.spreadsheet_xml import read_spreadsheet_xml
from perflint.reading.container.html.mhtml import read_mhtml
from perflint.reading.container.html.page import read_html
from perflint.reading.grid import Grid, Paragraph

pytestmark = pytest.mark.usefixtures("english")


def read(body: str) -> Contents:
    return read_html(
        f"<html><head><meta charset=utf-8><title>不读</title></head><body>{body}</body></html>".encode(), "a.html"
    )


def show(contents: Contents) -> list[object]:
    """Return the text of paragraphs and the rows of grids."""
    return [block.text if isinstance(block, Paragraph) else read_rows(block) for block in contents.blocks]


def only_cell(inner: str) -> str:
    (grid,) = read(f"<table><tr><td>{inner}</td><td>乙</td></tr></table>").blocks
    assert isinstance(grid, Grid)
    return grid.cells[0].text


# Tables


def test_spans_are_laid_out_as_a_browser_does() -> None:
    first = "<tr><td rowspan=2>甲<td colspan=2>乙</tr>"
    body = f"<table>{first}<tr><td>丙<td rowspan=0>丁</tr><tr><td colspan=2>戊</tr></table>"
    assert show(read(body)) == [[["甲", "乙", "←"], ["↑", "丙", "丁"], ["戊", "←", "↑"]]]


def test_span_beyond_the_table_is_cut() -> None:
    assert show(read("<table><tr><td rowspan=9>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>")) == [
        [["甲", "乙"], ["↑", "丙"]]
    ]


def test_rowspan_ends_with_its_row_group() -> None:
    body = "<table><thead><tr><th rowspan=3>甲<th>乙</thead><tbody><tr><td>丙<td>丁</tbody></table>"
    assert show(read(body)) == [[["甲", "乙"], ["丙", "丁"]]]


def test_nested_table_follows_as_a_grid_of_its_own() -> None:
    body = "<table><tr><td>外<table><tr><td>内一<td>内二</table>后<td>乙</table>"
    outer, inner = read(body).blocks
    assert isinstance(outer, Grid)
    assert isinstance(inner, Grid)
    assert (read_rows(outer), outer.cells[0].notes) == ([["外后", "乙"]], ("nested_table",))
    assert (read_rows(inner), inner.origin) == ([["内一", "内二"]], "表1 第1行第1列内 表1")


def test_table_that_only_arranges_the_page_is_no_grid() -> None:
    body = (
        "<table><tr><td>导航</td></tr><tr><td><p>标题</p><table><tr><td>甲<td>乙</table><p>填表人</p></td></tr></table>"
    )
    assert show(read(body)) == ["导航", "标题", [["甲", "乙"]], "填表人"]


def test_caption_and_stray_text_are_kept() -> None:
    body = "<table><caption>表题</caption>散<tr>落<td>甲<td>乙</tr></table>"
    contents = read(body)
    assert sorted(block.text for block in contents.blocks if isinstance(block, Paragraph)) == ["散", "落", "表题"]


def test_forms_between_table_and_row_do_not_hide_rows() -> None:
    body = "<table><form><tr><td>甲</td><form><td>乙</td></form></tr></form><tr><td>丙</td><td>丁</td></tr></table>"
    assert show(read(body)) == [[["甲", "乙"], ["丙", "丁"]]]


def test_hidden_rows_are_read_and_marked() -> None:
    contents = read("<table><tr style='display: none'><td>甲<td>乙</tr><tr><td>丙<td hidden>丁</tr></table>")
    (grid,) = contents.blocks
    assert isinstance(grid, Grid)
    assert [cell.hidden for cell in grid.cells] == [True, True, False, True]
    assert [notice.message for notice in contents.notices] == [
        "the page has text out of sight; it was read and is marked"
    ]


def test_origin_is_the_position_or_the_line() -> None:
    contents = read("\n<p>一</p>\n<table><tr><td>甲<td>乙</table>\n<table><tr><td>丙<td>丁</table>")
    assert [block.origin for block in contents.blocks] == ["第2行", "表1", "表2"]
    assert isinstance(contents.blocks[2], Grid)
    assert contents.blocks[2].cells[1].origin == "表2 第1行第2列"


# Text


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("一<br>二", "一\n二"),
        ("<p>一</p><p>二</p>", "一\n二"),
        ("<p>一</p>\n  <p>二<br></p>三", "一\n二\n三"),
        ("一\n   二", "一 二"),
        ("&ge;5&nbsp;次 &lt;p&gt;", "≥5\xa0次 <p>"),
        ("<b>年</b><i>度</i>", "年度"),
        ("<pre>一\n  二</pre>", "一\n  二"),
        ("<span style='mso-spacerun:yes'>&nbsp; </span>一", "\xa0 一"),
        ("<input value='株洲市'><input type=hidden value=x>", "株洲市"),
        ("<input type=radio checked>是<input type=radio>否", "☑是□否"),
        ("<select><option>元<option selected>万元</select>", "万元"),
        ("<textarea>目标</textarea>", "目标"),
        ("一<script>x</script><style>y</style><!-- z -->", "一"),
        ("<div>一<div>二</div></div>", "一\n二"),
    ],
)
def test_cell_text_is_what_a_browser_shows(inner: str, text: str) -> None:
    assert only_cell(inner) == text


def test_text_outside_tables_becomes_paragraphs() -> None:
    body = "开头<b>粗</b><h1>标题</h1><div>单位：<span>万元</span></div><p style='display:none'>藏</p><ul><li>一</ul>"
    assert [(block.origin, block.text) for block in read(body).blocks if isinstance(block, Paragraph)] == [
        ("第1行", "开头粗"), ("第1行", "标题"), ("第1行", "单位：万元"), ("第1行（隐藏文字）", "藏"), ("第1行", "一"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("gb18030", "gb2312"), ("gb18030", "utf-8"), ("utf-8", "gb2312"), ("utf-16", "utf-16"), ("gb18030", "")],
)
def test_encoding_is_the_one_that_fits(encoding: str, declared: str) -> None:
    meta = f"<meta http-equiv=Content-Type content='text/html; charset={declared}'>"
    page = f"<html>{meta}<p>芷江侗族自治县晓坪乡</p></html>"
    assert show(read_html(page.encode(encoding), "a.html")) == ["芷江侗族自治县晓坪乡"]


# Refusals


def test_page_that_nests_too_deep_is_refused() -> None:
    with pytest.raises(DocumentError, match="cannot be read to its end"):
        read("<div>" * 5000 + "<p>深</p>")


def test_frame_set_is_refused() -> None:
    with pytest.raises(DocumentError, match="frame set"):
        read_html(b"<html><frameset><frame src='sheet001.htm'></frameset></html>", "a.xls")


def test_too_large_a_table_is_refused() -> None:
    page = "<table>" + "<tr><td colspan=900>x</td></tr>" * 3 + "</table>"
    with pytest.raises(DocumentError, match="表1 spans 3 rows × 900 columns"):
        read_html(page.encode(), "a.html", ReadingLimits(cells=1000))


# Relatives


def test_mhtml_page_is_read_in_its_encoding() -> None:
    page = "<html><body><table><tr><td>甲</td><td>≥5次</td></tr></table></body></html>".encode("gb18030")
    data = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
        b"Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(page)
        + b"\r\n--b--\r\n"
    )
    assert show(read_mhtml(data, "a.doc")) == [[["甲", "≥5次"]]]


SPREADSHEET = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:html="http://www.w3.org/TR/REC-html40">
 <Styles><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style><Style ss:ID="q" ss:Parent="p"/>
  <Style ss:ID="d"><NumberFormat ss:Format="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></Style></Styles>
 <Worksheet ss:Name="表一"><Table>
  <Column/><Column ss:Hidden="1"/>
  <Row><Cell ss:MergeAcross="2"><Data ss:Type="String">绩效目标表</Data></Cell></Row>
  <Row ss:Index="3"><Cell ss:MergeDown="1"><Data ss:Type="String">产出</Data></Cell>
   <Cell ss:StyleID="q"><Data ss:Type="Number">0.95</Data></Cell>
   <Cell ss:StyleID="d"><Data ss:Type="DateTime">2026-12-31T00:00:00.000</Data></Cell></Row>
  <Row><Cell ss:Index="3"><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">第<B>一</B>行&#10;次</ss:Data></Cell></Row>
  <Row ss:Hidden="1"><Cell ss:Formula="=1"/><Cell><Data ss:Type="Boolean">1</Data></Cell></Row>
 </Table></Worksheet>
 <Worksheet ss:Name="附"><Table><Row><Cell><Data ss:Type="String">藏</Data></Cell></Row></Table>
  <x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
</Workbook>"""


def test_spreadsheet_xml_is_read_like_a_workbook() -> None:
    first, second = read_spreadsheet_xml(SPREADSHEET.encode(), "a.xls").blocks
    assert isinstance(first, Grid)
    assert isinstance(second, Grid)
    assert read_rows(first) == [
        ["绩效目标表", "←", "←"],
        ["", "", ""],
        ["产出", "95.00%", "2026年12月31日"],
        ["↑", "", "第一行\n次"],
        ["", "TRUE", ""],
    ]
    assert [cell.origin for cell in first.cells if cell.notes == ("formula_without_value",)] == ["表一!A5"]
    assert [cell.hidden for cell in first.cells if cell.text in ("95.00%", "TRUE", "产出")] == [False, True, True]
    assert second.notes == ("hidden_sheet",)


def test_a_blank_cell_has_its_place_as_well() -> None:
    head = "".join(f"<td>{name}" for name in ("一级指标", "二级指标", "三级指标", "指标值", "计量单位"))
    row = "<tr><td>产出指标<td>数量指标<td>维修里程<td>≥5<td></tr>"
    origins = perflint.read(f"<table><tr>{head}</tr>{row}</table>".encode(), name="a.html").data["origins"]
    assert origins["/tables/0/indicators/0/unit"] == "表1 第2行第5列"


def test_a_cell_over_countless_rows_and_columns_is_refused_before_it_takes_room() -> None:
    page = "<table>" + '<tr><td rowspan="65534" colspan="1000">甲</td></tr>' * 10_000 + "</table>"
    with pytest.raises(DocumentError, match="表1 spans 10000 rows × 1000 columns"):
        read_html(page.encode(), "a.html", ReadingLimits())
