"""Read Word files (docx): body, tables with their merged cells, text boxes, headers, footers, notes.

    docx ──archive──▶ w:body ──▶ Paragraph, Grid (nested tables and text boxes follow the block they stand in)

The tree is walked by hand: the usual library drops tracked insertions and content controls and repeats merged cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perflint.errors import Problem
from perflint.language import say
from perflint.reading.container.advice import save_anew, split_file, too_many_cells, use_text
from perflint.reading.container.archive import Archive, Relation
from perflint.reading.container.contents import LIMITS, Contents, ReadingLimits, refuse
from perflint.reading.container.word.numbering import Numbering, attribute, child_value
from perflint.reading.container.word.table import Place, build_table
from perflint.reading.container.word.text import Styles, Tally, Text, TextReader, choose_alternative
from perflint.reading.container.xml import Element, local_name
from perflint.reading.grid import Grid, Paragraph
from perflint.record import dataclass, field

Block = Grid | Paragraph
_THROUGH = ("sdtContent", "customXml", "ins", "moveTo", "smartTag")
_ASIDES = (("header", "页眉"), ("footer", "页脚"), ("footnotes", "脚注"), ("endnotes", "尾注"))


def read_word(data: bytes, file: str, limits: ReadingLimits = LIMITS) -> Contents:
    """Read a docx (also docm, dotx, and the strict variant).

    Raises:
        DocumentError: Damaged, encrypted, over a limit, or nothing but pictures.
    """
    archive = Archive(data, file, limits)
    main = archive.find_main("word/document.xml")
    relations = archive.relations(main)
    styles = read_styles(_parse_related(archive, relations, "styles"))
    reader = TextReader(styles, Numbering(_parse_related(archive, relations, "numbering")))
    body = archive.parse(main).find("{*}body")
    if body is None:
        raise refuse(file, say(f"{main} 没有正文", f"{main} has no body"), save_anew())
    if sum(1 for _ in body.iter("{*}tc")) > limits.cells:  # before any of them is built
        raise refuse(file, too_many_cells(limits.cells), split_file())
    walker = Walker(reader=reader, limits=limits, file=file)
    blocks = list(walker.walk(body, Place()))
    for kind, label in _ASIDES:
        # A part that several relations name is one header all the same.
        for target in dict.fromkeys(one.target for one in relations if one.kind == kind and one.target in archive):
            blocks += read_aside(walker, archive.parse(target), label)
    if not blocks and reader.tally.pictures:
        message = say("文件里只有图片，没有文字", "the file holds only pictures, no text")
        raise refuse(file, message, use_text())
    return Contents(tuple(blocks), tuple(list_notices(reader.tally, relations)))


def _parse_related(archive: Archive, relations: tuple[Relation, ...], kind: str) -> Element | None:
    target = next((one.target for one in relations if one.kind == kind and one.target in archive), None)
    return None if target is None else archive.parse(target)


@dataclass(slots=True, kw_only=True)
class Walker:
    """Turns the children of a story (body, box, header) into blocks; counts tables and paragraphs for origins."""

    reader: TextReader
    limits: ReadingLimits
    file: str
    paragraphs: int = 0
    cells: int = 0
    tables: dict[str, int] = field(default_factory=dict)

    def walk(self, story: Element, place: Place) -> Iterator[Block]:
        for child in story:
            name = local_name(child)
            if name == "p":
                yield from self._read_paragraph(child, place)
            elif name == "tbl":
                yield from self.read_table(child, place)
            elif name in _THROUGH:
                yield from self.walk(child, place)
            elif name == "sdt":
                for content in child.iterfind("{*}sdtContent"):
                    yield from self.walk(content, place)
            elif name == "AlternateContent":
                yield from self.walk(choose_alternative(child), place)
            elif name in ("del", "moveFrom"):
                self.reader.tally.deletions += 1

    def _read_paragraph(self, paragraph: Element, place: Place) -> Iterator[Block]:
        text = self.reader.read(paragraph)
        shown, hidden = "".join(text.shown), "".join(text.hidden)
        self.paragraphs += bool(shown.strip())
        origin = place.name or f"第{self.paragraphs}段"
        if shown.strip():
            yield Paragraph(text=shown, origin=origin)
        if hidden.strip():
            yield Paragraph(text=hidden, origin=f"{origin}（隐藏文字）")
        yield from self.read_boxes(text, origin)

    def read_boxes(self, text: Text, origin: str) -> Iterator[Block]:
        for box in text.boxes:
            yield from self.walk(box, Place(name=f"{origin}的文本框"))

    def read_table(self, table: Element, place: Place) -> Iterator[Block]:
        number = self.tables[place.name] = self.tables.get(place.name, 0) + 1
        origin = f"{place.name} 表{number}".lstrip()
        built = build_table(table, origin, self.reader, self.file, self.limits)
        self.cells += built.grid.rows * built.grid.columns
        if self.cells > self.limits.cells:
            raise refuse(self.file, too_many_cells(self.limits.cells), split_file())
        if built.grid.cells:
            yield built.grid
        yield from built.aside
        for cell_origin, text in built.boxes:
            yield from self.read_boxes(text, cell_origin)
        for cell_origin, nested in built.nested:
            yield from self.read_table(nested, Place(name=f"{cell_origin}内"))


def read_aside(walker: Walker, root: Element, label: str) -> Iterator[Block]:
    """Yield the blocks of a header, a footer, or of each note in a part of notes."""
    notes = [child for child in root if local_name(child) in ("footnote", "endnote")]
    for story in notes or [root]:
        yield from walker.walk(story, Place(name=label))


def read_styles(root: Element | None) -> Styles:
    """Collect the styles that hide text or number paragraphs, their own or inherited."""
    found = {attribute(style, "styleId"): style for style in root.iterfind("{*}style")} if root is not None else {}
    above = {name: child_value(style, "basedOn") or "" for name, style in found.items()}
    styles = Styles()
    for name, style in found.items():
        hiding = style.find("{*}rPr/{*}vanish")
        if hiding is not None and attribute(hiding, "val") not in ("0", "false", "off"):
            styles.hidden.add(name)
        numbering = style.find("{*}pPr/{*}numPr")
        if numbering is not None:
            depth = child_value(numbering, "ilvl") or "0"
            styles.lists[name] = (child_value(numbering, "numId") or "", int(depth) if depth.isdecimal() else 0)
    told: set[str] = set()
    for name in found:
        _inherit(name, above, styles, told)
    return styles


def _inherit(name: str, above: Mapping[str, str], styles: Styles, told: set[str]) -> None:
    """Let a style and those it is based on have what the one above each says; *told* are those that have it."""
    path: dict[str, None] = {}
    while name in above and name not in told and name not in path:
        path[name] = None
        name = above[name]
    for below in reversed(path):
        told.add(below)
        parent = above[below]
        if parent in styles.hidden:
            styles.hidden.add(below)
        if parent in styles.lists:
            styles.lists.setdefault(below, styles.lists[parent])


def list_notices(tally: Tally, relations: tuple[Relation, ...]) -> Iterator[Problem]:
    """Yield what a person should know: tracked changes, hidden text, and whatever was not read."""
    if tally.insertions or tally.deletions:
        message = say(
            f"有修订：读入插入的 {tally.insertions} 处，不读删除的 {tally.deletions} 处",
            f"tracked changes: {tally.insertions} insertions read, {tally.deletions} deletions left out",
        )
        hint = say("接受或拒绝修订后再读", "accept or reject the changes so that the file says one thing")
        yield Problem(message=message, hint=hint)
    if tally.hidden:
        message = say(
            f"有 {tally.hidden} 段隐藏文字，另外读入并注明“隐藏文字”",
            f"{tally.hidden} paragraphs hold hidden text; it was read apart and is marked 隐藏文字",
        )
        yield Problem(message=message)
    if tally.pictures:
        message = say(f"没有读 {tally.pictures} 张图片", f"{tally.pictures} pictures were not read")
        yield Problem(message=message, hint=use_text())
    if tally.objects:
        message = say(f"没有读 {tally.objects} 个嵌入的对象", f"{tally.objects} embedded objects were not read")
        yield Problem(message=message, hint=say("把里面的表作为表格粘贴进来", "paste their tables as tables"))
    if any(relation.kind == "comments" for relation in relations):
        message = say(
            "没有读批注：不是表的内容", "the comments of the file were not read: they are no part of the form"
        )
        yield Problem(message=message)
    if any(relation.kind == "aFChunk" for relation in relations):
        yield Problem(message=say("没有读嵌入的文件", "an embedded file was not read"), hint=save_anew())
