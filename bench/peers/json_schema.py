"""What of the thirty rules a JSON Schema can say, as one schema; an error is traced to its rule by its path."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator

from bench.peers.spectral import BUILT_IN
from bench.rules import Found, place

CANNOT = "23 of the 30; no sums, order, repetition, shares, nor one cell against another table's"

_LEVELS = {
    "$": (),
    "$.organization": ("properties", "organization"),
    "$.tables[*]": ("properties", "tables", "items"),
    "$.tables[*].goals[*]": ("properties", "tables", "items", "properties", "goals", "items"),
    "$.tables[*].indicators[*]": ("properties", "tables", "items", "properties", "indicators", "items"),
}


def build_schema() -> dict[str, Any]:
    """Return the schema; the rules of each level are its ``allOf``, in the order of their numbers."""
    schema: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    for given, field, then in BUILT_IN.values():
        level = schema
        for step in _LEVELS[given]:
            level = level.setdefault(step, {})
        level.setdefault("allOf", []).append(_say(field, then["function"], then.get("functionOptions", {})))
    return schema


def _say(field: str | None, function: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema that means what Spectral's *function* does."""
    if function == "truthy":
        cell = {"type": ["string", "number"], "minLength": 1}
        return {"properties": {field: cell}, "required": [field]}
    meanings: dict[str, Callable[[], Any]] = {
        "schema": lambda: options["schema"],
        "length": lambda: {"maxLength": options["max"]},
        "enumeration": lambda: {"enum": [*options["values"], None]},
        "pattern": lambda: (
            {"pattern": options["match"]}
            if "match" in options
            else {"if": {"type": "string"}, "then": {"not": {"pattern": options["notMatch"]}}}
        ),
    }
    cell = meanings[function]()
    return {"properties": {field: cell}} if field else cell


class Schema:
    """A checker by ``jsonschema``."""

    def __init__(self) -> None:
        self._validator = Draft202012Validator(build_schema())
        rules: dict[str, list[int]] = {}
        for number, (given, *_) in BUILT_IN.items():
            rules.setdefault(given, []).append(number)
        self._rules = {
            (*_LEVELS[given], "allOf", at): number
            for given, numbers in rules.items()
            for at, number in enumerate(numbers)
        }

    def check(self, data: Mapping[str, Any]) -> set[Found]:
        """Return every rule that does not hold, and where."""
        return set(self._find(data))

    def _find(self, data: Mapping[str, Any]) -> Iterator[Found]:
        for error in self._validator.iter_errors(data):
            steps = tuple(error.absolute_schema_path)
            rule = self._rules[steps[: steps.index("allOf") + 2]]
            yield place(rule, [*map(str, error.absolute_path)])
