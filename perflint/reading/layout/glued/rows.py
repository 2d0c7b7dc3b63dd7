"""What stands below a header whose words run together: levels, and between them names and targets.

产出指标数量指标辅导课程次数≥6次学生满意度≥90% ──cut_rows──▶ rows, each with its levels
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from perflint.reading.cell.fold import fold_level
from perflint.reading.layout.glued.letters import Letters, spell_out
from perflint.reading.layout.glued.target import Parts, list_ends, split_row
from perflint.reading.layout.glued.words import Words
from perflint.record import dataclass, field

_SATISFIED = "满意度"
_BETWEEN = " \t\r\n\u3000；;。"  # what may stand between two rows
_OPENING, _CLOSING = frozenset("【["), frozenset("】]")  # around levels: 【产出指标-数量指标】
_JOINT = " \t\u3000-—－–/／、"
_REMARK = re.compile(r"\s*[（(][^（()）\n]{2,20}[)）]\s*分?")
_COLUMNS = ("level1", "level2")


class Level(NamedTuple):
    """A level word in running text.

    Attributes:
        first: Whether it is one of the first level.
        touches: No text stands between it and the level word before.
    """

    text: str
    begin: int
    end: int
    first: bool
    touches: bool


@dataclass(slots=True)
class GluedRow:
    """One row.

    Attributes:
        levels: Words printed in it, by their columns.
        parts: Its cells, None where there are none.
        unsure: What could not be told apart.
        leveled: Whether that begins with a level word.
        place: Where it begins in the text.
    """

    place: int
    levels: dict[str, str] = field(default_factory=dict)
    parts: Parts | None = None
    unsure: str = ""
    leveled: bool = False


@dataclass(slots=True)
class _State:
    """What came last: a text without a target (open), or level words with nothing beside them (bare).

    Attributes:
        headed: Any level word was met.
        alone: The last was one of the first level: the second may have run together with the name.
    """

    open: bool = False
    bare: bool = False
    headed: bool = False
    alone: bool = False


class Stretch(NamedTuple):
    """Level words side by side, and the text up to the next."""

    levels: tuple[Level, ...]
    text: str
    begin: int
    end: int
    starts_line: bool


def cut_rows(text: str, fields: tuple[str, ...], words: Words, *, lined: bool) -> list[GluedRow]:
    """Return the rows of a text.

    Args:
        lined: whether each row begins a line.
    """
    rows: list[GluedRow] = []
    state = _State()
    stretches = list(_list_stretches(text, words, lined=lined))
    repeated = _list_repeated(stretches)
    for number, stretch in enumerate(stretches):
        rows += _cut_stretch(stretch, fields, state, words, number in repeated, lined=lined)
    return list(_join_levels(rows))


def _join_levels(rows: Iterable[GluedRow]) -> Iterator[GluedRow]:
    """Yield the rows; level words without a row of their own stand beside the next row that has none of that level.

    What has no such row stays with the text that could not be told apart, or makes a blank row.
    """
    waiting: list[GluedRow] = []
    for row in rows:
        if row.parts is None:
            waiting.append(row)
            continue
        yield from _settle_levels(waiting, row)
        yield row
        waiting = []
    yield from _settle_levels(waiting, None)


def _settle_levels(waiting: Sequence[GluedRow], row: GluedRow | None) -> Iterator[GluedRow]:
    """Yield the rows without a target before a row, their levels handed down to it where it is of the same."""
    taken = set(row.levels) if row is not None else set(_COLUMNS)
    below: dict[str, str] = {}
    for one in reversed(waiting):
        for name in reversed(_COLUMNS):
            if name in one.levels and not taken & set(_COLUMNS[: _COLUMNS.index(name) + 1]):
                below[name] = one.levels.pop(name)
        taken |= set(one.levels) | set(below)
    if row is not None:
        row.levels = {**below, **row.levels}
    for one in waiting:
        if one.unsure:
            one.leveled = bool(one.levels)
            one.unsure = "".join((*one.levels.values(), one.unsure))
            one.levels = {}
        if one.unsure or one.levels:
            yield one


def _cut_stretch(
    stretch: Stretch, fields: tuple[str, ...], state: _State, words: Words, repeated: bool, *, lined: bool
) -> Iterator[GluedRow]:
    levels, printed = stretch.levels, stretch.text.strip(_BETWEEN)
    if not _is_sure(stretch, state, repeated, lined=lined):
        state.open = True
        whole = "".join((*(level.text for level in levels), stretch.text)).strip()
        yield GluedRow(stretch.begin, unsure=whole, leveled=bool(levels))
        return
    state.headed, state.alone = state.headed or bool(levels), levels[-1].first if levels else state.alone
    named = {("level1" if level.first else "level2"): level.text for level in levels}
    if not printed:
        state.bare, state.open = bool(levels), state.open and not levels
        yield GluedRow(stretch.begin, named)
        return
    cells = None if state.alone and "level2" in fields else _split(stretch.text, fields, alone=lined)
    if cells is not None and any(words.is_heading(parts.name) for _, parts in cells):
        cells = None
    state.open, state.bare = cells is None, False
    if cells is None:
        yield GluedRow(stretch.begin, named, unsure=printed)
        return
    for number, (place, parts) in enumerate(cells):
        yield GluedRow(stretch.begin + place, named if number == 0 else {}, parts)


def _is_sure(stretch: Stretch, state: _State, repeated: bool, *, lined: bool) -> bool:
    """Tell whether a stretch begins where it seems to: its level may be part of a name, its text of a line above.

    Behind a text without a target, or a second level with nothing beside it, a level word within a line is none, and
    neither is one that comes twice.
    """
    if not stretch.levels:
        return state.headed and not state.open
    doubtful = (state.open or state.bare) and not stretch.starts_line
    return not doubtful or len(stretch.levels) > 1 or not (repeated or lined)


def _split(text: str, fields: tuple[str, ...], *, alone: bool) -> list[tuple[int, Parts]] | None:
    """Return the rows of a stretch and where each begins; None where not all of them can be told apart."""
    if alone and (parts := split_row(text, fields, alone=True)) is not None and not list_ends(parts.name, ()):
        return [(0, parts)]
    ends = list_ends(text, fields)
    if not ends or text[ends[-1] :].strip(_BETWEEN):
        ends.append(len(text))
    found: list[tuple[int, Parts]] = []
    begin = 0
    for end in ends:
        parts = split_row(text[begin:end], fields, alone=False)
        if parts is None:
            return None
        found.append((begin, parts))
        begin = end
    return found


def _list_stretches(text: str, words: Words, *, lined: bool) -> Iterator[Stretch]:
    begin = 0
    first: str | None = None
    for line in text.split("\n") if lined else [text]:
        printed = spell_out(line)
        levels = _name_levels(list(_find_levels(printed, words)), printed, words, first)
        first = next((level.text for level in reversed(levels) if level.first), first)
        ends = [*(level.begin for level in levels), len(line)]
        if line[: ends[0]].strip():
            yield Stretch((), line[: ends[0]], begin, begin + ends[0], starts_line=lined)
        at = 0
        while at < len(levels):
            last = at
            while (
                last + 1 < len(levels)
                and levels[last + 1].touches
                and levels[last].first
                and not levels[last + 1].first
            ):
                last += 1
            run = tuple(levels[at : last + 1])
            stop = ends[last + 1]
            starts = lined and not line[: run[0].begin].strip()
            yield Stretch(run, line[run[-1].end : stop], begin + run[0].begin, begin + stop, starts_line=starts)
            at = last + 1
        begin += len(line) + 1


def _find_levels(printed: Letters, words: Words) -> Iterator[tuple[int, int]]:
    """Yield the letters of each level word, from left to right."""
    at = 0
    satisfied = False
    while at < len(printed.letters):
        end = words.find_level(printed, at)
        if end == at and satisfied:
            end = words.find_satisfaction(printed, at)
        satisfied = end > at and fold_level(printed.letters[at:end]) == _SATISFIED
        if end > at:
            yield at, end
        at = max(end, at + 1)


def _name_levels(found: Sequence[tuple[int, int]], printed: Letters, words: Words, first: str | None) -> list[Level]:
    """Return the level words with their level; one that may be of either is of the first before one that it has.

    Args:
        first: the first level in force before them.
    """
    levels: list[Level] = []
    for number, (begin, end) in enumerate(found):
        text = printed.text[printed.place_of(begin) : printed.end_of(end)]
        stop = _find_end(printed, end)
        touches = number > 0 and _touches(printed, found[number - 1][1], begin)
        following = found[number + 1] if number + 1 < len(found) else None
        heads = False
        if following is not None and _touches(printed, end, following[0]):
            below = printed.text[printed.place_of(following[0]) : printed.end_of(following[1])]
            heads = words.known.has_parent(below, text)
        is_first = words.known.is_first(text) and (
            heads or not words.known.is_second(text) or first is None or not words.known.has_parent(text, first)
        )
        first = text if is_first else first
        start = printed.place_of(begin)
        word = printed.text[start:stop].strip()
        start -= printed.text[start - 1 : start] in _OPENING
        stop += printed.text[stop : stop + 1] in _CLOSING
        levels.append(Level(word, start, stop, is_first, touches))
    return levels


def _find_end(printed: Letters, end: int) -> int:
    """Return where a level ends, with its score or a remark in brackets: 产出指标（50分）."""
    place = printed.end_of(end)
    found = _REMARK.match(printed.text, place)
    return found.end() if found else place


def _touches(printed: Letters, end: int, begin: int) -> bool:
    return not printed.text[_find_end(printed, end) : printed.place_of(begin)].strip(_JOINT)


def _list_repeated(stretches: Sequence[Stretch]) -> set[int]:
    """Return the stretches whose second level comes twice under one first level."""
    repeated: set[int] = set()
    seen: dict[str, list[int]] = {}
    for number, stretch in enumerate(stretches):
        for level in stretch.levels:
            if level.first:
                repeated |= _take_repeated(seen.values())
                seen = {}
            else:
                seen.setdefault(fold_level(level.text), []).append(number)
    return repeated | _take_repeated(seen.values())


def _take_repeated(places: Iterable[list[int]]) -> set[int]:
    return {number for found in places if len(found) > 1 for number in found}
