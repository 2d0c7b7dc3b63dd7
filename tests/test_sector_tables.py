"""Tables of fifty sectors draw no error and no warning, and one fault written into one of them is found at its cell."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sector_tables import SECTORS, build_document, build_row, find_row, read_legal_rows, read_tables

from perflint import Linter, Report
from perflint.finding import Severity

FAULTS = [json.loads(line) for line in (SECTORS / "faults.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(packs=["cn-core"])


@pytest.fixture(scope="module")
def clean(linter: Linter) -> dict[str, Report]:
    return {key: linter.check(build_document(key)) for key in read_tables()}


def list_serious(report: Report) -> list[str]:
    return [f"{f.name} {f.location.pointer}: {f.message}" for f in report.findings if f.severity is not Severity.INFO]


def list_places(report: Report) -> set[tuple[str, str]]:
    return {(finding.name, finding.location.pointer) for finding in report.findings}


def describe(fault: dict[str, Any]) -> str:
    return f"{fault['table']}-{fault['rule']}-{fault['row']}"


@pytest.mark.parametrize("key", read_tables())
def test_a_table_of_a_sector_draws_no_error_and_no_warning(clean: dict[str, Report], key: str) -> None:
    assert list_serious(clean[key]) == []


@pytest.mark.parametrize("row", read_legal_rows())
def test_a_row_that_only_sounds_wrong_draws_nothing_serious(linter: Linter, row: str) -> None:
    for form in "HS":
        report = linter.check(build_row(row, form))
        assert [f for f in list_serious(report) if "/indicators/0" in f] == []


@pytest.mark.parametrize("fault", FAULTS, ids=describe)
def test_a_fault_is_found_at_its_cell_and_no_other_error_beside_it(
    linter: Linter, clean: dict[str, Report], fault: dict[str, Any]
) -> None:
    key, row = fault["table"], fault["row"]
    at = f"/tables/0/indicators/{find_row(key, row)}/{fault['at']}" if "/" not in fault["at"] else fault["at"]
    report = linter.check(build_document(key, row, fault["change"]))
    assert (fault["rule"], at) in list_places(report) - list_places(clean[key])
    errors = {(f.name, f.location.pointer) for f in report.findings if f.severity is Severity.ERROR}
    assert errors <= {(fault["rule"], at)}
