"""Parse XML that strangers wrote: no entities, no network, no deep or huge trees."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from perflint.language import say
from perflint.reading.container.advice import fetch_again, save_anew
from perflint.reading.container.contents import load_library, refuse, refuse_marks

Element: TypeAlias = Any  # lxml ships no types

_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# An ASCII pattern misses a UTF-16 part, so those are searched for the same letters with zeros between.
_WIDE_DECLARATION = re.compile(
    rb"<\x00?!\x00?(?:D\x00O\x00C\x00T\x00Y\x00P\x00E|E\x00N\x00T\x00I\x00T\x00Y)", re.IGNORECASE
)


def parse_xml(data: bytes, part: str, file: str) -> Element:
    """Return the root of *data*.

    Raises:
        DocumentError: *part* declares a document type or entities, is not well-formed, nests too deep or is too large.
    """
    etree = load_library("lxml.etree", file)
    refuse_declarations(data, part, file)
    refuse_marks(data, part, file)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _broken(part, file, error) from error


def iterate_xml(data: bytes, tags: tuple[str, ...], part: str, file: str) -> Iterator[Element]:
    """Yield the finished elements named ``*:tag``, without keeping the whole tree in memory.

    Raises:
        DocumentError: As for ``parse_xml``.
    """
    etree = load_library("lxml.etree", file)
    refuse_declarations(data, part, file)
    wanted = tuple(f"{{*}}{tag}" for tag in tags)
    events = etree.iterparse(
        io.BytesIO(data), tag=wanted, resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    try:
        for _, element in events:
            yield element
            element.clear(keep_tail=True)
    except etree.XMLSyntaxError as error:
        raise _broken(part, file, error) from error


def refuse_declarations(data: bytes, part: str, file: str) -> None:
    """Refuse a document type or entities: office programs never write them, attackers do.

    Raises:
        DocumentError: One of them is there.
    """
    if _DECLARATION.search(data) or _WIDE_DECLARATION.search(data):
        message = say(
            f"{part} 声明了文档类型或实体，不予读取", f"{part} declares a document type or entities, which is refused"
        )
        raise refuse(file, message, save_anew())


def local_name(element: Element) -> str:
    """Return the tag without its namespace; "" for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _broken(part: str, file: str, error: Exception) -> Exception:
    line, column = getattr(error, "position", (0, 0))
    message = say(
        f"{part} 已损坏，第 {line} 行第 {column} 列处不是完好的 XML",
        f"{part} is damaged: no well-formed XML at line {line}, column {column}",
    )
    return refuse(file, message, fetch_again())
