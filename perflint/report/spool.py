"""A temporary file for what a run cannot hold in memory."""

from __future__ import annotations

import os

from perflint.errors import ConfigError, Problem
from perflint.language import say
from perflint.typed import NamedTuple, final

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import IO


class Piece(NamedTuple):
    """Where something lies in a file, and how many bytes of it."""

    at: int
    size: int


@final
class Spool:
    """A temporary file without a name: it is made when it is needed, and goes with this object.

    Raises:
        ConfigError: From any of its methods: there is no room for it.
    """

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None

    def __del__(self) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, content: bytes) -> Piece:
        """Write *content* at the end and return where it lies."""
        try:
            if self._file is None:
                from tempfile import TemporaryFile  # most runs need none

                self._file = TemporaryFile()  # noqa: SIM115 - it lives as long as the spool
            at = self._file.seek(0, os.SEEK_END)
            self._file.write(content)
            self._file.flush()
        except OSError as error:
            raise _explain(error) from None
        return Piece(at, len(content))

    def read(self, piece: Piece) -> bytes:
        """Return what was written."""
        if self._file is None:
            return b""
        try:
            self._file.seek(piece.at)
            return self._file.read(piece.size)
        except OSError as error:
            raise _explain(error) from None


def _explain(error: OSError) -> ConfigError:
    message = say(f"临时文件写不了：{error.strerror}", f"cannot write a temporary file: {error.strerror}")
    hint = say(
        "用环境变量 TMPDIR 指到有空间的文件夹，或者只用逐份写出的格式：text、concise、jsonl、github、csv",
        "let the environment variable TMPDIR name a folder with room, or write only formats that need none: text, "
        "concise, jsonl, github, csv",
    )
    return ConfigError(Problem(message=message, hint=hint))
