"""``jsonl``: the report as JSON lines, each with its ``type``, so that a reader need not wait for the end.

``run`` opens, ``summary`` closes. Between them come, document by document, ``finding`` and then ``unknown``; behind the
last document ``pack``, ``rule``, ``notice`` and ``error``, each with the fields it has in ``report-1.schema.json``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from perflint.finding import Finding, Report
from perflint.language import current
from perflint.lean import build_writer
from perflint.pattern import LazyPattern
from perflint.render.data import (
    build_error,
    build_finding,
    build_header,
    build_notice,
    build_pack,
    build_rule_count,
    build_summary,
)
from perflint.render.options import RenderOptions

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

# Some readers end a line at these as well; outside strings JSON has none of them.
_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def begin(options: RenderOptions) -> str:
    """Return the line that opens a run."""
    del options  # nothing about it is optional
    return _line("run", build_header(current()))


def part(report: Report, options: RenderOptions) -> str:
    """Return the lines of the findings and unknowns, document by document."""
    del options
    if not report.checked:  # what was found in one document
        return "".join(_document_lines(report.findings, report.unknowns))
    return "".join(line for _, *found in report.each_document() for line in _document_lines(*found))


def end(report: Report, options: RenderOptions) -> Iterator[str]:
    """Yield the packs, the ledger, notices, errors and the summary of the whole run."""
    del options
    return _closing_lines(report)


def _document_lines(faults: Sequence[Finding], unknowns: Sequence[Finding]) -> Iterator[str]:
    for finding in faults:
        yield _line("finding", build_finding(finding))
    for finding in unknowns:
        yield _line("unknown", build_finding(finding))


def _closing_lines(report: Report) -> Iterator[str]:
    for pack in report.packs:
        yield _line("pack", build_pack(pack))
    for count in report.rules:
        yield _line("rule", build_rule_count(count))
    for notice in report.notices:
        yield _line("notice", build_notice(notice))
    for error in report.errors:
        yield _line("error", build_error(error))
    yield _line("summary", build_summary(report))


def _line(kind: str, data: Mapping[str, Any]) -> str:
    text = f'{{"type": "{kind}", {_write(data)[1:]}'
    if _PLAIN.fullmatch(text) is None:
        text = text.translate(_LINE_ENDS)
    return text + "\n"


_write = build_writer()
_PLAIN = LazyPattern("[^\x85\u2028\u2029]*")
