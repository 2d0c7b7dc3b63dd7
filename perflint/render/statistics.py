"""The ledger as a table: how often each rule looked, passed, failed, and could not say, and how long it took."""

from __future__ import annotations

from perflint.finding import Report, RuleCount
from perflint.language import say
from perflint.render.width import clean, measure, pad


def render_statistics(report: Report, width: int | None) -> str:
    """Return one line a rule that looked at something, numbers right-aligned; names give way when *width* is short.

    Below a rule that could not say stand the reasons.

    The seconds spent in each rule stand last, where all of them together are worth telling.
    """
    counts = [count for count in report.rules if count.selected]
    header = [say(zh, en) for zh, en in _HEADERS]
    rows = [header, *(_cells(count) for count in counts)]
    if sum(count.seconds or 0 for count in counts) >= _WORTH_TELLING:
        rows[0].append(say("秒", "seconds"))
        for row, count in zip(rows[1:], counts, strict=True):
            row.append(f"{count.seconds or 0:.3f}")
    widths = [max(map(measure, column)) for column in zip(*rows, strict=True)]
    numbers = sum(widths[1:]) + 2 * (len(widths) - 1)
    if width is not None:
        widths[0] = max(12, min(widths[0], width - numbers))
    lines = [_line(rows[0], widths)]
    for row, count in zip(rows[1:], counts, strict=True):
        lines += [_line(row, widths), *_reasons(count)]
    return "\n".join(lines)


def _reasons(count: RuleCount) -> list[str]:
    """Return why the rule could not say, the commonest reason first."""
    ordered = sorted(count.reasons.items(), key=lambda item: (-item[1], item[0]))
    return [
        clean(say(f"    未知 {number} 项：{reason}", f"    {number} unknown: {reason}")) for reason, number in ordered
    ]


_WORTH_TELLING = 0.1

_HEADERS = (
    ("规则", "rule"),
    ("查", "selected"),
    ("通过", "pass"),
    ("不符", "fail"),
    ("未知", "unknown"),
    ("不适用", "n/a"),
    ("抑制", "suppressed"),
    ("出错", "error"),
)


def _cells(count: RuleCount) -> list[str]:
    return [clean(f"{count.rule} {count.name}"), *map(str, count.numbers)]


def _line(row: list[str], widths: list[int]) -> str:
    name = row[0]
    while measure(name) > widths[0]:
        name = name[:-2] + "…"
    numbers = [" " * (width - measure(cell)) + cell for cell, width in zip(row[1:], widths[1:], strict=True)]
    return "  ".join([pad(name, widths[0]), *numbers])
