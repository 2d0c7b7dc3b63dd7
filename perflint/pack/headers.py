"""Headers of packs by way of the store: read from their files only when one of these has changed."""

from __future__ import annotations

import os
import time
from functools import cache

from perflint.pack.files import MAIN_FILE
from perflint.pack.freshness import are_settled, is_fresh, stamp
from perflint.store import read_entry, write_entry

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from perflint.pack.model import Header


@cache
def cached_headers(paths: tuple[str, ...]) -> tuple[Header, ...]:
    """Return what ``read_header`` returns for each of *paths*, read once a process.

    Raises:
        PackError: As ``read_header``.
    """
    name = repr(("headers", [os.path.abspath(path) for path in paths]))
    headers: tuple[Header, ...] | None = read_entry(name, is_fresh)
    if headers is None:
        # Imported here: a run with stored headers parses none.
        from perflint.pack.header import read_header

        started = time.time_ns()
        headers = tuple(map(read_header, paths))
        files = [os.path.join(path, MAIN_FILE) if os.path.isdir(path) else path for path in paths]
        if are_settled(files, started):
            write_entry(name, stamp(files, started), headers)
    return headers
