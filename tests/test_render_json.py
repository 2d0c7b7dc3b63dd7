"""JSON: of the shape of its schema, complete, and without surprises."""

from __future__ import annotations

import json

import jsonschema
import pytest
from rendering import PATH, PROGRAM, empty, sample

from perflint.errors import ConfigError
from perflint.finding import Report
from perflint.render import render
from perflint.schema import load_schema
from perflint.version import VERSION


def parsed(report: Report) -> dict[str, object]:
    rendered = render(report, "json", program=PROGRAM)
    assert isinstance(rendered, str)
    data: dict[str, object] = json.loads(rendered)
    return data


@pytest.mark.parametrize("report", [sample(), sample("en"), empty()])
def test_json_is_of_its_schema(report: Report) -> None:
    schema = load_schema("report-1")
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(parsed(report))


def test_a_finding_in_full() -> None:
    data = parsed(sample())
    findings = data["findings"]
    assert isinstance(findings, list)
    first = findings[0]
    assert {**first, "fingerprint": "", "group": ""} == {
        "rule": "PT101",
        "name": "ari-expenditure-sum",
        "pack": "cn-core",
        "severity": "error",
        "verdict": "fail",
        "tags": ["arithmetic"],
        "message": "基本支出 1107.80 + 项目支出 90 = 1197.80，与资金总额 1198.80 相差 -1.00",
        "lang": "zh",
        "fix": "请核对",
        "document": {
            "path": PATH,
            "organization": "某某镇人民政府",
            "fiscal_year": 2026,
            "table": "部门整体支出绩效目标表",
            "table_index": 0,
            "table_name": "部门整体支出绩效目标表",
        },
        "location": {
            "pointer": "/tables/0/budget/total",
            "label": "部门整体支出绩效目标表 · 资金总额",
            "line": 5,
            "column": 24,
            "end_line": 5,
            "end_column": 33,
        },
        "related": [
            {
                "pointer": "/tables/0/budget/by_use/basic",
                "label": "部门整体支出绩效目标表 · 基本支出",
                "line": 5,
                "column": 55,
                "end_line": 5,
                "end_column": 64,
            },
            {
                "pointer": "/tables/0/budget/by_use/project",
                "label": "部门整体支出绩效目标表 · 项目支出",
                "line": 5,
                "column": 77,
                "end_line": 5,
                "end_column": 79,
            },
        ],
        "row": [
            {"field": "total", "title": "资金总额", "text": "1198.80", "marked": True},
            {"field": "basic", "title": "基本支出", "text": "1107.80", "marked": False},
            {"field": "project", "title": "项目支出", "text": "90", "marked": False},
        ],
        "values": {"parts": "1197.80", "gap": "-1.00"},
        "fingerprint": "",
        "group": "",
        "suppressed": None,
    }


def test_the_rest_of_the_report() -> None:
    data = parsed(sample())
    findings, unknowns = data.pop("findings"), data.pop("unknowns")
    assert isinstance(findings, list)
    assert isinstance(unknowns, list)
    assert [finding["suppressed"] for finding in findings if finding["suppressed"]] == [
        {"kind": "file", "reason": "已核对, 无误", "until": "2026-12-31", "line": 3}
    ]
    assert [(unknown["verdict"], unknown["message"]) for unknown in unknowns] == [("unknown", "单位不同")]
    zero = {"selected": 2, "pass": 2, "fail": 0, "unknown": 0, "not_applicable": 0, "suppressed": 0, "error": 0}
    assert data == {
        "perflint": "report/1",
        "version": VERSION,
        "lang": "zh",
        "packs": [{"id": "cn-core", "version": "1.0.0", "sha256": "ab" * 32}],
        "summary": {
            "documents": 2,
            "tables": 2,
            "error": 1,
            "warning": 4,
            "info": 1,
            "crashed": 1,
            "unknown": 1,
            "suppressed": 1,
            "unread": 1,
            "passed_over": 2,
        },
        "documents": [
            {"path": PATH, "organization": "某某镇人民政府", "fiscal_year": 2026, "tables": 2},
            {"path": "b.json", "organization": None, "fiscal_year": None, "tables": 0},
        ],
        "rules": [
            {**zero, "rule": "PT101", "name": "ari-expenditure-sum", "selected": 3, "fail": 1},
            {**zero, "rule": "PT401", "name": "unit-missing", "selected": 4, "suppressed": 1, "error": 1},
            {**zero, "rule": "PT451", "name": "pct-double-sign", "selected": 5, "fail": 3},
            {
                **zero,
                "rule": "PT801",
                "name": "txt-typo",
                "selected": 4,
                "fail": 1,
                "unknown": 1,
                "reasons": {"单位不同": 1},
            },
            {**zero, "rule": "PT999", "name": "never", "selected": 0, "pass": 0},
        ],
        "notices": [
            {"code": "perflint/rule-never-matched", "rule": "PT999", "message": "规则 PT999 never 没有对象可查"}
        ],
        "errors": [{"message": "不是 JSON", "path": "坏.json", "line": 3, "column": 5, "hint": "删去逗号"}],
    }


def test_half_a_character_in_a_file_name_can_be_written() -> None:
    rendered = render(sample(path="a\udcff.json"), "json")
    assert isinstance(rendered, str)
    assert '"path": "a?.json"' in rendered.encode().decode()


def test_an_unknown_format_is_refused_with_the_legal_ones() -> None:
    with pytest.raises(ConfigError, match="没有格式 yaml"):
        render(empty(), "yaml")
