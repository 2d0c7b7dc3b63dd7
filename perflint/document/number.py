"""Printed number → exact decimal that keeps its printed places."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from perflint.document.limits import Limits
from perflint.language import say


class NumberError(ValueError):
    """A number is not one that a form can print; the text says why."""


def parse_number(text: str, limits: Limits) -> Decimal:
    """Return the number that JSON prints as *text*.

    Raises:
        NumberError: It has too many digits or too large an exponent.
    """
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise NumberError(_too_far(limits)) from None
    check_number(number, limits)
    return number


def check_number(number: Decimal, limits: Limits) -> None:
    """Raise ``NumberError`` unless *number* is finite and within *limits*.

    Arithmetic on a number such as ``1e999999`` is exact too, and takes a gigabyte or for ever.
    """
    _, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int):
        raise NumberError(say("不是有限的数（NaN 或无穷大）", "the number is not finite (NaN or Infinity)"))
    if abs(exponent) > limits.exponent:
        raise NumberError(_too_far(limits))
    if len(digits) > limits.digits:
        raise NumberError(
            say(
                f"数字有 {len(digits)} 位有效数字，最多 {limits.digits} 位",
                f"the number has {len(digits)} significant digits; at most {limits.digits} are allowed",
            )
        )


def _too_far(limits: Limits) -> str:
    return say(
        f"数字的指数或小数位数超过 {limits.exponent}",
        f"the number's exponent or decimal places exceed {limits.exponent}",
    )
