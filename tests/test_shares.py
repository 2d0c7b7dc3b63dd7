"""When a printed share fits its amount and total."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perflint.functions import correct_share, share_agrees


@pytest.mark.parametrize(
    ("share", "amount", "total", "whole", "agrees"),
    [
        ("50.39", "846.33", "1679.6", False, True),
        ("4.90", "82.26", "1679.6", False, True),
        ("44.71", "751.01", "1679.6", False, True),
        ("50.40", "846.33", "1679.6", False, False),
        ("50", "846.33", "1679.6", False, True),
        ("51", "846.33", "1679.6", False, False),
        ("51", "846.33", "1679.6", True, True),
        ("52", "846.33", "1679.6", True, False),
        ("33.34", "1", "3", True, True),
        ("33.36", "100.00", "300.00", True, False),
        ("100", "0.00", "12.00", False, False),
    ],
)
def test_a_share_fits_within_the_rounding_of_its_print(
    share: str, amount: str, total: str, whole: bool, agrees: bool
) -> None:
    assert share_agrees(Decimal(share), Decimal(amount), Decimal(total), Decimal(0), whole) is agrees


@pytest.mark.parametrize(
    ("share", "amount", "total", "right"),
    [
        ("50.41", "846.33", "1679.6", "50.39"),
        ("50.39", "846.33", "1679.6", None),
        (None, "846.33", "1679.6", None),
        ("50.41", None, "1679.6", None),
        ("50.41", "846.33", "0.00", None),
    ],
)
def test_a_share_that_does_not_fit_is_told_as_the_amounts_give_it(
    share: str | None, amount: str | None, total: str, right: str | None
) -> None:
    told = correct_share(read(share), read(amount), Decimal(total), Decimal(0), False)
    assert told == read(right)


def read(printed: str | None) -> Decimal | None:
    return None if printed is None else Decimal(printed)
