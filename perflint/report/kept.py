"""Sequences that only grow and whose beginning moves to a temporary file, so that a run of any size fits in memory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import eq

from perflint.errors import ConfigError, Problem
from perflint.language import say
from perflint.typed import NamedTuple, TypeVar, final, overload

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import IO, Any

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
        self._file: IO[bytes] | None = None
        self._sizes: list[int] = []
        self._stored = 0

    def __del__(self) -> None:
        if self._file is not None:
            self._file.close()

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
        at = 0
        for size in tuple(self._sizes):
            yield from self._packing.unpack(self._read(at, size))
            at += size
        yield from self._fresh

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...  # noqa: F811 - ruff knows typing itself only

    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:  # noqa: F811
        """Return one member or several; goes through all of the file."""
        return tuple(self)[index]

    def _store(self) -> None:
        packed = self._packing.pack(self._fresh)
        try:
            if self._file is None:
                from tempfile import TemporaryFile  # most runs need none

                self._file = TemporaryFile()  # noqa: SIM115 - it lives as long as the sequence
            self._file.seek(0, os.SEEK_END)
            self._file.write(packed)
            self._file.flush()
        except OSError as error:
            raise _explain(error) from None
        self._sizes.append(len(packed))
        self._stored += len(self._fresh)
        self._fresh = []

    def _read(self, at: int, size: int) -> bytes:
        if self._file is None:
            return b""
        try:
            self._file.seek(at)
            return self._file.read(size)
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
