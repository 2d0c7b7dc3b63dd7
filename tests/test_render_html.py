"""The page an officer opens: complete, self-contained, and nothing in a table can become markup."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from rendering import PROGRAM, sample

from perflint.finding import Cell, Report
from perflint.render import render

VOID = {"meta", "input", "br"}


class Page(HTMLParser):
    """Collects tags, attributes and text, and checks that every tag is closed in order."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def page_of(report: Report) -> tuple[str, Page]:
    source = render(report, "html", program=PROGRAM)
    assert isinstance(source, str)
    page = Page(source)
    assert page.open == []
    return source, page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_shows_every_finding_with_its_message_and_rule(lang: str) -> None:
    report = sample(lang)
    _, page = page_of(report)
    live = [finding for finding in report.findings if finding.suppressed is None]
    articles = [attributes for tag, attributes in page.tags if tag == "article"]
    assert [attributes["data-severity"] for attributes in articles] == [finding.severity.value for finding in live]
    for finding in live:
        assert finding.message in page.text
        assert finding.name in page.text
    assert page.tags[0] == ("html", {"lang": "zh-CN" if lang == "zh" else "en"})


def test_the_page_asks_nothing_of_the_network() -> None:
    source, page = page_of(sample())
    assert not [tag for tag, attributes in page.tags if {"src"} & set(attributes) or tag in ("link", "iframe", "img")]
    assert [a["href"] for tag, a in page.tags if tag == "a" and not (a["href"] or "").startswith("#")] == []
    assert "http" not in source
    assert "url(" not in source
    assert "@import" not in source


def test_the_cell_in_question_is_marked_and_named_for_those_who_hear_the_page() -> None:
    _, page = page_of(sample())
    marked = [attributes for tag, attributes in page.tags if attributes.get("class") == "marked"]
    assert marked
    assert all(attributes.get("aria-label") for attributes in marked)


def test_no_text_of_a_table_becomes_markup() -> None:
    evil = "</td><script>alert(1)</script>'\"<img src=x onerror=y>"
    report = sample()
    findings = tuple(
        replace(
            finding,
            message=evil,
            fix=evil,
            location=replace(finding.location, label=evil, origin=evil),
            document=replace(finding.document, organization=evil, path=evil, table_name=evil),
            row=(Cell(title=evil, text=evil, marked=True),),
        )
        for finding in report.findings
    )
    _, page = page_of(replace(report, findings=findings))
    assert sum(tag == "script" for tag, _ in page.tags) == 1
    assert "img" not in {tag for tag, _ in page.tags}
    assert evil in page.text
