"""JSON Pointer → offsets, the quick way, by what reading gives away for nothing.

The scanner finishes objects in the order of their closing braces, so the k-th finished object ends at the k-th ``}`` of
the text, provided that no string holds a brace. Inside its object a key is found by searching for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

from perflint.document.walk import skip_value
from perflint.pattern import LazyPattern

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

_BLANKS = " \n\r\t"
_COLON = LazyPattern(r"[ \t\n\r]*:[ \t\n\r]*")
_FIRST_INDICES = {str(index): index for index in range(100)}  # to look one up is quicker than to read it
_NO_LIST: tuple[list[Any], int] = ([], 0)


class _Leads(dict[str, str]):
    """What stands before the value of a key, built when first asked for; ``KeyError`` for a key that is not plain."""

    def __init__(self, colon: str) -> None:
        self._colon = colon

    def __missing__(self, key: str) -> str:
        if not _is_plain(key):
            raise KeyError(key)
        lead = self[key] = f'"{key}"{self._colon}'
        return lead


class Braces:
    """The objects of one JSON text and their braces.

    Args:
        text: Valid JSON.
        data: What it holds.
        finished: Every object of *data*, in the order of their closing braces.
    """

    __slots__ = (
        "_closings",
        "_colon",
        "_entered",
        "_finished",
        "_ids",
        "_is_reliable",
        "_opens",
        "_ranks",
        "_text",
    )

    def __init__(self, text: str, data: Any, finished: Sequence[dict[str, Any]]) -> None:
        self._text = text
        self._finished = finished
        self._entered: dict[str, Any] = {"": data}
        self._closings = _list_closings(text)  # the object of rank k ends at the k-th
        self._is_reliable = len(self._closings) == len(finished)
        self._ranks: dict[int, int] = {}
        self._ids: list[int] = []
        self._colon = ": " if '": ' in text[:100] else ":"  # where the rest is written otherwise, finding takes longer
        self._opens: bool | None = None

    def find(self, pointer: str) -> tuple[int, int] | None:
        """Return the offsets of the value of *pointer* or of the nearest around it; None when this way fails."""
        above, _, key = pointer.rpartition("/")
        owner = self._entered.get(above) or self._enter(above)
        if type(owner) is dict and key in owner:
            value, rank = owner[key], self._get_ranks().get(id(owner))
            if rank is not None and type(value) is not dict and "~" not in above and _is_plain(key):
                start = self._find_at_end(key, rank)
                if start is None:
                    start = self._find_own(key, rank)
                return None if start is None else (start, self._find_end(value, start))
        return self._find_whole(pointer, above, owner)

    def find_all(self, pointers: Iterable[str]) -> list[tuple[int, int] | None]:
        """Return what ``find`` returns for each of *pointers*; a member of a row is found in half as many steps."""
        lists: dict[str, tuple[list[Any], int]] = {}
        text, closings, finished, leads = self._text, self._closings, self._finished, _Leads(self._colon)
        places: list[tuple[int, int] | None] = []
        for pointer in pointers:
            place = None
            try:
                above, index, key = pointer.rsplit("/", 2)
                rows, first = lists.get(above) or lists.setdefault(above, self._enter_list(above))
                number = _FIRST_INDICES[index] if index in _FIRST_INDICES else _read_index(index)
                row, rank = rows[number], first + number
                if finished[rank] is row and key in row:
                    before, closing = closings[rank - 1] if rank else 0, closings[rank]
                    if not number:  # what is around the rows stands before the first
                        before = max(text.rfind("{", before, closing), before)
                    piece, lead = text[before:closing], leads[key]
                    at = piece.rfind(lead) + len(lead)
                    # Where nothing is escaped, no string holds a quotation mark.
                    if at >= len(lead) and "\\" not in piece:
                        start = before + at
                        if piece[at] == '"':
                            place = start, before + piece.find('"', at + 1) + 1
                        elif piece[at] not in _BLANKS:
                            place = start, before + skip_value(piece, at)[1]
            except (LookupError, ValueError):
                pass  # no member of a row
            places.append(place or self.find(pointer))
        return places

    def _enter_list(self, pointer: str) -> tuple[list[Any], int]:
        """Return the list at *pointer* and the rank of its first object; an empty one when this way fails.

        Where no row holds an object, the ranks of the rows follow one another.
        """
        rows = self._enter(pointer)
        if not self._is_reliable or type(rows) is not list or not rows or "~" in pointer:
            return _NO_LIST
        if not self._ids:
            self._ids = list(map(id, self._finished))
        return (rows, self._ids.index(id(rows[0]))) if type(rows[0]) is dict else _NO_LIST

    def _get_ranks(self) -> dict[int, int]:
        """Return the rank of each object by its identity; empty when this way fails."""
        if not self._ranks and self._is_reliable:
            self._ranks = dict(zip(map(id, self._finished), count()))
        return self._ranks

    def _find_whole(self, pointer: str, above: str, owner: Any) -> tuple[int, int] | None:
        """Return the offsets of the object that *pointer* names, or of the one around what it names in vain."""
        if owner is None and above:
            return self.find(above)
        value = owner.get(pointer[len(above) + 1 :], owner) if type(owner) is dict else self._enter(pointer)
        rank = self._get_ranks().get(id(value if type(value) is dict else owner))
        if rank is None or "~" in pointer or type(value) is not dict or not self._knows_openings():
            return None
        return self._find_opening(rank), self._closings[rank] + 1

    def _knows_openings(self) -> bool:
        """Whether no string holds an opening brace."""
        if self._opens is None:
            self._opens = self._text.count("{") == len(self._finished)
        return self._opens

    def _enter(self, pointer: str) -> Any:
        """Return the value at *pointer*, None when there is none."""
        above, slash, token = pointer.rpartition("/")
        if not slash:
            return None
        outer = self._entered.get(above) or self._enter(above)
        try:
            inner = outer[_read_index(token)] if type(outer) is list else outer[token]
        except (LookupError, TypeError, ValueError):
            inner = None
        self._entered[pointer] = inner
        return inner

    def _find_at_end(self, key: str, rank: int) -> int | None:
        """Return the offset of the value of *key* when it stands after all objects inside its own; else None."""
        text, closings = self._text, self._closings
        before, closing = closings[rank - 1] if rank else 0, closings[rank]
        at = text.rfind(f'"{key}":', before, closing)
        # Behind the last opening brace all is the object's own. An escaped quotation mark belongs to a string.
        if at <= text.rfind("{", before, closing) or text[at - 1] == "\\":
            return None
        at += len(key) + 3
        while text[at] in _BLANKS:
            at += 1
        return at

    def _find_own(self, key: str, rank: int) -> int | None:
        """Return the offset of the value of *key* in the object of that *rank*, not in one inside it."""
        if not self._knows_openings():
            return None
        text, quoted = self._text, f'"{key}"'
        at, closing = self._find_opening(rank), self._closings[rank]
        known, depth = at + 1, 0
        while (at := text.find(quoted, at + 1, closing)) >= 0:
            # Only a key is followed by a colon.
            colon = _COLON.match(text, at + len(quoted))
            if colon is None or text[at - 1] == "\\":
                continue
            depth += text.count("{", known, at) - text.count("}", known, at)
            known = at
            if not depth:
                return colon.end()
        return None

    def _find_end(self, value: Any, start: int) -> int:
        text = self._text
        if type(value) is str:
            end = text.find('"', start + 1)
            if text[end - 1] != "\\":
                return end + 1
        elif type(value) is list and value and type(value[-1]) is dict:
            rank = self._get_ranks()[id(value[-1])]
            return text.index("]", self._closings[rank]) + 1
        after: int = skip_value(text, start)[1]
        return after

    def _find_opening(self, rank: int) -> int:
        """Return the offset of the brace that opens the object of that *rank*.

        Of the objects in one that holds others, the one that is finished first stands at the end of a chain of first
        members, and between the brace before its closing one and that, only the braces of the chain open.
        """
        within = self._text.rfind("{", self._closings[rank - 1] if rank else 0, self._closings[rank])
        if within >= 0:
            return within
        links = 0
        inner: dict[str, Any] | None = self._finished[rank]
        while inner is not None:
            first = inner
            links += 1
            inner = _get_first_object(first.values())
        rank = self._get_ranks()[id(first)]
        opening = self._closings[rank]
        for _ in range(links):
            opening = self._text.rfind("{", 0, opening)
        return opening


def _list_closings(text: str) -> list[int]:
    """Return where the closing braces of *text* stand: to search for the next is quicker than to split the text."""
    found, find = list[int](), text.find
    at = find("}")
    while at >= 0:
        found.append(at)
        at = find("}", at + 1)
    return found


def _is_plain(key: str) -> bool:
    """Whether *key* in quotation marks can be nothing else: another could be written by escapes, or ``", "``."""
    return key.replace("-", "_").isidentifier()


def _read_index(token: str) -> int:
    """Return the number that *token* is in a pointer; ``ValueError`` for ``-1`` and ``01``, which name nothing."""
    index = int(token)
    if index < 0 or str(index) != token:
        raise ValueError(token)
    return index


def _get_first_object(values: Iterable[Any]) -> dict[str, Any] | None:
    for value in values:
        if type(value) is dict:
            return value
        if type(value) is list:
            inner = _get_first_object(value)
            if inner is not None:
                return inner
    return None
