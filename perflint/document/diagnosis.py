"""What is wrong with a JSON text: the slow reading, done only when the fast one refused or hesitated.

Faults that do not stop the reading (a duplicate key, NaN, a number too long) are all reported; the first broken
piece of syntax ends it, because everything after it would be a guess.
"""

from __future__ import annotations

import re
from contextlib import suppress
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import NoReturn

from perflint.document.advice import advise_on_bare, advise_on_stray, advise_on_string, measure_stray
from perflint.document.limits import Limits
from perflint.document.number import NumberError, parse_number
from perflint.document.pointer import join_pointer
from perflint.document.surrogate import is_encodable
from perflint.language import quote, say
from perflint.record import dataclass, field

_match_space = re.compile(r"[ \t\n\r]*").match
_match_string = re.compile(r'"(?:[^"\\\x00-\x1f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+"').match
_match_string_part = re.compile(r'"(?:[^"\\\x00-\x1f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+').match
_match_number = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.%])").match
_match_word = re.compile(r"(?:true|false|null)(?!\w)").match
_match_constant = re.compile(r"(?:NaN|-?Infinity)(?!\w)").match


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with a text, at ``text[start : start + width]``; ``pointer`` is the value it belongs to."""

    start: int
    message: str
    width: int = 1
    hint: str | None = None
    pointer: str | None = None


class _StopError(Exception):
    """The text cannot be read any further."""


@dataclass(slots=True)
class _Frame:
    """An object or list that is open, and which of its members is being read."""

    start: int
    closing: str
    token: str | int = ""
    keys: dict[str, int] = field(default_factory=dict)
    count: int = 0


def find_faults(text: str, limits: Limits) -> tuple[list[Fault], int]:
    """Return the faults of *text* up to the first one that ends the reading, in order; none for strict JSON.

    Returns:
        At most ``limits.problems`` faults, and how many more there are.
    """
    reading = _Reading(text, limits)
    with suppress(_StopError):
        reading.read_all()
    return reading.faults, reading.rest


class _Reading:
    """One pass over a text, without recursion so that depth cannot hurt it."""

    def __init__(self, text: str, limits: Limits) -> None:
        self.text = text
        self.limits = limits
        self.at = 0
        self.open: list[_Frame] = []
        self.faults: list[Fault] = []
        self.rest = 0

    def read_all(self) -> None:
        self.skip_space()
        if self.at == len(self.text):
            self.stop(say("文件是空的", "the file is empty"))
        self.read_value()
        while self.open:
            self.read_next(self.open[-1])
        self.skip_space()
        if self.at < len(self.text):
            self.stop(
                say("文档结束后还有内容", "there is text after the end of the document"),
                say(
                    "一个文件放一个文档；每行一个文档的文件用扩展名 .jsonl",
                    "a file holds one document; name a file of one document a line .jsonl",
                ),
            )

    def read_next(self, frame: _Frame) -> None:
        """Read the next member of *frame*, or its end."""
        self.skip_space()
        if self.text.startswith(frame.closing, self.at):
            self.at += 1
            self.open.pop()
            return
        if frame.count:
            self.read_comma(frame)
        if frame.closing == "}":
            self.read_key(frame)
        else:
            frame.token = frame.count
        frame.count += 1
        self.read_value()

    def read_comma(self, frame: _Frame) -> None:
        if not self.text.startswith(",", self.at):
            self.stop_unexpected(
                say(f"这里应为逗号或 {frame.closing}", f"expected a comma or {frame.closing} here"), ","
            )
        comma = self.at
        self.at += 1
        self.skip_space()
        if self.text.startswith(frame.closing, self.at):
            self.at = comma
            self.stop(
                say("最后一项后面多了逗号", "there is a comma after the last item"),
                say("删去这个逗号", "remove this comma"),
            )

    def read_key(self, frame: _Frame) -> None:
        start = self.at
        if not self.text.startswith('"', start):
            self.stop_unexpected(say("这里应为双引号括起的字段名", "expected a field name in double quotes here"))
        key = frame.token = self.read_string()
        if key in frame.keys:
            # Finding the line costs time, and a text can repeat a key a million times.
            place = "" if self.is_full() else self.name_place(frame.keys[key])
            self.report(
                say(f"字段 {quote(key)} 重复，{place}已有", f"duplicate field {quote(key)}; {place} has it already"),
                start,
                say("删去其中一个，或改名", "remove or rename one of them"),
            )
        frame.keys[key] = start
        self.skip_space()
        if not self.text.startswith(":", self.at):
            self.stop_unexpected(
                say(f"字段 {quote(key)} 后面应为冒号", f"expected a colon after the field {quote(key)}"), ":"
            )
        self.at += 1
        self.skip_space()

    def read_value(self) -> None:
        opening = self.text[self.at : self.at + 1]
        if opening and opening in "{[":
            self.read_opening()
        elif opening == '"':
            self.read_string()
        else:
            self.read_word()

    def read_opening(self) -> None:
        if len(self.open) == self.limits.depth:
            self.stop(
                say(f"嵌套超过 {self.limits.depth} 层", f"more than {self.limits.depth} levels of nesting"),
                say("检查是否多了括号", "look for surplus brackets"),
            )
        self.open.append(_Frame(self.at, "}" if self.text[self.at] == "{" else "]"))
        self.at += 1

    def read_string(self) -> str:
        start = self.at
        match = _match_string(self.text, start)
        if match is None:
            self.stop_in_string()
        self.at = match.end()
        value: str = scanstring(self.text, start + 1)[0]
        if not is_encodable(value):
            self.report(
                say(
                    "文字里有半个代理对（U+D800–U+DFFF），不是完整的字符",
                    "half a surrogate pair (U+D800–U+DFFF) is no character",
                ),
                start,
                say("改成原来的字", "put the original character there"),
            )
        return value

    def read_word(self) -> None:
        start = self.at
        number, word, constant = (match(self.text, start) for match in (_match_number, _match_word, _match_constant))
        found = number or word or constant
        if found is None:
            self.stop_unexpected(
                say("这里应为一个值", "expected a value here")
                if self.open
                else say("文档应以 { 开头", "a document begins with {")
            )
        self.at = found.end()
        if constant is not None:
            self.report(
                say(f"JSON 没有 {constant.group()} 这个数", f"JSON has no number {constant.group()}"),
                start,
                say("空白的单元格写 null", "write null for a blank cell"),
            )
        elif number is not None:
            self.check_number(number.group(), start)

    def check_number(self, number: str, start: int) -> None:
        try:
            parse_number(number, self.limits)
        except NumberError as error:
            hint = say(
                "检查是否多打了数字；确是原样就加双引号写成文本",
                "look for a slip; if it is as printed, put it in double quotes",
            )
            self.report(str(error), start, hint)

    def skip_space(self) -> None:
        self.at = _match_space(self.text, self.at).end()  # type: ignore[union-attr]

    def report(self, message: str, start: int, hint: str | None = None, width: int | None = None) -> None:
        """Add a fault of the text between *start* and here."""
        if self.is_full():
            self.rest += 1
            return
        pointer = join_pointer(frame.token for frame in self.open)
        width = self.at - start if width is None else width
        self.faults.append(Fault(start=start, message=message, width=width, hint=hint, pointer=pointer))

    def is_full(self) -> bool:
        return len(self.faults) >= self.limits.problems

    def stop(self, message: str, hint: str | None = None, width: int = 1) -> NoReturn:
        self.report(message, self.at, hint, width)
        raise _StopError

    def stop_in_string(self) -> NoReturn:
        """Stop at the character that ends a string too early, or at the opening quote when nothing ends it."""
        start = self.at
        stray = _match_string_part(self.text, start).end()  # type: ignore[union-attr]
        message, hint = advise_on_string(self.text, stray)
        self.at = stray if stray < len(self.text) else start
        self.stop(message, hint)

    def stop_unexpected(self, expected: str, missing: str | None = None) -> NoReturn:
        """Stop at text that is not what JSON *expected*: a sign that is *missing*, a key or a value."""
        if self.at == len(self.text):
            self.stop_at_end()
        if self.open and self.text[self.at] in "}]":
            self.stop_at_closing(expected)
        hint = advise_on_stray(self.text, self.at)
        if hint is None and missing is not None:
            hint = say(f"前面是不是缺 {missing} ？", f"is a {missing} missing before it?")
        elif hint is None and self.open:
            hint = advise_on_bare(self.text, self.at)
        self.stop(expected, hint, measure_stray(self.text, self.at))

    def stop_at_closing(self, expected: str) -> NoReturn:
        """Stop at a bracket that closes too early, or closes something else."""
        frame, found = self.open[-1], self.text[self.at]
        if found == frame.closing:
            self.stop(expected)
        place, opening = self.name_place(frame.start), self.text[frame.start]
        self.stop(
            say(f"括号不配对：{place}的 {opening} 用 {found} 关闭", f"{found} does not close the {opening} of {place}"),
            say(f"应为 {frame.closing}", f"expected {frame.closing}"),
        )

    def stop_at_end(self) -> NoReturn:
        """Stop at the end of a text that is cut off, and say what is still open."""
        hint = None
        if self.open:
            frame = self.open[-1]
            place, opening = self.name_place(frame.start), self.text[frame.start]
            hint = say(f"{place}的 {opening} 没有关闭", f"the {opening} of {place} is not closed")
        self.stop(say("文件到这里就断了", "the file breaks off here"), hint)

    def name_place(self, offset: int) -> str:
        """Name an earlier place: its column in the line that is being read, or else its line."""
        line_start = self.text.rfind("\n", 0, self.at) + 1
        if offset >= line_start:
            column = offset - line_start + 1
            return say(f"本行第 {column} 列", f"column {column} of this line")
        line = self.text.count("\n", 0, offset) + 1
        return say(f"第 {line} 行", f"line {line}")
