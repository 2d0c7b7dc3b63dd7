"""Collect the text of a Word paragraph: what is shown, what is hidden, and the boxes that float beside it.

Kept: tracked insertions, content controls, field results, formulas. Dropped: tracked deletions, field codes.
Source: ECMA-376 part 1, 17.3 (paragraphs and runs), 17.5 (content controls), 17.13.5 (revisions).
"""

from __future__ import annotations

from collections.abc import Callable

from perflint.reading.container.raised import write_lowered, write_raised
from perflint.reading.container.word.numbering import Numbering, attribute, child_value
from perflint.reading.container.xml import Element, local_name
from perflint.record import dataclass, field

# Word stores characters of symbol fonts by their place in the font. Only those that forms use are listed.
_SYMBOL_FONTS: dict[str, dict[int, str]] = {
    "symbol": {
        0x25: "%", 0x2B: "+", 0x2D: "−", 0x2E: ".", 0x2F: "/", 0x3C: "<", 0x3D: "=", 0x3E: ">", 0x7E: "~",
        0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈",
        **{code: chr(code) for code in range(0x30, 0x3A)},
    },
    "wingdings": {0x6E: "■", 0x6F: "□", 0x6C: "●", 0xA1: "○", 0xA8: "□", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0xA3: "□"},
}  # fmt: skip
_OFF = ("0", "false", "off", "none")
_THROUGH = {
    "ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "sdtContent", "dir", "bdo", "rubyBase", "ruby",
}  # fmt: skip
_SHIFTS: dict[str, Callable[[str], str]] = {"superscript": write_raised, "subscript": write_lowered}
_CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(slots=True)
class Styles:
    """What named styles say about hidden text and lists."""

    hidden: set[str] = field(default_factory=set)
    lists: dict[str, tuple[str, int]] = field(default_factory=dict)


@dataclass(slots=True)
class Tally:
    """What the reading met and a person should know."""

    insertions: int = 0
    deletions: int = 0
    hidden: int = 0
    objects: int = 0
    pictures: int = 0


@dataclass(slots=True)
class Text:
    """The text of one paragraph.

    Attributes:
        shown, hidden: Pieces in order.
        boxes: Contents of text boxes anchored here.
        notes: Codes for the cell: ``placeholder_text``, ``symbol_unmapped``, ``list_label``, ``image``, ``struck``,
            ``revised``, ``formula_without_value``.
        fields: The fields that are open at this point, innermost last.
    """

    shown: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)
    fields: list[_Field] = field(default_factory=list)


@dataclass(slots=True)
class _Field:
    """A field: its code, and how many pieces of text there were when it began."""

    before: int
    code: str = ""


class TextReader:
    """Reads paragraphs of one document in order; keeps the counts of its lists and of what it met."""

    __slots__ = ("_numbering", "_styles", "tally")

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self.tally = Tally()

    def read(self, paragraph: Element) -> Text:
        """Return the text of one ``w:p``."""
        text = Text()
        properties = paragraph.find("{*}pPr")
        style = child_value(properties, "pStyle") if properties is not None else None
        label = self._find_label(properties, style or "")
        if label:
            text.shown.append(label)
            text.notes.add("list_label")
        self._read_inline(paragraph, text, (style or "") in self._styles.hidden)
        self.tally.hidden += bool("".join(text.hidden).strip())
        return text

    def _find_label(self, properties: Element | None, style: str) -> str:
        number, level = self._styles.lists.get(style, ("", 0))
        own = properties.find("{*}numPr") if properties is not None else None
        if own is not None:
            number = child_value(own, "numId") or number
            depth = child_value(own, "ilvl") or ""
            level = int(depth) if depth.isdecimal() else level
        return self._numbering.next_label(number, level) if number else ""

    def _read_inline(self, element: Element, text: Text, hidden: bool) -> None:
        for child in element:
            name = local_name(child)
            if name == "r":
                self._read_run(child, text, hidden)
            elif name in ("del", "moveFrom"):
                self.tally.deletions += 1
                text.notes.add("revised")
            elif name in _THROUGH:
                self._read_through(child, name, text, hidden)
            elif name == "sdt":
                self._read_control(child, text, hidden)
            elif name == "AlternateContent":
                self._read_inline(choose_alternative(child), text, hidden)
            elif name in ("oMath", "oMathPara"):
                text.shown.append("".join(part.text or "" for part in child.iterfind(".//{*}t")))

    def _read_through(self, element: Element, name: str, text: Text, hidden: bool) -> None:
        if name in ("ins", "moveTo"):
            self.tally.insertions += 1
            text.notes.add("revised")
        before = len(text.shown)
        self._read_inline(element, text, hidden)
        if name == "fldSimple":
            _check_result(_Field(before, attribute(element, "instr")), text)

    def _read_control(self, control: Element, text: Text, hidden: bool) -> None:
        if control.find("{*}sdtPr/{*}showingPlcHdr") is not None:
            text.notes.add("placeholder_text")
        for content in control.iterfind("{*}sdtContent"):
            self._read_inline(content, text, hidden)

    def _read_run(self, run: Element, text: Text, hidden: bool) -> None:
        properties = run.find("{*}rPr")
        font = ""
        if properties is not None:
            hidden = self._is_hidden(properties, hidden)
            if _is_struck(properties) and _has_text(run):
                text.notes.add("struck")
            fonts = properties.find("{*}rFonts")
            font = attribute(fonts, "ascii") if fonts is not None else ""
        into = text.hidden if hidden else text.shown
        before = len(into)
        self._read_pieces(run, text, into, font)
        shift = _SHIFTS.get(child_value(properties, "vertAlign") or "")
        if shift is not None:
            into[before:] = map(shift, into[before:])

    def _is_hidden(self, properties: Element, hidden: bool) -> bool:
        own = child_value(properties, "vanish")
        if own is not None:
            return own not in _OFF
        return hidden or (child_value(properties, "rStyle") or "") in self._styles.hidden

    def _read_pieces(self, run: Element, text: Text, into: list[str], font: str) -> None:
        for child in run:
            name = local_name(child)
            if name == "t":
                into.append(_map_symbols(child.text or "", font, text))
            elif name in _CHARACTERS:
                into.append(_CHARACTERS[name])
            elif name == "br":
                into.append("" if attribute(child, "type") in ("page", "column") else "\n")
            elif name == "sym":
                code = attribute(child, "char")
                into.append(_map_code(int(code, 16), attribute(child, "font"), text) if _is_hex(code) else "")
            elif name in ("fldChar", "instrText"):
                into.append(_read_field_part(child, text))
            elif name in ("drawing", "pict", "object"):
                self._read_drawing(child, text)
            elif name == "AlternateContent":
                self._read_pieces(choose_alternative(child), text, into, font)
            elif name == "ruby":
                self._read_inline(child, text, into is text.hidden)

    def _read_drawing(self, element: Element, text: Text) -> None:
        boxes = find_boxes(element)
        text.boxes.extend(boxes)
        if local_name(element) == "object":
            self.tally.objects += 1
        if not boxes:
            self.tally.pictures += 1
            text.notes.add("image")


def choose_alternative(element: Element) -> Element:
    """Return the branch of ``mc:AlternateContent`` to read: the first choice; its fallback repeats the same text."""
    choice = element.find("{*}Choice")
    fallback = element.find("{*}Fallback")
    if choice is None:
        return fallback if fallback is not None else ()
    return choice


def find_boxes(element: Element) -> list[Element]:
    """Return the outermost text box contents below *element*, each text once."""
    boxes: list[Element] = []
    for child in choose_alternative(element) if local_name(element) == "AlternateContent" else element:
        if local_name(child) == "txbxContent":
            boxes.append(child)
        else:
            boxes.extend(find_boxes(child))
    return boxes


def _map_symbols(text: str, font: str, into: Text) -> str:
    if not any("\uf000" <= character <= "\uf0ff" for character in text):
        return text
    return "".join(_map_code(ord(c), font, into) if "\uf000" <= c <= "\uf0ff" else c for c in text)


def _map_code(code: int, font: str, into: Text) -> str:
    found = _SYMBOL_FONTS.get(font.lower(), {}).get(code & 0xFF)
    if found is None:
        into.notes.add("symbol_unmapped")
        return chr(code)
    return found


def _is_hex(text: str) -> bool:
    return 0 < len(text) <= 5 and all(c in "0123456789abcdefABCDEF" for c in text)


def _read_field_part(part: Element, text: Text) -> str:
    """Keep count of the fields that are open; return the check box that begins here, if it is one."""
    kind = attribute(part, "fldCharType")
    if kind == "begin":
        text.fields.append(_Field(len(text.shown)))
    elif kind == "end" and text.fields:
        _check_result(text.fields.pop(), text)
    elif text.fields:
        text.fields[-1].code += part.text or ""
    return _read_checkbox(part)


def _check_result(found: _Field, text: Text) -> None:
    """Note a formula that shows nothing: Word has not worked it out yet."""
    if found.code.strip().startswith("=") and not "".join(text.shown[found.before :]).strip():
        text.notes.add("formula_without_value")


def _read_checkbox(field_mark: Element) -> str:
    box = field_mark.find("{*}ffData/{*}checkBox")
    if box is None:
        return ""
    checked = child_value(box, "checked")
    if checked is None:
        checked = child_value(box, "default") or "0"
    return "☐" if checked in _OFF else "☑"


def _is_struck(properties: Element) -> bool:
    return any(child_value(properties, name) not in (None, *_OFF) for name in ("strike", "dstrike"))


def _has_text(run: Element) -> bool:
    return any((piece.text or "").strip() for piece in run.iterfind("{*}t"))
