"""What the generated code of one program names: constants, memos, and the columns and slots that its rules read."""

from __future__ import annotations

import ast
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from perflint.compiler.clues import SHORTEST, find_clue
from perflint.compiler.facts import Columns
from perflint.compiler.grams import find_grams
from perflint.compiler.sieving import Need, make_sieve
from perflint.errors import EvaluationError
from perflint.expression.view import Settings
from perflint.runtime.readers import Reader, find_nothing
from perflint.runtime.sieve import Grams, Sieve, open_sieve
from perflint.runtime.texts import CELL_TEXTS
from perflint.schema.model import Model

_FEWEST_SIEVED = 12
"""Fewer functions of one column are asked one by one."""


class Namespace:
    """What generated code refers to by global names, and which columns of the records it reads.

    Attributes:
        columns: Asked for while code is written, so complete only when all of it is.
        constants: Values by the names that stand for them.
        defines: Derived fields that are read: record → name → the settings of a pack that defines it.
        memos, fillers: Functions that read a text, by the names of what calls them: see ``Plan``.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self.columns = Columns(model)
        self.constants: dict[str, Any] = {}
        self._by_identity: dict[tuple[str, int | str], str] = {}
        self._kept: list[Any] = []
        self._sets: dict[tuple[str, ...], frozenset[str]] = {}
        self.defines: dict[str, dict[str, Settings]] = {}
        self._numbers: dict[Any, int] = {}
        self._readers: list[Reader] = []
        self._needs: dict[int, Need] = {}
        self.memos: dict[str, Reader] = {}
        self.fillers: dict[str, Reader] = {}

    def use_define(self, record: str, name: str, settings: Settings) -> None:
        """Note that a derived field is read.

        Raises:
            EvaluationError: Another pack of the program defines it otherwise.
        """
        known = self.defines.setdefault(record, {}).setdefault(name, settings)
        if len({one.definitions()[record][name].text for one in (known, settings)}) > 1:
            message = f"two packs define {record}.{name} differently"
            raise EvaluationError(message)

    def constant(self, value: Any, kind: str = "k") -> str:
        """Return the global name that holds *value*."""
        key = (kind, id(value)) if not isinstance(value, str | Decimal) else (type(value).__name__, str(value))
        if key not in self._by_identity:
            self._by_identity[key] = f"{kind}{len(self._by_identity)}"
            self.constants[self._by_identity[key]] = value
            self._kept.append(value)  # an id is only as good as the object lives
        return self._by_identity[key]

    def members(self, value: Any) -> str:
        """Return the global name of what holds the same as *value*, for looking things up in it."""
        if value.__class__ is not tuple or not all(member.__class__ is str for member in value):
            return self.constant(value)
        return self.constant(self._sets.setdefault(value, frozenset(value)))

    def number(self, name: str, constants: tuple[Any, ...], place: int) -> int:
        """Return the number of a function that reads one text; *place* is that argument's position."""
        key = (name, place, *(value if value.__class__ is tuple else id(value) for value in constants))
        if key not in self._numbers:
            clue = find_clue(name, constants) if place == 0 else ""
            self._numbers[key] = len(self._readers)
            self._readers.append(Reader(name, place, constants, clue))
            self._kept.append(constants)
        return self._numbers[key]

    def memo(self, number: int) -> ast.Name:
        """Return the name of what looks up the memo of a function that reads one text."""
        return self._name_reader("m", number, self.memos)

    def filler(self, number: int) -> ast.Name:
        """Return the name of what reads a text and fills the slot."""
        return self._name_reader("r", number, self.fillers)

    def sieves(self) -> dict[str, Sieve]:
        """Return the sieve of the functions that read each column, see ``Columns.slots``."""
        slots = self.columns.slots
        cells = self._sieve(slots.get(CELL_TEXTS, {}), {})
        common = cells.grams
        return {name: cells if name == CELL_TEXTS else self._sieve(asked, common) for name, asked in slots.items()}

    def _sieve(self, asked: Collection[tuple[int, bool]], common: Grams) -> Sieve:
        if len(asked) < _FEWEST_SIEVED:
            return open_sieve(len(asked))
        return make_sieve([self._find_need(number) for number, _ in asked], common)

    def _find_need(self, number: int) -> Need:
        if number not in self._needs:
            reader = self._readers[number]
            self._needs[number] = Need(find_grams(reader), SHORTEST.get(reader.function, 0), find_nothing(reader))
        return self._needs[number]

    def _name_reader(self, kind: str, number: int, known: dict[str, Reader]) -> ast.Name:
        reader = self._readers[number]
        label = f"{kind}{number}_{reader.function}"
        known[label] = reader
        return ast.Name(label, ast.Load())
