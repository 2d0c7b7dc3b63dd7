from __future__ import annotations

import os
from itertools import count, islice

import pytest

from perflint.errors import DocumentError
from perflint.language import current, speaking
from perflint.parallel import BATCH, map_batches

MANY = 10 * BATCH


def add(context: int, batch: list[int]) -> list[int]:
    return [context + item for item in batch]


def refuse_large(limit: int, batch: list[int]) -> int:
    if batch[-1] > limit:
        raise DocumentError("too large")
    return batch[-1]


def tell_process(_: None, batch: list[int]) -> tuple[int, str]:
    return os.getpid(), current()


@pytest.mark.parametrize("jobs", [1, 2, 3, 0])
@pytest.mark.parametrize("number", [0, 1, BATCH, BATCH + 1, MANY])
def test_results_come_in_the_order_of_the_items(jobs: int, number: int) -> None:
    results = [item for batch in map_batches(add, 5, range(number), jobs=jobs) for item in batch]
    assert results == list(range(5, number + 5))


@pytest.mark.parametrize("jobs", [1, 2])
def test_items_are_read_only_as_far_as_needed(jobs: int) -> None:
    read = count()
    results = map_batches(add, 0, read, jobs=jobs)
    assert [batch[0] for batch in islice(results, 3)] == [0, BATCH, 2 * BATCH]
    results.close()  # type: ignore[attr-defined]
    assert next(read) < 20 * BATCH


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_of_ours_arrives_as_it_was_raised(jobs: int) -> None:
    results = map_batches(refuse_large, 2 * BATCH, range(MANY), jobs=jobs)
    assert [next(results), next(results)] == [BATCH - 1, 2 * BATCH - 1]
    with pytest.raises(DocumentError, match="too large"):
        next(results)


def test_few_items_start_no_process() -> None:
    assert {process for process, _ in map_batches(tell_process, None, range(BATCH), jobs=2)} == {os.getpid()}


def test_other_processes_speak_the_same_language() -> None:
    with speaking("en"):
        told = list(map_batches(tell_process, None, range(MANY), jobs=2))
    assert {lang for _, lang in told} == {"en"}
    assert os.getpid() not in {process for process, _ in told}
