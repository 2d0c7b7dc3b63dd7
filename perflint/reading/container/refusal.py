"""Why a kind of file is not read, and what to do instead."""

from __future__ import annotations

from collections.abc import Mapping

from perflint.language import say
from perflint.reading.container.advice import cut_off, fetch_again, locked, remove_password, use_text
from perflint.reading.container.sniff import Kind


def explain_refusal(kind: Kind) -> tuple[str, str] | None:
    """Return what is wrong with a kind that is not read, and what to do; None for a kind that is."""
    return _list_refusals().get(kind)


def _list_refusals() -> Mapping[Kind, tuple[str, str]]:
    return {
        Kind.EMPTY: (say("文件是空的", "the file is empty"), say("重新取一份", "fetch it again")),
        Kind.JSON: (
            say("文件是 JSON，不是原件", "the file is JSON, not an original file"),
            say("直接用 perflint check 检查", "check it as it is: perflint check"),
        ),
        Kind.XML: (
            say("文件是 XML，不是 perflint 认得的那几种", "the file is XML, but none of the kinds perflint knows"),
            say("用写出它的程序另存为 docx 或 xlsx", "save it as docx or xlsx with the program that wrote it"),
        ),
        Kind.ENCRYPTED: (locked(), remove_password()),
        Kind.IMAGE: (say("文件是图片", "the file is a picture"), use_text()),
        Kind.OFD: (
            say("文件是 OFD，perflint 不读这种格式", "the file is OFD, which perflint does not read"),
            say("打印或另存为 PDF，或改用 Word 文件", "print or save it as PDF, or use the Word file"),
        ),
        Kind.SLIDES: (
            say("文件是幻灯片", "the file is a slide show"),
            say("把里面的表存到 Word 或 Excel 文件里", "save its tables in a Word or Excel file"),
        ),
        Kind.ARCHIVE: (
            say("文件是压缩包", "the file is an archive"),
            say("解压后读里面的文件", "unpack it and read the files inside"),
        ),
        Kind.DAMAGED: (cut_off(), fetch_again()),
        Kind.GARBLED: (
            say(
                "文字里有乱码：既不是完好的 UTF-8、UTF-16，也不是 GB18030（GBK）",
                "garbled text: it is neither sound UTF-8 or UTF-16 nor GB18030 (GBK)",
            ),
            say(
                "重新取一份；或用记事本打开，确认没有乱码后另存为 UTF-8",
                "fetch it again, or open it in a text editor, make sure that it reads well and save it as UTF-8",
            ),
        ),
        Kind.BINARY: (
            say("文件不是 perflint 能读的格式", "the file is none of the formats perflint reads"),
            say("另存为 docx、xlsx、HTML 或 PDF", "save it as docx, xlsx, HTML or PDF"),
        ),
    }
