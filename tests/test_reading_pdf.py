from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from font import register_font
from make_files import LEFT, UP, Blocks, make_grid, read_rows, write_pdf

from perflint.errors import DocumentError
from perflint.reading import read
from perflint.reading.container.contents import Contents, ReadingLimits
from perflint.reading.container.pdf.document import read_pdf
from perflint.reading.container.pdf.geometry import Rule
from perflint.reading.container.pdf.glyphs import RADICALS
from perflint.reading.container.pdf.join import can_join, join
from perflint.reading.container.pdf.lattice import find_lattices, merge_rules
from perflint.reading.container.pdf.part import Part
from perflint.reading.grid import Grid, Paragraph

pytestmark = pytest.mark.usefixtures("english")

pytest.importorskip("reportlab", reason="reportlab draws the PDFs of these tests")


def paragraph(text: str) -> Paragraph:
    return Paragraph(text=text, origin="")


def show(contents: Contents) -> list[object]:
    """Return the text of paragraphs and the rows of grids."""
    return [block.text if isinstance(block, Paragraph) else read_rows(block) for block in contents.blocks]


def draw(paint: Callable[[Any], None], **options: Any) -> Contents:
    """Read what *paint* draws on a canvas of 600 × 800 points."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(600, 800), **options)
    canvas.setFont(register_font(), 10)
    paint(canvas)
    canvas.save()
    return read_pdf(buffer.getvalue(), "a.pdf")


def frame(canvas: Any) -> None:
    """Draw a table of two columns and two rows with lines."""
    canvas.grid([100, 200, 300], [600, 620, 640])
    for x, y, text in ((105, 625, "指标"), (205, 625, "值"), (105, 605, "培训"), (205, 605, "≥5次")):
        canvas.drawString(x, y, text)


def after(*steps: Callable[[Any], None]) -> Callable[[Any], None]:
    """Return what turns or moves the canvas first and then draws the table."""

    def paint(canvas: Any) -> None:
        for step in (*steps, frame):
            step(canvas)

    return paint


TABLE = [["指标", "值"], ["培训", "≥5次"]]


# Tables


def test_table_and_paragraphs_come_back(tmp_path: Path) -> None:
    rows = [
        ["绩效指标", "一级指标", "二级指标", "指标值"],
        ["↑", "产出指标", "数量指标", "≥5次\n≤9次"],
        ["↑", "↑", "质量指标", "95%"],
        ["↑", "备注", "←", ""],
    ]
    blocks: Blocks = [
        paragraph("部门整体支出绩效目标表"),
        paragraph("单位：万元"),
        make_grid(rows),
        paragraph("填表人"),
    ]
    contents = read_pdf(write_pdf(blocks, tmp_path / "a.pdf").read_bytes(), "a.pdf")
    assert show(contents) == ["部门整体支出绩效目标表", "单位：万元", rows, "填表人"]
    grid = contents.blocks[2]
    assert isinstance(grid, Grid)
    assert (grid.origin, grid.cells[4].origin) == ("第1页 表1", "第1页 表1 第2行第2列")


def test_full_line_goes_on_and_short_line_breaks(tmp_path: Path) -> None:
    long = "组织开展三八妇女节活动、学雷锋活动、五四活动、职工运动会等各类活动共计不少于十二次"
    rows = [["说明", f"{long}\n第二段"], ["数", "≥95%以上"]]
    contents = read_pdf(write_pdf([make_grid(rows)], tmp_path / "a.pdf").read_bytes(), "a.pdf")
    assert show(contents) == [rows]


@pytest.mark.parametrize(
    "paint",
    [
        pytest.param(frame, id="lines"),
        pytest.param(after(lambda c: c.setDash(2, 2)), id="dashed"),
        pytest.param(after(lambda c: c.rotate(90), lambda c: c.translate(0, -600)), id="turned left"),
        pytest.param(after(lambda c: c.translate(0, 800), lambda c: c.rotate(-90)), id="turned right"),
        pytest.param(after(lambda c: c.translate(600, 800), lambda c: c.rotate(180)), id="upside down"),
        pytest.param(after(lambda c: c.setPageRotation(90)), id="page turned"),
        pytest.param(after(lambda c: c.translate(50, 50), lambda c: c.scale(0.5, 0.5)), id="scaled"),
    ],
)
def test_lines_are_found_however_they_are_drawn(paint: Callable[[Any], None]) -> None:
    assert show(draw(paint)) == [TABLE]


def test_lines_drawn_as_thin_bars_and_shaded_cells() -> None:
    def paint(canvas: Any) -> None:
        canvas.setFillGray(0.9)
        canvas.rect(100, 620, 200, 20, stroke=0, fill=1)
        canvas.setFillGray(0)
        for x in (100, 200, 300):
            canvas.rect(x - 0.25, 600, 0.5, 40, stroke=0, fill=1)
        for y in (600, 620, 640):
            canvas.rect(100, y - 0.25, 200, 0.5, stroke=0, fill=1)
        for x, y, text in ((105, 625, "指标"), (205, 625, "值"), (105, 605, "培训"), (205, 605, "≥5次")):
            canvas.drawString(x, y, text)

    assert show(draw(paint)) == [TABLE]


def test_lines_inside_a_form_are_found() -> None:
    def paint(canvas: Any) -> None:
        canvas.beginForm("frame")
        canvas.grid([0, 100, 200], [0, 20, 40])
        canvas.endForm()
        canvas.translate(100, 600)
        canvas.doForm("frame")
        canvas.setFont(register_font(), 10)
        for x, y, text in ((5, 25, "指标"), (105, 25, "值"), (5, 5, "培训"), (105, 5, "≥5次")):
            canvas.drawString(x, y, text)

    assert show(draw(paint)) == [TABLE]


def test_white_lines_are_no_lines() -> None:
    def paint(canvas: Any) -> None:
        frame(canvas)
        canvas.setStrokeGray(1)
        canvas.line(250, 600, 250, 640)

    assert show(draw(paint)) == [TABLE]


@pytest.mark.parametrize(
    ("across", "down"),
    [
        pytest.param((600, 620, 640), (200,), id="left and right"),
        pytest.param((600, 620), (100, 200, 300), id="the line above"),
        pytest.param((620, 640), (200,), id="the line below and the sides"),
    ],
)
def test_open_sides_are_closed(across: tuple[int, ...], down: tuple[int, ...]) -> None:
    def paint(canvas: Any) -> None:
        for y in across:
            canvas.line(100, y, 300, y)
        for x in down:
            canvas.line(x, 600, x, 640)
        for x, y, text in ((105, 625, "指标"), (205, 625, "值"), (105, 605, "培训"), (205, 605, "≥5次")):
            canvas.drawString(x, y, text)

    contents = draw(paint)
    assert show(contents) == [TABLE]
    assert [block.notes for block in contents.blocks if isinstance(block, Grid)] == [("open_sides",)]


def test_table_inside_a_cell_is_a_grid_of_its_own() -> None:
    def paint(canvas: Any) -> None:
        canvas.grid([50, 90, 500], [500, 700])
        canvas.drawString(55, 600, "外")
        canvas.drawString(110, 680, "前")
        frame(canvas)

    assert show(draw(paint)) == [[["外", "前"]], TABLE]


def test_single_box_is_no_table() -> None:
    def paint(canvas: Any) -> None:
        canvas.rect(100, 700, 200, 30)
        canvas.drawString(110, 710, "注意")
        frame(canvas)

    assert show(draw(paint)) == ["注意", TABLE]


# Text


def test_text_printed_twice_for_bold_is_read_once() -> None:
    def paint(canvas: Any) -> None:
        frame(canvas)
        canvas.drawString(105.3, 625, "指标")

    assert show(draw(paint)) == [TABLE]


def test_repeated_characters_stay() -> None:
    def paint(canvas: Any) -> None:
        frame(canvas)
        canvas.drawString(100, 560, "数量1100个，人人参与")

    assert show(draw(paint)) == [TABLE, "数量1100个，人人参与"]


def test_form_field_is_read_where_it_is_shown() -> None:
    def paint(canvas: Any) -> None:
        canvas.grid([100, 200, 300], [600, 620])
        canvas.drawString(105, 605, "单位")
        canvas.acroForm.textfield(name="unit", value="Zhuting", x=202, y=601, width=90, height=16, borderWidth=0)

    assert show(draw(paint)) == [[["单位", "Zhuting"]]]


def test_radicals_that_fonts_name_become_the_characters() -> None:
    assert [chr(code).translate(RADICALS) for code in (0x2EDA, 0x2ED3, 0x2EC4)] == ["页", "长", "西"]


def test_clipped_text_is_not_read_and_reported() -> None:
    def paint(canvas: Any) -> None:
        frame(canvas)
        path = canvas.beginPath()
        path.rect(100, 540, 60, 30)
        canvas.clipPath(path, stroke=0)
        canvas.drawString(100, 550, "绩效目标支出超出格子")

    contents = draw(paint)
    assert show(contents) == [TABLE, "绩效目标支出"]
    assert [notice.message for notice in contents.notices] == [
        "4 characters do not fit their cells, are not shown, and were not read"
    ]


def test_texts_over_each_other_are_reported() -> None:
    def paint(canvas: Any) -> None:
        frame(canvas)
        canvas.drawString(208, 605, "甲乙丙")

    contents = draw(paint)
    assert [notice.message for notice in contents.notices] == [
        "in the table at 第1页 表1 texts are printed over each other"
    ]


# Fonts that are not embedded

SIGNS_ALONE = [["指标", "值"], ["培训", "≥"]]
WITHOUT_FONTS = """
import sys
import pypdfium2
from perflint.errors import DocumentError
from perflint.reading import read
from perflint.reading.container.pdf.document import read_pdf

class NoFonts(pypdfium2.PdfSysfontBase):
    def EnumFonts(self, *arguments): pass
    def MapFont(self, *arguments): return None
    def GetFont(self, *arguments): return None

NoFonts().setup()
try:
    read_pdf(sys.stdin.buffer.read(), "a.pdf")
except DocumentError as error:
    sys.stdout.buffer.write(str(error).encode())
"""


def draw_unembedded(texts: list[list[str]]) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(600, 800))
    canvas.setFont("STSong-Light", 10)
    canvas.grid([100, 200, 300], [600, 620, 640])
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            canvas.drawString(105 + 100 * column, 625 - 20 * row, text)
    canvas.save()
    return buffer.getvalue()


def test_characters_of_a_font_that_is_not_there_are_read_or_the_file_is_refused() -> None:
    read: list[object]
    try:
        read = show(read_pdf(draw_unembedded(SIGNS_ALONE), "a.pdf"))
    except DocumentError as error:
        read = ["STSong-Light" in str(error)]
    assert read in ([SIGNS_ALONE], [True])


def test_blank_in_a_font_that_every_reader_has_is_no_loss() -> None:
    def paint(canvas: Any) -> None:
        frame(canvas)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(250, 605, " ")

    contents = draw(paint)
    assert (show(contents), contents.notices) == ([TABLE], ())


@pytest.mark.parametrize("texts", [SIGNS_ALONE, [["值", "数"]]], ids=["some characters", "no character"])
def test_missing_font_is_named_and_the_reader_told_what_to_install(texts: list[list[str]]) -> None:
    told = subprocess.run(
        [sys.executable, "-c", WITHOUT_FONTS], input=draw_unembedded(texts), capture_output=True, check=True
    )
    assert told.stdout.decode() == (
        "a.pdf: 文件用了没有嵌入的字体（STSong-Light），本机也没有中文字体，有的字读不出来\n"
        "    → 安装一种中文字体再读（Debian、Ubuntu：apt install fonts-wqy-zenhei，或 fonts-noto-cjk），"
        "或用原来的 Word、Excel 文件"
    )


# Page breaks


def long_table(rows: int, *, first: str = "产出指标") -> list[list[str]]:
    header = ["一级指标", "二级指标", "三级指标", "指标值"]
    body = [
        [first if row == 0 else "↑", f"二级{row // 7}" if row % 7 == 0 else "↑", f"第{row}项工作", f"≥{row}次"]
        for row in range(rows)
    ]
    return [header, *body]


@pytest.mark.parametrize("header_rows", [0, 1])
def test_table_over_pages_is_one_grid(tmp_path: Path, header_rows: int) -> None:
    rows = long_table(120)
    path = write_pdf([paragraph("标题"), make_grid(rows)], tmp_path / "a.pdf", header_rows=header_rows)
    contents = read_pdf(path.read_bytes(), "a.pdf")
    assert show(contents) == ["标题", rows]
    left_out = "; the header repeated on top of a page was left out" if header_rows else ""
    assert [notice.message for notice in contents.notices] == [
        f"the table at 第1页 表1 was joined over page breaks{left_out}"
    ]
    grid = contents.blocks[1]
    assert isinstance(grid, Grid)
    assert grid.cells[0].origin == "第1页 表1 第1行第1列"
    assert grid.cells[-1].origin.startswith(f"第{3 + header_rows}页 表1")


def test_text_between_two_pages_keeps_their_tables_apart(tmp_path: Path) -> None:
    first, second = long_table(35), long_table(10, first="效益指标")
    path = write_pdf([make_grid(first), paragraph("二、项目" * 3), make_grid(second)], tmp_path / "a.pdf")
    contents = read_pdf(path.read_bytes(), "a.pdf")
    assert [block.rows for block in contents.blocks if isinstance(block, Grid)][:1] == [36]
    assert contents.notices == () or "joined" in contents.notices[0].message


def test_page_numbers_and_running_titles_stand_after_the_table() -> None:
    def paint(canvas: Any) -> None:
        for page in (1, 2):
            canvas.setFont(register_font(), 10)
            canvas.drawString(100, 780, "某某镇人民政府")
            canvas.drawString(290, 20, f"- {page} -")
            canvas.grid([100, 200, 300], [60, 80, 100])
            canvas.drawString(105, 85, f"甲{page}")
            canvas.drawString(205, 65, f"乙{page}")
            canvas.showPage()

    contents = draw(paint)
    assert [(block.origin, block.text) for block in contents.blocks[1:] if isinstance(block, Paragraph)] == [
        ("第1页 页边", "某某镇人民政府"),
        ("第1页 页边", "- 1 -"),
        ("第2页 页边", "某某镇人民政府"),
        ("第2页 页边", "- 2 -"),
    ]
    assert show(contents)[0] == [["甲1", ""], ["", "乙1"], ["甲2", ""], ["", "乙2"]]


def part(rows: list[list[str]], page: int, edges: tuple[int, ...]) -> Part:
    grid = make_grid(rows)
    return Part(grid=grid, page=page, edges=edges)


def test_parts_join_only_on_the_next_page_with_the_same_sides() -> None:
    upper = part([["甲", "乙"]], 1, (0, 10_000, 20_000))
    assert can_join(upper, part([["丙", "丁"]], 2, (100, 10_100, 20_100)))
    assert not can_join(upper, part([["丙", "丁"]], 3, (0, 10_000, 20_000)))
    assert not can_join(upper, part([["丙", "丁"]], 2, (0, 10_000, 30_000)))
    assert not can_join(upper, part([["丙", "丁", "戊", "己"]], 2, (0, 3_000, 7_000, 16_000, 20_000)))


def test_wide_rows_above_a_page_break_go_on_with_the_columns_below() -> None:
    upper = part([["目标", "一是修路，二是"]], 1, (0, 5_000, 20_000))
    lower = part([["", "种树。", "", ""], ["甲", "乙", "丙", "丁"]], 2, (0, 5_000, 10_000, 15_000, 20_000))
    assert can_join(upper, lower)
    assert not can_join(part([["目标"]], 1, (0, 20_000)), lower)
    assert not can_join(part([["目标", "一"]], 1, (0, 7_000, 20_000)), lower)


def test_joined_parts_share_the_columns_of_both() -> None:
    upper = part([["甲", "乙", "丙"]], 1, (0, 5_000, 10_000, 20_000))
    lower = part([["丁", "戊"]], 2, (0, 10_000, 20_000))
    joined = join(upper, lower).grid
    assert read_rows(joined) == [["甲", "乙", "丙"], ["丁", "←", "戊"]]
    assert [cell.notes for cell in joined.cells] == [(), (), (), ("after_page_break",), ("after_page_break",)]


def test_blank_cell_on_top_of_a_page_stays_blank() -> None:
    edges = (0, 10_000, 20_000)
    joined = join(part([["甲", "乙"]], 1, edges), part([["", "丁"]], 2, edges)).grid
    assert read_rows(joined) == [["甲", "乙"], ["", "丁"]]


def test_tall_blank_cell_on_top_of_a_page_is_the_rest_of_the_one_above() -> None:
    edges = (0, 10_000, 20_000)
    joined = join(part([["甲", "乙"]], 1, edges), part([["", "丁"], ["↑", "戊"]], 2, edges)).grid
    assert read_rows(joined) == [["甲", "乙"], ["↑", "丁"], ["↑", "戊"]]


# Geometry


def test_rules_join_over_small_gaps_only() -> None:
    rules = [Rule(0, 0, 1000), Rule(100, 1200, 2000), Rule(0, 4000, 5000), Rule(900, 0, 100)]
    assert merge_rules(rules) == [Rule(0, 0, 2000), Rule(0, 4000, 5000)]


def test_missing_piece_of_a_line_merges_two_cells() -> None:
    across = [Rule(0, 0, 3000), Rule(1000, 0, 2000), Rule(2000, 0, 3000)]
    down = [Rule(0, 0, 2000), Rule(1000, 0, 2000), Rule(2000, 0, 2000), Rule(3000, 0, 2000)]
    (lattice,) = find_lattices(across, down)
    assert [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in lattice.cells] == [
        (0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 2, 1), (1, 0, 1, 1), (1, 1, 1, 1),
    ]  # fmt: skip


def test_region_that_is_no_rectangle_is_cut_and_reported() -> None:
    across = [Rule(0, 0, 2000), Rule(1000, 0, 1000), Rule(2000, 0, 2000), Rule(3000, 0, 2000)]
    down = [Rule(0, 0, 3000), Rule(1000, 0, 1000), Rule(1000, 2000, 3000), Rule(2000, 0, 3000)]
    (lattice,) = find_lattices(across, down)
    assert lattice.notes == ("cell_not_rectangular",)
    assert sum(cell.row_span * cell.column_span for cell in lattice.cells) == 6


def test_notch_outside_the_table_is_no_cell() -> None:
    across = [Rule(0, 0, 1000), Rule(1000, 0, 2000), Rule(2000, 0, 2000)]
    down = [Rule(0, 0, 2000), Rule(1000, 0, 2000), Rule(2000, 1000, 2000)]
    (lattice,) = find_lattices(across, down)
    assert [(cell.row, cell.column) for cell in lattice.cells] == [(0, 0), (1, 0), (1, 1)]


# Tables that are not drawn whole

FORM = [
    ["项目名称", "河道保洁", LEFT, LEFT],
    ["年度目标", "保洁河道26公里。", LEFT, LEFT],
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "保洁长度", "≥26公里"],
    [UP, UP, "清理河岸垃圾堆放点并恢复原有植被", "≥12处"],
    [UP, "质量指标", "保洁合格率", "≥95%"],
    ["效益指标", "社会效益指标", "受益人口", ""],
]


@pytest.mark.parametrize("ruled", ["across", "nowhere"])
def test_a_form_without_lines_down_is_read_and_said(tmp_path: Path, ruled: str) -> None:
    path = write_pdf([paragraph("项目支出绩效目标表"), make_grid(FORM)], tmp_path / "a.pdf", ruled=ruled)
    document = read(path).data
    [table] = document["tables"]
    assert table["project"]["name"] == "河道保洁"
    assert [goal["text"] for goal in table["goals"]] == ["保洁河道26公里。"]
    fields = ("level1", "level2", "name", "value")
    assert [[row.get(one) for one in fields] for row in table["indicators"]] == [
        ["产出指标", "数量指标", "保洁长度", "≥26公里"],
        ["产出指标", "数量指标", "清理河岸垃圾堆放点并恢复原有植被", "≥12处"],
        ["产出指标", "质量指标", "保洁合格率", "≥95%"],
        ["效益指标", "社会效益指标", "受益人口", None],
    ]
    assert any("no lines are drawn around the cells" in notice["text"] for notice in document["x-notices"])


def test_lines_across_alone_keep_merged_cells(tmp_path: Path) -> None:
    path = write_pdf([make_grid(FORM)], tmp_path / "a.pdf", ruled="across")
    [grid] = read_pdf(path.read_bytes(), "a.pdf").blocks
    assert isinstance(grid, Grid)
    assert [(cell.text, cell.row_span) for cell in grid.cells if cell.row_span > 1] == [
        ("产出指标", 3),
        ("数量指标", 2),
    ]


def test_a_page_of_prose_keeps_its_paragraphs(tmp_path: Path) -> None:
    long = "全县各乡镇要按照年初批复的目标组织实施，按季报送执行情况，年底前完成自评，并将结果报送县财政局备案。" * 2
    path = write_pdf([paragraph(long), paragraph("某县财政局")], tmp_path / "a.pdf")
    assert show(read_pdf(path.read_bytes(), "a.pdf")) == [long, "某县财政局"]


# Refusals


def test_scan_is_refused() -> None:
    with pytest.raises(DocumentError, match="no text layer"):
        draw(lambda canvas: canvas.grid([0, 10, 20], [0, 10, 20]))


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    path = write_pdf([make_grid(long_table(120))], tmp_path / "a.pdf")
    with pytest.raises(DocumentError, match="has 3 pages, more than 2"):
        read_pdf(path.read_bytes(), "a.pdf", ReadingLimits(pages=2))


def test_encrypted_file_is_refused() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    with pytest.raises(DocumentError, match="protected by a password"):
        draw(frame, encrypt=StandardEncryption("user", "owner"))


def test_damaged_file_is_refused() -> None:
    with pytest.raises(DocumentError, match="damaged"):
        read_pdf(b"%PDF-1.4 nothing more", "a.pdf")
