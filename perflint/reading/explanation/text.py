"""How a file was recognised, for the person who adds a form.

Source ──explain_source──▶ text
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Any

from perflint.language import quote, say
from perflint.origin import say_origin
from perflint.reading.assembly.document import build_document_data
from perflint.reading.cell.fold import tidy
from perflint.reading.explanation.addition import Addition, list_choices, write_form
from perflint.reading.explanation.bare import find_bare_candidate
from perflint.reading.explanation.candidate import Candidate, find_candidate, list_rows
from perflint.reading.explanation.rest import place_rest
from perflint.reading.form.choice import choose_parent, find_common, rank_forms
from perflint.reading.form.load import find_form
from perflint.reading.form.template import Form
from perflint.reading.form.words import name_column, name_list
from perflint.reading.grid import Source
from perflint.reading.header.column import Column
from perflint.reading.header.header import Header, find_header
from perflint.reading.header.without import find_bare_list
from perflint.reading.header.words import INDICATORS
from perflint.reading.indicator.columns.decide import decide_columns
from perflint.reading.indicator.columns.texts import list_texts
from perflint.reading.layout.flow import unroll
from perflint.reading.layout.foreign import drop_foreign
from perflint.reading.layout.glued.untold import drop_untold
from perflint.reading.layout.lift import lift_rows
from perflint.reading.layout.paragraphs import lay_out_paragraphs
from perflint.reading.layout.units import Unit, split_units
from perflint.reading.line import Line, build_lines

_SHOWN = 3


def explain_source(source: Source, forms: Sequence[Form]) -> str:
    """Return, table by table: the form and its rivals, every header found, what each column holds, what to add."""
    base = find_form(forms, "base")
    flow = unroll(lift_rows(drop_untold(build_lines(lay_out_paragraphs(source, base, forms))), base), base, forms)
    lines, _ = drop_foreign(flow.lines, find_common(forms))
    before, units = split_units(lines, base)
    texts = [
        say(
            f"{source.file}：{len(units)} 张表，第一张表之前有 {len(before)} 行",
            f"{source.file}: {len(units)} tables, {len(before)} lines before the first",
        )
    ]
    if not units:
        texts.append(_advise_no_table())
    data = build_document_data(source, forms)
    unread = frozenset((one["origin"], one["text"]) for one in data.get("unread", ()))
    for number, unit in enumerate(units, 1):
        texts += ["", *_explain_unit(number, unit, forms, unread, source.file)]
    return "\n".join([*texts, *_list_doubts(data)])


def _advise_no_table() -> str:
    return say(
        "  没有找到表格。如果原件里有：它可能是图片，或者复制时各列之间的分隔丢了；请用原来的 Word、Excel 文件",
        "  no table was found. If there is one, it may be a picture, or what stood between its columns was lost in "
        "copying: use the Word or Excel file it came from",
    )


def _list_doubts(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a person should look at and what was not understood, each with its place."""
    notices, unread = data.get("x-notices", ()), data.get("unread", ())
    if notices:
        yield say("\n要人看的地方", "\nto look at")
    yield from (f"  {_place(one)}{one['text']}" for one in notices)
    known = [one for one in unread if "label" in one]
    if len(known) < len(unread):
        yield say("\n没有认出的文字", "\ntext that was not understood")
    yield from (f"  {_place(one)}{quote(one['text'].strip())}" for one in unread if "label" not in one)
    if known:
        yield say("\n认得、但文档里没有位置的内容", "\nknown to the form, but without a place in the document")
    yield from (f"  {_place(one)}{one['label']}  {quote(one['text'].strip())}" for one in known)


def _place(one: Mapping[str, Any]) -> str:
    told = not one["origin"] or one["text"].startswith(one["origin"])
    return "" if told else f"{say_origin(one['origin'])}  "


def _explain_unit(
    number: int, unit: Unit, forms: Sequence[Form], unread: frozenset[tuple[str, str]], file: str
) -> Iterator[str]:
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
    addition = Addition(form=choose_parent(ranked, forms), title=title)
    listed = yield from _explain_lists(unit.lines, form, addition)
    for line in unit.lines:
        if line.origin not in listed:
            addition.add_labels(line, unread)
    if not addition.is_empty:
        yield from _suggest(addition, number, file)


def _explain_lists(lines: Sequence[Line], form: Form, addition: Addition) -> Generator[str, None, frozenset[str]]:
    """Yield what was found of every list; return the origins of their rows."""
    listed: set[str] = set()
    found, below = False, 0
    for at in range(len(lines)):
        header = find_header(lines, at, form) if at >= below else None
        if header is None:
            continue
        below = at + header.height
        rows = list_rows(lines, at + header.height)
        yield from _explain_header(lines[at], header, rows, form, addition)
        listed.update(line.origin for line in lines[at : at + header.height])
        if header.kind == INDICATORS:
            found = True
            listed.update(_list_origins(rows, header.columns))
    if not found:
        listed.update((yield from _explain_unknown(lines, form, addition)))
    return frozenset(listed)


def _explain_unknown(lines: Sequence[Line], form: Form, addition: Addition) -> Generator[str, None, frozenset[str]]:
    """Yield what may be the indicators where no header is known; return the origins of their rows."""
    candidate = find_candidate(lines, form)
    if candidate is not None:
        yield from _explain_candidate(candidate, addition)
        return frozenset((candidate.line.origin, *_list_origins(candidate.rows, candidate.columns)))
    for at in range(len(lines)):
        bare = find_bare_list(lines, at, form)
        if bare is not None:
            yield from _explain_bare(bare.columns, bare.origin)
            return frozenset(line.origin for line in list_rows(lines, at))
    candidate = find_bare_candidate(lines)
    if candidate is None:
        yield say("  没有找到指标的表头", "  no indicator header found")
        return frozenset()
    yield from _explain_bare(candidate.columns, candidate.line.origin)
    yield say("  表式里没有这些级别", "  no form has these levels")
    addition.add_bare_levels(candidate.columns, candidate.rows)
    return frozenset(row.origin for row in candidate.rows)


def _explain_bare(columns: Sequence[Column], origin: str) -> Iterator[str]:
    yield say(
        f"  指标没有表头，从{origin}开始；从内容看，各列依次是",
        f"  the indicators have no header and begin at {say_origin(origin)}; by their cells the columns are, "
        "in this order",
    )
    yield from (f"    {_show_column(INDICATORS, column.field, None)}" for column in columns)


def _list_origins(rows: Sequence[Line], columns: Sequence[Column]) -> Iterator[str]:
    """Yield the origins of the rows that hold a name, as far as it is known which column has the names."""
    names = [column for column in columns if column.field == "name"]
    yield from (row.origin for row in rows if not names or list_texts([row], names[0]))


def _explain_header(line: Line, header: Header, rows: Sequence[Line], form: Form, addition: Addition) -> Iterator[str]:
    name = name_list(header.kind)
    yield say(f"  {name}的表头在{line.origin}", f"  header of {name} at {say_origin(line.origin)}")
    columns = decide_columns(rows, header, form)[0] if header.kind == INDICATORS else header.columns
    yield from _list_columns(columns, header.kind)
    if header.kind == INDICATORS:
        addition.add_columns(place_rest(list(columns), rows, form.level_words), rows)


def _explain_candidate(candidate: Candidate, addition: Addition) -> Iterator[str]:
    shown = " | ".join(tidy(slot.text) or "" for slot in candidate.line.filled)
    yield say(
        f"  没有找到指标的表头；最像的一行在{candidate.line.origin}：{shown}",
        f"  no indicator header found; the likeliest row is at {say_origin(candidate.line.origin)}: {shown}",
    )
    yield say("  从内容和位置看，各列是", "  by their cells and places its columns are")
    yield from _list_columns(candidate.columns, INDICATORS)
    addition.add_columns(candidate.columns, candidate.rows)
    addition.groups += candidate.groups


def _list_columns(columns: Sequence[Column], kind: str) -> Iterator[str]:
    for column in columns:
        words = (column.level1.text if column.level1 is not None else "", column.label)
        shown = " ".join("".join(word.split()) for word in words if word)
        yield f"    {shown} → {_show_column(kind, column.field, column.section)}"


def _show_column(kind: str, field: str, section: str | None) -> str:
    """Return what a column was read as, with the name that a form template uses for it."""
    meaning = name_column(kind, field)
    if field in ("unknown", "context"):
        return meaning
    sections = {"annual": say("，年度", ", annual"), "long_term": say("，长期", ", long term")}
    inner = field + sections.get(section or "", "")
    return say(f"{meaning}（{inner}）", f"{meaning} ({inner})")


def _suggest(addition: Addition, number: int, file: str) -> Iterator[str]:
    yield say(
        f"  要读没有认出的部分：把下面几行存成 my-county.yaml，看看对不对，再读一次"
        f"（perflint read {file} --form my-county.yaml）；",
        f"  to read what was not understood, save these lines as my-county.yaml, look them over and read again "
        f"(perflint read {file} --form my-county.yaml);",
    )
    yield say("  以后放进规则包的 forms/ 文件夹，检查时自动使用", "  in the folder forms/ of a pack, checks use it")
    yield ""
    yield from write_form(addition, number)
    if addition.foreign or addition.labels:
        yield ""
    if addition.foreign:
        listed = say("、", ", ").join(f"{field} {title}" for field, title in list_choices().items())
        yield say(f"  headers 里可用：{listed}", f"  in headers: {listed}")
    if addition.labels:
        yield say(
            "  labels 的 field 写 unread 是认得、不读；能写什么：perflint schema form",
            "  a label whose field is unread is known and not read; what it may be: perflint schema form",
        )
