"""JSON lines → documents, one at a time, so that a file may be larger than memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import IOBase

from perflint.document.limits import LIMITS, Limits
from perflint.document.loading import parse_part
from perflint.document.model import Document
from perflint.errors import DocumentError
from perflint.typed import NamedTuple


class Line(NamedTuple):
    """A line of a JSON-lines file that is not blank; *number* counts from 1, *path* is the file's."""

    path: str | None
    number: int
    raw: bytes


def split_lines(stream: Iterable[bytes], *, path: str | None = None, limits: Limits = LIMITS) -> Iterator[Line]:
    """Yield the lines of *stream* that are not blank, one at a time.

    Args:
        stream: Lines of UTF-8 with their line ends, such as a file opened in binary mode.
    """
    for number, raw in enumerate(_read_lines(stream, limits.size), 1):
        line = raw.rstrip(b"\r\n")
        if line.strip():
            yield Line(path, number, line)


def parse_line(line: Line, *, limits: Limits = LIMITS) -> Document | DocumentError:
    """Return the document of *line*, or the error that it is none; a bad line does not stop the others.

    The document is called ``path#12`` after its line; places count from the start of the file.
    """
    path, number, raw = line
    try:
        return parse_part(raw, path=f"{path or ''}#{number}", file=path, line=number, limits=limits)
    except DocumentError as error:
        return error


def _read_lines(stream: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Yield the lines of *stream*, of one that is too long only enough to see that it is."""
    if not isinstance(stream, IOBase):
        yield from stream
        return
    while line := stream.readline(size + 2):
        yield line
        while len(line) == size + 2 and not line.endswith(b"\n"):
            line = stream.readline(size + 2)
