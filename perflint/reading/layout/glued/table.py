"""Paragraphs in which the cells of a table run together, as grids: where its words and its targets tell them apart.

一级指标二级指标三级指标指标值产出指标数量指标辅导课程次数≥6次 ──split_glued──▶ Grid

Only a text with the words of an indicator header side by side is taken. What cannot be told apart for certain is put in
a cell of its own that nothing reads, with a mark.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import NamedTuple

from perflint.errors import Problem
from perflint.language import say
from perflint.reading.cell.fold import simplify
from perflint.reading.form.template import Form
from perflint.reading.grid import Grid, Paragraph, Source
from perflint.reading.layout.glued.bare import may_be_bare, split_bare
from perflint.reading.layout.glued.build import GluedTable, build_grid
from perflint.reading.layout.glued.closing import list_closes
from perflint.reading.layout.glued.head import cut_head
from perflint.reading.layout.glued.header import GluedHeader, find_glued_header
from perflint.reading.layout.glued.letters import Letters, spell_out
from perflint.reading.layout.glued.passage import Passage
from perflint.reading.layout.glued.rows import GluedRow, cut_rows
from perflint.reading.layout.glued.target import list_ends
from perflint.reading.layout.glued.words import Words, gather_words, list_openers, list_openings
from perflint.reading.layout.titles import is_title
from perflint.record import replace

_HEADINGS = 4  # first-level headings in a part of a text that is looked at
_OVERLAP = 4  # letters of a heading, within which the header may begin all the same
_FARTHEST = 30  # paragraphs from a title to the header under it
_TITLE = re.compile(r"绩效[^，。；：:\n]{0,24}?表(?:\s*[（(][^（()）\n]{0,12}[)）])?")
_TRADITIONAL = re.compile("[標級績]")
_LONGEST_TITLE = 70
_BREAK = re.compile(r"[\s。；！？!?]")
_BESIDE = ("project.", "organization.", "unread")


def split_glued(source: Source, form: Form, forms: Sequence[Form]) -> Source:
    """Return the source with such paragraphs made into grids, and a notice for each table that stays as it is."""
    openers = list_openers(form)
    texts = [block for block in source.blocks if isinstance(block, Paragraph)]
    if not any(_opens(one.text, openers) for one in texts):
        # Rows that some grid goes on with are none of their own.
        bare = len(texts) == len(source.blocks) and may_be_bare(texts, forms)
        return replace(source, blocks=tuple(split_bare(texts, gather_words(form, forms), forms))) if bare else source
    splitter = _Splitter(gather_words(form, forms))
    blocks: list[Grid | Paragraph] = []
    for _, group in groupby(source.blocks, key=lambda block: isinstance(block, Paragraph)):
        run = list(group)
        paragraphs = [block for block in run if isinstance(block, Paragraph)]
        blocks += splitter.split(paragraphs) if paragraphs else run
    return replace(source, blocks=tuple(blocks), notices=(*source.notices, *splitter.problems))


def _opens(text: str, openers: Sequence[str]) -> bool:
    compact = "".join(text.split())
    if any(word in compact for word in openers):
        return True
    traditional = _TRADITIONAL.search(compact) is not None
    return traditional and any(word in simplify(compact) for word in openers)


class _Found(NamedTuple):
    """A table in a run of paragraphs.

    Attributes:
        start: The paragraph where it begins.
        outside: What stands before it in that paragraph, and its title.
        left: What is left of the paragraphs that it takes.
        end: The first paragraph that it does not take.
    """

    start: int
    outside: list[Paragraph]
    grid: Grid
    left: list[Paragraph]
    end: int


class _Window(NamedTuple):
    """A part of a paragraph, from *offset* on, and its letters."""

    paragraph: Paragraph
    offset: int
    printed: Letters

    def place_of(self, at: int) -> int:
        """Return where a letter stands in the paragraph."""
        return self.offset + self.printed.place_of(at)


class _Splitter:
    """Splits runs of paragraphs; ``problems`` says which tables could not be told apart."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._heading = re.compile("|".join(map(re.escape, words.openers)))
        self.problems: list[Problem] = []

    def split(self, run: Sequence[Paragraph]) -> Iterator[Grid | Paragraph]:
        """Yield a run with its tables as grids; every piece of its text is in exactly one."""
        todo = list(reversed(run))
        seen: list[Paragraph] = []
        while todo:
            paragraph = todo.pop()
            found = self._find(seen, paragraph, todo) if _opens(paragraph.text, self._words.openers) else None
            if found is None:
                seen.append(paragraph)
                continue
            yield from seen[: found.start]
            yield from found.outside
            yield found.grid
            seen = []
            del todo[len(todo) - found.end :]
            todo += reversed(found.left)
        yield from seen

    def _find(self, seen: Sequence[Paragraph], paragraph: Paragraph, todo: Sequence[Paragraph]) -> _Found | None:
        """Return the first table whose header stands in a paragraph.

        Args:
            seen: the paragraphs before it.
            todo: those behind it, the next last.
        """
        untold: list[GluedHeader] = []
        offset = 0
        while offset < len(paragraph.text):
            end = self._find_window(paragraph.text, offset)
            found = self._look(seen, _Window(paragraph, offset, spell_out(paragraph.text[offset:end])), todo, untold)
            if found is not None:
                return found
            offset = end
        self._tell(paragraph, untold)
        return None

    def _find_window(self, text: str, start: int) -> int:
        """Return the end of a part of a text with a header or two: what is behind is looked at when its turn comes."""
        headings = islice(self._heading.finditer(text, start + 1), _HEADINGS, None)
        return next((one.start() for one in headings), len(text))

    def _look(
        self, seen: Sequence[Paragraph], window: _Window, todo: Sequence[Paragraph], untold: list[GluedHeader]
    ) -> _Found | None:
        """Return the first table whose header stands in a part of a paragraph; note the headers of others."""
        printed = window.printed
        openings = list(list_openings(printed.letters, self._words.openers))
        begin = end = 0  # of the last words of a header below which nothing could be told apart
        for opening in openings:
            if begin + _OVERLAP <= opening < end:
                continue
            header = find_glued_header(printed, opening, self._words)
            if header is None:
                continue
            later = openings[bisect_left(openings, header.end) :][:1]
            stop = window.place_of(later[0] if later else len(printed.letters))
            found = self._read(seen, window, header, stop, todo)
            overlaps = opening < end and bool(untold)  # the same words, parted otherwise
            if found is not None:
                self._tell(window.paragraph, untold[: len(untold) - overlaps])
                return found
            if header.heads_list:
                untold[len(untold) - overlaps :] = [header]
            begin, end = opening if opening >= end else begin, max(header.end, end)
        return None

    def _tell(self, paragraph: Paragraph, headers: Sequence[GluedHeader]) -> None:
        for header in headers:
            shown = "".join(cell.text for cell in header.cells)[:40]
            text = say(
                f"“{shown}”下面的单元格连在一起，分不清，没有读",
                f"the cells under {shown} run together and were not read",
            )
            self.problems.append(Problem(message=text, pointer=paragraph.origin))

    def _read(
        self, seen: Sequence[Paragraph], window: _Window, header: GluedHeader, stop: int, todo: Sequence[Paragraph]
    ) -> _Found | None:
        """Return the table of a header; None where none of its rows can be told apart.

        Args:
            stop: where the text below it ends at the latest.
        """
        paragraph, printed = window.paragraph, window.printed
        behind = Passage.of([paragraph]).part(window.place_of(header.end), stop)
        lined = not behind.text.strip() and stop == len(paragraph.text)
        if not header.is_plain or not (lined or self._words.find_level(printed, header.end) > header.end):
            return None
        rest = Passage.of([paragraph]).part(stop).list_paragraphs()
        end = 0
        while end < len(todo) and not rest and self._goes_on(todo[-1 - end].text, lined=lined):
            end += 1
        below = list(reversed(todo[len(todo) - end :]))
        body, left = (Passage.of(below), []) if lined else self._cut_text(Passage.join(behind, Passage.of(below)))
        rows = cut_rows(body.text, header.fields, self._words, lined=lined)
        if lined:
            rows, body, left = _drop_tail(rows, body)
        if not any(row.parts is not None for row in rows):
            return None
        begin = window.place_of(header.begin)
        start = _find_start(seen, paragraph.text[:begin])
        over = Passage.of([*seen[start:], paragraph])
        over = over.part(0, len(over.text) - len(paragraph.text) + begin)
        title = _find_title(over.text, self._words)
        outside = over.part(0, title[0]).list_paragraphs() if title else []
        if title:
            outside += over.part(*title).list_paragraphs()
            over = over.part(title[1])
        entries = cut_head(over.text, self._words, lined=lined)
        grid = build_grid(GluedTable(header, over, tuple(entries), body, tuple(rows), paragraph.origin))
        return _Found(start, outside, grid, [*left, *rest], end)

    def _goes_on(self, text: str, *, lined: bool) -> bool:
        """Tell whether the rows of a table may go on in the next paragraph."""
        if is_title(text, self._words.form) or _opens(text, self._words.openers):
            return False
        printed = spell_out(text)
        return next(list_closes(printed, self._words), -1) != 0 and (lined or self._holds_level(printed))

    def _cut_text(self, whole: Passage) -> tuple[Passage, list[Paragraph]]:
        """Return the rows of a text behind a header, and what stands below them."""
        title = _TITLE.search(whole.text)
        stop = title.start() if title else len(whole.text)
        closes = [place for place in list_closes(spell_out(whole.text), self._words) if place < stop]
        cuts = [*closes, stop] if closes or title is None else [_find_stop(whole.text, stop)]
        ends = [*cuts[1:], len(whole.text)]
        left = [one for cut, last in zip(cuts, ends, strict=True) for one in whole.part(cut, last).list_paragraphs()]
        return whole.part(0, cuts[0]), left

    def _holds_level(self, printed: Letters) -> bool:
        return any(self._words.find_level(printed, at) > at for at in range(len(printed.letters)))


def _drop_tail(rows: list[GluedRow], body: Passage) -> tuple[list[GluedRow], Passage, list[Paragraph]]:
    """Leave the lines below the last row that was told apart as they are, unless they print a level."""
    last = max((number for number, row in enumerate(rows) if row.parts is not None), default=-1)
    if last < 0 or last + 1 == len(rows) or any(row.levels or row.leveled for row in rows[last + 1 :]):
        return rows, body, []
    cut = rows[last + 1].place
    return rows[: last + 1], body.part(0, cut), body.part(cut).list_paragraphs()


def _find_start(seen: Sequence[Paragraph], before: str) -> int:
    """Return the paragraph where a table begins: the last with a title; that of its header where there is none.

    Args:
        before: what stands before the header in its own.
    """
    if _TITLE.search(before):
        return len(seen)
    near = range(len(seen) - 1, max(0, len(seen) - _FARTHEST) - 1, -1)
    return next((at for at in near if _TITLE.search(seen[at].text)), len(seen))


def _find_stop(text: str, title: int) -> int:
    """Return where the title of the next table begins, whose first words run together with the last target."""
    lowest = max(0, title - _LONGEST_TITLE)
    ends = list_ends(text[lowest:title], ())
    return lowest + ends[-1] if ends else title


def _find_title(text: str, words: Words) -> tuple[int, int] | None:
    """Return where the title over a table begins and ends, the last in its text; None where there is none.

    A project may be called after a table: what stands behind its label is no title.
    """
    for found in reversed(list(_TITLE.finditer(text))):
        lowest = max(0, found.end() - _LONGEST_TITLE)
        breaks = [one.end() for one in _BREAK.finditer(text, lowest, found.start())]
        begin = breaks[-1] if breaks else lowest
        if not _holds_label(spell_out(text[begin : found.end()]), words):
            return begin, found.end()
    return None


def _holds_label(printed: Letters, words: Words) -> bool:
    """Tell whether a text holds the label of a project, a unit, or of what stands beside them."""
    for at in range(len(printed.letters)):
        labels = words.form.labels_by_name.get(printed.letters[at : words.find_label(printed, at)], ())
        if any(label.field.startswith(_BESIDE) for label in labels):
            return True
    return False
