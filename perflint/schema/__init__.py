"""The JSON Schemas: the one place that says which fields exist, what they hold and what the forms call them."""

from __future__ import annotations

import os
from decimal import Decimal
from functools import cache

from perflint.lean import build_scanner

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

SCHEMAS = ("document-1", "pack-1", "config-1", "form-1", "report-1")


@cache
def load_schema(name: str) -> dict[str, Any]:
    """Return the schema *name*, one of ``SCHEMAS``, as parsed JSON.

    Every call returns the same dict: treat it as read-only.

    Raises:
        FileNotFoundError: There is no such schema.
    """
    # By path: importlib.resources would cost 5 ms of every start.
    with open(os.path.join(os.path.dirname(__file__), f"{name}.schema.json"), "rb") as file:
        text = file.read().decode()
    schema: dict[str, Any] = build_scanner(parse_float=Decimal, parse_int=int, parse_constant=str)(text, 0)[0]
    return schema
