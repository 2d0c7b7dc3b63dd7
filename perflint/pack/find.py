"""Packs by path or id, shipped or installed, and those that join in for a document by themselves."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping

from perflint.errors import PackError, Problem
from perflint.language import say
from perflint.pack.files import is_path, shipped_packs

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from pathlib import Path

    from perflint.pack.model import AppliesTo, Header


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
    from perflint.pack.installed import contested_packs, list_installed

    known = known_packs()
    if source in known:
        if source in contested_packs():
            raise _contested(source)
        return known[source]
    if source in list_installed().broken:
        raise PackError(list_installed().broken[source])
    message = say(f"没有规则包“{source}”", f"there is no pack '{source}'")
    raise PackError(Problem(message=message, hint=_unknown_hint(source, known)))


def _unknown_hint(source: str, known: Mapping[str, str]) -> str | None:
    if os.path.exists(source):
        return say(f"若指文件夹，请写 ./{source}", f"to mean the folder, write ./{source}")
    from perflint.pack.suggest import name_choices  # only a mistake needs it

    return name_choices(source, sorted(known))


def known_packs() -> Mapping[str, str]:
    """Return every shipped and installed pack: id → file or folder, shipped ones first."""
    from perflint.pack.installed import declares_packs, installed_packs

    return {**installed_packs(), **shipped_packs()} if declares_packs() else shipped_packs()


def _contested(name: str) -> PackError:
    from perflint.pack.installed import contested_packs

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


def auto_packs(
    division_code: str | None, organization_name: str | None, forms: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the ids of the shipped and installed packs that join in for a document by themselves, sorted.

    Args:
        forms: Form ids of the document's tables; looked at only by packs that name forms.

    Raises:
        PackError: A pack cannot be read, or one that joins in is installed twice.
    """
    from perflint.pack.headers import cached_headers
    from perflint.pack.installed import contested_packs

    def joins(header: Header) -> bool:
        return applies_to(header.applies_to, division_code, organization_name, forms)

    for name, claims in contested_packs().items():
        if any(map(joins, cached_headers(tuple(folder for _, folder in claims)))):
            raise _contested(name)
    known = known_packs()
    headers = cached_headers(tuple(known.values()))
    return tuple(sorted(name for name, header in zip(known, headers, strict=True) if joins(header)))


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
    if "*" not in pattern:
        return pattern in name
    from fnmatch import fnmatchcase  # hardly any pack names its organizations so

    return fnmatchcase(name, pattern)
