"""What the fields of a document are called on forms, for messages: ``budget.by_use.basic`` is 基本支出.

The words are the titles of the document schema; what a form has besides, such as the funds block, is named here.
"""

from __future__ import annotations

from collections.abc import Mapping

from perflint.language import say
from perflint.schema.model import Field, load_model


def name_field(path: str) -> str:
    """Return what the field at a dotted *path* below a table is called; the last key where the schema has no title."""
    record, found = "table", None
    for key in path.split("."):
        found = load_model().records[record].fields.get(key) if record else None
        record = _record_of(found)
    return path.rpartition(".")[2].removeprefix("x-") if found is None else say(found.title, found.title_en)


def name_list(kind: str) -> str:
    """Return what a list or block of a form is called: ``tasks`` is 年度主要任务."""
    return _list_blocks().get(kind) or name_field(kind)


def name_column(kind: str, field: str) -> str:
    """Return what a column of the list *kind* holds: ``comparator`` of ``indicators`` is 计算符号."""
    outside = field.removeprefix("outer:")
    if outside != field:
        return name_field(outside)
    named = _list_columns().get(field)
    if named is not None:
        return named
    found = load_model().records["table"].fields.get(kind)
    record = _record_of(found)
    if record == "spending":
        record = _record_of(load_model().records[record].fields["items"])
    title = load_model().records[record].fields.get(field) if record else None
    return field if title is None else say(title.title, title.title_en)


def _record_of(found: Field | None) -> str:
    if found is None:
        return ""
    return (found.type.item or found.type).record or ""


def _list_blocks() -> Mapping[str, str]:
    return {"indicators": say("绩效指标", "indicators"), "funds": say("资金情况", "funds")}


def _list_columns() -> Mapping[str, str]:
    return {
        "context": say("栏目名，不是列", "the name of the block, no column"),
        "unknown": say("没有认出", "unknown"),
        "foreign": say("认得，不读", "known, not read"),
        "part": say("金额的一部分，不读", "a part of the amount, not read"),
        "undecided": say("看内容决定", "decided by the cells"),
        "number": say("序号", "running number"),
        "lower": say("指标值下限", "lower bound of the target"),
        "upper": say("指标值上限", "upper bound of the target"),
        "label": say("行名", "name of the line"),
        "amount": say("金额", "amount"),
        "share": say("占比", "share"),
        "year": say("往年金额", "amount of an earlier year"),
        "goal_annual": say("年度绩效目标", "annual goal"),
        "goal_period": say("实施期绩效目标", "goal of the project period"),
        "goal_long_term": say("长期绩效目标", "long-term goal"),
    }
