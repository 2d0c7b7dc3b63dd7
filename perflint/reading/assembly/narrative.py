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


def build_narrative(slots: Sequence[Slot]) -> tuple[list[Record], dict[str, str]]:
    """Return passages and their origins: a heading opens a passage, texts below it are joined with line breaks."""
    passages: list[Record] = []
    origins: dict[str, str] = {}
    for slot in slots:
        if is_heading(slot.text):
            passages.append({"heading": slot.text})
            origins[f"/narrative/{len(passages) - 1}"] = slot.origin
        elif passages:
            last = passages[-1]
            last["text"] = f"{last['text']}\n{slot.text}" if "text" in last else slot.text
        else:
            passages.append({"text": slot.text})
            origins["/narrative/0"] = slot.origin
    return passages, origins


def is_heading(text: str) -> bool:
    """Tell whether a paragraph is a heading: short, no sentence, numbered or without any comma."""
    bare = text.strip()
    if len(bare) > _LONGEST_HEADING + (40 if bare.startswith("[bookmark") else 0) or bare.endswith(_ENDS):
        return False
    return _NUMBERED.match(text) is not None or not any(mark in bare for mark in "，。；：")
