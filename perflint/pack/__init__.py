"""Rule packs: YAML → ``Pack`` of ``Rule``s, with what they extend; nothing past this package knows YAML.

Each name is loaded when it is first used: a run whose packs come from a cache needs the model only.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing itself would cost more than the rest of this module
if TYPE_CHECKING:
    from perflint.pack.examples import Example, Examples
    from perflint.pack.files import list_files, shipped_packs
    from perflint.pack.find import auto_packs, find_pack, known_packs
    from perflint.pack.header import read_header
    from perflint.pack.load import load_pack, load_packs
    from perflint.pack.model import AppliesTo, Exemption, Header, Pack, Param, Place, RetiredRule, Rule, Source

__all__ = [
    "AppliesTo",
    "Example",
    "Examples",
    "Exemption",
    "Header",
    "Pack",
    "Param",
    "Place",
    "RetiredRule",
    "Rule",
    "Source",
    "auto_packs",
    "find_pack",
    "known_packs",
    "list_files",
    "load_pack",
    "load_packs",
    "read_header",
    "shipped_packs",
]

_HOMES = {
    **dict.fromkeys(("Example", "Examples"), "examples"),
    **dict.fromkeys(("list_files", "shipped_packs"), "files"),
    **dict.fromkeys(("auto_packs", "find_pack", "known_packs"), "find"),
    "read_header": "header",
    **dict.fromkeys(("load_pack", "load_packs"), "load"),
    **dict.fromkeys(
        ("AppliesTo", "Exemption", "Header", "Pack", "Param", "Place", "RetiredRule", "Rule", "Source"), "model"
    ),
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'perflint.pack' has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"perflint.pack.{home}"), name)
    globals()[name] = value
    return value
