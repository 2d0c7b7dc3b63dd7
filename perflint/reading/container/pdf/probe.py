"""Open the pages of a PDF once in a process of its own, which may neither take for ever nor take all memory.

A few hundred bytes may hold forms inside forms inside forms, a thousand million of them. PDFium follows them in one
call, which nothing can interrupt; a process can be ended.
"""

from __future__ import annotations

import contextlib
import os
import threading
from typing import Any

_SECONDS = 60  # of processor time
_BYTES = 1_000_000_000


def is_bearable(library: Any, data: bytes, pages: int, *, size: int = _BYTES) -> bool:
    """Tell whether the first *pages* pages can be opened within the limits; True where the system cannot tell.

    Args:
        library: pypdfium2.
        size: How much memory it may take beyond what the process has.
    """
    # A process that runs threads must not be copied.
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return True
    try:
        child = os.fork()
    except OSError:
        return True
    if not child:
        _open_all(library, data, pages, size)
    return not os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _open_all(library: Any, data: bytes, pages: int, size: int) -> None:
    """Open one page after another and end the process; what is merely wrong with them is told by whoever reads them."""
    try:
        _limit(size)
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 2)
        with contextlib.suppress(Exception):
            document = library.PdfDocument(data)
            for number in range(min(pages, len(document))):
                document[number].close()
    finally:
        os._exit(0)


def _limit(size: int) -> None:
    import resource  # POSIX only

    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError), open("/proc/self/statm", "rb") as status:  # Linux only
        most = int(status.read().split()[0]) * resource.getpagesize() + size
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
