"""Dumps of one cell a line in which the text of a goal, or of duties, takes several lines.

总体目标 ¶ 改造水厂5座， ¶ 更换管网62公里。 ──join_continued──▶ 总体目标 ¶ 改造水厂5座，更换管网62公里。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from perflint.reading.cell import shapes
from perflint.reading.cell.fold import list_keys
from perflint.reading.form.template import Form
from perflint.reading.grid import Grid, Paragraph, Source
from perflint.reading.header.words import INDICATORS, fields_of
from perflint.reading.layout.titles import is_furniture, is_title
from perflint.record import replace

_TEXTS = ("goals.", "duties", "project.purpose")
_GOES_ON = {
    "，": "",
    "、": "",
    ",": "",
    "；": "\n",
    ";": "\n",
}  # what ends a line that is not the last → how it is joined


def join_continued(source: Source, form: Form) -> Source:
    """Return the source with such paragraphs joined; each stands where its first line stood."""
    blocks: list[Grid | Paragraph] = []
    for _, group in groupby(source.blocks, key=lambda block: isinstance(block, Paragraph)):
        run = list(group)
        paragraphs = [block for block in run if isinstance(block, Paragraph)]
        blocks += _join_texts(paragraphs, form) if paragraphs else run
    return replace(source, blocks=tuple(blocks))


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
