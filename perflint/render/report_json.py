"""``json``: the whole report, of the shape ``report-1.schema.json``."""

from __future__ import annotations

from collections.abc import Iterator

from perflint.finding import Report
from perflint.render.data import build_report_data
from perflint.render.lazy_json import write_json
from perflint.render.options import RenderOptions


def pieces(report: Report, options: RenderOptions) -> Iterator[str]:
    """Yield one JSON object and a newline."""
    del options  # nothing about it is optional
    return write_json(build_report_data(report))
