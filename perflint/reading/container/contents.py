"""What every container shares: its result, its limits, its way to refuse and its way to load a library.

bytes ──word, excel, html, pdf, text …──▶ Contents ──open_source──▶ Source
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from perflint.errors import DocumentError, PerflintError, Problem
from perflint.language import say
from perflint.reading.container.advice import split_file
from perflint.reading.grid import Grid, Paragraph
from perflint.record import dataclass, replace
from perflint.watchdog import Watch

SECONDS = 180.0
"""Processor time that reading one file may take; a dump with as many cells as the limits allow took a hundred."""
INSTALL = "pip install 'budget-perflint[read]'"


class Contents(NamedTuple):
    """What one container found.

    Attributes:
        blocks: Grids and paragraphs in document order.
        notices: What a person should know about the reading; their ``path`` is filled in by ``open_source``.
        cut: The file ends inside its last table.
    """

    blocks: tuple[Grid | Paragraph, ...]
    notices: tuple[Problem, ...] = ()
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """How much one file may cost. Beyond a limit the file is refused, never read in part.

    Attributes:
        file_bytes: Size of the file as it lies on disk.
        part_bytes, unpacked_bytes: One unpacked XML part, and all of them together, of a zip format.
        ratio: Unpacked over packed size of one part above 1 MB.
        members: Files inside a zip format.
        characters: Of all cells and paragraphs together; a shared text counts as often as it is shown.
        marks: Tags and attributes of one part or page, which is held as a tree: each takes a hundred bytes or more.
        cells: Cells of one file, blank ones included; also the largest rows × columns of one grid, and lines of a text.
        line_characters: Of one line of a text.
        columns: Columns of one grid; what finds the header compares each with every other.
        pages: Pages of a PDF.
        seconds: Time an external program may take.
    """

    file_bytes: int = 200_000_000
    part_bytes: int = 64_000_000
    unpacked_bytes: int = 128_000_000
    ratio: int = 400
    members: int = 10_000
    characters: int = 50_000_000
    marks: int = 3_000_000
    cells: int = 500_000
    line_characters: int = 1_000_000
    columns: int = 1_000
    pages: int = 500
    seconds: int = 120


LIMITS = ReadingLimits()


def refuse(file: str, message: str, hint: str | None = None) -> DocumentError:
    """Return the error that says what is wrong with *file* and what to do."""
    return DocumentError(Problem(message=message, path=file, hint=hint))


def refuse_marks(data: bytes, part: str, file: str, limits: ReadingLimits = LIMITS) -> None:
    """Refuse a part of more tags and attributes than ``limits.marks``, before a parser makes a tree of them.

    Raises:
        DocumentError: There are more.
    """
    marks = data.count(b"<") - data.count(b"</") + data.count(b"=")
    if marks > limits.marks:
        most = limits.marks
        message = say(
            f"{part}里有 {marks} 个标记和属性，超过 {most} 个",
            f"{part} has {marks} tags and attributes, more than {most}",
        )
        raise refuse(file, message, split_file())


@contextmanager
def watching(file: str) -> Iterator[None]:
    """Give *file* up when what runs inside the block takes too long: the other files go on.

    Raises:
        DocumentError: The time is over.
    """
    with Watch(SECONDS, lambda: _refuse_slow(file, SECONDS)):
        yield


def _refuse_slow(file: str, seconds: float) -> DocumentError:
    message = say(
        f"读这个文件用了超过 {seconds:g} 秒，已中止，没有读",
        f"reading this file took longer than {seconds:g} seconds: stopped, nothing was read",
    )
    hint = say("把目标表单独存成一个文件再读", "save the target tables in a file of their own and read that")
    return refuse(file, message, hint)


@contextmanager
def guarding(file: str) -> Iterator[None]:
    """Let whatever goes wrong inside the block be one kind of error that names *file*: the other files go on.

    Raises:
        DocumentError: Something went wrong.
    """
    try:
        yield
    except DocumentError as error:
        raise DocumentError(replace(one, path=one.path or file) for one in error.problems) from error
    except PerflintError:
        raise
    except Exception as error:
        told = f"{type(error).__name__}: {error}"
        message = say(f"perflint 读这个文件时自己出错：{told}", f"perflint itself failed on this file: {told}")
        hint = say("这不是文件的问题；请把这个文件告诉我们", "this is not the file's fault; please report the file")
        raise refuse(file, message, hint) from error


def load_library(module: str, file: str) -> Any:  # the libraries ship no types
    """Import *module* of the ``read`` extra.

    Raises:
        DocumentError: It is not installed; the hint is the command that installs it.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        library = module.partition(".")[0]
        message = say(
            f"读这个文件要用程序库 {library}，还没有安装",
            f"reading this file needs the library {library}, which is not installed",
        )
        raise refuse(file, message, INSTALL) from error


def check_extent(rows: int, columns: int, what: str, file: str, limits: ReadingLimits) -> None:
    """Refuse a grid of more than ``limits.cells`` positions or ``limits.columns`` columns.

    Raises:
        DocumentError: *what* spans too much; one stray value far away is the usual reason.
    """
    if rows * columns > limits.cells or columns > limits.columns:
        message = say(
            f"{what}有 {rows} 行 × {columns} 列，超过 {limits.cells} 个单元格或 {limits.columns} 列",
            f"{what} spans {rows} rows × {columns} columns, more than {limits.cells} cells or {limits.columns} columns",
        )
        hint = say(
            "删去离表很远的零星内容，或拆成几个文件", "delete stray values far from the table, or split the file"
        )
        raise refuse(file, message, hint)
