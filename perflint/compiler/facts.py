"""Which cells the rules of a program read, and the generated functions that read each of them once.

A record of the document becomes one tuple: a column for every path that some rule names, the raw record last. Lists
become lists of such tuples. Texts, value cells and amounts are remembered by what is printed, because tables repeat
themselves: most cells of most tables were read before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from perflint.runtime.met import KEEPER
from perflint.runtime.texts import CELL_TEXTS, name_texts
from perflint.schema.model import Field, Model

Lower = Callable[[str, str], str]
"""(record, name of a pack-defined field) → code of its value over the record's own columns."""


CELL_SLOTS = 5
"""The column of a cell that holds the slots of its text, see ``engine.cells``."""

_AS_PRINTED = "__raw"
_TEXTS = ("text", "date", "printed")


class Columns:
    """The columns of every record, in the order in which they were asked for."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.by_record: dict[str, dict[tuple[str, ...], int]] = {}
        # By the name of a column of texts: the number of a reader, and whether it reads the print → its place. What
        # rules of cells read, which are lowered first, has the same places in all of them: a text has slots but once.
        self.slots: dict[str, dict[tuple[int, bool], int]] = {}
        self.met: set[str] = set()  # records whose rows are remembered, see ``MetRows``

    def ask(self, record: str, path: tuple[str, ...]) -> int:
        """Return the index of the column for *path* of *record*, new if need be."""
        columns = self.by_record.setdefault(record, {})
        if path[-1].endswith(_AS_PRINTED):
            self.ask(record, (*path[:-1], path[-1].removesuffix(_AS_PRINTED)))  # which tells blanks, and goes before
        return columns.setdefault(path, len(columns))

    def ask_slot(self, record: str, path: tuple[str, ...], reader: int) -> tuple[int, int]:
        """Return the column of the slots beside a column of texts, and the place of *reader* in them."""
        text = ("text",) if record == "cell" else (*path[:-1], path[-1].removesuffix(_AS_PRINTED))
        places = self.slots.setdefault(name_texts(record, text), dict(self.slots.get(CELL_TEXTS, {})))
        place = places.setdefault((reader, path != text), len(places))
        if record == "cell":
            return CELL_SLOTS, place
        self.ask(record, path)
        return self.ask(record, (*path[:-1], f"{text[-1]}__slots")), place

    def path(self, record: str, column: int) -> tuple[str, ...]:
        """Return what stands in a column of *record*."""
        return next(path for path, index in self.by_record[record].items() if index == column)

    def width(self, record: str) -> int:
        """Return how many columns *record* has; the raw record stands behind them."""
        return len(self.by_record.get(record, ()))


class FactsWriter:
    """Writes ``facts_<record>(r, u, y)`` for the records in use.

    ``r`` is the raw record, ``u`` the ``Amounts`` of the enclosing table, ``y`` the fiscal year of the document.

    Args:
        asked: By record, what is asked of its items when they are met, see ``Meeting``.
    """

    def __init__(self, columns: Columns, lower_define: Lower, asked: Mapping[str, Sequence[str]]) -> None:
        self.columns, self.lower_define, self.asked = columns, lower_define, asked

    def write(self, record: str) -> str:
        """Return the source of the function for *record*."""
        paths = list(self.columns.by_record.get(record, {}))
        lines = [f"def facts_{record}(r, u, y):", "    g = r.get"]
        if record == "table":
            lines.append("    u = amounts(g('currency_unit'))")
        bases: dict[tuple[str, ...], str] = {(): "r"}
        for prefix in sorted({path[:size] for path in paths for size in range(1, len(path))}, key=len):
            lines += self._open(record, prefix, bases)
        derived = [path for path in paths if self._field(record, path).reading == "define"]
        for path in [*(path for path in paths if path not in derived), *self._by_definition(record, derived)]:
            lines += (f"    {line}" for line in self._read(record, path, bases))
        lines += (f"    {line}" for line in self.asked.get(record, ()))
        names = "".join(f"c{index}, " for index in range(len(paths)))
        behind = f" {'{}' if record == KEEPER else None}, [], gates, out, passes" if record in self.asked else ""
        return "\n".join([*lines, f"    return ({names}r,{behind})", ""])

    def _by_definition(self, record: str, paths: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        order = list(self.columns.model.records[record].fields)
        return sorted(paths, key=lambda path: order.index(path[0]))

    def _field(self, record: str, path: tuple[str, ...]) -> Field:
        return self.columns.model.field_at(record, (*path[:-1], path[-1].partition("__")[0]))

    def _open(self, record: str, prefix: tuple[str, ...], bases: dict[tuple[str, ...], str]) -> Iterator[str]:
        name = bases[prefix] = "_".join(("b", *prefix))
        field = self.columns.model.field_at(record, prefix)
        if field.reading == "target":
            yield f"    {name} = {_READ_TARGET}"
        else:
            yield f"    {name} = {bases[prefix[:-1]]}.get({field.key!r}) or nothing"

    def _read(self, record: str, path: tuple[str, ...], bases: dict[tuple[str, ...], str]) -> Iterator[str]:
        column = f"c{self.columns.by_record[record][path]}"
        field, suffix, base = self._field(record, path), path[-1].partition("__")[2], bases[path[:-1]]
        if suffix == "slots":
            return  # written with the texts
        if suffix == "printed":
            yield f"{column} = {field.key!r} in {base}"
        elif suffix == "raw":
            yield from self._raw(column, field, base, self.columns.by_record[record][(*path[:-1], field.name)])
        elif suffix == "yuan":
            yield from self._amount(column, field, base)
            yield f"{column} = None if {column} is None or u.factor is None else {column} * u.factor"
        else:
            yield from self._plain(column, field, base, record, path)

    def _raw(self, column: str, field: Field, base: str, folded: int) -> Iterator[str]:
        yield from self._shown(column, field, base)
        blank = f"c{folded}" if field.reading in _TEXTS else f"texts({column})"
        yield f"if {blank} is None: {column} = None"

    def _shown(self, column: str, field: Field, base: str) -> Iterator[str]:
        yield f"{column} = {_get(base)}({field.key!r})"
        yield f"if {column}.__class__ is not str: {column} = shown({column})"

    def _amount(self, column: str, field: Field, base: str) -> Iterator[str]:
        yield f"{column} = {_get(base)}({field.key!r})"
        yield f"if {column}.__class__ is not Decimal: {column} = u[{column}]"

    def _text(self, column: str, cell: str, record: str, path: tuple[str, ...]) -> str:
        slots = self.columns.by_record[record].get((*path[:-1], f"{path[-1]}__slots"))
        if slots is None:
            return f"{column} = texts({cell})"
        return f"{column}, c{slots} = {name_texts(record, path)}({cell})"

    def _plain(self, column: str, field: Field, base: str, record: str, path: tuple[str, ...]) -> Iterator[str]:  # noqa: C901 - a table
        get = f"{_get(base)}({field.key!r})"
        match field.reading:
            case "text" | "date":
                yield self._text(column, get, record, path)
            case "printed":
                yield from self._shown(column, field, base)
                yield self._text(column, column, record, path)
            case "amount":
                yield from self._amount(column, field, base)
            case "number" | "percent":
                yield f"{column} = {get}"
                yield f"if {column}.__class__ is not Decimal: {column} = {field.reading}s({column})"
            case "plain":
                yield f"{column} = {get} or {field.default!r}"
            case "year":
                yield f"{column} = {get}"
            case "effective_year":
                yield f"{column} = {_get(base)}('fiscal_year')"
                yield f"if {column} is None: {column} = y"
            case "list":
                inner = field.type.item.record if field.type.item else ""
                year = "g('fiscal_year')" if record == "document" else "y"
                yield f"{column} = {get}"
                if inner in self.columns.met:
                    yield f"{column} = met_{inner}({column} or (), u, {year})"
                else:
                    yield f"{column} = [facts_{inner}(x, u, {year}) for x in {column}] if {column} else []"
            case "extra":
                yield f"{column} = [facts_extra_line(x, u, y) for x in extra_lines({base})]"
            case "define":
                yield f"{column} = {self.lower_define(record, field.name)}"
            case "target":
                yield f"{column} = as_tuples(({_READ_TARGET},))[0]"
            case _:
                yield f"{column} = {base}.{field.name}"
                if field.name == "parts":
                    yield f"{column} = as_tuples({column}) if {column} else []"


_READ_TARGET = "targets((v if (v := g('value')).__class__ is str else shown(v), g('unit'), g('comparator')))"


def _get(base: str) -> str:
    """Return the code of what looks up a cell of a raw record."""
    return "g" if base == "r" else f"{base}.get"
