"""A document as read: plain data, and where each value stands."""

from __future__ import annotations

from collections.abc import Sequence

from perflint.document.position import Locator, Span
from perflint.typed import final

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any


@final
class Document:
    """One document of the ``document/1`` shape.

    Attributes:
        data: Plain JSON: dict, list, str, bool, None, and ``decimal.Decimal`` for every number, with its printed
            places. Treat it as read-only.
        path: The file as the user named it, ``#N`` appended for line N of a JSON-lines file; None without a file.
    """

    __slots__ = ("_locator", "data", "path")

    def __init__(self, data: dict[str, Any], *, path: str | None = None, locator: Locator | None = None) -> None:
        """Hold *data* that has already been checked; ``parse_document`` and ``build_document`` check it."""
        self.data = data
        self.path = path
        self._locator = locator

    def __repr__(self) -> str:
        return f"<Document {self.path or '(no file)'}, {len(self.data['tables'])} tables>"

    def locate(self, pointer: str) -> Span | None:
        """Return where the value of *pointer* stands, or the nearest existing value around it.

        None when the document was not read from JSON text.
        """
        if self._locator is None:
            return None
        return self._locator.find(pointer)

    def locate_all(self, pointers: Sequence[str]) -> list[Span] | None:
        """Return what ``locate`` returns for each of *pointers*, in their order; many are found sooner together."""
        return self._locator.find_all(pointers) if self._locator is not None else None

    def origin(self, pointer: str) -> str | None:
        """Return where the value came from in the original file: the nearest entry of ``origins`` at or above it."""
        origins: dict[str, str] = self.data.get("origins", {})
        while pointer not in origins:
            if not pointer:
                return None
            pointer = pointer.rpartition("/")[0]
        return origins[pointer]
