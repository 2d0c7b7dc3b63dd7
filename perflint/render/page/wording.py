"""What the script of the page says, in the language in force."""

from __future__ import annotations

from collections.abc import Mapping

from perflint.finding import Severity
from perflint.language import say

_LEVELS = {Severity.ERROR: ("错误", "error"), Severity.WARNING: ("警告", "warning"), Severity.INFO: ("提示", "note")}
_WORDS = {
    "all_rules": ("全部规则", "all rules"),
    "all_organizations": ("全部单位", "all organizations"),
    "all_tables": ("全部表", "all tables"),
    "all_documents": ("‹ 全部文档", "‹ all documents"),
    "previous_document": ("上一份", "previous document"),
    "next_document": ("下一份", "next document"),
    "blank": ("空白", "blank"),
    "note": ("批注", "annotation"),
    "fix": ("怎样改", "How to mend it"),
    "why": ("为什么", "Why"),
    "source": ("依据", "Basis"),
    "checked": ("已与原文核对", "checked against the original"),
    "unchecked": ("文号和条款未与原文核对", "number and article not checked against the original"),
    "maybe": ("可能误报的情形", "When this may be a false alarm"),
    "rule": ("规则", "Rule"),
    "place": ("位置", "Place"),
    "back": ("回到表中这一格", "back to the cell"),
    "unknown": ("未能判断 {0} 项", "{0} could not be decided"),
    "suppressed": ("已抑制 {0} 项", "{0} suppressed"),
    "until": ("到 {0} 为止", "until {0}"),
    "nothing": ("没有发现问题", "nothing found"),
    "none_left": ("筛选之下没有批注", "no annotation passes the filters"),
    "told": ("{0} 处，在 {1} 份文档里", "{0} in {1} document(s)"),
    "often": ("常见问题", "What was found most"),
    "found": ("发现的问题", "What was found"),
    "places": ("处数", "places"),
    "in_documents": ("文档数", "documents"),
    "more_rules": ("列出全部 {0} 条", "list all {0}"),
    "whole": ("整份文档", "the whole document"),
    "more": ("展开全文", "show all of the text"),
    "less": ("收起", "show less"),
    "tables": ("各张表", "Tables"),
    "year": ("{0}年", "{0}"),
    "unnamed": ("未命名文档", "unnamed document"),
    "left_out": (
        "这个页面只放得下 {1} 份文档里 {0} 份的表格，其余的只列出处数。要看它们，请分几次检查，例如一个乡镇一个页面。",
        "Only the tables of {0} of {1} documents found room here; the others are counted. To see them, check in parts.",
    ),
    "not_here": (
        "这份文档的表格没有放进这个页面。要看它，请单独检查这份文件。",
        "The tables of this document are not in this page. To see them, check this file alone.",
    ),
}


def name_level(severity: Severity) -> str:
    """Return ``错误``, ``警告`` or ``提示``."""
    return say(*_LEVELS[severity])


def name_levels(*, crashed: bool) -> list[str]:
    """Return the names of the severities, and of crashes if there are any."""
    return [*map(name_level, Severity), *([say("规则出错", "rule crashed")] if crashed else [])]


def build_wording(*, crashed: bool) -> Mapping[str, object]:
    """Return the words by name; ``{0}`` stands for what the script puts in."""
    return {**{name: say(*words) for name, words in _WORDS.items()}, "levels": name_levels(crashed=crashed)}
