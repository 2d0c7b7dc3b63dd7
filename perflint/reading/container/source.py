"""Open any file: tell what it is, hand it to its container, and make every failure one kind of error.

path or bytes ──sniff──▶ container ──▶ Source
"""

from __future__ import annotations

import hashlib
import importlib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from perflint.document.loading import parse_document
from perflint.errors import DocumentError
from perflint.language import say
from perflint.oserror import advise_reading, explain
from perflint.reading.container.advice import broke_off, split_file, use_text
from perflint.reading.container.contents import LIMITS, Contents, ReadingLimits, refuse
from perflint.reading.container.refusal import explain_refusal
from perflint.reading.container.sniff import Kind, sniff
from perflint.reading.grid import Grid, Paragraph, Source
from perflint.record import replace


class _Container(NamedTuple):
    """Where a kind is read: module, function, and what to tell it besides the bytes."""

    module: str
    function: str
    arguments: tuple[str, ...] = ()


# Modules are named, not imported, so that reading one kind does not load what the others need.
_CONTAINERS: Mapping[Kind, _Container] = {
    Kind.DOCX: _Container("word.document", "read_word"),
    Kind.XLSX: _Container("excel.workbook", "read_excel"),
    Kind.XLS: _Container("excel.excel97", "read_excel97"),
    Kind.SPREADSHEET_XML: _Container("excel.spreadsheet_xml", "read_spreadsheet_xml"),
    Kind.HTML: _Container("html.page", "read_html"),
    Kind.MHTML: _Container("html.mhtml", "read_mhtml"),
    Kind.PDF: _Container("pdf.document", "read_pdf"),
    Kind.TEXT: _Container("text.dump", "read_text"),
    Kind.DOC: _Container("legacy", "read_text_document", ("doc",)),
    Kind.RTF: _Container("legacy", "read_text_document", ("rtf",)),
    Kind.ODT: _Container("legacy", "read_text_document", ("odt",)),
    Kind.FLAT_ODT: _Container("legacy", "read_text_document", ("fodt",)),
    Kind.FLAT_ODS: _Container("legacy", "read_workbook", ("fods",)),
    Kind.WORD_XML: _Container("word.word2003", "read_word2003"),
    Kind.XLSB: _Container("legacy", "read_workbook", ("xlsb",)),
    Kind.ODS: _Container("legacy", "read_workbook", ("ods",)),
}


_BROKEN_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*\"|\[\s*\{\s*\")")
_LARGEST_LEFTOVER = 1000  # bytes


def name_file(content: str | os.PathLike[str] | bytes, name: str | None) -> str:
    """Return what to call a file in messages: *name*, or its path, or ``<bytes>``."""
    return name or ("<bytes>" if isinstance(content, bytes) else os.fspath(content))


def open_source(
    content: str | os.PathLike[str] | bytes, name: str | None = None, *, limits: ReadingLimits = LIMITS
) -> Source:
    """Read a file into grids and paragraphs, whatever its extension says.

    Args:
        content: A path, or the bytes themselves.
        name: What to call the file in messages; the path by default, ``<bytes>`` for bytes.
        limits: How much the file may cost.

    Raises:
        DocumentError: Not found, no known format, damaged, encrypted, over a limit, a library or program is missing.
            The problem's ``path`` is *name*, its hint what to do.
    """
    file = name_file(content, name)
    data = content if isinstance(content, bytes) else _read_bytes(Path(content), file, limits)
    if len(data) > limits.file_bytes:
        raise _refuse_size(len(data), file, limits)
    if _is_leftover(file, len(data)):
        raise refuse(file, *_explain_leftover())
    kind = sniff(data)
    if kind is Kind.TEXT and (file.lower().endswith(".json") or _BROKEN_JSON.match(data)):
        parse_document(data, path=file)  # raises: it says in which line and column the JSON breaks off
    contents = _read(kind, data, file, limits)
    return Source(
        file=file,
        media_type=kind.value,
        sha256=hashlib.sha256(data).hexdigest(),
        blocks=contents.blocks,
        notices=tuple(replace(notice, path=file) for notice in contents.notices),
        cut=contents.cut,
    )


def _read_bytes(path: Path, file: str, limits: ReadingLimits) -> bytes:
    try:
        if path.stat().st_size > limits.file_bytes:
            raise _refuse_size(path.stat().st_size, file, limits)
        return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        message = say(f"打不开文件：{explain(error)}", f"cannot open the file: {explain(error)}")
        raise refuse(file, message, advise_reading(error)) from error


def _refuse_size(size: int, file: str, limits: ReadingLimits) -> DocumentError:
    most = limits.file_bytes
    message = say(f"文件有 {size} 字节，超过 {most} 字节", f"the file has {size} bytes, more than {most}")
    return refuse(file, message, split_file())


def _is_leftover(file: str, size: int) -> bool:
    """Whether it is the small file that Word and Excel keep beside one that is open, to remember by whom."""
    return os.path.basename(file).startswith("~$") and size < _LARGEST_LEFTOVER


def _explain_leftover() -> tuple[str, str]:
    message = say("这是文件打开时 Word、Excel 留下的临时文件", "Word or Excel left this file beside one that is open")
    return message, say("读名字里没有 ~$ 的那一个", "read the one without ~$ in its name")


def _read(kind: Kind, data: bytes, file: str, limits: ReadingLimits) -> Contents:
    refusal = explain_refusal(kind)
    if refusal is not None:
        raise refuse(file, *refusal)
    container = _CONTAINERS[kind]
    module = importlib.import_module(f"perflint.reading.container.{container.module}")
    try:
        contents: Contents = getattr(module, container.function)(data, file, *container.arguments, limits)
    except DocumentError:
        raise
    # Damaged files make the format libraries raise anything at all; the reader of the message needs one kind of error.
    except Exception as error:
        hint = say(
            "用 Word、Excel 或 WPS 打开后另存；如果打得开，请告诉我们",
            "open it in Word, Excel or WPS and save it anew; if it opens, report it",
        )
        raise refuse(file, broke_off(), hint) from error
    if not contents.blocks:
        raise refuse(file, say("文件里没有文字", "the file holds no text"), use_text())
    size = sum(map(_count_characters, contents.blocks))
    if size > limits.characters:
        most = limits.characters
        message = say(f"文件里有 {size} 个字，超过 {most} 个", f"the file prints {size} characters, more than {most}")
        raise refuse(file, message, split_file())
    return contents


def _count_characters(block: Grid | Paragraph) -> int:
    return len(block.text) if isinstance(block, Paragraph) else sum(len(cell.text) for cell in block.cells)
