"""perflint: a linter for Chinese local-government budget performance target tables (绩效目标表).

    import perflint
    linter = perflint.Linter(packs=["cn-core"])
    report = linter.check({"perflint": "document/1", "tables": [...]})

The names below, and ``perflint.render.render``, are all that is public. Each is loaded when it is first used, so that
``import perflint`` costs nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing itself would cost more than the rest of this module
if TYPE_CHECKING:
    from perflint.document.model import Document
    from perflint.errors import ConfigError, DocumentError, EvaluationError, PackError, PerflintError
    from perflint.finding import Finding, Report, Verdict
    from perflint.interpret import Target, read_value
    from perflint.linter import Linter
    from perflint.reading import read

__all__ = [
    "ConfigError",
    "Document",
    "DocumentError",
    "EvaluationError",
    "Finding",
    "Linter",
    "PackError",
    "PerflintError",
    "Report",
    "Target",
    "Verdict",
    "read",
    "read_value",
]

_HOMES = {
    "ConfigError": "errors",
    "Document": "document.model",
    "DocumentError": "errors",
    "EvaluationError": "errors",
    "Finding": "finding",
    "Linter": "linter",
    "PackError": "errors",
    "PerflintError": "errors",
    "Report": "finding",
    "Target": "interpret",
    "Verdict": "finding",
    "read": "reading",
    "read_value": "interpret",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'perflint' has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"perflint.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
