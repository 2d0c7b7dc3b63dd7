"""Every text cell of a document, for rules with ``for_each: cell``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial
from itertools import repeat

from perflint.runtime.cells import TEXTS, Raw, printed_text
from perflint.runtime.memo import Memo
from perflint.runtime.met import ROW_CELLS, forget_frames
from perflint.runtime.plan import Compiled
from perflint.runtime.texts import name_texts
from perflint.schema.model import SCOPES, load_model
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

    from perflint.runtime.texts import Slotted


class Cell(NamedTuple):
    """One text of the document, blank ones left out.

    Attributes:
        text: Folded; ``raw`` as printed.
        field: Name of the field in the schema; ``title`` and ``title_en`` its terms.
        pointer: JSON Pointer.
    """

    text: str
    raw: str
    field: str
    title: str
    title_en: str
    pointer: str


class _Plan(NamedTuple):
    texts: tuple[tuple[str, str, str], ...]  # key, title, title_en
    records: tuple[tuple[str, str], ...]
    lists: tuple[tuple[str, str], ...]


class _Opened(NamedTuple):
    """The keys of a record: of texts, with what remembers them; of records; of lists, with their columns in facts.

    Attributes:
        present: By the name of the record and the keys it has, which a form gives to all its rows: texts among them.
    """

    present: Memo
    records: tuple[tuple[str, str], ...]
    lists: tuple[tuple[str, str, int | None], ...]


# Not part of the form: where the file came from, and what could not be placed.
_PASSED_OVER = frozenset({"source", "unread"})


def list_cells(data: Raw) -> list[Cell]:
    """Return the text cells of a document, in the order of the schema."""
    found: list[Cell] = []
    _collect("document", data, "", found)
    return found


def _collect(record: str, data: Raw, pointer: str, found: list[Cell]) -> None:
    plan = _plan(record)
    for key, title, title_en in plan.texts:
        cell = data.get(key)
        if cell is None:
            continue
        printed = printed_text(cell) or ""
        text = TEXTS[printed]
        if text is not None:
            found.append(Cell(text, printed, key, title, title_en, f"{pointer}/{key}"))
    for key, inner in plan.records:
        if key in data:
            _collect(inner, data[key], f"{pointer}/{key}", found)
    for key, inner in plan.lists:
        for index, item in enumerate(data.get(key) or ()):
            _collect(inner, item, f"{pointer}/{key}/{index}", found)


class MetCell(NamedTuple):
    """A text cell as generated code takes it, wherever it stands: cells repeat, in a document and from one to the next.

    Attributes:
        slots: For what the rules read in the text.
        gates, told, passes: What the rules made of the cell when it was met, see ``compiler.meeting``.
    """

    text: str
    raw: str
    field: str
    title: str
    title_en: str
    slots: list[Any]
    gates: int
    told: list[Any]
    passes: int


class CellReader:
    """Reads the cells of documents for one program, and asks what it has met before no second time."""

    __slots__ = ("_columns", "_compiled", "_opened")

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self._opened: dict[str, _Opened] = {}
        self._columns: dict[tuple[str, tuple[str, ...]], int] = {}  # of rows that were met, and of what they stand in
        for function in compiled.scopes:
            scope = function.scope
            for column in reversed(function.columns if scope.record in compiled.met else ()):
                parent = SCOPES[scope.parent or ""]
                self._columns[parent.record, scope.steps] = column
                scope = parent

    def read(self, data: Raw, facts: tuple[Any, ...]) -> list[MetCell]:
        """Return the text cells of a document, in the order of ``list_cells``; *facts* are the document's."""
        found: list[MetCell] = []
        self._collect("document", data, facts, found)
        return found

    def _collect(self, record: str, data: Raw, facts: tuple[Any, ...] | None, found: list[MetCell]) -> None:
        present, records, lists = self._opened.get(record) or self._open(record)
        for key, memo in present[record, *data]:
            cell = data[key]
            if cell is not None:
                met = memo[cell if cell.__class__ is str else printed_text(cell)]
                if met is not None:
                    found.append(met)
        for key, inner in records:
            if key in data:
                self._collect(inner, data[key], None, found)
        for key, inner, column in lists:
            items = data.get(key)
            if items:
                rows = repeat(None) if facts is None or column is None else facts[column]
                self._collect_items(inner, items, rows, found)

    def _collect_items(self, record: str, items: list[Raw], rows: Iterable[Any], found: list[MetCell]) -> None:
        met = record in self._compiled.met
        for item, row in zip(items, rows, strict=False):
            if not met or row is None:
                self._collect(record, item, row, found)
                continue
            if not row[ROW_CELLS]:
                cells: list[MetCell] = []
                self._collect(record, item, row, cells)
                row[ROW_CELLS][:] = cells  # all at once: the watchdog may end a run anywhere, and threads may meet here
            found += row[ROW_CELLS]

    def _open(self, record: str) -> _Opened:
        plan = _plan(record)
        texts = [(text[0], Memo(partial(self._meet, text, self._reader(record, text[0])))) for text in plan.texts]
        self._opened[record] = opened = _Opened(
            Memo(lambda key: [text for text in texts if text[0] in key[1:]]),
            plan.records,
            tuple((key, inner, self._columns.get((record, (key,)))) for key, inner in plan.lists),
        )
        return opened

    def _reader(self, record: str, name: str) -> Callable[[str], Slotted]:
        column = self._compiled.texts.get(name_texts(record, (name,)))
        return self._compiled.read_text if column is None else column.__getitem__

    def _meet(self, field: tuple[str, str, str], read: Callable[[str], Slotted], printed: str) -> MetCell | None:
        text, slots = read(printed)
        if text is None or slots is None:
            return None
        return MetCell(*forget_frames(self._compiled.meet_cell(text, printed, *field, slots)))


@cache
def _plan(record: str) -> _Plan:
    fields: list[Any] = [f for f in load_model().records[record].fields.values() if f.key is not None]
    fields = [f for f in fields if record != "document" or f.name not in _PASSED_OVER]
    return _Plan(
        texts=tuple((f.key, f.title, f.title_en) for f in fields if f.reading in ("text", "printed", "date")),
        records=tuple((f.key, f.type.record) for f in fields if f.reading == "record"),
        lists=tuple((f.key, f.type.item.record) for f in fields if f.reading == "list"),
    )
