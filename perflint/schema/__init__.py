"""The JSON Schemas: the one place that says which fields exist, what they hold and what the forms call them."""

from __future__ import annotations

import json
import os
from functools import cache

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
        schema: dict[str, Any] = json.loads(file.read())
    return schema
