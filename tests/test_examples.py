"""The five transcribed documents, held against facts that a reader can check on the printed pages."""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from perflint.schema import load_schema

EXAMPLES = Path(__file__).parent.parent / "examples"
ZHUTING = "000-zhuting-2026-overall"
XIAOPING = "001-xiaoping-2026-overall"
HEBEI = "002-hebei-2024-projects"
XINGGUO = "003-xingguo-2026-overall"
YUNTIAN = "004-yuntian-2023-bundle"
NAMES = (ZHUTING, XIAOPING, HEBEI, XINGGUO, YUNTIAN)

Record = dict[str, Any]


@cache
def load(name: str) -> Record:
    document: Record = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return document


def tables(name: str) -> list[Record]:
    found: list[Record] = load(name)["tables"]
    return found


def indicators(name: str) -> list[Record]:
    return [row for table in tables(name) for row in table.get("indicators", [])]


def find(document: str, /, **fields: str) -> list[Record]:
    return [row for row in indicators(document) if all(row.get(field) == text for field, text in fields.items())]


def amount(printed: str | None) -> Decimal:
    assert printed is not None
    return Decimal(printed)


def total(printed: list[str | None]) -> Decimal:
    return sum((amount(cell) for cell in printed), Decimal(0))


def texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in texts(inner)]
    return [value] if isinstance(value, str) else []


def test_the_folder_holds_these_documents_first() -> None:
    assert [path.stem for path in sorted(EXAMPLES.glob("00[0-4]-*.json"))] == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_example_conforms_to_the_schema(name: str) -> None:
    validator = Draft202012Validator(load_schema("document-1"))
    assert [error.message for error in validator.iter_errors(load(name))] == []


@pytest.mark.parametrize("name", NAMES)
def test_file_ends_with_one_newline_and_keeps_chinese_readable(name: str) -> None:
    text = (EXAMPLES / f"{name}.json").read_text(encoding="utf-8")
    assert text.endswith("}\n")
    assert "\\u" not in text
    assert "\t" not in text
    assert "\r" not in text


@pytest.mark.parametrize("name", NAMES)
def test_every_printed_amount_stays_a_string(name: str) -> None:
    def numbers(value: object, key: str = "") -> list[str]:
        if isinstance(value, dict):
            return [found for inner, item in value.items() for found in numbers(item, inner)]
        if isinstance(value, list):
            return [found for item in value for found in numbers(item, key)]
        return [key] if isinstance(value, int | float) else []

    assert set(numbers(load(name))) <= {"fiscal_year", "year"}


@pytest.mark.parametrize("name", NAMES)
def test_every_row_has_both_levels_and_an_origin(name: str) -> None:
    document = load(name)
    for index, table in enumerate(document["tables"]):
        for position, row in enumerate(table.get("indicators", [])):
            assert row["level1"]
            assert row["level2"]
            assert f"/tables/{index}/indicators/{position}" in document["origins"]


@pytest.mark.parametrize("name", NAMES)
def test_rows_of_a_table_share_one_set_of_cells(name: str) -> None:
    for table in tables(name):
        rows = table.get("indicators", [])
        by_section = {row.get("section"): set(row) for row in rows}
        assert [row for row in rows if set(row) != by_section[row.get("section")]] == []


def test_no_personal_data_beyond_the_placeholders() -> None:
    # The lookarounds keep the digits inside project codes and file digests from counting as phones.
    phones = {
        phone
        for name in NAMES
        for text in texts(load(name)["tables"])
        for phone in re.findall(r"(?<![0-9A-Za-z])1[3-9][0-9]{9}(?![0-9A-Za-z])", text)
    }
    assert phones == {"13800000001", "13800000002", "13800000003"}
    people = {
        table.get("sign_off", {}).get(field)
        for name in NAMES
        for table in tables(name)
        for field in ("prepared_by", "head")
    }
    assert people == {"某某", "某某某", None}


def test_row_counts_of_all_tables() -> None:
    counts = {name: [len(table.get("indicators", [])) for table in tables(name)] for name in NAMES}
    assert counts == {
        ZHUTING: [44],
        XIAOPING: [17],
        HEBEI: [6] * 13,
        XINGGUO: [78],
        YUNTIAN: [12, 0, 11, 9, 9, 10],
    }


def test_all_examples_hold_258_indicators() -> None:
    # Eleven rows print a class and nothing else; one row prints two names and two values.
    rows = [row for name in NAMES for row in indicators(name)]
    named = [row["name"] for row in rows if row["name"] is not None]
    assert (len(rows), len(named), sum(len(name.split("\n")) for name in named)) == (268, 257, 258)


def test_forms_kinds_and_places() -> None:
    assert {name: [(table["kind"], table["form"]) for table in tables(name)] for name in NAMES} == {
        ZHUTING: [("overall", "hunan-overall")],
        XIAOPING: [("overall", "hunan-overall")],
        HEBEI: [("project", "hebei-project")] * 13,
        XINGGUO: [("overall", "hubei-overall")],
        YUNTIAN: [("overall", "hunan-overall"), ("summary", "hunan-summary"), *[("project", "hunan-project")] * 4],
    }
    assert {name: (load(name)["organization"]["division_code"], load(name)["fiscal_year"]) for name in NAMES} == {
        ZHUTING: ("430212", 2026),
        XIAOPING: ("431228", 2026),
        HEBEI: ("130208", 2024),
        XINGGUO: ("420222", 2026),
        YUNTIAN: ("430204", 2023),
    }


class TestZhuting:
    def test_sections(self) -> None:
        assert Counter((row["level1"], row["level2"]) for row in indicators(ZHUTING)) == {
            ("产出指标", "数量指标"): 14,
            ("产出指标", "质量指标"): 13,
            ("产出指标", "时效指标"): 3,
            ("效益指标", "经济效益"): 1,
            ("效益指标", "社会效益"): 3,
            ("效益指标", "生态效益"): 2,
            ("效益指标", "可持续影响"): 2,
            ("满意度指标", "服务对象满意度"): 2,
            ("成本指标", "经济成本指标"): 2,
            ("成本指标", "社会成本指标"): 1,
            ("成本指标", "生态环境成本指标"): 1,
        }

    def test_fund_block_adds_up(self) -> None:
        budget = tables(ZHUTING)[0]["budget"]
        assert budget == {
            "total": "1198.80",
            "by_source": {
                "general_public_budget": "1198.80",
                "government_fund": "0",
                "special_account": "0",
                "other": "0",
            },
            "by_use": {"basic": "1107.80", "project": "91"},
        }
        assert total([*budget["by_use"].values()]) == total([*budget["by_source"].values()]) == amount(budget["total"])

    def test_nine_unreadable_comparators_stay(self) -> None:
        assert [(row["name"], row["value"], row["unit"]) for row in find(ZHUTING, comparator="≡")] == [
            ("安全生产事故发生率", "0", "%"),
            ("森林防火预防工作", "0", "%"),
            ("工作及时完成", "12", "月"),
            ("破坏生态环境案件", "0", "起"),
            ("新建、修缮基础设施可持续使用年限", "20", "年"),
            ("群众满意度", "95%", "%"),
            ("干部职工满意度", "95%", "%"),
            ("基本支出经费成本", "1107.80", "万元"),
            ("项目支出经费成本", "91", "万元"),
        ]

    def test_thirteen_rows_repeat_the_percent_sign(self) -> None:
        rows = [row for row in find(ZHUTING, unit="%") if row["value"].endswith("%")]
        assert Counter(row["value"] for row in rows) == {"95%": 6, "100%": 7}

    def test_displaced_row_is_put_back_without_inventing_a_unit(self) -> None:
        assert find(ZHUTING, name="危房改造") == [
            {
                "level1": "产出指标",
                "level2": "质量指标",
                "name": "危房改造",
                "comparator": "≥",
                "value": "2",
                "unit": None,
                "explanation": None,
                "remark": None,
            }
        ]

    def test_two_cost_classes_are_printed_empty(self) -> None:
        assert [
            (row["level2"], row["comparator"], row["value"], row["unit"])
            for row in indicators(ZHUTING)
            if row["name"] is None
        ] == [("社会成本指标", None, None, None), ("生态环境成本指标", None, None, None)]

    def test_qualitative_rows(self) -> None:
        assert [(row["name"], row["value"], row["unit"]) for row in find(ZHUTING, comparator="定性")] == [
            ("乡镇社会稳定情况", "良好", "无"),
            ("社会氛围", "良好", "无"),
            ("民生保障覆盖面", "扩大", "无"),
            ("农村人居环境改善程度", "明显改善", "无"),
            ("乡镇经济社会发展后劲", "持续增强", "无"),
        ]

    def test_remark_column_is_printed_and_blank(self) -> None:
        assert {row["remark"] for row in indicators(ZHUTING)} == {None}

    def test_head_of_the_unit_did_not_sign(self) -> None:
        assert tables(ZHUTING)[0]["sign_off"] == {"prepared_by": "某某某", "head": None}


class TestXiaoping:
    def test_sections(self) -> None:
        assert Counter((row["level1"], row["level2"]) for row in indicators(XIAOPING)) == {
            ("产出指标", "数量指标"): 5,
            ("产出指标", "质量指标"): 5,
            ("产出指标", "时效指标"): 1,
            ("效益指标", "经济效益指标"): 1,
            ("效益指标", "社会效益指标"): 2,
            ("效益指标", "生态效益指标"): 1,
            ("满意度指标", "服务对象满意度指标"): 1,
            ("成本指标", "经济成本指标"): 1,
        }

    def test_name_is_printed_above_the_table_only(self) -> None:
        assert load(XIAOPING)["organization"]["name"] == "芷江侗族自治县晓坪乡人民政府"
        assert tables(XIAOPING)[0]["organization"] == {"name": None}

    def test_form_names_no_currency_unit_and_no_funds(self) -> None:
        assert {"currency_unit", "budget", "tasks"} & set(tables(XIAOPING)[0]) == set()

    def test_date_is_typed_as_qualitative(self) -> None:
        row = find(XIAOPING, name="工作完成时间")[0]
        assert (row["comparator"], row["value"], row["unit"]) == ("定性", "2026年12月31日前", None)

    def test_points_of_the_scoring_standards_add_to_80(self) -> None:
        points = [re.findall(r"得(?:满分)?([0-9]+)分", row["scoring"])[0] for row in indicators(XIAOPING)]
        assert (total(points[:11]), total(points)) == (Decimal(30), Decimal(80))

    def test_full_marks_and_value_disagree(self) -> None:
        row = find(XIAOPING, name="宣传调查入户率")[0]
        assert (row["comparator"], row["value"], row["unit"]) == ("≥", "95", "%")
        assert row["scoring"].startswith("宣传调查入户率达到100%得2分")

    def test_filing_date_is_kept_as_printed(self) -> None:
        assert tables(XIAOPING)[0]["filed_on"] == "2025.12.12"


class TestHebei:
    def test_codes_names_and_budgets(self) -> None:
        assert [
            (table["project"]["code"], table["project"]["name"], table["budget"]["total"]) for table in tables(HEBEI)
        ] == [
            ("13020824P000010100133", "2022年非税收入", "4.92"),
            ("13020824P00001210015M", "2023年1-9月非税收入", "2.50"),
            ("13020824P000013100134", "2023年未拨付村级转移支付", "18.23"),
            ("13020824P00001110014C", "2023年未拨付体制经费", "25.66"),
            ("13020824P000024100106", "2024年财政体制经费", "71.36"),
            ("13020824P00000310018Y", "2024年村级转移支付", "36.45"),
            ("13020824P000027100088", "补缴无编人员职业年金", "22.64"),
            ("13020824P00000210017M", "财政所经费", "2.00"),
            ("13020824P000134100034", "城乡居民住户调查补贴", "8.40"),
            ("13020824P00000610012A", "农村综改一事一议资金", "120.00"),
            ("13020824P000007100199", "四术并发症费用", "1.18"),
            ("13020824P00000810014W", "统计专项业务费", "2.00"),
            ("13020824P000004100146", "征兵工作经费", "3.00"),
        ]

    def test_fiscal_funds_equal_the_budget_and_other_funds_are_blank(self) -> None:
        assert [table["budget"]["by_source"] for table in tables(HEBEI)] == [
            {"fiscal_appropriation": table["budget"]["total"], "other": None} for table in tables(HEBEI)
        ]

    def test_thirteen_payment_plans_as_printed(self) -> None:
        plans = [table["payment_plan"] for table in tables(HEBEI)]
        assert {plan["header_unit"] for plan in plans} == {"%"}
        assert {tuple(point["label"] for point in plan["points"]) for plan in plans} == {
            ("3月底", "6月底", "10月底", "12月底")
        }
        assert [tuple(point["amount"] for point in plan["points"]) for plan in plans] == [
            (None, "2.46", None, "4.92"),
            (None, "1.25", None, "2.50"),
            (None, "9.11", None, "18.23"),
            (None, "12.83", None, "25.66"),
            (None, "35.68", None, "71.36"),
            ("9.11", "18.23", "27.34", "36.45"),
            (None, "11.32", None, "22.64"),
            (None, "1.00", None, "2.00"),
            ("2.10", "4.20", "6.30", "8.40"),
            (None, None, None, "120.00"),
            (None, None, None, "1.18"),
            (None, "1.00", None, "1.00"),
            (None, "1.50", None, "3.00"),
        ]

    def test_only_the_twelfth_plan_misses_its_budget(self) -> None:
        missed = [
            table["project"]["name"]
            for table in tables(HEBEI)
            if table["payment_plan"]["points"][-1]["amount"] != table["budget"]["total"]
        ]
        assert missed == ["统计专项业务费"]

    def test_every_project_prints_the_same_six_classes(self) -> None:
        classes = {tuple((row["level1"], row["level2"]) for row in table["indicators"]) for table in tables(HEBEI)}
        assert classes == {
            (
                ("产出指标", "数量指标"),
                ("产出指标", "质量指标"),
                ("产出指标", "时效指标"),
                ("产出指标", "成本指标"),
                ("效益指标", "社会效益指标"),
                ("满意度指标", "服务对象满意度指标"),
            )
        }

    def test_descriptions_that_repeat_the_name(self) -> None:
        assert sum(row["description"] == row["name"] for row in indicators(HEBEI)) == 37

    def test_cost_values_mix_units(self) -> None:
        assert [row["value"] for row in find(HEBEI, level2="成本指标")] == [
            "≤0.5万元",
            "≤2500元",
            "≤1万元",
            "≤3万元",
            "≤6万元",
            "≤2万元",
            "≤5万元",
            "≤1700元",
            "≤500元/月",
            "≤30万元",
            "≤3000元",
            "≤2000元",
            "≤2500元",
        ]

    def test_deadline_and_acceptance_are_the_same_in_all(self) -> None:
        assert [row["value"] for row in find(HEBEI, level2="时效指标")] == ["2024年12月31日前"] * 13
        assert [row["value"] for row in find(HEBEI, level2="社会效益指标")] == ["≥95%"] * 13

    def test_narrative_keeps_residue_typos_and_repetitions(self) -> None:
        passages = texts(load(HEBEI)["narrative"])
        prose = "\n".join(passages)
        assert prose.count("[bookmark: ") == 4
        assert prose.count("大于等于") == 12
        assert ("监管看力度" in prose, "意见意见" in prose) == (True, True)
        assert prose.count("积极发挥职能作用，加强党风廉政建设，营造风清气正、干事创业的工作氛围。") == 2

    def test_document_names_no_township(self) -> None:
        assert load(HEBEI)["organization"]["name"] is None


class TestXingguo:
    def test_both_periods_hold_39_rows(self) -> None:
        assert Counter(row["section"] for row in indicators(XINGGUO)) == {"long_term": 39, "annual": 39}

    @pytest.mark.parametrize("section", ["long_term", "annual"])
    def test_rows_under_each_first_level_class(self, section: str) -> None:
        rows = [row["level1"].replace(" ", "") for row in indicators(XINGGUO) if row["section"] == section]
        assert Counter(rows) == {
            "运行成本": 4,
            "管理效率": 20,
            "履职效能": 4,
            "社会效应": 3,
            "可持续发展能力": 6,
            "满意度": 2,
        }

    def test_prior_years_are_in_the_annual_block_only(self) -> None:
        assert {("prior" in row, row["section"]) for row in indicators(XINGGUO)} == {
            (False, "long_term"),
            (True, "annual"),
        }

    def test_prior_values_all_equal_the_target(self) -> None:
        for row in indicators(XINGGUO):
            if row["section"] == "annual":
                assert row["prior"] == [{"label": label, "value": row["value"]} for label in ("前年", "上年")]

    def test_spaces_inside_words_and_numbers_stay(self) -> None:
        assert [row["value"] for row in find(XINGGUO, name="高学历、高层次 人才储备率")] == ["≥2. 5%", "≥2.5%"]
        assert [row["value"] for row in find(XINGGUO, name="服务体制 改革成效")] == ["持续推进", "持续 推进"]
        assert find(XINGGUO, level1="满 意 度", level2="服务对 象 满 意 度")[0]["name"] == "群众满意度"

    def test_the_two_periods_contradict_each_other(self) -> None:
        assert [row["value"] for row in find(XINGGUO, name="立项规范性")] == ["规划", "规范"]
        assert [row["value"] for row in find(XINGGUO, name="预算调整率")] == ["≤5%", "0%"]

    def test_three_years_of_funds_add_up(self) -> None:
        budget = tables(XINGGUO)[0]["budget"]
        columns = [budget, *budget["history"]]
        assert [(column.get("year"), column["total"]) for column in columns] == [
            (None, "1679.6"),
            (2025, "1170.2"),
            (2024, "1247.1"),
        ]
        for column in columns:
            assert column["total"] == column["income_total"] == column["expenditure_total"]
            assert total([*column["by_source"].values()]) == amount(column["income_total"])
            assert total([*column["by_use"].values()]) == amount(column["expenditure_total"])

    def test_shares_as_printed(self) -> None:
        shares = tables(XINGGUO)[0]["budget"]["shares"]
        assert shares["by_use"] == {"personnel": "50.39%", "operating": "4.90%", "specific_purpose": "44.71%"}
        assert shares["by_source"] == {"fiscal_appropriation": "100%", "special_account": "0%", "unit_funds": "0%"}

    def test_project_list_adds_up_to_the_specific_purpose_line_before_rounding(self) -> None:
        projects = tables(XINGGUO)[0]["projects"]
        assert {project["category"] for project in projects} == {"特定目标类"}
        assert [project["total"] for project in projects] == ["1.008", "200", "180", "180", "190"]
        assert [project["current"] for project in projects] == [project["total"] for project in projects]
        assert total([project["total"] for project in projects]) == Decimal("751.008")

    def test_four_goals_with_the_headings_they_stand_under(self) -> None:
        goals = tables(XINGGUO)[0]["goals"]
        assert [(goal["scope"], goal["label"]) for goal in goals] == [
            ("long_term", "整体绩效总目标 长期目标（截止 2026 年）"),
            ("annual", "整体绩效总目标 年度目标"),
            ("long_term", "长期目标（截止 2026 年）"),
            ("annual", "年度目标"),
        ]

    def test_filing_date_and_typo_are_kept_as_printed(self) -> None:
        table = tables(XINGGUO)[0]
        assert table["filed_on"] == "2025 年 11 月 17 日"
        assert "统筹负责辖区综合治理想作。" in table["duties"]


class TestYuntian:
    def test_overall_funds_add_up(self) -> None:
        budget = tables(YUNTIAN)[0]["budget"]
        assert budget["by_source"] == {"general_public_budget": "1056.40", "government_fund": "0.00", "other": "0.00"}
        assert budget["by_use"] == {"basic": "445.40", "project": "611.00"}
        assert total([*budget["by_use"].values()]) == total([*budget["by_source"].values()]) == amount(budget["total"])

    def test_summary_agrees_with_the_project_tables(self) -> None:
        _, summary, *details = tables(YUNTIAN)
        listed = [(project["name"], project["total"]) for project in summary["projects"]]
        assert listed == [
            ("城乡环境连片整治专项", "95.00"),
            ("社区经费", "450.00"),
            ("业务性专用经费", "36.00"),
            ("微民生网格事件办理", "30.00"),
        ]
        assert [(table["project"]["parent"], table["project"]["parent_amount"]) for table in details] == listed
        assert [table["budget"]["total"] for table in details] == [printed for _, printed in listed]
        assert total([printed for _, printed in listed]) == amount(summary["budget"]["total"]) == Decimal("611.00")

    def test_directions_are_named_differently_from_their_parents(self) -> None:
        assert [table["project"]["name"] for table in tables(YUNTIAN)[2:]] == [
            "城乡环境连片整治专项",
            "社区人员经费、基层政权和社区建设支出经费",
            "街道社会事务、党建、综治维稳、城管、卫生健康等开支",
            "网格化应急管理事件处理",
        ]

    def test_spending_details_add_up(self) -> None:
        spending = [table["spending"] for table in tables(YUNTIAN)[2:]]
        assert [(block["total"], [item["amount"] for item in block["items"]]) for block in spending] == [
            ("95.00", ["10", "25", "20", "10", "30"]),
            ("450.00", ["90", "360"]),
            ("36", ["8", "2", "7", "5", "6", "8"]),
            ("30", ["10", "6", "4", "6", "4"]),
        ]
        for block in spending:
            assert total([item["amount"] for item in block["items"]]) == amount(block["total"])

    def test_merged_spending_categories_are_filled(self) -> None:
        assert [[item["category"] for item in table["spending"]["items"]] for table in tables(YUNTIAN)[2:]] == [
            ["城市管理", "城市管理", "城市管理", "城市管理", "城市绿化"],
            ["运转经费", "人员经费"],
            ["党建", "妇联", "综治维稳", "城管", "卫健", "武装"],
            ["路面破损修复", "安置小区卫生死角清理", "安置小区卫生死角清理", "砍伐枯树", "砍伐枯树"],
        ]

    def test_formula_without_a_price_stays(self) -> None:
        basis = tables(YUNTIAN)[4]["spending"]["items"][5]["basis"]
        assert "6次*（万元/次）=3.6万元" in basis

    def test_one_row_prints_two_names_and_two_values(self) -> None:
        assert find(YUNTIAN, name="基本支出\n项目支出") == [
            {
                "level1": "产出指标",
                "level2": "成本指标",
                "name": "基本支出\n项目支出",
                "value": "445.40万元\n611.00万元",
            }
        ]

    def test_odd_value_cells_stay(self) -> None:
        odd = {
            "9/个",
            "˃90%",
            "\n˃90%",
            "　及时处理",
            "较好完成　",
            "2023年底　",
            "95%　",
            "500元/人　",
            "5万",
            "98%以上",
        }
        assert Counter(row["value"] for row in indicators(YUNTIAN) if row["value"] in odd) == {
            **dict.fromkeys(odd, 1),
            "2023年底　": 2,
            "5万": 2,
        }

    def test_empty_classes(self) -> None:
        empty = [
            [row["level2"] for row in table.get("indicators", []) if row["name"] is None] for table in tables(YUNTIAN)
        ]
        assert empty == [
            [],
            [],
            ["成本指标", "经济效益指标"],
            ["成本指标", "经济效益指标"],
            ["成本指标", "经济效益指标", "生态效益指标"],
            ["经济效益指标", "生态效益指标"],
        ]

    def test_no_indicator_of_this_form_has_a_comparator_or_unit_cell(self) -> None:
        assert {field for row in indicators(YUNTIAN) for field in row} & {"comparator", "unit"} == set()

    def test_satisfaction_stands_under_benefit(self) -> None:
        rows = [row for row in indicators(YUNTIAN) if "满意度" in row["level2"]]
        assert [(row["level1"], row["value"]) for row in rows] == [
            ("效益指标", "98%以上"),
            ("效益指标", "90%以上"),
            ("效益指标", "90%以上"),
            ("效益指标", "95%　"),
            ("效益指标", "\n˃90%"),
        ]

    @pytest.mark.parametrize(
        ("typo", "times"),
        [("拔付", 2), ("环竟", 1), ("述求", 1), ("保进", 1), ("事故事故", 1), ("主要用于主要用于", 1)],
    )
    def test_typos_stay(self, typo: str, times: int) -> None:
        document = load(YUNTIAN)
        assert "\n".join(texts([document["narrative"], document["tables"]])).count(typo) == times

    def test_narrative_states_the_amounts_of_the_table(self) -> None:
        passage = next(item for item in load(YUNTIAN)["narrative"] if item.get("heading") == "2.预算收支出情况")
        assert re.findall(r"[0-9.]+(?=万元)", passage["text"]) == [
            "1056.40",
            "1056.40",
            "0",
            "1056.40",
            "445.40",
            "611.00",
        ]

    def test_annex_marks_outside_the_tables_are_unread(self) -> None:
        assert [item["text"] for item in load(YUNTIAN)["unread"]] == ["附表2", "附表3"]
