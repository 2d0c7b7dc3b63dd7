"""The text of a row whose cells run together: where its name ends, its target, its weight; where the next row begins.

辅导课程次数≥6次 ──split_row──▶ 辅导课程次数 | ≥ 6 次
"""

from __future__ import annotations

import re
from typing import NamedTuple

from perflint.interpret import Target, read_value
from perflint.interpret.comparator import find_signs_start, scan_post_word
from perflint.interpret.folding import fold_characters
from perflint.interpret.units import scan_unit
from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold

_KINDS = frozenset({"number", "range", "deadline", "period", "relative"})
_OTHER = frozenset({"trailing_text", "noun_after_unit", "contains_digits"})  # what a target that is whole has not
_LONGEST_ROW = 300  # characters of a name and its target
_LONGEST_TARGET = 40
_LARGE = 10_000  # from which a figure without a sign and a unit may be several
_SHORTEST_NAME = 2  # letters
_GRADED = 4  # letters of a name before a word that is the whole target
_LONGEST_GRADE = 8
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SPAN = re.compile(r"\s*[-—~至到]\s*\d[\d,]*(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d{2}$")
_WEIGHT = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,2})?分?$")
_NEXT_WEIGHT = re.compile(r"\s*\d{1,3}(?:\.\d{1,2})?分?(?![\d.%])")
_SIGN = re.compile("[≥≤＞＜>＝=<≧≦⩾⩽≮≯]{1,2}")
_BLANK = re.compile(r"\s*")
# What a name before a figure does not end in: the target begins farther left, or the figure is part of a word.
_OPEN = frozenset("各每共均第前后一二三四五六七八九十两零百千万年月日至到和与及、，,.-—~（(:：/每个")
# What a name ends in before a figure without any sign, where another row may follow.
_COUNTED = frozenset("数量率额比度积长程期间准本值重例次)）")
_CLOSING = frozenset(')）”"》】」')
# A unit and what makes a longer word of it: 20人 and 20 | 人员培训.
_LONGER = {
    "人": "员才口民群数均力事大居",
    "项": "目",
    "户": "数籍均",
    "次": "数",
    "村": "民庄级集",
    "天": "然",
    "年": "度均",
}
_BEHIND = 24  # characters looked at for a unit and the words behind it


class Parts(NamedTuple):
    """A name and its target as printed; sign, unit and weight apart where the header has columns for them.

    Attributes:
        worded: The target is a word, which begins where a usual one does.
    """

    name: str
    value: str
    comparator: str = ""
    unit: str = ""
    weight: str = ""
    worded: bool = False


def split_row(text: str, fields: tuple[str, ...], *, alone: bool) -> Parts | None:
    """Return the cells of a row; None where they cannot be told apart for certain.

    Args:
        fields: what the columns hold.
        alone: whether the text is a line of its own; if not, a figure in a name may be the target of another row.
    """
    text = text.strip()
    if len(text) > _LONGEST_ROW:
        return None
    weight = ""
    if "weight" in fields:
        found = _WEIGHT.search(text)
        if found is None or not _ends_target(text[: found.start()]):
            return None
        text, weight = text[: found.start()].rstrip(), found.group()
    name = _find_name(text)
    if name is None or not _is_name(name, alone=alone):
        return None
    value = text[len(name) :].strip()
    sign, number, unit = _split_target(value, fields)
    if ("comparator" in fields) != bool(sign) or ("unit" in fields and not unit):
        return None
    return Parts(name.strip(), number, sign, unit, weight, worded=not sign and not shapes.is_value(value))


def _ends_target(text: str) -> bool:
    """Tell whether no digit of a target can belong to the figure behind it: a blank or a unit stands between."""
    return text[-1:].isspace() or not text[-1:].isdigit()


def _find_name(text: str) -> str | None:
    """Return what stands before the target at the end of a row."""
    target = read_value(text)
    if target.unit is None and target.comparator is None and target.number is not None and target.number >= _LARGE:
        return None  # figures of several columns
    if target.kind in _KINDS and target.label and not _OTHER.intersection(target.notes) and target.noun is None:
        return _print_label(text, target)
    for length in range(min(_LONGEST_GRADE, len(text) - _GRADED), 1, -1):
        if shapes.is_grade(text[-length:]) and len(fold(text[:-length])) >= _GRADED:
            return text[:-length]
    signs = list(_SIGN.finditer(text))
    if (
        len(signs) == 1
        and signs[0].start() >= _SHORTEST_NAME
        and len(text) - signs[0].end() in range(1, _LONGEST_TARGET)
    ):
        return text[: signs[0].start()]
    return None


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
    bare = name.strip()
    if len(fold(bare)) < _SHORTEST_NAME or bare[-1] in _OPEN or _SIGN.search(bare) or not _ends_word(bare):
        return False
    return not _holds_figure(fold_characters(bare)) if not alone else "%" not in fold_characters(bare)


def _ends_word(name: str) -> bool:
    return bool(fold(name[-1])) or name[-1] in _CLOSING


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


def _split_target(value: str, fields: tuple[str, ...]) -> tuple[str, str, str]:
    """Return sign, number and unit of a target, those for which there is no column left with the number."""
    folded = fold_characters(value)
    begin = end = 0
    if "comparator" in fields:
        found = _SIGN.match(folded)
        begin = found.end() if found else 0
    if "unit" in fields:
        number = _DIGITS.match(folded, _BLANK.match(folded, begin).end())  # type: ignore[union-attr]
        unit = number is not None and scan_unit(folded, number.end()) == len(folded)
        end = len(value) - number.end() if number is not None and unit else 0
    cut = len(value) - end
    return value[:begin].strip(), value[begin:cut].strip(), value[cut:].strip()


def list_ends(text: str, fields: tuple[str, ...]) -> list[int]:
    """Return where rows end in a text of several: behind each target that is one for certain.

    With its sign, or a percentage, or a figure with its unit behind a word that calls for one.
    """
    folded = fold_characters(text)
    ends: list[int] = []
    done = 0
    for found in _DIGITS.finditer(folded):
        if found.start() < done:
            continue
        end = _find_end(folded, found, fields)
        if end is not None:
            ends.append(end)
            done = end
    return ends


def _find_end(text: str, figure: re.Match[str], fields: tuple[str, ...]) -> int | None:
    """Return the end of the target with a figure, and of the weight behind it; None where it is none for certain."""
    before = text[max(0, figure.start() - _BEHIND) : figure.start()].rstrip()
    end = figure.end()
    span = _SPAN.match(text, end)
    end = span.end() if span else end
    behind = text[end : end + _BEHIND]
    blank = len(behind) - len(behind.lstrip())
    unit = scan_unit(behind, blank)
    post = scan_post_word(behind, unit)
    word = behind[blank:unit]
    signed = find_signs_start(before, len(before)) < len(before)
    if not word or not (signed or word in {"%", "百分比"} or before[-1:] in _COUNTED) or before[-1:] in _OPEN:
        return None
    if behind[post : post + 1] in _LONGER.get(word, "") and post == unit and post < len(behind):
        return None
    end += post
    if "weight" in fields:
        weight = _NEXT_WEIGHT.match(text, end)
        if weight is None:
            return None
        end = weight.end()
    following = text[end : end + 1]
    return None if following.isdigit() or _SIGN.match(following) or following in _JOINS else end


_JOINS = frozenset("/、，,.-—~（(:：；;以之每%")
