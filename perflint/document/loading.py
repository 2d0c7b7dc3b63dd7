"""Bytes, files, Python dicts → ``Document``, or a ``DocumentError`` that says what to mend."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from perflint.document.decoding import check_size, decode_text
from perflint.document.diagnosis import Fault, is_encodable
from perflint.document.excerpt import build_problem
from perflint.document.limits import LIMITS, Limits
from perflint.document.model import Document
from perflint.document.position import Locator
from perflint.document.shape import check_document
from perflint.document.strict import FaultsError, parse_json
from perflint.document.values import build_values
from perflint.errors import DocumentError, Problem
from perflint.language import say


def load_document(path: Path | str, *, limits: Limits = LIMITS) -> Document:
    """Read the JSON file *path*.

    Raises:
        DocumentError: The file cannot be opened, or ``parse_document`` refuses what it holds.
    """
    name = str(path)
    try:
        with open(path, "rb") as file:
            source = file.read(limits.size + 1)
    except OSError as error:
        raise DocumentError(
            Problem(message=say(f"打不开文件：{error.strerror}", f"cannot open the file: {error.strerror}"), path=name)
        ) from None
    return parse_document(source, path=name, limits=limits)


def parse_document(source: bytes | str, *, path: str | None = None, limits: Limits = LIMITS) -> Document:
    """Read one document from JSON text: strict syntax, exact numbers, the shape of ``document/1``.

    Args:
        source: UTF-8, or UTF-16 and UTF-32 with a byte order mark; or text.
        path: What to call the source in messages.

    Raises:
        DocumentError: Every fault of the syntax up to the one that ends the reading, or every fault of the shape.
    """
    return parse_part(source, path=path, file=path, line=1, limits=limits)


def parse_part(source: bytes | str, *, path: str | None, file: str | None, line: int, limits: Limits) -> Document:
    """Read a document that starts on *line* of *file*; *path* is what the document itself is called."""
    text = _get_text(source, file=file, line=line, limits=limits)
    try:
        data = parse_json(text, limits)
    except FaultsError as error:
        raise DocumentError(_place_faults(error.faults, text, file=file, line=line, limits=limits)) from None
    locator = Locator(text, first_line=line)

    def place(pointer: str, message: str, hint: str | None, at_key: bool) -> Problem:
        entry = locator.find(pointer)
        start, end = (entry.key_start, entry.key_end) if at_key else (entry.start, entry.end)
        if text[start] in "{[":
            end = start + 1
        return build_problem(
            text, start, width=end - start, message=message, hint=hint, path=file, pointer=pointer, first_line=line
        )

    check_document(data, limits=limits, place=place)
    return Document(data, path=path, text=text, first_line=line)


def build_document(data: Mapping[str, Any], *, path: str | None = None, limits: Limits = LIMITS) -> Document:
    """Build a document from Python values: ints, floats and Decimals become exact decimals; *data* is not changed.

    A float counts as what ``repr`` prints: ``0.1`` is one tenth.

    Raises:
        DocumentError: A value that JSON cannot hold, a limit exceeded, or every fault of the shape.
    """

    def place(pointer: str, message: str, hint: str | None, at_key: bool) -> Problem:
        return Problem(message=f"{pointer}: {message}" if pointer else message, path=path, hint=hint, pointer=pointer)

    values = build_values(data, path=path, limits=limits)
    check_document(values, limits=limits, place=place)
    return Document(values, path=path)


def _get_text(source: bytes | str, *, file: str | None, line: int, limits: Limits) -> str:
    if not isinstance(source, str):
        return decode_text(source, path=file, limits=limits, line=line)
    check_size(len(source), path=file, limits=limits)
    if not is_encodable(source):
        raise DocumentError(
            Problem(message=say("文字里有半个代理对", "the text holds half a surrogate pair"), path=file)
        )
    return source.removeprefix("\ufeff")


def _place_faults(faults: list[Fault], text: str, *, file: str | None, line: int, limits: Limits) -> list[Problem]:
    problems = [
        build_problem(
            text,
            fault.start,
            width=fault.width,
            message=fault.message,
            hint=fault.hint,
            path=file,
            pointer=fault.pointer,
            first_line=line,
        )
        for fault in faults[: limits.problems]
    ]
    if len(faults) > limits.problems:
        rest = len(faults) - limits.problems
        problems.append(Problem(message=say(f"还有 {rest} 处问题没有列出", f"{rest} more problems are not listed")))
    return problems
