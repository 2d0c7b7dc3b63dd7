"""What is wrong with the shape of a document that the generated gate refused: all of it at once, each at its place."""

from __future__ import annotations

from collections.abc import Callable

from perflint.document.limits import Limits
from perflint.errors import DocumentError, Problem
from perflint.language import say

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

    from perflint.schema.explain import ShapeFault


def refuse_shape(data: Any, *, limits: Limits, place: Callable[[ShapeFault], Problem]) -> None:
    """Raise ``DocumentError`` with every fault of *data*, up to ``limits.problems`` and in the order of their places.

    Returns only when jsonschema, which is the reference, finds nothing wrong.

    Args:
        place: Turns a fault into a problem.
    """
    # jsonschema takes 80 ms to import; only a faulty document pays for it.
    from perflint.schema.explain import explain_shape

    faults, rest = explain_shape("document-1", data, limits.problems)
    if faults:
        problems = sorted(map(place, faults), key=lambda problem: (problem.line or 0, problem.column or 0))
        raise DocumentError(problems + count_rest(rest))


def count_rest(rest: int) -> list[Problem]:
    """Return the problem that says how many problems are not spelt out; none for 0."""
    if not rest:
        return []
    return [Problem(message=say(f"还有 {rest} 处问题没有列出", f"{rest} more problems are not listed"))]
