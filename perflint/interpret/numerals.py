"""Numbers written in Chinese characters: 两, 十二, 一百二十, 三万五千."""

from __future__ import annotations

from decimal import Decimal

DIGITS = {
    **{character: value for value, character in enumerate("零一二三四五六七八九")},
    "〇": 0,
    "两": 2,
    **{character: value for value, character in enumerate("壹贰叁肆伍陆柒捌玖", start=1)},
}
_PLACES = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}
_LONGEST = 20
NUMERAL_CHARACTERS = frozenset(DIGITS) | frozenset(_PLACES)


def scan_numeral(text: str, start: int = 0) -> tuple[Decimal, int] | None:
    """Read the numeral that begins at *start*.

    A final 万 or 亿 is left standing: it belongs to the unit, as in 三万元.

    Returns:
        The number and the offset after it, or None when there is no numeral or it cannot be one (``二三``).
    """
    total = section = 0
    digit: int | None = None
    place = 0
    at = start
    while at < len(text) and at - start < _LONGEST:
        character = text[at]
        if character in DIGITS:
            if digit:
                return None
            digit = DIGITS[character]
            place = 1 if digit == 0 else place
        elif character in _PLACES:
            place = _PLACES[character]
            section += (1 if digit is None else digit or 1) * place
            digit = None
        elif character in _GROUPS and text[at + 1 : at + 2] in NUMERAL_CHARACTERS and at > start:
            total += (section + (digit or 0)) * _GROUPS[character]
            section, digit, place = 0, None, _GROUPS[character]
        else:
            break
        at += 1
    if at == start:
        return None
    # 二百五 is 250, 二百零五 is 205: a last digit counts one place below the last one named.
    last = (digit or 0) * (place // 10 if place > 10 else 1)
    return Decimal(total + section + last), at


def read_numeral(text: str) -> Decimal | None:
    """Read *text* as one whole numeral; None if anything is left over."""
    found = scan_numeral(text)
    return found[0] if found is not None and found[1] == len(text) else None
