"""``jsonl``: the report as JSON lines, each with its ``type``, so that a reader need not wait for the end.

``run`` opens, ``summary`` closes; between them ``finding``, ``unknown``, ``rule``, ``notice`` and ``error``, each with
the fields it has in ``report-1.schema.json``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from perflint.finding import Report
from perflint.render.data import (
    build_error,
    build_finding,
    build_header,
    build_notice,
    build_rule_count,
    build_summary,
)
from perflint.render.options import RenderOptions

# Some readers end a line at these as well; outside strings JSON has none of them.
_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def render(report: Report, options: RenderOptions) -> str:
    """Return all lines."""
    del options  # nothing about it is optional
    return "".join((*open_lines(report), *document_lines(report), *close_lines(report)))


def open_lines(report: Report) -> Iterator[str]:
    """Yield the line that opens a run; any report of the run will do."""
    yield _line("run", build_header(report))


def document_lines(report: Report) -> Iterator[str]:
    """Yield the findings and unknowns: for a run that is written while it goes on, those of one document."""
    for finding in report.findings:
        yield _line("finding", build_finding(finding))
    for finding in report.unknowns:
        yield _line("unknown", build_finding(finding))


def close_lines(report: Report) -> Iterator[str]:
    """Yield the ledger, notices, errors and summary of the whole run."""
    for count in report.rules:
        yield _line("rule", build_rule_count(count))
    for notice in report.notices:
        yield _line("notice", build_notice(notice))
    for error in report.errors:
        yield _line("error", build_error(error))
    yield _line("summary", build_summary(report))


def _line(kind: str, data: Mapping[str, Any]) -> str:
    return json.dumps({"type": kind, **data}, ensure_ascii=False).translate(_LINE_ENDS) + "\n"
