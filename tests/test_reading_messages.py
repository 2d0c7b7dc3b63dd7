"""Whatever the reading of files says to a person, it says in Chinese and in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import perflint.reading
from perflint.errors import DocumentError
from perflint.language import speaking
from perflint.reading.container.source import open_source

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
