"""Personal data and slips of wording; every number here is made up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perflint.interpret import (
    find_bank_cards,
    find_id_numbers,
    find_inner_spaces,
    find_landlines,
    find_markup,
    find_mobile_numbers,
    find_person_names,
    find_placeholders,
    find_repeated_sentences,
    find_repeated_words,
    read_full_mark_value,
    read_full_marks,
)

# --- personal data ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "联系电话：13800000000",
        "138 0000 0000",
        "138-0000-0000",
        "+8613800000000",
        "１３８００００００００",
        "（13800000000）",
    ],
)
def test_mobile_number_is_found(text: str) -> None:
    assert find_mobile_numbers(text) == ("13800000000",)


def test_two_mobile_numbers_with_a_slash() -> None:
    assert find_mobile_numbers("13800000000/13900000000") == ("13800000000", "13900000000")


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码11500113009308618J",
        "项目编码13020824P000010100133",
        "http://example.org/t20210115_13800000000.html",
        "2013800000000",
        "13800000000元",
        "13800000000.55",
        "a13800000000",
        "合同编号JM-2026-13800000000",
        "12800000000",
    ],
)
def test_codes_and_amounts_are_no_mobile_numbers(text: str) -> None:
    assert find_mobile_numbers(text) == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("电话：0731-20000000", "0731-20000000"),
        ("(027)80000000", "(027)80000000"),
        ("0731—2000 0000", "0731—2000 0000"),
        ("电话:073120000000", "073120000000"),
    ],
)
def test_landline_is_found(text: str, number: str) -> None:
    assert find_landlines(text) == (number,)


@pytest.mark.parametrize("text", ["2023-01-20231231", "0731-2000000012", "2080201", "110115-20000000", "10-20000000"])
def test_other_numbers_are_no_landlines(text: str) -> None:
    assert find_landlines(text) == ()


def test_identity_number_needs_a_birthday_and_a_check_digit() -> None:
    assert find_id_numbers("身份证11010519491231002X。") == ("11010519491231002X",)
    assert find_id_numbers("110105194912310021 110105194913310025") == ()
    assert find_id_numbers("A11010519491231002X") == ()


def test_bank_card_needs_its_luhn_digit() -> None:
    assert find_bank_cards("卡号4111111111111111，4111 1111 1111 1111") == ("4111111111111111",)
    assert find_bank_cards("4111111111111112 41111111111111111111 11010519491231002X") == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("补缴张三等5人2014年10月至2023年12月期间的职业年金", ("张三",)),
        ("项目负责人：李四，联系人 王五", ("李四", "王五")),
        ("张三同志", ("张三",)),
        ("欧阳某等2人", ()),
        ("负责人高度重视", ()),
        ("残疾人员等5人、高校等5人、村干部等20人、贫困户等10人", ()),
        ("党员同志、领导同志、学习雷锋同志", ()),
        ("某某等5人", ()),
        ("填表人：某某某", ()),
        ("集中供养王桂香、刘长根等48名特困老人", ("王桂香", "刘长根")),
        ("高血压、冠心病等48名患者，孤寡、高龄等30名老人，白塔、黄泥等12个村，白内障、高血压等20名病人", ()),
    ],
)
def test_names_are_found_where_only_names_stand(text: str, names: tuple[str, ...]) -> None:
    assert find_person_names(text) == names


# --- repetition ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("特大事故事故发生率", ("事故",)),
        ("提高资金使用效益的意见意见", ("意见",)),
        ("补助854万854万", ("854万",)),
        ("平安建设平安建设", ("平安建设",)),
        ("社区社区网格", ()),
        ("镇政府政府采购", ()),
        ("防护林护林员", ()),
        ("人人有责、年年丰收、天天向上", ()),
        ("5050", ()),
        ("修复20次20次*0.5（万元/次）=10万元", ()),
        ("平安 安全", ()),
        ("时时刻刻", ()),
        ("一户一户走访", ()),
    ],
)
def test_repeated_words(text: str, words: tuple[str, ...]) -> None:
    assert find_repeated_words(text) == words


def test_repeated_sentence_is_named_whole() -> None:
    sentence = "积极发挥职能作用，加强党风廉政建设，营造风清气正的工作氛围"
    assert find_repeated_sentences(f"1.{sentence}。2.{sentence}。") == (sentence.replace("，", ","),)


def test_repeated_clause_is_found_within_a_sentence() -> None:
    text = "整体联动工作机制，通过各部门、各单位共同努力，圆满完成任务，通过各部门、各单位共同努力，圆满完成任务"
    assert find_repeated_sentences(text) == ("通过各部门、各单位共同努力",)


def test_short_sentences_may_repeat() -> None:
    assert find_repeated_sentences("保障运转。保障运转。") == ()


# --- what conversion left behind -------------------------------------------------------------------------------


def test_markup_is_named_once_each() -> None:
    raw = "<p>a</p><p>b</p>&nbsp;[bookmark: _Toc_1]c\x0bd" + "\t" * 7 + "e"
    assert find_markup(raw) == ("<p>", "</p>", "&nbsp;", "[bookmark: _Toc_1]", "U+000B", "U+0009")


@pytest.mark.parametrize("raw", ["5<10", "≥95%", "A&B", "[附件]", "第一行\n第二行\t备注"])
def test_plain_text_holds_no_markup(raw: str) -> None:
    assert find_markup(raw) == ()


@pytest.mark.parametrize(
    ("raw", "places"),
    [
        ("满 意 度", ("满 意 度",)),
        ("≥2. 5%", ("2. 5%",)),
        ("968.191 8", ("968.191 8",)),
        ("名　　称", ("名　　称",)),
        ("2025 年 11 月", ()),
        ("持续\n推进", ()),
        (" 优 ", ()),
        ("≥ 5 次", ()),
    ],
)
def test_inner_spaces(raw: str, places: tuple[str, ...]) -> None:
    assert find_inner_spaces(raw) == places


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(≥**个)", ("**",)),
        ("≥XX%", ("XX",)),
        ("××镇人民政府", ("××",)),
        ("……", ("……",)),
        ("待定", ("待定",)),
        ("指标1：", ("指标1:",)),
        ("□是 □否", ("□",)),
        ("☑是 □否", ()),
        ("测试", ("测试",)),
        ("压力测试合格", ()),
        ("3*5=15", ()),
        ("100×20", ()),
        ("二〇〇五年", ()),
        ("MAX值", ()),
    ],
)
def test_placeholders(text: str, found: tuple[str, ...]) -> None:
    assert find_placeholders(text) == found


# --- scoring standards -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "points", "value"),
    [
        ("达到计划值得满分2分，否则按实际值/计划值*指标分值计分。", 2, None),
        ("入户率达到100%得2分，未达到100%，按实际达到比例×指标分值计算", 2, 100),
        ("效果明显得5分，效果一般得3分，否则不得分。", 5, None),
        ("满意度达90%及以上，得10分；满意度90%以下，得分为实际满意度/90%*10分", 10, 90),
        ("整体支出控制在预算范围内，得20分，每超出10%，扣2分，扣完为止。", 20, None),
        ("按计划在2026年12月31日前完成得10分，每推迟10天扣1分", 10, None),
        ("完成48次得2分，少一次扣0.5分", 2, 48),
        ("80%得3分，95%得5分", 5, 95),
        ("少1户扣2分，得10分", 10, None),
        ("每少0.5公里减0.5分，得5分", 5, None),
        ("无", None, None),
    ],
)
def test_scoring_standard(text: str, points: int | None, value: int | None) -> None:
    assert read_full_marks(text) == (None if points is None else Decimal(points))
    assert read_full_mark_value(text) == (None if value is None else Decimal(value))


# --- any text --------------------------------------------------------------------------------------------------

FINDERS = (
    find_mobile_numbers,
    find_landlines,
    find_id_numbers,
    find_bank_cards,
    find_person_names,
    find_repeated_words,
    find_repeated_sentences,
    find_markup,
    find_inner_spaces,
    find_placeholders,
    read_full_marks,
    read_full_mark_value,
)


@given(st.one_of(st.text(), st.text("0123456789Xx -()等人同志张三李四负责得满分%万元。，、 <>&;[]□×*")))
def test_any_text_is_searched_without_an_error(text: str) -> None:
    for finder in FINDERS:
        finder(text)


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1 ",
        "1234 ",
        "138",
        "0731-",
        "张",
        "张三等",
        "等5人",
        "社会",
        "得",
        "1得",
        "1%得",
        "满 ",
        "<p ",
        "&a",
        "\t",
        "指标",
        "×",
        "□",
    ],
)
def test_hostile_repetition_is_searched_in_bounded_time(unit: str) -> None:
    text = unit * 20_000
    for finder in FINDERS:
        finder(text)
