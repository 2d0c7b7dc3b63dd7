"""What is wrong with the shape of some data: jsonschema finds it, this page says it in the words of the forms.

Slow to import and to run, so it is asked only about data that the generated gate refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, ValidationError, validators

from perflint.language import current, say
from perflint.schema import load_schema

_TYPES = {
    "string": ("文本", "text"),
    "number": ("数", "a number"),
    "integer": ("整数", "an integer"),
    "boolean": ("true 或 false", "true or false"),
    "null": ("null（空白）", "null (blank)"),
    "object": ("对象 {…}", "an object {…}"),
    "array": ("列表 […]", "a list […]"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeFault:
    """One place where data is not of the shape of its schema.

    Attributes:
        path: Keys and indexes down to the value, or to the member when ``at_key``.
        at_key: The fault is the key itself.
    """

    path: tuple[str | int, ...]
    message: str
    hint: str | None = None
    at_key: bool = False


def explain_shape(schema: str, data: Any) -> Iterator[ShapeFault]:
    """Yield every fault of *data* against the schema of that name, in the order of the schema.

    Args:
        data: Plain JSON; numbers may be ``Decimal``.
    """
    for error in get_validator(schema).iter_errors(data):
        yield from _explain(error, schema)


@cache
def get_validator(schema: str) -> Draft202012Validator:
    """Return a validator of the named schema to which a ``Decimal`` is a number, and an integral one an integer."""
    checker = Draft202012Validator.TYPE_CHECKER.redefine_many({"number": _is_number, "integer": _is_integer})
    build = validators.extend(Draft202012Validator, type_checker=checker)
    validator: Draft202012Validator = build(load_schema(schema))
    return validator


def _is_number(_: object, value: object) -> bool:
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)


def _is_integer(checker: object, value: Any) -> bool:
    return _is_number(checker, value) and value == Decimal(value).to_integral_value()


def _explain(error: ValidationError, schema: str) -> Iterator[ShapeFault]:
    path = tuple(error.absolute_path)
    rule: Mapping[str, Any] = error.schema
    title = _name(rule)
    match error.validator:
        case "additionalProperties" if rule["additionalProperties"] is False:
            yield from _explain_unknown(error.instance, rule, path, schema)
        case "required":
            yield from _explain_missing(error, rule, path)
        case "type":
            yield ShapeFault(path=path, message=_explain_type(error, title), hint=None)
        case "const" | "enum":
            yield _explain_choice(error, rule, path)
        case "minimum" | "maximum":
            low, high = rule.get("minimum", "…"), rule.get("maximum", "…")
            yield ShapeFault(
                path=path,
                message=say(
                    f"{title}应在 {low} 到 {high} 之间，这里是 {_show(error.instance)}",
                    f"{title} should be between {low} and {high}, not {_show(error.instance)}",
                ),
            )
        case "pattern":
            yield ShapeFault(
                path=path,
                message=say(f"{title}不能是 {_show(error.instance)}", f"{title} cannot be {_show(error.instance)}"),
                hint=_describe(rule) or say(f"格式：{error.validator_value}", f"pattern: {error.validator_value}"),
            )
        case _:
            yield ShapeFault(path=path, message=say(f"{title}：{error.message}", f"{title}: {error.message}"))


def _explain_unknown(
    instance: Mapping[str, Any], rule: Mapping[str, Any], path: tuple[str | int, ...], schema: str
) -> Iterator[ShapeFault]:
    fields: Mapping[str, Any] = rule.get("properties", {})
    patterns = rule.get("patternProperties", {})
    for key in instance:
        if key in fields or any(re.search(pattern, key) for pattern in patterns):
            continue
        owner = _name(rule)
        yield ShapeFault(
            path=(*path, key),
            message=say(f"{owner}没有字段 {_show(key)}", f"{owner} has no field {_show(key)}"),
            hint=_suggest(key, fields, schema),
            at_key=True,
        )


def _suggest(key: str, fields: Mapping[str, Any], schema: str) -> str:
    names = {word: name for name, rule in fields.items() for word in _get_words(name, rule)}
    folded = key.strip().casefold().replace("-", "_").replace(" ", "_")
    close = [folded] if folded in names else get_close_matches(folded, names, n=1, cutoff=0.6)
    if close:
        name = names[close[0]]
        return say(f"是不是 {name}（{_title(fields[name])}）？", f"did you mean {name} ({_title(fields[name])})?")
    elsewhere = _find_owners(schema).get(key)
    if elsewhere:
        return say(f"{key} 是{'、'.join(elsewhere)}的字段", f"{key} is a field of {', '.join(elsewhere)}")
    legal = "、".join(fields) if current() == "zh" else ", ".join(fields)
    return say(f"可用的字段：{legal}；自定义的字段以 x- 开头", f"legal fields: {legal}; your own start with x-")


def _get_words(name: str, rule: Mapping[str, Any]) -> Iterator[str]:
    yield name
    if "title" in rule:
        yield rule["title"]
    yield from rule.get("x-alias", ())


@cache
def _find_owners(schema: str) -> dict[str, tuple[str, ...]]:
    root = load_schema(schema)
    owners: dict[str, tuple[str, ...]] = {}
    for rule in (root, *root.get("$defs", {}).values()):
        for name in rule.get("properties", {}):
            owners[name] = (*owners.get(name, ()), _name(rule))
    return owners


def _explain_missing(
    error: ValidationError, rule: Mapping[str, Any], path: tuple[str | int, ...]
) -> Iterator[ShapeFault]:
    for key in error.validator_value:
        # jsonschema yields one error a missing key; the key is named in its message only.
        if key not in error.instance and error.message.startswith(repr(key)):
            field = rule.get("properties", {}).get(key, {})
            owner = _name(rule)
            yield ShapeFault(
                path=path,
                message=say(
                    f"{owner}缺少字段 {key}（{_title(field)}）", f"{owner} lacks the field {key} ({_title(field)})"
                ),
                hint=say(f'加上 "{key}": "{field["const"]}"', f'add "{key}": "{field["const"]}"')
                if "const" in field
                else None,
            )


def _explain_type(error: ValidationError, title: str) -> str:
    wanted = error.validator_value
    names = [_TYPES[name] for name in ([wanted] if isinstance(wanted, str) else wanted)]
    found = _show(error.instance)
    return say(
        f"{title}应为{'、'.join(zh for zh, _ in names)}，这里是 {found}",
        f"{title} should be {' or '.join(en for _, en in names)}, not {found}",
    )


def _explain_choice(error: ValidationError, rule: Mapping[str, Any], path: tuple[str | int, ...]) -> ShapeFault:
    legal = [rule["const"]] if error.validator == "const" else list(error.validator_value)
    title, found = _name(rule), _show(error.instance)
    close = get_close_matches(str(error.instance), [str(choice) for choice in legal], n=1)
    shown = [_show(choice) for choice in legal]
    return ShapeFault(
        path=path,
        message=say(f"{title}不能是 {found}", f"{title} cannot be {found}"),
        hint=say(f"可用的值：{'、'.join(shown)}", f"legal values: {', '.join(shown)}")
        + (say(f"；是不是 {close[0]}？", f"; did you mean {close[0]}?") if close and len(legal) > 1 else ""),
    )


def _name(rule: Mapping[str, Any]) -> str:
    return _title(rule) or say("这里", "this")


def _title(rule: Mapping[str, Any]) -> str:
    return str(rule.get("title", "") if current() == "zh" else rule.get("x-en", rule.get("title", "")))


def _describe(rule: Mapping[str, Any]) -> str | None:
    key = "description" if current() == "zh" else "x-en-description"
    return rule.get(key)


def _show(value: Any) -> str:
    """Return *value* as JSON shows it, shortened."""
    if isinstance(value, str):
        shown = value if len(value) <= 40 else value[:39] + "…"
        return f'"{shown}"'
    if isinstance(value, dict):
        return say("对象 {…}", "an object {…}") if value else "{}"
    if isinstance(value, list):
        return say("列表 […]", "a list […]") if value else "[]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)
