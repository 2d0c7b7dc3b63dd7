"""Packs by way of the store: read from their files only when one of these has changed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence

from perflint.language import current
from perflint.pack.files import MAIN_FILE
from perflint.pack.find import find_pack
from perflint.pack.freshness import are_settled, is_fresh, stamp
from perflint.pack.model import Pack
from perflint.store import read_entry, write_entry

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from pathlib import Path


def recall_packs(sources: Sequence[str | Path]) -> tuple[Pack, ...]:
    """Return what ``load_packs`` returns.

    Raises:
        PackError: As ``load_packs``; packs with faults are never stored.
    """
    name = repr(("packs", _name_of(sources), os.getcwd(), current()))
    packs: tuple[Pack, ...] | None = read_entry(name, is_fresh, lambda: _load(sources))
    if packs is None:
        started = time.time_ns()
        packs = _load(sources)
        locations = sorted({_location(file) for pack in packs for file in pack.files})
        if are_settled(locations, started):
            write_entry(name, stamp(locations, started), packs)
    return packs


def _load(sources: Sequence[str | Path]) -> tuple[Pack, ...]:
    # Imported here: a run with stored packs parses none.
    from perflint.pack.load import load_packs

    return load_packs(sources)


def _name_of(sources: Iterable[str | Path]) -> list[str]:
    """Ids with where they lead to: a pack that is installed later may go before another one."""
    return [f"{source!r} {os.path.abspath(find_pack(source))}" for source in sources]


def _location(file: str) -> str:
    """The folder whose files make up a pack, or the file that is one by itself."""
    folder = os.path.dirname(file) or os.curdir
    return folder if os.path.isfile(os.path.join(folder, MAIN_FILE)) else file
