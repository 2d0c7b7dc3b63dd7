"""Which days exist."""

from __future__ import annotations

_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days_in_month(year: int | None, month: int) -> int:
    """Return the days of *month* (1 to 12); without a year February has 28."""
    leap = year is not None and (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    return 29 if month == 2 and leap else _DAYS[month - 1]


def is_date(year: int | None, month: int, day: int) -> bool:
    """Whether the day exists; without a year 29 February does."""
    if not 1 <= month <= 12:
        return False
    last = 29 if year is None and month == 2 else days_in_month(year, month)
    return 1 <= day <= last
