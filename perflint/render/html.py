"""``html``: one file for an officer with a browser: what was found, and each table as its form looks, annotated.

The page holds its data as JSON, a block a document, and draws a document when it is opened, as plain text only: nothing
that a document says can become markup. Nothing is fetched from anywhere, which its own content policy holds it to.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files

from perflint.finding import Report, Severity
from perflint.language import say
from perflint.render.options import RenderOptions
from perflint.render.page.data import (
    CRASH,
    PageDocument,
    Shelf,
    build_entry,
    build_page_document,
    build_rules,
    build_shelf,
    each_page_document,
    name_rules,
    place_entry,
)
from perflint.render.page.wording import build_wording, name_levels
from perflint.render.words import name_document, summarize
from perflint.report.notices import NEVER_MATCHED
from perflint.version import VERSION

ROOM = 64_000_000
"""Characters of tables and annotations that a page holds at most: what a browser of an old machine still opens."""


def pieces(report: Report, options: RenderOptions) -> Iterator[str]:
    """Yield the whole page; suppressed findings are listed below their table and counted apart."""
    crashed = report.totals.crashed > 0
    names: dict[str, str] = {}
    entries, rows = [], []
    for number, document in enumerate(each_page_document(report)):
        names.update(name_rules(document))
        entries.append(build_entry(document))
        rows.append(_document_row(number, document, crashed=crashed))
    shelf = build_shelf(names, options.rules)
    style, script = _read("page.css"), _read("page.js")
    yield (
        f"<!DOCTYPE html>\n<html lang='{say('zh-CN', 'en')}'><head><meta charset='utf-8'>"
        f"<meta http-equiv='Content-Security-Policy' content=\"{_policy(style, script)}\">"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{_title()}</title><style>{style}</style></head>\n"
    )
    yield f"<body>{_masthead(report)}{_bar(crashed=crashed)}<main id='main' tabindex='-1'>"
    yield from _overview(report, rows, crashed=crashed)
    yield f"</main>{_footer(report)}\n"
    yield _data("words", build_wording(crashed=crashed))
    yield _data("rules", build_rules(shelf))
    yield _data("index", [place_entry(entry, shelf) for entry in entries])
    yield from _document_data(report, shelf)
    yield f"<script>{script}</script></body></html>\n"


def _document_data(report: Report, shelf: Shelf) -> Iterator[str]:
    """Yield a block of data for each document while there is room, then how many found none."""
    room, left = ROOM, 0
    for number, document in enumerate(each_page_document(report)):
        block = _data(f"d{number}", build_page_document(document, shelf))
        room -= len(block)
        if room >= 0:
            yield block
        else:
            left += 1
    yield _data("left", left)


def _text(text: str | None) -> str:
    return escape(text or "")


def _say(zh: str, en: str) -> str:
    return escape(say(zh, en))


def _title() -> str:
    return _say("绩效目标表检查结果", "Performance target tables: findings")


def _read(name: str) -> str:
    return files("perflint.render.page").joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Return a content policy under which only our own style and script count, and no request is made."""
    hashes = [b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in (style, script)]
    return f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'"


def _data(name: str, value: object) -> str:
    """Return *value* as a block of data, in which no text can end the block."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"<script type='application/json' id='data-{name}'>{text.replace('<', chr(92) + 'u003c')}</script>\n"


def _masthead(report: Report) -> str:
    return (
        f"<a class='skip' href='#main'>{_say('跳到内容', 'skip to content')}</a>"
        f"<header class='masthead'><h1>{_title()}</h1><p class='counted'>{_text(summarize(report))}</p>"
        f"<p class='how'>{_say(*_LEVELS)}<span class='how-to'> {_say(*_HOW)}</span></p>"
        f"<p class='script-needed'>{_say(*_NEEDS_SCRIPT)}</p></header>"
    )


_LEVELS = (
    "错误：表内自相矛盾或缺了必填的内容，要改。警告：多半有误，请核对。提示：写法上的建议。",
    "Errors contradict the table or leave out what it needs: mend them. Look at warnings. Notes are about wording.",
)
_HOW = (
    "点一份文档的名字看它的表，点表里有颜色的格子看怎样改。",
    "A click on a document shows its tables, a click on a coloured cell how to mend it.",
)
_NEEDS_SCRIPT = (
    "这个页面要允许脚本才能画出表格。用 Edge、Chrome、360 等浏览器直接打开文件即可，不需要联网。",
    "This page needs scripts to draw the tables. Open the file in a browser; no network is needed.",
)


def _bar(*, crashed: bool) -> str:
    """Return the filters; the script fills them in and counts."""
    levels = "".join(
        f"<button type='button' class='level {kind}' data-level='{number}' aria-pressed='true'>"
        f"<i aria-hidden='true'></i>{_text(name)} <b></b></button>"
        for number, (kind, name) in enumerate(zip(_KINDS, name_levels(crashed=crashed), strict=False))
    )
    choices = "".join(
        f"<label data-choice='{name}'>{_say(zh, en)} <select id='choose-{name}'></select></label>"
        for name, zh, en in (
            ("rule", "规则", "rule"),
            ("organization", "单位", "organization"),
            ("table", "表", "table"),
        )
    )
    find = _say("单位、表名、项目、文件", "organization, table, project, file")
    search = f"<label class='find'>{_say('查找', 'find')} <input type='search' id='find' placeholder='{find}'></label>"
    steps = "".join(
        f"<button type='button' id='{name}' title='{_say(f'键 {key}', f'key {key}')}'>{_say(zh, en)}</button>"
        for name, key, zh, en in (("previous", "p", "上一处", "previous"), ("next", "n", "下一处", "next"))
    )
    doing = f"<span class='doing'>{steps}<button type='button' id='print'>{_say('打印', 'print')}</button></span>"
    label = _say("筛选", "filters")
    return (
        f"<div class='bar' role='region' aria-label='{label}'>"
        f"<span class='levels' role='group' aria-label='{_say('级别', 'severity')}'>{levels}</span>"
        f"{choices}{search}{doing}<output id='told' class='told' aria-live='polite'></output></div>"
    )


_KINDS = (*(severity.value for severity in Severity), "crash")


def _overview(report: Report, rows: Sequence[str], *, crashed: bool) -> Iterator[str]:
    yield from _unread(report)
    kind = "one" if len(rows) == 1 else "many"
    yield f"<section id='overview' class='{kind}' aria-label='{_say('概览', 'overview')}'><div id='rules'></div>"
    if len(rows) != 1:
        yield from _documents(rows, crashed=crashed)
    yield "</section><div id='view' tabindex='-1'></div>"


def _unread(report: Report) -> Iterator[str]:
    if report.errors:
        heading = _say("读不了的文件", "Files that could not be read")
        yield f"<section class='unreadable' aria-labelledby='unreadable'><h2 id='unreadable'>{heading}</h2><ul>"
        yield from (f"<li><pre>{_text(error.describe())}</pre></li>" for error in report.errors)
        yield "</ul></section>"


def _documents(rows: Sequence[str], *, crashed: bool) -> Iterator[str]:
    heads = [(say("文档", "document"), ""), (say("表", "tables"), "number")]
    heads += [(name, "number") for name in name_levels(crashed=crashed)]
    heads.append((say("未能判断", "undecided"), "number"))
    cells = "".join(
        f"<th scope='col' class='{kind}'><button type='button' data-sort='{place}'>{_text(head)}</button></th>"
        for place, (head, kind) in enumerate(heads)
    )
    caption = _say("各份文档", "Documents")
    everything = f"<a href='#all' id='all'>{_say('连同表格一起打印', 'print with their tables')}</a>"
    yield (
        f"<div><div class='over'><h2 id='documents'>{caption}</h2><p>{everything}</p></div>"
        "<table class='documents' aria-labelledby='documents'>"
        f"<thead><tr>{cells}</tr></thead><tbody>"
    )
    yield from rows
    yield "</tbody></table></div>"


def _document_row(number: int, document: PageDocument, *, crashed: bool) -> str:
    known = document.checked
    name = name_document(known.organization, known.fiscal_year, None if known.organization else known.path)
    path = f"<small>{_text(known.path)}</small>" if known.path and known.organization else ""
    levels = document.count_levels()
    numbers = [known.tables, *(levels if crashed else levels[:CRASH]), len(document.live_unknowns())]
    cells = "".join(f"<td class='number'>{value or '<span>0</span>'}</td>" for value in numbers)
    return f"<tr data-document='{number}'><td><a href='#d{number}'>{_text(name)}</a>{path}</td>{cells}</tr>"


def _footer(report: Report) -> str:
    packs = say("、", ", ").join(f"{pack.id} {pack.version}" for pack in report.packs)
    silent = sum(1 for notice in report.notices if notice.code == NEVER_MATCHED)
    lines = [say(f"perflint {VERSION}，规则包 {packs}", f"perflint {VERSION}, packs {packs}")]
    if silent:
        lines.append(say(f"{silent} 条规则在本次没有判断任何内容", f"{silent} rule(s) decided nothing in this run"))
    lines += [notice.message for notice in report.notices if notice.code != NEVER_MATCHED]
    keys = say(
        "键盘：Tab 在批注间移动，回车打开，Esc 合上；n 下一处，p 上一处。",
        "Keyboard: Tab moves between annotations, Enter opens one, Esc closes it; n next, p previous.",
    )
    told = "".join(f"<li>{_text(line)}</li>" for line in lines)
    return f"<footer><p class='keys'>{_text(keys)}</p><ul>{told}</ul></footer>"
