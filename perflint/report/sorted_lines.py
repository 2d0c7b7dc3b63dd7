"""Lines sorted by key, in a temporary file when they are many, so that any number fits in memory."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator
from heapq import merge
from operator import itemgetter

from perflint.report.spool import Piece, Spool
from perflint.typed import final


@final
class SortedLines:
    """Lines by key, whatever their number: given in any order, they come back by key, the last of each.

    Raises:
        ConfigError: From ``add`` and while reading: there is no room for the file.
    """

    def __init__(self, *, limit: int = 20_000, piece: int = 200) -> None:
        self._limit, self._piece = limit, piece
        self._fresh: dict[str, str] = {}
        self._spool = Spool()
        self._runs: list[list[Piece]] = []

    def add(self, key: str, line: str) -> None:
        """Add a line."""
        self._fresh[key] = line
        if len(self._fresh) >= self._limit:
            self._store()

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Yield (key, line)."""
        runs = [*map(self._read, self._runs), iter(sorted(self._fresh.items()))]
        waiting: tuple[str, str] | None = None
        for pair in merge(*runs, key=itemgetter(0)):
            # Of lines with one key, those of later runs come later.
            if waiting is not None and waiting[0] != pair[0]:
                yield waiting
            waiting = pair
        if waiting is not None:
            yield waiting

    def _store(self) -> None:
        pairs = sorted(self._fresh.items())
        parts = (pairs[at : at + self._piece] for at in range(0, len(pairs), self._piece))
        self._runs.append([self._spool.write(marshal.dumps(part)) for part in parts])
        self._fresh = {}

    def _read(self, run: Iterable[Piece]) -> Iterator[tuple[str, str]]:
        for piece in run:
            yield from marshal.loads(self._spool.read(piece))  # noqa: S302 - what was written here
