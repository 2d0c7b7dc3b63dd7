"""How much work a file makes: four times the file is about four times the work, whatever a stranger repeats in it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from perflint.errors import DocumentError
from perflint.reading import read

HEADER = ("一级指标", "二级指标", "三级指标", "指标值")
LEVELS = ("产出指标", "数量指标", "三级指标", "≥10个")
LABELS = ("项目名称", "主管部门", "资金总额", "2026", "年度目标")


def list_row(number: int) -> tuple[str, ...]:
    return ("产出指标", "数量指标", f"指标{number}", f"≥{number}个")


def write_tables(count: int) -> str:
    tables = ((f"项目支出绩效目标表{number}", "\t".join(HEADER), "\t".join(list_row(number))) for number in range(count))
    return "\n".join(line for table in tables for line in table)


def write_wide(words: tuple[str, ...], separator: str) -> Callable[[int], str]:
    return lambda width: "\n".join(separator.join((words * width)[:width]) for _ in range(4))


LARGE: dict[str, tuple[Callable[[int], str], int]] = {
    "a header again and again, one cell a line": (lambda count: "\n".join(HEADER * count), 60),
    "a header again and again, its cells told apart by blanks": (lambda count: ("   ".join(HEADER) + "\n") * count, 60),
    "tables one below the other without a blank line": (write_tables, 40),
    "rows as wide as can be, of levels and values": (write_wide(LEVELS, "\t"), 200),
    "of words of a header": (write_wide(HEADER, "\t"), 240),
    "of labels": (write_wide(LABELS, "\t"), 200),
    "of drawn cells": (write_wide(("甲",), "│"), 200),
}


@pytest.mark.parametrize(("write", "size"), LARGE.values(), ids=LARGE)
def test_work_grows_with_the_size_of_a_text(write: Callable[[int], str], size: int) -> None:
    count_steps(write(size))  # what is loaded, and remembered of the forms
    assert count_steps(write(4 * size)) < 6 * count_steps(write(size))


def test_a_line_that_is_almost_a_rule_of_a_pipe_table_is_told_at_once() -> None:
    text = "|" + "-|: +=" * 60_000 + "x|"
    with pytest.raises(DocumentError, match="60001"):
        read(f"{text}\n{text}\n".encode(), name="a.txt")


def count_steps(text: str) -> int:
    """Return how many lines of Python run while a text is read, rounds of comprehensions included."""
    steps = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal steps
        steps += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        read(text.encode(), name="a.txt")
    except DocumentError:
        pass
    finally:
        sys.settrace(before)
    return steps
