"""Damage that only a file can have: each is read right, or a person is told where to look.

Every case is the same form; its second row is damaged in a way that a file of its kind allows.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from make_files import LEFT, Blocks, make_grid, pack_docx, write_html, write_tabs, write_xlsx
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from perflint.reading import read
from perflint.reading.grid import Paragraph
from perflint.record import replace

TITLE = "甲镇2026年部门整体支出绩效目标表"
HEADER = ["一级指标", "二级指标", "三级指标", "指标值", "计量单位"]
SOUND = ["产出指标", "数量指标", "修路", "≥5", "公里"]
TREES = ["产出指标", "数量指标", "种树", "≥90", "棵"]


class Found(NamedTuple):
    """The second row as read, and the codes of the notices at its cells."""

    row: tuple[str | None, ...]
    told: frozenset[str]


def read_second(content: bytes | Path, places: tuple[str, ...]) -> Found:
    """Return the second row and what is told about it; *places* begin the origins that lie in it."""
    data = read(content).data
    rows = [row for table in data["tables"] for row in table["indicators"]]
    first, *rest = [tuple(row[name] for name in ("level1", "level2", "name", "value", "unit")) for row in rows]
    assert first == tuple(SOUND)
    told = (one["code"] for one in data.get("x-notices", ()) if one["origin"].startswith(places))
    return Found(rest[0] if rest else (), frozenset(told))


def with_value(value: str | None) -> tuple[str | None, ...]:
    return (*TREES[:3], value, TREES[4])


# Word

STRUCK = "<w:rPr><w:strike/></w:rPr>"
RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
BOX = "<w:txbxContent><w:p><w:r><w:t>≥90</w:t></w:r></w:p></w:txbxContent>"
INNER = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>≥90</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>"


def run(text: str, properties: str = "") -> str:
    return f"<w:r>{properties}<w:t>{text}</w:t></w:r>"


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def par(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def row(*cells: str, properties: str = "") -> str:
    """Return a row of cells; what is no XML is the text of one."""
    built = "".join(one if one.startswith("<w:tc>") else cell(par(run(one))) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{built}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl><w:p/>"


def value(content: str) -> str:
    """Return the second row with *content* in the cell of its value."""
    return row(*TREES[:3], cell(content), TREES[4])


VERTICAL = '<w:textDirection w:val="tbRlV"/>'
FORMULA = f"{mark('begin')}<w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r>{mark('separate')}"
WORD: Mapping[str, tuple[str, Found]] = {
    "text from top to bottom": (
        row(cell(par(run(TREES[0])), VERTICAL), *TREES[1:]),
        Found(with_value("≥90"), frozenset()),
    ),
    "a character a paragraph": (
        row(cell("".join(par(run(one)) for one in TREES[0])), *TREES[1:]),
        Found(("产\n出\n指\n标", *TREES[1:]), frozenset()),
    ),
    "an insertion and a deletion": (
        value(par(f"<w:del>{run('≥9')}</w:del>", f"<w:ins>{run('≥90')}</w:ins>")),
        Found(with_value("≥90"), frozenset({"revised"})),
    ),
    "moved text": (
        value(par(f"<w:moveFrom>{run('≥9')}</w:moveFrom>", f"<w:moveTo>{run('≥90')}</w:moveTo>")),
        Found(with_value("≥90"), frozenset({"revised"})),
    ),
    "a deleted cell": (
        row(*TREES[:3], cell(par(run("≥9")), "<w:cellDel/>"), *TREES[3:]),
        Found(with_value("≥90"), frozenset({"revised"})),
    ),
    "a deleted row": (
        row(*TREES[:3], "≥9", TREES[4], properties="<w:del/>") + row(*TREES),
        Found(with_value("≥90"), frozenset()),
    ),
    "struck text": (value(par(run("≥9", STRUCK), run("≥90"))), Found(with_value("≥9≥90"), frozenset({"struck"}))),
    "a table in a cell": (value(INNER), Found(with_value(None), frozenset({"nested_table"}))),
    "a text box in a cell": (
        value(par(f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>")),
        Found(with_value(None), frozenset({"text_box"})),
    ),
    "a picture in a cell": (
        value(par("<w:r><w:drawing/></w:r>")),
        Found(with_value(None), frozenset({"image"})),
    ),
    "an object in a cell": (value(par("<w:r><w:object/></w:r>")), Found(with_value(None), frozenset({"image"}))),
    "a formula that was worked out": (
        value(par(FORMULA, run("≥90"), mark("end"))),
        Found(with_value("≥90"), frozenset()),
    ),
    "a formula that was not": (
        value(par(FORMULA, mark("end"))),
        Found(with_value(None), frozenset({"formula_without_value"})),
    ),
    "a simple field that was not": (
        value(par('<w:fldSimple w:instr=" =SUM(ABOVE)"/>')),
        Found(with_value(None), frozenset({"formula_without_value"})),
    ),
    "a raised digit": (value(par(run("10"), run("3", RAISED))), Found(with_value("10³"), frozenset())),
    "a hidden row": (row(*TREES, properties="<w:hidden/>"), Found(with_value("≥90"), frozenset({"hidden"}))),
    "a row that begins further right": (
        row(*TREES[2:], properties='<w:gridBefore w:val="2"/>'),
        Found(with_value("≥90"), frozenset()),
    ),
}


@pytest.mark.parametrize(("damaged", "wanted"), WORD.values(), ids=WORD)
def test_damage_in_a_word_file_is_read_or_told(damaged: str, wanted: Found) -> None:
    body = par(run(TITLE)) + table(row(*HEADER), row(*SOUND), damaged)
    assert read_second(pack_docx(body), ("表1 第3行",)) == wanted


def retype(data: bytes, old: str, new: str) -> bytes:
    """Return an office file whose main part has another type."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        types = source.read("[Content_Types].xml").decode()
        assert old in types
        target.writestr("[Content_Types].xml", types.replace(old, new))
        for name in source.namelist():
            if name != "[Content_Types].xml":
                target.writestr(name, source.read(name))
    return buffer.getvalue()


@pytest.mark.parametrize("main", ["macroEnabled.main", "template.main", "macroEnabledTemplate.main"])
def test_macro_files_and_templates_are_word_files(main: str) -> None:
    """A docm differs in the type of its main part, and in macros that nobody runs."""
    body = par(run(TITLE)) + table(row(*HEADER), row(*SOUND), row(*TREES))
    data = pack_docx(body, {"vbaProject.bin": ("vbaProject", "<x></x>")})
    changed = retype(data, "wordprocessingml.document.main", main)
    assert read_second(changed, ("表1",)) == Found(with_value("≥90"), frozenset())


@pytest.mark.parametrize(
    "between",
    [
        pytest.param("", id="nothing"),
        pytest.param("续表", id="a mark"),
        pytest.param(f"{TITLE}（续）", id="the title again"),
        pytest.param(f"{TITLE}（续表2）", id="the title again with a number"),
    ],
)
@pytest.mark.parametrize("header", [True, False], ids=["header again", "no header"])
def test_a_table_that_goes_on_after_a_page_is_one_table(between: str, header: bool) -> None:
    rest = table(*([row(*HEADER)] if header else []), row("", "", *TREES[2:]))
    body = par(run(TITLE)) + table(row(*HEADER), row(*SOUND)) + (par(run(between)) if between else "") + rest
    data = read(pack_docx(body)).data
    assert len(data["tables"]) == 1
    assert read_second(pack_docx(body), ("表2",)) == Found(with_value("≥90"), frozenset({"header_inherited"}))


# Excel


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cfc0f01f00050001ff"
    "89993d1d0000000049454e44ae426082"
)


def draw_picture(sheet: Worksheet) -> None:
    sheet["D4"] = None
    sheet.add_image(Image(io.BytesIO(PICTURE)), "D4")


def change_value(content: Any, code: str = "General") -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet["D4"] = content
        sheet["D4"].number_format = code

    return change


def strike(sheet: Worksheet) -> None:
    sheet["D4"].font = Font(strike=True)


def turn(sheet: Worksheet) -> None:
    sheet["A4"].alignment = Alignment(textRotation=255)


def hide_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[4].hidden = True


def hide_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["D"].hidden = True


def raise_part(sheet: Worksheet) -> None:
    parts = TextBlock(InlineFont(), "10"), TextBlock(InlineFont(vertAlign="superscript"), "3")
    sheet["D4"] = CellRichText(*parts)


EXCEL: Mapping[str, tuple[Callable[[Worksheet], None], Found]] = {
    "text from top to bottom": (turn, Found(with_value("≥90"), frozenset())),
    "a picture instead of a value": (draw_picture, Found(with_value(None), frozenset({"image"}))),
    "a picture of WPS that fills the cell": (
        change_value('_xlfn.DISPIMG("ID_0123456789ABCDEF",1)'),
        Found(with_value(None), frozenset({"image"})),
    ),
    "a formula that was not worked out": (
        change_value("=SUM(B1:B2)"),
        Found(with_value(None), frozenset({"formula_without_value"})),
    ),
    "a formula that fails": (change_value("#REF!"), Found(with_value("#REF!"), frozenset({"error_value"}))),
    "a hidden row": (hide_row, Found(with_value("≥90"), frozenset({"hidden"}))),
    "a hidden column": (hide_column, Found(with_value("≥90"), frozenset({"hidden"}))),
    "struck text": (strike, Found(with_value("≥90"), frozenset({"struck"}))),
    "a raised digit": (raise_part, Found(with_value("10³"), frozenset())),
    "a percentage": (change_value(0.95, "0%"), Found(with_value("95%"), frozenset())),
    "a sign in the format": (change_value(90, '"≥"0'), Found(with_value("≥90"), frozenset())),
    "ten thousands by the format": (change_value(12345678, '0!.0,"万"'), Found(with_value("1234.6万"), frozenset())),
    "a date": (change_value(46387, 'yyyy"年"m"月"d"日"'), Found(with_value("2026年12月31日"), frozenset())),
    "a value that its format hides": (change_value(90, ";;;"), Found(with_value("90"), frozenset({"hidden"}))),
}


@pytest.mark.parametrize(("damage", "wanted"), EXCEL.values(), ids=EXCEL)
def test_damage_in_a_workbook_is_read_or_told(
    damage: Callable[[Worksheet], None], wanted: Found, tmp_path: Path
) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for texts in ([TITLE], HEADER, SOUND, TREES):
        sheet.append(texts)
    damage(sheet)
    workbook.save(tmp_path / "a.xlsx")
    assert read_second(tmp_path / "a.xlsx", tuple(f"Sheet!{letter}4" for letter in "ABCDE")) == wanted


def test_a_sheet_with_macros_is_a_workbook(tmp_path: Path) -> None:
    path = write_xlsx([Paragraph(text=TITLE, origin=""), make_grid([HEADER, SOUND, TREES])], tmp_path / "a.xlsm")
    changed = retype(path.read_bytes(), "openxmlformats-officedocument.spreadsheetml.sheet.main", "ms-excel.sheet.main")
    assert read_second(changed, ("Sheet",)) == Found(with_value("≥90"), frozenset())


def test_a_table_that_goes_on_in_another_sheet_is_one_table(tmp_path: Path) -> None:
    first = replace(make_grid([[TITLE, *[LEFT] * 4], HEADER, SOUND]), name="一")
    second = replace(make_grid([[f"{TITLE}（续）", *[LEFT] * 4], HEADER, ["", "", *TREES[2:]]]), name="二")
    path = write_xlsx([first, second], tmp_path / "a.xlsx")
    assert read_second(path, ("二!",)) == Found(with_value("≥90"), frozenset({"header_inherited"}))


# Pages

STYLE = "<style><!-- .gone {display: none} td.gone2, #gone3 {visibility:hidden} .line {text-decoration: line-through}"
STYLE += " @media print { .shown {display: none} } --></style>"
PAGE: Mapping[str, tuple[str, Found]] = {
    "a deletion and an insertion": ("<del>≥9</del><ins>≥90</ins>", Found(with_value("≥9≥90"), frozenset({"struck"}))),
    "struck text": ("<s>≥9</s>≥90", Found(with_value("≥9≥90"), frozenset({"struck"}))),
    "struck by its style": (
        '<span style="text-decoration: line-through">≥9</span>≥90',
        Found(with_value("≥9≥90"), frozenset({"struck"})),
    ),
    "struck by a class": ('<i class="x line">≥9</i>≥90', Found(with_value("≥9≥90"), frozenset({"struck"}))),
    "hidden by a class": ("<i class=gone>≥9</i>≥90", Found(with_value("≥90"), frozenset({"unseen"}))),
    "hidden by its id": ("<i id=gone3>≥9</i>≥90", Found(with_value("≥90"), frozenset({"unseen"}))),
    "hidden in print only": ("<i class=shown>≥9</i>0", Found(with_value("≥90"), frozenset())),
    "shown in spite of its class": (
        '<i class=gone style="display:inline">≥9</i>0',
        Found(with_value("≥90"), frozenset()),
    ),
    "a raised digit": ("10<sup>3</sup>", Found(with_value("10³"), frozenset())),
    "a picture": ("<img alt='≥90'>", Found(with_value(None), frozenset({"image"}))),
    "a table in a cell": (
        "<table><tr><td>≥90</td></tr></table>",
        Found(with_value(None), frozenset({"nested_table"})),
    ),
    "a form field": ("<input value='≥90'>", Found(with_value("≥90"), frozenset())),
    "a list to choose from": ("<select><option>≥9<option selected>≥90</select>", Found(with_value("≥90"), frozenset())),
}


@pytest.mark.parametrize(("content", "wanted"), PAGE.values(), ids=PAGE)
def test_damage_in_a_page_is_read_or_told(content: str, wanted: Found) -> None:
    rows = [HEADER, SOUND, [*TREES[:3], content, TREES[4]]]
    body = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in texts) + "</tr>" for texts in rows)
    page = f"<html><head>{STYLE}</head><body><p>{TITLE}</p><table>{body}</table></body></html>"
    assert read_second(page.encode(), ("表1 第3行",)) == wanted


def test_a_row_that_a_class_hides_is_read_and_told() -> None:
    rows = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in texts) + "</tr>" for texts in (HEADER, SOUND))
    hidden = "<tr class=gone>" + "".join(f"<td>{text}</td>" for text in TREES) + "</tr>"
    page = f"<html><head>{STYLE}</head><body><p>{TITLE}</p><table>{rows}{hidden}</table></body></html>"
    assert read_second(page.encode(), ("表1 第3行",)) == Found(with_value("≥90"), frozenset({"hidden"}))


# The same print in other characters

TRADITIONAL: Blocks = [
    Paragraph(text="甲鎮２０２６年部門整體支出績效目標表", origin=""),
    Paragraph(text="金額單位：萬元", origin=""),
    make_grid(
        [
            ["一級指標", "二級指標", "三級指標", "指標值", "計量單位"],
            ["產出指標", "數量指標", "修路", "≥５", "公里"],
            ["產出指標", "數量指標", "種樹", "≥９０", "棵"],
        ]
    ),
]


@pytest.mark.parametrize("write", [write_xlsx, write_html, write_tabs], ids=["xlsx", "html", "text"])
def test_traditional_characters_and_full_width_digits_are_read_and_stay_as_printed(
    write: Callable[[Blocks, Path], Path], tmp_path: Path
) -> None:
    data = read(write(TRADITIONAL, tmp_path / "a")).data
    (table_read,) = data["tables"]
    assert (data["fiscal_year"], table_read["currency_unit"]) == (2026, "万元")
    assert [(one["level1"], one["name"], one["value"], one["unit"]) for one in table_read["indicators"]] == [
        ("產出指標", "修路", "≥５", "公里"),
        ("產出指標", "種樹", "≥９０", "棵"),
    ]
    assert "unread" not in data
