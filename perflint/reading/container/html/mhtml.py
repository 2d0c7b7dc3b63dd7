"""Read pages packed with their pictures (MHTML), a format systems export as ``.doc`` and ``.xls``.

    mhtml ──mail parts──▶ html ──▶ Contents

Source: RFC 2557.
"""

from __future__ import annotations

import email
import email.policy

from perflint.errors import Problem
from perflint.language import say
from perflint.reading.container.advice import save_anew
from perflint.reading.container.contents import LIMITS, Contents, ReadingLimits, refuse
from perflint.reading.container.html.page import read_html
from perflint.reading.grid import Grid, Paragraph


def read_mhtml(data: bytes, file: str, limits: ReadingLimits = LIMITS) -> Contents:
    """Read a page packed with its pictures (MHTML, also saved as ``.doc`` or ``.xls``).

    Raises:
        DocumentError: As ``read_html``, or it holds no page.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    blocks: list[Grid | Paragraph] = []
    notices: list[Problem] = []
    found = cut = False
    for part in message.walk():
        if part.get_content_type() != "text/html":
            continue
        packed = part.get_payload(decode=True)
        page = packed if isinstance(packed, bytes) else b""
        if b"<frameset" in page.lower():
            continue
        found = True
        contents = read_html(_with_charset(page, part.get_content_charset()), file, limits)
        blocks += contents.blocks
        notices += contents.notices
        cut = contents.cut
    if not found:
        raise refuse(file, say("文件里没有网页", "the file holds no page"), save_anew("docx"))
    return Contents(tuple(blocks), tuple(notices), cut=cut)


def _with_charset(page: bytes, charset: str | None) -> bytes:
    if not charset:
        return page
    try:
        return page.decode(charset).encode("utf-8-sig")
    except (LookupError, UnicodeDecodeError):
        return page
