"""Report → what the page draws from: documents with their tables, findings tied to the cells they are about.

Shapes, kept small since a page may hold hundreds of documents:

- cell: its text, or ``[text, across, down, is_heading]``;
- anchor: ``[table, block, row, cell]`` by position, shorter where the finding is about less than a cell, ``[]`` for the
  document;
- note: ``{"r": rule, "s": level, "a": anchor, "l": label, "m": message}`` and, where there is one, ``"f"`` the fix if
  it is not the rule's, ``"p"`` the place in the file, ``"o"`` anchors of what else was looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any, NamedTuple

from perflint.finding import CheckedDocument, DrawnCell, DrawnTable, Finding, Report, Severity, Verdict
from perflint.pack.model import Rule, Source
from perflint.render.page.anchors import Anchors, sketch_tables
from perflint.render.rules import cite_source
from perflint.render.words import name_place, pick_text

_LEVELS = {severity: number for number, severity in enumerate(Severity)}
CRASH = len(_LEVELS)
"""The level of a finding that is a crash of its rule: not the document's fault, whatever the rule's severity."""


@dataclass(frozen=True, slots=True)
class PageDocument:
    """One document and what was found in it.

    Attributes:
        findings: Suppressed ones included.
        unknowns: Likewise.
    """

    checked: CheckedDocument
    findings: Sequence[Finding]
    unknowns: Sequence[Finding]

    def live(self) -> list[Finding]:
        """Return the findings that count."""
        return [finding for finding in self.findings if finding.suppressed is None]

    def live_unknowns(self) -> list[Finding]:
        """Return what could not be decided and is not suppressed."""
        return [finding for finding in self.unknowns if finding.suppressed is None]

    def suppressed(self) -> list[Finding]:
        """Return what somebody has said not to count."""
        return [finding for finding in (*self.findings, *self.unknowns) if finding.suppressed is not None]

    def count_levels(self) -> list[int]:
        """Return how many findings count, by severity, crashes last."""
        counts = Counter(map(_level_of, self.live()))
        return [counts[level] for level in range(CRASH + 1)]


def each_page_document(report: Report) -> Iterator[PageDocument]:
    """Yield the documents in input order, each with what was found in it, faultless ones too."""
    return (PageDocument(*found) for found in report.each_document())


def _level_of(finding: Finding) -> int:
    return CRASH if finding.verdict is Verdict.ERROR else _LEVELS[finding.severity]


class Shelf(NamedTuple):
    """The rules that found something, in the order in which the page refers to them by number.

    Attributes:
        rules: What is known of each by id; may lack some or all.
        names: The name of each by id.
        place: The number of each by id.
    """

    rules: Mapping[str, Rule]
    names: Mapping[str, str]
    place: Mapping[str, int]

    def fix_of(self, rule: str) -> str | None:
        """Return how the rule says to mend what it finds."""
        known = self.rules.get(rule)
        return pick_text(known.fix) if known is not None else None


def build_shelf(names: Mapping[str, str], rules: Mapping[str, Rule]) -> Shelf:
    """Return the rules of *names*, from id to name, in the order of their ids."""
    return Shelf(rules, names, {rule: number for number, rule in enumerate(sorted(names))})


def build_rules(shelf: Shelf) -> list[Mapping[str, Any]]:
    """Return title, reason, sources, fix and notes of each rule on the shelf."""
    return [_build_rule(rule, shelf.names[rule], shelf.rules.get(rule)) for rule in shelf.place]


def _build_rule(identifier: str, name: str, rule: Rule | None) -> Mapping[str, Any]:
    if rule is None:
        return {"id": identifier, "name": name, "title": name or identifier, "sources": []}
    texts = {"why": pick_text(rule.why), "fix": pick_text(rule.fix), "notes": pick_text(rule.notes)}
    return {
        "id": identifier,
        "name": name,
        "title": pick_text(rule.title) or name,
        "sources": list(map(_build_source, rule.source)),
        **{key: text for key, text in texts.items() if text},
    }


def _build_source(source: Source) -> list[Any]:
    url = source.url if source.url and source.url.startswith(("https://", "http://")) else ""
    return [cite_source(source), int(source.checked), url]


def name_rules(document: PageDocument) -> dict[str, str]:
    """Return id and name of each rule that found something in a document or could not decide."""
    return {finding.rule: finding.name for finding in chain(document.findings, document.unknowns)}


def build_entry(document: PageDocument) -> Mapping[str, Any]:
    """Return what the filters need to know of a document: names, and how often each rule found something."""
    known = document.checked
    counts = Counter((finding.rule, _level_of(finding)) for finding in document.live())
    names = dict.fromkeys(
        [*(table.name for table in known.drawing), *(table.title or "" for table in known.drawing)]
        or [finding.document.table_name or "" for finding in document.live()]
    )
    return {
        "o": known.organization or "",
        "y": known.fiscal_year or "",
        "p": known.path or "",
        "t": "\n".join(names),
        "c": [[rule, level, number] for (rule, level), number in sorted(counts.items())],
    }


def place_entry(entry: Mapping[str, Any], shelf: Shelf) -> Mapping[str, Any]:
    """Return *entry* with the numbers of the rules in place of their ids."""
    return {**entry, "c": [[shelf.place[rule], level, number] for rule, level, number in entry["c"]]}


def build_page_document(document: PageDocument, shelf: Shelf) -> Mapping[str, Any]:
    """Return one document: its tables cell by cell, and its notes in the order of the form."""
    live = document.live()
    tables = document.checked.drawing or sketch_tables(live)
    anchors = Anchors(tables)
    notes = sorted((_build_note(finding, shelf, anchors) for finding in live), key=_order_of)
    data = {
        "tables": list(map(_build_table, tables)),
        "notes": notes,
        "unknowns": list(_group_unknowns(document.live_unknowns(), shelf.place)),
        "suppressed": list(map(_build_suppressed, document.suppressed())),
    }
    return {name: part for name, part in data.items() if part}


def _order_of(note: Mapping[str, Any]) -> tuple[list[int], int, int]:
    return note["a"], note["s"], note["r"]


def _build_table(table: DrawnTable) -> Mapping[str, Any]:
    blocks = [{"t": block.title, "r": [list(map(_build_cell, row)) for row in block.rows]} for block in table.blocks]
    data: dict[str, Any] = {"n": table.name, "b": blocks}
    return {**data, "t": table.title} if table.title and table.title != table.name else data


def _build_cell(cell: DrawnCell) -> str | list[Any]:
    is_heading = int(not cell.pointers and bool(cell.text))
    if is_heading or cell.across > 1 or cell.down > 1:
        return [cell.text, cell.across, cell.down, is_heading]
    return cell.text


def _build_note(finding: Finding, shelf: Shelf, anchors: Anchors) -> dict[str, Any]:
    others = (anchors.find_exactly(location.pointer) for location in finding.related)
    optional = {
        "f": finding.fix if finding.fix != shelf.fix_of(finding.rule) else None,
        # People with the form before them look for its rows; lines of a file are for whoever has only that.
        "p": finding.location.origin or name_place(finding),
        "o": [anchor for anchor in others if anchor is not None],
    }
    return {
        "r": shelf.place[finding.rule],
        "s": _level_of(finding),
        "a": anchors.find(finding),
        "l": _label_in_table(finding),
        "m": finding.message,
        **{key: value for key, value in optional.items() if value},
    }


def _label_in_table(finding: Finding) -> str:
    """Return the label without the table's name: the note stands beside its table."""
    label, table = finding.location.label, finding.document.table_name
    return label.removeprefix(f"{table} / ").removeprefix(f"{table} · ") if table else label


def _group_unknowns(unknowns: Iterable[Finding], place: Mapping[str, int]) -> Iterator[list[Any]]:
    def key_of(finding: Finding) -> tuple[int, str]:
        return place[finding.rule], finding.message

    for (rule, message), group in groupby(sorted(unknowns, key=key_of), key=key_of):
        yield [rule, message, [finding.location.label for finding in group]]


def _build_suppressed(finding: Finding) -> list[str]:
    suppression = finding.suppressed
    reason, until = (suppression.reason, suppression.until) if suppression is not None else ("", None)
    return [finding.location.label, finding.message, reason, until or ""]
