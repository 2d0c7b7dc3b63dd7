"""Writes ``_gate.py``: plain Python that tells in microseconds whether data has the shape of a document.

    python -m perflint.schema.gate        writes the file anew, after a change of ``document-1.schema.json``

The file is checked in because writing and compiling it would cost every start more than reading it; a test compares it
with what this module writes now. The gate only accepts or refuses. What is wrong is for jsonschema to explain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from perflint.schema import load_schema

Rule = Mapping[str, Any]

_KINDS = {
    "string": "str",
    "number": "Decimal",
    "integer": "Decimal",
    "boolean": "bool",
    "null": "NoneType",
    "object": "dict",
    "array": "list",
}
_CHECKED = frozenset("type enum const properties patternProperties additionalProperties required items $ref".split())
_CHECKED_VALUES = frozenset("minimum maximum pattern".split())
_ANNOTATIONS = frozenset("$schema $id $defs title description default examples".split())

_HEAD = '''"""Tells whether data has the shape of a document. Written by ``python -m perflint.schema.gate``: do not edit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import NoneType
from typing import Any

_Kinds = Mapping[str, frozenset[type]]


def check_shape(data: Any) -> bool:
    """Tell whether *data*, plain JSON with a Decimal for every number, has the shape of ``document-1.schema.json``."""
    return type(data) is dict and _document(data)
'''


class UnsupportedRuleError(Exception):
    """The schema says something that the gate cannot check; to pass over it would be to accept too much."""


def write_gate(schema: Rule) -> str:
    """Return the source of a module whose ``check_shape(data)`` is true for the data that *schema* accepts.

    Raises:
        UnsupportedRuleError: The schema uses a keyword, or a mix of them, that is not known here.
    """
    writer = _Writer()
    writer.write_object("_document", schema)
    for name, rule in schema["$defs"].items():
        writer.write_object(f"_{name}", rule)
    return "\n\n".join([_HEAD, *writer.parts]).replace("\n\n\n\n", "\n\n\n")


class _Writer:
    """Collects the functions of one module, helpers before their callers' end but in no needed order."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.written: set[str] = set()

    def write_object(self, name: str, rule: Rule) -> None:
        """Write the function *name* that checks the members of a dict."""
        check_keywords(rule)
        if name in self.written:
            return
        self.written.add(name)
        body = [*self.write_members(name, rule), *self.write_required(rule), *self.write_rests(name, rule)]
        if rule.get("properties"):
            self.parts.append("\n".join(write_table(name, rule["properties"])) + "\n")
        self.parts.append(
            "\n".join([f"def {name}(value: dict[str, Any]) -> bool:", *indent([*body, "return True"])]) + "\n"
        )

    def write_members(self, name: str, rule: Rule) -> Iterator[str]:
        """Yield the lines that check which keys there are and of what type each value is."""
        table = name.upper()
        if not rule.get("properties"):
            yield "for key, cell in value.items():"
            yield f"    if not ({self.write_extra(name, rule)}):"
            yield "        return False"
            return
        yield "try:"
        yield "    for key, cell in value.items():"
        yield f"        if type(cell) not in {table}[key]:"
        yield "            return False"
        yield "except KeyError:"
        yield "    for key, cell in value.items():"
        yield f"        if key in {table}:"
        yield f"            if type(cell) not in {table}[key]:"
        yield "                return False"
        yield f"        elif not ({self.write_extra(name, rule)}):"
        yield "            return False"

    def write_extra(self, name: str, rule: Rule) -> str:
        """Return the condition on ``key`` and ``cell`` of a member that ``properties`` does not name."""
        others = rule.get("additionalProperties", True)
        conditions = []
        for pattern, inner in rule.get("patternProperties", {}).items():
            prefix = pattern.removeprefix("^")
            if pattern == prefix or not prefix.replace("-", "").isalnum() or others is not False:
                raise UnsupportedRuleError(f"{name}: patternProperties {pattern}")
            if any(key.startswith(prefix) for key in rule.get("properties", ())):
                raise UnsupportedRuleError(f"{name}: a property that {pattern} matches too")
            begins = f'key.startswith("{prefix}")'
            conditions.append(begins if inner is True else f"{begins} and {self.write_condition(name, inner, 'cell')}")
        if others is not False:
            conditions.append("True" if others is True else self.write_condition(f"{name}_other", others, "cell"))
        return " or ".join(conditions) or "False"

    def write_required(self, rule: Rule) -> Iterator[str]:
        for key in rule.get("required", ()):
            yield f'if "{key}" not in value:'
            yield "    return False"

    def write_rests(self, name: str, rule: Rule) -> Iterator[str]:
        """Yield the lines that check, of each property, what its type does not say."""
        for key, inner in rule.get("properties", {}).items():
            rest = self.write_rest(f"{name}_{key}", inner, "cell")
            if rest is not None:
                yield f'if "{key}" in value:'
                yield f'    cell = value["{key}"]'
                yield f"    if not ({rest}):"
                yield "        return False"

    def write_condition(self, name: str, rule: Rule, place: str) -> str:
        """Return the whole condition that *rule* puts on the value called *place*."""
        kinds = get_kinds(rule)
        condition = f"type({place}) is {kinds[0]}" if len(kinds) == 1 else f"type({place}) in ({', '.join(kinds)})"
        rest = self.write_rest(name, rule, place)
        return f"({condition})" if rest is None else f"({condition} and ({rest}))"

    def write_rest(self, name: str, rule: Rule, place: str) -> str | None:
        """Return the condition on a value whose type is already known to be right; None when there is no more."""
        check_keywords(rule)
        if "$ref" in rule:
            return f"{get_target(rule)}({place})"
        kinds = get_kinds(rule)
        if "enum" in rule or "const" in rule:
            return f"{place} in {write_choices(rule)}"
        rests = [(kind, self.write_kind(name, kind, rule, place)) for kind in kinds]
        conditions = [
            f"type({place}) is not {kind} or {rest}" if len(kinds) > 1 else rest for kind, rest in rests if rest
        ]
        return " and ".join(f"({condition})" for condition in conditions) or None

    def write_kind(self, name: str, kind: str, rule: Rule, place: str) -> str | None:
        """Return the condition on a value of one *kind*."""
        if kind == "Decimal":
            return write_number(rule, place)
        if kind == "str" and "pattern" in rule:
            return f"re.search({rule['pattern']!r}, {place}) is not None".replace("'", '"')
        if kind == "list" and "items" in rule:
            self.write_list(name, rule["items"])
            return f"{name}({place})"
        if kind == "dict":
            self.write_object(name, rule)
            return f"{name}({place})"
        return None

    def write_list(self, name: str, items: Rule) -> None:
        self.parts.append(
            "\n".join(
                [
                    f"def {name}(value: list[Any]) -> bool:",
                    "    for item in value:",
                    f"        if not {self.write_condition(f'{name}_item', items, 'item')}:",
                    "            return False",
                    "    return True",
                ]
            )
            + "\n"
        )


def check_keywords(rule: Rule) -> None:
    """Raise ``UnsupportedRuleError`` when *rule* uses a keyword that the gate does not check."""
    unknown = {key for key in rule if not key.startswith("x-")} - _CHECKED - _CHECKED_VALUES - _ANNOTATIONS
    if unknown:
        raise UnsupportedRuleError(f"unknown keywords: {', '.join(sorted(unknown))}")
    if "$ref" in rule and set(rule) & ((_CHECKED | _CHECKED_VALUES) - {"$ref"}):
        raise UnsupportedRuleError(f"keywords beside {rule['$ref']}")


def get_target(rule: Rule) -> str:
    """Return the function that checks what a ``$ref`` points to, always an object of ``$defs``."""
    return "_" + str(rule["$ref"]).removeprefix("#/$defs/")


def get_kinds(rule: Rule) -> tuple[str, ...]:
    """Return the Python types that *rule* allows, in the order of the schema."""
    if "$ref" in rule:
        return ("dict",)
    if "const" in rule and isinstance(rule["const"], str):
        return ("str",)
    if "type" not in rule:
        raise UnsupportedRuleError(f"no type: {dict(rule)}")
    names = [rule["type"]] if isinstance(rule["type"], str) else rule["type"]
    return tuple(dict.fromkeys(_KINDS[name] for name in names))


def write_table(name: str, properties: Mapping[str, Rule]) -> Iterator[str]:
    """Yield the table key → types of one object."""
    yield f"{name.upper()}: _Kinds = {{"
    for key, rule in properties.items():
        kinds = get_kinds(rule)
        listed = f"({', '.join(kinds)})" if len(kinds) > 1 else f"({kinds[0]},)"
        yield f'    "{key}": frozenset({listed}),'
    yield "}"


def write_choices(rule: Rule) -> str:
    """Return the legal values as a tuple display of texts."""
    choices = [rule["const"]] if "const" in rule else rule["enum"]
    if get_kinds(rule) != ("str",) or not all(isinstance(choice, str) for choice in choices):
        raise UnsupportedRuleError(f"choices that are no text: {choices}")
    listed = ", ".join(f'"{choice}"' for choice in choices)
    return f"{{{listed}}}"


def write_number(rule: Rule, place: str) -> str | None:
    """Return the condition of bounds and wholeness on a number."""
    conditions = []
    if "minimum" in rule or "maximum" in rule:
        low = f"{rule['minimum']} <= " if "minimum" in rule else ""
        high = f" <= {rule['maximum']}" if "maximum" in rule else ""
        conditions.append(f"{low}{place}{high}")
    if "number" not in rule["type"]:
        conditions.append(f"{place} == {place}.to_integral_value()")
    return " and ".join(conditions) or None


def indent(lines: list[str]) -> list[str]:
    """Return *lines* one level deeper."""
    return [f"    {line}" for line in lines]


def main() -> None:
    """Write ``_gate.py`` beside this file."""
    target = Path(__file__).with_name("_gate.py")
    target.write_text(write_gate(load_schema("document-1")), encoding="utf-8")


if __name__ == "__main__":
    main()
