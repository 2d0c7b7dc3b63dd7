"""A limit on the time one piece of work may take, where the system can interrupt: on POSIX, in the main thread.

It is time of the processor: nothing is given up because other programs keep the machine busy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from perflint.errors import PerflintError
from perflint.lean import signal


class OutOfTime(BaseException):
    """Raised in the middle of the work; not an ``Exception``, or what runs would be taken to have crashed."""


@contextmanager
def watch(seconds: float, give_up: Callable[[], PerflintError]) -> Iterator[None]:
    """Interrupt what runs inside after *seconds* of processor time; the clock of somebody else is left alone.

    Args:
        give_up: Returns the error to raise when the time is over.
    """
    if not _can_watch():
        yield
        return
    try:
        before = signal.signal(signal.SIGPROF, _interrupt)
    except ValueError:  # not the main thread
        yield
        return
    try:
        # Again and again: what is raised while the interpreter collects garbage is dropped.
        signal.setitimer(signal.ITIMER_PROF, seconds, seconds)
        yield
        signal.setitimer(signal.ITIMER_PROF, 0)  # here too: what comes late is still caught
    except OutOfTime:
        signal.setitimer(signal.ITIMER_PROF, 0)
        raise give_up() from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _can_watch() -> bool:
    if not hasattr(signal, "setitimer"):
        return False
    return signal.getitimer(signal.ITIMER_PROF)[0] == 0 and signal.getsignal(signal.SIGPROF) is not None


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise OutOfTime
