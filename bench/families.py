"""A builder for each family of forms: what its tables hold besides their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from random import Random
from types import MappingProxyType
from typing import Any, NamedTuple

from bench.aims import SHORTEST, Plan, draw_plan
from bench.layouts import (
    GUANGDONG,
    HUBEI_OVERALL,
    MODEL_2021,
    SICHUAN,
    Form,
    Row,
    list_based,
    list_compared,
    list_described,
    list_directed,
    list_explained,
    list_scored,
)
from bench.works import Work

Table = dict[str, Any]
Parts = dict[str, Any]
"""The parts of a document: ``tables``, ``narrative`` where the form has one, ``organization`` if it is no township."""


class Page(NamedTuple):
    """What the tables of a document share."""

    random: Random
    year: int
    township: str
    rows: int
    works: Iterator[Work]

    def plan(self, parts: int = 1) -> Plan:
        """Return a plan for works that no other table has, with the rows of one of so many *parts* of the document."""
        rows = max(self.rows // parts, min(self.rows, SHORTEST))
        return draw_plan(self.random, self.works, rows, self.year)

    def table(self, form: str | None, kind: str, title: str, plan: Plan, **cells: Any) -> Table:
        """Return the head of a table, the rows of its form not yet in it."""
        head: Table = {"id": cells.pop("id", "table"), "kind": kind} | ({"form": form} if form else {})
        head |= {
            "title": title,
            "organization": {"name": self.township},
            "fiscal_year": self.year,
            "currency_unit": "万元",
            "budget": {"total": f"{plan.total}"},
        }
        return head | cells

    def goal(self, plan: Plan, scope: str = "annual") -> Row:
        works = "、".join(plan.works[:4])
        if scope == "annual":
            return {"scope": scope, "text": f"{self.year}年完成{works}等{len(plan.works)}项工作，保障机关正常运转。"}
        return {"scope": scope, "text": f"到{self.year + 2}年建成{works}等工作的长效机制，服务水平逐年提高。"}


def _overall_budget(page: Page, plan: Plan) -> Row:
    basic = Decimal(page.random.randint(30000, 150000)) / 100
    total = f"{basic + plan.total:.2f}"
    sources = {"general_public_budget": total, "government_fund": "0.00", "special_account": "0.00", "other": "0.00"}
    return {"total": total, "by_source": sources, "by_use": {"basic": f"{basic:.2f}", "project": f"{plan.total}"}}


_DUTIES = "负责本镇经济发展、社会治理和公共服务，统筹推进乡村振兴、生态保护和安全生产工作。"


def _overall(page: Page, form: str, title: str, layout: Form) -> Parts:
    plan = page.plan()
    table = page.table(form, "overall", title, plan, duties=_DUTIES, goals=[page.goal(plan)])
    table["budget"] = _overall_budget(page, plan)
    return {"tables": [table | {"indicators": layout.rows(page.random, plan.aims)}]}


def hunan_overall(page: Page) -> Parts:
    layout = Form(MODEL_2021, columns=True, more=list_scored)
    return _overall(page, "hunan-overall", f"部门（单位）整体支出绩效目标表（{page.year}年度）", layout)


def jiangxi_overall(page: Page) -> Parts:
    layout = Form(MODEL_2021, columns=True, more=list_explained)
    return _overall(page, "jiangxi-overall", f"{page.year}年度部门整体绩效目标", layout)


def hubei_overall(page: Page) -> Parts:
    """An overall table with two blocks, shares, prior years and a list of projects."""
    plan = page.plan(2)
    personnel, operating = (Decimal(page.random.randint(9000, 60000)) / 100 for _ in range(2))
    total = personnel + operating + plan.total
    uses = {"personnel": personnel, "operating": operating, "specific_purpose": plan.total}
    table = page.table("hubei-overall", "overall", f"{page.year}年部门整体绩效目标申报表", plan, duties=_DUTIES)
    table["budget"] = {
        "total": f"{total:.2f}",
        "income_total": f"{total:.2f}",
        "expenditure_total": f"{total:.2f}",
        "by_source": {"fiscal_appropriation": f"{total:.2f}", "special_account": "0.00", "unit_funds": "0.00"},
        "by_use": {key: f"{amount:.2f}" for key, amount in uses.items()},
        "shares": {"by_use": {key: f"{amount / total * 100:.2f}%" for key, amount in uses.items()}},
    }
    table["goals"] = [page.goal(plan, "long_term"), page.goal(plan)]
    table["projects"] = list_projects(plan, category="特定目标类")
    layout = Form(HUBEI_OVERALL, more=list_compared, sections=("long_term", "annual"))
    table["indicators"] = layout.rows(page.random, plan.aims)
    for row in table["indicators"]:
        row["prior"] = [{"label": "前年", "value": row["value"]}, {"label": "上年", "value": row["value"]}]
        _age(row)
    return {"tables": [table]}


def _age(row: Row) -> None:
    """Let earlier years have been less, where the value is a count; dates and words have no earlier value here."""
    value = row["value"]
    digits = "".join(mark for mark in value if mark.isdigit() or mark == ".")
    if value[0] not in "≥=≤" or value.endswith(("%", "万元")):
        del row["prior"]
        return
    for prior, less in zip(row["prior"], (Decimal("0.8"), Decimal("0.9")), strict=True):
        prior["value"] = f"{max(round(Decimal(digits) * less), 1)}{value.removeprefix(value[0]).removeprefix(digits)}"


def list_projects(plan: Plan, **cells: Any) -> list[Row]:
    """Return a line for each work of a list of projects."""
    return [
        {"name": name, **cells, "total": f"{cost:.2f}", "current": f"{cost:.2f}", "purpose": f"用于{name}的年度支出"}
        for name, cost in zip(plan.works, plan.costs, strict=True)
    ]


def _project(page: Page, form: str, title: str, layout: Form, **cells: Any) -> Parts:
    plan = page.plan(len(layout.sections) or 1)
    name = f"{page.township.removesuffix('人民政府')}{plan.works[0]}等项目"
    table = page.table(form, "project", title, plan, project={"name": name}, goals=[page.goal(plan)], **cells)
    table["budget"]["by_source"] = {"fiscal_appropriation": f"{plan.total}", "other": "0.00"}
    return {"tables": [table | {"indicators": layout.rows(page.random, plan.aims)}]}


def sichuan_list(page: Page) -> Parts:
    layout = Form(MODEL_2021, columns=True, more=list_directed, weighted=True)
    return _project(page, "sichuan-list", f"{page.year}年部门预算项目绩效目标申报表", layout)


def standard_project(page: Page) -> Parts:
    return _project(page, "standard-project", f"项目支出绩效目标申报表（{page.year}年度）", Form())


def standard_columns(page: Page) -> Parts:
    layout = Form(columns=True, weighted=True)
    return _project(page, "standard-project", f"{page.year}年度项目支出绩效目标表", layout)


def sichuan_project(page: Page) -> Parts:
    return _project(page, "sichuan-project", f"项目支出绩效目标申报表（{page.year}年度）", Form(SICHUAN))


def gansu_project(page: Page) -> Parts:
    layout = Form(MODEL_2021, columns=True)
    return _project(page, "gansu-project", f"{page.year}年省级部门预算项目支出绩效目标表", layout)


def hubei_project(page: Page) -> Parts:
    layout = Form(more=list_based)
    parts = _project(page, "hubei-project", f"{page.year}年市直部门预算项目支出绩效目标表", layout)
    budget = parts["tables"][0]["budget"]
    total = Decimal(budget["total"])
    budget["history"] = [{"year": page.year - ago, "total": f"{total * (10 - ago) / 10:.2f}"} for ago in (2, 1)]
    return parts


def self_evaluation(page: Page) -> Parts:
    parts = _project(page, "self-evaluation", f"{page.year}年度项目支出绩效自评表", Form(weighted=True))
    parts["tables"][0]["kind"] = "self-evaluation"
    return parts


def long_term_application(page: Page) -> Parts:
    return _two_blocks(page, "long-term-application", f"财政支出项目绩效目标申报表（{page.year}年度）", Form())


def guangdong_approval(page: Page) -> Parts:
    return _two_blocks(page, "guangdong-approval", f"{page.year}年财政项目支出绩效目标批复表", Form(GUANGDONG))


def _two_blocks(page: Page, form: str, title: str, layout: Form) -> Parts:
    parts = _project(page, form, title, layout._replace(sections=("long_term", "annual")))
    table = parts["tables"][0]
    table["project"]["period"] = {"start": f"{page.year}年1月", "end": f"{page.year + 2}年12月"}
    works = table["goals"][0]["text"].removeprefix(f"{page.year}年完成")
    long_term = f"{page.year}年至{page.year + 2}年建立长效机制，逐年完成{works}"
    table["goals"].insert(0, {"scope": "long_term", "text": long_term})
    for row in table["indicators"]:
        if row["section"] == "long_term":
            row["value"] = row["value"].replace(f"{page.year}年", f"{page.year + 2}年")
    return parts


def hebei_projects(page: Page) -> Parts:
    """A narrative, and a table for each of a few projects."""
    plans = [page.plan(3) for _ in range(max(1, min(page.rows // 10, 3)))]
    tables = [_hebei_project(page, number, plan) for number, plan in enumerate(plans, 1)]
    listed = "、".join(f"{table['project']['name']}{table['budget']['total']}万元" for table in tables)
    total = sum((plan.total for plan in plans), Decimal("0.00"))
    narrative = [
        {"heading": "第一部分 部门整体绩效目标"},
        {"heading": "一、总体绩效目标", "text": "保障全镇公共服务正常运转，巩固人居环境整治成果。"},
        {"heading": "二、保障措施", "text": "健全内部控制，按季度通报预算执行进度，落实主体责任。"},
        {
            "heading": "第二部分 预算项目绩效目标",
            "text": f"{page.year}年安排项目{len(plans)}个，共计{total}万元，分别为{listed}。",
        },
    ]
    return {"narrative": narrative, "tables": tables}


def _hebei_project(page: Page, number: int, plan: Plan) -> Table:
    name = f"{plan.works[0]}项目"
    project = {"name": name, "code": f"{page.random.randint(10**7, 10**8 - 1)}P0000021000{number}A"}
    table = page.table("hebei-project", "project", f"{number}.{name}绩效目标表", plan, project=project)
    paid = [plan.total * part / 10 for part in (2, 5, 8, 10)]
    table["payment_plan"] = {
        "header_unit": "万元",
        "points": [
            {"label": f"{month}月底", "amount": f"{amount:.2f}"}
            for month, amount in zip((3, 6, 10, 12), paid, strict=True)
        ],
    }
    table["goals"] = [page.goal(plan)]
    return table | {"indicators": Form(more=list_described).rows(page.random, plan.aims)}


def hunan_projects(page: Page) -> Parts:
    """A summary of earmarked funds, and a table for each with its spending worked out."""
    plans = [page.plan(2) for _ in range(2)]
    tables = [_hunan_project(page, plan) for plan in plans]
    total = sum((plan.total for plan in plans), Decimal("0.00"))
    lines = [
        {
            "name": table["project"]["name"],
            "total": table["budget"]["total"],
            "purpose": "、".join(plan.works[:3]),
            "goals": [page.goal(plan)],
        }
        for table, plan in zip(tables, plans, strict=True)
    ]
    title = f"{page.year}年专项资金绩效目标汇总表"
    summary = page.table("hunan-summary", "summary", title, plans[0], projects=lines)
    summary["budget"] = {"total": f"{total}"}
    return {"tables": [summary, *tables]}


def _hunan_project(page: Page, plan: Plan) -> Table:
    project = {
        "name": f"{plan.works[0]}专项",
        "parent": "乡村建设专项",
        "period": {"start": f"{page.year}.01.01", "end": f"{page.year}.12.31"},
    }
    title = f"{page.year}年专项资金支出方向绩效目标表"
    table = page.table("hunan-project", "project", title, plan, project=project)
    table["goals"] = [page.goal(plan, "period"), page.goal(plan)]
    table["spending"] = {"total": f"{plan.total}", "items": [*map(_work_out, plan.works, plan.costs)]}
    return table | {"indicators": Form(more=list_based).rows(page.random, plan.aims)}


def _work_out(work: str, cost: Decimal) -> Row:
    months = next(number for number in (12, 10, 8, 6, 5, 4, 2, 1) if not cost * 100 % number)
    basis = f"{months}个月*{cost / months:.2f}万元/月={cost:.2f}万元"
    return {"category": work, "name": f"{work}费用", "amount": f"{cost:.2f}", "basis": basis}


def transfer(page: Page) -> Parts:
    """A letter, the allocation, and a table for each township."""
    plans = [page.plan(2) for _ in range(2)]
    total = sum((plan.total for plan in plans), Decimal("0.00"))
    name = "衔接推进乡村振兴补助资金"
    tables = []
    for plan, place in zip(plans, ("云溪镇", "青石乡"), strict=True):
        title = f"{page.year}年{name}区域绩效目标表（{place}）"
        table = page.table("regional", "regional", title, plan, project={"name": name}, goals=[page.goal(plan)])
        table["organization"] = {"name": f"{place}人民政府"}
        table["budget"]["by_source"] = {"fiscal_appropriation": f"{plan.total}", "other": "0.00"}
        tables.append(table | {"indicators": Form().rows(page.random, plan.aims)})
    shares = "，".join(f"{table['organization']['name']}{table['budget']['total']}万元" for table in tables)
    letter = f"现下达{page.year}年{name}{total}万元，其中{shares}，请按规定用途使用。"
    return {
        "organization": {"name": "平川县财政局"},
        "narrative": [{"heading": f"关于下达{page.year}年{name}的通知", "text": letter}],
        "tables": tables,
    }


def narrative_list(page: Page) -> Parts:
    """Numbered paragraphs about each project, and the list of the projects; no table of indicators."""
    plan = page.plan()
    said: dict[str, list[str]] = {}
    for aim in plan.aims:
        work = next((work for work in plan.works if aim.name.startswith(work)), plan.works[0])
        said.setdefault(work, []).append(f"{aim.name}{_in_words(aim.comparator)}{aim.value}{aim.unit}")
    narrative = [
        {"heading": f"{number}、{work}", "text": "，".join(texts) + "。"}
        for number, (work, texts) in enumerate(said.items(), 1)
    ]
    title = f"{page.year}年重点项目绩效目标情况"
    return {"narrative": narrative, "tables": [page.table(None, "summary", title, plan, projects=list_projects(plan))]}


def _in_words(comparator: str) -> str:
    return {"≥": "不低于", "≤": "不超过", "=": "为"}.get(comparator, "")


FAMILIES: Mapping[str, Callable[[Page], Parts]] = MappingProxyType(
    {
        "F1 hunan-overall": hunan_overall,
        "F1h hubei-overall": hubei_overall,
        "F1j jiangxi-overall": jiangxi_overall,
        "F2 sichuan-list": sichuan_list,
        "F3 hebei-projects": hebei_projects,
        "F4 standard-project": standard_project,
        "F4 standard-columns": standard_columns,
        "F4h hunan-projects": hunan_projects,
        "F4s sichuan-project": sichuan_project,
        "F4g gansu-project": gansu_project,
        "F5 long-term-application": long_term_application,
        "F6 hubei-project": hubei_project,
        "F7 narrative-list": narrative_list,
        "F8 transfer": transfer,
        "F9 guangdong-approval": guangdong_approval,
        "F10 self-evaluation": self_evaluation,
    }
)
