"""Evaluations → Report: what was found, said so that a person can find it and a machine can recognise it.

Each name is loaded when it is first used: most runs have neither a baseline nor suppressions.
"""

from __future__ import annotations

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from perflint.report.baseline import (
        Baseline,
        BaselineEntry,
        Renewal,
        list_acceptable,
        load_baseline,
        parse_baseline,
    )
    from perflint.report.build import Wording, build_drawing, build_findings, build_report, build_wording, find_stale
    from perflint.report.notices import note_deaths, note_mentions, note_outdated
    from perflint.report.suppressions import Suppressions, load_suppressions, parse_suppressions
    from perflint.report.tally import Tally

__all__ = [
    "Baseline",
    "BaselineEntry",
    "Renewal",
    "Suppressions",
    "Tally",
    "Wording",
    "build_drawing",
    "build_findings",
    "build_report",
    "build_wording",
    "find_stale",
    "list_acceptable",
    "load_baseline",
    "load_suppressions",
    "note_deaths",
    "note_mentions",
    "note_outdated",
    "parse_baseline",
    "parse_suppressions",
]

_HOMES = {
    **dict.fromkeys(("Baseline", "BaselineEntry", "Renewal", "list_acceptable"), "baseline"),
    **dict.fromkeys(("load_baseline", "parse_baseline"), "baseline"),
    **dict.fromkeys(("Wording", "build_drawing", "build_findings", "build_report"), "build"),
    **dict.fromkeys(("build_wording", "find_stale"), "build"),
    **dict.fromkeys(("note_deaths", "note_mentions", "note_outdated"), "notices"),
    **dict.fromkeys(("Suppressions", "load_suppressions", "parse_suppressions"), "suppressions"),
    "Tally": "tally",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'perflint.report' has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"perflint.report.{home}"), name)
    globals()[name] = value
    return value
