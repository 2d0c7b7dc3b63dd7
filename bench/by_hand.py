"""The 30 rules of ``bench_engine.py`` as a person would write them in Python, for tables with folded cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

WORDS = ("完成", "次数", "户数", "率", "满意", "提升", "改善", "促进", "里程", "时间")
_LEVELS = frozenset(("产出指标", "效益指标", "满意度指标"))
_SIGNS = frozenset(("≥", "=", "≤"))


def check_table(table: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Return (rule, row) of every rule that does not hold, as ``Plain.check`` does."""
    rows = table["indicators"]
    found = [(rule, 0) for rule, holds in enumerate(_judge_table(table, rows)) if not holds]
    for number, row in enumerate(rows):
        found += [(rule, number) for rule in _judge_row(row)]
    return found


def _judge_table(table: Mapping[str, Any], rows: list[dict[str, Any]]) -> tuple[bool, ...]:
    weights, units = [row["weight"] for row in rows], [row["unit"] for row in rows]
    title = table["title"]
    return (
        sum(weights) == 100,
        units.count("%") < 12,
        min(weights) > 0,
        any(row["level2"] == "质量指标" for row in rows),
        any(row["level1"] == "满意度指标" for row in rows),
        len(rows) <= 50,
        table["kind"] in ("overall", "project"),
        "绩效目标" in title and len(title) < 40,
        title == "项目支出绩效目标表",
        units.count(None) < 9,
    )


def _judge_row(row: Mapping[str, Any]) -> Iterator[int]:  # noqa: C901 - twenty rules are twenty tests
    name, unit, sign, weight = row["name"], row["unit"], row["comparator"], row["weight"]
    level1, level2 = row["level1"], row["level2"]
    if weight <= 1:
        for rule, word in enumerate(WORDS, 10):
            if word not in name:
                yield rule
    if unit is None and sign is None:
        yield 20
    if not 0 < weight <= 20:
        yield 21
    if len(name) > 12:
        yield 22
    if not (level2 and level1):
        yield 23
    if level1 not in _LEVELS:
        yield 24
    if level2 == "成本指标" and unit == "%":
        yield 25
    if sign is not None and sign not in _SIGNS:
        yield 26
    if sign == "=":
        yield 27
    if unit == "%" if unit is not None else weight <= 2:
        yield 28
    if "满意" in name and unit != "%":
        yield 29
