"""How much work the rules of cn-core make: four times the document is about four times the work."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from steps import count_steps_of

from perflint import Linter

Table = dict[str, Any]


def build_row(name: str, value: str, unit: str, **cells: str) -> dict[str, str]:
    row = {"level1": "产出指标", "level2": "数量指标", "name": name, "comparator": "=", "value": value, "unit": unit}
    return row | cells


def name_matter(number: int) -> str:
    """Return a name that few others have anything in common with."""
    return f"{chr(0x5000 + number * 7)}{chr(0x6000 + number * 13)}河段护岸"


def list_goals(numbers: range) -> Table:
    texts = [f"完成{name_matter(number)}整治{number + 10}处，{name_matter(number)}率达到95%" for number in numbers]
    rows = [build_row(f"{name_matter(number)}整治数量", str(number + 20), "处") for number in numbers]
    return {"goals": [{"scope": "annual", "text": text} for text in texts], "indicators": rows}


def list_prices(numbers: range) -> Table:
    texts = [f"{name_matter(number)}每月巡查一次，补助每人每月{number + 100}元" for number in numbers]
    rows = [
        build_row(
            f"{name_matter(number)}补助标准", str(number + 5000), "元/人·月", level1="成本指标", level2="经济成本指标"
        )
        for number in numbers
    ]
    visits = [build_row(f"{name_matter(number)}巡查次数", "4", "次") for number in numbers]
    return {"goals": [{"scope": "annual", "text": text} for text in texts], "indicators": rows + visits}


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(packs=["cn-core"])


@pytest.mark.parametrize("write", [list_goals, list_prices])
def test_work_grows_with_rows_and_goals_together(linter: Linter, write: Callable[[range], Table]) -> None:
    def check(numbers: range) -> None:
        table = {"kind": "project", "budget": {"total": "100.00"}, "currency_unit": "万元"} | write(numbers)
        document = {"perflint": "document/1", "fiscal_year": 2025, "tables": [table]}
        linter.check(json.dumps(document, ensure_ascii=False).encode())

    check(range(50))  # what is loaded, and made ready when it is first used
    few, many = (count_steps_of(partial(check, numbers)) for numbers in (range(50, 110), range(110, 350)))
    assert many < 4.5 * few
