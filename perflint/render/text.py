"""``text``: for people. Documents, tables and findings in the words and columns of the form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from perflint.finding import Cell, Finding, Location, Notice, Report, Severity, Verdict
from perflint.language import say
from perflint.render.options import RenderOptions
from perflint.render.style import ERROR, FAINT, FIX, INFO, STRONG, WARNING, apply_colours, paint
from perflint.render.width import clean, measure, pad, wrap
from perflint.render.words import (
    name_document,
    name_place,
    name_rule,
    name_severity,
    summarize,
    title_of_rule,
)
from perflint.report.notices import NEVER_MATCHED

GROUP_FROM = 3
REASONS_SHOWN = 5
ELSEWHERE_SHOWN = 3
# These say by themselves what they are, in the order every form has them.
_INDICATOR_COLUMNS = frozenset({"level1", "level2", "name", "comparator", "value", "unit"})
_COLOURS = {Severity.ERROR: ERROR, Severity.WARNING: WARNING, Severity.INFO: INFO}


def begin(options: RenderOptions) -> str:
    """Return nothing: there is no heading."""
    del options
    return ""


def part(report: Report, options: RenderOptions) -> str:
    """Return the findings that are not suppressed, document by document, each block with the space behind it."""
    live = [finding for finding in report.findings if finding.suppressed is None]
    blocks = (
        block
        for _, findings in groupby(live, key=lambda f: f.document.path)
        for block in _render_document(list(findings), options)
    )
    return apply_colours("".join(f"{block}\n\n" for block in blocks), color=options.color)


def end(report: Report, options: RenderOptions) -> Iterator[str]:
    """Yield what could not be read, what the run has to say about itself, and one line that sums it up."""
    return (apply_colours(text, color=options.color) for text in _render_end(report, options))


def _render_end(report: Report, options: RenderOptions) -> Iterator[str]:
    for error in report.errors:
        yield "\n".join(map(clean, error.describe().split("\n"))) + "\n\n"
    if options.statistics:
        from perflint.render.statistics import render_statistics  # few ask for it

        yield render_statistics(report, options.width) + "\n\n"
    for line in _closing_lines(report, options):
        yield wrap(line, options.width, hanging="  ") + "\n"
    yield paint(wrap(summarize(report), options.width, hanging="  "), STRONG) + "\n"


def _render_document(findings: Sequence[Finding], options: RenderOptions) -> Iterator[str]:
    identity = findings[0].document
    heading = name_document(identity.organization, identity.fiscal_year, identity.path)
    yield paint(wrap(clean(heading), options.width, hanging="  "), STRONG)
    for _, group in groupby(findings, key=lambda f: f.document.table_index):
        yield from _render_table(list(group), options)


def _render_table(findings: Sequence[Finding], options: RenderOptions) -> Iterator[str]:
    title = findings[0].document.table_name
    if title:
        yield paint(wrap(clean(title), options.width, indent="▌ ", hanging="  "), STRONG)
    together: dict[tuple[str, Verdict], list[Finding]] = {}
    for finding in findings:
        together.setdefault((finding.rule, finding.verdict), []).append(finding)
    for finding in findings:
        same = together[finding.rule, finding.verdict]
        if len(same) < GROUP_FROM:
            yield _render_finding(finding, options)
        elif finding is same[0]:
            yield _render_group(same, options)


def _render_finding(finding: Finding, options: RenderOptions) -> str:
    place = paint(name_place(finding), FAINT)
    rule = paint(name_rule(finding), FAINT)
    head = "  ".join(part for part in (_head(finding), _label(finding), place, rule) if part)
    lines = [wrap(head, options.width, indent="  ", hanging="      ")]
    lines += _render_row(finding, options)
    lines.append(wrap(clean(finding.message), options.width, indent="      "))
    lines += _render_elsewhere(finding, options)
    lines += _render_fix(finding, options)
    return "\n".join(lines)


def _render_group(findings: Sequence[Finding], options: RenderOptions) -> str:
    first, number = findings[0], len(findings)
    title = title_of_rule(options.rules, first)
    count = say(f"共 {number} 处", f"{number} places")
    head = "  ".join(part for part in (_head(first), title, count, paint(name_rule(first), FAINT)) if part)
    lines = [wrap(head, options.width, indent="  ", hanging="      ")]
    shared = first.message if all(finding.message == first.message for finding in findings) else None
    if shared is not None:
        lines.append(wrap(clean(shared), options.width, indent="      "))
    places = [name_place(finding) for finding in findings]
    column = max(map(measure, places))
    for finding, place in zip(findings, places, strict=True):
        text = _label(finding)
        if shared is None:
            text += say("：", ": ") + clean(finding.message)
        lead = "      " + (paint(pad(place, column), FAINT) + "  " if column else "- ")
        lines.append(wrap(text, options.width, indent=lead, hanging="          "))
    lines += _render_fix(first, options) if len({finding.fix for finding in findings}) == 1 else []
    return "\n".join(lines)


def _render_row(finding: Finding, options: RenderOptions) -> list[str]:
    if not finding.row:
        return []
    untitled = _INDICATOR_COLUMNS if "/indicators/" in finding.location.pointer else frozenset()
    cells = [_render_cell(finding, cell, titled=cell.field not in untitled) for cell in finding.row]
    return [wrap(" │ ".join(cells), options.width, indent="      ")]


def _render_cell(finding: Finding, cell: Cell, *, titled: bool) -> str:
    text = clean(cell.text) or say("空白", "blank")
    title = clean(cell.title) if titled else ""
    if cell.marked:
        return title + paint(f"【{text}】", _COLOURS[finding.severity])
    return f"{title} {text}".strip()


def _render_elsewhere(finding: Finding, options: RenderOptions) -> list[str]:
    """Return a line for what the rule looked at outside the row that is shown."""
    here = _row_of(finding.location.pointer)
    others = [location for location in finding.related if _row_of(location.pointer) != here]
    if not others:
        return []
    shown = [clean(location.label) + _line_of(location) for location in others[:ELSEWHERE_SHOWN]]
    more = len(others) - len(shown)
    text = say("另见：", "see also: ") + say("；", "; ").join(shown)
    text += say(f"；等 {len(others)} 处", f"; {more} more") if more else ""
    return [paint(wrap(text, options.width, indent="      ", hanging="        "), FAINT)]


def _line_of(location: Location) -> str:
    return f" {location.line}:{location.column}" if location.line is not None else ""


def _row_of(pointer: str) -> str:
    """Return *pointer* up to its last index: the row, or the table outside rows."""
    while pointer and not pointer.rpartition("/")[2].isdecimal():
        pointer = pointer.rpartition("/")[0]
    return pointer


def _render_fix(finding: Finding, options: RenderOptions) -> list[str]:
    if finding.fix is None:
        return []
    return [paint(wrap(f"→ {clean(finding.fix)}", options.width, indent="      ", hanging="        "), FIX)]


def _head(finding: Finding) -> str:
    colour = ERROR if finding.verdict is Verdict.ERROR else _COLOURS[finding.severity]
    return paint(name_severity(finding), colour)


def _label(finding: Finding) -> str:
    """Return the label without the table's name, which stands in the heading already."""
    label, table = finding.location.label, finding.document.table_name
    return clean(label.removeprefix(f"{table} / ").removeprefix(f"{table} · ") if table else label)


def _closing_lines(report: Report, options: RenderOptions) -> Iterator[str]:
    reasons = Counter(report.totals.reasons)
    if reasons:
        told = reasons.most_common()[:REASONS_SHOWN]  # with a number it would load heapq
        shown = [f"{clean(reason)} {number}" for reason, number in told]
        others = reasons.total() - sum(number for _, number in told)
        shown += [say(f"其他 {others}", f"others {others}")] if others else []
        yield say(f"未能判断 {reasons.total()} 项：", f"{reasons.total()} could not be decided: ") + say(
            "、", ", "
        ).join(shown)
    number = 0
    for notice in report.notices:
        if options.statistics or notice.code != NEVER_MATCHED:
            yield _notice_line(notice)
        else:
            number += 1
    if number:
        yield say(
            f"{number} 条规则在本次没有判断任何内容（--statistics 列出）",
            f"{number} rules decided nothing in this run (--statistics lists them)",
        )


def _notice_line(notice: Notice) -> str:
    place = ":".join(str(part) for part in (notice.path, notice.line) if part is not None)
    todo = f"→ {notice.hint}" if notice.hint else ""
    parts = (f"{place}:" if place else "", notice.message, f"({notice.code})", todo)
    return clean(" ".join(part for part in parts if part))
