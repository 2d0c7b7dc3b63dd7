"""``junit``: a test suite for each document, a test case for each rule that looked at it.

A rule with findings fails, one that crashed is in error, one that could not decide or is suppressed is skipped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from tempfile import SpooledTemporaryFile

from perflint.errors import Problem
from perflint.finding import CheckedDocument, Finding, Report, Verdict
from perflint.language import say
from perflint.record import dataclass
from perflint.render.options import RenderOptions
from perflint.render.words import name_document, name_place

_HELD, _PIECE = 1 << 20, 1 << 16
# What XML 1.0 cannot hold at all, escaped or not.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One test case; ``outcome`` is ``failure``, ``error``, ``skipped`` or None for a pass."""

    suite: str
    name: str
    outcome: str | None = None
    message: str = ""
    text: str = ""


def pieces(report: Report, options: RenderOptions) -> Iterator[str]:
    """Yield one XML document."""
    names = {count.rule: f"{count.rule} {count.name}" for count in report.rules}
    names |= {rule: f"{rule} {known.name}" for rule, known in options.rules.items()}
    totals: Counter[str | None] = Counter()
    # The totals stand in front of what they count: until they are known the rest waits, in a file if it is long.
    with SpooledTemporaryFile(_HELD, "w+", encoding="utf-8", errors="surrogatepass", newline="") as waiting:
        for cases in _build_suites(report, names):
            totals.update(case.outcome for case in cases)
            waiting.write(_write_suite(cases) if cases else "")
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="perflint" {_write_counts(totals)}>\n'
        waiting.seek(0)
        while piece := waiting.read(_PIECE):
            yield piece
    yield "</testsuites>\n"


def _build_suites(report: Report, names: Mapping[str, str]) -> Iterator[list[_Case]]:
    for document, findings, unknowns in report.each_document():
        yield _build_cases(document, [*findings, *unknowns], names)
    for error in report.errors:
        yield [_build_unread(error)]


def _build_cases(document: CheckedDocument, findings: Sequence[Finding], names: Mapping[str, str]) -> list[_Case]:
    suite = document.path or name_document(document.organization, document.fiscal_year, None)
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    decided = set(document.passed)
    order = [rule for rule in names if rule in by_rule or rule in decided]
    return [_build_case(suite, names[rule], by_rule.get(rule, [])) for rule in order]


def _build_case(suite: str, name: str, findings: Sequence[Finding]) -> _Case:
    live = [finding for finding in findings if finding.suppressed is None]
    suppressed = [finding for finding in findings if finding.suppressed is not None]
    for verdict, outcome in _OUTCOMES:
        told = [finding for finding in live if finding.verdict is verdict]
        if told:
            # A case has one outcome; what else is wrong is listed in it.
            others = [finding for finding in live if finding.verdict is Verdict.FAIL is not verdict]
            text = _list([*told, *others, *suppressed])
            return _Case(suite=suite, name=name, outcome=outcome, message=_head(told), text=text)
    if suppressed:
        return _Case(suite=suite, name=name, outcome="skipped", message=_excuse(suppressed), text=_list(suppressed))
    return _Case(suite=suite, name=name)


_OUTCOMES = ((Verdict.ERROR, "error"), (Verdict.FAIL, "failure"), (Verdict.UNKNOWN, "skipped"))


def _build_unread(error: Problem) -> _Case:
    name = say("读取", "reading")
    return _Case(suite=error.path or "-", name=name, outcome="error", message=error.message, text=error.describe())


def _excuse(suppressed: Iterable[Finding]) -> str:
    reasons = dict.fromkeys(finding.suppressed.reason for finding in suppressed if finding.suppressed is not None)
    return say("已抑制：", "suppressed: ") + say("；", "; ").join(reasons)


def _head(findings: Sequence[Finding]) -> str:
    first, more = findings[0].message, len(findings) - 1
    return first + (say(f"（另有 {more} 处）", f" (and {more} more)") if more else "")


def _list(findings: Iterable[Finding]) -> str:
    return "\n".join(_describe(finding) for finding in findings)


def _describe(finding: Finding) -> str:
    place = " ".join(part for part in (name_place(finding), finding.location.label) if part)
    fix = f" → {finding.fix}" if finding.fix else ""
    excuse = f" ({_excuse([finding])})" if finding.suppressed is not None else ""
    return f"{place}{say('：', ': ')}{finding.message}{fix}{excuse} [{finding.fingerprint}]"


def _write_suite(cases: Sequence[_Case]) -> str:
    body = "".join(_write_case(case) for case in cases)
    counts = _write_counts(Counter(case.outcome for case in cases))
    return f'  <testsuite name="{_attribute(cases[0].suite)}" {counts}>\n{body}  </testsuite>\n'


def _write_case(case: _Case) -> str:
    head = f'    <testcase classname="{_attribute(case.suite)}" name="{_attribute(case.name)}" time="0"'
    if case.outcome is None:
        return f"{head}/>\n"
    inner = f'<{case.outcome} message="{_attribute(case.message)}">{_escape(case.text)}</{case.outcome}>'
    return f"{head}>{inner}</testcase>\n"


def _write_counts(outcomes: Counter[str | None]) -> str:
    named = (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))
    counts = (f'{name}="{outcomes[outcome]}"' for name, outcome in named)
    return " ".join([f'tests="{outcomes.total()}"', *counts, 'time="0"'])


def _escape(text: str) -> str:
    text = _ILLEGAL.sub(lambda match: f"\\x{ord(match[0]):02x}", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attribute(text: str) -> str:
    return _escape(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;")
