"""Text for people: exact outputs, widths, colours, and nothing a document could smuggle in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rendering import PROGRAM, empty, sample
from reporting import FakeOutcome, document, indicator, report, table

from perflint import Linter
from perflint.errors import Problem
from perflint.render import render
from perflint.render.style import END, ERROR, apply_colours, paint
from perflint.render.width import clean, measure, pad, wrap

ZH = """\
某某镇人民政府 · 2026年 · 数据 表/a.json

▌ 部门整体支出绩效目标表

  错误  资金总额  5:24  PT101 ari-expenditure-sum
      资金总额【1198.80】 │ 基本支出 1107.80 │ 项目支出 90
      基本支出 1107.80 + 项目支出 90 = 1197.80，与资金总额 1198.80 相差 -1.00
      → 请核对

  警告  重复写“%”  共 3 处  PT451 pct-double-sign
      “%”写了两次
      8:81   产出指标 / 质量指标 / 达标率 · 计量单位
      9:81   产出指标 / 质量指标 / 合格率 · 计量单位
      10:81  产出指标 / 质量指标 / 覆盖率 · 计量单位
      → 只写一个“%”

▌ 农村道路

  规则出错  支出明细 / =SUM(A1) / |a| `c`  12:27 · 表2 第3行  PT401 unit-missing
      支出内容简介 =SUM(A1) │ 支出明细 |a|<b>`c` │ 明细金额 8
      除以零

  提示  支出明细 / =SUM(A1) / |a| `c` · 支出明细  12:60 · 表2 第3行  PT801 txt-typo
      支出内容简介 =SUM(A1) │ 支出明细【|a|<b>`c`】 │ 明细金额 8
      =cmd|' /C calc'!A0, 100% <script>\\x1b[31m

坏.json:3:5: 不是 JSON
      1,,
        ^
    → 删去逗号

未能判断 1 项：单位不同 1
1 条规则在本次没有判断任何内容（--statistics 列出）
查了 2 份文档、2 张表：错误 1，警告 3，提示 1，规则出错 1；未能判断 1 项；已抑制 1 项；跳过 2 个文件；读不了 1 处
"""

STATISTICS = """\
规则                       查  通过  不符  未知  不适用  抑制  出错
PT101 ari-expenditure-sum   3     2     1     0       0     0     0
PT401 unit-missing          4     2     0     0       0     1     1
PT451 pct-double-sign       5     2     3     0       0     0     0
PT801 txt-typo              4     2     1     1       0     0     0
"""

EN_END = """\
1 could not be decided: 单位不同 1
1 rules decided nothing in this run (--statistics lists them)
Checked 2 documents, 2 tables: 1 error, 3 warnings, 1 info, 1 rule crash; 1 could not be decided; 1 suppressed; \
2 files passed over; 1 error reading
"""


def text(**options: object) -> str:
    rendered = render(sample(), "text", program=PROGRAM, **options)  # type: ignore[arg-type]
    assert isinstance(rendered, str)
    return rendered


def test_text_shows_the_row_the_message_and_the_fix() -> None:
    assert text() == ZH


def test_the_words_are_those_of_the_language() -> None:
    rendered = render(sample("en"), "text", program=PROGRAM)
    assert isinstance(rendered, str)
    assert rendered.endswith(EN_END)
    assert "  error  total funds  5:24  PT101 ari-expenditure-sum\n" in rendered


def test_nothing_found_is_said_in_one_line() -> None:
    assert render(empty(), "text") == "查了 0 份文档、0 张表：没有发现问题\n"


def test_documents_without_a_table_do_not_pass_for_clean() -> None:
    rendered = render(Linter().check({"perflint": "document/1", "tables": []}), "text")
    assert isinstance(rendered, str)
    assert rendered.endswith("查了 1 份文档、0 张表：文档里没有表，没有可查的\n")


def test_without_a_program_the_titles_are_left_out() -> None:
    rendered = render(sample(), "text")
    assert isinstance(rendered, str)
    assert "  警告  共 3 处  PT451 pct-double-sign\n" in rendered


def test_piped_text_has_no_colours_and_a_terminal_gets_them() -> None:
    assert "\x1b" not in text()
    coloured = text(color=True)
    assert "\x1b[1;31m错误\x1b[0m" in coloured
    assert "\x1b[1;31m【1198.80】\x1b[0m" in coloured
    assert "\\x1b[31m" in coloured  # what the document itself printed stays visible


def test_what_stands_elsewhere_is_named_with_its_place() -> None:
    rows = [indicator(name) for name in "甲乙丙丁戊"]
    doc = document(table(*rows, budget={"total": 1}), table(budget={"total": 2}, title="乙表"))
    operands = [
        "/tables/1/budget/total",
        "/tables/0/budget/by_use/basic",
        *(f"/tables/0/indicators/{n}" for n in range(4)),
    ]
    outcome = FakeOutcome(
        rule=0,
        item="/tables/0",
        at="/tables/0/budget/total",
        operands=tuple((pointer, None) for pointer in operands),
    )
    shown = render(report(doc, [outcome]), "text")
    assert isinstance(shown, str)
    rows_named = "；".join(f"部门整体支出绩效目标表 / 产出指标 / 数量指标 / {name}" for name in "甲乙")
    assert shown.splitlines()[4:8] == [
        "  错误  资金总额  PT101 some-rule",
        "      资金总额【1】",
        "      不对",
        f"      另见：乙表 · 资金总额；{rows_named}；等 5 处",
    ]


def test_an_unreadable_file_cannot_move_the_cursor_either() -> None:
    made = replace(empty(), errors=(Problem(message="坏", path="a", line=1, column=1, excerpt="\x1b[2J"),))
    shown = render(made, "text")
    assert isinstance(shown, str)
    assert "\x1b" not in shown


@pytest.mark.parametrize("width", [40, 60, 100])
def test_narrow_terminals_wrap(width: int) -> None:
    shown = text(width=width)
    body = shown.split("坏.json")[0]
    assert max(map(measure, body.splitlines())) <= width
    assert body.replace("\n", "").replace(" ", "") == ZH.split("坏.json")[0].replace("\n", "").replace(" ", "")


def test_statistics_list_the_ledger_and_every_notice() -> None:
    shown = text(statistics=True)
    assert STATISTICS in shown
    assert "规则 PT999 never 没有对象可查 (perflint/rule-never-matched)\n" in shown


def test_chinese_takes_two_columns() -> None:
    assert [measure(part) for part in ("abc", "计量单位", "《a》", "é", "e\u0301", paint("错", ERROR))] == [
        3,
        8,
        5,
        1,
        1,
        2,
    ]
    assert pad("单位", 6) + "|" == "单位  |"


@pytest.mark.parametrize(
    ("line", "width", "wrapped"),
    [
        ("一二三四五", 6, "一二三\n四五"),
        ("一二三，四五", 6, "一二\n三，四\n五"),
        ("a word and another", 8, "a word\nand\nanother"),
        ("编号PT101出错", 8, "编号\nPT101出\n错"),
        ("", 8, ""),
        ("unbreakable", 4, "unbreakable"),
    ],
)
def test_lines_break_between_words_and_characters(line: str, width: int, wrapped: str) -> None:
    assert wrap(line, width) == wrapped


@given(st.text(alphabet="一二，。（）ab  1%", max_size=60), st.integers(8, 40))
def test_wrapping_loses_nothing(line: str, width: int) -> None:
    wrapped = wrap(line, width, indent="  ", hanging="    ")
    assert wrapped.replace("\n", "").replace(" ", "") == line.replace(" ", "")


@given(st.text())
def test_cleaned_text_moves_no_cursor(line: str) -> None:
    cleaned = clean(line)
    assert apply_colours(cleaned, color=True) == cleaned
    assert not any(character < " " or "\x7f" <= character <= "\x9f" for character in cleaned)
    assert END not in cleaned
