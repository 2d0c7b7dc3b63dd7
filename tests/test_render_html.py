"""The page an officer opens, as it is written: complete, self-contained, and nothing in a table can become markup."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from rendering import PROGRAM, empty, sample
from reporting import make_rule

from perflint.finding import Cell, Finding, Report, Verdict
from perflint.pack.model import Source
from perflint.render import render
from perflint.render.page.anchors import Anchors

VOID = {"meta", "input", "br"}
EVIL = "</td></script><!--<script>alert(1)</script>'\"<img src=x onerror=y>\u2028&amp;"


class Page(HTMLParser):
    """Collects tags, attributes, text and data, and checks that every tag is closed in order."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = source
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, str] = {}
        self.text = ""
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] in (["script"], ["style"]):
            tag, attributes = self.tags[-1]
            self.inside[attributes.get("id") or tag] = data
        else:
            self.text += data

    def read(self, name: str) -> Any:
        return json.loads(self.inside[f"data-{name}"])


def page_of(report: Report, program: Any = PROGRAM) -> Page:
    source = render(report, "html", program=program)
    assert isinstance(source, str)
    return Page(source)


def level_of(finding: Finding) -> int:
    if finding.verdict is Verdict.ERROR:
        return 3
    return ["error", "warning", "info"].index(finding.severity.value)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("draw", [True, False])
def test_the_page_holds_every_finding_with_its_message_and_rule(lang: str, draw: bool) -> None:
    report = sample(lang, draw=draw)
    page = page_of(report)
    rules = page.read("rules")
    live = [finding for finding in report.findings if finding.suppressed is None]
    notes = [note for number in range(2) for note in page.read(f"d{number}").get("notes", ())]
    assert sorted((rules[note["r"]]["id"], note["s"], note["m"]) for note in notes) == sorted(
        (finding.rule, level_of(finding), finding.message) for finding in live
    )
    assert page.tags[0] == ("html", {"lang": "zh-CN" if lang == "zh" else "en"})


def test_a_note_points_at_the_drawn_cell_and_at_the_cells_it_was_compared_with() -> None:
    page = page_of(sample(draw=True))
    data = page.read("d0")

    def show(anchor: list[int]) -> str:
        table, block, row, cell = anchor
        drawn = data["tables"][table]["b"][block]["r"][row][cell]
        return str(drawn if isinstance(drawn, str) else drawn[0])

    first = data["notes"][0]
    assert first == {
        "r": 0,
        "s": 0,
        "a": [0, 0, 0, 1],
        "o": [[0, 0, 2, 1], [0, 0, 3, 1]],
        "l": "资金总额",
        "m": "基本支出 1107.80 + 项目支出 90 = 1197.80，与资金总额 1198.80 相差 -1.00",
        "p": "5:24",
    }
    assert [show(anchor) for anchor in (first["a"], *first["o"])] == ["1198.80", "1107.80", "90"]
    assert [show(note["a"]) for note in data["notes"][1:4]] == ["%", "%", "%"]


def test_what_lies_in_no_drawn_cell_is_noted_at_the_row_or_else_the_block_or_the_table() -> None:
    report = sample(draw=True)
    anchors = Anchors(report.checked[0].drawing)

    def find(pointer: str) -> list[int]:
        finding = report.findings[0]
        return anchors.find(replace(finding, location=replace(finding.location, pointer=pointer)))

    rows = "/tables/0/indicators"
    # Its levels are cells of the rows above, so that its name is the first cell of its row.
    assert find(f"{rows}/2/weight") == find(f"{rows}/2") == find(f"{rows}/2/name") == [0, 1, 3, 0]
    assert find(f"{rows}/2/level2") == [0, 1, 2, 0]
    assert find("/tables/0/budget/by_source/other") == [0, 0]
    assert find("/tables/0/sign_off/phone") == [0]
    assert find("/organization/name") == []


def test_documents_that_share_a_path_are_drawn_each_with_what_was_found_in_it() -> None:
    report = sample(draw=True)
    first, unknowns = report.checked[0], tuple(report.unknowns)
    page = page_of(replace(report, checked=(first, first), findings=tuple(report.findings) * 2, unknowns=unknowns * 2))
    once = page_of(report).read("d0")
    assert page.read("d0") == page.read("d1") == once


def test_findings_of_nobody_knows_which_of_two_documents_are_not_drawn_upon_either() -> None:
    report = sample(draw=True)
    first = report.checked[0]
    data = page_of(replace(report, checked=(first, first), findings=tuple(report.findings)[:5])).read("d0")
    [titles] = {tuple(block["t"] for block in table["b"]) for table in data["tables"][:1]}
    assert titles[0] == "部门整体支出绩效目标表 · 资金总额"


def test_a_source_says_whether_it_was_checked() -> None:
    sources = (
        Source(document="预算法", article="第十二条", checked=False),
        Source(document="通知", number="财预〔2015〕88号", url="https://example.org/a", checked=True),
        Source(document="坏", url="javascript:alert(1)", checked=True),
    )
    rules = [replace(rule, source=sources) for rule in PROGRAM.rules]
    page = page_of(sample(), replace(PROGRAM, rules=rules))
    assert page.read("rules")[0]["sources"] == [
        ["预算法第十二条", 0, ""],
        ["通知（财预〔2015〕88号）", 1, "https://example.org/a"],
        ["坏", 1, ""],
    ]


def test_what_did_not_count_is_told_apart() -> None:
    data = page_of(sample()).read("d0")
    assert data["suppressed"] == [
        ["部门整体支出绩效目标表 / 产出指标 / 数量指标 / 征兵 · 计量单位", "没有计量单位", "已核对, 无误", "2026-12-31"]
    ]
    assert data["unknowns"] == [[3, "单位不同", ["部门整体支出绩效目标表 / 产出指标 / 质量指标 / 达标率"]]]


def test_the_summary_the_documents_and_the_unreadable_files_need_no_script() -> None:
    page = page_of(sample())
    for told in ("查了 2 份文档", "某某镇人民政府 · 2026年", "b.json", "坏.json", "删去逗号", "未能判断"):
        assert told in page.text
    links = [attributes["href"] for tag, attributes in page.tags if tag == "a"]
    assert links == ["#main", "#all", "#d0", "#d1"]
    assert "没有发现问题" in page_of(empty()).text


def test_the_page_asks_nothing_of_the_network() -> None:
    page = page_of(sample(draw=True))
    assert not [tag for tag, attributes in page.tags if {"src"} & set(attributes) or tag in ("link", "iframe", "img")]
    assert "http" not in re.sub(r"http-equiv|https\?:", "", page.source)
    assert "url(" not in page.source
    assert "@import" not in page.source


def test_only_its_own_style_and_script_count() -> None:
    page = page_of(sample())
    [policy] = [attributes["content"] for tag, attributes in page.tags if "http-equiv" in attributes]
    style, script = (
        b64encode(hashlib.sha256(page.inside[name].encode()).digest()).decode() for name in ("style", "script")
    )
    assert policy == f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'"


@pytest.mark.parametrize("draw", [True, False])
def test_no_text_of_a_table_becomes_markup(draw: bool) -> None:
    report = sample(draw=draw)
    findings = tuple(
        replace(
            finding,
            message=EVIL,
            fix=EVIL,
            location=replace(finding.location, label=EVIL, origin=EVIL),
            document=replace(finding.document, organization=EVIL, path=EVIL, table_name=EVIL),
            row=(Cell(title=EVIL, text=EVIL, marked=True),),
        )
        for finding in report.findings
    )
    checked = tuple(replace(one, path=EVIL, organization=EVIL) for one in report.checked[:1])
    rules = [
        make_rule(id=rule.id, title={"zh": EVIL, "en": EVIL}, why={"zh": EVIL, "en": EVIL}) for rule in PROGRAM.rules
    ]
    page = page_of(replace(report, findings=findings, unknowns=(), checked=checked), replace(PROGRAM, rules=rules))
    kinds = [attributes.get("type") for tag, attributes in page.tags if tag == "script"]
    assert kinds == [*["application/json"] * 5, None]
    assert "img" not in {tag for tag, _ in page.tags}
    assert {note["m"] for note in page.read("d0")["notes"]} == {page.read("index")[0]["o"]} == {EVIL}
