"""``sarif``: SARIF 2.1.0 (OASIS), for code scanning services.

Faults and crashes are results; files that could not be read and notices are notifications of the invocation. What could
not be decided is counted in the run's properties only: services would list each as an alert.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from perflint.errors import Problem
from perflint.finding import Finding, Location, Notice, Report, Severity, Suppression
from perflint.language import say
from perflint.render.data import build_summary
from perflint.render.lazy_json import write_json
from perflint.render.options import RenderOptions
from perflint.render.place import build_uri, is_absolute, strip_path
from perflint.render.rules import explain_rule
from perflint.render.words import pick_text
from perflint.version import VERSION

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
BASE = "SRCROOT"
FINGERPRINT = "perflint/v1"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def pieces(report: Report, options: RenderOptions) -> Iterator[str]:
    """Yield one log with one run."""
    return write_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [_build_run(report, options)]})


def _build_run(report: Report, options: RenderOptions) -> dict[str, Any]:
    # Rules without a program to describe them still need a descriptor: each result refers to one.
    names = {**dict.fromkeys(options.rules), **dict.fromkeys(finding.rule for finding in report.findings)}
    indexes = {rule: index for index, rule in enumerate(names)}
    return {
        "tool": {
            "driver": {
                "name": "perflint",
                "version": VERSION,
                "semanticVersion": VERSION,
                "rules": [_describe_rule(rule, options) for rule in names],
            },
            "extensions": [{"name": pack.id, "version": pack.version} for pack in report.packs],
        },
        "language": say("zh-CN", "en-US"),
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {BASE: {"description": {"text": say("运行命令的目录", "Where the command was run")}}},
        "invocations": [_build_invocation(report)],
        "results": (_build_result(finding, indexes) for finding in report.findings),
        "properties": {"summary": build_summary(report)},
    }


def _describe_rule(name: str, options: RenderOptions) -> dict[str, Any]:
    rule = options.rules.get(name)
    if rule is None:
        return {"id": name}
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": pick_text(rule.title) or rule.name},
        "fullDescription": {"text": pick_text(rule.why) or pick_text(rule.title) or rule.name},
        "help": {"text": explain_rule(rule, markdown=False), "markdown": explain_rule(rule, markdown=True)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        **({"deprecatedIds": list(rule.formerly)} if rule.formerly else {}),
        "properties": {"tags": list(rule.tags), "pack": rule.pack},
    }


def _build_invocation(report: Report) -> dict[str, Any]:
    unreadable = (_notify("perflint/unreadable", "error", error) for error in report.errors)
    notices = (_notify(notice.code, "note", notice) for notice in report.notices)
    return {
        "executionSuccessful": not (report.errors or report.totals.crashed),
        "toolExecutionNotifications": chain(unreadable, notices),
    }


def _notify(code: str, level: str, problem: Problem) -> dict[str, Any]:
    hint = f"\n→ {problem.hint}" if problem.hint else ""
    data: dict[str, Any] = {"descriptor": {"id": code}, "level": level, "message": {"text": problem.message + hint}}
    if isinstance(problem, Notice) and problem.rule is not None:
        data["associatedRule"] = {"id": problem.rule}
    if problem.path is not None:
        region = {"startLine": problem.line} if problem.line is not None else {}
        if region and problem.column is not None:
            region["startColumn"] = problem.column
        data["locations"] = [{"physicalLocation": _locate_file(problem.path, region)}]
    return data


def _build_result(finding: Finding, indexes: dict[str, int]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": indexes[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.location.label}{say('：', ': ')}{finding.message}"},
        "locations": [_build_location(finding, finding.location)],
        # The first is ours; the second is the one that GitHub compares.
        "partialFingerprints": {
            FINGERPRINT: finding.fingerprint,
            "primaryLocationLineHash": f"{finding.fingerprint}:1",
        },
        "properties": _build_properties(finding),
    }
    related = [_build_location(finding, location) for location in finding.related]
    if related:
        result["relatedLocations"] = [
            {"id": number, **location, "message": {"text": other.label}}
            for number, (location, other) in enumerate(zip(related, finding.related, strict=True))
        ]
    if finding.suppressed is not None:
        result["suppressions"] = [_build_suppression(finding.suppressed)]
    return result


def _build_properties(finding: Finding) -> dict[str, Any]:
    document = finding.document
    named = {
        "organization": document.organization,
        "fiscalYear": document.fiscal_year,
        "table": document.table,
        "fix": finding.fix,
        "origin": finding.location.origin,
    }
    return {
        "verdict": finding.verdict.value,
        "group": finding.group,
        **{key: value for key, value in named.items() if value is not None},
        **({"values": dict(finding.values)} if finding.values else {}),
    }


def _build_location(finding: Finding, location: Location) -> dict[str, Any]:
    logical = {"name": location.label, "fullyQualifiedName": location.pointer or "/"}
    data: dict[str, Any] = {"logicalLocations": [logical]}
    if finding.document.path is not None:
        data["physicalLocation"] = _locate_file(finding.document.path, _build_region(location))
    return data


def _build_region(location: Location) -> dict[str, int]:
    if location.line is None or location.column is None:
        return {}
    region = {"startLine": location.line, "startColumn": location.column}
    if location.end_line is not None and location.end_column is not None:
        region |= {"endLine": location.end_line, "endColumn": location.end_column}
    return region


def _locate_file(path: str, region: dict[str, int]) -> dict[str, Any]:
    file = strip_path(path, has_line=bool(region)) or path
    artifact = {"uri": build_uri(file)}
    if not is_absolute(file):
        artifact["uriBaseId"] = BASE
    return {"artifactLocation": artifact, **({"region": region} if region else {})}


def _build_suppression(suppression: Suppression) -> dict[str, Any]:
    return {"kind": "external", "status": "accepted", "justification": suppression.reason}
