"""A function over a long stream of items, by several processes, with the results in the order of the items."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import chain, islice
from typing import Any, TypeVar

from perflint.language import LANGUAGE, current

Item = TypeVar("Item")
Result = TypeVar("Result")

# Small enough to keep every process busy to the end, large enough that passing it on costs little.
BATCH = 64
# Below this, starting processes costs more than they save.
_WORTHWHILE = 4 * BATCH


def map_batches(
    work: Callable[[Any, list[Item]], Result], context: Any, items: Iterable[Item], *, jobs: int
) -> Iterator[Result]:
    """Yield ``work(context, batch)`` for each batch of *items*, in order, reading *items* only as far as needed.

    Args:
        work: A function of a module, so that it can be sent to another process.
        context: What every call needs; sent to each process once.
        jobs: Number of processes; 0 for one a processor. Few items are worked on in this process all the same.
    """
    remaining = iter(items)
    jobs = jobs or os.cpu_count() or 1
    first = list(islice(remaining, _WORTHWHILE)) if jobs > 1 else []
    batches = _split(chain(first, remaining))
    if len(first) < _WORTHWHILE:
        for batch in batches:
            yield work(context, batch)
    else:
        yield from _spread(work, context, batches, jobs)


def _split(items: Iterator[Item]) -> Iterator[list[Item]]:
    while batch := list(islice(items, BATCH)):
        yield batch


def _spread(
    work: Callable[[Any, list[Item]], Result], context: Any, batches: Iterator[list[Item]], jobs: int
) -> Iterator[Result]:
    # Imported here: most runs need one process only.
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing import get_context

    # A copy of a process with several threads may inherit a lock that nobody will ever release.
    method = "fork" if hasattr(os, "fork") and threading.active_count() == 1 else "spawn"
    with ExitStack() as stack:
        pool = ProcessPoolExecutor(
            jobs, mp_context=get_context(method), initializer=_start, initargs=(work, context, current())
        )
        stack.callback(pool.shutdown, cancel_futures=True)
        waiting: deque[Future[Result]] = deque()
        for batch in batches:
            waiting.append(pool.submit(_work, batch))
            if len(waiting) > 2 * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


# Set once in each process that ``_spread`` starts, never in the one that starts them.
_task: tuple[Callable[[Any, list[Any]], Any], Any] | None = None


def _start(work: Callable[[Any, list[Any]], Any], context: Any, lang: str) -> None:
    import signal

    global _task  # noqa: PLW0603 - the one way to hand a process what all of its calls share
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # an interrupt ends us at once; the parent has the last word
    LANGUAGE.set(lang)
    _task = (work, context)


def _work(batch: list[Any]) -> Any:
    if _task is None:
        raise RuntimeError("a process that was not started by map_batches")
    work, context = _task
    return work(context, batch)
