"""The html report in a real browser, as an officer uses it: with the mouse, with the keyboard, on paper."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from browser import Tab, open_browser
from rendering import PROGRAM, sample
from reporting import make_rule
from test_render_html import EVIL

from perflint.finding import Report, Severity
from perflint.linter import Linter
from perflint.pack.model import Source
from perflint.render import render
from perflint.sources import find_sources

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.json"))
SOURCES = (Source(document="预算法", article="第十二条", checked=False), Source(document="通知", checked=True))
RULES = replace(PROGRAM, rules=[replace(rule, source=SOURCES) for rule in PROGRAM.rules])
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with open_browser() as browser:
        yield browser


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Give a function that opens the page of a report, and hold the page to asking and complaining of nothing."""
    tabs: list[Tab] = []

    def show(report: Report, place: str = "", *, program: Any = RULES, **size: int) -> Any:
        page = render(report, "html", program=program)
        assert isinstance(page, str)
        path = tmp_path / "report.html"
        path.write_text(page, encoding="utf-8")
        tabs.append(Tab(browser, **size))
        return tabs[-1].open(path, place)

    yield show
    assert [tab.troubles for tab in tabs] == [[] for _ in tabs]
    for tab in tabs:
        tab.page.close()


def only_first(**options: Any) -> Report:
    """Return the report of the one document that has faults."""
    report = sample(draw=True, **options)
    return replace(report, checked=report.checked[:1], documents=1, errors=())


@pytest.fixture(scope="module")
def real() -> dict[str, Report]:
    """Return the report of the example tables in each language."""
    return {lang: check_examples(lang) for lang in ("zh", "en")}


def check_examples(lang: str) -> Report:
    linter = Linter(["cn-core"], lang=lang, draw=True)
    return linter.run(find_sources(map(str, EXAMPLES))).report


def visible(page: Any, selector: str) -> list[str]:
    return [" ".join(one.inner_text().split()) for one in page.locator(selector).all() if one.is_visible()]


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"))


def test_a_click_on_the_cell_opens_what_is_wrong_why_by_which_regulation_and_how_to_mend_it(show: Open) -> None:
    page = show(only_first())
    page.get_by_role("cell", name="1198.80").click()
    note = page.locator(".note.picked")
    told = note.inner_text()
    for words in (
        "与资金总额 1198.80 相差",
        "怎样改",
        "请核对",
        "为什么",
        "预算法第十二条",
        "文号和条款未与原文核对",
        "已与原文核对",
        "PT101",
    ):
        assert words in told
    assert visible(page, ".looked") == ["1107.80", "90"]
    note.locator("> button").click()
    assert visible(page, ".detail") == []


def test_a_cell_with_several_findings_shows_one_after_the_other(show: Open) -> None:
    report = only_first()
    twice = replace(report, findings=(report.findings[0], replace(report.findings[0], message="另一个")))
    page = show(twice)
    cell = page.get_by_role("cell", name="1198.80")
    cell.click()
    cell.click()
    assert visible(page, ".note.picked .brief") == ["错误 另一个"]


def test_the_keyboard_reaches_every_finding_opens_it_and_comes_back(show: Open) -> None:
    page = show(only_first())
    page.locator(".mark").first.focus()
    mark = focused(page)
    assert mark.startswith("批注 1 错误：基本支出")
    page.keyboard.press("Enter")
    assert focused(page).startswith("1错误 基本支出")
    assert visible(page, ".note.picked .fix") == ["怎样改", "请核对"]
    page.keyboard.press("Escape")
    assert (focused(page), visible(page, ".detail")) == (mark, [])
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert visible(page, ".note.picked .chip") == ["2"]
    page.keyboard.press("p")
    page.keyboard.press("p")
    assert visible(page, ".note.picked .chip") == ["6"]
    page.locator("#find").press("n")
    assert visible(page, ".note.picked .chip") == ["6"]


def test_tab_alone_passes_every_mark_in_the_order_of_the_form(show: Open) -> None:
    page = show(only_first())
    page.locator("#print").focus()
    order: list[str] = []
    while len(order) < 6:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.mark')"):
            order.append(page.evaluate("document.activeElement.textContent"))
    assert order == ["1", "2", "3", "4", "5", "6"]


def test_severities_rules_tables_and_words_filter(show: Open) -> None:
    page = show(only_first())
    assert visible(page, ".level") == ["错误 1", "警告 3", "提示 1", "规则出错 1"]
    assert visible(page, ".note .chip") == ["1", "2", "3", "4", "5", "6"]
    page.get_by_role("button", name="警告 3").click()
    assert visible(page, ".note .chip") == ["1", "5", "6"]
    assert page.locator(".hit.warning").count() == 0
    page.get_by_role("button", name="警告 3").click()
    page.get_by_role("button", name="规则出错 1").click()
    assert visible(page, ".note .chip") == ["1", "2", "3", "4", "5"]
    page.get_by_role("button", name="规则出错 1").click()
    page.locator("#choose-rule").select_option(label="PT451 重复写“%”")
    assert visible(page, ".note .chip") == ["2", "3", "4"]
    assert visible(page, ".contents .count") == ["警告 3"]
    page.locator("#choose-rule").select_option("")
    page.locator("#choose-table").select_option(label="农村道路")
    assert visible(page, ".heading h3") == ["项目支出绩效目标表"]
    page.locator("#choose-table").select_option("")
    page.get_by_label("查找").fill("征兵")
    assert visible(page, ".heading h3") == ["部门整体支出绩效目标表"]


def test_many_documents_begin_with_what_was_found_and_where(show: Open) -> None:
    page = show(sample(draw=True))
    assert visible(page, ".unreadable h2") == ["读不了的文件"]
    assert visible(page, ".documents tbody tr") == [
        "某某镇人民政府 · 2026年 数据 表/a.json 2 1 3 1 1 1",
        "b.json 0 0 0 0 0 0",
    ]
    assert visible(page, ".often tbody tr")[0] == "错误 支出之和不等于总额 1 1"
    page.get_by_role("button", name="警告", exact=True).click()
    assert page.locator("th[aria-sort=descending]").inner_text() == "警告"
    page.get_by_role("button", name="重复写“%”").click()
    assert visible(page, "#told") == ["3 处，在 1 份文档里"]
    assert visible(page, ".documents tbody a") == ["某某镇人民政府 · 2026年"]
    page.get_by_role("link", name="某某镇人民政府").click()
    assert visible(page, ".note .chip") == ["2", "3", "4"]
    assert visible(page, "#overview") == []
    assert page.title().startswith("某某镇人民政府 · 2026年 · ")
    page.locator("#choose-rule").select_option("")
    page.get_by_role("link", name="全部文档").click()
    page.get_by_role("link", name="b.json").click()
    # A page follows its address a moment after the click.
    page.locator(".faultless:visible").wait_for()
    assert visible(page, ".faultless") == ["没有发现问题"]
    page.get_by_role("link", name="上一份").click()
    page.locator(".faultless:visible").wait_for(state="detached")
    assert visible(page, "h2") == ["读不了的文件", "某某镇人民政府 · 2026年"]
    page.go_back()
    page.locator(".faultless:visible").wait_for()
    assert visible(page, ".faultless") == ["没有发现问题"]


def test_organizations_and_words_filter_the_overview(show: Open, real: dict[str, Report]) -> None:
    page = show(real["zh"])
    page.get_by_label("单位").select_option(label="阳新县兴国镇人民政府")
    assert visible(page, ".documents tbody a") == ["阳新县兴国镇人民政府 · 2026年"]
    page.get_by_label("单位").select_option("")
    page.get_by_label("查找").fill("征兵宣传")
    assert visible(page, ".documents tbody a") == []
    page.get_by_label("查找").fill("网格化应急")
    assert visible(page, ".documents tbody a") == ["株洲市石峰区云田镇人民政府 · 2023年"]


def test_what_is_undecided_or_suppressed_is_told_below(show: Open) -> None:
    page = show(only_first())
    page.get_by_text("未能判断 1 项").last.click()
    page.get_by_text("已抑制 1 项").last.click()
    undecided, suppressed = visible(page, ".after li")
    assert undecided == "标题：单位不同 部门整体支出绩效目标表 / 产出指标 / 质量指标 / 达标率"
    place = "部门整体支出绩效目标表 / 产出指标 / 数量指标 / 征兵 · 计量单位"
    assert suppressed == f"{place}：没有计量单位 已核对, 无误 · 到 2026-12-31 为止"


def test_without_drawings_each_finding_shows_its_row(show: Open) -> None:
    report = sample()
    page = show(replace(report, checked=report.checked[:1], documents=1, errors=()))
    page.get_by_role("cell", name="1198.80").click()
    assert visible(page, ".note.picked .fix") == ["怎样改", "请核对"]
    assert len(visible(page, ".form")) == 6


def test_annotations_stand_beside_their_cells_and_none_covers_another(show: Open, real: dict[str, Report]) -> None:
    page = show(real["zh"], "#d4")
    for _ in range(30):
        page.keyboard.press("n")
    boxes = page.evaluate(
        "[...document.querySelectorAll('.note')]"
        ".map(note => note.getBoundingClientRect()).map(box => [box.top, box.bottom, box.left])"
    )
    assert all(before[1] <= after[0] for before, after in zip(sorted(boxes), sorted(boxes)[1:], strict=False))
    right = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.form')].map(t => t.getBoundingClientRect().right))"
    )
    assert min(box[2] for box in boxes) > right
    note, cell = (page.locator(f"{kind}.picked").bounding_box() for kind in (".note", ".form .hit"))
    assert abs(note["y"] - cell["y"]) < 120


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_width_makes_the_page_scroll_sideways(show: Open, real: dict[str, Report], lang: str) -> None:
    page = show(real[lang])
    for place in ("", "#d3", "#d4"):
        page.evaluate("place => { location.hash = place }", place)
        for width in (360, 800, 1366):
            page.set_viewport_size({"width": width, "height": 768})
            page.keyboard.press("n")
            assert (place, page.evaluate("document.documentElement.scrollWidth")) <= (place, width)


# The ratio of brightness of text and what lies behind it, as WCAG 2 defines it, for every text that can be seen.
CONTRAST = """() => {
  const curve = v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = c => .2126 * curve(c[0] / 255) + .7152 * curve(c[1] / 255) + .0722 * curve(c[2] / 255);
  const parse = s => s.match(/[0-9.]+/g).map(Number);
  const behind = e => { for (; e; e = e.parentElement) {
    const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] === 1) return c; } return [255, 255, 255]; };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), poor = [];
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !e.offsetParent || /SCRIPT|OPTION/.test(e.tagName)) continue;
    const a = light(parse(getComputedStyle(e).color)), b = light(behind(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) poor.push([e.className, walker.currentNode.data.slice(0, 20), ratio]);
  }
  return poor;
}"""


def test_all_text_stands_out_from_what_is_behind_it(show: Open, real: dict[str, Report]) -> None:
    page = show(real["zh"])
    assert page.evaluate(CONTRAST) == []
    for place in ("#d0", "#d4"):
        page.evaluate("place => { location.hash = place }", place)
        page.keyboard.press("n")
        page.evaluate("document.querySelectorAll('.detail').forEach(d => d.hidden = false)")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate(CONTRAST) == []


NAMELESS = """() => [...document.querySelectorAll('a, button, input, select, summary')].filter(e => e.offsetParent)
  .filter(e => !(e.getAttribute('aria-label') || e.textContent.trim() || (e.labels && e.labels.length)))
  .map(e => e.outerHTML)"""


def test_the_page_has_landmarks_names_and_a_mark_that_needs_no_colour(show: Open) -> None:
    page = show(only_first())
    assert page.evaluate(NAMELESS) == []
    for role in ("banner", "main", "contentinfo"):
        assert page.get_by_role(role).count() == 1
    assert page.get_by_role("region", name="筛选").count() == 1
    assert page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => h.tagName).join()").startswith(
        "H1,H2,H2,H3,H4"
    )
    shapes = {
        kind: page.evaluate(
            "kind => { const style = getComputedStyle(document.querySelector('.mark.' + kind));"
            " return style.borderRadius + style.backgroundColor; }",
            kind,
        )
        for kind in ("error", "warning", "info")
    }
    assert len(set(shapes.values())) == 3
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到内容"


def test_no_text_of_a_document_runs_or_becomes_markup(show: Open) -> None:
    names = {"level1": EVIL, "level2": EVIL, "name": EVIL, "value": EVIL, "unit": EVIL, "x-a": EVIL}
    data = {
        "perflint": "document/1",
        "organization": {"name": EVIL},
        "narrative": [{"heading": EVIL, "text": EVIL}],
        "tables": [
            {
                "title": EVIL,
                "id": EVIL,
                "duties": EVIL * 9,
                "budget": {"total": EVIL, "by_source": {"x-a": {"label": EVIL, "amount": EVIL}}},
                "goals": [{"label": EVIL, "text": EVIL}],
                "indicators": [names],
                "sign_off": {"prepared_by": EVIL},
            }
        ],
    }
    report = Linter(["cn-core"], draw=True).check(data)
    assert report.findings
    rules = [
        make_rule(
            id=rule,
            title={"zh": EVIL},
            why={"zh": EVIL},
            fix={"zh": EVIL},
            source=(Source(document=EVIL, checked=True),),
        )
        for rule in sorted({finding.rule for finding in report.findings})
    ]
    page = show(report, program=replace(PROGRAM, rules=rules))
    for _ in report.findings:
        page.keyboard.press("n")
    assert (
        page.evaluate("[...document.querySelectorAll('#view *')].filter(e => /SCRIPT|IMG/.test(e.tagName)).length") == 0
    )
    assert page.get_by_text("onerror=y").count() > 10


def test_paper_shows_the_tables_the_findings_and_their_repair(show: Open) -> None:
    page = show(only_first(lang="en"))
    page.get_by_role("cell", name="1198.80").wait_for()
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4")))
    text = re.sub(r"\s+", " ", " ".join(sheet.get_textpage().get_text_bounded() for sheet in document))
    document.close()
    for printed in ("1198.80", "1107.80", "Check it", "How to mend it", "PT101", "Parts differ from the total"):
        assert printed in text
    for on_screen_only in ("previous", "all rules", "back to the cell", "Keyboard"):
        assert on_screen_only not in text


def test_all_documents_can_be_drawn_at_once_for_paper(show: Open, real: dict[str, Report]) -> None:
    page = show(real["zh"])
    page.locator("#all").click()
    assert page.locator(".document").count() == len(EXAMPLES)
    shown = page.locator(".note").count()
    assert shown == sum(real["zh"].count(severity) for severity in Severity)


def test_the_page_says_in_plain_words_how_grave_a_finding_is_and_what_to_click(show: Open) -> None:
    page = show(only_first())
    [told] = visible(page, ".how")
    assert told.startswith("错误：表内自相矛盾或缺了必填的内容，要改。")
    assert told.endswith("点一份文档的名字看它的表，点表里有颜色的格子看怎样改。")
    page.emulate_media(media="print")
    assert visible(page, ".how-to") == []


def test_documents_for_which_a_page_has_no_room_are_counted_and_said_to_be_left_out(
    show: Open, real: dict[str, Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("perflint.render.html.ROOM", 60_000)
    page = show(real["zh"])
    [told] = visible(page, ".left-out")
    assert re.match(rf"这个页面只放得下 {len(EXAMPLES)} 份文档里 [1-3] 份的表格，其余的只列出处数。", told)
    assert len(visible(page, ".documents tbody tr")) == len(EXAMPLES)
    page.locator(".documents tbody a").last.click()
    [missing] = visible(page, ".faultless")
    assert missing.startswith("这份文档的表格没有放进这个页面。要看它，请单独检查这份文件。")
    assert missing.endswith(EXAMPLES[-1].name)
