"""The form template that would read what no form knows, ready to be saved and changed.

Addition ──write_form──▶ YAML that loads as it stands
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from perflint.language import say
from perflint.reading.cell import shapes
from perflint.reading.cell.fold import drop_brackets, fold, list_keys, tidy
from perflint.reading.form.choice import find_kind
from perflint.reading.form.template import Form
from perflint.reading.form.words import name_column
from perflint.reading.header.column import Column
from perflint.reading.header.words import INDICATORS, fields_of, names_place
from perflint.reading.indicator.columns.texts import list_texts
from perflint.reading.layout.titles import clean_title
from perflint.reading.line import Line
from perflint.record import dataclass, field
from perflint.schema import load_schema

_Item = TypeVar("_Item")
_HEAD = """\
perflint: form/1
form:
  id: {id}
  extends: {parent}
  kind: {kind}  # {kinds}
  match: {{{matches}}}"""
_NAME = "my-county"
_PLAIN = re.compile(r"[A-Za-z\u4e00-\u9fff][\w（）、／·—-]*")
_YEAR = re.compile(r"[（(]?(?:19|20)\d{2}\s*年?\s*度?[)）]?\s*")
_LONGEST = 20  # characters of a label
_MATCHED = 3  # words that speak for the form
_SETTLED = frozenset({"context", "foreign", "year"})


class NewLabel(NamedTuple):
    """A cell that looks like a label, and the value beside it."""

    name: str
    value: str


@dataclass(slots=True, kw_only=True)
class Addition:
    """What a form would have to say of one table.

    Attributes:
        headers: Field → headers that no form reads so.
        foreign: Headers of columns that nothing tells the meaning of.
        groups: Headings over several columns of a header of two rows.
        levels: Level-1 word → level-2 words that are not known; of use only where headers are unknown too.
        bare: Nothing but the levels tells the indicators: they have no header.
        labels: Cells beside values, both not understood.
    """

    form: Form
    title: str | None
    headers: dict[str, list[str]] = field(default_factory=dict)
    foreign: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    levels: dict[str, list[str]] = field(default_factory=dict)
    bare: bool = False
    labels: list[NewLabel] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether the forms know everything."""
        return not (self.headers or self.foreign or self.labels or self.bare)

    def add_columns(self, columns: Sequence[Column], rows: Sequence[Line]) -> None:
        """Take in the columns of one header with what was settled about them, and the level words under it."""
        for column in columns:
            if column.field in _SETTLED or column.field.startswith("outer:"):
                continue
            known = fields_of(column.label, INDICATORS, self.form)
            if (
                column.field in known
                or (column.field == "number" and known)
                or fold(column.label) in self.form.undecided
                or shapes.is_year(column.label)
            ):
                continue
            unsettled = column.field in ("unknown", "undecided")
            if not (unsettled and (known or names_place(column.label))):
                places = self.foreign if unsettled else self.headers.setdefault(column.field, [])
                _add(places, ["".join(column.label.split())])
        self._add_levels(columns, rows)

    def add_bare_levels(self, columns: Sequence[Column], rows: Sequence[Line]) -> None:
        """Take in the levels of rows without a header, all of them: they alone tell what the rows are."""
        self._add_levels(columns, rows)
        self.bare = bool(self.levels)

    def _add_levels(self, columns: Sequence[Column], rows: Sequence[Line]) -> None:
        """Take in the level words that no form knows, each second-level word under the first-level word above it."""
        at = {column.field: column for column in columns}
        words, first = self.form.level_words, ""
        if not at.keys() >= {"level1", "value"}:
            return
        for row in rows:
            if not row.spans_known or not list_texts([row], at["value"]):
                continue
            first = next(iter(list_texts([row], at["level1"])), first)
            second = next(iter(list_texts([row], at["level2"])), "") if "level2" in at else ""
            new = bool(second) and not words.is_second(second)
            if first and (new or not words.is_first(first)):
                _add(self.levels.setdefault("".join(first.split()), []), ["".join(second.split())] if new else [])

    def add_labels(self, line: Line, unread: frozenset[tuple[str, str]]) -> None:
        """Take in the cells of a row that stand beside a value, when neither was understood."""
        filled = line.filled
        free = [slot for slot in filled if (slot.origin, slot.text) in unread]
        if not free or (len(free) == len(filled) and _is_of_a_list(line, self.form)):
            return
        at = 0
        while at + 1 < len(filled):
            name, value = filled[at], filled[at + 1]
            labelled = name in free and value in free and _may_be_label(name.text, self.form)
            if labelled:
                bare = drop_brackets("".join(name.text.split())).rstrip("：:")
                self._add_label(NewLabel(bare, tidy(value.text) or ""))
            at += 2 if labelled or _is_known(name.text, self.form) else 1

    def _add_label(self, label: NewLabel) -> None:
        """Take in a label once, and no word of the levels: that is part of a list."""
        known = label.name in {one.name for one in self.labels} or self.form.level_words.is_level(label.name)
        self.labels += [] if known else [label]


def write_form(addition: Addition, number: int) -> Iterator[str]:
    """Yield the lines of the template: no placeholder in it, what nobody can tell as known and not read."""
    form = addition.form
    kinds = say(
        "overall 部门整体，project 项目，summary 汇总，regional 区域，self-evaluation 自评",
        "or: overall, project, summary, regional, self-evaluation",
    )
    matches = ", ".join(_list_matches(addition))
    name = _NAME if number == 1 else f"{_NAME}-{number}"
    kind = find_kind(addition.title, form)
    yield _HEAD.format(id=name, parent=form.id, kind=kind, kinds=kinds, matches=matches)
    if addition.headers:
        yield "headers:"
        for name, labels in addition.headers.items():
            yield f"  {name}: {_write_list(labels)}  # {name_column(INDICATORS, name)}"
    if addition.foreign:
        remark = say("认得、不读的列；要读就移到 headers 里", "known and not read; to read one, move it to headers")
        yield f"foreign_headers: {_write_list(addition.foreign)}  # {remark}"
    if addition.groups:
        yield f"header_groups: {_write_list(addition.groups)}"
    if addition.levels and (addition.headers or addition.foreign or addition.bare):
        yield "levels:"
        yield from (f"  {_quote(first)}: {_write_list(seconds)}" for first, seconds in addition.levels.items())
    if addition.labels:
        yield "labels:"
        yield from map(_write_label, addition.labels)


def _list_matches(addition: Addition) -> Iterator[str]:
    """Yield what the table is known by: its title without the year, and words that no other form has."""
    title = clean_title(addition.title or "")
    if fold(title):
        lead, *following = _YEAR.split(title, maxsplit=1)
        bare = following[0] if following else ""
        yield f"title: {_write_list([bare if fold(bare) else lead])}"
    headers = [*(label for labels in addition.headers.values() for label in labels), *addition.foreign]
    if headers:
        yield f"headers: {_write_list(headers[:_MATCHED])}"
    if addition.bare:
        yield f"levels: {_write_list(list(addition.levels)[:_MATCHED])}"
    if addition.labels:
        yield f"labels: {_write_list([label.name for label in addition.labels[:_MATCHED]])}"


def _write_label(label: NewLabel) -> str:
    """Return the entry of a label. Its value stays out: a template is shared, and the value may be a phone number."""
    shape = "amount" if shapes.is_amount(label.value) else "text"
    return f"  - {{field: unread, shape: {shape}, names: {_write_list([label.name])}}}"


def _write_list(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_quote, texts))}]"


def _quote(text: str) -> str:
    """Return a text as YAML, in quotes where it could be taken for something else."""
    return text if _PLAIN.fullmatch(text) and not text.isascii() else json.dumps(text, ensure_ascii=False)


def _add(items: list[_Item], new: Sequence[_Item]) -> None:
    items.extend(one for one in new if one not in items)


def _may_be_label(text: str, form: Form) -> bool:
    """Tell whether a cell that was not understood may be a label: a few words, no total, nothing like a value."""
    short = 1 < len(fold(text)) <= _LONGEST and not any(key in form.total_words for key in list_keys(text))
    return short and not (shapes.is_value(text) or shapes.is_comparator(text) or shapes.is_unit(text))


def _is_of_a_list(line: Line, form: Form) -> bool:
    """Tell a row of another list from labels with their values: it is numbered, or has an odd number of cells."""
    first = line.filled[0].text
    return len(line.filled) % 2 == 1 or shapes.is_ordinal(first) or "number" in fields_of(first, INDICATORS, form)


def _is_known(text: str, form: Form) -> bool:
    return any(key in form.labels_by_name for key in list_keys(text))


def list_choices() -> Mapping[str, str]:
    """Return the fields a column of indicators may have, with what they are called."""
    columns = load_schema("form-1")["properties"]["headers"]["properties"]
    return {name: say(column["title"], column["x-en"]) for name, column in columns.items()}
