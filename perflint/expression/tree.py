"""What checking leaves behind: expressions as trees of the small language, and the rules they make up.

Nothing here parses. A run whose packs come from the cache needs this module and neither the parser nor the checker.
"""

from __future__ import annotations

import ast
import pickle
from collections.abc import Mapping
from typing import Any, NamedTuple, final

from perflint.schema.model import Scope, Type

_NO_BASE = ast.Name("", ast.Load())


class FieldRead(ast.expr):
    """A field of a record: ``base`` is a variable or an expression that yields the record.

    Attributes:
        record: Name of the base's record.
        path: Field names from there, through single sub-records; the last may carry ``__raw`` (printed text),
            ``__printed`` (whether the form has the cell) or ``__yuan`` (the amount in 元).
    """

    _fields = ("base",)

    def __init__(self, base: ast.expr = _NO_BASE, record: str = "", path: tuple[str, ...] = ()) -> None:
        # Defaults only so that a tree can be pickled: the pickle machinery makes an empty node and fills it.
        super().__init__()
        self.base, self.record, self.path = base, record, path


@final
class Checked:
    """A checked expression: text as written, tree, and static type. A pickled one opens its tree when it is asked for.

    Most trees of a cached pack are never looked at: the generated code has taken their place.
    """

    __slots__ = ("_packed", "_tree", "text", "type")

    def __init__(self, text: str, tree: ast.expr, type: Type) -> None:  # noqa: A002 - the name of the attribute
        self.text, self.type = text, type
        self._tree: ast.expr | None = tree
        self._packed = b""

    @property
    def tree(self) -> ast.expr:
        """The tree; never changed once it is here."""
        if self._tree is None:
            # Bytes that were part of the pickle that this object itself came from.
            self._tree = pickle.loads(self._packed)  # noqa: S301
        return self._tree

    def __repr__(self) -> str:
        return f"Checked({self.text!r}: {self.type})"

    def __getstate__(self) -> Any:
        return self.text, self.type, self._packed or pickle.dumps(self._tree, protocol=5)

    def __setstate__(self, state: Any) -> None:
        self.text, self.type, self._packed = state
        self._tree = None


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


@final
class CheckedRule:
    """A rule's expressions, ready for both evaluators. A pickled one is opened when one of its parts is asked for.

    Attributes:
        needs: Cells that must not be blank, in order; each tree is a ``FieldRead`` on a root.
        at: The places that a finding may point to; the first whose flag holds, the last without one.
        holes: The distinct placeholder expressions of all templates.
        templates: By name, literal texts and indexes into ``holes``.
        operands: Every cell the rule looks at, for related locations and the fingerprint.
    """

    __slots__ = ("_packed", "assert_", "at", "holes", "let", "needs", "operands", "scope", "templates", "when")

    scope: Scope
    when: Checked | None
    needs: tuple[Checked, ...]
    let: tuple[tuple[str, Checked], ...]
    assert_: Checked
    at: tuple[Place, ...]
    holes: tuple[Checked, ...]
    templates: Mapping[str, tuple[str | int, ...]]
    operands: tuple[Operand, ...]

    def __init__(
        self,
        *,
        scope: Scope,
        when: Checked | None,
        needs: tuple[Checked, ...],
        let: tuple[tuple[str, Checked], ...],
        assert_: Checked,
        at: tuple[Place, ...],
        holes: tuple[Checked, ...],
        templates: Mapping[str, tuple[str | int, ...]],
        operands: tuple[Operand, ...],
    ) -> None:
        self.scope, self.when, self.needs, self.let, self.assert_ = scope, when, needs, let, assert_
        self.at, self.holes, self.templates, self.operands = at, holes, templates, operands

    def __getattr__(self, name: str) -> Any:
        """Open the pickle: a part that is not there has not been unpacked yet."""
        if name in _PARTS:
            # Bytes that were part of the pickle that this object itself came from.
            for part, value in zip(_PARTS, pickle.loads(self._packed), strict=True):  # noqa: S301
                setattr(self, part, value)
            return getattr(self, name)
        raise AttributeError(name)

    def __getstate__(self) -> bytes:
        return pickle.dumps(tuple(getattr(self, part) for part in _PARTS), protocol=5)

    def __setstate__(self, state: bytes) -> None:
        self._packed = state


_PARTS = ("scope", "when", "needs", "let", "assert_", "at", "holes", "templates", "operands")
