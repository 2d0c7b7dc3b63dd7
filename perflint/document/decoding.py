"""Bytes → text. JSON is UTF-8; UTF-16 and UTF-32 are read when a byte order mark says so; nothing is guessed."""

from __future__ import annotations

import codecs

from perflint.document.limits import Limits
from perflint.errors import DocumentError, Problem
from perflint.language import say
from perflint.pattern import LazyPattern

_STRING = LazyPattern(r'"(?:[^"\\]|\\.)*+"')
# Longest mark first: the UTF-32 mark begins with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE_MARKS = tuple(mark for mark, encoding in _MARKS if encoding != "utf-8")
# First bytes of what people hand over instead of JSON.
_FOREIGN = (
    (b"PK\x03\x04", "docx / xlsx"),
    (b"\xd0\xcf\x11\xe0", "doc / xls"),
    (b"%PDF", "pdf"),
)


def decode_text(source: bytes, *, path: str | None, limits: Limits, line: int = 1) -> str:
    """Return the text of *source*, without a byte order mark.

    A file in GB18030 or GBK is refused with advice, not read: damaged UTF-8 often decodes as GB18030 too, and a linter
    must not check characters that nobody wrote.

    Args:
        line: The number of the first line, for messages.

    Raises:
        DocumentError: *source* is too large, or is not text in an encoding that JSON allows.
    """
    check_size(len(source), path=path, limits=limits, line=line)
    for magic, kind in _FOREIGN:
        if source.startswith(magic):
            raise DocumentError(_describe_foreign(kind, path))
    if b"\x00" in source[:4] and not source.startswith(_WIDE_MARKS):
        raise DocumentError(_describe_unmarked(path))
    encoding, start = _read_mark(source)
    try:
        return source[start:].decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(_describe_failure(source[start:], encoding, error, path, line)) from None


def check_values(text: str, *, path: str | None, limits: Limits, line: int | None = None) -> None:
    """Raise ``DocumentError`` when JSON text parts more values than a document may have, before any is read."""
    if text.count(",") <= limits.values:
        return
    parted = _STRING.sub("", text).count(",")
    if parted > limits.values:
        most = limits.values
        message = say(f"超过 {most} 个值，没有检查", f"more than {most} values; it was not checked")
        raise DocumentError(Problem(message=message, path=path, line=line, hint=_split()))


def check_size(size: int, *, path: str | None, limits: Limits, line: int | None = None) -> None:
    """Raise ``DocumentError`` when *size* bytes are more than a document may have."""
    if size > limits.size:
        raise DocumentError(
            Problem(
                message=say(
                    f"文档超过上限 {limits.size} 字节，没有检查",
                    f"the document is larger than the limit of {limits.size} bytes; it was not checked",
                ),
                path=path,
                line=line,
                hint=_split(),
            )
        )


def _split() -> str:
    return say("把文件拆成几个文档", "split the file into several documents")


def _read_mark(source: bytes) -> tuple[str, int]:
    for mark, encoding in _MARKS:
        if source.startswith(mark):
            return encoding, len(mark)
    return "utf-8", 0


def _describe_foreign(kind: str, path: str | None) -> Problem:
    return Problem(
        message=say(f"这不是 JSON，而是 {kind} 文件", f"this is not JSON but a {kind} file"),
        path=path,
        hint=say(
            "先用 perflint read 转成 JSON，或安装 read 附加包后直接检查",
            "convert it with perflint read, or install the read extra to check it directly",
        ),
    )


def _describe_unmarked(path: str | None) -> Problem:
    return Problem(
        message=say(
            "文件看来是没有字节顺序标记的 UTF-16 或 UTF-32",
            "the file seems to be UTF-16 or UTF-32 without a byte order mark",
        ),
        path=path,
        hint=say("用 UTF-8 重新保存", "save it again as UTF-8"),
    )


def _describe_failure(source: bytes, encoding: str, error: UnicodeDecodeError, path: str | None, line: int) -> Problem:
    from perflint.document.excerpt import build_problem

    shown_as = "gb18030" if encoding == "utf-8" and _looks_like_gb18030(source) else encoding
    offset = len(source[: error.start].decode(shown_as, errors="ignore"))
    text = source.decode(shown_as, errors="replace")
    message, hint = _diagnose(source, encoding, error)
    return build_problem(text, offset, message=message, hint=hint, path=path, first_line=line)


def _diagnose(source: bytes, encoding: str, error: UnicodeDecodeError) -> tuple[str, str]:
    byte = source[error.start]
    if encoding != "utf-8":
        return (
            say(f"文件开头标明是 {encoding}，但内容不是", f"the file is marked as {encoding}, but its bytes are not"),
            say("用 UTF-8 重新保存", "save it again as UTF-8"),
        )
    if _looks_like_gb18030(source):
        return (
            say("文件不是 UTF-8，看来是 GB18030（GBK）编码", "the file is not UTF-8; it seems to be GB18030 (GBK)"),
            say(
                "另存为 UTF-8，或运行 iconv -f GB18030 -t UTF-8 旧文件 > 新文件",
                "save it as UTF-8, or run: iconv -f GB18030 -t UTF-8 OLD > NEW",
            ),
        )
    return (
        say(
            f"这里有一个不是 UTF-8 的字节 0x{byte:02X}，文件可能已损坏",
            f"byte 0x{byte:02X} here is not UTF-8; the file may be damaged",
        ),
        say("从原处重新取得文件，并用 UTF-8 保存", "get the file again from its source and save it as UTF-8"),
    )


def _looks_like_gb18030(source: bytes) -> bool:
    """Tell Chinese text in GB18030 from UTF-8 that lost some bytes: in the former hardly any sequence is UTF-8."""
    replaced = source.decode("utf-8", errors="replace")
    broken = replaced.count("\ufffd")
    sound = sum(1 for character in replaced if character > "\x7f") - broken
    if sound >= broken:
        return False
    try:
        source.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True
