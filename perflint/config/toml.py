"""[tool.perflint] of a pyproject.toml, with the place of each setting, which the parser itself does not tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from perflint.bounded import MOST_WRITTEN
from perflint.errors import ConfigError, Problem
from perflint.language import say

_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")
_LONG_KEY = re.compile(r"(?<![\w.-])(?:[\w-]++[ \t]*+\.[ \t]*+){100}")
_LONG_NUMBER = re.compile(r"[0-9_]{4300,}")  # what Python reads no whole number of
_LARGEST_POWER = 30
_HEADER = re.compile(r"\s*\[+\s*([^\]]*?)\s*\]+")


class TomlFile:
    """The table ``tool.perflint`` of one file.

    Attributes:
        root: Its settings; numbers are ``Decimal``.
    """

    __slots__ = ("_lines", "path", "root")

    def __init__(self, path: str, text: str, root: Any) -> None:
        self.path, self.root = path, root
        self._lines = text.splitlines()

    def problem(
        self, message: str, path: Sequence[str | int] = (), *, on_key: bool = False, hint: str | None = None
    ) -> Problem:
        """Return a problem at the setting *path*, at its line at least."""
        line, column, width = self._find(path, on_key=on_key)
        excerpt = self._lines[line - 1] if line else None
        return Problem(
            message=message,
            path=self.path,
            line=line or None,
            column=column or None,
            excerpt=excerpt,
            width=width,
            hint=hint,
        )

    def _find(self, path: Sequence[str | int], *, on_key: bool) -> tuple[int, int, int]:
        line, start = self._find_header(()), 0
        width = len(self._lines[line - 1]) if line else 1
        table: tuple[str, ...] = ()
        value: Any = self.root
        for step in path:
            key = str(step) if isinstance(step, str) else None
            value = value[step]
            if key is None:
                found = self._find_text(str(value), line)
            else:
                found = self._find_key(key, table)
                table = (*table, key)
            if found is None:
                break
            line, start, width = found
        if path and not on_key and isinstance(path[-1], str) and isinstance(value, str | Decimal):
            line, start, width = self._find_text(str(value), line) or (line, start, width)
        return line, start + 1, width

    def _find_header(self, table: Sequence[str]) -> int:
        wanted = ["tool", "perflint", *table]
        for number, line in enumerate(self._lines, 1):
            header = _HEADER.match(line)
            if header is not None and [part.strip().strip("\"'") for part in header[1].split(".")] == wanted:
                return number
        return 0

    def _find_key(self, key: str, table: Sequence[str]) -> tuple[int, int, int] | None:
        own = self._find_header((*table, key))
        if own:
            return own, self._lines[own - 1].index(key), len(key)
        start = self._find_header(table) or self._find_header(())
        pattern = re.compile(rf"(?<![\w-])[\"']?({re.escape(key)})[\"']?\s*=")
        for number in range(start, len(self._lines)):
            if _HEADER.match(self._lines[number]):
                break
            found = pattern.search(self._lines[number])
            if found is not None:
                return number + 1, found.start(1), len(key)
        return None

    def _find_text(self, text: str, line: int) -> tuple[int, int, int] | None:
        for number in range(max(line - 1, 0), len(self._lines)):
            equals = self._lines[number].find("=") + 1 if number == line - 1 else 0
            start = self._lines[number].find(text, equals)
            if start >= 0:
                return number + 1, start, len(text)
        return None


def parse_toml(source: bytes, *, path: str) -> TomlFile:
    """Return the table ``tool.perflint`` of *source*.

    Raises:
        ConfigError: Not TOML, or no such table.
    """
    # Imported here: only this kind of configuration needs it.
    import tomllib

    if len(source) > MOST_WRITTEN:
        raise ConfigError(Problem(message=say("文件超过 1 MiB", "file larger than 1 MiB"), path=path))
    try:
        text = source.decode()
        if (found := _LONG_KEY.search(text)) is not None:  # for which the parser takes time with its square
            raise _refuse_depth(path, line=text.count("\n", 0, found.start()) + 1)
        root = tomllib.loads(text, parse_float=Decimal)
    except RecursionError:
        raise _refuse_depth(path) from None
    except UnicodeDecodeError:
        raise ConfigError(Problem(message=say("文件不是 UTF-8 编码", "the file is not UTF-8"), path=path)) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(_syntax_problem(str(error), text, path)) from None
    except ValueError:  # what Python itself refuses
        message = say("里面有位数太多的整数", "it holds a whole number of too many digits")
        found = _LONG_NUMBER.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found is not None else None
        raise ConfigError(Problem(message=message, path=path, line=line)) from None
    tool = root.get("tool")
    table = tool.get("perflint") if isinstance(tool, dict) else None
    if table is None:
        message = say("没有 [tool.perflint]", "there is no [tool.perflint]")
        raise ConfigError(Problem(message=message, path=path))
    return TomlFile(path, text, _with_decimals(table))


def _refuse_depth(path: str, line: int | None = None) -> ConfigError:
    return ConfigError(Problem(message=say("嵌套太深", "nested too deeply"), path=path, line=line))


def _syntax_problem(told: str, text: str, path: str) -> Problem:
    place = _PLACE.search(told)
    message = say(f"不是有效的 TOML：{_PLACE.sub('', told)}", f"not valid TOML: {_PLACE.sub('', told)}")
    if place is None:
        return Problem(message=message, path=path)
    line, column = int(place[1]), int(place[2])
    lines = text.splitlines()
    excerpt = lines[line - 1] if line <= len(lines) else ""
    return Problem(message=message, path=path, line=line, column=column, excerpt=excerpt)


def _with_decimals(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_decimals(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_with_decimals(part) for part in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, Decimal) and not (value.is_finite() and abs(value.adjusted()) <= _LARGEST_POWER):
        return str(value)  # no setting is such a number, and to compare one may take all memory
    return value if isinstance(value, str | bool | Decimal) else str(value)
