"""Tables printed as text whose columns stand one under another: what a PDF leaves when it is copied with its layout."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aligned_text import measure, merge_levels, print_cells
from damage import read_text

JOINED = [
    ["产出指标", "数量指标", "新建改建农村户用卫生厕所", "≥120座"],
    ["产出指标", "数量指标", "开展安全生产检查", "≥24次"],
    ["产出指标", "数量指标", "清淤沟渠", "≥8公里"],
    ["产出指标", "质量指标", "改厕验收合格率", "100%"],
    ["产出指标", "时效指标", "改厕任务完成时间", "2025年11月30日前"],
    ["产出指标", "成本指标", "公用经费", "≤132.5万元"],
    ["效益指标", "社会效益指标", "信访积案化解率", "≥95%"],
    ["效益指标", "生态效益指标", "农村人居环境", "明显改善"],
    ["满意度指标", "服务对象满意度指标", "群众满意度", "≥92%"],
]
APART = [
    ["产出指标", "数量指标", "聘用草原管护员", "=", "24", "人", "20"],
    ["产出指标", "数量指标", "管护草原面积", "≥", "54", "万亩", "20"],
    ["产出指标", "质量指标", "管护员考核合格率", "≥", "95", "%", "10"],
    ["成本指标", "经济成本指标", "管护员补助标准", "=", "3.6", "万元/人·年", "20"],
    ["效益指标", "生态效益指标", "违规放牧案件数", "≤", "3", "起", "20"],
    ["满意度指标", "服务对象满意度指标", "牧民满意度", "≥", "90", "%", "10"],
]
UNKNOWN = [
    ["履职效能", "大气污染防治", "空气质量优良天数比例", "≥86%"],
    ["履职效能", "水生态环境保护", "国控断面水质优良比例", "=100%"],
    ["管理效率", "预算管理", "预算执行率", "≥95%"],
    ["社会效应", "社会效益", "重大突发环境事件数", "0起"],
]
HEAD = ["一级指标", "二级指标", "三级指标"]
SIGNS = ["指标性质", "指标值", "度量单位", "权重"]
TABLES = {
    "joined": ([*HEAD, "指标值"], JOINED, ["level1", "level2", "name", "value"]),
    "apart": ([*HEAD, *SIGNS], APART, ["level1", "level2", "name", "comparator", "value", "unit", "weight"]),
    "unknown": ([*HEAD, "指标值"], UNKNOWN, ["level1", "level2", "name", "value"]),
}
SELF_EVALUATION = """
                          项目支出绩效自评表
                              （2024年度）
 项目名称          基层医疗卫生机构设备购置
 主管部门          石鼓县卫生健康局          实施单位          石鼓县妇幼保健院
 年度总体              预期目标                          实际完成情况
 目标         购置彩超2台、新生儿监护仪6台，      购置彩超2台、新生儿监护仪6台，
              提升妇幼健康服务能力。              设备全部投入使用。
          一级    二级指标    三级指标            年度        实际       分值   得分   偏差原因分析
          指标                                   指标值      完成值                    及改进措施
                  数量指标    购置彩超数量       =2台        2台         10     10
                              购置新生儿监护     =6台        6台         10     10
                              仪数量
 绩效     产出    质量指标    设备验收合格率     100%        100%        10     10
 指标     指标    时效指标    采购完成时间       2024年10    2024年9     10     10
                                                 月底前      月
          效益    社会效益    年均受益孕产妇     ≥1500人    1420人      20     18    出生人口
          指标    指标        人数              次          次                       下降
          满意    服务对象    就诊群众满意度     ≥90%       93%         10     10
          度指    满意度指
          标      标
 总分                                                                 100     97.85
"""
PAGES = """
                         2024年度项目支出绩效目标表

  项目名称        高标准农田建设补助资金
  主管部门        青溪县农业农村局                实施单位        青溪县农田建设服务中心
  预算金额        年度资金总额：                  2,360.00
                  其中：财政拨款                  2,360.00
  年度绩效目标    新建高标准农田1.2万亩，改造提升0.8万亩，提高农田灌溉保证率，
                  增强粮食综合生产能力，项目区农户满意度达到90%以上。

  一级指标      二级指标          三级指标                      指标值          权重（%）
                                  新建高标准农田面积            ≥1.2万亩        20
  产出指标      数量指标          改造提升高标准农田面积        ≥0.8万亩        20
                                  新修灌排渠道长度              ≥36公里         20
                                            第 1 页 共 2 页

                         2024年度项目支出绩效目标表

  一级指标      二级指标          三级指标                      指标值          权重（%）
                经济效益指标      项目区亩均粮食产能提升        ≥50公斤         10
  效益指标
                社会效益指标      受益农户数                    ≥4200户         10
  满意度指标    服务对象满意度    项目区农户满意度              ≥90%            10
                                            第 2 页 共 2 页
"""
PROJECTS = """
                                            2024年部门项目支出绩效信息表
 部门：琼山市民政局                                                                          单位：万元
 项目名称          项目金额   绩效目标              一级指标     二级指标         三级指标           绩效指标值
 高龄老人长寿补贴  1,240.00   按月足额发放80周岁    产出指标     数量指标         发放补贴人数       ≥8600人
                              以上老人长寿补贴，    产出指标     质量指标         补贴对象准确率     100%
                              提升老年人幸福感。    满意度指标   服务对象满意度   老年人满意度       ≥90%
                                                                 指标
 公益性公墓管护    38.50      对全市6处公益性公墓   产出指标     数量指标         管护公墓数量       6处
                              进行日常管护。        满意度指标   服务对象满意度   群众满意度         ≥90%
                                                                 指标
"""
DOWNWARDS = """
                          部门预算专项业务经费绩效目标表
   项目名称                      森林防火专项经费
   资金金额      实施期资金总额：                            60.00
                 其中：财政拨款                              60.00
   （万元）
   总            年度目标
   体       全年开展防火巡护不少于300天，建设防火隔离带12公里，森林火灾受害率
   目       控制在0.9‰以内。
   标
            一级      二级指标          三级指标                  指标值
            指标
                                  聘用季节性护林员            40人
                      数量指标
            产                    建设防火隔离带              12公里
            出
   绩       指        质量指标    护林员培训合格率            ≥95%
   效       标
   指                 时效指标    火情处置到场时间            ≤1小时
   标
            效        社会效益    森林火灾受害率              ≤0.9‰
            益        指标
            指        生态效益    森林覆盖率                  ≥78.5%
            标        指标
"""


BESIDE = """
                                       项目支出绩效目标表
预算单位         天山县教育局                    项目名称         学生营养改善计划
                 为全县农村义务教育阶段17330名学生提供营养膳食补助，学校食堂供餐比例达到100%，
项目总体目标
                 学生体质健康水平稳步提升。
一级指标   二级指标             三级指标                     指标值        权重    指标来源      指标说明
                        享受营养膳食补助学生人数              ≥17330人      30     计划标准
           数量指标
                        覆盖学校数量                          ≥42所         20     计划标准    含教学点6所
产出指标   质量指标     食品安全达标率                        =100%         20     行业标准
                                                                                               按供餐日
           时效指标     补助资金拨付及时率                    =100%         10     计划标准
                                                                                               拨付
效益指标   社会效益     学生营养不良率下降                    ≥2%           10     历史标准
满意度指
           服务对象满   学生及家长满意度                      ≥95%          10     调查问卷
标
           意度指标
注：指标来源填写计划标准、行业标准、历史标准等。
"""


TWO_LISTS = """
财政支出项目绩效目标申报表
  项目名称                  图书馆免费开放补助
                  一级指标      二级指标            指标内容          指标值
                                数量指标            新增藏书          ≥6万册
                  产出指标
  长期绩效指标                  质量指标            图书编目合格率    ≥99%
                  满意度指标    服务对象满意度      读者满意度        ≥90%
                  一级指标      二级指标            指标内容          指标值
                                                    新增藏书          ≥2万册
                                数量指标
                  产出指标                          举办阅读活动      ≥100场
  年度绩效指标
                                成本指标            图书采购单价      ≤42元/册
                  满意度指标    服务对象满意度      读者满意度        ≥90%
"""
ENDING = """
2025年政府购买服务项目绩效目标表
  购买主体          江州市民政局
  项目名称          居家养老上门服务            预算金额（万元）  268.8
                    为全市1400名经济困难失能老人提供居家上门服务，每人每月不少
  绩效目标
                    于4次，服务对象满意度95%以上。
  绩效指标          一级指标        二级指标        三级指标    指标值            计量单位
                    产出指标        数量指标        服务失能老  ≥1400            人
                                                    人数
                                    质量指标        护理人员持  100               %
                                                    证上岗率
                    满意度指标      服务对象满意度  老人及家属  ≥95              %
                                                    满意度
  财政部门审核意见  同意。
                                        2025年1月20日
"""


def list_rows(table: dict[str, Any], fields: list[str]) -> list[list[str]]:
    return [[str(row.get(field) or "") for field in fields] for row in table["indicators"]]


@pytest.mark.parametrize("count", [measure, len], ids=["wide", "narrow"])
@pytest.mark.parametrize("context", ["", "绩效指标"], ids=["bare", "beside"])
@pytest.mark.parametrize("width", [12, 20, 40])
@pytest.mark.parametrize("centered", [True, False], ids=["centered", "top"])
@pytest.mark.parametrize("name", TABLES)
def test_broken_and_merged_cells_are_put_together(
    tmp_path: Path, name: str, centered: bool, width: int, context: str, count: Callable[[str], int]
) -> None:
    head, rows, fields = TABLES[name]
    widths = [*([4] if context else []), 8, 10, width, *([8, 10, 8, 6] if len(head) > 4 else [14])]
    page = print_cells(merge_levels(head, rows, context), widths, centered=centered, count=count)
    data = read_text(tmp_path, f"项目支出绩效目标表\n项目名称     草原管护\n{page}\n")
    assert list_rows(data["tables"][0], fields) == rows
    assert data["tables"][0]["project"]["name"] == "草原管护"
    assert "unread" not in data


def test_a_header_broken_over_lines_and_scores_beside_the_targets(tmp_path: Path) -> None:
    (table,) = read_text(tmp_path, SELF_EVALUATION)["tables"]
    assert list_rows(table, ["level1", "level2", "name", "value", "weight"]) == [
        ["产出指标", "数量指标", "购置彩超数量", "=2台", "10"],
        ["产出指标", "数量指标", "购置新生儿监护仪数量", "=6台", "10"],
        ["产出指标", "质量指标", "设备验收合格率", "100%", "10"],
        ["产出指标", "时效指标", "采购完成时间", "2024年10月底前", "10"],
        ["效益指标", "社会效益指标", "年均受益孕产妇人数", "≥1500人次", "20"],
        ["满意度指标", "服务对象满意度指标", "就诊群众满意度", "≥90%", "10"],
    ]
    assert [goal["text"] for goal in table["goals"]] == ["购置彩超2台、新生儿监护仪6台，提升妇幼健康服务能力。"]
    assert table["project"]["name"] == "基层医疗卫生机构设备购置"


def test_a_list_goes_on_below_the_header_that_the_next_page_repeats(tmp_path: Path) -> None:
    (table,) = read_text(tmp_path, PAGES)["tables"]
    assert list_rows(table, ["level1", "level2", "name", "value", "weight"]) == [
        ["产出指标", "数量指标", "新建高标准农田面积", "≥1.2万亩", "20"],
        ["产出指标", "数量指标", "改造提升高标准农田面积", "≥0.8万亩", "20"],
        ["产出指标", "数量指标", "新修灌排渠道长度", "≥36公里", "20"],
        ["效益指标", "经济效益指标", "项目区亩均粮食产能提升", "≥50公斤", "10"],
        ["效益指标", "社会效益指标", "受益农户数", "≥4200户", "10"],
        ["满意度指标", "服务对象满意度", "项目区农户满意度", "≥90%", "10"],
    ]
    assert table["budget"]["total"] == "2,360.00"
    assert table["goals"][0]["text"].endswith("农田灌溉保证率，增强粮食综合生产能力，项目区农户满意度达到90%以上。")


def test_projects_with_rows_of_their_own_are_tables_of_their_own(tmp_path: Path) -> None:
    data = read_text(tmp_path, PROJECTS)
    found = [(one["project"]["name"], one["budget"]["total"], one["goals"][0]["text"]) for one in data["tables"]]
    assert found == [
        ("高龄老人长寿补贴", "1,240.00", "按月足额发放80周岁以上老人长寿补贴，提升老年人幸福感。"),
        ("公益性公墓管护", "38.50", "对全市6处公益性公墓进行日常管护。"),
    ]
    assert [list_rows(one, ["level2", "name", "value"])[-1] for one in data["tables"]] == [
        ["服务对象满意度指标", "老年人满意度", "≥90%"],
        ["服务对象满意度指标", "群众满意度", "≥90%"],
    ]


def test_words_printed_downwards(tmp_path: Path) -> None:
    (table,) = read_text(tmp_path, DOWNWARDS)["tables"]
    assert list_rows(table, ["level1", "level2", "name", "value"]) == [
        ["产出指标", "数量指标", "聘用季节性护林员", "40人"],
        ["产出指标", "数量指标", "建设防火隔离带", "12公里"],
        ["产出指标", "质量指标", "护林员培训合格率", "≥95%"],
        ["产出指标", "时效指标", "火情处置到场时间", "≤1小时"],
        ["效益指标", "社会效益指标", "森林火灾受害率", "≤0.9‰"],
        ["效益指标", "生态效益指标", "森林覆盖率", "≥78.5%"],
    ]
    assert [goal["text"] for goal in table["goals"]] == [
        "全年开展防火巡护不少于300天，建设防火隔离带12公里，森林火灾受害率控制在0.9‰以内。"
    ]


def test_what_was_put_together_by_its_place_is_told(tmp_path: Path) -> None:
    codes = {notice["code"] for notice in read_text(tmp_path, SELF_EVALUATION)["x-notices"]}
    assert "rejoined" in codes


def test_merged_cells_that_may_end_in_two_places_are_told(tmp_path: Path) -> None:
    text = """
项目支出绩效目标表
  一级指标    二级指标      三级指标        指标值
  履职效能    公路养护      路况优良率      ≥95%
                            养护里程        ≥80公里
              公交服务      新增线路        ≥3条
                            新增车辆        ≥9辆
  管理效率    预算管理      预算执行率      ≥95%
              资产管理      资产利用率      ≥90%
"""
    data = read_text(tmp_path, text.replace("履职效能    公路养护", "            公路养护", 1))
    assert {notice["code"] for notice in data["x-notices"]} >= {"extent_unsure"}


def test_a_label_in_the_middle_of_its_text_and_an_explanation_in_the_middle_of_its_row(tmp_path: Path) -> None:
    (table,) = read_text(tmp_path, BESIDE)["tables"]
    assert list_rows(table, ["level1", "level2", "name", "value", "explanation"]) == [
        ["产出指标", "数量指标", "享受营养膳食补助学生人数", "≥17330人", ""],
        ["产出指标", "数量指标", "覆盖学校数量", "≥42所", "含教学点6所"],
        ["产出指标", "质量指标", "食品安全达标率", "=100%", ""],
        ["产出指标", "时效指标", "补助资金拨付及时率", "=100%", "按供餐日拨付"],
        ["效益指标", "社会效益", "学生营养不良率下降", "≥2%", ""],
        ["满意度指标", "服务对象满意度指标", "学生及家长满意度", "≥95%", ""],
    ]
    goal = "为全县农村义务教育阶段17330名学生提供营养膳食补助，学校食堂供餐比例达到100%，学生体质健康水平稳步提升。"
    assert [one["text"] for one in table["goals"]] == [goal]


def test_the_same_header_below_a_list_with_a_word_beside_it_begins_another_list(tmp_path: Path) -> None:
    (table,) = read_text(tmp_path, TWO_LISTS)["tables"]
    assert list_rows(table, ["section", "level1", "level2", "name", "value"]) == [
        ["long_term", "产出指标", "数量指标", "新增藏书", "≥6万册"],
        ["long_term", "产出指标", "质量指标", "图书编目合格率", "≥99%"],
        ["long_term", "满意度指标", "服务对象满意度", "读者满意度", "≥90%"],
        ["annual", "产出指标", "数量指标", "新增藏书", "≥2万册"],
        ["annual", "产出指标", "数量指标", "举办阅读活动", "≥100场"],
        ["annual", "产出指标", "成本指标", "图书采购单价", "≤42元/册"],
        ["annual", "满意度指标", "服务对象满意度", "读者满意度", "≥90%"],
    ]


def test_a_list_ends_above_what_has_no_row_and_a_label_between_is_no_title(tmp_path: Path) -> None:
    (table,) = read_text(tmp_path, ENDING)["tables"]
    assert list_rows(table, ["level1", "level2", "name", "value", "unit"]) == [
        ["产出指标", "数量指标", "服务失能老人数", "≥1400", "人"],
        ["产出指标", "质量指标", "护理人员持证上岗率", "100", "%"],
        ["满意度指标", "服务对象满意度", "老人及家属满意度", "≥95", "%"],
    ]
    goal = "为全市1400名经济困难失能老人提供居家上门服务，每人每月不少于4次，服务对象满意度95%以上。"
    assert [one["text"] for one in table["goals"]] == [goal]
    assert (table["project"]["name"], table["budget"]["total"]) == ("居家养老上门服务", "268.8")
