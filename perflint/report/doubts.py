"""What the reader of an original was not sure of: rows that may be read wrongly, tables that may lack rows.

A document keeps it in ``x-notices`` and ``unread``, by where it stands in the original.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping

from perflint.language import say
from perflint.pattern import LazyPattern
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

_OF_ROWS = "row_doubtful"  # not row_displaced: cells that lost their places are nearly always told by their content
_OF_TABLES = "broken_off"
_ROW = LazyPattern(r"(?P<before>.*?)(?:第(?P<row>[0-9]+)行(?:第[0-9]+列)?|(?<=!)[A-Z]+(?P<cell>[0-9]+))$")
_AFTER = 2  # rows below a list that may still belong to it


class Row(NamedTuple):
    """A row of an original: what stands before its number, and the number."""

    grid: str
    number: int


class Doubts:
    """Knows what in a document may be read wrongly."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Look at the notices of *data*; a document that was written as JSON has none."""
        self._origins: Mapping[str, str] = data.get("origins") or {}
        notices = [*_list_notices(data)]
        self._rows = {_find_row(origin) for code, origin in notices if code == _OF_ROWS} - {None}
        self._tables = {*self._list_torn(data)}
        if data["tables"] and any(code == _OF_TABLES for code, _ in notices):
            self._tables.add(f"/tables/{len(data['tables']) - 1}")

    def find(self, at: str, others: Iterable[str]) -> str:
        """Return why a finding at *at* that looked at *others* is no sure error, to add to its message; empty if it is.

        A cell may be misread, or all rows count of a table that may lack some.
        """
        if self._rows and any(map(self._is_doubtful, (at, *others))):
            return say("（这一行可能读错，先对照原件）", " (this row may be misread; compare the original first)")
        if at.removesuffix("/indicators") in self._tables:
            return say("（这张表可能没有读全，先对照原件）", " (rows may be missing; compare the original first)")
        return ""

    def _is_doubtful(self, pointer: str) -> bool:
        while pointer.count("/") > 2:  # below a table
            if self._find_origin(pointer) in self._rows:
                return True
            pointer = pointer.rpartition("/")[0]
        return False

    def _find_origin(self, pointer: str) -> Row | None:
        return _find_row(self._origins.get(pointer, ""))

    def _list_torn(self, data: Mapping[str, Any]) -> Iterator[str]:
        """Yield the tables with texts that nobody read among the rows of their indicators, or close below."""
        unread: dict[str, list[int]] = {}
        for one in data.get("unread") or ():
            row = None if one.get("label") else _find_row(one.get("origin") or "")
            if row is not None:
                unread.setdefault(row.grid, []).append(row.number)
        for numbers in unread.values():
            numbers.sort()
        for number, table in enumerate(data["tables"] if unread else ()):
            count = len(table.get("indicators") or ())
            found = (self._find_origin(f"/tables/{number}/indicators/{at}") for at in range(count))
            rows = [row for row in found if row is not None]
            if rows:
                numbers = unread.get(rows[0].grid, [])
                if bisect(numbers, rows[0].number) < bisect(numbers, rows[-1].number + _AFTER):
                    yield f"/tables/{number}"


def _list_notices(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield code and origin of each notice; what others keep under the key is passed over."""
    notices = data.get("x-notices")
    for one in notices if isinstance(notices, list) else ():
        if isinstance(one, dict) and isinstance(one.get("code"), str) and isinstance(one.get("origin"), str):
            yield one["code"], one["origin"]


def _find_row(origin: str) -> Row | None:
    found = _ROW.fullmatch(origin)
    return Row(found["before"], int(found["row"] or found["cell"])) if found is not None else None
