"""One report with something of everything, for the tests of all formats."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from reporting import FakeOutcome, FakeProgram, build_report, evaluation, make_rule, message_of

from perflint.document.loading import build_document, parse_document
from perflint.errors import Problem
from perflint.finding import Report, Severity, Verdict
from perflint.report.suppressions import parse_suppressions

TEXT = """{"perflint": "document/1",
 "organization": {"name": "某某镇人民政府"}, "fiscal_year": 2026,
 "tables": [
  {"title": "部门整体支出绩效目标表",
   "budget": {"total": "1198.80", "by_use": {"basic": "1107.80", "project": 90}},
   "indicators": [
    {"level1": "产出指标", "level2": "数量指标", "name": "征兵", "value": "6", "unit": null},
    {"level1": "产出指标", "level2": "质量指标", "name": "达标率", "value": "98%", "unit": "%"},
    {"level1": "产出指标", "level2": "质量指标", "name": "合格率", "value": "95%", "unit": "%"},
    {"level1": "产出指标", "level2": "质量指标", "name": "覆盖率", "value": "90%", "unit": "%"}]},
  {"title": "项目支出绩效目标表", "project": {"name": "农村道路"},
   "spending": {"items": [{"category": "=SUM(A1)", "name": "|a|<b>`c`", "amount": 8}]}}],
 "origins": {"/tables/1/spending/items/0": "表2 第3行"}}
"""

SUPPRESSIONS = """perflint: suppressions/1
suppressions:
- {rule: PT401, where: {row: 征兵}, reason: "已核对, 无误", until: 2026-12-31}
"""

PROGRAM = FakeProgram(
    rules=(
        make_rule(
            id="PT101",
            name="ari-expenditure-sum",
            title={"zh": "支出之和不等于总额", "en": "Parts differ from the total"},
        ),
        make_rule(id="PT401", name="unit-missing", severity=Severity.WARNING, tags=("unit",)),
        make_rule(
            id="PT451",
            name="pct-double-sign",
            severity=Severity.WARNING,
            tags=("unit", "percent"),
            title={"zh": "重复写“%”", "en": "Percent sign twice"},
            fix={"zh": "只写一个“%”", "en": "Write one %"},
        ),
        make_rule(id="PT801", name="txt-typo", severity=Severity.INFO, tags=("text",), fix=None),
        make_rule(id="PT999", name="never"),
    )
)

_ROWS = "/tables/0/indicators"
_ITEM = "/tables/1/spending/items/0"
_BUDGET = "/tables/0/budget"

OUTCOMES = (
    FakeOutcome(
        rule=0,
        item="/tables/0",
        at=f"{_BUDGET}/total",
        message="基本支出 1107.80 + 项目支出 90 = 1197.80，与资金总额 1198.80 相差 -1.00",
        values={"parts": Decimal("1197.80"), "gap": Decimal("-1.00")},
        operands=(
            (f"{_BUDGET}/total", Decimal("1198.80")),
            (f"{_BUDGET}/by_use/basic", Decimal("1107.80")),
            (f"{_BUDGET}/by_use/project", Decimal(90)),
        ),
    ),
    FakeOutcome(rule=1, item=f"{_ROWS}/0", at=f"{_ROWS}/0/unit", message="没有计量单位"),
    *(
        FakeOutcome(
            rule=2,
            item=f"{_ROWS}/{row}",
            at=f"{_ROWS}/{row}/unit",
            message="“%”写了两次",
            operands=((f"{_ROWS}/{row}/value", "%"),),
        )
        for row in (1, 2, 3)
    ),
    FakeOutcome(
        rule=3, item=_ITEM, at=f"{_ITEM}/name", message="=cmd|' /C calc'!A0, 100%\n<script>\x1b[31m", operands=()
    ),
    FakeOutcome(rule=3, item=f"{_ROWS}/1", at=f"{_ROWS}/1", verdict=Verdict.UNKNOWN, reason="单位不同"),
    FakeOutcome(rule=1, item=_ITEM, at=_ITEM, verdict=Verdict.ERROR, reason="除以零"),
)

PATH = "数据 表/a.json"


def sample(lang: str = "zh", *, path: str = PATH, draw: bool = False) -> Report:
    """Return the report: two documents, one of them faultless, and a file that could not be read."""
    found = evaluation(parse_document(TEXT, path=path), PROGRAM, *OUTCOMES, passed=0)
    clean = evaluation(build_document({"perflint": "document/1", "tables": []}, path="b.json"), PROGRAM, passed=2)
    clean = replace(clean, counts=[*clean.counts[:4], replace(clean.counts[4], selected=0, passed=0)])
    return build_report(
        [found, clean],
        PROGRAM,
        message_of=message_of,
        lang=lang,
        suppressions=parse_suppressions(SUPPRESSIONS, path="s.yaml", today=date(2026, 1, 1)),
        errors=[Problem(message="不是 JSON", path="坏.json", line=3, column=5, excerpt="  1,,", hint="删去逗号")],
        passed_over=2,
        draw=draw,
    )


def empty() -> Report:
    """Return a report in which nothing was found."""
    return build_report([], FakeProgram(rules=()), message_of=message_of)
