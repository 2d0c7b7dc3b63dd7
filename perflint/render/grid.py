"""Findings as rows of cells, for the formats that are tables."""

from __future__ import annotations

import json

from perflint.finding import Finding
from perflint.language import say
from perflint.render.words import name_severity

# What a spreadsheet could take for a formula, at the start of a cell; full-width forms count in some locales.
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

COLUMNS = (
    ("级别", "severity"),
    ("规则", "rule"),
    ("规则名", "name"),
    ("单位", "organization"),
    ("年度", "fiscal year"),
    ("表", "table"),
    ("位置", "place"),
    ("问题", "message"),
    ("怎样改", "fix"),
    ("文件", "file"),
    ("行", "line"),
    ("列", "column"),
    ("原文件位置", "origin"),
    ("算出的值", "values"),
    ("抑制", "suppressed"),
    ("指纹", "fingerprint"),
)


def build_header() -> list[str]:
    """Return the column titles in the language in force."""
    return [say(zh, en) for zh, en in COLUMNS]


def build_cells(finding: Finding) -> list[str | int]:
    """Return the cells of one finding, ``""`` where there is nothing; numbers stay numbers."""
    document, location = finding.document, finding.location
    return [
        name_severity(finding),
        finding.rule,
        finding.name,
        document.organization or "",
        document.fiscal_year or "",
        document.table_name or document.table or "",
        location.label,
        finding.message,
        finding.fix or "",
        document.path or "",
        location.line or "",
        location.column or "",
        location.origin or "",
        json.dumps(finding.values, ensure_ascii=False) if finding.values else "",
        finding.suppressed.reason if finding.suppressed is not None else "",
        finding.fingerprint,
    ]


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet could take *text* for a formula."""
    return text.startswith(_STARTS_FORMULA)
