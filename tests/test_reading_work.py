"""How much work a file makes: four times the file is about four times the work, whatever a stranger repeats in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from steps import count_steps_of

from perflint.errors import DocumentError
from perflint.reading import read
from perflint.reading.assembly.table import build_tables
from perflint.reading.container.contents import ReadingLimits
from perflint.reading.container.source import open_source
from perflint.reading.container.xml import parse_xml
from perflint.reading.draft import Draft

HEADER = ("一级指标", "二级指标", "三级指标", "指标值")
LEVELS = ("产出指标", "数量指标", "三级指标", "≥10个")
LABELS = ("项目名称", "主管部门", "资金总额", "2026", "年度目标")


def list_row(number: int) -> tuple[str, ...]:
    return ("产出指标", "数量指标", f"指标{number}", f"≥{number}个")


def write_tables(count: int) -> str:
    tables = (
        (f"项目支出绩效目标表{number}", "\t".join(HEADER), "\t".join(list_row(number))) for number in range(count)
    )
    return "\n".join(line for table in tables for line in table)


def write_wide(words: tuple[str, ...], separator: str) -> Callable[[int], str]:
    return lambda width: "\n".join(separator.join((words * width)[:width]) for _ in range(4))


LARGE: dict[str, tuple[Callable[[int], str], int]] = {
    "a header again and again, one cell a line": (lambda count: "\n".join(HEADER * count), 60),
    "a header again and again, its cells told apart by blanks": (lambda count: ("   ".join(HEADER) + "\n") * count, 30),
    "tables one below the other without a blank line": (write_tables, 20),
    "rows as wide as can be, of levels and values": (write_wide(LEVELS, "\t"), 120),
    "of words of a header": (write_wide(HEADER, "\t"), 160),
    "of labels": (write_wide(LABELS, "\t"), 120),
    "of drawn cells": (write_wide(("甲",), "│"), 120),
}


@pytest.mark.parametrize(("write", "size"), LARGE.values(), ids=LARGE)
def test_work_grows_with_the_size_of_a_text(write: Callable[[int], str], size: int) -> None:
    count_steps(write(size))  # what is loaded, and remembered of the forms
    assert count_steps(write(4 * size)) < 6 * count_steps(write(size))


def test_a_line_that_is_almost_a_rule_of_a_pipe_table_is_told_at_once() -> None:
    text = "|" + "-|: +=" * 60_000 + "x|"
    with pytest.raises(DocumentError, match="60001"):
        read(f"{text}\n{text}\n".encode(), name="a.txt")


def count_steps(text: str) -> int:
    """Return how many lines of Python run while a text is read, rounds of comprehensions included."""
    return count_steps_of(lambda: read(text.encode(), name="a.txt"))


def test_what_a_wider_table_costs_does_not_grow_with_its_width() -> None:
    rows = [write_wide(HEADER, "\t"), write_wide(LEVELS, "\t")]
    texts = ["\n".join(write(width) for write in rows) for width in (240, 240, 480, 960)]
    _, narrow, wide, widest = map(count_steps, texts)
    assert widest - wide < 2.3 * (wide - narrow)


def test_thousands_of_tables_are_named_in_one_walk() -> None:
    few, many = ([Draft.over({"kind": "project"}) for _ in range(count)] for count in (500, 2000))
    assert count_steps_of(lambda: build_tables(many, {})) < 4.5 * count_steps_of(lambda: build_tables(few, {}))
    assert (few[0].data["id"], many[-1].data["id"]) == ("project-1", "project-2000")


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<p a=1 b=2 c=3 d=4>x" * 700_000, "3500002 个标记和属性"),
        ("<table>" + "<tr><td>1<td>2" * 300_000, "表格超过 500000 个单元格"),
    ],
)
def test_a_page_that_would_take_all_memory_is_refused_before_it_is_parsed(page: str, told: str) -> None:
    tracemalloc.start()
    with pytest.raises(DocumentError, match=told):
        read(f"<html><body>{page}".encode(), name="a.html")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5 * len(page)


def test_a_part_of_very_many_tags_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(DocumentError, match="3500001 个标记和属性"):
        parse_xml(b"<a>" + b"<b/>" * 3_500_000 + b"</a>", "document.xml", "a.docx")


def test_a_tag_of_very_many_attributes_is_refused_and_says_so() -> None:
    attributes = " ".join(f"a{number}=1" for number in range(100_000))
    with pytest.raises(DocumentError, match="100000 个属性"):
        read(f"<html><body><p {attributes}>项目</p></body></html>".encode(), name="a.html")


@pytest.mark.parametrize("sheet", ["/*" * 300_000, "@" * 300_000, "a" * 300_000, ".x{display:none}" * 20_000])
def test_a_style_sheet_is_read_in_one_walk(sheet: str) -> None:
    page = f"<html><head><style>{sheet}</style></head><body><p>项目支出</p><p class='x'>绩效</p></body></html>"
    assert "项目支出" in json.dumps(read(page.encode(), name="a.html").data, ensure_ascii=False)


def write_word(folder: Path, body: str, **parts: str) -> Path:
    """Write a docx of paragraphs, with further parts that it is related to, each by the kind its name begins with."""
    spaces = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    related = "".join(
        f'<Relationship Id="{name}{turn}" Type="{kinds}/{name}" Target="{name}.xml"/>'
        for name in parts
        for turn in range(50)
    )
    with zipfile.ZipFile(folder / "a.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {spaces}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{related}</Relationships>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content.replace("SPACES", spaces))
    return folder / "a.docx"


def test_a_header_that_many_relations_name_is_read_once(tmp_path: Path) -> None:
    header = "<w:hdr SPACES><w:p><w:r><w:t>页眉文字</w:t></w:r></w:p></w:hdr>"
    path = write_word(tmp_path, "<w:p><w:r><w:t>项目</w:t></w:r></w:p>", header=header)
    assert json.dumps(read(path).data, ensure_ascii=False).count("页眉文字") == 1


def test_numbers_of_lists_stay_short_whatever_they_begin_with(tmp_path: Path) -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="START"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="TEXT"/></w:lvl>'
    for start, text in (("999999999", "%1."), ("9" * 4000, "%1."), ("1", "%1" * 50_000)):
        shown = level.replace("START", start).replace("TEXT", text)
        numbering = (
            f'<w:numbering SPACES><w:abstractNum w:abstractNumId="0">{shown}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
        )
        listed = '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>项目</w:t></w:r></w:p>'
        data = read(write_word(tmp_path, listed * 3, numbering=numbering)).data
        assert len(json.dumps(data, ensure_ascii=False)) < 3_000


def test_a_long_chain_of_styles_hands_down_what_the_first_says(tmp_path: Path) -> None:
    chain = "".join(
        f'<w:style w:styleId="s{number}"><w:basedOn w:val="s{number + 1}"/></w:style>' for number in range(3_000)
    )
    styles = f'<w:styles SPACES>{chain}<w:style w:styleId="s3000"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    body = '<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr><w:r><w:t>藏起来的</w:t></w:r></w:p>'
    body += "<w:p><w:r><w:t>项目</w:t></w:r></w:p>"
    data = read(write_word(tmp_path, body, styles=styles)).data
    assert "隐藏文字" in json.dumps(data, ensure_ascii=False)


def test_an_ole_file_with_sectors_of_no_known_size_is_damaged() -> None:
    data = bytes.fromhex("d0cf11e0a1b11ae1") + b"\xff" * 4096
    with pytest.raises(DocumentError):
        read(data, name="a.doc")


def test_a_file_that_prints_too_many_characters_is_refused_and_says_so() -> None:
    with pytest.raises(DocumentError, match="12 个字，超过 10 个"):
        open_source("项目支出绩效目标表\n河道清".encode(), "a.txt", limits=ReadingLimits(characters=10))


FORMS_IN_FORMS = """
import pypdfium2
from perflint.reading.container.pdf.probe import is_bearable

def write(depth):
    kind = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>/Length 60>>"
    form = kind + "stream\\n%s\\nendstream"
    parts = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    parts += ["<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"]
    parts += ["<</Length 60>>stream\\n%s\\nendstream" % ("/X Do " * 10)]
    parts += [form % (number + 6, "/X Do " * 10) for number in range(depth)] + [form % (99, "0 0 5 5 re f".ljust(60))]
    objects = "".join("%d 0 obj\\n%s\\nendobj\\n" % one for one in enumerate(parts, 1))
    return "%PDF-1.7\\n" + objects + "trailer <</Root 1 0 R>>"

print([is_bearable(pypdfium2, write(depth).encode(), 1, size=150_000_000) for depth in (1, 9)])
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that can be copied")
def test_a_pdf_of_forms_in_forms_in_forms_is_found_out_before_it_takes_all_memory() -> None:
    told = subprocess.run([sys.executable, "-c", FORMS_IN_FORMS], capture_output=True, text=True, check=True)
    assert told.stdout == "[True, False]\n"
