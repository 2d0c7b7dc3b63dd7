"""Which original files a command means, and where what is read from each goes.

arguments ──list_originals──▶ originals ──name_targets──▶ one JSON file each, no two of one name
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from perflint.errors import ConfigError, Problem
from perflint.language import say
from perflint.sources import ORIGINAL_SUFFIXES, STDIN, find_sources


class Original(NamedTuple):
    """A file to read: its path as a user would write it, and its name below the folder that was named."""

    path: str
    name: str


def list_originals(arguments: Iterable[str]) -> tuple[Original, ...]:
    """Return the files named, and for each folder the originals in it; none twice.

    Raises:
        ConfigError: A folder holds none.
    """
    found = {os.path.abspath(one.path): one for argument in arguments for one in _expand(argument)}
    return tuple(found.values())


def _expand(argument: str) -> Iterator[Original]:
    if not os.path.isdir(argument):
        yield Original(argument, "stdin" if argument == STDIN else os.path.basename(argument))
        return
    paths = [one.path for one in find_sources([argument]) if one.path.lower().endswith(ORIGINAL_SUFFIXES)]
    if not paths:
        kinds = say("、", ", ").join(ORIGINAL_SUFFIXES)
        message = say("文件夹里没有原件", "the folder holds no originals")
        raise ConfigError(Problem(message=message, path=argument, hint=say(f"找的是 {kinds}", f"looked for {kinds}")))
    for path in paths:
        yield Original(path, os.path.relpath(path, argument))


def name_targets(originals: Sequence[Original], folder: str) -> list[str]:
    """Return a JSON file below *folder* for each; the suffix stays in the name where two would be called the same.

    Names that differ in case alone are the same to many file systems. What ends in ``.json`` and is no folder is the
    file for a single original.

    Raises:
        ConfigError: *folder* is a file, or two originals have one name.
    """
    if folder.lower().endswith(".json") and not os.path.isdir(folder) and len(originals) == 1:
        return [folder]
    _check_folder(folder)
    stems = Counter(_fold(_stem(one.name)) for one in originals)
    names = [one.name if stems[_fold(_stem(one.name))] > 1 else _stem(one.name) for one in originals]
    counted = Counter(map(_fold, names))
    twice = next((name for name in names if counted[_fold(name)] > 1), None)
    if twice is not None:
        message = say(f"两个文件都叫 {twice}", f"two of the files are called {twice}")
        raise ConfigError(Problem(message=message, hint=say("分开读到两个文件夹", "read them into two folders")))
    return [os.path.join(folder, name + ".json") for name in names]


def _check_folder(path: str) -> None:
    """Refuse what is a file, or is named like one."""
    if os.path.isdir(path):
        return
    if os.path.exists(path):
        raise ConfigError(
            Problem(message=say("-o 后面要写文件夹，这是文件", "-o wants a folder, this is a file"), path=path)
        )
    if path.lower().endswith(".json"):
        message = say("多个文件要写到文件夹里", "several files need a folder to go to")
        hint = say(f"-o 后面写文件夹，{path} 像是文件", f"name a folder after -o; {path} looks like a file")
        raise ConfigError(Problem(message=message, hint=hint))


def _stem(name: str) -> str:
    return os.path.splitext(name)[0]


def _fold(name: str) -> str:
    return name.casefold()
