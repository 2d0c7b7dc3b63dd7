"""Offset in a text → ``Problem`` with line, column and the source line around it."""

from __future__ import annotations

from perflint.errors import Problem
from perflint.language import hide_controls

# A JSON file may be one line of a megabyte: what a person needs is the neighbourhood.
_BEFORE, _AFTER = 60, 40


def build_problem(
    text: str,
    start: int,
    *,
    message: str,
    width: int = 1,
    hint: str | None = None,
    path: str | None = None,
    pointer: str | None = None,
    first_line: int = 1,
) -> Problem:
    """Return a problem at ``text[start : start + width]``, its excerpt shortened to the neighbourhood."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    if line_end < 0:
        line_end = len(text)
    column = start - line_start + 1
    excerpt, caret = _cut(text[line_start:line_end].rstrip("\r"), column)
    return Problem(
        message=message,
        path=path,
        line=first_line + text.count("\n", 0, start),
        column=column,
        excerpt=excerpt or None,
        caret=None if caret == column else caret,
        width=max(1, min(width, line_end - start, len(excerpt) - caret + 1)),
        hint=hint,
        pointer=pointer,
    )


def _cut(line: str, column: int) -> tuple[str, int]:
    """Return the part of *line* around *column*, safe for a terminal, and the column of the caret in it."""
    whole = len(line) <= _BEFORE + _AFTER
    first = 0 if whole else max(0, column - 1 - _BEFORE)
    last = len(line) if whole else column - 1 + _AFTER
    head = "…" if first else ""
    tail = "…" if last < len(line) else ""
    shown = hide_controls(line[first:last])
    return f"{head}{shown}{tail}", column - first + len(head)
