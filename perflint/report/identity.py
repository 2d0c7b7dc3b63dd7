"""Which fault is which: fingerprints from what is printed, never from where the file or the row happens to be.

A fingerprint is a hash of the rule, the document's identity, the labels of the row and the values compared. ``group``
leaves the values out: it stays when the fault changes its numbers.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache

from perflint.document.pointer import split_pointer
from perflint.lean import quote_ascii, sha256
from perflint.record import dataclass
from perflint.report.labels import ROW_LABELS
from perflint.report.place import Places, Step
from perflint.typed import NamedTuple, final

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

Operands = Iterable[tuple[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What is printed around an item, independent of file, position, formatting and language.

    Attributes:
        organization: As printed on the table, else on the document.
        fiscal_year: Likewise.
        table: Name of the table: its project, else its title, id or kind; None outside tables.
        table_names: Every name the table goes by: project, title, id.
        labels: The row's labels, outermost first, folded; ``()`` outside rows.
        field: Schema path below the row or table, without indexes: ``budget/by_use/basic``.
        written: All of it as a fingerprint takes it.
    """

    organization: str | None
    fiscal_year: int | None
    table: str | None
    table_names: tuple[str, ...]
    labels: tuple[str, ...]
    field: str
    written: str


Owner = tuple[str | None, int | None]
"""Organization and fiscal year."""


def list_owners(data: Mapping[str, Any]) -> list[Owner]:
    """Return whose the document is and whose each of its tables is, without repeats."""
    name, year = _text(_name_in(data)), _year(data.get("fiscal_year"))
    owners = [
        (_text(_name_in(table)) or name, _year(table.get("fiscal_year")) or year) for table in data.get("tables", ())
    ]
    return list(dict.fromkeys([(name, year), *owners]))


class _Around(NamedTuple):
    """What the items of a table, or those outside tables, have in common."""

    organization: str | None
    fiscal_year: int | None
    table: str | None
    table_names: tuple[str, ...]
    written: str


@final
class Identities:
    """The identities of the pointers of one document, each worked out once."""

    __slots__ = ("_around", "_known", "_places")

    def __init__(self, places: Places) -> None:
        self._places = places
        self._known: dict[str, Identity] = {}
        self._around: dict[str | None, _Around] = {}

    def find(self, pointer: str) -> Identity:
        """Return the identity of *pointer*."""
        found = self._known.get(pointer)
        if found is None:
            found = self._known[pointer] = self._identify(self._places.walk(pointer))
        return found

    def _identify(self, step: Step) -> Identity:
        table = step.table.pointer if step.table is not None else None
        around = self._around.get(table)
        if around is None:
            around = self._around[table] = _look_around(self._places.data, step.table)
        labels, field = tuple(_list_labels(step.row)), _strip_indexes(step.pointer)
        return Identity(
            organization=around.organization,
            fiscal_year=around.fiscal_year,
            table=around.table,
            table_names=around.table_names,
            labels=labels,
            field=field,
            written=f"{around.written},{quote_ascii(field)}],[{','.join(map(quote_ascii, labels))}]",
        )


def _look_around(data: Mapping[str, Any], table: Step | None) -> _Around:
    owner = table.value if table is not None and isinstance(table.value, Mapping) else {}
    names = _table_names(owner)
    name = _text(_name_in(owner)) or _text(_name_in(data))
    year = _year(owner.get("fiscal_year")) or _year(data.get("fiscal_year"))
    called = next(iter(names), None) or _text(owner.get("kind"))
    return _Around(name, year, called, names, f"{quote_ascii(fold(name))},{_write(year)},{quote_ascii(fold(called))}")


def build_fingerprint(rule: str, identity: Identity, values: str = "null", ordinal: int = 0) -> str:
    """Return 32 hexadecimal digits; without *values* it is the group.

    Args:
        values: What the rule compared, as ``write_operands`` has it.
        ordinal: 0 for the first of several findings that are otherwise the same.
    """
    text = f"[[{quote_ascii(rule)},{identity.written},{values},{ordinal}]"
    return sha256(text.encode()).hexdigest()[:32]


def write_operands(operands: Operands) -> str:
    """Return pointers and normalised values of what a rule compared, given in any order, for ``build_fingerprint``."""
    pairs = [[_strip_indexes(pointer), canonical(value)] for pointer, value in operands]
    if len(pairs) > 1:
        pairs.sort(key=repr)
    return f"[{','.join([f'[{quote_ascii(field)},{_write(value)}]' for field, value in pairs])}]"


def _write(value: Any) -> str:
    """Return what ``canonical`` returned as JSON without blanks."""
    if isinstance(value, str):
        return quote_ascii(value)
    if isinstance(value, list):
        return f"[{','.join(map(_write, value))}]"
    return "null" if value is None else str(value).lower()  # a truth value, or a year


def canonical(value: object) -> Any:
    """Return *value* as plain JSON in which equal values are equal: 1198.80 and 1198.8, full and half width.

    Readings of a cell stand for the words they were read from; any other object is as good as any of its kind.
    """
    if isinstance(value, str):
        return fold(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Decimal | int):
        return _canonical_number(Decimal(value))
    if isinstance(value, Mapping):
        return sorted(([str(key), canonical(part)] for key, part in value.items()), key=repr)
    if isinstance(value, Iterable):
        return [canonical(part) for part in value]
    # What a reader made of a cell: the words it was read from, not what they were taken to mean.
    words = [getattr(value, name, None) for name in ("text", "comparator", "unit")]
    return [fold(str(word)) if word is not None else None for word in words]


@lru_cache(maxsize=250)
def fold(text: str | None) -> str:
    """Return *text* with width and spacing folded away. Kept apart from the readers: it must not change with them."""
    return "".join(unicodedata.normalize("NFKC", text or "").split())


def _canonical_number(number: Decimal) -> str:
    sign, digits, exponent = number.as_tuple()
    kept = "".join(map(str, digits)).lstrip("0")
    bare = kept.rstrip("0")
    if not bare or not isinstance(exponent, int):
        return "0" if number.is_finite() else str(number)
    return f"{'-' if sign else ''}{bare}e{exponent + len(kept) - len(bare)}"


def _list_labels(row: Step | None) -> list[str]:
    """Return the labels of *row* and of the rows around it, outermost first."""
    if row is None or row.above is None:
        return []
    return _list_labels(row.above.row) + _labels(row)


def _labels(step: Step) -> list[str]:
    row = step.value if isinstance(step.value, Mapping) else {}
    names = ROW_LABELS.get(step.record or "", ())
    labels = [_plain(row.get(name)) for name in names]
    if step.record == "indicator":
        labels.insert(0, "long_term" if row.get("section") == "long_term" else "")
    return labels


def _table_names(table: Mapping[str, Any]) -> tuple[str, ...]:
    project = table.get("project")
    names = (project.get("name") if isinstance(project, Mapping) else None, table.get("title"), table.get("id"))
    return tuple(name for name in map(_text, names) if name)


def _name_in(record: Mapping[str, Any]) -> object:
    organization = record.get("organization")
    return organization.get("name") if isinstance(organization, Mapping) else None


def _text(value: object) -> str | None:
    return (str(value).strip() or None) if value is not None else None


def _plain(value: object) -> str:
    return _canonical_number(value) if isinstance(value, Decimal) else fold(None if value is None else str(value))


def _year(value: object) -> int | None:
    return int(value) if isinstance(value, Decimal | int) else None


@lru_cache(maxsize=250)
def _strip_indexes(pointer: str) -> str:
    tokens = [token for token in split_pointer(pointer) if not token.isdecimal()]
    return "/".join(tokens[1:] if tokens[:1] == ["tables"] else tokens)
