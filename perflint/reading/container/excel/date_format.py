"""Show a serial number of days as a date or time, token by token.

Source: ECMA-376 part 1, 18.17.4 (dates), 18.8.31 (date tokens).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple, Protocol

from perflint.reading.container import numeral

_LAST_DAY = 2_958_465  # 9999-12-31
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CHINESE_DAYS = "一二三四五六日"


class TokenLike(Protocol):
    """A token of a format: its kind and its text."""

    @property
    def kind(self) -> str:
        """What it is."""

    @property
    def text(self) -> str:
        """What it reads."""


class Moment(NamedTuple):
    """A point in time as a sheet counts it: 1900 has a 29 February, and day 0 is 1900-01-00."""

    year: int
    month: int
    day: int
    weekday: int
    hour: int
    minute: int
    second: int
    places: str
    days: int


def show_date(value: Decimal, tokens: Sequence[TokenLike], style: str, *, since_1904: bool) -> str | None:
    """Return the serial *value* as the date tokens show it; None when it is no date (negative, beyond year 9999)."""
    digits = _count_places(tokens)
    moment = _build_moment(value, digits, since_1904=since_1904)
    if moment is None:
        return None
    if style == "F800":
        return f"{moment.year}年{moment.month}月{moment.day}日"
    if style == "F400":
        return f"{moment.hour}:{moment.minute:02d}:{moment.second:02d}"
    return "".join(_show_tokens(moment, tokens, style)).strip()


def _count_places(tokens: Sequence[TokenLike]) -> int:
    point = next((place for place, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    return sum(token.kind == "digit" for token in tokens[point:])


def _build_moment(value: Decimal, digits: int, *, since_1904: bool) -> Moment | None:
    if value < 0 or value > _LAST_DAY:
        return None
    unit = 10**digits
    ticks = int((value * 86_400 * unit).to_integral_value(ROUND_HALF_UP))
    seconds, rest = divmod(ticks, unit)
    days, seconds = divmod(seconds, 86_400)
    year, month, day, weekday = _find_day(days + 1462 if since_1904 else days)
    hour, seconds = divmod(seconds, 3600)
    minute, second = divmod(seconds, 60)
    places = f"{rest:0{digits}d}" if digits else ""
    return Moment(year, month, day, weekday, hour, minute, second, places, days)


def _find_day(days: int) -> tuple[int, int, int, int]:
    if days == 0:
        return 1900, 1, 0, 5
    if days == 60:  # the leap day that never was
        return 1900, 2, 29, 2
    found = date(1899, 12, 31 if days < 60 else 30) + timedelta(days=min(days, _LAST_DAY))
    return found.year, found.month, found.day, found.weekday()


def _show_tokens(moment: Moment, tokens: Sequence[TokenLike], style: str) -> list[str]:
    half_day = any(token.kind == "noon" for token in tokens)
    shown: list[str] = []
    after_hour = False
    for place, token in enumerate(tokens):
        text = token.text.lower()
        if token.kind == "date":
            minutes = text[0] == "m" and len(text) < 3 and (after_hour or _seconds_follow(tokens[place + 1 :]))
            part = _show_minutes(moment, text) if minutes else _show_part(moment, text, half_day=half_day)
            shown.append(_write(part, text, style))
            after_hour = text[0] == "h" or (after_hour and not minutes and text[0] == "s")
        elif token.kind == "elapsed":
            shown.append(_show_elapsed(moment, text))
            after_hour = text[0] == "h"
        elif token.kind == "noon":
            shown.append(_show_noon(moment, token.text))
        elif token.kind == "digit":
            continue
        elif token.kind == "point":
            shown.append(f".{moment.places}" if moment.places else ".")
        elif token.kind in ("quoted", "escaped", "plain", "comma"):
            shown.append("," if token.kind == "comma" else token.text)
    return shown


def _seconds_follow(tokens: Sequence[TokenLike]) -> bool:
    return next((token.text[0].lower() == "s" for token in tokens if token.kind in ("date", "elapsed")), False)


def _show_minutes(moment: Moment, text: str) -> str:
    return f"{moment.minute:0{len(text)}d}"


def _show_part(moment: Moment, text: str, *, half_day: bool) -> str:
    width = len(text)
    letter = text[0]
    if letter in "ye":
        return f"{moment.year % 100:02d}" if letter == "y" and width < 3 else str(moment.year)
    if letter == "b":
        return str(moment.year + 543)
    if letter == "a":
        return ("星期" if width > 3 else "") + _CHINESE_DAYS[moment.weekday]
    if letter == "m" and width > 2:
        name = _MONTHS[moment.month - 1]
        return name[0] if width == 5 else name[:3] if width == 3 else name
    if letter == "d" and width > 2:
        return _DAYS[moment.weekday][: 3 if width == 3 else None]
    hour = (moment.hour - 1) % 12 + 1 if half_day else moment.hour
    number = {"m": moment.month, "d": moment.day, "h": hour, "s": moment.second}[letter]
    return f"{number:0{min(width, 2)}d}"


def _write(part: str, text: str, style: str) -> str:
    if not style.startswith("DBNUM") or not part.isdecimal():
        return part
    legal = style == "DBNUM2"
    if text[0] in "yeb":
        return numeral.write_digits(part, legal=legal)
    return numeral.write_chinese(int(part), legal=legal)


def _show_elapsed(moment: Moment, text: str) -> str:
    hours = moment.days * 24 + moment.hour
    minutes = hours * 60 + moment.minute
    number = {"h": hours, "m": minutes, "s": minutes * 60 + moment.second}[text[0]]
    return f"{number:0{len(text)}d}"


def _show_noon(moment: Moment, text: str) -> str:
    before, _, after = text.partition("/")
    return before if moment.hour < 12 else after
