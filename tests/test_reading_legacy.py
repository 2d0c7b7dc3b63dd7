from __future__ import annotations

import stat
import time
from pathlib import Path

import pytest
from make_files import Blocks, make_grid, read_rows, write_docx, write_xlsx

from perflint.errors import DocumentError
from perflint.reading.container import legacy
from perflint.reading.container.contents import ReadingLimits
from perflint.reading.container.source import open_source
from perflint.reading.grid import Grid, Paragraph

pytestmark = pytest.mark.usefixtures("english")

ROWS = [
    ["单位", "一级指标", "二级指标", "指标值"],
    ["某某镇", "产出\n指标", "数量指标", "≥5次"],
    ["↑", "↑", "质量指标", "95%"],
    ["备注", "无", "←", "←"],
]
SAMPLE: Blocks = [Paragraph(text="部门整体支出绩效目标表", origin=""), make_grid(ROWS, name="表一")]
needs_office = pytest.mark.skipif(legacy.find_office() is None, reason="LibreOffice is not installed")


def make_office(folder: Path, script: str) -> str:
    """Return a program that stands in for LibreOffice."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    return str(program)


@needs_office
@pytest.mark.parametrize("suffix", ["doc", "rtf", "odt"])
def test_text_documents_are_read_through_libreoffice(suffix: str, tmp_path: Path) -> None:
    data = legacy.convert(write_docx(SAMPLE, tmp_path / "a.docx").read_bytes(), "a.docx", "docx", suffix)
    source = open_source(data, f"a.{suffix}")
    title, grid = source.blocks
    assert isinstance(grid, Grid)
    assert (getattr(title, "text", None), read_rows(grid)) == ("部门整体支出绩效目标表", ROWS)
    assert [(notice.path, notice.message) for notice in source.notices] == [
        (f"a.{suffix}", "the file was converted by LibreOffice before reading")
    ]


@needs_office
def test_workbooks_are_read_through_libreoffice(tmp_path: Path) -> None:
    data = legacy.convert(write_xlsx(SAMPLE[1:], tmp_path / "a.xlsx").read_bytes(), "a.xlsx", "xlsx", "ods")
    (grid,) = open_source(data, "a.ods").blocks
    assert isinstance(grid, Grid)
    assert read_rows(grid) == ROWS


@needs_office
def test_pdf_of_a_word_file_gives_the_same_table(tmp_path: Path) -> None:
    rows = [["一级指标", "二级指标", "三级指标", "指标值"]]
    rows += [["产出指标" if n == 0 else "↑", f"二级{n}", f"第{n}项重点工作完成情况", f"≥{n}%"] for n in range(90)]
    data = write_docx([make_grid(rows)], tmp_path / "a.docx").read_bytes()
    grid = open_source(legacy.convert(data, "a.docx", "docx", "pdf"), "a.pdf").blocks[0]
    assert isinstance(grid, Grid)
    assert read_rows(grid) == rows


def test_missing_libreoffice_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(legacy.COMMAND, "/nowhere/soffice")
    with pytest.raises(DocumentError, match="only with LibreOffice, which was not found") as caught:
        open_source(b"{\\rtf1 x}", "a.rtf")
    assert (
        caught.value.problems[0].hint
        == "install LibreOffice (or say in the variable PERFLINT_SOFFICE where it is), or save the file as docx"
    )


def test_libreoffice_is_stopped_with_its_children_when_time_is_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "alive"
    monkeypatch.setenv(legacy.COMMAND, make_office(tmp_path, f"(sleep 2; touch {mark}) & sleep 60"))
    with pytest.raises(DocumentError, match="took longer than 1 seconds"):
        open_source(b"{\\rtf1 x}", "a.rtf", limits=ReadingLimits(seconds=1))
    time.sleep(1.5)
    assert not mark.exists()


def test_failed_conversion_says_what_libreoffice_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(legacy.COMMAND, make_office(tmp_path, "echo source file could not be loaded"))
    with pytest.raises(DocumentError, match="could not convert the file: source file could not be loaded"):
        open_source(b"{\\rtf1 x}", "a.rtf")


def test_program_gets_a_profile_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = tmp_path / "said"
    monkeypatch.setenv(legacy.COMMAND, make_office(tmp_path, f'echo "$@" HOME=$HOME > {said}'))
    with pytest.raises(DocumentError):
        open_source(b"{\\rtf1 x}", "a.rtf")
    words = said.read_text().split()
    assert words[0].startswith("-env:UserInstallation=file:///")
    assert words[1:7] == ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--convert-to"]
    assert words[7] == "docx"
