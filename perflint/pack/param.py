"""Typed parameters: what is declared, and whether a value keeps to it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from perflint.language import say
from perflint.pack.model import Param, Place, Value
from perflint.pack.shape import Fault
from perflint.pack.strict_yaml import Path
from perflint.pack.suggest import name_choices
from perflint.record import replace

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

_NUMBER = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?")
PARAM_TYPES = ("decimal", "integer", "text", "list", "bool")
_WANTED: Mapping[str, tuple[str, str]] = {
    "decimal": ("数字", "a number"),
    "integer": ("整数", "a whole number"),
    "text": ("文本", "text"),
    "bool": ("true 或 false", "true or false"),
    "list": ("列表", "a list"),
}


def declare_param(name: str, written: Mapping[str, Any], place: Place, faults: list[Fault]) -> Param | None:
    """Return the parameter declared as *written*, whose shape is sound; None with faults if it contradicts itself.

    Fault paths start below the declaration.
    """
    before = len(faults)
    kind = written["type"]
    items = _item_type(written, faults) if kind == "list" else None
    if kind != "list" and "items" in written:
        message = say("只有 list 有元素类型", "only a list has an element type")
        faults.append(Fault(path=("items",), message=message, on_key=True))
    bounds = _read_bounds(written, items or kind, faults)
    choices = _read_choices(written.get("choices", ()), items or kind, faults)
    if len(faults) > before:
        return None
    draft = Param(
        name=name,
        type=kind,
        items=items,
        value="",
        default="",
        minimum=bounds.get("min"),
        maximum=bounds.get("max"),
        choices=choices,
        title=dict(written["title"]),
        place=place,
    )
    value = read_value(draft, written["default"], ("default",), faults)
    return replace(draft, value=value, default=value) if value is not None else None


def stand_in(name: str, kind: str, written: Mapping[str, Any], place: Place) -> Param:
    """Return a parameter of type *kind* without a value, for a declaration that is otherwise at fault."""
    items = written.get("items") if written.get("items") in PARAM_TYPES else "text"
    return Param(
        name=name, type=kind, items=items if kind == "list" else None, value="", default="", title={}, place=place
    )


def _item_type(written: Mapping[str, Any], faults: list[Fault]) -> str:
    """Return the element type of a list: as named, or as the elements of the default show."""
    if "items" in written:
        return str(written["items"])
    default = written["default"]
    if not isinstance(default, list) or not default:
        message = say("空列表要用 items 写明元素类型", "an empty list needs its element type in 'items'")
        faults.append(Fault(path=("default",), message=message))
        return "text"
    return "decimal" if isinstance(default[0], Decimal) else "text"


def _read_bounds(written: Mapping[str, Any], kind: str, faults: list[Fault]) -> dict[str, Decimal]:
    bounds: dict[str, Decimal] = {}
    for key in ("min", "max"):
        if key not in written:
            continue
        if kind not in ("decimal", "integer"):
            message = say(f"只有数字参数有 {key}", f"only a number has '{key}'")
            faults.append(Fault(path=(key,), message=message, on_key=True))
        elif (number := _read_scalar(kind, written[key])) is None:
            faults.append(_wrong_type(kind, written[key], (key,)))
        elif isinstance(number, Decimal):
            bounds[key] = number
    if len(bounds) == 2 and bounds["min"] > bounds["max"]:
        faults.append(Fault(path=("max",), message=say("max 小于 min", "max is less than min")))
    return bounds


def _read_choices(written: Any, kind: str, faults: list[Fault]) -> tuple[Decimal | str, ...]:
    choices: list[Decimal | str] = []
    for index, choice in enumerate(written):
        value = _read_scalar(kind, choice)
        if isinstance(value, Decimal | str):
            choices.append(value)
        else:
            faults.append(_wrong_type(kind, choice, ("choices", index)))
    return tuple(choices)


def read_value(param: Param, written: Any, path: Path, faults: list[Fault]) -> Value | None:
    """Return *written* as a value of *param*; None with faults if it is of another type or out of range."""
    if param.type != "list":
        return _read_item(param, param.type, written, path, faults)
    if not isinstance(written, list):
        faults.append(_wrong_type("list", written, path))
        return None
    before = len(faults)
    items = [_read_item(param, param.items or "text", part, (*path, at), faults) for at, part in enumerate(written)]
    return tuple(item for item in items if isinstance(item, Decimal | str)) if len(faults) == before else None


def _read_item(param: Param, kind: str, written: Any, path: Path, faults: list[Fault]) -> Decimal | str | bool | None:
    value = _read_scalar(kind, written)
    if value is None:
        faults.append(_wrong_type(kind, written, path))
        return None
    hint = _out_of_range(param, value)
    if hint is not None:
        message = say(f"参数 {param.name} 不能是 {written}", f"parameter {param.name} cannot be {written}")
        faults.append(Fault(path=path, message=message, hint=hint))
        return None
    return value


def _out_of_range(param: Param, value: Decimal | str | bool) -> str | None:
    if param.choices and value not in param.choices:
        return name_choices(str(value), [str(choice) for choice in param.choices])
    if not isinstance(value, Decimal):
        return None
    if param.minimum is not None and value < param.minimum:
        return say(f"至少是 {param.minimum}", f"at least {param.minimum}")
    if param.maximum is not None and value > param.maximum:
        return say(f"至多是 {param.maximum}", f"at most {param.maximum}")
    return None


def _read_scalar(kind: str, written: Any) -> Decimal | str | bool | None:
    if kind == "bool":
        return written if isinstance(written, bool) else None
    if kind == "text":
        return written if isinstance(written, str) else None
    if isinstance(written, str) and _NUMBER.fullmatch(written):
        written = Decimal(written)
    if not isinstance(written, Decimal):
        return None
    return written if kind == "decimal" or written == written.to_integral_value() else None


def _wrong_type(kind: str, written: Any, path: Path) -> Fault:
    zh, en = _WANTED[kind]
    shown = say("列表", "a list") if isinstance(written, list) else str(written)
    if isinstance(written, bool):
        shown = shown.lower()
    message = say(f"应为{zh}，这里是“{shown}”", f"must be {en}, not '{shown}'")
    return Fault(path=path, message=message, hint=_advise(kind, shown))


def _advise(kind: str, shown: str) -> str | None:
    bare = unicodedata.normalize("NFKC", shown).rstrip("%").replace(",", "").strip()
    if kind in ("decimal", "integer") and _read_scalar(kind, bare) is not None:
        return say(f"写成 {bare}", f"write {bare}")
    return None
