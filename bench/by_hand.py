"""The thirty rules as a person would write them in Python, for documents as ``json.loads`` gives them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from bench.rules import DIGITS, LEVEL1, LEVEL2, MOBILE, VAGUE, Found

_CENT = Decimal("0.01")
_LEVEL1, _LEVEL2 = frozenset(LEVEL1), frozenset(LEVEL2)
_mobile, _vague, _digits = (re.compile(pattern).search for pattern in (MOBILE, VAGUE, DIGITS))
_stub, _marks, _digit = (re.compile(pattern).search for pattern in ("^(指标)?[0-9]+$", "[,，。;；]", "[0-9]"))
_only_ten_thousand = re.compile("[0-9]万$").search
Row = Mapping[str, Any]


def check_document(data: Row) -> list[Found]:
    """Return every rule that does not hold, and where."""
    found: list[Found] = []
    if not data["organization"]["name"]:
        found.append((0, -1, -1))
    if not 2020 <= data["fiscal_year"] <= 2030:
        found.append((1, -1, -1))
    for number, table in enumerate(data["tables"]):
        rows = table.get("indicators", ())
        found += [(rule, number, -1) for rule in _check_table(table, rows, data["fiscal_year"])]
        found += [(5, number, at) for at, goal in enumerate(table.get("goals", ())) if _mobile(goal["text"])]
        found += [(10, number, at) for at in _falling(table.get("payment_plan", {}).get("points", ()))]
        names = Counter((row.get("section"), row["name"]) for row in rows)
        for at, row in enumerate(rows):
            found += [(rule, number, at) for rule in _check_row(row, names)]
    return found


def _check_table(table: Row, rows: Sequence[Row], year: int) -> Iterator[int]:
    title, budget = table["title"], table["budget"]
    if "绩效" not in title:
        yield 2
    if len(title) > 30:
        yield 3
    if table["currency_unit"] not in ("元", "万元"):
        yield 4
    if table["fiscal_year"] != year:
        yield 6
    yield from _check_sums(budget)
    weights = [Decimal(row["weight"]) for row in rows if row.get("weight")]
    if weights and sum(weights) != 100:
        yield 9
    values = [row["value"] for row in rows if row["value"]]
    if 2 * sum(not _digit(value) for value in values) > len(values):
        yield 11


def _check_sums(budget: Row) -> Iterator[int]:
    total, sources, uses = budget["total"], budget.get("by_source"), budget.get("by_use", ())
    if sources and abs(sum(map(Decimal, sources.values())) - Decimal(total)) > _CENT:
        yield 7
    if "basic" in uses and abs(Decimal(uses["basic"]) + Decimal(uses["project"]) - Decimal(total)) > _CENT:
        yield 8


def _falling(points: Sequence[Row]) -> Iterator[int]:
    """Yield the points that a later one falls below; the label is a month."""
    planned = [(int(point["label"].partition("月")[0]), Decimal(point["amount"])) for point in points]
    for at, (month, amount) in enumerate(planned):
        if any(later > month and less < amount for later, less in planned):
            yield at


def _check_row(row: Row, names: Counter[tuple[str | None, str]]) -> Iterator[int]:
    name, level1, value = row["name"], row["level1"], row["value"]
    if name:
        yield from _check_name(name, names[row.get("section"), name])
    else:
        yield 13
    if not level1:
        yield 17
    elif level1 not in _LEVEL1:
        yield 18
    if row["level2"] not in _LEVEL2:
        yield 19
    if value:
        yield from _check_value(row, value)
    else:
        yield 20


def _check_name(name: str, times: int) -> Iterator[int]:
    if times > 1:
        yield 12
    if len(name) > 30:
        yield 14
    if _stub(name):
        yield 15
    if _marks(name):
        yield 16


def _check_value(row: Row, value: str) -> Iterator[int]:
    if _vague(value):
        yield 21
    if "%%" in value:
        yield 22
    if _only_ten_thousand(value):
        yield 23
    if len(value) > 20:
        yield 24
    yield from _check_signs(row, value, row["name"], row.get("comparator"), row.get("unit"))


def _check_signs(row: Row, value: str, name: str | None, sign: str | None, unit: str | None) -> Iterator[int]:
    if name and name.endswith("率") and "%" not in value and unit != "%":
        yield 25
    if "满意" in row["level1"] and sign != "≥" and not value.startswith("≥"):
        yield 26
    if "成本" in row["level2"] and sign != "≤" and not value.startswith("≤"):
        yield 27
    if not (sign and unit) and _digits(value):
        if not sign:
            yield 28
        if not unit:
            yield 29
