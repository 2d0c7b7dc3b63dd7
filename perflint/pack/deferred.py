"""Rule examples set aside while the rest of a pack file is parsed: they are half of its text and no check needs them.

Only blocks in the usual style are cut, by their lines: ``examples:`` alone on its line at the indentation of the keys
of a rule, with deeper lines below. Whatever else a file does, its examples are simply parsed with the rest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_FIRST_RULE = re.compile(r"^rules:[^\n]*\n(?: *(?:#[^\n]*)?\n)*( *)- ", re.MULTILINE)


class Deferred:
    """A part of a file left unread: its text, and the number of its first line (1-based)."""

    __slots__ = ("first_line", "text")

    def __init__(self, text: str, first_line: int) -> None:
        self.text, self.first_line = text, first_line


def cut_examples(text: str) -> tuple[str, Mapping[int, Deferred]]:
    """Return *text* with the examples of its rules blanked out, and what was cut by the line of its key (0-based).

    Every other line keeps its number.
    """
    found = _FIRST_RULE.search(text)
    if found is None or "\r" in text:
        return text, {}
    indent = len(found[1]) + 2
    lines = text.split("\n")
    key = re.compile(rf" {{{indent}}}examples:\s*(?:#.*)?")
    cut: dict[int, Deferred] = {}
    at = text.count("\n", 0, found.end())
    while at < len(lines):
        end = at + 1
        if lines[at].startswith("examples:", indent) and key.fullmatch(lines[at]):
            end = _block_end(lines, end, indent)
            if end > at + 1:
                cut[at] = Deferred("\n".join(lines[at + 1 : end]), at + 2)
                lines[at + 1 : end] = [""] * (end - at - 1)
        at = end
    return ("\n".join(lines), cut) if cut else (text, cut)


def _block_end(lines: list[str], start: int, indent: int) -> int:
    """Return the index after the last line deeper than *indent*; blank lines after it do not count."""
    margin = " " * (indent + 1)
    end = start
    for at in range(start, len(lines)):
        line = lines[at]
        if line.startswith(margin):
            end = at + 1
        elif line.strip():
            break
    return end
