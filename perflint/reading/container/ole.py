"""List the streams at the top of an OLE file (doc, xls, wps, et), to tell which program wrote it.

Only the root storage counts: a Word file with an embedded sheet has a ``Workbook`` stream further down.
Source: [MS-CFB] Compound File Binary File Format, sections 2.2, 2.3 and 2.6.
"""

from __future__ import annotations

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_STREAM = 0xFFFFFFFF
_LAST_SECTOR = 0xFFFFFFFA  # values above mark the end of a chain
_ENTRY = 128
_SHIFTS = (9, 12)  # sectors of 512 or 4096 bytes; there are no others
_SHORT = 4096  # streams below this many bytes lie in the mini stream


def list_root_names(data: bytes) -> frozenset[str]:
    """Return the names of the root storage's direct children; empty when *data* is damaged."""
    try:
        directory = _read_directory(data)
    except (struct.error, IndexError):
        return frozenset()
    return frozenset(_walk(directory))


def has_password(data: bytes) -> bool:
    """Whether *data* is a Word file whose text is encrypted; False when that cannot be told.

    Source: [MS-DOC] 2.5.2 (FibBase): ``fEncrypted`` is bit 8 of the flags at byte 10 of the ``WordDocument`` stream.
    """
    try:
        size = _read_sector_size(data)
        directory = _read_directory(data)
        start = _find_stream(directory, "WordDocument")
        flags = struct.unpack_from("<H", data, (start + 1) * size + 10)[0] if start is not None else 0
    except (struct.error, IndexError):
        return False
    return bool(flags & 0x0100)


def _find_stream(directory: bytes, name: str) -> int | None:
    """Return the first sector of the stream *name*; short ones, in sectors of their own, are none of Word's."""
    wanted = name.encode("utf-16-le")
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        entry = directory[at : at + _ENTRY]
        if entry.startswith(wanted + b"\x00\x00"):
            start, length = struct.unpack_from("<IQ", entry, 116)
            return start if length >= _SHORT else None
    return None


def _read_directory(data: bytes) -> bytes:
    size = _read_sector_size(data)
    first = struct.unpack_from("<I", data, 48)[0]
    table = _read_allocation_table(data, size)
    sectors: list[bytes] = []
    sector = first
    while sector < _LAST_SECTOR and len(sectors) <= len(table):
        sectors.append(data[(sector + 1) * size : (sector + 2) * size])
        sector = table[sector]
    return b"".join(sectors)


def _read_sector_size(data: bytes) -> int:
    shift: int = struct.unpack_from("<H", data, 30)[0]
    if shift not in _SHIFTS:
        raise struct.error
    return 1 << shift


def _read_allocation_table(data: bytes, size: int) -> list[int]:
    # The header lists the first 109 table sectors; a directory beyond them means a file far over the size limit.
    places = [place for place in struct.unpack_from("<109I", data, 76) if place < _LAST_SECTOR]
    table: list[int] = []
    for place in places:
        table.extend(struct.unpack_from(f"<{size // 4}I", data, (place + 1) * size))
    return table


def _walk(directory: bytes) -> list[str]:
    names: list[str] = []
    waiting = [struct.unpack_from("<I", directory, 76)[0]] if len(directory) >= _ENTRY else []
    seen: set[int] = set()
    while waiting:
        index = waiting.pop()
        start = index * _ENTRY
        if index == _NO_STREAM or index in seen or start + _ENTRY > len(directory):
            continue
        seen.add(index)
        length = struct.unpack_from("<H", directory, start + 64)[0]
        names.append(directory[start : start + max(length - 2, 0)].decode("utf-16-le", "replace"))
        waiting.extend(struct.unpack_from("<II", directory, start + 68))
    return names
