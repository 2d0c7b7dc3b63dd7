"""What a form and those that it extends say, merged and folded.

YAML of a lineage ──build_form──▶ Form

A family names what differs from the form it extends: lists of spellings are added in front, maps are merged key by key,
everything else replaces.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

from perflint.reading.cell.fold import fold, fold_level
from perflint.reading.form.template import Form, Label, ListForm, Match


def build_form(lineage: Sequence[Mapping[str, Any]]) -> Form:
    """Return the form of a lineage, the form itself first."""
    raw = reduce(_merge, reversed(lineage))
    head = raw["form"]
    return Form(
        id=head["id"],
        title=head.get("title", {}).get("zh", head["id"]),
        kind=head.get("kind", "unspecified"),
        match=_build_match(head.get("match", {})),
        headers=_invert(*(one.get("headers", {}) for one in lineage)),
        undecided={fold(name): tuple(fields) for name, fields in raw.get("undecided", {}).items()},
        foreign_headers=_fold_all(raw.get("foreign_headers", ())),
        header_words=_fold_longest(raw.get("header_words", ())),
        header_tails=_fold_longest(raw.get("header_tails", ())),
        header_ends={name: tuple(map(fold, ends)) for name, ends in raw.get("header_ends", {}).items()},
        label_words=_fold_longest(raw.get("label_words", ())),
        prior_words=_fold_longest(raw.get("prior_words", ())),
        fund_ends={side: tuple(map(fold, ends)) for side, ends in raw.get("fund_ends", {}).items()},
        header_groups=_fold_all(raw.get("header_groups", ())),
        sections={name: tuple(fold(word) for word in words) for name, words in raw.get("sections", {}).items()},
        levels={fold_level(one): frozenset(map(fold_level, two)) for one, two in raw.get("levels", {}).items()},
        level_synonyms=_fold_synonyms(raw.get("level_synonyms", {})),
        contexts={fold(name): kind for kind, names in raw.get("contexts", {}).items() for name in names},
        context_texts={fold(name): place for name, place in raw.get("context_texts", {}).items()},
        labels=tuple(_build_label(label) for label in raw.get("labels", ())),
        lists={name: _build_list(name, entry) for name, entry in raw.get("lists", {}).items()},
        cell_words={name: _fold_all(words) for name, words in raw.get("cell_words", {}).items()},
        kind_words={kind: tuple(map(fold, words)) for kind, words in raw.get("kind_words", {}).items()},
        account_words=tuple(map(fold, raw.get("account_words", ()))),
        aim_words=tuple(map(fold, raw.get("aim_words", ()))),
        total_words=_fold_all(raw.get("total_words", ())),
        raw_names=tuple(name for label in raw.get("labels", ()) for name in label["names"]),
    )


def _merge(base: Any, own: Any) -> Any:
    if isinstance(base, dict) and isinstance(own, dict):
        merged = {key: _merge(base[key], own[key]) if key in own else base[key] for key in base}
        return {**merged, **{key: own[key] for key in own if key not in base}}
    if isinstance(base, list) and isinstance(own, list):
        return [*own, *(item for item in base if item not in own)]
    return own


def _fold_all(names: Sequence[str]) -> frozenset[str]:
    return frozenset(map(fold, names))


def _fold_longest(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(map(fold, names), key=lambda name: (-len(name), name)))


def _fold_synonyms(synonyms: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {fold_level(other): fold_level(one) for one, others in synonyms.items() for other in others}


def _invert(*generations: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Return the fields that each spelling may mean, those that the form itself says first, then its parents'."""
    found: dict[str, tuple[str, ...]] = {}
    for fields in generations:
        for name, spellings in fields.items():
            for spelling in spellings:
                known = found.get(fold(spelling), ())
                found[fold(spelling)] = known if name in known else (*known, name)
    return found


def _build_match(raw: Mapping[str, Sequence[str]]) -> Match:
    return Match(
        title=tuple(map(fold, raw.get("title", ()))),
        labels=_fold_all(raw.get("labels", ())),
        headers=_fold_all(raw.get("headers", ())),
        levels=frozenset(map(fold_level, raw.get("levels", ()))),
    )


def _build_label(raw: Mapping[str, Any]) -> Label:
    return Label(field=raw["field"], shape=raw["shape"], names=_fold_all(raw["names"]), within=raw.get("within"))


def _build_list(name: str, raw: Mapping[str, Any]) -> ListForm:
    return ListForm(
        name=name,
        fields={spelling: fields[0] for spelling, fields in _invert(raw["fields"]).items()},
        need=frozenset(raw.get("need", ())),
        need_one=frozenset(raw.get("need_one", ())),
        context=raw["context"],
    )
