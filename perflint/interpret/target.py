"""What a value cell says, once read: the outcome of ``read_value``."""

from __future__ import annotations

from decimal import Decimal

from perflint.record import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One value cell, interpreted; what is not printed stays None.

    Attributes:
        kind: ``number range deadline period recurrence relative formula multi qualitative boolean empty unparsed``.
        text: The cell as normalised text, ``""`` when empty.
        comparator: ``≥ ≤ = > < ~`` or None when none is printed or it cannot be read.
        number: The number of ``number`` and ``relative``; printed decimals are kept.
        low, high: The ends of a ``range``, both included.
        unit: Unit as printed, the cell's own before that of the unit column.
        date: Deadline as ``2026-12-31``, or ``--12-31`` when the year is not printed.
        start, end: Period as ``2025``, ``2025-04`` or ``2025-04-01``; ``--04`` when the year is not printed.
        bound: ``before`` (the date is the latest) or ``at``.
        precision: ``day month-end month ten-days quarter-end quarter half-year-end half-year year-end year``.
        every: Recurrence: ``day week ten-days month quarter half-year term year school-year``.
        day: Day within the recurrence.
        value: Of a ``boolean``.
        label, noun: Words printed before the quantity, counted thing printed after its unit.
        reason: Of ``unparsed``: ``approximate_quantity invalid_date placeholder number_missing fraction unreadable
            number_too_long cell_too_long``.
        yuan: The number in 元 when its unit is money, also per something; 万 and 亿 alone count as money.
        per: What the money is per: ``人`` of 元/人.
        parts: Of a ``multi``.
        notes: Peculiarities of the print in the order met, such as ``unit_repeated`` or ``comparator_unreadable``.
    """

    kind: str
    text: str = ""
    comparator: str | None = None
    number: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    date: str | None = None
    start: str | None = None
    end: str | None = None
    bound: str | None = None
    precision: str | None = None
    every: str | None = None
    day: int | None = None
    value: bool | None = None
    label: str | None = None
    noun: str | None = None
    reason: str | None = None
    yuan: Decimal | None = None
    per: str | None = None
    parts: tuple[Target, ...] = ()
    notes: tuple[str, ...] = ()
