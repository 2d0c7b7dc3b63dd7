"""The suppression file and the baseline: what is accepted stays accepted, and nothing else hides behind it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from reporting import FakeOutcome, accept, document, indicator, list_stale, make_rule, renew, report, table

from perflint.document.model import Document
from perflint.errors import ConfigError
from perflint.finding import Notice, Report, Suppression, Verdict
from perflint.report.baseline import Baseline, load_baseline, parse_baseline
from perflint.report.suppressions import Suppressions, load_suppressions, parse_suppressions

AT = "/tables/0/indicators/0"
UNIT = FakeOutcome(rule=0, item=AT, at=f"{AT}/unit", operands=((f"{AT}/value", "5"),))
RULE = make_rule(id="PT401", name="unit-missing", formerly=("PT499",))


def suppress(*entries: str) -> Suppressions:
    text = "perflint: suppressions/1\nsuppressions:\n" + "".join(f"- {entry}\n" for entry in entries)
    return parse_suppressions(text, path="s.yaml", today=date(2026, 6, 1))


def check(suppressions: Suppressions, doc: Document | None = None, *outcomes: FakeOutcome) -> Report:
    doc = doc or document(table(indicator("征兵人数"), id="t"))
    return report(doc, outcomes or [UNIT], [RULE], suppressions=suppressions)


@pytest.mark.parametrize("rule", ["PT401", "PT499", "unit-missing"])
@pytest.mark.parametrize(
    "where",
    [
        "row: 征兵人数",
        "row: 产出指标 / 征兵人数",
        "row: [产出指标, 数量指标, 征兵人数]",
        "row: 产出指标 / 数量指标 / 征兵人数 · 计量单位",
        "row: 产出指标 / 数量指标 / 征兵人数 · unit of measure",
        "row: 征兵…",
        "row: ' 征 兵人数'",
        "{cell: unit, table: 部门整体支出绩效目标表}",
        "{cell: 计量单位, table: t}",
        "{organization: 某某镇人民政府, fiscal_year: 2026}",
    ],
)
def test_a_place_is_named_by_its_labels(rule: str, where: str) -> None:
    where = where if where.startswith("{") else "{" + where + "}"
    [finding] = check(suppress(f"{{rule: {rule}, where: {where}, reason: 已核对, until: 2026-06-01}}")).findings
    assert finding.suppressed == Suppression(kind="file", reason="已核对", until="2026-06-01", line=3)


@pytest.mark.parametrize(
    "where",
    [
        "row: 征兵",
        "row: 征兵人数 / 产出指标",
        "row: 征兵人数 · 指标值",
        "table: 另一张表",
        "organization: 另某镇人民政府",
        "fiscal_year: 2025",
        "fingerprint: 00",
    ],
)
def test_another_place_is_not_meant(where: str) -> None:
    [finding] = check(suppress(f"{{rule: PT401, where: {{{where}}}, reason: 已核对}}")).findings
    assert finding.suppressed is None


def test_the_label_of_a_report_can_be_pasted_as_it_is() -> None:
    item = "/tables/1/spending/items/0"
    doc = document(table(), table(title="乙", spending={"items": [{"category": "党建", "name": "宣传", "amount": 1}]}))
    for lang in ("zh", "en"):
        outcome = FakeOutcome(rule=0, item=item, at=f"{item}/amount")
        [finding] = report(doc, [outcome], [RULE], lang=lang).findings
        entry = f'{{rule: PT401, where: {{row: "{finding.location.label}"}}, reason: 已核对}}'
        assert [f.suppressed is not None for f in check(suppress(entry), doc, outcome).findings] == [True]


def test_a_year_names_a_row_of_prior_years() -> None:
    item = "/tables/0/budget/history/0"
    doc = document(table(budget={"history": [{"year": 2025, "total": 1}]}))
    outcome = FakeOutcome(rule=0, item=item, at=f"{item}/total")
    found = check(suppress("{rule: PT401, where: {row: 2025}, reason: 已核对}"), doc, outcome)
    assert [f.suppressed is not None for f in found.findings] == [True]


def test_a_fingerprint_means_one_finding() -> None:
    [finding] = report(document(table(indicator("征兵人数"), id="t")), [UNIT], [RULE]).findings
    entry = f"{{rule: PT401, where: {{fingerprint: '{finding.fingerprint}'}}, reason: 已核对}}"
    assert [f.suppressed is not None for f in check(suppress(entry)).findings] == [True]


def test_unused_expired_and_unknown_entries_are_reported() -> None:
    found = check(
        suppress(
            "{rule: PT401, where: {row: 征兵人数}, reason: 一, until: 2026-05-31}",
            "{rule: PT401, where: {row: 别的}, reason: 二}",
            "{rule: PT777, where: {row: 征兵人数}, reason: 三}",
            "{rule: PT401, where: {organization: 没有查的镇}, reason: 四}",
        )
    )
    assert [finding.suppressed for finding in found.findings] == [None]
    assert found.notices == (
        Notice(
            code="perflint/suppression-expired",
            rule="PT401",
            message="对 PT401 的抑制已于 2026-05-31 到期",
            path="s.yaml",
            line=3,
        ),
        Notice(
            code="perflint/suppression-unused", rule="PT401", message="对 PT401 的抑制没有用到", path="s.yaml", line=4
        ),
        Notice(
            code="perflint/suppression-unknown-rule", rule="PT777", message="本次没有规则 PT777", path="s.yaml", line=5
        ),
    )


def test_an_unknown_can_be_accepted_too() -> None:
    unclear = FakeOutcome(rule=0, item=AT, at=AT, verdict=Verdict.UNKNOWN, reason="空白")
    found = check(suppress("{rule: PT401, where: {row: 征兵人数}, reason: 已核对}"), None, unclear)
    assert [count.suppressed for count in found.rules] == [1]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("suppressions: []", "s.yaml:1:1: 第一行应为 perflint: suppressions/1"),
        ("perflint: suppressions/1\nextra: 1", "s.yaml:2:1: 没有“extra”这一项"),
        ("perflint: suppressions/1\nsuppressions: 1", "s.yaml:2:15: suppressions 应是列表"),
        ("{rule: PT1, where: {row: 甲}}", "s.yaml:3:3: 必须写明理由"),
        ("{rule: PT1, where: {row: 甲}, reason: ''}", "s.yaml:3:40: 必须写明理由"),
        ("{rule: PT1, reason: 甲}", "s.yaml:3:3: where 要写明是哪一处"),
        ("{rule: PT1, where: {rows: 甲}, reason: 甲}", "s.yaml:3:23: 没有“rows”这一项"),
        ("{rule: PT1, where: {row: 甲}, reason: 甲, until: 2026-13-01}", "s.yaml:3:50: until 应写成 2026-12-31"),
        ("{rule: PT1, where: {fiscal_year: 今年}, reason: 甲}", "s.yaml:3:36: 年度应是整数"),
        ("{rule: PT1, where: {row: {a: b}}, reason: 甲}", "s.yaml:3:28: row 应是行内的名称"),
    ],
)
def test_a_bad_entry_is_named_with_its_place(text: str, complaint: str) -> None:
    if text.startswith("{"):
        text = "perflint: suppressions/1\nsuppressions:\n- " + text
    with pytest.raises(ConfigError) as caught:
        parse_suppressions(text, path="s.yaml", today=date(2026, 1, 1))
    assert str(caught.value).startswith(complaint)


def test_a_missing_file_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        load_suppressions(tmp_path / "none.yaml", today=date(2026, 1, 1))
    with pytest.raises(ConfigError, match="perflint baseline write"):
        load_baseline(tmp_path / "none.jsonl")


ROWS = document(table(indicator("甲"), indicator("乙")))


def outcome(row: int, value: str = "5", rule: int = 0) -> FakeOutcome:
    at = f"/tables/0/indicators/{row}"
    return FakeOutcome(rule=rule, item=at, at=at, operands=((f"{at}/value", value),))


def test_the_baseline_is_sorted_lines_that_read_back() -> None:
    baseline = accept(report(ROWS, [outcome(0), outcome(1)], [RULE]))
    keys = [entry.fingerprint for entry in baseline.entries]
    assert keys == sorted(keys)
    assert len(set(keys)) == 2


def test_a_label_with_odd_line_ends_stays_one_line() -> None:
    doc = document(table(indicator("甲\x85乙\u2028丙")))
    baseline = accept(report(doc, [outcome(0)], [RULE]))
    assert [entry.label for entry in baseline.entries] == ["产出指标 / 数量指标 / 甲 乙 丙"]


def test_what_the_baseline_holds_is_marked_not_hidden() -> None:
    baseline = accept(report(ROWS, [outcome(0)], [RULE]))
    found = report(ROWS, [outcome(0), outcome(1)], [RULE], baseline=baseline)
    assert [finding.suppressed is not None for finding in found.findings] == [True, False]
    assert found.findings[0].suppressed == Suppression(
        kind="baseline", reason="在基线中", fingerprint=found.findings[0].fingerprint
    )


def test_swapped_finding_is_visible() -> None:
    baseline = accept(report(ROWS, [outcome(0)], [RULE]))
    assert [f.suppressed for f in report(ROWS, [outcome(1)], [RULE], baseline=baseline).findings] == [None]
    assert [f.suppressed for f in report(ROWS, [outcome(0, "6")], [RULE], baseline=baseline).findings] == [None]


def test_a_baseline_does_not_grow_silently() -> None:
    old = accept(report(ROWS, [outcome(0)], [RULE]))
    found = report(ROWS, [outcome(0), outcome(1)], [RULE])
    with pytest.raises(ConfigError) as caught:
        renew(old, found)
    assert [problem.message for problem in caught.value.problems] == ["基线里没有：PT401 产出指标 / 数量指标 / 乙"]
    assert renew(old, found, grow=True) == accept(found)
    changed = report(ROWS, [outcome(0, "6")], [RULE])
    with pytest.raises(ConfigError) as caught:
        renew(old, changed)
    assert [problem.message for problem in caught.value.problems] == [
        "与基线中的同一处不同：PT401 产出指标 / 数量指标 / 甲"
    ]


def test_many_new_findings_are_refused_in_few_words() -> None:
    many = document(table(*(indicator(f"指标{number}") for number in range(30))))
    rows = [f"/tables/0/indicators/{number}" for number in range(30)]
    found = report(many, [FakeOutcome(rule=0, item=row, at=f"{row}/unit") for row in rows], [RULE])
    with pytest.raises(ConfigError) as refused:
        renew(Baseline(), found)
    assert len(refused.value.problems) == 21
    assert refused.value.problems[-1].message == "还有 10 项也不在基线里"


def test_pruning_drops_what_is_gone_and_leaves_what_was_not_checked() -> None:
    other = document(table(indicator("甲")), fiscal_year=2025)
    rules = [RULE, make_rule(id="PT402")]
    everything = [report(ROWS, [outcome(0), outcome(1), outcome(0, rule=1)], rules), report(other, [outcome(0)], rules)]
    old = Baseline(entries=tuple(entry for one in everything for entry in accept(one).entries))
    now = report(ROWS, [outcome(0)], [RULE], baseline=old)
    stale = list_stale(ROWS, [outcome(0)], [RULE], baseline=old)
    assert [(entry.rule, entry.fiscal_year, entry.label[-1]) for entry in stale] == [("PT401", 2026, "乙")]
    assert set(renew(old, now, stale=stale).entries) == set(old.entries) - set(stale)
    assert [(notice.code, notice.message) for notice in now.notices] == [
        ("perflint/baseline-stale", "基线中有 1 项已不存在")
    ]


def test_a_file_that_is_no_baseline_is_refused() -> None:
    with pytest.raises(ConfigError, match="b:2: 不是基线的一行"):
        parse_baseline('{"fingerprint": "a", "group": "b", "rule": "c"}\n{"x": 1}\n', path="b")
