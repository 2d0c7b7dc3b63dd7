"""Where something stands in an original file, in the language in force.

A document keeps it in Chinese, whatever language it is checked in later: ``第3页 表1 第2行第4列``. A cell of a workbook
is named as the workbook names it (``Sheet1!B4``), in every language.
"""

from __future__ import annotations

from perflint.language import current
from perflint.pattern import LazyPattern

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    import re

_WORDS = {
    "页边": "margin",
    "页眉": "header",
    "页脚": "footer",
    "脚注": "footnotes",
    "尾注": "endnotes",
    "内": "inside it",
    "的文本框": "text box",
    "（隐藏文字）": "hidden text",
    "（合并单元格下的文字）": "text under a merged cell",
}
_COUNTED = {"页": "page", "段": "paragraph", "行": "line"}
_PART = LazyPattern(
    r"第(?P<row>[0-9]+)行第(?P<column>[0-9]+)列|第(?P<number>[0-9]+)(?P<counted>[页段行])|表(?P<table>[0-9]+)|"
    rf"(?P<word>{'|'.join(_WORDS)})"
)


def say_origin(origin: str) -> str:
    """Return *origin* in the language in force; what readers do not write so, such as a name of a sheet, stays."""
    if current() != "en" or _PART.sub("", origin).strip():
        return origin
    return ", ".join(map(_translate, _PART.finditer(origin)))


def _translate(part: re.Match[str]) -> str:
    if part["row"]:
        return f"row {part['row']}, column {part['column']}"
    if part["table"]:
        return f"table {part['table']}"
    return _WORDS[part["word"]] if part["word"] else f"{_COUNTED[part['counted']]} {part['number']}"
