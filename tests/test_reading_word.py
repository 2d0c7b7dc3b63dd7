from __future__ import annotations

import pytest
from make_files import pack_docx, pack_word2003, pack_zip, read_rows

from perflint.errors import DocumentError
from perflint.language import speaking
from perflint.reading.container.contents import Contents, ReadingLimits
from perflint.reading.container.source import open_source
from perflint.reading.container.word.document import read_word
from perflint.reading.grid import Grid, Paragraph

pytestmark = pytest.mark.usefixtures("english")


def p(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(content: str, properties: str = "") -> str:
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def tbl(*rows: str, widths: tuple[int, ...] = ()) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def read(body: str, **parts: tuple[str, str]) -> Contents:
    named = {name.replace("_", ".", 1): part for name, part in parts.items()}
    return read_word(pack_docx(body, named), "a.docx")


def show(contents: Contents) -> list[object]:
    """Return (text, origin) of paragraphs and rows of grids."""
    return [
        (block.text, block.origin) if isinstance(block, Paragraph) else read_rows(block) for block in contents.blocks
    ]


def only_grid(contents: Contents) -> Grid:
    (grid,) = (block for block in contents.blocks if isinstance(block, Grid))
    return grid


# Tables


def test_merged_cells_come_once_with_their_spans() -> None:
    body = tbl(
        tr(tc("绩效指标", '<w:vMerge w:val="restart"/>'), tc("一级", '<w:gridSpan w:val="2"/>')),
        tr(tc("", "<w:vMerge/>"), tc("产出"), tc("≥5次")),
    )
    grid = only_grid(read(body))
    assert read_rows(grid) == [["绩效指标", "一级", "←"], ["↑", "产出", "≥5次"]]
    assert [(cell.text, cell.row_span, cell.column_span, cell.origin) for cell in grid.cells] == [
        ("绩效指标", 2, 1, "表1 第1行第1列"),
        ("一级", 1, 2, "表1 第1行第2列"),
        ("产出", 1, 1, "表1 第2行第2列"),
        ("≥5次", 1, 1, "表1 第2行第3列"),
    ]


def test_columns_before_a_row_and_horizontal_merges_move_its_cells() -> None:
    body = tbl(
        tr(tc("甲"), tc("乙"), tc("丙")),
        tr(tc("丁"), tc("戊"), properties='<w:trPr><w:gridBefore w:val="1"/></w:trPr>'),
        tr(tc("己", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("庚")),
    )
    grid = only_grid(read(body))
    assert [(cell.text, cell.row, cell.column, cell.column_span) for cell in grid.cells] == [
        ("甲", 0, 0, 1), ("乙", 0, 1, 1), ("丙", 0, 2, 1),
        ("丁", 1, 1, 1), ("戊", 1, 2, 1),
        ("己", 2, 0, 2), ("庚", 2, 2, 1),
    ]  # fmt: skip
    assert grid.notes == ("ragged_rows",)


def test_row_without_grid_spans_is_laid_out_by_its_widths() -> None:
    body = tbl(
        tr(tc("甲", '<w:tcW w:w="100" w:type="dxa"/>'), tc("乙", '<w:tcW w:w="300" w:type="dxa"/>')),
        tr(*(tc(text, '<w:tcW w:w="100" w:type="dxa"/>') for text in "一二三四")),
        widths=(100, 100, 100, 100),
    )
    grid = only_grid(read(body))
    assert read_rows(grid) == [["甲", "乙", "←", "←"], ["一", "二", "三", "四"]]
    assert grid.cells[1].notes == ("column_by_width",)


def test_merge_without_start_is_a_cell_of_its_own_and_marked() -> None:
    grid = only_grid(read(tbl(tr(tc("甲", "<w:vMerge/>"), tc("乙")))))
    assert [(cell.text, cell.notes) for cell in grid.cells] == [("甲", ("merge_without_start",)), ("乙", ())]


def test_text_under_a_merged_cell_is_kept_apart() -> None:
    body = tbl(tr(tc("甲", '<w:vMerge w:val="restart"/>'), tc("乙")), tr(tc("丙", "<w:vMerge/>"), tc("丁")))
    assert show(read(body)) == [[["甲", "乙"], ["↑", "丁"]], ("丙", "表1 第2行第1列（合并单元格下的文字）")]


def test_nested_table_is_a_grid_of_its_own() -> None:
    contents = read(tbl(tr(tc(p("外") + tbl(tr(tc("内一"), tc("内二"))) + p("后")), tc("乙"))))
    outer, inner = contents.blocks
    assert isinstance(outer, Grid)
    assert isinstance(inner, Grid)
    assert (read_rows(outer), outer.cells[0].notes) == ([["外\n后", "乙"]], ("nested_table",))
    assert (read_rows(inner), inner.cells[1].origin) == ([["内一", "内二"]], "表1 第1行第1列内 表1 第1行第2列")


def test_content_controls_around_rows_cells_and_text_are_read() -> None:
    run = "<w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>"
    cell = f"<w:sdt><w:sdtContent>{tc('格')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent>{tr(tc('行'), cell)}</w:sdtContent></w:sdt>"
    body = f"<w:sdt><w:sdtContent>{p('块')}</w:sdtContent></w:sdt>" + tbl(tr(tc(f"<w:p>{run}</w:p>"), tc("乙")), row)
    assert show(read(body)) == [("块", "第1段"), [["控件", "乙"], ["行", "格"]]]


def test_placeholder_of_a_content_control_is_marked() -> None:
    content = "<w:sdtContent><w:r><w:t>单击此处</w:t></w:r></w:sdtContent>"
    run = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{content}</w:sdt>"
    assert only_grid(read(tbl(tr(tc(f"<w:p>{run}</w:p>"), tc("乙"))))).cells[0].notes == ("placeholder_text",)


def test_hidden_row_is_read_and_marked() -> None:
    body = tbl(tr(tc("甲"), tc("乙")), tr(tc("丙"), tc("丁"), properties="<w:trPr><w:hidden/></w:trPr>"))
    assert [cell.hidden for cell in only_grid(read(body)).cells] == [False, False, True, True]


# Tracked changes and hidden text


def test_tracked_insertion_stays_and_deletion_goes() -> None:
    body = (
        "<w:p><w:r><w:t>年度</w:t></w:r><w:ins><w:r><w:t>绩效</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>旧的</w:delText></w:r></w:del><w:r><w:t>目标</w:t></w:r></w:p>"
    )
    contents = read(body)
    assert show(contents) == [("年度绩效目标", "第1段")]
    assert [notice.message for notice in contents.notices] == [
        "tracked changes: 1 insertions read, 1 deletions left out"
    ]


def test_deleted_row_is_left_out() -> None:
    body = tbl(
        tr(tc("甲"), tc("乙")), tr(tc("丙"), tc("丁"), properties="<w:trPr><w:del/></w:trPr>"), tr(tc("戊"), tc("己"))
    )
    assert show(read(body)) == [[["甲", "乙"], ["戊", "己"]]]


def test_hidden_text_is_kept_apart_from_what_is_shown() -> None:
    unseen = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>明</w:t></w:r>'
    contents = read(
        f"<w:p>{shown}{unseen}</w:p>" + tbl(tr(tc(f"<w:p>{shown}{unseen}</w:p>"), tc(f"<w:p>{unseen}</w:p>")))
    )
    assert show(contents) == [
        ("明", "第1段"),
        ("密", "第1段（隐藏文字）"),
        [["明", "密"]],
        ("密", "表1 第1行第1列（隐藏文字）"),
    ]
    assert [cell.hidden for cell in only_grid(contents).cells] == [False, True]


def test_hiding_style_is_followed_through_its_ancestors() -> None:
    styles = (
        '<w:styles><w:style w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    body = '<w:p><w:r><w:rPr><w:rStyle w:val="b"/></w:rPr><w:t>密</w:t></w:r></w:p>'
    assert show(read(body, styles_xml=("styles", styles))) == [("密", "第0段（隐藏文字）")]


# Text


def test_breaks_tabs_and_special_characters_become_text() -> None:
    body = (
        "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:noBreakHyphen/><w:softHyphen/>"
        '<w:br w:type="page"/><w:t>丁</w:t></w:r></w:p>'
    )
    assert show(read(body)) == [("甲\n乙\t丙-丁", "第1段")]


@pytest.mark.parametrize(
    ("run", "text", "notes"),
    [
        ('<w:sym w:font="Symbol" w:char="F0B3"/>', "≥", ()),
        ('<w:sym w:font="Symbol" w:char="F0A3"/>', "≤", ()),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "☑", ()),
        ('<w:sym w:font="Wingdings 2" w:char="0052"/>', "☑", ()),
        ('<w:sym w:font="Wingdings" w:char="F04A"/>', "\uf04a", ("symbol_unmapped",)),
        ('<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>\uf0b35次</w:t>', "≥5次", ()),
        ('<w:fldChar><w:ffData><w:checkBox><w:checked w:val="1"/></w:checkBox></w:ffData></w:fldChar>', "☑", ()),
        ('<w:fldChar><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar>', "☐", ()),
        ("<w:instrText>PAGE</w:instrText><w:t>3</w:t>", "3", ()),
        (
            "<w:ruby><w:rt><w:r><w:t>yun</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>云</w:t></w:r></w:rubyBase></w:ruby>",
            "云",
            (),
        ),
    ],
)
def test_symbol_shows_what_its_font_shows(run: str, text: str, notes: tuple[str, ...]) -> None:
    cell = only_grid(read(tbl(tr(tc(f"<w:p><w:r>{run}</w:r></w:p>"), tc("乙"))))).cells[0]
    assert (cell.text, cell.notes) == (text, notes)


def test_formula_text_is_read() -> None:
    assert show(read("<w:p><m:oMath><m:r><m:t>x≥5</m:t></m:r></m:oMath></w:p>")) == [("x≥5", "第1段")]


def test_text_box_is_read_once_after_its_paragraph() -> None:
    content = f"<w:txbxContent>{p('单位：万元')}{tbl(tr(tc('甲'), tc('乙')))}</w:txbxContent>"
    box = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert show(read(f"<w:p><w:r><w:t>标题</w:t>{box}</w:r></w:p>")) == [
        ("标题", "第1段"),
        ("单位：万元", "第1段的文本框"),
        [["甲", "乙"]],
    ]


def test_headers_footers_and_notes_come_last() -> None:
    contents = read(
        p("正文"),
        header1_xml=("header", f"<w:hdr>{p('某某镇')}</w:hdr>"),
        footer1_xml=("footer", f"<w:ftr>{p('第1页')}</w:ftr>"),
        footnotes_xml=("footnotes", f"<w:footnotes><w:footnote>{p('注')}</w:footnote></w:footnotes>"),
        comments_xml=("comments", f"<w:comments><w:comment>{p('批')}</w:comment></w:comments>"),
    )
    assert show(contents) == [("正文", "第1段"), ("某某镇", "页眉"), ("第1页", "页脚"), ("注", "脚注")]
    assert [notice.message for notice in contents.notices] == [
        "the comments of the file were not read: they are no part of the form"
    ]


# Lists


def level(number: int, form: str, text: str, extra: str = "") -> str:
    inner = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{extra}'
    return f'<w:lvl w:ilvl="{number}">{inner}</w:lvl>'


NUMBERING = (
    '<w:numbering><w:abstractNum w:abstractNumId="7">'
    + level(0, "chineseCountingThousand", "%1、", '<w:suff w:val="nothing"/>')
    + level(1, "decimal", "（%2）", '<w:suff w:val="space"/>')
    + level(2, "decimal", "%1.%3", "<w:isLgl/>")
    + "</w:abstractNum>"
    + '<w:abstractNum w:abstractNumId="8">'
    + level(0, "bullet", "\uf06c")
    + level(1, "decimalEnclosedCircle", "%2")
    + "</w:abstractNum>"
    + '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    + '<w:num w:numId="3"><w:abstractNumId w:val="7"/>'
    + '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>'
)  # fmt: skip


def item(text: str, number: int, depth: int = 0) -> str:
    return p(text, f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>')


def test_list_labels_are_shown_as_word_shows_them() -> None:
    body = "".join(
        (item("甲", 1), item("子", 1, 1), item("丑", 1, 1), item("乙", 1), item("寅", 1, 1), item("卯", 1, 2),
         item("点", 2), item("圈", 2, 1), item("续", 1), item("另", 3), item("无", 0))
    )  # fmt: skip
    contents = read(body, numbering_xml=("numbering", NUMBERING))
    assert [block.text for block in contents.blocks if isinstance(block, Paragraph)] == [
        "一、甲", "（1） 子", "（2） 丑", "二、乙", "（1） 寅", "2.1 卯", "点", "① 圈", "三、续", "五、另", "无",
    ]  # fmt: skip


def test_numbered_blank_cell_shows_its_number() -> None:
    blank = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'
    grid = only_grid(
        read(tbl(tr(tc(blank), tc("甲")), tr(tc(blank), tc("乙"))), numbering_xml=("numbering", NUMBERING))
    )
    assert read_rows(grid) == [["一、", "甲"], ["二、", "乙"]]
    assert grid.cells[0].notes == ("list_label",)


def test_list_of_a_style_counts_too() -> None:
    styles = (
        '<w:styles><w:style w:styleId="h"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    )
    body = p("甲", '<w:pPr><w:pStyle w:val="h"/></w:pPr>') + p("乙", '<w:pPr><w:pStyle w:val="h"/></w:pPr>')
    contents = read(body, styles_xml=("styles", styles), numbering_xml=("numbering", NUMBERING))
    assert show(contents) == [("一、甲", "第1段"), ("二、乙", "第2段")]


# Refusals and variants


def test_strict_variant_is_read() -> None:
    strict = f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>{p("正文")}</w:body></w:document>'
    assert show(read_word(pack_zip({"word/document.xml": strict}), "a.docx")) == [("正文", "第1段")]


def test_file_of_pictures_only_is_refused() -> None:
    with pytest.raises(DocumentError, match="only pictures"):
        read("<w:p><w:r><w:drawing/></w:r></w:p>")


def test_too_large_a_table_is_refused() -> None:
    body = tbl(tr(tc("甲", '<w:gridSpan w:val="900"/>')), tr(tc("乙")))
    with pytest.raises(DocumentError, match="表1 spans 2 rows × 900 columns"):
        read_word(pack_docx(body), "a.docx", ReadingLimits(cells=1000))


def test_word_2003_xml_keeps_lists_tracked_changes_headers_and_notes() -> None:
    def run(text: str) -> str:
        return f"<w:r><w:t>{text}</w:t></w:r>"

    def change(kind: str, text: str) -> str:
        return f'<aml:annotation w:type="{kind}"><aml:content>{run(text)}</aml:content></aml:annotation>'

    numbered = '<w:p><w:pPr><w:listPr><wx:t wx:val="（一）"/></w:listPr></w:pPr>' + run("养护村道") + "</w:p>"
    changed = f"<w:p>{run('共')}{change('Word.Deletion', '3')}{change('Word.Insertion', '5')}{run('公里')}</w:p>"
    noted = f"<w:p>{run('投入')}<w:r><w:footnote><w:p>{run('含上年结转')}</w:p></w:footnote></w:r></w:p>"
    header = f"<w:sectPr><w:hdr><w:p>{run('示例镇')}</w:p></w:hdr></w:sectPr>"
    body = f"<wx:sect><wx:sub-section>{numbered}</wx:sub-section>{changed}{noted}{header}</wx:sect>"
    source = open_source(pack_word2003(body).encode(), "a.xml")
    assert [(block.text, block.origin) for block in source.blocks if isinstance(block, Paragraph)] == [
        ("（一）养护村道", "第1段"),
        ("共5公里", "第2段"),
        ("投入", "第3段"),
        ("示例镇", "页眉"),
        ("含上年结转", "脚注"),
    ]
    with speaking("zh"):
        assert [one.message for one in open_source(pack_word2003(body).encode(), "a.xml").notices] == [
            "有修订：读入插入的 1 处，不读删除的 1 处"
        ]
