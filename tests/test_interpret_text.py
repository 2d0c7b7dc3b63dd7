"""Normalised text, units and numerals."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perflint.interpret import fold_unit, normalize, same_unit
from perflint.interpret.folding import fold_characters
from perflint.interpret.numerals import read_numeral, scan_numeral
from perflint.interpret.units import scan_unit, split_money


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("＞90％", ">90%"),
        ("１２３", "123"),
        ("持续 推进", "持续推进"),
        ("持续\n推进", "持续推进"),
        ("满 意 度", "满意度"),
        ("每年　城市建设项目数", "每年城市建设项目数"),
        ("2025 年 11 月", "2025年11月"),
        ("a  b\tc", "a b c"),
        ("<p>保障</p> <p>运转</p>", "保障运转"),
        ("[bookmark: _Toc_2_2]一、总体", "一、总体"),
        ("&nbsp;优&nbsp;", "优"),
        ("&amp;lt;5", "<5"),
        ("≥≦≡˃≧", "≥≦≡˃≧"),
        ("①完成②验收", "①完成②验收"),
        ("……", "……"),
        ("\u200b优\ufeff", "优"),
        ("　", ""),
        ("", ""),
        ("5<p", "5<p"),
    ],
)
def test_text_is_folded(printed: str, text: str) -> None:
    assert normalize(printed) == text


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once


@given(st.text(alphabet="<>&;ampltgnbsp#[]book ark:/　＜＞＆；優"))
def test_normalising_markup_twice_changes_nothing(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once


@given(st.text(alphabet=st.characters(codec="gb18030"), max_size=50))
def test_full_width_and_half_width_print_normalise_alike(text: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "0" <= c <= "9" or c == "%" else c for c in text)
    assert normalize(wide) == normalize(unicodedata.normalize("NFC", wide)) == normalize(wide)
    assert normalize("".join(chr(ord(c) - 0xFEE0) if "０" <= c <= "９" else c for c in wide)) == normalize(wide)


@given(st.text())
def test_folding_characters_keeps_every_offset(text: str) -> None:
    assert len(fold_characters(text)) == len(text)


@pytest.mark.parametrize("unit", ["&amp;", "amp;", "<p", "<p>", "&#38;", "[bookmark:", " ", "　", "①", "＜", "&#x26;"])
def test_hostile_markup_normalises_in_bounded_time(unit: str) -> None:
    once = normalize("&" + unit * 20_000)
    assert normalize(once) == once


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("％", "%"),
        ("百分比", "%"),
        ("km", "公里"),
        ("㎡", "平方米"),
        ("名", "人"),
        ("天", "日"),
        ("场（次）", "场(次)"),
        ("万", "万元"),
        ("元/人·月", "元/人/月"),
        ("元／名", "元/人"),
        ("万km", "万公里"),
        ("1/10万", "/十万"),
        ("人/10万", "名/十万"),
        ("无", None),
        ("—", None),
    ],
)
def test_spellings_of_a_unit_are_the_same(first: str, second: str | None) -> None:
    assert same_unit(first, second)


@pytest.mark.parametrize(
    ("first", "second"), [("元", "万元"), ("人", "人次"), ("%", "个"), ("次", None), ("元", "元/人"), ("百分点", "%")]
)
def test_different_units_stay_different(first: str, second: str | None) -> None:
    assert not same_unit(first, second)


@given(st.text(max_size=20))
def test_folding_a_unit_twice_changes_nothing(unit: str) -> None:
    once = fold_unit(unit)
    assert fold_unit(once) == once


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("万元/次以内", "万元/次"),
        ("场(次)以上", "场(次)"),
        ("个村", "个"),
        ("元/人·月", "元/人·月"),
        ("人次", "人次"),
        ("千瓦时", "千瓦时"),
        ("个工作日内", "个工作日"),
        ("元/人月", "元/人月"),
        ("万元/合作社", "万元/合作社"),
        ("百分点", "百分点"),
        ("完成", ""),
    ],
)
def test_unit_ends_where_it_should(text: str, unit: str) -> None:
    assert text[: scan_unit(text, 0)] == unit


def test_money_units_come_apart() -> None:
    assert split_money("万元/人·月") == (Decimal(10_000), "人·月")
    assert split_money("千万元") == (Decimal(10_000_000), None)
    assert split_money("万人") is None


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("一", 1),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("九十五", 95),
        ("一百", 100),
        ("一百零五", 105),
        ("一百二十", 120),
        ("二百五", 250),
        ("两千", 2000),
        ("三千零五十", 3050),
        ("三万五千", 35000),
        ("一亿两千", 100_002_000),
        ("壹佰", 100),
    ],
)
def test_chinese_numeral_is_a_number(numeral: str, number: int) -> None:
    assert read_numeral(numeral) == number


def test_scale_at_the_end_is_left_to_the_unit() -> None:
    assert scan_numeral("三万元") == (Decimal(3), 1)


@pytest.mark.parametrize("text", ["", "二三", "百姓", "一般", "abc"])
def test_what_is_no_numeral_is_none(text: str) -> None:
    assert read_numeral(text) is None
