"""What ``typing`` and ``enum`` offer to a running program: to load either would take a thirtieth of a start.

A type checker sees the names of the standard library itself. What a module imports for its annotations stands below
``TYPE_CHECKING = False``, which a checker takes for ``typing.TYPE_CHECKING``; type aliases there are texts.
"""

from __future__ import annotations

from operator import itemgetter

__all__ = ["Generic", "NamedTuple", "Protocol", "StrEnum", "TypeVar", "cast", "final", "overload"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from enum import StrEnum
    from typing import Any, Generic, NamedTuple, Protocol, TypeVar, cast, final, overload

try:
    from _collections import _tuplegetter  # type: ignore[import-not-found]
except ImportError:  # what ``collections`` does there too

    def _tuplegetter(index: int, doc: str | None) -> property:
        return property(itemgetter(index), doc=doc)


class _NamedTupleMeta(type):
    """Makes a tuple with named fields of a class body, as ``typing.NamedTuple`` does, but writes no code."""

    def __new__(cls, name: str, _: tuple[type, ...], space: dict[str, Any]) -> Any:
        fields = tuple(space.get("__annotations__", ()))
        defaults = {field: space.pop(field) for field in fields if field in space}
        getters = {field: _tuplegetter(index, None) for index, field in enumerate(fields)}
        whole = {
            **_METHODS,
            "__slots__": (),
            "__match_args__": fields,
            "__new__": _constructor(fields, defaults),
            "_fields": fields,
            "_field_defaults": defaults,
            **getters,
            **space,
        }
        return type(name, (tuple,), whole)


def _constructor(fields: tuple[str, ...], defaults: Mapping[str, Any]) -> Callable[..., Any]:
    count, make = len(fields), tuple.__new__

    def __new__(cls: type, /, *args: Any, **named: Any) -> Any:  # noqa: N807 - it becomes the method
        if len(args) != count or named:
            rest = fields[len(args) :]
            values = {**defaults, **named}
            try:
                args = (*args, *map(values.__getitem__, rest))
            except KeyError as lacking:
                raise TypeError(f"{cls.__name__}() lacks {lacking}") from None
            if len(args) != count or not named.keys() <= set(rest):
                raise TypeError(f"{cls.__name__}() takes {count} values, each once: {', '.join(fields)}")
        return make(cls, args)

    return __new__


def _show(self: Any) -> str:
    parts = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
    return f"{type(self).__name__}({parts})"


def _replace(self: Any, /, **changes: Any) -> Any:
    return type(self)(**{**self._asdict(), **changes})


_METHODS = {
    "__repr__": _show,
    "__reduce__": lambda self: (tuple.__new__, (type(self), (*self,))),  # read back without a call of Python
    "_asdict": lambda self: dict(zip(self._fields, self, strict=True)),
    "_make": classmethod(lambda cls, values: cls(*values)),
    "_replace": _replace,
}


class _StrEnumMeta(type):
    """Makes texts with names of a class body, the members of the class, as ``enum.StrEnum`` does."""

    _members: dict[Any, Any]  # by value

    def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> Any:
        values = {key: space.pop(key) for key in [*space] if type(space[key]) is str and not key.startswith("__")}
        made: Any = type.__new__(cls, name, bases, {**space, "_members": {}})
        for key, value in values.items():
            member = made._members[value] = str.__new__(made, value)
            member.name, member.value = key, value
            setattr(made, key, member)
        return made

    def __call__(cls, value: object) -> Any:
        try:
            return cls._members[value]
        except (KeyError, TypeError):
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}") from None

    def __getitem__(cls, name: str) -> Any:
        return cls.__members__[name]

    def __iter__(cls) -> Iterator[Any]:
        return iter(cls._members.values())

    def __len__(cls) -> int:
        return len(cls._members)

    @property
    def __members__(cls) -> Mapping[str, Any]:
        return {member.name: member for member in cls}


class _Subscribed:
    """Takes type arguments and forgets them."""

    __slots__ = ()

    def __class_getitem__(cls, _: object) -> type:
        return cls


_ENUM_METHODS = {
    "__repr__": lambda self: f"<{type(self).__qualname__}.{self.name}: {self.value!r}>",
    "__reduce__": lambda self: (type(self), (self.value,)),
}

if not TYPE_CHECKING:
    StrEnum = type.__new__(_StrEnumMeta, "StrEnum", (str,), _ENUM_METHODS)
    NamedTuple = type.__new__(_NamedTupleMeta, "NamedTuple", (), {})
    Protocol = Generic = _Subscribed

    def TypeVar(name, *_, **__):  # noqa: D103, N802
        return name

    def cast(_, value):  # noqa: D103
        return value

    def final(decorated):  # noqa: D103
        return decorated

    overload = final
