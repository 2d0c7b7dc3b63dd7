"""``xlsx``: a workbook for people who work in one: findings, summary, unknowns; filtered, frozen, coloured."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from perflint.errors import ConfigError, Problem
from perflint.finding import Finding, Report, Severity
from perflint.language import say
from perflint.render.data import build_summary
from perflint.render.grid import build_cells, build_header, is_formula
from perflint.render.options import RenderOptions
from perflint.render.words import summarize

_FILLS = {Severity.ERROR: "FFF8D7DA", Severity.WARNING: "FFFFF3CD", Severity.INFO: "FFD9EDF7"}
_SUPPRESSED_FILL = "FFEEEEEE"
_HEADER_FILL = "FF305496"
_WIDTHS = (9, 8, 24, 24, 8, 28, 40, 60, 40, 28, 7, 7, 18, 24, 18, 36)
_UNKNOWN_WITHOUT = (8, 14)  # fix and suppression: an unknown has no repair

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
CELL_LIMIT = 32_000


def render(report: Report, options: RenderOptions) -> bytes:
    """Return the workbook.

    Raises:
        ConfigError: openpyxl is not installed.
    """
    del options  # nothing about it is optional
    try:
        # Imported here: heavy, optional, and needed by nobody else who renders.
        from openpyxl import Workbook
    except ImportError:
        message = say("xlsx 格式需要 openpyxl", "the xlsx format needs openpyxl")
        raise ConfigError(Problem(message=message, hint="pip install 'budget-perflint[xlsx]'")) from None
    book = Workbook()
    sheet = book.active
    sheet.title = say("问题", "findings")
    _fill_findings(sheet, report.findings)
    _fill_summary(book.create_sheet(say("汇总", "summary")), report)
    _fill_findings(book.create_sheet(say("未能判断", "unknown")), report.unknowns)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _fill_findings(sheet: Any, findings: Sequence[Finding]) -> None:
    _write_header(sheet, build_header(), _WIDTHS)
    for row, finding in enumerate(findings, start=2):
        _write_row(sheet, row, build_cells(finding))
        fill = _FILLS[finding.severity] if finding.suppressed is None else _SUPPRESSED_FILL
        _paint(sheet.cell(row, 1), fill)
    if findings:
        sheet.auto_filter.ref = sheet.dimensions


def _fill_summary(sheet: Any, report: Report) -> None:
    _write_header(sheet, [say("规则", "rule"), *(say(zh, en) for zh, en in _LEDGER)], (30, *([10] * len(_LEDGER))))
    row = 1
    for row, count in enumerate(report.rules, start=2):
        numbers = [count.selected, count.passed, count.failed, count.unknown, count.not_applicable, count.suppressed]
        _write_row(sheet, row, [f"{count.rule} {count.name}", *numbers, count.error])
    sheet.auto_filter.ref = sheet.dimensions
    lines: list[Sequence[str | int]] = [(), (summarize(report),)]
    lines += [(say(*_COUNTS[name]), number) for name, number in build_summary(report).items()]
    lines += [(say("规则包", "pack"), f"{pack.id} {pack.version}") for pack in report.packs]
    lines += [(say("读不了", "unreadable"), error.describe()) for error in report.errors]
    lines += [(notice.code, notice.message) for notice in report.notices]
    for offset, line in enumerate(lines, start=1):
        _write_row(sheet, row + offset, line, wrap=False)


_LEDGER = (
    ("查", "selected"),
    ("通过", "pass"),
    ("不符", "fail"),
    ("未知", "unknown"),
    ("不适用", "not applicable"),
    ("抑制", "suppressed"),
    ("出错", "error"),
)
_COUNTS = {
    "documents": ("文档", "documents"),
    "tables": ("表", "tables"),
    "error": ("错误", "errors"),
    "warning": ("警告", "warnings"),
    "info": ("提示", "infos"),
    "crashed": ("规则出错", "rule crashes"),
    "unknown": ("未能判断", "could not be decided"),
    "suppressed": ("已抑制", "suppressed"),
    "unread": ("读不了", "unreadable"),
    "passed_over": ("跳过的文件", "files passed over"),
}


def _write_header(sheet: Any, titles: Sequence[str], widths: Iterable[int]) -> None:
    from openpyxl.styles import Alignment, Font  # loaded by render already; named here to be used
    from openpyxl.utils import get_column_letter

    for column, (title, width) in enumerate(zip(titles, widths, strict=True), start=1):
        cell = sheet.cell(1, column, title)
        cell.font = Font(bold=True, color="FFFFFFFF")
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        _paint(cell, _HEADER_FILL)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def _write_row(sheet: Any, row: int, values: Sequence[str | int], *, wrap: bool = True) -> None:
    from openpyxl.styles import Alignment

    for column, value in enumerate(values, start=1):
        if value == "":
            continue
        cell = sheet.cell(row, column)
        cell.alignment = Alignment(vertical="top", wrap_text=wrap)
        if isinstance(value, int):
            cell.value = value
            continue
        cell.value = _ILLEGAL.sub("", value)[:CELL_LIMIT]
        # Text stays text, in the file and after somebody has edited the cell.
        cell.data_type = "s"
        cell.quotePrefix = is_formula(value)


def _paint(cell: Any, colour: str) -> None:
    from openpyxl.styles import PatternFill

    cell.fill = PatternFill(start_color=colour, end_color=colour, fill_type="solid")
