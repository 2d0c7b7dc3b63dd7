"""Every text cell of a document, for rules with ``for_each: cell``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from operator import itemgetter

from perflint.expression.cells import TEXTS, Raw, printed_text
from perflint.expression.facts import name_texts
from perflint.expression.memo import Memo
from perflint.expression.plan import ScopeFunction
from perflint.schema.model import load_model
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

    from perflint.expression.facts import Slotted


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
        ended: The place among ``CellReader.passes`` of what the rules that look at nothing but the cell make of it;
            ``_LOUD`` when one of them has something to tell.
    """

    text: str
    raw: str
    field: str
    title: str
    title_en: str
    slots: list[Any]
    ended: int


_LOUD = -1


class CellReader:
    """Reads the cells of documents for one program, and asks what it has met before no second time.

    Args:
        alone: The rules that look at nothing but the cell, None when there are none.
        columns: By its name, what remembers a column of texts and their slots, which begin with those of a cell.
        read: Returns a folded text and its slots, for the cells of other columns.
    """

    __slots__ = ("_alone", "_columns", "_memos", "_passes", "_places", "_read")

    def __init__(
        self, alone: ScopeFunction | None, columns: Mapping[str, Memo], read: Callable[[str | None], Slotted]
    ) -> None:
        self._alone, self._columns, self._read = alone, columns, read
        self._memos: dict[str, tuple[tuple[str, Memo], ...]] = {}
        self._passes: list[tuple[int, ...]] = []
        self._places: dict[tuple[int, ...], int] = {}

    def read(self, data: Raw) -> list[MetCell]:
        """Return the text cells of a document, in the order of ``list_cells``."""
        found: list[MetCell] = []
        self._collect("document", data, found)
        return found

    def judge(self, cells: list[MetCell], out: list[Any]) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Run the rules of the cell alone: add what they tell to *out*; yield how many cells had which passes."""
        ended = Counter(map(itemgetter(-1), cells))
        if ended.pop(_LOUD, 0):
            for number, cell in enumerate(cells):
                if cell.ended == _LOUD:
                    yield 1, self._tell(cell, number, out)
        yield from ((number, self._passes[place]) for place, number in ended.items())

    def _collect(self, record: str, data: Raw, found: list[MetCell]) -> None:
        plan = _plan(record)
        memos = self._memos.get(record) or self._open(record)
        get = data.get
        for key, memo in memos:
            cell = get(key)
            if cell is not None:
                met = memo[cell if cell.__class__ is str else printed_text(cell)]
                if met is not None:
                    found.append(met)
        for key, inner in plan.records:
            if key in data:
                self._collect(inner, data[key], found)
        for key, inner in plan.lists:
            for item in get(key) or ():
                self._collect(inner, item, found)

    def _open(self, record: str) -> tuple[tuple[str, Memo], ...]:
        texts = _plan(record).texts
        self._memos[record] = tuple(
            (text[0], Memo(partial(self._meet, text, self._reader(record, text[0])))) for text in texts
        )
        return self._memos[record]

    def _reader(self, record: str, name: str) -> Callable[[str], Slotted]:
        column = self._columns.get(name_texts(record, (name,)))
        return self._read if column is None else column.__getitem__

    def _meet(self, field: tuple[str, str, str], read: Callable[[str], Slotted], printed: str) -> MetCell | None:
        text, slots = read(printed)
        if text is None or slots is None:
            return None
        out: list[Any] = []
        passes = self._tell((text, printed, *field, slots, _LOUD), 0, out)
        return MetCell(text, printed, *field, slots, _LOUD if out else self._place(passes))

    def _place(self, passes: tuple[int, ...]) -> int:
        if passes not in self._places:
            self._places[passes] = len(self._passes)
            self._passes.append(passes)
        return self._places[passes]

    def _tell(self, cell: tuple[Any, ...], number: int, out: list[Any]) -> tuple[int, ...]:
        if self._alone is None:
            return ()
        told: list[Any] = []
        passes: tuple[int, ...] = self._alone.call((cell,), (), told)
        out += [(rule, at, number, *rest) for rule, at, _, *rest in told]
        return passes


@cache
def _plan(record: str) -> _Plan:
    fields: list[Any] = [f for f in load_model().records[record].fields.values() if f.key is not None]
    fields = [f for f in fields if record != "document" or f.name not in _PASSED_OVER]
    return _Plan(
        texts=tuple((f.key, f.title, f.title_en) for f in fields if f.reading in ("text", "printed", "date")),
        records=tuple((f.key, f.type.record) for f in fields if f.reading == "record"),
        lists=tuple((f.key, f.type.item.record) for f in fields if f.reading == "list"),
    )
