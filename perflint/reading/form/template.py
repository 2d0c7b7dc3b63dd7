"""A form template: how the forms of a family spell their headers, labels and levels, as the rest of reading sees it.

Form ──▶ headers, labels, levels, choice
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field  # not those of perflint: a form remembers, which slots cannot
from functools import cached_property, lru_cache

from perflint.reading.form.levels import LevelWords, build_levels, merge_levels


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a label cell announces.

    Attributes:
        field: Dotted place in the table (``budget.by_use.basic``); ``unread`` when the document has no such place.
        shape: What the value must look like: text, name, amount, money_unit, date, year.
        names: Folded spellings.
        within: The context that must stand above or left of it, or None.
    """

    field: str
    shape: str
    names: frozenset[str]
    within: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListForm:
    """The columns of a list inside the table: tasks, projects, spending, funds.

    Attributes:
        fields: Folded spelling → field of the item.
        need: Fields without which a row of words is not this list's header.
        need_one: At least one of these must be there too; empty = no such demand.
        context: The kind of context cell that stands beside the list.
    """

    name: str
    fields: Mapping[str, str]
    need: frozenset[str]
    need_one: frozenset[str]
    context: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What speaks for a form: folded words of the title, of labels, of headers, of level-1 cells."""

    title: tuple[str, ...] = ()
    labels: frozenset[str] = frozenset()
    headers: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Form:
    """One family of forms, resolved. All spellings are folded.

    Attributes:
        kind: Kind of table, as in the document schema.
        headers: Spelling → fields it may mean, the likeliest first.
        undecided: Spellings whose meaning the cells of the column decide.
        header_words: Words in front of a header that do not change what it means, the longest first.
        header_tails: Words behind a header that do not change it, the longest first.
        header_ends: Field → what its headers end in, whatever stands before.
        label_words: Words in front of a label that do not change what it announces, the longest first.
        prior_words: Words in front of a value header that make it one of an earlier year.
        fund_ends: Side of the budget → what a line of its block ends in, though no label names it.
        contexts: Spelling → kind of context.
        levels: Level-1 word → its level-2 words, in the vocabulary of ``fold_level``.
        cell_words: Field → what cells of its column say and those of no other do.
        kind_words: Kind of table → words of a title that tell it, in the order in which they are looked for.
        account_words, aim_words: What headings of tables of accounts hold, and what they do not.
    """

    id: str
    title: str
    kind: str
    match: Match
    headers: Mapping[str, tuple[str, ...]]
    undecided: Mapping[str, tuple[str, ...]]
    foreign_headers: frozenset[str]
    header_words: tuple[str, ...]
    header_tails: tuple[str, ...]
    header_ends: Mapping[str, tuple[str, ...]]
    label_words: tuple[str, ...]
    prior_words: tuple[str, ...]
    fund_ends: Mapping[str, tuple[str, ...]]
    header_groups: frozenset[str]
    sections: Mapping[str, tuple[str, ...]]
    levels: Mapping[str, frozenset[str]]
    level_synonyms: Mapping[str, str]
    contexts: Mapping[str, str]
    context_texts: Mapping[str, str]
    labels: tuple[Label, ...]
    lists: Mapping[str, ListForm]
    cell_words: Mapping[str, frozenset[str]]
    kind_words: Mapping[str, tuple[str, ...]]
    account_words: tuple[str, ...]
    aim_words: tuple[str, ...]
    total_words: frozenset[str]
    raw_names: tuple[str, ...] = field(repr=False, default=())

    def __hash__(self) -> int:  # a mapping has none
        return hash(self.id)

    @cached_property
    def labels_by_name(self) -> Mapping[str, tuple[Label, ...]]:
        """Folded spelling → labels that use it, in the order of the form."""
        found: dict[str, tuple[Label, ...]] = {}
        for label in self.labels:
            for name in label.names:
                found[name] = (*found.get(name, ()), label)
        return found

    @cached_property
    def meanings(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """(kind of list, text of a header cell) → fields, as far as they were asked for: filled by ``fields_of``."""
        return {}

    @cached_property
    def named_contexts(self) -> dict[str, tuple[str, ...]]:
        """Text of a header cell → kinds of context, as far as they were asked for: filled by ``contexts_of``."""
        return {}

    @cached_property
    def level_words(self) -> LevelWords:
        """The same of the levels: which word is of which level, and under which it stands."""
        return build_levels(self.levels, self.level_synonyms)


@lru_cache(maxsize=8)
def know_levels(forms: tuple[Form, ...]) -> LevelWords:
    """Return the level words of all *forms* together, for lines whose form is not chosen yet."""
    return merge_levels(form.level_words for form in forms)
