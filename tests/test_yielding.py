"""One slip, one finding: a rule that yields is silent where the other rule speaks, and speaks where it is silent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from packs import head, rule, write

from perflint import Linter, PackError
from perflint.pack.load import load_pack

PACK = """\
perflint: pack/1
pack: {id: try, prefix: TR, version: 1.0.0, title: {zh: 试, en: try}}
rules:
"""


def tried(identity: str, scope: str, holds: str, *more: str) -> str:
    lines = [
        f"- id: {identity}",
        f"  name: rule-{identity[-1]}",
        "  since: 1.0.0",
        "  severity: warning",
        "  title: {zh: 试, en: try}",
        "  why: {zh: 试, en: try}",
        "  source: [{document: 试, checked: false}]",
        f"  for_each: {scope}",
        f"  assert: {holds}",
        "  message: {zh: 不对, en: wrong}",
        *(f"  {line}" for line in more),
    ]
    return "\n".join([*lines, "  status: preview", ""])


NAMED = tried("TR101", "indicator", "stated(name)", "at: name", "yields_to: [rule-2]")
VALUED = tried("TR102", "indicator", "stated(value)", "at: value")
EVERY = tried("TR103", "table", "all(stated(i.name) for i in indicators)", "yields_to: [TR101]")
WORDS = tried("TR104", "cell", 'field != "unit"', "yields_to: [TR105]")
UNITS = tried("TR105", "indicator", "blank(unit)", "at: unit")


def find(folder: Path, rules: tuple[str, ...], *rows: dict[str, Any], **options: Any) -> list[tuple[str, str]]:
    path = write(folder, pack=PACK + "".join(rules))["pack"]
    document = {"perflint": "document/1", "tables": [{"indicators": list(rows)}]}
    found = [
        [
            (one.rule, one.location.pointer)
            for one in Linter(packs=[path], engine=engine, **options).check(document).findings
        ]
        for engine in ("compiled", "simpleeval")
    ]
    assert sorted(found[0]) == sorted(found[1])
    return found[0]


def test_a_rule_is_silent_where_the_one_it_yields_to_speaks(tmp_path: Path) -> None:
    rows = {"name": None, "value": None}, {"name": None, "value": "5"}
    first, second = ("TR102", "/tables/0/indicators/0/value"), ("TR101", "/tables/0/indicators/1/name")
    assert find(tmp_path, (NAMED, VALUED), *rows) == [first, second]
    assert find(tmp_path, (VALUED, NAMED), *rows) == [first, second]


def test_it_speaks_where_the_other_does_not_take_part(tmp_path: Path) -> None:
    row = {"name": None, "value": None}
    assert find(tmp_path, (NAMED, VALUED), row, ignore=["TR102"]) == [("TR101", "/tables/0/indicators/0/name")]


def test_a_table_yields_to_a_fault_of_one_of_its_rows_even_one_that_is_silent(tmp_path: Path) -> None:
    found = find(tmp_path, (NAMED, VALUED, EVERY), {"name": None, "value": None})
    assert found == [("TR102", "/tables/0/indicators/0/value")]


def test_a_row_yields_to_a_fault_of_its_table(tmp_path: Path) -> None:
    named = NAMED.replace("rule-2", "rule-3")
    whole = EVERY.replace("  yields_to: [TR101]\n", "")
    assert find(tmp_path, (named, whole), {"name": None}, {"name": "甲"}) == [("TR103", "/tables/0")]


def test_a_rule_over_all_cells_yields_to_one_that_points_at_the_cell(tmp_path: Path) -> None:
    assert find(tmp_path, (WORDS, UNITS), {"name": "甲", "unit": "人"}) == [("TR105", "/tables/0/indicators/0/unit")]


def test_what_is_silent_does_not_apply(tmp_path: Path) -> None:
    path = write(tmp_path, pack=PACK + NAMED + VALUED)["pack"]
    document = {"perflint": "document/1", "tables": [{"indicators": [{"name": None, "value": None}]}]}
    counts = Linter(packs=[path]).check(document).rules
    assert [(one.failed, one.not_applicable, one.passed) for one in counts] == [(0, 1, 0), (1, 0, 0)]


def test_the_successor_of_a_replaced_rule_is_yielded_to(tmp_path: Path) -> None:
    texts = {
        "base": head("base", "PT") + "rules:\n" + rule("PT101", "old") + rule("PT102", "other", "yields_to: [old]"),
        "county": head("county", "LK", "./base.yaml") + "rules:\n" + rule("LK001", "new", "replaces: old"),
    }
    pack = load_pack(write(tmp_path, **texts)["county"])
    assert [(one.id, one.yields_to) for one in pack.rules] == [("PT102", ("LK001",)), ("LK001", ())]


@pytest.mark.parametrize("number", [2, 3])
def test_a_pack_whose_rules_would_silence_one_another_does_not_load(tmp_path: Path, number: int) -> None:
    circle = [rule(f"TR10{at}", f"x{at}", f"yields_to: [x{(at + 1) % number}]") for at in range(number)]
    path = write(tmp_path, pack=head("try", "TR") + "rules:\n" + "".join(circle))["pack"]
    with pytest.raises(PackError, match="TR100 和 TR101 互相让"):
        load_pack(path)
