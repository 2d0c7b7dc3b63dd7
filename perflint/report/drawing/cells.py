"""What all blocks are made of: headings, cells, rows of label and value, lists with merged cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from perflint.document.pointer import join_pointer
from perflint.finding import DrawnBlock, DrawnCell
from perflint.language import say
from perflint.report.printed import print_text
from perflint.schema.model import load_model
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any, TypeAlias

Row = tuple[DrawnCell, ...]
Values: TypeAlias = "Mapping[str, Any]"


class Column(NamedTuple):
    """A column of a list: its heading, the field it shows, and whether equal neighbours share one cell."""

    title: str
    field: str
    merged: bool = False


def name_field(record: str, name: str) -> str:
    """Return the title of a field in the language in force; a free line's key stands for itself."""
    field = load_model().records[record].fields.get(name)
    return say(field.title, field.title_en) if field is not None else name


def join(pointer: str, token: str | int) -> str:
    """Return the pointer of *token* below *pointer*."""
    return pointer + join_pointer((token,))


def draw_value(values: Values, pointer: str, name: str, *, across: int = 1, down: int = 1) -> DrawnCell:
    """Return the cell of *name*; where the form has none, an empty field that stands for nothing."""
    if name not in values:
        return DrawnCell("", (), across, down)
    return DrawnCell(print_text(values[name]), (join(pointer, name),), across, down)


def draw_pairs(record: str, values: Values, pointer: str, names: Iterable[str]) -> list[Row]:
    """Return label and value of each of *names* that the form has, two pairs a row, the last value filling its row."""
    present = [name for name in names if name in values]
    rows = []
    for start in range(0, len(present), 2):
        pair = present[start : start + 2]
        across = 1 if len(pair) == 2 else 3
        rows.append(tuple(cell for name in pair for cell in _draw_pair(record, values, pointer, name, across)))
    return rows


def _draw_pair(record: str, values: Values, pointer: str, name: str, across: int) -> Row:
    return DrawnCell(name_field(record, name)), draw_value(values, pointer, name, across=across)


def draw_wide(record: str, values: Values, pointer: str, name: str) -> list[Row]:
    """Return one row whose value takes the room of two pairs, none where the form has no such cell."""
    return [_draw_pair(record, values, pointer, name, 3)] if name in values else []


def choose_columns(
    record: str, rows: Sequence[Values], names: Iterable[str], merged: Sequence[str] = ()
) -> list[Column]:
    """Return a column for each of *names* that any of *rows* has."""
    present = {name for row in rows for name in row}
    return [Column(name_field(record, name), name, name in merged) for name in names if name in present]


def draw_head(columns: Sequence[Column]) -> Row:
    """Return the row of headings."""
    return tuple(DrawnCell(column.title) for column in columns)


def draw_list(rows: Sequence[tuple[str, Values]], columns: Sequence[Column]) -> list[Row]:
    """Return the cells of *rows*, pointer and values each; equal neighbours of merged columns become one cell.

    A merged column ends its cells where the merged column before it does, as levels of a form do.
    """
    drawn: list[list[DrawnCell]] = [[] for _ in rows]
    ends = {len(rows)}
    for column in columns:
        if column.merged:
            ends |= set(_find_ends(rows, column.field))
        spans = sorted(ends) if column.merged else range(1, len(rows) + 1)
        start = 0
        for end in spans:
            drawn[start].append(_draw_span(rows[start:end], column.field))
            start = end
    return list(map(tuple, drawn))


def _find_ends(rows: Sequence[tuple[str, Values]], field: str) -> Iterator[int]:
    for index in range(1, len(rows)):
        before, here = rows[index - 1][1].get(field), rows[index][1].get(field)
        if before != here or not here:
            yield index


def _draw_span(rows: Sequence[tuple[str, Values]], field: str) -> DrawnCell:
    pointers = tuple(join(pointer, field) for pointer, values in rows if field in values)
    return DrawnCell(print_text(rows[0][1].get(field)), pointers, down=len(rows))


def list_rows(values: Values, pointer: str, name: str) -> list[tuple[str, Values]]:
    """Return pointer and values of each row of the list *name*, none where the form has no such list."""
    found = values.get(name)
    if not isinstance(found, list):
        return []
    return [(f"{pointer}/{name}/{index}", row) for index, row in enumerate(found) if isinstance(row, Mapping)]


def block(title: str, pointer: str, rows: Sequence[Row]) -> Iterator[DrawnBlock]:
    """Yield the block, unless it has no row."""
    if rows:
        yield DrawnBlock(title, pointer, tuple(rows))
