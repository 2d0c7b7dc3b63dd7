"""Numbers of cells that hold nothing else: amounts of money, counts and weights, shares in per cent."""

from __future__ import annotations

from decimal import Decimal

from perflint.interpret.folding import fold_characters
from perflint.interpret.numerals import read_numeral
from perflint.interpret.text import strip_markup
from perflint.interpret.units import scan_prefix, scan_unit, split_money, unit_factor
from perflint.pattern import LazyPattern

__all__ = ["read_amount", "read_number", "read_percent", "unit_factor"]

_NOTHING = frozenset(("-", "—", "--", "——", "无", "零"))
_ZERO = Decimal(0)
_LONGEST_CELL = 80
_NUMBER = LazyPattern(
    r"[+-]?(?:[0-9]{1,3}(?:, ?[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]{1,30})"
    r"(?: ?\. ?[0-9]+(?: [0-9]+)*)?"
)
_LABEL = LazyPattern(r"[^0-9:]{1,20}: ?")
_COMMENT = LazyPattern(r" ?\([^()]*\)$")
_TAIL = LazyPattern(r"[ 整。.;,]*$")


def read_amount(cell: str | Decimal | None, unit: str | None) -> Decimal | None:
    """Read a printed amount in the currency unit of its table.

    Thousands separators, a space inside the number, a currency sign, a label before a colon and a comment in brackets
    are overlooked. A dash or 无 is nothing, that is 0.

    Args:
        cell: The cell, or a JSON number.
        unit: Currency unit of the table (``万元``). An amount that names its own unit is converted to it: ``50万`` is
            50 in 万元 and 500000 in 元. Without a table unit the number comes as printed.

    Returns:
        The amount with its printed decimals; None for a blank cell and for anything else than one amount.
    """
    if cell is None or isinstance(cell, Decimal):
        return cell
    text = _prepare(cell)
    if text in _NOTHING:
        return _ZERO
    if not text or len(text) > _LONGEST_CELL:
        return None
    found = _NUMBER.match(text)
    if found is None:
        return _read_worded(text, unit)
    number = _to_decimal(found.group())
    own = _TAIL.sub("", text[found.end() :]).replace(" ", "")
    if not own or number is None:
        return number
    money = split_money(own)
    return None if money is None or money[1] is not None else _convert(number, money[0], unit)


def _prepare(cell: str) -> str:
    """Fold a cell and take off label, currency sign and comment."""
    text = fold_characters(strip_markup(cell)).replace("\n", " ").replace("\r", " ").strip()
    if "(" in text[1:] and len(text) <= 2_000:
        text = _COMMENT.sub("", text)
    if ":" in text[:21]:
        label = _LABEL.match(text)
        text = text if label is None else text[label.end() :]
    return text.strip("¥￥$ ").strip()


def _to_decimal(printed: str) -> Decimal | None:
    digits = printed.replace(",", "").replace(" ", "")
    return Decimal(digits) if len(digits) <= 40 else None


def _convert(number: Decimal, factor: Decimal, unit: str | None) -> Decimal | None:
    """Bring *number* of money units worth *factor* 元 to the table's unit; all factors are powers of ten."""
    table = unit_factor(unit)
    if table is None or table == factor:
        return number
    return number.scaleb(factor.adjusted() - table.adjusted())


def _read_worded(text: str, unit: str | None) -> Decimal | None:
    """Read an amount in Chinese numerals: 五十万元, 壹佰万元整."""
    words = _TAIL.sub("", text)
    for size in range(1, min(4, len(words))):
        money = split_money(words[-size:])
        number = read_numeral(words[:-size]) if money is not None else None
        if number is not None and money is not None:
            return _convert(number, money[0], unit)
    return None


def read_number(cell: str | Decimal | None) -> Decimal | None:
    """Read a plain number, with or without a unit or a per cent sign: ``10``, ``10分``, ``12.5%`` → 12.5.

    Returns:
        The number as printed; None for a blank cell, for 万 and 亿, and for anything else than one number.
    """
    if cell is None or isinstance(cell, Decimal):
        return cell
    text = fold_characters(cell).strip()
    if len(text) > 2 and text[0] == "(" and text[-1] == ")":
        text = text[1:-1].strip()
    found = _NUMBER.match(text) if len(text) <= _LONGEST_CELL else None
    if found is None:
        return None
    unit = text[found.end() :].replace(" ", "").rstrip("。.")
    scaled = scan_prefix(unit, 0) > 0 and scan_unit(unit, 0) != len(unit)
    if unit and (scaled or scan_unit(unit, 0) != len(unit) or unit[0] in "万亿"):
        return None
    return _to_decimal(found.group())


def read_percent(cell: str | Decimal | None) -> Decimal | None:
    """Read a share in per cent (0 to 100): ``50.39%`` and a bare ``50.39`` → 50.39, ``百分之五十`` → 50.

    Returns:
        The number as printed, without the sign; None for a blank cell, for ‰, and for anything else.
    """
    if cell is None or isinstance(cell, Decimal):
        return cell
    text = fold_characters(cell).strip()
    if text.startswith("百分之"):
        text = text.removeprefix("百分之")
        numeral = read_numeral(text)
        if numeral is not None:
            return numeral
    found = _NUMBER.match(text) if len(text) <= _LONGEST_CELL else None
    if found is None or text[found.end() :].strip() not in ("", "%", "百分比"):
        return None
    return _to_decimal(found.group())
