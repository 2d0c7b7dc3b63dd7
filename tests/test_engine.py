"""Verdicts: what ends as pass, fail, unknown, not applicable, error; both evaluators agree."""

from __future__ import annotations

import ast
import json
from decimal import Decimal
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.generate import build_document as draw_document
from perflint.compiler import compile as compiling
from perflint.compiler.compile import Task, plan_rules
from perflint.document.loading import build_document
from perflint.engine.evaluation import Evaluation, evaluate
from perflint.engine.message import message_of
from perflint.engine.program import Program, compile_program
from perflint.errors import PackError
from perflint.pack.load import load_pack

RULE = """
perflint: pack/1
pack: {{id: try, prefix: TR, version: 1.0.0, title: {{zh: 试, en: try}}}}
vocab: {{money: [元, 万元], classes: {{数量指标: quantity}}}}
define: {{indicator: {{kind2: 'lookup(vocab.classes, level2, "")'}}}}
rules:
- id: TR101
  name: tried
  since: 1.0.0
  status: preview
  severity: warning
  title: {{zh: 试, en: try}}
  why: {{zh: 试, en: try}}
  source: [{{document: 试, checked: false}}]
  message: {{zh: "{message}", en: tried}}
{body}
"""


def program_of(folder: Path, *lines: str, message: str = "不对") -> Program:
    path = folder / "try.yaml"
    path.write_text(RULE.format(body="\n".join(f"  {line}" for line in lines), message=message), encoding="utf-8")
    return compile_program([load_pack(path)])


def run(program: Program, *tables: dict[str, Any]) -> Evaluation:
    document = build_document({"perflint": "document/1", "tables": list(tables)})
    compiled, reference = evaluate(program, document), evaluate(program, document, engine="simpleeval")
    outcomes = [sorted(each.outcomes, key=attrgetter("rule", "item")) for each in (compiled, reference)]
    assert (compiled.counts, outcomes[0]) == (reference.counts, outcomes[1])
    return compiled


def verdicts(program: Program, *tables: dict[str, Any]) -> dict[str, int]:
    counts = run(program, *tables).counts[0]
    names = ("passed", "failed", "unknown", "not_applicable", "error")
    assert counts.selected == sum(getattr(counts, name) for name in names)
    return {name: getattr(counts, name) for name in names if getattr(counts, name)}


SUM = (
    "for_each: table",
    "needs: [资金总额, 基本支出, 项目支出]",
    "let: {gap: 基本支出 + 项目支出 - 资金总额}",
    "assert: reconciles(资金总额, [基本支出, 项目支出])",
    "at: budget.total",
)


def budget(total: Any, basic: Any, project: Any) -> dict[str, Any]:
    return {"budget": {"total": total, "by_use": {"basic": basic, "project": project}}}


def test_zero_is_not_missing(tmp_path: Path) -> None:
    assert verdicts(program_of(tmp_path, *SUM), budget(0, 0, "0")) == {"passed": 1}


@pytest.mark.parametrize("blank", [None, "", "　 "])
def test_blank_is_unknown(tmp_path: Path, blank: str | None) -> None:
    assert verdicts(program_of(tmp_path, *SUM), budget("10", blank, "10")) == {"unknown": 1}


def test_a_cell_the_form_lacks_is_not_applicable(tmp_path: Path) -> None:
    table = {"budget": {"total": "10", "by_use": {"project": "10"}}}
    assert verdicts(program_of(tmp_path, *SUM), table) == {"not_applicable": 1}


def test_an_unreadable_amount_is_unknown(tmp_path: Path) -> None:
    assert verdicts(program_of(tmp_path, *SUM), budget("10", "约十来万", "10")) == {"unknown": 1}


def test_thousands_separator_compares_numerically(tmp_path: Path) -> None:
    program = program_of(tmp_path, "for_each: table", "needs: [budget.total]", "assert: budget.total > 500")
    assert verdicts(program, {"budget": {"total": "1,200.00"}}) == {"passed": 1}


def test_a_unit_that_opens_with_a_digit_does_not_run_into_the_number_before_it(tmp_path: Path) -> None:
    program = program_of(
        tmp_path,
        "for_each: indicator",
        "needs: [value, unit]",
        "assert: stated(target.comparator)",
        message="${value}${unit}，共 1${value} 例",
    )
    indicator = {"name": "孕产妇死亡率", "value": "12", "unit": "1/10万"}
    (outcome,) = run(program, {"indicators": [indicator]}).outcomes
    assert message_of(program, outcome, "zh") == "12 1/10万，共 112 例"


def test_a_blank_is_not_quoted_as_if_it_were_printed(tmp_path: Path) -> None:
    program = program_of(
        tmp_path,
        "for_each: indicator",
        "assert: stated(unit)",
        message="单位是“${unit}”，说明是“${remark}${unit}”，值是“${value}”",
    )
    (outcome,) = run(program, {"indicators": [{"name": "甲", "value": "空白", "unit": None, "remark": "见"}]}).outcomes
    assert message_of(program, outcome, "zh") == "单位是空白，说明是“见空白”，值是“空白”"
    assert message_of(program, outcome, "en") == "tried"


def test_a_finding_tells_values_and_places(tmp_path: Path) -> None:
    program = program_of(tmp_path, *SUM, message="差 ${gap}，应为 ${资金总额}")
    (outcome,) = run(program, budget("1198.80", "1107.80", 90)).outcomes
    assert message_of(program, outcome, "zh") == "差 -1.00，应为 1198.80"
    assert (outcome.item, outcome.at) == ("/tables/0", "/tables/0/budget/total")
    assert [pointer for pointer, _ in outcome.operands] == [
        "/tables/0/budget/total",
        "/tables/0/budget/by_use/basic",
        "/tables/0/budget/by_use/project",
    ]


def test_crashing_rule_is_an_error_verdict(tmp_path: Path) -> None:
    program = program_of(tmp_path, "for_each: table", "needs: [budget.total]", "assert: 1 / budget.total > 0")
    evaluation = run(program, {"budget": {"total": 0}}, {"budget": {"total": 1}})
    assert (evaluation.counts[0].error, evaluation.counts[0].passed) == (1, 1)
    assert "DivisionByZero" in (evaluation.outcomes[0].reason or "")


def test_a_crashing_definition_is_an_error_of_the_rules_that_read_it_and_the_others_go_on(tmp_path: Path) -> None:
    packs = []
    for letter, test in (("A", "share > 0"), ("B", 'name != "会议"')):
        path = tmp_path / f"{letter}.yaml"
        text = RULE.format(body=f"  for_each: indicator\n  needs: [name]\n  assert: {test}", message="不对")
        text = text.replace("{kind2:", "{share: '1 / (length(default(name, \"\")) - 2)', kind2:")
        path.write_text(text.replace("TR", f"T{letter}").replace("id: try", f"id: try-{letter.lower()}"), "utf-8")
        packs.append(load_pack(path))
    rows = [{"name": "会议"}, {"name": "培训班"}]
    first, second = run(compile_program(packs), {"indicators": rows}).counts
    assert (first.error, first.passed) == (1, 1)
    assert (second.failed, second.passed) == (1, 1)


def test_patterns_see_normalised_text(tmp_path: Path) -> None:
    program = program_of(tmp_path, "for_each: indicator", "needs: [name]", "assert: not matches(name, '100%')")
    assert verdicts(program, {"indicators": [{"name": "完成率１００％"}]}) == {"failed": 1}


def test_the_printed_text_of_an_amount_is_text_whether_json_has_a_number_or_a_string(tmp_path: Path) -> None:
    program = program_of(
        tmp_path, "for_each: table", "assert: matches(default(raw(budget.total), ''), '^(96万元|1.50)$')"
    )
    amounts = [{"budget": {"total": total}} for total in ("96万元", Decimal("1.50"), 96, None)]
    assert verdicts(program, *amounts) == {"passed": 2, "failed": 2}


def test_a_text_too_long_to_search_is_an_error_and_no_silent_pass(tmp_path: Path) -> None:
    program = program_of(tmp_path, "for_each: indicator", "needs: [name]", "assert: not matches(name, '会议$')")
    rows = [{"name": "长" * 10_001}, {"name": "长" * 9_998 + "会议"}]
    assert verdicts(program, {"indicators": rows}) == {"error": 1, "failed": 1}


def test_texts_joined_within_texts_that_are_joined_come_to_the_same(tmp_path: Path) -> None:
    joined = "name"
    for _ in range(12):
        joined = f"join([section, {joined}])"
    program = program_of(tmp_path, "for_each: indicator", "needs: [name]", f"assert: ends_with({joined}, '会议')")
    assert verdicts(program, {"indicators": [{"name": "会议"}, {"name": "培训"}]}) == {"passed": 1, "failed": 1}


def test_a_text_that_joining_makes_too_long_is_an_error(tmp_path: Path) -> None:
    program = program_of(
        tmp_path, "for_each: indicator", "needs: [name]", "assert: ends_with(join([name, name]), '议')"
    )
    rows = [{"name": "议" * 500_001}, {"name": "议" * 499_000}]
    assert verdicts(program, {"indicators": rows}) == {"error": 1, "passed": 1}


def test_a_definition_and_a_tally_reach_every_row(tmp_path: Path) -> None:
    program = program_of(
        tmp_path,
        "for_each: indicator",
        'when: kind2 == "quantity"',
        "needs: [name]",
        "let: {seen: 'lookup(tally(i.name for i in table.indicators if stated(i.name)), name, 0)'}",
        "assert: seen == 1",
    )
    rows = [{"level2": "数量指标", "name": n} for n in ("会议", "培训", "会议", None)] + [{"level2": "质量指标"}]
    assert verdicts(program, {"indicators": rows}) == {"passed": 1, "failed": 2, "unknown": 1, "not_applicable": 1}


_SAME_NAMES = (
    "for_each: indicator",
    "needs: [name]",
    "let:",
    "  same: '[i.section for i in table.indicators if stated(i.name) and i.section == section and i.name == name]'",
    "  other: '[i.section for i in table.indicators if stated(i.name) and i.name == name and i.section != section]'",
    "  far: '[i.section for t in document.tables if t.kind == table.kind for i in t.indicators if stated(i.name)]'",
    # Compared without spaces, looked for within a text, by unit, and behind what may be null.
    "  bare: '[i.name for i in table.indicators if stated(i.name) and same_text(i.name, name)]'",
    "  holding: '[i.name for i in table.indicators if stated(i.name) and contains(i.name, name)]'",
    "  counted: '[i.name for i in table.indicators if same_unit(i.target.unit, target.unit) and stated(i.name)]'",
    "  valued: '[i.kind2 for i in table.indicators if default(i.value, name) != name and i.section == section]'",
    "  held: '[i.name for i in table.indicators if stated(i.name) and contains(name, i.name)]'",
    # Two texts may have a noun in common, and where they have none something else may be long enough.
    "  alike: >-",
    "    [i.name for i in table.indicators if stated(i.name)",
    '    and length(default(common_noun(i.name, name), "")) > 1]',
    '  akin: \'[i.name for i in table.indicators if stated(i.name) and default(common_noun(name, i.name), "") != ""]\'',
    "  in_other_words: >-",
    "    [i.name for i in table.indicators if stated(i.name)",
    "    and length(default(common_noun(i.name, name), section)) > 1]",
    "  of_any_length: >-",
    "    [i.name for i in table.indicators if stated(i.name)",
    '    and length(default(common_noun(i.name, name), "")) > 0 - 1]',
    "  either: >-",
    "    [i.name for i in table.indicators if stated(i.name)",
    "    and (contains(name, i.name) or contains(i.name, name))]",
    "  among: '[i.name for i in table.indicators if stated(i.name) and i.name in held]'",
    "  found: 'any(stated(i.name) and contains(i.name, name) and i.section != section for i in table.indicators)'",
    # Of the item's cells only some are read: other items have the same.
    "  placed: '[places(n) for t in document.tables for n in [default(target.number, 0)] if t.kind == table.kind]'",
    "  told: 'tally([join([far_section, section]) for far_section in far])'",
    "  seen: '[far_section for far_section in told]'",
    "assert: size(same) == 1 and size(other) == 0 and size(bare) == 1 and size(seen) == 1 and size(alike) == 1",
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {
                "name": st.sampled_from(["巡查", "培 训", "培训", "技术培训", "查", "、", "", None]),
                "value": st.sampled_from(["1", "1.0", "1个", "2 个", 1, None]),
            },
            optional={"section": st.sampled_from(["annual", "long_term"])},
        ),
        max_size=6,
    )
)
def test_rows_picked_by_their_cells_are_those_that_fit(same_names: Program, rows: list[dict[str, Any]]) -> None:
    kinds = ({"kind": kind, "title": f"表{place}"} for place, kind in enumerate(["overall", "project", "overall"]))
    run(same_names, *({**kind, "indicators": rows} for kind in kinds))


@pytest.fixture(scope="module")
def same_names(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return program_of(tmp_path_factory.mktemp("pack"), *_SAME_NAMES)


def test_a_target_can_be_kept_as_a_whole(tmp_path: Path) -> None:
    program = program_of(
        tmp_path,
        "for_each: table",
        "let: {found: first(i.target for i in indicators if i.target.kind == 'number')}",
        "assert: blank(found) or found.kind == 'number' and found.number < 5",
    )
    tables = [{"indicators": [{"value": value}, {"value": "优"}]} for value in ("3", "7", "优")]
    assert verdicts(program, *tables) == {"passed": 2, "failed": 1}


def test_an_unreadable_comparator_is_unknown_and_a_missing_one_is_not_applicable(tmp_path: Path) -> None:
    program = program_of(
        tmp_path, "for_each: indicator", "needs: [target.comparator]", 'assert: target.comparator == "≥"'
    )
    rows = [{"value": "≡95%"}, {"value": "95%"}, {"value": "≥95%"}, {"value": None}, {}]
    assert verdicts(program, {"indicators": rows}) == {"unknown": 2, "not_applicable": 2, "passed": 1}


def test_amounts_of_different_units_are_compared_in_yuan(tmp_path: Path) -> None:
    program = program_of(
        tmp_path,
        "for_each: indicator",
        "needs: [table.budget.total.yuan, target.yuan]",
        "assert: target.yuan <= table.budget.total.yuan",
    )
    tables = [
        {"currency_unit": unit, "budget": {"total": "50"}, "indicators": [{"value": "≤50万元"}]}
        for unit in ("万元", "元", None)
    ]
    assert verdicts(program, *tables) == {"passed": 1, "failed": 1, "unknown": 1}


def test_a_vocabulary_and_a_list_are_put_together(tmp_path: Path) -> None:
    program = program_of(tmp_path, "for_each: indicator", "assert: default(unit, '') in vocab.money + ['个']")
    table = {"indicators": [{"unit": "个"}, {"unit": "元"}, {"unit": "次"}]}
    assert verdicts(program, table) == {"passed": 2, "failed": 1}


def test_facts_of_several_texts_are_read_by_their_names(tmp_path: Path) -> None:
    program = program_of(
        tmp_path,
        "for_each: indicator",
        "when: stated(name)",
        "let: {told: 'told_otherwise([g.text for g in table.goals if stated(g.text)], name, 3, unit, table.year)'}",
        "assert: size(told) != 1 or any(q.label == '举办展览' and q.number == 12 for q in told)",
    )
    goals = [{"scope": "annual", "text": "举办展览12期，举办讲座8期"}]
    names = [{"name": "举办展览期数", "unit": "期"}, {"name": "举办讲座期数", "unit": "期"}]
    assert verdicts(program, {"goals": goals, "indicators": names}) == {"passed": 1, "failed": 1}


CELL = st.one_of(
    st.none(),
    st.sampled_from(
        ["≥5次", "95%", "≡95%", "", "优", "0", "2024年底", "3万元", "《5", "1 2", "无", "数量指标", "会议会议"]
    ),
    st.text(alphabet="0123456789.%≥≤=>元万次个年月日一二三会议满意度 ", max_size=12),
)
ROW = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("level1", "level2", "name", "comparator", "value", "unit", "explanation"), CELL)
)
TABLE = st.fixed_dictionaries(
    {"indicators": st.lists(ROW, max_size=4)},
    optional={
        "budget": st.fixed_dictionaries(
            {}, optional={"total": CELL, "by_use": st.just({"basic": "3", "project": "x"})}
        ),
        "currency_unit": st.sampled_from(["万元", "元", None]),
        "fiscal_year": st.sampled_from([2024, None]),
    },
)

NUMBER: st.SearchStrategy[str] = st.deferred(
    lambda: st.one_of(
        st.sampled_from(
            ["0", "1.50", "length(default(name, ''))", "default(target.number, 7)", "default(table.year, 1)"]
        ),
        st.sampled_from(["count(i for i in table.indicators if stated(i.unit))", "places(0.10)"]),
        st.tuples(NUMBER, st.sampled_from("+-*/"), NUMBER).map(lambda parts: f"({' '.join(parts)})"),
    )
)
TEXT = st.sampled_from(["default(name, '')", "default(unit, '%')", "'会议'", "kind2", "target.kind", "table.kind"])
TEST: st.SearchStrategy[str] = st.deferred(
    lambda: st.one_of(
        st.tuples(NUMBER, st.sampled_from(["<", "<=", "==", "!=", ">"]), NUMBER).map(" ".join),
        st.tuples(TEXT, TEXT).map(lambda pair: f"contains({pair[0]}, {pair[1]})"),
        TEXT.map(lambda text: f"matches({text}, '[0-9]+|会议')"),
        TEXT.map(lambda text: f"size(find_repeated_words({text})) > 0"),
        TEXT.map(lambda text: f"{text} in vocab.money"),
        st.sampled_from(["stated(name)", "printed(unit)", "blank(raw(value))", "stated(target.yuan)"]),
        st.sampled_from(["any(i.kind2 == 'quantity' for i in table.indicators)"]),
        st.tuples(TEST, st.sampled_from(["and", "or"]), TEST).map(lambda parts: f"({' '.join(parts)})"),
        TEST.map(lambda test: f"(not {test})"),
        st.tuples(TEST, TEST, TEST).map(lambda t: f"({t[0]} if {t[1]} else {t[2]})"),
    )
)


@settings(max_examples=60, deadline=None)
# A longer one may have more nodes than a pack may hold.
@given(expression=TEST.filter(lambda text: len(text) <= 1_200), tables=st.lists(TABLE, min_size=1, max_size=2))
def test_both_evaluators_agree_on_any_expression_and_document(
    tmp_path_factory: pytest.TempPathFactory, expression: str, tables: list[dict[str, Any]]
) -> None:
    quoted = expression.replace("'", "''")
    program = program_of(tmp_path_factory.mktemp("pack"), "for_each: indicator", f"assert: '{quoted}'")
    run(program, *tables)


OF_CELL: st.SearchStrategy[str] = st.deferred(
    lambda: st.one_of(
        st.sampled_from(
            ["contains(text, '会议')", "field == 'name'", "length(text) > 3", "1 / (length(text) - 2) > 0"]
        ),
        st.sampled_from(["any(t.kind == 'project' for t in document.tables)", "size(document.tables) > 1"]),
        st.sampled_from(
            ["1 / (size(document.tables) - 1) > 0", "contains(text, default(document.organization.name, '万'))"]
        ),
        st.tuples(OF_CELL, st.sampled_from(["and", "or"]), OF_CELL).map(lambda parts: f"({' '.join(parts)})"),
        OF_CELL.map(lambda test: f"(not {test})"),
    )
)


def draw_rules(test: st.SearchStrategy[str], needs: list[str]) -> st.SearchStrategy[list[dict[str, str]]]:
    short = test.filter(lambda text: len(text) <= 400)
    drawn = {"let": short, "assert": short | short.map(lambda text: f"{text} or drawn")}
    optional = {"when": short | st.tuples(short, short).map(" and ".join), "needs": st.sampled_from(needs)}
    return st.lists(st.fixed_dictionaries(drawn, optional=optional), min_size=1, max_size=6)


def program_of_drawn(folder: Path, **drawn: list[dict[str, str]]) -> Program:
    """Return the program of the rules that were drawn for each scope."""
    pack = yaml.safe_load(RULE.format(body="", message="不对"))
    (first,) = pack["rules"]
    listed = [(scope, rule) for scope, rules in drawn.items() for rule in rules]
    pack["rules"] = [
        {**first, "id": f"TR{number}", "name": f"tried-{number}", "for_each": scope}
        | {key: [text] if key == "needs" else {"drawn": text} if key == "let" else text for key, text in rule.items()}
        for number, (scope, rule) in enumerate(listed, start=101)
    ]
    path = folder / "try.yaml"
    path.write_text(json.dumps(pack, ensure_ascii=False), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiling, "FEWEST_MET", 1)  # of a pack of many rules, this is what becomes of each of them
        return compile_program([load_pack(path)])


TABLES = st.lists(ROW | ROW.map(lambda row: {**row, "weight": Decimal(1)}), min_size=1, max_size=3).flatmap(
    lambda rows: st.lists(TABLE, min_size=1, max_size=3).flatmap(
        lambda tables: st.tuples(*(st.lists(st.sampled_from(rows), max_size=5) for _ in tables)).map(
            lambda repeated: [{**table, "indicators": list(own)} for table, own in zip(tables, repeated, strict=True)]
        )
    )
)


@settings(max_examples=25, deadline=None)
@given(drawn=draw_rules(TEST, ["unit", "target.number", "table.budget.total"]), tables=TABLES)
def test_rows_that_were_met_before_end_as_they_would_alone(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[dict[str, str]], tables: list[dict[str, Any]]
) -> None:
    program = program_of_drawn(tmp_path_factory.mktemp("pack"), indicator=drawn)
    for _ in range(2):
        run(program, *tables)


OF_TABLE: st.SearchStrategy[str] = st.deferred(
    lambda: st.one_of(
        st.sampled_from(["any(i.kind2 == 'quantity' for i in indicators)", "1 / (size(indicators) - 1) > 0"]),
        st.sampled_from(["default(year, 1) > 2000", "stated(budget.total)", "size(document.tables) > 1"]),
        st.sampled_from(["contains(default(currency_unit, ''), '万')", "1 / (size(document.tables) - 1) > 0"]),
        st.tuples(OF_TABLE, st.sampled_from(["and", "or"]), OF_TABLE).map(lambda parts: f"({' '.join(parts)})"),
        OF_TABLE.map(lambda test: f"(not {test})"),
    )
)


@settings(max_examples=40, deadline=None)
@given(
    of_table=draw_rules(OF_TABLE, ["currency_unit", "budget.total"]),
    of_row=draw_rules(
        TEST | st.sampled_from(["size(document.tables) > 1", "1 / (size(table.indicators) - 1) > 0"]),
        ["unit", "target.number", "table.budget.total"],
    ),
    tables=TABLES,
)
def test_tables_that_were_met_before_end_as_they_would_alone(
    tmp_path_factory: pytest.TempPathFactory,
    of_table: list[dict[str, str]],
    of_row: list[dict[str, str]],
    tables: list[dict[str, Any]],
) -> None:
    program = program_of_drawn(tmp_path_factory.mktemp("pack"), table=of_table, indicator=of_row)
    for _ in range(3):  # a table is remembered when it comes a second time
        run(program, *tables, tables[0])
        run(program, tables[0])


@settings(max_examples=25, deadline=None)
@given(drawn=draw_rules(OF_CELL, ["document.organization.name"]), tables=TABLES)
def test_cells_that_were_met_before_end_as_they_would_alone(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[dict[str, str]], tables: list[dict[str, Any]]
) -> None:
    program = program_of_drawn(tmp_path_factory.mktemp("pack"), cell=drawn)
    for _ in range(2):
        run(program, *tables)


def test_a_row_is_not_taken_for_one_that_is_printed_otherwise(tmp_path: Path) -> None:
    rule = {"let": "1 == 1", "assert": "default(raw(value), '') != '1.0' and default(table.year, 0) < 2025"}
    program = program_of_drawn(tmp_path, indicator=[rule])
    rows: list[dict[str, Any]] = [{"value": Decimal("1.0")}, {"value": Decimal(1)}, {"value": "1"}, {"value": None}, {}]
    tables = [{"fiscal_year": year, "indicators": rows} for year in (2024, 2025)]
    counts = [run(program, *tables).counts[0] for _ in range(2)]
    assert [(count.passed, count.failed) for count in counts] == [(4, 6)] * 2


def test_the_compiled_functions_reach_no_attribute_builtin_or_import() -> None:
    program = compile_program([load_pack("cn-core")])
    pairs = enumerate(zip(program.rules, program.settings, strict=True))
    tasks = [Task(index=at, rule=rule.checked, settings=values) for at, (rule, values) in pairs]
    source = plan_rules(tasks, program.settings[0].model).source or ""
    functions = {node.name: node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
    assert {f"scope_{function.scope.name}" for function in program.compiled.scopes} | {"meet_cell"} <= {*functions}
    attributes = {
        node.attr
        for name, function in functions.items()
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and not name.startswith("facts_")
    }
    assert attributes == {"append", "setdefault"}
    assert program.compiled.facts.__globals__ is program.compiled.meet_cell.__globals__
    assert program.compiled.facts.__globals__["__builtins__"] == {}


SIDES = (
    "for_each: table",
    "let:",
    "  basic_wrong: default(基本支出, 0) < 0",
    "  most: max([默认 for 默认 in [default(项目支出, 0)] if 默认 < 0])",
    "assert: not basic_wrong and blank(most)",
    "at: budget.by_use.basic if basic_wrong else budget.by_use.project if most else budget",
)


@pytest.mark.parametrize(
    ("basic", "project", "place"),
    [
        ("-1", "2", "/tables/0/budget/by_use/basic"),
        ("1", "-2", "/tables/0/budget/by_use/project"),
        ("-1", "-2", "/tables/0/budget/by_use/basic"),
    ],
)
def test_a_finding_points_at_the_first_cell_whose_let_value_holds(
    tmp_path: Path, basic: str, project: str, place: str
) -> None:
    [outcome] = run(program_of(tmp_path, *SIDES), budget("1", basic, project)).outcomes
    assert outcome.at == place


def test_an_unknown_verdict_points_at_the_place_that_is_left(tmp_path: Path) -> None:
    lines = ("for_each: table", "needs: [基本支出]", *SIDES[1:])
    [outcome] = run(program_of(tmp_path, *lines), budget("1", None, "2")).outcomes
    assert outcome.at == "/tables/0/budget"


@pytest.mark.parametrize(
    "at", ["budget if total_wrong else 基本支出", "1 if basic_wrong else budget", "budget if basic_wrong else 1"]
)
def test_at_chooses_between_fields_by_let_values_only(tmp_path: Path, at: str) -> None:
    with pytest.raises(PackError, match="at "):
        program_of(tmp_path, *SIDES[:-1], f"at: {at}")


@pytest.fixture(scope="module")
def shipped() -> Program:
    return compile_program([load_pack("cn-core")])


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), rows=st.integers(1, 4))
def test_both_evaluators_agree_on_every_shipped_rule(shipped: Program, seed: int, rows: int) -> None:
    drawn = build_document(draw_document(seed, rows=rows))
    # Again and again: what was met before takes a shorter way.
    results = [evaluate(shipped, drawn, engine=name) for name in ("compiled",) * 3 + ("simpleeval",)]
    told = [(one.counts, sorted(one.outcomes, key=lambda found: (found.rule, found.item))) for one in results]
    assert told[0] == told[-1]
    assert told[1] == told[-1]
    assert told[2] == told[-1]


def test_a_finding_does_not_read_the_whole_table(tmp_path: Path) -> None:
    lines = ("for_each: indicator", "assert: 'stated(name) and any(blank(i.name) for i in table.indicators)'")
    program = program_of(tmp_path, *lines)
    reads: list[object] = []

    class Row(dict[str, Any]):
        def get(self, key: str, default: Any = None) -> Any:
            reads.append(key)
            return super().get(key, default)

    def count_reads(rows: int) -> int:
        reads.clear()
        document = build_document(draw_document(1, rows=rows))
        listed = document.data["tables"][0]["indicators"]
        listed[:] = map(Row, listed)
        assert len(evaluate(program, document).outcomes) == rows
        return len(reads)

    assert 0 < count_reads(100) < 3 * count_reads(50)
