"""Functions that read one text, made ready to run: what most texts do not hold costs one search."""

from __future__ import annotations

from collections.abc import Callable

from perflint.expression.calls import SPECIAL_CALLS
from perflint.functions import FUNCTIONS, MAX_PATTERN_TEXT
from perflint.pattern import LazyPattern
from perflint.schema.model import Model, Type
from perflint.typed import NamedTuple

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any


class Reader(NamedTuple):
    """A function that reads one text: its name, that argument's position, the other arguments.

    Attributes:
        clue: A pattern without which the function finds nothing, ``""`` if none is known.
    """

    function: str
    place: int
    constants: tuple[Any, ...]
    clue: str


def start_reader(reader: Reader, model: Model) -> Callable[[str], Any]:
    """Return the function of a text; records come as the tuples that generated code indexes."""
    read = _open_function(reader, model)
    if not reader.clue:
        return read
    clue, nothing = LazyPattern(reader.clue), find_nothing(reader)

    def heed(text: str) -> Any:
        # What is too long to be searched is an error, whatever it holds, and is not searched for a clue either.
        return nothing if len(text) <= MAX_PATTERN_TEXT and clue.search(text) is None else read(text)

    return heed


def start_filler(reader: Reader, model: Model) -> Callable[[str, list[Any], int], tuple[Any]]:
    """Return a function that reads a text, puts what it came to in a slot and returns the slot."""
    read = _open_function(reader, model)

    def fill(text: str, slots: list[Any], place: int) -> tuple[Any]:
        slots[place] = slot = (read(text),)
        return slot

    if not reader.clue:
        return fill
    # The same as in ``start_reader``, without a call in between: most of what is asked of a new text ends here.
    clue, nothing = LazyPattern(reader.clue), (find_nothing(reader),)
    found = (True,) if _says_all(reader) else None

    def heed(text: str, slots: list[Any], place: int) -> tuple[Any]:
        if len(text) > MAX_PATTERN_TEXT:
            return fill(text, slots, place)
        slots[place] = slot = nothing if clue.search(text) is None else found or (read(text),)
        return slot

    return heed


def _open_function(reader: Reader, model: Model) -> Callable[[str], Any]:
    before, after = reader.constants[: reader.place], reader.constants[reader.place :]
    if reader.function in SPECIAL_CALLS:
        special = SPECIAL_CALLS[reader.function]
        return lambda text: special(*before, text, *after)
    call, result = FUNCTIONS[reader.function].call, FUNCTIONS[reader.function].result

    def read(text: str) -> Any:
        return call(*before, text, *after)

    def read_records(text: str) -> Any:
        return as_tuples(call(*before, text, *after), model, result)

    plain = result.kind not in ("record", "list") or (result.item is not None and result.item.record is None)
    return read if plain else read_records


def find_nothing(reader: Reader) -> object:
    """Return what *reader* comes to in a text in which it finds nothing."""
    return {"bool": False, "list": ()}.get(FUNCTIONS[reader.function].result.kind)


def _says_all(reader: Reader) -> bool:
    """Whether a text that holds the clue needs no reading any more."""
    return reader.function == "contains_any" or (reader.function == "matches" and reader.constants == (reader.clue,))


def as_tuples(value: Any, model: Model, kind: Type) -> Any:
    """Return a reader's result as the tuples that generated code indexes by the model's field order."""
    if value is None or kind.kind not in ("record", "list"):
        return value
    if kind.kind == "list":
        return [as_tuples(item, model, kind.item or kind) for item in value]
    fields = model.records[kind.record or ""].fields.values()
    return tuple(as_tuples(getattr(value, f.name), model, f.type) for f in fields)
