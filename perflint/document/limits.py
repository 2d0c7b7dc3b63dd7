"""How large a document may be. Beyond a limit a document is refused with an error; nothing is ever skipped."""

from __future__ import annotations

from perflint.record import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds of one document.

    Attributes:
        size: Bytes of JSON text (characters when the text is given as ``str``); of one line in a JSON-lines stream.
        depth: Objects and lists inside one another, the document itself being 1.
        digits: Significant digits of one number.
        exponent: Largest power of ten of a number's last digit, either way: 30 allows thirty printed decimals.
        values: Values in a document, each of which takes a hundred bytes or more once it is read.
        problems: How many problems one error spells out; the rest are counted.
    """

    size: int = 16 * 2**20
    depth: int = 64
    digits: int = 60
    exponent: int = 30
    values: int = 1_000_000
    problems: int = 50


LIMITS = Limits()
