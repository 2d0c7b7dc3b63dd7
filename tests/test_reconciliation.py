"""How a printed total relates to its printed parts: every border between the five answers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perflint.functions import half_width, places, reconciles, reconciliation, rounds_to, slipped, sums_of_some

D = Decimal


def numbers(text: str) -> list[Decimal]:
    return [D(word) for word in text.split()]


# One row: the total, its parts, the answer.
CASES = [
    # equal amounts, whatever is printed
    ("1198.80", "1107.80 91", "exact"),
    ("1198.8", "1107.80 91.00", "exact"),
    ("1679.6", "846.33 82.26 751.01", "exact"),
    ("11988000", "11078000 910000", "exact"),
    ("11993000", "11078000 910000", "mismatch"),
    ("0", "0 0", "exact"),
    ("0.00", "", "exact"),
    ("0", "5 -5", "exact"),
    # rounding: half a cent for each operand, no more
    ("10.01", "5.00 5.00", "rounding"),
    ("10.02", "5.00 5.00", "mismatch"),
    ("9.99", "5.00 5.00", "rounding"),
    ("9.98", "5.00 5.00", "mismatch"),
    ("10.015", "5.00 5.00", "mismatch"),
    ("10.01", "10.00", "rounding"),
    ("10.02", "10.00", "mismatch"),
    ("751.01", "1.008 200 180 180 190", "rounding"),
    # more decimals allow less
    ("10.001", "5.000 5.000", "rounding"),
    ("10.002", "5.000 5.000", "mismatch"),
    # three decimals against two
    ("10.01", "5.004 5.004", "rounding"),
    ("10.02", "5.004 5.004", "mismatch"),
    # a whole number beside cents counts as if it had cents
    ("100", "60.00 39.99", "rounding"),
    ("100", "60.00 39.98", "mismatch"),
    # a zero without decimals is exact and allows nothing; one with decimals does
    ("10.02", "10.00 0", "mismatch"),
    ("10.015", "10.00 0 0 0", "mismatch"),
    ("10.015", "10.00 0.00 0.00 0.00", "rounding"),
    # the sum of an overall table that is wrong
    ("1199.30", "1107.80 91", "mismatch"),
    ("10.00", "5.00 4.10", "mismatch"),
    ("662.98", "191 99 372.88", "mismatch"),
    # coarse: nobody prints cents, half of the last place for each operand
    ("102", "12 35 54", "coarse"),
    ("103", "12 35 54", "coarse"),
    ("104", "12 35 54", "mismatch"),
    ("10.2", "5.0 5.0", "mismatch"),
    ("10.1", "5.0 5.0", "coarse"),
    ("10.1", "5 5", "coarse"),
    ("11", "5.0 5.0", "mismatch"),
    ("101", "50.00 50", "mismatch"),
    # zeros print nothing that could have been rounded
    ("101", "100 0", "coarse"),
    ("102", "100 0 0 0", "mismatch"),
    # unit slip: one operand is in 元, the others in 万元, or the other way round
    ("968.1918", "7242318 243.96", "unit_slip"),
    ("9681918", "724.2318 243.96", "unit_slip"),
    ("30", "100000 20", "unit_slip"),
    ("300000", "10 200000", "unit_slip"),
    ("0.003", "10 20", "unit_slip"),
    # … but only if that makes the sum come out
    ("968.1918", "7242318 244.96", "mismatch"),
    ("968.19", "7242318 7242318", "mismatch"),
    # … and not by shrinking an operand to nothing
    ("1198.80", "1198.80 1.00", "mismatch"),
    ("100.00", "100.00 30.00", "mismatch"),
    # total and parts of different sign
    ("-10.00", "10.00", "mismatch"),
    ("-10.00", "-5.00 -5.00", "exact"),
    # a total without parts is not reached
    ("10.00", "", "mismatch"),
]


@pytest.mark.parametrize(("total", "parts", "answer"), CASES)
def test_reconciles_table(total: str, parts: str, answer: str) -> None:
    assert reconciliation(D(total), numbers(parts)) == answer


@pytest.mark.parametrize(("total", "parts", "answer"), CASES)
def test_only_exact_and_rounded_sums_reconcile(total: str, parts: str, answer: str) -> None:
    assert reconciles(D(total), numbers(parts)) is (answer in ("exact", "rounding"))


@pytest.mark.parametrize(
    ("amount", "width"),
    [("1", "0.005"), ("1.5", "0.005"), ("1.50", "0.005"), ("1.500", "0.0005"), ("0.0000", "0.00005"), ("0", "0")],
)
def test_half_width_follows_the_printed_decimals_from_the_third_on(amount: str, width: str) -> None:
    assert half_width(D(amount)) == D(width)


@pytest.mark.parametrize(("amount", "shown"), [("12", 0), ("12.0", 1), ("12.345", 3), ("1E+4", -4)])
def test_places_are_what_is_printed(amount: str, shown: int) -> None:
    assert places(D(amount)) == shown


cents = st.integers(-(10**9), 10**9).map(lambda n: D(n).scaleb(-2))
amounts = st.builds(lambda n, d: D(n).scaleb(-d), st.integers(-(10**9), 10**9), st.integers(0, 4))
part_lists = st.lists(amounts, max_size=8)


@given(part_lists, st.data())
def test_order_of_the_parts_does_not_matter(parts: list[Decimal], data: st.DataObject) -> None:
    total = data.draw(st.one_of(amounts, st.just(sum(parts, D(0)))))
    shuffled = data.draw(st.permutations(parts))
    assert reconciliation(total, shuffled) == reconciliation(total, parts)


@given(part_lists)
def test_true_sum_is_exact(parts: list[Decimal]) -> None:
    assert reconciliation(sum(parts, D(0)), parts) == "exact"


@given(amounts, part_lists)
def test_turning_every_sign_changes_nothing(total: Decimal, parts: list[Decimal]) -> None:
    assert reconciliation(-total, [-part for part in parts]) == reconciliation(total, parts)


@given(amounts, part_lists)
def test_part_of_nothing_changes_nothing(total: Decimal, parts: list[Decimal]) -> None:
    assert reconciliation(total, [*parts, D(0)]) == reconciliation(total, parts)


@given(st.lists(amounts.map(lambda n: n.quantize(D("0.0001"))), min_size=1, max_size=6))
def test_rounding_each_amount_to_cents_still_reconciles(parts: list[Decimal]) -> None:
    assert reconciles(_to_cents(sum(parts, D(0))), [_to_cents(part) for part in parts])


@given(cents, st.lists(cents, max_size=6), st.integers(1, 3))
def test_printing_more_decimals_never_forgives_more(total: Decimal, parts: list[Decimal], more: int) -> None:
    finer = _print_finer(total, more), [_print_finer(part, more) for part in parts]
    if reconciles(*finer):
        assert reconciles(total, parts)


@given(cents, st.lists(cents, max_size=6))
def test_scaling_every_amount_with_its_last_place_keeps_exactness(total: Decimal, parts: list[Decimal]) -> None:
    scaled = total.scaleb(4), [part.scaleb(4) for part in parts]
    assert (reconciliation(*scaled) == "exact") is (reconciliation(total, parts) == "exact")


@given(st.lists(cents.filter(lambda n: abs(n) >= 100), min_size=2, max_size=5), st.data())
def test_one_operand_in_the_other_unit_is_never_taken_for_a_sum(parts: list[Decimal], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(parts) - 1))
    slipped = [*parts[:at], parts[at] * 10_000, *parts[at + 1 :]]
    assert reconciliation(sum(parts, D(0)), slipped) in ("unit_slip", "coarse")


@given(st.lists(amounts, min_size=2, max_size=5), st.integers(0, 4), st.sampled_from([D(10_000), D("0.0001")]))
def test_an_operand_slipped_where_putting_it_right_makes_the_sum_agree(
    parts: list[Decimal], at: int, factor: Decimal
) -> None:
    right = [sum(parts, D(0)), *parts]
    at %= len(right)
    printed = [*right[:at], right[at] / factor, *right[at + 1 :]]
    if abs(right[at]) > sum(map(half_width, printed)):
        assert reconciliation(printed[0], printed[1:]) != "mismatch"


def _to_cents(amount: Decimal) -> Decimal:
    return amount.quantize(D("0.01"))


def _print_finer(amount: Decimal, more: int) -> Decimal:
    return amount.quantize(D(1).scaleb(-2 - more))


def test_cases_cover_every_answer() -> None:
    answers: Sequence[str] = ("coarse", "exact", "mismatch", "rounding", "unit_slip")
    assert sorted({answer for _, _, answer in CASES}) == list(answers)


@pytest.mark.parametrize(
    ("part", "total", "sums", "answer"),
    [
        ("7242318", "968.1918", "7242561.96", True),
        ("724.2318", "9681918", "2440324.2318", True),
        ("243.96", "968.1918", "7242561.96", False),
        ("2412", "15912", "900006912", False),
        ("90000000", "15912", "90004500 90006912", True),
        ("0", "968.19", "724.23", False),
        ("724.23", "0", "724.23", False),
        ("724.23", "968.19", "", False),
    ],
)
def test_the_amount_that_was_filled_in_with_the_other_unit_is_told(
    part: str, total: str, sums: str, answer: bool
) -> None:
    assert slipped(D(part), D(total), numbers(sums)) is answer


def test_a_blank_amount_slipped_nowhere() -> None:
    assert not slipped(None, D(1), [D(1)])
    assert not slipped(D(1), None, [D(1)])


@pytest.mark.parametrize(
    ("exact", "printed", "expected"),
    [
        ("1107.80", "1108", True),
        ("1107.80", "1107.8", True),
        ("12.35", "12.4", True),
        ("12.35", "12.3", True),  # half of the last place: either way of rounding
        ("12.36", "12.3", False),
        ("1107.80", "1109", False),
        ("1108", "1107.80", False),  # the one with more places is not the rounded one
        ("1108", "1108", False),
        ("1107.80", "1107.80", False),
        ("0.4", "0", True),
    ],
)
def test_an_amount_with_fewer_places_is_the_other_rounded(exact: str, printed: str, expected: bool) -> None:
    assert rounds_to(D(exact), D(printed)) is expected


@pytest.mark.parametrize(
    ("amounts", "sums"),
    [
        ("", "0"),
        ("5.00", "0 5.00"),
        ("60 10", "0 60 10 70"),
        ("60 -10", "0 60 -10 50"),
        ("1 1 1 1 1 1 1 1 1", "0 9"),
    ],
)
def test_some_of_the_other_lines_of_a_form_may_be_parts_of_the_total(amounts: str, sums: str) -> None:
    assert sums_of_some(numbers(amounts)) == numbers(sums)


def test_eight_lines_are_summed_in_every_way() -> None:
    assert sorted(sums_of_some([D(1 << n) for n in range(8)])) == [D(n) for n in range(256)]
