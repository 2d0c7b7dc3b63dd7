"""What a changed pack changes, for people and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from perflint.errors import Problem
from perflint.finding import Finding, PackStamp
from perflint.language import say
from perflint.pack.model import Rule
from perflint.record import dataclass
from perflint.render.data import build_error, build_finding
from perflint.render.width import clean
from perflint.render.words import name_place, name_rule, name_severity
from perflint.report.difference import Change, Difference

# What may differ between a rule and its namesake, by the key of a pack file.
_PARTS = (
    "severity",
    "for_each",
    "when",
    "needs",
    "let",
    "assert",
    "at",
    "yields_to",
    "message",
    "fix",
    "exempt",
    "params",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two packs: its parts, the pack itself last, the rules in force, the words of each vocabulary."""

    packs: Sequence[PackStamp]
    rules: Sequence[Rule]
    words: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two packs on the same documents.

    Attributes:
        documents: How many were checked.
        errors: What could not be read.
    """

    before: Side
    after: Side
    findings: Difference
    documents: int
    errors: Sequence[Problem]


def render_comparison_text(compared: Comparison) -> str:
    """Return the rules that differ, then the findings by file, then one line that counts them."""
    lines = [f"{_name(compared.before)} → {_name(compared.after)}"]
    for title, changes in (
        (say("规则", "rules"), _rule_lines(compared)),
        (say("词表", "words"), _word_lines(compared)),
    ):
        lines += ["", title, *changes] if changes else []
    rows = sorted(_rows(compared.findings), key=itemgetter(0))  # stable: within a file the order of the report
    for path, group in groupby(rows, key=itemgetter(0)):
        lines += ["", path, *(line for _, line in group)]
    lines += ["", *(error.describe() for error in compared.errors), _count(compared)]
    return "\n".join(lines) + "\n"


def render_comparison_json(compared: Comparison) -> str:
    """Return one JSON object: the findings as in a report."""
    found = compared.findings
    data = {
        "perflint": "diff/1",
        "before": _stamp(compared.before),
        "after": _stamp(compared.after),
        "documents": compared.documents,
        "rules": [{"change": mark, "rule": rule.id, "parts": parts} for mark, rule, parts in _rule_changes(compared)],
        "words": [{"vocab": name, "added": more, "removed": less} for name, more, less in _word_changes(compared)],
        "appeared": list(map(build_finding, found.appeared)),
        "gone": list(map(build_finding, found.gone)),
        "changed": [{"before": build_finding(old), "after": build_finding(new)} for old, new in found.changed],
        "same": found.same,
        "errors": list(map(build_error, compared.errors)),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _stamp(side: Side) -> list[dict[str, str]]:
    return [{"id": pack.id, "version": pack.version, "sha256": pack.sha256} for pack in side.packs]


def _name(side: Side) -> str:
    return f"{side.packs[-1].id} {side.packs[-1].version}" if side.packs else "-"


def _rule_changes(compared: Comparison) -> Iterator[tuple[str, Rule, list[str]]]:
    """Yield ``+``, ``-`` or ``~``, the rule, and for ``~`` which parts differ; in the order of ids."""
    old, new = ({rule.id: rule for rule in side.rules} for side in (compared.before, compared.after))
    for name in sorted(old.keys() | new.keys()):
        if name not in old:
            yield "+", new[name], []
        elif name not in new:
            yield "-", old[name], []
        elif parts := [part for part in _PARTS if _part(old[name], part) != _part(new[name], part)]:
            yield "~", new[name], parts


def _part(rule: Rule, part: str) -> Any:
    if part == "params":
        return {name: param.value for name, param in rule.params.items()}
    if part == "exempt":
        return [(e.organization, e.division, e.table, e.indicator) for e in rule.exempt]
    return getattr(rule, "assert_" if part == "assert" else part)


def _rule_lines(compared: Comparison) -> list[str]:
    return [
        "  ".join(filter(None, (f"  {mark} {rule.id} {rule.name}", ", ".join(parts))))
        for mark, rule, parts in _rule_changes(compared)
    ]


def _word_lines(compared: Comparison) -> list[str]:
    return [
        f"  ~ {name}  " + " ".join([*(f"+{word}" for word in added), *(f"-{word}" for word in removed)])
        for name, added, removed in _word_changes(compared)
    ]


def _word_changes(compared: Comparison) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield vocabularies that both packs know and that differ: name, words added, words removed."""
    old, new = compared.before.words, compared.after.words
    for name in sorted(old.keys() & new.keys()):
        if old[name] != new[name]:
            yield name, sorted(new[name] - old[name]), sorted(old[name] - new[name])


def _rows(found: Difference) -> Iterable[tuple[str, str]]:
    for finding in found.gone:
        yield _path(finding), _line("-", finding, name_severity(finding), finding.message)
    for finding in found.appeared:
        yield _path(finding), _line("+", finding, name_severity(finding), finding.message)
    for change in found.changed:
        yield _path(change.after), _line("~", change.after, *_transition(change))


def _path(finding: Finding) -> str:
    return clean(finding.document.path or "-")


def _line(mark: str, finding: Finding, level: str, message: str) -> str:
    place = f"{name_place(finding)}  " if name_place(finding) else ""
    return clean(f"  {mark} {place}{level} {name_rule(finding)} {finding.location.label}{say('：', ': ')}{message}")


def _transition(change: Change) -> tuple[str, str]:
    """Return level and message, each as ``old → new`` where it is another one."""
    old, new = change
    pairs = (name_severity(old), name_severity(new)), (old.message, new.message)
    level, message = (after if before == after else f"{before} → {after}" for before, after in pairs)
    return level, message


def _count(compared: Comparison) -> str:
    found, documents = compared.findings, compared.documents
    appeared, gone, changed, same = len(found.appeared), len(found.gone), len(found.changed), found.same
    noun = "document" if documents == 1 else "documents"
    return say(
        f"{documents} 份文档：出现 {appeared}，消失 {gone}，改变 {changed}，不变 {same}",
        f"{documents} {noun}: {appeared} appear, {gone} go, {changed} change, {same} stay",
    )
