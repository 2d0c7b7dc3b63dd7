"""What a report is made from, as far as it looks at it.

Structural types: the engine's own classes satisfy them, and so does what a caller makes up, as the rules of several
programs taken together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perflint.document.model import Document
from perflint.finding import PackStamp, Verdict
from perflint.pack.model import Rule
from perflint.typed import Protocol


class BookLike(Protocol):
    """The rules of a run, in order, and the packs they come from."""

    @property
    def rules(self) -> Sequence[Rule]:
        """Every rule once."""

    @property
    def packs(self) -> Sequence[PackStamp]:
        """Inherited ones included."""


class ProgramLike(BookLike, Protocol):
    """The rules that a document is checked against."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the rules, in the same order."""


class OutcomeLike(Protocol):
    """One failure, unknown or crash."""

    @property
    def rule(self) -> int:
        """Index among the rules of the program."""

    @property
    def verdict(self) -> Verdict:
        """Never a pass."""

    @property
    def item(self) -> str:
        """Pointer of the item."""

    @property
    def at(self) -> str:
        """Pointer of the cell to point to."""

    @property
    def values(self) -> Mapping[str, object]:
        """What the rule worked out, by name."""

    @property
    def reason(self) -> str | None:
        """Why it was not decided, or how it crashed."""

    @property
    def operands(self) -> Sequence[tuple[str, object]]:
        """Pointers and normalised values of what the rule looked at."""


class EvaluationLike(Protocol):
    """One document against every rule of a program."""

    @property
    def document(self) -> Document:
        """The document."""

    @property
    def selected(self) -> Sequence[int]:
        """By rule, in program order: all items."""

    @property
    def passed(self) -> Sequence[int]:
        """By rule, in program order: items without fault."""

    @property
    def ended(self) -> Mapping[tuple[int, Verdict], int]:
        """By place of the rule and verdict: failures, unknowns and crashes; what remains is not applicable."""

    @property
    def nanoseconds(self) -> Sequence[int] | None:
        """Time by rule, None unless measured."""

    @property
    def outcomes(self) -> Sequence[OutcomeLike]:
        """What did not pass, in any order."""
