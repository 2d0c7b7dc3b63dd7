"""Fingerprints: one fault keeps its mark whatever happens around it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reporting import FakeOutcome, document, indicator, make_rule, report, table

from perflint.document.loading import parse_document
from perflint.document.model import Document
from perflint.finding import Report
from perflint.interpret import read_value
from perflint.report.identity import canonical

NAMES = st.lists(st.sampled_from("甲乙丙丁戊己"), min_size=1, max_size=5)
VALUES = st.decimals(min_value=-1000, max_value=1000, places=2)


def check_values(doc: Document, *, lang: str = "zh") -> Report:
    """Pretend that a rule about values, and one about the whole table, find fault with everything."""
    rows = doc.data["tables"][0]["indicators"]
    at = [f"/tables/0/indicators/{index}" for index in range(len(rows))]
    values = [row["value"] for row in rows]
    one_each = [
        FakeOutcome(rule=0, item=pointer, at=f"{pointer}/value", operands=((f"{pointer}/value", value),))
        for pointer, value in zip(at, values, strict=True)
    ]
    whole = FakeOutcome(
        rule=1,
        item="/tables/0",
        at="/tables/0",
        operands=tuple((f"{pointer}/value", value) for pointer, value in zip(at, values, strict=True)),
    )
    return report(doc, [*one_each, whole], [make_rule(id="PT101"), make_rule(id="PT102")], lang=lang)


def fingerprints(found: Report) -> Counter[tuple[str, str, str]]:
    return Counter((finding.rule, finding.fingerprint, finding.group) for finding in found.findings)


def rows_of(names: Sequence[str], values: Sequence[Decimal]) -> list[dict[str, Any]]:
    return [indicator(name, value=value) for name, value in zip(names, values, strict=False)]


@given(st.data(), NAMES)
@settings(deadline=None)
def test_reordering_rows_keeps_fingerprints(data: st.DataObject, names: list[str]) -> None:
    rows = rows_of(names, data.draw(st.lists(VALUES, min_size=len(names), max_size=len(names))))
    shuffled = data.draw(st.permutations(rows))
    assert fingerprints(check_values(document(table(*rows)))) == fingerprints(check_values(document(table(*shuffled))))


@given(NAMES, VALUES, st.sampled_from(["b.json", None, "某 目录/c.json#4"]))
@settings(deadline=None)
def test_the_file_name_and_the_language_do_not_matter(names: list[str], value: Decimal, path: str | None) -> None:
    rows = rows_of(names, [value] * len(names))
    plain = check_values(document(table(*rows)))
    assert fingerprints(plain) == fingerprints(check_values(document(table(*rows), path=path), lang="en"))


@given(NAMES, st.sampled_from(["5", "5.0", "5.00"]), st.sampled_from([None, 1, 4]))
@settings(deadline=None)
def test_formatting_does_not_matter(names: list[str], value: str, indent: int | None) -> None:
    raw = {
        "perflint": "document/1",
        "organization": {"name": " 某某镇人民政府 "},
        "fiscal_year": 2026,
        "tables": [table(*({**indicator(name), "value": "@"} for name in names))],
    }
    text = json.dumps(raw, indent=indent, sort_keys=indent == 1, ensure_ascii=indent == 4).replace('"@"', value)
    plain = check_values(document(table(*rows_of(names, [Decimal(5)] * len(names)))))
    assert fingerprints(plain) == fingerprints(check_values(parse_document(text, path="x.json")))


@given(st.lists(VALUES, min_size=3, max_size=3), VALUES.filter(bool))
@settings(deadline=None)
def test_changing_an_operand_changes_the_fingerprint_and_not_the_group(values: list[Decimal], step: Decimal) -> None:
    before = check_values(document(table(*rows_of("甲乙丙", values)))).findings
    after = check_values(document(table(*rows_of("甲乙丙", [values[0] + step, *values[1:]])))).findings
    changed = [one.fingerprint != other.fingerprint for one, other in zip(before, after, strict=True)]
    assert changed == [True, True, False, False]  # the table, then the rows
    assert [one.group for one in before] == [other.group for other in after]


def test_fixing_the_first_keeps_the_other_fingerprints() -> None:
    rows = rows_of("甲乙丙", [Decimal(1), Decimal(2), Decimal(3)])
    before = check_values(document(table(*rows)))
    after = check_values(document(table(*rows[1:])))
    rule = [finding.fingerprint for finding in before.findings if finding.rule == "PT101"]
    assert [finding.fingerprint for finding in after.findings if finding.rule == "PT101"] == rule[1:]


def test_only_rows_that_are_the_same_throughout_are_numbered() -> None:
    rows = rows_of("甲甲乙", [Decimal(1)] * 3)
    found = [
        finding.fingerprint for finding in check_values(document(table(*rows))).findings if finding.rule == "PT101"
    ]
    single = [
        finding.fingerprint for finding in check_values(document(table(*rows[1:]))).findings if finding.rule == "PT101"
    ]
    assert len(set(found)) == 3
    assert [found[0], found[2]] == single


@pytest.mark.parametrize(
    "other",
    [
        document(table(indicator("甲")), fiscal_year=2025),
        document(table(indicator("甲")), organization={"name": "另某镇人民政府"}),
        document(table(indicator("甲"), title="另一张表")),
        document(table(indicator("甲"), project={"name": "道路"})),
        document(table(indicator("乙"))),
        document(table(indicator("甲", section="long_term"))),
        document(table(indicator("甲", level2="质量指标"))),
    ],
)
def test_what_is_printed_around_it_is_part_of_it(other: Document) -> None:
    plain = check_values(document(table(indicator("甲")))).findings
    assert plain[1].fingerprint != check_values(other).findings[1].fingerprint


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Decimal("1198.80"), Decimal("1198.8")),
        (Decimal("1E+3"), Decimal(1000)),
        (Decimal("-0.0"), Decimal(0)),
        ("≥５ 次", "≥5次"),
        ((Decimal("1.0"), None), [Decimal(1), None]),
        (read_value("≥ 5", "次"), read_value("≥5", "次")),
        ({"b": Decimal(1), "a": "x"}, {"a": "x", "b": Decimal("1.0")}),
    ],
)
def test_equal_values_are_written_alike(one: object, other: object) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Decimal(1), Decimal(10)),
        (Decimal(-1), Decimal(1)),
        (None, ""),
        ((), None),
        (True, Decimal(1)),
        (read_value("5", "次", "≥"), read_value("5", "次", "≤")),
        (read_value("5", "次"), read_value("5", "个")),
    ],
)
def test_different_values_are_written_apart(one: object, other: object) -> None:
    assert canonical(one) != canonical(other)
