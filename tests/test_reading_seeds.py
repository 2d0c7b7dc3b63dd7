"""Real dumps read by the program alone equal the transcriptions; the same layouts with invented content stay here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from perflint.reading import read
from perflint.reading.assembly.document import build_document_data
from perflint.reading.container.source import open_source
from perflint.reading.form.load import load_forms
from perflint.reading.ledger import Ledger
from perflint.reading.line import build_lines

HERE = Path(__file__).parent
EXAMPLES = sorted((HERE.parent / "examples").glob("0*.json"))
SEEDS = HERE.parent / ".." / "shared" / "seeds"
DUMPS = HERE / "data" / "dumps"


def _find_seed(example: Path) -> Path:
    name = json.loads(example.read_text(encoding="utf-8"))["source"]["file"]
    path: Path = SEEDS / name
    if not path.exists():
        pytest.skip(f"{path} is not here: the real dumps are not part of the repository")
    return path


def _plain(value: Any) -> Any:
    """Return a value without notes of its own (``x-…``), margins, and the difference of 0 and "0"."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if not key.startswith("x-")}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return value.strip(" \n\u3000")
    return None if value is None else str(value)


def _join_narrative(document: dict[str, Any]) -> str:
    texts = [passage.get(key) or "" for passage in document.get("narrative", ()) for key in ("heading", "text")]
    return "".join("".join(texts).split())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_seed_reads_as_transcribed(example: Path) -> None:
    found = read(_find_seed(example)).data
    wanted = json.loads(example.read_text(encoding="utf-8"))
    assert _plain(found["tables"]) == _plain(wanted["tables"])
    assert int(found["fiscal_year"]) == wanted["fiscal_year"]
    assert _plain(found.get("organization", {})).get("name") == wanted["organization"]["name"]
    assert _join_narrative(dict(found)) == _join_narrative(wanted)
    assert [one["text"].strip() for one in found.get("unread", [])] == [one["text"] for one in wanted.get("unread", [])]


@pytest.mark.parametrize("path", sorted(DUMPS.glob("*.txt")), ids=lambda path: path.stem)
def test_every_printed_cell_ends_in_one_place(path: Path) -> None:
    source = open_source(path)
    printed = Ledger(build_lines(source)).count()["printed"]
    document = build_document_data(source, load_forms())
    assert printed > 30
    assert [one["text"].strip() for one in document.get("unread", [])] == (["附表2"] if path.stem == "cells" else [])


def _rows(document: Any, table: int, *fields: str) -> list[tuple[Any, ...]]:
    return [tuple(row.get(field) for field in fields) for row in document.data["tables"][table]["indicators"]]


def test_displaced_rows_of_a_tab_dump() -> None:
    document = read(DUMPS / "tabs-displaced.txt")
    assert _rows(document, 0, "level1", "level2", "name", "comparator", "value", "unit", "explanation") == [
        ("产出指标", "数量指标", "养护村道", "=", "14", "公里", "两条村道"),
        ("产出指标", "数量指标", "巡河次数", "≥", "24", "次", "每月两次"),
        ("产出指标", "质量指标", "养护验收", "≥", "2", None, None),
        ("产出指标", "质量指标", "巡河记录完整率", "=", "100%", "%", "记录齐全"),
        ("产出指标", "质量指标", "隐患整改率", "≥", "95%", "%", "整改占发现的比例"),
        ("产出指标", "质量指标", "垃圾清运率", "≡", "98", "%", "当日清运"),
        ("产出指标", "时效指标", "资金拨付", "≤", "12", "月", "按月拨付"),
        ("效益指标", "社会效益", "出行条件", "定性", "改善", "无", "走访了解"),
        ("效益指标", "社会效益", "村容面貌", "定性", "提升", "无", "长期保持"),
        ("满意度指标", "服务对象满意度", "村民满意度", "≥", "90%", "%", "问卷"),
        ("成本指标", "社会成本指标", None, None, None, None, None),
    ]
    table = document.data["tables"][0]
    assert table["budget"] == {
        "total": "320.50",
        "by_source": {"general_public_budget": "300.50", "government_fund": "0", "special_account": "0", "other": "20"},
        "by_use": {"basic": "280.50", "project": "40"},
    }
    assert table["tasks"] == [{"name": "修路", "content": "<p>养护村道</p>"}]
    assert table["sign_off"] == {"prepared_by": "某某", "head": None}


def test_paged_dump_with_funds_and_prior_values() -> None:
    document = read(DUMPS / "tabs-pages.txt")
    table = document.data["tables"][0]
    assert [row["name"] for row in table["indicators"] if row["section"] == "long_term"] == [
        "公用经费控制率",
        "在职人员控制率",
        "会议费控制率",
        "修路项目数",
        "群众满意度",
    ]
    assert table["indicators"][-1] == {
        "section": "annual",
        "level1": "履职效能",
        "level2": "核心业务 产出 1",
        "name": "修路项目数",
        "value": "≥2 项",
        "basis": "计划标准",
        "category": "创新型",
        "prior": [{"label": "前年", "value": "1 项"}, {"label": "上年", "value": "1 项"}],
    }
    assert table["budget"]["by_use"] == {"personnel": "60", "operating": "40"}
    assert table["budget"]["expenditure_total"] == table["budget"]["total"] == "100"
    assert [(int(year["year"]), year["total"]) for year in table["budget"]["history"]] == [(2025, "80"), (2024, "70")]
    assert table["duties"] == "<p>一、贯彻政策。二、服务群</p>\n<p>众。</p>"
    assert [goal["scope"] for goal in table["goals"]] == ["long_term", "annual", "long_term", "annual"]
    assert document.data["fiscal_year"] == 2026


def test_bundle_of_one_cell_a_line() -> None:
    document = read(DUMPS / "cells.txt")
    overall, summary, project = document.data["tables"]
    assert [table["kind"] for table in (overall, summary, project)] == ["overall", "summary", "project"]
    assert overall["budget"] == {
        "total": "75.00",
        "by_source": {"general_public_budget": "70.00", "other": "5.00"},
        "by_use": {"basic": "50.00", "project": "25.00"},
    }
    assert overall["indicators"][1]["value"] == "20.00万元\n5.00万元"
    assert summary["projects"][0]["goals"][0] == {"scope": "period", "text": "长期清洁。"}
    assert project["project"]["parent_amount"] == "60.00"
    assert project["spending"] == {
        "items": [
            {"category": "保洁", "name": "人工费", "amount": "20", "basis": "10人*2（万元/人）=20万元"},
            {"category": "保洁", "name": "材料费", "amount": "5", "basis": "5次*1万元/次=5万元"},
        ],
        "total": "25.00",
    }
    assert [table["sign_off"] for table in document.data["tables"]] == [
        {"head": None, "prepared_by": "某某", "phone": "13800000000"}
    ] * 3


def test_origin_leads_back_to_the_line() -> None:
    document = read(DUMPS / "tabs-displaced.txt")
    lines = (DUMPS / "tabs-displaced.txt").read_text(encoding="utf-8").split("\n")
    for number, row in enumerate(document.data["tables"][0]["indicators"]):
        if row["name"] is not None:
            place = document.data["origins"][f"/tables/0/indicators/{number}/name"]
            assert row["name"] in lines[int(place.strip("第行")) - 1]
