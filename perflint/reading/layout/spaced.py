"""Paragraphs in which the cells of a table stand side by side, told apart by blanks only: web pages copied as text.

    项目名称 河道保洁 ¶ 一级指标 二级指标 三级指标 指标值 ¶ 产出指标 数量指标 保洁长度 ≥26公里 ──▶ Grid, spans unknown

Only a stretch with an indicator header in it is taken. A name with a blank inside comes apart: flow reports its rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from perflint.reading.cell import shapes
from perflint.reading.cell.fold import list_keys
from perflint.reading.form.levels import LevelWords
from perflint.reading.form.template import Form, know_levels
from perflint.reading.grid import Cell, Grid, Paragraph, Source
from perflint.reading.header.words import INDICATORS, fields_of, heads_first_level, names_rows
from perflint.reading.layout.titles import is_page_line, is_title
from perflint.reading.layout.torn import TAIL, lacks_tail
from perflint.record import replace

_FEWEST = 3  # words of a header
_SENTENCE = 20  # characters of a goal that stands below its label
_PROSE = ("goals.", "duties", "project.purpose")
_WORD = re.compile(r"(?:目标\d{1,2}\s+(?!目标|\S*[≥≤=]))?(?:[（(][^（()）]{0,60}[)）]|\S)+")
_NUMBERED = re.compile(r"目标\d{1,2}\s")  # the name of an indicator, its number in front
_SCORE = re.compile(r"[（(]\s*\d{1,3}\s*分\s*[)）]")  # of a level whose word is lost
_SATISFACTION = "满意"
_FARTHEST = 30  # paragraphs from a title to the header under it


def split_spaced(source: Source, form: Form, forms: Sequence[Form]) -> Source:
    """Return the source with such stretches made into grids of one row, the first cell of each paragraph marked.

    Args:
        forms: all forms, whose level words tell what is a row: which of them it is, is not known yet.
    """
    words = know_levels(tuple(forms))
    blocks: list[Grid | Paragraph] = []
    for _, group in groupby(source.blocks, key=lambda block: isinstance(block, Paragraph)):
        run = list(group)
        paragraphs = [block for block in run if isinstance(block, Paragraph)]
        blocks += _split_run(paragraphs, form, words) if paragraphs else run
    return replace(source, blocks=tuple(blocks))


def _split_run(run: Sequence[Paragraph], form: Form, words: LevelWords) -> Iterator[Grid | Paragraph]:
    done = 0
    run = list(_join_lines(run, form, words))
    stretch = _Stretch(0, 0)
    for at, paragraph in enumerate(run):
        if at < done or not _holds_header(_split_words(paragraph.text), form):
            continue
        start = _find_start(run, at, done, form)
        if at >= stretch.end:
            stretch = _find_stretch(run, at, form, words)
        end = _find_end(run, at, stretch)
        yield from run[done:start]
        alone = [one for one in run[start:end] if _SCORE.fullmatch(one.text.strip()) or is_page_line(one.text)]
        yield _build_grid([one for one in run[start:end] if one not in alone], words, form)
        yield from alone
        done = end
    yield from run[done:]


def _join_lines(run: Sequence[Paragraph], form: Form, words: LevelWords) -> Iterator[Paragraph]:
    """Yield the paragraphs with those of one line in one.

    A level may be torn at the end of a line of several words (绩效指标 效益 ¶ 指标), the first word of a header may
    stand alone above the others, and figures alone on a line are the last cells of the line above; so is a target
    that its sign stands above.
    """
    at = 0
    while at < len(run):
        text = run[at].text
        end = at + 1
        while end < len(run) and (longer := _join_line(text, run[end].text, form, words)) is not None:
            text = longer
            end += 1
        yield replace(run[at], text=text)
        at = end


def _join_line(text: str, below: str, form: Form, words: LevelWords) -> str | None:
    """Return two lines as one, None when they are two."""
    upper, lower = _split_words(text), _split_words(below)
    if not upper or not lower:
        return None
    if _begins_header(upper[-1], form) and len(lower) > 1 and _holds_header([upper[-1], *lower], form):
        return f"{text} {below}"
    if (whole_header := _complete_header(upper, lower, form)) is not None:
        return whole_header
    if len(upper) > _FEWEST >= len(lower) and words.is_level(upper[0]) and all(map(shapes.is_figure, lower)):
        return f"{text} {below}"
    if len(upper) < 2 or len(lower) != 1:
        return None
    if shapes.is_comparator(upper[-1]) and words.is_level(upper[0]) and not words.is_level(below):
        return f"{text} {below}"
    return f"{text.rstrip()}{TAIL}" if lower[0] == TAIL and lacks_tail(upper[-1], words, form) else None


def _complete_header(upper: Sequence[str], lower: Sequence[str], form: Form) -> str | None:
    """Return a header of which some words go on below it, 年度 实际 分值 ¶ 指标值 完成值; None for other lines."""
    if len(upper) <= _FEWEST or not any(_begins_header(word, form) for word in upper):
        return None
    unknown = [
        at for at, word in enumerate(upper) if not fields_of(word, INDICATORS, form) and not _heads_list(word, form)
    ]
    if not unknown or len(unknown) != len(lower):
        return None
    whole = list(upper)
    for at, rest in zip(unknown, lower, strict=True):
        whole[at] += rest
    return " ".join(whole) if all(fields_of(whole[at], INDICATORS, form) for at in unknown) else None


def _heads_list(word: str, form: Form) -> bool:
    return any(form.contexts.get(key) == INDICATORS for key in list_keys(word))


def _begins_header(word: str, form: Form) -> bool:
    return "level1" in fields_of(word, INDICATORS, form)


def _split_words(text: str) -> list[str]:
    """Return what blanks part, but for those inside brackets: 景点数量( ≥2个 ) is one name."""
    return _WORD.findall(text)


def _holds_header(tokens: Sequence[str], form: Form) -> bool:
    """Tell whether words of an indicator header follow one another."""
    if len(tokens) < _FEWEST:
        return False
    known: set[str] = set()
    for token, after in zip(tokens, (*tokens[1:], ""), strict=True):
        fields = fields_of(token, INDICATORS, form)
        if not known and heads_first_level(token, after, form):
            fields = ("level1",)
        known = known | set(fields) if fields else set()
        if names_rows(known):
            return True
    return False


def _find_start(run: Sequence[Paragraph], header: int, done: int, form: Form) -> int:
    """Return where the table begins: below its title, or where paragraphs of several words begin."""
    for at in range(header - 1, max(done, header - _FARTHEST) - 1, -1):
        if is_title(run[at].text, form):
            return at + 1
    start = header
    while start > done and len(_split_words(run[start - 1].text)) > 1:
        start -= 1
    return start


class _Stretch(NamedTuple):
    """The paragraphs up to a title: where it stands, and the place after the last row before it.

    Looked through once, however many headers stand in it.
    """

    end: int
    rows_end: int


def _find_stretch(run: Sequence[Paragraph], header: int, form: Form, words: LevelWords) -> _Stretch:
    end = next((at for at in range(header + 1, len(run)) if is_title(run[at].text, form)), len(run))
    texts = [_split_words(one.text) for one in run[header + 1 : end]]
    for at in range(len(texts) - 1, -1, -1):
        if _is_row(texts[at], words):
            return _Stretch(end, header + at + 2)
        if _tops_row(texts[at : at + 2], words):
            return _Stretch(end, header + at + 3)
    return _Stretch(end, header + 1)


def _find_end(run: Sequence[Paragraph], header: int, stretch: _Stretch) -> int:
    """Return the place after the last row before the next title."""
    end = max(header + 1, stretch.rows_end)
    while end < stretch.end and _ends_in_target(_split_words(run[end].text)):
        end += 1
    return end


def _ends_in_target(tokens: Sequence[str]) -> bool:
    """Tell whether a paragraph right below a row may be one more: some words, the last of them a target.

    Of a name and a target only, the target must have its sign, or the name be that of a satisfaction: 游客满意度 ≥90%.
    """
    if len(tokens) < _FEWEST:
        is_named = len(tokens) > 1 and _SATISFACTION in tokens[0] and shapes.is_target(tokens[-1])
        return is_named or (len(tokens) > 1 and shapes.is_signed(tokens[-1]))
    return shapes.is_target(tokens[-1])


def _is_row(tokens: Sequence[str], words: LevelWords) -> bool:
    numbered = len(tokens) >= _FEWEST and _NUMBERED.match(tokens[0]) is not None
    return numbered or (len(tokens) > 1 and any(words.is_level(token) or shapes.is_sign(token) for token in tokens))


def _tops_row(lines: Sequence[Sequence[str]], words: LevelWords) -> bool:
    """Tell whether a second level stands alone above the rest of its row."""
    if len(lines) == 1 or len(lines[0]) > 1 or not words.is_second(lines[0][0]):
        return False
    last = lines[1][-1]
    return len(lines[1]) > 1 and (shapes.is_target(last) or shapes.is_figure(last))


def _join_amounts(row: Sequence[str], form: Form) -> list[str]:
    """Return a row in which the unit of money behind the figure of a label belongs to it: 预算金额 2860 万元."""
    joined: list[str] = []
    for word in row:
        unit = len(joined) > 1 and shapes.is_number(joined[-1]) and shapes.read_money_unit(word) is not None
        if unit and _heads_amount(joined[-2], form):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _heads_amount(word: str, form: Form) -> bool:
    return any(label.shape == "amount" for key in list_keys(word) for label in form.labels_by_name.get(key, ()))


def _keep_prose(row: list[str], form: Form) -> list[str]:
    """Return a row in which the text behind the label of a goal, or of duties, is one cell again."""
    if len(row) < _FEWEST or not _heads_prose(row[0], form):
        return row
    if any(key in form.labels_by_name for word in row[1:] for key in list_keys(word)) or _holds_header(row, form):
        return row
    return [row[0], " ".join(row[1:])]


def _heads_prose(word: str, form: Form) -> bool:
    labels = (label for key in list_keys(word) for label in form.labels_by_name.get(key, ()))
    return any(label.field.startswith(_PROSE) for label in labels)


def _is_prose(words: Sequence[str], form: Form) -> bool:
    """Tell whether a line below the label of a goal is the goal: a sentence, and no label."""
    sentence = len("".join(words)) >= _SENTENCE and not shapes.is_target(words[-1])
    return sentence and not any(key in form.labels_by_name for key in list_keys(words[0]))


def _build_grid(paragraphs: Sequence[Paragraph], words: LevelWords, form: Form) -> Grid:
    """Return the words of paragraphs as cells.

    A first-level word at the end of its line begins the row of the next line, and so does a second-level word alone
    on its line above one that begins with no level, or the label of a goal alone above a sentence.
    """
    cells: list[Cell] = []
    opened = subclass = headed = False
    for paragraph in paragraphs:
        row = _keep_prose(_join_amounts(_split_words(paragraph.text), form), form)
        told = headed and _is_prose(row, form)
        row = [" ".join(row)] if told else row
        for place, word in enumerate(row):
            goes_on = told or (opened and words.is_second(word)) or (subclass and not words.is_level(word))
            notes = ("row_start",) if place == 0 and not goes_on else ()
            cells.append(Cell(text=word, row=0, column=len(cells), origin=paragraph.origin, notes=notes))
        opened = bool(row) and len(row) < _FEWEST and words.is_first(row[-1])
        subclass = len(row) == 1 and words.is_second(row[0])
        headed = len(row) == 1 and not told and _heads_prose(row[0], form)
    return Grid(cells=tuple(cells), rows=1, columns=len(cells), spans_known=False, origin=paragraphs[0].origin)
