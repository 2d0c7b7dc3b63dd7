"""What the reader of an original was not sure of is no error, and says so."""

from __future__ import annotations

from typing import Any

import pytest

from perflint import Linter, read

LISTED = ["/tables/0/indicators/0", "/tables/0/indicators/1"]
ROWS: list[dict[str, Any]] = [
    {"level1": "产出指标", "level2": "数量指标", "name": "维修道路", "comparator": "≥", "value": "5", "unit": None},
    {
        "level1": "满意度指标",
        "level2": "服务对象满意度指标",
        "name": "群众满意度",
        "comparator": "≥",
        "value": "90",
        "unit": "%",
    },
]


def check(rows: list[dict[str, Any]], rule: str, **more: Any) -> list[tuple[str, str]]:
    document = {"perflint": "document/1", "fiscal_year": 2026, "tables": [{"indicators": rows}], **more}
    report = Linter(packs=["cn-core"], select=[rule]).check(document)
    return [(finding.severity.value, finding.message) for finding in report.findings]


@pytest.mark.parametrize(
    ("noticed", "origin"),
    [
        ("第14行", "第14行"),
        ("表2 第7行第1列", "表2 第7行第6列"),
        ("第3页 表1 第2行第1列", "第3页 表1 第2行第4列"),
        ("明细!A9", "明细!F9"),
    ],
)
def test_an_error_in_a_row_that_may_be_misread_is_a_warning(noticed: str, origin: str) -> None:
    notices = [{"code": "row_doubtful", "text": "这一行和表头有不止一种对法", "origin": noticed}]
    found = check(ROWS, "unit-missing", origins={f"{LISTED[0]}/unit": origin}, **{"x-notices": notices})
    assert found == [("warning", "指标“维修道路”的值是“5”，计量单位却是空白（这一行可能读错，先对照原件）")]


def test_a_warning_in_such_a_row_stays_as_it_is() -> None:
    notices = [{"code": "row_doubtful", "text": "这一行和表头有不止一种对法", "origin": "第14行"}]
    row = {**ROWS[0], "unit": "公里", "value": "5.5", "comparator": None}
    found = check([row], "cmp-missing", origins={LISTED[0]: "第14行"}, **{"x-notices": notices})
    assert found == [("warning", "指标“维修道路”的值“5.5公里”没有写≥、≤或=，看不出是至少还是至多")]


@pytest.mark.parametrize("noticed", ["第15行", "表1 第14行第1列", "", "第14"])
def test_another_row_is_told_as_it_is(noticed: str) -> None:
    notices = [
        {"code": "row_doubtful", "text": "这一行和表头有不止一种对法", "origin": noticed},
        {"code": "level_repeated", "origin": "第14行"},
    ]
    found = check(ROWS, "unit-missing", origins={f"{LISTED[0]}/unit": "第14行"}, **{"x-notices": notices})
    assert found == [("error", "指标“维修道路”的值是“5”，计量单位却是空白")]


def test_cells_put_in_their_places_by_their_content_are_told_as_they_are() -> None:
    notices = [{"code": "row_displaced", "text": "单元格错位，按内容归位", "origin": "第14行"}]
    found = check(ROWS, "unit-missing", origins={f"{LISTED[0]}/unit": "第14行"}, **{"x-notices": notices})
    assert found == [("error", "指标“维修道路”的值是“5”，计量单位却是空白")]


@pytest.mark.parametrize("kept", ["看过了", 3, [1, None, {"code": 1}], {"code": "row_displaced"}])
def test_what_others_keep_under_the_key_of_notices_says_nothing(kept: Any) -> None:
    assert check(ROWS, "unit-missing", **{"x-notices": kept})[0][0] == "error"


@pytest.mark.parametrize(
    ("row", "level"),
    [("第17行", "warning"), ("第19行", "warning"), ("第20行", "warning"), ("第21行", "error"), ("第16行", "error")],
)
def test_rows_that_nobody_read_leave_the_sum_of_the_weights_open(row: str, level: str) -> None:
    weighed = [{**ROWS[0], "unit": "公里", "weight": 40}, {**ROWS[1], "weight": 10}]
    origins = {LISTED[0]: "第16行", LISTED[1]: "第18行"}
    ((severity, _),) = check(weighed, "ari-weight-sum", origins=origins, unread=[{"text": "质量", "origin": row}])
    assert severity == level


def test_what_the_form_knows_and_the_document_has_no_place_for_is_no_lost_row() -> None:
    weighed = [{**ROWS[0], "unit": "公里", "weight": 40}, {**ROWS[1], "weight": 10}]
    unread = [{"text": "审核人：", "label": "审核人", "origin": "第18行"}]
    origins = {LISTED[0]: "第16行", LISTED[1]: "第18行"}
    assert check(weighed, "ari-weight-sum", origins=origins, unread=unread)[0][0] == "error"


def test_a_page_that_breaks_off_in_a_table_leaves_open_what_the_table_lacks() -> None:
    cells = [
        ["一级指标", "二级指标", "三级指标", "指标值", "分值"],
        ["产出指标", "数量指标", "维修道路", "≥5公里", "40"],
    ]
    cells += [["满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "10"]]
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells)
    levels = []
    for end in ("</table></body></html>", "<tr><td>"):
        page = f"<html><meta charset='utf-8'><body><p>2026年项目支出绩效目标表</p><table>{rows}{end}"
        report = Linter(packs=["cn-core"], select=["ari-weight-sum"]).check(read(page.encode(), name="页.html"))
        levels += [(finding.severity.value, finding.message[-17:]) for finding in report.findings]
    assert levels[0][0] == "error"
    assert levels[1] == ("warning", "（这张表可能没有读全，先对照原件）")
