from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perflint.reading.container.excel.format_code import find_format
from perflint.reading.container.excel.number_format import read_stored, show_general, show_number, show_text
from perflint.reading.container.numeral import write_chinese, write_circled, write_letter, write_roman


@pytest.mark.parametrize(
    ("stored", "code", "shown"),
    [
        ("0.95", "0%", "95%"),
        ("0.5039", "0.00%", "50.39%"),
        ("0.955", "0%", "96%"),
        ("1198.8", "0.00", "1198.80"),
        ("1198.8", "0.00_ ", "1198.80"),
        ("1198.8", "#,##0.00", "1,198.80"),
        ("1234567", "#,##0", "1,234,567"),
        ("-1234567.5", "#,##0.0", "-1,234,567.5"),
        ("-12.5", "0.00_);\\(0.00\\)", "(12.50)"),
        ("-12.5", "0.00_);[Red]\\(0.00\\)", "(12.50)"),
        ("-3", "0", "-3"),
        ("-0.001", "0.00", "0.00"),
        ("2.675", "0.00", "2.68"),
        ("1198.805", "0.00", "1198.81"),
        ("0", '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        ("5", '0"次"', "5次"),
        ("5", '"≥"0"次"', "≥5次"),
        ("5", "≥0", "≥5"),
        ("95", '0"%"', "95%"),
        ("12345", "0,", "12"),
        ("12345", '0.0,"千元"', "12.3千元"),
        ("0.5", "#.##", ".5"),
        ("1.5", "0.##", "1.5"),
        ("20", "00.00", "20.00"),
        ("1", "[>=1]0.0;0%", "1.0"),
        ("0.5", "[>=1]0.0;0%", "50%"),
        ("7", "000", "007"),
        ("13800000000", "000-0000-0000", "138-0000-0000"),
        ("12345678", "0.00E+00", "1.23E+07"),
        ("0.25", "# ?/?", "0.25"),
        ("0.95000000000000007", "General", "0.95"),
        ("0.333333333333333", "General", "0.333333333"),
        ("66.6666666666667", "General", "66.66666667"),
        ("13800000000", "General", "13800000000"),
        ("1E-12", "General", "1E-12"),
        ("100", "General", "100"),
        ("12", "@", "12"),
        ("3", "0;-0;;@", "3"),
        ("0", "0;-0;;@", ""),
        ("8", ";;;", ""),
        ("123", "[DBNum1][$-804]General", "一百二十三"),
        ("105", "[DBNum2][$-804]General", "壹佰零伍"),
        ("2026", "[DBNum1]0", "二〇二六"),
        ("36", '[$¥-804]#,##0.00"元"', "¥36.00元"),
    ],
)
def test_number_is_shown_as_its_format_shows_it(stored: str, code: str, shown: str) -> None:
    value = read_stored(stored)
    assert value is not None
    assert show_number(value, code) == shown


@pytest.mark.parametrize(
    ("stored", "code", "shown"),
    [
        ("46387", "yyyy/m/d", "2026/12/31"),
        ("46387", "yyyy-mm-dd;@", "2026-12-31"),
        ("46387", 'yyyy"年"m"月"d"日"', "2026年12月31日"),
        ("46387", "[DBNum1][$-804]yyyy年m月d日", "二〇二六年十二月三十一日"),
        ("46387", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2026年12月31日"),
        ("46387", "e年m月", "2026年12月"),
        ("46387", "yy.mm", "26.12"),
        ("46387", "mmm-yy", "Dec-26"),
        ("46387", "aaaa", "星期四"),
        ("46387.5", "yyyy-mm-dd hh:mm:ss", "2026-12-31 12:00:00"),
        ("46387.999999999", "yyyy/m/d h:mm", "2027/1/1 0:00"),
        ("0.5", "h:mm AM/PM", "12:00 PM"),
        ("0.75", '上午/下午h"时"mm"分"', "下午6时00分"),
        ("1.25", "[h]:mm", "30:00"),
        ("0.001", "mm:ss.0", "01:26.4"),
        ("60", "yyyy/m/d", "1900/2/29"),
        ("0", "yyyy/m/d", "1900/1/0"),
        ("-1", "yyyy/m/d", "-1"),
        ("9999999", "yyyy/m/d", "9999999"),
    ],
)
def test_serial_is_shown_as_a_date(stored: str, code: str, shown: str) -> None:
    assert show_number(Decimal(stored), code) == shown


def test_serials_may_count_from_1904() -> None:
    assert show_number(Decimal(44925), "yyyy/m/d", since_1904=True) == "2026/12/31"


@pytest.mark.parametrize("number", [27, 31, 36, 50, 57])
def test_built_in_chinese_formats_are_dates(number: int) -> None:
    assert show_number(Decimal(46387), find_format(number, {})).startswith("2026年12月")


def test_format_of_the_file_wins_over_the_built_in_one() -> None:
    assert find_format(31, {31: "0.0"}) == "0.0"
    assert find_format(200, {}) == "General"


def test_text_follows_its_section() -> None:
    assert [show_text("优", code) for code in ("General", "0.00", '@"元"', ";;;", "0;0;0;@", '_ @_ ')] == [
        "优", "优", "优元", "", "优", "优",
    ]  # fmt: skip


@given(st.dates(datetime.date(1900, 3, 1), datetime.date(9999, 12, 31)))
def test_every_day_is_shown_as_itself(day: datetime.date) -> None:
    serial = Decimal((day - datetime.date(1899, 12, 30)).days)
    assert show_number(serial, "yyyy-mm-dd") == day.isoformat()


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_two_places_are_the_value_rounded_half_up(value: Decimal) -> None:
    shown = show_number(value, "#,##0.00").replace(",", "")
    assert abs(Decimal(shown) - value) <= Decimal("0.005")
    assert len(shown.partition(".")[2]) == 2


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_general_never_shortens_a_whole_number(number: int) -> None:
    assert show_general(Decimal(number)) == str(number)


@given(st.text(max_size=12), st.decimals(min_value=-1000, max_value=1000, places=2))
def test_any_format_shows_something_without_failing(code: str, value: Decimal) -> None:
    assert isinstance(show_number(value, code), str)


@pytest.mark.parametrize("text", ["", "abc", "NaN", "Infinity", "1,5"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_stored(text) is None


def test_numerals() -> None:
    assert [write_chinese(n) for n in (0, 3, 10, 12, 20, 105, 110, 1001, 10010, 100000001)] == [
        "〇", "三", "十", "十二", "二十", "一百〇五", "一百一十", "一千〇一", "一万〇一十", "一亿〇一",
    ]  # fmt: skip
    assert [write_circled(n) for n in (1, 20, 21, 50, 51)] == ["①", "⑳", "㉑", "㊿", "51"]
    assert [write_letter(n) for n in (1, 26, 27)] == ["a", "z", "aa"]
    assert [write_roman(n) for n in (1, 4, 9, 14, 40, 1990, 4000)] == ["i", "iv", "ix", "xiv", "xl", "mcmxc", "4000"]
