"""Value cells: the cells of real forms, the grammar around them, and laws that hold for any text."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perflint.interpret.target import Target
from perflint.interpret.value import LONGEST_CELL, read_value

DATA = Path(__file__).parent / "data"


def read_cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def describe(target: Target, keys: set[str]) -> dict[str, Any]:
    """Every stated field of *target*, plus those of *keys*, as JSON values; text and money only if asked for."""
    facts: dict[str, Any] = {"kind": target.kind}
    for name in Target.__slots__:
        value = getattr(target, name)
        if name in ("kind", "parts") or (name not in keys and name in ("text", "yuan", "per", "precision")):
            continue
        if value in (None, ()) and name not in keys:
            continue
        facts[name] = str(value) if isinstance(value, Decimal) else list(value) if name == "notes" else value
    return facts


def assert_reads(target: Target, expected: dict[str, Any]) -> None:
    parts = expected.get("parts", [])
    assert describe(target, set(expected) - {"parts"}) == {k: v for k, v in expected.items() if k != "parts"}
    assert len(target.parts) == len(parts)
    for part, wanted in zip(target.parts, parts, strict=True):
        assert_reads(part, wanted)


@pytest.mark.parametrize("name", ["value_cases.jsonl", "value_grammar.jsonl"])
def test_every_case_reads_as_stated(name: str) -> None:
    for case in read_cases(name):
        assert_reads(read_value(case["cell"], case.get("unit"), case.get("comparator")), case["target"])


def test_shared_cases_read_as_stated() -> None:
    path = Path(__file__).parents[2] / "shared" / "data" / "value_cases.jsonl"
    if not path.exists():
        pytest.skip("the cases handed to the project lie beside the checkout, not in it")
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        target = read_value(case["text"], case["unit_column"], case.get("comparator_column"))
        expected = {k: v for k, v in case["expect"].items() if k != "parts"}
        if expected.get("comparator") == "?":
            expected["comparator"] = None
        got = describe(target, set(expected))
        assert got == expected, case


# --- what the columns say --------------------------------------------------------------------------------------


def test_no_printed_comparator_stays_none() -> None:
    assert read_value("95%", unit="%").comparator is None


def test_unreadable_glyph_is_not_an_equals_sign() -> None:
    target = read_value("91", unit="万元", comparator="≡")
    assert (target.comparator, target.notes) == (None, ("comparator_unreadable",))


def test_own_unit_goes_before_the_column() -> None:
    target = read_value("5万元", unit="元")
    assert (target.unit, target.yuan, target.notes) == ("万元", Decimal(50000), ("unit_conflict",))


@pytest.mark.parametrize("column", ["无", "—", "/", "", " ", "空", None])
def test_unit_column_that_names_no_unit(column: str | None) -> None:
    assert read_value("5", unit=column).unit is None


def test_printed_glyph_beats_a_word() -> None:
    target = read_value("95%以上", comparator="=")
    assert (target.comparator, target.notes) == ("=", ("comparator_conflict",))


@pytest.mark.parametrize("column", ["大于等于", ">=", "≥", "≧", "不少于", "＞＝"])
def test_comparator_column_in_any_spelling(column: str) -> None:
    assert read_value("95", "%", column).comparator == "≥"


def test_wan_is_completed_by_the_unit_column_only() -> None:
    assert read_value("5万", unit="人").unit == "万人"
    assert read_value("5万", unit="元").yuan == Decimal(50000)
    assert read_value("5万").notes == ("unit_incomplete",)


def test_wan_alone_counts_as_money_with_a_note() -> None:
    target = read_value("5万")
    assert (target.yuan, target.per) == (Decimal(50000), None)


def test_money_per_something() -> None:
    target = read_value("≤0.5万元/人·月")
    assert (target.yuan, target.per) == (Decimal("5000.0"), "人·月")


@pytest.mark.parametrize(
    ("cell", "column", "unit"),
    [
        ("每亩300", None, None),
        ("每亩300", "元", "元/亩"),
        ("每人每天100", "元", "元/人/天"),
        ("每月10", "日", "日"),
        ("每亩300元", None, "元/亩"),
    ],
)
def test_so_much_for_each_has_the_unit_that_is_printed(cell: str, column: str | None, unit: str | None) -> None:
    target = read_value(cell, column)
    assert (target.kind, target.unit) == ("number", unit)


def test_people_are_no_money() -> None:
    assert read_value("5万人").yuan is None


# --- inputs ----------------------------------------------------------------------------------------------------


def test_json_numbers_keep_their_decimals() -> None:
    assert read_value(Decimal("1198.80"), unit="万元").number == Decimal("1198.80")
    assert str(read_value(Decimal("1198.80")).number) == "1198.80"
    assert read_value(0, unit="起").number == 0


def test_missing_cell_is_empty() -> None:
    assert read_value(None) == Target(kind="empty")


def test_huge_exponent_is_not_spelt_out() -> None:
    assert len(read_value(Decimal("1E+999999")).text) < 50


@pytest.mark.parametrize("text", ["公里", "万亩", "万人次", "≥ 万元", "亿元", "%"])
def test_a_unit_without_its_number_is_no_grade(text: str) -> None:
    target = read_value(text)
    assert (target.kind, target.reason) == ("unparsed", "number_missing")


# --- laws ------------------------------------------------------------------------------------------------------

ALPHABET = (
    "0123456789.,，%％≥≤><=≡〉》约以上下内年月日底前至-～/·*×+()（）；;、\n 　①②"
    "一二十百千万亿分之元次个人每季度上年比提高预算全第半"
)


@given(st.text())
def test_any_text_gives_a_target(text: str) -> None:
    assert isinstance(read_value(text), Target)


@given(st.text(ALPHABET, max_size=30), st.text(ALPHABET, max_size=4), st.text(ALPHABET, max_size=3))
def test_any_likely_text_gives_a_target(text: str, unit: str, comparator: str) -> None:
    target = read_value(text, unit, comparator)
    assert target.comparator in (None, "≥", "≤", "=", ">", "<", "~")
    assert (target.number is not None) <= (target.kind in ("number", "relative"))
    assert (target.kind == "unparsed") == (target.reason is not None)


@given(st.text(ALPHABET, max_size=30))
def test_number_is_always_printed_in_the_cell(text: str) -> None:
    target = read_value(text)
    if target.number is not None and "chinese_numeral" not in target.notes:
        digits = re.sub(r"\D", "", str(target.number))
        folded = re.sub(r"\D", "", text.translate({0xFF10 + n: str(n) for n in range(10)}))
        assert digits in folded


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["%", "万元", "次", "元/人"]))
def test_full_width_gives_the_same_number(number: Decimal, unit: str) -> None:
    plain = f"≥{number}{unit}"
    wide = plain.translate({code: code + 0xFEE0 for code in map(ord, "0123456789.%/")})
    narrow, broad = read_value(plain), read_value(wide)
    assert (narrow.number, narrow.unit, narrow.yuan) == (broad.number, broad.unit, broad.yuan)


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from([",", "，"]))
def test_thousands_separators_do_not_change_the_number(number: int, comma: str) -> None:
    assert read_value(f"{number:,}元".replace(",", comma)).number == number


@given(
    st.integers(min_value=0, max_value=9999), st.sampled_from(["≥", "≤", "=", ">", "<"]), st.sampled_from(["次", "%"])
)
def test_columns_and_one_cell_say_the_same(number: int, comparator: str, unit: str) -> None:
    together, apart = read_value(f"{comparator}{number}{unit}"), read_value(str(number), unit, comparator)
    assert (together.comparator, together.number, together.unit) == (apart.comparator, apart.number, apart.unit)


_SHAPED = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "≥", "≤", "=", ">"]),
    st.integers(min_value=0, max_value=99) | st.integers(min_value=0, max_value=120_000),
    st.sampled_from(["", ".5", ".05", ".12", ".2026"]),
    st.lists(
        st.sampled_from("% ‰ 万 亿 元 /人 个 名 级 号 年 月 日 天 内 以上 左右 余 工作日 每 完成 村 km t 倍".split()),
        max_size=3,
    ).map("".join),
)
_COLUMN = st.sampled_from([None, "%", "万元", "次", "年", "/人", "—", "≥", "定性", "大于等于", "≡"])


@given(cell=_SHAPED, unit=_COLUMN, comparator=_COLUMN)
def test_a_number_alone_in_its_cell_is_read_like_one_with_a_blank_behind_it(
    cell: str, unit: str | None, comparator: str | None
) -> None:
    # As shown: numbers that are equal may differ in their decimals.
    assert repr(read_value(cell, unit, comparator)) == repr(read_value(cell + " ", unit, comparator))


# --- bounds ----------------------------------------------------------------------------------------------------

HOSTILE = [
    *(
        "1",
        "1,",
        "1.",
        "①",
        "5次；",
        "5次、",
        "每",
        "每人",
        "(",
        "（含）",
        "≥",
        "不少于",
        "至",
        "1-",
        "2025.",
        "2025年",
        "\n1",
    ),
    *(
        "一",
        "十",
        "百分之",
        "第",
        "*1",
        "1*",
        "元/",
        "/",
        " ",
        "1 ",
        "&nbsp;",
        "&amp;",
        "amp;",
        "<p",
        "<p>",
        "[bookmark:",
    ),
    *("以上", "且", "截至", "严格", "年度", "的", "上年同期", "及时"),
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_repetition_is_read_in_bounded_time(unit: str) -> None:
    for length in (60, 119, 1_999, 20_000):
        text = (unit * length)[:length]
        assert isinstance(read_value(text), Target)
        assert isinstance(read_value("完成" + text + "5次"), Target)


def test_long_prose_stays_text() -> None:
    prose = "加强管理，提高效率。" * 1_000
    assert len(prose) > LONGEST_CELL
    assert read_value(prose).kind == "qualitative"


@pytest.mark.parametrize(
    ("text", "unit", "same"),
    [
        ("≥5", "萬元", ("≥5", "万元")),
        ("不少於1,200萬元", None, ("不少于1,200万元", None)),
        ("５０個", None, ("50个", None)),
        ("≥9\u200b0", "畝", ("≥9 0", "亩")),
        ("２０２６年１２月３１日前", None, ("2026年12月31日前", None)),
    ],
)
def test_traditional_and_full_width_characters_mean_what_the_plain_ones_do(
    text: str, unit: str | None, same: tuple[str, str | None]
) -> None:
    found, plain = read_value(text, unit=unit), read_value(same[0], unit=same[1])
    assert plain.kind in ("number", "deadline")
    facts = ("kind", "comparator", "number", "yuan", "date")
    assert [getattr(found, name) for name in facts] == [getattr(plain, name) for name in facts]
