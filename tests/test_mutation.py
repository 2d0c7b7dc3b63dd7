"""Mutants of a rule: what examples notice and what they leave open."""

from __future__ import annotations

from pathlib import Path

from perflint.engine.mutation import mutate_text, run_mutants
from perflint.pack import load_pack

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
  for_each: table
  needs: [budget.total]
  assert: budget.total <= 5
  message: {{zh: 不对, en: wrong}}
  examples:
    pass: [{{table: {{budget: {{total: "{passing}"}}}}}}]
    fail: [{{table: {{budget: {{total: "{failing}"}}}}}}]
"""


def test_every_operator_number_and_operand_is_changed_once() -> None:
    assert list(mutate_text("a <= 5 and not b")) == [
        "a <= 5 or not b",
        "not b",
        "a <= 5",
        "a < 5 and (not b)",
        "a <= 5 and b",
        "a <= 6 and (not b)",
        "a <= 4 and (not b)",
    ]


def _survivors(folder: Path, passing: str, failing: str) -> list[str]:
    path = folder / "try.yaml"
    path.write_text(PACK.format(passing=passing, failing=failing), encoding="utf-8")
    return [mutant.change for mutant in run_mutants(load_pack(path)) if not mutant.killed]


def test_examples_far_from_the_border_let_mutants_live(tmp_path: Path) -> None:
    survivors = _survivors(tmp_path, "1", "9")
    assert survivors == ["assert: budget.total < 5", "assert: budget.total <= 6", "assert: budget.total <= 4"]


def test_examples_on_the_border_kill_every_mutant(tmp_path: Path) -> None:
    assert _survivors(tmp_path, "5", "6") == []
