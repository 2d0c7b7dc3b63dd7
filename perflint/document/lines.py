"""JSON lines → documents, one at a time, so that a file may be larger than memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import IOBase

from perflint.document.limits import LIMITS, Limits
from perflint.document.loading import parse_part
from perflint.document.model import Document
from perflint.errors import DocumentError


def parse_documents(
    stream: Iterable[bytes], *, path: str | None = None, limits: Limits = LIMITS
) -> Iterator[Document | DocumentError]:
    """Yield, line by line, the document of each line that is not blank, or the error that it is none.

    A bad line does not stop the others. Documents are called ``path#12`` after their line; places count from the
    start of the file.

    Args:
        stream: Lines of UTF-8 with their line ends, such as a file opened in binary mode.
    """
    for number, raw in enumerate(_read_lines(stream, limits.size), 1):
        line = raw.rstrip(b"\r\n")
        if not line.strip():
            continue
        try:
            yield parse_part(line, path=f"{path or ''}#{number}", file=path, line=number, limits=limits)
        except DocumentError as error:
            yield error


def _read_lines(stream: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Yield the lines of *stream*, of one that is too long only enough to see that it is."""
    if not isinstance(stream, IOBase):
        yield from stream
        return
    while line := stream.readline(size + 2):
        yield line
        while len(line) == size + 2 and not line.endswith(b"\n"):
            line = stream.readline(size + 2)
