"""Faults that offices make, put into sound tables: a row in ten, and a table in ten."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

Row = dict[str, Any]


def spoil(random: Random, table: dict[str, Any], share: float) -> None:
    """Put faults into *share* of the rows of *table*, and one into its figures as often."""
    rows = table.get("indicators", [])
    for row in rows:
        if random.random() < share:
            faults = _COLUMN_FAULTS if "comparator" in row else _CELL_FAULTS
            random.choice([*faults, *_NAME_FAULTS])(random, row, rows)
    for fault in _TABLE_FAULTS:
        if random.random() < share:
            fault(random, table)


def _blank(key: str) -> Callable[[Random, Row, list[Row]], None]:
    def fault(random: Random, row: Row, rows: list[Row]) -> None:
        row[key] = None

    return fault


def _ascii_sign(random: Random, row: Row, rows: list[Row]) -> None:
    row["comparator"] = random.choice([">=", "≡", "≧"])


def _doubled_percent(random: Random, row: Row, rows: list[Row]) -> None:
    row |= {"comparator": "≥", "value": "96%", "unit": "%"}


def _approximate(random: Random, row: Row, rows: list[Row]) -> None:
    row["value"] = random.choice(["约20", "若干", "达到要求"])


def _drop_sign(random: Random, row: Row, rows: list[Row]) -> None:
    row["value"] = row["value"].lstrip("≥=≤") if row["value"] else "20"


def _cut_value(random: Random, row: Row, rows: list[Row]) -> None:
    row["value"] = random.choice(["≥5", "≥20万", "≥96%%", "及时", "100"])


def _repeat_name(random: Random, row: Row, rows: list[Row]) -> None:
    row["name"] = random.choice(rows)["name"]


def _number_as_name(random: Random, row: Row, rows: list[Row]) -> None:
    row["name"] = random.choice([None, "指标1", "12"])


def _long_name(random: Random, row: Row, rows: list[Row]) -> None:
    row["name"] = f"通过开展各项工作，使{row['name']}在全年内得到进一步的提高和改善，达到上级的要求"


def _spaced_name(random: Random, row: Row, rows: list[Row]) -> None:
    row["name"] = " ".join((row["name"] or "完成率").partition("率")).strip()


def _wrong_parent(random: Random, row: Row, rows: list[Row]) -> None:
    row["level2"] = random.choice(["数量指标", "社会效益指标", "其他指标"])


_COLUMN_FAULTS = (_blank("comparator"), _blank("value"), _blank("unit"), _ascii_sign, _doubled_percent, _approximate)
_CELL_FAULTS = (_blank("value"), _drop_sign, _cut_value, _approximate)
_NAME_FAULTS = (_repeat_name, _number_as_name, _long_name, _spaced_name, _wrong_parent)


_GAPS = (Decimal("0.90"), Decimal(10), Decimal(100))


def _total_off(random: Random, table: dict[str, Any]) -> None:
    if "budget" in table:
        table["budget"]["total"] = f"{float(table['budget']['total']) + random.choice([0.9, 10, 100]):.2f}"


def _weights_off(random: Random, table: dict[str, Any]) -> None:
    rows = [row for row in table.get("indicators", []) if "weight" in row]
    if rows:
        random.choice(rows)["weight"] = "15"


def _plan_falls(random: Random, table: dict[str, Any]) -> None:
    points = table.get("payment_plan", {}).get("points", [])
    if points:
        points[1]["amount"], points[2]["amount"] = points[2]["amount"], points[1]["amount"]


def _year_off(random: Random, table: dict[str, Any]) -> None:
    table["fiscal_year"] -= 1


def _phone_in_goal(random: Random, table: dict[str, Any]) -> None:
    for goal in table.get("goals", [])[:1]:
        goal["text"] += f"联系电话1380000{random.randint(1000, 9999)}。"


_TABLE_FAULTS = (_total_off, _weights_off, _plan_falls, _year_off, _phone_in_goal)
