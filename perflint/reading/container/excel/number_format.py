"""Show a stored number as a sheet shows it: ``0.95`` with ``0%`` is ``95%``, serial 46387 is ``2026年12月31日``.

Exact decimals all the way. What a format cannot be read for is shown as ``General``.
Source: ECMA-376 part 1, 18.8.31 (numFmts).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from perflint.reading.container import numeral
from perflint.reading.container.excel.date_format import show_date
from perflint.reading.container.excel.format_code import Section, Token, is_literal, parse_format

_STORED = Context(prec=15, rounding=ROUND_HALF_UP)  # what a sheet keeps of a number
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
_GENERAL_WIDTH = 10


def read_stored(text: str) -> Decimal | None:
    """Return a stored number to the 15 digits a sheet keeps (``0.95000000000000007`` is 0.95); None if it is none."""
    try:
        value = _STORED.create_decimal(text.strip())
    except ArithmeticError:
        return None
    return value if value.is_finite() else None


def show_number(value: Decimal, code: str, *, since_1904: bool = False) -> str:
    """Return *value* as a sheet with the format *code* shows it; "" when the format hides it."""
    sections = parse_format(code)
    section, shown = _choose_section(sections, value)
    if section is None:
        return show_general(value)
    if section.is_date or section.style in ("F800", "F400"):
        dated = show_date(value, section.tokens, section.style, since_1904=since_1904)
        return show_general(value) if dated is None else dated
    return _show_section(section, shown).strip()


def show_text(text: str, code: str) -> str:
    """Return *text* as a sheet shows it: only a section with ``@``, or an empty fourth one, changes it."""
    sections = parse_format(code)
    section = sections[3] if len(sections) > 3 else sections[-1]
    if not any(token.kind == "text" for token in section.tokens):
        return "" if len(sections) > 3 and not section.tokens else text
    parts = (text if token.kind == "text" else token.text if is_literal(token) else "" for token in section.tokens)
    return "".join(parts).strip(" ") if len(section.tokens) > 1 else text


def show_general(value: Decimal) -> str:
    """Return *value* as the General format shows it in a wide column: 10 digits, never shortened before the point."""
    whole = len(str(abs(int(value))))
    places = max(_GENERAL_WIDTH - whole, 0)
    rounded = _round(value, places)
    if rounded == 0 and value != 0:
        return f"{_STORED.create_decimal(value).normalize():E}"
    return f"{rounded.normalize():f}" if rounded else "0"


def _choose_section(sections: Sequence[Section], value: Decimal) -> tuple[Section | None, Decimal]:
    """Return the section for *value* and the value to show there: without its sign where the section stands for it."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        return _choose_by_condition(numeric, value)
    if len(numeric) == 1 or value > 0 or (value == 0 and len(numeric) == 2):
        return numeric[0], value
    return numeric[1 if value < 0 else 2], abs(value)


def _choose_by_condition(sections: Sequence[Section], value: Decimal) -> tuple[Section | None, Decimal]:
    for section in sections:
        if section.condition is None or _holds(value, *section.condition):
            negatives_only = section.condition is not None and section.condition[0] in ("<", "<=")
            return section, abs(value) if negatives_only and section.condition and section.condition[1] <= 0 else value
    return None, value


def _holds(value: Decimal, sign: str, other: Decimal) -> bool:
    return {
        "<": value < other, ">": value > other, "=": value == other,
        "<=": value <= other, ">=": value >= other, "<>": value != other,
    }[sign]  # fmt: skip


def _show_section(section: Section, value: Decimal) -> str:
    kinds = [token.kind for token in section.tokens]
    if "general" in kinds or ("text" in kinds and "digit" not in kinds):
        number = _show_in_style(show_general(value), value, section.style)
        return "".join(number if t.kind in ("general", "text") else t.text for t in section.tokens if _is_shown(t))
    if "digit" not in kinds:
        return "".join(token.text for token in section.tokens if is_literal(token) or token.kind == "percent")
    if "exponent" in kinds:
        return _show_exponent(section.tokens, value)
    if any(t.kind == "plain" and t.text == "/" for t in section.tokens):
        return show_general(value)
    text = _show_decimal(section.tokens, value)
    return numeral.write_digits(text, legal=section.style == "DBNUM2") if section.style.startswith("DBNUM") else text


def _is_shown(token: Token) -> bool:
    return is_literal(token) or token.kind in ("general", "text", "percent")


def _show_in_style(text: str, value: Decimal, style: str) -> str:
    if style not in ("DBNUM1", "DBNUM2"):
        return text
    whole, point, places = text.partition(".")
    legal = style == "DBNUM2"
    written = numeral.write_chinese(abs(int(whole or 0)), legal=legal) if "E" not in text else text
    sign = "-" if value < 0 else ""
    return sign + written + point + numeral.write_digits(places, legal=legal)


def _show_decimal(tokens: Sequence[Token], value: Decimal) -> str:
    point = next((place for place, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    whole, places = tokens[:point], tokens[point:]
    last_digit = _find_last_digit(whole)
    scale = sum(token.kind == "comma" for part in (whole, places) for token in part[_find_last_digit(part) + 1 :])
    percents = sum(token.kind == "percent" for token in tokens)
    scaled = _WIDE.scaleb(value, 2 * percents - 3 * scale)
    rounded = _round(scaled, sum(token.kind == "digit" for token in places))
    digits, _, fraction = f"{abs(rounded):f}".partition(".")
    grouped = any(token.kind == "comma" for token in whole[:last_digit])
    text = _fill_whole(whole, digits if digits != "0" else "", grouped=grouped) + _fill_places(places, fraction)
    return f"-{text}" if rounded < 0 else text


def _find_last_digit(tokens: Sequence[Token]) -> int:
    return max((place for place, token in enumerate(tokens) if token.kind == "digit"), default=-1)


def _fill_whole(tokens: Sequence[Token], digits: str, *, grouped: bool) -> str:
    """Put *digits* on the placeholders from the right; what is left over goes before the first placeholder."""
    first = next((place for place, token in enumerate(tokens) if token.kind == "digit"), None)
    pieces: list[str] = []
    count = 0

    def take(text: str) -> None:
        nonlocal count
        for digit in reversed(text):
            if grouped and count and count % 3 == 0:
                pieces.append(",")
            pieces.append(digit)
            count += 1

    for place in range(len(tokens) - 1, -1, -1):
        token = tokens[place]
        if token.kind != "digit":
            pieces.append(token.text if is_literal(token) or token.kind == "percent" else "")
            continue
        taken = digits if place == first else digits[-1:]
        digits = digits[: len(digits) - len(taken)]
        take(taken or ("0" if token.text == "0" else ""))
    return "".join(reversed(pieces))


def _fill_places(tokens: Sequence[Token], fraction: str) -> str:
    placeholders = [token.text for token in tokens if token.kind == "digit"]
    needed = max((place + 1 for place, mark in enumerate(placeholders) if mark == "0"), default=0)
    kept = max(len(fraction.rstrip("0")), needed)
    text = ""
    used = 0
    for token in tokens:
        if token.kind == "digit":
            text += fraction[used] if used < kept else ""
            used += 1
        elif token.kind == "point" and not text:
            text += "."
        elif is_literal(token) or token.kind == "percent":
            text += token.text
    return text


def _show_exponent(tokens: Sequence[Token], value: Decimal) -> str:
    mark = next(place for place, token in enumerate(tokens) if token.kind == "exponent")
    places = 0
    if any(token.kind == "point" for token in tokens[:mark]):
        point = next(place for place, token in enumerate(tokens) if token.kind == "point")
        places = sum(token.kind == "digit" for token in tokens[point:mark])
    width = sum(token.kind == "digit" for token in tokens[mark:])
    exponent = value.adjusted() if value else 0
    mantissa = _round(_WIDE.scaleb(value, -exponent), places)
    if abs(mantissa) >= 10:
        exponent += 1
        mantissa = _round(_WIDE.scaleb(value, -exponent), places)
    sign = "-" if exponent < 0 else "+" if tokens[mark].text[1] == "+" else ""
    return f"{mantissa:f}E{sign}{abs(exponent):0{width}d}"


def _round(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), context=_WIDE)
