"""Where packs are: a path, the packs shipped with perflint, and those that installed distributions declare."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache

from perflint.errors import PackError, Problem
from perflint.language import say
from perflint.pack.suggest import name_choices
from perflint.pattern import LazyPattern
from perflint.record import replace
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from importlib.metadata import EntryPoint
    from pathlib import Path

    from perflint.pack.model import AppliesTo, Header

# A distribution that has a pack, and the folder it lies in.
Claim = tuple[str, str]

ENTRY_POINT_GROUP = "perflint.packs"
MAIN_FILE = "pack.yaml"
FORMS = "forms"
_SUFFIXES = (".yaml", ".yml")
_INFOS = (".dist-info", ".egg-info")

_ID = LazyPattern(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def find_pack(source: str | Path) -> str:
    """Return the file or folder of a pack.

    Args:
        source: A path, or the id of a shipped or installed pack. A text is a path if it has a ``/`` or ends in
            ``.yaml`` or ``.yml``.

    Raises:
        PackError: There is no such file, or no pack of that id; the known ids are named. Or two installed distributions
            declare it.
    """
    if not isinstance(source, str) or is_path(source):
        path = os.fspath(source)
        if not os.path.exists(path):
            raise PackError(Problem(message=say("没有这个文件或文件夹", "no such file or folder"), path=path))
        return path
    known = shipped_packs()
    if source in known:
        return known[source]
    # Only asked when nothing else is left: the look-up costs more than a whole run.
    known = known_packs()
    if source in known:
        if source in contested_packs():
            raise _contested(source)
        return known[source]
    if source in _list_installed().broken:
        raise PackError(_list_installed().broken[source])
    message = say(f"没有规则包“{source}”", f"there is no pack '{source}'")
    raise PackError(Problem(message=message, hint=_unknown_hint(source, known)))


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


def _unknown_hint(source: str, known: Mapping[str, str]) -> str | None:
    if os.path.exists(source):
        return say(f"若指文件夹，请写 ./{source}", f"to mean the folder, write ./{source}")
    return name_choices(source, sorted(known))


def known_packs() -> Mapping[str, str]:
    """Return every shipped and installed pack: id → file or folder, shipped ones first."""
    return {**installed_packs(), **shipped_packs()} if declares_packs() else shipped_packs()


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
    return {name: place for name, place in places.items() if _holds_pack(place)}


def _holds_pack(folder: str) -> bool:
    return os.path.isfile(os.path.join(folder, MAIN_FILE))


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


class _Installed(NamedTuple):
    """What installed distributions declare.

    Attributes:
        claims: Who has which pack, by id: perflint's own first.
        broken: By the id declared, why it is no pack that could be used.
    """

    claims: Mapping[str, tuple[Claim, ...]]
    broken: Mapping[str, tuple[Problem, ...]]


@cache
def _list_installed() -> _Installed:
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
    return _Installed(claims, broken)


def broken_packs() -> tuple[Problem, ...]:
    """Return what is wrong with packs that installed distributions declare and that nobody can use.

    An entry point names a package that is not there, or that holds no pack or one of another id; or the head of the
    pack cannot be read. For which documents such a pack would have been cannot be told.
    """
    if not declares_packs():
        return ()
    return tuple(problem for problems in _list_installed().broken.values() for problem in problems)


def _blame(home: str, problem: Problem) -> Problem:
    hint = say(
        f"由 {home} 安装，它的规则没有运行：重装或 pip uninstall {home}",
        f"installed by {home}, whose rules did not run: install it anew, or pip uninstall {home}",
    )
    return replace(problem, hint=hint)


def installed_packs() -> Mapping[str, str]:
    """Return the packs that installed distributions declare, those of taken ids left out: id → folder."""
    return {name: claims[0][1] for name, claims in _list_installed().claims.items() if name not in shipped_packs()}


@cache
def contested_packs() -> Mapping[str, tuple[Claim, ...]]:
    """Return the ids that more than one distribution has, with all of them.

    Whichever pack lost would be one that looks active and is not: to use either is an error. To have them installed is
    none, for whoever needs neither.
    """
    if not declares_packs():
        return {}
    return {name: claims for name, claims in _list_installed().claims.items() if len(claims) > 1}


def _contested(name: str) -> PackError:
    homes, folders = zip(*contested_packs()[name], strict=True)
    message = say(
        f"规则包“{name}”装了不止一份：{'、'.join(homes)}",
        f"the pack '{name}' is installed more than once: by {' and by '.join(homes)}",
    )
    spare = homes[-1]
    hint = say(
        f"卸载不要的一份，如 pip uninstall {spare}；或用路径指明要哪一份：--pack {folders[-1]}",
        f"uninstall what is not wanted, as with pip uninstall {spare}, or name it by its path: --pack {folders[-1]}",
    )
    return PackError(Problem(message=message, hint=hint))


def _package_folder(point: EntryPoint) -> str:
    from importlib.util import find_spec

    name, package = point.name, point.value
    try:
        spec = find_spec(package)
    except ImportError:
        spec = None
    for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
        if _holds_pack(folder):
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


def auto_packs(
    division_code: str | None, organization_name: str | None, forms: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the ids of the shipped and installed packs that join in for a document by themselves, sorted.

    Args:
        forms: Form ids of the document's tables; looked at only by packs that name forms.

    Raises:
        PackError: A pack cannot be read, or one that joins in is installed twice.
    """

    def joins(header: Header) -> bool:
        return applies_to(header.applies_to, division_code, organization_name, forms)

    for name, claims in contested_packs().items():
        if any(map(joins, cached_headers(tuple(folder for _, folder in claims)))):
            raise _contested(name)
    known = known_packs()
    headers = cached_headers(tuple(known.values()))
    return tuple(sorted(name for name, header in zip(known, headers, strict=True) if joins(header)))


@cache
def cached_headers(paths: tuple[str, ...]) -> tuple[Header, ...]:
    """Return what the packs at *paths* say about themselves, read once a process."""
    # Imported here: who names the packs does not need it.
    from perflint.pack.stored import recall_headers

    return recall_headers(paths)


def applies_to(
    scope: AppliesTo, division_code: str | None, organization_name: str | None, forms: Collection[str] = ()
) -> bool:
    """Return whether a pack joins in: the division code decides, or else the name of the organization."""
    if scope.forms and not set(scope.forms) & set(forms):
        return False
    if not scope.divisions and not scope.organizations:
        return True
    if division_code and scope.divisions:
        return division_code.startswith(scope.divisions)
    return any(_names(pattern, organization_name or "") for pattern in scope.organizations)


def _names(pattern: str, name: str) -> bool:
    return fnmatchcase(name, pattern) if "*" in pattern else pattern in name
