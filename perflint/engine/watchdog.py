"""A limit on the time the rules may take on one document.

The language has no way to loop for ever, but a pack from a stranger may nest loops over a large document or search
long texts with a slow pattern. Where the system cannot interrupt, the limits on expressions, patterns and documents
stand alone.
"""

from __future__ import annotations

from perflint.errors import EvaluationError, Problem
from perflint.language import say
from perflint.watchdog import Watch

SECONDS = 10.0


def watch(seconds: float | None = None) -> Watch:
    """Interrupt what runs inside after *seconds* of processor time, by default ``SECONDS``.

    Raises:
        EvaluationError: The time is over.
    """
    limit = SECONDS if seconds is None else seconds
    return Watch(limit, lambda: _give_up(limit))


def _give_up(seconds: float) -> EvaluationError:
    message = say(f"规则运行超过 {seconds:g} 秒，已中止", f"the rules took longer than {seconds:g} seconds: stopped")
    hint = say(
        "把表分到几个文件里，或用 --select 只跑要紧的规则",
        "put the tables into several files, or run the rules that matter with --select",
    )
    return EvaluationError(Problem(message=message, hint=hint))
