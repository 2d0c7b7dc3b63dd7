"""Words of forms that a line break in their cell tore into paragraphs, or into cells of a dump without row marks.

经济效益 ¶ 指标 ¶ 产出指标 ¶ （50）分 ¶ 年度预 ¶ 算申请 ¶ 总 ¶ 体 ¶ 目 ¶ 标
──join_torn──▶ 经济效益指标 ¶ 产出指标（50）分 ¶ 年度预算申请 ¶ 总体目标
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, takewhile
from typing import TypeVar

from perflint.reading.cell.fold import fold, fold_level, list_keys
from perflint.reading.form.levels import LevelWords
from perflint.reading.form.template import Form, know_levels
from perflint.reading.grid import Cell, Grid, Paragraph, Source
from perflint.reading.header.words import INDICATORS, fields_of
from perflint.record import replace

_Piece = TypeVar("_Piece", Cell, Paragraph)
TAIL = "指标"
_SCORE = re.compile(r"[（(]?\s*\d{1,3}(?:\s*[-—~～至]\s*\d{1,3})?\s*(?:分\s*[)）]|[)）]\s*分?)")
_WORD = re.compile(r"[\u4e00-\u9fff（）()、/]+")
_PREFIX = 2  # characters of a piece that is no word of a form by itself, whatever it may mean elsewhere: 年度 ¶ 指标值
_MOST_PIECES, _MOST_CHARACTERS = 4, 8  # the latter of a word printed downwards
_LONGEST_PIECE, _LONGEST_WORD = 8, 16  # characters


def join_torn(source: Source, form: Form, forms: Iterable[Form]) -> Source:
    """Return the source with the pieces of a level, a header word or a label in one paragraph or cell again."""
    words = know_levels(tuple(forms))
    kinds = (INDICATORS, *form.lists)

    def is_known(text: str) -> bool:
        named = any(key in form.labels_by_name or key in form.contexts for key in list_keys(text))
        level = words.is_first(text) or fold_level(text) in words.second
        return named or level or any(fields_of(text, kind, form) for kind in kinds)

    def is_torn(pieces: Sequence[str]) -> bool:
        head, tail, whole = "".join(pieces[:-1]), pieces[-1], "".join(pieces)
        if _SCORE.fullmatch(tail):
            return bool(_WORD.fullmatch(head)) and (words.is_level(head) or is_known(head))
        if len(whole) > _LONGEST_WORD or max(map(len, pieces)) > _LONGEST_PIECE or not _WORD.fullmatch(whole):
            return False
        if fold(tail) == TAIL:
            return lacks_tail(head, words, form)
        if not is_known(whole) or all(map(words.is_level, pieces)):
            return False
        if len(head) <= _PREFIX and is_known(tail):
            # 长期 ¶ 项目金额 is a value and the next label, 年度 ¶ 目标 one label.
            return bool(fields_of(whole, INDICATORS, form)) or (len(tail) <= _PREFIX and _is_goal(whole, form))
        return len(pieces[0]) <= _PREFIX or not all(map(is_known, pieces))

    blocks: list[Grid | Paragraph] = []
    for is_text, group in groupby(source.blocks, key=lambda block: isinstance(block, Paragraph)):
        run = list(group)
        if is_text:
            found = _join([block for block in run if isinstance(block, Paragraph)], is_torn)
            blocks += [replace(pieces[0], text=text) for pieces, text in found]
        else:
            blocks += [_join_cells(block, is_torn) if isinstance(block, Grid) else block for block in run]
    return replace(source, blocks=tuple(blocks))


def lacks_tail(head: str, words: LevelWords, form: Form) -> bool:
    """Tell whether a text is a level or a header word torn from its 指标."""
    whole = head + TAIL
    known = words.is_level(whole) or bool(fields_of(whole, INDICATORS, form))
    return known and not fold(head).endswith(TAIL)


def _is_goal(text: str, form: Form) -> bool:
    labels = (label for key in list_keys(text) for label in form.labels_by_name.get(key, ()))
    return any(label.field.startswith("goals.") for label in labels)


def _join_cells(grid: Grid, is_torn: Callable[[Sequence[str]], bool]) -> Grid:
    if grid.spans_known or grid.rows > 1:
        return grid
    return replace(grid, cells=tuple(replace(pieces[0], text=text) for pieces, text in _join(grid.cells, is_torn)))


def _join(pieces: Sequence[_Piece], is_torn: Callable[[Sequence[str]], bool]) -> Iterator[tuple[Sequence[_Piece], str]]:
    """Yield the pieces of each word and what they are together; as many as make a word."""
    at = 0
    while at < len(pieces):
        end = at + 1
        for size in range(min(_count_pieces(pieces, at), len(pieces) - at), 1, -1):
            texts = [piece.text.strip() for piece in pieces[at : at + size]]
            if all(texts) and not any(map(_begins_row, pieces[at + 1 : at + size])) and is_torn(texts):
                end = at + size
                break
        together = "".join(piece.text.strip() for piece in pieces[at:end]) if end > at + 1 else pieces[at].text
        yield pieces[at:end], together
        at = end


def _count_pieces(pieces: Sequence[_Piece], at: int) -> int:
    """Return of how many pieces a word that begins here may be."""
    single = takewhile(lambda piece: len(piece.text.strip()) == 1, pieces[at : at + _MOST_CHARACTERS])
    return max(_MOST_PIECES, sum(1 for _ in single))


def _begins_row(piece: Cell | Paragraph) -> bool:
    return isinstance(piece, Cell) and "row_start" in piece.notes
