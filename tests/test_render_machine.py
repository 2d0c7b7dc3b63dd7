"""What holds for every format that machines read: nothing is lost, nothing is added, nothing runs."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook
from rendering import PROGRAM, empty, sample
from reporting import FakeOutcome, document, indicator, make_rule, report, table

from perflint.finding import Report, Severity, Verdict
from perflint.record import replace
from perflint.render import FORMATS, render

Marks = Counter[tuple[str, str]]


def rendered(made: Report, format_name: str) -> str:
    text = render(made, format_name, program=PROGRAM)
    assert isinstance(text, str)
    return text


def from_json(made: Report) -> Marks:
    findings = json.loads(rendered(made, "json"))["findings"]
    return Counter((one["rule"], one["fingerprint"]) for one in findings)


def from_jsonl(made: Report) -> Marks:
    lines = map(json.loads, rendered(made, "jsonl").splitlines())
    return Counter((one["rule"], one["fingerprint"]) for one in lines if one["type"] == "finding")


def from_sarif(made: Report) -> Marks:
    [run] = json.loads(rendered(made, "sarif"))["runs"]
    return Counter((one["ruleId"], one["partialFingerprints"]["perflint/v1"]) for one in run["results"])


def from_csv(made: Report) -> Marks:
    rows = list(csv.DictReader(io.StringIO(rendered(made, "csv").removeprefix("\ufeff"))))
    return Counter((row["规则"], row["指纹"]) for row in rows)


def from_xlsx(made: Report) -> Marks:
    data = render(made, "xlsx", program=PROGRAM)
    assert isinstance(data, bytes)
    header, *rows = load_workbook(io.BytesIO(data))["问题"].iter_rows(values_only=True)
    return Counter((str(row[header.index("规则")]), str(row[header.index("指纹")])) for row in rows)


def from_junit(made: Report) -> Marks:
    root = etree.fromstring(rendered(made, "junit").encode())
    return Counter(
        (case.get("name").split()[0], mark)
        for case in root.iter("testcase")
        for mark in re.findall(r"\[([0-9a-f]{32})\]$", "".join(case.itertext()), re.MULTILINE)
    )


def from_gitlab(made: Report) -> Marks:
    issues = json.loads(rendered(made, "gitlab"))
    return Counter((one["check_name"], one["fingerprint"].partition("-")[0]) for one in issues)


def from_github(made: Report) -> Counter[str]:
    return Counter(re.findall(r"title=(PT\d+)", rendered(made, "github")))


WHOLE = [from_json, from_jsonl, from_sarif, from_csv, from_xlsx, from_junit]

TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
OUTCOMES = st.lists(
    st.builds(
        lambda rule, row, message, verdict: FakeOutcome(
            rule=rule,
            item=f"/tables/0/indicators/{row}",
            at=f"/tables/0/indicators/{row}/unit",
            message=message,
            reason=message,
            verdict=verdict,
        ),
        st.integers(0, 2),
        st.integers(0, 2),
        TEXTS,
        st.sampled_from([Verdict.FAIL, Verdict.FAIL, Verdict.ERROR]),
    ),
    max_size=5,
)
RULES = [make_rule(id=f"PT10{n}", name=f"rule-{n}", severity=severity) for n, severity in enumerate(Severity)]


def make(outcomes: list[FakeOutcome], name: str, organization: str) -> Report:
    rows = [indicator(name), indicator("乙"), indicator(name)]
    return report(document(table(*rows), organization={"name": organization}), outcomes, RULES)


@given(OUTCOMES, TEXTS, TEXTS)
@settings(deadline=None, max_examples=40)
def test_every_machine_format_carries_the_same_findings(
    outcomes: list[FakeOutcome], name: str, organization: str
) -> None:
    made = make(outcomes, name, organization)
    expected = Counter((finding.rule, finding.fingerprint) for finding in made.findings)
    for read in (*WHOLE, from_gitlab):
        assert read(made) == expected, read.__name__
    assert from_github(made) == Counter(finding.rule for finding in made.findings)


@pytest.mark.parametrize("read", WHOLE)
def test_suppressed_findings_stay_and_are_marked(read: Callable[[Report], Marks]) -> None:
    made = sample()
    assert made.suppressed == 1
    assert read(replace(made, unknowns=())) == Counter((finding.rule, finding.fingerprint) for finding in made.findings)


@pytest.mark.parametrize("read", [from_gitlab, from_github])
def test_where_a_format_cannot_mark_them_they_are_left_out(read: Callable[[Report], Counter[object]]) -> None:
    assert read(sample()).total() == sum(finding.suppressed is None for finding in sample().findings)


@given(OUTCOMES, TEXTS)
@settings(deadline=None, max_examples=40)
def test_line_formats_stay_one_line_a_finding(outcomes: list[FakeOutcome], name: str) -> None:
    made = make(outcomes, name, "某某镇")
    for format_name in ("concise", "github"):
        text = rendered(made, format_name)
        assert len(text.splitlines()) == text.count("\n") == len(made.findings)
        assert "\x1b" not in text


@pytest.mark.parametrize("format_name", [name for name in FORMATS if name != "xlsx"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_format_renders_the_same_twice_and_can_be_stored(format_name: str, lang: str) -> None:
    first = rendered(sample(lang), format_name)
    assert first == rendered(sample(lang), format_name)
    assert first.encode().decode() == first
    assert rendered(empty(), format_name) is not None


def test_only_the_module_asked_for_is_loaded() -> None:
    script = (
        "import sys; from perflint.render import render; from perflint.finding import Report;"
        "render(Report(packs=(), documents=0, tables=0, findings=(), unknowns=(), rules=()), 'concise');"
        "bad = {'openpyxl', 'rich', 'yaml', 'jsonschema', 'perflint.render.sarif', 'csv'};"
        "sys.exit(', '.join(bad & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
