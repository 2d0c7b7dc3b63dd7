from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from perflint.document.model import Document
from perflint.errors import DocumentError
from perflint.sources import Source, find_sources, read_item

DOCUMENT = json.dumps({"perflint": "document/1", "tables": [{"kind": "overall"}]})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "b.json": DOCUMENT,
        "a.json": DOCUMENT,
        "other.json": '{"some": "thing"}',
        "notes.md": "no candidate at all",
        "table.docx": "",
        "sub/c.jsonl": f"{DOCUMENT}\n\n{DOCUMENT}\n",
        "sub/log.jsonl": '{"event": 1}\n',
        ".hidden/d.json": DOCUMENT,
        "node_modules/e.json": DOCUMENT,
        "draft/f.json": DOCUMENT,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def names(found: list[object]) -> list[str]:
    return [f"{type(one).__name__} {getattr(one, 'path', '')}".rstrip() for one in found]


def read_all(*paths: str) -> list[str]:
    return names([found for source in find_sources(paths) for found in read_item(source)])


@pytest.mark.usefixtures("folder")
def test_a_folder_gives_its_documents_by_name_and_passes_over_the_rest() -> None:
    assert read_all(".") == [
        "Document a.json",
        "Document b.json",
        "Document draft/f.json",
        "PassedOver other.json",
        "Document sub/c.jsonl#1",
        "Document sub/c.jsonl#3",
        "PassedOver sub/log.jsonl",
        "PassedOver table.docx",
    ]


@pytest.mark.usefixtures("folder")
def test_files_come_in_the_order_named_and_none_twice() -> None:
    found = find_sources(["sub", "b.json", ".", "./a.json"], exclude=["draft", "other*"])
    assert list(found) == [
        Source("sub/c.jsonl", named=False),
        Source("sub/log.jsonl", named=False),
        Source("b.json"),
        Source("a.json"),
        Source("table.docx", named=False),
    ]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("pattern", ["sub/c.jsonl", "sub/*.jsonl", "c.jsonl", "*/c.*"])
def test_a_pattern_is_of_a_name_or_of_a_path(pattern: str) -> None:
    assert Source("sub/c.jsonl", named=False) not in list(find_sources(["."], exclude=[pattern]))


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("paths", [(".", "other.json", "table.docx"), ("other.json", "./table.docx", ".")], ids=str)
def test_a_file_that_is_named_is_named_wherever_its_folder_stands(paths: tuple[str, ...]) -> None:
    named = [Path(source.path) for source in find_sources(paths) if source.named]
    assert sorted(named) == [Path("other.json"), Path("table.docx")]


@pytest.mark.usefixtures("folder")
def test_a_file_that_is_named_is_read_even_if_excluded() -> None:
    assert list(find_sources(["a.json"], exclude=["a.json"])) == [Source("a.json")]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["other.json", "sub/log.jsonl", "missing.json", "notes.md"])
def test_a_file_that_is_named_and_no_document_is_an_error(name: str) -> None:
    (found,) = read_item(Source(name))
    assert isinstance(found, DocumentError)
    assert found.problems[0].path == name


def test_empty_json_lines_are_an_error(tmp_path: Path) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_text("\n\n", encoding="utf-8")
    assert [type(found) for found in read_item(Source(str(path)))] == [DocumentError]


@pytest.mark.parametrize("name", ["a\0.json", "a\0.jsonl", "a\0.docx"])
def test_a_path_that_no_system_takes_is_an_error(name: str) -> None:
    (found,) = read_item(Source(name))
    assert isinstance(found, DocumentError)
    assert found.problems[0].message == "打不开文件：路径里有空字符"


def test_a_bad_line_does_not_stop_the_others(tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_text(f"{DOCUMENT}\n{{broken\n{DOCUMENT}\n", encoding="utf-8")
    assert [type(found) for found in read_item(Source(str(path)))] == [Document, DocumentError, Document]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DOCUMENT, ["Document -"]),
        (json.dumps(json.loads(DOCUMENT), indent=2), ["Document -"]),
        (f"\n{DOCUMENT}\n{DOCUMENT}", ["Document -#2", "Document -#3"]),
        ("", ["DocumentError"]),
        ('{"a": 1}\n', ["DocumentError"]),
    ],
)
def test_standard_input_is_a_document_or_json_lines(
    monkeypatch: pytest.MonkeyPatch, text: str, expected: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert read_all("-") == expected


def test_an_original_file_is_read_when_named(tmp_path: Path) -> None:
    path = tmp_path / "不是表格.docx"
    path.write_bytes(b"this is no Word file")
    assert [type(found) for found in read_item(Source(str(path)))] == [DocumentError]


def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    def refuse(path: str) -> object:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert [type(found) for source in find_sources([str(tmp_path)]) for found in read_item(source)] == [DocumentError]
