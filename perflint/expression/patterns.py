"""A gate for the patterns that rules hold: only what the standard engine matches in linear or near-linear time.

A pattern is text in a pack from a stranger, and ``re`` backtracks. Refused before anything is matched: nested or
variable repeats of groups, alternatives inside a repeat that can be empty or overlap, back-references, look-behind
assertions with repeats, more than three unbounded repeats, more than 300 characters.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

from perflint.language import say

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

MAX_PATTERN, MAX_UNBOUNDED, MAX_REPEAT = 300, 3, 1_000

_REPEATS = (constants.MAX_REPEAT, constants.MIN_REPEAT)
_REFUSED = (constants.GROUPREF, constants.GROUPREF_EXISTS)


def check_pattern(pattern: str) -> str | None:
    """Return why *pattern* is refused, or None when it is safe."""
    if len(pattern) > MAX_PATTERN:
        return say(f"模式超过 {MAX_PATTERN} 个字符", f"pattern longer than {MAX_PATTERN} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            tree = parser.parse(pattern)
    except (re.error, RecursionError, OverflowError, Warning) as error:
        return say(f"模式有误：{error}", f"invalid pattern: {error}")
    gate = _Gate()
    gate.walk(tree, repeated=False)
    if gate.unbounded > MAX_UNBOUNDED:
        gate.reason = say("不定次重复多于三处", "more than three unbounded repeats")
    return gate.reason


def find_literal(pattern: str) -> str:
    """Return the longest text known to stand in everything that *pattern* matches, ``""`` when there is none."""
    tree = parser.parse(pattern)
    return "" if tree.state.flags & re.IGNORECASE else max(_list_literals(tree), key=len, default="")


def _list_literals(items: Any) -> Iterator[str]:
    run = ""
    for operator, argument in items:
        if operator is constants.LITERAL:
            run += chr(argument)
            yield run
            continue
        run = ""
        if (operator is constants.SUBPATTERN and not argument[1]) or (operator in _REPEATS and argument[0] > 0):
            yield from _list_literals(argument[-1])


class _Gate:
    def __init__(self) -> None:
        self.unbounded = 0
        self.reason: str | None = None

    def walk(self, items: Any, *, repeated: bool) -> None:
        for operator, argument in items:
            if operator in _REFUSED:
                self.reason = say("不能用反向引用", "back-references are not allowed")
            elif operator in _REPEATS:
                self._repeat(argument, repeated=repeated)
            elif operator is constants.BRANCH:
                self._branch(argument[1], repeated=repeated)
            elif operator is constants.SUBPATTERN:
                self.walk(argument[-1], repeated=repeated)
            elif operator in (constants.ASSERT, constants.ASSERT_NOT):
                self.walk(argument[1], repeated=repeated)
            elif operator not in _PLAIN:
                self.reason = say("模式用了不支持的写法", "unsupported construct in the pattern")

    def _repeat(self, argument: Any, *, repeated: bool) -> None:
        low, high, inner = argument
        variable = low != high
        if variable and repeated:
            self.reason = say("重复之内不能再有不定次重复", "a variable repeat inside a repeat")
        if high is constants.MAXREPEAT:
            self.unbounded += 1
        elif high > MAX_REPEAT:
            self.reason = say("重复次数过大", "repeat count too large")
        self.walk(inner, repeated=repeated or high is constants.MAXREPEAT or high > 1)

    def _branch(self, branches: Any, *, repeated: bool) -> None:
        if repeated:
            heads = [_first(branch) for branch in branches]
            if None in heads or len({repr(head) for head in heads}) < len(heads):
                self.reason = say(
                    "重复之内的分支不能为空或相互重叠", "alternatives inside a repeat are empty or overlap"
                )
        for branch in branches:
            self.walk(branch, repeated=repeated)


_PLAIN = (*(constants.LITERAL, constants.NOT_LITERAL, constants.IN, constants.ANY, constants.AT, constants.CATEGORY),)


def _first(branch: Any) -> Any:
    if len(branch) == 0:
        return None
    operator, argument = branch[0]
    # Only literal heads are compared; anything wider might overlap with a neighbour.
    return argument if operator is constants.LITERAL else None
