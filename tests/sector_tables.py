"""Tables of many sectors in a shorthand, a line an indicator: what auditors really read, and faults written into them.

``# key|form|unit|year|project|funds|goal`` opens a table; its rows are
``class|name|comparator|value|unit|explanation|scoring``. Forms: H overall table of Hunan, J and C one cell for each of
comparator, value and unit (C with weights), S, A and T everything in the value cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

SECTORS = Path(__file__).parent / "data" / "sectors"

_LEVELS = {
    "q": ("产出指标", "数量指标"),
    "l": ("产出指标", "质量指标"),
    "t": ("产出指标", "时效指标"),
    "c": ("产出指标", "成本指标"),
    "ec": ("成本指标", "经济成本指标"),
    "so": ("成本指标", "社会成本指标"),
    "eo": ("成本指标", "生态环境成本指标"),
    "e": ("效益指标", "经济效益指标"),
    "s": ("效益指标", "社会效益指标"),
    "g": ("效益指标", "生态效益指标"),
    "d": ("效益指标", "可持续影响指标"),
    "m": ("满意度指标", "服务对象满意度指标"),
}
_KINDS = {"H": "overall", "T": "self-evaluation"}
_WEIGHTED = "CT"
_IN_ONE_CELL = "SAT"


@cache
def read_tables() -> dict[str, str]:
    """Return the shorthand of every table by its key."""
    text = (SECTORS / "tables.txt").read_text(encoding="utf-8")
    return {block.partition("|")[0]: block for block in text.removeprefix("# ").split("\n# ")}


def build_document(key: str, row: str | None = None, change: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Build the document of table *key*, with *change* written into the row named *row*, or into its head."""
    head, *lines = read_tables()[key].strip().split("\n")
    names = ("key", "form", "organization", "year", "project", "total", "goal")
    facts = dict(zip(names, head.split("|"), strict=True))
    rows = [_read_row(line) for line in lines]
    if row is not None:
        rows[find_row(key, row)].update(change or {})
    else:
        facts.update(change or {})
    table: dict[str, Any] = {
        "kind": _KINDS.get(facts["form"], "project"),
        "title": f"{facts['year']}年绩效目标表",
        "currency_unit": "万元",
        "organization": {"name": facts["organization"]},
        "budget": {"total": facts["total"]},
        "goals": [{"scope": "annual", "text": facts["goal"]}],
        "indicators": [_build_indicator(facts["form"], cells) for cells in rows],
    }
    if table["kind"] == "project":
        table["project"] = {"name": facts["project"]}
    if "phone" in facts:
        table["sign_off"] = {"phone": facts["phone"]}
    return {"perflint": "document/1", "fiscal_year": int(facts["year"]), "tables": [table]}


def read_legal_rows() -> list[str]:
    """Return single rows that an auditor lets pass, though a word in them sounds wrong."""
    return (SECTORS / "legal-rows.txt").read_text(encoding="utf-8").splitlines()


def build_row(row: str, form: str) -> dict[str, Any]:
    """Build a project table of one row in the layout of *form*."""
    table = {"kind": "project", "currency_unit": "万元", "budget": {"total": "9000"}}
    return {
        "perflint": "document/1",
        "fiscal_year": 2026,
        "tables": [{**table, "indicators": [_build_indicator(form, _read_row(row))]}],
    }


def find_row(key: str, name: str) -> int:
    """Return the place of the indicator called *name*."""
    return [_read_row(line)["name"] for line in read_tables()[key].strip().split("\n")[1:]].index(name)


def _read_row(line: str) -> dict[str, str]:
    cells = [*line.split("|"), "", "", "", "", ""]
    names = ("class", "name", "comparator", "value", "unit", "explanation", "scoring")
    return dict(zip(names, cells, strict=False))


def _build_indicator(form: str, cells: Mapping[str, str]) -> dict[str, str | None]:
    level1, level2 = _LEVELS[cells["class"]]
    indicator: dict[str, str | None] = {"level1": level1, "level2": level2, "name": cells["name"] or None}
    if form in _IN_ONE_CELL:
        sign = "" if cells["comparator"] == "定性" else cells["comparator"]
        indicator["value"] = cells.get("printed", sign + cells["value"] + cells["unit"]) or None
    else:
        indicator |= {name: cells[name] or None for name in ("comparator", "value", "unit")}
    if form in _WEIGHTED:
        return indicator | {"weight": cells["explanation"].strip() or None}
    return indicator | {name: cells[name] or None for name in ("explanation", "scoring") if cells[name]}
