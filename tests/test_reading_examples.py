"""The five transcribed documents, printed as Word, Excel, HTML and PDF files, read back to the same documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from make_files import Blocks, write_docx, write_html, write_pdf, write_word2003, write_xls, write_xlsx
from print_examples import load_example, print_example

from perflint.reading import read
from perflint.reading.container import legacy

NAMES = ("000", "001", "002", "003", "004")
WRITERS: Mapping[str, tuple[str, Callable[[Blocks, Path], Path]]] = {
    "docx": ("docx", write_docx),
    "xlsx": ("xlsx", write_xlsx),
    "xlsx-numbers": ("xlsx", partial(write_xlsx, numbers=True)),
    "xls-numbers": ("xls", partial(write_xls, numbers=True)),
    "word2003": ("xml", write_word2003),
    "html": ("html", write_html),
    "pdf": ("pdf", write_pdf),
}
# Where the format itself does not keep how many blanks there are, or where a line ends.
LOSES_BLANKS = ("html", "pdf")
needs_office = pytest.mark.skipif(legacy.find_office() is None, reason="LibreOffice is not installed")


def plain(value: Any, *, blanks: bool) -> Any:
    """Return a value without notes of its own (``x-…``), and all its numbers as printed; *blanks* keeps blanks."""
    if isinstance(value, Mapping):
        return {key: plain(item, blanks=blanks) for key, item in value.items() if not key.startswith("x-")}
    if isinstance(value, (list, tuple)):
        return [plain(item, blanks=blanks) for item in value]
    if value is None:
        return None
    text = str(value)
    return text.strip(" \n\u3000") if blanks else "".join(text.split())


def outline(document: Mapping[str, Any], *, blanks: bool) -> dict[str, Any]:
    """Return what a document says, without where it was read."""
    narrative = [one.get(key) or "" for one in document.get("narrative", ()) for key in ("heading", "text")]
    return {
        "tables": plain(document["tables"], blanks=blanks),
        "year": str(document["fiscal_year"]),
        "organization": plain(document.get("organization", {}), blanks=blanks).get("name"),
        "narrative": "".join("".join(narrative).split()),
        "unread": [one["text"].strip() for one in document.get("unread", ())],
    }


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("name", NAMES)
def test_document_is_the_same_in_every_format(name: str, kind: str, tmp_path: Path) -> None:
    document = load_example(name)
    suffix, write = WRITERS[kind]
    found = read(write(print_example(document), tmp_path / f"a.{suffix}"))
    blanks = kind not in LOSES_BLANKS
    assert outline(found.data, blanks=blanks) == outline(document, blanks=blanks)


@needs_office
@pytest.mark.parametrize(
    ("name", "target"),
    [("000", "doc"), ("004", "pdf"), ("004", "doc"), ("004", "fodt"), ("004", "fods")],
)
def test_document_is_the_same_through_libreoffice(name: str, target: str, tmp_path: Path) -> None:
    document = load_example(name)
    write, kind = (write_xlsx, "xlsx") if target == "fods" else (write_docx, "docx")
    origin = write(print_example(document), tmp_path / f"a.{kind}").read_bytes()
    path = tmp_path / f"a.{target}"
    path.write_bytes(legacy.convert(origin, f"a.{kind}", kind, target))
    assert outline(read(path).data, blanks=False) == outline(document, blanks=False)
