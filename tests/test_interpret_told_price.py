"""What a text says that one of something costs."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perflint.interpret import told_price


def tell(text: str, name: str, yuan: int, per: str) -> list[int]:
    return [int(mention.yuan) for mention in told_price([text], name, Decimal(yuan), per)]


@pytest.mark.parametrize(
    ("text", "name", "yuan", "per", "told"),
    [
        ("低保标准城市730元/月、农村530元/月", "农村低保标准", 5300, "月", 530),
        ("聘用防疫员88名，防疫员每人每年补助6000元", "防疫员补助标准", 600, "人·年", 6000),
        ("人均补助2万元", "人均补助标准", 200, "人", 20000),
        ("轮换费用每吨补贴150元", "轮换费用标准", 100, "吨", 150),
        ("按小学720元/生·年的标准拨付", "小学公用经费标准", 270, "生·年", 720),
    ],
)
def test_another_price_for_the_same_matter(text: str, name: str, yuan: int, per: str, told: int) -> None:
    assert tell(text, name, yuan, per) == [told]


@pytest.mark.parametrize(
    ("text", "name", "yuan", "per"),
    [
        ("农村530元/月", "农村低保标准", 530, "人·月"),
        ("农村530元/月", "孤儿养育标准", 950, "月"),
        ("农村530元/月", "农村低保标准", 6360, "人·年"),
        ("上年农村530元/月", "农村低保标准", 560, "月"),
        ("农村由500元/月提高到530元/月", "农村低保标准", 560, "月"),
        ("农村530元/月左右", "农村低保标准", 560, "月"),
        ("安排资金530万元", "农村低保标准", 560, "月"),
        ("小学720元/生、初中940元/生", "生均补助标准", 800, "生"),
        ("人均补助2万元", "人均补助标准", 20000, "人"),
    ],
)
def test_the_same_price_or_another_matter(text: str, name: str, yuan: int, per: str) -> None:
    assert tell(text, name, yuan, per) == []


@given(st.text(max_size=60), st.text(max_size=20), st.sampled_from(["人", "人·月", "", None]))
def test_any_text_is_read(text: str, name: str, per: str | None) -> None:
    told_price([text], name, Decimal(3), per)


def test_a_long_text_is_read_in_time_linear_in_it() -> None:
    told_price(["每人每月补助100元" * 8_000], "人均补助标准", Decimal(3), "人·月")
