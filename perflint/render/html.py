"""``html``: one file for an officer with a browser: summary first, then each table's rows with the cell marked.

Nothing is fetched from anywhere. Without scripts everything is readable; the script only filters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby

from perflint.finding import Cell, Finding, Report, Severity, Verdict
from perflint.language import say
from perflint.pack.model import Rule, Source
from perflint.render.options import RenderOptions
from perflint.render.rules import cite_source
from perflint.render.words import name_document, name_place, name_rule, name_severity, pick_text, summarize


def render(report: Report, options: RenderOptions) -> str:
    """Return the whole page; suppressed findings are left out and counted in the summary."""
    live = [finding for finding in report.findings if finding.suppressed is None]
    by_document = [(path, list(group)) for path, group in groupby(live, key=lambda finding: finding.document.path)]
    body = [
        f"<header><h1>{_text(say('绩效目标表检查结果', 'Performance target tables: findings'))}</h1>",
        f"<p class='summary'>{_text(summarize(report))}</p>{_filters(live)}</header><main>",
        _overview(by_document),
        *(
            part
            for number, (_, findings) in enumerate(by_document)
            for part in _document(number, findings, options.rules)
        ),
        *_closing(report),
        "</main>",
    ]
    title = _text(say("绩效目标表检查结果", "Findings"))
    head = f"<meta charset='utf-8'><meta name='viewport' content='width=device-width'><title>{title}</title>"
    return (
        f"<!DOCTYPE html>\n<html lang='{say('zh-CN', 'en')}'><head>{head}<style>{_STYLE}</style></head>"
        f"<body>{''.join(body)}<script>{_SCRIPT}</script></body></html>\n"
    )


def _text(text: str | None) -> str:
    return escape(text or "")


def _kind(finding: Finding) -> str:
    return "crash" if finding.verdict is Verdict.ERROR else str(finding.severity.value)


def _filters(findings: Sequence[Finding]) -> str:
    boxes = []
    for severity, zh, en in (
        (Severity.ERROR, "错误", "errors"),
        (Severity.WARNING, "警告", "warnings"),
        (Severity.INFO, "提示", "notes"),
    ):
        number = sum(1 for finding in findings if finding.severity is severity)
        boxes.append(
            f"<label class='{severity.value}'><input type='checkbox' data-filter='{severity.value}' checked> "
            f"{_text(say(zh, en))} {number}</label>"
        )
    search = _text(say("查找单位、指标、规则", "find an organization, indicator or rule"))
    boxes.append(f"<input type='search' id='search' aria-label='{search}' placeholder='{search}'>")
    return f"<div class='filters' role='group' aria-label='{_text(say('筛选', 'filter'))}'>{''.join(boxes)}</div>"


def _overview(documents: Sequence[tuple[str | None, Sequence[Finding]]]) -> str:
    if len(documents) < 2:
        return ""
    rows = "".join(
        f"<tr><td><a href='#d{number}'>{_document_name(findings)}</a></td>"
        + "".join(f"<td class='number'>{sum(f.severity is s for f in findings)}</td>" for s in Severity)
        + "</tr>"
        for number, (_, findings) in enumerate(documents)
    )
    heads = "".join(f"<th scope='col'>{_text(word)}</th>" for word in _overview_heads())
    return f"<table class='overview'><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _overview_heads() -> tuple[str, ...]:
    return (say("文档", "document"), say("错误", "errors"), say("警告", "warnings"), say("提示", "notes"))


def _document_name(findings: Sequence[Finding]) -> str:
    identity = findings[0].document
    return _text(name_document(identity.organization, identity.fiscal_year, identity.path))


def _document(number: int, findings: Sequence[Finding], rules: Mapping[str, Rule]) -> Iterator[str]:
    yield f"<section class='document' id='d{number}'><h2>{_document_name(findings)}</h2>"
    for _, group in groupby(findings, key=lambda finding: finding.document.table_index):
        rows = list(group)
        name = rows[0].document.table_name
        yield f"<section class='table'>{f'<h3>{_text(name)}</h3>' if name else ''}"
        yield from (_finding(finding, rules) for finding in rows)
        yield "</section>"
    yield "</section>"


def _finding(finding: Finding, rules: Mapping[str, Rule]) -> str:
    rule = rules.get(finding.rule)
    kind = _kind(finding)
    return (
        f"<article class='finding {kind}' data-severity='{finding.severity.value}'>"
        f"<p class='place'><span class='badge {kind}'>{_text(name_severity(finding))}</span> "
        f"{_text(finding.location.label)} <span class='where'>{_text(name_place(finding))}</span></p>"
        f"{_row(finding.row)}<p class='message'>{_text(finding.message)}</p>"
        f"<details><summary>{_text(_more(finding))}</summary>{_reasons(finding, rule)}</details></article>"
    )


def _more(finding: Finding) -> str:
    return say("原因、依据和改法", "why, basis and how to mend") + f" · {name_rule(finding)}"


def _row(cells: Sequence[Cell]) -> str:
    """The row as the form shows it; a stranger finds the cell by its column head and its mark."""
    if not cells:
        return ""
    heads = "".join(f"<th scope='col'>{_text(cell.title)}</th>" for cell in cells)
    body = "".join(_cell(cell) for cell in cells)
    table = f"<thead><tr>{heads}</tr></thead><tbody><tr>{body}</tr></tbody>"
    return f"<div class='scroll'><table class='row'>{table}</table></div>"


def _cell(cell: Cell) -> str:
    shown = _text(cell.text).replace("\n", "<br>") or f"<em>{_text(say('空白', 'blank'))}</em>"
    if not cell.marked:
        return f"<td>{shown}</td>"
    return f"<td class='marked' aria-label='{_text(say('有问题的格', 'the cell in question'))}'>{shown}</td>"


def _reasons(finding: Finding, rule: Rule | None) -> str:
    parts = []
    if finding.fix:
        parts.append((say("怎样改", "How to mend it"), _text(finding.fix)))
    if rule is not None:
        parts.append((say("为什么", "Why"), _text(pick_text(rule.why))))
        parts.append((say("依据", "Basis"), "<br>".join(_basis(source) for source in rule.source)))
        if rule.notes:
            parts.append((say("可能误报的情形", "When it may be wrong"), _text(pick_text(rule.notes))))
    return "<dl>" + "".join(f"<dt>{_text(term)}</dt><dd>{text}</dd>" for term, text in parts if text) + "</dl>"


def _basis(source: Source) -> str:
    cited = cite_source(source)
    return _text(cited if source.checked else cited + say("（条文待核）", " (citation not checked yet)"))


def _closing(report: Report) -> Iterator[str]:
    unknown = [finding for finding in report.unknowns if finding.suppressed is None]
    if unknown:
        heading = say(f"未能判断的 {len(unknown)} 项", f"{len(unknown)} that could not be decided")
        rows = "".join(
            f"<li>{_text(f.location.label)}: {_text(f.message)} <span class='where'>{_text(name_rule(f))}</span></li>"
            for f in unknown
        )
        yield f"<section><details><summary>{_text(heading)}</summary><ul>{rows}</ul></details></section>"
    if report.errors:
        rows = "".join(f"<li><pre>{_text(error.describe())}</pre></li>" for error in report.errors)
        heading = say("读不了的文件", "Files that could not be read")
        yield f"<section class='unread'><h2>{_text(heading)}</h2><ul>{rows}</ul></section>"


_STYLE = """
:root{--error:#b3261e;--warning:#8a5300;--info:#1f5fa8;--line:#d5d9de;--soft:#f6f7f9}
*{box-sizing:border-box}
body{margin:0;font:16px/1.6 "Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif;color:#1d2127;background:#fff}
header,main{max-width:1100px;margin:0 auto;padding:16px 20px}
header{border-bottom:1px solid var(--line)}h1{margin:0;font-size:1.6rem}h2{font-size:1.25rem;margin:32px 0 8px}
h3{font-size:1.05rem;margin:20px 0 8px;padding-left:10px;border-left:4px solid #59636e}
.summary{font-size:1.1rem;margin:6px 0 12px}
.filters{display:flex;flex-wrap:wrap;gap:16px;align-items:center}
.filters label{font-weight:600}.filters .error{color:var(--error)}.filters .warning{color:var(--warning)}
.filters .info{color:var(--info)}
#search{flex:1;min-width:220px;font:inherit;padding:4px 10px;border:1px solid #8a939d;border-radius:4px}
:focus-visible{outline:3px solid #1f5fa8;outline-offset:2px}
table{border-collapse:collapse}th,td{border:1px solid var(--line);padding:4px 8px;text-align:left;vertical-align:top}
th{background:var(--soft);font-weight:600;font-size:.85rem}.number{text-align:right}
.overview{margin:16px 0;width:100%}
.finding{margin:10px 0;padding:10px 14px;border:1px solid var(--line);border-radius:4px}
.finding{border-left:5px solid var(--info)}
.finding.warning{border-left-color:var(--warning)}
.finding.error,.finding.crash{border-left-color:var(--error)}
.finding p{margin:4px 0}.where{color:#59636e;font-size:.85rem}
.badge{color:#fff;background:var(--info);border-radius:3px;padding:1px 8px;font-size:.85rem}
.badge.warning{background:var(--warning)}.badge.error,.badge.crash{background:var(--error)}
.scroll{overflow-x:auto;margin:6px 0}.row td{max-width:320px}
.marked{background:#fff1c9;outline:2px solid var(--warning);outline-offset:-2px;font-weight:600}
.finding.error .marked{background:#fde3e1;outline-color:var(--error)}
.finding.info .marked{background:#e2eefb;outline-color:var(--info)}
.message{font-weight:600}summary{cursor:pointer;color:#1f5fa8}dl{margin:8px 0}dt{font-weight:600}dd{margin:0 0 6px 0}
pre{white-space:pre-wrap}[hidden]{display:none}
@media print{.filters,summary{display:none}.finding{break-inside:avoid}details>*{display:block}body{font-size:11pt}}
"""

_SCRIPT = """
(function(){
var boxes=document.querySelectorAll('[data-filter]'),search=document.getElementById('search');
var findings=[].slice.call(document.querySelectorAll('.finding'));
function apply(){
 var on={},wanted=search.value.trim().toLowerCase();
 boxes.forEach(function(b){on[b.dataset.filter]=b.checked});
 findings.forEach(function(f){
  var table=f.closest('.document');
  var text=(table.querySelector('h2').textContent+f.textContent).toLowerCase();
  f.hidden=!on[f.dataset.severity]||(wanted&&text.indexOf(wanted)<0);
 });
 document.querySelectorAll('section.table,section.document').forEach(function(s){
  s.hidden=!s.querySelector('.finding:not([hidden])');
 });
}
boxes.forEach(function(b){b.addEventListener('change',apply)});
search.addEventListener('input',apply);
window.addEventListener('beforeprint',function(){
 document.querySelectorAll('details').forEach(function(d){d.open=true});
});
})();
"""
