"""What checking leaves behind: expressions as trees of the small language, and the rules they make up.

Nothing here parses. A run whose packs come from the cache needs this module and neither the parser nor the checker.
"""

from __future__ import annotations

from collections.abc import Mapping

from perflint.record import dataclass
from perflint.schema.model import Scope, Type
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    import ast


class Checked(NamedTuple):
    """A checked expression: text as written, tree, and static type. The tree is never changed."""

    text: str
    tree: ast.expr
    type: Type

    def __repr__(self) -> str:
        return f"Checked({self.text!r}: {self.type})"


class Defined(NamedTuple):
    """What is known of a pack-defined field without its tree: its type, and the paths it reads from its own record."""

    type: Type
    reads: tuple[tuple[str, ...], ...]


class Operand(NamedTuple):
    """A cell that a rule looks at: the variable it starts from, its record, and the path as in ``FieldRead``."""

    root: str
    record: str
    path: tuple[str, ...]


class Place(NamedTuple):
    """Where a finding may point: root and path of a cell, an empty path for the item itself.

    Attributes:
        flag: The ``let`` value that must be true, or stated; None for the place that is left when none is.
    """

    flag: str | None
    root: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedRule:
    """A rule's expressions, ready for both evaluators.

    Attributes:
        needs: Cells that must not be blank, in order; each tree is a ``FieldRead`` on a root. ``needed`` says the same
            without trees, as ``let_types`` does for ``let``: names and types.
        at: The places that a finding may point to; the first whose flag holds, the last without one.
        holes: The distinct placeholder expressions of all templates.
        templates: By name, literal texts and indexes into ``holes``.
        operands: Every cell the rule looks at, for related locations and the fingerprint.
    """

    # The generated code has taken the place of the trees: only the compiler and the reference evaluator look at them.
    __late__ = (
        ("needed", "let_types", "at", "templates", "operands"),
        ("when", "needs", "let", "assert_", "holes"),
    )

    scope: Scope
    when: Checked | None
    needs: tuple[Checked, ...]
    needed: tuple[Operand, ...]
    let: tuple[tuple[str, Checked], ...]
    let_types: tuple[tuple[str, Type], ...]
    assert_: Checked
    at: tuple[Place, ...]
    holes: tuple[Checked, ...]
    templates: Mapping[str, tuple[str | int, ...]]
    operands: tuple[Operand, ...]
