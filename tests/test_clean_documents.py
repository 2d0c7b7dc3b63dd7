"""Tables as a careful bureau accepts them, a family of forms each: the shipped rules have nothing to object to.

Each holds the legal shapes that a hasty rule takes for faults: completion of at least 100 %, growth of 120 %, zero
accidents, sums that rounding bends, a project carried over from last year, long codes that look like telephone numbers.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from perflint import Linter
from perflint.document.loading import parse_document
from perflint.finding import Finding, Severity, Verdict

CLEAN = sorted((Path(__file__).parent / "data" / "clean").glob("*.json"))

# Opinions that a reader may hold against a sound table; a new one is to be judged before it is added here.
ACCEPTED: dict[str, set[str]] = {
    "bundle-details": {"date-format-mixed"},
    "gansu-forest": {"ind-adverse-direction-zero"},
    "guangdong-approval": {"ind-satisfaction-misplaced", "xt-longterm-annual-set"},
    "hebei-plans": {"date-stale-project-year", "txt-goal-no-number", "unit-money-mixed"},
    "hebei-projects": {"date-stale-project-year", "pct-gte-100"},
    "hebei-rivers": {"date-stale-project-year"},
    "hebei-water": {"bud-plan-blank", "date-stale-project-year"},
    "hubei-culture": {"date-format-mixed"},
    "hubei-civil": {"ind-qualitative-vocabulary"},
    "hubei-farming": {"bud-project-without-indicators"},
    "hubei-lakes": {"bud-project-without-indicators"},
    "hubei-overall": {"ari-weight-sum-80", "bud-project-without-indicators", "date-stale-project-year-in-list"},
    "hubei-transport": {"bud-project-without-indicators"},
    "guangdong-subway": {"pct-gte-100"},
    "guangdong-park": {"ind-name-has-value", "xt-longterm-annual-set"},
    "hunan-details": {"ind-timeliness-not-temporal"},
    "hunan-frequencies": {"ind-satisfaction-misplaced"},
    "hunan-overall": {"pct-gte-100"},
    "hunan-police": {"cmp-textual"},
    "hunan-project": {"date-format-mixed", "ind-satisfaction-misplaced"},
    "regional-farmland": {"pct-gte-100"},
    "regional-poverty": {"cmp-textual", "ind-qualitative-vocabulary"},
    "self-evaluation": {"pct-gte-100"},
    "sichuan-list": {"pct-gte-100"},
    "standard-adjustment": {"date-format-mixed"},
    "standard-clinic": {"ind-quantity-is-rate"},
    "standard-laboratory": {"date-no-year"},
    "standard-mines": {"date-format-mixed"},
    "standard-prison": {"cmp-textual", "txt-goal-no-number"},
    "standard-relief": {"cmp-textual"},
    "standard-reservoirs": {"date-format-mixed", "xt-longterm-annual-set"},
    "standard-schools": {"cmp-textual", "date-no-year"},
    "standard-streets": {"date-format-mixed"},
}


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(packs=["cn-core"])


def _describe(finding: Finding) -> str:
    return f"{finding.rule} {finding.name} {finding.location.pointer}: {finding.message}"


def test_every_family_of_forms_has_a_clean_table() -> None:
    forms = {
        table["form"] for path in CLEAN for table in parse_document(path.read_bytes()).data["tables"] if "form" in table
    }
    assert forms == {
        "gansu-project",
        "guangdong-approval",
        "hebei-project",
        "hubei-overall",
        "hubei-project",
        "hunan-overall",
        "hunan-project",
        "hunan-summary",
        "jiangxi-overall",
        "long-term-application",
        "regional",
        "self-evaluation",
        "sichuan-list",
        "sichuan-project",
        "standard-project",
    }


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_a_clean_document_draws_no_error_and_no_warning(linter: Linter, path: Path) -> None:
    report = linter.check(path)
    assert [_describe(f) for f in report.findings if f.severity is not Severity.INFO] == []


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_the_remarks_on_a_clean_document_are_the_accepted_ones(linter: Linter, path: Path) -> None:
    assert {f.name for f in linter.check(path).findings} == ACCEPTED.get(path.stem, set())


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_no_rule_crashes_on_a_clean_document(linter: Linter, path: Path) -> None:
    assert [_describe(f) for f in linter.check(path).findings if f.verdict is Verdict.ERROR] == []
