"""The JSON Schemas: the one place that says which fields exist, what they hold and what the forms call them."""

from __future__ import annotations

import json
import pkgutil  # importlib.resources would cost 5 ms of every start
from functools import cache
from typing import Any

SCHEMAS = ("document-1", "pack-1", "config-1", "report-1")


@cache
def load_schema(name: str) -> dict[str, Any]:
    """Return the schema *name*, one of ``SCHEMAS``, as parsed JSON.

    Every call returns the same dict: treat it as read-only.

    Raises:
        FileNotFoundError: There is no such schema.
    """
    text = pkgutil.get_data(__name__, f"{name}.schema.json")
    if text is None:
        raise FileNotFoundError(f"{name}.schema.json")
    schema: dict[str, Any] = json.loads(text)
    return schema
