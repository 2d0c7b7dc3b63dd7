"""Rule packs: YAML → ``Pack`` of ``Rule``s, with what they extend; nothing past this package knows YAML."""

from perflint.pack.examples import Example, Examples
from perflint.pack.find import auto_packs, find_pack, known_packs, shipped_packs
from perflint.pack.header import Header, read_header
from perflint.pack.load import load_pack, load_packs
from perflint.pack.model import AppliesTo, Exemption, Pack, Param, Place, RetiredRule, Rule, Source

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
    "load_pack",
    "load_packs",
    "read_header",
    "shipped_packs",
]
