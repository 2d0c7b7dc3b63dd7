"""Mutants of a rule: what is changed, what examples notice and what they leave open."""

from __future__ import annotations

from pathlib import Path

import pytest

from perflint.engine.mutation import distinct, list_mutations, try_mutations
from perflint.expression.meaning import read_meaning
from perflint.expression.mutation import list_changes
from perflint.pack.load import load_pack

PACK = """
perflint: pack/1
pack: {{id: try, prefix: TR, version: 1.0.0, title: {{zh: 试, en: try}}}}
rules:
- id: TR101
  name: tried
  since: 1.0.0
  severity: error
  title: {{zh: 试, en: try}}
  why: {{zh: 试, en: try}}
  source: [{{document: 试, checked: false}}]
  for_each: {scope}
  {logic}
  message: {{zh: 不对, en: wrong}}
  examples:
    {examples}
"""


def list_survivors(folder: Path, logic: str, *examples: str, scope: str = "table") -> list[str]:
    path = folder / "try.yaml"
    text = PACK.format(scope=scope, logic=logic.replace("\n", "\n  "), examples="\n    ".join(examples))
    path.write_text(text, encoding="utf-8")
    pack = load_pack(path)
    mutants = distinct(try_mutations(pack, list_mutations(pack)))
    return [mutant.mutation.change.text or "dropped" for mutant in mutants if not mutant.killed]


def test_every_operator_number_and_operand_is_changed_once() -> None:
    assert [change.text for change in list_changes("a <= 5 and not (b or c)")] == [
        "a <= 5 or not (b or c)",
        "not (b or c)",
        "a <= 5",
        "a < 5 and not (b or c)",
        "a <= 5 and (b or c)",
        "a <= 6 and not (b or c)",
        "a <= 4 and not (b or c)",
        "a <= 5 and not (b and c)",
        "a <= 5 and not (c)",
        "a <= 5 and not (b)",
    ]


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("(a) not  in (b)", ["(a) in (b)"]),
        ("0.5 < a <= b", ["0.5 <= a <= b", "0.5 < a < b", "1.5 < a <= b", "-0.5 < a <= b"]),
        ("a - b * c", ["a + b * c", "a - b / c"]),
        ("a and b and c", ["a or b or c", "(b and c)", "(a and c)", "(a and b)"]),
    ],
)
def test_a_change_keeps_the_rest_of_the_text(text: str, changed: list[str]) -> None:
    assert [change.text for change in list_changes(text)] == changed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("size(a) > 0", "size(a) >= 1"),
        ("size(a) == 0", "size(a) < 1"),
        ("0 < length(a)", "length(a) != 0"),
        ("count(a) >= 0 and b", "b"),
        ("not (size(a) < 0) or b", "size(a) > -1"),
        ("(a) and (a)", "a"),
        ("default(a, 0) > 0", "default(a, -1) > 0"),
        ("lookup(a, b, 0) == 1", "lookup(a, b, 2) == 1"),
    ],
)
def test_what_means_the_same_with_whole_numbers_is_known_to(one: str, other: str) -> None:
    assert read_meaning(one) == read_meaning(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("size(a) > 0", "size(a) > 1"),
        ("total > 0", "total >= 1"),
        ("size(a) > 0.5", "size(a) > 1.5"),
        ("a and b", "a or b"),
        ("[n for n in a if n]", "[n for n in a]"),
        ("0 < a <= b", "0 < a < b"),
        ("table.a", "table.b"),
        ("default(a, 0) > 0", "default(a, 1) > 0"),
        ("lookup(a, b, 0) == 1", "lookup(a, c, 0) == 1"),
    ],
)
def test_what_may_differ_on_some_table_is_never_taken_for_the_same(one: str, other: str) -> None:
    assert read_meaning(one) != read_meaning(other)


LIMIT = "needs: [budget.total]\nassert: budget.total <= 5"


def test_examples_far_from_the_border_let_mutants_live(tmp_path: Path) -> None:
    passing, failing = ('pass: [{table: {budget: {total: "1"}}}]', 'fail: [{table: {budget: {total: "9"}}}]')
    assert list_survivors(tmp_path, LIMIT, passing, failing) == [
        "budget.total < 5",
        "budget.total <= 6",
        "budget.total <= 4",
    ]


def test_examples_on_the_border_kill_every_mutant(tmp_path: Path) -> None:
    passing, failing = ('pass: [{table: {budget: {total: "5"}}}]', 'fail: [{table: {budget: {total: "6"}}}]')
    assert list_survivors(tmp_path, LIMIT, passing, failing) == []


FOR_OVERALL = 'when: kind == "overall"\nassert: blank(title)'
BLANK = "pass: [{table: {kind: overall}}]"
TITLED = "fail: [{table: {kind: overall, title: 表}}]"


def test_what_a_rule_does_not_apply_to_takes_an_example_of_its_own(tmp_path: Path) -> None:
    assert list_survivors(tmp_path, FOR_OVERALL, BLANK, TITLED) == ["dropped"]
    other = "not_applicable: [{table: {kind: project, title: 表}}]"
    assert list_survivors(tmp_path, FOR_OVERALL, BLANK, TITLED, other) == []


def test_a_need_that_the_condition_implies_is_not_dropped(tmp_path: Path) -> None:
    examples = ("pass: [{table: {title: 表, kind: overall}}]", "fail: [{table: {title: 表, kind: project}}]")
    assert list_survivors(tmp_path, 'needs: [title]\nassert: kind == "overall"', *examples) == ["dropped"]
    implied = 'when: stated(title)\nneeds: [title]\nassert: kind == "overall"'
    blank = "not_applicable: [{table: {title: null, kind: project}}]"
    assert list_survivors(tmp_path, implied, *examples, blank) == []


def test_an_example_that_names_the_cells_notices_a_finding_that_is_lost(tmp_path: Path) -> None:
    logic = "needs: [target.number]\nassert: target.number != 1 and target.number != 9\nat: value"
    passing = "pass: [{indicator: {value: '5'}}]"
    rows = "table: {indicators: [{value: '1'}, {value: '5'}, {value: '9'}]}"
    lost = list_survivors(tmp_path, logic, passing, f"fail: [{{{rows}}}]", scope="indicator")
    assert lost[:2] == ["target.number != 9", "target.number != 1"]
    places = "at: [/tables/0/indicators/0/value, /tables/0/indicators/2/value]"
    assert list_survivors(tmp_path, logic, passing, f"fail: [{{{rows}, {places}}}]", scope="indicator") == []


def test_expected_values_notice_a_changed_sum(tmp_path: Path) -> None:
    logic = "needs: [budget.total]\nlet: {twice: budget.total + budget.total}\nassert: budget.total > 1"
    passing = "pass: [{table: {budget: {total: '2'}}%s}]"
    failing = "fail: [{table: {budget: {total: '1'}}}]"
    assert list_survivors(tmp_path, logic, passing % "", failing)[:1] == ["budget.total - budget.total"]
    assert "budget.total - budget.total" not in list_survivors(
        tmp_path, logic, passing % ", values: {twice: '4'}", failing
    )
