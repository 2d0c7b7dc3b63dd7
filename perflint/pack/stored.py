"""Packs by way of the store: read from their files only when one of these has changed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from functools import cache

from perflint.language import current
from perflint.lean import sha256
from perflint.pack.find import FORMS, MAIN_FILE, find_pack, list_files
from perflint.pack.model import Pack
from perflint.store import describe_code, read_entry, write_entry
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from pathlib import Path

    from perflint.pack.model import Header


class _Seen(NamedTuple):
    """What a file or folder was found to be when it was read.

    Attributes:
        digest: Of all in it, see ``_digest``.
        state: What the file system says of its files, see ``_state``; None when they had only just changed, and might
            have changed once more within one step of the file system's clock.
    """

    location: str
    digest: str
    state: _State | None


# By file, its own name last: inode, size, last change of the content and of anything, in nanoseconds.
_State = tuple[tuple[int | str, ...], ...]

# The code that read the packs, and each file or folder read, as it was named.
_Stamp = tuple[str, tuple[_Seen, ...]]

# Time stamps of files may lag behind the clock by this many nanoseconds.
_CLOCK_STEP = 50_000_000

_code = cache(describe_code)


def recall_packs(sources: Sequence[str | Path]) -> tuple[Pack, ...]:
    """Return what ``load_packs`` returns.

    Raises:
        PackError: As ``load_packs``; packs with faults are never stored.
    """
    name = repr(("packs", _name_of(sources), os.getcwd(), current()))
    packs: tuple[Pack, ...] | None = read_entry(name, _holds)
    if packs is None:
        # Imported here: a run with stored packs parses none.
        from perflint.pack.load import load_packs

        started = time.time_ns()
        packs = load_packs(sources)
        locations = sorted({_location(file) for pack in packs for file in pack.files})
        if _are_settled(locations, started):
            write_entry(name, (_code(), tuple(_look_at(location, started) for location in locations)), packs)
    return packs


def recall_headers(paths: Sequence[str]) -> tuple[Header, ...]:
    """Return what ``read_header`` returns for each of *paths*.

    Raises:
        PackError: As ``read_header``.
    """
    name = repr(("headers", [os.path.abspath(path) for path in paths]))
    headers: tuple[Header, ...] | None = read_entry(name, _holds)
    if headers is None:
        # Imported here: a run with stored headers parses none.
        from perflint.pack.header import read_header

        started = time.time_ns()
        headers = tuple(map(read_header, paths))
        files = [os.path.join(path, MAIN_FILE) if os.path.isdir(path) else path for path in paths]
        if _are_settled(files, started):
            write_entry(name, (_code(), tuple(_look_at(file, started) for file in files)), headers)
    return headers


def stamp_code() -> str:
    """Return what tells this perflint from every other one, computed once a process."""
    return _code()


def _name_of(sources: Iterable[str | Path]) -> list[str]:
    """Ids with where they lead to: a pack that is installed later may go before another one."""
    return [f"{source!r} {os.path.abspath(find_pack(source))}" for source in sources]


def _location(file: str) -> str:
    """The folder whose files make up a pack, or the file that is one by itself."""
    folder = os.path.dirname(file) or os.curdir
    return folder if os.path.isfile(os.path.join(folder, "pack.yaml")) else file


def _are_settled(locations: Iterable[str], started: int) -> bool:
    """Whether no file has changed since *started*: what was read may otherwise not be what a digest is made of now."""
    try:
        files = [file for location in locations for file in list_files(location)]
        return all(os.stat(file).st_mtime_ns < started - _CLOCK_STEP for file in files)
    except OSError:
        return False


def _holds(stamp: _Stamp) -> bool:
    code, locations = stamp
    return code == _code() and all(map(_is_same, locations))


def _is_same(seen: _Seen) -> bool:
    """Whether all bytes are the same: sure of files that have not been touched, else looked at."""
    if seen.state is not None and seen.state == _state(seen.location):
        return True
    return seen.digest == _digest(seen.location)


def _look_at(location: str, started: int) -> _Seen:
    state = _state(location)
    settled = all(file[3] < started - _CLOCK_STEP for file in state)  # type: ignore[operator]
    return _Seen(location, _digest(location), state if settled else None)


def _state(location: str) -> _State:
    """Return the state of each file of a pack and of the folder of its forms; of nothing if they are gone."""
    try:
        state = [_describe(file) for file in list_files(location)]
        forms = os.path.join(location, FORMS)
        return (*state, _describe(forms)) if os.path.isdir(forms) else tuple(state)
    except OSError:
        return ()


def _describe(path: str) -> tuple[int | str, ...]:
    state = os.stat(path)
    return state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns, path


def _digest(location: str) -> str:
    """Digest of the names and bytes of a pack's files and of the names of its forms; of nothing if they are gone."""
    digest = sha256()
    try:
        for file in list_files(location):
            with open(file, "rb") as stream:
                source = stream.read()
            digest.update(f"{os.path.basename(file)} {len(source)}\n".encode())
            digest.update(source)
        forms = os.path.join(location, FORMS)
        digest.update(repr(sorted(os.listdir(forms)) if os.path.isdir(forms) else []).encode())
    except OSError:
        return ""
    return digest.hexdigest()
