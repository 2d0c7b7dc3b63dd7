"""What a text says of the matter of an indicator, where it differs from the indicator's number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perflint.interpret import told_otherwise


def tell(text: str, name: str, value: str, unit: str | None, year: int | None = 2026) -> list[str]:
    told = told_otherwise([text], name, Decimal(value), unit, None if year is None else Decimal(year))
    return [f"{quantity.number}{quantity.unit}" for quantity in told]


@pytest.mark.parametrize(
    ("text", "name", "value", "unit", "told"),
    [
        ("改造城镇老旧小区18个，惠及2400户", "城镇老旧小区改造个数", "81", "个", "18个"),
        ("整治人居环境示范村5个", "人居环境整治示范村", "15", "个", "5个"),
        ("举办公益演出96场", "举办公益性演出场次", "69", "场", "96场"),
        ("为学校的16800名学生提供营养膳食补助", "享受营养膳食补助学生人数", "18600", "人", "16800名"),
        ("森林抚育3.5万亩", "森林抚育面积", "53000", "亩", "3.5万亩"),
        ("家长满意度不低于92%", "家长满意度", "95", "%", "92%"),
        ("城镇登记失业率控制在4.5%以内", "期末城镇登记失业率", "5.4", "%", "4.5%"),
        ("全县森林覆盖率稳定在63.5%以上", "森林覆盖率", "65.3", "%", "63.5%"),
        ("林业有害生物成灾率控制在3.1‰以下", "林业有害生物成灾率", "3.1", "%", "3.1‰"),
        ("全年轮换小麦1.05万吨", "小麦年度轮换数量", "1.5", "万吨", "1.05万吨"),
        ("2026年改造农村危房260户", "农村危房改造户数", "620", "户", "260户"),
        ("保障农田灌溉面积5200亩", "灌溉面积", "3200", "亩", "5200亩"),
        ("义务教育普及率达到99%", "义务教育普及率", "95", "%", "99%"),
        ("治理河道12公里，其中清淤8公里、护岸4公里，改造农村危房260户", "农村危房改造户数", "620", "户", "260户"),
        # the digits of the number, at another power of ten
        ("保障城区道路清扫保洁面积325万平方米", "道路清扫面积", "325", "平方米", "325万平方米"),
        ("为全市3.1万名学生每天提供一份营养餐", "受益学生人数", "31", "万人", "3.1万名"),
        ("新增耕地1200亩、旱改水810亩", "旱改水面积", "810", "公顷", "810亩"),
        ("管网维修18.5公里", "管网维修长度", "18.5", "米", "18.5公里"),
        ("清理垃圾300吨", "清理垃圾", "300", "立方米", "300吨"),
    ],
)
def test_another_number_for_the_same_matter(text: str, name: str, value: str, unit: str, told: str) -> None:
    assert tell(text, name, value, unit) == [told]


@pytest.mark.parametrize(
    ("text", "name", "value", "unit"),
    [
        ("改造城镇老旧小区18个", "城镇老旧小区改造个数", "18", "个"),
        ("人工造林1.2万亩", "人工造林面积", "12000", "亩"),
        ("人工造林1.2万亩", "人工造林面积", "12040", "亩"),
        ("农村危房改造260户", "农村危房改造户数", "620", "座"),
        # another matter, or only part of it
        ("新建和改造提升高标准农田3万亩", "改造提升高标准农田面积", "1.8", "万亩"),
        ("新建、改造提升高标准农田3万亩", "改造提升高标准农田面积", "1.8", "万亩"),
        ("改造老旧小区停车位180个", "老旧小区改造个数", "18", "个"),
        ("保障重点优抚对象3200人", "重点优抚对象体检人数", "800", "人"),
        ("城乡居民满意度达到90%", "农村居民满意度", "85", "%"),
        ("满意度达到90%", "农村居民满意度", "85", "%"),
        ("九十岁老人1200人、百岁老人36人发放高龄津贴", "高龄津贴发放人数", "1236", "人"),
        # not what is planned for the year
        ("保障农田灌溉面积3200亩", "灌溉面积", "3200", "亩"),
        ("新建公厕12座", "公厕", "15", "座"),
        ("灌溉面积5200亩农田改造", "灌溉面积", "3200", "亩"),
        ("现有城镇老旧小区86个", "城镇老旧小区个数", "18", "个"),
        ("累计改造农村危房1850户", "农村危房改造户数", "260", "户"),
        ("2025年改造农村危房250户", "农村危房改造户数", "260", "户"),
        ("到2030年，森林覆盖率达到65%", "森林覆盖率", "63", "%"),
        ("护理型床位占比较上年提高5%", "护理型床位占比", "55", "%"),
        ("培训300人，其中培训农村党员120人", "培训农村党员人数", "150", "人"),
        ("治理河道12公里，其中清淤8公里、护岸4公里", "河道护岸长度", "5", "公里"),
        ("改造小区（农村危房改造240户）", "农村危房改造户数", "260", "户"),
        ("农村危房改造约240户", "农村危房改造户数", "260", "户"),
        ("农村危房改造240户左右", "农村危房改造户数", "260", "户"),
        ("每月举办公益演出8场", "举办公益演出场次", "96", "场"),
        # alike by chance, or right in another unit
        ("管网维修18.5公里", "管网维修长度", "18500", "米"),
        ("新增耕地1200亩", "旱改水面积", "1200", "公顷"),
        ("旱改水8亩", "旱改水面积", "8", "公顷"),
        ("管护公厕120座", "新建公厕", "12", "座"),
        ("服务人口3.1万人", "受益学生人数", "31", "万人"),
        ("补助学生3000名", "体检学生人数", "30000", "人"),
    ],
)
def test_the_same_number_or_another_matter(text: str, name: str, value: str, unit: str) -> None:
    assert tell(text, name, value, unit) == []


def test_one_of_several_texts_that_agrees_is_enough() -> None:
    texts = ["举办展览12期", "举办展览18期"]
    assert told_otherwise(texts, "举办展览期数", Decimal(18), "期", None) == []
    assert len(told_otherwise(texts, "举办展览期数", Decimal(15), "期", None)) == 2


@given(st.text(max_size=80), st.text(max_size=20), st.sampled_from(["个", "%", "万亩", None]))
def test_any_text_is_read(text: str, name: str, unit: str | None) -> None:
    told_otherwise([text], name, Decimal(3), unit, Decimal(2026))


def test_a_long_text_is_read_in_time_linear_in_it() -> None:
    told_otherwise(["改造农村危房260户" * 8_000], "农村危房改造户数", Decimal(620), "户", Decimal(2026))
