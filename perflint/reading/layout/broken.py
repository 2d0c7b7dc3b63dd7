"""Dumps of one cell a line in which a cell takes several: words printed downwards, texts that go on in the next line.

    总 ¶ 体 ¶ 目 ¶ 标 ¶ 改造水厂5座， ¶ 更换管网62公里。 ──join_broken──▶ 总体目标 ¶ 改造水厂5座，更换管网62公里。

Only what makes a word of the form is joined, and only a text right below the label of a text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold, list_keys
from perflint.reading.form.template import Form
from perflint.reading.grid import Grid, Paragraph, Source
from perflint.reading.header.words import INDICATORS, fields_of
from perflint.reading.layout.titles import is_furniture, is_title
from perflint.record import replace

_SHORTEST, _LONGEST = 2, 8  # lines of a word printed downwards
_PIECE = 1  # characters of such a line
_TEXTS = ("goals.", "duties", "project.purpose")
_GOES_ON = {
    "，": "",
    "、": "",
    ",": "",
    "；": "\n",
    ";": "\n",
}  # what ends a line that is not the last → how it is joined


def join_broken(source: Source, form: Form) -> Source:
    """Return the source with such paragraphs joined; each stands where its first line stood."""
    blocks: list[Grid | Paragraph] = []
    for _, group in groupby(source.blocks, key=lambda block: isinstance(block, Paragraph)):
        run = list(group)
        paragraphs = [block for block in run if isinstance(block, Paragraph)]
        blocks += _join_texts(list(_join_words(paragraphs, form)), form) if paragraphs else run
    return replace(source, blocks=tuple(blocks))


def _join_words(run: Sequence[Paragraph], form: Form) -> Iterator[Paragraph]:
    at = 0
    while at < len(run):
        end = at
        while end < len(run) and end - at < _LONGEST and len(run[end].text.strip()) <= _PIECE:
            end += 1
        whole = next(
            (stop for stop in range(end, at + _SHORTEST - 1, -1) if _is_word(_write(run[at:stop]), form)), None
        )
        yield run[at] if whole is None else replace(run[at], text=_write(run[at:whole]))
        at = whole or at + 1


def _write(paragraphs: Sequence[Paragraph]) -> str:
    return "".join(one.text.strip() for one in paragraphs)


def _is_word(text: str, form: Form) -> bool:
    key = fold(text)
    return key in form.labels_by_name or key in form.contexts or form.level_words.is_level(text)


def _join_texts(run: Sequence[Paragraph], form: Form) -> Iterator[Paragraph]:
    at = 0
    while at < len(run):
        text = run[at].text
        end = at + 1
        if at and _announces_text(run[at - 1].text, form):
            while end < len(run) and text.rstrip()[-1:] in _GOES_ON and not _is_other(run[end].text, form):
                text = text.rstrip() + _GOES_ON[text.rstrip()[-1]] + run[end].text.strip()
                end += 1
        yield run[at] if end == at + 1 else replace(run[at], text=text)
        at = end


def _announces_text(text: str, form: Form) -> bool:
    labels = [label for key in list_keys(text) for label in form.labels_by_name.get(key, ())]
    return any(label.field.startswith(_TEXTS) for label in labels) or any(
        form.contexts.get(key) == "goals" for key in list_keys(text)
    )


def _is_other(text: str, form: Form) -> bool:
    """Tell whether a line begins something else: a label, a level, a header, a figure, a title, a page number."""
    return (
        any(key in form.labels_by_name or key in form.contexts for key in list_keys(text))
        or form.level_words.is_level(text)
        or bool(fields_of(text, INDICATORS, form))
        or shapes.is_figure(text)
        or is_title(text, form)
        or is_furniture(text)
    )
