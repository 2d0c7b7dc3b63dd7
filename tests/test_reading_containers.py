"""What holds for every container: round trips, nothing lost, clear refusals."""

from __future__ import annotations

import importlib
import io
import struct
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make_files import (
    LEFT,
    UP,
    Blocks,
    make_grid,
    pack_docx,
    pack_xlsx,
    pack_zip,
    read_rows,
    write_docx,
    write_html,
    write_pdf,
    write_tabs,
    write_xls,
    write_xlsx,
)

from perflint.errors import DocumentError
from perflint.reading.container import ole
from perflint.reading.container.contents import ReadingLimits
from perflint.reading.container.sniff import Kind, sniff
from perflint.reading.container.source import open_source
from perflint.reading.grid import Cell, Grid, Paragraph, Source

pytestmark = pytest.mark.usefixtures("english")

Writer = Callable[[Blocks, Path], Path]
SPANNED: dict[str, Writer] = {
    "docx": write_docx, "xlsx": write_xlsx, "xls": write_xls, "html": write_html, "pdf": write_pdf,
}  # fmt: skip
WRITERS: dict[str, Writer] = {**SPANNED, "txt": write_tabs}
ROWS = [
    ["绩效指标", "一级指标", "二级指标", "指标值"],
    [UP, "产出指标", "数量指标", "≥5次"],
    [UP, UP, "质量指标", "=95%"],
    [UP, "备注", LEFT, ""],
]
SAMPLE: Blocks = [
    Paragraph(text="部门整体支出绩效目标表", origin=""),
    make_grid(ROWS, name="表一"),
    Paragraph(text="填表人：某某", origin=""),
]


def count_characters(blocks: Blocks) -> Counter[str]:
    """Return the bag of visible characters of all cells and paragraphs."""
    texts = [
        text
        for block in blocks
        for text in ([block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells])
    ]
    return Counter(character for text in texts for character in text if not character.isspace())


def list_grids(source: Source) -> list[Grid]:
    return [block for block in source.blocks if isinstance(block, Grid)]


def check_cells(grid: Grid) -> None:
    """Every position belongs to at most one cell, all lie inside, and the order is that of reading."""
    taken: Counter[tuple[int, int]] = Counter(
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    )
    assert max(taken.values(), default=1) == 1
    assert all(0 <= row < grid.rows and 0 <= column < grid.columns for row, column in taken)
    assert list(grid.cells) == sorted(grid.cells, key=lambda cell: (cell.row, cell.column))


# Round trips

TEXTS = st.sampled_from(
    ["a b", "第一行\n第二行", "", *"合计 指标值 5个一工程 ≥95% =5 1,198.80 0 <p>＆&lt; 三公经费 'x ≡".split()]
) | st.text("年度绩效目标指标值数量质量时效成本效益满意度0123456789%≥≤.、，（）", max_size=12)


@st.composite
def draw_grids(draw: st.DrawFn) -> Grid:
    """Draw a grid of up to 6 × 6 with merged blocks that do not overlap."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(2, 6))
    rows = [[""] * width for _ in range(height)]
    free = {(row, column) for row in range(height) for column in range(width)}
    for row in range(height):
        for column in range(width):
            if (row, column) not in free:
                continue
            tall, wide = draw(st.sampled_from([(1, 1), (1, 1), (1, 1), (2, 1), (1, 2), (2, 2), (3, 1)]))
            block = {(row + down, column + right) for down in range(tall) for right in range(wide)}
            block = block if block <= free else {(row, column)}
            free -= block
            for down, right in block:
                rows[down][right] = LEFT if right > column else UP
            rows[row][column] = draw(TEXTS)
    rows[0][0] = rows[0][0].strip() or "表"
    return make_grid(rows)


def trim(rows: list[list[str]]) -> list[list[str]]:
    """Fold white space, and drop blank rows and columns at the end, which a sheet does not have."""
    rows = [["\n".join(" ".join(line.split()) for line in text.splitlines()) for text in row] for row in rows]
    while rows and not any(rows[-1]):
        rows.pop()
    while rows and rows[0] and not any(row[-1] for row in rows):
        rows = [row[:-1] for row in rows]
    return rows


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "xls", "html"])
@given(grid=draw_grids())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_grid_survives_being_written_and_read(suffix: str, grid: Grid, tmp_path: Path) -> None:
    path = SPANNED[suffix]([grid], tmp_path / f"a.{suffix}")
    (read,) = list_grids(open_source(path))
    check_cells(read)
    expected = without_covering_blanks(grid) if suffix in ("xlsx", "xls") else grid
    assert trim(read_rows(read)) == trim(read_rows(expected))


def without_covering_blanks(grid: Grid) -> Grid:
    """Shrink blank merged cells that reach beyond the last text: a sheet ends with its last text."""
    rows = max(cell.row + cell.row_span for cell in grid.cells if cell.text.strip())
    columns = max(cell.column + cell.column_span for cell in grid.cells if cell.text.strip())
    cells = tuple(
        Cell(
            text=cell.text,
            row=cell.row,
            column=cell.column,
            row_span=min(cell.row_span, rows - cell.row),
            column_span=min(cell.column_span, columns - cell.column),
            origin="",
        )
        for cell in grid.cells
        if cell.row < rows and cell.column < columns
    )
    return Grid(cells=cells, rows=rows, columns=columns, origin="")


@given(grid=draw_grids())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pdf_loses_no_character(grid: Grid, tmp_path: Path) -> None:
    pytest.importorskip("reportlab", reason="reportlab draws the PDFs of this test")
    visible = [cell for cell in grid.cells if cell.text.strip()]
    source = open_source(write_pdf([make_grid(ROWS), grid], tmp_path / "a.pdf"))
    assert count_characters(source.blocks) == count_characters([make_grid(ROWS), grid])
    in_tables = 10 + (len(visible) if len(grid.cells) > 1 else 0)
    assert sum(bool(cell.text.strip()) for one in list_grids(source) for cell in one.cells) == in_tables


@pytest.mark.parametrize("suffix", WRITERS)
def test_every_format_gives_the_same_table_and_loses_nothing(suffix: str, tmp_path: Path) -> None:
    source = open_source(WRITERS[suffix](SAMPLE, tmp_path / f"a.{suffix}"))
    (grid,) = list_grids(source)
    rows = [row[:4] for row in read_rows(grid) if "绩效目标表" not in row[0] and "填表人" not in row[0]]
    expected = [["" if text in (LEFT, UP) else text for text in row] for row in ROWS] if suffix == "txt" else ROWS
    assert rows == expected
    assert grid.spans_known is (suffix != "txt")
    assert count_characters(source.blocks) == count_characters(SAMPLE)
    assert source.notices == ()
    assert len(source.sha256) == 64


# Sniffing

CONTENTS: dict[Kind, bytes] = {
    Kind.DOCX: pack_docx("<w:p/>"),
    Kind.XLSX: pack_xlsx("<sheetData/>"),
    Kind.XLSB: pack_zip({"xl/workbook.bin": "x"}),
    Kind.ODT: pack_zip({"mimetype": Kind.ODT.value, "content.xml": "x"}),
    Kind.ODS: pack_zip({"mimetype": Kind.ODS.value, "content.xml": "x"}),
    Kind.SLIDES: pack_zip({"ppt/presentation.xml": "x"}),
    Kind.OFD: pack_zip({"OFD.xml": "x"}),
    Kind.ARCHIVE: pack_zip({"表.docx": "x"}),
    Kind.PDF: b"%PDF-1.7\n",
    Kind.RTF: b"{\\rtf1 x}",
    Kind.HTML: b"<!-- x -->\n<HTML><body>x",
    Kind.MHTML: b"From: <x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\nx",
    Kind.SPREADSHEET_XML: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    Kind.WORD_XML: b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>',
    Kind.JSON: b'{"perflint": "document/1"}',
    Kind.IMAGE: b"\x89PNG\r\n\x1a\n\x00\x00\xff",
    Kind.EMPTY: b" \r\n\x00",
    Kind.BINARY: b"\x00\x01\xff\xfe\x81" * 9,
    Kind.TEXT: "单位：万元\n{不是JSON}".encode(),
}


@pytest.mark.parametrize("kind", CONTENTS, ids=lambda kind: kind.name)
def test_kind_is_told_by_content(kind: Kind) -> None:
    assert sniff(CONTENTS[kind]) is kind


def make_ole(*names: str, below: tuple[str, ...] = ()) -> bytes:
    """Return an OLE file whose root holds *names*; *below* stand in a storage inside."""

    def entry(name: str, kind: int, right: int, child: int) -> bytes:
        raw = name.encode("utf-16-le") + b"\x00\x00"
        head = raw.ljust(64, b"\x00") + struct.pack("<HBB", len(raw), kind, 1)
        return (head + struct.pack("<iii", -1, right, child)).ljust(128, b"\x00")

    listed = [*names, *(["ObjectPool"] if below else [])]
    entries = [entry("Root Entry", 5, -1, 1)]
    for place, name in enumerate(listed, 1):
        following = place + 1 if place < len(listed) else -1
        entries.append(entry(name, 2, following, len(listed) + 1 if name == "ObjectPool" else -1))
    entries += [entry(name, 2, -1, -1) for name in below]
    directory = b"".join(entries).ljust(1024, b"\x00")
    table = struct.pack("<128I", 0xFFFFFFFD, 2, 0xFFFFFFFE, *[0xFFFFFFFF] * 125)
    header = ole.MAGIC.ljust(24, b"\x00") + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    header = header.ljust(48, b"\x00") + struct.pack("<I", 1)
    header = header.ljust(76, b"\x00") + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + table + directory


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (make_ole("WordDocument", "1Table"), Kind.DOC),
        (make_ole("WordDocument", below=("Workbook",)), Kind.DOC),
        (make_ole("Workbook", below=("WordDocument",)), Kind.XLS),
        (make_ole("EncryptionInfo", "EncryptedPackage"), Kind.ENCRYPTED),
        (make_ole("Contents"), Kind.BINARY),
        (ole.MAGIC + b"\x00" * 20, Kind.DAMAGED),
    ],
)
def test_ole_is_told_by_what_stands_at_its_top(data: bytes, kind: Kind) -> None:
    assert sniff(data) is kind


def test_html_called_xls_is_read_as_html(tmp_path: Path) -> None:
    path = write_html(SAMPLE, tmp_path / "a.xls", encoding="gb18030")
    source = open_source(path)
    assert source.media_type == "text/html"
    assert read_rows(list_grids(source)[0]) == ROWS


# Refusals


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b'{"a": 1}', "is JSON, not an original file"),
        (CONTENTS[Kind.IMAGE], "is a picture"),
        (CONTENTS[Kind.OFD], "is OFD"),
        (CONTENTS[Kind.ARCHIVE], "is an archive"),
        (CONTENTS[Kind.DOCX][:-40], "is damaged or cut off"),
        (CONTENTS[Kind.SLIDES], "is a slide show"),
        (CONTENTS[Kind.BINARY], "none of the formats"),
        (make_ole("EncryptedPackage"), "protected by a password"),
        (CONTENTS[Kind.DOCX], "holds no text"),
    ],
)
def test_refusal_names_the_file_the_fault_and_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message) as caught:
        open_source(data, "目标表.docx")
    (problem,) = caught.value.problems
    assert problem.path == "目标表.docx"
    assert problem.hint


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    for path, reason in ((tmp_path / "无.docx", "there is no such file"), (tmp_path, "it is a folder")):
        with pytest.raises(DocumentError, match=reason):
            open_source(path)


def test_what_word_leaves_beside_an_open_file_is_told_from_a_damaged_one() -> None:
    with pytest.raises(DocumentError, match="left this file beside one that is open"):
        open_source(b"\x05admin".ljust(162, b"\x00"), "附件/~$目标表.docx")


def lock_doc() -> bytes:
    """Return the head of a Word 97 file whose stream says that its text is encrypted."""
    listing = bytearray(make_ole("WordDocument"))
    struct.pack_into("<IQ", listing, 3 * 512 - 512 + 128 + 116, 3, 4096)
    return bytes(listing) + struct.pack("<HHHHHH", 0xA5EC, 0x00C1, 0, 0x0804, 0, 0x0100).ljust(4096, b"\x00")


def lock_xls(path: Path) -> bytes:
    """Return an Excel 97 file that begins with the record of encrypted ones."""
    data = bytearray(write_xls(SAMPLE, path).read_bytes())
    start = data.index(struct.pack("<HHH", 0x0809, 16, 0x0600)) + 20
    struct.pack_into("<H", data, start, 0x002F)
    return bytes(data)


def lock_ods() -> bytes:
    manifest = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    return pack_zip({"mimetype": Kind.ODS.value, "content.xml": b"\x8f", "META-INF/manifest.xml": manifest})


def test_a_password_is_told_in_every_format(tmp_path: Path) -> None:
    for data in (make_ole("EncryptedPackage"), lock_doc(), lock_xls(tmp_path / "a.xls"), lock_ods()):
        with pytest.raises(DocumentError, match="protected by a password") as caught:
            open_source(data, "目标表")
        assert caught.value.problems[0].hint == "open it, remove the password and save it anew"


def test_too_large_a_file_is_refused(tmp_path: Path) -> None:
    path = write_html(SAMPLE, tmp_path / "a.html")
    for content in (path, path.read_bytes()):
        with pytest.raises(DocumentError, match="more than 10"):
            open_source(content, limits=ReadingLimits(file_bytes=10))


@pytest.mark.parametrize("library", ["lxml", "xlrd", "pypdfium2"])
def test_missing_library_is_named_with_the_command_that_installs_it(
    library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suffix = {"lxml": "docx", "xlrd": "xls", "pypdfium2": "pdf"}[library]
    path = WRITERS[suffix](SAMPLE, tmp_path / f"a.{suffix}")
    real = importlib.import_module

    def without(name: str, package: str | None = None) -> Any:
        if name.partition(".")[0] == library:
            raise ImportError(name)
        return real(name, package)

    monkeypatch.setattr(importlib, "import_module", without)
    with pytest.raises(DocumentError, match=f"needs the library {library}") as caught:
        open_source(path)
    assert caught.value.problems[0].hint == "pip install 'budget-perflint[read]'"


ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(pack_zip({"word/document.xml": f"{ENTITY}<x>&a;</x>"}), id="docx"),
        pytest.param(pack_zip({"word/document.xml": f"{ENTITY}<x>&b;</x>".encode("utf-16")}), id="docx in UTF-16"),
        pytest.param(pack_xlsx("<sheetData/>", parts={"xl/sharedStrings.xml": f"{ENTITY}<sst>&b;</sst>"}), id="xlsx"),
        pytest.param(
            f'{ENTITY}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">&b;</Workbook>'.encode(), id="xml"
        ),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_entities_are_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="document type or entities"):
        open_source(data, "a")


def test_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = pack_zip({"word/document.xml": "<a>" + " " * 30_000_000 + "</a>"})
    with pytest.raises(DocumentError, match="too large"):
        open_source(bomb, "a.docx")
    with pytest.raises(DocumentError, match="more than 5"):
        open_source(pack_zip({f"word/{n}.xml": "x" for n in range(9)}), "a.docx", limits=ReadingLimits(members=5))


def test_deeply_nested_xml_is_refused() -> None:
    with pytest.raises(DocumentError, match="damaged"):
        open_source(pack_docx("<w:sdt><w:sdtContent>" * 3000), "a.docx")


def test_encrypted_zip_member_is_refused() -> None:
    data = bytearray(pack_docx("<w:p/>"))
    for place in (data.index(b"PK\x01\x02") + 8, data.index(b"PK\x03\x04") + 6):
        data[place] |= 1
    with pytest.raises(DocumentError, match="password"):
        open_source(bytes(data), "a.docx")


def test_text_that_the_workbook_lacks_is_refused() -> None:
    data = pack_xlsx('<sheetData><row><c r="A1" t="s"><v>7</v></c></row></sheetData>')
    with pytest.raises(DocumentError, match="points at text 7, of which there are 0"):
        open_source(data, "a.xlsx")


def check_read_or_refused(data: bytes, name: str) -> None:
    """Whatever *data* is: a source with sound grids, or one clear error. Nothing else is raised."""
    try:
        source = open_source(data, name)
    except DocumentError:
        return
    assert source.blocks
    for grid in list_grids(source):
        check_cells(grid)


def list_damaged(data: bytes) -> list[bytes]:
    """Return variants: cut off, with a hole, with bytes turned over."""
    middle = len(data) // 2
    cut = [data[: len(data) * part // 8] for part in (1, 4, 7)]
    holes = [data[:middle] + bytes(64) + data[middle + 64 :], data[:200] + b"\xff" * 40 + data[240:]]
    turned = [bytes(b ^ (0x55 if place % 97 == shift else 0) for place, b in enumerate(data)) for shift in (3, 50)]
    return [*cut, *holes, *turned]


@pytest.mark.parametrize("suffix", WRITERS)
def test_damaged_file_is_read_or_refused_but_never_crashes(suffix: str, tmp_path: Path) -> None:
    data = WRITERS[suffix](SAMPLE, tmp_path / f"a.{suffix}").read_bytes()
    for damaged in list_damaged(data):
        check_read_or_refused(damaged, f"a.{suffix}")


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
@given(place=st.floats(0, 1), junk=st.binary(min_size=1, max_size=8))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damaged_xml_is_read_or_refused(suffix: str, place: float, junk: bytes, tmp_path: Path) -> None:
    part = "word/document.xml" if suffix == "docx" else "xl/worksheets/sheet1.xml"
    path = WRITERS[suffix](SAMPLE, tmp_path / f"a.{suffix}")
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                at = int(place * len(content))
                content = content[:at] + junk + content[at + len(junk) :]
            new.writestr(name, content)
    check_read_or_refused(buffer.getvalue(), "a")


def test_any_bytes_are_read_or_refused() -> None:
    @given(st.binary(max_size=400))
    @settings(max_examples=150, deadline=None)
    def check(data: bytes) -> None:
        check_read_or_refused(data, "a")

    check()


@pytest.mark.parametrize("name", ["cut.json", "cut.txt"])
def test_json_that_is_cut_off_is_told_with_its_place_and_not_read_as_text(name: str) -> None:
    content = b'{"perflint": "document/1",\n "tables": [{"indicators": [{"name": "a"'
    with pytest.raises(DocumentError) as caught:
        open_source(content, name)
    problem = caught.value.problems[0]
    assert (problem.path, problem.line, problem.column) == (name, 2, 41)
