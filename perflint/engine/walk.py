"""Where the items of a scope stand: JSON Pointers from list positions, and the raw records on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perflint.engine.cells import Cell, list_cells
from perflint.expression.view import View
from perflint.runtime.cells import Raw
from perflint.schema.model import SCOPES, Scope
from perflint.typed import final

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any


@final
class Items:
    """The items of one document, each looked up once.

    Args:
        data: The document.
    """

    __slots__ = ("_cells", "_data", "_known")

    def __init__(self, data: Raw) -> None:
        self._data = data
        self._known: dict[tuple[str, tuple[int, ...]], Mapping[str, tuple[Raw, str]]] = {}
        self._cells: list[Cell] | None = None

    def find(self, scope: Scope, places: tuple[int, ...]) -> Mapping[str, tuple[Raw, str]]:
        """Return, by scope name, the raw record of the item and of each parent, with its pointer.

        Args:
            places: Number of the item and of each parent in its list, outermost first; of a cell, its number alone.
        """
        key = scope.name, places
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._look_up(scope, places)
        return found

    def _look_up(self, scope: Scope, places: tuple[int, ...]) -> Mapping[str, tuple[Raw, str]]:
        if scope.name == "cell":
            cell = self._list_cells()[places[0]]
            return {"document": (self._data, ""), "cell": (cell._asdict(), cell.pointer)}
        if scope.parent is None:
            return {"document": (self._data, "")}
        above = self.find(SCOPES[scope.parent], places[:-1])
        record, pointer = above[scope.parent]
        for key in scope.steps:
            record = record[key]
        pointer = "/".join((pointer, *scope.steps, str(places[-1])))
        return {**above, scope.name: (record[places[-1]], pointer)}  # type: ignore[index]

    def _list_cells(self) -> list[Cell]:
        # Walked only if there is a finding in a cell, which finds its way back by number.
        if self._cells is None:
            self._cells = list_cells(self._data)
        return self._cells


def walk_views(scope: Scope, data: Raw) -> Iterator[tuple[tuple[int, ...], dict[str, View]]]:
    """Yield the list positions and the roots (scope name → view) of every item, for the reference evaluator."""
    document = View("document", data, None, data.get("fiscal_year"))
    if scope.name == "cell":
        for index, cell in enumerate(list_cells(data)):
            yield (index,), {"document": document, "cell": View("cell", cell._asdict())}
    elif scope.parent is None:
        yield (), {"document": document}
    else:
        for places, roots in walk_views(SCOPES[scope.parent], data):
            parent = roots[scope.parent]
            for index, item in enumerate(_items(parent.data, scope.steps)):
                unit = item.get("currency_unit") if scope.name == "table" else parent.unit
                yield (*places, index), {**roots, scope.name: View(scope.record, item, unit, parent.year)}


def _items(data: Any, steps: tuple[str, ...]) -> Any:
    for step in steps:
        data = data.get(step) or {}
    return data or ()
