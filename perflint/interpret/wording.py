"""Slips of wording and form: words and sentences said twice, markup left over, stray spaces, unfilled placeholders."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from operator import add

from perflint.interpret.folding import fold_characters
from perflint.pattern import LazyPattern

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    import re

_LONGEST_TEXT = 100_000
_SHORTEST_SENTENCE = 12

# --- repetition ------------------------------------------------------------------------------------------------

_TWICE = LazyPattern(r"(?P<word>[^\x00-\u3fff\ua000-\uffff]{2,6}?)(?P=word)(?!对象|机构|人员)")
_AMOUNT_TWICE = LazyPattern(r"(?<![0-9.])(?P<word>[0-9]{2,12}(?:\.[0-9]{1,4})?(?:万元?|亿元?|元))(?P=word)(?![*×xX/])")
# Words that end one name and begin the next: 镇政府|政府采购, 防护林|护林员; and words said twice on purpose.
_MAY_REPEAT = frozenset(
    "社区 街道 小区 政府 人大 党委 支部 工会 机关 妇联 护林 村委 学校 医院 团委 纪委 财政 农村 中心 小组 单位 网格 "
    "法院 公安 司法 乡镇 研究 讨论 商量 考虑 认真 非常 总结 平安".split()
)
_SENTENCE_END = LazyPattern(r"[。;!?\n]+")
_CLAUSE_END = LazyPattern(r"[。;!?\n,:]+")
_NUMBERING = LazyPattern(r"^(?:\(?[0-9一二三四五六七八九十]{1,3}[)、.]|[①-⑳]|[一二三四五六七八九十]是)+")


def find_repeated_words(text: str) -> tuple[str, ...]:
    """Return the words of two to six characters that stand twice in a row (事故事故), each once, in order.

    Amounts count too (854万854万), unless a calculation begins with the second (20次20次*0.5 is none). Names that may
    meet (社区|社区网格, 政府|政府采购) and numbers alone (5050) do not.
    """
    if len(text) < 4:
        return ()
    folded = fold_characters(text[:_LONGEST_TEXT])
    if len(folded) - len(set(folded)) < 2:  # most names: no two characters stand twice
        return ()
    if len(set(map(add, folded, folded[1:]))) == len(folded) - 1:  # nor do two side by side
        return ()
    words = [(found.start(), found["word"]) for found in _TWICE.finditer(folded) if _is_slip(found["word"])]
    if any(folded.count(unit) > 1 for unit in "万亿元"):
        words += [(found.start(), found["word"]) for found in _AMOUNT_TWICE.finditer(folded)]
    return tuple(dict.fromkeys(word for _, word in sorted(words)))


def _is_slip(word: str) -> bool:
    if word in _MAY_REPEAT or len(set(word)) == 1 or word[0] in "一某" or "某" in word:
        return False
    return any(character not in "〇一二三四五六七八九十百千万两" for character in word)


def find_repeated_sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of 12 characters or more that stand twice in *text*; failing those, the clauses."""
    if len(text) < 2 * _SHORTEST_SENTENCE:
        return ()
    folded = fold_characters(text[:_LONGEST_TEXT])
    return _find_doubles(folded, _SENTENCE_END) or _find_doubles(folded, _CLAUSE_END)


def _find_doubles(text: str, end: LazyPattern) -> tuple[str, ...]:
    long = [stripped for piece in end.split(text) if len(stripped := (piece or "").strip()) >= _SHORTEST_SENTENCE]
    if len({piece[-_SHORTEST_SENTENCE:] for piece in long}) == len(long):  # most texts: no two of them end alike
        return ()
    counts = Counter(piece for piece in map(_drop_number, long) if len(piece) >= _SHORTEST_SENTENCE)
    return tuple(piece for piece, count in counts.items() if count > 1)


def _drop_number(sentence: str) -> str:
    return _NUMBERING.sub("", sentence).strip()


# --- what conversion left behind ---------------------------------------------------------------------------------

_MARKUP = LazyPattern(
    r"</?[A-Za-z][A-Za-z0-9]{0,15}(?:\s[^<>]{0,200})?/?>|&(?:[A-Za-z]{2,8}|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});"
    r"|\[bookmark:[^\[\]]{0,100}\]|\t{6,}|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u2060\ufeff\ufffd]"
)
_HAN = r"[^\x00-\u3fff\ua000-\uffff]"
_BLANK = "[ \u00a0\u3000\t]"
_DIGITS = "(?<![0-9])[0-9]{1,20}"
_INNER_SPACE = LazyPattern(
    rf"{_HAN}{{1,4}}(?:{_BLANK}{{1,20}}{_HAN}{{1,4}})+"
    rf"|{_DIGITS}(?:\.{_BLANK}{{1,5}}|{_BLANK}{{1,5}}\.)[0-9]{{1,20}}%?"
    rf"|{_DIGITS}\.[0-9]{{1,20}}{_BLANK}{{1,5}}[0-9]{{1,20}}(?![0-9.年月日])"
    # A whole cell that is one number: ≥4 5%.
    rf"|\A[≥≤<>=]?[0-9]{{1,6}}{_BLANK}[0-9]{{1,6}}[^0-9\s年.-]{{0,3}}\Z"
)


def find_markup(raw: str) -> tuple[str, ...]:
    """Return what conversion left in a printed cell: tags, entities, Word bookmarks, control characters, runs of tabs.

    Args:
        raw: The cell as printed, not normalised.

    Returns:
        Each residue once, in order; characters that cannot be shown as ``U+000B``.
    """
    found = (match.group() for match in _MARKUP.finditer(raw[:_LONGEST_TEXT]))
    return tuple(dict.fromkeys(residue if residue.isprintable() else _name_characters(residue) for residue in found))


def _name_characters(residue: str) -> str:
    return f"U+{ord(residue[0]):04X}" if len(set(residue)) == 1 else " ".join(residue.split())


def find_inner_spaces(raw: str) -> tuple[str, ...]:
    """Return the places of a printed cell where a space splits Chinese words or a number: 满 意 度, 2. 5%, 968.191 8.

    Spaces between digits and words (2025 年), at the ends and at line breaks are usual and not reported.
    """
    return tuple(dict.fromkeys(found.group() for found in _INNER_SPACE.finditer(raw[:_LONGEST_TEXT])))


_PLACEHOLDER = LazyPattern(
    r"\*{2,}|(?<![A-Za-z0-9])[Xx]{2,}(?![A-Za-z0-9])|[×╳]{2,}|_{3,}|(?<![一二三四五六七八九〇])[○〇]{2,}(?![一二三四五六七八九])"
    r"|…{2,}|\.{6,}|待定|待填|待补充|待完善|必填|选填|请填写|请输入|请选择|(?<![0-9])年月日"
)
_NUMBERED_NAME = LazyPattern(r"指标[0-9一二三四五六七八九十]{1,2}(?::|$)")
_TICKED = frozenset("☑☒■√✓✔◼")


def find_placeholders(text: str) -> tuple[str, ...]:
    """Return what a form's template left in a cell: ``**``, ``XX``, ``××``, ``……``, 待定, 必填, ``指标1:``, unticked □.

    测试 counts only when it is the whole cell.
    """
    folded = fold_characters(text[:_LONGEST_TEXT])
    found = [match.group() for match in _PLACEHOLDER.finditer(folded)]
    numbered = _NUMBERED_NAME.match(folded)
    if numbered is not None:
        found.insert(0, numbered.group())
    if "□" in folded and not any(character in _TICKED for character in folded):
        found.append("□")
    if folded.strip() in ("测试", "测试数据", "test"):
        found.append(folded.strip())
    return tuple(dict.fromkeys(found))


# --- scoring standards -------------------------------------------------------------------------------------------

_MARKS = LazyPattern(
    r"(?:[得计记赋给](?:满分|基本分)?|满分[为:是]?) ?(?P<points>[0-9]{1,3}(?:\.[0-9]{1,2})?)分"
    r"|\((?P<bracketed>[0-9]{1,3}(?:\.[0-9]{1,2})?)分\)"
)
_REACHED = LazyPattern(
    r"(?P<number>[0-9]{1,12}(?:\.[0-9]{1,6})?)(?P<unit>[^0-9,。;()*×/+=]{0,6}?)(?:\(含\)|及以上|以上|\(含\)以上|以内|以下|内)?[,]?"
    r"(?:的|时|则|即可|可)?,?(?:得|计|记|赋|给)(?:满分|[0-9])"
)


_LONGEST_MARKS = 20


def read_full_marks(text: str) -> Decimal | None:
    """Read how many points a scoring standard gives at most: 达到计划值得满分2分 → 2; None if it names none."""
    points = [_points(found) for found in _iterate_marks(text)]
    return max(points) if points else None


def read_full_mark_value(text: str) -> Decimal | None:
    """Read the value for which a scoring standard gives full marks: 入户率达到100%得2分 → 100.

    Returns:
        The number as printed; None when full marks hang on no number (达到计划值), or on a date.
    """
    full = read_full_marks(text)
    folded = fold_characters(text[:_LONGEST_TEXT])
    for found in _REACHED.finditer(folded):
        marks = _MARKS.search(folded, found.end("unit"), found.end() + _LONGEST_MARKS)
        is_full = folded.startswith("满分", found.end() - 2) or (marks is not None and _points(marks) == full)
        if is_full and not _is_date_part(folded, found.start(), found["unit"]) and not _is_deduction(folded, found):
            return Decimal(found["number"])
    return None


def _iterate_marks(text: str) -> list[re.Match[str]]:
    return list(_MARKS.finditer(fold_characters(text[:_LONGEST_TEXT])))


def _points(found: re.Match[str]) -> Decimal:
    return Decimal(found["points"] or found["bracketed"])


def _is_deduction(text: str, found: re.Match[str]) -> bool:
    """Tell whether the number is what is taken off: 少1户扣2分,得10分."""
    return found["unit"].startswith("分") and text[max(0, found.start() - 1) : found.start()] in ("扣", "减")


def _is_date_part(text: str, start: int, unit: str) -> bool:
    return unit.startswith(("年", "月", "日")) or text[max(0, start - 1) : start] in ("年", "月", "/", "第")
