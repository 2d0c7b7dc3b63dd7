"""``markdown``: a comment for a pull request, short enough for the services that take one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from perflint.finding import Finding, Report, Severity, Verdict
from perflint.language import say
from perflint.render.options import RenderOptions
from perflint.render.rules import escape_markdown
from perflint.render.words import name_document, name_place, name_rule, name_severity, summarize

# GitHub refuses comments above 65 536 characters.
LIMIT = 60_000
_SIGNS = {Severity.ERROR: "🔴", Severity.WARNING: "🟠", Severity.INFO: "🔵"}


def pieces(report: Report, options: RenderOptions) -> Iterator[str]:
    """Yield the summary, a table for each document, and what could not be checked."""
    del options  # nothing about it is optional
    live = (finding for finding in report.findings if finding.suppressed is None)
    closing = "".join(f"\n{line}\n" for line in _close(report))
    opening = f"## perflint\n\n{escape_markdown(summarize(report))}\n"
    yield opening
    size, shown = len(opening) + len(closing), 0
    for _, group in groupby(live, key=lambda finding: finding.document.path):
        findings = list(group)
        head = _open_document(findings)
        rows = list(_fit(map(_build_row, findings), LIMIT - size - len(head)))
        if not rows:
            break
        block = head + "".join(rows)
        yield block
        size += len(block)
        shown += len(rows)
    missing = sum(map(report.count, Severity)) - shown
    if missing:
        yield "\n" + say(f"另有 {missing} 处没有列出。", f"{missing} more are not listed.") + "\n"
    yield closing


def _open_document(findings: Sequence[Finding]) -> str:
    identity = findings[0].document
    title = escape_markdown(name_document(identity.organization, identity.fiscal_year, identity.path))
    header = " | ".join(say(zh, en) for zh, en in _HEADERS)
    return f"\n### {title}\n\n| {header} |\n|---|---|---|---|\n"


_HEADERS = (("级别", "severity"), ("位置", "place"), ("问题", "problem"), ("规则", "rule"))


def _fit(rows: Iterator[str], room: int) -> Iterator[str]:
    for row in rows:
        room -= len(row)
        if room < 0:
            return
        yield row


def _build_row(finding: Finding) -> str:
    sign = "💥" if finding.verdict is Verdict.ERROR else _SIGNS[finding.severity]
    place = escape_markdown(finding.location.label)
    line = name_place(finding)
    problem = escape_markdown(finding.message)
    cells = [
        f"{sign} {name_severity(finding)}",
        place + (f"<br>{escape_markdown(line)}" if line else ""),
        problem + (f"<br>→ {escape_markdown(finding.fix)}" if finding.fix else ""),
        escape_markdown(name_rule(finding)),
    ]
    return f"| {' | '.join(cells)} |\n"


def _close(report: Report) -> Iterator[str]:
    reasons = Counter(report.totals.reasons)
    if reasons:
        listed = say("、", ", ").join(
            f"{escape_markdown(reason)} {number}" for reason, number in reasons.most_common(10)
        )
        yield say(f"未能判断 {reasons.total()} 项：", f"{reasons.total()} could not be decided: ") + listed
    for error in report.errors[:20]:
        place = ":".join(str(part) for part in (error.path, error.line, error.column) if part is not None)
        yield f"- ❌ {escape_markdown(f'{place}: {error.message}' if place else error.message)}"
