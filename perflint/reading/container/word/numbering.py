"""Work out the labels of automatic lists (一、 1. （1） ①), which Word shows but does not store as text.

Source: ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (number formats).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from perflint.reading.container import numeral
from perflint.reading.container.xml import Element, local_name
from perflint.record import dataclass, field

_PLACE = re.compile(r"%([1-9])")
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": "{:02d}".format,
    "decimalFullWidth": lambda n: str(n).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)}),
    "decimalEnclosedCircle": numeral.write_circled,
    "decimalEnclosedCircleChinese": numeral.write_circled,
    "chineseCounting": numeral.write_chinese,
    "chineseCountingThousand": numeral.write_chinese,
    "japaneseCounting": numeral.write_chinese,
    "taiwaneseCounting": numeral.write_chinese,
    "taiwaneseCountingThousand": numeral.write_chinese,
    "ideographDigital": lambda n: numeral.write_digits(str(n)),
    "japaneseDigitalTenThousand": lambda n: numeral.write_digits(str(n)),
    "chineseLegalSimplified": lambda n: numeral.write_chinese(n, legal=True),
    "ideographTraditional": lambda n: "甲乙丙丁戊己庚辛壬癸"[(n - 1) % 10],
    "lowerLetter": numeral.write_letter,
    "upperLetter": lambda n: numeral.write_letter(n).upper(),
    "lowerRoman": numeral.write_roman,
    "upperRoman": lambda n: numeral.write_roman(n).upper(),
}
_LONGEST = 100  # characters of what a level shows around its number; a label is shown with every paragraph
_LONGEST_NUMBER = 9
_SUFFIXES = {"nothing": "", "space": " ", "tab": " "}


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of a list: how it counts and what it shows around the number."""

    start: int
    form: str
    text: str
    suffix: str
    plain: bool


@dataclass(slots=True, kw_only=True)
class _List:
    """A list definition with its running counts: lists of one definition count on together."""

    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one document. ``next_label`` must be asked once per paragraph, in document order."""

    __slots__ = ("_abstract", "_lists", "_starts", "_used")

    def __init__(self, root: Element | None) -> None:
        """Take the root of the numbering part, or None when the document has no lists."""
        self._abstract: dict[str, _List] = {}
        self._lists: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._used: set[str] = set()
        for element in root if root is not None else ():
            name = local_name(element)
            if name == "abstractNum":
                self._abstract[attribute(element, "abstractNumId")] = _List(
                    levels=dict(map(_read_level, _levels(element)))
                )
            elif name == "num":
                self._read_list(element)

    def _read_list(self, element: Element) -> None:
        number = attribute(element, "numId")
        self._lists[number] = child_value(element, "abstractNumId") or ""
        self._starts[number] = {
            _read_int(attribute(override, "ilvl"), 0): _read_int(child_value(override, "startOverride"), 1)
            for override in element.iterfind("{*}lvlOverride")
            if child_value(override, "startOverride") is not None
        }

    def next_label(self, number: str, level: int) -> str:
        """Count one paragraph of list *number* and return its label with the gap after it; "" for bullets."""
        found = self._abstract.get(self._lists.get(number, ""))
        if found is None or level not in found.levels:
            return ""
        if number not in self._used:
            self._used.add(number)
            for place, start in self._starts[number].items():
                found.counts[place] = start - 1
        found.counts[level] = found.counts.get(level, found.levels[level].start - 1) + 1
        for deeper in [place for place in found.counts if place > level]:
            del found.counts[deeper]
        return _show(found, level)


def _show(found: _List, level: int) -> str:
    shown = found.levels[level]
    if shown.form in ("bullet", "none") and "%" not in shown.text:
        return ""

    def fill(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        part = found.levels.get(place, shown)
        form = "decimal" if shown.plain else part.form
        return _FORMATS.get(form, str)(found.counts.get(place, part.start))

    text = _PLACE.sub(fill, shown.text)
    return text + shown.suffix if text else ""


def _levels(element: Element) -> list[Element]:
    return list(element.iterfind("{*}lvl"))


def _read_level(element: Element) -> tuple[int, Level]:
    plain = element.find("{*}isLgl") is not None
    return _read_int(attribute(element, "ilvl"), 0), Level(
        start=_read_int(child_value(element, "start"), 1),
        form=child_value(element, "numFmt") or "decimal",
        text=(child_value(element, "lvlText") or "")[:_LONGEST],
        suffix=_SUFFIXES.get(child_value(element, "suff") or "tab", " "),
        plain=plain,
    )


def attribute(element: Element, name: str) -> str:
    """Return the attribute *name* in whatever namespace; "" when absent."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def child_value(element: Element | None, name: str) -> str | None:
    """Return the ``val`` of the child *name*: "" when the child has none, None when there is no such child."""
    child = None if element is None else element.find(f"{{*}}{name}")
    return None if child is None else attribute(child, "val")


def _read_int(text: str | None, otherwise: int) -> int:
    try:
        return int(text or "") if len(text or "") <= _LONGEST_NUMBER else otherwise
    except ValueError:
        return otherwise
