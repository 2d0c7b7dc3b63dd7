"""A function over a long stream of items, by several processes, with the results in the order of the items."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from perflint.language import LANGUAGE, current
from perflint.record import dataclass
from perflint.typed import Generic, TypeVar

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from typing import Any

Item = TypeVar("Item")
Result = TypeVar("Result")

# Small enough to keep every process busy to the end, large enough that passing it on costs little.
BATCH = 64
# Below this, starting processes costs more than they save.
_WORTHWHILE = 4 * BATCH


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Generic[Item, Result]):
    """What is to be done with the items.

    Attributes:
        call: (context, batch) → result; a function of a module, so that it can be sent to another process.
        context: What every call needs; sent to each process once.
        lose: (context, item) → result, called here for an item that cost two processes their life.
        note: Called with the number of items that are tried again because a process died over one of them.
        at_once: How many items make a batch where there is one process; one, so that results come as soon as they can,
            unless a call costs more than an item.
    """

    call: Callable[[Any, list[Item]], Result]
    context: Any
    lose: Callable[[Any, Item], Result]
    note: Callable[[int], None] = lambda retried: None
    at_once: int = 1


def map_batches(work: Work[Item, Result], items: Iterable[Item], *, jobs: int) -> Iterator[Result]:
    """Yield the result of each batch of *items*, in order, reading *items* only as far as needed.

    Args:
        jobs: Number of processes; 0 for one a processor. Few items are worked on in this process all the same.
    """
    remaining = iter(items)
    jobs = jobs or os.cpu_count() or 1
    first = list(islice(remaining, _WORTHWHILE)) if jobs > 1 else []
    if len(first) < _WORTHWHILE:
        for batch in _split(chain(first, remaining), work.at_once):
            yield work.call(work.context, batch)
    else:
        # The first here, for what the processes find already made when they are copies of this one.
        yield work.call(work.context, first[:BATCH])
        yield from _Crew(work, jobs).run(_split(chain(first[BATCH:], remaining), BATCH))


def _split(items: Iterator[Item], size: int) -> Iterator[list[Item]]:
    while batch := list(islice(items, size)):
        yield batch


class _Crew(Generic[Item, Result]):
    """The processes, and the batches that they are at.

    A process that dies takes the results of the others with it, and whose fault it was nobody knows. So the items that
    were under way are tried again one by one, in a process of their own: a second death tells.
    """

    def __init__(self, work: Work[Item, Result], jobs: int) -> None:
        self._work, self._jobs = work, jobs
        self._pool, self._alone = _Pool(work, jobs), _Pool(work, 1)
        self._waiting: deque[tuple[list[Item], Future[Result] | None]] = deque()

    def run(self, batches: Iterator[list[Item]]) -> Iterator[Result]:
        try:
            for batch in batches:
                self._waiting.append((batch, self._pool.submit(batch)))
                if len(self._waiting) > 2 * self._jobs:
                    yield from self._collect()
            while self._waiting:
                yield from self._collect()
        finally:
            self._pool.close()
            self._alone.close()

    def _collect(self) -> Iterator[Result]:
        """Yield what comes of the batch that has waited longest."""
        batch, future = self._waiting.popleft()
        done = _await(future)
        if done is not None:
            yield done[0]
            return
        if future is not None:
            self._give_up()
        self._work.note(len(batch))
        for item in batch:
            yield self._try_again(item)

    def _give_up(self) -> None:
        """Forget what is under way, but for what was finished before the process died."""
        self._waiting = deque((batch, None if _has_died(future) else future) for batch, future in self._waiting)
        self._pool.close()

    def _try_again(self, item: Item) -> Result:
        done = _await(self._alone.submit([item]))
        if done is not None:
            result: Result = done[0]
            return result
        self._alone.close()
        return self._work.lose(self._work.context, item)


class _Pool:
    """Processes that are started when there is something to do, and again after they were closed."""

    def __init__(self, work: Work[Any, Any], jobs: int) -> None:
        self._work, self._jobs = work, jobs
        self._executor: ProcessPoolExecutor | None = None

    def submit(self, batch: list[Any]) -> Future[Any] | None:
        """Return what will hold the result; None when a process has died."""
        # Imported here: most runs need one process only.
        from concurrent.futures.process import BrokenProcessPool

        if self._executor is None:
            self._executor = _start_pool(self._work, self._jobs)
        try:
            return self._executor.submit(_do, batch)
        except BrokenProcessPool:
            return None

    def close(self) -> None:
        """Wait for the processes to end."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None


def _await(future: Future[Any] | None) -> tuple[Any] | None:
    """Return the result, None when the process has died."""
    return None if future is None or _has_died(future) else (future.result(),)


def _has_died(future: Future[Any] | None) -> bool:
    from concurrent.futures.process import BrokenProcessPool

    return future is None or isinstance(future.exception(), BrokenProcessPool)


def _start_pool(work: Work[Any, Any], jobs: int) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context
    from threading import active_count

    # A copy of a process with several threads may inherit a lock that nobody will ever release.
    method = "fork" if hasattr(os, "fork") and active_count() == 1 else "spawn"
    shared = (work.call, work.context, current())
    return ProcessPoolExecutor(jobs, mp_context=get_context(method), initializer=_start, initargs=shared)


# Set once in each process of a pool, never in the one that starts them.
_task: tuple[Callable[[Any, list[Any]], Any], Any] | None = None


def _start(call: Callable[[Any, list[Any]], Any], context: Any, lang: str) -> None:
    import gc
    import signal

    global _task  # noqa: PLW0603 - the one way to hand a process what all of its calls share
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # an interrupt ends us at once; the parent has the last word
    gc.freeze()  # what was there before is nobody's garbage
    LANGUAGE.set(lang)
    _task = (call, context)


def _do(batch: list[Any]) -> Any:
    if _task is None:
        raise RuntimeError("a process that was not started by map_batches")
    call, context = _task
    return call(context, batch)
