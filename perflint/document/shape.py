"""Does plain data have the shape of a document? The generated gate says yes; jsonschema says what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from perflint.document.limits import Limits
from perflint.document.pointer import join_pointer
from perflint.errors import DocumentError, Problem
from perflint.language import say
from perflint.schema._gate import check_shape

Place = Callable[[str, str, str | None, bool], Problem]


def check_document(data: Any, *, limits: Limits, place: Place) -> None:
    """Raise ``DocumentError`` with every fault of *data*, up to ``limits.problems``, unless it is a ``document/1``.

    Args:
        place: Builds the problem of a message and hint at a pointer, on its key if the last argument is true.
    """
    if check_shape(data):
        return
    # jsonschema takes 80 ms to import; only a faulty document pays for it.
    from perflint.schema.explain import explain_shape

    problems: list[Problem] = []
    count = 0
    for count, fault in enumerate(explain_shape("document-1", data), 1):
        if count <= limits.problems:
            problems.append(place(join_pointer(fault.path), fault.message, fault.hint, fault.at_key))
    if not problems:
        return  # jsonschema is the reference, should the gate ever refuse too much
    problems.sort(key=lambda problem: (problem.line or 0, problem.column or 0))
    if count > limits.problems:
        rest = count - limits.problems
        problems.append(Problem(message=say(f"还有 {rest} 处问题没有列出", f"{rest} more problems are not listed")))
    raise DocumentError(problems)
