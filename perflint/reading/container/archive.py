"""Open the zip formats of office programs (docx, xlsx) within limits, and follow their relationships.

Source: ECMA-376 part 2, Open Packaging Conventions.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from perflint.language import say
from perflint.reading.container.advice import cut_off, fetch_again, locked, remove_password, save_anew, split_file
from perflint.reading.container.contents import LIMITS, ReadingLimits, refuse
from perflint.reading.container.xml import Element, parse_xml

_RATIO_FROM = 1_000_000


class Relation(NamedTuple):
    """A link from one part to another; ``kind`` is the last word of its type (``header``, ``image``, ``worksheet``)."""

    id: str
    kind: str
    target: str


class Archive:
    """An opened zip format. Part names have no leading slash and are looked up without regard to case."""

    __slots__ = ("_limits", "_members", "_zip", "file")

    def __init__(self, data: bytes, file: str, limits: ReadingLimits = LIMITS) -> None:
        """Open *data*.

        Raises:
            DocumentError: No zip, encrypted, or over the limits for members, sizes and ratio.
        """
        self.file = file
        self._limits = limits
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise refuse(file, cut_off(), fetch_again()) from error
        _check_members(members, file, limits)
        self._members = {_fold(member.filename): member for member in members}

    def __contains__(self, part: str) -> bool:
        return _fold(part) in self._members

    def read(self, part: str) -> bytes:
        """Return the bytes of *part*.

        Raises:
            DocumentError: There is no such part, or it cannot be unpacked.
        """
        member = self._members.get(_fold(part))
        if member is None:
            message = say(f"文件里没有 {part} 这一部分", f"the file has no part {part}")
            raise refuse(self.file, message, save_anew())
        if member.file_size > self._limits.part_bytes:
            size = member.file_size
            message = say(f"{part} 解压后有 {size} 字节，太大", f"unpacked, {part} has {size} bytes, too many")
            raise refuse(self.file, message, split_file())
        try:
            return self._zip.read(member)
        except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError) as error:
            message = say(f"{part} 已损坏，解压不了", f"{part} is damaged and cannot be unpacked")
            raise refuse(self.file, message, fetch_again()) from error

    def parse(self, part: str) -> Element:
        """Return the XML root of *part*. Raises: as ``read`` and ``parse_xml``."""
        return parse_xml(self.read(part), part, self.file)

    def relations(self, part: str) -> tuple[Relation, ...]:
        """Return the relationships of *part* (``""`` is the package itself) that stay inside the file."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        return tuple(_list_relations(self.parse(rels), folder)) if rels in self else ()

    def find_main(self, fallback: str) -> str:
        """Return the part that the package names as its document, else *fallback*."""
        for relation in self.relations(""):
            if relation.kind == "officeDocument" and relation.target in self:
                return relation.target
        return fallback


def _list_relations(root: Element, folder: str) -> Iterator[Relation]:
    for element in root.iter("{*}Relationship"):
        target = element.get("Target", "")
        if element.get("TargetMode") == "External" or not target:
            continue
        place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        yield Relation(element.get("Id", ""), element.get("Type", "").rpartition("/")[2], place)


def _fold(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").lower()


def _check_members(members: list[zipfile.ZipInfo], file: str, limits: ReadingLimits) -> None:
    if len(members) > limits.members:
        number, most = len(members), limits.members
        message = say(f"文件有 {number} 个部分，超过 {most} 个", f"the file has {number} parts, more than {most}")
        raise refuse(file, message, save_anew())
    total = 0
    for member in members:
        if member.flag_bits & 1:
            raise refuse(file, locked(), remove_password())
        if not member.filename.lower().endswith((".xml", ".rels", ".vml", ".bin")):
            continue  # pictures are never unpacked
        total += member.file_size
        stretched = member.file_size > _RATIO_FROM and member.file_size > limits.ratio * max(member.compress_size, 1)
        if member.file_size > limits.part_bytes or total > limits.unpacked_bytes or stretched:
            name = member.filename
            message = say(
                f"{name} 连同前面各部分解压后太大（{total} 字节）",
                f"unpacked, {name} and the parts before it are too large ({total} bytes)",
            )
            hint = say("删去不用的工作表、行和样式后另存", "delete unused sheets, rows and styles, and save it anew")
            raise refuse(file, message, hint)
