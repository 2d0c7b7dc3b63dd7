"""Files that commands write: whole or not at all."""

from __future__ import annotations

import os

from perflint.errors import ConfigError, Problem
from perflint.language import say


def write_file(path: str, content: str | bytes) -> None:
    """Write *content*, text as UTF-8, making folders as needed; a file that stood there is replaced in one step.

    Raises:
        ConfigError: It cannot be written.
    """
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    folder = os.path.dirname(path) or os.curdir
    try:
        os.makedirs(folder, exist_ok=True)
        if os.path.exists(path) and not os.path.isfile(path):  # a device or a pipe cannot be replaced
            _write_through(path, data)
        else:
            _replace(path, folder, data)
    except OSError as error:
        message = say(f"写不了：{error.strerror}", f"cannot write: {error.strerror}")
        raise ConfigError(Problem(message=message, path=path)) from None


def _write_through(path: str, data: bytes) -> None:
    with open(path, "wb") as file:
        file.write(data)


def _replace(path: str, folder: str, data: bytes) -> None:
    import tempfile  # most runs write no file

    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".perflint-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
