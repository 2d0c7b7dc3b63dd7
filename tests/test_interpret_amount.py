"""Amounts, numbers and shares that fill a cell."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perflint.interpret import read_amount, read_number, read_percent, unit_factor


@pytest.mark.parametrize(
    ("cell", "unit", "amount"),
    [
        ("1,198.80", "万元", "1198.80"),
        ("1，198.80", "万元", "1198.80"),
        ("3,309,840.00", "元", "3309840.00"),
        ("1 198.80", "万元", "1198.80"),
        ("968.191 8", "万元", "968.1918"),
        ("968. 1918", "万元", "968.1918"),
        ("１１９８．８０", "万元", "1198.80"),
        ("50万", "万元", "50"),
        ("50万元", "万元", "50"),
        ("387664.62元", "万元", "38.766462"),
        ("0.5亿元", "万元", "5000"),
        ("854万（含上级补助）", "万元", "854"),
        ("854万（其中中央500万）", "万元", "854"),
        ("资金总额：1056.40", "万元", "1056.40"),
        ("￥100.00", "元", "100.00"),
        ("<p>91</p>", "万元", "91"),
        ("-5.20", "万元", "-5.20"),
        ("壹佰万元整", "万元", "100"),
        ("五十万元", "元", "500000"),
    ],
)
def test_amount_is_read_in_the_unit_of_the_table(cell: str, unit: str, amount: str) -> None:
    assert read_amount(cell, unit) == Decimal(amount)


@pytest.mark.parametrize("cell", ["0", "0.00", "—", "－", "-", "——", "无", "零"])
def test_nothing_is_zero(cell: str) -> None:
    assert read_amount(cell, "万元") == 0


@pytest.mark.parametrize(
    "cell",
    [None, "", "  ", "约", "12%", "100元/人", "5万人", "10 20", "1.2.3", "445.40万元\n611.00万元", "/", "2026年"],
)
def test_what_is_no_amount_is_unknown(cell: str | None) -> None:
    assert read_amount(cell, "万元") is None


def test_printed_decimals_are_kept() -> None:
    assert str(read_amount("1198.80", "万元")) == "1198.80"
    assert str(read_amount(Decimal("0.00"), "万元")) == "0.00"


def test_amount_without_a_table_unit_is_left_as_printed() -> None:
    assert read_amount("50万", None) == 50


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_yuan_and_wan_yuan_say_the_same(amount: Decimal) -> None:
    in_wan = read_amount(f"{amount}元", "万元")
    assert in_wan is not None
    assert in_wan * 10_000 == read_amount(f"{amount}元", "元") == amount


@given(st.text(max_size=200), st.sampled_from([None, "元", "万元", "%"]))
def test_any_text_is_an_amount_or_none(cell: str, unit: str | None) -> None:
    assert read_amount(cell, unit) is None or isinstance(read_amount(cell, unit), Decimal)
    assert read_number(cell) is None or isinstance(read_number(cell), Decimal)
    assert read_percent(cell) is None or isinstance(read_percent(cell), Decimal)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("10", "10"),
        ("10分", "10"),
        ("10 分", "10"),
        ("（10）", "10"),
        ("12.5%", "12.5"),
        ("１０", "10"),
        ("1,200人", "1200"),
    ],
)
def test_number_may_carry_a_unit(cell: str, number: str) -> None:
    assert read_number(cell) == Decimal(number)


@pytest.mark.parametrize("cell", [None, "", "≥10", "5万", "十", "10-20", "第3", "10分5秒"])
def test_what_is_no_plain_number_is_unknown(cell: str | None) -> None:
    assert read_number(cell) is None


def test_share_is_read_with_and_without_its_sign() -> None:
    assert [read_percent(c) for c in ("50.39%", "50.39 ％", "50.39", "百分之五十")] == [
        Decimal("50.39"),
        Decimal("50.39"),
        Decimal("50.39"),
        Decimal(50),
    ]
    assert [read_percent(c) for c in ("5‰", "—", "", None, "≥5%")] == [None] * 5


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        ("元", 1),
        ("千元", 1000),
        ("万元", 10_000),
        ("亿元", 10**8),
        ("单位：万元", 10_000),
        ("（万元）", 10_000),
        ("万", 10_000),
    ],
)
def test_money_units_are_worth_so_many_yuan(unit: str, factor: int) -> None:
    assert unit_factor(unit) == factor


@pytest.mark.parametrize("unit", [None, "", "%", "人", "元/人", "万人", "美元"])
def test_other_units_are_worth_nothing(unit: str | None) -> None:
    assert unit_factor(unit) is None
