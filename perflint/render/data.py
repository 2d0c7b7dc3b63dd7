"""A report as plain JSON values of ``report-1.schema.json``, shared by the formats that carry everything."""

from __future__ import annotations

from operator import attrgetter

from perflint.errors import Problem
from perflint.finding import (
    Cell,
    CheckedDocument,
    DocumentIdentity,
    Finding,
    Location,
    Notice,
    PackStamp,
    Report,
    RuleCount,
    Severity,
    Suppression,
)
from perflint.version import VERSION

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any


def build_report_data(report: Report) -> dict[str, Any]:
    """Return the whole report, with iterators for what may be of any length."""
    return {
        **build_header(report.lang),
        "packs": list(map(build_pack, report.packs)),
        "summary": build_summary(report),
        "documents": map(_document, report.checked),
        "findings": map(build_finding, report.findings),
        "unknowns": map(build_finding, report.unknowns),
        "rules": list(map(build_rule_count, report.rules)),
        "notices": map(build_notice, report.notices),
        "errors": map(build_error, report.errors),
    }


def build_header(lang: str) -> dict[str, Any]:
    """Return what identifies the run: format, version, language."""
    return {"perflint": "report/1", "version": VERSION, "lang": lang}


def build_pack(pack: PackStamp) -> dict[str, Any]:
    """Return one pack that took part."""
    return {"id": pack.id, "version": pack.version, "sha256": pack.sha256}


def build_summary(report: Report) -> dict[str, int]:
    """Return the counts. Severities count unsuppressed findings, crashes included; ``crashed`` tells those apart."""
    totals = report.totals
    return {
        "documents": report.documents,
        "tables": report.tables,
        **{severity.value: totals.faults.get(severity, 0) + totals.crashes.get(severity, 0) for severity in Severity},
        "crashed": totals.crashed,
        "unknown": totals.unknown,
        "suppressed": totals.suppressed,
        "unread": len(report.errors),
        "passed_over": report.passed_over,
    }


def build_finding(finding: Finding) -> dict[str, Any]:
    """Return one finding or unknown."""
    return {
        "rule": finding.rule,
        "name": finding.name,
        "pack": finding.pack,
        "severity": finding.severity.value,
        "verdict": finding.verdict.value,
        "tags": list(finding.tags),
        "message": finding.message,
        "lang": finding.lang,
        "fix": finding.fix,
        "document": _identity(finding.document),
        "location": _location(finding.location),
        "related": list(map(_location, finding.related)),
        "row": list(map(_cell, finding.row)),
        "values": dict(finding.values),
        "fingerprint": finding.fingerprint,
        "group": finding.group,
        "suppressed": _suppression(finding.suppressed),
    }


def build_rule_count(count: RuleCount) -> dict[str, Any]:
    """Return one line of the ledger."""
    data: dict[str, Any] = {
        "rule": count.rule,
        "name": count.name,
        "selected": count.selected,
        "pass": count.passed,
        "fail": count.failed,
        "unknown": count.unknown,
        "not_applicable": count.not_applicable,
        "suppressed": count.suppressed,
        "error": count.error,
    }
    if count.reasons:
        data["reasons"] = dict(count.reasons)
    if count.seconds is not None:
        data["seconds"] = count.seconds
    return data


def build_notice(notice: Notice) -> dict[str, Any]:
    """Return one notice."""
    return {"code": notice.code, "rule": notice.rule, **build_error(notice)}


def build_error(problem: Problem) -> dict[str, Any]:
    """Return one unreadable file; what is unknown is left out."""
    fields = {name: getattr(problem, name) for name in ("path", "line", "column", "pointer", "hint")}
    return {"message": problem.message, **{name: value for name, value in fields.items() if value is not None}}


def _document(document: CheckedDocument) -> dict[str, Any]:
    return {
        "path": document.path,
        "organization": document.organization,
        "fiscal_year": document.fiscal_year,
        "tables": document.tables,
    }


def _identity(document: DocumentIdentity) -> dict[str, Any]:
    return {
        "path": document.path,
        "organization": document.organization,
        "fiscal_year": document.fiscal_year,
        "table": document.table,
        "table_index": document.table_index,
        "table_name": document.table_name,
    }


def _location(location: Location) -> dict[str, Any]:
    known = {name: value for name, value in zip(_SPAN, _span(location), strict=True) if value is not None}
    return {"pointer": location.pointer, "label": location.label, **known}


_SPAN = ("line", "column", "end_line", "end_column", "origin")
_span = attrgetter(*_SPAN)


def _cell(cell: Cell) -> dict[str, Any]:
    return {"field": cell.field, "title": cell.title, "text": cell.text, "marked": cell.marked}


def _suppression(suppression: Suppression | None) -> dict[str, Any] | None:
    if suppression is None:
        return None
    return {
        "kind": suppression.kind,
        "reason": suppression.reason,
        "until": suppression.until,
        "line": suppression.line,
    }
