"""A rule that needs a pack-defined field: which cell is told to be missing, and whether the rule applies at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from perflint.document.loading import build_document
from perflint.engine.evaluation import evaluate
from perflint.engine.program import compile_program
from perflint.finding import Verdict
from perflint.pack.load import load_pack

PACK = """\
perflint: pack/1
pack: {id: mine, prefix: MY, version: 1.0.0, title: {zh: 甲, en: a}}
define:
  table:
    both: >-
      first([n for n in [default(budget.total, 0)] if stated(budget.by_use.basic) and stated(budget.by_use.project)])
    twice: first([n * 2 for n in [default(both, 0)] if n > 0])
    priced: first([n for n in [sum(i.amount for i in spending.items if stated(i.amount))] if n > 0])
rules:
- id: MY101
  name: my-rule
  since: 1.0.0
  status: preview
  severity: warning
  title: {zh: 甲, en: a}
  why: {zh: 甲, en: a}
  source: [{document: 甲, checked: false}]
  for_each: table
  needs: [NEED]
  assert: NEED < 0
  message: {zh: 甲, en: a}
"""


def run(folder: Path, need: str, table: dict[str, Any]) -> list[tuple[Verdict, str | None]]:
    (folder / "mine.yaml").write_text(PACK.replace("NEED", need), encoding="utf-8")
    program = compile_program([load_pack(folder / "mine.yaml")])
    outcomes = evaluate(program, build_document({"perflint": "document/1", "tables": [table]})).outcomes
    return [(outcome.verdict, outcome.reason) for outcome in outcomes]


def test_blank_cell_behind_a_definition_is_named(tmp_path: Path) -> None:
    table = {"budget": {"total": "5", "by_use": {"basic": "5", "project": None}}}
    assert run(tmp_path, "both", table) == [(Verdict.UNKNOWN, "“项目支出”为空")]


def test_cells_are_found_through_other_definitions(tmp_path: Path) -> None:
    table = {"budget": {"total": None, "by_use": {"basic": "5", "project": "5"}}}
    assert run(tmp_path, "twice", table) == [(Verdict.UNKNOWN, "“资金总额”为空")]


def test_unreadable_cell_behind_a_definition_is_unknown(tmp_path: Path) -> None:
    table = {"budget": {"total": "5", "by_use": {"basic": "5", "project": "见附件"}}}
    assert [verdict for verdict, _ in run(tmp_path, "both", table)] == [Verdict.UNKNOWN]


@pytest.mark.parametrize("need", ["both", "twice", "priced"])
def test_form_without_the_cells_is_not_concerned(tmp_path: Path, need: str) -> None:
    assert run(tmp_path, need, {"title": "甲"}) == []


def test_blank_in_a_list_behind_a_definition_names_the_list(tmp_path: Path) -> None:
    table = {"spending": {"items": [{"name": "甲", "amount": None}]}}
    assert run(tmp_path, "priced", table) == [(Verdict.UNKNOWN, "“支出明细”为空")]
