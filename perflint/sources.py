"""Paths as a user names them → documents, one at a time, in a fixed order.

A file that is named must be readable. In a folder only what carries the marker of a document is read; other files that
could have been one are passed over and counted. Nothing is ever skipped for its size.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import chain, islice

from perflint.document.limits import LIMITS
from perflint.document.loading import parse_document
from perflint.document.model import Document
from perflint.errors import DocumentError, PackError, Problem
from perflint.language import say
from perflint.typed import NamedTuple, TypeVar

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import BinaryIO, TypeAlias

    from perflint.document.lines import Line

STDIN = "-"
JSON_SUFFIXES = (".json",)
LINES_SUFFIXES = (".jsonl", ".ndjson")
# What perflint can read besides JSON, when it is named; in a folder most such files are no target tables.
ORIGINAL_SUFFIXES = tuple(
    ".doc .docm .docx .et .htm .html .mht .mhtml .ods .odt .pdf .rtf .txt .wps .xls .xlsb .xlsm .xlsx".split()
)

_USUAL_SIZE = 2**16
_COUNTED = (*JSON_SUFFIXES, *LINES_SUFFIXES, *ORIGINAL_SUFFIXES)
_NEVER_ENTERED = ("__pycache__", "node_modules")
_NEVER_READ = (".", "~$")  # hidden files, and what Word and Excel keep beside a file that is open


class Source(NamedTuple):
    """One file to read: its path as a user would write it, and whether a user did or it was found in a folder."""

    path: str
    named: bool = True


class PassedOver(NamedTuple):
    """A file of a folder that carries no marker."""

    path: str


Read = Document | DocumentError | PassedOver
Item: TypeAlias = "Source | Line | Read"
"""What a run is dealt out in: a file, a line of one, or what has been read already."""


def find_sources(paths: Iterable[str], *, exclude: Sequence[str] = (), base: str = ".") -> Iterator[Source]:
    """Yield the files that *paths* mean: each named file, and those of each folder by name; none twice.

    Args:
        exclude: Patterns for what to leave out of folders: of a file's or folder's name, or of its path below *base*
            with ``/``; ``*`` stands for any text.
    """
    rest = iter(paths)
    given = list(islice(rest, 2))
    if len(given) < 2:  # a folder has no file twice: the files of one alone, of any number, need not be remembered
        yield from chain.from_iterable(_expand(path, exclude, base) for path in given)
        return
    paths = [*given, *rest]
    found = chain.from_iterable(_expand(path, exclude, base) for path in paths)
    yield from _without_repeats(found, named={os.path.abspath(path) for path in paths})


def _expand(path: str, exclude: Sequence[str], base: str) -> Iterable[Source]:
    return _walk(path, exclude, base) if os.path.isdir(path) else (Source(path),)


def _without_repeats(sources: Iterable[Source], named: Container[str]) -> Iterator[Source]:
    """Yield each file once, as a named one if it is named anywhere: a folder that holds it may come first."""
    seen: set[str] = set()
    for source in sources:
        key = os.path.abspath(source.path)
        if source.path == STDIN or key not in seen:
            seen.add(key)
            yield source._replace(named=source.named or key in named)


def _walk(folder: str, exclude: Sequence[str], base: str) -> Iterator[Source]:
    try:
        with os.scandir(folder) as scan:
            # Names alone: of a folder with very many files there is no room for more.
            names = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in scan if _is_wanted(entry))
    except OSError:
        yield Source(folder)  # read as a file it gives the error that says why
        return
    for name, is_folder in names:
        path = name if folder == os.curdir else os.path.join(folder, name)
        if exclude and _is_excluded(path, name, exclude, base):
            continue
        if is_folder:
            yield from _walk(path, exclude, base)
        else:
            yield Source(path, named=False)


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    """Whether an entry of a folder is a folder to enter, or a file that could be a document."""
    if entry.name.startswith(_NEVER_READ):
        return False
    if entry.is_dir(follow_symlinks=False):
        return entry.name not in _NEVER_ENTERED
    return entry.name.lower().endswith(_COUNTED) and entry.is_file()


def _is_excluded(path: str, name: str, exclude: Sequence[str], base: str) -> bool:
    from fnmatch import fnmatchcase  # most runs exclude nothing

    below = os.path.relpath(path, base).replace(os.sep, "/")
    return any(fnmatchcase(name, pattern) or fnmatchcase(below, pattern.rstrip("/")) for pattern in exclude)


def split_sources(sources: Iterable[Source]) -> Iterator[Item]:
    """Yield *sources*, those that hold a document a line as their lines, so that none is held whole."""
    for source in sources:
        if source.path == STDIN or source.path.lower().endswith(LINES_SUFFIXES):
            yield from _guard(source, _open_lines(source))
        else:
            yield source


def read_item(item: Item, *, forms: Callable[[], Sequence[str]] = tuple) -> Iterator[Read]:
    """Yield what *item* holds: its documents, an error for each that is none, or that it was passed over.

    Args:
        forms: Finds the form templates for original files, besides the shipped ones; called only for such a file.
    """
    if isinstance(item, Source):
        for part in split_sources([item]):
            if isinstance(part, Source):
                yield from _guard(part, _read_file(part, forms))
            else:
                yield from read_item(part)
    elif isinstance(item, Read):
        yield item
    else:
        from perflint.document.lines import parse_line  # files of lines are rare

        yield parse_line(item)


_Found = TypeVar("_Found")


def _guard(source: Source, found: Iterator[_Found]) -> Iterator[_Found | DocumentError]:
    """Yield *found*, and what ends it early as the last of it."""
    try:
        yield from found
    except OSError as error:
        yield DocumentError(_describe_misfortune(source, error))
    except DocumentError as error:
        yield error


def _describe_misfortune(source: Source, error: OSError | ValueError) -> Problem:
    from perflint.oserror import advise_reading, explain

    message = say(f"打不开文件：{explain(error)}", f"cannot open the file: {explain(error)}")
    return Problem(message=message, path=source.path, hint=advise_reading(error))


def _open(source: Source) -> BinaryIO:
    try:
        return open(source.path, "rb")
    except ValueError as error:  # a NUL in the path
        raise DocumentError(_describe_misfortune(source, error)) from None


def _open_lines(source: Source) -> Iterator[Line | Read]:
    if source.path == STDIN:
        yield from _read_stream(sys.stdin.buffer)
        return
    with _open(source) as file:
        yield from _read_lines(file, source)


def _read_file(source: Source, forms: Callable[[], Sequence[str]]) -> Iterator[Read]:
    name = source.path.lower()
    if name.endswith(ORIGINAL_SUFFIXES):
        yield PassedOver(source.path) if not source.named else _read_original(source.path, forms)
        return
    with _open(source) as file:
        content = file.read(_USUAL_SIZE)  # whatever is asked for is laid ready first
        if len(content) == _USUAL_SIZE:
            content += file.read(LIMITS.size + 1 - _USUAL_SIZE)
    if not source.named and not _is_document(content):
        yield PassedOver(source.path)
    elif name.endswith(JSON_SUFFIXES) or _is_document(content):
        yield parse_document(content, path=source.path)
    else:
        yield _read_original(source.path, forms)


def _is_document(content: bytes) -> bool:
    from perflint.document.marker import is_document  # a file of JSON that is named is taken for one

    return is_document(content)


def _read_original(path: str, forms: Callable[[], Sequence[str]]) -> Document:
    # Imported here: a run over JSON needs none of the readers and of the libraries behind them.
    from perflint.reading import read

    templates = forms()
    try:
        document = read(path, forms=templates)
    except PackError as error:  # a template of a pack for other documents, perhaps
        raise DocumentError(_without_template(path, error)) from None
    if not document.data["tables"]:
        # Without a table nothing would be found wrong, which would look like a table without a fault.
        message = say("没有认出绩效目标表", "no performance target table was recognised")
        hint = say(f"看它认出了什么：perflint read --explain {path}", f"see what was: perflint read --explain {path}")
        raise DocumentError(Problem(message=message, path=path, hint=hint))
    return document


def _without_template(path: str, error: PackError) -> Problem:
    first = error.problems[0]
    message = say(f"没有读：表式有错（{first.headline}）", f"not read: a form template is wrong ({first.headline})")
    return Problem(message=message, path=path, hint=first.hint)


def _read_lines(file: BinaryIO, source: Source) -> Iterator[Line | Read]:
    from perflint.document.lines import split_lines

    if not source.named:
        first = next((line for line in file if line.strip()), b"")
        if not _is_document(first):
            yield PassedOver(source.path)
            return
        file.seek(0)
    empty = True
    for line in split_lines(file, path=source.path):
        empty = False
        yield line
    if empty:
        yield DocumentError(Problem(message=say("文件里没有文档", "the file holds no document"), path=source.path))


def _read_stream(stream: BinaryIO) -> Iterator[Line | Read]:
    """Yield the one document that standard input holds, or that of each line if its first line is a document."""
    from perflint.document.lines import split_lines

    head: list[bytes] = []
    for line in stream:
        head.append(line)
        if line.strip() and len(head) > 1 and any(before.strip() for before in head[:-1]):
            break
    if len(head) > 1 and head[-1].strip() and _is_whole(b"".join(head[:-1])):
        yield from split_lines(chain(head, stream), path=STDIN)
    else:
        yield parse_document(b"".join(head) + stream.read(LIMITS.size + 1), path=STDIN)


def _is_whole(line: bytes) -> bool:
    # Imported here: only standard input leaves open which of the two it is.
    import json

    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
