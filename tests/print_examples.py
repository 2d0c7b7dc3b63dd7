"""The five transcribed documents, printed again as their forms look: merged cells, headers over several rows.

example JSON ──print_example──▶ paragraphs and grids, for every writer of ``make_files``
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from make_files import LEFT, UP, Blocks, make_grid

from perflint.reading.grid import Grid, Paragraph

EXAMPLES = Path(__file__).parent.parent / "examples"
Record = Mapping[str, Any]
Row = list[str]
Cell = str | tuple[str, int] | None  # text, text over so many columns, blank


def load_example(name: str) -> dict[str, Any]:
    """Return the transcription whose file name starts with *name*."""
    (path,) = EXAMPLES.glob(f"{name}*.json")
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def print_example(document: Record) -> Blocks:
    """Return the document as its form prints it."""
    return _LAYOUTS[document["source"]["file"][:3]](document)


def _say(text: str) -> Paragraph:
    return Paragraph(text=text, origin="")


def _row(*cells: Cell) -> Row:
    texts: Row = []
    for cell in cells:
        text, width = cell if isinstance(cell, tuple) else (cell or "", 1)
        texts += [text, *[LEFT] * (width - 1)]
    return texts


def _print_indicators(rows: Iterable[Record], fields: Sequence[str], lead: Row | None = None) -> Iterator[Row]:
    """Yield a row for each indicator; level cells are merged downwards; *lead* stands merged before the first."""
    before: Record = {}
    for row in rows:
        texts = [row.get(field) or "" for field in fields]
        if row["level1"] == before.get("level1"):
            texts[0] = UP
            if row["level2"] == before.get("level2"):
                texts[1] = UP
        yield [*([UP] * len(lead) if before and lead else lead or []), *texts]
        before = row


def _print_narrative(document: Record) -> Iterator[Paragraph]:
    for passage in document.get("narrative", ()):
        for text in (passage.get("heading"), passage.get("text")):
            yield from map(_say, (text or "").split("\n") if text else ())


def _print_zhuting(document: Record) -> Blocks:
    (table,) = document["tables"]
    source, use = table["budget"]["by_source"], table["budget"]["by_use"]
    fields = ("level1", "level2", "name", "comparator", "value", "unit", "explanation", "remark")
    rows = [
        _row("部门（单位名称）", (table["organization"]["name"], 8)),
        _row("年度履职目标", (table["goals"][0]["text"], 8)),
        _row("年度主要任务", "任务名称", ("主要内容", 7)),
        *(_row(UP, task["name"], (task["content"], 7)) for task in table["tasks"]),
        _row("预算情况", "资金总额", ("按收入性质分", 4), ("按支出性质分", 3)),
        _row(UP, UP, "一般公共预算", "政府性基金拨款", "财政专户管理资金", "其他资金", "基本支出", ("项目支出", 2)),
        _row(UP, table["budget"]["total"], *source.values(), use["basic"], (use["project"], 2)),
        _row(
            "绩效指标",
            "一级指标",
            "二级指标",
            "三级指标",
            "指标值类型",
            "指标值",
            "度量单位",
            "指标值说明（指标解释）",
            "备注",
        ),
        *_print_indicators(table["indicators"], fields, [UP]),
    ]
    return [
        _say(table["title"]),
        _say(f"填报单位（盖章）：{table['organization']['name']}"),
        _say("单位：万元"),
        make_grid(rows),
        _say(f"制表人: {table['sign_off']['prepared_by']}"),
        _say("领导签字: "),
    ]


def _print_xiaoping(document: Record) -> Blocks:
    (table,) = document["tables"]
    fields = ("level1", "level2", "name", "comparator", "value", "unit", "explanation", "scoring", "remark")
    sign_off = table["sign_off"]
    rows = [
        _row("部门（单位）名称", ("", 9)),
        _row("部门（单位）职责", (table["duties"], 9)),
        _row("年度履职目标", (table["goals"][0]["text"], 9)),
        _row(
            "绩效指标",
            "一级指标",
            "二级指标",
            "三级指标",
            "指标类型",
            "指标值",
            "计量单位",
            "指标解释",
            "评（扣）分标准",
            "备注",
        ),
        *_print_indicators(table["indicators"], fields, [UP]),
        _row(("业务股室审核：", 5), ("绩效股审核：", 5)),
    ]
    return [
        _say(table["title"]),
        _say("（2026）年度"),
        _say(document["organization"]["name"]),
        make_grid(rows),
        _say(f"填表人：{sign_off['prepared_by']}"),
        _say(f"联系电话：{sign_off['phone']}"),
        _say(f"填表日期：{table['filed_on']}"),
        _say(f"单位负责人：{sign_off['head']}"),
    ]


def _print_hebei(document: Record) -> Blocks:
    blocks: list[Grid | Paragraph] = [*_print_narrative(document)]
    for table in document["tables"]:
        blocks += [_say(table["title"]), make_grid([*_print_hebei_table(table)])]
    return blocks


def _print_hebei_table(table: Record) -> Iterator[Row]:
    project, source = table["project"], table["budget"]["by_source"]
    first, second, third, last = table["payment_plan"]["points"]
    yield _row(("单位：万元", 7))
    yield _row("项目编码", (project["code"], 2), "项目名称", (project["name"], 3))
    funds = ("预算数", table["budget"]["total"], "其中：财政    资金", source["fiscal_appropriation"])
    yield _row("预算规模及资金用途", *funds, "其他资金", source["other"])
    yield _row(UP, (project["purpose"], 6))
    yield _row("资金支出计划（%）", first["label"], second["label"], (third["label"], 2), (last["label"], 2))
    yield _row(UP, first["amount"], second["amount"], (third["amount"] or "", 2), (last["amount"], 2))
    yield _row("绩效目标", (table["goals"][0]["text"], 6))
    yield _row("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", ("指标值确定依据", 2))
    fields = ("level1", "level2", "name", "description", "value", "basis")
    yield from ([*row, LEFT] for row in _print_indicators(table["indicators"], fields))


def _print_xingguo(document: Record) -> Blocks:
    (table,) = document["tables"]
    sign_off = table["sign_off"]
    rows = [
        _row("部门（单位）名称", (table["organization"]["name"], 8)),
        _row("填报人", (sign_off["prepared_by"], 3), ("联系电话", 2), (sign_off["phone"], 3)),
        *_print_two_sides(table["budget"]),
        _row("部门职能概述", (table["duties"], 8)),
        _row("年度工作任务", (table["tasks"][0]["content"], 8)),
        _row(
            "项目支出情况",
            ("项目名称", 2),
            "支出项目类别",
            "项目总预算",
            "项目本年度预算",
            ("项目主要支出方向和用途", 3),
        ),
        *(
            _row(UP, (one["name"], 2), one["category"], one["total"], one["current"], (one["purpose"], 3))
            for one in table["projects"]
        ),
        *_print_goals_of_two_sides(table["goals"]),
    ]
    title = [_say(table["title"]), _say(f"填报日期：{table['filed_on']}单位：万元")]
    return [*title, make_grid([*rows, *_print_sections(table)])]


def _print_two_sides(budget: Record) -> Iterator[Row]:
    """Yield income and expenditure, each with its share and two prior years."""
    latest, oldest = budget["history"]
    yield _row("部门总体资金情况", ("总体资金情况", 3), ("当年金额", 2), "占比", ("近两年收支金额", 2))
    yield [UP, UP, LEFT, LEFT, UP, LEFT, UP, f"{latest['year']} 年", f"{oldest['year']} 年"]
    for side, group, total in (("收入构成", "by_source", "income_total"), ("支出构成", "by_use", "expenditure_total")):
        for at, (key, name) in enumerate(_LINES[group].items()):
            figures = [year[group][key] for year in budget["history"]]
            head = (UP, UP if at else side, (name, 2))
            yield _row(*head, (budget[group][key], 2), budget["shares"][group][key], *figures)
        figures = [year[total] for year in budget["history"]]
        yield _row(UP, UP, ("合计", 2), (budget[total], 2), budget["shares"][f"x-{total}"], *figures)


def _print_goals_of_two_sides(goals: Sequence[Record]) -> Iterator[Row]:
    long, annual = (goal["label"].split(" ", 1) for goal in goals[:2])
    yield _row(long[0], (long[1], 4), (annual[1], 4))
    yield _row(UP, (goals[0]["text"], 4), (goals[1]["text"], 4))


def _print_sections(table: Record) -> Iterator[Row]:
    """Yield the long-term goal and list, then the annual ones with their values of two years before."""
    sections = {
        name: [row for row in table["indicators"] if row["section"] == name] for name in ("long_term", "annual")
    }
    long, annual = table["goals"][2:]
    yield _row(long["label"], (long["text"], 8))
    heads = ("一级指标", "二级指标", "三级指标")
    yield _row("长期绩效指标", *heads, ("指标值", 3), "指标值确定依据", "指标分类")
    fields = ("level1", "level2", "name", "value", "", "", "basis", "category")
    for row in _print_indicators(sections["long_term"], fields, [UP]):
        yield [*row[:5], LEFT, LEFT, *row[7:]]
    yield _row(annual["label"], (annual["text"], 8))
    yield _row("年度绩效指标", *heads, ("指标值", 3), "指标值确定依据", "指标分类")
    yield [*[UP] * 4, "近两年指标值", LEFT, "预期当年实现值", UP, UP]
    yield [*[UP] * 4, "前年", "上年", UP, UP, UP]
    with_prior = [
        {**row, **{f"prior{at}": one["value"] for at, one in enumerate(row["prior"])}} for row in sections["annual"]
    ]
    fields = ("level1", "level2", "name", "prior0", "prior1", "value", "basis", "category")
    yield from _print_indicators(with_prior, fields, [UP])


def _print_yuntian(document: Record) -> Blocks:
    overall, summary, *projects = document["tables"]
    blocks: list[Grid | Paragraph] = [*_print_narrative(document)]
    blocks += _print_yuntian_overall(overall)
    blocks += [_say("附表2"), *_print_yuntian_summary(summary)]
    for number, table in enumerate(projects):
        if number == len(projects) - 1:
            blocks.append(_say("附表3"))
        blocks += _print_yuntian_project(table)
    return blocks


def _close_yuntian(table: Record) -> Blocks:
    sign_off = table["sign_off"]
    return [
        _say("单位负责人签字："),
        _say(f"填表人： {sign_off['prepared_by']}                    联系电话： {sign_off['phone']}"),
    ]


def _print_yuntian_overall(table: Record) -> Blocks:
    budget = table["budget"]
    source, use = budget["by_source"], budget["by_use"]
    rows = [
        _row("部门名称", (table["organization"]["name"], 4)),
        _row("年度预算申请\n（万元）", (f"资金总额：{budget['total']}", 4)),
        _row(UP, ("按收入性质分", 2), ("按支出性质分", 2)),
        _row(UP, "其中：一般公共预算拨款", source["general_public_budget"], "其中：基本支出", use["basic"]),
        _row(UP, "     政府性基金拨款", source["government_fund"], "      项目支出", use["project"]),
        _row(UP, "         其他资金", source["other"], "", ""),
        _row("部门职责概述", (table["duties"], 4)),
        _row("年度重点       工作计划", "事项", "责任单位/科室", ("工作目标", 2)),
        *(_row(UP, task["name"], task["responsible"], (task["content"], 2)) for task in table["tasks"]),
        _row("年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值及单位"),
        *_print_indicators(table["indicators"], ("level1", "level2", "name", "value"), [UP]),
    ]
    head = [_say(table["title"]), _say("填报单位：（盖章）"), _say("金额：万元")]
    return [*head, make_grid(rows), *_close_yuntian(table)]


def _print_yuntian_summary(table: Record) -> Blocks:
    rows = [_row("序号", "名  称", "金  额", "实施期绩效目标", "年度绩效目标")]
    rows.append(_row("", "合  计", table["budget"]["total"], "", ""))
    rows += [
        _row(one["x-number"], one["name"], one["total"], *(goal["text"] for goal in one["goals"]))
        for one in table["projects"]
    ]
    head = [_say(table["title"]), _say("填报单位：（盖章）"), _say("金额单位：万元")]
    return [*head, make_grid(rows), *_close_yuntian(table)]


def _print_yuntian_project(table: Record) -> Blocks:
    project, spending = table["project"], table["spending"]
    period = project["period"]
    rows = [
        _row("支出方向      （子项）", (project["name"], 2), "所属专项", "名称", project["parent"]),
        _row("项目金额", (table["budget"]["total"], 2), UP, "金额", project["parent_amount"]),
        _row("项目实施期", (f"{period['start']}-{period['end']}", 5)),
        *(
            _row(label, (goal["text"], 5))
            for label, goal in zip(("实施期绩效目标", "年度绩效目标"), table["goals"], strict=True)
        ),
        _row("年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值及单位", "绩效标准"),
        *_print_indicators(table["indicators"], ("level1", "level2", "name", "value", "basis"), [UP]),
        _row("支出明细及测算 说明", "支出内容简介", "支出明细", "金额", ("支出测算依据及过程说明", 2)),
        *_print_spending(spending["items"]),
        _row(UP, ("合  计", 2), spending["total"], ("", 2)),
    ]
    head = [
        _say(table["title"]),
        _say(f"填报单位：（盖章）{table['organization']['name']}"),
        _say("金额单位：万元"),
    ]
    return [*head, make_grid(rows), *_close_yuntian(table)]


def _print_spending(items: Iterable[Record]) -> Iterator[Row]:
    before = None
    for item in items:
        category = UP if item["category"] == before else item["category"]
        before = item["category"]
        yield _row(UP, category, item["name"], item["amount"], (item["basis"] or "", 2))


_LINES: Mapping[str, Mapping[str, str]] = {
    "by_source": {
        "fiscal_appropriation": "财政拨款",
        "special_account": "财政专户管理资金",
        "unit_funds": "单位资金",
    },
    "by_use": {
        "personnel": "人员类项目支出",
        "operating": "运转类项目支出",
        "specific_purpose": "特定目标类项目支出",
    },
}
_LAYOUTS: Mapping[str, Callable[[Record], Blocks]] = {
    "000": _print_zhuting,
    "001": _print_xiaoping,
    "002": _print_hebei,
    "003": _print_xingguo,
    "004": _print_yuntian,
}
