"""Packs by way of the store: read from their files only when one of these has changed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from perflint.language import current
from perflint.pack.find import find_pack, list_files
from perflint.pack.model import Pack
from perflint.store import describe_code, read_entry, write_entry

if TYPE_CHECKING:
    from perflint.pack.header import Header

# The code that read the packs, and each file or folder read: as it was named, and the digest of all in it.
_Stamp = tuple[str, tuple[tuple[str, str], ...]]

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
            write_entry(name, (_code(), tuple((location, _digest(location)) for location in locations)), packs)
    return packs


def recall_header(path: Path) -> Header:
    """Return what ``read_header`` returns.

    Raises:
        PackError: As ``read_header``.
    """
    name = repr(("header", os.path.abspath(path)))
    header: Header | None = read_entry(name, _holds)
    if header is None:
        # Imported here: a run with a stored header parses none.
        from perflint.pack.header import read_header

        started = time.time_ns()
        header = read_header(path)
        if _are_settled([str(path)], started):
            write_entry(name, (_code(), ((str(path), _digest(str(path))),)), header)
    return header


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
        files = [file for location in locations for file in list_files(Path(location))]
        return all(file.stat().st_mtime_ns < started - _CLOCK_STEP for file in files)
    except OSError:
        return False


def _holds(stamp: _Stamp) -> bool:
    code, locations = stamp
    return code == _code() and all(_digest(location) == digest for location, digest in locations)


def _digest(location: str) -> str:
    """Digest of the names and bytes of a pack's files and of the names of its forms; of nothing if they are gone."""
    digest = sha256()
    path = Path(location)
    try:
        for file in list_files(path):
            source = file.read_bytes()
            digest.update(f"{file.name} {len(source)}\n".encode())
            digest.update(source)
        digest.update(repr(sorted(form.name for form in path.glob("forms/*"))).encode())
    except OSError:
        return ""
    return digest.hexdigest()
