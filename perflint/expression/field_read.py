"""The node that the checker puts in place of names and attributes: a field of a record.

Apart from ``tree``: what is stored holds such nodes, and a run seldom looks at any.
"""

from __future__ import annotations

import ast

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
