"""How often a text says that the matter of an indicator is done."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perflint.interpret import told_frequency


def tell(text: str, name: str, *others: str) -> Decimal | None:
    frequency = told_frequency([text], name, (name, *others))
    return None if frequency is None else frequency.per_year


@pytest.mark.parametrize(
    ("text", "name", "per_year"),
    [
        ("养护公路186公里，每月考核一次。", "养护考核次数", 12),
        ("每季度开展1次安全生产检查", "安全生产检查次数", 4),
        ("每半年至少召开一次人大会议", "人大会议", 2),
        ("安全检查每周不少于2次", "安全检查频次", 104),
        ("全镇每季度组织学习一次；每月考核一次", "考核", 12),
    ],
)
def test_a_clause_of_the_matter_says_how_often(text: str, name: str, per_year: int) -> None:
    assert tell(text, name) == per_year


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("每月考核一次", "培训次数"),
        ("每月考核", "考核次数"),
        ("每月考核一次，每季度考核一次", "考核次数"),
        ("每村每月考核一次", "考核次数"),
        ("各村每月考核一次", "考核次数"),
        ("26个村每月考核一次", "考核次数"),
        ("每月考核结果通报一次", "考核次数"),
        ("考核12次", "考核次数"),
        ("每月考核一次", "考"),
    ],
)
def test_another_matter_or_another_number_says_nothing(text: str, name: str) -> None:
    assert tell(text, name) is None


def test_what_may_be_of_another_row_is_of_none() -> None:
    assert tell("每月考核一次", "养护考核", "卫生考核") is None
    assert tell("每月考核一次", "养护考核", "卫生培训") == 12


@given(st.text(max_size=60), st.text(max_size=20), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_is_read(text: str, name: str, names: list[str]) -> None:
    told_frequency([text], name, names)


def test_a_long_text_is_read_in_time_linear_in_it() -> None:
    told_frequency(["每月考核一次，" * 10_000], "养护考核次数", ["养护考核次数"])
