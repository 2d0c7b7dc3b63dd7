"""``gitlab``: a GitLab Code Quality report. It has no notion of suppressed findings, so those are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from perflint.finding import Finding, Report, Severity, Verdict
from perflint.language import say
from perflint.render.lazy_json import write_json
from perflint.render.options import RenderOptions
from perflint.render.place import name_file

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


def pieces(report: Report, options: RenderOptions) -> Iterator[str]:
    """Yield a JSON list of issues with 1-based lines; findings without a place stand in line 1."""
    del options  # nothing about it is optional
    seen: Counter[str] = Counter()
    return write_json(_build_issue(finding, seen) for finding in report.findings if finding.suppressed is None)


def _build_issue(finding: Finding, seen: Counter[str]) -> dict[str, Any]:
    seen[finding.fingerprint] += 1
    number = seen[finding.fingerprint]
    # One document under two names has every fingerprint twice; GitLab would drop the second.
    fingerprint = finding.fingerprint if number == 1 else f"{finding.fingerprint}-{number}"
    lines = {"begin": finding.location.line or 1}
    if finding.location.end_line is not None:
        lines["end"] = finding.location.end_line
    return {
        "description": f"{finding.location.label}{say('：', ': ')}{finding.message}",
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": "blocker" if finding.verdict is Verdict.ERROR else _SEVERITIES[finding.severity],
        "location": {"path": name_file(finding) or "-", "lines": lines},
    }
