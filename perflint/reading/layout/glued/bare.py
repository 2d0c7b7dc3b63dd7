"""Rows of indicators that run together without any header above them: what search engines and systems print of a table.

产出指标数量指标辅导课程次数≥6次质量指标… ──split_bare──▶ Grid with a blank header, whose columns the reader names
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perflint.reading.form.template import Form
from perflint.reading.grid import Grid, Paragraph
from perflint.reading.layout.glued.build import GluedTable, build_grid
from perflint.reading.layout.glued.closing import list_closes
from perflint.reading.layout.glued.header import GluedHeader, HeaderCell
from perflint.reading.layout.glued.letters import spell_out
from perflint.reading.layout.glued.passage import Passage
from perflint.reading.layout.glued.rows import GluedRow, cut_rows
from perflint.reading.layout.glued.words import TAIL, Words

_FIELDS = ("level1", "level2", "name", "value")
_SCORED = (*_FIELDS, "weight")  # a figure behind each target, whatever it is
_FEWEST = 3  # rows
_MARKS = " \t\u3000【["


def may_be_bare(paragraphs: Sequence[Paragraph], forms: Sequence[Form]) -> bool:
    """Tell whether a paragraph begins with a word of the first level and goes on."""
    heads = _list_heads(forms)
    return any(_goes_on(one.text, heads) for one in paragraphs)


def _list_heads(forms: Sequence[Form]) -> tuple[str, ...]:
    return tuple({word + TAIL for form in forms for word in (*form.level_words.first, *form.level_words.synonyms)})


def _goes_on(text: str, heads: tuple[str, ...]) -> bool:
    bare = text.lstrip(_MARKS)
    return bare.startswith(heads) and any(map(str.isdigit, bare))


def split_bare(run: Sequence[Paragraph], words: Words, forms: Sequence[Form]) -> Iterator[Grid | Paragraph]:
    """Yield the paragraphs, rows that were told apart as grids; where one row was not, none is."""
    heads = _list_heads(forms)
    at = 0
    while at < len(run):
        end = at
        while end < len(run) and _goes_on(run[end].text, heads):
            end += 1
        body = Passage.of(run[at:end])
        close = next(list_closes(spell_out(body.text), words), len(body.text)) if end > at else 0
        rows = _cut(body.part(0, close).text, words, lined=end > at + 1) if close else []
        if rows:
            header = GluedHeader(
                context=None, cells=tuple(HeaderCell("", 0, 0, one) for one in _FIELDS), begin=0, end=0
            )
            yield build_grid(GluedTable(header, Passage.of(()), (), body, tuple(rows), run[at].origin))
            yield from body.part(close).list_paragraphs()
        else:
            yield from run[at : max(end, at + 1)]
        at = max(end, at + 1)


def _cut(text: str, words: Words, *, lined: bool) -> list[GluedRow]:
    """Return the rows of a text, none where one of them cannot be told apart."""
    for fields in (_FIELDS, _SCORED):
        rows = cut_rows(text, fields, words, lined=lined)
        if len(rows) >= _FEWEST and all(row.parts is not None for row in rows):
            return rows
    return []
