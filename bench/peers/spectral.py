"""The thirty rules for Spectral: a ruleset of its built-in functions, and one function in JavaScript for the others."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.rules import DIGITS, LEVEL1, LEVEL2, MOBILE, SCHEMA_RULES, VAGUE, rule_id

FUNCTIONS = Path(__file__).parent / "functions"
_TABLE, _ROW = "$.tables[*]", "$.tables[*].indicators[*]"


def _pattern(**options: str) -> dict[str, Any]:
    return {"function": "pattern", "functionOptions": options}


def _schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"function": "schema", "functionOptions": {"schema": schema, "dialect": "draft2020-12"}}


def _text(name: str, pattern: str) -> dict[str, Any]:
    return {"properties": {name: {"type": "string", "pattern": pattern}}, "required": [name]}


def _unless(condition: Mapping[str, Any], *ways: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of rows of which one of *ways* holds where *condition* does."""
    return _schema({"if": condition, "then": {"anyOf": list(ways)}})


def _both(*conditions: Mapping[str, Any]) -> dict[str, Any]:
    return {"allOf": list(conditions)}


_VALUE = _text("value", ".")

BUILT_IN: Mapping[int, tuple[str, str | None, dict[str, Any]]] = {
    0: ("$.organization", "name", {"function": "truthy"}),
    1: ("$", "fiscal_year", _schema({"minimum": 2020, "maximum": 2030})),
    2: (_TABLE, "title", _pattern(match="绩效")),
    3: (_TABLE, "title", {"function": "length", "functionOptions": {"max": 30}}),
    4: (_TABLE, "currency_unit", {"function": "enumeration", "functionOptions": {"values": ["元", "万元"]}}),
    5: ("$.tables[*].goals[*]", "text", _pattern(notMatch=MOBILE)),
    13: (_ROW, "name", {"function": "truthy"}),
    14: (_ROW, "name", {"function": "length", "functionOptions": {"max": 30}}),
    15: (_ROW, "name", _pattern(notMatch="^(指标)?[0-9]+$")),
    16: (_ROW, "name", _pattern(notMatch="[,，。;；]")),
    17: (_ROW, "level1", {"function": "truthy"}),
    18: (_ROW, "level1", {"function": "enumeration", "functionOptions": {"values": LEVEL1}}),
    19: (_ROW, "level2", {"function": "enumeration", "functionOptions": {"values": LEVEL2}}),
    20: (_ROW, "value", {"function": "truthy"}),
    21: (_ROW, "value", _pattern(notMatch=VAGUE)),
    22: (_ROW, "value", _pattern(notMatch="%%")),
    23: (_ROW, "value", _pattern(notMatch="[0-9]万$")),
    24: (_ROW, "value", {"function": "length", "functionOptions": {"max": 20}}),
    25: (_ROW, None, _unless(_both(_text("name", "率$"), _VALUE), _text("value", "%"), _text("unit", "^%$"))),
    26: (_ROW, None, _unless(_both(_text("level1", "满意"), _VALUE), _text("value", "^≥"), _text("comparator", "^≥$"))),
    27: (_ROW, None, _unless(_both(_text("level2", "成本"), _VALUE), _text("value", "^≤"), _text("comparator", "^≤$"))),
    28: (_ROW, None, _unless(_text("value", DIGITS), _text("comparator", "."))),
    29: (_ROW, None, _unless(_text("value", DIGITS), _text("unit", "."))),
}
SCRIPTED: Mapping[int, str] = {
    6: "sameYear",
    7: "sourcesAddUp",
    8: "usesAddUp",
    9: "weightsAddUp",
    10: "planRises",
    11: "mostlyFigures",
    12: "namesOnce",
}
CANNOT = "23 of the 30 with built-in functions; sums, order, repetition and shares in JavaScript"


def write_ruleset(folder: Path, *, scripted: bool = True) -> Path:
    """Write the ruleset and its functions to *folder* and return the path of the ruleset."""
    assert tuple(sorted(BUILT_IN)) == SCHEMA_RULES
    rules: dict[str, Any] = {}
    for number, (given, field, then) in BUILT_IN.items():
        rules[rule_id(number)] = _rule(given, ({"field": field} if field else {}) | then)
    ruleset: dict[str, Any] = {"rules": rules}
    if scripted:
        ruleset["functions"] = [*SCRIPTED.values()]
        rules |= {rule_id(number): _rule(_given(number), {"function": name}) for number, name in SCRIPTED.items()}
        shutil.copytree(FUNCTIONS, folder / "functions", dirs_exist_ok=True)
    path = folder / "ruleset.json"
    path.write_text(json.dumps(ruleset, ensure_ascii=False), encoding="utf-8")
    return path


def _given(number: int) -> str:
    return "$" if number == 6 else _TABLE


def _rule(given: str, then: Mapping[str, Any]) -> dict[str, Any]:
    return {"given": given, "severity": "warn", "message": "{{error}}", "then": then}
