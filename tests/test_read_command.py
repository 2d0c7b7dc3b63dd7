"""``perflint read`` as a clerk uses it: many files, bad ones among them, and nothing lost or half-written."""

from __future__ import annotations

import io
import json
import os
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from make_files import Blocks, make_grid, pack_docx, write_docx, write_html, write_xlsx

from perflint.cli import main
from perflint.commands.progress import draw_bar
from perflint.reading.assembly import document
from perflint.reading.form.template import Form
from perflint.reading.grid import Paragraph, Source

FORM: Blocks = [
    Paragraph(text="甲镇2026年部门整体支出绩效目标表", origin=""),
    make_grid(
        [
            ["一级指标", "二级指标", "三级指标", "指标值", "计量单位"],
            ["产出指标", "数量指标", "修路", "≥5", "公里"],
            ["产出指标", "数量指标", "种树", "≥90", "棵"],
        ]
    ),
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder that is no project."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def files() -> None:
    write_docx(FORM, Path("甲.docx"))
    write_html(FORM, Path("乙.html"))


def list_written(folder: str) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in Path(folder).rglob("*") if path.is_file())


def read_names(path: str) -> list[str]:
    (table,) = json.loads(Path(path).read_text(encoding="utf-8"))["tables"]
    return [row["name"] for row in table["indicators"]]


# What is written


@pytest.mark.usefixtures("files")
def test_each_file_becomes_a_document_and_a_line_says_what_was_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "甲.docx", "乙.html", "-o", "out"]) == 0
    assert [read_names(f"out/{name}.json") for name in "甲乙"] == [["修路", "种树"]] * 2
    assert capsys.readouterr().err == (
        f"甲.docx → {Path('out/甲.json')}（1 张表，2 行指标）\n乙.html → {Path('out/乙.json')}（1 张表，2 行指标）\n"
    )


def test_what_a_person_should_look_at_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    struck = make_grid(
        [["一级指标", "二级指标", "三级指标", "指标值", "说不清"], ["产出指标", "数量指标", "修路", "5", "甲"]]
    )
    write_docx([FORM[0], struck], Path("甲.docx"))
    assert main(["read", "甲.docx", "-o", "out"]) == 0
    assert capsys.readouterr().err.endswith("（1 张表，1 行指标；要人看 1 处；没有认出 1 处）\n")


def test_what_the_form_has_and_the_document_has_no_place_for_is_not_called_unknown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    head = make_grid([["项目名称", "修路"], ["主管部门及代码", "601-某县交通局"], ["年度资金总额", "12"]])
    write_docx([FORM[0], head], Path("甲.docx"))
    assert main(["read", "甲.docx", "-o", "out"]) == 0
    assert "没有认出" not in capsys.readouterr().err
    assert main(["read", "甲.docx", "--explain"]) == 0
    told = capsys.readouterr().out.partition("认得、但文档里没有位置的内容\n")[2]
    assert told == '  表1 第2行第2列  主管部门及代码  "601-某县交通局"\n'
    assert main(["check", "甲.docx"]) == 0
    assert "没有认出" not in "".join(capsys.readouterr())


def test_a_letter_is_said_to_hold_no_table(capsys: pytest.CaptureFixture[str]) -> None:
    Path("信.docx").write_bytes(pack_docx("<w:p><w:r><w:t>你好。</w:t></w:r></w:p>"))
    assert main(["read", "信.docx", "-o", "out"]) == 0
    assert "没有认出绩效目标表" in capsys.readouterr().err


@pytest.mark.usefixtures("files")
def test_a_folder_stands_for_the_originals_in_it() -> None:
    Path("附件/二").mkdir(parents=True)
    os.rename("甲.docx", "附件/甲.docx")
    write_xlsx(FORM, Path("附件/二/甲.xlsx"))
    Path("附件/~$甲.docx").write_bytes(b"\x05admin".ljust(162, b"\x00"))
    Path("附件/说明.md").write_text("说明", encoding="utf-8")
    assert main(["read", "附件", "附件/甲.docx", "-o", "out"]) == 0
    assert list_written("out") == [str(Path("二/甲.json")), "甲.json"]


def test_a_folder_without_originals_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("附件").mkdir()
    assert main(["read", "附件", "-o", "out"]) == 2
    assert capsys.readouterr().err.startswith("附件: 文件夹里没有原件\n    → 找的是 .doc、")


@pytest.mark.usefixtures("files")
def test_standard_input_is_a_file(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(Path("甲.docx").read_bytes())))
    assert main(["read", "-"]) == 0
    printed = capsys.readouterr()
    assert [row["name"] for row in json.loads(printed.out)["tables"][0]["indicators"]] == ["修路", "种树"]
    assert printed.err == "-（1 张表，2 行指标）\n"


# Whole or not at all


@pytest.mark.usefixtures("files")
def test_names_that_differ_in_their_suffix_or_case_alone_do_not_collide(capsys: pytest.CaptureFixture[str]) -> None:
    os.rename("乙.html", "甲.HTML")
    assert main(["read", "甲.docx", "甲.HTML", "-o", "out"]) == 0
    assert list_written("out") == ["甲.HTML.json", "甲.docx.json"]
    os.makedirs("b")
    os.rename("甲.HTML", "b/甲.DOCX")
    capsys.readouterr()
    assert main(["read", "甲.docx", "b/甲.DOCX", "-o", "other"]) == 2
    assert capsys.readouterr().err == "两个文件都叫 甲.docx\n    → 分开读到两个文件夹\n"
    assert not Path("other").exists()


@pytest.mark.usefixtures("files")
def test_a_file_that_exists_stays_unless_asked() -> None:
    Path("out").mkdir()
    Path("out/甲.json").write_text("mine", encoding="utf-8")
    assert main(["read", "甲.docx", "乙.html", "-o", "out"]) == 2
    assert Path("out/甲.json").read_text(encoding="utf-8") == "mine"
    assert read_names("out/乙.json") == ["修路", "种树"]
    assert main(["read", "甲.docx", "-o", "out", "--force"]) == 0
    assert read_names("out/甲.json") == ["修路", "种树"]


@pytest.mark.usefixtures("files")
def test_the_original_is_never_replaced(capsys: pytest.CaptureFixture[str]) -> None:
    os.rename("乙.html", "乙.json")
    before = Path("乙.json").read_bytes()
    assert main(["read", "乙.json", "-o", ".", "--force"]) == 2
    assert "会盖掉原件" in capsys.readouterr().err
    assert Path("乙.json").read_bytes() == before


@pytest.mark.usefixtures("files")
def test_a_file_in_the_place_of_the_folder_is_refused_before_anything_is_read(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["read", "甲.docx", "-o", "乙.html"]) == 2
    assert capsys.readouterr().err == "乙.html: -o 后面要写文件夹，这是文件\n"


@pytest.mark.usefixtures("files")
def test_one_original_may_go_to_a_file_that_is_named_and_several_may_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "甲.docx", "-o", "out/甲表.json"]) == 0
    assert list_written("out") == ["甲表.json"]
    assert main(["read", "甲.docx", "-o", "out/甲表.json"]) == 2
    assert capsys.readouterr().err.endswith("甲表.json: 文件已存在\n    → 要覆盖请加 --force\n")
    assert main(["read", "甲.docx", "乙.html", "-o", "all.json"]) == 2
    assert capsys.readouterr().err == "多个文件要写到文件夹里\n    → -o 后面写文件夹，all.json 像是文件\n"


@pytest.mark.usefixtures("files")
def test_an_interrupted_run_leaves_whole_files_only(monkeypatch: pytest.MonkeyPatch) -> None:
    replace = os.replace

    def interrupt(source: str, target: str) -> None:
        if "乙" in str(target):
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr(os, "replace", interrupt)
    assert main(["read", "甲.docx", "乙.html", "-o", "out"]) == 130
    assert list_written("out") == ["甲.json"]
    assert read_names("out/甲.json") == ["修路", "种树"]


@pytest.mark.usefixtures("files")
def test_a_full_disk_leaves_what_stood_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("out").mkdir()
    Path("out/甲.json").write_text("mine", encoding="utf-8")

    def refuse(source: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    assert main(["read", "甲.docx", "-o", "out", "--force"]) == 2
    assert "写不了：磁盘满了\n    → 腾出空间" in capsys.readouterr().err
    assert list_written("out") == ["甲.json"]
    assert Path("out/甲.json").read_text(encoding="utf-8") == "mine"


@pytest.mark.usefixtures("files")
def test_a_folder_that_cannot_be_made_is_said_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "甲.docx", "-o", "乙.html/out"]) == 2
    assert "写不了：路径里有一段不是文件夹" in capsys.readouterr().err


# Bad input


def write_bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * 70_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(lambda: b"", "文件是空的", id="nothing in it"),
        pytest.param(lambda: b"\x89PNG\r\n\x1a\n\x00\xff", "文件是图片", id="a picture"),
        pytest.param(lambda: bytes(range(256)) * 20, "文件不是 perflint 能读的格式", id="no document"),
        pytest.param(lambda: pack_docx("<w:p/>")[:200], "文件已损坏或不完整", id="cut off"),
        pytest.param(lambda: pack_docx("<w:p/>"), "文件里没有文字", id="no text"),
        pytest.param(write_bomb, "解压后太大", id="a bomb"),
        pytest.param(lambda: b'{"perflint": "document/1", "tables": []}', "文件是 JSON", id="no original"),
    ],
)
@pytest.mark.usefixtures("files")
def test_a_bad_file_is_named_with_its_fault_and_a_way_out(
    make: Callable[[], bytes], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("坏.docx").write_bytes(make())
    assert main(["read", "坏.docx", "甲.docx", "-o", "out"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("坏.docx: ")
    assert message in said.split("\n")[0]
    assert said.split("\n")[1].startswith("    → ")
    assert said.endswith("读了 1 件，1 件没有读成\n")
    assert list_written("out") == ["甲.json"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("无.docx", "没有这个文件或文件夹"),
        ("长" * 200 + ".docx", "文件名或路径太长"),
        ("甲.docx/x", "路径里有一段不是文件夹"),
    ],
)
@pytest.mark.usefixtures("files")
def test_a_file_that_cannot_be_opened_is_said_in_chinese(
    name: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (["read", name], ["check", name]):
        assert main(command) == 2
        printed = capsys.readouterr()
        assert f"{name}: 打不开文件：{message}\n    → " in printed.out + printed.err


@pytest.mark.usefixtures("files")
def test_a_fault_of_perflint_on_one_file_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build = document.build_document_data

    def fail(source: Source, forms: Sequence[Form]) -> dict[str, Any]:
        return {"tables": 1 // 0} if source.file == "甲.docx" else build(source, forms)

    monkeypatch.setattr(document, "build_document_data", fail)
    assert main(["read", "甲.docx", "乙.html", "-o", "out"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("甲.docx: perflint 读这个文件时自己出错：ZeroDivisionError")
    assert "Traceback" not in said
    assert list_written("out") == ["乙.json"]


# Progress


def test_the_bar_fills_as_files_are_done() -> None:
    assert draw_bar(0, 3, "甲.docx") == "[....................] 0/3 甲.docx"
    assert draw_bar(2, 3, "甲.docx") == "[#############.......] 2/3 甲.docx"
    assert (
        draw_bar(1, 3, "一个名字很长很长很长很长的文件.docx") == "[######..............] 1/3 …长很长很长很长的文件.docx"
    )


@pytest.mark.usefixtures("files")
def test_the_bar_is_for_people_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "甲.docx", "乙.html", "-o", "one"]) == 0
    assert "\r" not in capsys.readouterr().err
    monkeypatch.setattr("perflint.cli.Terminal.is_interactive", True)
    assert main(["read", "甲.docx", "乙.html", "-o", "two"]) == 0
    assert "] 1/2 乙.html" in capsys.readouterr().err
    assert main(["read", "甲.docx"]) == 0
    assert "\r" not in capsys.readouterr().err


@pytest.mark.usefixtures("files")
def test_every_file_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    build = document.build_document_data

    def watch(source: Source, forms: Sequence[Form]) -> dict[str, Any]:
        seen.append(source.file)
        return build(source, forms)

    monkeypatch.setattr(document, "build_document_data", watch)
    assert main(["read", "甲.docx", "./甲.docx", ".", "-o", "out"]) == 0
    assert sorted(map(os.path.basename, seen)) == ["乙.html", "甲.docx"]


# What a person is told about one file

STRUCK = pack_docx(
    "<w:p><w:r><w:t>甲镇2026年部门整体支出绩效目标表</w:t></w:r></w:p><w:tbl>"
    + "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p><w:r>{text}</w:r></w:p></w:tc>" for text in texts) + "</w:tr>"
        for texts in (
            [f"<w:t>{text}</w:t>" for text in ("一级指标", "二级指标", "三级指标", "目标值类", "计算单位")],
            [f"<w:t>{text}</w:t>" for text in ("产出指标", "数量指标", "修路")]
            + ["<w:rPr><w:strike/></w:rPr><w:t>≥5</w:t>", "<w:t>公里</w:t>"],
        )
    )
    + "</w:tbl>"
)


def test_check_says_what_reading_left_to_look_at(capsys: pytest.CaptureFixture[str]) -> None:
    Path("甲.docx").write_bytes(STRUCK)
    main(["check", "甲.docx"])
    (said,) = [line for line in capsys.readouterr().out.split("\n") if "original-doubtful" in line]
    assert said.startswith("甲.docx: 读原件时要人看 ")
    assert "逐条列出：perflint read 甲.docx --explain" in said


def test_explain_speaks_of_columns_in_the_words_of_forms_and_lists_what_to_look_at(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("甲.docx").write_bytes(STRUCK)
    assert main(["read", "甲.docx", "--explain"]) == 0
    said = capsys.readouterr().out
    assert "  绩效指标的表头在表1 第1行第1列\n    一级指标 → 一级指标（level1）\n" in said
    assert "    三级指标 → 三级指标（name）\n" in said
    listed = said.partition("\n要人看的地方\n")[2].split("\n")
    assert "  表1 第2行第4列  有加删除线的文字，照样读入" in listed


def test_no_notice_speaks_of_paths_of_the_document(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [["部门名称", "甲镇"], ["资金总额", "5"], ["基本支出", "2"], ["基本支出", "3"], ["部门名称", "乙镇"]]
    write_docx([FORM[0], make_grid(rows), *FORM[1:]], Path("甲.docx"))
    assert main(["read", "甲.docx", "--explain"]) == 0
    said = capsys.readouterr().out
    assert "基本支出又有一个值：3；保留前一个" in said
    assert "budget." not in said
