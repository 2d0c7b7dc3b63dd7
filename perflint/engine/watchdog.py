"""A limit on the time one document may take, where the system can interrupt: on POSIX, in the main thread.

The language has no way to loop for ever, but a pack from a stranger may nest loops over a large document or search
long texts with a slow pattern. Elsewhere the limits on expressions, patterns and documents stand alone.

It is time of the processor: no document is given up because other programs keep the machine busy.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from perflint.errors import EvaluationError
from perflint.language import say
from perflint.lean import signal

SECONDS = 10.0


class OutOfTime(BaseException):
    """Raised in the middle of a rule; not an ``Exception``, or the rule would be taken to have crashed."""


@contextmanager
def watch(seconds: float | None = None) -> Iterator[None]:
    """Interrupt what runs inside after *seconds* of processor time, by default ``SECONDS``.

    The clock of somebody else is left alone.

    Raises:
        EvaluationError: The time is over.
    """
    if not _can_watch():
        yield
        return
    seconds = SECONDS if seconds is None else seconds
    try:
        before = signal.signal(signal.SIGPROF, _interrupt)
    except ValueError:  # not the main thread
        yield
        return
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds)
        yield
        signal.setitimer(signal.ITIMER_PROF, 0)  # here too: what comes late is still caught
    except OutOfTime:
        message = say(
            f"规则运行超过 {seconds:g} 秒，已中止", f"the rules took longer than {seconds:g} seconds: stopped"
        )
        raise EvaluationError(message) from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _can_watch() -> bool:
    if not hasattr(signal, "setitimer"):
        return False
    return signal.getitimer(signal.ITIMER_PROF)[0] == 0 and signal.getsignal(signal.SIGPROF) is not None


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise OutOfTime
