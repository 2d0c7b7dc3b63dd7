"""Which packs a command about packs means."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from perflint.commands.arguments import Call
from perflint.config.loading import AUTO
from perflint.errors import ConfigError, Problem
from perflint.language import say
from perflint.pack.files import MAIN_FILE, list_form_files
from perflint.pack.find import auto_packs, known_packs
from perflint.pack.installed import broken_packs
from perflint.pack.model import Pack, Rule
from perflint.pack.retired import explain_retired
from perflint.pack.stored import recall_packs
from perflint.pack.suggest import did_you_mean, find_close

_MARKER = re.compile(rb"^[\"']?perflint[\"']?:\s*[\"']?pack/", re.MULTILINE)
_MARKER_WITHIN = 10_000  # bytes
# An id that ends too soon: it resembles any other, and none was meant.
_BEGINNING = re.compile(r"[A-Za-z]{1,4}\d{0,2}")


def list_packs(call: Call) -> tuple[str | Path, ...]:
    """Return the packs of ``--pack`` or the configuration; for ``auto`` every known one, general ones first."""
    named = tuple(call.arguments.pack or call.config.packs or (AUTO,))
    found = dict.fromkeys(pack for pack in named if pack != AUTO)
    if AUTO not in named:
        return tuple(found)
    for problem in broken_packs():
        call.terminal.note(problem.describe())
    return tuple(found | dict.fromkeys((*auto_packs(None, None), *known_packs())))


def expand_packs(names: Iterable[str]) -> Iterator[str | Path]:
    """Yield each pack that *names* mean: a folder that holds packs, and is none, stands for those."""
    for name in names:
        inner = sorted(Path(name).glob(f"*/{MAIN_FILE}")) if os.path.isdir(name) else []
        if inner and not Path(name, MAIN_FILE).is_file():
            yield from (path.parent for path in inner)
        else:
            yield name


def find_owners(files: Iterable[str]) -> tuple[Path, ...]:
    """Return the packs that *files* belong to, each once: the file itself or the folder around it. Others are left out.

    Whether a file is a pack is told by its text, as it may not even be YAML.
    """
    owners: dict[Path, None] = {}
    for file in map(Path, files):
        around = [folder for folder in file.parents if Path(folder, MAIN_FILE).is_file()]
        if around:
            owners[around[0]] = None
        elif file.is_file() and _MARKER.search(file.read_bytes()[:_MARKER_WITHIN]):
            owners[file] = None
    return tuple(owners)


def list_forms(call: Call) -> tuple[str, ...]:
    """Return the form templates of ``list_packs`` and of what those packs extend."""
    shipped = known_packs()
    found: dict[str, None] = {}
    for pack in list_packs(call):
        if pack in shipped:
            # A look at the folder: to load every pack for its forms would take longer than to read a file.
            found.update(dict.fromkeys(list_form_files(shipped[str(pack)])))
        else:
            found.update(dict.fromkeys(recall_pack(pack).forms))
    return tuple(found)


def recall_pack(name: str | Path) -> Pack:
    """Return what ``load_pack`` returns, from the store if it is there.

    Raises:
        PackError: As ``load_pack``.
    """
    (pack,) = recall_packs([name])
    return pack


def find_rule(call: Call, name: str) -> tuple[Pack, Rule]:
    """Return the rule with this id or name, present or former, and the pack in which its values are in force.

    Without ``--pack`` that is the pack which defines it.

    Raises:
        ConfigError: There is none; what it could have been, or what became of it.
    """
    packs: list[Pack] = []
    inherited: tuple[Pack, Rule] | None = None
    for pack in map(recall_pack, list_packs(call)):
        packs.append(pack)
        rule = pack.find_rule(name)
        if rule is not None and (call.arguments.pack or rule.pack == pack.id):
            return pack, rule
        if rule is not None and inherited is None:
            inherited = pack, rule
    if inherited is None:
        raise ConfigError(_explain_missing(name, packs))
    return inherited


_MOST_TITLES = 5
_MOST_BEGUN = 8
_FEW = 3


def _explain_missing(name: str, packs: Sequence[Pack]) -> Problem:
    retired = explain_retired(name, packs)
    if retired is not None:
        message, hint = retired
        return Problem(message=message, hint=hint)
    legal = {text for pack in packs for rule in pack.rules for text in (rule.id, rule.name)}
    hint = (
        _name_begun(name, legal)
        or (None if _BEGINNING.fullmatch(name) else did_you_mean(find_close(name, sorted(legal))))
        or _name_titled(name, packs)
        or say("用 perflint rules 列出规则", "perflint rules lists the rules")
    )
    return Problem(message=say(f"没有规则“{name}”", f"there is no rule '{name}'"), hint=hint)


def _name_begun(name: str, legal: Iterable[str]) -> str | None:
    """Name the first rules whose id or name begins with *name*."""
    begun = sorted(text for text in legal if text.casefold().startswith(name.casefold()))
    if len(begun) <= _FEW:
        return did_you_mean(begun)
    shown = "、".join(begun[:_MOST_BEGUN]), ", ".join(begun[:_MOST_BEGUN])
    more = "…" if len(begun) > _MOST_BEGUN else ""
    return say(f"以“{name}”开头的：{shown[0]}{more}", f"beginning with '{name}': {shown[1]}{more}")


def _name_titled(word: str, packs: Iterable[Pack]) -> str | None:
    """Name the first rules whose title holds *word*, which is all that a reader of a report remembers of one."""
    titled = {
        rule.id: f"{rule.id} {rule.title[say('zh', 'en')]}"
        for pack in packs
        for rule in pack.rules
        if any(word.casefold() in title.casefold() for title in rule.title.values())
    }
    if not titled:
        return None
    shown = list(titled.values())[:_MOST_TITLES]
    more = "…" if len(titled) > len(shown) else ""
    return say(f"题目里有“{word}”的：{'；'.join(shown)}{more}", f"titles that hold '{word}': {'; '.join(shown)}{more}")
