"""Whatever the reading of files says to a person, it says in Chinese and in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from make_files import make_grid, pack_docx, write_xls

import perflint.reading
from perflint.errors import DocumentError
from perflint.language import speaking
from perflint.reading.container.source import open_source
from perflint.reading.grid import Grid

ROOM = Path(perflint.reading.__file__).parent
_ENGLISH = re.compile(r"[A-Za-z]{2,}[,;:]? (?:[a-z]+ )*[a-z]{2,}")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
# A command, a YAML template, regular expressions: words for machines.
_FOR_MACHINES = re.compile(r"pip install .*|.*[{\\*].*", re.DOTALL)


def list_modules() -> list[Path]:
    return sorted(ROOM.rglob("*.py"))


def name_module(path: Path) -> str:
    return path.relative_to(ROOM).with_suffix("").as_posix()


def list_spoken(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls ``say(zh, en)``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
            yield node


def show(node: ast.AST) -> str:
    """Return the fixed words of a text expression."""
    words = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return " ".join(words)


@pytest.mark.parametrize("path", list_modules(), ids=name_module)
def test_every_sentence_is_said_in_both_languages(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    spoken = {id(one) for call in list_spoken(tree) for one in ast.walk(call)}
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    silent |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "split"}
    found = [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in spoken | silent
        and _ENGLISH.search(node.value)
        and not _FOR_MACHINES.fullmatch(node.value)
    ]
    assert found == []


@pytest.mark.parametrize("path", list_modules(), ids=name_module)
def test_chinese_comes_first_and_english_has_no_chinese_words(path: Path) -> None:
    for call in list_spoken(ast.parse(path.read_text(encoding="utf-8"))):
        assert len(call.args) == 2, f"{path.name}:{call.lineno}"
        zh, en = map(show, call.args)
        if _ENGLISH.search(en):
            assert _CHINESE.search(zh), f"{path.name}:{call.lineno}"


@pytest.mark.parametrize(
    ("content", "zh", "en"),
    [
        pytest.param(b"", "文件是空的", "the file is empty", id="empty"),
        pytest.param(b"PK\x03\x04", "文件已损坏或不完整", "the file is damaged or cut off", id="cut off"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\xff", "文件是图片", "the file is a picture", id="picture"),
        pytest.param(b"%PDF-1.4", "文件已损坏", "the file is damaged", id="broken PDF"),
    ],
)
def test_a_refusal_speaks_the_language_asked_for(content: bytes, zh: str, en: str) -> None:
    said = {}
    for language in ("zh", "en"):
        with speaking(language), pytest.raises(DocumentError) as caught:
            open_source(content, "a")
        said[language] = caught.value.problems[0].message.split("：")[0].split(": ")[0]
    assert said == {"zh": zh, "en": en}


def test_the_reason_why_a_pdf_cannot_be_opened_is_told_in_chinese_alone() -> None:
    with speaking("zh"), pytest.raises(DocumentError) as caught:
        open_source(b"%PDF-1.4", "a.pdf")
    assert caught.value.problems[0].message == "文件已损坏：不是完整的 PDF"


@pytest.mark.parametrize("share", [10, 40, 70, 90, 99])
@pytest.mark.parametrize("damage", ["cut off", "overwritten"])
def test_a_damaged_xls_is_told_without_the_words_of_a_library(damage: str, share: int, tmp_path: Path) -> None:
    data = write_xls(
        [make_grid([["一级指标", "二级指标", "三级指标", "指标值"]] * 200)], tmp_path / "a.xls"
    ).read_bytes()
    at = len(data) * share // 100
    broken = data[:at] if damage == "cut off" else data[:at] + bytes(range(256)) * 4 + data[at + 1024 :]
    with speaking("zh"):
        try:
            open_source(broken, "a.xls")
        except DocumentError as error:
            (problem,) = error.problems
            assert problem.message.startswith("文件已损坏")
            assert not re.search(r"[A-Za-z]", problem.message)
            assert problem.hint is not None
            assert "重新取一份" in problem.hint or "打开" in problem.hint


TABLE = "\n".join(["一级指标\t二级指标\t三级指标\t指标值", "产出指标\t数量指标\t修路里程\t≥5公里"] * 5)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TABLE.encode()[:-1] + b"\n", id="UTF-8 cut inside a character"),
        pytest.param(TABLE.encode()[:7] + TABLE.encode()[8:], id="UTF-8 that lost a byte"),
        pytest.param(TABLE.encode()[:60] + b"\xff" + TABLE.encode()[60:], id="UTF-8 with a foreign byte"),
        pytest.param(
            TABLE.encode("gb18030")[:61] + b"\xff" + TABLE.encode("gb18030")[61:], id="GBK with a foreign byte"
        ),
        pytest.param(b"\xff\xfe" + TABLE.encode("utf-16-le")[:-1], id="UTF-16 cut inside a character"),
    ],
)
def test_text_with_damaged_characters_is_refused_and_never_read_in_another_encoding(content: bytes) -> None:
    with speaking("zh"), pytest.raises(DocumentError) as caught:
        open_source(content, "a.txt")
    (problem,) = caught.value.problems
    assert problem.message.startswith("文字里有乱码")
    assert "UTF-8" in str(problem.hint)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_sound_text_is_read_in_every_encoding(encoding: str) -> None:
    (grid,) = open_source(TABLE.encode(encoding), "a.txt").blocks
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.cells] == [text for row in TABLE.split("\n") for text in row.split("\t")]


@pytest.mark.parametrize("damage", ["part", "xml"])
def test_a_damaged_part_is_told_without_the_words_of_a_library(damage: str) -> None:
    data = bytearray(pack_docx("<w:p>" if damage == "xml" else "<w:p/>"))
    if damage == "part":
        at = data.index(b"word/document.xml") + 40
        data[at : at + 40] = bytes(40)
    with speaking("zh"), pytest.raises(DocumentError) as caught:
        open_source(bytes(data), "a.docx")
    (problem,) = caught.value.problems
    assert "已损坏" in problem.message
    assert not re.search(r"[A-Za-z]", re.sub(r"[\w/]+\.(?:xml|rels)|XML", "", problem.message)), problem.message
    assert problem.hint
