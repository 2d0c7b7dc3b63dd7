"""The rule packs that come with perflint: one folder each, installed as ``perflint.packs``."""
