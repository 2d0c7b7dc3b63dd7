"""What a report is made from, as far as it looks at it.

Structural types: the engine's own classes satisfy them, and so does what a caller makes up, as the rules of several
programs taken together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from perflint.document import Document
from perflint.finding import PackStamp, Verdict
from perflint.pack.model import Rule


class ProgramLike(Protocol):
    """The rules of a run, in order, and the packs they come from."""

    @property
    def rules(self) -> Sequence[Rule]:
        """Every rule once."""

    @property
    def packs(self) -> Sequence[PackStamp]:
        """Inherited ones included."""


class CountsLike(Protocol):
    """How one rule ended on the items of one document."""

    @property
    def selected(self) -> int:
        """All items."""

    @property
    def passed(self) -> int:
        """Items without fault."""

    @property
    def failed(self) -> int:
        """Faults."""

    @property
    def unknown(self) -> int:
        """Items not decided."""

    @property
    def not_applicable(self) -> int:
        """Items the rule does not apply to."""

    @property
    def error(self) -> int:
        """Crashes."""


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
    def counts(self) -> Sequence[CountsLike]:
        """One a rule, in program order."""

    @property
    def outcomes(self) -> Sequence[OutcomeLike]:
        """What did not pass, in any order."""
