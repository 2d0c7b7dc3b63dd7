"""Results of earlier runs, kept where nobody else can write: packs read and compiled once are not read again.

What is kept are pickles, and a pickle can run code. So an entry counts only if it lies in a folder that belongs to the
user and to nobody else, both looked at through open descriptors. Whatever is wrong with a folder or an entry, the
answer is the same: there is none, and the run does its work itself.
"""

from __future__ import annotations

import os
import stat
import sys
from binascii import crc32
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from perflint.lean import PicklingError, UnpicklingError, dumps, loads, sha256
from perflint.version import VERSION

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

OFF = "PERFLINT_NO_CACHE"
"""Environment variable that turns the cache off, in this process and in those it starts."""

MAX_ENTRIES = 64
_ALLOWED: ContextVar[bool] = ContextVar("storing", default=True)
_MAGIC = b"perflint store 3\n"
_DIGEST = 4
# What a damaged pickle, or one of classes that have changed, is known to raise.
_UNREADABLE = (
    *(UnpicklingError, EOFError, AttributeError, ImportError, IndexError, KeyError, TypeError, ValueError),
    *(MemoryError, RecursionError),
)
# Modules whose change makes old entries worthless, relative to the package.
_MAKERS = ("engine", "expression", "interpret", "pack", "reading/cell", "reading/form", "schema", ".")


def read_entry(name: str, check: Callable[[Any], bool]) -> Any:
    """Return the value last stored as *name*, None if there is none that counts.

    Args:
        check: Whether the stamp stored with it still holds; asked before the value itself is opened.
    """
    with _open_folder(create=False) as folder:
        source = None if folder is None else _read_file(folder, _file_name(name))
    if source is None:
        return None
    try:
        stamp, value = loads(source)
        return loads(value) if check(stamp) else None
    except _UNREADABLE:
        return None


def write_entry(name: str, stamp: Any, value: Any) -> None:
    """Store *value* as *name*; if that is impossible, nothing happens."""
    if _is_off():
        return
    try:
        payload = dumps((stamp, dumps(value, protocol=5)), protocol=5)
    except (PicklingError, AttributeError, TypeError, RecursionError, MemoryError):
        return
    with _open_folder(create=True) as folder:
        if folder is not None:
            _write_file(folder, _file_name(name), _MAGIC + _sum(payload) + payload)


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


def _sum(payload: bytes | memoryview) -> bytes:
    """Return what tells a damaged entry from a whole one; who may write entries is told by their owner, not by this."""
    return crc32(payload).to_bytes(_DIGEST, "big")


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


def _read_file(folder: int, name: str) -> memoryview | None:
    """Return what an entry holds; None if it is damaged or somebody else's."""
    try:
        descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
        with open(descriptor, "rb") as file:
            state = os.fstat(descriptor)
            if not stat.S_ISREG(state.st_mode) or state.st_uid != os.geteuid() or stat.S_IMODE(state.st_mode) & 0o022:
                return None
            source = file.read()
    except OSError:
        return None
    start = len(_MAGIC) + _DIGEST
    payload = memoryview(source)[start:]  # not copied: an entry has a million bytes
    return payload if source[:start] == _MAGIC + _sum(payload) else None


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


def _drop_oldest(folder: int) -> None:
    names = os.listdir(folder)
    if len(names) <= MAX_ENTRIES:
        return
    ages = sorted((os.stat(name, dir_fd=folder, follow_symlinks=False).st_mtime_ns, name) for name in names)
    for _, name in ages[: len(names) - MAX_ENTRIES]:
        os.unlink(name, dir_fd=folder)
