"""Write the value of a label to the place of the table that the form names.

Label + printed value ──write_field──▶ Draft
"""

from __future__ import annotations

import re

from perflint.interpret import read_value
from perflint.interpret.folding import fold_characters
from perflint.language import say
from perflint.reading.cell import shapes
from perflint.reading.cell.fold import drop_brackets, drop_lead, list_brackets, tidy
from perflint.reading.draft import Draft, Notice, Path, Record, printed
from perflint.reading.form.template import Label
from perflint.reading.form.words import name_field
from perflint.reading.line import Slot

_PERIOD = re.compile(
    r"(\d{4}(?:[.\-/年]\s*\d{1,2}(?:[.\-/月]\s*\d{1,2})?)?\s*[年月日]?)\s*(?:—+|–|--+|-|~|～|至|到)\s*"
    r"(\d{4}(?:[.\-/年]\s*\d{1,2}(?:[.\-/月]\s*\d{1,2})?)?\s*[年月日]?|长期)"
)
_TERM_WORDS = re.compile(r"^自|起(?=\s*(?:至|到|[—–~～-]))|止$")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_NUMBERS = frozenset({"sign_off.phone", "organization.code", "project.code"})


def accepts(label: Label, text: str) -> bool:
    """Tell whether a printed, non-blank text can be the value of a label; a target of an indicator never is one."""
    if shapes.is_signed(text) or (label.field in _NUMBERS and shapes.is_grade(text)):
        return False
    if label.shape == "amount":
        return shapes.is_amount(text)
    if label.shape == "figure":
        return shapes.is_nothing(text) or shapes.is_figure(text)
    if label.shape == "money_unit":
        return shapes.read_money_unit(text) is not None
    if label.shape == "date":
        return shapes.has_date(text) or re.fullmatch(r"\s*年\s*月\s*日\s*", text) is not None
    if label.shape == "year":
        return shapes.is_year(text)
    if label.shape == "name":
        return shapes.read_money_unit(text) is None and not shapes.is_figure(text)
    return True


def write_field(draft: Draft, label: Label, text: str | None, slot: Slot, heading: str) -> Notice | None:
    """Write a value, None for a printed blank; return a notice when another value already stands there.

    Args:
        heading: the label as printed, for goals and units in brackets.
    """
    value = printed(text) if text is not None else None
    if label.field.startswith("goals."):
        _write_goal(draft, label, value, slot, heading)
        return None
    if label.field == "project.period":
        return _write_period(draft, value, slot)
    if label.field == "fiscal_year":
        return _conflict(draft.set(("fiscal_year",), _read_year(value), slot), label, slot)
    if label.field == "currency_unit":
        return _conflict(draft.set(("currency_unit",), shapes.read_money_unit(value or ""), slot), label, slot)
    if label.shape == "amount":
        note_unit(draft, heading, slot)
        path = tuple(label.field.split("."))
        return _conflict(write_amount(draft, path, tidy(value or ""), slot, name_line(heading)), label, slot)
    if label.field.startswith(("sign_off.", "organization.", "project.")) or label.field == "filed_on":
        value = tidy(value or "")
    return _conflict(draft.set(tuple(label.field.split(".")), value, slot), label, slot)


def write_task(draft: Draft, text: str, slot: Slot) -> None:
    """Write a task that is one text without a name of its own."""
    draft.add("tasks", {"content": printed(text)}, {"": slot.origin, "/content": slot.origin})


def append_text(draft: Draft, label: Label, slot: Slot) -> bool:
    """Add the continuation of a text that a page break tore; tell whether there was a text to continue."""
    target, key = _find_text(draft, label)
    if target is None or not isinstance(target.get(key), str):
        return False
    target[key] = f"{target[key]}\n{printed(slot.text)}"
    return True


def _find_text(draft: Draft, label: Label) -> tuple[Record | None, str]:
    if label.field == "tasks":
        return (draft.data["tasks"][-1], "content") if draft.data.get("tasks") else (None, "content")
    if label.field.startswith("goals."):
        return (draft.data["goals"][-1], "text") if draft.data.get("goals") else (None, "text")
    if label.field == "duties":
        return draft.data, "duties"
    if label.field == "project.purpose":
        return draft.data.get("project"), "purpose"
    return None, ""


def name_line(heading: str) -> str:
    """Return what a line of the budget is called, without 其中, unit and colon: 其中：上年结转（万元）."""
    return drop_lead(drop_brackets(heading)).rstrip(":：")


def write_amount(draft: Draft, path: Path, value: str | None, slot: Slot | None, name: str) -> bool:
    """Write an amount; one that no field is for (``x-…``) goes under its printed name. Tell whether the place holds it.

    Args:
        path: keys from the table to the amount.
        name: what the line is called.
    """
    if not str(path[-1]).startswith("x-"):
        return draft.set(path, value, slot)
    return draft.set((*path, "label"), name, None) and draft.set((*path, "amount"), value, slot)


def _conflict(held: bool, label: Label, slot: Slot) -> Notice | None:
    if held:
        return None
    shown = slot.text.strip()[:40]
    name = name_field(label.field)
    text = say(f"{name}又有一个值：{shown}；保留前一个", f"a second value for {name}: {shown}; the first is kept")
    return Notice("value_conflict", text, slot.origin)


def _write_goal(draft: Draft, label: Label, value: str | None, slot: Slot, heading: str) -> None:
    scope = label.field.removeprefix("goals.")
    record = {"scope": scope, "text": value, "label": tidy(heading)}
    draft.add("goals", record, {"/text": slot.origin})


def _write_period(draft: Draft, value: str | None, slot: Slot) -> Notice | None:
    """Write both ends as printed, or where print shortens them (2025年1月-12月) what they mean, beside the print."""
    text = _TERM_WORDS.sub("", value.strip()) if value else ""
    found, meant = _PERIOD.fullmatch(text), read_value(text)
    if value is None:
        draft.set(("project", "period"), {"start": None, "end": None}, slot)
    elif found is not None:
        draft.set(("project", "period"), {"start": found.group(1).strip(), "end": found.group(2).strip()}, slot)
    elif meant.kind == "period":
        term = {"start": meant.start, "end": meant.end, "x-printed": tidy(value)}
        draft.set(("project", "period"), term, slot)
    else:
        draft.set(("project", "x-period"), tidy(value), slot)
        shown = value.strip()
        told = say(f"分不清起止时间：{shown}", f"start and end of the period are not told apart: {shown}")
        return Notice("period_unread", told, slot.origin)
    return None


def _read_year(value: str | None) -> int | None:
    found = _YEAR.search(fold_characters(value or ""))
    return int(found.group()) if found else None


def note_unit(draft: Draft, heading: str, slot: Slot) -> None:
    """Write the money unit in the brackets of a heading (年度预算申请（万元）), unless the table already names one."""
    for remark in list_brackets(heading):
        unit = shapes.read_money_unit(remark)
        if unit is not None and not draft.has(("currency_unit",)):
            draft.set(("currency_unit",), unit, slot)
