"""``csv``: one row a finding, suppressed ones included and marked; with the mark that lets Excel see UTF-8."""

from __future__ import annotations

import csv
import io

from perflint.finding import Report
from perflint.render.grid import build_cells, build_header, is_formula
from perflint.render.options import RenderOptions

BYTE_ORDER_MARK = "\ufeff"


def render(report: Report, options: RenderOptions) -> str:
    """Return the table with CRLF line ends, byte order mark first."""
    del options  # nothing about it is optional
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(build_header())
    for finding in report.findings:
        writer.writerow([_guard(cell) for cell in build_cells(finding)])
    return BYTE_ORDER_MARK + target.getvalue()


def _guard(cell: str | int) -> str | int:
    """Return *cell*, text that a spreadsheet would run put behind an apostrophe."""
    if isinstance(cell, int):
        return cell
    cell = cell.replace("\x00", "")
    return "'" + cell if is_formula(cell) else cell
