"""A document as read: plain data, and where each value stands."""

from __future__ import annotations

from typing import Any, final

from perflint.document.position import Locator, Span


@final
class Document:
    """One document of the ``document/1`` shape.

    Attributes:
        data: Plain JSON: dict, list, str, bool, None, and ``decimal.Decimal`` for every number, with its printed
            places. Treat it as read-only.
        path: The file as the user named it, ``#N`` appended for line N of a JSON-lines file; None without a file.
    """

    __slots__ = ("_first_line", "_locator", "_text", "data", "path")

    def __init__(
        self, data: dict[str, Any], *, path: str | None = None, text: str | None = None, first_line: int = 1
    ) -> None:
        """Hold *data* that has already been checked; ``parse_document`` and ``build_document`` check it."""
        self.data = data
        self.path = path
        self._text = text
        self._first_line = first_line
        self._locator: Locator | None = None

    def __repr__(self) -> str:
        return f"<Document {self.path or '(no file)'}, {len(self.data['tables'])} tables>"

    def locate(self, pointer: str) -> Span | None:
        """Return where the value of *pointer* stands, or the nearest existing value around it.

        None when the document was not read from JSON text.
        """
        locator = self._get_locator()
        if locator is None:
            return None
        entry = locator.find(pointer)
        return locator.span(entry.start, entry.end)

    def locate_key(self, pointer: str) -> Span | None:
        """Return where the key of *pointer*, quotes included, stands; like ``locate`` for what has no key."""
        locator = self._get_locator()
        if locator is None:
            return None
        entry = locator.find(pointer)
        if entry.key_start < 0:
            return locator.span(entry.start, entry.end)
        return locator.span(entry.key_start, entry.key_end)

    def origin(self, pointer: str) -> str | None:
        """Return where the value came from in the original file: the nearest entry of ``origins`` at or above it."""
        origins: dict[str, str] = self.data.get("origins", {})
        while pointer not in origins:
            if not pointer:
                return None
            pointer = pointer.rpartition("/")[0]
        return origins[pointer]

    def _get_locator(self) -> Locator | None:
        if self._locator is None and self._text is not None:
            self._locator = Locator(self._text, first_line=self._first_line)
        return self._locator
