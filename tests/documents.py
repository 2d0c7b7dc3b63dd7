"""Random documents for tests: drawn from the schema itself, so that a new field is tested without a new line here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import strategies as st

from perflint.schema import load_schema

SCHEMA = load_schema("document-1")

# Signs that mean something to JSON, to a terminal or to a reader of columns; half of the documents have none of them.
PLAIN_TEXTS = ("", "0", "指标", "≥98%", "unit", "value", "\n", "𠀀", "（个）")
AWKWARD_TEXTS = (
    *PLAIN_TEXTS,
    '"',
    "\\",
    "\\u0041",
    '{"unit": "个"}',
    '"unit":',
    "}",
    "{",
    "[",
    ":",
    ", ",
    "\t",
    "\u3000",
    "x-",
)
NUMBERS = ("0", "-0", "1198.80", "5", "0.50", "1e3", "12E-2", "-3.0", "2026", "2026.0", "2026.5")


class Drawing:
    """Draws documents with one random generator; equal seeds give equal documents."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.texts = random.choice((PLAIN_TEXTS, AWKWARD_TEXTS))

    def draw_document(self) -> dict[str, Any]:
        """Return plain data of the shape of a document, with a random choice of its fields in a random order."""
        document: dict[str, Any] = self.draw(SCHEMA)
        return document

    def draw(self, rule: Any) -> Any:
        if rule is True:
            return self.draw_anything(2)
        if "$ref" in rule:
            return self.draw(SCHEMA["$defs"][rule["$ref"].removeprefix("#/$defs/")])
        if "const" in rule:
            return rule["const"]
        if "enum" in rule:
            return self.random.choice(rule["enum"])
        kinds = [rule["type"]] if isinstance(rule["type"], str) else rule["type"]
        return self.draw_kind(self.random.choice(kinds), rule)

    def draw_kind(self, kind: str, rule: Mapping[str, Any]) -> Any:
        if kind == "object":
            return self.draw_object(rule)
        if kind == "array":
            return [self.draw(rule["items"]) for _ in range(self.random.choice((0, 1, 1, 2, 3)))]
        if kind == "integer":
            return Decimal(self.random.randint(rule["minimum"], rule["maximum"]))
        if kind == "number":
            return Decimal(self.random.choice(NUMBERS))
        if kind == "string":
            return "430212" if "pattern" in rule else self.draw_text()
        return None

    def draw_object(self, rule: Mapping[str, Any]) -> dict[str, Any]:
        fields: Mapping[str, Any] = rule.get("properties", {})
        keys = [key for key in fields if key in rule.get("required", ()) or self.random.random() < 0.4]
        members = [(key, self.draw(fields[key])) for key in keys]
        if rule.get("patternProperties") and self.random.random() < 0.2:
            members.append(("x-" + self.draw_text(), self.draw(rule["patternProperties"]["^x-"])))
        if isinstance(rule.get("additionalProperties"), dict):
            members.append(("/tables/0", self.draw(rule["additionalProperties"])))
        self.random.shuffle(members)
        return dict(members)

    def draw_text(self) -> str:
        return "".join(self.random.choices(self.texts, k=self.random.choice((0, 1, 1, 2, 3))))

    def draw_anything(self, depth: int) -> Any:
        scalars = [None, True, False, Decimal(self.random.choice(NUMBERS)), self.draw_text()]
        if depth and self.random.random() < 0.4:
            count = self.random.randint(0, 2)
            if self.random.random() < 0.5:
                return [self.draw_anything(depth - 1) for _ in range(count)]
            return {self.draw_text(): self.draw_anything(depth - 1) for _ in range(count)}
        return self.random.choice(scalars)

    def mutate(self, data: Any) -> Any:
        """Return a copy of *data* with one to three random changes: values, keys and members; it may still be valid."""
        box = [_copy(data)]
        for _ in range(self.random.choice((1, 1, 2, 3))):
            self.mutate_place(*self.random.choice([*_list_places(box)]))
        return box[0]

    def mutate_place(self, container: Any, token: Any) -> None:
        change = self.random.randrange(5)
        if isinstance(container, list) and change:
            container[token] = self.draw_replacement(container[token])
        elif isinstance(container, list):
            container[token] = [container[token]]
        elif change == 0:
            del container[token]
        elif change == 1:
            container[self.draw_key()] = container.pop(token)
        elif change == 2:
            container[self.draw_key()] = self.draw_anything(2)
        else:
            container[token] = self.draw_replacement(container[token])

    def draw_key(self) -> str:
        keys = [key for rule in SCHEMA["$defs"].values() for key in rule["properties"]]
        key: str = self.random.choice([*keys, *SCHEMA["properties"], "x-", "X-a", "", "unti", "指标值"])
        return key

    def draw_replacement(self, value: Any) -> Any:
        near = [
            "annual",
            "overall",
            "document/1",
            "43",
            "4302\n",
            "四三",
            Decimal(2200),
            Decimal(1948),
            Decimal("2000.0"),
        ]
        return self.random.choice([*near, [value], {"x-": value}, self.draw_anything(2)])


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(member) for key, member in value.items()}
    return [_copy(element) for element in value] if isinstance(value, list) else value


def _list_places(container: Any) -> list[tuple[Any, Any]]:
    """Return every (container, key or index) inside *container*."""
    items = list(container.items()) if isinstance(container, dict) else list(enumerate(container))
    places = [(container, token) for token, _ in items]
    for _, value in items:
        if isinstance(value, (dict, list)):
            places += _list_places(value)
    return places


def write_json(value: Any, random: Random | None = None) -> str:
    """Return *value* as JSON text, decimals as printed; with *random* also with random blanks and escapes."""
    space = (
        "" if random is None else "".join(random.choices([" ", "\n", "\t", "\r\n", ""], k=random.choice((0, 0, 1, 2))))
    )
    if isinstance(value, dict):
        members = (f"{write_json(k, random)}{space}:{write_json(v, random)}" for k, v in value.items())
        return f"{space}{{{','.join(members)}{space}}}"
    if isinstance(value, list):
        return f"{space}[{','.join(write_json(element, random) for element in value)}{space}]{space}"
    if isinstance(value, Decimal):
        return f"{space}{value}"
    return space + json.dumps(value, ensure_ascii=random is not None and random.random() < 0.2) + space


documents = st.builds(lambda seed: Drawing(Random(seed)).draw_document(), st.integers(0, 2**32))
randoms = st.builds(Random, st.integers(0, 2**32))

json_values = st.recursive(
    st.none() | st.booleans() | st.text() | st.decimals(allow_nan=False, allow_infinity=False, places=2),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)
