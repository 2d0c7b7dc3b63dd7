"""Form templates: how the forms of a family spell their headers, labels and levels.

    forms/*.yaml ──load_forms──▶ Form (spellings folded, ``extends`` applied) ──▶ headers, labels, levels, choice

Forms are data. A family names what differs from the form it extends: lists of spellings are added in front, maps are
merged key by key, everything else replaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field  # not those of perflint: a form remembers, which slots cannot
from functools import cached_property, lru_cache, reduce
from pathlib import Path
from typing import Any

from perflint.errors import PackError, Problem
from perflint.language import say
from perflint.oserror import advise_reading, explain
from perflint.pack.files import shipped_folder
from perflint.pack.suggest import name_choices
from perflint.reading.cell.fold import fold, fold_level
from perflint.reading.form.levels import LevelWords, build_levels

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from perflint.pack.strict_yaml import YamlFile

FORMS_FOLDER = Path("cn-core") / "forms"


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
        contexts: Spelling → kind of context.
        levels: Level-1 word → its level-2 words, in the vocabulary of ``fold_level``.
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
    header_groups: frozenset[str]
    sections: Mapping[str, tuple[str, ...]]
    levels: Mapping[str, frozenset[str]]
    level_synonyms: Mapping[str, str]
    contexts: Mapping[str, str]
    context_texts: Mapping[str, str]
    labels: tuple[Label, ...]
    lists: Mapping[str, ListForm]
    total_words: frozenset[str]
    raw_names: tuple[str, ...] = field(repr=False, default=())

    @cached_property
    def labels_by_name(self) -> Mapping[str, tuple[Label, ...]]:
        """Folded spelling → labels that use it, in the order of the form."""
        found: dict[str, tuple[Label, ...]] = {}
        for label in self.labels:
            for name in label.names:
                found[name] = (*found.get(name, ()), label)
        return found

    @cached_property
    def level_words(self) -> LevelWords:
        """The same of the levels: which word is of which level, and under which it stands."""
        return build_levels(self.levels, self.level_synonyms)


@lru_cache(maxsize=8)
def load_forms(extra: tuple[Path, ...] = ()) -> tuple[Form, ...]:
    """Return the shipped forms and those of further files or folders, sorted by id, ``base`` included.

    Raises:
        PackError: every mistake in the files: not a form, an unknown key, an id that another one has; or the first form
            that extends an unknown one.
    """
    written: dict[str, YamlFile] = {}
    problems: list[Problem] = []
    files = (file for place in (_find_shipped(), *extra) for file in _list_files(place))
    # The same file may be named twice: packs list the templates of the packs that they extend.
    for path in {file.resolve(): file for file in files}.values():
        try:
            file = _load_form(path)
        except PackError as error:
            problems.extend(error.problems)
            continue
        form_id = file.root["form"]["id"]
        if form_id in written:
            other = written[form_id].path
            message = say(f"表式 {form_id} 在 {other} 里也有", f"the form {form_id} is also in {other}")
            problems.append(file.problem(message, ("form", "id")))
        written[form_id] = file
    if problems:
        raise PackError(problems)
    return tuple(_build_form(_list_lineage(form_id, written)) for form_id in sorted(written))


def _list_files(place: Path) -> list[Path]:
    return sorted(place.glob("*.y*ml")) if place.is_dir() else [place]


def find_form(forms: Iterable[Form], form_id: str) -> Form:
    """Return the form of that id.

    Raises:
        PackError: there is none; the hint lists the known ids.
    """
    known = {form.id: form for form in forms}
    if form_id not in known:
        names = ", ".join(sorted(known))
        hint = say(f"现有的表式：{names}", f"known forms: {names}")
        raise PackError(Problem(message=say(f"没有表式 {form_id}", f"unknown form {form_id}"), hint=hint))
    return known[form_id]


def _find_shipped() -> Path:
    packs = shipped_folder()
    if packs is not None and Path(packs, FORMS_FOLDER).is_dir():
        return Path(packs, FORMS_FOLDER)
    message = say(
        "自带的表式模板（rules/cn-core/forms）没有安装",
        "the shipped form templates (rules/cn-core/forms) are not installed",
    )
    hint = say("重新安装 budget-perflint", "install budget-perflint again")
    raise PackError(Problem(message=message, hint=hint))


def _load_form(path: Path) -> YamlFile:
    # Loading YAML is heavy; only needed when a form is loaded.
    from perflint.pack.strict_yaml import parse_yaml
    from perflint.reading.form.check import check_form

    try:
        source = path.read_bytes()
    except OSError as error:
        message = say(f"打不开表式模板：{explain(error)}", f"cannot open the form: {explain(error)}")
        raise PackError(Problem(message=message, path=str(path), hint=advise_reading(error))) from None
    file = parse_yaml(source, path=str(path))
    check_form(file)
    return file


def _list_lineage(form_id: str, written: Mapping[str, YamlFile]) -> list[Mapping[str, Any]]:
    """Return what a form and those that it extends say, the form itself first.

    Raises:
        PackError: It extends an unknown form, or itself.
    """
    lineage: list[Mapping[str, Any]] = []
    seen: list[str] = []
    following: str | None = form_id
    while following is not None:
        file = written[following]
        seen.append(following)
        lineage.append(file.root)
        following = file.root["form"].get("extends")
        if following in seen:
            message = say(f"表式 {form_id} 继承了自己", f"form {form_id} extends itself")
            raise PackError(file.problem(message, ("form", "extends")))
        if following is not None and following not in written:
            name = seen[-1]
            message = say(f"表式 {name} 继承的 {following} 不存在", f"form {name} extends the unknown form {following}")
            raise PackError(file.problem(message, ("form", "extends"), hint=name_choices(following, sorted(written))))
    return lineage


def _merge(base: Any, own: Any) -> Any:
    if isinstance(base, dict) and isinstance(own, dict):
        merged = {key: _merge(base[key], own[key]) if key in own else base[key] for key in base}
        return {**merged, **{key: own[key] for key in own if key not in base}}
    if isinstance(base, list) and isinstance(own, list):
        return [*own, *(item for item in base if item not in own)]
    return own


def _build_form(lineage: Sequence[Mapping[str, Any]]) -> Form:
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
        header_groups=_fold_all(raw.get("header_groups", ())),
        sections={name: tuple(fold(word) for word in words) for name, words in raw.get("sections", {}).items()},
        levels={fold_level(one): frozenset(map(fold_level, two)) for one, two in raw.get("levels", {}).items()},
        level_synonyms=_fold_synonyms(raw.get("level_synonyms", {})),
        contexts={fold(name): kind for kind, names in raw.get("contexts", {}).items() for name in names},
        context_texts={fold(name): place for name, place in raw.get("context_texts", {}).items()},
        labels=tuple(_build_label(label) for label in raw.get("labels", ())),
        lists={name: _build_list(name, entry) for name, entry in raw.get("lists", {}).items()},
        total_words=_fold_all(raw.get("total_words", ())),
        raw_names=tuple(name for label in raw.get("labels", ()) for name in label["names"]),
    )


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
