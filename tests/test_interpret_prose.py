"""Facts that prose states: frequencies, calculations, amounts, quantities, dates."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perflint.interpret import (
    Formula,
    MoneyMention,
    Quantity,
    first_day,
    last_day,
    read_amounts,
    read_date,
    read_formulas,
    read_frequency,
    read_quantities,
    read_years,
)

# --- frequencies -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "count", "every", "per_year"),
    [
        ("每周至少开展1次巡逻", 1, "week", 52),
        ("组织各党支部书记每季度召开1次", 1, "quarter", 4),
        ("每半年开展1次禁毒宣传活动", 1, "half-year", 2),
        ("每月2次", 2, "month", 24),
        ("每日保洁2次", 2, "day", 730),
        ("每天早晚各1次", 2, "day", 730),
        ("每天上午和下午各2次", 4, "day", 1460),
        ("每月上中下旬各1次", 3, "month", 36),
        ("每年至少一次", 1, "year", 1),
        ("1次/季度", 1, "quarter", 4),
        ("2次/每年", 2, "year", 2),
        ("一年两次", 2, "year", 2),
        ("半年一次", 1, "half-year", 2),
        ("每两周1次", 1, "week", 26),
        ("每季度第一周召开１次", 1, "quarter", 4),
        ("每月1次例会，每月1次培训", 1, "month", 12),
        ("春秋两季各1次", 2, "year", 2),
        ("春、夏、秋三季各1次", 3, "year", 3),
        ("上、下半年各2次", 4, "year", 4),
        ("3月、9月各开展1次", 2, "year", 2),
        ("春节、端午、中秋各1次", 3, "year", 3),
        ("每半月1次", 1, "half-month", 24),
    ],
)
def test_frequency_is_read(text: str, count: int, every: str, per_year: int) -> None:
    found = read_frequency(text)
    assert found is not None
    assert (found.count, found.every, found.per_year) == (Decimal(count), every, Decimal(per_year))


@pytest.mark.parametrize(
    "text",
    [
        "每周1次,每月1次",
        "每季度召开会议",
        "每人每月300元",
        "每月10日前报送",
        "召开不少于1次人大会议",
        "按月足额发放",
        "全年开展2次",
        "",
    ],
)
def test_no_frequency_or_several_is_none(text: str) -> None:
    assert read_frequency(text) is None


# --- calculations ----------------------------------------------------------------------------------------------


def test_calculation_with_unit_in_brackets() -> None:
    assert read_formulas("9个社区经费9*10（万元/社区）=90万元") == (
        Formula(
            text="9*10（万元/社区）=90万元",
            left=(Decimal(9), Decimal(10)),
            product=Decimal(90),
            stated=Decimal(90),
            unit="万元",
            missing=False,
            quantity=Decimal(9),
            quantity_unit=None,
            price=Decimal(10),
            price_unit="万元/社区",
        ),
    )


@pytest.mark.parametrize(
    ("text", "product", "stated", "unit"),
    [
        ("路面修复0.5万元/次，修复20次20次*0.5（万元/次）=10万元。", "10", "10", "万元"),
        ("9个社区每月工资及社保约30万元*12月=360万元", "360", "360", "万元"),
        ("预计整治清理费20次*1万元/次=20万元", "20", "20", "万元"),
        ("200人×300元/人=6万元", "6", "6", "万元"),
        ("200人＊300元/人＝7万元", "6", "7", "万元"),
        ("5个村x2人X500元/人✕12个月=6万元", "6", "6", "万元"),
        ("3名工作人员*1.2万元/人*12个月=43.2万元", "43.2", "43.2", "万元"),
        ("2万人*5元/人=10万元", "10", "10", "万元"),
        ("1,200人*10元=1.2万元", "1.2", "1.2", "万元"),
        ("500*80%=400", "400", "400", None),
        ("1.8+3.5+2.7=8", "8", "8", None),
        ("1.8万元+3500元=2.15万元", "2.15", "2.15", "万元"),
        ("3*0.5+2*1=3.5万元", "3.5", "3.5", "万元"),
        ("(10+20)*0.5=15万元", "15", "15", "万元"),
        ("（共3次*0.5万元=1.5万元）", "1.5", "1.5", "万元"),
        ("20次*0.5万元/次=10", "10", "10", "万元"),
        ("40人×2500=12万元", "10", "12", "万元"),  # no unit on the left: 元, since 万元 would be far off
        ("9*10=90万元", "90", "90", "万元"),
        ("500×3%=1.5万元", "15", "1.5", "万元"),
        ("（2000+500）元/人×40人=10万元", "10", "10", "万元"),
        ("1.5万亩+2万亩=3.5万亩", "3.5", "3.5", "万亩"),
        ("1.2万人×30%=3600人", "3600", "3600", "人"),
        ("0.95×100%=95%", "95", "95", "%"),
    ],
)
def test_product_is_computed_in_the_unit_of_the_result(text: str, product: str, stated: str, unit: str | None) -> None:
    (formula,) = read_formulas(text)
    assert (formula.product, formula.stated, formula.unit) == (Decimal(product), Decimal(stated), unit)
    assert not formula.missing


@pytest.mark.parametrize("text", ["6次*（万元/次）=3.6万元", "6次*=3.6万元", "*0.6万元/次=3.6万元"])
def test_missing_operand_is_said_and_not_computed(text: str) -> None:
    (formula,) = read_formulas(text)
    assert (formula.missing, formula.product, formula.stated) == (True, None, Decimal("3.6"))


def test_missing_result_is_said() -> None:
    (formula,) = read_formulas("3次*0.6万元=")
    assert (formula.missing, formula.product, formula.stated) == (True, Decimal("1.8"), None)


def test_several_calculations_in_one_text() -> None:
    text = "宣传费0.6万元/次,宣传3次。3次*0.6(万元/次)=1.8万元;学习培训0.5万元/次,7次。7次*0.5(万元/次)=3.5万元"
    assert [f.text for f in read_formulas(text)] == ["3次*0.6(万元/次)=1.8万元", "7次*0.5(万元/次)=3.5万元"]


@pytest.mark.parametrize(
    "text",
    [
        "满意度=95%",
        "20次*0.5万元/次",
        "100-20*3=40",
        "100/4*2=50",
        "20次(含5次)*0.5=10万元",
        "合计=5+3",
        "1+2)*3=9",
        "a*b=c",
        "",
        "5公里×4米=2万平方米",
        "满意人数÷问卷人数×100%=95%",
    ],
)
def test_what_is_no_whole_calculation_is_left_alone(text: str) -> None:
    assert read_formulas(text) == ()


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from("*×xX✕＊"))
def test_any_product_is_exact(first: int, second: int, sign: str) -> None:
    (formula,) = read_formulas(f"{first}次{sign}{second}元/次={first * second}元")
    assert formula.product == formula.stated == first * second


# --- amounts and quantities ------------------------------------------------------------------------------------


def test_amounts_come_with_their_labels() -> None:
    text = "2023年收入1056.40万元，其中：财政拨款收入1,056.40万元，其他资金来源0万元。"
    assert [(m.label, str(m.number), m.unit, m.yuan) for m in read_amounts(text)] == [
        ("收入", "1056.40", "万元", Decimal(10_564_000)),
        ("财政拨款收入", "1056.40", "万元", Decimal(10_564_000)),
        ("其他资金来源", "0", "万元", Decimal(0)),
    ]


def test_one_amount_in_full() -> None:
    assert read_amounts("资金总额：854万(含)") == (
        MoneyMention(
            text="资金总额：854万", label="资金总额", number=Decimal(854), unit="万", yuan=Decimal(8_540_000), start=5
        ),
    )


@pytest.mark.parametrize("text", ["0.5万元/次", "每人500元", "补助每户1000元", "5万人", "3万亩", "50", ""])
def test_prices_and_counts_are_no_amounts(text: str) -> None:
    assert read_amounts(text) == ()


def test_quantities_come_with_unit_and_noun() -> None:
    assert read_quantities("18个村，1个社区") == (
        Quantity(number=Decimal(18), unit="个", noun="村", text="18个村", start=0, label=""),
        Quantity(number=Decimal(1), unit="个", noun="社区", text="1个社区", start=5, label=""),
    )


def test_quantities_of_one_unit_can_be_added() -> None:
    text = "失业人员再就业20人、就业困难人员再就业20人、新增农村劳动力转移就业300人"
    assert [(str(q.number), q.unit, q.label) for q in read_quantities(text)] == [
        ("20", "人", "失业人员再就业"),
        ("20", "人", "就业困难人员再就业"),
        ("300", "人", "新增农村劳动力转移就业"),
    ]


def test_quantity_after_a_date_keeps_its_own_label() -> None:
    assert [(q.text, q.label) for q in read_quantities("2023年12月31日前完成5次")] == [("5次", "完成")]


@pytest.mark.parametrize("text", ["第3次会议", "50万元", "2023年", "12月31日前", "财预〔2018〕34号", "6-10名", ""])
def test_dates_money_and_ordinals_are_no_quantities(text: str) -> None:
    assert read_quantities(text) == ()


# --- dates -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025.12.12", "2025-12-12"),
        ("2025 年 11 月 17 日", "2025-11-17"),
        ("填报日期：2025年11月17日", "2025-11-17"),
        ("20251117", "2025-11-17"),
        ("2025-6-3", "2025-06-03"),
        ("2025／06／30", "2025-06-30"),
        ("2025年12月底", "2025-12-31"),
        ("2024年2月底", "2024-02-29"),
        ("2025年底", "2025-12-31"),
        ("二〇二五年十二月三十一日", "2025-12-31"),
        ("2023.07", "2023-07"),
        ("2021.1", "2021-01"),
        ("2025年", "2025"),
    ],
)
def test_date_is_read_from_any_form(text: str, date: str) -> None:
    assert read_date(text) == date


@pytest.mark.parametrize(
    "text",
    [
        "",
        "年 月 日",
        "12月31日",
        "2025年2月30日",
        "2025年13月",
        "2025年1月1日至2025年12月31日",
        "1998.80",
        "2000元",
        "20246-202516",
    ],
)
def test_no_date_or_several_or_impossible_is_none(text: str) -> None:
    assert read_date(text) is None


def test_days_at_the_ends_of_a_stretch() -> None:
    assert [first_day(d) for d in ("2025", "2025-02", "2025-02-03")] == ["2025-01-01", "2025-02-01", "2025-02-03"]
    assert [last_day(d) for d in ("2025", "2024-02", "2025-02-03")] == ["2025-12-31", "2024-02-29", "2025-02-03"]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2023年部门整体支出", (2023,)),
        ("（2026）年度", (2026,)),
        ("2023.07-2024.01", (2023, 2024)),
        ("2021-2025年，2023年", (2021, 2025, 2023)),
        ("长期目标（截止 2026 年）", (2026,)),
        ("财预〔2018〕34号，2024年", (2024,)),
        ("2000元、2025.5万元、13020824P000010100133、12023年", ()),
    ],
)
def test_years_are_read_with_their_boundaries(text: str, years: tuple[int, ...]) -> None:
    assert read_years(text) == years


# --- any text --------------------------------------------------------------------------------------------------

READERS = (read_frequency, read_formulas, read_amounts, read_quantities, read_date, read_years)
LIKELY = "0123456789.,*×x=+()（）万元亿次个村人/每周月季度年日半一两第至-〔〕，。 "


@given(st.one_of(st.text(), st.text(LIKELY)))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for reader in READERS:
        reader(text)


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1*",
        "(",
        "1*(",
        ")",
        "每",
        "每周",
        "每周一",
        "1次/",
        "万",
        "1万",
        "2025年",
        "2025.",
        "=",
        "1=",
        "1+1=",
        "个",
        "1个",
        " ",
    ],
)
def test_hostile_repetition_is_read_in_bounded_time(unit: str) -> None:
    text = unit * 20_000
    for reader in READERS:
        reader(text)
        reader("每周" + text + "=1次")
