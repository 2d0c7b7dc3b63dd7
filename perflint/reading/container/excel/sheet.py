"""Build the grid of one sheet from its filled cells and merged ranges: shared by xlsx, xls and SpreadsheetML.

entries, merges ──▶ Grid of every position up to the last text, each merged range one cell
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from perflint.errors import Problem
from perflint.language import say
from perflint.reading.container.contents import ReadingLimits, check_extent, refuse
from perflint.reading.container.excel import number_format
from perflint.reading.grid import Cell, Grid, Paragraph
from perflint.record import dataclass, field

IMAGE = "image"
_SHOWN_PLACES = 5
_WIDEST_MERGE, _TALLEST_MERGE = 200, 2000  # larger ones were dragged over the whole sheet and are clipped


class Entry(NamedTuple):
    """The shown text of one cell, hidden when its format hides it."""

    text: str
    hidden: bool = False
    notes: tuple[str, ...] = ()


class Span(NamedTuple):
    """A merged range, 0-based, last row and column included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True, kw_only=True)
class Sheet:
    """One sheet as read.

    Attributes:
        entries: (row, column), 0-based → text; blank cells may be left out.
        hidden_rows, hidden_columns: 0-based.
        hidden: The whole sheet is hidden.
        asides: Text that stands in no cell (text boxes, printed header and footer).
    """

    name: str
    entries: dict[tuple[int, int], Entry] = field(default_factory=dict)
    merges: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False
    asides: list[Paragraph] = field(default_factory=list)


def show_entry(value: Decimal, code: str, *, since_1904: bool, show_zeros: bool = True) -> Entry:
    """Return a number as the sheet shows it.

    A format that hides a number gives a hidden entry; a zero that is not shown is blank, as printed.
    """
    text = number_format.show_number(value, code, since_1904=since_1904)
    if value == 0 and (not text or not show_zeros):
        return Entry("", notes=("zero_not_shown",))
    return Entry(text) if text else Entry(number_format.show_general(value), hidden=True)


def show_text_entry(text: str, code: str, notes: tuple[str, ...] = ()) -> Entry:
    """Return a text as the sheet shows it; one that the format hides is a hidden entry."""
    shown = number_format.show_text(text, code)
    return Entry(text, True, notes) if text and not shown else Entry(shown, notes=notes)


def build_sheet(sheet: Sheet, file: str, limits: ReadingLimits) -> tuple[Grid | Paragraph, ...]:
    """Return the grid of *sheet* (none when it has no text), text under merged cells, and its asides.

    Raises:
        DocumentError: The sheet is over the limit.
    """
    merges = _sort_out(sheet, file, limits)
    rows, columns = _measure(sheet.entries, merges)
    if not rows:
        return tuple(sheet.asides)
    check_extent(rows, columns, say(f"工作表 {sheet.name}", f"sheet {sheet.name}"), file, limits)
    clipped = {place: _clip(span, rows, columns) for place, span in merges.items()}
    covered = _list_covered(clipped.values())
    cells = tuple(
        _build_cell(sheet, row, column, clipped.get((row, column)))
        for row in range(rows)
        for column in range(columns)
        if (row, column) not in covered
    )
    under = tuple(
        Paragraph(text=entry.text, origin=f"{name_cell(sheet.name, *place)}（合并单元格下的文字）")
        for place, entry in sorted(sheet.entries.items())
        if place in covered and entry.text.strip()
    )
    notes = ("hidden_sheet",) if sheet.hidden else ()
    grid = Grid(name=sheet.name, cells=cells, rows=rows, columns=columns, origin=sheet.name, notes=notes)
    return (grid, *under, *sheet.asides)


def notice_hidden(sheet: Sheet) -> Iterator[Problem]:
    """Yield at most one notice: the sheet, or rows or columns with text, are out of sight."""
    if not sheet.entries:
        return
    if sheet.hidden:
        message = say(
            f"工作表 {sheet.name} 是隐藏的，已读入并注明", f"sheet {sheet.name} is hidden; it was read and is marked"
        )
        yield Problem(message=message)
    elif any(row in sheet.hidden_rows or column in sheet.hidden_columns for row, column in sheet.entries):
        message = say(
            f"工作表 {sheet.name} 有隐藏的行或列，已读入并注明",
            f"sheet {sheet.name} has hidden rows or columns; they were read and are marked",
        )
        yield Problem(message=message)


def show_places(names: Sequence[str]) -> str:
    """Return the first few of some places, for a message."""
    return say("、", ", ").join(names[:_SHOWN_PLACES]) + ("…" if len(names) > _SHOWN_PLACES else "")


def name_cell(sheet: str, row: int, column: int) -> str:
    """Return ``Sheet1!E14`` for 0-based (13, 4)."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{sheet}!{letters}{row + 1}"


def parse_cell_name(name: str) -> tuple[int, int] | None:
    """Return 0-based (row, column) of ``E14`` or ``$E$14``; None when it is no cell name."""
    plain = name.replace("$", "").upper()
    letters = plain.rstrip("0123456789")
    digits = plain[len(letters) :]
    if not digits or not 0 < len(letters) <= 3 or not all("A" <= letter <= "Z" for letter in letters):
        return None
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(digits) - 1, column - 1


def parse_range(name: str) -> Span | None:
    """Return ``B2:D4`` as a span; None when it is no range."""
    first, _, last = name.partition(":")
    start, end = parse_cell_name(first), parse_cell_name(last or first)
    return Span(*start, *end) if start and end else None


def _build_cell(sheet: Sheet, row: int, column: int, span: Span | None) -> Cell:
    entry = sheet.entries.get((row, column), Entry(""))
    rows = range(row, span.bottom + 1) if span else range(row, row + 1)
    columns = range(column, span.right + 1) if span else range(column, column + 1)
    out_of_sight = sheet.hidden_rows.issuperset(rows) or sheet.hidden_columns.issuperset(columns)
    return Cell(
        text=entry.text,
        row=row,
        column=column,
        row_span=len(rows),
        column_span=len(columns),
        origin=name_cell(sheet.name, row, column),
        hidden=entry.hidden or sheet.hidden or out_of_sight,
        notes=entry.notes,
    )


def _sort_out(sheet: Sheet, file: str, limits: ReadingLimits) -> dict[tuple[int, int], Span]:
    """Return the merged ranges by their upper left corner, without single cells and those that overlap an earlier one.

    Raises:
        DocumentError: Together they cover more rows than a file may have cells.
    """
    last = max((row for row, _ in sheet.entries), default=0) + _TALLEST_MERGE
    kept: dict[tuple[int, int], Span] = {}
    taken: dict[int, list[tuple[int, int]]] = {}
    seen = 0
    for span in sheet.merges:
        rows = range(span.top, min(span.bottom, last) + 1)
        seen += len(rows)
        if seen > limits.cells:
            message = say(f"工作表 {sheet.name} 的合并单元格太多", f"sheet {sheet.name} has too many merged cells")
            raise refuse(file, message, say("删去不用的行，或拆成几个文件", "delete unused rows, or split the file"))
        if not rows or span.right < span.left or span[:2] == span[2:]:
            continue
        if any(left <= span.right and span.left <= right for row in rows for left, right in taken.get(row, ())):
            continue
        kept[span.top, span.left] = span
        for row in rows:
            taken.setdefault(row, []).append((span.left, span.right))
    return kept


def _measure(entries: Mapping[tuple[int, int], Entry], merges: Mapping[tuple[int, int], Span]) -> tuple[int, int]:
    rows = columns = 0
    for (row, column), entry in entries.items():
        if not entry.text.strip():
            continue
        span = merges.get((row, column), Span(row, column, row, column))
        rows = max(rows, row + 1 if span.bottom - row >= _TALLEST_MERGE else span.bottom + 1)
        columns = max(columns, column + 1 if span.right - column >= _WIDEST_MERGE else span.right + 1)
    return rows, columns


def _clip(span: Span, rows: int, columns: int) -> Span:
    return Span(span.top, span.left, min(span.bottom, rows - 1), min(span.right, columns - 1))


def _list_covered(spans: Iterable[Span]) -> set[tuple[int, int]]:
    return {
        (row, column)
        for span in spans
        for row in range(span.top, span.bottom + 1)
        for column in range(span.left, span.right + 1)
        if (row, column) != (span.top, span.left)
    }
