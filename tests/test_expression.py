"""What an expression may say, and how a wrong one is refused when its pack loads."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from perflint.expression.problems import ExpressionErrors, ExpressionProblem
from perflint.expression.rule import RuleSource, Vocabulary, check_rule
from perflint.language import speaking
from perflint.schema.model import load_model


def check(assert_: str, *, for_each: str = "indicator", **parts: Any) -> Any:
    source = RuleSource(
        for_each=for_each,
        assert_=assert_,
        when=parts.get("when"),
        needs=tuple(parts.get("needs", ())),
        let=parts.get("let", {}),
        at=parts.get("at"),
        templates=parts.get("templates", {}),
    )
    return check_rule(source, Vocabulary(model=load_model(), params={}, vocab={}))


def faults(assert_: str, **parts: Any) -> list[ExpressionProblem]:
    with speaking("en"), pytest.raises(ExpressionErrors) as caught:
        check(assert_, **parts)
    return list(caught.value.problems_found)


def test_typo_in_field_is_a_load_error() -> None:
    (fault,) = faults("budget.totl == 1", for_each="table")
    assert (fault.message, fault.hint) == ("budget has no field 'totl'", "did you mean total?")
    assert (fault.where, fault.start, fault.width) == (("assert",), 0, 11)


def test_a_field_of_another_for_each_is_a_load_error() -> None:
    (fault,) = faults("stated(basis)", for_each="task")
    assert fault.message == "unknown field 'basis'"


def test_text_rule_on_a_number_is_a_load_error() -> None:
    messages = [f.message for f in faults('matches(budget.total, "x")', for_each="table", needs=["budget.total"])]
    assert messages == ["expected text, not number"]


def test_a_number_is_not_compared_with_a_text() -> None:
    (fault,) = faults('budget.total == "1"', for_each="table", needs=["budget.total"])
    assert fault.message == "number cannot be compared with text"


def test_a_field_that_may_be_blank_needs_a_guard() -> None:
    (fault,) = faults('unit == "%"')
    assert fault.message == "'unit' may be blank"
    assert fault.hint == "list it in needs, or test it with stated(unit) first"


@pytest.mark.parametrize(
    "assertion",
    [
        'stated(unit) and unit == "%"',
        'blank(unit) or unit == "%"',
        "not (blank(unit) or blank(name)) and unit == name",
        'unit == "%" if stated(unit) else False',
        'target.kind == "number" and target.number > 0',
        'all(i.unit == "%" for i in table.indicators if stated(i.unit))',
    ],
)
def test_a_guard_makes_a_blank_field_readable(assertion: str) -> None:
    check(assertion)


def test_what_a_function_comes_to_is_tested_under_a_name() -> None:
    (fault,) = faults("stated(common_noun(name, unit))", when="stated(name) and stated(unit)")
    assert fault.message == "'common_noun(name, unit)' is worked out, not printed: it has no name to be tested by"
    assert fault.hint == "put it into let under a name and test that"
    check("stated(noun)", when="stated(name) and stated(unit)", let={"noun": "common_noun(name, unit)"})


def test_what_is_always_there_is_not_tested() -> None:
    (fault,) = faults("stated(length(name))", when="stated(name)")
    assert (fault.message, fault.hint) == ("'length(name)' is never blank", None)


def test_what_is_tested_in_one_branch_is_not_known_in_the_other() -> None:
    assert len(faults('stated(unit) or unit == "%"')) == 1


def test_a_period_need_not_have_a_start() -> None:
    (fault,) = faults('target.kind == "period" and target.start == "2026-01-01"')
    assert fault.message == "'target.start' may be blank"


@pytest.mark.parametrize(
    ("parts", "hint"),
    [
        ({"assert_": "length(unit) > 1"}, "list it in needs, or test it with stated(unit) first"),
        ({"assert_": "True", "when": "length(unit) > 1"}, "test it with stated(unit) first"),
        (
            {"assert_": "any(length(i.unit) > 1 for i in table.indicators)"},
            "test it with stated(i.unit) first",
        ),
        (
            {"assert_": "length(first(i.level2 for i in table.indicators if stated(i.level2))) > 1"},
            "put it into let under a name and test that with stated(…) first, or use default(…, another value)",
        ),
    ],
)
def test_what_is_advised_about_a_blank_is_something_that_helps(parts: dict[str, Any], hint: str) -> None:
    (fault,) = faults(**parts)
    assert fault.hint == hint


def test_needs_and_when_make_fields_readable_later() -> None:
    check("target.number > 0 and length(name) > 1", needs=["target.number"], when="stated(name)")


def test_chinese_titles_and_aliases_name_fields() -> None:
    checked = check("基本支出 + 项目支出 == 资金总额", for_each="table", needs=["基本支出", "项目支出", "年度资金总额"])
    paths = [read.path for read in checked.operands]
    assert paths == [("budget", "by_use", "basic"), ("budget", "by_use", "project"), ("budget", "total")]


def test_a_text_that_a_closed_field_never_holds_is_a_load_error() -> None:
    (fault,) = faults('table.kind == "overal"')
    assert fault.hint == "did you mean overall?"


def test_all_faults_of_a_rule_are_told_at_once() -> None:
    found = faults("nonsense", when="unit > 1", let={"x": "y.z"}, templates={"message.zh": "见 ${nothing}"})
    assert [fault.where for fault in found] == [("when",), ("when",), ("let", "x"), ("assert",), ("message", "zh")]


def test_a_fault_in_a_message_is_placed_inside_the_message() -> None:
    (fault,) = faults("stated(unit)", templates={"message.zh": "单位 ${unti}"})
    assert (fault.where, fault.start, fault.width) == (("message", "zh"), 5, 4)


def test_literals_are_decimals() -> None:
    checked = check("budget.total == 1198.80", for_each="table", needs=["budget.total"])
    literal = checked.assert_.tree.comparators[0].value
    assert (type(literal), str(literal)) == (Decimal, "1198.80")


@pytest.mark.parametrize(
    "hostile",
    [
        "4000000 ** 4000000 > 1",
        "1 << 99 > 1",
        "'%0999999999d' % 1 == name",
        "name.ljust(10) == name",
        "name.__class__ == name",
        "table.indicators.clear()",
        "[x.clear() for x in table.indicators]",
        "(lambda: True)()",
        "f'{name}' == name",
        "(x := 1) == 1",
        "{1: 2} == {1: 2}",
        "name[0] == name",
        "any(*table.indicators)",
        "length(text=name) > 1",
        "'a' * 1000000 == name",
        "value = 5",
        "False; True",
        "__import__('os')",
        "print(1)",
        "list(table.indicators)",
        "any(True for a in table.indicators for b in table.indicators for c in table.indicators)",
        "any(True for table in table.indicators)",
        "any(True for any in table.indicators)",
        "1e999999 > 1",
        "unit is None",
        "unit == None",
        "",
        "1 +",
        "(" * 60 + "1" + ")" * 60 + " == " + "not " * 60 + "True",
        " and ".join(["True"] * 600),
        "'" + "x" * 3000 + "' == name",
        "matches(name, name)",
        r"matches(name, '(a+)+$')",
        r"matches(name, '(a|a)*b')",
        r"matches(name, '(a*)*')",
        r"matches(name, '(.)\\1')",
        r"matches(name, '.*.*.*.*x')",
        r"matches(name, '(')",
    ],
)
def test_whatever_could_hang_or_escape_is_refused_when_the_pack_loads(hostile: str) -> None:
    assert faults(hostile, needs=["name"])


def test_a_full_width_bracket_is_named_with_its_cure() -> None:
    (fault,) = faults("stated（unit）")
    assert (fault.message, fault.hint) == ("syntax error in the expression", "use the half-width (")
