"""``markdown``: a comment for a pull request, short enough for the services that take one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, islice
from operator import itemgetter

from perflint.finding import Finding, Report, Severity, Verdict
from perflint.language import say
from perflint.render.options import RenderOptions
from perflint.render.rules import escape_markdown
from perflint.render.words import name_document, name_place, name_rule, name_severity, summarize

# GitHub refuses comments above 65 536 characters.
LIMIT = 60_000
_SIGNS = {Severity.ERROR: "🔴", Severity.WARNING: "🟠", Severity.INFO: "🔵"}


def pieces(report: Report, options: RenderOptions) -> Iterator[str]:
    """Yield the summary, a table for each document, and what could not be checked.

    Where there is not room for all, the graver findings go before the others.
    """
    del options  # nothing about it is optional
    opening = f"## perflint\n\n{escape_markdown(summarize(report))}\n"
    closing = "".join(f"\n{line}\n" for line in _close(report))
    yield opening
    total = sum(map(report.count, Severity))
    listed = _choose(_each_live(report), LIMIT - len(opening) - len(closing))
    shown = (finding for number, finding in enumerate(_each_live(report)) if number in listed)
    for _, group in groupby(shown, key=_path_of):
        findings = list(group)
        yield _open_document(findings[0]) + "".join(map(_build_row, findings))
    if len(listed) < total:
        missing = total - len(listed)
        yield "\n" + say(f"另有 {missing} 处没有列出。", f"{missing} more are not listed.") + "\n"
    yield closing


def _each_live(report: Report) -> Iterator[Finding]:
    return (finding for finding in report.findings if finding.suppressed is None)


def _path_of(finding: Finding) -> str | None:
    return finding.document.path


def _choose(findings: Iterator[Finding], room: int) -> frozenset[int]:
    """Return the numbers of the findings that find room, the gravest first, then in their order."""
    sizes = [
        (_rank_of(finding), number, _path_of(finding), len(_build_row(finding)), len(_open_document(finding)))
        for number, finding in enumerate(findings)
    ]
    opened: set[str | None] = set()
    chosen = []
    for _, number, path, row, head in sorted(sizes, key=itemgetter(0, 1)):
        room -= row + (0 if path in opened else head)
        if room < 0:
            break
        opened.add(path)
        chosen.append(number)
    return frozenset(chosen)


def _rank_of(finding: Finding) -> int:
    return -1 if finding.verdict is Verdict.ERROR else list(Severity).index(finding.severity)


def _open_document(finding: Finding) -> str:
    identity = finding.document
    title = escape_markdown(name_document(identity.organization, identity.fiscal_year, identity.path))
    header = " | ".join(say(zh, en) for zh, en in _HEADERS)
    return f"\n### {title}\n\n| {header} |\n|---|---|---|---|\n"


_HEADERS = (("级别", "severity"), ("位置", "place"), ("问题", "problem"), ("规则", "rule"))


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
    for error in islice(report.errors, 20):
        yield f"- ❌ {escape_markdown(error.headline)}"
