"""``xlsx``: a workbook for people who work in one: what was found, in short, what could not be decided, the rules.

Sheets are written row by row, so that a workbook of any length takes little memory.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from perflint.errors import ConfigError, Problem
from perflint.finding import Finding, Report, RuleCount, Severity, Verdict
from perflint.language import say
from perflint.pack.model import Rule
from perflint.render.data import build_summary
from perflint.render.grid import build_cells, build_header, is_formula
from perflint.render.options import RenderOptions
from perflint.render.rules import cite_sources
from perflint.render.width import measure
from perflint.render.words import pick_text, summarize
from perflint.report.notices import NEVER_MATCHED

CELL_LIMIT = 32_000
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PIECE = 1 << 20

# Which columns of the table formats, in the order in which an officer reads them; the last ones are for programs.
_ORDER = (0, 3, 4, 5, 6, 7, 8, 1, 12, 9, 2, 10, 11, 13, 14, 15)
_WIDTHS = (9, 22, 7, 22, 32, 46, 36, 9, 18, 26, 22, 6, 6, 24, 22, 35)
_FIX, _SUPPRESSION, _SHOWN = 8, 14, 10
_UNKNOWN_WITHOUT = (_FIX, _SUPPRESSION)  # nothing there can be mended, and what is suppressed is rare
_FILLS = {Severity.ERROR: "FFF4B6BC", Severity.WARNING: "FFFFE49A", Severity.INFO: "FFCFE2F3"}
_CRASH_FILL, _SUPPRESSED_FILL, _HEADER_FILL = "FFE1CFF0", "FFE3E3E3", "FF305496"
_LINE = "FFD0D0D0"
# In points; the highest row that Excel knows.
_LINE_HEIGHT, _HIGHEST = 15, 405
# Lines break before they are full, and programs differ in how wide they draw.
_SLACK = 1.15
_A4 = 9  # as the file format numbers paper


def pieces(report: Report, options: RenderOptions) -> Iterator[bytes]:
    """Yield the workbook.

    Raises:
        ConfigError: openpyxl is not installed.
    """
    from tempfile import TemporaryFile

    book = _Book()
    _add_findings(book, say("问题", "findings"), report.findings)
    _add_summary(book, report)
    _add_findings(book, say("未能判断", "unknown"), report.unknowns, without=_UNKNOWN_WITHOUT)
    _add_rules(book, report.rules, options)
    with TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


# --- sheets ----------------------------------------------------------------------------------------------------


def _add_findings(book: _Book, title: str, findings: Iterable[Finding], *, without: Sequence[int] = ()) -> None:
    header = build_header()
    order = [column for column in _ORDER if column not in without]
    widths = [width for column, width in zip(_ORDER, _WIDTHS, strict=True) if column not in without]
    sheet = book.add_sheet(title, widths, shown=_SHOWN - (_FIX in without))
    sheet.add_header([header[column] for column in order])
    for finding in findings:
        cells = build_cells(finding)
        sheet.add_row([cells[column] for column in order], style=_style_of(finding))
    sheet.close(filtered=True)


def _style_of(finding: Finding) -> str:
    if finding.suppressed is not None:
        return "suppressed"
    if finding.verdict is Verdict.UNKNOWN:
        return "text"
    return "crash" if finding.verdict is Verdict.ERROR else finding.severity.value


def _add_summary(book: _Book, report: Report) -> None:
    sheet = book.add_sheet(say("汇总", "summary"), (22, 90), shown=2)
    sheet.add_header([say("汇总", "summary"), summarize(report)])
    for name, number in build_summary(report).items():
        sheet.add_row([say(*_COUNTS[name]), number], rest="left")
    for pack in report.packs:
        sheet.add_row([say("规则包", "pack"), f"{pack.id} {pack.version}"])
    for error in report.errors:
        sheet.add_row([say("读不了", "unreadable"), error.describe()])
    silent = sum(notice.code == NEVER_MATCHED for notice in report.notices)
    if silent:
        sheet.add_row([say("没有判断的规则", "rules without a say"), _tell_silent(silent)])
    for notice in report.notices:
        if notice.code != NEVER_MATCHED:
            sheet.add_row([notice.code, notice.message])
    sheet.close()


def _tell_silent(number: int) -> str:
    zh = f"{number} 条规则没有判断任何内容：“规则”表里“通过”和“不符”都是 0 的"
    return say(zh, f"{number} rule(s) decided nothing: those with 0 pass and 0 fail on the sheet of rules")


def _add_rules(book: _Book, counts: Iterable[RuleCount], options: RenderOptions) -> None:
    titles = [say(zh, en) for zh, en in _LEDGER]
    numbers = len(titles)
    sheet = book.add_sheet(say("规则", "rules"), (9, 34, *(8,) * numbers, 46, 46, 40, 24), shown=numbers + 5)
    sheet.add_header([say("规则", "rule"), say("查什么", "what it finds"), *titles, *(say(zh, en) for zh, en in _TOLD)])
    for count in counts:
        sheet.add_row(
            [
                count.rule,
                _title_of(options.rules.get(count.rule), count.name),
                *count.numbers,
                *_tell_rule(options.rules.get(count.rule)),
                count.name,
            ]
        )
    sheet.close(filtered=True)


def _title_of(rule: Rule | None, name: str) -> str:
    return (pick_text(rule.title) if rule is not None else None) or name


def _tell_rule(rule: Rule | None) -> tuple[str, str, str]:
    if rule is None:
        return "", "", ""
    return pick_text(rule.why) or "", pick_text(rule.fix) or "", cite_sources(rule)


_LEDGER = (
    ("查", "selected"),
    ("通过", "pass"),
    ("不符", "fail"),
    ("未知", "unknown"),
    ("不适用", "not applicable"),
    ("抑制", "suppressed"),
    ("出错", "error"),
)
_TOLD = (("为什么", "why"), ("怎样改", "fix"), ("依据", "source"), ("规则名", "name"))
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


# --- the workbook ------------------------------------------------------------------------------------------------


class _Look(NamedTuple):
    """How a cell looks."""

    fill: str | None = None
    bold: bool = False
    colour: str | None = None
    aligned: str | None = None


_LOOKS = {
    "header": _Look(_HEADER_FILL, bold=True, colour="FFFFFFFF"),
    "text": _Look(),
    "left": _Look(aligned="left"),
    **{severity.value: _Look(fill) for severity, fill in _FILLS.items()},
    "crash": _Look(_CRASH_FILL),
    "suppressed": _Look(_SUPPRESSED_FILL),
}


class _Book:
    """A workbook that is written sheet by sheet, each row by row."""

    def __init__(self) -> None:
        try:
            # Imported here: heavy, optional, and needed by nobody else who renders.
            from openpyxl import Workbook
        except ImportError:
            message = say("xlsx 格式需要 openpyxl", "the xlsx format needs openpyxl")
            raise ConfigError(Problem(message=message, hint="pip install 'budget-perflint[xlsx]'")) from None
        self._book = Workbook(write_only=True)
        for name, look in _LOOKS.items():
            self._book.add_named_style(_build_style(name, look))

    def add_sheet(self, title: str, widths: Sequence[int], *, shown: int) -> _Sheet:
        """Return a new sheet, to be filled and closed before the next; its first *shown* columns are printed."""
        return _Sheet(self._book.create_sheet(title), widths, shown)

    def save(self, file: Any) -> None:
        """Write the workbook to *file*, open for binary writing."""
        self._book.save(file)


class _Sheet:
    """One sheet: a header that stays in sight and on every printed page, then rows."""

    def __init__(self, sheet: Any, widths: Sequence[int], shown: int) -> None:
        from openpyxl.utils import get_column_letter  # loaded by the book already; named here to be used

        self._sheet, self._widths, self._rows = sheet, widths[:shown], 0
        self._last, self._shown = get_column_letter(len(widths)), get_column_letter(shown)
        for column, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.freeze_panes = "A2"
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToHeight = 0
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.page_margins.top = sheet.page_margins.bottom = 0.5
        sheet.print_title_rows = "1:1"

    def add_header(self, titles: Sequence[str]) -> None:
        """Write the titles of the columns."""
        self._append([(title, "header") for title in titles], height=_LINE_HEIGHT * 1.5)

    def add_row(self, values: Sequence[str | int], *, style: str = "text", rest: str = "text") -> None:
        """Write a row whose first cell looks like *style* and whose others look like *rest*."""
        # Not every program fits the heights of rows to wrapped text by itself.
        lines = max(_count_lines(str(value), width) for value, width in zip(values, self._widths, strict=False))
        cells = [(value, rest if column else style) for column, value in enumerate(values)]
        self._append(cells, height=min(lines * _LINE_HEIGHT, _HIGHEST))

    def close(self, *, filtered: bool = False) -> None:
        """Finish the sheet."""
        if filtered and self._rows > 1:
            self._sheet.auto_filter.ref = f"A1:{self._last}{self._rows}"
        self._sheet.print_area = f"A1:{self._shown}{max(self._rows, 1)}"
        self._sheet.close()

    def _append(self, cells: Iterable[tuple[str | int, str]], *, height: float) -> None:
        self._rows += 1
        self._sheet.row_dimensions[self._rows].height = height
        self._sheet.append([self._build_cell(value, style) for value, style in cells])
        del self._sheet.row_dimensions[self._rows]  # written already

    def _build_cell(self, value: str | int, style: str) -> Any:
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(self._sheet)
        cell.style = style
        if isinstance(value, int):
            cell.value = value
        elif value:
            cell.value = _ILLEGAL.sub("", value)[:CELL_LIMIT]
            # Text stays text, in the file and after somebody has edited the cell.
            cell.data_type = "s"
            cell.quotePrefix = is_formula(value)
        return cell


def _count_lines(text: str, width: int) -> int:
    """Return how many lines *text* takes in a column of *width* characters."""
    return sum(max(1, math.ceil(measure(line) * _SLACK / width)) for line in text.split("\n"))


def _build_style(name: str, look: _Look) -> Any:
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    side = Side(style="thin", color=_LINE)
    style = NamedStyle(
        name,
        alignment=Alignment(horizontal=look.aligned, vertical="center" if look.bold else "top", wrap_text=True),
        border=Border(left=side, right=side, top=side, bottom=side),
        font=Font(size=11, bold=look.bold, color=look.colour),
    )
    if look.fill is not None:
        style.fill = PatternFill(start_color=look.fill, end_color=look.fill, fill_type="solid")
    return style
