"""Where the name of a row ends whose target runs on behind it, and whether it can be a name at all.

学生满意度90% ──find_name──▶ 学生满意度
"""

from __future__ import annotations

import re

from perflint.interpret import Target, read_value
from perflint.interpret.folding import fold_characters
from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold

_KINDS = frozenset({"number", "range", "deadline", "period", "relative"})
_OTHER = frozenset({"trailing_text", "noun_after_unit", "contains_digits"})  # what a target that is whole has not
_LARGE = 10_000  # from which a figure without a sign and a unit may be several
_SHORTEST, _LONGEST = 2, 25  # letters; the latter where another row may stand in it
_LONGEST_LIMIT = 12  # characters of a target behind its sign: ≤预算数
_GRADED = 4  # letters of a name before a word that is the whole target
_SHORT_GRADE, _LONGEST_GRADE = 2, 8
_SIGN = re.compile("[≥≤＞＜>＝=﹦<≧≦⩾⩽≮≯]{1,2}")
_NUMBERED = re.compile(r"指标\s*\d{1,2}\s*[:：.、]?\s*")  # before a name, of which it is no part
_GLOSS = re.compile(r"[A-Za-z]{6}")  # of the level before it
_REPEATED = 4
_WORD = "指标"
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d{2}$")
# What a name before a figure does not end in: the target begins farther left, or the figure is part of a word.
_OPEN = frozenset("各每共均第前后一二三四五六七八九十两零百千万年月日至到和与及、，,.-—~（(:：/个")
_CLOSING = frozenset(')）”"》】」')
# What a name ends in before a target of two letters, which may end a longer one: 及时 of 按期及时.
_NOMINAL = frozenset("性度率况平力识感量境件貌心")
# What may be part of the name as well as of the target behind it: 改善程度|较高, 改善|程度较高.
_SHARED = ("程度", "效果", "效益", "成效", "影响", "作用")
# Targets in words that may end a row within a name.
_PLAIN = re.compile(
    r"(?:持续|不断|稳步|逐步|明显|显著|有所|进一步|得到|效果)(?:提升|提高|改善|增强|优化|推进|明显|显著|增加|良好)"
    r"|较[高好强大]|良好|优良|显著"
)


def find_name(text: str, *, alone: bool) -> str | None:
    """Return what stands before the target at the end of a row; None where that is not certain.

    Args:
        alone: whether the text is a line of its own; if not, a name may hold the whole row before it.
    """
    numbered = _NUMBERED.match(text)
    lead = numbered.end() if numbered else 0
    name = _find_name(text[lead:], alone=alone)
    return None if name is None else text[: lead + len(name)]


def _find_name(text: str, *, alone: bool) -> str | None:
    target = read_value(text)
    if target.unit is None and target.comparator is None and target.number is not None and target.number >= _LARGE:
        return None
    if target.kind in _KINDS and target.label and target.noun is None and not _OTHER.intersection(target.notes):
        name = _print_label(text, target)
        # 提高2个百分点 is one target.
        grown = name is not None and target.comparator is None and shapes.is_grade(name.strip()[-_SHORT_GRADE:])
        return None if name is None or grown or not _is_name(name, alone=alone) else name
    name = _find_before_grade(text) or _find_before_limit(text)
    if name is None or not _is_name(name, alone=alone):
        return None
    return None if not alone and text[len(name) :].strip() in name else name  # the target of another row


def _find_before_grade(text: str) -> str | None:
    for length in range(min(_LONGEST_GRADE, len(text) - _GRADED), 1, -1):
        name, grade = text[:-length].strip(), text[-length:].strip()
        if len(fold(name)) < _GRADED or not fold(grade[:1]) or not shapes.is_grade(grade):
            continue
        sure = not name.endswith(_SHARED) and (len(grade) > _SHORT_GRADE or name[-1] in _NOMINAL)
        return name if sure else None
    return None


def _find_before_limit(text: str) -> str | None:
    """Return what stands before the only sign of a text, behind which a limit in words stands: ≤预算数."""
    signs = list(_SIGN.finditer(text))
    limit = text[signs[0].end() :] if len(signs) == 1 else ""
    plain = 0 < len(limit) <= _LONGEST_LIMIT and fold(limit) == limit and not shapes.has_digit(limit)
    return text[: signs[0].start()] if plain else None


def _print_label(text: str, target: Target) -> str | None:
    """Return the label of a target as printed, None where the print cannot be followed."""
    wanted = iter("".join((target.label or "").split()))
    awaited = next(wanted, None)
    for place, character in enumerate(fold_characters(text)):
        if awaited is None:
            return text[:place]
        if character.isspace():
            continue
        if character != awaited:
            return None
        awaited = next(wanted, None)
    return None


def _is_name(name: str, *, alone: bool) -> bool:
    bare = fold_characters(name.strip())
    if bare.startswith(_WORD):
        return False  # the next row of a form left blank
    if len(fold(bare)) < _SHORTEST or bare[-1] in _OPEN or bare[0] == "等" or _SIGN.search(bare):
        return False
    if not (fold(bare[-1]) or bare[-1] in _CLOSING) or _GLOSS.match(bare) is not None:
        return False
    if bare.find(bare[-_REPEATED:]) < len(bare) - _REPEATED or bare.find(bare[:_REPEATED], 1) > 0:
        return False  # the cell beside is of the same words
    if alone:
        return "%" not in bare
    return len(fold(bare)) <= _LONGEST and not _holds_figure(bare) and _PLAIN.search(bare) is None


def _holds_figure(name: str) -> bool:
    """Tell whether a name holds a figure that may be a target: not a year, nor a part of a word, 5G."""
    for found in _DIGITS.finditer(name):
        behind = name[found.end() : found.end() + 1]
        if _YEAR.fullmatch(found.group()) and behind in {"年", "—", "-"}:
            continue
        before = name[found.start() - 1 : found.start()] if found.start() else ""
        if (behind.isascii() and behind.isalpha()) or (before.isascii() and (before.isalpha() or before == ".")):
            continue
        return True
    return False
