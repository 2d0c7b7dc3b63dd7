"""What a match of a pattern begins with, where ``re`` does not find out: it then skips whatever else stands before.

``re`` itself looks no further than the first item of a pattern, and not into one that looks behind, that is left out at
times, or whose alternatives begin with more than a character each. Needed only while patterns are compiled.
"""

from __future__ import annotations

from collections.abc import Iterable
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any, TypeAlias

Characters: TypeAlias = "list[tuple[Any, Any]]"

_AT_BEGINNING = ((constants.AT, constants.AT_BEGINNING), (constants.AT, constants.AT_BEGINNING_STRING))
_OF_NO_WIDTH = (constants.AT, constants.ASSERT, constants.ASSERT_NOT)
_REPEATS = (constants.MAX_REPEAT, constants.MIN_REPEAT)
_LISTED = (constants.LITERAL, constants.RANGE, constants.CATEGORY)
_MASK = 2
"""Where in a program it is told whether it says what a match begins with."""


def compile_code(parsed: Any) -> list[int]:
    """Return the program of a parsed pattern, as ``re`` makes it, with what a match begins with."""
    code: list[int] = compiler._code(parsed, 0)
    if code[_MASK] or parsed.getwidth()[0] == 0 or parsed.state.flags & constants.SRE_FLAG_IGNORECASE:
        return code
    if parsed[0] in _AT_BEGINNING:  # which ``re`` tries once
        return code
    characters, skipped = _begin(parsed)
    if characters is None or skipped:
        return code
    stand_in = parser.SubPattern(parsed.state, [(constants.IN, characters)])
    stand_in.width = parsed.getwidth()
    told: list[int] = []
    compiler._compile_info(told, stand_in, parsed.state.flags)
    return told + code[1 + code[1] :]


def _begin(items: Iterable[tuple[Any, Any]]) -> tuple[Characters | None, bool]:
    """Return what may stand first in a match of *items*, None when that is anything; and whether they may be empty."""
    found: Characters = []
    for operator, argument in items:
        if operator in _OF_NO_WIDTH:
            continue
        characters, skipped = _look_at(operator, argument)
        if characters is None:
            return None, False
        found += characters
        if not skipped:
            return found, False
    return found, True


def _look_at(operator: Any, argument: Any) -> tuple[Characters | None, bool]:
    if operator is constants.LITERAL:
        return [(operator, argument)], False
    if operator is constants.IN:
        return (argument if all(kind in _LISTED for kind, _ in argument) else None), False
    if operator is constants.SUBPATTERN and not (argument[1] or argument[2]):
        return _begin(argument[-1])
    if operator in _REPEATS:
        characters, skipped = _begin(argument[-1])
        return characters, skipped or argument[0] == 0
    if operator is constants.BRANCH:
        begun = [_begin(branch) for branch in argument[1]]
        listed = [characters for characters, _ in begun if characters is not None]
        together = [one for characters in listed for one in characters] if len(listed) == len(begun) else None
        return together, any(skipped for _, skipped in begun)
    return None, False
