"""A message with ``${expression}`` placeholders: split when the pack loads, filled only for a finding."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perflint.language import say
from perflint.record import dataclass

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any


@dataclass(frozen=True, slots=True)
class Hole:
    """A placeholder: its expression, and the offset of that expression in the template."""

    text: str
    start: int


def split_template(template: str) -> tuple[str | Hole, ...]:
    """Return *template* as literal texts and holes, in order.

    Raises:
        ExpressionErrors: A ``${`` without its ``}``, or a ``{`` without its ``$``.
    """
    parts: list[str | Hole] = []
    rest = 0
    while (opened := template.find("${", rest)) >= 0:
        closed = _closing(template, opened + 2)
        if closed < 0 or "${" in template[opened + 2 : closed]:
            from perflint.expression.problems import ExpressionErrors, ExpressionProblem  # of a pack, not of a run

            message = say("占位符 ${ 没有结束的 }", "placeholder ${ without its }")
            raise ExpressionErrors([ExpressionProblem(message=message, start=opened, width=2)])
        _refuse_brace(template, rest, opened)
        parts += [template[rest:opened], Hole(template[opened + 2 : closed], opened + 2)]
        rest = closed + 1
    _refuse_brace(template, rest, len(template))
    parts.append(template[rest:])
    return tuple(part for part in parts if part != "")


def _refuse_brace(template: str, start: int, end: int) -> None:
    """Raise for ``{name}`` in a literal text: it would be printed as it stands, and nobody means that."""
    at = min((found for brace in "{｛" if (found := template.find(brace, start, end)) >= 0), default=-1)
    if at >= 0:
        from perflint.expression.problems import ExpressionErrors, ExpressionProblem

        message = say("花括号前没有 $", "a brace without its $")
        hint = say("占位符写成 ${…}，用半角花括号", "a placeholder is written ${…}, with half-width braces")
        raise ExpressionErrors([ExpressionProblem(message=message, start=at, width=1, hint=hint)])


def _closing(template: str, start: int) -> int:
    quote = ""
    for at in range(start, len(template)):
        character = template[at]
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character == "}":
            return at
    return -1


def fill_template(parts: Sequence[str | int], values: Sequence[Any], lang: str) -> str:
    """Return the message: literals as they are, numbers in *parts* as the value of that hole.

    A space parts two holes whose digits would run together: 12 and the unit 1/10万 are not 121/10万. A blank loses the
    quotation marks around its hole: “空白” would be a cell in which that word is printed.
    """
    pieces: list[str] = []
    after_hole = False
    for part in parts:
        is_hole = not isinstance(part, str)
        shown = _show_hole(values[part], lang) if isinstance(part, int) else part
        if is_hole and after_hole and shown[:1].isdigit() and pieces[-1][-1:].isdigit():
            pieces.append(" ")
        pieces.append(shown)
        after_hole = is_hole
    message = "".join(pieces)
    if _BLANK not in message:
        return message
    for quoted in _QUOTED:
        message = message.replace(quoted, _BLANK)
    return message.replace(_BLANK, show_value(None, lang))


# Stands for a blank until the marks around it are known; no printed text holds it.
_BLANK = "\0"
_QUOTED = (f"“{_BLANK}”", f"'{_BLANK}'", f'"{_BLANK}"')


def _show_hole(value: Any, lang: str) -> str:
    return _BLANK if value is None else show_value(value, lang)


def show_value(value: Any, lang: str) -> str:
    """Return *value* as a person reads it: numbers as printed, a blank named as such, lists with 、."""
    if value is None:
        return "blank" if lang == "en" else "空白"
    if isinstance(value, bool):
        return ("yes" if value else "no") if lang == "en" else ("是" if value else "否")
    if isinstance(value, Decimal):
        return show_number(value)
    if isinstance(value, list | tuple):
        return (", " if lang == "en" else "、").join(show_value(item, lang) for item in value)
    return str(value)


def show_number(number: Decimal) -> str:
    """Return *number* in plain decimal notation with its printed places; a quotient is cut to four."""
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -6:
        number = round(number, 4).normalize()
    text = f"{number:f}"
    return text[1:] if text.startswith("-") and not number else text
