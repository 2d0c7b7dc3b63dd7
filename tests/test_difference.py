"""What a changed pack changes: every finding is in one of four heaps, whatever the rules are called."""

from __future__ import annotations

import json
from pathlib import Path

import packs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reporting import FakeOutcome, document, indicator, make_rule, report, table

from perflint.cli import main
from perflint.finding import Report, Severity
from perflint.report.difference import compare_reports

ROWS = document(table(*(indicator(name) for name in "甲乙丙丁")))


def found(*rows: int, rule: str = "PT401", severity: Severity = Severity.WARNING, message: str = "缺单位") -> Report:
    at = [f"/tables/0/indicators/{row}" for row in rows]
    outcomes = [FakeOutcome(rule=0, item=pointer, at=f"{pointer}/unit", message=message) for pointer in at]
    return report(ROWS, outcomes, [make_rule(id=rule, severity=severity)])


def labels(report: Report) -> list[str]:
    return [finding.location.label for finding in report.findings]


@given(st.sets(st.integers(0, 3)), st.sets(st.integers(0, 3)))
def test_what_is_new_appears_and_what_is_old_goes(old: set[int], new: set[int]) -> None:
    before, after = found(*old), found(*new)
    difference = compare_reports(before, after, renamed={})
    appeared = [finding for finding in after.findings if finding.location.label not in labels(before)]
    gone = [finding for finding in before.findings if finding.location.label not in labels(after)]
    assert (difference.appeared, difference.gone, difference.changed) == (tuple(appeared), tuple(gone), ())
    assert difference.same == len(old & new)
    assert bool(difference) == (old != new)


def test_another_severity_or_wording_is_a_change() -> None:
    for after in (found(0, severity=Severity.ERROR), found(0, message="没有单位")):
        difference = compare_reports(found(0), after, renamed={})
        assert difference.changed == ((found(0).findings[0], after.findings[0]),)
        assert (difference.appeared, difference.gone, difference.same) == ((), (), 0)


def test_a_rule_with_a_new_id_finds_the_same() -> None:
    difference = compare_reports(found(0, rule="PT499"), found(0), renamed={"PT499": "PT401"})
    assert (bool(difference), difference.same) == (False, 1)
    assert bool(compare_reports(found(0, rule="PT499"), found(0), renamed={}))


def test_as_json_it_is_the_findings_of_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    change = "override:\n  PT401: {severity: info, reason: 某某}\nvocab: {people_units: {add: [位], remove: [人]}}\n"
    packs.write(tmp_path, base=packs.BASE, county=packs.head("county", "CO", "./base.yaml") + change)
    rows = [{"name": "甲", "unit": "位"}, {"name": "乙", "unit": "人"}, {"name": "丙", "unit": None}]
    data = {"perflint": "document/1", "tables": [{"kind": "project", "indicators": rows}]}
    Path("a.json").write_text(json.dumps(data), encoding="utf-8")
    assert main(["diff", "./base.yaml", "./county.yaml", "--on", "a.json", "--format", "json"]) == 1
    printed = json.loads(capsys.readouterr().out)
    assert [pack["id"] for pack in printed["after"]] == ["base", "county"]
    assert printed["rules"] == [{"change": "~", "rule": "PT401", "parts": ["severity"]}]
    assert printed["words"] == [{"vocab": "people_units", "added": ["位"], "removed": ["人"]}]
    pointers = {key: [finding["location"]["pointer"] for finding in printed[key]] for key in ("appeared", "gone")}
    assert pointers == {"appeared": ["/tables/0/indicators/1"], "gone": ["/tables/0/indicators/0"]}
    assert [(one["before"]["severity"], one["after"]["severity"]) for one in printed["changed"]] == [
        ("warning", "info")
    ]
    assert (printed["documents"], printed["same"], printed["errors"]) == (1, 0, [])
