"""The functions that expressions may call: name, typed signature, implementation.

Every function is pure and total on its declared types, costs time linear in its input, and takes null only where its
signature says so. ``expression`` looks them up here; adding one is adding a line to ``FUNCTIONS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from perflint import interpret
from perflint.errors import EvaluationError
from perflint.language import say
from perflint.pattern import LazyPattern, compile_pattern
from perflint.schema.model import BOOL, DATE, NUMBER, TEXT, Type, list_of, record_of
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    import re
    from typing import Any

_HALF, _HALF_A_CENT = Decimal("0.5"), Decimal("0.005")
_ZERO = Decimal(0)
_TEN_THOUSAND = Decimal(10000)

# Of lists and texts that a rule puts together: unbounded, each step of a pack from a stranger could double the last.
MAX_LENGTH = 1_000_000


class Function(NamedTuple):
    """A callable of the rule language.

    Attributes:
        parameters: Types of the positional arguments; the last ``optional`` ones may be left out.
        result: Type of the value.
        call: The implementation. Records it returns are read by attribute names of their record.
        reads_text: The value depends on one text argument and constants only, so it may be remembered per text.
    """

    parameters: tuple[Type, ...]
    result: Type
    call: Callable[..., Any]
    optional: int = 0
    reads_text: bool = False


# --- money ---------------------------------------------------------------------------------------------------------


def half_width(amount: Decimal) -> Decimal:
    """Return by how much a printed amount may differ from the exact one: half of its last place, at most 0.005.

    A zero without decimals is exact.
    """
    shown = places(amount)
    if not amount and shown <= 0:
        return _ZERO
    return _HALF_A_CENT if shown <= 2 else _HALF.scaleb(-shown)


def places(amount: Decimal) -> int:
    """Return how many decimals are printed; negative for an amount that was scaled up from a larger unit."""
    for usual, sample in _USUAL_PLACES:  # which takes a third of the time
        if amount.same_quantum(sample):
            return usual
    exponent = amount.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


_USUAL_PLACES = ((2, Decimal("0.01")), (0, Decimal(1)), (1, Decimal("0.1")))


def reconciliation(total: Decimal, parts: Sequence[Decimal]) -> str:
    """Return how a printed total relates to its printed parts.

    ``exact``; ``rounding``: the gap is within the sum of the operands' half-widths; ``coarse``: nobody prints two
    decimals and the gap is within half of each operand's last place; ``unit_slip``: one operand taken ten thousand
    times larger or smaller (元 against 万元) makes it exact or rounding; else ``mismatch``.
    """
    operands = [total, *parts]
    gap = abs(total - sum(parts, _ZERO))
    if not gap:
        return "exact"
    if gap <= sum((half_width(n) for n in operands), _ZERO):
        return "rounding"
    if gap <= _coarse_width(operands):
        return "coarse"
    return "unit_slip" if _slips(operands) else "mismatch"


def _coarse_width(operands: Sequence[Decimal]) -> Decimal:
    finest = max(places(n) for n in operands)
    return _HALF.scaleb(-max(finest, 0)) * sum(1 for n in operands if n) if finest < 2 else _ZERO


def _slips(operands: Sequence[Decimal]) -> bool:
    """Whether one operand in the other unit closes the gap: the sums are added up once, not for each operand."""
    gap, slack = operands[0] - sum(operands[1:], _ZERO), sum((half_width(n) for n in operands), _ZERO)
    return any(
        abs((gap if at else -gap) - (other - operand)) <= slack - half_width(operand) + half_width(other)
        for at, operand in enumerate(operands)
        for other in (operand * _TEN_THOUSAND, operand * (1 / _TEN_THOUSAND))
        # What vanishes in the rounding when scaled down would balance any gap of its own size.
        if abs(other) > slack
    )


def slipped(part: Decimal | None, total: Decimal | None, sums: Sequence[Decimal]) -> bool:
    """Return whether *part* is in the other unit: ten thousand times as large or as small it makes a sum agree.

    Args:
        part: A printed amount; None or zero slipped nowhere.
        total: What the sum should be; with None nothing can be told.
        sums: What the parts add up to as printed, *part* among them; one for each way of reading the block.
    """
    if not part or not total:
        return False
    factors = (_TEN_THOUSAND, 1 / _TEN_THOUSAND)
    return any(
        reconciles(total, [printed - part + part * factor])
        for printed in sums
        if printed != total  # nothing slipped where the sum agrees as it is
        for factor in factors
    )


def reconciles(total: Decimal, parts: Sequence[Decimal]) -> bool:
    """Return whether total and parts agree exactly or within the rounding of their print."""
    gap = total - sum(parts, _ZERO)
    return not gap or reconciliation(total, parts) == "rounding"


def sums_of_some(amounts: Sequence[Decimal]) -> list[Decimal]:
    """Return what some of *amounts* may add up to, zero for none of them first.

    A form prints lines that may be parts of the total (carry-over) or parts of a part (其中). Of more than eight
    amounts only none and all are summed.
    """
    if len(amounts) > _MOST_SUMMED:
        return [_ZERO, sum(amounts, _ZERO)]
    sums = [_ZERO]
    for amount in amounts:
        sums += [amount + other for other in sums]
    return sums


_MOST_SUMMED = 8


def rounds_to(exact: Decimal, printed: Decimal) -> bool:
    """Return whether *printed* is *exact*, which has more places, to the nearest of its last place (1107.80 → 1108)."""
    shown = places(printed)
    return places(exact) > shown and abs(exact - printed) <= _HALF.scaleb(-shown)


def share_agrees(share: Decimal, amount: Decimal, total: Decimal, fewest: Decimal, whole: bool) -> bool:
    """Return whether a printed share fits a printed amount and total.

    Args:
        share: In per cent.
        amount, total: In one unit; *total* is more than zero.
        fewest: Places at which the exact share is rounded at least, however few the form prints.
        whole: All shares of the block add up to 100. Then one of them may have been adjusted to make them do so, by
            up to three times its half-width, and by a little less where no or one decimal is printed.
    """
    shown = max(Decimal(places(share)), fewest)
    low = (amount - half_width(amount)) / (total + half_width(total)) * 100
    high = (amount + half_width(amount)) / (total - half_width(total)) * 100
    if _rounded(low, shown) <= share <= _rounded(high, shown):
        return True
    slack = _ADJUSTED.get(places(share), 3 * half_width(share))
    return whole and abs(share - amount / total * 100) <= slack


_ADJUSTED = {0: Decimal("1.5"), 1: Decimal("0.15")}


def correct_share(
    share: Decimal | None, amount: Decimal | None, total: Decimal, fewest: Decimal, whole: bool
) -> Decimal | None:
    """Return what a printed share should be, with two places; None where it fits or there is nothing to compare.

    Args:
        share, amount, total, fewest, whole: As for ``share_agrees``; a total of zero or less is none.
    """
    if share is None or amount is None or total <= 0 or share_agrees(share, amount, total, fewest, whole):
        return None
    return _rounded(amount / total * 100, Decimal(2))


def _rounded(number: Decimal, digits: Decimal) -> Decimal:
    return round(number, min(max(int(digits), -30), 30))


# --- text ----------------------------------------------------------------------------------------------------------


def _contains(text: str, part: str) -> bool:
    return part in text


def _found_in(text: str, words: Sequence[str] | Mapping[str, str]) -> str | None:
    found = [(text.find(word), -len(word), word) for word in words if word in text]
    return min(found)[2] if found else None


def _contains_any(text: str, words: Sequence[str] | Mapping[str, str]) -> bool:
    return any(word in text for word in words)


def _starts_with_any(text: str, words: Sequence[str]) -> bool:
    return text.startswith(tuple(words))


def _ends_with_any(text: str, words: Sequence[str]) -> bool:
    return text.endswith(tuple(words))


def _bounded(text: str, most: int) -> str:
    if len(text) > most:
        raise ValueError(
            say(f"文字超过 {most} 个字符，不再查找", f"a text of more than {most} characters is not searched")
        )
    return text


def _search(text: str, pattern: str) -> re.Match[str] | None:
    return compile_pattern(pattern).search(_bounded(text, MAX_PATTERN_TEXT))


def _matches(text: str, pattern: str) -> bool:
    return _search(text, pattern) is not None


def _find(text: str, pattern: str) -> str | None:
    found = _search(text, pattern)
    if found is None:
        return None
    return found.group(1) if found.re.groups else found.group()


_NOT_WORD = LazyPattern(r"[\W_]+")


def bare_text(text: str) -> str:
    """Return *text* without spaces and punctuation."""
    return text if text.isalnum() else _NOT_WORD.sub("", text)


def same_text(left: str, right: str) -> bool:
    """Return whether two texts are the same but for spaces and punctuation."""
    return left == right or bare_text(left) == bare_text(right)


_CJK_RUN = LazyPattern(r"[\u3400-\u9fff]+")
_LONGEST_COMPARED = 200


@lru_cache(maxsize=8)  # a rule asks for its length, and then for itself
def common_noun(left: str, right: str) -> str | None:
    """Return the longest run of two or more Chinese characters that stands in both texts, the first if several."""
    left, right = left[:_LONGEST_COMPARED], right[:_LONGEST_COMPARED]
    best, size = None, 2
    for run in _CJK_RUN.findall(left):
        start = 0
        while start + size <= len(run):
            if (found := run[start : start + size]) in right:
                best, size = found, size + 1
            else:
                start += 1
    return best


# --- units and dates -----------------------------------------------------------------------------------------------


def _same_unit(left: str | None, right: str | None) -> bool:
    return interpret.fold_unit(left) == interpret.fold_unit(right)


def year_of(date: str) -> Decimal | None:
    """Return the year of an ISO date (``2026``, ``2026-12-31``), None for a date without a year (``--12-31``)."""
    return Decimal(date[:4]) if date[:4].isdigit() else None


def months_between(start: str, end: str) -> Decimal | None:
    """Return how many calendar months a period touches, both ends included; None without years."""
    if not (start[:4].isdigit() and end[:4].isdigit()):
        return None
    first = int(start[:4]) * 12 + int(start[5:7] or 1)
    last = int(end[:4]) * 12 + int(end[5:7] or 12)
    return Decimal(last - first + 1)


def _years(text: str) -> list[Decimal]:
    return [Decimal(year) for year in interpret.read_years(text)]


def check_length(length: int) -> None:
    """Refuse a list or a text that a rule would put together.

    Raises:
        EvaluationError: It would have more than ``MAX_LENGTH`` items or characters.
    """
    if length > MAX_LENGTH:
        message = say(f"列表或文本的长度超过 {MAX_LENGTH}", f"a list or a text would be longer than {MAX_LENGTH}")
        raise EvaluationError(message)


def _join(texts: Sequence[str]) -> str:
    if len(texts) > _FEW_JOINED:  # measured before it is made
        check_length(sum(map(len, texts)) + len(texts))
    joined = JOINER.join(texts)
    if len(joined) >= MAX_LENGTH:
        check_length(len(joined) + 1)
    return joined


JOINER = "、"
"""What ``join`` puts between texts."""
_FEW_JOINED = 8


def _length(text: str) -> Decimal:
    return Decimal(len(text))


def _size(items: Sequence[Any] | Mapping[str, Any]) -> Decimal:
    return Decimal(len(items))


def _reader(call: Callable[[str], Any], result: Type) -> Function:
    def read(text: str) -> Any:
        return call(text if len(text) <= MAX_READ_TEXT else _bounded(text, MAX_READ_TEXT))

    return Function((TEXT,), result, read, reads_text=True)


MAX_READ_TEXT = 100_000
"""Longest text a reader of prose looks through, in time linear in its length."""

MAX_PATTERN_TEXT = 10_000
"""Longest text a pattern is matched against; a longer one ends the rule with an error, never with a silent pass."""

_NUMBERS, _TEXTS = list_of(NUMBER), list_of(TEXT)
_OPT_TEXT, _OPT_NUMBER = TEXT.optional(), NUMBER.optional()

FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        "abs": Function((NUMBER,), NUMBER, abs),
        "round": Function((NUMBER, NUMBER), NUMBER, _rounded),
        "half_width": Function((NUMBER,), NUMBER, half_width),
        "places": Function((NUMBER,), NUMBER, lambda number: Decimal(places(number))),
        "reconciles": Function((NUMBER, _NUMBERS), BOOL, reconciles),
        "reconciliation": Function((NUMBER, _NUMBERS), TEXT, reconciliation),
        "sums_of_some": Function((_NUMBERS,), _NUMBERS, sums_of_some),
        "rounds_to": Function((NUMBER, NUMBER), BOOL, rounds_to),
        "slipped": Function((_OPT_NUMBER, _OPT_NUMBER, _NUMBERS), BOOL, slipped),
        "correct_share": Function((_OPT_NUMBER, _OPT_NUMBER, NUMBER, NUMBER, BOOL), _OPT_NUMBER, correct_share),
        "contains": Function((TEXT, TEXT), BOOL, _contains),
        "contains_any": Function((TEXT, _TEXTS), BOOL, _contains_any, reads_text=True),
        "found_in": Function((TEXT, _TEXTS), _OPT_TEXT, _found_in, reads_text=True),
        "starts_with": Function((TEXT, TEXT), BOOL, str.startswith),
        "ends_with": Function((TEXT, TEXT), BOOL, str.endswith),
        "starts_with_any": Function((TEXT, _TEXTS), BOOL, _starts_with_any, reads_text=True),
        "ends_with_any": Function((TEXT, _TEXTS), BOOL, _ends_with_any, reads_text=True),
        "matches": Function((TEXT, TEXT), BOOL, _matches, reads_text=True),
        "find": Function((TEXT, TEXT), _OPT_TEXT, _find, reads_text=True),
        "length": Function((TEXT,), NUMBER, _length),
        "size": Function((list_of(Type("any")),), NUMBER, _size),
        "remove": Function((TEXT, TEXT), TEXT, lambda text, part: text.replace(part, ""), reads_text=True),
        "same_text": Function((TEXT, TEXT), BOOL, same_text),
        "bare_text": Function((TEXT,), TEXT, bare_text, reads_text=True),
        "common_noun": Function((TEXT, TEXT), _OPT_TEXT, common_noun),
        "shared_length": Function(
            (TEXT, TEXT), NUMBER, lambda text, other: Decimal(interpret.count_shared(text, other))
        ),
        "join": Function((_TEXTS,), TEXT, _join),
        "same_unit": Function((_OPT_TEXT, _OPT_TEXT), BOOL, _same_unit),
        "year_of": Function((DATE,), _OPT_NUMBER, year_of),
        "months_between": Function((DATE, DATE), _OPT_NUMBER, months_between),
        "read_date": _reader(interpret.read_date, DATE.optional()),
        "read_years": _reader(_years, _NUMBERS),
        "read_frequency": _reader(interpret.read_frequency, record_of("frequency").optional()),
        "read_formulas": _reader(interpret.read_formulas, list_of(record_of("formula"))),
        "read_amounts": _reader(interpret.read_amounts, list_of(record_of("money_mention"))),
        "read_quantities": _reader(interpret.read_quantities, list_of(record_of("quantity"))),
        "told_otherwise": Function(
            (_TEXTS, TEXT, NUMBER, _OPT_TEXT, _OPT_NUMBER), list_of(record_of("quantity")), interpret.told_otherwise
        ),
        "told_frequency": Function((_TEXTS, TEXT, _TEXTS), record_of("frequency").optional(), interpret.told_frequency),
        "told_price": Function(
            (_TEXTS, TEXT, NUMBER, _OPT_TEXT), list_of(record_of("money_mention")), interpret.told_price
        ),
        "read_value": _reader(interpret.read_value, record_of("target")),
        "read_full_marks": _reader(interpret.read_full_marks, _OPT_NUMBER),
        "read_full_mark_value": _reader(interpret.read_full_mark_value, _OPT_NUMBER),
        "find_mobile_numbers": _reader(interpret.find_mobile_numbers, _TEXTS),
        "find_landlines": _reader(interpret.find_landlines, _TEXTS),
        "find_id_numbers": _reader(interpret.find_id_numbers, _TEXTS),
        "find_bank_cards": _reader(interpret.find_bank_cards, _TEXTS),
        "find_person_names": _reader(interpret.find_person_names, _TEXTS),
        "find_repeated_words": _reader(interpret.find_repeated_words, _TEXTS),
        "find_repeated_sentences": _reader(interpret.find_repeated_sentences, _TEXTS),
        "find_markup": _reader(interpret.find_markup, _TEXTS),
        "find_inner_spaces": _reader(interpret.find_inner_spaces, _TEXTS),
        "find_placeholders": _reader(interpret.find_placeholders, _TEXTS),
    }
)
