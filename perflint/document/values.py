"""Python values → plain JSON data: a copy in which every number is an exact decimal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from numbers import Integral

from perflint.document.limits import Limits
from perflint.document.number import NumberError, check_number
from perflint.document.pointer import join_pointer
from perflint.document.surrogate import is_encodable
from perflint.errors import DocumentError, Problem
from perflint.language import say

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any


def build_values(value: Any, *, path: str | None, limits: Limits) -> Any:
    """Return *value* as plain data of ``dict``, ``list``, ``str``, ``bool``, ``None`` and ``Decimal``.

    Raises:
        DocumentError: A value that JSON cannot hold (NaN, bytes, a set, a key that is no text), or a limit exceeded.
    """
    return _Building(path, limits).build(value)


class _Building:
    """One copy under way: where it is, and how many values it has seen."""

    def __init__(self, path: str | None, limits: Limits) -> None:
        self.path = path
        self.limits = limits
        self.tokens: list[str | int] = []
        self.seen = 0

    def build(self, value: Any) -> Any:
        self.seen += 1
        if self.seen > self.limits.values:
            raise self.refuse(say(f"超过 {self.limits.values} 个值", f"more than {self.limits.values} values"))
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self.build_text(value)
        if isinstance(value, Mapping):
            self.check_depth()
            return self.build_object(value)
        if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray, memoryview)):
            self.check_depth()
            return self.build_list(value)
        return self.build_number(value)

    def check_depth(self) -> None:
        if len(self.tokens) >= self.limits.depth:
            raise self.refuse(
                say(f"嵌套超过 {self.limits.depth} 层", f"more than {self.limits.depth} levels of nesting")
            )

    def build_text(self, value: str) -> str:
        if not is_encodable(value):
            raise self.refuse(say("文字里有半个代理对", "the text holds half a surrogate pair"))
        return str.__str__(value)

    def build_object(self, value: Mapping[Any, Any]) -> dict[str, Any]:
        members: dict[str, Any] = {}
        for key, member in value.items():
            if not isinstance(key, str):
                kind = type(key).__name__
                raise self.refuse(say(f"字段名是 {kind} 类型，不是文字", f"a field name of type {kind} is no text"))
            members[self.build_text(key)] = self.build_inner(key, member)
        return members

    def build_list(self, value: Sequence[Any]) -> list[Any]:
        return [self.build_inner(index, element) for index, element in enumerate(value)]

    def build_inner(self, token: str | int, value: Any) -> Any:
        self.tokens.append(token)
        built = self.build(value)
        self.tokens.pop()
        return built

    def build_number(self, value: Any) -> Decimal:
        try:
            number = _read_number(value, self.limits)
        except NumberError as error:
            raise self.refuse(str(error)) from None
        if number is None:
            kind = type(value).__name__
            raise self.refuse(say(f"JSON 放不下 {kind} 类型的值", f"JSON cannot hold a value of type {kind}"))
        return number

    def refuse(self, message: str) -> DocumentError:
        pointer = join_pointer(self.tokens)
        place = f"{pointer}: {message}" if pointer else message
        return DocumentError(Problem(message=place, path=self.path, pointer=pointer))


def _read_number(value: Any, limits: Limits) -> Decimal | None:
    if isinstance(value, Decimal):
        number = Decimal(value)
    elif isinstance(value, Integral):
        if abs(int(value)) >= 10**limits.digits:  # before Decimal, whose digits would be counted one by one
            raise NumberError(say(f"整数超过 {limits.digits} 位", f"an integer of more than {limits.digits} digits"))
        number = Decimal(int(value))
    elif isinstance(value, float):
        number = Decimal(float.__repr__(value))
    else:
        return None
    check_number(number, limits)
    return number
