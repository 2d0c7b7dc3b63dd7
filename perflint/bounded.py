"""Files that people write by hand, read up to a limit: a name may lead to a device or a pipe that never ends."""

from __future__ import annotations

import errno
import os
import stat

from perflint.language import say

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

MOST_WRITTEN = 1024 * 1024
"""Bytes of a file of settings or rules."""

# What a shell hands over with <(…) has a writer; any other pipe may wait for one for ever.
_HANDED_OVER = ("/dev/fd/", "/proc/self/fd/", "/dev/stdin")


def open_plain(path: str | Path) -> BinaryIO:
    """Open a file for reading: one that lies on a disk, or what a shell hands over.

    Raises:
        OSError: It cannot be opened, or is a device or a pipe; ``oserror.explain`` tells which.
    """
    name = os.fspath(path)
    handle = os.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), name)
        if not stat.S_ISREG(mode):
            if not name.startswith(_HANDED_OVER):
                raise OSError(errno.ENODEV, say("不是普通文件", "it is no ordinary file"), name)
            os.set_blocking(handle, True)
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read_written(path: str | Path) -> bytes:
    """Return the bytes of a file, no more than one beyond ``MOST_WRITTEN``, by which a larger one is told.

    Raises:
        OSError: As ``open_plain``.
    """
    with open_plain(path) as file:
        return file.read(MOST_WRITTEN + 1)
