"""Data classes without code generation: what ``dataclasses.dataclass(slots=True)`` gives, at a tenth of its price.

The standard library writes and compiles the methods of every class while its module is imported, which took a third
of a start. Here they are closures over the fields. A type checker sees the names of the standard library itself, and
``dataclasses.replace``, ``fields`` and ``asdict`` take these classes for data classes.

A class that proves to be made by the thousand gets a written constructor after all, which takes half the time.

A class may name fields that few look at, in groups, as ``__late__``. When an instance is pickled each group is packed
by itself, those behind the first one tightly, and of the instance that is read back a group is opened when the first
of its fields is asked for.
"""

from __future__ import annotations

from operator import attrgetter

from perflint.lean import dumps, loads

TYPE_CHECKING = False  # typing itself would cost more than the rest of this module
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import replace as replace
    from typing import Any

_NAMES = "__record_fields__"
# Of a record with late fields: the packed groups, None for each that was opened; not there when it was never packed.
_CLOSED = "__closed_groups__"
# Of how many bytes a group is that may lie apart: to look for a smaller one takes longer than to have read it.
_WORTH_PARTING = 500
# From how many instances on a written constructor is worth its making.
_MANY = 300
# Of a field whose place in the constructor stays empty: it must be given, or it is set afterwards.
_REQUIRED, _LATER = object(), object()


class Apart(bytes):
    """Bytes that a store may keep apart from what they belong to, and read when ``bytes`` are asked for."""

    __slots__ = ()


class _Field:
    """How one field is made and compared."""

    __slots__ = ("compare", "default", "factory", "repr")

    def __init__(self, default: Any, factory: Callable[[], Any] | None, shown: bool, compare: bool) -> None:
        self.default, self.factory, self.repr, self.compare = default, factory, shown, compare

    @property
    def has_plain_default(self) -> bool:
        """Whether an absent argument has a value that is there already."""
        return self.factory is None and self.default is not _REQUIRED and self.default is not _LATER


_PLAIN = _Field(_REQUIRED, None, True, True)
"""What most fields are."""


def _field(
    *,
    default: Any = _REQUIRED,
    default_factory: Callable[[], Any] | None = None,
    init: bool = True,
    repr: bool = True,  # noqa: A002 - the name in the standard library
    compare: bool = True,
) -> _Field:
    return _Field(default if init else _LATER, default_factory, repr, compare)


def _dataclass(cls: type | None = None, /, *, frozen: bool = False, slots: bool = True, kw_only: bool = False) -> Any:
    if not slots:
        raise TypeError("only classes with slots")
    if cls is None:
        return lambda decorated: _build(decorated, frozen=frozen, kw_only=kw_only)
    return _build(cls, frozen=frozen, kw_only=kw_only)


def _replace(record: Any, /, **changes: Any) -> Any:
    if getattr(record, _CLOSED, None):
        return _replace_late(record, changes)
    kept = {name: getattr(record, name) for name, field in _fields_of(record).items() if field.default is not _LATER}
    return type(record)(**{**kept, **changes})


if not TYPE_CHECKING:
    dataclass, field, replace = _dataclass, _field, _replace


def field_names(cls: type) -> tuple[str, ...]:
    """Return the names of the fields of a data class, in the order of the class."""
    return tuple(_fields_of(cls))


def list_fields(record: object) -> Iterator[tuple[str, Any]]:
    """Yield each field of *record* with its value."""
    return ((name, getattr(record, name)) for name in _fields_of(record))


def _fields_of(record: Any) -> Mapping[str, _Field]:
    fields: Mapping[str, _Field] = getattr(record, _NAMES)
    return fields


def _build(cls: type, *, frozen: bool, kw_only: bool) -> Any:
    """Return *cls* again, with slots in place of the defaults of its fields, and with the methods it lacks."""
    inherited: Mapping[str, _Field] = getattr(cls, _NAMES, {})
    space = {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}
    own = {name: _as_field(space.pop(name, _REQUIRED)) for name in cls.__annotations__}
    fields = {**inherited, **own}
    space["__slots__"] = tuple(name for name in own if name not in inherited)
    groups: tuple[tuple[str, ...], ...] = space.get("__late__", ())
    if groups:
        space["__slots__"] += (_CLOSED,)
    space["__qualname__"] = cls.__qualname__
    space[_NAMES] = fields
    space["__dataclass_fields__"] = _DESCRIBED
    steps: list[tuple[str, Any]] = []
    post = getattr(cls, "__post_init__", None)
    methods = {
        "__init__": _init(fields, steps, post, kw_only=kw_only),
        **_methods(fields, frozen=frozen),
        **(_late_methods(fields, groups) if groups else {}),
    }
    # Into the class while it is made: each one set afterwards would make Python revise the whole class.
    space.update({name: method for name, method in methods.items() if space.get(name) is None})
    made: Any = type(cls)(cls.__name__, cls.__bases__, space)
    steps.extend((name, getattr(made, name).__set__) for name, field in fields.items() if field.default is not _LATER)
    return made


def _as_field(default: Any) -> _Field:
    if default is _REQUIRED:
        return _PLAIN
    return default if isinstance(default, _Field) else _Field(default, None, True, True)


def _init(
    fields: Mapping[str, _Field], steps: list[tuple[str, Any]], post: Callable[[Any], None] | None, *, kw_only: bool
) -> Callable[..., None]:
    """Return the constructor; *steps* is filled with what sets each field once the class is there."""
    names = tuple(name for name, field in fields.items() if field.default is not _LATER)
    positional = () if kw_only else names
    optional = [(name, field) for name, field in fields.items() if field is not _PLAIN]
    defaults = {name: field.default for name, field in optional if field.has_plain_default}
    count, left = len(names), _MANY

    def __init__(self: Any, /, *args: Any, **values: Any) -> None:  # noqa: N807 - it becomes the method
        nonlocal left
        left -= 1
        if not left:
            _hasten(type(self), __init__, _write_init(fields, steps, post, kw_only=kw_only))
        if args:
            if len(args) > len(positional) or not values.keys().isdisjoint(positional[: len(args)]):
                raise TypeError(f"{type(self).__name__}() takes {len(positional)} positional arguments, each once")
            values.update(zip(positional, args, strict=False))
        if len(values) != count:
            values = {**defaults, **values}
            if len(values) != count:
                _complete(self, values)
        try:
            for name, put in steps:
                put(self, values[name])
        except KeyError as error:
            raise TypeError(f"{type(self).__name__}() lacks the argument {error}") from None
        if post is not None:
            post(self)

    return __init__


def _hasten(cls: type, slow: object, fast: Callable[..., None]) -> None:
    """Put *fast* in the place of the constructor *slow*, in *cls* or wherever above it has it from."""
    for owner in cls.__mro__:
        if vars(owner).get("__init__") is slow:
            fast.__qualname__ = f"{owner.__qualname__}.__init__"
            owner.__init__ = fast  # type: ignore[misc]


def _write_init(
    fields: Mapping[str, _Field], steps: list[tuple[str, Any]], post: Callable[[Any], None] | None, *, kw_only: bool
) -> Callable[..., None]:
    """Return a constructor that does the same as that of ``_init``, written out field by field."""
    names = {f"_put_{name}": put for name, put in steps}
    values: dict[str, Any] = {f"_default_{name}": fields[name].default for name, _ in steps}
    made: dict[str, Any] = {f"_make_{name}": fields[name].factory for name, _ in steps}
    taken = ", ".join(f"{name}=_default_{name}" if _is_optional(fields[name]) else name for name, _ in steps)
    lines = [f"def __init__(self, {'*, ' if kw_only and steps else ''}{taken}):", " pass"]
    for name, _ in steps:
        if fields[name].factory is not None:
            lines.append(f" if {name} is _REQUIRED: {name} = _make_{name}()")
        lines.append(f" _put_{name}(self, {name})")
    lines += [" _post(self)"] if post is not None else []
    space = {**names, **values, **made, "_post": post, "_REQUIRED": _REQUIRED}
    exec("\n".join(lines), space)  # noqa: S102 - made of the names of fields
    written: Callable[..., None] = space["__init__"]
    return written


def _is_optional(field: _Field) -> bool:
    return field.factory is not None or field.has_plain_default


def _complete(record: Any, values: dict[str, Any]) -> None:
    """Add what factories make, and refuse what is no field."""
    fields = _fields_of(record)
    for name in values:
        if name not in fields:
            raise TypeError(f"{type(record).__name__}() has no argument {name!r}")
    for name, field in fields.items():
        if field.factory is not None and name not in values:
            values[name] = field.factory()


def _methods(fields: Mapping[str, _Field], *, frozen: bool) -> dict[str, Callable[..., Any] | None]:
    compared = [name for name, field in fields.items() if field.compare]
    shown = [name for name, field in fields.items() if field.repr]
    key = attrgetter(*compared) if compared else lambda _: ()
    methods: dict[str, Callable[..., Any] | None] = {
        "__eq__": lambda self, other: key(self) == key(other) if type(other) is type(self) else NotImplemented,
        "__hash__": (lambda self: hash(key(self))) if frozen else None,
        "__repr__": lambda self: (
            f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"
        ),
        "__reduce__": lambda self: (_restore, (type(self), tuple(getattr(self, name) for name in fields))),
    }
    return {**methods, "__setattr__": _refuse, "__delattr__": _refuse} if frozen else methods


def _restore(cls: Any, values: tuple[Any, ...]) -> Any:
    """Return an instance with *values*, which an equal one had when it was pickled."""
    record = object.__new__(cls)
    put = object.__setattr__
    for name, value in zip(_fields_of(cls), values, strict=True):
        put(record, name, value)
    return record


def _late_methods(
    fields: Mapping[str, _Field], groups: tuple[tuple[str, ...], ...]
) -> dict[str, Callable[..., Any] | None]:
    group_of = {name: number for number, group in enumerate(groups) for name in group}
    early = tuple(name for name in fields if name not in group_of)

    def __getattr__(self: Any, name: str) -> Any:  # noqa: N807 - it becomes the method
        # Reached only while the slot is empty, that is before the group was opened.
        if name not in group_of:
            raise AttributeError(name)
        number = group_of[name]
        closed = getattr(self, _CLOSED)
        for late, value in zip(groups[number], _unpack(closed[number], tight=number > 0), strict=True):
            object.__setattr__(self, late, value)
        closed[number] = None
        return getattr(self, name)

    def __reduce__(self: Any) -> Any:  # noqa: N807
        closed = getattr(self, _CLOSED, None) or [None] * len(groups)
        packed = [
            known if known is not None else _pack(tuple(getattr(self, name) for name in group), tight=number > 0)
            for number, (known, group) in enumerate(zip(closed, groups, strict=True))
        ]
        return _restore_late, (type(self), early, tuple(getattr(self, name) for name in early), packed)

    return {"__getattr__": __getattr__, "__reduce__": __reduce__}


def _replace_late(record: Any, changes: dict[str, Any]) -> Any:
    """Return *record* with *changes*; of its groups only those are opened that change."""
    cls = type(record)
    for name in changes:
        if name not in _fields_of(record):
            raise TypeError(f"{cls.__name__}() has no argument {name!r}")
        getattr(record, name)
    closed = getattr(record, _CLOSED)
    groups = zip(cls.__late__, closed, strict=True)
    shut = {name for names, packed in groups if packed is not None for name in names}
    values = {name: getattr(record, name) for name in _fields_of(record) if name not in shut} | changes
    return _restore_late(cls, tuple(values), tuple(values.values()), list(closed))


def _pack(values: tuple[Any, ...], *, tight: bool) -> bytes:
    packed = dumps(values, protocol=5)
    if tight:
        from zlib import compress  # only while something is stored

        packed = compress(packed, 1)
    return packed if len(packed) < _WORTH_PARTING else Apart(packed)


def _unpack(packed: bytes, *, tight: bool) -> Any:
    """Return what ``_pack`` was given; the bytes come from where their record itself came from."""
    packed = bytes(packed)
    if tight:
        from zlib import decompress  # most runs come without

        packed = decompress(packed)
    return loads(packed)


def _restore_late(cls: Any, names: tuple[str, ...], values: tuple[Any, ...], packed: list[bytes]) -> Any:
    record = object.__new__(cls)
    put = object.__setattr__
    for name, value in zip(names, values, strict=True):
        put(record, name, value)
    put(record, _CLOSED, packed)
    return record


def _refuse(record: object, name: str, *_: object) -> None:
    from dataclasses import FrozenInstanceError  # a mistake in a program, which can wait

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


class _Described:
    """The fields as ``dataclasses`` describes them, made when somebody asks."""

    def __get__(self, record: object, cls: type) -> Mapping[str, Any]:
        from dataclasses import field, make_dataclass

        described = [
            (name, object, field(init=one.default is not _LATER, repr=one.repr, compare=one.compare))
            for name, one in _fields_of(cls).items()
        ]
        twin: Any = make_dataclass(cls.__name__, described, kw_only=True)
        fields: Mapping[str, Any] = twin.__dataclass_fields__
        return fields


_DESCRIBED = _Described()
