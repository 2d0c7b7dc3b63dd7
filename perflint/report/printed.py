"""What is printed in a cell, fit to be shown on one line."""

from __future__ import annotations

from decimal import Decimal

from perflint.language import say
from perflint.pattern import LazyPattern

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    import re

_MAY_HOLD_MARKUP = frozenset("<&[")
_SHORTEST_PERSONAL = len("13800000000")
_MARKUP = LazyPattern(r"</?[A-Za-z][^<>]{0,200}>|&nbsp;|\[bookmark:[^\[\]]{0,200}\]")
_PARAGRAPH = LazyPattern(r"(?i)</?(?:p|br)\s*/?>")
# Phone, identity and account numbers: a report lands in build logs, so it repeats their ends only.
_PERSONAL = LazyPattern(r"(?<![0-9A-Za-z.])(?:1[3-9]\d{9}|\d{14,18}[0-9Xx]|0\d{2,3}[-—－ ]\d{7,8})(?![0-9A-Za-z]|\.\d)")


def print_cell(value: object) -> str:
    """Return *value* of a document as one line of text, ``""`` when blank; personal numbers are starred out."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return say("是", "yes") if value else say("否", "no")
    if isinstance(value, Decimal):
        return format(value, "f") if -100 < value.adjusted() < 100 else str(value)
    return mask_personal(" ".join(str(value).split()))


def print_text(value: object) -> str:
    """Return *value* like ``print_cell``, but in its lines: those it has, and one a paragraph of leftover markup."""
    if not isinstance(value, str):
        return print_cell(value)
    lines = (" ".join(line.split()) for line in _PARAGRAPH.sub("\n", value).splitlines())
    return mask_personal("\n".join(line for line in lines if line))


def print_label(value: object) -> str:
    """Return *value* as part of a label: like ``print_cell`` without markup, shortened to 40 characters."""
    text = print_cell(value)
    if not _MAY_HOLD_MARKUP.isdisjoint(text):
        text = " ".join(_MARKUP.sub(" ", text).split())
    return shorten(text, 40)


def print_value(value: object) -> str:
    """Return a value that a rule worked out: numbers with their places, lists joined, null as a word."""
    if value is None:
        return say("空白", "blank")
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        # A quotient carries the full precision of the division, which nobody wants to read.
        return print_cell(round(value, 4).normalize() if isinstance(exponent, int) and exponent < -6 else value)
    if isinstance(value, tuple | list):
        return say("、", ", ").join(print_value(part) for part in value)
    return print_cell(getattr(value, "text", value))


def mask_personal(text: str) -> str:
    """Return *text* with the middle of mobile, landline, identity and account numbers starred out."""
    return text if len(text) < _SHORTEST_PERSONAL else _PERSONAL.sub(_star, text)


def shorten(text: str, limit: int) -> str:
    """Return *text*, cut to *limit* characters with an ellipsis when longer."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _star(match: re.Match[str]) -> str:
    number = match[0]
    return number[:3] + "*" * (len(number) - 5) + number[-2:]
