"""Whether what was read from the files of packs still holds: a stamp of their bytes, and of the code that read them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache

from perflint.lean import sha256
from perflint.pack.files import FORMS, list_files
from perflint.store import describe_code
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import TypeAlias


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

Stamp: TypeAlias = "tuple[str, tuple[_Seen, ...]]"
"""The code that read the packs, and each file or folder read, as it was named."""

# Time stamps of files may lag behind the clock by this many nanoseconds.
_CLOCK_STEP = 50_000_000


@cache
def stamp_code() -> str:
    """Return what tells this perflint from every other one, computed once a process."""
    return describe_code()


def stamp(locations: Iterable[str], started: int) -> Stamp:
    """Return the stamp of what was read from *locations*, files or folders, since *started*, in nanoseconds."""
    return stamp_code(), tuple(_look_at(location, started) for location in locations)


def are_settled(locations: Iterable[str], started: int) -> bool:
    """Return whether no file has changed since *started*: else a digest may not be of what was read."""
    try:
        files = [file for location in locations for file in list_files(location)]
        return all(os.stat(file).st_mtime_ns < started - _CLOCK_STEP for file in files)
    except OSError:
        return False


def is_fresh(stamp: Stamp) -> bool:
    """Return whether what was read under *stamp* would be read again."""
    code, locations = stamp
    return code == stamp_code() and all(map(_is_same, locations))


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
