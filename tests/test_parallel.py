from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest

from perflint.errors import DocumentError
from perflint.language import current, speaking
from perflint.parallel import BATCH, Work, map_batches

MANY = 10 * BATCH
needs_signals = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a system that can kill a process")


def add(context: int, batch: list[int]) -> list[int]:
    return [context + item for item in batch]


def refuse_large(limit: int, batch: list[int]) -> int:
    if batch[-1] > limit:
        raise DocumentError("too large")
    return batch[-1]


def work(call: Callable[[Any, list[int]], Any], context: Any = None, **more: Any) -> Work[int, Any]:
    return Work(call=call, context=context, lose=lambda _, item: [-item], **more)


def tell_process(_: None, batch: list[int]) -> tuple[int, str]:
    return os.getpid(), current()


@pytest.mark.parametrize("jobs", [1, 2, 3, 0])
@pytest.mark.parametrize("number", [0, 1, BATCH, BATCH + 1, MANY])
def test_results_come_in_the_order_of_the_items(jobs: int, number: int) -> None:
    results = [item for batch in map_batches(work(add, 5), range(number), jobs=jobs) for item in batch]
    assert results == list(range(5, number + 5))


@pytest.mark.parametrize("jobs", [1, 2])
def test_items_are_read_only_as_far_as_needed(jobs: int) -> None:
    read = count()
    results = map_batches(work(add, 0), read, jobs=jobs)
    assert [item for batch in islice(results, 3) for item in batch] == list(range(3 * (BATCH if jobs > 1 else 1)))
    results.close()  # type: ignore[attr-defined]
    assert next(read) < 20 * BATCH


def test_one_process_gives_each_result_before_it_reads_on() -> None:
    read = count()
    results = map_batches(work(add, 0), read, jobs=1)
    assert (next(results), next(results), next(read)) == ([0], [1], 2)


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_of_ours_arrives_as_it_was_raised(jobs: int) -> None:
    results = map_batches(work(refuse_large, 2 * BATCH - 1), range(MANY), jobs=jobs)
    given: list[int] = []
    with pytest.raises(DocumentError, match="too large"):
        given += results
    assert given[-1] == 2 * BATCH - 1


def test_few_items_start_no_process() -> None:
    assert {process for process, _ in map_batches(work(tell_process), range(BATCH), jobs=2)} == {os.getpid()}


def test_other_processes_speak_the_same_language() -> None:
    with speaking("en"):
        told = list(map_batches(work(tell_process), range(MANY), jobs=2))
    assert {lang for _, lang in told} == {"en"}
    # The first batch is worked on here, so that the others find everything made.
    assert [process for process, _ in told].count(os.getpid()) == 1


def die_over(context: tuple[int, Path | None], batch: list[int]) -> list[int]:
    deadly, once = context
    if deadly in batch and multiprocessing.parent_process() is not None and (once is None or not once.exists()):
        if once is not None:
            once.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return batch


@needs_signals
def test_what_kills_its_process_once_is_worked_on_again(tmp_path: Path) -> None:
    retried: list[int] = []
    some = work(die_over, (3 * BATCH, tmp_path / "died"), note=retried.append)
    results = [item for batch in map_batches(some, range(MANY), jobs=2) for item in batch]
    assert results == list(range(MANY))
    assert 0 < sum(retried) <= 5 * BATCH


@needs_signals
def test_what_kills_its_process_twice_is_given_up_and_nothing_else_is() -> None:
    retried: list[int] = []
    some = work(die_over, (3 * BATCH + 5, None), note=retried.append)
    results = [item for batch in map_batches(some, range(MANY), jobs=2) for item in batch]
    assert results == [-item if item == 3 * BATCH + 5 else item for item in range(MANY)]
    assert 0 < sum(retried) <= 5 * BATCH
