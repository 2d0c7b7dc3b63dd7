"""Tell what a file is by its content: the extension is a rumour (HTML saved as ``.xls`` is a common export)."""

from __future__ import annotations

import io
import json
import re
import zipfile
from enum import StrEnum
from typing import NamedTuple

from perflint.reading.container import ole


class Kind(StrEnum):
    """What a file is; the value is its media type."""

    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    XLSB = "application/vnd.ms-excel.sheet.binary.macroEnabled.12"
    DOC = "application/msword"
    XLS = "application/vnd.ms-excel"
    RTF = "application/rtf"
    WORD_XML = "application/vnd.ms-word+xml"
    SPREADSHEET_XML = "application/vnd.ms-excel+xml"
    ODT = "application/vnd.oasis.opendocument.text"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    FLAT_ODT = "application/vnd.oasis.opendocument.text-flat-xml"
    FLAT_ODS = "application/vnd.oasis.opendocument.spreadsheet-flat-xml"
    PDF = "application/pdf"
    HTML = "text/html"
    MHTML = "multipart/related"
    JSON = "application/json"
    XML = "application/xml"
    TEXT = "text/plain"
    GARBLED = "text/x-garbled"
    OFD = "application/ofd"
    SLIDES = "application/vnd.ms-powerpoint"
    IMAGE = "image/*"
    ENCRYPTED = "application/x-encrypted-office"
    ARCHIVE = "application/zip"
    DAMAGED = "application/x-damaged"
    BINARY = "application/octet-stream"
    EMPTY = "application/x-empty"


class Decoded(NamedTuple):
    """Text and the encoding it came in (``utf-8``, ``utf-16-le``, ``utf-16-be``, ``gb18030``)."""

    text: str
    encoding: str


_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", Kind.PDF),
    (b"{\\rtf", Kind.RTF),
    (b"\x89PNG", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),
    (b"MM\x00*", Kind.IMAGE),
    (b"BM", Kind.IMAGE),
    (b"Rar!", Kind.ARCHIVE),
    (b"7z\xbc\xaf", Kind.ARCHIVE),
    (b"\x1f\x8b", Kind.ARCHIVE),
)
_ZIP_MEMBERS: tuple[tuple[str, Kind], ...] = (
    ("word/", Kind.DOCX),
    ("xl/workbook.bin", Kind.XLSB),
    ("xl/", Kind.XLSX),
    ("ppt/", Kind.SLIDES),
    ("ofd.xml", Kind.OFD),
)
_OLE_STREAMS: tuple[tuple[str, Kind], ...] = (
    ("EncryptedPackage", Kind.ENCRYPTED),
    ("WordDocument", Kind.DOC),
    ("Workbook", Kind.XLS),
    ("Book", Kind.XLS),
    ("PowerPoint Document", Kind.SLIDES),
)
_MANIFEST = "META-INF/manifest.xml"  # of ODF: its entry for an encrypted part says how
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|table|meta|frameset|div|p|center|style)[\s>/]", re.IGNORECASE)
_MHTML = re.compile(r"(?:[A-Za-z-]+:.*\n(?:[ \t].*\n)*)*?MIME-Version:", re.IGNORECASE)
_HEAD = 4096
_START = 1_000_000
_REPLACED = "\ufffd"
_ODD_SHARE = 10  # text with more than one character in ten that is none is no text
_ASCII_SHARE = 60  # at least one character in thirty of a table is ASCII


def sniff(data: bytes) -> Kind:
    """Return what *data* is. Never raises: what nobody knows is ``Kind.BINARY``."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return Kind.EMPTY
    if data.startswith(b"PK\x03\x04"):
        return _sniff_zip(data)
    if data.startswith(ole.MAGIC):
        return _sniff_ole(data)
    if b"%PDF-" in data[:1024]:  # readers accept a few bytes of junk before the mark
        return Kind.PDF
    decoded = decode(data)
    for magic, kind in _MAGIC:
        # A text may begin with BM or GIF8, but none with bytes that are no text.
        if data.startswith(magic) and (decoded is None or kind is Kind.RTF or not magic.isascii()):
            return kind
    if decoded is None:
        return Kind.GARBLED if _is_garbled(data) else Kind.BINARY
    return _sniff_text(decoded.text)


def decode(data: bytes) -> Decoded | None:
    """Decode text: byte order mark, UTF-8, UTF-16 without mark, then GB18030; None when none of them fits.

    Damaged UTF-8 often decodes as GB18030 too, into characters that nobody wrote: it is refused.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return _try(data[len(mark) :], encoding)
    known = _try(data, "utf-8") or _try_bare_utf16(data)
    return known or (None if _is_damaged_utf8(data) else _try(data, "gb18030"))


def _is_damaged_utf8(data: bytes) -> bool:
    """Tell whether more characters are UTF-8 than are not; in Chinese text of another encoding hardly any is."""
    text = data.decode("utf-8", "replace")
    broken = text.count(_REPLACED)
    return sum(1 for character in text if character > "\x7f") > 2 * broken


def _is_garbled(data: bytes) -> bool:
    """Tell text with some bytes that are none from what is no text at all."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, "replace")
        if sum(map(_is_odd, text)) * _ODD_SHARE <= len(text):
            return True
    return False


def _is_odd(character: str) -> bool:
    """Tell whether it is no character of a text: a control, or what stands for bytes that are none."""
    return character == _REPLACED or (character < " " and character not in "\t\r\n\f\v")


def _try(data: bytes, encoding: str) -> Decoded | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else Decoded(text, encoding)


def _try_bare_utf16(data: bytes) -> Decoded | None:
    # Line ends and ASCII digits give it away: every table has many, and the upper half of each is zero. The lower half
    # of 一 is zero too.
    first, second = data[0::2].count(0), data[1::2].count(0)
    if len(data) % 2 or max(first, second) * _ASCII_SHARE < len(data) or max(first, second) <= 3 * min(first, second):
        return None
    decoded = _try(data, "utf-16-le" if second > first else "utf-16-be")
    return None if decoded is None or any(map(_is_odd, decoded.text)) else decoded


def _sniff_zip(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name.replace("\\", "/").lower() for name in archive.namelist()]
            mimetype = _read_start(archive, "mimetype").decode("ascii", "replace")
            locked = b"encryption-data" in _read_start(archive, _MANIFEST)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError, KeyError):
        return Kind.DAMAGED
    for kind in (Kind.ODT, Kind.ODS):
        if mimetype.startswith(kind.value):
            return Kind.ENCRYPTED if locked else kind
    for prefix, kind in _ZIP_MEMBERS:
        if any(name.startswith(prefix) for name in names):
            return kind
    return Kind.ARCHIVE


def _read_start(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the beginning of a member, nothing when there is none: whatever it claims to be, it costs little."""
    if name not in archive.namelist():
        return b""
    with archive.open(name) as member:
        return member.read(_START)


def _sniff_ole(data: bytes) -> Kind:
    names = ole.list_root_names(data)
    if not names:  # its directory, at the end of many files, is cut off
        return Kind.DAMAGED
    kind = next((kind for stream, kind in _OLE_STREAMS if stream in names), Kind.BINARY)
    return Kind.ENCRYPTED if kind is Kind.DOC and ole.has_password(data) else kind


def _sniff_text(text: str) -> Kind:
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    if head.startswith("<"):
        return _sniff_markup(head)
    if head.startswith(("{", "[")) and _is_json(text):
        return Kind.JSON
    if "multipart/related" in head and _MHTML.match(head.replace("\r", "")):
        return Kind.MHTML
    return Kind.TEXT


def _sniff_markup(head: str) -> Kind:
    if "urn:schemas-microsoft-com:office:spreadsheet" in head and "<html" not in head.lower():
        return Kind.SPREADSHEET_XML
    if 'progid="Word.Document"' in head or "http://schemas.microsoft.com/office/word/2003/wordml" in head:
        return Kind.WORD_XML
    if "<office:document" in head:
        return Kind.FLAT_ODS if Kind.ODS.value in head else Kind.FLAT_ODT
    if _HTML.search(head):
        return Kind.HTML
    return Kind.XML if head.startswith("<?xml") else Kind.TEXT


def _is_json(text: str) -> bool:
    try:
        json.loads(text, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        return False
    return True
