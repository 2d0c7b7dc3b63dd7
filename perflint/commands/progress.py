"""How far a command is, on one line of the terminal."""

from __future__ import annotations

_WIDTH = 20
_LONGEST = 16  # a Chinese character takes two places, and the line must not wrap


def draw_bar(done: int, total: int, name: str) -> str:
    """Return ``[#####...............] 5/20 目标表.docx``: how many of *total* are done, and what is worked on."""
    filled = done * _WIDTH // total
    shown = name if len(name) <= _LONGEST else "…" + name[1 - _LONGEST :]
    return f"[{'#' * filled}{'.' * (_WIDTH - filled)}] {done}/{total} {shown}"
