"""Rows and cells that were met before: what only they decide is not worked out again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import partial
from operator import itemgetter

from perflint.expression.cells import Amounts, Raw
from perflint.expression.memo import Memo, Remembered

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any, TypeAlias

Item: TypeAlias = "tuple[Any, ...]"


class MetItems:
    """The rules of a scope on items that were asked when they were met.

    Items are tuples that end with what they told, (rule, how it ended, and two values by how), and with the rules that
    hold, see ``Meeting``.

    Args:
        loop: The generated function of the rules that look at more than the item, None when there are none.
        alone, settled: How many rules look at nothing but the item, and how many of *loop* are settled.
    """

    __slots__ = ("_alone", "_lanes", "_loop", "_told")

    def __init__(self, loop: Callable[..., tuple[int, ...]] | None, alone: int, settled: int) -> None:
        self._loop, self._alone, self._told = loop, alone, _LANE * (alone + settled)
        self._lanes = Memo(partial(_spread, alone + settled + 1))

    def judge(self, *arguments: Any) -> list[int]:
        """Return by rule how many items passed; parents, items, *at* and *out* are those of ``ScopeFunction.call``."""
        *_, items, at, out = arguments
        counted = sum(number * self._lanes[passes] for passes, number in Counter(map(_PASSES, items)).items())
        if counted >> self._told:
            for number, item in enumerate(items):
                out += [(rule, at, number, *rest) for rule, *rest in item[-2]]
        passes = [counted >> place & _FULL for place in range(0, self._told, _LANE)]
        if self._loop is not None:
            passes[self._alone :] = self._loop(*arguments, passes[self._alone :])
        return passes


_PASSES, GATES = itemgetter(-1), itemgetter(-3)
_LANE = 32
_FULL = (1 << _LANE) - 1


def _spread(width: int, bits: int) -> int:
    """Return a number that has a lane for each of the *width* bits, so that one addition counts all of them."""
    return sum(1 << _LANE * place for place in range(width) if bits >> place & 1)


def forget_frames(item: Item) -> Item:
    """Return *item*, which is to be remembered: what was raised keeps nothing of the run in which it was."""
    for _, _, raised, _ in item[-2]:
        if isinstance(raised, Exception):
            raised.__traceback__ = None
    return item


ROW_CELLS = -4
"""Where in a row of ``MetRows`` the list for its cells stands, see ``engine.cells``."""

MOST_ROWS, LONGEST_ROW = 500, 1000
"""How many rows are remembered, twice that with those behind them; and the most characters of one that is."""
MORE_ROWS = 4_000
"""How many are where the same tables come again and again, which 500 rows do not hold; each takes about 2 KiB."""


class MetRows:
    """The rows of one record as generated code takes them, by what is printed in them."""

    __slots__ = ("_again", "_forgotten", "_remembered", "read")

    def __init__(self) -> None:
        self._remembered = Remembered(MOST_ROWS)
        self._forgotten, self._again = set[int](), 0
        self.read: Callable[[Raw, Amounts, Decimal | None], Item]
        """Reads the facts of a raw row and asks it what ``Meeting`` says; generated."""

    def __call__(self, raws: Iterable[Raw], amounts: Amounts, year: Decimal | None) -> list[Item]:
        around, plain, find = (amounts.unit, _print(year)), _PLAIN.issuperset, self._remembered.find
        rows = []
        for raw in raws:
            values: tuple[Any, ...] = tuple(raw.values())
            if not plain(map(type, values)):
                values = tuple(map(_print, values))
            key = (*around, *raw, *values)
            row: Item | None = find(key)
            if row is None:
                row = self.read(raw, amounts, year)
                if sum(map(len, filter(None, values))) <= LONGEST_ROW:
                    self._remembered.keep(key, forget_frames(row))
                    self._note(hash(key))
            rows.append(row)
        return rows

    def _note(self, new: int) -> None:
        """Remember more rows when most of those that seem new were forgotten only lately."""
        if new in self._forgotten:
            self._again += 1
            if self._again > MORE_ROWS // 2:
                self._remembered.most = MORE_ROWS
                self._forgotten.clear()
        elif len(self._forgotten) >= 2 * MORE_ROWS:
            self._forgotten.clear()
            self._again = 0
        if self._remembered.most < MORE_ROWS:
            self._forgotten.add(new)


_PLAIN = {str, type(None)}


def _print(value: Any) -> Any:
    """Return *value* as something that equals only what is printed in the same way."""
    kind = value.__class__
    if kind in _PLAIN:
        return value
    if kind is list:
        return (list, *map(_print, value))
    if kind is dict:
        return (dict, *value, *map(_print, value.values()))
    return (kind, str(value))
