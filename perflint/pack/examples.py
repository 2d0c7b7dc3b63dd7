"""The examples of a rule, read from their YAML only when somebody asks: tests and documentation, not a check run."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from perflint.record import dataclass

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

KINDS = ("pass", "fail", "unknown", "not_applicable")

# What an example says beside the pieces of its document.
_SAID = frozenset({"values", "at", "note"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One example.

    Attributes:
        kind: ``pass``, ``fail``, ``unknown`` or ``not_applicable``: how the rule must end on it.
        index: 0-based among the examples of its kind.
        parts: ``document``, ``table``, ``indicator``, …: pieces of a document as plain data.
        values: Expected ``let`` values as printed: of the first finding, or of the last item that passes.
        at: JSON Pointers of all cells that are found, in order; empty where the example does not say.
        line: 1-based line in the pack file.
    """

    kind: str
    index: int
    parts: Mapping[str, Any]
    values: Mapping[str, str]
    at: tuple[str, ...]
    note: str | None
    line: int


class Examples:
    """The examples of one rule; iterate over ``all``."""

    __slots__ = ("_all", "_first_line", "_path", "_text")

    def __init__(
        self, *, path: str, text: str = "", first_line: int = 1, read: tuple[Example, ...] | None = None
    ) -> None:
        self._path, self._text, self._first_line = path, text, first_line
        self._all = read

    @property
    def all(self) -> tuple[Example, ...]:
        """Every example: passing, failing, unknown, not applicable, each in the order written.

        Raises:
            PackError: The text, unread until now, is not YAML.
        """
        if self._all is None:
            # Imported here: a check run never comes this way.
            from perflint.pack.strict_yaml import parse_yaml

            file = parse_yaml(self._text, path=self._path, first_line=self._first_line)
            self._all = read_examples(file.root, lambda path: file.place(path)[0])
        return self._all

    def of(self, kind: str) -> tuple[Example, ...]:
        """Return the examples of one kind."""
        return tuple(example for example in self.all if example.kind == kind)


def read_examples(written: Mapping[str, Any], line_of: Any) -> tuple[Example, ...]:
    """Return the examples as written under ``examples:``; ``line_of`` gives the line of a path below it."""
    return tuple(
        Example(
            kind=kind,
            index=index,
            parts=parts_of(example),
            values={name: _printed(value) for name, value in example.get("values", {}).items()},
            at=_listed(example.get("at", ())),
            note=example.get("note"),
            line=line_of((kind, index)),
        )
        for kind in KINDS
        for index, example in enumerate(written.get(kind, ()))
    )


def parts_of(example: Mapping[str, Any]) -> dict[str, Any]:
    """Return the pieces of a document that *example* writes, as plain data."""
    return {key: to_plain(part) for key, part in example.items() if key not in _SAID}


def to_plain(value: Any) -> Any:
    """Return *value* with plain dicts and lists in place of those that remember their places."""
    if isinstance(value, dict):
        return {key: to_plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [to_plain(part) for part in value]
    return value


def _listed(value: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _printed(value: str | Decimal | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
