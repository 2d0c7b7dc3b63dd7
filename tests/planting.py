"""Clean documents with cells overwritten: for faults that must be found and for legal shapes that must not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

CLEAN = Path(__file__).parent / "data" / "clean"

# What a patch writes to take a cell out of the form.
GONE = object()

T0, T1, T2 = "/tables/0", "/tables/1", "/tables/2"
I0, I1, I2 = f"{T0}/indicators", f"{T1}/indicators", f"{T2}/indicators"
B0 = f"{T0}/budget"


def plant(document: str, patch: Mapping[str, Any]) -> dict[str, Any]:
    """Return the clean *document* with *patch* applied in its order: pointer to value, ``-`` appends to a list."""
    data: dict[str, Any] = json.loads((CLEAN / f"{document}.json").read_text(encoding="utf-8"))
    for pointer, value in patch.items():
        *parents, last = pointer.strip("/").split("/")
        holder: Any = data
        for key in parents:
            holder = holder[int(key)] if isinstance(holder, list) else holder[key]
        _write(holder, last, value)
    return data


def _write(holder: Any, key: str, value: Any) -> None:
    if value is GONE:
        del holder[int(key) if isinstance(holder, list) else key]
    elif key == "-":
        holder.append(value)
    else:
        holder[int(key) if isinstance(holder, list) else key] = value
