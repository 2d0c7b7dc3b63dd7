"""A limit on the time one piece of work may take, where the system can interrupt: on POSIX, in the main thread.

It is time of the processor: nothing is given up because other programs keep the machine busy.
"""

from __future__ import annotations

from collections.abc import Callable
from types import FrameType

from perflint.errors import PerflintError
from perflint.lean import signal

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any


class OutOfTime(BaseException):
    """Raised in the middle of the work; not an ``Exception``, or what runs would be taken to have crashed."""


class Watch:
    """Interrupt what runs inside after *seconds* of processor time; the clock of somebody else is left alone.

    Args:
        give_up: Returns the error to raise when the time is over.
    """

    __slots__ = ("_before", "_give_up", "_seconds", "_watching")

    def __init__(self, seconds: float, give_up: Callable[[], PerflintError]) -> None:
        self._seconds, self._give_up, self._watching = seconds, give_up, False
        self._before: Any = None

    def __enter__(self) -> None:
        if not _can_watch():
            return
        try:
            self._before = signal.signal(signal.SIGPROF, _interrupt)
        except ValueError:  # not the main thread
            return
        self._watching = True
        # Again and again: what is raised while the interpreter collects garbage is dropped.
        signal.setitimer(signal.ITIMER_PROF, self._seconds, self._seconds)

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        if self._watching:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, self._before)
            self._watching = False
        if kind is OutOfTime:
            raise self._give_up() from None


def _can_watch() -> bool:
    if not hasattr(signal, "setitimer"):
        return False
    return signal.getitimer(signal.ITIMER_PROF)[0] == 0 and signal.getsignal(signal.SIGPROF) is not None


def _interrupt(number: int, frame: FrameType | None) -> None:
    if frame is None or frame.f_code not in _OURS:
        raise OutOfTime


# Here the work has not begun or is over: nothing outside would expect an interruption.
_OURS = {Watch.__enter__.__code__, Watch.__exit__.__code__}
