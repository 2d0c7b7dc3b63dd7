"""Sequences that only grow and whose beginning moves to a temporary file, so that a run of any size fits in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import eq

from perflint.typed import NamedTuple, TypeVar, final, overload

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

    from perflint.report.spool import Piece, Spool

T = TypeVar("T")


class Packing(NamedTuple):
    """How members become bytes and bytes members, and how many of them stay in memory at most."""

    pack: Callable[[Sequence[Any]], bytes]
    unpack: Callable[[bytes], list[Any]]
    limit: int


@final
class Kept(Sequence[T]):
    """A growing sequence. Going through it reads the file piece by piece; it is pickled as a tuple.

    The file has no name and goes with the sequence.

    Raises:
        ConfigError: From ``extend`` and while reading: there is no room for the file.
    """

    def __init__(self, packing: Packing) -> None:
        self._packing = packing
        self._fresh: list[T] = []
        self._spool: Spool | None = None
        self._pieces: list[Piece] = []
        self._stored = 0

    def __reduce__(self) -> tuple[type[tuple[Any, ...]], tuple[tuple[T, ...]]]:
        return tuple, (tuple(self),)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kept | tuple) and len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]

    def extend(self, members: Iterable[T]) -> None:
        """Add *members* at the end."""
        self._fresh += members
        if len(self._fresh) >= self._packing.limit:
            self._store()

    def settle(self) -> Sequence[T]:
        """Return a tuple if all members are in memory, else the sequence itself."""
        return self if self._stored else tuple(self._fresh)

    def __len__(self) -> int:
        return self._stored + len(self._fresh)

    def __iter__(self) -> Iterator[T]:
        if self._spool is not None:
            for piece in tuple(self._pieces):
                yield from self._packing.unpack(self._spool.read(piece))
        yield from self._fresh

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...  # noqa: F811 - ruff knows typing itself only

    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:  # noqa: F811
        """Return one member or several; goes through all of the file."""
        return tuple(self)[index]

    def _store(self) -> None:
        if self._spool is None:
            from perflint.report.spool import Spool  # most runs find less

            self._spool = Spool()
        self._pieces.append(self._spool.write(self._packing.pack(self._fresh)))
        self._stored += len(self._fresh)
        self._fresh = []
