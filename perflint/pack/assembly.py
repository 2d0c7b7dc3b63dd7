"""The pieces of a document that an example writes → the whole document, or what is wrong with each piece."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perflint.document.loading import build_document
from perflint.document.model import Document
from perflint.pack.shape import Fault, Path
from perflint.record import replace
from perflint.schema._gate import check_shape
from perflint.schema.model import SCOPES

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

_MOST_FAULTS = 20


def build_example(parts: Mapping[str, Any]) -> Document:
    """Return the document that the pieces of an example make: item into table, table into document.

    Raises:
        DocumentError: The pieces do not fit the schema.
    """
    return build_document(_assemble(parts)[0])


def check_example(parts: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what does not fit the schema of documents, each fault at its path among the pieces."""
    document, homes = _assemble(parts)
    if check_shape(document):
        return
    # Imported here: slow, and only a faulty example pays for it.
    from perflint.schema.explain import explain_shape

    for fault in explain_shape("document-1", document, _MOST_FAULTS)[0]:
        told = Fault(path=fault.path, message=fault.message, hint=fault.hint, on_key=fault.at_key)
        yield replace(told, path=_find_home(fault.path, homes))


def _find_home(path: Path, homes: Mapping[str, Path]) -> Path:
    """Return *path* in the document as a path among the pieces: that of the innermost piece that holds it."""
    holding = [(len(home), name) for name, home in homes.items() if path[: len(home)] == home]
    length, name = max(holding, default=(0, "document"))
    return (name, *path[length:])


def _assemble(parts: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Path]]:
    """Return the document, and for each piece its path in it; nothing that belongs to the pack is changed."""
    document = {"perflint": "document/1", **parts.get("document", {})}
    tables = list(document.get("tables", []))
    if "table" in parts or not tables:
        tables.append({"kind": "overall", **parts.get("table", {})})
    document["tables"] = tables
    at: Path = ("tables", len(tables) - 1)
    homes: dict[str, Path] = {name: path for name, path in (("document", ()), ("table", at)) if name in parts}
    for name, scope in SCOPES.items():
        if name in parts and name not in ("document", "table", "cell"):
            home, lead = (document, ()) if scope.parent == "document" else (tables[-1], at)
            if scope.parent == "indicator":
                home, lead = _last_indicator(tables[-1]), (*at, "indicators", len(tables[-1]["indicators"]) - 1)
            homes[name] = (*lead, *scope.steps, _append(home, scope.steps, parts[name]))
    return document, homes


def _last_indicator(table: dict[str, Any]) -> dict[str, Any]:
    rows: list[dict[str, Any]] = list(table.get("indicators", []) or [{}])
    rows[-1] = dict(rows[-1])
    table["indicators"] = rows
    return rows[-1]


def _append(home: dict[str, Any], steps: tuple[str, ...], item: Any) -> int:
    """Append *item* to the list at *steps*, never changing a mapping that belongs to the pack; return its index."""
    for step in steps[:-1]:
        home[step] = dict(home.get(step, {}))
        home = home[step]
    home[steps[-1]] = [*home.get(steps[-1], []), item]
    return len(home[steps[-1]]) - 1
