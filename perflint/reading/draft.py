"""A table being read: its JSON so far, where each value came from, and the notices.

labels, lists, indicators ──set──▶ Draft ──▶ assembly
"""

from __future__ import annotations

from typing import Any, NamedTuple

from perflint.reading.line import Slot

Path = tuple[str | int, ...]
Record = dict[str, Any]


class Notice(NamedTuple):
    """Something a person should look at. ``code`` is stable, ``text`` a sentence, ``origin`` the place in the file."""

    code: str
    text: str
    origin: str


class Rest(NamedTuple):
    """A text, or a part of one, that the document has no place for.

    Attributes:
        label: What the form calls it, None when no form knows it.
    """

    text: str
    slot: Slot
    label: str | None = None


class Draft:
    """One table while it is being read."""

    def __init__(self, title: str | None = None) -> None:
        self.data: Record = {}
        self.origins: dict[str, str] = {}
        if title is not None:
            self.data["title"] = title

    @classmethod
    def over(cls, record: Record) -> Draft:
        """Return a draft that writes into a part of another."""
        draft = cls()
        draft.data = record
        return draft

    @property
    def is_empty(self) -> bool:
        return not (self.data.keys() - {"title", "kind", "form"})

    @property
    def is_cover(self) -> bool:
        """Whether it has nothing but what a cover has: a title, whose it is and for which year."""
        return not (self.data.keys() - {"title", "kind", "form", "fiscal_year", "organization"})

    def get(self, path: Path) -> Any:
        """Return the value at a path of keys, None when it is blank or absent."""
        found: Any = self.data
        for key in path:
            if not isinstance(found, dict):
                return None
            found = found.get(key)
        return found

    def has(self, path: Path) -> bool:
        """Tell whether the form has this cell, blank or not."""
        parent = self.get(path[:-1]) if len(path) > 1 else self.data
        return isinstance(parent, dict) and path[-1] in parent

    def set(self, path: Path, value: Any, slot: Slot | None) -> bool:
        """Write a value unless another one is already printed there; tell whether the place now holds it."""
        known = self.get(path)
        if known is not None and value is not None and known != value:
            return False
        if known is None:
            parent = self.data
            for key in path[:-1]:
                parent = parent.setdefault(str(key), {})
            parent[str(path[-1])] = value
            if slot is not None:
                self.origins[pointer(path)] = slot.origin
        return True

    def replace(self, path: Path, value: Any, slot: Slot) -> None:
        """Write a value over the one that stands there."""
        parent = self.get(path[:-1]) if len(path) > 1 else self.data
        del parent[str(path[-1])]
        self.set(path, value, slot)

    def remove(self, path: Path) -> None:
        """Take back a value, as if the form had no such cell."""
        parent = self.get(path[:-1]) if len(path) > 1 else self.data
        if isinstance(parent, dict) and parent.pop(str(path[-1]), None) is not None:
            self.origins.pop(pointer(path), None)

    def add(self, name: str, record: Record, origins: dict[str, str], *, under: str | None = None) -> None:
        """Append an item to a list (``indicators``, or ``items`` under ``spending``)."""
        parent = self.data if under is None else self.data.setdefault(under, {})
        items = parent.setdefault(name, [])
        prefix = f"/{name}/{len(items)}" if under is None else f"/{under}/{name}/{len(items)}"
        items.append(record)
        self.origins.update({prefix + key: origin for key, origin in origins.items()})


def pointer(path: Path) -> str:
    """Return the JSON Pointer of a path below the table."""
    return "".join(f"/{key}" for key in path)


def printed(text: str) -> str | None:
    """Return a cell as the document keeps it: as printed but for line breaks at its end; None when blank."""
    return text.rstrip("\n\r") if text.strip(" \t\r\n\u3000\xa0") else None
