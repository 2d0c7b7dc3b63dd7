"""Files that commands write: whole or not at all."""

from __future__ import annotations

import os

from perflint.errors import ConfigError, Problem
from perflint.language import say
from perflint.oserror import advise_writing, explain
from perflint.typed import final

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import IO, Self


def write_file(path: str, content: str | bytes) -> None:
    """Write *content*, text as UTF-8, making folders as needed; a file that stood there is replaced in one step.

    Raises:
        ConfigError: It cannot be written.
    """
    with PendingFile(path) as file:
        file.write(content)


@final
class PendingFile:
    """A file that is written piece by piece, and takes its place when all is written; until then nothing is seen of it.

    Leaving the ``with`` block by an exception leaves what stood there before.

    Raises:
        ConfigError: From any of its methods: it cannot be written.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._file: IO[bytes] | None = None
        self._temporary: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        try:
            if self._file is not None:
                self._file.close()
            if self._temporary is not None:
                self._settle(self._temporary, keep=kind is None)
        except OSError as error:
            raise self._explain(error) from None

    def write(self, content: str | bytes) -> None:
        """Write another piece, text as UTF-8."""
        try:
            if self._file is None:
                self._file = self._open()
            self._file.write(content.encode("utf-8", "replace") if isinstance(content, str) else content)
        except OSError as error:
            raise self._explain(error) from None

    def _open(self) -> IO[bytes]:
        folder = os.path.dirname(self._path) or os.curdir
        os.makedirs(folder, exist_ok=True)
        if os.path.exists(self._path) and not os.path.isfile(self._path):  # a device or a pipe cannot be replaced
            return open(self._path, "wb")
        import tempfile  # most runs write no file

        handle, self._temporary = tempfile.mkstemp(dir=folder, prefix=".perflint-")
        return os.fdopen(handle, "wb")

    def _settle(self, temporary: str, *, keep: bool) -> None:
        try:
            if keep:
                os.chmod(temporary, 0o666 & ~_umask())
                os.replace(temporary, self._path)
        finally:
            if os.path.exists(temporary):
                os.unlink(temporary)

    def _explain(self, error: OSError) -> ConfigError:
        message = say(f"写不了：{explain(error)}", f"cannot write: {explain(error)}")
        return ConfigError(Problem(message=message, path=self._path, hint=advise_writing(error)))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
