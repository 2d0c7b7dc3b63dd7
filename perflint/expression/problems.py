"""What can be wrong with an expression, as data: text, place inside the expression, and what to do."""

from __future__ import annotations

from collections.abc import Iterable

from perflint.errors import PerflintError
from perflint.language import say
from perflint.record import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpressionProblem:
    """One fault in one text of a rule.

    Attributes:
        where: Which text of the rule: ``("assert",)``, ``("let", "gap")``, ``("needs", 0)``, ``("message", "zh")``.
        start, width: 0-based offset and length in characters within that text.
        message, hint: What is wrong and what to do.
        role: ``cause`` if something could not be read that may have been a test for blanks, ``consequence`` if such a
            test is missing: not worth telling where it was there and could not be read.
    """

    message: str
    start: int = 0
    width: int = 1
    hint: str | None = None
    where: tuple[str | int, ...] = ()
    role: str = ""


class ExpressionErrors(PerflintError):  # noqa: N818 - it holds several
    """All faults of one rule's expressions; ``problems_found`` keeps the places inside the texts."""

    def __init__(self, found: Iterable[ExpressionProblem]) -> None:
        self.problems_found = tuple(found)
        super().__init__("\n".join(problem.message for problem in self.problems_found))

    def __reduce__(self) -> tuple[type[ExpressionErrors], tuple[tuple[ExpressionProblem, ...]]]:  # type: ignore[override]
        return (type(self), (self.problems_found,))


def suggest(name: str, legal: Iterable[str]) -> str | None:
    """Return the hint that names what *name* was probably meant to be, or None."""
    # Imported here: only a mistake needs it.
    import difflib

    close = difflib.get_close_matches(name, list(dict.fromkeys(legal)), n=3, cutoff=0.6)
    if not close:
        return None
    return say(f"是否想写 {' 或 '.join(close)}？", f"did you mean {' or '.join(close)}?")
