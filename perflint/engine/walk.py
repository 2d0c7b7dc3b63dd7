"""Where the items of a scope stand: JSON Pointers from list positions, and the raw records on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perflint.engine.cells import list_cells
from perflint.expression.cells import Raw
from perflint.expression.view import View
from perflint.schema.model import SCOPES, Scope

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any


def raw_records(scope: Scope, places: tuple[int, ...], data: Raw) -> Mapping[str, tuple[Raw, str]]:
    """Return, by scope name, the raw record of the item and of each parent, with its pointer."""
    chain: list[Scope] = []
    while scope.parent is not None:
        chain.insert(0, scope)
        scope = SCOPES[scope.parent]
    found: dict[str, tuple[Raw, str]] = {"document": (data, "")}
    record, pointer = data, ""
    for step, place in zip(chain, places, strict=True):
        for key in step.steps:
            record = record[key]
        record = record[place]  # type: ignore[index]
        pointer += "".join(f"/{key}" for key in (*step.steps, place))
        found[step.name] = (record, pointer)
    return found


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
