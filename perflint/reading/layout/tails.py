"""Level words that a line break in their cell made two paragraphs, or two cells of a dump without row marks.

经济效益 ¶ 指标 ──join_tails──▶ 经济效益⏎指标
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from perflint.reading.cell.fold import fold
from perflint.reading.form.levels import merge_levels
from perflint.reading.form.template import Form
from perflint.reading.grid import Cell, Grid, Paragraph, Source
from perflint.record import replace

_TAIL = "指标"
_SCORE = re.compile(r"[（(]\s*\d{1,3}(?:\s*[-—~～至]\s*\d{1,3})?\s*(?:分\s*[)）]|[)）]\s*分)")


def join_tails(source: Source, forms: Iterable[Form]) -> Source:
    """Return the source with each 指标, or score, that stands alone joined to the level word before it."""
    words = merge_levels(one.level_words for one in forms)

    def completes(head: str, tail: str) -> bool:
        if fold(tail) == _TAIL:
            return not fold(head).endswith(_TAIL) and words.is_level(fold(head) + _TAIL)
        return _SCORE.fullmatch(tail.strip()) is not None and words.is_level(head)

    blocks: list[Grid | Paragraph] = []
    for block in source.blocks:
        before = blocks[-1] if blocks else None
        if isinstance(block, Paragraph) and isinstance(before, Paragraph) and completes(before.text, block.text):
            blocks[-1] = replace(before, text=before.text.rstrip() + block.text.strip())
        elif isinstance(block, Grid) and not block.spans_known and block.rows == 1:
            blocks.append(replace(block, cells=_join_cells(block.cells, completes)))
        else:
            blocks.append(block)
    return replace(source, blocks=tuple(blocks))


def _join_cells(cells: Sequence[Cell], completes: Callable[[str, str], bool]) -> tuple[Cell, ...]:
    joined: list[Cell] = []
    for cell in cells:
        if joined and not cell.notes and completes(joined[-1].text, cell.text):
            joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip() + cell.text.strip())
        else:
            joined.append(cell)
    return tuple(joined)
