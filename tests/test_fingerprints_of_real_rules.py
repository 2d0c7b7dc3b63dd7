"""The fingerprints of the shipped rules on the example documents: what keeps them, and what changes them."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reporting import accept

from perflint import Linter
from perflint.finding import Finding, Report

FILES = sorted((Path(__file__).parent.parent / "examples").glob("*.json"))
ROWS = ("indicators", "projects", "tasks")


@cache
def linter(lang: str = "zh") -> Linter:
    return Linter(["cn-core"], lang=lang)


@cache
def load(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


@cache
def report_of(file: Path) -> Report:
    return linter().check(file)


def fingerprints(report: Report) -> Counter[str]:
    return Counter(finding.fingerprint for finding in report.findings)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_finding_has_a_fingerprint_of_its_own(file: Path) -> None:
    assert max(fingerprints(report_of(file)).values()) == 1


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@given(data=st.data())
@settings(max_examples=3, deadline=None)
def test_reordering_the_rows_keeps_every_fingerprint(file: Path, data: st.DataObject) -> None:
    document = deepcopy(load(file))
    for table in document["tables"]:
        for key in ROWS:
            if table.get(key):
                table[key] = data.draw(st.permutations(table[key]))
    assert fingerprints(linter().check(document)) == fingerprints(report_of(file))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_renaming_the_file_and_the_language_keep_every_fingerprint(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "另一个名字.json"
    shutil.copy(file, other)
    assert fingerprints(linter("en").check(other)) == fingerprints(report_of(file))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@given(indent=st.integers(0, 8), by_key=st.booleans(), escaped=st.booleans(), end=st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=2, deadline=None)
def test_another_layout_of_the_json_keeps_every_fingerprint(
    file: Path, indent: int, by_key: bool, escaped: bool, end: str
) -> None:
    text = json.dumps(load(file), indent=indent, sort_keys=by_key, ensure_ascii=escaped).replace("\n", end)
    assert fingerprints(linter().check(text.encode())) == fingerprints(report_of(file))


def is_of_one_row(finding: Finding) -> bool:
    """Whether what is found stands in one row of indicators, at its value."""
    steps = finding.location.pointer.split("/")
    return len(steps) == 6 and steps[3] == "indicators" and steps[5] == "value"


@pytest.mark.parametrize("file", [file for file in FILES if any(map(is_of_one_row, report_of(file).findings))])
@given(data=st.data())
@settings(max_examples=5, deadline=None)
def test_changing_the_value_changes_the_fingerprint_and_shows_beside_the_baseline(
    file: Path, data: st.DataObject
) -> None:
    before = report_of(file)
    finding = data.draw(st.sampled_from([found for found in before.findings if is_of_one_row(found)]))
    _, _, table, _, row, _ = finding.location.pointer.split("/")
    document = deepcopy(load(file))
    cell = document["tables"][int(table)]["indicators"][int(row)]
    cell["value"] = f"{cell['value']}{data.draw(st.sampled_from(['0', '7', '.5', '多']))}"
    after = linter().check(document)
    assert finding.fingerprint not in fingerprints(after)

    baseline = accept(before)
    same_place = [found for found in after.findings if (found.rule, found.group) == (finding.rule, finding.group)]
    accepted = [found.fingerprint for found in same_place if found.fingerprint in baseline.fingerprints]
    others = {found.fingerprint for found in before.findings if found.group == finding.group} - {finding.fingerprint}
    assert set(accepted) <= others


def test_a_new_row_at_fault_is_seen_beside_those_that_were_accepted() -> None:
    file = FILES[0]
    accepted = accept(report_of(file)).fingerprints
    document = deepcopy(load(file))
    rows = document["tables"][0]["indicators"]
    rows[0]["name"] = "改成另一个名字的指标"
    new = [found for found in linter().check(document).findings if found.fingerprint not in accepted]
    assert {found.location.pointer.split("/")[4] for found in new if "/indicators/" in found.location.pointer} <= {"0"}
