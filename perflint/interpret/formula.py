"""Calculations written into prose: ``20次*0.5（万元/次）=10万元``, ``30万元*12月=360万元``, ``1.8+3.5+2.7=8``.

text → tokens → for every ``=`` the terms that lead up to it, read from right to left
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perflint.interpret.folding import fold_characters
from perflint.interpret.units import clean_unit, fold_unit, scan_unit, split_money, unit_scale
from perflint.pattern import LazyPattern
from perflint.typed import NamedTuple


class Formula(NamedTuple):
    """One calculation.

    Attributes:
        text: As printed, from the first operand to the end of the result.
        left: The numbers of the left side in order, as printed.
        product: The value of the left side in ``unit``; None when an operand is missing.
        stated: The printed result; None when the text breaks off.
        unit: Unit of the result; the money unit of the price when the result has none.
        missing: An operand or the result is not printed: ``6次*（万元/次）=3.6万元``.
        quantity, quantity_unit: The first operand that is no money.
        price, price_unit: The first operand that is money, its unit as printed (``万元/次``).
    """

    text: str
    left: tuple[Decimal, ...]
    product: Decimal | None
    stated: Decimal | None
    unit: str | None
    missing: bool
    quantity: Decimal | None
    quantity_unit: str | None
    price: Decimal | None
    price_unit: str | None


class _Token(NamedTuple):
    """``kind``: ``number times plus equals open close stop``, or ``gap``: an operand with its unit only."""

    kind: str
    start: int
    end: int
    value: Decimal
    unit: str | None
    scale: Decimal


_NOTHING, _ONE = Decimal(0), Decimal(1)

_LONGEST_TEXT = 100_000
_MOST_OPERANDS = 12
_TOKEN = LazyPattern(
    r"(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]{1,20})(?:\.[0-9]{1,10})?)"
    r"|(?P<times>[*×]|(?<=[0-9\u4e00-\u9fff%)])[xX](?=[0-9(]))"
    r"|(?P<plus>\+)|(?P<equals>=)|(?P<bracket>\((?P<inner>[^()0-9*×=+]{1,12})\))|(?P<open>\()|(?P<close>\))"
    r"|(?P<stop>[,。;、:!?\n])"
)
_SIGNS = ("times", "plus")
_SIGN = LazyPattern("[*×xX+]")
_OPERANDS = ("number", "gap")
# What would make the first operand the second half of a calculation that is not read.
_LEADING_SIGNS = frozenset("-÷/−*×")
_LONGEST_WORDS = 12
_LENGTHS = frozenset(("公里", "米", "厘米", "毫米"))


def read_formulas(text: str) -> tuple[Formula, ...]:
    """Read every calculation with an ``=`` and at least one multiplication or addition.

    Words before an operand do not belong to it (9个社区经费|9*10); words after its unit do, up to the next sign.
    Of a text longer than 100 000 characters the beginning is read.

    Returns:
        The calculations in order; none is checked, ``product`` and ``stated`` are for the caller to compare.
    """
    if "=" not in text and "＝" not in text:
        return ()
    printed = text[:_LONGEST_TEXT]
    folded = fold_characters(printed)
    if _SIGN.search(folded, 0, folded.rfind("=")) is None:  # a value cell: =5次
        return ()
    tokens = _tokenize(folded, printed)
    formulas = (_read_formula(tokens, at, printed) for at, token in enumerate(tokens) if token.kind == "equals")
    return tuple(formula for formula in formulas if formula is not None)


# --- text → tokens ---------------------------------------------------------------------------------------------


def _tokenize(text: str, printed: str) -> list[_Token]:
    tokens: list[_Token] = []
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or ""
        if kind == "number":
            tokens.append(_read_operand(text, printed, found.start(), found.end()))
        elif kind in ("bracket", "inner"):
            _read_bracket(tokens, text, printed, found.start("inner"), found.end("inner"))
        else:
            tokens.append(_Token(kind, found.start(), found.end(), _NOTHING, None, _ONE))
            if kind == "close":
                _read_unit_of_bracket(tokens, text, printed)
    return tokens


def _read_unit_of_bracket(tokens: list[_Token], text: str, printed: str) -> None:
    """Read the unit behind a sum in brackets, (2000+500)元/人: it is that of every term that names none."""
    start = tokens[-1].end
    end = scan_unit(text, start)
    opened = next((at for at in range(len(tokens) - 1, -1, -1) if tokens[at].kind == "open"), None)
    if end == start or opened is None:
        return
    unit = clean_unit(printed[start:end])
    for at in range(opened + 1, len(tokens) - 1):
        if tokens[at].kind == "number" and tokens[at].unit is None and tokens[at - 1].kind in ("open", "plus"):
            tokens[at] = _with_unit(*tokens[at][:4], unit)


def _read_operand(text: str, printed: str, start: int, end: int) -> _Token:
    value = Decimal(text[start:end].replace(",", ""))
    at = end + 1 if text[end : end + 1] == " " else end
    after = scan_unit(text, at)
    if after == at and text[at : at + 1] in ("万", "亿"):
        after = at + 1
    if after == at:
        return _Token("number", start, end, value, None, _ONE)
    return _with_unit("number", start, after, value, clean_unit(printed[at:after]))


def _with_unit(kind: str, start: int, end: int, value: Decimal, unit: str) -> _Token:
    """Return an operand with its unit and what one of it is worth: 元 for money, 1/100 for per cent, 10⁴ for 万人."""
    money = split_money(unit)
    return _Token(kind, start, end, value, unit, unit_scale(unit) if money is None else money[0])


def _read_bracket(tokens: list[_Token], text: str, printed: str, start: int, end: int) -> None:
    """Read （万元/次）: the unit of the number before it, or all there is of an operand."""
    if scan_unit(text, start) != end:
        return
    unit = clean_unit(printed[start:end])
    last = tokens[-1] if tokens else None
    if last is not None and last.kind == "number" and last.end == start - 1 and last.unit is None:
        tokens[-1] = _with_unit(last.kind, last.start, end + 1, last.value, unit)
    elif last is not None and last.kind in ("times", "plus"):
        tokens.append(_with_unit("gap", start - 1, end + 1, _NOTHING, unit))


# --- tokens → formula ------------------------------------------------------------------------------------------


def _read_formula(tokens: Sequence[_Token], equals: int, printed: str) -> Formula | None:
    """Read the calculation whose ``=`` is token number *equals*; None if nothing is calculated before it."""
    side = _take_left_side(tokens, equals)
    if len(side) < 2 or (printed[: side[0].start].rstrip()[-1:] in _LEADING_SIGNS and side[0].kind in _OPERANDS):
        return None
    if side[0].kind == "times" and _is_word(printed[: side[0].start].rstrip()[-1:]):
        return None  # 满意人数÷问卷人数×100%: a calculation in words
    result = _take_result(tokens, equals)
    operands = [token for token in side if token.kind in _OPERANDS]
    prices = [token for token in operands if split_money(token.unit) is not None]
    counts = [token for token in operands if token.kind == "number" and token not in prices]
    if _mixes_lengths(operands, side):
        return None
    unit = _choose_unit(result, prices)
    signs = sum(token.kind in _SIGNS for token in side)
    missing = result is None or len(operands) != signs + 1 or any(token.kind == "gap" for token in operands)
    end = tokens[equals].end if result is None else result.end
    return Formula(
        text=printed[side[0].start : end],
        left=tuple(token.value for token in operands if token.kind == "number"),
        product=None if missing and result is not None else _evaluate(side, unit, result),
        stated=None if result is None else result.value,
        unit=unit,
        missing=missing,
        quantity=counts[0].value if counts else None,
        quantity_unit=counts[0].unit if counts else None,
        price=next((token.value for token in prices if token.kind == "number"), None),
        price_unit=prices[0].unit if prices else None,
    )


def _take_left_side(tokens: Sequence[_Token], equals: int) -> list[_Token]:
    """Collect operands and signs leftwards from ``=`` until two operands meet or a clause ends.

    Returns:
        The tokens in order; none when brackets do not match, or when words in brackets come between (20次(含5次)*0.5).
    """
    side: list[_Token] = []
    right, depth = tokens[equals], 0
    for token in reversed(tokens[max(0, equals - 4 * _MOST_OPERANDS) : equals]):
        begins_operand = not side or right.kind in _SIGNS or right.kind == "close"
        fits = (token.kind in _SIGNS or token.kind == "open") != begins_operand or not side
        if token.kind in ("stop", "equals") or right.start - token.end > _LONGEST_WORDS or not fits:
            if right.kind == "open" and token.kind == "number" and right.start == token.end:
                return []
            break
        depth += (token.kind == "close") - (token.kind == "open")
        if depth < 0:
            depth = 0
            break
        side.append(token)
        right = token
    side.reverse()
    while side and side[0].kind == "plus":
        del side[0]
    return side if not depth and any(token.kind in _SIGNS for token in side) else []


def _take_result(tokens: Sequence[_Token], equals: int) -> _Token | None:
    following = tokens[equals + 1] if equals + 1 < len(tokens) else None
    if following is None or following.kind != "number" or following.start - tokens[equals].end > 2:
        return None
    return following


def _choose_unit(result: _Token | None, prices: Sequence[_Token]) -> str | None:
    if result is not None and result.unit is not None:
        return result.unit
    return prices[0].unit.partition("/")[0] if prices and prices[0].unit else None


def _mixes_lengths(operands: Sequence[_Token], side: Sequence[_Token]) -> bool:
    """Whether lengths of several units are multiplied (5公里×4米), whose product no one unit has."""
    lengths = {fold_unit(token.unit) for token in operands} & _LENGTHS
    return len(lengths) > 1 and any(token.kind == "times" for token in side)


def _is_word(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _evaluate(side: Sequence[_Token], unit: str | None, result: _Token | None) -> Decimal | None:
    """Compute the left side in *unit*; None when an operand is missing."""
    money = split_money(unit)
    in_money = money is not None and any(split_money(token.unit) is not None for token in side)
    value, end = _add(side, 0, in_money=in_money)
    if value is None or end != len(side):
        return None
    scale = result.scale if result is not None else Decimal(1)
    if money is not None and in_money:
        return _trim(value.scaleb(-money[0].adjusted()))
    if result is None or scale == 1:
        return _trim(value)
    # 9*10=90万元 and 8人*500*12=4.8万元 name no unit on the left: it is that of the result, or its base.
    scaled = _trim(value.scaleb(-scale.adjusted()))
    named = money is None and any(token.unit is not None and token.scale == scale for token in side)
    return scaled if named or result.value <= 3 * scaled <= 9 * result.value else _trim(value)


def _add(side: Sequence[_Token], at: int, *, in_money: bool) -> tuple[Decimal | None, int]:
    total, at = _multiply(side, at, in_money=in_money)
    while total is not None and at < len(side) and side[at].kind == "plus":
        term, at = _multiply(side, at + 1, in_money=in_money)
        total = None if term is None else total + term
    return total, at


def _multiply(side: Sequence[_Token], at: int, *, in_money: bool) -> tuple[Decimal | None, int]:
    product, at = _take_operand(side, at, in_money=in_money)
    while product is not None and at < len(side) and side[at].kind == "times":
        factor, at = _take_operand(side, at + 1, in_money=in_money)
        product = None if factor is None else product * factor
    return product, at


def _take_operand(side: Sequence[_Token], at: int, *, in_money: bool) -> tuple[Decimal | None, int]:
    if at >= len(side):
        return None, at
    token = side[at]
    if token.kind == "open":
        value, at = _add(side, at + 1, in_money=in_money)
        return (value, at + 1) if at < len(side) and side[at].kind == "close" else (None, at)
    if token.kind != "number":
        return None, at
    is_money = split_money(token.unit) is not None
    return token.value * (token.scale if in_money or not is_money else Decimal(1)), at + 1


def _trim(value: Decimal) -> Decimal:
    """Drop the zeros that scaling appends: 90.0000 → 90."""
    trimmed = value.normalize()
    exponent = trimmed.as_tuple().exponent
    return trimmed.quantize(Decimal(1)) if isinstance(exponent, int) and 0 < exponent < 20 else trimmed
