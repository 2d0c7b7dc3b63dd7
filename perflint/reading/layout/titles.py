"""Recognise the title of a table, its year, and the furniture of pages.

text ──is_title──▶ a new table begins
"""

from __future__ import annotations

import re

from perflint.interpret.folding import fold_characters
from perflint.reading.cell import shapes
from perflint.reading.cell.fold import fold, simplify
from perflint.reading.draft import Draft
from perflint.reading.form.inline import split_inline
from perflint.reading.form.template import Form

_TITLE = re.compile(r"绩效.{0,24}(?:表|目标)$|(?:自评|评价|批复|申报|汇总|目标)表$")
_SELF = "自评表"  # of which some do not say of what
CONTINUED = "续表"
_MARKS = re.compile(r"[#*\s]+")
_ATTACHED = re.compile(r"附(?:件|表|录)?[一二三四五六七八九十\d]*(?:之[一二三四五六七八九十\d]+)?")
_FURNITURE = re.compile(
    r"[第—\-–\s]*\d{0,4}[\s/，,共页—\-–]*\d{0,4}[页\s—\-–]*|续表\d*|[(（]续表?[)）]|[(（]?接上页[)）]?"
)
_OPENS_MARK = "第—–-(（续"
_CONTINUED = re.compile(
    r"\s*[（(]\s*(?:续表?|接上页|续上页|续前)\s*[一二三四五六七八九十\d]*\s*[)）]\s*$|\s*续表?\s*\d*\s*$"
)
_YEAR = re.compile(r"((?:19|20)\d{2})\s*(?:[)）]?\s*(?:年|—|-|财政)|[)）]\s*$)")
_BARE_YEAR = re.compile(r"[(（\[]?\s*((?:19|20)\d{2})\s*[)）\]]?\s*年?\s*度?\s*(?:预算)?\s*[)）\]]?")
_ORGANIZATION = re.compile(
    r"[\w（）()·]{2,40}(?:人民政府|街道办事处|办事处|委员会|管委会|局|厅|院|中心|办公室|学校|大学|公司|站|所|部|会)"
)
_LONGEST = 70


def clean_title(text: str) -> str:
    """Return a title without Markdown marks and white space around it."""
    marks = _MARKS.match(text)
    begin, end = marks.end() if marks else 0, len(text)
    # By hand: to search for marks at the end takes time with the square of the blanks within.
    while end > begin and (text[end - 1] == "*" or text[end - 1].isspace()):
        end -= 1
    return text[begin:end]


def is_title(text: str, form: Form) -> bool:
    """Tell whether a text is the title of a target table, by its words alone."""
    bare = clean_title(text)
    if len(bare) > _LONGEST or "。" in bare or "；" in bare:
        return False
    folded = re.sub(r"(?:申报|填报)?(?:(?:19|20)\d{2}年?度?)$", "", fold(re.sub(r"[（(][^（()）]*[)）]\s*$", "", bare)))
    if ("绩效" not in folded and not folded.endswith(_SELF)) or _TITLE.search(folded) is None:
        return False
    return not split_inline(bare, form).pairs


def is_full_title(text: str) -> bool:
    """Tell whether a title names a table (ends in 表); others are titles only when a grid follows at once."""
    return fold(re.sub(r"[（(][^（()）]*[)）]\s*$", "", clean_title(text))).endswith("表")


def is_attachment_mark(text: str) -> bool:
    """Tell whether a text only numbers an annex: 附表2."""
    return _ATTACHED.fullmatch(fold(text)) is not None


def is_furniture(text: str) -> bool:
    """Tell whether a paragraph is a page number or says that a table goes on."""
    bare = text.strip()
    return len(bare) <= _LONGEST and _FURNITURE.fullmatch(bare) is not None and bool(fold(bare))


def is_page_mark(text: str) -> bool:
    """Tell whether a cell is a page number or 续表; a bare figure may be anything."""
    return is_furniture(text) and not shapes.is_figure(text)


def is_page_line(text: str) -> bool:
    """Tell whether a line between the rows of a table is a page number, — 3 —, or 续表; 5页 may be a target."""
    return is_page_mark(text) and text.strip()[0] in _OPENS_MARK and (shapes.has_digit(text) or "续" in text)


def is_continuation(title: str, before: str) -> bool:
    """Tell whether a title only repeats the one before it to say that its table goes on: …绩效目标表（续）."""
    bare = _CONTINUED.sub("", clean_title(title))
    return bare != clean_title(title) and fold(bare) == fold(clean_title(before))


def find_year(text: str) -> int | None:
    """Return the one year a title names, None when there is none or several."""
    years = set(_YEAR.findall(fold_characters(text)))
    return int(years.pop()) if len(years) == 1 else None


def find_title_year(draft: Draft) -> int | None:
    """Return the year of the title of a table, unless it belongs to the project the title names."""
    title = draft.data.get("title")
    if title is None:
        return None
    project = draft.get(("project", "name"))
    return find_year(title.replace(project, "") if isinstance(project, str) else title)


def read_bare_year(text: str) -> int | None:
    """Return the year of a text that is nothing else: （2026）年度."""
    found = _BARE_YEAR.fullmatch(fold_characters(text.strip()))
    return int(found.group(1)) if found else None


def is_organization(text: str) -> bool:
    """Tell whether a text is nothing but the name of a public body."""
    return _ORGANIZATION.fullmatch(simplify(text).strip()) is not None
