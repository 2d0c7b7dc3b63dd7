"""The words of a header that run together: 一级指标二级指标三级指标指标值 to its cells.

Letters ──find_glued_header──▶ GluedHeader
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perflint.reading.cell.fold import list_keys
from perflint.reading.header.words import INDICATORS, fields_of
from perflint.reading.layout.glued.letters import Letters
from perflint.reading.layout.glued.words import Words
from perflint.record import dataclass

_MOST_STEPS = 64
_MOST_CELLS = 16
_FEWEST_CELLS = 3
_CONTEXT = 14  # letters of the heading of the list, before its header
_REMARK = 14  # characters of a remark in brackets behind a header word
_LEVELS = ("level1", "level2")
_NAMED, _AIMED = frozenset(_LEVELS), frozenset({"level1", "name", "value"})
_BEHIND = ("comparator", "value", "unit", "weight", "remark")  # the columns right of the name, in this order


class HeaderCell(NamedTuple):
    """A word of a header: its text as printed, its letters, what its column holds."""

    text: str
    begin: int
    end: int
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GluedHeader:
    """A header whose words run together.

    Attributes:
        context: The heading of the list before it (绩效指标), None when there is none.
        begin, end: Its letters, the context among them.
    """

    context: HeaderCell | None
    cells: tuple[HeaderCell, ...]
    begin: int
    end: int

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(cell.field for cell in self.cells)

    @property
    def heads_list(self) -> bool:
        """Whether it is the header of indicators, all of its words known or not."""
        return any(names <= set(self.fields) for names in (_NAMED, _AIMED))

    @property
    def is_plain(self) -> bool:
        """Whether levels, a name and a target follow one another, with at most a unit, a weight and a remark behind.

        Two texts side by side that nothing parts, a name and what explains it, cannot be told apart.
        """
        fields = self.fields
        behind = fields[fields.index("name") + 1 :] if "name" in fields else ()
        levels = fields[: len(fields) - len(behind) - 1]
        ordered = [field for field in _BEHIND if field in behind]
        return levels in {_LEVELS, _LEVELS[:1]} and list(behind) == ordered and "value" in behind


def find_glued_header(printed: Letters, at: int, words: Words) -> GluedHeader | None:
    """Return the header that begins with the first-level heading at a letter; None where none does.

    Not all of its words need be known. Of the ways to part its letters, the one that reaches farthest with the fewest.
    """
    best: list[tuple[int, int, int]] = []
    steps = 0
    stack: list[tuple[tuple[int, int, int], ...]] = [()]
    while stack and steps < _MOST_STEPS:
        steps += 1
        way = stack.pop()
        start = way[-1][2] if way else at
        if len(way) >= _FEWEST_CELLS and (not best or (start, -len(way)) > (best[-1][2], -len(best))):
            best = list(way)
        if len(way) < _MOST_CELLS:
            stack += [(*way, _close(printed, start, end)) for end in reversed(words.list_header_ends(printed, start))]
    if not best or not _is_glued(printed, best):
        return None
    cells = _name_cells(printed, best, words)
    context = _find_context(printed, at, words)
    return GluedHeader(context=context, cells=cells, begin=context.begin if context else at, end=best[-1][2])


def _close(printed: Letters, begin: int, end: int) -> tuple[int, int, int]:
    """Return where a header word begins and ends, and the first letter behind it and a remark in brackets."""
    place = printed.end_of(end)
    text = printed.text
    while place < len(text) and text[place].isspace():
        place += 1
    if text[place : place + 1] in {"(", "（"}:
        closed = min((found for mark in ")）" if (found := text.find(mark, place, place + _REMARK)) > 0), default=-1)
        if closed > 0:
            return begin, end, printed.find_letter(closed + 1)
    return begin, end, end


def _text_of(printed: Letters, cell: tuple[int, int, int]) -> str:
    return printed.text[printed.place_of(cell[0]) : printed.end_of(cell[2])].strip()


def _name_cells(printed: Letters, way: Sequence[tuple[int, int, int]], words: Words) -> tuple[HeaderCell, ...]:
    taken: set[str] = set()
    cells = []
    for cell in way:
        text = _text_of(printed, cell)
        fields = fields_of(text, INDICATORS, words.form) or ("unknown",)
        field = next((one for one in fields if one not in taken), "unknown")
        taken.add(field)
        cells.append(HeaderCell(text, cell[0], cell[2], field))
    return tuple(cells)


def _is_glued(printed: Letters, way: Sequence[tuple[int, int, int]]) -> bool:
    """Tell whether most words of a header have no blank between: what blanks part is read by its blanks."""
    joints = [printed.text[printed.end_of(cell[2]) : printed.place_of(cell[2])] for cell in way[:-1]]
    return sum(not joint.strip("|") and not joint for joint in joints) * 2 > len(joints)


def _find_context(printed: Letters, at: int, words: Words) -> HeaderCell | None:
    """Return the heading of the list that ends where a header begins, the longest."""
    for begin in range(max(0, at - _CONTEXT), at):
        keys = list_keys(printed.letters[begin:at])
        if any(words.form.contexts.get(key) == INDICATORS for key in keys) and printed.is_word(begin, at):
            text = printed.text[printed.place_of(begin) : printed.place_of(at)].strip()
            return HeaderCell(text, begin, at, "context")
    return None
