"""What a text must hold for a function to find anything in it: a pattern that costs far less than the function.

Most texts hold none, and are not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from perflint.expression.patterns import find_literal
from perflint.interpret.folding import look_alikes
from perflint.interpret.personal import COMPOUND, SURNAMES

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

MOST_WORDS = 300
"""More words than this are no clue: each of them is tried wherever one of them may begin."""


def find_clue(name: str, constants: Sequence[Any]) -> str:
    """Return the pattern that is found in every text in which function *name* finds anything, ``""`` if none is known.

    Args:
        constants: The other arguments of the function.
    """
    match name, constants:
        case (("matches" | "find"), [str() as pattern]):
            literal = find_literal(pattern)
            return re.escape(literal) if literal and not pattern.startswith(literal) else pattern
        case (("contains_any" | "found_in"), [words]) if 0 < len(words) <= MOST_WORDS:
            return "|".join(map(re.escape, words))
        case _, []:
            return CLUES.get(name, "")
    return ""


def _any_of(characters: str) -> str:
    return f"[{re.escape(look_alikes(characters))}]"


def _list_pairs(*signs: str) -> list[str]:
    """Return the patterns of two of these signs, or of what looks like them, side by side."""
    return [re.escape(first) + _any_of(pair) for pair in signs for first in look_alikes(pair)]


_DIGIT = _any_of("0123456789")
_SURNAME = _any_of("".join(sorted(SURNAMES.union(surname[0] for surname in COMPOUND))))
# Alternatives that begin with a character each: ``re`` skips to the next of them.
_PLACEHOLDERS = (
    *_list_pairs("**", "Xx", "××", "__", "○〇", "……", "..", "te"),
    *(f"{first}[填輸输擇择]" for first in "選选請请"),
    f"指[標标]{_any_of('0123456789一二三四五六七八九十')}",
    *("□", "待[定填補补完]", "必[填選选]", "年月日", "測[試试]", "测[試试]"),
)
CLUES: Mapping[str, str] = {
    "read_years": _DIGIT,
    "read_frequency": _any_of("次回场期轮遍篇份堂趟"),
    "read_formulas": _any_of("="),
    "read_amounts": _any_of("元万亿"),
    "read_quantities": _DIGIT,
    "read_full_marks": _any_of("分"),
    "read_full_mark_value": _DIGIT,
    "find_mobile_numbers": _any_of("1") + _any_of("3456789"),
    "find_landlines": _any_of("0") + _any_of("123456789") + _DIGIT + _any_of("0123456789)-— "),
    "find_id_numbers": _DIGIT * 8,
    "find_bank_cards": _DIGIT * 4 + _any_of("0123456789 ") + _DIGIT,
    "find_person_names": f"{_SURNAME}[\u4e00-\u9fff{look_alikes('·')}]{{1,3}}(?:人|等|同志|先生|女士)"
    rf"|(?:人|[领領][导導]|[户戶]主)(?:姓名)?[\s\S]{{0,4}}{_SURNAME}",
    "find_repeated_sentences": r"[\s\S]{24}",
    "find_markup": r"[<&\[\x00-\x1f\x7f\u200b\u200e\u200f\u2060\ufeff\ufffd]",
    "find_inner_spaces": r"[ \u00a0\u3000\t]",
    "find_placeholders": "|".join(_PLACEHOLDERS),
}
"""By the name of a function of one text: what every text holds in which it finds anything."""

SHORTEST: Mapping[str, int] = {
    "find_repeated_words": 4,
    "find_repeated_sentences": 24,
    "find_mobile_numbers": 11,
    "find_landlines": 10,
    "find_id_numbers": 18,
    "find_bank_cards": 16,
}
"""By the name of a function of one text: how many characters a text has at least in which it finds anything."""
