"""The shared texts of a workbook, and the texts inside cells.

Source: ECMA-376 part 1, 18.4.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from perflint.reading.container.archive import Archive
from perflint.reading.container.excel.parts import find_part, is_struck, unescape
from perflint.reading.container.raised import write_lowered, write_raised
from perflint.reading.container.xml import Element, iterate_xml, local_name

_SHIFTS: Mapping[str, Callable[[str], str]] = {"superscript": write_raised, "subscript": write_lowered}


def read_strings(archive: Archive, main: str) -> list[str]:
    """Return the shared texts in the order of their numbers."""
    part = find_part(archive, main, "sharedStrings")
    if part is None:
        return []
    return [read_string(item) for item in iterate_xml(archive.read(part), ("si",), part, archive.file)]


def read_string(item: Element) -> str:
    """Return the text of a string item: its runs, without the phonetic guide."""
    pieces = []
    for child in item:
        name = local_name(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            shift = _SHIFTS.get(_read_shift(child), str)
            pieces.extend(shift(text.text or "") for text in child.iterfind("{*}t"))
    return unescape("".join(pieces))


def _read_shift(run: Element) -> str:
    raised = run.find("{*}rPr/{*}vertAlign")
    return "" if raised is None else raised.get("val", "")


def find_struck_strings(archive: Archive, main: str) -> frozenset[int]:
    """Return the numbers of the shared texts of which a part is struck through."""
    part = find_part(archive, main, "sharedStrings")
    if part is None or b"strike" not in (data := archive.read(part)):
        return frozenset()
    items = iterate_xml(data, ("si",), part, archive.file)
    return frozenset(at for at, item in enumerate(items) if any(map(is_struck, item.iterfind("{*}r/{*}rPr"))))
