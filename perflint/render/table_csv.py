"""``csv``: one row a finding, suppressed ones included and marked; with the mark that lets Excel see UTF-8."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from perflint.finding import Report
from perflint.render.grid import build_cells, build_header, is_formula
from perflint.render.options import RenderOptions

BYTE_ORDER_MARK = "\ufeff"


def begin(options: RenderOptions) -> str:
    """Return the byte order mark and the row of titles."""
    del options  # nothing about it is optional
    return BYTE_ORDER_MARK + _write([build_header()])


def part(report: Report, options: RenderOptions) -> str:
    """Return the rows of the findings."""
    del options
    return _write([_guard(cell) for cell in build_cells(finding)] for finding in report.findings)


def end(report: Report, options: RenderOptions) -> Iterator[str]:
    """Yield nothing: a table has no foot."""
    del report, options
    return iter(())


def _write(rows: Iterable[Sequence[str | int]]) -> str:
    target = io.StringIO(newline="")
    csv.writer(target).writerows(rows)
    return target.getvalue()


def _guard(cell: str | int) -> str | int:
    """Return *cell*, text that a spreadsheet would run put behind an apostrophe."""
    if isinstance(cell, int):
        return cell
    cell = cell.replace("\x00", "")
    return "'" + cell if is_formula(cell) else cell
