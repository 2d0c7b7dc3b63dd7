"""Printed text to the form in which labels, headers and levels are compared; and back to nothing but the margins.

Cell.text ──fold──▶ key for look-ups (never stored)
Cell.text ──tidy──▶ what the document keeps
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from perflint.interpret.folding import SIMPLE

# 覆 is a simplified character too (覆盖率), but no form means anything else by 覆核 than by 复核.
_SPELLINGS: dict[int, int | str] = {**SIMPLE, ord("覆"): "复"}
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,80}>|&nbsp;|\[bookmark:[^\]]{0,80}\]")
_NOISE = re.compile(r"[\s\W_]+")
_BRACKETS = re.compile(r"[（(\[【][^（()）\[\]【】]*[)）\]】]")
_LEAD_WORD = re.compile(
    r"^(?:其中|[(（][一二三四五六七八九十\d]{1,2}[)）][、.．]?|[一二三四五六七八九十]{1,2}[、.．]|\d{1,2}[、.．](?!\d))[:：]?\s*"
)
_MARGIN = " \t\r\n\f\v\u3000\xa0\ufeff\u200b"
_GLOSS = re.compile(r"[A-Za-z][A-Za-z0-9 .,'’/&()\-\n]*")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ORDINAL = re.compile(r"(?<!\d)\d{1,2}$")
_FIGURE = re.compile(r"[:：]\s*\d{1,2}\s*$")  # behind a label: what it says, no number of it
_SHORTEST_NAME = 2  # Chinese characters of a label beside its English
_LONGEST_WORD = 200  # characters of what many cells may say
_MOST_WORDS, _LONG_WORDS = 1024, 16  # texts remembered, twice that with those before them; and of the longer ones
_Result = TypeVar("_Result")
_SCORE = re.compile(r"[（(]\s*\d{1,3}(?:\s*[-—~～至]\s*\d{1,3})?\s*[)）]\s*分$|[（(]?\s*\d{1,3}\s*分\s*[)）]?$")
# A remark of which one bracket is lost: 目标值(A, 年度绩效目标80分).
_HALF = re.compile(r"[（(]\s*[A-Z]\s*$|(?:[A-Z]|\d{1,3}\s*分)\s*[)）]\s*$")
_COUNT = re.compile(r"(?<![\d一二三四五六七八九十])[\d一二三四五六七八九十]+$")


def tidy(text: str) -> str | None:
    """Return the printed text without the white space around it, or None when nothing is printed."""
    return text.strip(_MARGIN) or None


def is_blank(text: str) -> bool:
    """Tell whether a cell shows nothing: white space only."""
    return not text.strip(_MARGIN)


def simplify(text: str) -> str:
    """Return a text with the traditional characters of form words in their simplified spelling, none added or lost."""
    return text.translate(_SPELLINGS)


class _Remembered(dict[str, _Result]):
    """What a function found in short texts, of the last some thousand; a look-up of what is there costs no call."""

    __slots__ = ("_before", "_long", "_read")

    def __init__(self, read: Callable[[str], _Result]) -> None:
        super().__init__()
        self._read, self._long = read, lru_cache(maxsize=_LONG_WORDS)(read)
        self._before: dict[str, _Result] = {}

    def __missing__(self, text: str) -> _Result:
        if len(text) > _LONGEST_WORD:
            return self._long(text)
        before = self._before
        result = before[text] if text in before else self._read(text)
        if len(self) >= _MOST_WORDS:
            self._before = self.copy()
            self.clear()
        self[text] = result
        return result


def remember(function: Callable[[str], _Result]) -> Callable[[str], _Result]:
    """Keep what was found: a cell is asked about by every list it may belong to, and forms repeat their words.

    Of long texts only the last few are kept: a workbook may hold thousands of 30 000 characters.
    """
    return _Remembered(function).__getitem__


@remember
def fold(text: str) -> str:
    """Return the letters and digits of a text in one spelling; comparison signs and ``%`` are dropped too."""
    return _NOISE.sub("", simplify(unicodedata.normalize("NFKC", _TAG.sub("", text))))


@remember
def fold_label(text: str) -> str:
    """Return ``fold`` without a leading 其中 or numbering, so that ``（一）其中：财政拨款`` compares as 财政拨款."""
    return fold(drop_lead(text))


def drop_lead(text: str) -> str:
    """Return the text without a leading 其中 or numbering and the white space around it."""
    previous, current = "", text.strip(_MARGIN)
    while previous != current:
        previous, current = current, _LEAD_WORD.sub("", current).strip(_MARGIN)
    return current


def drop_brackets(text: str) -> str:
    """Return the text without bracketed remarks: 支出方向（子项） gives 支出方向; unchanged if nothing else is left."""
    bare = _BRACKETS.sub("", text)
    return bare if fold(bare) else text


def list_brackets(text: str) -> tuple[str, ...]:
    """Return what stands in brackets, without them, in order: 资金支出计划（%） gives ``%``."""
    return tuple(found[1:-1].strip(_MARGIN) for found in _BRACKETS.findall(text))


def drop_gloss(text: str) -> str:
    """Return the text without English words beside the Chinese: 一级指标 Level 1; unchanged where either is missing."""
    bare = _GLOSS.sub(lambda found: found.group() if found.group().isupper() else " ", text)
    return bare if len(_HAN.findall(bare)) >= _SHORTEST_NAME else text


@remember
def list_keys(text: str) -> tuple[str, ...]:
    """Return the keys under which a label may be known, the most literal first."""
    keys: tuple[str, ...] = (
        fold(text),
        fold_label(text),
        fold(drop_brackets(text)),
        fold_label(drop_brackets(text)),
    )
    if (bare := drop_gloss(text)) != text:
        keys = (*keys, fold_label(bare), fold_label(drop_brackets(bare)))
    if (bare := _HALF.sub("", text)) != text:
        keys = (*keys, fold_label(bare))
    if _FIGURE.search(text) is not None:
        return tuple(dict.fromkeys(key for key in keys if key))
    numbered = tuple(_ORDINAL.sub("", key) for key in keys if len(key) > 3)
    return tuple(dict.fromkeys(key for key in (*keys, *numbered) if key))


@remember
def fold_level(text: str) -> str:
    """Return a level label without 指标, brackets, score and numbers behind: ``核心业务 产出 4`` gives 核心业务产出."""
    key = _COUNT.sub("", fold_label(drop_brackets(drop_gloss(_SCORE.sub("", text)))))
    bare = key.removesuffix("等").removesuffix("指标").removesuffix("目标").removesuffix("值")
    return bare or key
