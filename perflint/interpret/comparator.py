"""Comparators as printed: glyphs, look-alikes, words before and after the number, and their column."""

from __future__ import annotations

from functools import lru_cache

from perflint.interpret.folding import fold_characters
from perflint.pattern import LazyPattern
from perflint.typed import NamedTuple

GLYPHS = {
    **dict.fromkeys("≥≧⩾≮", "≥"),
    **dict.fromkeys("≤≦⩽≯", "≤"),
    **dict.fromkeys(">﹥˃〉》›", ">"),
    **dict.fromkeys("<﹤˂〈《‹", "<"),
    **dict.fromkeys("=═〓﹦", "="),
    **dict.fromkeys("≈~≒≃", "~"),
}
UNREADABLE = frozenset("≡□�■◻▢?")
_CONFUSABLE = frozenset("﹥˃〉》›﹤˂〈《‹═〓﹦")
_FULL_WIDTH = frozenset("＞＜＝")
_PAIRS = {(">", "="): "≥", ("=", ">"): "≥", ("<", "="): "≤", ("=", "<"): "≤", ("≥", "="): "≥", ("≤", "="): "≤"}
_AT_LEAST = (
    "不少于 不低于 不小于 大于等于 大于或等于 至少 最少 达到 达 不得少于 不得低于 不得小于 不能低于 不能少于 高于等于 "
    "高于或等于 多于等于 达到或超过 等于或大于 等于或高于 大于且等于 不短于 最低 未低于 未少于 下限 下限为"
)
_AT_MOST = (
    "不超过 不高于 不大于 不多于 小于等于 小于或等于 至多 最多 最高 控制在 不超 严控在 不突破 不长于 不得超过 不得高于 "
    "不得大于 不得多于 不能超过 不能高于 低于等于 低于或等于 少于等于 等于或小于 等于或低于 小于且等于 限于 "
    "未超过 未超 未突破 未高于 不超出 上限 上限为"
)
WORDS = {
    **dict.fromkeys(_AT_LEAST.split(), "≥"),
    **dict.fromkeys(_AT_MOST.split(), "≤"),
    **dict.fromkeys("大于 高于 优于 超过 超出 多于 超 逾 突破".split(), ">"),
    **dict.fromkeys("小于 低于 不满 不足 少于 不到 未满 未达 未到 未达到".split(), "<"),
    "等于": "=",
    **dict.fromkeys("约 近 大约 大概 约为 约等于 接近 将近 约计".split(), "~"),
}
_TRADITIONAL = str.maketrans("于达过内后满", "於達過內後滿")
WORDS.update({word.translate(_TRADITIONAL): sign for word, sign in WORDS.items()})
POST_WORDS = {
    **dict.fromkeys("以上 及以上 或以上 之上 及其以上".split(), "≥"),
    **dict.fromkeys("以下 及以下 或以下 以内 之内 内 之下".split(), "≤"),
    **dict.fromkeys("以外 之外".split(), ">"),
    **dict.fromkeys("左右 上下".split(), "~"),
}
POST_WORDS.update({word.translate(_TRADITIONAL): sign for word, sign in POST_WORDS.items()})
_WEAK = frozenset(("达到", "达", "達到", "達", "控制在", "严控在"))
# Two-character words that end in a comparator word and are none: 节约5万元 is no "about".
_NOT_COMPARATORS = {
    "约": frozenset("节预签制合契公条违履特邀"),
    "近": frozenset("附最临邻靠亲"),
    "达": frozenset("到表传抵下送"),
    "超": frozenset("高不未严"),
    "高于": frozenset("不"),
}
_LONGEST_WORD = max(map(len, WORDS))
_LONGEST_VERB = 6
_LONGEST_POST = max(map(len, POST_WORDS))
GLYPH, WORD, WEAK = 3, 2, 1


class Sign(NamedTuple):
    """One printed comparator; *rank* tells a glyph from a word from a word that yields to any other."""

    comparator: str
    rank: int


def find_signs_start(text: str, end: int) -> int:
    """Return where the run of comparators that ends at *end* begins; *end* itself when there is none."""
    while end > 0:
        start = _step_back(text, end)
        if start == end:
            break
        end = start
    return end


def _step_back(text: str, end: int) -> int:
    last = text[end - 1]
    if last in GLYPHS or last in UNREADABLE:
        closes_title = last in "》〉" and ("《" in text[: end - 1] or "〈" in text[: end - 1])
        return end if closes_title else end - 1
    for length in range(min(_LONGEST_WORD, end), 0, -1):
        word = text[end - length : end]
        if word in WORDS:
            before = text[end - length - 1 : end - length]
            return end if before and before in _NOT_COMPARATORS.get(word, ()) else end - length
    return end


def scan_signs(text: str, printed: str, start: int, end: int, notes: list[str]) -> list[Sign]:
    """Read the run of comparators between *start* and *end*; what is odd about them goes to *notes*."""
    signs: list[Sign] = []
    at = start
    while at < end:
        character = text[at]
        if character in GLYPHS:
            following = GLYPHS.get(text[at + 1], "") if at + 1 < end else ""
            pair = _PAIRS.get((GLYPHS[character], following))
            width = 2 if pair else 1
            _note_glyphs(printed[at : at + width], notes)
            signs.append(Sign(pair or GLYPHS[character], GLYPH))
            at += width
        elif character in UNREADABLE:
            notes.append("comparator_unreadable")
            at += 1
        else:
            length = _word_length(text, at, end)
            signs.append(read_word(text[at : at + length]))
            at += length
    return signs


def _note_glyphs(printed: str, notes: list[str]) -> None:
    if any(character in _CONFUSABLE for character in printed):
        notes.append("confusable_comparator")
    if any(character in _FULL_WIDTH for character in printed):
        notes.append("fullwidth")


def _word_length(text: str, at: int, end: int) -> int:
    for length in range(min(_LONGEST_WORD, end - at), 0, -1):
        if text[at : at + length] in WORDS:
            return length
    return 1


_DISTANT = LazyPattern(
    "不超(?!过)|控制在|至少|最少|至多|最多|不得?[少低小]于|不得?超过|不得?[高多大]于|大于等于|小于等于"
)


def read_word(word: str) -> Sign:
    """Return the comparator that one of ``WORDS`` stands for."""
    return Sign(WORDS[word], WEAK if word in _WEAK else WORD)


def find_distant_word(text: str) -> tuple[int, int] | None:
    """Return where the last comparator word that a verb parts from its number stands (至少|开展1次), or None."""
    spans = [found.span() for found in _DISTANT.finditer(text)]
    return spans[-1] if spans and len(text) - spans[-1][1] <= _LONGEST_VERB else None


def scan_post_word(text: str, start: int) -> int:
    """Return the offset after the post-word (以上, 以内, 左右 …) at *start*; *start* itself when there is none."""
    for length in range(min(_LONGEST_POST, len(text) - start), 0, -1):
        word = text[start : start + length]
        if word in POST_WORDS:
            ends = word != "内" or text[start + 1 : start + 2] in ("", "(", ",", "、", "完")
            return start + length if ends else start
    return start


def settle_signs(signs: list[Sign], notes: list[str]) -> str | None:
    """Choose among all comparators printed for one number: a glyph beats a word, the earlier beats the later."""
    if not signs:
        return None
    best = max(signs, key=_rank_of)
    others = list(signs)
    others.remove(best)
    if any(other.comparator != best.comparator and other.rank > WEAK for other in others):
        notes.append("comparator_conflict")
    elif any(other.comparator == best.comparator for other in others):
        notes.append("redundant_comparator")
    return best.comparator


def _rank_of(sign: Sign) -> int:
    return sign.rank


_BLANK_COLUMN = frozenset(("", "无", "-", "—", "--", "——", "/", "\\", "空", "空白"))
_WORDY_COLUMN = frozenset(
    "定性 定量 其他 不适用 正向 反向 正向指标 反向指标 定性指标 定量指标 定量(其他) 其他定量".split()
)


@lru_cache(maxsize=256)
def read_comparator_column(printed: str | None) -> tuple[Sign | None, tuple[str, ...]]:
    """Read a cell of the comparator column: a glyph, a word such as 大于等于, or neither (定性).

    Returns:
        The comparator, None when there is none; and notes: ``comparator_unreadable``, ``confusable_comparator``,
        ``fullwidth``.
    """
    if printed is None:
        return None, ()
    cell = "".join(printed.split())
    text = fold_characters(cell)
    if text in _BLANK_COLUMN or text in _WORDY_COLUMN:
        return None, ()
    bare = text.strip("()")
    if bare in WORDS:
        return Sign(WORDS[bare], WORD), ()
    if bare in POST_WORDS:
        return Sign(POST_WORDS[bare], WORD), ()
    notes: list[str] = []
    if find_signs_start(text, len(text)) == 0:
        signs = scan_signs(text, cell, 0, len(text), notes)
        chosen = settle_signs(signs, notes)
        return (None if chosen is None else Sign(chosen, max(map(_rank_of, signs)))), tuple(notes)
    # Words of other columns mean nothing here; a stray sign or digit stands for something that was lost.
    is_word = any("\u4e00" <= character <= "\u9fff" for character in text) and len(text) > 1
    return None, () if is_word else ("comparator_unreadable",)
