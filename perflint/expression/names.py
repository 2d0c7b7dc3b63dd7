"""What the expressions of a rule may name, and what is known of it at one place in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from perflint.record import dataclass, field, replace
from perflint.schema.model import Model, Type

SPECIAL = frozenset({"stated", "blank", "printed", "raw", "default", "lookup"})
AGGREGATES = frozenset({"any", "all", "sum", "count", "min", "max", "first", "tally"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What a rule's expressions may name beside the fields of its items.

    Attributes:
        model: The schema's records, pack-defined fields included.
        params, vocab: Types of ``params.x`` and ``vocab.x``.
        roots: Variables in scope: scope names (``table`` …) to their types.
        item: The root whose fields are bare names.
        local: ``let`` names and comprehension variables to their types.
        sure: Paths known not to be null here.
        follows_needs: Whether ``needs`` are asked before, and so may see to it that a cell is not null.
    """

    model: Model
    params: Mapping[str, Type]
    vocab: Mapping[str, Type]
    roots: Mapping[str, Type]
    item: str
    local: Mapping[str, Type] = field(default_factory=dict)
    sure: frozenset[str] = frozenset()
    follows_needs: bool = True

    def knowing(self, paths: Iterable[str]) -> Names:
        """Return the same names where *paths* are known not to be null."""
        return replace(self, sure=self.sure | frozenset(paths))

    def having(self, name: str, kind: Type) -> Names:
        """Return the same names with one more local."""
        return replace(self, local={**self.local, name: kind})
