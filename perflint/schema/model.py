"""The document schema as typed records: what an expression may name, and how each cell is read.

``document-1.schema.json`` is the single source; nothing here adds a field name that a document could hold. Derived
fields (``target``, ``extra``) and the records that text readers return are declared at the end.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from perflint.record import dataclass, field, replace
from perflint.schema import load_schema
from perflint.typed import NamedTuple, TypeVar

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any


class Type(NamedTuple):
    """The static type of an expression.

    Attributes:
        kind: ``text number bool date list map record``; ``any`` for an empty list literal.
        item: Element type of a list, value type of a map (whose keys are text).
        record: Name of the record.
        nullable: Whether the value may be null: blank, absent, unreadable.
    """

    kind: str
    item: Type | None = None
    record: str | None = None
    nullable: bool = False

    def required(self) -> Type:
        """Return the same type without null."""
        return self._replace(nullable=False) if self.nullable else self

    def optional(self) -> Type:
        """Return the same type with null."""
        return self if self.nullable else self._replace(nullable=True)

    def __str__(self) -> str:
        inner = f"[{self.item}]" if self.item is not None else ""
        return (self.record or self.kind) + inner + ("?" if self.nullable else "")


TEXT, NUMBER, BOOL, DATE = Type("text"), Type("number"), Type("bool"), Type("date")
ANY = Type("any")


def list_of(item: Type) -> Type:
    """Return the type of a list of *item*."""
    return Type("list", item=item)


def record_of(name: str) -> Type:
    """Return the type of record *name*."""
    return Type("record", record=name)


class Field(NamedTuple):
    """One field of a record.

    Attributes:
        reading: How the cell becomes a value: ``text printed amount percent number year date plain record list``,
            ``target extra effective_year`` for derived fields, ``item`` for a field of a reader's result, ``define``
            for a pack's.
        key: JSON key, None when the field is derived.
        default: Value of an absent key, where the schema names one.
        choices: The only texts it can hold; empty when anything can stand there.
    """

    name: str
    type: Type
    reading: str
    title: str
    title_en: str
    aliases: tuple[str, ...] = ()
    key: str | None = None
    default: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record: named fields in order."""

    name: str
    title: str
    title_en: str
    fields: Mapping[str, Field]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What ``for_each`` walks over.

    Attributes:
        record: The record each item is.
        steps: JSON keys from the parent item to the list; empty when the item is the parent itself.
        parent: Name of the enclosing scope, None for the document.
    """

    name: str
    record: str
    steps: tuple[str, ...]
    parent: str | None


SCOPES: Mapping[str, Scope] = MappingProxyType(
    {
        scope.name: scope
        for scope in (
            Scope(name="document", record="document", steps=(), parent=None),
            Scope(name="narrative", record="narrative", steps=("narrative",), parent="document"),
            Scope(name="table", record="table", steps=("tables",), parent="document"),
            Scope(name="indicator", record="indicator", steps=("indicators",), parent="table"),
            Scope(name="prior", record="prior", steps=("prior",), parent="indicator"),
            Scope(name="spending_item", record="spending_item", steps=("spending", "items"), parent="table"),
            Scope(name="project", record="project", steps=("projects",), parent="table"),
            Scope(name="task", record="task", steps=("tasks",), parent="table"),
            Scope(name="goal", record="goal", steps=("goals",), parent="table"),
            Scope(name="plan_point", record="plan_point", steps=("payment_plan", "points"), parent="table"),
            Scope(name="history", record="history", steps=("budget", "history"), parent="table"),
            Scope(name="cell", record="cell", steps=(), parent="document"),
        )
    }
)

_OPT_TEXT, _OPT_NUMBER, _OPT_DATE = TEXT.optional(), NUMBER.optional(), DATE.optional()
_KINDS = {
    "text": _OPT_TEXT,
    "printed": _OPT_TEXT,
    "amount": _OPT_NUMBER,
    "percent": _OPT_NUMBER,
    "number": _OPT_NUMBER,
    "year": _OPT_NUMBER,
    "date": _OPT_TEXT,
}


@dataclass(frozen=True, slots=True)
class Model:
    """All records, and the Chinese names by which their fields can be reached."""

    records: Mapping[str, Record]
    paths_by_title: Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]] = field(repr=False)

    def with_fields(self, find: Callable[[str], Mapping[str, Field]]) -> Model:
        """Return a model whose records have further (pack-defined) fields, which *find* returns for each by name."""

        def extend(name: str) -> Record:
            record, more = self.records[name], find(name)
            return replace(record, fields=MappingProxyType({**record.fields, **more})) if more else record

        return Model(_Lazy(self.records, extend), self.paths_by_title)

    def find(self, record: str, name: str) -> tuple[str, ...] | None:
        """Return the path of the field that *name*, English or Chinese, means in *record*; None if none or several.

        A Chinese name reaches through single sub-records (基本支出 is ``budget.by_use.basic`` of a table), never
        through a list, and the shallowest match wins.
        """
        if name in self.records[record].fields:
            return (name,)
        paths = self.paths_by_title[record].get(name, ())
        return paths[0] if len(paths) == 1 else None

    def names(self, record: str) -> list[str]:
        """Return every name that ``find`` knows in *record*."""
        titles = [title for title, paths in self.paths_by_title[record].items() if len(paths) == 1]
        return [*self.records[record].fields, *titles]

    def field_at(self, record: str, path: tuple[str, ...]) -> Field:
        """Return the field at *path* below *record*."""
        found = self.records[record].fields[path[0]]
        return found if len(path) == 1 else self.field_at(found.type.record or "", path[1:])


def fold_name(name: str) -> str:
    """Return *name* as Python folds identifiers, so that a title matches what the parser hands over."""
    return unicodedata.normalize("NFKC", name)


@cache
def load_model() -> Model:
    """Return the model of ``document/1``."""
    schema = load_schema("document-1")
    parts = {**schema["$defs"], "document": schema}

    def build(name: str) -> Record:
        if name in _READER_RECORDS:
            return _build_result(name)
        return _build_record(name, parts[name])

    records = _Lazy((*parts, *_READER_RECORDS), build)
    return Model(records, _Lazy(records, lambda name: _find_titles(records, name)))


def _build_record(name: str, part: Mapping[str, Any]) -> Record:
    fields = {key: _build_field(key, sub) for key, sub in part["properties"].items() if _is_readable(sub)}
    fields |= {extra.name: extra for extra in _DERIVED.get(name, ())}
    return Record(name=name, title=part["title"], title_en=part["x-en"], fields=MappingProxyType(fields))


def _is_readable(part: Mapping[str, Any]) -> bool:
    return "$ref" in part or "x-type" in part or "items" in part


def _build_field(key: str, part: Mapping[str, Any]) -> Field:
    kind, reading = _kind_of(part)
    aliases, choices = tuple(part.get("x-alias", ())), tuple(part.get("enum", ()))
    return Field(key, kind, reading, part["title"], part["x-en"], aliases, key, part.get("default"), choices)


def _kind_of(part: Mapping[str, Any]) -> tuple[Type, str]:
    if "$ref" in part:
        return record_of(part["$ref"].rsplit("/", 1)[-1]), "record"
    if "items" in part:
        return list_of(record_of(part["items"]["$ref"].rsplit("/", 1)[-1])), "list"
    kind = _KINDS[part["x-type"]]
    if "default" in part:
        return kind.required(), "plain"
    return kind, part["x-type"]


_Value = TypeVar("_Value")


class _Lazy(Mapping[str, _Value]):
    """Values made when first asked for: most runs look at few records, and at no titles."""

    def __init__(self, names: Iterable[str], make: Callable[[str], _Value]) -> None:
        self._names = dict.fromkeys(names)
        self._make = make
        self._made: dict[str, _Value] = {}

    def __getitem__(self, name: str) -> _Value:
        if name not in self._made:
            if name not in self._names:
                raise KeyError(name)
            self._made[name] = self._make(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _find_titles(records: Mapping[str, Record], start: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    level: list[tuple[tuple[str, ...], str]] = [((), start)]
    while level:
        here: dict[str, list[tuple[str, ...]]] = {}
        deeper: list[tuple[tuple[str, ...], str]] = []
        for prefix, record in level:
            for f in records[record].fields.values():
                for title in (f.title, *f.aliases):
                    here.setdefault(fold_name(title), []).append((*prefix, f.name))
                if f.reading == "record" and f.type.record is not None:
                    deeper.append(((*prefix, f.name), f.type.record))
        for title, paths in here.items():
            found.setdefault(title, tuple(paths))
        level = deeper
    return MappingProxyType(found)


def _derived(name: str, kind: Type, reading: str, title: str, title_en: str) -> Field:
    return Field(name=name, type=kind, reading=reading, title=title, title_en=title_en)


_TARGET = _derived("target", record_of("target"), "target", "指标值的含义", "meaning of the value cell")
_EXTRA = _derived("extra", list_of(record_of("extra_line")), "extra", "表内其他行", "other lines of the form")
_YEAR = _derived("year", NUMBER.optional(), "effective_year", "本表年度", "fiscal year of the table or its document")
_DERIVED: Mapping[str, tuple[Field, ...]] = {
    "table": (_YEAR,),
    "indicator": (_TARGET,),
    "prior": (_TARGET,),
    "by_source": (_EXTRA,),
    "by_use": (_EXTRA,),
}


TARGET_KINDS = (
    *("number", "range", "deadline", "period", "recurrence", "relative", "formula", "multi"),
    *("qualitative", "boolean", "empty", "unparsed"),
)


def _build_result(name: str) -> Record:
    plain = {key: _derived(key, kind, "item", key, key) for key, kind in _READER_RECORDS[name].items()}
    fields = plain | {key: plain[key]._replace(choices=words) for key, words in _CHOICES.get(name, {}).items()}
    return Record(name=name, title=name, title_en=name, fields=MappingProxyType(fields))


# Field names equal the attributes of the values that ``perflint.interpret`` returns; a test holds the two together.
_READER_RECORDS: Mapping[str, Mapping[str, Type]] = {
    "target": {
        "kind": TEXT,
        "comparator": _OPT_TEXT,
        "number": _OPT_NUMBER,
        "low": _OPT_NUMBER,
        "high": _OPT_NUMBER,
        "unit": _OPT_TEXT,
        "date": _OPT_DATE,
        "start": _OPT_DATE,
        "end": _OPT_DATE,
        "bound": _OPT_TEXT,
        "precision": _OPT_TEXT,
        "every": _OPT_TEXT,
        "text": TEXT,
        "label": _OPT_TEXT,
        "noun": _OPT_TEXT,
        "reason": _OPT_TEXT,
        "yuan": _OPT_NUMBER,
        "per": _OPT_TEXT,
        "parts": list_of(record_of("target")),
        "notes": list_of(TEXT),
    },
    "cell": {"text": TEXT, "raw": TEXT, "field": TEXT, "title": TEXT, "title_en": TEXT},
    "frequency": {"count": NUMBER, "every": TEXT, "per_year": NUMBER},
    "formula": {
        "text": TEXT,
        "left": list_of(NUMBER),
        "product": _OPT_NUMBER,
        "stated": _OPT_NUMBER,
        "unit": _OPT_TEXT,
        "missing": BOOL,
        "quantity": _OPT_NUMBER,
        "quantity_unit": _OPT_TEXT,
        "price": _OPT_NUMBER,
        "price_unit": _OPT_TEXT,
    },
    "money_mention": {"text": TEXT, "label": TEXT, "number": NUMBER, "unit": TEXT, "yuan": NUMBER},
    "quantity": {"number": NUMBER, "unit": _OPT_TEXT, "noun": _OPT_TEXT, "text": TEXT, "label": TEXT},
}
_CHOICES = {"target": {"kind": TARGET_KINDS, "comparator": ("≥", "≤", "=", ">", "<", "~")}}
