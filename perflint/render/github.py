"""``github``: workflow commands that GitHub Actions shows as annotations. Suppressed findings are left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perflint.errors import Problem
from perflint.finding import Finding, Report, Severity
from perflint.language import say
from perflint.render.options import RenderOptions
from perflint.render.place import name_file, strip_path
from perflint.render.width import clean
from perflint.render.words import name_rule

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def begin(options: RenderOptions) -> str:
    """Return nothing: there is no heading."""
    del options
    return ""


def part(report: Report, options: RenderOptions) -> str:
    """Return the commands of the findings."""
    del options  # nothing about it is optional
    return "".join(_annotate(finding) + "\n" for finding in report.findings if finding.suppressed is None)


def end(report: Report, options: RenderOptions) -> Iterator[str]:
    """Yield the commands of what could not be read."""
    del options
    return (_annotate_error(error) + "\n" for error in report.errors)


def _annotate(finding: Finding) -> str:
    location = finding.location
    properties = {
        "file": name_file(finding),
        "line": location.line,
        "endLine": location.end_line,
        # GitHub takes columns only for findings within one line.
        "col": location.column if location.line == location.end_line else None,
        "endColumn": location.end_column if location.line == location.end_line else None,
        "title": name_rule(finding),
    }
    fix = f"\n→ {finding.fix}" if finding.fix else ""
    message = f"{location.label}{say('：', ': ')}{finding.message}{fix}"
    return _command(_COMMANDS[finding.severity], properties, message)


def _annotate_error(error: Problem) -> str:
    properties = {
        "file": strip_path(error.path, has_line=error.line is not None),
        "line": error.line,
        "col": error.column,
        "title": say("读不了", "unreadable"),
    }
    return _command("error", properties, error.message + (f"\n→ {error.hint}" if error.hint else ""))


def _command(name: str, properties: Mapping[str, str | int | None], message: str) -> str:
    given = ",".join(f"{key}={_escape_property(str(value))}" for key, value in properties.items() if value is not None)
    return f"::{name} {given}::{_escape(message)}"


def _escape(text: str) -> str:
    return "%0A".join(clean(line).replace("%", "%25") for line in text.splitlines())


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
