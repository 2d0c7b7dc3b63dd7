"""The fixed words that several formats share, in the language in force."""

from __future__ import annotations

from collections.abc import Mapping

from perflint.finding import Finding, Report, Severity, Totals, Verdict
from perflint.language import say
from perflint.pack.model import Rule


def name_severity(finding: Finding) -> str:
    """Return ``错误``, ``警告`` or ``提示``; a crash of the rule has its own word."""
    if finding.verdict is Verdict.ERROR:
        return say("规则出错", "rule crashed")
    if finding.verdict is Verdict.UNKNOWN:
        return say("未能判断", "unknown")
    return _SEVERITIES[finding.severity][say("zh", "en")]


def name_place(finding: Finding) -> str:
    """Return line and column of the file and the place in the original, as far as known: ``12:14 · 表2 第7行``."""
    location = finding.location
    line = f"{location.line}:{location.column}" if location.line is not None else ""
    return " · ".join(part for part in (line, location.origin) if part)


def name_rule(finding: Finding) -> str:
    """Return id and name of the rule: ``PT101 ari-expenditure-sum``."""
    return f"{finding.rule} {finding.name}".strip()


def name_document(organization: str | None, fiscal_year: int | None, path: str | None) -> str:
    """Return what a document is called in a heading."""
    year = say(f"{fiscal_year}年", str(fiscal_year)) if fiscal_year is not None else None
    return " · ".join(part for part in (organization, year, path) if part) or say("未命名文档", "unnamed document")


def title_of_rule(rules: Mapping[str, Rule], finding: Finding) -> str | None:
    """Return the rule's title in the language in force, None when the rule is not at hand."""
    rule = rules.get(finding.rule)
    return pick_text(rule.title) if rule is not None else None


def pick_text(texts: Mapping[str, str] | None) -> str | None:
    """Return the text in the language in force, else the other one, None when there is none."""
    if texts is None:
        return None
    first, second = say("zh", "en"), say("en", "zh")
    return texts.get(first) or texts.get(second)


def summarize(report: Report) -> str:
    """Return one sentence: what was checked, what was found, what could not be checked."""
    documents, tables = report.documents, report.tables
    checked = say(
        f"查了 {documents} 份文档、{tables} 张表",
        f"Checked {_number(documents, 'document')}, {_number(tables, 'table')}",
    )
    totals = report.totals
    unknown, suppressed = totals.unknown, totals.suppressed
    extra = [
        (unknown, f"未能判断 {unknown} 项", f"{unknown} could not be decided"),
        (suppressed, f"已抑制 {suppressed} 项", f"{suppressed} suppressed"),
        (report.passed_over, f"跳过 {report.passed_over} 个文件", f"{_number(report.passed_over, 'file')} passed over"),
        (len(report.errors), f"读不了 {len(report.errors)} 处", f"{_number(len(report.errors), 'error')} reading"),
    ]
    rest = [say(zh, en) for number, zh, en in extra if number]
    return say("；", "; ").join([checked + say("：", ": ") + _count_found(report, totals), *rest])


def _count_found(report: Report, totals: Totals) -> str:
    errors, warnings, infos = (totals.faults.get(severity, 0) for severity in Severity)
    crashes = totals.crashed
    found_any = errors or warnings or infos or crashes
    if not found_any and report.errors and not report.documents:
        return say("没有能检查的文档", "no document could be checked")
    if not found_any and report.documents and not report.tables:
        return say("文档里没有表，没有可查的", "the documents hold no table, there was nothing to check")
    if not found_any:
        return say("没有发现问题", "nothing found")
    found = say(
        f"错误 {errors}，警告 {warnings}，提示 {infos}",
        f"{_number(errors, 'error')}, {_number(warnings, 'warning')}, {_number(infos, 'info')}",
    )
    return found + (say(f"，规则出错 {crashes}", f", {_number(crashes, 'rule crash', 'es')}") if crashes else "")


def _number(number: int, noun: str, ending: str = "s") -> str:
    return f"{number} {noun}{'' if number == 1 else ending}"


_SEVERITIES: Mapping[Severity, Mapping[str, str]] = {
    Severity.ERROR: {"zh": "错误", "en": "error"},
    Severity.WARNING: {"zh": "警告", "en": "warning"},
    Severity.INFO: {"zh": "提示", "en": "info"},
}
