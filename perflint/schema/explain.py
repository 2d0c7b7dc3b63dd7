"""What is wrong with the shape of some data: jsonschema finds it, this module says it in the words of the forms.

Slow to import and to run, so it is asked only about data that the generated gate refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from functools import cache, partial
from typing import Any

from jsonschema import Draft202012Validator, ValidationError, validators

from perflint.language import current, quote, say
from perflint.record import dataclass
from perflint.schema import load_schema

Rule = Mapping[str, Any]
Path = tuple[str | int, ...]

# 总额 is like 资金总额 (0.67), unti is not like duties (0.6).
_LIKENESS = 0.65
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

    path: Path
    message: str
    hint: str | None = None
    at_key: bool = False


def explain_shape(schema: str, data: Any, limit: int) -> tuple[list[ShapeFault], int]:
    """Return the faults of *data* against the named schema, and how many more there are.

    Args:
        data: Plain JSON; numbers may be ``Decimal``.
        limit: How many faults are spelt out, the first ones in the order of the schema.
    """
    faults: list[ShapeFault] = []
    rest = 0
    for error in get_validator(schema).iter_errors(data):
        for explain in _split_error(error, schema):
            if len(faults) < limit:
                faults.append(explain())
            else:
                rest += 1
    return faults, rest


@cache
def get_validator(schema: str) -> Draft202012Validator:
    """Return a validator of the named schema to which a ``Decimal`` is a number, and an integral one an integer."""
    checker = Draft202012Validator.TYPE_CHECKER.redefine_many({"number": _is_number, "integer": _is_integer})
    build = validators.extend(Draft202012Validator, type_checker=checker)  # type: ignore[no-untyped-call]
    validator: Draft202012Validator = build(load_schema(schema))
    return validator


def _is_number(_: object, value: object) -> bool:
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)


def _is_integer(checker: object, value: Any) -> bool:
    return _is_number(checker, value) and value == Decimal(value).to_integral_value()


def _split_error(error: ValidationError, schema: str) -> Iterator[Callable[[], ShapeFault]]:
    """Yield one explanation a fault; each is worded only when it is called."""
    rule: Any = error.schema
    instance: Any = error.instance
    path = tuple(error.absolute_path)
    if error.validator == "additionalProperties":
        for key in _list_unknown(instance, rule):
            yield partial(_explain_unknown, key, path, rule, schema)
    else:
        explain = _EXPLAINERS.get(str(error.validator), _explain_other)
        yield partial(explain, error, path, rule, instance)


def _list_unknown(instance: Mapping[str, Any], rule: Rule) -> Iterator[str]:
    fields, patterns = rule.get("properties", {}), rule.get("patternProperties", {})
    for key in instance:
        if key not in fields and not any(re.search(pattern, key) for pattern in patterns):
            yield key


def _explain_unknown(key: str, path: Path, rule: Rule, schema: str) -> ShapeFault:
    owner, shown = _name(rule, path), _show(key)
    return ShapeFault(
        path=(*path, key),
        message=say(f"{owner}没有字段 {shown}", f"{owner} has no field {shown}"),
        hint=_suggest_field(key, rule.get("properties", {}), schema),
        at_key=True,
    )


def _suggest_field(key: str, fields: Mapping[str, Rule], schema: str) -> str:
    names = {word: name for name, rule in fields.items() for word in _get_words(name, rule)}
    close = _find_like(key.strip().replace("-", "_").replace(" ", "_"), names)
    if close is not None:
        name = names[close]
        title = _get_title(fields[name])
        return say(f"是不是 {name}（{title}）？", f"did you mean {name} ({title})?")
    owners = _find_owners(schema).get(key)
    if owners:
        titles = [_get_title(owner) for owner in owners]
        return say(f"{key} 是这些部分的字段：{'、'.join(titles)}", f"{key} is a field of: {', '.join(titles)}")
    return say(
        f"可用的字段：{'、'.join(fields)}；自定义的字段以 x- 开头",
        f"legal fields: {', '.join(fields)}; a field of your own starts with x-",
    )


def _find_like(word: str, words: Iterable[str]) -> str | None:
    """Return the one of *words* that *word* is or is most like."""
    # A longer one is no slip of the pen, and comparing it would take long.
    close = get_close_matches(word.casefold(), words, n=1, cutoff=_LIKENESS) if len(word) < 100 else []
    return close[0] if close else None


def _get_words(name: str, rule: Rule) -> Iterator[str]:
    """Yield what a field is called: its key, its Chinese title, other titles in use."""
    yield name
    if "title" in rule:
        yield rule["title"]
    yield from rule.get("x-alias", ())


@cache
def _find_owners(schema: str) -> Mapping[str, Sequence[Rule]]:
    """Return field name → the objects that have such a field."""
    root = load_schema(schema)
    owners: dict[str, list[Rule]] = {}
    for rule in (root, *root.get("$defs", {}).values()):
        for name in rule.get("properties", {}):
            owners.setdefault(name, []).append(rule)
    return owners


def _explain_missing(error: ValidationError, path: Path, rule: Rule, instance: Any) -> ShapeFault:
    # One error a missing key; which one, only the message says.
    missing = [key for key in rule["required"] if key not in instance and error.message.startswith(repr(key))]
    key = missing[0] if missing else "?"
    field = rule.get("properties", {}).get(key, {})
    owner, title = _name(rule, path), _get_title(field)
    wanted = f'"{key}": {_show(field["const"])}' if "const" in field else None
    return ShapeFault(
        path=path,
        message=say(f"{owner}缺少字段 {key}（{title}）", f"{owner} lacks the field {key} ({title})"),
        hint=wanted and say(f"加上 {wanted}", f"add {wanted}"),
    )


def _explain_type(error: ValidationError, path: Path, rule: Rule, instance: Any) -> ShapeFault:
    types: list[str] = [rule["type"]] if isinstance(rule["type"], str) else rule["type"]
    title, found = _name(rule, path), _show(instance)
    zh = "或".join(_TYPES[name][0] for name in types)
    en = " or ".join(_TYPES[name][1] for name in types)
    return ShapeFault(
        path=path,
        message=say(
            f"{title}应为{zh}，这里是{found if isinstance(instance, dict | list) else f' {found}'}",
            f"{title} should be {en}, not {found}",
        ),
        hint=_suggest_type(types, instance),
    )


def _suggest_type(types: Sequence[str], instance: Any) -> str | None:
    if instance is None:
        return say("表上没有这一项，就删去这个字段", "remove the field if the form has no such part")
    if "string" in types and _is_number(None, instance):
        return say(f'加双引号："{instance}"', f'put it in double quotes: "{instance}"')
    if types[0] in ("integer", "number") and isinstance(instance, str) and instance.strip().isdecimal():
        return say(f"去掉双引号：{instance.strip()}", f"remove the double quotes: {instance.strip()}")
    if types[0] == "integer" and isinstance(instance, str):
        return say("只写阿拉伯数字，不加引号；没有填就写 null", "digits alone, without quotes; null for a blank")
    if "object" in types and isinstance(instance, list):
        return say("只放一个 {…}，不要方括号", "give one {…}, without square brackets")
    if "array" in types and isinstance(instance, dict):
        return say("放进方括号：[{…}]", "put it in square brackets: [{…}]")
    return None


def _explain_choice(error: ValidationError, path: Path, rule: Rule, instance: Any) -> ShapeFault:
    legal = [rule["const"]] if "const" in rule else list(rule["enum"])
    title, found = _name(rule, path), _show(instance)
    shown = [_show(choice) for choice in legal]
    hint = say(f"可用的值：{'、'.join(shown)}", f"legal values: {', '.join(shown)}")
    close = _find_like(instance, legal) if isinstance(instance, str) and len(legal) > 1 else None
    if close is not None:
        hint = say(f"是不是 {close}？", f"did you mean {close}? ") + hint
    return ShapeFault(path=path, message=say(f"{title}不能是 {found}", f"{title} cannot be {found}"), hint=hint)


def _explain_bounds(error: ValidationError, path: Path, rule: Rule, instance: Any) -> ShapeFault:
    title, low, high = _name(rule, path), rule.get("minimum", "…"), rule.get("maximum", "…")
    return ShapeFault(
        path=path,
        message=say(
            f"{title}应在 {low} 到 {high} 之间，这里是 {_show(instance)}",
            f"{title} should be between {low} and {high}, not {_show(instance)}",
        ),
    )


def _explain_pattern(error: ValidationError, path: Path, rule: Rule, instance: Any) -> ShapeFault:
    title, found = _name(rule, path), _show(instance)
    described = rule.get("description" if current() == "zh" else "x-en-description")
    return ShapeFault(
        path=path,
        message=say(f"{title}不能是 {found}", f"{title} cannot be {found}"),
        hint=described or say(f"格式：{rule['pattern']}", f"pattern: {rule['pattern']}"),
    )


def _explain_other(error: ValidationError, path: Path, rule: Rule, instance: Any) -> ShapeFault:
    title = _name(rule, path)
    return ShapeFault(path=path, message=say(f"{title}：{error.message}", f"{title}: {error.message}"))


_EXPLAINERS: Mapping[str, Callable[[ValidationError, Path, Any, Any], ShapeFault]] = {
    "required": _explain_missing,
    "type": _explain_type,
    "const": _explain_choice,
    "enum": _explain_choice,
    "minimum": _explain_bounds,
    "maximum": _explain_bounds,
    "pattern": _explain_pattern,
}


def _name(rule: Rule, path: Path) -> str:
    """Return what the forms call the value, or its key where they have no word for it."""
    return _get_title(rule) or _show(str(path[-1]) if path else "")


def _get_title(rule: Rule) -> str:
    title = rule.get("title", "")
    return str(title if current() == "zh" else rule.get("x-en", title))


def _show(value: Any) -> str:
    """Return *value* as JSON shows it, shortened."""
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, dict):
        return say("对象 {…}", "an object {…}")
    if isinstance(value, list):
        return say("列表 […]", "a list […]")
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)
