"""Evaluations → Report: what was found, said so that a person can find it and a machine can recognise it."""

from perflint.report.baseline import (
    Baseline,
    BaselineEntry,
    build_baseline,
    load_baseline,
    parse_baseline,
    prune_baseline,
    render_baseline,
    update_baseline,
)
from perflint.report.build import Wording, build_drawing, build_findings, build_report, build_wording
from perflint.report.notices import note_deaths, note_outdated
from perflint.report.suppressions import FILE_NAME, Suppressions, load_suppressions, parse_suppressions
from perflint.report.tally import Tally

__all__ = [
    "FILE_NAME",
    "Baseline",
    "BaselineEntry",
    "Suppressions",
    "Tally",
    "Wording",
    "build_baseline",
    "build_drawing",
    "build_findings",
    "build_report",
    "build_wording",
    "load_baseline",
    "load_suppressions",
    "note_deaths",
    "note_outdated",
    "parse_baseline",
    "parse_suppressions",
    "prune_baseline",
    "render_baseline",
    "update_baseline",
]
