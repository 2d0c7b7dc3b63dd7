"""What one cell of a header may mean: a field, a section, a year, a word of the form.

Cell.text + Form ──fields_of──▶ fields, the likeliest first
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from perflint.reading.cell import shapes
from perflint.reading.cell.fold import drop_brackets, fold, list_keys
from perflint.reading.form.template import Form, Label

INDICATORS = "indicators"
_PLACE = re.compile(r"(?:镇|乡|街道|办事处|县|区|市|旗|场|村|社区|政府|合计|小计)$")
_YEAR = re.compile(r"(?:19|20)\d{2}年?度?")
_MOST_KNOWN = 4096  # cells that a form remembers; a large sheet of accounts has many more
_LONGEST = 12  # characters of a header that is known by its end
_PARTS = ("季度", "半年", "月", "底", "末", "月份")  # what parts of the year end in; asked first, since it is cheap
_FEWEST_GRADES = 3  # headers side by side that make a scale
_BEST = frozenset({"优", "优秀"})
_GRADES = _BEST | {"良", "良好", "中", "一般", "及格", "合格", "差", "较差", "不及格", "不合格"}
_AIMS = frozenset({"value", "comparator", "lower", "upper"})
_OUTER = frozenset({"organization", "project", "budget", "goals"})


def fields_of(text: str, kind: str, form: Form) -> tuple[str, ...]:
    """Return the fields a header cell may mean in a kind of list, the likeliest first; empty when unknown.

    A word in front that only says for when or for what (本年权重, 2025年目标值), or one behind that adds nothing
    (指标名称及说明), does not change the meaning.
    """
    known = form.meanings
    found = known.get((kind, text))
    if found is None:
        if len(known) >= _MOST_KNOWN:
            known.clear()
        found = known[kind, text] = _find_fields(text, kind, form)
    return found


def _find_fields(text: str, kind: str, form: Form) -> tuple[str, ...]:
    if shapes.is_year(text) and kind in {INDICATORS, "funds"}:
        return ("year",)
    keys = list_keys(text)
    words = () if _names_body(keys, form) else form.header_words
    shorter = [short for key in keys for short in list_shorter(key, words)]
    for key in (*keys, *shorter):
        if found := _look_up(key, kind, form) or _look_up(_drop_tail(key, form.header_tails), kind, form):
            return found
    if kind == INDICATORS and any(_is_prior(key, form) for key in keys):
        return ("prior",)
    return ()


def contexts_of(text: str, form: Form) -> tuple[str, ...]:
    """Return the kinds of context that a header cell may name, words in front of it left out in turn."""
    known = form.named_contexts
    found = known.get(text)
    if found is None:
        if len(known) >= _MOST_KNOWN:
            known.clear()
        keys = list_keys(text)
        shorter = (short for key in keys for short in list_shorter(key, form.label_words, years=False))
        found = known[text] = tuple({form.contexts[key]: None for key in (*keys, *shorter) if key in form.contexts})
    return found


def names_rows(fields: Collection[str]) -> bool:
    """Tell whether the fields of a header make rows of their own: a level, names, and targets or the signs of them."""
    return {"level1", "name"} <= set(fields) and not _AIMS.isdisjoint(fields)


def _names_body(keys: Sequence[str], form: Form) -> bool:
    """Tell whether a word is the label of a unit: 部门名称 is no 名称 of a project, 项目单位 no unit of measure."""
    labels = (label for key in keys for label in form.labels_by_name.get(key, ()))
    return any(label.field.startswith("organization.") for label in labels)


def _look_up(key: str, kind: str, form: Form) -> tuple[str, ...]:
    if kind == INDICATORS:
        return form.headers.get(key) or form.undecided.get(key) or _foreign(key, form) or _by_end(key, form)
    if key in form.lists[kind].fields:
        return (form.lists[kind].fields[key],)
    return _foreign(key, form) if kind == "funds" else ()


def _by_end(key: str, form: Form) -> tuple[str, ...]:
    """Return the field whose headers all end alike: 目标值设定依据."""
    return tuple(name for name, ends in form.header_ends.items() if len(key) <= _LONGEST and key.endswith(ends))


def _foreign(key: str, form: Form) -> tuple[str, ...]:
    """Return what is known and never a target: what was done or earned, and parts of the year (第一季度)."""
    return ("foreign",) if key in form.foreign_headers or (key.endswith(_PARTS) and shapes.is_period_point(key)) else ()


def list_shorter(key: str, words: tuple[str, ...], *, years: bool = True) -> Iterator[str]:
    """Yield a header without the year or word at its beginning, then without the next: 2025年计划数, 计划数, 数."""
    while True:
        year = _YEAR.match(key) if years else None
        lead = year.group() if year else _find_lead(key, words)
        shorter = key.removeprefix(lead)
        if not lead or not shorter:
            return
        key = shorter
        yield key


def _find_lead(key: str, words: tuple[str, ...]) -> str:
    # All at once first: nearly every cell of a table begins with none of them.
    return next(word for word in words if key.startswith(word)) if key.startswith(words) else ""


def list_grades(texts: Sequence[str]) -> list[int]:
    """Return the numbers of the headers that make a scale of grades (优, 良, 中, 差); one or two make none."""
    found = [at for at, text in enumerate(texts) if is_grade_word(text)]
    return found if len(found) >= _FEWEST_GRADES else []


def is_grade_word(text: str) -> bool:
    """Tell whether a header may be one grade of a scale."""
    return fold(drop_brackets(text)) in _GRADES


def is_best_grade(text: str) -> bool:
    """Tell whether a header is the best grade of a scale."""
    return fold(drop_brackets(text)) in _BEST


def _drop_tail(key: str, tails: Sequence[str]) -> str:
    return key.removesuffix(next((tail for tail in tails if key.endswith(tail)), "")) or key


def _is_prior(key: str, form: Form) -> bool:
    """Tell whether a header names the value of an earlier year: 上年度目标值."""
    bare = [key.removeprefix(word) for word in form.prior_words if key.startswith(word)]
    spellings = [one for key in bare for one in (key, *list_shorter(key, form.header_words))]
    return any("value" in form.headers.get(one, ()) for one in spellings)


def find_outer(text: str, form: Form) -> Label | None:
    """Return the label of a column that tells of the whole table: its unit, project, amount or goal; None otherwise."""
    keys = list_keys(text)
    longer = (short for key in keys for short in list_shorter(key, form.label_words, years=False) if len(short) > 2)
    for key in (*keys, *longer):
        for label in form.labels_by_name.get(key, ()):
            if label.within is None and label.field.split(".")[0] in _OUTER:
                return label
    return None


def heads_first_level(text: str, after: str, form: Form) -> bool:
    """Tell whether 绩效目标 left of the heading of the second level stands over the first: no goal of the table."""
    label = find_outer(text, form)
    fields = fields_of(after, INDICATORS, form)
    return label is not None and label.field.startswith("goals.") and fields[:1] == ("level2",)


def read_section(text: str, form: Form) -> str | None:
    """Return the section a heading names: long_term or annual, or None."""
    folded = fold(text)
    for section in ("long_term", "annual"):
        if any(word in folded for word in form.sections.get(section, ())):
            return section
    return None


def find_year_of(label: str) -> int | None:
    """Return the year a header names, None when it names none."""
    found = _YEAR.search(fold(label))
    return int(found.group()[:4]) if found else None


def names_place(text: str) -> bool:
    """Tell whether a header names a region or the sum of them: 清溪县, 全市合计."""
    return len(fold(text)) <= _LONGEST and _PLACE.search(fold(text)) is not None


def is_group(text: str, form: Form) -> bool:
    """Tell whether a header word stands over several columns."""
    return any(key in form.header_groups for key in list_keys(text))
