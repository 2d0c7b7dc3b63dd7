"""What each format promises to the program that reads it."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree
from openpyxl import load_workbook
from rendering import PROGRAM, empty, sample
from reporting import make_rule

from perflint.finding import Report, Verdict
from perflint.language import speaking
from perflint.pack.model import Source
from perflint.render import FORMATS, build_options, render, render_begin, render_end, render_part
from perflint.render.markdown import LIMIT
from perflint.render.place import build_uri, strip_path
from perflint.render.rules import escape_markdown, explain_rule
from perflint.render.words import summarize
from perflint.schema import load_schema

SARIF_SCHEMA = json.loads((Path(__file__).parent / "data" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))


def text(report: Report, format_name: str) -> str:
    rendered = render(report, format_name, program=PROGRAM)
    assert isinstance(rendered, str)
    return rendered


def sarif(report: Report) -> dict[str, Any]:
    log = json.loads(text(report, "sarif"))
    jsonschema.validate(log, SARIF_SCHEMA, cls=jsonschema.Draft7Validator)
    [run] = log["runs"]
    assert isinstance(run, dict)
    return run


CONCISE = """\
数据 表/a.json:5:24: 错误 PT101 ari-expenditure-sum 部门整体支出绩效目标表 · 资金总额：基本支出 1107.80 + 项目支出 90 = 1197.80，与资金总额 1198.80 相差 -1.00
数据 表/a.json:8:81: 警告 PT451 pct-double-sign 部门整体支出绩效目标表 / 产出指标 / 质量指标 / 达标率 · 计量单位：“%”写了两次
数据 表/a.json:9:81: 警告 PT451 pct-double-sign 部门整体支出绩效目标表 / 产出指标 / 质量指标 / 合格率 · 计量单位：“%”写了两次
数据 表/a.json:10:81: 警告 PT451 pct-double-sign 部门整体支出绩效目标表 / 产出指标 / 质量指标 / 覆盖率 · 计量单位：“%”写了两次
数据 表/a.json:12:27: 规则出错 PT401 unit-missing 农村道路 / 支出明细 / =SUM(A1) / |a| `c`：除以零
数据 表/a.json:12:60: 提示 PT801 txt-typo 农村道路 / 支出明细 / =SUM(A1) / |a| `c` · 支出明细：=cmd|' /C calc'!A0, 100% <script>\\x1b[31m
坏.json:3:5: 读不了 不是 JSON
"""  # noqa: E501 - output


def test_concise_is_one_line_a_finding() -> None:
    assert text(sample(), "concise") == CONCISE
    assert text(empty(), "concise") == ""


@pytest.mark.parametrize("report", [sample(), sample("en"), empty(), sample(path="/abs/路 径/a.json#3")])
def test_sarif_is_valid(report: Report) -> None:
    sarif(report)


def test_sarif_places_are_relative_and_count_characters() -> None:
    run = sarif(sample())
    [location] = run["results"][0]["locations"]
    assert location == {
        "logicalLocations": [
            {"name": "部门整体支出绩效目标表 · 资金总额", "fullyQualifiedName": "/tables/0/budget/total"}
        ],
        "physicalLocation": {
            "artifactLocation": {"uri": "%E6%95%B0%E6%8D%AE%20%E8%A1%A8/a.json", "uriBaseId": "SRCROOT"},
            "region": {"startLine": 5, "startColumn": 24, "endLine": 5, "endColumn": 33},
        },
    }
    assert run["columnKind"] == "unicodeCodePoints"
    assert set(run["originalUriBaseIds"]) == {"SRCROOT"}
    assert [related["message"]["text"][-4:] for related in run["results"][0]["relatedLocations"]] == [
        "基本支出",
        "项目支出",
    ]


def test_sarif_suppressions_rules_and_notifications() -> None:
    run = sarif(sample())
    suppressed = [result["suppressions"] for result in run["results"] if "suppressions" in result]
    assert suppressed == [[{"kind": "external", "status": "accepted", "justification": "已核对, 无误"}]]
    rule = run["tool"]["driver"]["rules"][2]
    assert (rule["id"], rule["shortDescription"]["text"], rule["defaultConfiguration"]) == (
        "PT451",
        "重复写“%”",
        {"level": "warning"},
    )
    assert rule["help"]["markdown"] == "重复写“%”\n\n为什么\n\n**怎样改**：只写一个“%”"
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    [invocation] = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [(note["descriptor"]["id"], note["level"]) for note in invocation["toolExecutionNotifications"]] == [
        ("perflint/unreadable", "error"),
        ("perflint/rule-never-matched", "note"),
    ]


def test_a_rule_is_explained_with_its_sources() -> None:
    law = Source(document="中华人民共和国预算法", article="第十二条", checked=False)
    notice = Source(document="关于*的通知", number="财预〔2015〕88号", url="https://example.org/a(b)", checked=True)
    script = Source(document="坏", url="javascript:alert(1)", checked=False)
    rule = make_rule(id="PT101", source=(law, notice, script), fix=None, notes={"zh": "口径不同时", "en": "x"})
    assert explain_rule(rule, markdown=True) == (
        "标题\n\n为什么\n\n**依据**：中华人民共和国预算法第十二条（未核对原文）；"
        "[关于\\*的通知（财预〔2015〕88号）](https://example.org/a(b%29)；坏（未核对原文）\n\n**可能的误报**：口径不同时"
    )
    assert explain_rule(rule, markdown=False) == (
        "标题\n\n为什么\n\n依据：中华人民共和国预算法第十二条（未核对原文）；关于*的通知（财预〔2015〕88号）；坏（未核对原文）\n\n可能的误报：口径不同时"
    )


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a.json", "a.json"),
        ("./a/../b c.json", "a/../b%20c.json"),
        ("数据\\a.json", "%E6%95%B0%E6%8D%AE/a.json"),
        ("/data/a.json", "file:///data/a.json"),
        ("C:\\数\\a.json", "file:///C:/%E6%95%B0/a.json"),
        ("a:b.json", "./a%3Ab.json"),
        ("a.jsonl#12", "a.jsonl"),
    ],
)
def test_paths_become_uris(path: str, uri: str) -> None:
    assert build_uri(strip_path(path, has_line=True) or "") == uri


def test_gitlab_line_is_one_based() -> None:
    issues = json.loads(text(sample(), "gitlab"))
    assert issues[0] == {
        "description": f"部门整体支出绩效目标表 · 资金总额：{sample().findings[0].message}",
        "check_name": "PT101",
        "fingerprint": sample().findings[0].fingerprint,
        "severity": "critical",
        "location": {"path": "数据 表/a.json", "lines": {"begin": 5, "end": 5}},
    }
    assert [issue["severity"] for issue in issues] == ["critical", "major", "major", "major", "blocker", "info"]


def test_gitlab_fingerprints_are_unique_where_a_document_comes_twice() -> None:
    made = sample()
    twice = replace(made, findings=tuple(made.findings) * 2)
    fingerprints = [issue["fingerprint"] for issue in json.loads(text(twice, "gitlab"))]
    assert len(fingerprints) == len(set(fingerprints)) == 12


def test_github_escapes_what_would_end_a_command() -> None:
    made = sample(path="a,b:c%.json")
    lines = text(made, "github").splitlines()
    assert lines[0].startswith("::error file=a%2Cb%3Ac%25.json,line=5,endLine=5,col=24,endColumn=33,title=PT101 ari-")
    assert lines[-2].endswith("：=cmd|' /C calc'!A0, 100%25%0A<script>\\x1b[31m")
    assert lines[-1] == "::error file=坏.json,line=3,col=5,title=读不了::不是 JSON%0A→ 删去逗号"


def test_junit_has_a_case_for_each_rule_that_looked() -> None:
    root = etree.fromstring(text(sample(), "junit").encode())
    suites = [
        (
            suite.get("name"),
            [(case.get("name").split()[0], *(child.tag for child in case)) for case in suite],
            [suite.get(key) for key in ("tests", "failures", "errors", "skipped")],
        )
        for suite in root
    ]
    assert suites == [
        (
            "数据 表/a.json",
            [("PT101", "failure"), ("PT401", "error"), ("PT451", "failure"), ("PT801", "failure")],
            ["4", "3", "1", "0"],
        ),
        ("b.json", [("PT101",), ("PT401",), ("PT451",), ("PT801",)], ["4", "0", "0", "0"]),
        ("坏.json", [("读取", "error")], ["1", "0", "1", "0"]),
    ]
    assert root.get("tests") == "9"


def test_junit_skips_what_is_unknown_or_suppressed() -> None:
    made = sample()
    kept = tuple(finding for finding in made.findings if finding.suppressed is not None)
    root = etree.fromstring(text(replace(made, findings=kept), "junit").encode())
    skipped = [(case.get("name").split()[0], case[0].get("message")) for case in root[0] if len(case)]
    assert skipped == [("PT401", "已抑制：已核对, 无误"), ("PT801", "单位不同")]


def test_csv_opens_in_a_spreadsheet_and_runs_nothing() -> None:
    raw = text(sample(), "csv")
    assert raw.startswith("\ufeff级别,规则,")
    rows = list(csv.DictReader(io.StringIO(raw.removeprefix("\ufeff"), newline="")))
    assert rows[-1]["问题"] == "'=cmd|' /C calc'!A0, 100%\n<script>\x1b[31m"
    assert rows[0]["算出的值"] == '{"parts": "1197.80", "gap": "-1.00"}'
    assert [row["抑制"] for row in rows if row["抑制"]] == ["已核对, 无误"]
    assert not any(re.match(r"[=+\-@]", cell) for row in rows for cell in row.values())


def test_xlsx_is_a_workbook_to_work_in() -> None:
    data = render(sample(), "xlsx", program=PROGRAM)
    assert isinstance(data, bytes)
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["问题", "汇总", "未能判断", "规则"]
    sheet = book["问题"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", f"A1:P{1 + len(sample().findings)}")
    typed = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert {cell.data_type for cell in typed} == {"s", "n"}
    assert all(cell.alignment.wrap_text for cell in typed)
    last = sheet.cell(sheet.max_row, column_of(sheet, "问题"))
    assert (last.value, last.data_type, last.quotePrefix) == ("=cmd|' /C calc'!A0, 100%\n<script>[31m", "s", True)
    fills = [sheet.cell(row, 1).fill.start_color.rgb for row in range(2, sheet.max_row + 1)]
    error, warning, info, crash, suppressed = "FFF4B6BC", "FFFFE49A", "FFCFE2F3", "FFE1CFF0", "FFE3E3E3"
    assert fills == [error, suppressed, warning, warning, warning, crash, info]
    assert book["未能判断"].cell(2, column_of(book["未能判断"], "问题")).value == "单位不同"


def test_xlsx_tells_the_whole_in_short_and_every_rule_with_its_reason() -> None:
    data = render(sample(), "xlsx", program=PROGRAM)
    assert isinstance(data, bytes)
    book = load_workbook(io.BytesIO(data))
    lines = {row[0]: row[1] for row in book["汇总"].iter_rows(values_only=True)}
    assert lines["汇总"] == summarize(sample())
    assert (lines["错误"], lines["规则出错"], lines["规则包"]) == (1, 1, "cn-core 1.0.0")
    assert [cell.value for cell in book["规则"][2]][:9] == ["PT101", "支出之和不等于总额", 3, 2, 1, 0, 0, 0, 0]


def test_rows_of_the_workbook_are_as_high_as_their_text_and_print_on_pages_of_one_width() -> None:
    made = sample()
    long = replace(made, findings=[replace(made.findings[0], message="很长的说明" * 40), made.findings[1]])
    data = render(long, "xlsx", program=PROGRAM)
    assert isinstance(data, bytes)
    sheet = load_workbook(io.BytesIO(data))["问题"]
    high, low = (sheet.row_dimensions[row].height for row in (2, 3))
    assert (high > 8 * 15, low < 4 * 15) == (True, True)
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight, sheet.print_title_rows) == (
        "landscape",
        0,
        "$1:$1",
    )
    assert sheet.print_area == "'问题'!$A$1:$J$3"


def column_of(sheet: Any, title: str) -> int:
    return [cell.value for cell in sheet[1]].index(title) + 1


def test_markdown_shows_what_the_document_says_and_calls_nobody() -> None:
    shown = text(sample(), "markdown")
    assert "<script>" not in shown
    assert "| 🔵 提示 | 农村道路 / 支出明细 / =SUM(A1) / \\|a\\| \\`c\\` · 支出明细<br>12:60 · 表2 第3行 |" in shown
    assert escape_markdown("@某人 #12 [a](b) **") == "&#64;某人 \\#12 \\[a\\](b) \\*\\*"
    assert "未能判断 1 项：单位不同 1" in shown
    assert "- ❌ 坏.json:3:5: 不是 JSON" in shown


def test_a_markdown_comment_keeps_below_the_limit_and_says_what_is_missing() -> None:
    made = sample()
    shown = text(replace(made, findings=tuple(made.findings) * 200), "markdown")
    assert len(shown) <= LIMIT + 200
    listed = shown.count("\n| 🔴") + shown.count("\n| 🟠") + shown.count("\n| 🔵") + shown.count("\n| 💥")
    assert f"另有 {1200 - listed} 处没有列出。" in shown


def test_a_markdown_comment_without_room_for_all_lists_the_graver_findings() -> None:
    made = sample()
    ordered = sorted(made.findings, key=lambda finding: finding.severity.value, reverse=True)  # warnings, infos, errors
    shown = text(replace(made, findings=tuple(ordered) * 200), "markdown")
    assert (shown.count("\n| 🔴"), shown.count("\n| 💥")) == (200, 200)
    assert shown.count("\n| 🔵") == 0


def test_jsonl_lines_are_of_the_schema() -> None:
    made = sample()
    lines = [json.loads(line) for line in text(made, "jsonl").splitlines()]
    kinds = [line.pop("type") for line in lines]
    assert kinds == ["run", *["finding"] * 7, "unknown", "pack", *["rule"] * 5, "notice", "error", "summary"]
    schema = load_schema("report-1")
    for kind, line in zip(kinds, lines, strict=True):
        if kind != "run":
            name = {"unknown": "finding", "rule": "rule_count"}.get(kind, kind)
            jsonschema.validate(line, {"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]})


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", [name for name, format_ in FORMATS.items() if format_.streams])
def test_what_is_written_document_by_document_is_the_whole(name: str, lang: str) -> None:
    made = sample(lang)
    options = build_options(PROGRAM, statistics=True)
    rest = replace(made, findings=(), unknowns=(), checked=(), counted=made.totals)
    with speaking(lang):
        written = render_begin(name, options) + render_part(made, name, options)
        written += "".join(render_end(rest, name, options))
    assert written == render(made, name, program=PROGRAM, statistics=True)


def test_crashes_are_marked_in_every_format_that_can() -> None:
    [crash] = [finding for finding in sample().findings if finding.verdict is Verdict.ERROR]
    assert crash.message == "除以零"
    [result] = [one for one in sarif(sample())["results"] if one["properties"]["verdict"] == "error"]
    assert result["ruleId"] == "PT401"
