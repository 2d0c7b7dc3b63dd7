"""``json``: the whole report, of the shape ``report-1.schema.json``."""

from __future__ import annotations

import json

from perflint.finding import Report
from perflint.render.data import build_report_data
from perflint.render.options import RenderOptions


def render(report: Report, options: RenderOptions) -> str:
    """Return one JSON object and a newline."""
    del options  # nothing about it is optional
    return json.dumps(build_report_data(report), ensure_ascii=False, indent=2) + "\n"
