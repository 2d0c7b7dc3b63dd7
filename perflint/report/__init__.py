"""Evaluations → Report: what was found, said so that a person can find it and a machine can recognise it."""

from perflint.report.baseline import (
    Baseline,
    BaselineEntry,
    build_baseline,
    list_stale,
    load_baseline,
    parse_baseline,
    prune_baseline,
    render_baseline,
    update_baseline,
)
from perflint.report.build import build_document_report, build_report, merge_reports
from perflint.report.suppressions import FILE_NAME, Suppressions, load_suppressions, parse_suppressions

__all__ = [
    "FILE_NAME",
    "Baseline",
    "BaselineEntry",
    "Suppressions",
    "build_baseline",
    "build_document_report",
    "build_report",
    "list_stale",
    "load_baseline",
    "load_suppressions",
    "merge_reports",
    "parse_baseline",
    "parse_suppressions",
    "prune_baseline",
    "render_baseline",
    "update_baseline",
]
