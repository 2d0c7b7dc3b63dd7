"""The thirty rules by Rego, through ``regopy``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.rules import LEVEL1, LEVEL2, Found

CANNOT = (
    "all 30, in floating point; characters of a pattern's class are bytes, so that no Chinese sign may stand in one"
)
_RULES = Path(__file__).with_name("rules.rego")


class Rego:
    """A checker.

    Raises:
        ImportError: ``regopy`` is not installed.
    """

    def __init__(self) -> None:
        from regopy import Interpreter

        self._interpreter = Interpreter()
        self._interpreter.add_module("bench", _RULES.read_text(encoding="utf-8"))

    def check(self, data: Mapping[str, Any]) -> set[Found]:
        """Return every rule that does not hold, and where."""
        self._interpreter.set_input({**data, "known": {"level1": LEVEL1, "level2": LEVEL2}})
        [found] = json.loads(str(self._interpreter.query("data.bench.found")))["expressions"]
        return {(rule, table, item) for rule, table, item in found}
