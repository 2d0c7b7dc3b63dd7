"""``concise``: one line a finding, ``path:line:column: severity rule label: message``, for editors and grep."""

from __future__ import annotations

from collections.abc import Iterator

from perflint.errors import Problem
from perflint.finding import Finding, Report, Severity
from perflint.language import say
from perflint.render.options import RenderOptions
from perflint.render.place import name_file
from perflint.render.style import ERROR, INFO, WARNING, apply_colours, paint
from perflint.render.width import clean
from perflint.render.words import name_rule, name_severity

_COLOURS = {Severity.ERROR: ERROR, Severity.WARNING: WARNING, Severity.INFO: INFO}


def begin(options: RenderOptions) -> str:
    """Return nothing: there is no heading."""
    del options
    return ""


def part(report: Report, options: RenderOptions) -> str:
    """Return the lines of the findings."""
    lines = (_line_of(finding) for finding in report.findings if finding.suppressed is None)
    return apply_colours("".join(line + "\n" for line in lines), color=options.color)


def end(report: Report, options: RenderOptions) -> Iterator[str]:
    """Yield the lines of what could not be read."""
    return (apply_colours(_line_of_error(error) + "\n", color=options.color) for error in report.errors)


def _line_of(finding: Finding) -> str:
    location = finding.location
    place = [name_file(finding) or "-", location.line, location.column]
    lead = ":".join(clean(str(part)) for part in place if part is not None)
    origin = f" ({clean(location.origin)})" if location.origin and location.line is None else ""
    severity = paint(name_severity(finding), _COLOURS[finding.severity])
    rule, text = clean(name_rule(finding)), clean(f"{location.label}{say('：', ': ')}{finding.message}")
    return f"{lead}: {severity} {rule} {text}{origin}"


def _line_of_error(error: Problem) -> str:
    lead = ":".join(str(part) for part in (error.path, error.line, error.column) if part is not None)
    return clean(f"{lead or '-'}: {say('读不了', 'unreadable')} {error.message}")
