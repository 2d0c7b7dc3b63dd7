"""What the measurements stand on: documents that are what they should be, and engines that find the same."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bench import bench_costs, bench_peers, bench_scale
from bench.bench_engine import assert_same, measure_rules
from bench.families import FAMILIES
from bench.generate import build_document, write_document
from bench.rules import compile_rules, write_pack
from perflint import Linter
from perflint.finding import Severity
from perflint.schema.explain import get_validator


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(packs=["cn-core"])


@pytest.mark.parametrize("family", FAMILIES)
def test_a_drawn_document_is_valid_and_there_is_nothing_to_object_to(linter: Linter, family: str) -> None:
    for seed in range(3):
        data = build_document(seed, family=family, faults=0)
        assert [*get_validator("document-1").iter_errors(data)] == []
        report = linter.check(data)
        assert [f.message for f in report.findings if f.severity is not Severity.INFO] == []


def test_faults_are_drawn_into_documents_that_stay_valid(linter: Linter) -> None:
    found = Counter[Severity]()
    for seed in range(len(FAMILIES)):
        data = build_document(seed)
        assert data == build_document(seed)
        assert [*get_validator("document-1").iter_errors(data)] == []
        found.update(finding.severity for finding in linter.check(data).findings)
    assert min(found[Severity.ERROR], found[Severity.WARNING]) > 0


def test_a_drawn_document_has_the_rows_that_were_asked_for() -> None:
    for family in ("F1 hunan-overall", "F4 standard-project"):
        [table] = build_document(3, rows=250, family=family)["tables"]
        [clean] = build_document(3, rows=250, family=family, faults=0)["tables"]
        assert len({row["name"] for row in clean["indicators"]}) == 250
        assert len(table["indicators"]) == 250


def test_every_engine_finds_the_same_by_the_thirty_rules(tmp_path: Path) -> None:
    program = compile_rules(write_pack(tmp_path / "bench.yaml"))
    assert len(program.rules) == 30
    assert assert_same(program, (write_document(build_document(seed)) for seed in range(len(FAMILIES)))) > 30


def test_the_measurement_of_the_rules_runs(capsys: pytest.CaptureFixture[str]) -> None:
    measure_rules([write_document(build_document(seed)) for seed in range(5)], 1)
    assert "30 rules" in capsys.readouterr().out


def test_the_comparison_with_other_tools_runs_where_there_are_none(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bench_peers, "SPECTRAL", tmp_path / "spectral")
    monkeypatch.setattr(bench_peers, "CHECK_JSONSCHEMA", tmp_path / "check-jsonschema")
    monkeypatch.setattr(bench_peers, "PACK", str(write_pack(tmp_path / "bench.yaml")))
    bench_peers.main(5, 1)
    out = capsys.readouterr().out
    assert "no Spectral" in out
    assert "perflint check, 30 rules" in out


def test_the_measurement_of_growth_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_scale, "PACK", str(write_pack(tmp_path / "bench.yaml")))
    assert bench_scale.fit_exponent({10: 2.0, 100: 20.0, 1000: 200.0}) == pytest.approx(1)
    assert all(seconds > 0 for seconds in bench_scale.time_rows(40).values())
    assert bench_scale.measure_peak(tmp_path / "lines.jsonl", 2) > 5
    for number in range(3):
        (tmp_path / f"{number}.json").write_bytes(write_document(build_document(number)))
    assert 0 < bench_scale.measure_serial(tmp_path) <= 1


def test_the_costs_of_the_rules_are_a_table(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bench_costs, "PACK", str(write_pack(tmp_path / "bench.yaml")))
    costs = bench_costs.measure_rules([write_document(build_document(seed)) for seed in range(3)], 1)
    assert len(costs) == 30
    assert [cost.seconds for cost in costs] == sorted((cost.seconds for cost in costs), reverse=True)
    lines = bench_costs.write_table(costs, 3, 4).splitlines()
    assert [line.count("|") for line in lines] == [5] * 7
    assert lines[-1].startswith("| 26 others |")
