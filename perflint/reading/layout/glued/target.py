"""The text of a row whose cells run together: where its name ends, its target, its weight; where the next row begins.

辅导课程次数≥6次 ──split_row──▶ 辅导课程次数 | ≥ 6 次
"""

from __future__ import annotations

import re
from typing import NamedTuple

from perflint.interpret.comparator import find_signs_start, scan_post_word
from perflint.interpret.folding import fold_characters
from perflint.interpret.units import names_only_unit, scan_unit
from perflint.reading.cell import shapes
from perflint.reading.layout.glued.names import find_name

_LONGEST_ROW = 300  # characters of a name and its target
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SPAN = re.compile(r"\s*[-—~至到]\s*\d[\d,]*(?:\.\d+)?")
_WEIGHT = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,2})?分?$")
_NEXT_WEIGHT = re.compile(r"\s*\d{1,3}(?:\.\d{1,2})?分?(?![\d.%])")
_SIGN = re.compile("[≥≤＞＜>＝=﹦<≧≦⩾⩽≮≯]{1,2}")
_BLANK = re.compile(r"\s*")
# What a name ends in before a figure without any sign, where another row may follow.
_COUNTED = frozenset("数量率额比度积长程期间准本值重例次)）")
# Units that part two rows where no more of them stands: 3镇街道 may be 3镇 or 3.
_CLASSIFIERS = frozenset("个次项台套件份篇期场批座处条盏株棵辆户人名家起例宗亩米吨元幅册本张间栋艘只头匹把")
# What makes a longer word of a unit behind it: 20人 and 20 | 人员培训.
_LONGER = {
    "人": "员才口民群数均力事大居体",
    "个": "人体性案",
    "项": "目",
    "户": "数籍均",
    "次": "数",
    "家": "庭长属校",
    "名": "师额录称单",
    "处": "置理罚",
    "批": "准复次",
    "本": "级地市县区年",
    "份": "额",
    "座": "谈",
    "起": "点诉",
    "期": "间限末",
    "场": "地所馆",
    "元": "素",
}
_BETWEEN = " \t\r\n\u3000；;。"  # what may stand between two rows
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
    text = text.strip(_BETWEEN)
    if len(text) > _LONGEST_ROW:
        return None
    weight = ""
    if "weight" in fields:
        found = _WEIGHT.search(text)
        if found is None or not _ends_target(text[: found.start()]):
            return None
        text, weight = text[: found.start()].rstrip(), found.group()
    name = find_name(text, alone=alone)
    if name is None:
        return None
    value = text[len(name) :].strip()
    sign, number, unit = _split_target(value, fields)
    if ("comparator" in fields) != bool(sign) or ("unit" in fields and not unit):
        return None
    return Parts(name.strip(), number, sign, unit, weight, worded=not sign and not shapes.is_value(value))


def _ends_target(text: str) -> bool:
    """Tell whether no digit of a target can belong to the figure behind it: a blank or a unit stands between."""
    return text[-1:].isspace() or not text[-1:].isdigit()


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
    whole = not behind[post:].strip()
    if not word or not (signed or word in _SHARES or before[-1:] in _COUNTED):
        return None
    if not whole and not _parts_rows(word, behind[unit:post], behind[post : post + 1]):
        return None
    end += post
    if "weight" in fields:
        weight = _NEXT_WEIGHT.match(text, end)
        if weight is None:
            return None
        end = weight.end()
    following = text[end : end + 1]
    if following in _ENDS:
        return end + 1
    return None if following.isdigit() or _SIGN.match(following) or following in _JOINS else end


def _parts_rows(unit: str, post: str, following: str) -> bool:
    """Tell whether a unit ends a target where more text follows, which it may otherwise be the beginning of."""
    if unit in _SHARES or post:
        return True
    if not names_only_unit(unit) and unit not in _CLASSIFIERS:
        return False
    return following not in _LONGER.get(unit, "")


_SHARES = frozenset({"%", "百分比", "‰"})
_ENDS = frozenset("；;。")
_JOINS = frozenset("/、，,.-—~（(:：以之每%")
