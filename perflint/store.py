"""Results of earlier runs, kept where nobody else can write: packs read and compiled once are not read again.

What is kept are pickles, and a pickle can run code. So an entry counts only if it lies in a folder that belongs to the
user and to nobody else, both looked at through open descriptors. Whatever is wrong with a folder or an entry, the
answer is the same: there is none, and the run does its work itself.

Most of an entry is parts that few runs look at, see ``Apart``. They stand behind the rest, each is read when it is
asked for, and one that proves to be damaged is worked out once more.
"""

from __future__ import annotations

import os
import stat
import sys
from binascii import crc32
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from io import BytesIO

from perflint.lean import Pickler, PicklingError, Unpickler, UnpicklingError, sha256
from perflint.record import Apart
from perflint.version import VERSION

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

OFF = "PERFLINT_NO_CACHE"
"""Environment variable that turns the cache off, in this process and in those it starts."""

MAX_ENTRIES = 64
_ALLOWED: ContextVar[bool] = ContextVar("storing", default=True)
_MAGIC = b"perflint store 4\n"
# Behind it: the sum of what follows up to the parts, how much that is, and how long the parts are together.
_NUMBER = 4
_START = len(_MAGIC) + 3 * _NUMBER
# What a damaged pickle, or one of classes that have changed, is known to raise.
_UNREADABLE = (
    *(UnpicklingError, EOFError, AttributeError, ImportError, IndexError, KeyError, TypeError, ValueError),
    *(MemoryError, RecursionError),
)
# Modules whose change makes old entries worthless, relative to the package.
_MAKERS = (
    *("compiler", "engine", "expression", "interpret", "pack", "reading/cell", "reading/form", "runtime", "schema"),
    ".",
)


def read_entry(name: str, check: Callable[[Any], bool], again: Callable[[], Any] | None = None) -> Any:
    """Return the value last stored as *name*, None if there is none that counts.

    Args:
        check: Whether the stamp stored with it still holds; asked before the value itself is opened.
        again: Works the value out anew, should a part prove to be damaged after this has returned. Without it
            ``bytes`` of such a part raise ``ValueError``.
    """
    with _open_folder(create=False) as folder:
        descriptor = None if folder is None else _open_file(folder, _file_name(name))
    if descriptor is None:
        return None
    file = _File(descriptor, _file_name(name), again)
    try:
        reader = _Reader(file)
        return reader.load() if check(reader.load()) else None
    except (*_UNREADABLE, OSError):
        return None


def write_entry(name: str, stamp: Any, value: Any) -> None:
    """Store *value* as *name*; if that is impossible, nothing happens."""
    if _is_off():
        return
    try:
        head, parts = _divide(stamp, value)
    except (PicklingError, AttributeError, TypeError, ValueError, RecursionError, MemoryError):
        return
    behind = b"".join(parts)
    with _open_folder(create=True) as folder:
        if folder is not None:
            lengths = _number(len(head)) + _number(len(behind))
            _write_file(folder, _file_name(name), _MAGIC + _sum(lengths + head) + lengths + head + behind)


def _divide(*values: Any) -> tuple[bytes, list[bytes]]:
    """Return *values* pickled one behind the other, and the parts that they leave out."""
    source = BytesIO()
    writer = _Writer(source, protocol=5)
    for value in values:
        writer.dump(value)
    return source.getvalue(), writer.parts


class _Writer(Pickler):
    """Leaves out parts, and says in their place where they stand: number, offset, length and sum."""

    def __init__(self, file: Any, protocol: int) -> None:
        super().__init__(file, protocol)
        self.parts: list[bytes] = []
        self._end = 0

    def persistent_id(self, value: object) -> tuple[int, int, int, bytes] | None:
        """Return what stands in the place of *value*, None if it is no part."""
        if type(value) is not Apart and type(value) is not _Part:
            return None
        part = bytes(value)
        place = len(self.parts), self._end, len(part), _sum(part)
        self.parts.append(part)
        self._end += len(part)
        return place


class _File:
    """An entry that is being read, for as long as parts of it may be asked for."""

    __slots__ = ("_again", "_behind", "_descriptor", "_mended", "_name")

    def __init__(self, descriptor: int, name: str, again: Callable[[], Any] | None) -> None:
        self._descriptor, self._name, self._again = descriptor, name, again
        self._behind = 0
        self._mended: list[bytes] | None = None

    def __del__(self) -> None:
        os.close(self._descriptor)

    def read_head(self) -> bytes:
        """Return all but the parts; raises one of ``_UNREADABLE`` if anything is wrong with it."""
        start = os.pread(self._descriptor, _START, 0)
        lengths = start[-2 * _NUMBER :]
        head_length = int.from_bytes(lengths[:_NUMBER], "big")
        self._behind = _START + head_length
        if os.fstat(self._descriptor).st_size != self._behind + int.from_bytes(lengths[_NUMBER:], "big"):
            raise EOFError
        head = os.pread(self._descriptor, head_length, _START)
        if start != _MAGIC + _sum(head, lengths) + lengths:
            raise ValueError
        return head

    def read_part(self, number: int, offset: int, size: int, expected: bytes) -> bytes:
        """Return a part, see ``_Writer``."""
        try:
            part = os.pread(self._descriptor, size, self._behind + offset)
        except OSError:
            part = b""
        return part if _sum(part) == expected else self._mend(number)

    def _mend(self, number: int) -> bytes:
        if self._mended is None:
            _remove(self._name)
            if self._again is None:
                raise ValueError("a stored part is damaged")
            self._mended = _divide(self._again())[1]
        return self._mended[number]


class _Part:
    """A part that was not read so far."""

    __slots__ = ("_file", "_place")

    def __init__(self, file: _File, place: tuple[int, int, int, bytes]) -> None:
        self._file, self._place = file, place

    def __bytes__(self) -> bytes:
        return self._file.read_part(*self._place)

    def __reduce__(self) -> tuple[type, tuple[bytes]]:
        return Apart, (bytes(self),)


class _Reader(Unpickler):
    def __init__(self, file: _File) -> None:
        super().__init__(BytesIO(file.read_head()))
        self._file = file

    def persistent_load(self, place: tuple[int, int, int, bytes]) -> _Part:
        """Return the part that was left out."""
        return _Part(self._file, place)


def describe_code() -> str:
    """Return a text that is another one whenever perflint or Python is another one."""
    package = os.path.dirname(os.path.abspath(__file__))
    digest = sha256(f"{VERSION} {sys.version} {sys.implementation.cache_tag}".encode())
    for part in _MAKERS:
        try:
            with os.scandir(os.path.join(package, part)) as entries:
                files = sorted((e.name, e.stat().st_mtime_ns, e.stat().st_size) for e in entries if e.is_file())
        except OSError:  # the package is not a folder of files: then it does not change under one version
            files = []
        digest.update(repr(files).encode())
    return digest.hexdigest()


@contextmanager
def storing(allowed: bool) -> Iterator[None]:
    """Do without the store for a while, unless *allowed*."""
    token = _ALLOWED.set(allowed and _ALLOWED.get())
    try:
        yield
    finally:
        _ALLOWED.reset(token)


def _is_off() -> bool:
    # Without owners and modes there is no telling who else can write.
    return (
        not _ALLOWED.get()
        or bool(os.environ.get(OFF))
        or not hasattr(os, "geteuid")
        or os.open not in os.supports_dir_fd
    )


def _sum(payload: bytes, before: bytes = b"") -> bytes:
    """Return what tells damaged bytes from whole ones; who may write entries is told by their owner, not by this."""
    return _number(crc32(payload, crc32(before)))


def _number(value: int) -> bytes:
    return value.to_bytes(_NUMBER, "big")


def _file_name(name: str) -> str:
    return f"{sha256(name.encode()).hexdigest()[:40]}.entry"


def _folder_path() -> str:
    base = os.environ.get("XDG_CACHE_HOME") or ""
    if not os.path.isabs(base):
        base = os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(base, "perflint")


@contextmanager
def _open_folder(*, create: bool) -> Iterator[int | None]:
    """Open the folder; None if it is not there or not the user's alone."""
    descriptor = None if _is_off() else _try_open(_folder_path(), create=create)
    try:
        yield descriptor
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _try_open(path: str, *, create: bool) -> int | None:
    if not os.path.isabs(path):
        return None
    try:
        if create:
            os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
            if not os.path.lexists(path):
                os.mkdir(path, mode=0o700)
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    state = os.fstat(descriptor)
    if state.st_uid != os.geteuid() or stat.S_IMODE(state.st_mode) & 0o077:
        os.close(descriptor)
        return None
    return descriptor


def _open_file(folder: int, name: str) -> int | None:
    """Open an entry; None if it is not there or somebody else's."""
    try:
        descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except OSError:
        return None
    state = os.fstat(descriptor)
    if not stat.S_ISREG(state.st_mode) or state.st_uid != os.geteuid() or stat.S_IMODE(state.st_mode) & 0o022:
        os.close(descriptor)
        return None
    return descriptor


def _write_file(folder: int, name: str, content: bytes) -> None:
    """Write aside and rename, so that whoever reads meanwhile finds the old entry or the new one, whole."""
    aside = f".{os.getpid()}.{os.urandom(4).hex()}"
    try:
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600, dir_fd=folder)
        try:
            with open(descriptor, "wb") as file:
                file.write(content)
            os.replace(aside, name, src_dir_fd=folder, dst_dir_fd=folder)
        except OSError:
            os.unlink(aside, dir_fd=folder)
            return
        _drop_oldest(folder)
    except OSError:
        return


def _remove(name: str) -> None:
    with _open_folder(create=False) as folder:
        if folder is not None:
            try:
                os.unlink(name, dir_fd=folder)
            except OSError:
                return  # whoever comes next reads it as this run did


def _drop_oldest(folder: int) -> None:
    names = os.listdir(folder)
    if len(names) <= MAX_ENTRIES:
        return
    ages = sorted((os.stat(name, dir_fd=folder, follow_symlinks=False).st_mtime_ns, name) for name in names)
    for _, name in ages[: len(names) - MAX_ENTRIES]:
        os.unlink(name, dir_fd=folder)
