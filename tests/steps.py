"""How much work something is: the lines of Python that run, which no other program on the machine can change."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from perflint.errors import DocumentError


def count_steps_of(work: Callable[[], object]) -> int:
    """Return how many lines of Python run, rounds of comprehensions included; a document may be refused."""
    steps = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal steps
        steps += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    except DocumentError:
        pass
    finally:
        sys.settrace(before)
    return steps
