"""The schema of packs, of form templates and of the configuration, as a checker whose complaints can be acted on.

``pack-1.schema.json`` and its like stay the single source: each is compiled once to ``Shape``s, which understand
exactly the keywords that they use. Complaints name the key, the legal keys and values, and what was probably meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache

from perflint.language import say
from perflint.pack.deferred import Deferred
from perflint.pack.suggest import did_you_mean, find_close, name_choices, titled_choices, write_with_colon
from perflint.record import dataclass, field, replace
from perflint.schema import load_schema

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

Path = tuple[str | int, ...]

# A key that has swallowed its colon and its value.
_COLON_IN_KEY = re.compile("[:：].*", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One deviation from the schema.

    Attributes:
        path: Keys and indexes from the root to the value.
        on_key: The key is at fault, not its value.
    """

    path: Path
    message: str
    hint: str | None = None
    on_key: bool = False


_KINDS: Mapping[type, str] = {str: "string", Decimal: "number", bool: "boolean", type(None): "null"}
_KIND_NAMES: Mapping[str, tuple[str, str]] = {
    "string": ("文本", "text"),
    "number": ("数字", "a number"),
    "boolean": (" true 或 false", "true or false"),
    "null": ("空", "nothing"),
    "array": ("列表", "a list"),
    "object": ("键和值", "keys with values"),
}


def kind_of(value: Any) -> str:
    """Return the JSON Schema type name of a value as read."""
    kind = _KINDS.get(type(value))
    if kind is not None:
        return kind
    return "object" if isinstance(value, dict) else "array"


@dataclass(slots=True, kw_only=True)
class Shape:
    """One compiled schema; every attribute mirrors the keyword of its name."""

    title: tuple[str, str] | None = None
    advice: tuple[str, str] | None = None
    types: tuple[str, ...] = ()
    enum: tuple[Any, ...] | None = None
    choice_titles: tuple[tuple[str, str], ...] = ()
    pattern: re.Pattern[str] | None = None
    min_length: int = 0
    properties: dict[str, Shape] = field(default_factory=dict)
    key_patterns: tuple[re.Pattern[str], ...] = ()
    required: tuple[str, ...] = ()
    extra: Shape | None = None
    closed: bool = False
    names: Shape | None = None
    min_properties: int = 0
    items: Shape | None = None
    min_items: int = 0
    unique: bool = False
    any_of: tuple[Shape, ...] = ()
    condition: tuple[str, Any] | None = None
    then: Shape | None = None
    otherwise: Shape | None = None
    plain: bool = field(init=False)
    guarded: bool = field(init=False)

    def __post_init__(self) -> None:
        self.plain = self.types == ("string",) and self.enum is None and self.pattern is None
        self.guarded = self.closed or self.names is not None or self.extra is not None

    def check(self, value: Any, path: Path, faults: list[Fault]) -> None:
        """Append to *faults* every deviation of *value*, which stands at *path*."""
        if type(value) is str:
            self._check_text(value, path, faults)
        elif isinstance(value, Deferred) or not self._check_kind(value, path, faults):
            return
        elif self.enum is not None and value not in self.enum:
            self._tell_choice(value, path, faults)
        elif isinstance(value, dict):
            self._check_table(value, path, faults)
        elif isinstance(value, list):
            self._check_row(value, path, faults)
        if self.any_of:
            self._check_any(value, path, faults)

    def _check_kind(self, value: Any, path: Path, faults: list[Fault]) -> bool:
        kind = kind_of(value)
        if not self.types or kind in self.types:
            return True
        faults.append(_kind_fault(value, kind, self, path))
        return False

    def _check_text(self, value: str, path: Path, faults: list[Fault]) -> None:
        if self.types and "string" not in self.types:
            faults.append(_kind_fault(value, "string", self, path))
        elif self.enum is not None and value not in self.enum:
            self._tell_choice(value, path, faults)
        elif len(value) < self.min_length or (self.min_length and value.isspace()):
            faults.append(Fault(path=path, message=say(f"{_call(path)}不能为空白", f"{_call(path)} must not be blank")))
        elif self.pattern is not None and self.pattern.search(value) is None:
            message = say(f"{_call(path)}的写法“{value}”不对", f"{_call(path)} cannot be '{value}'")
            faults.append(Fault(path=path, message=message, hint=say(*self.advice) if self.advice else None))

    def _tell_choice(self, value: Any, path: Path, faults: list[Fault]) -> None:
        legal = [str(choice) for choice in self.enum or ()]
        kind = kind_of(value)
        if kind not in ("string", "number"):
            zh, en = _KIND_NAMES[kind]
            message = say(f"{_call(path)}不能是{zh}", f"{_call(path)} cannot be {en}")
        else:
            message = say(f"{_call(path)}不能是“{value}”", f"{_call(path)} cannot be '{value}'")
        faults.append(Fault(path=path, message=message, hint=self._advise_choice(str(value), legal)))

    def _advise_choice(self, value: str, legal: list[str]) -> str | None:
        if not self.choice_titles:
            return name_choices(value, legal)
        return titled_choices(value, dict(zip(legal, self.choice_titles, strict=True)))

    def _check_table(self, value: Mapping[str, Any], path: Path, faults: list[Fault]) -> None:
        meant: list[str] = []
        for shape in self._layers(value):
            shape._check_keys(value, path, faults, meant)
        wanted = [key for shape in self._layers(value) for key in shape.required]
        missing = [key for key in wanted if key not in value]
        for key in missing:
            if key not in meant:
                self._tell_missing(key, path, faults)
        if len(value) < self.min_properties and not missing:
            message = say(f"{_call(path)}内容不全", f"{_call(path)} says too little")
            faults.append(Fault(path=path, message=message, hint=self._legal_keys()))

    def _layers(self, value: Mapping[str, Any]) -> Iterator[Shape]:
        """Yield this shape and the branches of its conditions that hold for *value*."""
        yield self
        if self.condition is not None:
            key, wanted = self.condition
            branch = self.then if value.get(key) == wanted else self.otherwise
            if branch is not None:
                yield from branch._layers(value)

    def _check_keys(self, value: Mapping[str, Any], path: Path, faults: list[Fault], meant: list[str]) -> None:
        properties = self.properties
        for key, part in value.items():
            shape = properties.get(key)
            if shape is None:
                if self.guarded and not any(pattern.search(key) for pattern in self.key_patterns):
                    self._check_extra(key, value, path, faults, meant)
            # Most of a pack is plain text, let through here without a call.
            elif type(part) is not str or not shape.plain or not part or part.isspace():
                shape.check(part, (*path, key), faults)

    def _check_extra(
        self, key: str, value: Mapping[str, Any], path: Path, faults: list[Fault], meant: list[str]
    ) -> None:
        if self.closed:
            name = _COLON_IN_KEY.sub("", key)
            close = [name] if name != key and name in self.properties else self._find_meant(key, value)
            meant += close
            message = say(f"不认识的键“{key}”", f"unknown key '{key}'")
            hint: str | None
            if name != key and [name] == close:
                hint = write_with_colon(name)
            elif value[key] is None and not close and not key.isascii():
                hint = say("文本里有英文逗号时，整段要加引号", "quote a text that holds a comma")
            else:
                hint = did_you_mean(close) or self._legal_keys()
            faults.append(Fault(path=(*path, key), message=message, hint=hint, on_key=True))
            return
        if self.names is not None:
            self.names._check_name(key, path, faults)
        if self.extra is not None:
            self.extra.check(value[key], (*path, key), faults)

    def _find_meant(self, key: str, value: Mapping[str, Any]) -> list[str]:
        """Return the keys that *key* was probably meant to be, by their names or by what they are called in Chinese."""
        free = [name for name in self.properties if name not in value]
        titles = {shape.title[0]: name for name in free if (shape := self.properties[name]).title is not None}
        return find_close(key, free) or [titles[title] for title in find_close(key, titles)]

    def _check_name(self, key: str, path: Path, faults: list[Fault]) -> None:
        if self.enum is not None and key not in self.enum:
            message = say(f"这里不能写“{key}”", f"'{key}' is not allowed here")
            hint = say(*self.advice) if self.advice else name_choices(key, self.enum)
        elif self.pattern is not None and self.pattern.search(key) is None:
            message = say(f"名字“{key}”的写法不对", f"'{key}' cannot be a name")
            hint = say(*self.advice) if self.advice else None
        else:
            return
        faults.append(Fault(path=(*path, key), message=message, hint=hint, on_key=True))

    def _tell_missing(self, key: str, path: Path, faults: list[Fault]) -> None:
        shape = self.properties.get(key)
        title = shape.title if shape is not None else None
        zh, en = (f"（{title[0]}）", f" ({title[1]})") if title else ("", "")
        hint = say(*shape.advice) if shape is not None and shape.advice else None
        faults.append(Fault(path=path, message=say(f"缺少“{key}”{zh}", f"'{key}'{en} is missing"), hint=hint))

    def _legal_keys(self) -> str | None:
        legal = list(self.properties)
        return say(f"可用的键：{'、'.join(legal)}", f"legal keys: {', '.join(legal)}") if legal else None

    def _check_row(self, value: list[Any], path: Path, faults: list[Fault]) -> None:
        if len(value) < self.min_items:
            message = say(
                f"{_call(path)}至少要有 {self.min_items} 项", f"{_call(path)} needs at least {self.min_items}"
            )
            faults.append(Fault(path=path, message=message, hint=say(*self.advice) if self.advice else None))
        if self.items is not None:
            for index, part in enumerate(value):
                self.items.check(part, (*path, index), faults)
        if self.unique:
            self._check_unique(value, path, faults)

    def _check_unique(self, value: list[Any], path: Path, faults: list[Fault]) -> None:
        seen: set[str] = set()
        for index, part in enumerate(value):
            if isinstance(part, str) and part in seen:
                message = say(f"“{part}”重复", f"'{part}' is given twice")
                faults.append(Fault(path=(*path, index), message=message))
            elif isinstance(part, str):
                seen.add(part)

    def _check_any(self, value: Any, path: Path, faults: list[Fault]) -> None:
        best: list[Fault] | None = None
        for shape in self.any_of:
            found: list[Fault] = []
            shape.check(value, path, found)
            if not found:
                return
            if best is None or _nearness(found, path) < _nearness(best, path):
                best = found
        faults.extend(best or ())


def _nearness(faults: list[Fault], path: Path) -> tuple[bool, int]:
    """Sort key of an alternative: one of another type altogether is never the one that was meant."""
    return any(fault.path == path and not fault.on_key for fault in faults), len(faults)


def _call(path: Path) -> str:
    """Return how a message names the value at *path*: its key, with the index of a list item."""
    name = next((step for step in reversed(path) if isinstance(step, str)), None)
    if name is None:
        return say("文件", "the file")
    after = "".join(f"[{step}]" for step in path[len(path) - path[::-1].index(name) :])
    return say(f"“{name}{after}”", f"'{name}{after}'")


def _kind_fault(value: Any, kind: str, shape: Shape, path: Path) -> Fault:
    wanted = [_KIND_NAMES[name] for name in shape.types]
    zh, en = "或".join(name[0] for name in wanted), " or ".join(name[1] for name in wanted)
    found_zh, found_en = _KIND_NAMES[kind]
    if kind in ("number", "boolean"):
        written = str(value).lower() if kind == "boolean" else str(value)
        found_zh, found_en = f" {written}", written
    elif shape.types == ("boolean",) and kind == "string":
        found_zh, found_en = f"文本“{value}”", f"the text '{value}'"
    hint = _advise(value, kind, shape)
    message = say(f"{_call(path)}应为{zh}，这里是{found_zh}", f"{_call(path)} must be {en}, not {found_en}")
    return Fault(path=path, message=message, hint=hint)


def _advise(value: Any, kind: str, shape: Shape) -> str | None:
    """Return how *value*, of a wrong kind, was probably meant to be written."""
    general = say(*shape.advice) if shape.advice else None
    if kind in ("number", "boolean") and "string" in shape.types:
        written = str(value).lower() if kind == "boolean" else str(value)
        if shape.pattern is not None and shape.pattern.search(written) is None:
            return general  # quotes alone would only lead to the next mistake
        return say(f'文本要加引号："{written}"', f'quote a text: "{written}"')
    if shape.types == ("boolean",) and kind == "string" and (meant := _TRUTHS.get(value.lower())) is not None:
        return say(f"写成 {meant}，不加引号", f"write {meant}, without quotes")
    if shape.types == ("object",) and shape.required:
        return _write(", ".join(f"{key}: …" for key in shape.required), "{}")
    if shape.types == ("array",) and shape.items is not None:
        return _advise_list(value, kind, shape.items) or general
    return general


_TRUTHS = dict.fromkeys(("yes", "y", "on", "true", "是", "1"), "true")
_TRUTHS |= dict.fromkeys(("no", "n", "off", "false", "否", "0"), "false")


def _advise_list(value: Any, kind: str, items: Shape) -> str | None:
    """Return how to write a list of *items* where *value* stands by itself."""
    if kind == "object":
        return say("列表的每一项以“- ”开头", "each item of a list starts with '- '")
    if kind not in ("string", "number"):
        return None
    if items.types == ("object",) and items.required and items.min_properties <= len(items.required):
        keys = [f"{items.required[0]}: {value}", *(f"{key}: …" for key in items.required[1:])]
        return _write(f"{{{', '.join(keys)}}}", "[]")
    if items.types == ("object",):
        return items._legal_keys()
    return _write(f'"{value}"', "[]") if "string" in items.types else None


def _write(text: str, brackets: str) -> str:
    text = brackets[0] + text + brackets[1]
    return say(f"写成 {text}", f"write {text}")


def check_shape(value: Any, *, schema: str = "pack-1") -> tuple[Fault, ...]:
    """Return every deviation of *value*, the root of a file, from the named schema; one for each place."""
    faults: list[Fault] = []
    load_shape(schema=schema).check(value, (), faults)
    first: dict[tuple[Path, bool, str], Fault] = {}
    for fault in faults:
        first.setdefault((fault.path, fault.on_key, "" if fault.on_key else fault.message), fault)
    return tuple(first.values())


@cache
def load_shape(part: str | None = None, *, schema: str = "pack-1") -> Shape:
    """Return the compiled schema, or its definition named *part*."""
    root = load_schema(schema)
    return _Compiler(root.get("$defs", {})).compile(root if part is None else root["$defs"][part])


class _Compiler:
    """Compiles each definition once; the schema has no cycles."""

    def __init__(self, definitions: Mapping[str, Any]) -> None:
        self._definitions = definitions
        self._done: dict[str, Shape] = {}

    def compile(self, schema: Mapping[str, Any]) -> Shape:
        """Return the shape of *schema*; a reference gives its target the title and advice written beside it."""
        if "$ref" in schema:
            definition = self._definition(schema["$ref"].rsplit("/", 1)[-1])
            return replace(
                definition,
                title=_text(schema, "title", "x-en") or definition.title,
                advice=_text(schema, "description", "x-en-description") or definition.advice,
            )
        types, extra = schema.get("type", ()), schema.get("additionalProperties", True)
        return Shape(
            title=_text(schema, "title", "x-en"),
            advice=_text(schema, "description", "x-en-description"),
            types=(types,) if isinstance(types, str) else tuple(types),
            enum=(schema["const"],) if "const" in schema else tuple(schema["enum"]) if "enum" in schema else None,
            choice_titles=tuple(zip(schema.get("enumDescriptions", ()), schema.get("x-en-enum", ()), strict=True)),
            pattern=re.compile(schema["pattern"]) if "pattern" in schema else None,
            min_length=schema.get("minLength", 0),
            properties={key: self.compile(part) for key, part in schema.get("properties", {}).items()},
            key_patterns=tuple(re.compile(pattern) for pattern in schema.get("patternProperties", ())),
            required=tuple(schema.get("required", ())),
            extra=self.compile(extra) if isinstance(extra, dict) else None,
            closed=extra is False,
            names=self._part(schema, "propertyNames"),
            min_properties=schema.get("minProperties", 0),
            items=self._part(schema, "items"),
            min_items=schema.get("minItems", 0),
            unique=schema.get("uniqueItems", False),
            any_of=tuple(self.compile(part) for part in schema.get("anyOf", ())),
            condition=_condition(schema["if"]) if "if" in schema else None,
            then=self._part(schema, "then"),
            otherwise=self._part(schema, "else"),
        )

    def _part(self, schema: Mapping[str, Any], keyword: str) -> Shape | None:
        return self.compile(schema[keyword]) if keyword in schema else None

    def _definition(self, name: str) -> Shape:
        if name not in self._done:
            self._done[name] = self.compile(self._definitions[name])
        return self._done[name]


def _condition(schema: Mapping[str, Any]) -> tuple[str, Any]:
    """Return key and value of the one form of condition in use: this key is there and has this value."""
    ((key, part),) = schema["properties"].items()
    return key, part["const"]


def _text(schema: Mapping[str, Any], zh: str, en: str) -> tuple[str, str] | None:
    return (schema[zh], schema[en]) if zh in schema else None
