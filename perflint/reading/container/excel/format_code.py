"""Read the format code of a cell: its sections, and their tokens.

Source: ECMA-376 part 1, 18.8.30 and 18.8.31 (numFmt), with the built-in formats of the zh-CN locale.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

GENERAL = "General"
_BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"¥"#,##0;"¥"\\-#,##0', 6: '"¥"#,##0;[Red]"¥"\\-#,##0',
    7: '"¥"#,##0.00;"¥"\\-#,##0.00', 8: '"¥"#,##0.00;[Red]"¥"\\-#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"', 37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);[Red](#,##0.00)",
    41: '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ "¥"* #,##0_ ;_ "¥"* \\-#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<gap>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<noon>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+|e+|b+|a{3,4})|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)"
    r"|(?P<text>@)|(?P<end>;)|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST = 255  # characters of a format that Excel takes
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_CURRENCY = re.compile(r"\$([^-]*)(?:-.*)?")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)


class Token(NamedTuple):
    """A piece of a format: its kind (the group names of the pattern, plus ``elapsed``) and its text."""

    kind: str
    text: str


class Section(NamedTuple):
    """One of the parts between semicolons.

    Attributes:
        tokens: What it shows.
        condition: Comparison and number it applies to, or None.
        style: ``DBNUM1`` to ``DBNUM4`` for Chinese digits, ``F800`` and ``F400`` for the system's long date and time.
    """

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None
    style: str

    @property
    def is_date(self) -> bool:
        """Whether it shows a date or time."""
        kinds = {token.kind for token in self.tokens}
        return bool(kinds & {"date", "elapsed"}) and not kinds & {"general", "exponent"}


def find_format(number: int, custom: dict[int, str]) -> str:
    """Return the format code for *number*: the file's own, else the built-in one of a Chinese system, else General."""
    own = custom.get(number)
    return own if own and len(own) <= _LONGEST else _BUILT_IN.get(number, GENERAL)


@lru_cache(maxsize=512)
def parse_format(code: str) -> tuple[Section, ...]:
    """Split a format into its sections."""
    sections: list[Section] = []
    tokens: list[Token] = []
    condition: tuple[str, Decimal] | None = None
    style = ""
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or "plain"
        text = match[kind]
        if kind == "end":
            sections.append(Section(tuple(tokens), condition, style))
            tokens, condition, style = [], None, ""
        elif kind == "bracket":
            condition = _read_condition(text) or condition
            style = _read_style(text) or style
            tokens.extend(_read_bracket(text))
        else:
            tokens.append(Token(kind, text))
    sections.append(Section(tuple(tokens), condition, style))
    return tuple(sections)


def _read_condition(text: str) -> tuple[str, Decimal] | None:
    match = _CONDITION.fullmatch(text.strip())
    return (match[1], Decimal(match[2])) if match else None


def _read_style(text: str) -> str:
    upper = text.upper()
    if upper.startswith("DBNUM"):
        return upper
    return upper[-4:] if upper in ("$-F800", "$-F400") else ""


def _read_bracket(text: str) -> list[Token]:
    currency = _CURRENCY.fullmatch(text)
    if currency:
        return [Token("quoted", currency[1])] if currency[1] else []
    return [Token("elapsed", text.lower())] if _ELAPSED.fullmatch(text) else []


def is_literal(token: Token) -> bool:
    """Tell whether a piece is shown as it stands."""
    return token.kind in ("quoted", "escaped", "plain", "noon", "date")
