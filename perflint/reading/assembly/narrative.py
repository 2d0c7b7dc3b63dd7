"""Paragraphs outside the tables: headings and the text under them.

paragraphs ──build_narrative──▶ passages of the document
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from perflint.reading.draft import Record
from perflint.reading.line import Slot

_NUMBERED = re.compile(
    r"^\s*(?:\[bookmark:[^\]]*\]\s*)?(?:第[一二三四五六七八九十\d]+[部章节编]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}\s*[.、．](?!\d))"
)
_ENDS = ("。", "；", "！", "？", ";", "：", ":", "…", "，", "、")
_LONGEST_HEADING = 40
_LONGEST_PASSAGE = 5_000
"""More characters under one heading go on in another passage: rules refuse to search texts of twice as many."""


def build_narrative(slots: Sequence[Slot]) -> tuple[list[Record], dict[str, str]]:
    """Return passages and their origins: a heading opens a passage, texts below are joined by line breaks."""
    passages: list[Record] = []
    origins: dict[str, str] = {}
    for slot in slots:
        if is_heading(slot.text):
            passages.append({"heading": slot.text})
            origins[f"/narrative/{len(passages) - 1}"] = slot.origin
        elif passages and "text" not in passages[-1]:
            passages[-1]["text"] = slot.text
        elif passages and len(passages[-1]["text"]) + len(slot.text) <= _LONGEST_PASSAGE:
            passages[-1]["text"] += f"\n{slot.text}"
        else:
            passages.append({"text": slot.text})
            origins[f"/narrative/{len(passages) - 1}"] = slot.origin
    return passages, origins


def is_heading(text: str) -> bool:
    """Tell whether a paragraph is a heading: short, no sentence, numbered or without any comma."""
    bare = text.strip()
    if len(bare) > _LONGEST_HEADING + (40 if bare.startswith("[bookmark") else 0) or bare.endswith(_ENDS):
        return False
    return _NUMBERED.match(text) is not None or not any(mark in bare for mark in "，。；：")
