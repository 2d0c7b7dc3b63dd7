"""JSON text → plain data, read strictly and at the speed of the C scanner.

The scanner of ``json`` says too little about a fault and lets some pass, so whatever it refuses, and whatever looks
suspicious, is read a second time by ``diagnosis``, which names every fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Clamped, Context, Decimal, Inexact, InvalidOperation, Overflow, Rounded, Subnormal
from functools import cache, partial

from perflint.document.limits import Limits
from perflint.document.number import parse_number
from perflint.errors import DocumentError
from perflint.language import say
from perflint.lean import build_scanner
from perflint.pattern import LazyPattern
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

    from perflint.document.diagnosis import Fault

# Digits of the numbers that are read without a second look.
_SHORT = 20
# Escapes that are looked at one by one.
_FEW = 8
_BLANKS = " \t\n\r"
_SIGNALS = [Clamped, Inexact, InvalidOperation, Overflow, Rounded, Subnormal]
_SURROGATE = LazyPattern(r"\\u[dD][89a-fA-F]")


class FaultsError(ValueError):
    """The text is not strict JSON: ``faults`` says why, in the order of the text; ``rest`` more are not spelt out."""

    def __init__(self, faults: list[Fault], rest: int) -> None:
        super().__init__(faults, rest)
        self.faults = faults
        self.rest = rest


class Parsed(NamedTuple):
    """What a text holds.

    Attributes:
        finished: Its objects in the order of their closing braces.
        escapes: Whether it writes characters by their numbers.
    """

    data: Any
    finished: list[dict[str, Any]]
    escapes: bool


def parse_json(text: str, limits: Limits) -> Parsed:
    """Return the value that *text* holds, every number a ``Decimal`` with its printed places.

    How deep it nests is left to ``check_depth``.

    Raises:
        FaultsError: Broken syntax, a duplicate key, NaN, half a surrogate pair, or a limit exceeded.
    """
    try:
        data, finished = _read(text, limits)
    except (ValueError, ArithmeticError, RecursionError) as error:
        check_faults(text, limits)
        # No text is known that only the C scanner refuses; if there is one, it must not pass.
        raise DocumentError(say(f"不是合法的 JSON：{error}", f"not valid JSON: {error}")) from None
    escapes = _has_numbered(text)
    if (escapes and _SURROGATE.search(text)) or may_repeat_key(text, finished, escapes=escapes):
        check_faults(text, limits)
    return Parsed(data, finished, escapes)


def _has_numbered(text: str) -> bool:
    """Whether *text* writes characters by their numbers; only of many escapes it may say so wrongly."""
    at = text.find("\\")  # one sign is found sooner than two
    for _ in range(_FEW):
        if at < 0 or text[at + 1] == "u":
            return at >= 0
        at = text.find("\\", at + 2)
    return at >= 0 and text.find("\\u", at) >= 0


def may_repeat_key(text: str, finished: list[dict[str, Any]], *, escapes: bool) -> bool:
    """Tell whether an object of *text* may name a key twice; False is certain.

    Each key is followed by one colon, so *text* has as many colons as keys, and more if strings hold some. Counting
    them costs a tenth of building each object from a list of pairs. Where neither what stands before the colons nor
    the strings of the objects account for all the rest (they stand in lists, or an escape hides colons), the objects
    are built from pairs after all.

    Args:
        finished: The objects of *text*, which keep one of several equal keys.
        escapes: Whether the text writes characters by their numbers.
    """
    keys = sum(map(len, finished))
    surplus = text.count(":") - keys
    if not surplus or _count_after_keys(text) == keys:
        return False
    if not escapes:
        strings = [value for members in finished for value in members.values() if type(value) is str]
        if "".join(strings).count(":") == surplus:
            return False
    try:
        _scan(text, object_pairs_hook=_check_pairs, parse_int=str, parse_float=str, parse_constant=str)
    except ValueError:
        return True
    return False


def _count_after_keys(text: str) -> int:
    """Return how many colons of *text* may follow a key: those after a quotation mark or blank."""
    return sum(text.count(f"{before}:") for before in '" \n\r\t' if before in text)


def _check_pairs(pairs: list[tuple[str, Any]]) -> None:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a key twice")


def check_depth(data: Any, text: str, limits: Limits) -> None:
    """Raise ``FaultsError`` when *data* nests too deep."""
    if is_deeper(data, limits.depth):
        check_faults(text, limits)


def check_faults(text: str, limits: Limits) -> None:
    """Raise ``FaultsError`` when the slow reading finds anything wrong with *text*."""
    # Only a text in doubt pays for loading the slow reading.
    from perflint.document.diagnosis import find_faults

    faults, rest = find_faults(text, limits)
    if faults or rest:
        raise FaultsError(faults, rest)


def is_deeper(data: Any, depth: int) -> bool:
    """Tell whether *data* nests objects and lists more than *depth* levels."""
    level = [data] if type(data) in _CONTAINERS else []
    for _ in range(depth):
        level = [inner for outer in level for inner in _get_inner(outer) if type(inner) in _CONTAINERS]
        if not level:
            return False
    return True


_CONTAINERS = frozenset((dict, list))


def _get_inner(container: Any) -> Iterable[Any]:
    return container.values() if type(container) is dict else container


def _read(text: str, limits: Limits) -> tuple[Any, list[dict[str, Any]]]:
    """Return what *text* holds, by the quick way to numbers unless one is long, or small or large enough to be told."""
    try:
        return _decode(text, _build_context(limits).create_decimal)
    except ArithmeticError:
        return _decode(text, partial(parse_number, limits=limits))


def _decode(text: str, build_number: Callable[[str], Decimal]) -> tuple[Any, list[dict[str, Any]]]:
    finished: list[dict[str, Any]] = []
    add = finished.append

    def finish(members: dict[str, Any]) -> dict[str, Any]:
        add(members)
        return members

    data = _scan(text, object_hook=finish, parse_int=build_number, parse_float=build_number, parse_constant=_refuse)
    return data, finished


def _scan(text: str, **hooks: Any) -> Any:
    """Return the one value that *text* holds, made by *hooks*; ``ValueError`` where it is not JSON."""
    start = len(text) - len(text.lstrip(_BLANKS))
    try:
        value, end = build_scanner(**hooks)(text, start)
    except StopIteration:
        raise ValueError("no value") from None
    if text[end:].strip(_BLANKS):
        raise ValueError("more than one value")
    return value


@cache
def _build_context(limits: Limits) -> Context:
    """Return a context in which a number that may break *limits* signals: it would not be exact, or is clamped."""
    digits = min(_SHORT, limits.digits, limits.exponent + 1)
    # The last of that many digits still has a power of ten within the limit.
    return Context(prec=digits, Emin=digits - 1 - limits.exponent, Emax=limits.exponent, clamp=0, traps=_SIGNALS)


def _refuse(constant: str) -> None:
    raise ValueError(constant)
