"""Rows and cells that were met before: what only they decide is not worked out again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from operator import itemgetter

from perflint.runtime.cells import Amounts, Raw
from perflint.runtime.memo import Memo, Remembered
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any, TypeAlias

Item: TypeAlias = "tuple[Any, ...]"


class MetItems:
    """The rules of a scope on items that were asked when they were met.

    Items are tuples that end with what they told, (rule, how it ended, and two values by how), and with the rules that
    hold, see ``compiler.meeting``.

    Args:
        loop: The generated function of the rules that look at more than the item, None when there are none.
        alone, settled: How many rules look at nothing but the item, and how many of *loop* are settled.
    """

    __slots__ = ("_alone", "_lanes", "_loop", "_told")

    def __init__(self, loop: Callable[..., tuple[int, ...]] | None, alone: int, settled: int) -> None:
        self._loop, self._alone, self._told = loop, alone, _LANE * (alone + settled)
        self._lanes = Memo(_spread)

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
_EMPTY_LANE, _ONE_IN_LANE = f"{0:0{_LANE // 4}x}", f"{1:0{_LANE // 4}x}"


def _spread(bits: int) -> int:
    """Return a number that has a lane for each of the *bits*, so that one addition counts all of them."""
    return int(f"{bits:b}".replace("0", _EMPTY_LANE).replace("1", _ONE_IN_LANE), 16)


class KeptLists:
    """The rules of a scope that look no farther than the table which the items stand in.

    A table that was met keeps what they made of it, as long as it is remembered.

    Args:
        call: As in ``ScopeFunction``; *name* is that of the scope.
    """

    __slots__ = ("_call", "_name")

    def __init__(self, call: Callable[..., Sequence[int]], name: str) -> None:
        self._call, self._name = call, name

    def judge(self, *arguments: Any) -> Sequence[int]:
        """Do what ``ScopeFunction.call`` does."""
        *parents, rows, at, out = arguments
        kept: dict[str, tuple[Sequence[int], list[tuple[Any, ...]]]] = parents[-1][_KEPT]
        if self._name not in kept:
            told: list[tuple[Any, ...]] = []
            passes = self._call(*parents, rows, (), told)
            _forget_frames(raised for *_, raised, _ in told)
            kept[self._name] = passes, told
        passes, told = kept[self._name]
        out += [(rule, at, *rest) for rule, _, *rest in told]
        return passes


KEEPER = "table"
"""The record whose items keep what the rules made of lists in them."""


def forget_frames(item: Item) -> Item:
    """Return *item*, which is to be remembered: what was raised keeps nothing of the run in which it was."""
    _forget_frames(raised for _, _, raised, _ in item[-2])
    return item


def _forget_frames(raised: Iterable[Any]) -> None:
    for error in raised:
        if isinstance(error, Exception):
            error.__traceback__ = None


ROW_CELLS, _KEPT = -4, -5
"""Where in a row of ``MetRows`` the list for its cells stands, see ``engine.cells``; and what ``KeptLists`` keeps."""


class Keeping(NamedTuple):
    """What is remembered of the items of one record.

    Attributes:
        most: How many, twice that with those behind them; *long* where so many stand in one list, and *more* where the
            same come again and again.
        longest: The most characters of one that is.
        watched: One in so many is watched, whether it comes again.
        late: Whether one is not remembered until it comes a second time; then each is watched.
    """

    most: int
    long: int
    more: int
    longest: int
    watched: int
    late: bool


KEEPING = {
    # Each takes about 4 KiB.
    "indicator": Keeping(most=100, long=500, more=4_000, longest=1_000, watched=16, late=False),
    # Holds its rows, which few have in common.
    "table": Keeping(most=15, long=15, more=200, longest=20_000, watched=1, late=True),
}
"""Of which items documents have much in common, and a document that is checked again all with itself."""


class MetRows:
    """The rows of one record, or the tables of a document, as generated code takes them, by what is printed in them."""

    __slots__ = ("_again", "_keeping", "_lately", "_remembered", "read")

    def __init__(self, keeping: Keeping) -> None:
        self._keeping, self._remembered = keeping, Remembered(keeping.most)
        self._lately, self._again = set[int](), 0
        self.read: Callable[[Raw, Amounts | None, Decimal | None], Item]
        """Reads the facts of a raw row and asks it what ``Meeting`` says; generated."""

    def __call__(self, raws: Sequence[Raw], amounts: Amounts | None, year: Decimal | None) -> list[Item]:
        around, plain, find = (amounts and amounts.unit, _print(year)), _PLAIN.issuperset, self._remembered.find
        if self._remembered.most < len(raws):
            self._remembered.most = max(self._remembered.most, min(len(raws), self._keeping.long))
        rows = []
        for raw in raws:
            values: tuple[Any, ...] = tuple(raw.values())
            if not plain(map(type, values)):
                values = tuple(map(_print, values))
            key = (*around, *raw, *values)
            row: Item | None = find(key)
            if row is None:
                row = self.read(raw, amounts, year)
                if self._is_awaited(hash(key)) and _measure(values) <= self._keeping.longest:
                    self._remembered.keep(key, forget_frames(row))
            rows.append(row)
        return rows

    def _is_awaited(self, new: int) -> bool:
        """Return whether a row is to be remembered; more are when most of those that seem new were here only lately."""
        keeping = self._keeping
        if self._remembered.most == keeping.more or new % keeping.watched:
            return True
        again = new in self._lately
        if again:
            self._again += 1
            if self._again > keeping.more // keeping.watched // 2:
                self._remembered.most = keeping.more
                self._lately.clear()
        else:
            if len(self._lately) >= 2 * keeping.more // keeping.watched:
                self._lately.clear()
                self._again = 0
            self._lately.add(new)
        return again or not keeping.late


def _measure(values: tuple[Any, ...]) -> int:
    """Return how many characters are printed in *values*."""
    if _PLAIN.issuperset(map(type, values)):
        return sum(map(len, filter(None, values)))
    return sum(
        _measure(value) if value.__class__ is tuple else len(value)
        for value in values
        if isinstance(value, tuple | str)
    )


_PLAIN = {str, type(None)}


def _print(value: Any) -> Any:
    """Return *value* as something that equals only what is printed in the same way."""
    kind = value.__class__
    if kind in _PLAIN:
        return value
    if kind is list:
        return (list, *map(_print, value))
    if kind is dict:
        values = value.values()
        return (dict, *value, *(values if _PLAIN.issuperset(map(type, values)) else map(_print, values)))
    return (kind, str(value))
