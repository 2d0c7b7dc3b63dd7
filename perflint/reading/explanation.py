"""How a file was recognised, for the person who adds a form.

Source ──explain_source──▶ text
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from perflint.language import quote, say
from perflint.reading.assembly.document import build_document_data
from perflint.reading.cell.fold import fold, tidy
from perflint.reading.form.choice import rank_forms
from perflint.reading.form.template import Form, find_form
from perflint.reading.form.words import name_column, name_list
from perflint.reading.grid import Source
from perflint.reading.header.header import Header, find_header
from perflint.reading.header.words import INDICATORS
from perflint.reading.indicator.columns.decide import decide_columns
from perflint.reading.layout.flow import unroll
from perflint.reading.layout.lift import lift_rows
from perflint.reading.layout.spaced import split_spaced
from perflint.reading.layout.units import Unit, split_units
from perflint.reading.line import Line, build_lines

_FIELDS = (
    "level1 level2 name description comparator value unit basis category weight direction scoring explanation remark "
    "prior number"
).split()
_TEMPLATE = """\
    perflint: form/1
    form:
      id: my-county
      extends: {parent}
      match: {{title: [{title}]}}
    headers:
"""
_SHOWN = 3
_ROWS = 40


def explain_source(source: Source, forms: Sequence[Form]) -> str:
    """Return, table by table: the form and its rivals, every header found, what each column holds, what to add."""
    base = find_form(forms, "base")
    lines = unroll(lift_rows(build_lines(split_spaced(source, base)), base), base).lines
    before, units = split_units(lines, base)
    texts = [
        say(
            f"{source.file}：{len(units)} 张表，第一张表之前有 {len(before)} 行",
            f"{source.file}: {len(units)} tables, {len(before)} lines before the first",
        )
    ]
    for number, unit in enumerate(units, 1):
        texts += ["", *_explain_unit(number, unit, forms)]
    return "\n".join([*texts, *_list_doubts(build_document_data(source, forms))])


def _list_doubts(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a person should look at and what was not understood, each with its place."""
    notices, unread = data.get("x-notices", ()), data.get("unread", ())
    if notices:
        yield say("\n要人看的地方", "\nto look at")
    yield from (f"  {_place(one)}{one['text']}" for one in notices)
    if unread:
        yield say("\n没有认出的文字", "\ntext that was not understood")
    yield from (f"  {_place(one)}{quote(one['text'].strip())}" for one in unread)


def _place(one: Mapping[str, Any]) -> str:
    told = not one["origin"] or one["text"].startswith(one["origin"])
    return "" if told else f"{one['origin']}  "


def _explain_unit(number: int, unit: Unit, forms: Sequence[Form]) -> Iterator[str]:
    title = unit.title.text.strip() if unit.title is not None else None
    ranked = rank_forms(unit.lines, title, forms)
    shown = title or say("（没有标题）", "(no title)")
    yield say(f"表 {number}：{shown}", f"table {number}: {shown}")
    for one in ranked[:_SHOWN]:
        reasons = say("、", ", ").join(one.reasons) or say("没有相符之处", "nothing")
        yield say(
            f"  表式 {one.form.id}：{one.score} 分（{reasons}）", f"  form {one.form.id}: {one.score} ({reasons})"
        )
    form = ranked[0].form if ranked and ranked[0].score > 0 else find_form(forms, "base")
    unknown: list[str] = []
    found = False
    for at in range(len(unit.lines)):
        header = find_header(unit.lines, at, form)
        if header is not None:
            found = found or header.kind == INDICATORS
            yield from _explain_header(unit.lines, at, header, form, unknown)
    if not found:
        yield from _explain_missing(unit.lines, form, unknown)
    yield from _suggest(form, unknown, title)


def _explain_header(lines: Sequence[Line], at: int, header: Header, form: Form, unknown: list[str]) -> Iterator[str]:
    place = lines[at].origin
    name = name_list(header.kind)
    yield say(f"  {name}的表头在{place}", f"  header of {name} at {place}")
    rows = [line for line in lines[at + header.height : at + header.height + _ROWS] if line.filled]
    columns = decide_columns(rows, header, form)[0] if header.kind == INDICATORS else header.columns
    for column in columns:
        label = "".join(column.label.split())
        yield f"    {label} → {_show_column(header.kind, column.field, column.section)}"
        if column.field == "unknown":
            unknown.append(label)


def _show_column(kind: str, field: str, section: str | None) -> str:
    """Return what a column was read as, with the name that a form template uses for it."""
    meaning = name_column(kind, field)
    if field in ("unknown", "context"):
        return meaning
    sections = {"annual": say("，年度", ", annual"), "long_term": say("，长期", ", long term")}
    inner = field + sections.get(section or "", "")
    return say(f"{meaning}（{inner}）", f"{meaning} ({inner})")


def _explain_missing(lines: Sequence[Line], form: Form, unknown: list[str]) -> Iterator[str]:
    """Show the row that looks most like an indicator header when none was found."""
    best = max(
        (line for line in lines if len(line.filled) > 2), key=lambda line: _count_known(line, form), default=None
    )
    if best is None or _count_known(best, form) == 0:
        yield say("  没有找到指标的表头", "  no indicator header found")
        return
    texts = [tidy(slot.text) or "" for slot in best.filled]
    shown = " | ".join(texts)
    yield say(
        f"  没有找到指标的表头；最像的一行在{best.origin}：{shown}",
        f"  no indicator header found; the likeliest row is at {best.origin}: {shown}",
    )
    unknown += [text for text in texts if fold(text) not in form.headers]


def _count_known(line: Line, form: Form) -> int:
    return sum(1 for slot in line.filled if fold(slot.text) in form.headers)


def _suggest(form: Form, unknown: Sequence[str], title: str | None) -> Iterator[str]:
    if not unknown:
        return
    yield say("  要读这些列，加一个表式模板，例如：", "  to read them, add a form such as:")
    yield from _TEMPLATE.format(parent=form.id, title=title or "").splitlines()
    for label in dict.fromkeys(unknown):
        yield f"      FIELD: [{label}]"
    yield say("  FIELD 换成下面的一个：", "  FIELD is one of:")
    for name in _FIELDS:
        yield f"    {name:<12}{name_column(INDICATORS, name)}"
