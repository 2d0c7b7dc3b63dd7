"""The report as a whole: order, ledger, notices, what each finding carries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reporting import (
    FakeOutcome,
    FakeProgram,
    accept,
    build_report,
    document,
    evaluation,
    indicator,
    list_stale,
    make_rule,
    merge,
    message_of,
    renew,
    report,
    table,
    tally_one,
)

from perflint.document.loading import parse_document
from perflint.errors import Problem
from perflint.finding import (
    Cell,
    CheckedDocument,
    DocumentIdentity,
    Finding,
    Location,
    Notice,
    PackStamp,
    Report,
    RuleCount,
    Severity,
    Verdict,
)
from perflint.report.drawing import draw_document
from perflint.report.suppressions import parse_suppressions
from perflint.report.tally import Tally

AT = "/tables/0/indicators/0"
RULES = (make_rule(id="PT101"), make_rule(id="PT102", name="other-rule", severity=Severity.WARNING))


def test_a_finding_says_what_where_and_how_to_repair() -> None:
    text = """{"perflint": "document/1", "organization": {"name": "某某镇人民政府"}, "fiscal_year": 2026, "tables": [
 {"id": "t", "title": "目标表", "indicators": [
  {"level1": "产出指标", "level2": "数量指标", "name": "征兵", "value": "5%", "unit": "%"}]}],
 "origins": {"/tables/0/indicators/0": "表1 第7行"}}"""
    outcome = FakeOutcome(
        rule=0,
        item=AT,
        at=f"{AT}/unit",
        values={"gap": Decimal("-1.00"), "none": None},
        operands=((f"{AT}/value", "5%"), (f"{AT}/unit", "%")),
    )
    [finding] = report(parse_document(text, path="a.json"), [outcome]).findings
    label = "产出指标 / 数量指标 / 征兵"
    assert replace(finding, fingerprint="", group="") == Finding(
        rule="PT101",
        name="some-rule",
        pack="cn-core",
        severity=Severity.ERROR,
        verdict=Verdict.FAIL,
        tags=("arithmetic",),
        message="不对",
        lang="zh",
        fix="请核对",
        document=DocumentIdentity(
            path="a.json",
            organization="某某镇人民政府",
            fiscal_year=2026,
            table="t",
            table_index=0,
            table_name="目标表",
        ),
        location=Location(
            pointer=f"{AT}/unit",
            label=f"{label} · 计量单位",
            line=3,
            column=77,
            end_line=3,
            end_column=80,
            origin="表1 第7行",
        ),
        related=(
            Location(
                pointer=f"{AT}/value",
                label=f"{label} · 指标值",
                line=3,
                column=63,
                end_line=3,
                end_column=67,
                origin="表1 第7行",
            ),
        ),
        row=(
            Cell(title="一级指标", text="产出指标", field="level1"),
            Cell(title="二级指标", text="数量指标", field="level2"),
            Cell(title="三级指标", text="征兵", field="name"),
            Cell(title="指标值", text="5%", field="value"),
            Cell(title="计量单位", text="%", marked=True, field="unit"),
        ),
        values={"gap": "-1.00", "none": "空白"},
    )


def test_findings_come_in_the_order_of_documents_then_of_the_form_then_of_rules() -> None:
    program = FakeProgram(rules=RULES)
    doc = document(table(indicator("甲"), indicator("乙"), budget={"total": 1}))
    other = document(table(indicator("丙")), path="0.json")
    places = ["/tables/0/indicators/1/unit", "/tables/0/indicators/0/unit", "/tables/0/budget/total"]
    outcomes = [FakeOutcome(rule=rule, item=at.rpartition("/")[0], at=at) for rule in (1, 0) for at in places]
    built = build_report(
        [evaluation(doc, program, *outcomes), evaluation(other, program, FakeOutcome(rule=0, item=AT, at=AT))],
        program,
        message_of=message_of,
    )
    assert [(f.document.path, f.location.pointer, f.rule) for f in built.findings] == [
        *(("a.json", at, rule) for at in reversed(places) for rule in ("PT101", "PT102")),
        ("0.json", AT, "PT101"),
    ]


SUPPRESS = """
perflint: suppressions/1
suppressions:
- {rule: PT101, where: {row: 甲}, reason: 已核对}
"""


@given(
    st.lists(st.tuples(st.integers(0, 1), st.integers(0, 2), st.sampled_from(["fail", "unknown", "error"]))),
    st.booleans(),
)
@settings(deadline=None)
def test_the_ledger_always_adds_up(drawn: list[tuple[int, int, str]], suppress: bool) -> None:
    doc = document(table(*map(indicator, "甲乙丙")))
    outcomes = [
        FakeOutcome(
            rule=rule,
            item=f"/tables/0/indicators/{row}",
            at=f"/tables/0/indicators/{row}",
            verdict=Verdict(verdict),
            reason="说不准",
        )
        for rule, row, verdict in drawn
    ]
    suppressions = parse_suppressions(SUPPRESS, path="s.yaml", today=date(2026, 1, 1)) if suppress else None
    built = report(doc, outcomes, RULES, suppressions=suppressions)
    for count in built.rules:
        assert count.selected == sum(
            (count.passed, count.failed, count.unknown, count.not_applicable, count.suppressed, count.error)
        )
        assert sum(count.reasons.values()) == count.unknown
    assert sum(count.suppressed for count in built.rules) == built.suppressed
    assert len(built.findings) + len(built.unknowns) == len(drawn)


def test_parts_merged_are_the_whole() -> None:
    program = FakeProgram(rules=RULES)
    found = FakeOutcome(rule=0, item=AT, at=AT)
    unclear = FakeOutcome(rule=1, item=AT, at=AT, verdict=Verdict.UNKNOWN, reason="空白")
    evaluations = [
        evaluation(document(table(indicator(name)), path=f"{name}.json"), program, found, unclear) for name in "甲乙"
    ]
    whole = build_report(evaluations, program, message_of=message_of, passed_over=2, errors=[Problem(message="坏")])
    assert merge([tally_one(one, program) for one in evaluations], program) == replace(whole, errors=(), passed_over=0)
    assert replace(whole, findings=(), unknowns=()) == Report(
        packs=(PackStamp(id="cn-core", version="1.0.0", sha256="ab" * 32),),
        documents=2,
        tables=2,
        findings=(),
        unknowns=(),
        rules=(
            RuleCount(rule="PT101", name="some-rule", selected=4, passed=2, failed=2),
            RuleCount(rule="PT102", name="other-rule", selected=4, passed=2, unknown=2, reasons={"空白": 2}),
        ),
        errors=(Problem(message="坏"),),
        passed_over=2,
        checked=tuple(
            CheckedDocument(
                path=f"{name}.json",
                organization="某某镇人民政府",
                fiscal_year=2026,
                tables=1,
                found=1,
                undecided=1,
            )
            for name in "甲乙"
        ),
    )


def test_parts_checked_against_different_rules_are_merged_rule_by_rule() -> None:
    book = FakeProgram(rules=[make_rule(id="PT103", name="c"), *RULES])
    programs = ((FakeProgram(rules=RULES), 1), (FakeProgram(rules=RULES[1:]), 2))

    def tallies() -> list[Tally]:
        return [tally_one(evaluation(document(table()), one, passed=passed), one) for one, passed in programs]

    merged = merge(tallies(), book, notices=False)
    assert merged.rules == (
        RuleCount(rule="PT103", name="c"),
        RuleCount(rule="PT101", name="some-rule", selected=1, passed=1),
        RuleCount(rule="PT102", name="other-rule", selected=3, passed=3),
    )
    assert merged.notices == ()
    assert [notice.rule for notice in merge(tallies(), book).notices] == ["PT103"]


def test_rule_that_never_matched_is_reported() -> None:
    program = FakeProgram(rules=[make_rule(id=f"PT10{n}", name="r") for n in range(4)])
    unclear = FakeOutcome(rule=1, item=AT, at=AT, verdict=Verdict.UNKNOWN, reason="空白")
    made = evaluation(document(table(indicator("甲"))), program, unclear, passed=0)
    counts = [
        replace(made.counts[0], selected=3, passed=1, not_applicable=2),
        *made.counts[1:3],
        replace(made.counts[3], selected=2, not_applicable=2),
    ]
    built = build_report([replace(made, counts=counts)], program, message_of=message_of)
    code = "perflint/rule-never-matched"
    assert built.notices == (
        Notice(code=code, rule="PT101", message="规则 PT101 r 一项也没能判断（未知 1 项）"),
        Notice(code=code, rule="PT102", message="规则 PT102 r 没有对象可查"),
        Notice(code=code, rule="PT103", message="规则 PT103 r 看了 2 项，都不适用"),
    )


def test_a_crash_is_a_finding_that_nothing_suppresses() -> None:
    suppressions = parse_suppressions(SUPPRESS, path="s.yaml", today=date(2026, 1, 1))
    crash = FakeOutcome(rule=0, item=AT, at=AT, verdict=Verdict.ERROR, reason="除以零")
    [finding] = report(document(table(indicator("甲"))), [crash], suppressions=suppressions).findings
    assert (finding.verdict, finding.message, finding.fix, finding.suppressed) == (Verdict.ERROR, "除以零", None, None)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_language_is_that_of_the_report(lang: str) -> None:
    [finding] = report(
        document(table(indicator("甲"))), [FakeOutcome(rule=0, item=AT, at=f"{AT}/unit")], lang=lang
    ).findings
    expected = {
        "zh": ("不对", "请核对", "产出指标 / 数量指标 / 甲 · 计量单位"),
        "en": ("不对 (en)", "Check it", "产出指标 / 数量指标 / 甲 · unit of measure"),
    }
    assert (finding.message, finding.fix, finding.location.label) == expected[lang]


def test_a_baseline_written_under_a_former_id_still_holds() -> None:
    doc = document(table(indicator("甲")))
    outcome = FakeOutcome(rule=0, item=AT, at=AT, operands=((f"{AT}/value", "5"),))
    baseline = accept(report(doc, [outcome], [make_rule(id="PT099")]))
    built = report(doc, [outcome], [make_rule(id="PT101", formerly=("PT099",))], baseline=baseline)
    assert [finding.suppressed is not None for finding in built.findings] == [True]
    [notice] = built.notices
    assert (notice.code, notice.rule) == ("perflint/rule-renamed", "PT101")
    assert notice.message == "基线中有 1 项：“PT099”现在是 PT101 some-rule"
    renewed = renew(baseline, built)
    assert [(entry.rule, entry.fingerprint) for entry in renewed.entries] == [("PT101", built.findings[0].fingerprint)]
    stale = list_stale(doc, [], [make_rule(id="PT101", formerly=("PT099",))], baseline=baseline)
    assert stale == baseline.entries


def test_related_places_and_the_row_leave_out_cells_that_the_form_lacks() -> None:
    made = document(table(indicator("甲"), budget={"total": "1"}))
    row = "/tables/0/indicators/0"
    operands = (
        (f"{row}/value", "5"),
        (f"{row}/weight", None),
        ("/tables/0/budget/total", "1"),
        ("/tables/0/project/period/start", None),
    )
    [finding] = report(made, [FakeOutcome(rule=0, item=row, at=f"{row}/unit", operands=operands)]).findings
    assert [place.pointer for place in finding.related] == [f"{row}/value", "/tables/0/budget/total"]
    assert [cell.field for cell in finding.row] == ["level1", "level2", "name", "comparator", "value", "unit"]


def test_a_report_carries_the_tables_as_the_form_looks_only_if_asked() -> None:
    found = evaluation(document(table(indicator("甲"))), FakeProgram(rules=()))
    plain, drawn = (
        build_report([found], FakeProgram(rules=()), message_of=message_of, draw=draw) for draw in (False, True)
    )
    assert [one.checked[0].drawing for one in (plain, drawn)] == [(), draw_document(found.document.data)]
