"""Read Word 2003 XML (xml, or doc by name): one file whose body is written nearly as that of a docx.

WordprocessingML 2003 ──prepare──▶ the elements of a docx ──Walker──▶ Contents

LibreOffice loses the vertical merges of these files, so that they are not read through it.
Source: Microsoft, Overview of WordprocessingML (Office 2003 XML Reference Schemas).
"""

from __future__ import annotations

from perflint.language import say
from perflint.reading.container.advice import save_anew, use_text
from perflint.reading.container.contents import LIMITS, Contents, ReadingLimits, refuse
from perflint.reading.container.word.document import Walker, list_notices, read_aside, read_styles
from perflint.reading.container.word.numbering import Numbering, attribute
from perflint.reading.container.word.table import Place
from perflint.reading.container.word.text import TextReader
from perflint.reading.container.xml import Element, local_name, parse_xml

_WORD = "{http://schemas.microsoft.com/office/word/2003/wordml}"
_NAMES = {"vmerge": "vMerge", "sect": "customXml", "sub-section": "customXml"}  # what a docx calls them
_TRACKED = {"Word.Insertion": "ins", "Word.Deletion": "del"}
_ASIDES = (("hdr", "页眉"), ("ftr", "页脚"), ("footnote", "脚注"), ("endnote", "尾注"))


def read_word2003(data: bytes, file: str, limits: ReadingLimits = LIMITS) -> Contents:
    """Read a Word 2003 XML file.

    Raises:
        DocumentError: Damaged, over a limit, or nothing but pictures.
    """
    root = parse_xml(data, file, file)
    body = root.find("{*}body")
    if body is None:
        raise refuse(file, say("文件没有正文", "the file has no body"), save_anew("docx"))
    asides = _take_asides(body)
    _prepare(root)
    walker = Walker(reader=TextReader(read_styles(root.find("{*}styles")), Numbering(None)), limits=limits, file=file)
    blocks = list(walker.walk(body, Place()))
    for story, label in asides:
        blocks += read_aside(walker, story, label)
    if not blocks and walker.reader.tally.pictures:
        message = say("文件里只有图片，没有文字", "the file holds only pictures, no text")
        raise refuse(file, message, use_text())
    return Contents(tuple(blocks), tuple(list_notices(walker.reader.tally, ())))


def _take_asides(body: Element) -> list[tuple[Element, str]]:
    """Take headers, footers and notes out of the text they stand in, each with what it is called."""
    found = [(one, label) for name, label in _ASIDES for one in body.iter(f"{{*}}{name}")]
    for story, _ in found:
        story.getparent().remove(story)
    return found


def _prepare(root: Element) -> None:
    """Give the elements the names that they have in a docx, and paragraphs of lists their printed numbers."""
    for element in list(root.iter("{*}annotation", *(f"{{*}}{name}" for name in _NAMES))):
        name = local_name(element)
        if name == "annotation":
            _unpack(element)
        else:
            element.tag = _WORD + _NAMES[name]
    for paragraph in root.iter("{*}p"):
        _print_number(paragraph)


def _unpack(annotation: Element) -> None:
    """Make a tracked change what it is in a docx; comments and bookmarks hold nothing that is printed."""
    for content in annotation.findall("{*}content"):
        annotation.extend(list(content))
        annotation.remove(content)
    annotation.tag = _WORD + _TRACKED.get(attribute(annotation, "type"), "mark")


def _print_number(paragraph: Element) -> None:
    """Put the number of a list, which Word wrote beside its paragraph as it is printed, in front of the text."""
    printed = paragraph.find("{*}pPr/{*}listPr/{*}t")
    if printed is None or not attribute(printed, "val"):
        return
    run = paragraph.makeelement(_WORD + "r")
    text = run.makeelement(_WORD + "t")
    text.text = attribute(printed, "val")
    run.append(text)
    paragraph.insert(1, run)
