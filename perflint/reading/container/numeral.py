"""Write whole numbers the way lists and cell formats show them: 一二三, 壹贰叁, ①②③, Ⅰ and a, b, c."""

from __future__ import annotations

_SMALL = ("〇一二三四五六七八九", ("", "十", "百", "千"))
_LEGAL = ("零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"))
_MYRIADS = ("", "万", "亿", "万亿")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


def write_chinese(number: int, *, legal: bool = False) -> str:
    """Return ``105`` as 一百〇五, or 壹佰零伍 when *legal*; ``12`` is 十二 but 壹拾贰. A minus stays."""
    if number < 0:
        return "-" + write_chinese(-number, legal=legal)
    digits, ranks = _LEGAL if legal else _SMALL
    if number == 0:
        return digits[0]
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    text = ""
    for rank in range(len(groups) - 1, -1, -1):
        if not groups[rank]:
            continue
        if text and (groups[rank] < 1000 or not groups[rank + 1]):
            text += digits[0]
        text += _write_group(groups[rank], digits, ranks) + _MYRIADS[min(rank, len(_MYRIADS) - 1)]
    return text if legal or not text.startswith("一十") else text[1:]


def _write_group(group: int, digits: str, ranks: tuple[str, ...]) -> str:
    text = ""
    gap = False
    for rank in range(3, -1, -1):
        digit = group // 10**rank % 10
        if not digit:
            gap = bool(text)
            continue
        text += (digits[0] if gap else "") + digits[digit] + ranks[rank]
        gap = False
    return text


def write_digits(text: str, *, legal: bool = False) -> str:
    """Replace each ASCII digit of *text* by its Chinese one: ``2026`` becomes 二〇二六."""
    digits = (_LEGAL if legal else _SMALL)[0]
    return "".join(digits[int(c)] if c in "0123456789" else c for c in text)


def write_circled(number: int) -> str:
    """Return ① to ㊿; other numbers as plain digits."""
    for first, last, start in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(start + number - first)
    return str(number)


def write_letter(number: int) -> str:
    """Return a to z, then aa, bb, as word processors count; numbers beyond thirty letters as plain digits."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 780 else str(number)


def write_roman(number: int) -> str:
    """Return i, ii, iii; numbers beyond 0 < n < 4000 as plain digits."""
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text + _ROMAN_ONES[number]
