"""The packs that installed distributions declare, by the entry point group ``perflint.packs``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from functools import cache

from perflint.errors import PackError, Problem
from perflint.language import say
from perflint.pack.files import MAIN_FILE, holds_pack, shipped_packs
from perflint.pack.headers import cached_headers
from perflint.record import replace
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

# A distribution that has a pack, and the folder it lies in.
Claim = tuple[str, str]

ENTRY_POINT_GROUP = "perflint.packs"
_INFOS = (".dist-info", ".egg-info")


@cache
def declares_packs() -> bool:
    """Return whether any installed distribution declares the entry point group; reads small files only."""
    marker = f"[{ENTRY_POINT_GROUP}]".encode()
    return any(marker in _read_quietly(path) for path in _entry_point_files())


def _entry_point_files() -> Iterator[str]:
    for entry in sys.path:
        folder = entry or os.curdir
        try:
            names = os.listdir(folder)
        except OSError:  # a zip file, or nothing at all
            continue
        yield from (os.path.join(folder, name, "entry_points.txt") for name in names if name.endswith(_INFOS))


def _read_quietly(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


class Installed(NamedTuple):
    """What installed distributions declare.

    Attributes:
        claims: Who has which pack, by id: perflint's own first.
        broken: By the id declared, why it is no pack that could be used.
    """

    claims: Mapping[str, tuple[Claim, ...]]
    broken: Mapping[str, tuple[Problem, ...]]


@cache
def list_installed() -> Installed:
    """Return what the entry points come to: each reads ``<pack id> = <package>``; the package holds ``pack.yaml``."""
    # Imported here: 42 ms, and most environments declare no pack.
    from importlib.metadata import entry_points

    claims: dict[str, tuple[Claim, ...]] = {name: (("perflint", folder),) for name, folder in shipped_packs().items()}
    broken: dict[str, tuple[Problem, ...]] = {}
    declared = (
        (point.dist.name if point.dist else point.value, point) for point in entry_points(group=ENTRY_POINT_GROUP)
    )
    for home, point in sorted(declared, key=lambda found: (found[1].name, found[0])):
        others = claims.get(point.name, ())
        if home in (other for other, _ in others):
            continue
        try:
            claims[point.name] = (*others, (home, _package_folder(point)))
        except PackError as error:
            broken[point.name] = (*broken.get(point.name, ()), *(_blame(home, problem) for problem in error.problems))
    return Installed(claims, broken)


def broken_packs() -> tuple[Problem, ...]:
    """Return what is wrong with packs that installed distributions declare and that nobody can use.

    An entry point names a package that is not there, or that holds no pack or one of another id; or the head of the
    pack cannot be read. For which documents such a pack would have been cannot be told.
    """
    if not declares_packs():
        return ()
    return tuple(problem for problems in list_installed().broken.values() for problem in problems)


def _blame(home: str, problem: Problem) -> Problem:
    hint = say(
        f"由 {home} 安装，它的规则没有运行：重装或 pip uninstall {home}",
        f"installed by {home}, whose rules did not run: install it anew, or pip uninstall {home}",
    )
    return replace(problem, hint=hint)


def installed_packs() -> Mapping[str, str]:
    """Return the packs that installed distributions declare, those of taken ids left out: id → folder."""
    return {name: claims[0][1] for name, claims in list_installed().claims.items() if name not in shipped_packs()}


@cache
def contested_packs() -> Mapping[str, tuple[Claim, ...]]:
    """Return the ids that more than one distribution has, with all of them.

    Whichever pack lost would be one that looks active and is not: to use either is an error. To have them installed is
    none, for whoever needs neither.
    """
    if not declares_packs():
        return {}
    return {name: claims for name, claims in list_installed().claims.items() if len(claims) > 1}


def _package_folder(point: EntryPoint) -> str:
    from importlib.util import find_spec

    name, package = point.name, point.value
    try:
        spec = find_spec(package)
    except ImportError:
        spec = None
    for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
        if holds_pack(folder):
            _check_name(name, folder)
            return folder
    zh = f"入口点 {ENTRY_POINT_GROUP} 的“{name}”指向“{package}”，那里没有 {MAIN_FILE}"
    en = f"entry point '{name}' of {ENTRY_POINT_GROUP} names '{package}', which holds no {MAIN_FILE}"
    raise PackError(Problem(message=say(zh, en)))


def _check_name(name: str, folder: str) -> None:
    (header,) = cached_headers((folder,))
    if header.id != name:
        zh = f"入口点 {ENTRY_POINT_GROUP} 的“{name}”指向规则包“{header.id}”；入口点要与包同名"
        en = f"entry point '{name}' of {ENTRY_POINT_GROUP} names the pack '{header.id}'; it must have the pack's id"
        raise PackError(Problem(message=say(zh, en), path=os.path.join(folder, MAIN_FILE)))
