"""Every error perflint raises on purpose.

    PerflintError
    ├── DocumentError      a target table cannot be read: broken JSON, wrong shape, too large
    ├── PackError          a rule pack cannot be loaded: one or many problems, each with its place
    ├── ConfigError        configuration, command line or library arguments are wrong
    └── EvaluationError    a rule could not be evaluated on an item

Each carries ``problems``: what is wrong, where, and what to do. ``cli.main`` is the only place that catches them all.
"""

from __future__ import annotations

from collections.abc import Iterable

from perflint.record import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        message: One sentence, no trailing newline.
        path: File as the user named it; None when the input is no file.
        line, column: 1-based; None when unknown.
        excerpt: The offending source line, without newline, or the part of it around the place; it is shown with a
            caret.
        caret: 1-based column of the caret in the excerpt when that is a part of the line; None where it is ``column``.
        width: How many characters the caret underlines.
        hint: What to do: a suggestion ("did you mean …"), the legal values, or None.
        pointer: JSON Pointer into the document or pack, or None.
    """

    message: str
    path: str | None = None
    line: int | None = None
    column: int | None = None
    excerpt: str | None = None
    caret: int | None = None
    width: int = 1
    hint: str | None = None
    pointer: str | None = None

    @property
    def headline(self) -> str:
        """Place and message on one line."""
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        return f"{place}: {self.message}" if place else self.message

    def describe(self) -> str:
        """Return the problem as one block of text: place and message, excerpt with a caret, hint."""
        lines = [self.headline]
        if self.excerpt is not None:
            lines.append(f"    {self.excerpt}")
            caret = self.caret if self.caret is not None else self.column
            if caret is not None:
                lead = "".join(_blank_like(character) for character in self.excerpt[: caret - 1])
                marked = self.excerpt[caret - 1 : caret - 1 + max(self.width, 1)] or " "
                lines.append("    " + lead + "^" * sum(2 if _is_wide(c) else 1 for c in marked))
        if self.hint is not None:
            lines.append(f"    → {self.hint}")
        return "\n".join(lines)


class PerflintError(Exception):
    """The root. ``str(error)`` is what a user reads; ``problems`` is the same as data."""

    def __init__(self, problems: str | Problem | Iterable[Problem]) -> None:
        if isinstance(problems, str):
            problems = Problem(message=problems)
        if isinstance(problems, Problem):
            problems = (problems,)
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(problem.describe() for problem in self.problems))

    def __reduce__(self) -> tuple[type[PerflintError], tuple[tuple[Problem, ...]]]:
        return (type(self), (self.problems,))


class DocumentError(PerflintError):
    """A document cannot be read or is not a ``document/1``."""


class PackError(PerflintError):
    """A pack cannot be loaded. Holds every problem of the pack, not the first only."""


class ConfigError(PerflintError):
    """The configuration, the command line or the arguments of a library call are wrong."""


class EvaluationError(PerflintError):
    """A rule could not be evaluated on an item."""


def _is_wide(character: str) -> bool:
    import unicodedata

    return unicodedata.east_asian_width(character) in "WF"


def _blank_like(character: str) -> str:
    if character == "\t":
        return "\t"
    return "  " if _is_wide(character) else " "
