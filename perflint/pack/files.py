"""The files of packs: which belong to one, and where those are that come with perflint."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache

from perflint.pattern import LazyPattern

MAIN_FILE = "pack.yaml"
FORMS = "forms"
_SUFFIXES = (".yaml", ".yml")

_ID = LazyPattern(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def is_path(source: str) -> bool:
    """Return whether *source* names a file or folder rather than the id of a pack."""
    return "/" in source or "\\" in source or source.endswith(_SUFFIXES) or not _ID.fullmatch(source)


def list_files(location: str) -> list[str]:
    """Return the YAML files of the pack at *location*, a file or a folder: ``pack.yaml`` first, the others by name."""
    if not os.path.isdir(location):
        return [location]
    names = [name for name in os.listdir(location) if name.endswith(_SUFFIXES) and not name.startswith(".")]
    return [os.path.join(location, name) for name in sorted(names, key=lambda name: (name != MAIN_FILE, name))]


def list_form_files(location: str) -> list[str]:
    """Return the form templates of the pack at *location*, by name; none if the pack is a single file."""
    folder = os.path.join(location, FORMS)
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    return [os.path.join(folder, name) for name in names if name.endswith(_SUFFIXES)]


@cache
def shipped_folder() -> str | None:
    """Return the folder of the shipped packs: inside the installed package, or ``rules/`` of a source checkout."""
    package = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    for folder in (os.path.join(package, "packs"), os.path.join(os.path.dirname(package), "rules")):
        if os.path.isdir(folder):
            return folder
    return None


@cache
def shipped_packs() -> Mapping[str, str]:
    """Return the packs that come with perflint: id → folder, sorted by id."""
    folder = shipped_folder()
    if folder is None:
        return {}
    places = {name: os.path.join(folder, name) for name in sorted(os.listdir(folder))}
    return {name: place for name, place in places.items() if holds_pack(place)}


def holds_pack(folder: str) -> bool:
    """Return whether *folder* is that of a pack."""
    return os.path.isfile(os.path.join(folder, MAIN_FILE))
