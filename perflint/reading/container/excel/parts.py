"""What the parts of a workbook have in common: how to find them, and how they write numbers, texts and fonts."""

from __future__ import annotations

import re

from perflint.reading.container.archive import Archive
from perflint.reading.container.xml import Element

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def find_part(archive: Archive, main: str, kind: str) -> str | None:
    """Return the name of the part of a kind (``styles``, ``sharedStrings``), None when there is none."""
    return next((one.target for one in archive.relations(main) if one.kind == kind and one.target in archive), None)


def read_int(text: str | None, otherwise: int) -> int:
    """Return a whole number of an attribute; *otherwise* where there is none."""
    try:
        return int(text or "")
    except ValueError:
        return otherwise


def unescape(text: str) -> str:
    """Return a text without the escapes for control characters, line breaks as line feeds."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n")


def is_struck(font: Element) -> bool:
    """Tell whether a font strikes its text through."""
    strike = font.find("{*}strike")
    return strike is not None and strike.get("val", "1") not in ("0", "false")
