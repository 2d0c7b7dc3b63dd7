"""Functions that read one text, made ready to run: what most texts do not hold costs one search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import add

from perflint.functions import FUNCTIONS, MAX_PATTERN_TEXT
from perflint.pattern import LazyPattern
from perflint.record import dataclass
from perflint.runtime.calls import SPECIAL_CALLS
from perflint.runtime.memo import Memo
from perflint.schema.model import Model, Type

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    import re
    from typing import Any

    from perflint.functions import Function


@dataclass(frozen=True, slots=True)
class Reader:
    """A function that reads one text: its name, that argument's position, the other arguments.

    Attributes:
        clue: A pattern without which the function finds nothing, ``""`` if none is known.
    """

    function: str
    place: int
    constants: tuple[Any, ...]
    clue: str

    __late__ = (("function", "place", "constants", "clue"),)  # a table needs a quarter of all readers


def start_memo(reader: Reader, model: Model) -> Memo:
    """Return a memo of what *reader* finds in a text; the reader is started when it is first asked."""

    def read(text: str) -> Any:
        memo.read = start_reader(reader, model)
        return memo.read(text)

    memo = Memo(read)
    return memo


def add_filler(space: dict[str, Any], name: str, reader: Reader, model: Model) -> None:
    """Put what ``start_filler`` returns into *space*, the globals of generated code, when the code first calls it."""

    def fill(text: str, slots: list[Any], place: int) -> tuple[Any]:
        space[name] = filler = start_filler(reader, model)
        return filler(text, slots, place)

    space[name] = fill


def start_reader(reader: Reader, model: Model) -> Callable[[str], Any]:
    """Return the function of a text; records come as the tuples that generated code indexes."""
    read = _open_function(reader, model)
    if not reader.clue:
        return read
    clue, nothing = LazyPattern(reader.clue), find_nothing(reader)
    tell = _tell_match(reader) or (lambda match: (read(match.string),))

    def heed(text: str) -> Any:
        if len(text) > MAX_PATTERN_TEXT:
            # Which is an error, whatever it holds, for what searches it, and is not searched for a clue either.
            return read(text)
        match = clue.search(text)
        return nothing if match is None else tell(match)[0]

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
    tell = _tell_match(reader) or (lambda match: (read(match.string),))

    def heed(text: str, slots: list[Any], place: int) -> tuple[Any]:
        if len(text) > MAX_PATTERN_TEXT:
            return fill(text, slots, place)
        match = clue.search(text)
        slots[place] = slot = nothing if match is None else tell(match)
        return slot

    return heed


def open_call(function: Function, model: Model) -> Callable[..., Any]:
    """Return what generated code calls: the records of the result are tuples in the model's field order."""
    call, result = function.call, function.result
    if _is_plain(result):
        return call
    return lambda *arguments: as_tuples(call(*arguments), model, result)


def _is_plain(result: Type) -> bool:
    return result.kind not in ("record", "list") or (result.item is not None and result.item.record is None)


def _open_function(reader: Reader, model: Model) -> Callable[[str], Any]:
    before, after = reader.constants[: reader.place], reader.constants[reader.place :]
    if reader.function in SPECIAL_CALLS:
        special = SPECIAL_CALLS[reader.function]
        return lambda text: special(*before, text, *after)
    call, result = FUNCTIONS[reader.function].call, FUNCTIONS[reader.function].result
    if reader.function == "contains_any" and not reader.clue and reader.place == 0:
        return _open_words(reader.constants[0])

    def read(text: str) -> Any:
        return call(*before, text, *after)

    def read_records(text: str) -> Any:
        return as_tuples(call(*before, text, *after), model, result)

    return read if _is_plain(result) else read_records


def _open_words(words: Iterable[str]) -> Callable[[str], bool]:
    """Return ``contains_any`` for so many words that each is looked for only where its first two characters stand."""
    by_start: dict[str, list[str]] = {}
    for word in words:
        by_start.setdefault(word[:2], []).append(word)
    if any(len(start) < 2 for start in by_start):  # which stand anywhere
        return lambda text: any(word in text for word in words)

    def contains_any(text: str) -> bool:
        starts = by_start.keys() & set(map(add, text, text[1:]))
        return any(word in text for start in starts for word in by_start[start])

    return contains_any


_NOTHING: Mapping[str, object] = {"bool": False, "list": ()}


def find_nothing(reader: Reader) -> object:
    """Return what *reader* comes to in a text in which it finds nothing."""
    return _NOTHING.get(FUNCTIONS[reader.function].result.kind)


def _tell_match(reader: Reader) -> Callable[[re.Match[str]], tuple[Any]] | None:
    """Return what a match of the clue says all by itself; None when the text must be read."""
    if reader.function == "contains_any" or (reader.function == "matches" and reader.constants == (reader.clue,)):
        return lambda _: (True,)
    if reader.function == "find" and reader.constants == (reader.clue,):
        return lambda match: (match.group(min(match.re.groups, 1)),)
    return None


def as_tuples(value: Any, model: Model, kind: Type) -> Any:
    """Return a reader's result as the tuples that generated code indexes by the model's field order."""
    if value is None or kind.kind not in ("record", "list"):
        return value
    if kind.kind == "list":
        return [as_tuples(item, model, kind.item or kind) for item in value]
    fields = model.records[kind.record or ""].fields.values()
    return tuple(as_tuples(getattr(value, f.name), model, f.type) for f in fields)
