"""Where a list of indicators ends in running text: at what stands below it.

填表人:… 合计100 ──list_closes──▶ their places
"""

from __future__ import annotations

from collections.abc import Iterator

from perflint.reading.layout.glued.letters import Letters
from perflint.reading.layout.glued.words import Words, is_colon

_CLOSING = ("unread", "sign_off.")


def list_closes(printed: Letters, words: Words) -> Iterator[int]:
    """Yield where texts below a list begin: at labels of what stands there with a colon, at a sum."""
    at = 0
    while at < len(printed.letters):
        end = words.find_label(printed, at)
        fields = [label.field for label in words.form.labels_by_name.get(printed.letters[at:end], ())]
        if fields and all(field.startswith(_CLOSING) for field in fields) and is_colon(printed, end):
            yield printed.place_of(at)
            at = end
        elif words.is_total(printed, at):
            yield printed.place_of(at)
        at += 1
