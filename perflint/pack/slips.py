"""What went wrong where YAML cannot be read: the slips of people who type Chinese, and of everybody.

A parser notices late, often a line below; this looks at the line and at the ones before it for what is not meant to be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from perflint.language import say
from perflint.pack.suggest import write_with_colon


class Slip(NamedTuple):
    """One slip: 0-based line and column, characters to underline, what is wrong and what to do."""

    line: int
    column: int
    width: int
    message: str
    hint: str


_LINES_BEFORE = 2
_STRANGE_SPACE = re.compile("^[ -]*([\u00a0\u2000-\u200b\u202f\u205f\u3000]+)[ -]*[A-Za-z_$][\\w$.-]* *[:：]")
_WIDE_COLON = re.compile(r"^(?P<lead> *(?:- )*)(?P<key>[A-Za-z_$][\w$.-]*) *：")
_CLOSE_COLON = re.compile(r"^(?P<lead> *(?:- )*)(?P<key>[A-Za-z_$][\w$.-]*):(?=[^\s:/])")
_KEY = re.compile(r"^(?P<lead> *(?:- )*)(?P<key>[^\s:{}\[\]\"',#-][^:{}\[\]\"']*):(?:\s+(?P<value>[^\s#].*))?\s*$")
_WIDE_BRACKET = re.compile("[｛｝［］]")
_WIDE_COMMA = re.compile(r"，(?=\s*[A-Za-z_$][\w$.-]*\s*[:：])")
_WIDE_INNER_COLON = re.compile(r"(?<=[{,\s])(?P<key>zh|en|[A-Za-z_]{2,})：")
_SPECIAL_START = re.compile(r"(?::\s+|-\s+|[\[{,]\s*)(?P<mark>[*&!%@`|>])(?=[^\s])")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_TEXT_START = re.compile(r":\s+(?=[^\s\"'{\[])")


def find_slip(lines: Sequence[str], line: int, column: int) -> Slip | None:
    """Return the slip that made the parser stumble at *line* and *column* (0-based), None if none is known."""
    line = min(line, len(lines) - 1)
    if line < 0:
        return None
    for number in _near(lines, line):
        for look in _EVERYWHERE:
            if (found := look(lines[number], number)) is not None:
                return found
    for look in _IN_THE_LINE:
        if (found := look(lines[line], line)) is not None:
            return found
    return _uneven(lines, line, column)


def _near(lines: Sequence[str], line: int) -> Iterator[int]:
    """Yield the line of the complaint and the few before it that hold something."""
    yield line
    before = [number for number in range(line - 1, -1, -1) if lines[number].strip()]
    yield from before[:_LINES_BEFORE]


def _strange_space(text: str, line: int) -> Slip | None:
    found = _STRANGE_SPACE.match(text)
    if found is None:
        return None
    code = f"U+{ord(found[1][0]):04X}"
    return Slip(
        line,
        found.start(1),
        len(found[1]),
        say(f"缩进里有全角或特殊的空格（{code}）", f"the indentation holds a wide or special space ({code})"),
        say("改成普通的半角空格", "use plain spaces"),
    )


def _wide_colon(text: str, line: int) -> Slip | None:
    found = _WIDE_COLON.match(text)
    return None if found is None else _colon_slip(line, found.end() - 1, found["key"])


def _colon_slip(line: int, column: int, key: str) -> Slip:
    return Slip(line, column, 1, say("冒号是全角的", "the colon is full-width"), write_with_colon(key))


def _close_colon(text: str, line: int) -> Slip | None:
    found = _CLOSE_COLON.match(text)
    if found is None:
        return None
    message = say("冒号后面没有空格", "there is no space after the colon")
    return Slip(line, found.end() - 1, 1, message, write_with_colon(found["key"]))


def _wide_bracket(text: str, line: int) -> Slip | None:
    found = _WIDE_BRACKET.search(_without_quoted(text))
    if found is None:
        return None
    half = dict(zip("｛｝［］", "{}[]", strict=True))[found[0]]
    message = say(f"括号 {found[0]} 是全角的", f"the bracket {found[0]} is full-width")
    return Slip(line, found.start(), 1, message, say(f"请用半角 {half}", f"use the half-width {half}"))


def _wide_inner_colon(text: str, line: int) -> Slip | None:
    found = _WIDE_INNER_COLON.search(_without_quoted(text)) if "{" in text or "｛" in text else None
    return None if found is None else _colon_slip(line, found.end() - 1, found["key"])


def _wide_comma(text: str, line: int) -> Slip | None:
    found = _WIDE_COMMA.search(_without_quoted(text))
    if found is None:
        return None
    message = say("逗号是全角的", "the comma is full-width")
    return Slip(line, found.start(), 1, message, say("请用半角 ,", "use the half-width ,"))


def _inner_quote(text: str, line: int) -> Slip | None:
    """A text in quotes that goes on behind its closing quote: it holds quotes itself."""
    for found in _QUOTED.finditer(text):
        before, after = text[: found.start()].rstrip(), text[found.end() :].lstrip()
        if before.endswith((":", "[", ",", "-", "{")) and after and after[0] not in ",}]:#":
            message = say("引号在这里就结束了，后面还有文字", "the quote ends here, and text goes on behind it")
            hint = say(
                "里面的引号用中文的“”，或整段用单引号 '…' 括起来",
                "use “” for quotes inside a text, or put the whole text in single quotes '…'",
            )
            return Slip(line, found.end() - 1, 1, message, hint)
    return None


def _special_start(text: str, line: int) -> Slip | None:
    found = _SPECIAL_START.search(_without_quoted(text))
    if found is None or (found["mark"] == ">" and text[found.end() :][:1] in "-+"):
        return None
    mark = found["mark"]
    message = say(f"文本不能以 {mark} 开头", f"a text cannot start with {mark}")
    return Slip(line, found.start("mark"), 1, message, say('请加引号："…"', 'quote the text: "…"'))


def _bare_text(text: str, line: int) -> Slip | None:
    """A text without quotes, inside ``{…}`` or ``[…]``, that holds what only quotes protect."""
    plain = _without_quoted(text)
    if not re.search(r"[{\[]", plain):
        return None
    for found in _TEXT_START.finditer(plain):
        rest = re.match(r"[^,}\]]*?(?P<odd>[{\[]|:(?=\s))", plain[found.end() :])
        if rest is not None:
            odd = rest["odd"].strip()
            message = say(f"文本里有 {odd}，没有加引号", f"the text holds {odd} and is not quoted")
            hint = say('整段文本加英文引号："…"', 'quote the whole text: "…"')
            return Slip(line, found.end(), max(1, rest.end("odd")), message, hint)
    return None


def _without_quoted(text: str) -> str:
    """Return *text* with what stands in quotes blanked out, at the same length."""
    return re.sub(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'', lambda found: '"' * len(found[0]), text)


def _uneven(lines: Sequence[str], line: int, column: int) -> Slip | None:
    """A line that starts with a key, indented otherwise than the key before it, whose value is finished."""
    key = _KEY.match(lines[line])
    if key is None or column > key.end("key"):
        return None
    above = next((number for number in range(line - 1, -1, -1) if lines[number].strip()), None)
    other = _KEY.match(lines[above]) if above is not None else None
    here = key.start("key")
    if other is None or (other["value"] is None and other.start("key") < here) or other.start("key") == here:
        return None
    there, name = other.start("key"), other["key"]
    message = say("缩进与上面的键对不上", "the indentation does not fit the key above")
    hint = say(
        f"“{key['key']}”缩进 {here} 格，上一行的“{name}”缩进 {there} 格；同级的键要对齐",
        f"'{key['key']}' is indented by {here}, '{name}' above by {there}; keys of one level stand in one column",
    )
    return Slip(line, here, len(key["key"]), message, hint)


_Look = Callable[[str, int], Slip | None]
_EVERYWHERE: tuple[_Look, ...] = (_strange_space, _wide_colon, _close_colon)
_IN_THE_LINE: tuple[_Look, ...] = (
    _wide_bracket,
    _wide_inner_colon,
    _wide_comma,
    _inner_quote,
    _special_start,
    _bare_text,
)
