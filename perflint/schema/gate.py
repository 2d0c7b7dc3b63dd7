"""Writes ``_gate.py``: plain Python that tells in microseconds whether data has the shape of a document.

    python -m perflint.schema.gate        writes the file anew, after a change of ``document-1.schema.json``

The file is checked in because writing and compiling it would cost every start more than reading it; a test compares it
with what this module writes now. The gate only accepts or refuses. What is wrong is for jsonschema to explain.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
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
_CHECKED = frozenset(
    "type enum const minimum maximum pattern items $ref "
    "properties patternProperties additionalProperties required".split()
)
_ANNOTATIONS = frozenset("$schema $id $defs title description default examples".split())

_HEAD = '''\
"""Tells whether data has the shape of a document. Written by ``python -m perflint.schema.gate``; not to be edited."""
# ruff: noqa: C901, SIM103, SIM110

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import NoneType

from perflint.pattern import LazyPattern

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

_Kinds = Mapping[str, frozenset[type]]


def check_shape(data: Any) -> bool:
    """Tell whether *data*, plain JSON with a Decimal for every number, has the shape of ``document-1.schema.json``."""
    return type(data) is dict and _document(data)'''


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
    return "\n\n\n".join([_HEAD, *writer.parts]) + "\n"


class _Writer:
    """Collects the parts of the module, a helper before the function that uses it.

    A method ``write_wrong…`` returns the condition under which a value is wrong.
    """

    def __init__(self) -> None:
        self.parts: list[str] = []

    def add_function(self, name: str, argument: str, body: Iterable[str]) -> None:
        self.parts.append("\n".join([f"def {name}({argument}) -> bool:", *(f"    {line}" for line in body)]))

    def write_object(self, name: str, rule: Rule) -> None:
        """Write the function *name* that checks the members of a dict."""
        check_keywords(rule)
        fields: Mapping[str, Rule] = rule.get("properties", {})
        body = [*self.write_members(name, rule)]
        for key in rule.get("required", ()):
            body += [f'if "{key}" not in value:', "    return False"]
        for key, inner in fields.items():
            wrong = self.write_wrong(f"{name}_{key}", inner, f'value["{key}"]')
            if wrong is not None:
                body += [f'if "{key}" in value and {wrong}:', "    return False"]
        if fields:
            kinds = (f'"{key}": frozenset({write_tuple(get_kinds(inner))})' for key, inner in fields.items())
            self.parts.append(write_display(f"{name.upper()}: _Kinds", kinds))
        self.add_function(name, "value: dict[str, Any]", [*body, "return True"])

    def write_members(self, name: str, rule: Rule) -> Iterator[str]:
        """Yield the lines that check which keys there are, and of what type each value is."""
        wrong = self.write_wrong_extra(name, rule)
        if not rule.get("properties"):
            yield "for cell in value.values():"
            yield f"    if {wrong}:"
            yield "        return False"
            return
        table = name.upper()
        yield "try:"
        yield "    for key, cell in value.items():"
        yield f"        if type(cell) not in {table}[key]:"
        yield "            return False"
        yield "except KeyError:"
        yield "    for key, cell in value.items():"
        yield f"        if key in {table}:"
        yield f"            if type(cell) not in {table}[key]:"
        yield "                return False"
        yield f"        elif {wrong}:"
        yield "            return False"

    def write_wrong_extra(self, name: str, rule: Rule) -> str:
        """Return the condition on ``key`` and ``cell`` of a member that ``properties`` does not name."""
        fields, patterns = rule.get("properties", {}), rule.get("patternProperties", {})
        others = rule.get("additionalProperties", True)
        if isinstance(others, Mapping) and not fields and not patterns:
            return self.write_wrong_anything(name, others, "cell")
        if others is not False or list(patterns) != ["^x-"] or any(key.startswith("x-") for key in fields):
            raise UnsupportedRuleError(f"{name}: other members than those that start with x-")
        inner = patterns["^x-"]
        wrong = 'not key.startswith("x-")'
        return wrong if inner is True else f"{wrong} or {self.write_wrong_anything(name, inner, 'cell')}"

    def write_wrong_anything(self, name: str, rule: Rule, place: str) -> str:
        """Return the condition on a value of any type."""
        kinds = get_kinds(rule)
        kind = f"type({place}) is not {kinds[0]}" if len(kinds) == 1 else f"type({place}) not in {write_tuple(kinds)}"
        wrong = self.write_wrong(name, rule, place)
        return kind if wrong is None else f"{kind} or {wrong}"

    def write_wrong(self, name: str, rule: Rule, place: str) -> str | None:
        """Return the condition on a value whose type is known to be right; None when it cannot be wrong."""
        check_keywords(rule)
        if "$ref" in rule:
            return f"not _{get_target(rule)}({place})"
        if "enum" in rule or "const" in rule:
            choices = name.upper()
            self.parts.append(write_display(choices, write_choices(rule)))
            return f"{place} not in {choices}"
        if "items" in rule:
            return self.write_wrong_list(name, rule["items"], place)
        if get_kinds(rule) == ("dict",):
            self.write_object(name, rule)
            return f"not {name}({place})"
        return self.write_wrong_scalar(name, rule, place)

    def write_wrong_list(self, name: str, items: Rule, place: str) -> str:
        wrong = self.write_wrong_anything(f"{name}_item", items, "item")
        body = ["for item in value:", f"    if {wrong}:", "        return False", "return True"]
        self.add_function(name, "value: list[Any]", body)
        return f"not {name}({place})"

    def write_wrong_scalar(self, name: str, rule: Rule, place: str) -> str | None:
        body = [*write_scalar(name, rule)]
        if not body:
            return None
        if "pattern" in rule:
            self.parts.append(f"{name.upper()} = LazyPattern({json.dumps(rule['pattern'])})")
        self.add_function(name, "cell: Any", [*body, "return True"])
        return f"not {name}({place})"


def write_scalar(name: str, rule: Rule) -> Iterator[str]:
    """Yield the lines that check a text's pattern, a number's bounds and wholeness."""
    kinds = get_kinds(rule)
    if "pattern" in rule and "str" in kinds:
        yield f"if type(cell) is str and {name.upper()}.search(cell) is None:"
        yield "    return False"
    if "minimum" in rule and "Decimal" in kinds:
        yield f"if type(cell) is Decimal and cell < {rule['minimum']}:"
        yield "    return False"
    if "maximum" in rule and "Decimal" in kinds:
        yield f"if type(cell) is Decimal and cell > {rule['maximum']}:"
        yield "    return False"
    if "Decimal" in kinds and "number" not in rule["type"]:
        yield "if type(cell) is Decimal and cell != cell.to_integral_value():"
        yield "    return False"


def write_choices(rule: Rule) -> list[str]:
    """Return the legal values, which must be texts, as source."""
    choices = [rule["const"]] if "const" in rule else rule["enum"]
    if get_kinds(rule) != ("str",) or not all(isinstance(choice, str) for choice in choices):
        raise UnsupportedRuleError(f"choices that are no text: {choices}")
    return [json.dumps(choice, ensure_ascii=False) for choice in choices]


def write_display(name: str, items: Iterable[str]) -> str:
    """Return the definition of a set or dict of *items*, one a line."""
    return "\n".join([f"{name} = {{", *(f"    {item}," for item in items), "}"])


def write_tuple(items: tuple[str, ...]) -> str:
    """Return *items* as a tuple display."""
    return f"({', '.join(items)})" if len(items) > 1 else f"({items[0]},)"


def get_target(rule: Rule) -> str:
    """Return the name in ``$defs`` that a ``$ref`` points to."""
    return str(rule["$ref"]).removeprefix("#/$defs/")


def get_kinds(rule: Rule) -> tuple[str, ...]:
    """Return the Python types that *rule* allows, in the order of the schema; ``$defs`` are all objects."""
    if "$ref" in rule:
        return ("dict",)
    if "type" not in rule and isinstance(rule.get("const"), str):
        return ("str",)
    if "type" not in rule:
        raise UnsupportedRuleError(f"no type: {dict(rule)}")
    names = [rule["type"]] if isinstance(rule["type"], str) else rule["type"]
    return tuple(dict.fromkeys(_KINDS[name] for name in names))


def check_keywords(rule: Rule) -> None:
    """Raise ``UnsupportedRuleError`` when *rule* says something that the gate would not check."""
    unknown = {key for key in rule if not key.startswith("x-")} - _CHECKED - _ANNOTATIONS
    if unknown:
        raise UnsupportedRuleError(f"unknown keywords: {', '.join(sorted(unknown))}")
    if "$ref" in rule and set(rule) & (_CHECKED - {"$ref"}):
        raise UnsupportedRuleError(f"keywords beside {rule['$ref']}")
    kinds = set(get_kinds(rule))
    if kinds & {"dict", "list"} and len(kinds) > 1:
        raise UnsupportedRuleError(f"a container or something else: {dict(rule)}")


def main() -> None:
    """Write ``_gate.py`` beside this file."""
    target = Path(__file__).with_name("_gate.py")
    target.write_text(write_gate(load_schema("document-1")), encoding="utf-8")


if __name__ == "__main__":
    main()
