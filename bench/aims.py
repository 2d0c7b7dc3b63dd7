"""What a table aims at, before a form gives it cells: works, what they cost, and rows that fit them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from random import Random
from typing import NamedTuple

from bench.works import WORKS, Work

SHORTEST = 10
"""Fewest rows of a table in a document that has them: every class of indicators is in it."""

CLASSES = (
    "quantity",
    "quality",
    "timeliness",
    "cost",
    "economic",
    "social",
    "ecological",
    "sustainable",
    "satisfaction",
)


class Aim(NamedTuple):
    """One indicator, before a form gives it its cells; *cls* is an entry of ``CLASSES``."""

    cls: str
    name: str
    comparator: str
    value: str
    unit: str


class Plan(NamedTuple):
    """What a table is about: works, what each costs in 万元, and what is aimed at."""

    works: tuple[str, ...]
    costs: tuple[Decimal, ...]
    aims: tuple[Aim, ...]

    @property
    def total(self) -> Decimal:
        return sum(self.costs, Decimal("0.00"))


def draw_plan(random: Random, works: Iterator[Work], rows: int, year: int) -> Plan:
    """Return the next *works* for so many *rows*: every class of indicators comes first, then more of them."""
    first = next(works)
    sustainable = Aim("sustainable", f"{first.label}长效机制健全程度", "", "健全", "")
    cost = _draw_cost(random)
    names, costs = [first.label], [cost]
    aims = [*_aims_of(random, first, cost, year), sustainable, _ask(random, first)]
    while len(aims) < rows:
        work, cost = next(works), _draw_cost(random)
        names.append(work.label)
        costs.append(cost)
        aims += _aims_of(random, work, cost, year)
        if len(names) in (4, 8):
            aims.append(_ask(random, work))
    kept = sorted(aims[:rows], key=lambda aim: CLASSES.index(aim.cls))
    return Plan(tuple(names), tuple(costs), tuple(kept))


def call_works(random: Random) -> Iterator[Work]:
    """Yield works without end, many in a village, as tables are seldom word for word alike; each comes once."""
    for times in count():
        for work in random.sample(WORKS, len(WORKS)):
            if times or random.random() < 0.5:
                yield _place(work, f"{random.choice(_FIRST)}{random.choice(_SECOND)}{_numeral(times)}村")
            else:
                yield work


_FIRST = "青白桃柳清石枫竹云龙梅杨松荷平长东西南北上下大小新"
_SECOND = "山石源溪泉桥林园台岭坪塘湖岗坝畈坡湾坑沟田头"


def _numeral(number: int) -> str:
    return "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in str(number)) if number else ""


def _place(work: Work, village: str) -> Work:
    cls, name, *aim = work.benefit
    return Work(
        village + work.label,
        tuple((village + counted, unit, least, most) for counted, unit, least, most in work.counts),
        village + work.quality,
        (cls, village + name, *aim),  # type: ignore[arg-type]
        village + work.served,
    )


def _draw_cost(random: Random) -> Decimal:
    return Decimal(random.randint(800, 9000)) / 100


def _aims_of(random: Random, work: Work, cost: Decimal, year: int) -> list[Aim]:
    due = f"{year}年{random.randint(6, 12)}月{random.choice([10, 20, 25, 30])}日"
    aims = [
        Aim("quantity", name, random.choice("≥="), str(random.randint(least, most)), unit)
        for name, unit, least, most in work.counts
    ]
    return [
        *aims,
        Aim("quality", work.quality, *random.choice([("=", "100"), ("≥", "95"), ("≥", "98")]), "%"),
        Aim("timeliness", f"{work.label}完成时间", "≤", due, ""),
        Aim("cost", f"{work.label}成本", "≤", f"{cost:.2f}", "万元"),
        Aim(*work.benefit),
    ]


def _ask(random: Random, work: Work) -> Aim:
    return Aim("satisfaction", f"{work.served}满意度", "≥", random.choice(["90", "92", "95"]), "%")
