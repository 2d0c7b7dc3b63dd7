"""YAML text → plain values that remember where they stand; the only module that imports yaml.

YAML 1.2 core, read strictly: a plain scalar is a number only in the form ``-12.50``, a truth value only as ``true`` or
``false``, nothing only as ``null``, ``~`` or blank; everything else is the text it looks like. Anchors, aliases, merge
keys, tags, duplicate keys, tabs, a second document and anything too large are refused with their place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from perflint.bounded import MOST_WRITTEN
from perflint.errors import PackError, Problem
from perflint.language import say
from perflint.pack.marks import find_offset

MAX_BYTES = MOST_WRITTEN
MAX_DEPTH = 40
MAX_DIGITS = 60
_LONGEST = 100

Path = tuple[str | int, ...]

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_LINE_END = re.compile("\r\n|\r|\n")
# YAML's printable characters without the three that YAML 1.1, and so libyaml, takes for line breaks.
_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufeff\ufeff-\ufffd\U00010000-\U0010ffff]|\ufeff"
)
# What the parser itself would let pass; the rest is looked for only once the parser has complained.
_SUSPECT = "\t\x85\u2028\u2029\ufeff"


class Table(dict[str, Any]):
    """A mapping; ``marks`` holds for each key the parser's events of the key and of its value."""

    __slots__ = ("marks",)
    marks: dict[str, tuple[Any, Any]]


class Row(list[Any]):
    """A sequence; ``marks`` holds the parser's event of each element."""

    __slots__ = ("marks",)
    marks: list[Any]


class YamlFile:
    """One file as read.

    Attributes:
        path: As the user named it.
        text: The decoded text, without byte order mark.
        root: ``Table``, ``Row``, text, ``Decimal``, truth value or None.
    """

    __slots__ = ("_first_line", "_lines", "path", "root", "text")

    def __init__(self, path: str, text: str, root: Any, *, first_line: int = 1) -> None:
        self.path, self.text, self.root = path, text, root
        self._first_line = first_line
        self._lines: list[str] | None = None

    @property
    def lines(self) -> list[str]:
        """The lines of ``text`` without their ends."""
        if self._lines is None:
            self._lines = _LINE_END.split(self.text)
        return self._lines

    def place(self, path: Sequence[str | int], *, on_key: bool = False) -> tuple[int, int]:
        """Return line and column, 1-based, of the value at *path*, or of its key; of the nearest parent if absent."""
        mark = self._event(path, on_key).start_mark
        return mark.line + self._first_line, mark.column + 1

    def problem(
        self,
        message: str,
        path: Sequence[str | int] = (),
        *,
        on_key: bool = False,
        offset: int | None = None,
        width: int | None = None,
        hint: str | None = None,
    ) -> Problem:
        """Return a problem at the value (or key) at *path*, with the source line.

        Args:
            offset: Characters into the text of the scalar at *path*; the problem then points there.
            width: Characters to underline; by default the whole key or value as far as it stands on the line.
        """
        event = self._event(path, on_key)
        start, end = event.start_mark, event.end_mark
        line, column = start.line, start.column
        if offset is not None and hasattr(event, "value"):
            line, column = find_offset(event, self.lines, offset)
        if width is None:
            width = end.column - column if end.line == line and hasattr(event, "value") else 1
        pointer = "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)
        return self.problem_at(message, line, column, width=width, hint=hint, pointer=pointer)

    def problem_at(
        self, message: str, line: int, column: int, *, width: int, hint: str | None = None, pointer: str | None = None
    ) -> Problem:
        """Return a problem at a 0-based line and column of ``text``; of a long line it shows the part around it."""
        text = self.lines[line] if line < len(self.lines) else ""
        excerpt, caret = _clip(text, column)
        return Problem(
            message=message,
            path=self.path,
            line=line + self._first_line,
            column=column + 1,
            excerpt=excerpt if text.strip() else None,
            caret=caret if caret != column + 1 else None,
            width=max(1, min(width, len(text) - column)),
            hint=hint,
            pointer=pointer,
        )

    def marks_in(self, table: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
        """Return line and column, 1-based, of every key of a mapping of this file."""
        first = self._first_line
        marks = getattr(table, "marks", {})
        return {key: ((mark := event.start_mark).line + first, mark.column + 1) for key, (event, _) in marks.items()}

    def _event(self, path: Sequence[str | int], on_key: bool) -> Any:
        value, found = self.root, _Start
        for index, step in enumerate(path):
            if isinstance(value, Table) and step in value.marks:
                found = value.marks[str(step)][0 if on_key and index == len(path) - 1 else 1]
            elif isinstance(value, Row) and isinstance(step, int) and step < len(value):
                found = value.marks[step]
            else:
                break
            value = value[step]
        return found


def _clip(text: str, column: int) -> tuple[str, int]:
    """Return what to show of a line and the 1-based column of the caret in it."""
    if len(text) <= _LONGEST:
        return text, column + 1
    start = max(0, min(column - _LONGEST // 2, len(text) - _LONGEST))
    lead = "…" if start else ""
    tail = "…" if start + _LONGEST < len(text) else ""
    return lead + text[start : start + _LONGEST] + tail, column - start + 1 + len(lead)


class _Mark:
    line = column = 0


class _Start:
    """Stands for the event of the whole file."""

    start_mark = end_mark = _Mark


def parse_yaml(source: bytes | str, *, path: str, first_line: int = 1) -> YamlFile:
    """Return the values of *source* with their places.

    Args:
        path: How problems name the file.
        first_line: Number of the first line, for a part cut out of a larger file.

    Raises:
        PackError: Not UTF-8, not YAML, or something that is refused; one problem, since what follows cannot be read.
            Duplicate keys, tabs and unprintable characters are all named.
    """
    text = _decode(source, path)
    if any(character in text for character in _SUSPECT):
        _refuse_characters(text, path, first_line)
    builder = _Builder(YamlFile(path, text, None, first_line=first_line))
    root = builder.build()
    if builder.problems:
        raise PackError(builder.problems)
    return YamlFile(path, text, root, first_line=first_line)


def _decode(source: bytes | str, path: str) -> str:
    if len(source) > MAX_BYTES:
        raise PackError(Problem(message=say("文件超过 1 MiB", "file larger than 1 MiB"), path=path))
    if isinstance(source, str):
        return source.removeprefix("\ufeff")
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        message = say("文件不是 UTF-8 编码", "the file is not UTF-8")
        hint = say("请用 UTF-8 编码另存", "save it again as UTF-8")
        raise PackError(Problem(message=message, path=path, line=line, hint=hint)) from None


def _refuse_characters(text: str, path: str, first_line: int) -> None:
    file = YamlFile(path, text, None, first_line=first_line)
    problems = []
    for number, line in enumerate(file.lines):
        column = line.find("\t")
        if column >= 0:
            message = say("不能用制表符", "tabs are not allowed")
            hint = say('缩进请用空格；文本里写成 "\\t"', 'indent with spaces; inside a text write "\\t"')
        elif (found := _UNPRINTABLE.search(line)) is not None:
            column = found.start()
            message = say(
                f"不能有控制字符 U+{ord(found[0]):04X}", f"control character U+{ord(found[0]):04X} is not allowed"
            )
            hint = say("删去它，或在双引号中写成转义", "delete it, or write an escape inside double quotes")
        else:
            continue
        # The character itself is shown as a blank, lest the caret stand elsewhere than the column says.
        excerpt = line[:column].rstrip("\t") + " " + line[column + 1 :].replace("\t", " ")
        place = {"path": path, "line": number + first_line, "column": column + 1}
        problems.append(Problem(message=message, excerpt=excerpt, hint=hint, **place))  # type: ignore[arg-type]
    if problems:
        raise PackError(problems)


class _Builder:
    """Walks the parser's events once; never sees an alias resolved, so nothing can grow beyond the text."""

    def __init__(self, file: YamlFile) -> None:
        # Imported here: a run whose packs come from the cache never needs it.
        import yaml

        self._yaml = yaml
        self._scalar_event, self._table_event = yaml.ScalarEvent, yaml.MappingStartEvent
        self._row_end = yaml.SequenceEndEvent
        self._file = file
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self._loader = loader(file.text)
        self._next: Callable[[], Any] = self._loader.get_event
        self._depth = 0
        self.problems: list[Problem] = []

    def build(self) -> Any:
        """Return the value of the one document, None for an empty file."""
        yaml = self._yaml
        try:
            self._next()  # start of the stream
            event = self._next()
            if type(event) is yaml.StreamEndEvent:
                return None
            value = self._value(self._next())
            self._next()  # end of the document
            event = self._next()
        except yaml.MarkedYAMLError as error:
            raise PackError([*self.problems, self._syntax_problem(error)]) from None
        except yaml.YAMLError as error:  # a character that YAML does not have
            _refuse_characters(self._file.text, self._file.path, self._file.place(())[0])
            raise PackError(Problem(message=str(error), path=self._file.path)) from None
        finally:
            self._loader.dispose()
        if type(event) is not yaml.StreamEndEvent:
            self._refuse(event, say("一个文件只能有一个 YAML 文档", "only one YAML document per file"))
        return value

    def _value(self, event: Any) -> Any:
        if event.anchor is not None:
            self._refuse_anchor(event)
        if event.tag is not None:
            self._refuse_tag(event)
        if type(event) is self._scalar_event:
            return self._scalar(event) if event.implicit[0] and event.tag is None else event.value
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._refuse(event, say(f"嵌套超过 {MAX_DEPTH} 层", f"nested deeper than {MAX_DEPTH} levels"))
        value = self._table() if type(event) is self._table_event else self._row()
        self._depth -= 1
        return value

    def _table(self) -> Table:
        following, evaluate, table = self._next, self._value, Table()
        marks = table.marks = {}
        scalar_event = self._scalar_event
        while type(key := following()) is scalar_event:
            name = key.value
            if name in marks or name == "<<" or key.anchor is not None or key.tag is not None:
                self._doubt_key(key, marks)
            event = following()
            marks[name] = key, event
            table[name] = evaluate(event)
        if type(key) is not self._yaml.MappingEndEvent:
            self._refuse_key(key)
        return table

    def _row(self) -> Row:
        following, evaluate, row = self._next, self._value, Row()
        marks = row.marks = []
        end = self._row_end
        while type(event := following()) is not end:
            marks.append(event)
            row.append(evaluate(event))
        return row

    def _scalar(self, event: Any) -> str | Decimal | bool | None:
        value: str = event.value
        if value in _CONSTANTS:
            return _CONSTANTS[value]
        if value[0] in "-0123456789" and _NUMBER.fullmatch(value) is not None:
            if len(value) > MAX_DIGITS:
                self._refuse(event, say(f"数字超过 {MAX_DIGITS} 位", f"number longer than {MAX_DIGITS} characters"))
            return Decimal(value)
        return value

    def _refuse_anchor(self, event: Any) -> None:
        hint = say("请把内容写出来", "write it out")
        if type(event) is self._yaml.AliasEvent:
            self._refuse(event, say("不能用别名（*）", "aliases (*) are not allowed"), hint)
        self._refuse(event, say("不能用锚点（&）", "anchors (&) are not allowed"), hint)

    def _refuse_tag(self, event: Any) -> None:
        if type(event) is self._scalar_event and event.tag in ("!", "tag:yaml.org,2002:str"):
            return
        tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
        self._refuse(event, say(f"不能用标签 {tag}", f"the tag {tag} is not allowed"))

    def _refuse_key(self, key: Any) -> None:
        if type(key) is self._yaml.AliasEvent:
            self._refuse_anchor(key)
        hint = say("以 { 或 [ 开头的文本要加引号", "quote a text that starts with { or [")
        self._refuse(key, say("键必须是文本", "a key must be text"), hint)

    def _doubt_key(self, key: Any, marks: Mapping[str, tuple[Any, Any]]) -> None:
        if key.anchor is not None:
            self._refuse_anchor(key)
        if key.tag is not None:
            self._refuse_tag(key)
        if key.value == "<<" and key.implicit[0]:
            self._refuse(key, say("不能用合并键（<<）", "merge keys (<<) are not allowed"))
        if key.value in marks:
            self._tell_duplicate(key, marks[key.value][0])

    def _tell_duplicate(self, key: Any, first: Any) -> None:
        line = first.start_mark.line + self._file.place(())[0]
        message = say(f"重复的键“{key.value}”", f"duplicate key '{key.value}'")
        self.problems.append(self._problem(key, message, say(f"第一次写在第 {line} 行", f"first given in line {line}")))

    def _refuse(self, event: Any, message: str, hint: str | None = None) -> None:
        raise PackError([*self.problems, self._problem(event, message, hint)])

    def _problem(self, event: Any, message: str, hint: str | None) -> Problem:
        start, end = event.start_mark, event.end_mark
        width = end.column - start.column if end.line == start.line else 1
        return self._at(start.line, start.column, width, message, hint)

    def _at(self, line: int, column: int, width: int, message: str, hint: str | None) -> Problem:
        return self._file.problem_at(message, line, column, width=width, hint=hint)

    def _syntax_problem(self, error: Any) -> Problem:
        # Imported here: only a mistake needs it.
        from perflint.pack.slips import find_slip

        message, hint = explain_syntax(error.problem or error.context or "")
        mark, opened = error.problem_mark or error.context_mark, error.context_mark
        if (slip := find_slip(self._file.lines, mark.line, mark.column)) is not None:
            return self._at(*slip)
        if opened is not None and error.context in _POINT_AT_START:
            return self._at(opened.line, opened.column, 1, message, hint)
        if hint is None and opened is not None and opened.line != mark.line:
            line = opened.line + self._file.place(())[0]
            hint = say(f"所在结构从第 {line} 行开始", f"the structure around it starts in line {line}")
        return self._at(mark.line, mark.column, 1, message, hint)


def explain_syntax(phrase: str) -> tuple[str, str | None]:
    """Return message and hint for a parser's complaint; an unlisted one is passed on as it is."""
    for known, (zh, en), hint in _SYNTAX:
        if known in phrase:
            return say(zh, en), say(*hint) if hint else None
    return say(f"不是有效的 YAML：{phrase}", f"not valid YAML: {phrase}"), None


_QUOTE_COLON = ("文本里有“: ”时要加引号；否则检查缩进", "quote a text that holds ': '; otherwise check the indentation")
# Faults seen only where the text ends; the reader wants to know where the quote or the key began.
_POINT_AT_START = ("while scanning a quoted scalar", "while scanning a simple key")
_INDENT = ("检查缩进、引号和括号", "check indentation, quotes and brackets")
_SYNTAX: tuple[tuple[str, tuple[str, str], tuple[str, str] | None], ...] = (
    ("mapping values are not allowed", ("这里不能再有冒号", "a colon is not allowed here"), _QUOTE_COLON),
    (
        "cannot start any token",
        ("文本不能以这个字符开头", "a text cannot start with this character"),
        ("请加引号", "quote the text"),
    ),
    ("could not find expected ':'", ("这个键后面缺少冒号", "a colon is missing after this key"), _INDENT),
    ("block sequence entries are not allowed", ("这里不能有列表项", "a list item is not allowed here"), _INDENT),
    ("did not find expected key", ("这里应当是一个键", "a key is expected here"), _INDENT),
    ("did not find expected '-' indicator", ("这里应当是列表项", "a list item is expected here"), _INDENT),
    ("but found '<block", ("缩进不对", "wrong indentation"), _INDENT),
    ("found unexpected end of stream", ("文件到此结束，引号没有关闭", "the file ends inside a quoted text"), None),
    ("did not find expected ',' or ']'", ("列表里缺少逗号或 ]", "a comma or ] is missing in the list"), None),
    ("did not find expected ',' or '}'", ("缺少逗号或 }", "a comma or } is missing"), None),
    (
        "unknown escape character",
        ("不认识的转义", "unknown escape"),
        ("表达式请用单引号", "use single quotes for an expression"),
    ),
    ("undefined tag handle", ("不能用标签", "tags are not allowed"), None),
)
