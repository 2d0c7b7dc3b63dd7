"""What floats over a sheet: text boxes are read, pictures and comments are said."""

from __future__ import annotations

from collections.abc import Iterator

from perflint.errors import Problem
from perflint.language import say
from perflint.reading.container.advice import use_text
from perflint.reading.container.excel.book import Book
from perflint.reading.container.excel.parts import read_int
from perflint.reading.container.excel.sheet import (
    IMAGE,
    Entry,
    Sheet,
    name_cell,
    show_places,
)
from perflint.reading.container.xml import Element
from perflint.reading.grid import Paragraph


def read_drawings(book: Book, part: str, sheet: Sheet) -> list[Paragraph]:
    """Return the text boxes that float over a sheet; say so when it has pictures or comments."""
    found: list[Paragraph] = []
    for relation in book.archive.relations(part):
        if relation.kind == "drawing" and relation.target in book.archive:
            drawing = book.archive.parse(relation.target)
            found += _list_box_texts(drawing, sheet.name)
            book.notices += _note_pictures(drawing, sheet)
        elif relation.kind == "comments":
            message = say(
                f"没有读工作表 {sheet.name} 的批注：不是表的内容",
                f"the comments of sheet {sheet.name} were not read: they are no part of it",
            )
            book.notices.append(Problem(message=message))
    return found


def _note_pictures(drawing: Element, sheet: Sheet) -> Iterator[Problem]:
    """Mark each cell that a picture, chart or object begins in, and say how many there are and where."""
    places = [
        (read_int(anchor.findtext("{*}from/{*}row"), 0), read_int(anchor.findtext("{*}from/{*}col"), 0))
        for anchor in drawing
        if any(next(anchor.iter(f"{{*}}{name}"), None) is not None for name in ("pic", "graphicFrame"))
    ]
    for place in places:
        entry = sheet.entries.get(place, Entry(""))
        sheet.entries[place] = entry._replace(notes=(*entry.notes, IMAGE))
    if places:
        shown = show_places([name_cell(sheet.name, *place) for place in places])
        message = say(
            f"没有读工作表上的 {len(places)} 张图片或图表：{shown}",
            f"{len(places)} pictures or charts on the sheet were not read: {shown}",
        )
        yield Problem(message=message, hint=use_text())


def _list_box_texts(drawing: Element, sheet: str) -> Iterator[Paragraph]:
    for body in drawing.iter("{*}txBody"):
        for paragraph in body.iterfind("{*}p"):
            text = "".join(piece.text or "" for piece in paragraph.iterfind(".//{*}t"))
            if text.strip():
                yield Paragraph(text=text, origin=f"{sheet}的文本框")
