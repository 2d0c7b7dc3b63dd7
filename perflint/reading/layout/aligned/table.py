"""Find aligned tables among paragraphs, and put their lines into grids.

Source ──split_aligned──▶ Source with a grid for what stands over the indicators and one for the indicators

What does not stand in columns stays as it was, for ``spaced`` and ``flow``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from perflint.reading.cell.fold import fold, list_keys
from perflint.reading.form.inline import split_inline
from perflint.reading.form.levels import LevelWords
from perflint.reading.form.template import Form, know_levels
from perflint.reading.grid import Grid, Paragraph, Source
from perflint.reading.header.words import INDICATORS, fields_of
from perflint.reading.layout.aligned.columns import AlignedColumn, AlignedHeader, find_columns, place, widen
from perflint.reading.layout.aligned.fragment import Fragment, Measure, choose_measure, join_texts, split_line
from perflint.reading.layout.aligned.head import build_head
from perflint.reading.layout.aligned.merged import build_list
from perflint.reading.layout.titles import is_furniture, is_title
from perflint.record import replace

_HEADER = 3  # lines looked at for a header
_SAMPLE = 60  # lines by which the measure is chosen
_FARTHEST = 40  # lines from a title to the header under it
_FEWEST = 3  # cells of a row
_MOST = 100  # cells of a header; each is compared with every other
_BETWEEN = 6  # lines from the foot of a page to the header repeated on the next
_TALLEST = 8  # lines of a word printed in a narrow column
_TAIL = 4  # columns of a piece of a word printed downwards
_NOTES = ("注：", "注:", "备注：", "备注:", "说明：", "说明:", "填表说明")


def split_aligned(source: Source, form: Form, forms: Sequence[Form]) -> Source:
    """Return the source with the lines of aligned tables made into grids.

    Args:
        forms: all forms, whose level words tell what a merged cell says: which of them it is, is not known yet.
    """
    words = know_levels(tuple(forms))
    blocks: list[Grid | Paragraph] = []
    for is_text, group in groupby(source.blocks, key=lambda block: isinstance(block, Paragraph)):
        run = list(group)
        paragraphs = [block for block in run if isinstance(block, Paragraph)]
        blocks += _Run(paragraphs, form, words).split() if is_text else run
    return replace(source, blocks=tuple(blocks))


class _Run:
    """Paragraphs one after another."""

    def __init__(self, run: Sequence[Paragraph], form: Form, words: LevelWords) -> None:
        self._run, self._form, self._words = run, form, words

    def split(self) -> Iterator[Grid | Paragraph]:
        """Yield the blocks that the paragraphs make."""
        done = at = 0
        while at < len(self._run):
            header = self._find_header(at)
            found = self._build(at, header, done) if header is not None else None
            if found is None:
                at += 1
                continue
            start, end, blocks = found
            if not blocks:
                at = end
                continue
            yield from self._run[done:start]
            yield from blocks
            done = at = end
        yield from self._run[done:]

    def _find_header(self, at: int) -> AlignedHeader | None:
        pieces = split_line(self._run[at], 0, len)
        if not 2 <= len(pieces) <= _MOST or not any(fields_of(one.text, INDICATORS, self._form) for one in pieces):
            return None  # before anything is measured: nearly every line is none
        measure = self._measure(at)
        lines = [split_line(one, number, measure) for number, one in enumerate(self._run[at : at + _HEADER + 1])]
        header = find_columns(lines[:_HEADER], self._form)
        if header is None or header.height == 1:
            return header
        lower = find_columns(lines[1:], self._form)  # the first line may be one of labels right above
        return header if lower is None or lower.score <= header.score else None

    def _measure(self, at: int) -> Measure:
        return choose_measure(self._run[at : at + _SAMPLE])

    def _build(self, at: int, header: AlignedHeader, done: int) -> tuple[int, int, list[Grid | Paragraph]] | None:
        start = self._find_start(at, done)
        measure = self._measure(at)
        found = self._collect(at, header, measure)
        if found is not None and not found[0]:  # the header again and again, each time with nothing below
            return at, max(found[2], at + 1), []
        grid = build_list(header, found[0], self._form, self._words) if found is not None else None
        if found is None or grid is None:
            return None
        _, aside, end = found
        over = [split_line(one, number, measure) for number, one in enumerate(self._run[start:at])]
        head = build_head(over, self._form)
        return start, end, [*([head] if head is not None else []), grid, *aside]

    def _find_start(self, header: int, done: int) -> int:
        """Return where the table begins, below its title."""
        for at in range(header - 1, max(done, header - _FARTHEST) - 1, -1):
            if is_title(self._run[at].text, self._form) and not self._is_label(self._run[at].text):
                return at + 1
        start = header
        while start > done and len(split_line(self._run[start - 1], 0, len)) > 1:
            start -= 1
        return start

    def _collect(
        self, at: int, header: AlignedHeader, measure: Measure
    ) -> tuple[list[tuple[Fragment, ...]], list[Paragraph], int] | None:
        """Return the lines of the list, what only pages print between them, and where the list ends.

        None when a row does not stand in the columns: blanks tell its cells apart, and nothing more.
        """
        first = at + header.height
        columns = widen(header.columns, [split_line(one, 0, measure) for one in self._run[first : first + _SAMPLE]])
        rows: list[tuple[Fragment, ...]] = []
        aside: list[Paragraph] = []
        here = first
        while here < len(self._run):
            line = split_line(self._run[here], len(rows), measure)
            again = self._find_repeated(here, at, header.height)
            if again is not None and (again > here or not self._stands_beside(rows, columns)):
                aside += self._run[here:again]
                here = again + header.height
                continue
            if self._ends(line, self._run[here].text, header) or self._find_header(here) is not None:
                break
            if place(line, columns) is None:
                if len(line) >= _FEWEST:
                    return None
                break
            rows.append(line)
            here += 1
        while rows and not self._is_row(rows, columns):
            rows.pop()
            here -= 1
        return rows, aside, here

    def _find_repeated(self, here: int, header: int, height: int) -> int | None:
        """Return where the header is printed again, right here or below the foot and the title of a page."""
        first = [fold(one.text) for one in self._run[header : header + height]]
        for at in range(here, min(here + _BETWEEN, len(self._run) - height + 1)):
            if [fold(one.text) for one in self._run[at : at + height]] == first:
                return at
            text = self._run[at].text
            short = len(split_line(self._run[at], 0, len)) == 1 or bool(split_inline(text, self._form).pairs)
            if not (is_furniture(text) or is_title(text, self._form) or short):
                return None
        return None

    def _is_label(self, text: str) -> bool:
        return any(key in self._form.labels_by_name for key in list_keys(text))

    def _stands_beside(self, rows: Sequence[Sequence[Fragment]], columns: Sequence[AlignedColumn]) -> bool:
        """Tell whether a word stands beside the list: then the same header below it may be that of another list."""
        return any(one.end <= columns[0].start for line in rows for one in line)

    def _ends(self, line: Sequence[Fragment], text: str, header: AlignedHeader) -> bool:
        if is_furniture(text) or is_title(text, self._form) or text.strip().startswith(_NOTES):
            return True
        first = line[0]
        if fold(first.text) in self._form.total_words:
            return True
        names = [column.start for column in header.columns if column.field == "name"]
        if first.start >= names[0]:
            return False
        if split_inline(first.text, self._form).pairs:
            return True
        return self._is_label(first.text) and first.width > _TAIL and not self._words.is_level(first.text)

    def _is_row(self, lines: Sequence[Sequence[Fragment]], columns: Sequence[AlignedColumn]) -> bool:
        """Tell whether the last line belongs to the list: it prints a cell of a row, or the rest of a level."""
        line = lines[-1]
        names = [at for at, column in enumerate(columns) if column.field == "name"]
        places = place(line, columns) or []
        if any(at >= names[0] for at in places):
            return True
        return all(self._completes(fragment, lines[-_TALLEST:-1]) for fragment in line)

    def _completes(self, fragment: Fragment, above: Sequence[Sequence[Fragment]]) -> bool:
        """Tell whether a piece is a level, the rest of one, or the rest of a word printed downwards."""
        if fragment.width <= _TAIL or self._words.is_level(fragment.text):
            return True
        over = [one for line in above for one in line if one.start < fragment.end and fragment.start < one.end]
        return any(self._words.is_level(join_texts([*over[at:], fragment])) for at in range(len(over)))
